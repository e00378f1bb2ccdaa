"""The verdict on a notebook, and its form as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from grader.sandbox import Wall
from pix2net.judging.answer_key import Key
from pix2net.judging.judge import SEVERITY, CheckResult, ExerciseVerdict

USUAL_WALL: Wall = "bubblewrap"

Outputs = tuple[dict[str, Any], ...]  # of one cell, as nbformat has them; untrusted


@dataclass(frozen=True)
class NotebookVerdict:
    """What grading found of one notebook.

    Attributes:
        student: who handed it in, or None.
        assignment: and ``notebook`` name it.
        score: automatic points out of ``max_score``.
        status: "graded", or the worst that happened to an exercise; "rejected" for the whole.
        reason: why, where the whole notebook could not be graded.
        seconds: wall time that grading took.
        exercises: verdicts by the name of exercise or question, in the key's order.
        manual: points that wait for a person, by question.
        repairs: what differed from the release and was put right, a sentence each.
        notes: what happened while it ran, a sentence each.
        outputs: what cells displayed, by cell number; untrusted.
        wall: what student code ran behind.
        language: of its sentences, such as "zh"; "" is English.
    """

    assignment: str
    notebook: str
    score: float
    max_score: float
    status: str
    seconds: float
    exercises: dict[str, ExerciseVerdict]
    manual: dict[str, float] = field(default_factory=dict)
    reason: str = ""
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    outputs: Mapping[int, Outputs] = field(default_factory=dict)
    wall: Wall = USUAL_WALL
    student: str | None = None
    language: str = ""

    def as_json(self) -> dict[str, Any]:
        """The object that ``course grade --json`` prints: no outputs, and only what there is."""
        data: dict[str, Any] = {
            "student": self.student,
            "assignment": self.assignment,
            "notebook": self.notebook,
            "score": round(self.score, 4),
            "max_score": round(self.max_score, 4),
            "status": self.status,
            "seconds": round(self.seconds, 3),
            "exercises": {name: v.as_json() for name, v in self.exercises.items()},
        }
        if self.reason:
            data["reason"] = self.reason
        if self.manual:
            data["manual"] = {"max_score": sum(self.manual.values()), "questions": self.manual}
        if self.repairs:
            data["repairs"] = list(self.repairs)
        if self.notes:
            data["notes"] = list(self.notes)
        if self.wall != USUAL_WALL:
            data["wall"] = self.wall
        if self.unsafe:
            data["unsafe"] = True
        if self.language:
            data["language"] = self.language
        return data

    @property
    def unsafe(self) -> bool:
        """Whether student code ran without any wall."""
        return self.wall == "none"

    @property
    def passed(self) -> bool:
        """Whether everything that is graded automatically is right."""
        return all(verdict.passed for verdict in self.exercises.values())


def from_json(data: Mapping[str, Any]) -> NotebookVerdict:
    """The inverse of `NotebookVerdict.as_json`, for data that we wrote; outputs are not in it."""
    return NotebookVerdict(
        assignment=data["assignment"],
        notebook=data["notebook"],
        score=data["score"],
        max_score=data["max_score"],
        status=data["status"],
        seconds=data["seconds"],
        exercises={name: _exercise(v) for name, v in data["exercises"].items()},
        manual=dict(data.get("manual", {}).get("questions", {})),
        reason=data.get("reason", ""),
        repairs=tuple(data.get("repairs", ())),
        notes=tuple(data.get("notes", ())),
        wall=data.get("wall", "none" if data.get("unsafe") else USUAL_WALL),
        student=data["student"],
        language=data.get("language", ""),
    )


def _exercise(data: Mapping[str, Any]) -> ExerciseVerdict:
    checks = tuple(CheckResult(**check) for check in data["checks"])
    return ExerciseVerdict(**{**data, "checks": checks})


def worst(statuses: Iterable[str]) -> str:
    """The gravest of some statuses; "graded" for none."""
    return max(statuses, key=SEVERITY.index, default="graded")


def manual_points(key: Key) -> dict[str, float]:
    """Points of the questions that a person grades."""
    return {name: q.points for name, q in key.questions.items() if q.kind == "written"}


def nothing(key: Key, status: str, reason: str) -> dict[str, ExerciseVerdict]:
    """A verdict of 0 on everything that a key judges."""
    points = {name: exercise.points for name, exercise in key.exercises.items()}
    points |= {name: q.points for name, q in key.questions.items() if q.kind != "written"}
    return {
        name: ExerciseVerdict(name, False, 0.0, most, (), status, reason=reason)
        for name, most in points.items()
    }


def whole(key: Key, status: str, reason: str, *, student: str | None = None) -> NotebookVerdict:
    """The verdict on a notebook that could not be graded at all, such as a rejected one."""
    exercises = nothing(key, status, reason)
    return NotebookVerdict(
        assignment=key.assignment,
        notebook=key.assignment,
        score=0.0,
        max_score=sum(verdict.max_score for verdict in exercises.values()),
        status=status,
        seconds=0.0,
        exercises=exercises,
        manual=manual_points(key),
        reason=reason,
        student=student,
    )


def named(verdict: NotebookVerdict, student: str | None) -> NotebookVerdict:
    """The same verdict under a student's name."""
    return replace(verdict, student=student)
