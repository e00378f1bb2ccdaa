"""A chapter is run once as long as nothing that its run follows from has changed."""

import nbformat
import pytest

from grader.exercises.registry import chapters
from grader.keys.remembered import Store
from grader.keys.workshop import Workshop
from grader.weave import rehearsal
from grader.weave.rehearsal import rehearse

CHAPTER = chapters()["11_capstone"]


@pytest.fixture
def runs(monkeypatch):
    """The notebooks that were run, in place of a kernel; a cell of each fails once it is broken."""

    class Found(list):
        broken = False

    found = Found()

    class Here:
        """In place of a pool of processes: calls at once."""

        def __init__(self, *args, **kwargs): ...
        def __enter__(self):
            return self

        def __exit__(self, *told): ...
        def submit(self, _, text, folder):
            found.append(text)
            ran = nbformat.reads(text, as_version=4)
            if found.broken:
                ran.cells[1:1] = [failed()]
            return Done((nbformat.writes(ran), 1.5, 1.25, 2**20))

    monkeypatch.setattr(rehearsal, "ProcessPoolExecutor", Here)
    return found


class Done:
    def __init__(self, value):
        self.value = value

    def result(self):
        return self.value


def failed():
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    return nbformat.v4.new_code_cell("1 / 0", outputs=[error])


@pytest.fixture(scope="module")
def workshop():
    return Workshop()


def test_a_run_without_problems_is_remembered_as_it_was(runs, tmp_path, workshop):
    store = Store(tmp_path / "runs")
    first, second = (rehearse(CHAPTER, workshop=workshop, runs=store) for _ in range(2))
    assert len(runs) == 1
    assert first == second
    assert (first.seconds, first.peak, first.problems) == (1.5, 2**20, [])


def test_the_same_chapter_in_another_way_is_another_run(runs, tmp_path, workshop):
    store = Store(tmp_path / "runs")
    for how in ({}, {"demonstrations": False}, {"with_answers": False}):
        rehearse(CHAPTER, workshop=workshop, runs=store, **how)
    assert len(runs) == 3


def test_a_run_with_a_problem_is_run_again(runs, tmp_path, workshop):
    store = Store(tmp_path / "runs")
    runs.broken = True
    for _ in range(2):
        found = rehearse(CHAPTER, workshop=workshop, runs=store)
        assert len(found.problems) == 1
    assert len(runs) == 2


def test_without_a_place_to_remember_in_every_run_is_run(runs, workshop):
    for _ in range(2):
        rehearse(CHAPTER, workshop=workshop)
    assert len(runs) == 2
