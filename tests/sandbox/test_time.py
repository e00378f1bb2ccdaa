"""Time is counted wherever it is used, and where nothing counts it, the clock on the wall does."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from grader.sandbox import Sandbox, Session, deadline
from grader.sandbox import worker as worker_module
from tests.sandbox.conftest import SMALL
from tests.sandbox.helpers import run, text_of

pytestmark = pytest.mark.some_chapters

BURNT = 0.4  # CPU seconds that each of the ways below uses
TOOLS = f"""
import ctypes, os, platform, signal, struct, subprocess, threading, time
libc = ctypes.CDLL(None)
clone = {{"x86_64": 56, "aarch64": 220}}.get(platform.machine())
def burn(seconds={BURNT}):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
class Others:
    '''Whoever inherits the writing end; leaving waits until all of them have ended.'''
    def __enter__(self):
        self.reader, self.writer = os.pipe()
    def __exit__(self, *_):
        os.close(self.writer)
        os.read(self.reader, 1)
def in_a_child(work):
    if os.fork() == 0:
        work()
        os._exit(0)
"""
MANY_SHORT = f"""
def f(x):
    with Others():
        for _ in range(20):
            in_a_child(lambda: burn({BURNT / 20}))
    return x
"""
# Ways to let others work and to look idle.
WAYS = {
    "never waited for": "def f(x):\n    with Others(): in_a_child(burn)\n    return x",
    "many short ones": MANY_SHORT,
    "SIGCHLD ignored": f"libc.signal(signal.SIGCHLD, 1)\n{MANY_SHORT}",
    "SA_NOCLDWAIT": f"""
libc.sigaction(signal.SIGCHLD, struct.pack("P128si4xP", 0, b"", 2, 0), None)
{MANY_SHORT}""",
    "ignored in the raw": f"""
number = {{"x86_64": 13, "aarch64": 134}}.get(platform.machine())
libc.syscall(number, signal.SIGCHLD, struct.pack("PLPL", 1, 0, 0, 0), None, 8)
{MANY_SHORT}""",
    "forked twice": """
def f(x):
    with Others(): in_a_child(lambda: in_a_child(burn))
    return x
""",
    "one after another": f"""
def chain(left):
    burn({BURNT / 20})
    if left and os.fork() == 0:
        chain(left - 1)
    os._exit(0)
def f(x):
    with Others(): in_a_child(lambda: chain(19))
    return x
""",
    "a sibling": """
def f(x):
    with Others():
        if libc.syscall(clone, 0x8000 | signal.SIGCHLD, 0, 0, 0, 0) == 0:
            burn()
            os._exit(0)
    return x
""",
    "without a signal": """
def f(x):
    with Others():
        if libc.syscall(clone, 0, 0, 0, 0, 0) == 0:
            burn()
            os._exit(0)
    return x
""",
    "another program": """
def f(x):
    loop = "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done"
    subprocess.Popen(["sh", "-c", loop], stdout=subprocess.PIPE).stdout.read()
    return x
""",
    "adopted": """
libc.prctl(36, 1)
def f(x):
    with Others(): in_a_child(lambda: in_a_child(burn))
    return x
""",
}
# A process of an earlier cell that has computed before, answers one question and ends.
SERVANT = """
asked, ask = os.pipe()
told, tell = os.pipe()
if os.fork() == 0:
    burn(1.0)
    os.read(asked, 1)
    burn()
    os.write(tell, b"x")
    os._exit(0)
time.sleep(0.1)
def f(x):
    os.write(ask, b"x")
    os.read(told, 1)
    return x
"""


@pytest.mark.parametrize("way", WAYS)
def test_time_of_children_counts_however_they_end(session: Session, way: str) -> None:
    run(session, TOOLS + WAYS[way])
    outcome = session.call("f", {"x": 1})
    assert outcome.status == "returned"
    assert outcome.seconds > 0.7 * BURNT


@pytest.mark.parametrize("way", [*WAYS, "a servant"])
def test_work_of_others_is_found_where_one_is_asked_alone(session: Session, way: str) -> None:
    run(session, TOOLS + WAYS.get(way, SERVANT))
    outcome = session.call("f", {"x": 1}, seconds=5.0, alone=True)
    assert outcome.status == "helped"
    assert outcome.seconds > 0.7 * BURNT


def test_work_in_threads_is_the_work_of_whom_is_asked(session: Session) -> None:
    source = """
def f(x):
    thread = threading.Thread(target=burn)
    thread.start()
    thread.join()
    return x
"""
    run(session, TOOLS + source)
    outcome = session.call("f", {"x": 1}, seconds=5.0, alone=True)
    assert outcome.status == "returned"
    assert outcome.seconds > 0.7 * BURNT


def test_others_that_wait_are_no_finding(session: Session) -> None:
    source = """
import multiprocessing, subprocess
pool = multiprocessing.get_context("fork").Pool(2)
pool.map(abs, [1, 2])
sleeper = subprocess.Popen(["sleep", "60"])
def f(x): return sum(range(x))
"""
    run(session, source)
    outcome = session.call("f", {"x": 10**5}, seconds=5.0, alone=True)
    assert (outcome.status, outcome.value) == ("returned", sum(range(10**5)))


SCHEDULER = {
    "idle": "os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))",
    "batch": "os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))",
    "parameters": "os.sched_setparam(0, os.sched_param(0))",
    "cores": "os.sched_setaffinity(0, {0})",
    "nice": "os.nice(5)",
    "priority": "os.setpriority(os.PRIO_PROCESS, 0, 10)",
    "session": "open('/proc/self/autogroup', 'w').write('19')",
    "slack": "open('/proc/self/timerslack_ns', 'w').write('1000000000')",
}
RAW = """
import ctypes, platform
numbers = {"x86_64": (314, 251, 157), "aarch64": (274, 30, 167)}[platform.machine()]
libc = ctypes.CDLL(None)
attributes = ctypes.create_string_buffer(b"\\x30\\0\\0\\0\\5" + bytes(43))  # SCHED_IDLE
print(libc.syscall(numbers[0], 0, attributes, 0), libc.syscall(numbers[1], 1, 0, 3 << 13),
      libc.syscall(numbers[2], 62, 1, 0, 1, 0))
"""


@pytest.mark.parametrize("way", SCHEDULER)
def test_whose_turn_it_is_cannot_be_changed(session: Session, way: str) -> None:
    result = session.run_cell(1, f"import os\n{SCHEDULER[way]}")
    assert result.status == "error"


def test_whose_turn_it_is_cannot_be_changed_in_the_raw(session: Session) -> None:
    assert run(session, RAW) == "-1 -1 -1\n"


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process seems to wait for a processor all the time."""
    monkeypatch.setattr(deadline, "waited_for_processor", lambda pid: 1e6 * time.monotonic())


@pytest.mark.parametrize("what", ["cell", "call"])
def test_the_clock_on_the_wall_ends_what_no_counter_ends(
    quick: Session, blind: None, what: str
) -> None:
    quick.limits = replace(quick.limits, wall_factor=1.2)
    run(quick, "import time\ndef f(x): time.sleep(100)")
    found = quick.run_cell(2, "f(1)") if what == "cell" else quick.call("f", {"x": 1})
    assert found.status == "timeout"
    assert not quick.alive


def test_a_session_ends_when_whoever_grades_says(session: Session, blind: None) -> None:
    session.end = time.monotonic() + 0.3
    assert session.run_cell(1, "import time; time.sleep(100)").status == "timeout"


def test_requests_share_what_they_are_allowed(session: Session) -> None:
    session.allow(0.5)
    run(session, "import time; time.sleep(0.3)")
    assert session.run_cell(2, "import time; time.sleep(0.4)").status == "timeout"


def test_computing_side_by_side_is_spent_as_well(session: Session) -> None:
    source = "with Others():\n    for _ in range(4): in_a_child(burn)"
    run(session, TOOLS + source)
    assert session.spent > 4 * 0.7 * BURNT


def test_an_answer_has_the_room_that_it_was_given(session: Session) -> None:
    run(session, "import numpy as np\ndef f(n): return np.zeros(n)")
    assert session.call("f", {"n": 10_000}, room=40_000).status == "unreadable"
    assert session.call("f", {"n": 1_000}, room=40_000).status == "returned"


FLOOD = """
import os
def f(x):
    line = next(int(n) for n in os.listdir("/proc/self/fd")
                if os.readlink(f"/proc/self/fd/{n}").startswith("socket"))
    os.write(line, (100_000).to_bytes(4, "big") + bytes(100_000))
"""


def test_an_answer_that_takes_more_room_is_not_read(session: Session) -> None:
    run(session, FLOOD)
    assert session.call("f", {"x": 1}, room=40_000).status == "unreadable"
    assert not session.alive


@pytest.fixture
def own_wall(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session of a machine that refuses name spaces inside name spaces."""
    refused = property(lambda self: False)
    monkeypatch.setattr(worker_module.Worker, "name_spaces_of_their_own", refused)
    with Sandbox(SMALL) as sandbox, sandbox.session() as session:
        yield session


def test_orphans_count_where_a_session_has_a_wall_of_its_own(own_wall: Session) -> None:
    run(own_wall, TOOLS + WAYS["forked twice"])
    assert own_wall.call("f", {"x": 1}).seconds > 0.7 * BURNT
    assert "reached" not in text_of(own_wall.run_cell(2, "open('/proc/stat'); print('reached')"))


def test_without_the_process_that_counts_nothing_goes_on(own_wall: Session) -> None:
    """Landlock keeps a submission from killing it, where the kernel has that."""
    source = "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(100)"
    if own_wall.run_cell(1, source).status == "error":
        os.kill(own_wall._tree.pid, signal.SIGKILL)
        assert own_wall.run_cell(2, "time.sleep(100)").status == "killed"
    assert not own_wall.alive
