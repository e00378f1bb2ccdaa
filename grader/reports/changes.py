"""Whose score a second grading changed, by which exercise, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.grading.verdict import NotebookVerdict
from pix2net.judging.judge import ExerciseVerdict


@dataclass(frozen=True)
class Change:
    """One exercise whose score is another one now; ``why`` is a sentence."""

    student: str
    assignment: str
    exercise: str
    before: float
    after: float
    why: str


def changes(before: NotebookVerdict, after: NotebookVerdict) -> Iterator[Change]:
    """What differs between two verdicts on the same submission, in the order of its exercises.

    An exercise that only one of them has counts 0 in the other.
    """
    for name in dict.fromkeys([*before.exercises, *after.exercises]):
        old, new = before.exercises.get(name), after.exercises.get(name)
        was, is_now = (item.score if item else 0.0 for item in (old, new))
        if was != is_now:
            yield Change(after.student or "", after.assignment, name, was, is_now, _why(old, new))


def _why(old: ExerciseVerdict | None, new: ExerciseVerdict | None) -> str:
    if old is None or new is None:
        return "the exercise is new" if old is None else "the exercise is gone"
    if old.max_score != new.max_score:
        return f"it is worth {new.max_score:g} points now, {old.max_score:g} before"
    if new.status != old.status:
        return f"it was {old.status} before and is {new.status} now"
    passed = {check.label for check in old.checks if check.passed}
    known = {check.label for check in old.checks}
    for check in new.checks:
        if not check.passed and check.label in passed:
            return f"fails now: {check.label}. {check.message}"
        if not check.passed and check.label not in known:
            return f"a new check fails: {check.label}. {check.message}"
    mended = [c.label for c in new.checks if c.passed and c.label in known - passed]
    return f"passes now: {', '.join(mended)}" if mended else "its checks count differently now"
