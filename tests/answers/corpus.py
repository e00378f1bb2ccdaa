"""Right and wrong answers as people outside the project write them, and what is done with them.

``chNN_name/exercise.py`` holds the answers to one exercise, in tables as `grader.exercises.tables`
describes them::

    answers = Answers(__name__)

    answers.right(\"\"\"
    a generator
        return sum(p == t for p, t in zip(y_pred, y_true)) / len(y_true)
    \"\"\")

    answers.wrong(\"\"\"
    percent [score=0]
        return 100 * np.mean(y_pred == y_true)
    \"\"\")

(with the entries at the margin). A wrong answer gets less than full marks, or just the ``score`` in
its brackets; ``hidden`` there means that only the hidden cases tell. Code may use the names of its
module, and ``np``. The answers follow the catalogue of exercises, not the references: what the
catalogue leaves open, right answers do in many ways.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.exercises import Chapter, Exercise, Table
from grader.exercises.registry import chapters
from grader.exercises.tables import Entry, written
from grader.keys.checks import solve
from grader.keys.compile import Runner, bare_key, compile_exercise

FLAGS = re.compile(
    r"(?P<style>.*?)(?: \[(?:score=(?P<score>[\d.]+))?(?:, )?(?P<hidden>hidden)?\])?"
)


@dataclass(frozen=True)
class Answer:
    """One answer to an exercise.

    style       what is special about it
    right       whether it deserves full marks
    score       the score that it must get where that is known; None: any below full marks
    hidden      whether only a hidden key tells that it is wrong
    companions  functions that the exercise's scenarios use beside it, in place of the references
    """

    style: str
    implementation: Any
    right: bool
    score: float | None = None
    hidden: bool = False
    companions: Mapping[str, Any] = field(default_factory=dict)


class Answers:
    """The answers of one module; they are compiled where the exercise is known."""

    def __init__(self, module: str) -> None:
        """Take the name of the module, of which the last part is the exercise's."""
        self.module, self.exercise = module, module.rpartition(".")[2]
        self._tables: list[tuple[Table, bool]] = []

    def right(self, table: Table | str) -> None:
        """Answers that deserve full marks: a table's text, or one that others use as well."""
        self._tables.append((Table(table, callers=2) if isinstance(table, str) else table, True))

    def wrong(self, table: Table | str) -> None:
        """Answers that must not get full marks, or exactly the ``score`` in their brackets."""
        self._tables.append((Table(table, callers=2) if isinstance(table, str) else table, False))

    def styles(self, *, right: bool) -> list[str]:
        """What is special about each of the right or wrong answers."""
        return [
            FLAGS.fullmatch(entry.head)["style"]  # type: ignore[index]
            for table, good in self._tables
            for entry in table.entries
            if good == right
        ]

    def to(self, exercise: Exercise) -> Iterator[Answer]:
        """Every answer, as something that can be run."""
        for table, right in self._tables:
            for entry in table.entries:
                yield _answer(exercise, table, entry, right)


def _answer(exercise: Exercise, table: Table, entry: Entry, right: bool) -> Answer:
    head = FLAGS.fullmatch(entry.head)
    assert head is not None
    made = written(
        entry.code,
        exercise.reference,
        name=exercise.name,
        scope={
            "np": np,
            **vars(sys.modules[exercise.reference.__module__]),
            **vars(sys.modules[table.module]),
        },
        uses=tuple(use for scenario in exercise.scenarios.values() for use in scenario.uses),
        file=table.file,
        line=table.line(entry),
    )
    score = None if head["score"] is None else float(head["score"])
    return Answer(
        head["style"], made.implementation, right, score, bool(head["hidden"]), made.companions
    )


def answers_to() -> dict[str, Answers]:
    """Exercise -> its answers, for all exercises that have some."""
    import tests.answers

    found = {}
    for chapter in pkgutil.iter_modules(tests.answers.__path__, f"{tests.answers.__name__}."):
        if chapter.ispkg:
            folder = importlib.import_module(chapter.name).__path__
            for module in pkgutil.iter_modules(folder, f"{chapter.name}."):
                answers = getattr(importlib.import_module(module.name), "answers", None)
                if answers is not None:
                    found[answers.exercise] = answers
    return found


def wrong_verdicts(answers: Answers, seed: int, *, hidden: bool) -> Iterator[str]:
    """One line for each answer that gets another verdict than it deserves."""
    chapter = chapter_of(answers.exercise)
    exercise = chapter.exercises[answers.exercise]
    key = bare_key(exercise, chapter, seed, hidden=hidden)  # points do not depend on more
    run = Runner(key, {name: e.reference for name, e in chapter.exercises.items()})
    for answer in answers.to(exercise):
        if answer.hidden and not hidden:
            continue
        verdict = solve(key, run, answer.implementation, answer.companions)
        failed = [check for check in verdict.checks if not check.passed]
        told = f"{exercise.name}, {answer.style!r}: {verdict.score:g} of {verdict.max_score:g}"
        if answer.right and not verdict.passed:
            yield f"{told} for a right answer; {failed[0].label}: {failed[0].message}"
        elif not answer.right and (verdict.passed or verdict.score >= verdict.max_score):
            yield f"{told} for a wrong answer"
        elif not answer.right and any("NameError" in check.message for check in failed):
            yield f"{told}: it uses a name that it does not know, which is not what it is about"
        elif answer.score is not None and verdict.score != answer.score:
            labels = ", ".join(check.label for check in failed)
            yield f"{told} instead of {answer.score:g}; only these fail: {labels}"


def chapter_of(exercise: str) -> Chapter:
    """The chapter that an exercise stands in."""
    return next(c for c in chapters().values() if exercise in c.exercises)


def repeats(answers: Answers, seed: int) -> Iterator[tuple[str, str]]:
    """(style, misconception) of every wrong answer that a misconception names at once."""
    chapter = chapter_of(answers.exercise)
    exercise = chapter.exercises[answers.exercise]
    key = compile_exercise(exercise, chapter, seed, hidden=True)
    run = Runner(key, {name: e.reference for name, e in chapter.exercises.items()})
    for answer in answers.to(exercise):
        if not answer.right:
            checks = solve(key, run, answer.implementation, answer.companions).checks
            named = [c.misconception for c in checks if not c.passed]
            if named and named[0]:
                yield answer.style, named[0]


if __name__ == "__main__":  # lists what only repeats a misconception, for the exercises named
    for name, found in answers_to().items():
        if name in sys.argv[1:] or len(sys.argv) == 1:
            for style, misconception in repeats(found, 2**132 + 11):
                print(f"{name}: {style!r} is told as {misconception}")
