"""Processes of ours that grade: what becomes of submissions when one of them is lost."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell

from grader.classroom import workers
from grader.classroom.classwide import Options, grade_class
from grader.grading import submission
from tests.grading.test_interrupt import graded

pytestmark = pytest.mark.some_chapters

REAL = submission.grade_submission.__globals__["grade_notebook"]


def dying(monkeypatch, die):
    """Have the process that grades a submission call ``die(student)`` in the middle of it."""

    def grade_notebook(*args, student, **options):
        die(student)
        return REAL(*args, student=student, **options)

    monkeypatch.setitem(submission.grade_submission.__globals__, "grade_notebook", grade_notebook)


def scores_of(classroom, jobs):
    verdicts = list(grade_class(classroom.root, options=Options(jobs=jobs)))
    return {v.student: (v.status, v.score, v.reason) for v in verdicts}


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_lost_process_costs_nobody_anything(
    classroom, hand_in, finished, monkeypatch, tmp_path, jobs
):
    for i in range(5):
        hand_in(f"s{i}", finished)

    def once(student):
        mark = tmp_path / "died"
        if student == "s2" and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    dying(monkeypatch, once)
    assert scores_of(classroom, jobs) == {f"s{i}": ("graded", 8.0, "") for i in range(5)}
    assert (tmp_path / "died").exists()


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_submission_that_ends_every_process_costs_only_its_own_grade(
    classroom, hand_in, finished, monkeypatch, jobs
):
    for i in range(5):
        hand_in(f"s{i}", finished)
    dying(monkeypatch, lambda student: student == "s1" and os.kill(os.getpid(), signal.SIGKILL))
    found = scores_of(classroom, jobs)
    status, score, reason = found.pop("s1")
    assert (status, score, reason) == ("killed", 0.0, "the process that graded it ended 2 times")
    assert found == {f"s{i}": ("graded", 8.0, "") for i in (0, 2, 3, 4)}


def test_what_was_lost_is_tried_again_by_the_next_run(classroom, hand_in, finished, monkeypatch):
    hand_in("amy", finished)
    with monkeypatch.context() as broken:
        dying(broken, lambda student: os.kill(os.getpid(), signal.SIGKILL))
        assert scores_of(classroom, 1)["amy"][1] == 0.0
    assert scores_of(classroom, 1)["amy"] == ("graded", 8.0, "")
    assert graded(classroom) == {"amy": 8.0}


def test_where_forking_is_not_safe_processes_start_anew(classroom, hand_in, finished, monkeypatch):
    monkeypatch.setattr(workers, "CONTEXT", multiprocessing.get_context("spawn"))
    for i in range(3):
        hand_in(f"s{i}", finished)
    assert scores_of(classroom, 2) == {f"s{i}": ("graded", 8.0, "") for i in range(3)}


def test_a_grader_that_is_killed_leaves_no_process_behind(classroom, hand_in, finished):
    finished.cells.append(new_code_cell("import time\ntime.sleep(6)"))
    hand_in("amy", finished)
    command = [sys.executable, "-m", "pix2net", "grade", "--jobs", "1", "--json",
               "--class-dir", str(classroom.root)]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    own = psutil.Process(running.pid)
    end = time.monotonic() + 20
    while len(children := own.children(recursive=True)) < 4:  # ours, the wall's, the session's
        assert time.monotonic() < end
        time.sleep(0.1)
    running.kill()
    running.wait()
    assert not psutil.wait_procs(children, timeout=40)[1]


def test_a_process_of_ours_holds_no_line_of_another_open(classroom, hand_in, finished):
    """Else it would not see that its parent is gone as long as a sibling lives."""
    for i in range(3):
        hand_in(f"s{i}", finished)
    script = textwrap.dedent(
        """
        import sys, os
        from pathlib import Path
        from grader.classroom.classwide import Options, grade_class
        running = grade_class(Path(sys.argv[1]), options=Options(jobs=3))
        next(running)
        print("graded one", flush=True)
        sys.stdin.read()
        """
    )
    running = subprocess.Popen(
        [sys.executable, "-c", script, str(classroom.root)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout.readline() == "graded one\n"
    helpers = psutil.Process(running.pid).children()
    sockets = [_sockets(helper.pid) for helper in helpers]
    assert len(helpers) == 3
    held = [inode for inodes in sockets for inode in inodes & _sockets(running.pid)]
    assert held == []
    running.kill()
    running.communicate()
    assert not psutil.wait_procs(helpers, timeout=20)[1]


def _sockets(pid):
    links = Path(f"/proc/{pid}/fd").iterdir()
    return {name for link in links if (name := os.readlink(link)).startswith("socket:")}


def test_a_process_that_does_not_end_when_asked_is_ended(classroom, hand_in, finished, monkeypatch):
    monkeypatch.setattr(workers, "_leave", lambda *_: None)
    monkeypatch.setattr(workers, "END_SECONDS", 0.5)
    hand_in("amy", finished)
    finished.cells.append(new_code_cell("import time\ntime.sleep(25)"))
    hand_in("bob", finished)
    running = grade_class(classroom.root, options=Options(jobs=2))
    assert next(running).student == "amy"
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        running.throw(KeyboardInterrupt)
    assert time.monotonic() - start < 10
