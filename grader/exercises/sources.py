"""The files that define a chapter's exercises: what a key and a release are made from."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.exercises.model import Chapter


def hidden_sources(chapter: Chapter) -> set[Path]:
    """The files of a chapter's hidden half: those of its folder, and what these import of their
    package."""
    waiting = {sys.modules[thing.__module__] for thing in _definitions(chapter) if callable(thing)}
    found: set[ModuleType] = set()
    while waiting:
        module = waiting.pop()
        found.add(module)
        waiting |= set(_siblings(module)) - found
    folders = {Path(inspect.getfile(e.reference)).parent for e in chapter.exercises.values()}
    beside = {path for folder in folders for path in folder.glob("*.py")}
    return {Path(inspect.getfile(module)) for module in found} | beside


def _definitions(chapter: Chapter) -> Iterator[Any]:
    for exercise in chapter.exercises.values():
        yield from (exercise.reference, exercise.cases, exercise.hidden_cases)
        yield from (scenario.function for scenario in exercise.scenarios.values())
        yield from (prop.holds for prop in exercise.properties.values())
        for wrong in exercise.misconceptions:
            yield from (wrong.implementation, *wrong.companions.values())


def _siblings(module: ModuleType) -> Iterator[ModuleType]:
    package = module.__name__.partition(".")[0]
    for node in ast.walk(ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package + "."):
            yield importlib.import_module(node.module or "")
