"""Which released statements grading runs: all that an answer could notice, and no demonstration."""

import pytest

from grader.grading.slices import everything, is_plain, needed, statements
from grader.handed_in.cells import MergedCell
from grader.sandbox.inside.reads import global_reads

HEAD = "import numpy as np\nfrom data import load\nfrom pix2net import plots, ready\n\nd = load()"
TASKS = ["mean", "spread"]


def run(*cells, answer=""):
    """Source that is run of each of some released cells, without the empty lines."""
    merged = [MergedCell(i, "given", None, "code", text, True) for i, text in enumerate(cells, 1)]
    chosen = needed(merged, global_reads([answer], str), TASKS)
    return [chosen.sources[i].strip("\n") for i in range(1, len(cells) + 1)], chosen.data


def test_a_demonstration_is_left_out():
    demo = "if ready('mean'):\n    m = mean(d.X_train)\n    plots.image_grid([m])"
    answer = "def mean(X):\n    d = X.sum()\n    return np.mean(X)"
    sources, data = run(HEAD, demo, answer=answer)
    assert sources == ["import numpy as np", ""]
    assert not data


def test_what_an_answer_uses_runs_with_all_that_it_needs():
    sources, data = run(HEAD, "X = d.X_train\nY = d.X_test", answer="print(X.shape)")
    assert sources == ["from data import load\n\n\nd = load()", "X = d.X_train"]
    assert data


def test_lines_keep_their_numbers():
    kept, _ = run("a = 1\n\nb = (2,\n     3)\nc = 4", answer="b, c")
    assert kept == ["b = (2,\n     3)\nc = 4"]
    merged = [MergedCell(1, "given", None, "code", "a = 1\n\nb = 2", True)]
    assert needed(merged, {"b"}, []).sources[1] == "\n\nb = 2"


@pytest.mark.parametrize(
    "change",
    [
        "xs.append(2)", "xs[0] = 2", "xs.size = 2", "del xs", "xs += [2]", "xs = [2]",
        "np.random.shuffle(xs)", "grow(xs)", "if ready('mean'):\n    xs[0] = mean(xs)",
        "for xs in ([1], [2]):\n    pass", "def more():\n    global xs\n    xs = 2\nmore()",
        "with open('x') as xs:\n    pass", "print(xs := 3)", "[xs.pop() for _ in range(1)]",
        "def xs():\n    pass", "class xs:\n    pass", "import os as xs",
    ],
)  # fmt: skip
def test_what_may_change_a_thing_that_an_answer_uses_runs(change):
    made = "import numpy as np\ndef grow(ys):\n    ys.append(1)\nxs = [1]"
    assert run(made, change, answer="def mean(X):\n    return xs")[0][1]


def test_names_of_tasks_are_looked_up_at_their_checks():
    assert run("mean = 3", answer="def mean(X):\n    return 1")[0] == ["mean = 3"]
    assert run("mean(np.ones(3))", answer="def mean(X):\n    return 1")[0] == [""]


def test_helpers_of_the_release_run_when_an_answer_calls_them():
    helper = "def distance(a, b):\n    return np.abs(scaled(a) - b)"
    other = "def scaled(a):\n    return FACTOR * a\n\nFACTOR = 2\nUNUSED = 3"
    sources, _ = run(HEAD, other, helper, answer="def mean(X):\n    return distance(X, 0)")
    assert sources == ["import numpy as np", other.removesuffix("\nUNUSED = 3"), helper]


@pytest.mark.parametrize("magic", ["%matplotlib inline\nx = 1", "from numpy import *\ny = 1"])
def test_a_released_cell_that_cannot_be_taken_apart_makes_all_run(magic):
    assert run(HEAD, magic, "print(1)")[0] == [HEAD, magic, "print(1)"]


def test_everything_is_everything():
    merged = [MergedCell(1, "given", None, "code", "a = 1", True),
              MergedCell(2, "given", None, "code", "gone", False),
              MergedCell(3, "answer", "mean", "code", "b = 1", True)]  # fmt: skip
    assert everything(merged).sources == {1: "a = 1"}


@pytest.mark.parametrize(
    "text",
    [
        "globals()['x']", "eval('x')", "import __main__", "sys.modules['__main__'].x",
        "f.__globals__", "sys._getframe(1)", "get_ipython().user_ns", "exec(text)",
    ],
)  # fmt: skip
def test_a_look_behind_the_compilers_back_makes_all_run(text):
    assert is_plain(["x = 1", "def mean(X):\n    return np.stack([X]).mean()"])
    assert not is_plain(["x = 1", text])


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
    assert global_reads([code], str) == ["Base", "GAIN", "default", "far", "np", "shift", "start"]
    assert global_reads(["this is no Python", "(" * 500, "x\0", "y"], str) == ["y"]


def test_statements_that_share_a_line_stay_together():
    found = statements("a = 1; b = 2\n@a\ndef f():\n    pass")
    assert [(s.first, s.last, s.binds) for s in found] == [(1, 1, {"a", "b"}), (2, 4, {"f"})]
