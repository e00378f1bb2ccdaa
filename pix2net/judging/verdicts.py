"""What a verdict says: of one check, and of an exercise or question with all of its checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

SEVERITY = ("graded", "timeout", "memory", "killed", "rejected")
BESIDE = ("detail", "half", "telling")  # of a check, what its form as data leaves out
FORM = 0.5  # of the points, for what is right but for its form


@dataclass(frozen=True)
class CheckResult:
    """One check of an exercise.

    Attributes:
        label: what is checked.
        passed: whether it is right.
        message: what to tell.
        misconception: the one that was recognised.
        detail: what was seen, where ``message`` is what it means; with a public key alone.
        half: whether it is right but for its form.
        telling: how near the message comes to the mistake: 2 for a misconception that all cases
            together speak for, 1 for a simple change of the right result, 0 for anything else, and
            -1 for a wrong form that costs nothing, as wrong values cost all.
    """

    label: str
    passed: bool
    message: str = ""
    misconception: str | None = None
    detail: str = ""
    half: bool = False
    telling: int = 0

    def as_json(self) -> dict[str, Any]:
        """The check as plain data."""
        return {k: v for k, v in vars(self).items() if k not in BESIDE}


@dataclass(frozen=True)
class ExerciseVerdict:
    """The verdict on one exercise; `as_json` is the object that ``course check --json`` prints."""

    exercise: str
    passed: bool
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    status: str = "graded"
    seconds: float = 0.0
    reason: str = ""

    @property
    def leading(self) -> CheckResult | None:
        """The failing check to tell of first: the first of those that tell most; None for none."""
        failing = [check for check in self.checks if not check.passed]
        return max(failing, key=lambda check: check.telling, default=None)

    def led_by(self, sentence: str) -> ExerciseVerdict:
        """The verdict with a sentence before what is told first."""
        first = self.leading
        if first is None or not sentence:
            return self
        told = replace(first, message=f"{sentence} {first.message}".strip())
        return replace(self, checks=tuple(told if c is first else c for c in self.checks))

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain data, with ``reason`` only where there is one."""
        data = dict(vars(self))
        data["checks"] = [check.as_json() for check in self.checks]
        data["seconds"] = round(self.seconds, 4)
        if not self.reason:
            del data["reason"]
        return data
