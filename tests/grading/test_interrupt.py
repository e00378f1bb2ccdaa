"""Ctrl-C on the real command: it stops at once, leaves nothing behind, and is taken up again."""

import json
import signal
import subprocess
import sys
import time

import psutil
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from tests.grading.test_classwide import NAME

pytestmark = pytest.mark.some_chapters

STUDENTS = ["amy", "bob", "cem", "dov"]
SLOW = "eve"


@pytest.fixture
def command(classroom):
    return [sys.executable, "-m", "pix2net", "grade", "--json", "--jobs", "2",
            "--class-dir", str(classroom.root)]  # fmt: skip


@pytest.fixture
def with_a_slow_one(hand_in, finished):
    for student in STUDENTS:
        hand_in(student, finished)
    finished.cells.append(new_code_cell("import time\ntime.sleep(25)"))
    hand_in(SLOW, finished)


def graded(classroom):
    """Scores that the gradebook has, by student."""
    course = classroom.course()
    with Gradebook(course.db_url, course.course_id) as book:
        return {s.student.id: s.score for s in book.assignment_submissions(NAME)}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(
    classroom, command, with_a_slow_one, hand_in, finished, number
):
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A shell starts what runs in the background deaf to Ctrl-C, these tests perhaps as well.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    first = [json.loads(running.stdout.readline())["student"] for _ in STUDENTS]
    assert first == STUDENTS
    children = psutil.Process(running.pid).children(recursive=True)
    assert children
    start = time.monotonic()
    running.send_signal(number)
    out, err = running.communicate(timeout=20)
    assert time.monotonic() - start < 15, "it must not wait for the slow one"
    assert (running.returncode, out) == (2, "")
    assert err.strip() == (
        "course: stopped; what was graded is kept, and the same command goes on from there"
    )
    assert not psutil.wait_procs(children, timeout=10)[1]
    found = graded(classroom)
    assert set(found) == set(STUDENTS)
    assert set(found.values()) == {8.0}

    finished.cells[-1].source = "quick = True"
    hand_in(SLOW, finished)
    records = {s: classroom.root / "verdicts" / s / f"{NAME}.json" for s in STUDENTS}
    before = {s: path.stat().st_mtime_ns for s, path in records.items()}
    again = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    verdicts = [json.loads(line) for line in again.stdout.splitlines()]
    assert [(v["student"], v["score"]) for v in verdicts] == [(s, 8.0) for s in [*STUDENTS, SLOW]]
    assert before == {s: path.stat().st_mtime_ns for s, path in records.items()}
    assert set(graded(classroom)) == {*STUDENTS, SLOW}
