"""Finds the chapters of the hidden package ``solutions``."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

from grader.exercises.builder import ChapterBuilder
from grader.exercises.definition import ChapterDefinition
from grader.exercises.model import Chapter, DefinitionError, Exercise, Question

TEXTS = Path(__file__).resolve().parents[2] / "course"
HIDDEN = "solutions"
CHAPTER_MODULE = re.compile(r"ch\d\d_\w+")


@cache
def chapters() -> dict[str, Chapter]:
    """Every chapter by name, in order: those whose text stands in ``course/``.

    A hidden half without a text is not part of the course yet. Raises `DefinitionError` for a name
    defined twice.
    """
    found = [_build(name) for name in _modules()]
    names = [name for chapter in found for name in chapter.tasks]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise DefinitionError(f"defined in more than one chapter: {', '.join(doubled)}")
    return {chapter.name: chapter for chapter in found}


def chapter_named(name: str) -> Chapter | None:
    """The chapter of a name, or None. Imports no other."""
    module = f"ch{name}"
    if module not in _modules():
        return None
    return _build(module)


def chapter_with(task: str) -> Chapter | None:
    """The chapter of an exercise or question, or None. Imports as few of the others as it can."""
    for name in sorted(_modules(), key=lambda module: not _seems_to_define(module, task)):
        chapter = _build(name)
        if task in chapter.tasks:
            return chapter
    return None


def _modules() -> list[str]:
    """Modules of the chapters whose text stands in ``course/``, in order."""
    import solutions

    return sorted(
        info.name
        for info in pkgutil.iter_modules(solutions.__path__)
        if CHAPTER_MODULE.fullmatch(info.name) and (TEXTS / f"{info.name[2:]}.md").is_file()
    )


def _seems_to_define(module: str, task: str) -> bool:
    """Whether the files of a chapter's hidden half hold a task's name where it may be defined."""
    import solutions

    sign = re.compile(rf"^(?:def|class) {re.escape(task)}\b|^\s*\"{re.escape(task)}\"", re.M)
    folder = Path(solutions.__path__[0])
    number = module.partition("_")[0]
    files = [*folder.glob(f"{number}_*.py"), *folder.glob(f"_{number}_*.py")]
    files += (folder / module).glob("*.py")
    return any(sign.search(file.read_text(encoding="utf-8")) for file in files)


def _build(name: str) -> Chapter:
    module = importlib.import_module(f"solutions.{name}")
    if hasattr(module, "__path__"):
        module = importlib.import_module(f"solutions.{name}.chapter")
    definition = getattr(module, "chapter", None)
    if not isinstance(definition, (ChapterBuilder, ChapterDefinition)):
        raise DefinitionError(f"{module!r} defines no ChapterDefinition called chapter")
    return definition.build()


def find(name: str) -> Exercise | Question:
    """The exercise or question called ``name``. Raises `KeyError` with the names there are."""
    for chapter in chapters().values():
        if name in chapter.tasks:
            return chapter.tasks[name]
    known = ", ".join(task for chapter in chapters().values() for task in chapter.tasks)
    raise KeyError(f"there is no exercise {name}; there are: {known}")
