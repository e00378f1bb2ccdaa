"""The weaker wall, as root in a container without name spaces: what it holds, and says."""

from __future__ import annotations

import json
import os
import platform

import pytest

from grader.sandbox import Sandbox, SandboxUnavailable, container
from tests.sandbox.helpers import PROJECT, in_a_container

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or platform.machine() != "x86_64", reason="gives up root's rights on x86-64"
)
# Runs cells behind the wall, and prints what each came to and what it printed.
PROGRAM = """
import json, os, sys
from grader.sandbox import Limits, Sandbox, container
from tests.sandbox.helpers import text_of
limits = Limits(cell_seconds=4.0, call_seconds=4.0, memory=900 * 2**20, processes=24,
                scratch=20 * 2**20, file_size=16 * 2**20)
told = []
with Sandbox(limits, wall="container") as sandbox:
    for cells in json.loads(sys.argv[1]):
        with sandbox.session() as session:
            user = session._guest.user
            for number, source in enumerate(cells, start=1):
                if not session.alive:
                    break
                result = session.run_cell(number, source)
                told.append([result.status, text_of(result)])
        told[-1].append(len(list(container.processes_of(user))))
    left = os.listdir(sandbox._worker._folder)
print(json.dumps({"told": told, "left": left}))
"""


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """Run lists of cells, each list in a session of its own."""

    def run(*sessions):
        words = ["-c", PROGRAM, json.dumps(sessions)]
        scratch = tmp_path_factory.mktemp("container")
        done = in_a_container(words, scratch)
        assert done.returncode == 0, done.stderr[-3000:]
        found = json.loads(done.stdout.splitlines()[-1])
        assert [name for name in found["left"] if name.isdigit()] == []
        return found["told"]

    return run


READS = """
import os
for path in {paths!r}:
    try:
        with open(path, "rb") as file:
            print("read", path, len(file.read(10)))
    except OSError as error:
        print(type(error).__name__)
"""


def test_a_session_is_another_user_that_reads_no_key_and_writes_nothing_outside(behind, tmp_path):
    secret = tmp_path / "hidden.key"
    secret.write_text("secret")
    secret.chmod(0o644)  # and neither by its mode: Landlock does not ask for it
    paths = [str(secret), "/etc/shadow", str(PROJECT / "solutions" / "__init__.py"),
             str(PROJECT / "course" / "01_images.md"), "/proc/1/environ"]  # fmt: skip
    writes = """
import os
for place in ["/", "/tmp", "/dev/shm", "/var/tmp", "/usr", os.path.expanduser("~/..")]:
    try:
        open(os.path.join(place, "written"), "w"); print("wrote", place)
    except OSError: pass
open("note", "w").write("mine"); print(open("note").read(), os.getuid() == os.getgid() >= 60100)
"""
    (read, wrote) = behind([READS.format(paths=paths)], [writes])
    assert "read" not in read[1]
    assert read[1].split().count("PermissionError") == len(paths)
    assert wrote[1] == "mine True\n"


@pytest.mark.thorough
def test_there_is_no_network_and_no_way_back_to_root(behind):
    source = """
import os, socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
    try:
        socket.socket(family); print("socket")
    except OSError: pass
for attempt in (lambda: os.setuid(0), lambda: os.kill(1, 9), lambda: os.kill(os.getppid(), 9),
                lambda: os.chroot("/"), lambda: os.nice(-5)):
    try:
        attempt(); print("done")
    except OSError: pass
print(os.getresuid() == (os.getuid(),) * 3, os.getgroups())
"""
    ((status, said, _),) = behind([source])
    assert (status, said) == ("ok", "True []\n")


STAYS = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True: time.sleep(1)
        os._exit(0)
print("left")
"""


@pytest.mark.thorough
def test_everything_of_a_user_ends_with_the_session(behind):
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    stays, bombed, after = behind([STAYS], [bomb], ["print(1 + 1)"])
    assert stays == ["ok", "left\n", 0]
    assert bombed[0] in ("killed", "timeout")
    assert bombed[2] == 0
    assert after == ["ok", "2\n", 0]


@pytest.mark.thorough
def test_memory_time_and_files_are_bounded(behind):
    fills = """
for number in range(1000):
    with open(f"{number}", "wb") as file:
        file.write(b"x" * 2**20)
import time; time.sleep(3)
"""
    statuses = [
        told[0]
        for told in behind(
            ["x = bytearray(3 * 2**29)\nfor i in range(0, 3 * 2**29, 4096): x[i] = 1"],
            ["while True: pass"],
            [fills],
            ["open('big', 'wb').write(b'x' * 17 * 2**20)"],
        )
    ]
    assert statuses[0] in ("memory", "error")
    assert statuses[1:3] == ["timeout", "memory"]
    assert statuses[3] in ("error", "killed")


@pytest.mark.thorough
def test_it_is_never_chosen_silently_and_recorded_in_every_result(tmp_path):
    book = str(PROJECT / "course" / "notebooks" / "01_images.ipynb")
    words = ["-m", "pix2net", "grade", book, "--json"]
    refused = in_a_container(words, tmp_path / "one")
    assert refused.returncode == 2
    assert "--wall container" in refused.stderr
    graded = in_a_container([*words, "--wall", "container"], tmp_path / "two")
    verdict = json.loads(graded.stdout)
    assert (graded.returncode, verdict["status"], verdict["wall"]) == (1, "graded", "container")


def test_without_root_or_landlock_it_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(container.landlock, "abi", lambda: 0)
    with pytest.raises(SandboxUnavailable, match="needs Landlock"):
        Sandbox(wall="container")
    monkeypatch.setattr(container.os, "geteuid", lambda: 1000)
    with pytest.raises(SandboxUnavailable, match="run as root"):
        Sandbox(wall="container")
    monkeypatch.setattr(container.os, "geteuid", lambda: 0)
    monkeypatch.setattr(container, "_capabilities", lambda: 0)
    with pytest.raises(SandboxUnavailable, match="CHOWN, DAC_OVERRIDE, KILL, SETGID, SETUID"):
        Sandbox(wall="container")
