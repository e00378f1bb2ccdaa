"""A real JupyterHub behind its proxy, with system users that are made for it and removed after it.

Needs root, Node's npm, and a machine on which users may be made: a container, or one of CI's.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.browser.conftest import browser, free_port, open_screen  # noqa: F401 - fixtures

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".venv" / "bin" / "uv"
CHAPTER = "02_knn"
PREFIX = "p2n-test-"
NAMES = ("account", "kim", "tom", "ada", "bo")  # the class's own, instructor, grader, students
PASSWORD = "of-this-test-alone"
PATIENCE = 120  # seconds

HUB = """\
c = get_config()
load_subconfig({subconfig!r})
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.pid_file = "proxy.pid"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
"""
GUIDE = ROOT / "docs" / "network.md"


def service_of_the_guide(hub: Hub) -> str:
    """The settings of the hand-in service as the guide has them, with this hub's own places."""
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (text,) = (block for block in blocks if "c.JupyterHub.services" in block)
    for written, ours in (
        ("/srv/course/.venv/bin/course", hub.clone / "course"),
        ("/srv/class", hub.folder),
        ('"user": "course"', f'"user": "{hub.user("account")}"'),
        ("127.0.0.1:8010", f"127.0.0.1:{free_port()}"),
        ("127.0.0.1:8000", f"127.0.0.1:{hub.port}"),
    ):
        assert written in text
        text = text.replace(written, str(ours))
    return str(text)


def run(*words: object, **more: object) -> str:
    """What a command prints; the test fails with what it says if it does."""
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, **more)
    assert done.returncode == 0, f"{words}: {done.stdout}\n{done.stderr}"
    return done.stdout


def as_user(user: str, *words: object, cwd: Path | None = None) -> subprocess.CompletedProcess:
    """A command as a user of the system, in their home or elsewhere."""
    home = pwd.getpwnam(user).pw_dir
    command = ["runuser", "-u", user, "--", *map(str, words)]
    environment = {"HOME": home, "PATH": os.environ["PATH"], "USER": user, "LOGNAME": user}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd or home, env=environment, timeout=300
    )


@dataclass
class Hub:
    """A running hub and its class."""

    base: Path
    port: int

    @property
    def folder(self) -> Path:
        return self.base / "class"

    @property
    def clone(self) -> Path:
        """Programs of the clone that the class is graded with."""
        return self.base / "clone" / ".venv" / "bin"

    @property
    def student_python(self) -> Path:
        return self.base / "student" / "bin" / "python"

    def user(self, name: str) -> str:
        return PREFIX + name

    def home(self, name: str) -> Path:
        return self.base / "home" / self.user(name)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """A folder that every user can pass through, with the users' homes; all removed at the end."""
    if os.geteuid() != 0:
        pytest.fail("the test of the hub makes users of the system: run it as root, in a container")
    for program in ("useradd", "runuser", "npm"):
        if shutil.which(program) is None:
            pytest.fail(f"there is no {program} on this machine")
    base = Path(tempfile.mkdtemp(prefix="p2n-hub-", dir="/var/tmp"))
    base.chmod(0o755)
    (base / "home").mkdir()
    made = []
    try:
        for name in NAMES:
            home = base / "home" / (PREFIX + name)
            run("useradd", "--create-home", "--home-dir", home, PREFIX + name)
            made.append(PREFIX + name)
            home.chmod(0o700)
        yield base
    finally:
        for user in made:
            subprocess.run(["userdel", user], capture_output=True)
        shutil.rmtree(base, ignore_errors=True)


def python_for_all(user: str) -> Path:
    """A Python that users of the system may run; the one of this test may stand in root's home."""
    names = (f"python3.{minor}" for minor in range(20, 10, -1))
    found = [getattr(sys, "_base_executable", sys.executable)]
    found += filter(None, (shutil.which(n, path="/usr/local/bin:/usr/bin") for n in names))
    for python in found:
        if as_user(user, python, "-c", "import venv").returncode == 0:
            return Path(python)
    pytest.fail("there is no Python 3.11 or later on this machine that every user may run")


def clone_of_the_account(place: Path, python: Path) -> Path:
    """A clone of the course with an environment of its own, which is the account's alone."""
    clone = place / "clone"
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    for name in run(*listed, cwd=ROOT).splitlines():
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    own = environment(clone / ".venv", python)
    run(UV, "pip", "sync", "--python", own, clone / "requirements.lock")
    run(UV, "pip", "install", "--python", own, "--no-deps", "--no-build-isolation", "-e", clone)
    return clone


def environment(place: Path, python: Path) -> Path:
    """A new virtual environment; its Python."""
    run(UV, "venv", "--python", python, place)
    return place / "bin" / "python"


@pytest.fixture(scope="session")
def prepared(place: Path) -> Path:
    """A class that was built, an environment for students, the proxy, and the hub's settings."""
    account = PREFIX + "account"
    python = python_for_all(account)
    run("npm", "install", "--prefix", place / "proxy", "configurable-http-proxy")
    clone = clone_of_the_account(place, python)
    own, course = clone / ".venv" / "bin" / "python", clone / ".venv" / "bin" / "course"
    run(own, "-m", "grader.release.package", place / "dist", cwd=clone)
    (wheel,) = (place / "dist").glob("*.whl")
    students = environment(place / "student", python)
    run(UV, "pip", "install", "--python", students, wheel, "jupyterhub")
    folder, exchange = place / "class", place / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    run(course, "build", CHAPTER, "--class-dir", folder)
    with (folder / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    run(course, "hub", place / "hub", "--class-dir", folder, "--python", students,
        "--instructor", PREFIX + "kim", "--grader", PREFIX + "tom",
        "--account", account, "--port", free_port())  # fmt: skip
    for own_folder in (folder, clone):
        run("chown", "-R", account, own_folder)
        own_folder.chmod(0o700)
    return place


@pytest.fixture(scope="session")
def hub(prepared: Path) -> Iterator[Hub]:
    """The hub, until the tests are done."""
    running = Hub(prepared, free_port())
    work = prepared / "run"
    work.mkdir(mode=0o700)
    proxy = prepared / "proxy" / "node_modules" / ".bin" / "configurable-http-proxy"
    (work / "jupyterhub_config.py").write_text(
        HUB.format(
            subconfig=str(prepared / "hub" / "course_hub.py"), password=PASSWORD,
            port=running.port, hub_port=free_port(), api_port=free_port(), proxy=str(proxy),
        )
        + service_of_the_guide(running)
    )  # fmt: skip
    log = work / "hub.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [running.clone / "python", "-m", "jupyterhub"], cwd=work, stdout=output, stderr=output
        )
    try:
        _wait(running, process, log)
        yield running
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=60)
        end_the_proxy(work / "proxy.pid")


def end_the_proxy(written: Path) -> None:
    """End the proxy that a hub which could not start has left running."""
    with suppress(OSError, ValueError, psutil.NoSuchProcess):
        found = psutil.Process(int(written.read_text()))
        if "configurable-http-proxy" in " ".join(found.cmdline()):
            found.terminate()


def _wait(hub: Hub, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(hub.url("/hub/health"), timeout=5):
            return
        time.sleep(0.5)
    pytest.fail(f"the hub did not start:\n{log.read_text()}")
