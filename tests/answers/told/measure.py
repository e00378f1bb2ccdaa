"""What wrong answers are told: the first misconception that a check names, if any.

``told/chNN_name.py`` holds answers as learners write them, in a table whose entries begin
``exercise, style => names``: the misconceptions that point to the mistake, one or several, or
``nothing`` where none does and the answer is told what is seen.
``python -m tests.answers.told.measure [CHAPTER ...]`` prints what is told otherwise, and the share.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from grader.exercises import Table
from grader.exercises.registry import chapter_with, chapters
from grader.exercises.tables import Entry, written
from grader.keys.checks import solve
from grader.keys.compile import Runner
from grader.weave import layout
from pix2net.judging.answer_key import Key, load


@dataclass(frozen=True)
class Told:
    """What one answer is told.

    Attributes:
        wanted: names of the misconceptions that point to its mistake.
        name: the first that a check names; None where none does.
        message: of the first check that fails; "" where all pass.
    """

    exercise: str
    style: str
    wanted: tuple[str, ...]
    name: str | None
    message: str

    @property
    def right(self) -> bool:
        return (self.name or "nothing") in self.wanted


def tables() -> dict[str, Table]:
    """Name of a file -> its answers."""
    package = importlib.import_module(__package__)
    found = {}
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        table = getattr(importlib.import_module(module.name), "TABLE", None)
        if table is not None:
            found[module.name.rpartition(".ch")[2]] = table
    return found


def told(name: str) -> Iterator[Told]:
    """What each answer of a file is told by a public key."""
    table = tables()[name]
    return (_told(table, entry) for entry in table.entries)


def _told(table: Table, entry: Entry) -> Told:
    head, _, names = entry.head.partition(" => ")
    name, _, style = head.partition(", ")
    chapter = chapter_with(name)
    assert chapter is not None, name
    exercise, run = chapter.exercises[name], _runner(chapter.name, name)
    scope = {
        "np": np,
        **vars(sys.modules[exercise.reference.__module__]),
        **{n: e.reference for n, e in chapter.exercises.items()},
    }
    made = written(
        entry.code, exercise.reference, name=name, scope=scope, file=table.file,
        uses=tuple(use for s in exercise.scenarios.values() for use in s.uses),
        line=table.line(entry),
    )  # fmt: skip
    checks = solve(run.key, run, made.implementation, made.companions).checks
    failed = [check for check in checks if not check.passed]
    first = next((check.misconception for check in failed if check.misconception), None)
    message = f"{failed[0].label}: {failed[0].message}" if failed else ""
    return Told(name, style, tuple(names.split()), first, message)


@cache
def _runner(chapter: str, name: str) -> Runner:
    exercises = chapters()[chapter].exercises
    return Runner(
        _public_key(chapter).exercises[name], {n: e.reference for n, e in exercises.items()}
    )


@cache
def _public_key(chapter: str) -> Key:
    """As it is committed, in step with the sources as another test sees to."""
    return load(layout.key_path(layout.COMMITTED, chapter))


def main(arguments: list[str]) -> None:
    """Print what is told otherwise than wanted, and how many answers are told right."""
    found = [one for name in tables() if name in arguments or not arguments for one in told(name)]
    for one in found:
        if not one.right:
            wanted = " or ".join(one.wanted)
            print(f"{one.exercise}, {one.style}: {one.name} instead of {wanted} ({one.message})")
    right, named = (sum(map(bool, part)) for part in zip(*((o.right, o.name) for o in found),
                                                         strict=True))  # fmt: skip
    print(f"{len(found)} answers: {right} told rightly, {named - right} told something else")


if __name__ == "__main__":
    main(sys.argv[1:])
