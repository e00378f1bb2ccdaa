"""Right and wrong answers as people outside the project write them, and what is done with them.

A module ``NN_name.py`` beside this one holds answers to exercises of chapter NN (several, where one
file is not enough). It starts with::

    answers = Answers()
    right, wrong = answers.right, answers.wrong

and registers functions or classes with ``@right("accuracy", "a generator")`` and
``@wrong("accuracy", "percent", score=0)``. ``wrong`` alone means less than full marks, ``score=0``
nothing at all, ``hidden=True`` that only the hidden cases tell. The answers follow the catalogue of
exercises, not the references: what the catalogue leaves open, right answers do in many ways.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.exercises.registry import chapters
from grader.keys.compile import Runner, compile_exercise
from grader.keys.verify import solve

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Answer:
    """One answer to an exercise.

    style       what is special about it
    right       whether it deserves full marks
    score       the score that it must get where that is known; None: any below full marks
    hidden      whether only a hidden key tells that it is wrong
    companions  functions that the exercise's scenarios use beside it, in place of the references
    """

    exercise: str
    style: str
    implementation: Any
    right: bool
    score: float | None = None
    hidden: bool = False
    companions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """Collects a module's answers in the order of their definition."""

    found: list[Answer] = field(default_factory=list)

    def right(self, exercise: str, style: str, **companions: Any) -> Callable[[Any], Any]:
        """Register an answer that deserves full marks."""
        return self._add(Answer(exercise, style, None, True, companions=companions))

    def wrong(
        self,
        exercise: str,
        style: str,
        *,
        score: float | None = None,
        hidden: bool = False,
        **companions: Any,
    ) -> Callable[[Any], Any]:
        """Register an answer that must not get full marks, or exactly ``score``."""
        return self._add(Answer(exercise, style, None, False, score, hidden, companions))

    def _add(self, answer: Answer) -> Callable[[Any], Any]:
        def keep(implementation: Any) -> Any:
            self.found.append(replace(answer, implementation=implementation))
            return implementation

        return keep


def modules() -> list[str]:
    """Names of the modules that hold answers."""
    return sorted(path.stem for path in FOLDER.glob("[0-9][0-9]_*.py"))


def answers_to() -> dict[str, list[Answer]]:
    """Exercise -> its answers, for all exercises that have some."""
    found: dict[str, list[Answer]] = {}
    for name in modules():
        for answer in importlib.import_module(f"{__package__}.{name}").answers.found:
            found.setdefault(answer.exercise, []).append(answer)
    return found


def wrong_verdicts(
    exercise: str, answers: list[Answer], seed: int, *, hidden: bool
) -> Iterator[str]:
    """One line for each answer that gets another verdict than it deserves."""
    chapter = next(c for c in chapters().values() if exercise in c.exercises)
    key = compile_exercise(chapter.exercises[exercise], chapter, seed, hidden=hidden)
    run = Runner(key, {name: e.reference for name, e in chapter.exercises.items()})
    for answer in answers:
        if answer.hidden and not hidden:
            continue
        verdict = solve(key, run, answer.implementation, answer.companions)
        failed = [check for check in verdict.checks if not check.passed]
        told = f"{exercise}, {answer.style!r}: {verdict.score:g} of {verdict.max_score:g}"
        if answer.right and not verdict.passed:
            yield f"{told} for a right answer; {failed[0].label}: {failed[0].message}"
        elif not answer.right and (verdict.passed or verdict.score >= verdict.max_score):
            yield f"{told} for a wrong answer"
        elif answer.score is not None and verdict.score != answer.score:
            labels = ", ".join(check.label for check in failed)
            yield f"{told} instead of {answer.score:g}; only these fail: {labels}"
