"""Tells by the names of its cells which assignment a notebook is of, whatever it is called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.handed_in.parse import parse
from grader.release.course_dir import ClassFolder
from grader.weave import layout


class Assignments:
    """The cells of every assignment that a hand-in could be of.

    Those of the class folder, and of the course's other notebooks where they are at hand: whoever
    hands in a chapter too early is told so.
    """

    def __init__(self, folder: ClassFolder) -> None:
        self._folder = folder

    @cached_property
    def _owners(self) -> dict[str, str]:
        """Name of a cell -> the one assignment that has such a cell."""
        owners: dict[str, str] = {}
        shared: set[str] = set()
        for assignment, notebook in self._notebooks():
            for name in _names(notebook):
                if owners.setdefault(name, assignment) != assignment:
                    shared.add(name)
        return {name: owner for name, owner in owners.items() if name not in shared}

    def _notebooks(self) -> Iterator[tuple[str, Path]]:
        known = self._folder.assignments()
        for name in known:
            yield name, self._folder.source(name) / layout.notebook_name(name)
        for path in sorted(layout.COMMITTED.glob(f"*{layout.NOTEBOOK_SUFFIX}")):
            if path.stem not in known:
                yield path.stem, path

    def counts(self, content: bytes) -> dict[str, int]:
        """Assignment -> how many of its cells a notebook has; empty where nothing can be told."""
        try:
            cells = parse(content).cells
        except Exception:  # it is for grading to say what is wrong with it
            return {}
        names = {name for cell in cells for name in (cell.grade_id, cell.cell_id) if name}
        found: dict[str, int] = {}
        for name in names & self._owners.keys():
            owner = self._owners[name]
            found[owner] = found.get(owner, 0) + 1
        return found

    def of(self, content: bytes) -> str | None:
        """The assignment that a notebook is of, or None."""
        found = self.counts(content)
        return max(found, key=lambda name: found[name], default=None)

    def mistaken(self, content: bytes, assignment: str) -> str:
        """Why a notebook is not the one of an assignment, or "" where it is or may be.

        A notebook without any cell of the course may be anything; it is graded as what it was
        handed in as.
        """
        found = self.counts(content)
        other = max(found, key=lambda name: found[name], default=assignment)
        if found.get(other, 0) <= found.get(assignment, 0) or not self._knows(assignment):
            return ""
        return f"this is {other}, handed in as {assignment}: it has the cells of {other}"

    def _knows(self, assignment: str) -> bool:
        return assignment in self._owners.values()


def _names(notebook: Path) -> Iterator[str]:
    """The names of a notebook's cells: the format's, and nbgrader's."""
    try:
        cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for cell in cells:
        for name in (cell.get("id"), cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")):
            if name:
                yield name
