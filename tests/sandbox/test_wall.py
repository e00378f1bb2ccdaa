"""What a submission can see, reach and change of the machine: nothing but its scratch folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.sandbox import Sandbox, Session, layers
from tests.sandbox.conftest import SECRET
from tests.sandbox.helpers import PROJECT, as_ordinary_user, only_root, run, text_of

pytestmark = pytest.mark.some_chapters


def test_a_cell_runs_and_its_function_can_be_called(session: Session) -> None:
    assert run(session, "def double(x):\n    return 2 * x\nprint('made')") == "made\n"
    outcome = session.call("double", {"x": 21})
    assert (outcome.status, outcome.value) == ("returned", 42)


def test_the_network_is_out_of_reach(session: Session) -> None:
    source = """
import socket
for family, address in ((socket.AF_INET, ("127.0.0.1", 9)), (socket.AF_INET6, ("::1", 9))):
    try:
        socket.create_connection(address, timeout=1)
        socket.socket(family, socket.SOCK_DGRAM).sendto(b"x", address)
        print("reached")
    except OSError as error:
        print(type(error).__name__)
print(sorted(name for _, name in socket.if_nameindex()) if 0 else "")
"""
    assert "reached" not in run(session, source)


def test_no_file_of_the_course_or_the_machine_is_in_sight(session: Session) -> None:
    hidden = [
        PROJECT / "solutions",
        PROJECT / "course",
        PROJECT / "grader" / "grading",
        PROJECT / "grader" / "sandbox",
        PROJECT / "pyproject.toml",
        PROJECT / ".git",
        Path.home() / ".bashrc",
        Path.home() / ".ssh",
        Path("/etc/shadow"),
        Path("/etc/hosts"),
        Path("/var"),
        Path("/mnt"),
        Path("/sys"),
    ]
    source = f"import os\nprint([p for p in {[str(p) for p in hidden]!r} if os.path.exists(p)])"
    assert run(session, source) == "[]\n"


@pytest.mark.parametrize(
    "module",
    ["solutions", "grader.grading", "grader.sandbox.session", "grader.keys", "grader.exercises"],
)
def test_modules_of_the_trusted_side_cannot_be_imported(session: Session, module: str) -> None:
    result = session.run_cell(1, f"import {module}")
    assert result.status == "error"
    assert result.raised is not None
    assert result.raised.type_name == "ModuleNotFoundError"


def test_the_kit_can_be_imported(session: Session) -> None:
    assert run(session, "import pix2net.judging.codec, numpy, matplotlib.pyplot; print(1)") == "1\n"


def test_the_environment_holds_no_secret(session: Session) -> None:
    seen = run(session, "import os\nprint(dict(os.environ))")
    assert SECRET not in seen
    assert "GRADEBOOK" not in seen
    everywhere = """
import glob
found = b""
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try:
        found += open(path, "rb").read()
    except OSError:
        pass
print(found)
"""
    assert SECRET not in run(session, everywhere, 2)


def test_nothing_outside_the_scratch_folder_can_be_written(session: Session) -> None:
    source = """
import os, sys
places = ["/", "/usr", "/usr/bin", "/etc", "/dev", "/course", "/course/lib", "/course/lib/grader",
          "/course/support", "/home", "/proc/sys/kernel", sys.base_prefix,
          os.path.dirname(os.__file__)]
for place in places:
    try:
        open(os.path.join(place, "written"), "w")
        print("wrote", place)
    except OSError:
        pass
for file in ["/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/etc/passwd",
             "/course/lib/grader/__init__.py", "keys/01_images.key"]:
    try:
        open(file, "r+")
        print("opened", file)
    except OSError:
        pass
"""
    assert run(session, source) == ""


def test_the_scratch_folder_can_be_written_by_all_its_names(session: Session) -> None:
    source = """
import os, tempfile
for path in ["note", os.path.expanduser("~/note"), "/tmp/note", "/dev/shm/note"]:
    open(path, "w").write("kept")
tempfile.NamedTemporaryFile().write(b"x")
print(open("/tmp/note").read(), os.getcwd())
"""
    assert run(session, source) == "kept /home/student/work\n"


def test_support_files_lie_in_the_working_folder(session: Session) -> None:
    assert run(session, "print(open('keys/01_images.key').read())") == "a public key\n"


def test_mounting_and_new_name_spaces_are_refused(session: Session) -> None:
    source = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000):
    print(libc.unshare(flag), end=" ")
print(libc.mount(b"tmpfs", b"/home/student", b"tmpfs", 0, None), end=" ")
print(libc.umount2(b"/home/student", 2), end=" ")
print(libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0), end=" ")
print(libc.ptrace(16, 1, 0, 0), end=" ")
print(libc.syscall(435, 0, 0))
"""
    assert run(session, source).split() == ["-1"] * 9


def test_there_are_no_rights_to_regain(session: Session) -> None:
    source = """
import os
print({k: v.strip() for k, v in (row.split(":", 1) for row in open("/proc/self/status"))
       if k in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Uid")})
"""
    status = eval(run(session, source))
    zero = "0" * 16
    assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {zero}
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"
    assert set(status["Uid"].split()) == {"1000"}


def test_no_descriptor_but_the_line_and_the_standard_three_is_inherited(session: Session) -> None:
    source = """
import os
for name in os.listdir("/proc/self/fd"):
    try:
        print(name, os.readlink(f"/proc/self/fd/{name}"))
    except OSError:
        pass
"""
    rows = dict(row.split(" ", 1) for row in run(session, source).splitlines())
    others = {name: place for name, place in rows.items() if int(name) > 2}
    assert rows["0"] == "/dev/null"
    assert sorted(place.split(":")[0] for place in others.values()) == ["socket"]


def test_other_processes_cannot_be_seen(session: Session) -> None:
    seen = run(
        session, "import os\nprint(sorted(int(n) for n in os.listdir('/proc') if n.isdigit()))"
    )
    assert seen == "[1, 2]\n"


def test_a_submission_has_no_terminal(session: Session) -> None:
    result = session.run_cell(1, "open('/dev/tty')")
    assert result.status == "error"


def test_two_sessions_cannot_signal_or_see_each_other(sandbox: Sandbox) -> None:
    with sandbox.session() as one, sandbox.session() as two:
        run(two, "x = 1")
        run(
            one,
            "import os, signal\nfor pid in range(3, 400):\n"
            "    try:\n        os.kill(pid, signal.SIGKILL)\n    except OSError:\n        pass\n"
            "try:\n    os.kill(-1, signal.SIGTERM)\nexcept OSError:\n    pass",
        )
        run(
            one,
            "import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('\\0meeting')\ns.listen()",
        )
        result = two.run_cell(
            2, "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0meeting')"
        )
        assert result.status == "error"
        assert run(two, "print(x)", 3) == "1\n"


def test_files_of_one_session_are_not_there_in_another(sandbox: Sandbox) -> None:
    with sandbox.session() as one, sandbox.session() as two:
        run(one, "open('/tmp/trace', 'w').write('x'); open('/dev/shm/trace', 'w').write('x')")
        source = "import os\nprint(os.path.exists('/tmp/trace'), os.path.exists('/dev/shm/trace'))"
        assert run(two, source) == "False False\n"


def test_layers_are_told_for_this_machine(sandbox: Sandbox) -> None:
    found = {layer.name: layer for layer in layers()}
    assert found["bubblewrap"].active
    assert found["name spaces"].active
    assert all(layer.detail for layer in found.values())


ORDINARY = """
import os
from grader.sandbox import Sandbox
with Sandbox() as sandbox, sandbox.session() as session:
    source = 'import os; print(os.getuid(), len(os.listdir(chr(47))) > 3)'
    print(os.getuid(), session.run_cell(1, source).outputs[0]['text'])
    session.run_cell(2, 'def f(x): return x + 1')
    print(session.call('f', {'x': 1}).value)
"""


@only_root
def test_an_ordinary_user_gets_the_same_sandbox(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    done = as_ordinary_user(["-c", ORDINARY], tmp_path / "own", tmp_path)
    assert done.stdout.split() == ["65534", "1000", "True", "2"], done.stderr


def test_output_of_a_failing_cell_names_the_learners_line(session: Session) -> None:
    result = session.run_cell(7, "x = 1\nraise ValueError('wrong number')")
    assert result.status == "error"
    assert result.raised is not None
    assert (result.raised.type_name, result.raised.file, result.raised.line) == (
        "ValueError",
        "<cell 7>",
        2,
    )
    assert "wrong number" in text_of(result)
