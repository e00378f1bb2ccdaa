"""Limits hold for the whole tree of processes, and each costs only the session that passes them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

import pytest

from grader.sandbox import Sandbox, Session
from tests.sandbox.conftest import SMALL
from tests.sandbox.helpers import run, size_of, text_of

pytestmark = pytest.mark.some_chapters


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import re; re.match(r'(a+)+$', 'a' * 40 + 'b')",
        "10 ** 10 ** 8",
        "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()",
        "import time; time.sleep(100)",
        "import signal\nwhile True:\n    try: signal.pause()\n    except BaseException: pass",
        "!sleep 100",
        "import subprocess; subprocess.run(['sh', '-c', 'while :; do :; done'])",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["python", "regex", "power", "deadlock", "sleep", "pause", "shell", "child", "stopped"],
)
def test_a_cell_that_hangs_is_ended_at_its_time_limit(quick: Session, source: str) -> None:
    result = quick.run_cell(1, source)
    assert result.status == "timeout"
    assert result.outputs[0]["ename"] == "Timeout"
    assert not quick.alive


def test_a_call_that_hangs_is_ended_at_its_wall_limit(quick: Session) -> None:
    run(quick, "import time\ndef f(x): time.sleep(100)")
    assert quick.call("f", {"x": 1}).status == "timeout"
    assert not quick.alive


def test_a_call_is_ended_at_its_limit_of_cpu_time(session: Session) -> None:
    run(session, "def f(x):\n    while True: pass")
    outcome = session.call("f", {"x": 1}, seconds=0.2)
    assert outcome.status == "timeout"


def test_time_asleep_is_not_cpu_time(session: Session) -> None:
    run(session, "import time\ndef f(x):\n    time.sleep(0.5)\n    return x")
    outcome = session.call("f", {"x": 1}, seconds=0.3)
    assert outcome.status == "returned"
    assert outcome.seconds < 0.2


def test_a_busy_machine_costs_nobody_their_time(sandbox: Sandbox) -> None:
    """Six cells of a CPU second each, at once, each of which may take two."""
    source = "import time\nend = time.process_time() + 1\nwhile time.process_time() < end: pass"
    with ExitStack() as stack, ThreadPoolExecutor(6) as pool:
        sessions = [stack.enter_context(sandbox.session()) for _ in range(6)]
        for session in sessions:
            session.limits = replace(SMALL, cell_seconds=2.0)
        results = list(pool.map(lambda session: session.run_cell(1, source), sessions))
    assert [result.status for result in results] == ["ok"] * 6


def test_cpu_time_of_child_processes_counts(session: Session) -> None:
    run(
        session,
        "import subprocess, sys\ndef f(x):\n"
        "    subprocess.run(['sh', '-c', 'i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done'])",
    )
    outcome = session.call("f", {"x": 1})
    assert outcome.seconds > 0.2


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nkeep = []\nwhile True: keep.append(np.ones(2**20))",
        "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n"
        "        keep = bytearray(os.urandom(2**20)) * 100\n        time.sleep(60)\ntime.sleep(60)",
        "import mmap\nkeep = []\nwhile True:\n"
        "    m = mmap.mmap(-1, 2**25, mmap.MAP_PRIVATE)\n"
        "    m.write(b'x' * 2**25)\n    keep.append(m)",
    ],
    ids=["one process", "several processes", "mappings"],
)
def test_a_memory_bomb_is_ended(session: Session, source: str) -> None:
    result = session.run_cell(1, source)
    assert result.status == "memory"
    assert not session.alive


def test_an_absurd_allocation_is_an_ordinary_error(session: Session) -> None:
    result = session.run_cell(1, "import numpy as np\nx = np.ones(10**12)")
    assert result.status == "error"
    assert session.alive


@pytest.mark.parametrize("folder", [".", "/tmp", "/dev/shm"])
def test_scratch_space_is_bounded(session: Session, folder: str) -> None:
    source = f"""
import os
total = 0
try:
    for number in range(1000):
        with open(os.path.join({folder!r}, str(number)), "wb") as file:
            total += file.write(b"x" * 2**20)
except OSError as error:
    print(error.errno, total // 2**20 <= 48)
"""
    assert run(session, source) == "28 True\n"


def test_one_file_is_bounded(session: Session) -> None:
    result = session.run_cell(1, "open('large', 'wb').truncate(2**30)")
    assert result.status == "error"


def test_many_small_files_are_bounded(session: Session) -> None:
    source = """
try:
    for number in range(10**6):
        open(f"/tmp/{number}", "w").close()
except OSError as error:
    print(error.errno)
"""
    assert run(session, source) == "28\n"


def test_shared_memory_by_other_roads_is_refused(session: Session) -> None:
    source = """
import ctypes, os
libc = ctypes.CDLL(None)
print(libc.shmget(0, 2**20, 0o1600))
try:
    os.memfd_create("x")
    print("made")
except OSError:
    print("refused")
"""
    assert run(session, source) == "-1\nrefused\n"
    for attempt in ("mmap.mmap(-1, 4096)", "mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096)"):
        assert session.run_cell(2, f"import mmap, os\n{attempt}").status == "error"


def test_a_fork_bomb_is_bounded(quick: Session) -> None:
    result = quick.run_cell(
        1, "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError: pass"
    )
    assert result.status in ("timeout", "killed")
    assert not quick.alive


def test_a_fork_beyond_the_limit_fails_with_an_error(session: Session) -> None:
    source = """
import os, time
count = 0
try:
    for _ in range(200):
        if os.fork() == 0:
            time.sleep(60)
        count += 1
except OSError as error:
    print(type(error).__name__, count < 24)
"""
    assert run(session, source) == "BlockingIOError True\n"


def test_open_files_are_bounded(session: Session) -> None:
    result = session.run_cell(1, "keep = [open('/dev/null') for _ in range(10000)]")
    assert result.status == "error"
    assert "Too many open files" in text_of(result)


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nfor _ in range(200000): print('x' * 100)",
        "import sys\nprint('x' * 50_000_000)",
        "import os\nfor _ in range(2000): os.write(1, b'x' * 10000)",
        "!head -c 20000000 /dev/zero",
        "from IPython.display import display\nfor _ in range(3000): display('x' * 1000)",
        "raise ValueError('x' * 10_000_000)",
    ],
    ids=["prints", "one print", "descriptor", "shell", "displays", "exception"],
)
def test_a_flood_of_output_is_cut_and_the_notebook_goes_on(session: Session, source: str) -> None:
    result = session.run_cell(1, source)
    assert result.status == ("error" if "raise" in source else "ok")
    assert 0 < size_of(result) < 2 * session.limits.output
    assert run(session, "print('still here')", 2) == "still here\n"


def test_endless_printing_ends_at_the_time_limit(quick: Session) -> None:
    assert quick.run_cell(1, "while True: print('x' * 1000)").status == "timeout"


@pytest.mark.parametrize(
    "source",
    [
        "import os; os._exit(0)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes; ctypes.string_at(0)",
        "import sys; sys.setrecursionlimit(10**8)\ndef f(): return f()\nimport numpy\n"
        "class A:\n    def __repr__(self): return repr(self)\nrepr(A())",
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
        "exec('import os; os.abort()')",
    ],
    ids=["_exit", "SIGKILL", "segfault", "stack overflow", "cpu limit", "abort"],
)
def test_a_cell_that_ends_its_process_is_reported_as_killed(session: Session, source: str) -> None:
    result = session.run_cell(1, source)
    assert result.status == "killed"
    assert not session.alive


def test_killing_everything_in_reach_ends_only_the_session(sandbox: Sandbox) -> None:
    with sandbox.session() as session:
        source = "import os\nfor pid in (os.getppid(), 1, -1, 0): os.kill(pid, 9)"
        assert session.run_cell(1, source).status in ("error", "killed")
    with sandbox.session() as session:
        assert run(session, "print(1)") == "1\n"


@pytest.mark.parametrize(
    "source",
    [
        "import sys; sys.exit(3)",
        "exit()",
        "quit",
        "raise SystemExit",
        "raise KeyboardInterrupt",
        "def f(): return f()\nf()",
    ],
)
def test_leaving_a_cell_is_an_error_and_the_notebook_goes_on(session: Session, source: str) -> None:
    assert session.run_cell(1, source).status == "error"
    assert run(session, "print('still here')", 2) == "still here\n"


def test_a_call_that_exits_has_raised(session: Session) -> None:
    run(session, "import sys\ndef f(x): sys.exit()\ndef g(x): return x")
    outcome = session.call("f", {"x": 1})
    assert outcome.status == "raised"
    assert outcome.raised is not None
    assert outcome.raised.type_name == "SystemExit"
    assert session.call("g", {"x": 5}).value == 5


def test_a_call_that_kills_its_process_ends_the_session(session: Session) -> None:
    run(session, "import os\ndef f(x): os._exit(0)")
    assert session.call("f", {"x": 1}).status == "killed"
    assert not session.alive
