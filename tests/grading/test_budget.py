"""Nobody who handed in slow code is lost with it: the time of a notebook and of each task in it."""

import math
import time
from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell

from grader.grading import run, told
from grader.grading.budget import Budget
from grader.grading.run import grade_notebook
from grader.sandbox import Limits
from tests.grading.conftest import cell_of, index_of

LIMITS = Limits(cell_seconds=30, call_seconds=20, notebook_seconds=40, reserve_seconds=70)
TASKS = ("row_means", "shuffled", "double", "double_backward", "q_one", "q_even", "q_pi")
SLOW = {  # calls of each take 15 s
    "row_means": "def row_means(X):\n    'TAKES 15'\n    return X.mean(axis=1)",
    "shuffled": "def shuffled(x, rng):\n    'TAKES 15'\n    return rng.permutation(x)",
    "double": "def double(x):\n    'TAKES 15'\n    return 2 * x, x",
}


@pytest.fixture
def grade(merged, key, fake):
    fake.limits = LIMITS
    return lambda notebook: grade_notebook(merged(notebook), key, fake)


def budget(shared=10.0, share=4.0, end=math.inf):
    return Budget(shared, share, end, task="a")


def lost(verdict):
    return {name for name, item in verdict.exercises.items() if not item.passed}


def test_time_is_shared_first_and_then_each_task_has_its_own():
    time_left = budget()
    assert time_left.left == math.inf
    time_left.charge(12.0)
    assert time_left.left == 4.0
    time_left.charge(3.0)
    assert time_left.left == pytest.approx(1.0, abs=0.1)
    time_left.task = "b"
    assert time_left.left == 4.0
    time_left.task = ""
    assert time_left.is_used_up


def test_what_reading_and_judging_takes_is_charged():
    time_left = budget(shared=0.05)
    begin = time.thread_time()
    while time.thread_time() < begin + 0.06:
        pass
    time_left.charge(0.0)
    assert time_left.left == 4.0


def test_nothing_is_left_at_the_end():
    over = budget(end=time.monotonic())
    assert (over.is_over, over.left) == (True, 0.0)


def test_slow_calls_within_their_limits_cost_no_other_exercise(grade, finished):
    cell_of(finished, "row_means").source = SLOW["row_means"]
    verdict = grade(finished)
    assert lost(verdict) == {"row_means"}
    assert verdict.exercises["row_means"].reason == run.NO_TIME
    assert verdict.status == verdict.exercises["row_means"].status == "timeout"


def test_each_slow_exercise_has_its_own_share(grade, finished):
    for name, source in SLOW.items():
        cell_of(finished, name).source = source
    assert lost(grade(finished)) == set(SLOW)


def test_a_call_ends_where_the_share_does(grade, finished, fake):
    fake.limits = replace(LIMITS, notebook_seconds=1e-9, reserve_seconds=14.0)  # 2 s a task
    cell_of(finished, "shuffled").source = SLOW["shuffled"].replace("15", "3")
    verdict = grade(finished)
    assert lost(verdict) == {"shuffled"}
    assert verdict.exercises["shuffled"].reason == run.NO_TIME


@pytest.mark.parametrize("name", ["top", "row_means", "double"])
def test_slow_cells_cost_only_the_task_whose_turn_it_is(grade, finished, name):
    """Ten seconds each: four use up what is shared, the next the share of whoever comes next."""
    place = 0 if name == "top" else index_of(finished, name)
    for _ in range(5):
        finished.cells.insert(place, new_code_cell("slow = 1  # TAKES 9.9"))
    finished.cells.insert(place, new_code_cell("slow = 1  # TAKES 11"))
    verdict = grade(finished)
    assert lost(verdict) <= {"row_means" if name == "top" else name}
    assert sum(told.NOT_AGAIN in note for note in verdict.notes) == len(verdict.notes) - 1


def test_helpers_of_a_lost_task_are_there_for_the_next(grade, finished, fake):
    fake.limits = replace(LIMITS, notebook_seconds=1e-9, reserve_seconds=70.0)  # 10 s a task
    place = index_of(finished, "row_means")
    helper = new_code_cell("def twice(v): return 2 * v")
    slow = [new_code_cell("slow = 1  # TAKES 6") for _ in range(2)]
    finished.cells[place:place] = [*slow, helper]
    cell_of(finished, "double").source = "def double(x): return twice(x), x"
    verdict = grade(finished)
    assert {"double", "double_backward"} & lost(verdict) == set()


def test_all_of_it_has_an_end(grade, finished, fake):
    """However many slow cells and calls there are."""
    for source in SLOW:
        cell_of(finished, source).source = SLOW[source]
    for _ in range(40):
        finished.cells.insert(0, new_code_cell("slow = 1  # TAKES 9"))
    verdict = grade(finished)
    assert verdict.status == "timeout"
    taken = sum(session.spent for session in fake.started)
    most = LIMITS.notebook_seconds + LIMITS.cell_seconds + LIMITS.reserve_seconds
    assert taken <= most


def test_the_end_by_the_clock_is_told_to_every_session(grade, finished, fake):
    before = time.monotonic()
    grade(finished)
    ends = [session.end for session in fake.started]
    assert all(0 <= end - before - LIMITS.longest < 60 for end in ends)


def test_what_comes_after_the_end_is_not_begun(grade, finished, fake):
    fake.limits = replace(LIMITS, wall_factor=1e-9)
    verdict = grade(finished)
    assert {item.reason for item in verdict.exercises.values()} == {run.NO_TIME}
    assert len(fake.started) == 1
    assert fake.log == []
