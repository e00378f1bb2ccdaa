"""Remembers what has been graded, by content, so that a second run goes on where one stopped."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from grader.classroom.attempts import History, history_from_json
from grader.grading.verdict import NotebookVerdict, from_json
from pix2net.files import Rejected, read_bounded, replace_file

FOLDER = "verdicts"
MAX_RECORD = 64 * 2**20  # bytes


@dataclass(frozen=True)
class Stood:
    """A notebook that was handed in, by its content, and since when it stands in its place.

    The file system's own time is of no use once a class folder was restored from a backup.
    """

    sha256: str
    since: float


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

        Args:
            figures: only if the notebook that was written then shows the demonstrations as well.
        """
        data = _read(self.path(student, assignment))
        if data is None or data.get("fingerprint") != fingerprint:
            return None
        if figures and not data.get("figures"):
            return None
        return _verdict(data, student, assignment)

    def save(
        self,
        student: str,
        assignment: str,
        fingerprint: str,
        verdict: NotebookVerdict,
        *,
        figures: bool = False,
        history: History | None = None,
        stood: Stood | None = None,
    ) -> None:
        """Remember a verdict, and which hand-in it is on."""
        data = {"fingerprint": fingerprint, "figures": figures, "verdict": verdict.as_json()}
        if history is not None:
            data["history"] = history.as_json()
        if stood is not None:
            data["stood"] = asdict(stood)
        text = json.dumps(data) + "\n"
        replace_file(self.path(student, assignment), text)

    def of(self, student: str, assignment: str) -> NotebookVerdict | None:
        """The verdict on what a student handed in last, or None where nothing readable says it."""
        data = _read(self.path(student, assignment))
        return None if data is None else _verdict(data, student, assignment)

    def history(self, student: str, assignment: str) -> History:
        """The hand-ins of a student that were graded; none where nothing readable says it."""
        data = _read(self.path(student, assignment)) or {}
        return history_from_json(data.get("history"))

    def stood(self, student: str, assignment: str) -> Stood | None:
        """What stood in its place when it was graded last, or None where nothing says it."""
        told: Any = (_read(self.path(student, assignment)) or {}).get("stood")
        try:
            return Stood(str(told["sha256"]), float(told["since"]))
        except (KeyError, TypeError, ValueError):
            return None

    def all(
        self, assignments: Collection[str] = (), students: Collection[str] = ()
    ) -> Iterator[NotebookVerdict]:
        """Every verdict that is remembered, by student and assignment; see `unreadable`.

        Args:
            assignments, students: only these; all if empty.
        """
        for path in self._paths(assignments, students):
            data = _read(path)
            found = data and _verdict(data, path.parent.name, path.stem)
            if found:
                yield found

    def unreadable(
        self, assignments: Collection[str] = (), students: Collection[str] = ()
    ) -> Iterator[str]:
        """Student and assignment of every record that cannot be read, as text.

        `all` leaves them out, and `find` does not find them: they are graded again.
        """
        for path in self._paths(assignments, students):
            data = _read(path)
            if data is None or _verdict(data, path.parent.name, path.stem) is None:
                yield f"{path.parent.name} {path.stem}"

    def _paths(self, assignments: Collection[str], students: Collection[str]) -> Iterator[Path]:
        for path in sorted(self._folder.glob("*/*.json")):
            if assignments and path.stem not in assignments:
                continue
            if students and path.parent.name not in students:
                continue
            yield path


def _read(path: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(read_bounded(path, MAX_RECORD))
    except (Rejected, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _verdict(data: dict[str, Any], student: str, assignment: str) -> NotebookVerdict | None:
    """The verdict of a record, or None if it is not one as we write them on this submission."""
    try:
        verdict = from_json(data["verdict"])
        whole = verdict.as_json() == data["verdict"]
        sum(item.score + item.max_score for item in verdict.exercises.values())
    except Exception:  # what is damaged can fail in any way
        return None
    ours = (verdict.student, verdict.assignment) == (student, assignment)
    return verdict if whole and ours else None
