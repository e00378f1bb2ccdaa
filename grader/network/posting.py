"""Grades sent to a learning-management system: what was sent, and what was not and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from grader.reports.grades import Grade


class PostError(Exception):
    """Grades could not be sent at all; the message says why and what to do."""


@dataclass
class Posted:
    """What became of grades.

    Attributes:
        sent: student and assignment of each that the system has taken.
        left: the same of each that was not sent, with the reason.
    """

    sent: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str, str]] = field(default_factory=list)

    def leave(self, grades: Sequence[Grade], why: str) -> None:
        """Note that some grades are not sent."""
        self.left += [(grade.student, grade.assignment, why) for grade in grades]


class Platform(Protocol):
    """A learning-management system that takes grades."""

    def post(self, grades: Sequence[Grade]) -> Posted:
        """Send grades. Raises `PostError`."""


def by_assignment(grades: Sequence[Grade], posted: Posted) -> dict[str, list[Grade]]:
    """Grades that there are, by assignment; an assignment that was not handed in has none."""
    found: dict[str, list[Grade]] = {}
    for grade in grades:
        if grade.score is None:
            posted.leave([grade], "nothing was handed in")
        else:
            found.setdefault(grade.assignment, []).append(grade)
    return found
