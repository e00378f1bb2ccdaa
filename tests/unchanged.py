"""Tests that passed and follow from nothing that has changed since: they need not run again.

A test follows from every file of the checkout, unless its module is ``pytest.mark.some_chapters``.
Then, of other tests, it follows from what its module takes from ``tests`` alone, and of what
belongs to a single chapter, from that of the chapters that are named, by their name or that of an
exercise, in these modules or by its parameters, and of those that these name in turn. Only what
passed is kept. ``make test`` believes it; with ``--fresh`` everything runs.
"""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
import pytest

from grader.exercises.content import imported
from grader.exercises.places import CHECKOUT
from grader.exercises.registry import chapters
from grader.keys.remembered import Store
from pix2net.files import digest

Files = dict[str, tuple[str, str]]

TESTS = CHECKOUT / "tests"
TEST = "a test"  # the owner of code below it
CHAPTERS = frozenset(chapters())
CHAPTER_OF = {task: name for name, chapter in chapters().items() for task in chapter.tasks}
OF_A_CHAPTER = re.compile(r"(?:test_|ch)?(\d\d_[a-z]+)(?:\.\w+|-.*)?")
CHAPTER = re.compile(r"\d\d_[a-z]+")
QUOTED = re.compile(r"[\"'](\w+)[\"']")
# Made of the texts of all chapters, each of which counts itself.
COMPILED = ("answers.mo", "course.mo")


class Unchanged:
    """Which tests passed before with everything as it is now."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        """Take the folder of what was found before, and the checkout (default: as it is)."""
        self._store = Store(folder)
        self._files = files_of_the_checkout() if files is None else files
        self._passed: dict[tuple[str, str], set[str]] = {}
        self._new = set[tuple[str, str]]()

    def of_these(self, tests: Iterable[pytest.Item]) -> list[pytest.Item]:
        """Tests; for one that is known to pass, something of its name that does nothing."""
        return [
            _stand_in(test) if isinstance(test, pytest.Function) and self.passed(test) else test
            for test in tests
        ]

    def passed(self, test: pytest.Function) -> bool:
        """Whether a test is known to pass."""
        return bool(self._files) and test.nodeid in self._of(self._group(test))

    def keep(self, test: pytest.Item) -> None:
        """Know from now on that a test passes."""
        if self._files and isinstance(test, pytest.Function):
            group = self._group(test)
            self._of(group).add(test.nodeid)
            self._new.add(group)

    def write(self) -> None:
        """Keep what is new for later runs."""
        for group in self._new:
            by_others = self._store.recall(*group) or ()  # which ran other tests of the module
            self._store.keep(*group, sorted(self._of(group).union(by_others)))
        self._new.clear()

    def _of(self, group: tuple[str, str]) -> set[str]:
        if group not in self._passed:
            self._passed[group] = set(self._store.recall(*group) or ())
        return self._passed[group]

    def _group(self, test: pytest.Function) -> tuple[str, str]:
        """A name for tests that follow from the same, and the digest of that."""
        modules, chapters = modules_of(test), chapters_of(test)
        of_these = digest(" ".join(sorted([*modules, *chapters])))[:8]
        return f"{test.module.__name__}-{of_these}", self._content(modules, chapters)

    @cache  # noqa: B019 - as long as the run
    def _content(self, modules: frozenset[str], chapters: frozenset[str]) -> str:
        machine = (sys.version, np.__version__, matplotlib.__version__, platform.machine())
        rows = [
            f"{name} {content}"
            for name, (owner, content) in sorted(self._files.items())
            if not owner or owner in chapters or (owner == TEST and name in modules)
            if chapters == CHAPTERS or not name.endswith(COMPILED)
        ]
        return digest("\n".join([*machine, *rows]))


def files_of_the_checkout() -> Files:
    """Owner and digest of each file of the checkout; none where git cannot list them."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}
    paths = [CHECKOUT / name for name in listed.stdout.split("\0") if name]
    return {
        str(path.relative_to(CHECKOUT)): (_owner(path), digest(path.read_bytes()))
        for path in paths
        if path.is_file()
    }


def _owner(path: Path) -> str:
    """The chapter to which a file belongs, `TEST` for code of the tests, or ""."""
    parts = path.relative_to(CHECKOUT).parts
    for part in parts:
        found = OF_A_CHAPTER.fullmatch(part)
        if found and found[1] in CHAPTERS:
            return found[1]
    return TEST if parts[0] == "tests" and path.suffix == ".py" else ""


def chapters_of(test: pytest.Function) -> frozenset[str]:
    """The chapters from which a test follows."""
    if not _of_some(test):
        return CHAPTERS
    varied = test.callspec.id if hasattr(test, "callspec") else ""
    texts = [f"{path.stem} {path.read_text('utf-8')}" for path in _taken(Path(test.path))]
    texts += [f'"{part}"' for part in varied.split("-")]
    return _with_earlier(frozenset().union(*map(_named, texts)))


def modules_of(test: pytest.Function) -> frozenset[str]:
    """The files below ``tests`` from whose code a test follows."""
    if _of_some(test):
        return frozenset(str(path.relative_to(CHECKOUT)) for path in _taken(Path(test.path)))
    return frozenset(str(path.relative_to(CHECKOUT)) for path in TESTS.rglob("*.py"))


def _of_some(test: pytest.Function) -> bool:
    return test.get_closest_marker("some_chapters") is not None


@cache
def _taken(module: Path) -> frozenset[Path]:
    """A test module, the settings beside and above it, and what these take from ``tests``."""
    above = (TESTS / f / "conftest.py" for f in module.relative_to(TESTS).parents)
    waiting, seen = {module, *(path for path in above if path.is_file())}, set[Path]()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        taken = (found for found in imported(path.read_bytes()) if found.is_relative_to(TESTS))
        waiting |= set(taken) - seen
    return frozenset(seen)


@cache
def _with_earlier(chapters: frozenset[str]) -> frozenset[str]:
    """Some chapters and those that these name, in their text or in their hidden half."""
    found, waiting = set[str](), set(chapters)
    while waiting:
        name = waiting.pop()
        found.add(name)
        of_it = [
            CHECKOUT / "course" / f"{name}.md",
            *(CHECKOUT / "solutions" / f"ch{name}").glob("*.py"),
        ]
        waiting |= {n for path in of_it for n in _named(path.read_text("utf-8"))} - found
    return frozenset(found)


@cache
def _named(text: str) -> frozenset[str]:
    quoted = {CHAPTER_OF.get(task, "") for task in QUOTED.findall(text)}
    return CHAPTERS & quoted.union(CHAPTER.findall(text))


class Stands(pytest.Item):
    """In the place of a test that passed, and follows from nothing that has changed."""

    def runtest(self) -> None:
        """Nothing is left to find out."""


def _stand_in(test: pytest.Function) -> Stands:
    made = Stands.from_parent(test.parent, name=test.name)
    made.user_properties.append(("unchanged", True))
    return made
