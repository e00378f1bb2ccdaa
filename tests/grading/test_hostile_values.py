"""Whatever a call gives back is judged without a word, and earns nothing that is not right."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings

from grader.grading.disarm import disarm
from grader.grading.judging import Watch, judged
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import judge_question
from tests.grading.corpus import POINTS
from tests.sandbox.values import hostile


def verdict_on(exercise, outcomes):
    with Watch(60.0) as watch:
        return judged(exercise, outcomes, [""] * len(outcomes), watch)


@pytest.mark.parametrize("name", ["row_means", "shuffled", "double", "double_backward"])
@settings(max_examples=60, deadline=None)
@given(value=hostile)
def test_any_value_is_judged_and_earns_nothing(key, name, value):
    exercise = key.exercises[name]
    shapes = [value, (value, value), [value], {"out": value}, np.zeros(3)]
    for made in shapes:
        outcomes = [disarm(Outcome("returned", made), {}) for _ in exercise.cases]
        verdict = verdict_on(exercise, outcomes)
        assert verdict.score == 0
        assert not verdict.passed
        assert all(check.message for check in verdict.checks if not check.passed)


@pytest.mark.parametrize("name", ["q_one", "q_even", "q_pi"])
@settings(max_examples=60, deadline=None)
@given(value=hostile)
def test_any_answer_to_a_question_is_judged(key, name, value):
    """Only the right letters and numbers near the right one earn the points."""
    plain = disarm(Outcome("returned", value), {}).value
    verdict = judge_question(key.questions[name], plain)
    assert verdict.score in (0, POINTS[name])
    if verdict.score:
        assert str(plain).strip("[]'\" ,ac").strip() in ("", "3.1") or abs(plain - 3.1) <= 0.05


OTHER_FORMS = (
    "as a list",
    "with an axis more",
    "in a tuple",
)  # of the right values: half the points


def test_values_near_the_right_one_are_told_from_it(key):
    """What a codec, a byte order or a view could make equal by accident is not equal, and another
    form of the right values is worth half."""
    exercise = key.exercises["row_means"]
    right = [case.expected for case in exercise.cases]
    near = {
        "as a list": [e.tolist() for e in right],
        "as float32": [e.astype(np.float32) for e in right],
        "as complex": [e.astype(complex) for e in right],
        "with an axis more": [e[:, None] for e in right],
        "as text": [str(e) for e in right],
        "in a tuple": [(e,) for e in right],
        "of the next case": [*right[1:], right[0]],
        "its own sign lost": [np.abs(e) + (e.min() >= 0) for e in right],
    }
    for what, values in near.items():
        outcomes = [disarm(Outcome("returned", copy.deepcopy(v)), {}) for v in values]
        score = verdict_on(exercise, outcomes).score
        assert score == (1 if what in OTHER_FORMS else 0), what
    exact = [disarm(Outcome("returned", e.copy()), {}) for e in right]
    assert verdict_on(exercise, exact).score == 2
