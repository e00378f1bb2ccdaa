"""Which released cells grading runs: no demonstration, unless an answer uses what one uses."""

import pytest

from grader.grading.needed import loads_data, needed
from grader.handed_in.cells import MergedCell
from grader.sandbox.inside.reads import global_reads, names
from grader.weave import notebook

HEAD = "import numpy as np\nfrom pix2net import load, plots, ready\n\nd = load()\nFACTOR = 2"
DEMO = "if ready('mean'):\n    m = mean(d.X_train)\n    plots.image_grid([m])"
HELPER = "def scaled(a):\n    return FACTOR * a"
TASKS = ["mean", "spread"]


def cells(*sources):
    """Released cells as the weaver marks them."""
    made = [notebook.given_cell(source) for source in sources]
    marked = [cell.metadata["course"].get("demonstration", False) for cell in made]
    return [
        MergedCell(i, "given", None, "code", source, True, shows)
        for i, (source, shows) in enumerate(zip(sources, marked, strict=True), start=1)
    ]


def run(*sources, answer=""):
    return sorted(needed(cells(*sources), global_reads([answer], str), TASKS))


def test_a_demonstration_is_left_out():
    answer = "def mean(X):\n    d = X.sum()\n    return np.mean(X) + scaled(1)"
    assert run(HEAD, HELPER, DEMO, answer=answer) == [1, 2]


@pytest.mark.parametrize("answer", ["m", "d.X_train", "def mean(X):\n    global m\n    m = 1; m"])
def test_all_run_where_an_answer_uses_a_name_of_a_demonstration(answer):
    assert run(HEAD, DEMO, answer=answer) == [1, 2]


def test_what_a_demonstration_may_change_is_a_name_that_it_uses():
    changing = "if ready('mean'):\n    seen.append(mean(d.X_train))"
    assert run("seen = []", changing, answer="def mean(X):\n    return len(seen)") == [1, 2]


def test_imports_and_tasks_are_nobodys_own():
    assert run(HEAD, DEMO, answer="def spread(X):\n    return np.std(mean(X))") == [1]


def test_pythons_own_names_tie_nothing_together_unless_they_are_bound():
    counting = "if ready('mean'):\n    m = [len(X) for _ in range(3)]"
    answer = "def spread(X):\n    return sum(len(x) for x in X)"
    assert run(HEAD, counting, answer=answer) == [1]
    assert run(HEAD, f"len = max\n{counting}", answer=answer) == [1, 2]


@pytest.mark.parametrize("magic", ["%timeit mean(1)", "get_ipython().user_ns['m']"])
def test_a_magic_of_the_learners_makes_all_run(magic):
    reads = global_reads([magic], lambda text: "get_ipython().run_line_magic('timeit', 'x')")
    assert needed(cells(HEAD, DEMO), reads, TASKS) == {1, 2}
    assert needed(cells(HEAD, DEMO), None, TASKS) == {1, 2}


def test_what_imports_is_no_demonstration():
    assert run("from time import time\nif ready('mean'):\n    time()") == [1]


def test_cells_that_are_not_released_ones_are_not_chosen_here():
    given, shows = cells(HEAD, DEMO)
    answer = MergedCell(3, "answer", "mean", "code", "b = 1", True)
    gone = MergedCell(4, "given", None, "code", "gone", False)
    assert needed([given, shows, answer, gone], [], TASKS) == {1}


def test_data_sets_are_made_ahead_where_a_cell_that_runs_loads_one():
    released = cells(HEAD, "x = 1")
    assert loads_data(released, {1, 2})
    assert not loads_data(released, {2})


def test_reads_are_what_the_compiler_sees_as_global():
    code = """
import numpy as np
total = start + 1
def mean(X, k=default):
    local = X
    inner = [shift + v for v in local]
    return np.mean(inner) + (lambda z: z + far)(2)
class Gate(Base):
    rate = 3
    def forward(self, x):
        return x * GAIN + self.rate
"""
    reads = ["Base", "GAIN", "default", "far", "np", "shift", "start"]
    assert global_reads([code], str) == reads
    assert global_reads(["this is no Python", "(" * 500, "x\0", "y"], str) == ["y"]
    assert names(code)[0] == {"np", "total", "mean", "Gate"}
