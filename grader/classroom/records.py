"""Remembers what has been graded, by content, so that a second run goes on where one stopped."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import grader
from grader.grading.verdict import NotebookVerdict, from_json

FOLDER = "verdicts"
# What of our code a verdict depends on.
PARTS = ("grader/grading", "grader/handed_in", "grader/sandbox", "grader/weave", "pix2net/judging")


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


def replace_file(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that it is either the old or the whole new one, whatever interrupts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def fingerprint(*parts: str) -> str:
    """One name for everything that a verdict depends on, our own code included."""
    digest = hashlib.sha256(our_version().encode())
    for part in parts:
        digest.update(b"\0" + part.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


@cache
def our_version() -> str:
    """The version, and a digest of the code that makes verdicts."""
    digest = hashlib.sha256()
    root = Path(grader.__file__).parents[1]
    for part in PARTS:
        for path in sorted((root / part).rglob("*.py")):
            digest.update(path.read_bytes())
    return f"{grader.__version__}/{digest.hexdigest()}"
