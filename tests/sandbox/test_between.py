"""Two walls share files, a kernel and a machine: what carries no word from one to the other."""

from __future__ import annotations

import pytest

from grader.sandbox import Sandbox, Session
from tests.sandbox.helpers import run

pytestmark = pytest.mark.some_chapters

SHARED = "/course/lib/pix2net/__init__.py"  # every sandbox sees this very file
FILE = f"""
import ctypes, fcntl, os, platform, struct
shared = open({SHARED!r}, "rb")
own = open("own", "w+b")
libc = ctypes.CDLL(None, use_errno=True)
here = platform.machine() == "x86_64"
"""
LOCK = "struct.pack('hhqqi4x', {kind}, 0, 0, 0, 0)"
READING, WRITING = LOCK.format(kind=0), LOCK.format(kind=1)
MARKS = {
    "flock": "fcntl.flock(shared, fcntl.LOCK_EX)",
    "shared flock": "fcntl.flock(shared, fcntl.LOCK_SH)",
    "flock on a device": "fcntl.flock(open('/dev/null'), fcntl.LOCK_EX)",
    "lock": f"fcntl.fcntl(shared, fcntl.F_SETLK, {READING})",
    "lock of one's own file": f"fcntl.fcntl(own, fcntl.F_SETLK, {WRITING})",
    "waiting lock": f"fcntl.fcntl(shared, fcntl.F_SETLKW, {READING})",
    "lock of a description": f"fcntl.fcntl(shared, 37, {READING})",
    "waiting lock of a description": f"fcntl.fcntl(shared, 38, {READING})",
    "question for a lock": f"fcntl.fcntl(shared, fcntl.F_GETLK, {WRITING})",
    "lockf": "fcntl.lockf(shared, fcntl.LOCK_SH)",
    "lease": "fcntl.fcntl(shared, fcntl.F_SETLEASE, fcntl.F_RDLCK)",
    "notice": "fcntl.fcntl(os.open('/course', os.O_RDONLY), fcntl.F_NOTIFY, 1)",
    "hint": "fcntl.fcntl(shared, 1036, struct.pack('Q', 2))",
    "delegation": "fcntl.fcntl(shared, 1040, struct.pack('Q', 0))",
    "large pipe": "fcntl.fcntl(os.pipe()[0], 1031, 2**20)",
    "advice": "os.posix_fadvise(shared.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)",
    "times": "os.utime(shared.fileno())",
    "mode": "os.fchmod(shared.fileno(), 0o777)",
    "attribute": "os.setxattr(shared.fileno(), 'user.word', b'x')",
}
CALLS = """
page = ctypes.create_string_buffer(4096)
tries = {
    "inotify": libc.syscall(294 if here else 26, 0),
    "old inotify": libc.syscall(253, 0) if here else -1,
    "fanotify": libc.syscall(300 if here else 262, 0, 0),
    "mincore": libc.syscall(27 if here else 232, ctypes.c_void_p(id(page) & ~4095), 4096, page),
    "cachestat": libc.syscall(451, shared.fileno(), page, page, 0),
    "asynchronous input": libc.syscall(206 if here else 0, 8, page),
    "futexes at once": libc.syscall(449, page, 1, 0, None, 0),
    "keys": libc.syscall(248 if here else 217, b"user", b"word", b"x", 1, -3),
    "messages": libc.msgget(7, 0o1600),
    "semaphores": libc.semget(7, 1, 0o1600),
    "shared memory": libc.shmget(7, 4096, 0o1600),
    "huge pages": libc.syscall(9 if here else 222, None, 2**21, 3, 0x40022, -1, 0),
}
print([name for name, found in tries.items() if found != -1])
"""
HONEST = """
import fcntl, multiprocessing, os, socket, subprocess
flags = fcntl.fcntl(shared, fcntl.F_GETFL)
fcntl.fcntl(shared, fcntl.F_SETFL, flags | os.O_NONBLOCK)
os.set_inheritable(os.dup(shared.fileno()), True)
lock = multiprocessing.get_context("fork").Lock()
with lock, multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(abs, [-1, 2]), subprocess.run(["cat", "own"], check=True).returncode)
"""


@pytest.mark.parametrize("way", MARKS)
def test_no_mark_can_be_left_on_a_file_that_another_sandbox_sees(
    session: Session, way: str
) -> None:
    source = f"{FILE}\ntry:\n    print('left', {MARKS[way]})\nexcept OSError:\n    print('refused')"
    assert run(session, source) == "refused\n"


def test_calls_that_two_walls_could_meet_in_are_refused(session: Session) -> None:
    assert run(session, FILE + CALLS) == "[]\n"


def test_what_a_notebook_does_to_descriptors_is_allowed(session: Session) -> None:
    assert run(session, FILE + HONEST) == "[1, 2] 0\n"


def test_a_lock_of_one_sandbox_is_not_felt_in_another(sandbox: Sandbox) -> None:
    lock = f"""
import fcntl
shared = open({SHARED!r})
try:
    fcntl.flock(shared, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError as error:
    print(type(error).__name__)
"""
    with sandbox.session() as one, sandbox.session() as two:
        assert run(one, lock) == run(two, lock) == "PermissionError\n"


def test_reading_a_shared_file_leaves_no_trace(sandbox: Sandbox) -> None:
    look = f"import os\nprint(os.stat({SHARED!r}))"
    with sandbox.session() as one, sandbox.session() as two:
        before = run(one, look)
        run(two, f"open({SHARED!r}).read()\nexec(open({SHARED!r}).read())")
        assert run(one, look, 2) == before


@pytest.mark.parametrize(
    "name",
    ["stat", "loadavg", "meminfo", "vmstat", "uptime", "locks", "interrupts", "softirqs", "keys",
     "schedstat", "zoneinfo", "pressure/cpu", "sys/fs/file-nr", "sys/fs/aio-nr", "sysvipc/shm",
     "sys/kernel/random/entropy_avail", "sys/kernel/ns_last_pid"],
)  # fmt: skip
def test_nothing_is_told_of_the_whole_machine(session: Session, name: str) -> None:
    assert session.run_cell(1, f"open('/proc/{name}').read()").status == "error"


def test_a_session_knows_its_own_processes(session: Session) -> None:
    source = "print(open('/proc/self/stat').read().split()[0], open('/proc/1/stat').read()[0])"
    assert run(session, source) == "2 1\n"


def test_numbers_of_processes_say_nothing_of_others(sandbox: Sandbox) -> None:
    fork = """
import os
pid = os.fork()
if pid == 0: os._exit(0)
os.waitpid(pid, 0)
print(pid)
"""
    with sandbox.session() as one, sandbox.session() as two:
        run(two, "import subprocess\nfor _ in range(5): subprocess.run(['true'])")
        assert run(one, fork) == "3\n"
