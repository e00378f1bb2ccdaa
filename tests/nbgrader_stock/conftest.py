"""The toy class of the grading tests, for stock nbgrader to work on."""

from tests.grading.conftest import (  # noqa: F401 - fixtures
    chapter,
    finished,
    hand_in,
    instructor,
    released,
    released_class,
    right_answers,
)
