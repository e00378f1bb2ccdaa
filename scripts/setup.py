"""Make `.venv` in the checkout: the packages of requirements.lock, and the course itself.

Standard library only: it runs before anything is installed. `make setup` calls it with the
system's Python; `python3 scripts/setup.py` does the same. With ``--site`` it makes `.venv-site`
from requirements-site.lock: what builds the static site, and nothing of the course.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
SITE_LOCK = ROOT / "requirements-site.lock"


class SetupError(Exception):
    """What stands in the way, and what to do about it, in one sentence."""


def python_in(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def succeeds(*command: str | Path) -> bool:
    """Whether a command can be run and ends with status 0; its output is dropped."""
    try:
        return subprocess.run([str(part) for part in command], capture_output=True).returncode == 0
    except OSError:
        return False


def must(problem: str, *command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command and let its output through; a failure raises SetupError(problem)."""
    if subprocess.run([str(part) for part in command], env=env).returncode != 0:
        raise SetupError(problem)


def create(venv: Path) -> None:
    """Make the environment with pip in it, also where Python came without `ensurepip`.

    Debian keeps `ensurepip` in a package of its own; a pip outside the environment can stand in.
    """
    if succeeds(python_in(venv), "-m", "pip", "--version"):
        return
    if succeeds(sys.executable, "-m", "venv", "--clear", venv):
        return
    if succeeds(sys.executable, "-m", "venv", "--clear", "--without-pip", venv) and succeeds(
        sys.executable, "-m", "pip", "--python", python_in(venv), "install", "pip"
    ):
        return
    raise SetupError(
        "Python cannot make a virtual environment here: install it with "
        "`apt-get install python3-venv` (on Debian or Ubuntu) and run the same command again."
    )


def locked(name: str, lock: str) -> str:
    """The lines of a lock file that pin one package: version and hashes, as pip reads them."""
    lines = lock.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next(i for i in range(start, len(lines)) if not lines[i].endswith("\\"))
    return "\n".join(lines[start : end + 1]) + "\n"


def with_uv(venv: Path, lock: Path) -> bool:
    """Install a lock file with uv, itself taken from the course's; False if that does not work.

    uv needs a tenth of pip's time, but does not read pip's settings, so a machine that
    reaches its packages only by them falls back to pip.
    """
    pin = venv / "uv.txt"
    pin.write_text(locked("uv", LOCK.read_text()))
    python = python_in(venv)
    if not succeeds(python, "-m", "pip", "install", "--require-hashes", "--no-deps", "-r", pin):
        return False
    # Compiled now, since the sandbox sees the environment read-only and could not keep it.
    options = ["--no-config", "--compile-bytecode", "--require-hashes"]
    print(f"setup: fetching {lock.read_text().count('==')} packages", flush=True)
    command = [python, "-m", "uv", "pip", "install", *options, "--python", python, "-r", lock]
    return subprocess.run([str(part) for part in command]).returncode == 0  # uv shows progress


def with_pip(venv: Path, lock: Path) -> None:
    """Install a lock file with the environment's own pip, by the machine's settings."""
    must(
        f"The packages of {lock.name} could not be installed: check the network "
        "(pip's message is above) and run the same command again.",
        python_in(venv),
        *["-m", "pip", "install", "--require-hashes", "-r"],
        lock,
    )


def install(venv: Path, lock: Path = LOCK) -> None:
    """Install what a lock file names; the course's own brings the course as an editable package."""
    if not with_uv(venv, lock):
        print("setup: uv could not; installing with pip, which takes a few minutes", flush=True)
        with_pip(venv, lock)
    if lock != LOCK:
        return
    must(
        "The course itself could not be installed: pip's message is above.",
        python_in(venv),
        *["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"],
        *["--no-build-isolation", "--editable"],
        ROOT,
    )


def main() -> int:
    """Set up; 0 when `.venv` is ready, 2 when it could not be made."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(
            f"setup: this needs Python 3.11 or later, and python3 is {found}: install a later one "
            "and name it, as in `make setup PYTHON=python3.11`.",
            file=sys.stderr,
        )
        return 2
    for_site = sys.argv[1:] == ["--site"]
    venv, lock = (ROOT / ".venv-site", SITE_LOCK) if for_site else (ROOT / ".venv", LOCK)
    print(f"setup: preparing {venv} (once)", flush=True)
    try:
        create(venv)
        install(venv, lock)
    except SetupError as problem:
        print(f"setup: {problem}", file=sys.stderr)
        return 2
    (venv / ".ready").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
