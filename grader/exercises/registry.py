"""Finds the chapters of the hidden package ``solutions``."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from grader.exercises.definition import ChapterDefinition
from grader.exercises.model import Chapter, DefinitionError, Exercise, Question

TEXTS = Path(__file__).resolve().parents[2] / "course"
HIDDEN = "solutions"  # named, not imported: what is below does not know what is above


@cache
def chapters() -> dict[str, Chapter]:
    """Every chapter by name, in order: those whose text stands in ``course/``.

    A hidden half without a text is not part of the course yet. Raises `DefinitionError` for a name
    defined twice.
    """
    found = [_build(name) for name in _packages()]
    names = [name for chapter in found for name in chapter.tasks]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise DefinitionError(f"defined in more than one chapter: {', '.join(doubled)}")
    return {chapter.name: chapter for chapter in found}


def chapter_named(name: str) -> Chapter | None:
    """The chapter of a name, or None. Imports no other."""
    package = f"ch{name}"
    if package not in _packages():
        return None
    return _build(package)


def chapter_with(task: str) -> Chapter | None:
    """The chapter of an exercise or question, or None. Imports as few of the others as it can."""
    for name in sorted(_packages(), key=lambda package: not _seems_to_define(package, task)):
        chapter = _build(name)
        if task in chapter.tasks:
            return chapter
    return None


def _packages() -> list[str]:
    """The packages of the chapters whose text stands in ``course/``, in order."""
    listed = importlib.import_module(HIDDEN).CHAPTERS
    return [name for name in listed if (TEXTS / f"{name[2:]}.md").is_file()]


def _seems_to_define(package: str, task: str) -> bool:
    """Whether a chapter's folder has a file for an exercise, or its questions name the task."""
    folder = Path(importlib.import_module(HIDDEN).__path__[0]) / package
    questions = (folder / "chapter.py").read_text(encoding="utf-8")
    return (folder / f"{task}.py").is_file() or f'"{task}"' in questions


def _build(package: str) -> Chapter:
    module = importlib.import_module(f"{HIDDEN}.{package}.chapter")
    definition = getattr(module, "chapter", None)
    if not isinstance(definition, ChapterDefinition):
        raise DefinitionError(f"{module.__name__} defines no ChapterDefinition called chapter")
    return definition.build()


def find(name: str) -> Exercise | Question:
    """The exercise or question called ``name``. Raises `KeyError` with the names there are."""
    for chapter in chapters().values():
        if name in chapter.tasks:
            return chapter.tasks[name]
    known = ", ".join(task for chapter in chapters().values() for task in chapter.tasks)
    raise KeyError(f"there is no exercise {name}; there are: {known}")
