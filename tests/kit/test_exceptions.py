"""Exceptions that learners meet are explained, with their place and the helper they came from."""

import linecache

import numpy as np
import pytest

from pix2net.judging.driver import Outcome, Raised, describe_error, drive, load_function
from pix2net.judging.exceptions import explained
from pix2net.judging.failures import why_no_answer
from tests.kit.test_forms import a_case

CASE = a_case(1.0)
A = np.zeros((3, 4))
NOTHING, ONE = None, 1.5


class Gate:
    def forward(x):
        return x


def outcome_of(source, name="answer", *inputs, scenario=None):
    """What running a notebook's cell and calling a name of it brings back."""
    names = {"np": np}
    linecache.cache["<cell 3>"] = (len(source), None, source.splitlines(True), "<cell 3>")
    exec(compile(source, "<cell 3>", "exec"), names)
    return drive(scenario, names[name], [], dict(enumerate(inputs)))


@pytest.mark.parametrize(
    ("fail", "words"),
    [
        (lambda: A + np.zeros(3), "shapes (3,4) (3,) meet there entry by entry"),
        (lambda: A @ np.zeros((3, 2)), "rows of 4 numbers, its right side columns of 3"),
        (lambda: np.dot(A, np.zeros(3)), "rows of 4 numbers, its right side columns of 3"),
        (lambda: Gate().forward(1), "is `self` missing from the brackets of `def forward`"),
        (lambda: (lambda a: a)(1, 2), "more arguments than its `def` line has"),
        (lambda: (lambda a: a)(), "fewer arguments than its `def` line has"),
        (lambda: NOTHING[0], "Something in that line is None"),
        (lambda: NOTHING + 1, "Something in that line is None"),
        (lambda: {A: 1}, "numpy.ndarray cannot be a key of a dict"),
        (lambda: {[]}, "list cannot be a key of a dict"),
        (lambda: A[5], "Indices run from 0 to 2 there, and 5 was asked for"),
        (lambda: [1][2], "beyond the last entry"),
        (lambda: A[0, 0, 0], "fewer axes than that line has indices"),
        (lambda: 1 if A > 0 else 2, "`np.where`"),
        (lambda: A[1.5], "`//` divides without a fraction"),
        (lambda: range(2.0), "`//` divides without a fraction"),
        (lambda: np.zeros(2, int).__isub__(0.5), "has no room for fractions"),
        (lambda: dict([(1, 2, 3)]), ""),
        (lambda: (lambda pair: [a for a, b in [pair]])((1, 2, 3)), "on the left of `=`"),
        (lambda: A(0), "an array is indexed with square ones"),
        (lambda: ONE(3), "it is no function"),
        (lambda: ONE[0], "a single number where several are expected"),
        (lambda: len(3), "a single number where several are expected"),
        (lambda: A.append(1), "An array does not grow"),
        (lambda: [1].shape, "`np.array(...)` makes one of it"),
        (lambda: nobody, "spelled as where it is defined"),  # noqa: F821
        (lambda: np.array([[1, 2], [3]]), "must all be equally long"),
        (lambda: A.reshape(5, 5), "another number of entries"),
        (lambda: np.zeros((10**6, 10**7)), "does not fit into memory"),
        (lambda: {}["W1"], ""),
        (lambda: 1 / 0, ""),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore")
def test_what_python_says_is_explained(fail, words):
    try:
        fail()
    except Exception as error:
        told = explained(describe_error(error))
    assert (words in told) if words else told == ""


def test_the_line_and_the_helper_it_stands_in_are_told():
    source = "def scores_of(X):\n    return X @ X\n\ndef answer(X):\n    return scores_of(X)\n"
    told = why_no_answer("answer", outcome_of(source, "answer", A), CASE, tell=True)
    assert "in the line `return X @ X` of your `scores_of`." in told
    own = "def answer(X):\n    def inner():\n        return X @ X\n    return inner()\n"
    told = why_no_answer("answer", outcome_of(own, "answer", A), CASE, tell=True)
    assert "in your line `return X @ X`." in told
    assert "of your" not in told


def used_by(scenario, source):
    """What is told of an answer that a scenario takes apart."""
    outcome = outcome_of(source, "answer", scenario=load_function(scenario))
    assert outcome.status == "raised"
    return why_no_answer("answer", outcome, a_case(1.0, scenario="taken_apart"), tell=True)


def test_what_a_scenario_cannot_use_is_not_said_to_be_raised_by_the_learner():
    pair = "def taken_apart(answer):\n    W, losses = answer()\n    return W\n"
    key = "def taken_apart(answer):\n    return answer()['loss']\n"
    for scenario in (pair, key):
        told = used_by(scenario, "def answer():\n    pass\n")
        assert told.startswith("answer cannot be used as its docstring says: it, or a method of it")
        assert told.endswith("Is a `return` missing?")
    told = used_by(pair, "def answer():\n    return np.zeros((3, 4))\n")
    assert "using it ends in ValueError: too many values to unpack" in told
    assert "raised" not in told
    assert "on the left" not in told
    assert "ends in KeyError: 'loss'." in used_by(key, "def answer():\n    return {'losses': []}\n")


def test_what_the_learners_own_lines_and_signature_raise_stays_theirs_in_a_scenario():
    scenario = "def taken_apart(answer):\n    return answer(1)[0]\n"
    told = used_by(scenario, "def answer(x):\n    return x[0]\n")
    assert told.startswith("answer raised TypeError")
    assert "in your line `return x[0]`" in told
    told = used_by(scenario, "def answer():\n    return [1]\n")
    assert told.startswith("answer raised TypeError")
    assert "more arguments than its `def` line has" in told
    raises = Outcome("raised", raised=Raised("NotImplementedError"))
    told = why_no_answer("answer", raises, a_case(1.0, scenario="taken_apart"), tell=True)
    assert "is not filled in yet" in told


def test_who_exits_in_an_exercise_is_told_so():
    outcome = outcome_of("def answer():\n    raise SystemExit\n")
    told = why_no_answer("answer", outcome, CASE, tell=True)
    assert told.startswith("answer raised SystemExit, in your line `raise SystemExit`.")
    assert "leave a function with `return`" in told


def test_a_helper_that_is_not_filled_in_is_told_apart_from_the_exercise_itself():
    source = (
        "def helper():\n    raise NotImplementedError()\n\ndef answer():\n    return helper()\n"
    )
    told = why_no_answer("answer", outcome_of(source), CASE, tell=True)
    assert told.startswith("answer calls your `helper`, which still raises NotImplementedError")
    told = why_no_answer("helper", outcome_of(source, "helper"), CASE, tell=True)
    assert "is not filled in yet" in told


def test_an_error_in_one_hidden_case_has_neither_kind_nor_place():
    source = "def answer(X):\n    return X.nothing\n"
    told = why_no_answer("answer", outcome_of(source, "answer", A), CASE, tell=False)
    assert told == "answer raised an error here."


def test_other_ends_are_told():
    for status in ("missing", "not_callable", "timeout", "memory", "killed", "unreadable"):
        told = why_no_answer("answer", Outcome(status), CASE, tell=False)
        assert told.startswith("answer ")
        assert told[-1] in ".?"
    told = why_no_answer("loss", Outcome("missing"), CASE, tell=False, needs=["Tensor"])
    assert told.startswith("loss is not defined, or Tensor, which its check needs")
    slow = a_case(1.0, seconds=0.5)
    assert "limit of 0.5 s" in why_no_answer("answer", Outcome("timeout"), slow, tell=False)
