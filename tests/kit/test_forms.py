"""Which forms of a right answer cost nothing, which cost half, and which are wrong."""

import numpy as np
import pytest

from grader.keys.trivial import trivial_answers
from pix2net.judging import forms
from pix2net.judging.answer_key import CaseKey, ExerciseKey, PropertyKey
from pix2net.judging.codec import Opaque
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import judge_exercise

X = np.array([1.5, -2.25, 4.0])
COUNTS = np.array([3, 0, 1])
M = np.arange(6.0).reshape(2, 3) + 0.5
IMAGE = np.array([[0, 200], [255, 7]], dtype=np.uint8)


def a_case(expected, label="numbers", **changes):
    """A case of a key, of which nothing matters but what is expected."""
    settings = {
        "inputs": {}, "edge": False, "scenario": "call", "compare": True, "shapes": True,
        "properties": (), "rtol": 1e-6, "atol": 1e-8, "seconds": None,
    }  # fmt: skip
    return CaseKey(label=label, expected=expected, **{**settings, **changes})


def a_key(*cases, points=4.0, **more):
    return ExerciseKey("answer", points, {}, more.pop("properties", {}), {}, cases, **more)


def verdict(key, *values):
    outcomes = [Outcome("returned", value) for value in values]
    return judge_exercise(key, outcomes, reveal=True)


FREE = [
    ((1.5, X), [1.5, X]),
    ([1.5, 2.5], (1.5, 2.5)),
    ([1.5, 2.5], np.array([1.5, 2.5])),
    ((1.5, 2.5, 3.5, 4.5), np.array([1.5, 2.5, 3.5, 4.5])),
    ((X, X), np.stack([X, X])),
    ([(1.5, 2.5), (3.5, 4.5)], np.array([[1.5, 2.5], [3.5, 4.5]])),
    ({3: [0.5, 1.0]}, {3: np.array([0.5, 1.0])}),
    ({"a": 1, "b": "x"}, {"a": 1, "b": "x", "c": None}),
    (1.5, np.float64(1.5)),
    (1.5, np.array(1.5)),
    (2.0, 2),
    (3, np.uint8(3)),
    (COUNTS, COUNTS.astype(np.int16)),
]
HALF = [
    (X, X.tolist()),
    (X, tuple(X)),
    (M, M.tolist()),
    (M, list(M)),
    (X, X[:, None]),
    (X, X[None]),
    (X[:, None], X),
    (M, M[:, None, :]),
    (1.5, np.array([1.5])),
    (1.5, [1.5]),
    (np.array([1.5]), 1.5),
    (3, 3.0),
    (3, np.float64(3)),
    (1, True),
    (True, 1),
    (COUNTS, COUNTS.astype(float)),
    (COUNTS, COUNTS.tolist()),
    (np.array([1, 0]), np.array([True, False])),
    (np.array([1.0, 2.0]), np.array([1, 2])),
    (IMAGE, IMAGE.astype(int)),
    (IMAGE, IMAGE.astype(np.float32)),
    (IMAGE, IMAGE.tolist()),
    ((1.5, X), (1.5, X[:, None])),
    ({"a": X}, {"a": X.tolist()}),
]
WRONG = [
    (X, X.astype(np.float32)),
    (1.5, np.float32(1.5)),
    (X, X.astype(complex)),
    (X, [*X.tolist(), 1.0]),
    (X, [1.5, [1.0], 4.0]),
    (X, ["1.5", "-2.25", "4.0"]),
    (X, (X + 1e-3).tolist()),
    (M, M.T),
    (M, M.ravel()),
    (X[None], X[:, None]),
    (COUNTS, COUNTS + 0.25),
    (3, 3.5),
    (3, float("nan")),
    (IMAGE, IMAGE.astype(int) + 256),
    (IMAGE, IMAGE.astype(int) - 256),
    (X, {0: 1.5, 1: -2.25, 2: 4.0}),
    (X, Opaque("pandas.Series")),
    (X, None),
    ("uint8", 8),
    ((1.5, X), 1.5),
    ({"a": X}, {"a": X, "b": X}),  # as many gradients as parameters, and no more
    ({"a": 1, "b": 2}, {"a": 1}),
    (2**70, float(2**70) * 1.5),
]


@pytest.mark.parametrize(
    ("expected", "given", "score"),
    [(*pair, 4) for pair in FREE] + [(*pair, 2) for pair in HALF] + [(*pair, 0) for pair in WRONG],
)
def test_a_form_costs_nothing_or_half_and_never_makes_a_wrong_value_right(expected, given, score):
    found = verdict(a_key(a_case(expected)), given)
    assert found.score == score
    assert found.passed is (score == 4)
    (check,) = found.checks
    assert ("half the points" in check.message) is (score == 2)
    assert check.half is (score == 2)
    assert found.as_json()["checks"][0].keys() == {"label", "passed", "message", "misconception"}


def test_what_form_was_given_is_told_before_what_it_is_worth():
    (check,) = verdict(a_key(a_case(X)), X.tolist()).checks
    assert check.message == (
        "Your function gave a list; it must give a NumPy array. "
        "The values are right: for them you get half the points."
    )


def test_a_wrong_form_in_ordinary_cases_earns_half_at_most():
    cases = [a_case(X), a_case(X, "more"), *(a_case(3, f"edge {i}", edge=True) for i in range(8))]
    key = a_key(*cases)
    assert verdict(key, X.tolist(), X, *[3] * 8).score == 2
    assert verdict(key, X.tolist(), X.tolist(), *[3] * 8).score == 2
    assert verdict(key, X.tolist(), X, *[3] * 3, *[4] * 5).score == pytest.approx(4 * 4.5 / 10)
    assert verdict(key, X.tolist(), X + 1, *[3] * 8).score == 0


def test_half_points_are_promised_only_where_the_exercise_earns_them():
    key = a_key(a_case(X), a_case(X + 5, "more"), a_case(np.array([1.5]), "one", edge=True))
    found = verdict(key, X.tolist(), X, 1.5)
    assert found.score == 0
    assert [c.half for c in found.checks] == [True, False, True]
    assert not any("half" in c.message for c in found.checks)
    assert found.checks[0].message == "Your function gave a list; it must give a NumPy array."
    assert found.leading is found.checks[1]


def test_a_simple_transform_is_told_only_where_all_wrong_values_show_it():
    four = {"inputs": {"x": np.zeros((2, 4))}}  # of which twice may be the number of rows
    key = a_key(a_case(X), a_case(X + 5, "more"), a_case(X - 7, "two rows", **four))
    found = verdict(key, 2 * X, 2 * X + 10, 2 * X - 14)
    assert [c.message for c in found.checks[:2]] == ["Your result is twice the right one."] * 2
    assert "twice" not in found.checks[2].message
    found = verdict(key, 2 * X, X + 5, X - 7)
    assert "twice" in found.checks[0].message
    found = verdict(key, 2 * X, 3 * X + 15, X - 7)
    assert not any("twice" in c.message for c in found.checks)


def test_a_wrong_form_in_an_edge_case_costs_half_of_that_case():
    key = a_key(a_case(X), a_case(np.array([1.5]), "one", edge=True))
    found = verdict(key, X, 1.5)
    assert found.score == 3
    assert found.checks[1].message.endswith("so this check counts half.")
    assert not found.passed


def test_properties_are_held_against_the_values_in_whatever_form():
    source = "def small(inputs, output):\n    return bool((output < 5).all())\n"
    properties = {"small": PropertyKey(source, "Too large.")}
    key = a_key(a_case(X, compare=False, properties=("small",)), properties=properties)
    assert verdict(key, [1.0, 2.0, 3.0]).score == 2
    found = verdict(key, [1.0, 2.0, 30.0])
    assert (found.score, found.checks[0].message) == (0, "Too large.")


def test_lengths_that_are_free_stay_free():
    key = a_key(a_case(X, shapes=False, compare=False))
    assert verdict(key, np.ones((7, 1))).score == 2
    assert verdict(key, np.ones(7)).score == 4
    assert verdict(key, np.ones((7, 2))).score == 0


def test_an_input_that_was_changed_or_time_cost_all_of_a_wrong_form_too():
    key = a_key(a_case(X, inputs={"x": X}, seconds=1.0))
    for changed, seconds in ((("x",), 0.5), ((), 2.0)):
        outcome = Outcome("returned", X.tolist(), changed, seconds=seconds)
        found = judge_exercise(key, [outcome], reveal=True)
        assert (found.score, found.checks[0].half) == (0, False)


@pytest.mark.parametrize(("expected", "_"), [*FREE, *HALF])
def test_a_trivial_answer_of_any_form_earns_nothing(expected, _):
    if isinstance(expected, np.ndarray) and expected is not COUNTS and len(expected) > 2:
        key = a_key(a_case(expected, inputs={"x": expected[::-1]}))
        for name, outcomes in trivial_answers(key.cases):
            assert judge_exercise(key, outcomes, reveal=False).score == 0, name


@pytest.mark.parametrize(("expected", "given"), [*FREE, *HALF, *WRONG])
def test_bringing_into_form_changes_neither_of_the_two(expected, given):
    before = repr(expected), repr(given)
    forms.in_any_form(expected, given)
    forms.in_any_container(expected, given)
    forms.in_like_form(expected, given)
    assert (repr(expected), repr(given)) == before
