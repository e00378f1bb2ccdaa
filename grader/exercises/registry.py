"""Finds the chapters of the hidden package ``solutions``."""

from __future__ import annotations

import importlib
import warnings
from functools import cache
from pathlib import Path
from types import ModuleType

from grader.exercises.definition import ChapterDefinition
from grader.exercises.model import Chapter, DefinitionError, Exercise, Question
from grader.exercises.places import told
from pix2net.judging.wording import unknown

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


def pages() -> list[Chapter]:
    """Texts without a task, in order: notebooks to read, which no class is given as assignments."""
    listed = _imported(HIDDEN).PAGES
    return [ChapterDefinition(name, title, []).build() for name, title in listed.items()]


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


def names() -> list[str]:
    """The names of all chapters, in order. Imports none of them."""
    return [package.removeprefix("ch") for package in _packages()]


def _packages() -> list[str]:
    """The packages of the chapters whose text stands in ``course/``, in order."""
    listed = _imported(HIDDEN).CHAPTERS
    return [name for name in listed if (TEXTS / f"{name[2:]}.md").is_file()]


def _seems_to_define(package: str, task: str) -> bool:
    """Whether a chapter's folder has a file for an exercise, or its questions name the task."""
    folder = Path(_imported(HIDDEN).__path__[0]) / package
    if (folder / f"{task}.py").is_file():
        return True
    questions = folder / "chapter.py"
    return questions.is_file() and f'"{task}"' in questions.read_text(encoding="utf-8")


def _build(package: str) -> Chapter:
    module = _imported(f"{HIDDEN}.{package}.chapter")
    definition = getattr(module, "chapter", None)
    if not isinstance(definition, ChapterDefinition):
        raise DefinitionError(f"{module.__name__} defines no ChapterDefinition called chapter")
    return definition.build()


def _imported(name: str) -> ModuleType:
    """A module of the hidden package. Raises `DefinitionError` where its code is at fault.

    What the compiler thinks of an author's style is the linter's to say: it says it once, until the
    compiled file is there.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            return importlib.import_module(name)
    except Exception as error:  # an author's module may fail in any way
        raise DefinitionError(told(error, name)) from error


def find(name: str) -> Exercise | Question:
    """The exercise or question called ``name``. Raises `KeyError` with the names there are."""
    for chapter in chapters().values():
        if name in chapter.tasks:
            return chapter.tasks[name]
    known = [task for chapter in chapters().values() for task in chapter.tasks]
    raise KeyError(unknown("exercise", name, known))
