"""Remembers what has been graded, by content, so that a second run goes on where one stopped."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from grader.grading.verdict import NotebookVerdict, from_json
from pix2net.files import replace_file

FOLDER = "verdicts"


class Records:
    """One JSON file a graded notebook, in the class folder; written last, and all at once."""

    def __init__(self, class_dir: Path) -> None:
        self._folder = class_dir / FOLDER

    def path(self, student: str, assignment: str) -> Path:
        """The file of one student's assignment."""
        return self._folder / student / f"{assignment}.json"

    def find(
        self, student: str, assignment: str, fingerprint: str, *, figures: bool = False
    ) -> NotebookVerdict | None:
        """The verdict on exactly this content, or None if it was not graded yet.

        figures  only if the notebook that was written then shows the demonstrations as well
        """
        data = _read(self.path(student, assignment))
        if data is None or data.get("fingerprint") != fingerprint:
            return None
        if figures and not data.get("figures"):
            return None
        try:
            return from_json(data["verdict"])
        except (KeyError, TypeError):
            return None

    def save(
        self,
        student: str,
        assignment: str,
        fingerprint: str,
        verdict: NotebookVerdict,
        *,
        figures: bool = False,
    ) -> None:
        """Remember a verdict."""
        data = {"fingerprint": fingerprint, "figures": figures, "verdict": verdict.as_json()}
        text = json.dumps(data) + "\n"
        replace_file(self.path(student, assignment), text)

    def all(
        self, assignments: Collection[str] = (), students: Collection[str] = ()
    ) -> Iterator[NotebookVerdict]:
        """Every verdict that is remembered, by student and assignment.

        assignments, students  only these; all if empty
        """
        for path in sorted(self._folder.glob("*/*.json")):
            if assignments and path.stem not in assignments:
                continue
            if students and path.parent.name not in students:
                continue
            data = _read(path)
            if data is not None:
                yield from_json(data["verdict"])


def _read(path: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None
