"""Limits that a class sets for itself."""

import pytest
from traitlets.config import Config

from grader.grading.limits import class_limits
from grader.grading.released import GradingError
from grader.sandbox import Limits


def settings(**limits):
    config = Config()
    for name, value in limits.items():
        config.SubmissionLimits[name] = value
    return config


def test_a_class_that_sets_nothing_has_the_usual_limits():
    assert class_limits(Config()) == Limits()


def test_what_a_class_sets_replaces_the_usual():
    found = class_limits(settings(cell_seconds=60, memory=2.0**30))
    assert (found.cell_seconds, found.memory) == (60.0, 2**30)
    assert isinstance(found.memory, int)
    assert found.processes == Limits().processes


@pytest.mark.parametrize("value", [0, -1, True, "60", None, float("nan"), float("inf"), [1]])
def test_a_limit_that_is_no_positive_number_is_told(value):
    with pytest.raises(GradingError, match="cell_seconds must be a positive number"):
        class_limits(settings(cell_seconds=value))


def test_a_limit_that_there_is_none_of_is_told_with_those_that_there_are():
    with pytest.raises(GradingError, match="cells_seconds, which does not exist; there are call_"):
        class_limits(settings(cells_seconds=3))
