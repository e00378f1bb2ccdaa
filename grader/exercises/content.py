"""Digests of all that an exercise follows from: its file, what that imports, and what checks it.

What was found out of an exercise, or by running a notebook, holds as long as its digest does.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib
import numpy as np

from grader.exercises.model import Chapter, Exercise
from grader.exercises.places import CHECKOUT
from grader.exercises.sources import hidden_sources
from pix2net.files import digest

OURS = ("solutions", "grader", "pix2net", "tests")  # whose imports are followed
# Files that code reads: the data sets, and those that stand beside the hidden half's code.
READ_AS_DATA = ("data", "solutions")
CODE_OR_PROSE = (".py", ".pyc", ".md", ".toml")


class Contents:
    """Digests of what exercises follow from, of files as they were when first asked for."""

    def __init__(self, checkers: Iterable[str]) -> None:
        """Take the names of the modules that check exercises."""
        self._seen: dict[Path, tuple[str, frozenset[Path]]] = {}
        self._data = [(path, digest(path.read_bytes())) for path in _data_files()]
        self._checkers = frozenset(path for name in checkers for path in _found(name))

    def of(self, exercise: Exercise, chapter: Chapter, beside: Iterable[str] = ()) -> str:
        """The digest for an exercise of a chapter, and for the modules of some names."""
        more = {path for name in beside for path in _found(name)}
        return self._of((chapter.name, exercise.name), more | {*_files_of(exercise, chapter)})

    def of_chapter(self, chapter: Chapter, beside: Iterable[Path]) -> str:
        """The digest for all exercises of a chapter, and for some files that are no code."""
        read = [
            f"{_name(path)} {digest(path.read_bytes())}"
            for path in sorted(beside)
            if path.is_file()
        ]
        return self._of((chapter.name, *read), hidden_sources(chapter))

    def _of(self, about: Iterable[str], files: Iterable[Path]) -> str:
        rows = [
            f"{_name(path)} {self._read(path)[0]}"
            for path in self._closure(self._checkers | {*files})
        ]
        rows += [f"{_name(path)} {found}" for path, found in self._data]
        machine = (sys.version, np.__version__, platform.machine())
        return digest("\n".join([*about, *machine, *sorted(rows)]))

    def _closure(self, start: Iterable[Path]) -> set[Path]:
        """Some files and all of ours that they import."""
        waiting, found = set(start), set[Path]()
        while waiting:
            path = waiting.pop()
            found.add(path)
            waiting |= self._read(path)[1] - found
        return found

    def _read(self, path: Path) -> tuple[str, frozenset[Path]]:
        if path not in self._seen:
            content = path.read_bytes()
            self._seen[path] = digest(content), frozenset(imported(content))
        return self._seen[path]


def of_run(notebook: str, folder: Path) -> str:
    """The digest for a notebook that runs in a folder: of these, the kit, the data, the machine."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*")}
    files |= {_name(path): path for path in [*(CHECKOUT / "pix2net").rglob("*"), *_data_files()]}
    rows = [
        f"{name} {digest(path.read_bytes())}"
        for name, path in sorted(files.items())
        if path.is_file() and path.suffix != ".pyc"
    ]
    settings = [
        f"{name}={value}" for name, value in os.environ.items() if name.startswith("COURSE")
    ]
    machine = (sys.version, np.__version__, matplotlib.__version__, platform.machine())
    return digest("\n".join([notebook, *machine, *sorted(settings), *rows]))


def _name(path: Path) -> str:
    """The same in every checkout."""
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else str(path)


def _files_of(exercise: Exercise, chapter: Chapter) -> Iterator[Path]:
    """Where the parts of an exercise are written, and the references that its scenarios use."""
    scenarios, properties = exercise.scenarios.values(), exercise.properties.values()
    parts: list[Any] = [exercise.reference, exercise.cases, exercise.hidden_cases]
    parts += [scenario.function for scenario in scenarios] + [each.holds for each in properties]
    used = {name for scenario in scenarios for name in scenario.uses}
    parts += [chapter.exercises[name].reference for name in used & set(chapter.exercises)]
    for part in parts:
        if part is not None:
            yield _file_of(sys.modules[part.__module__])


def _file_of(module: ModuleType) -> Path:
    return Path(inspect.getfile(module))


def imported(content: bytes) -> Iterator[Path]:
    """The files of ours that some code imports."""
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _found(alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from _found(node.module)
            for alias in node.names:
                yield from _found(f"{node.module}.{alias.name}")


def _found(name: str) -> Iterator[Path]:
    """The file of a module of ours, where there is one of this name."""
    if name.partition(".")[0] in OURS:
        try:
            spec = importlib.util.find_spec(name)
        except ModuleNotFoundError:  # a name that a module defines, not a module
            return
        if spec is not None and spec.origin and spec.origin.endswith(".py"):
            yield Path(spec.origin)


def _data_files() -> Iterator[Path]:
    for folder in READ_AS_DATA:
        for path in sorted((CHECKOUT / folder).rglob("*")):
            if path.is_file() and path.suffix not in CODE_OR_PROSE:
                yield path
