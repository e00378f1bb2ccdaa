"""What is run of a cell to learn what it defines, and what is said of the rest."""

import pytest

from pix2net.desk.definitions import Defined


def taken(*cells):
    defined = Defined()
    for cell in cells:
        defined.add(cell, "<cell>")
    return defined


@pytest.mark.parametrize(
    "cell",
    [
        "answer = 30 - 200 + 256", "answer: float = -1e-8", "answer = {'a', 'b'}",
        "answer = np.float64(3)", "answer = np.arange(3).sum()", "answer = len('abc')",
        "answer = lambda x: print(x)", "import math\nanswer = math.sqrt(4)",
        "import math as answer", "class answer: pass", "def answer(): return open('file')",
        "%%time\nanswer = 1", "%matplotlib inline\nanswer = 1", "!ls\nanswer = 1",
        "answer = 1\nprint(answer, 1 / 0)", "np.save('file', np)\nanswer = 1",
    ],
)  # fmt: skip
def test_what_only_makes_names_is_run(cell):
    defined = taken(cell)
    assert "answer" in defined.namespace
    assert defined.left_out == {}


@pytest.mark.parametrize(
    "cell",
    [
        "answer = open('file')", "answer = np.loadtxt('file')",
        "answer = np.lib.npyio.DataSource()", "answer = train(3)", "for answer in range(3): pass",
        "if True:\n    def answer(): pass",
        "other = train(3)\nanswer = other", "def answer(x=unknown): pass", "answer = 1 / 0",
        "answer = model.fit()", "with open('file') as answer: pass",
        "answer = %time 1", "def answer(): pass\nanswer = timed(answer)",
    ],
)  # fmt: skip
def test_what_may_do_more_is_left_out_and_said_so(cell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    defined = taken("answer = 0", cell)
    assert "answer" not in defined.namespace
    assert "`answer` does more than define it" in defined.left_out["answer"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cell", ["def answer(:\n    pass", "answer = (1", "answer = 1\nreturn"])
def test_a_syntax_error_is_told_with_its_line(cell):
    line = cell.count("return") + 1
    assert f"syntax error in line {line} of the cell of `answer`" in taken(cell).left_out["answer"]


def test_a_later_definition_is_looked_at_again():
    defined = taken("answer = train(3)", "answer = 3")
    assert (defined.namespace["answer"], defined.left_out) == (3, {})


def test_names_within_functions_are_not_those_of_the_notebook():
    cell = "if ready():\n    def draw():\n        answer = 3\n    [answer for answer in a]"
    assert taken("answer = 0", cell).namespace["answer"] == 0


def test_what_needs_something_left_out_takes_nothing_else_with_it():
    cell = "net = train(3)\nnet.rate = 3\nother = net\nanswer = 3"
    defined = taken(cell)
    assert defined.namespace["answer"] == 3
    assert defined.left_out.keys() == {"net", "other"}


def test_numpy_stays_whatever_is_left_out():
    assert "np" in taken("try:\n    import numpy as np\nexcept ImportError: pass").namespace
