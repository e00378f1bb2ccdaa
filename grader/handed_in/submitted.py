"""Finds what was handed in, in a folder whose content anybody may have made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.handed_in.inert import text
from grader.release.course_dir import ClassFolder
from grader.weave import layout
from pix2net.files import Rejected, read_bounded

TIMESTAMP = "timestamp.txt"
MAX_TIMESTAMP = 200
SECRET = "submission_secret.txt"  # of nbgrader's: feedback is released under a name made with it
MAX_SECRET = 400
MAX_LISTED = 5
MAX_NAME = 120


@dataclass(frozen=True)
class Handed:
    """One student's submission of one assignment.

    folder    where it stands
    notebook  the file that is graded, whether or not it is there
    """

    student: str
    assignment: str
    folder: Path

    @property
    def notebook(self) -> Path:
        return self.folder / layout.notebook_name(self.assignment)

    def read(self) -> bytes:
        """The notebook's content. Raises `Rejected`."""
        if self.folder.is_symlink() or not self.folder.is_dir():
            raise Rejected("what was handed in is not a folder")
        try:
            return read_bounded(self.notebook)
        except Rejected as problem:
            others = self.others()
            if os.path.lexists(self.notebook) or not others:
                raise
            raise Rejected(f"{problem.reason}; other notebooks were: {others}") from None

    def others(self) -> str:
        """Names of notebooks that are handed in beside the one that is graded, as text."""
        try:
            names = sorted(
                name
                for name in os.listdir(self.folder)
                if name.endswith(layout.NOTEBOOK_SUFFIX) and name != self.notebook.name
            )
        except OSError:
            return ""
        shown = [text(name, MAX_NAME).replace("\n", " ") for name in names[:MAX_LISTED]]
        return ", ".join(shown) + (", ..." if len(names) > MAX_LISTED else "")

    def stamp(self) -> bytes:
        """What says when it was handed in, as it stands there; empty where it cannot be read."""
        try:
            return read_bounded(self.folder / TIMESTAMP, MAX_TIMESTAMP)
        except (Rejected, OSError):
            return b""

    def timestamp(self) -> tuple[str, datetime | None]:
        """When it was handed in, as written and in UTC; "" and None where nothing says it.

        A time that cannot be read is the time at which the file came here.
        """
        path = self.folder / TIMESTAMP
        if not os.path.lexists(path):
            return "", None
        from nbgrader.utils import parse_utc  # slow to import

        try:
            written = read_bounded(path, MAX_TIMESTAMP).decode("utf-8").strip()
            return written, parse_utc(written)
        except Exception:  # the parser of dates fails in many ways on what is none
            came = datetime.fromtimestamp(os.lstat(path).st_ctime, UTC).replace(tzinfo=None)
            return came.strftime("%Y-%m-%d %H:%M:%S UTC"), came

    def secret(self) -> str:
        """What nbgrader wrote when it was handed in, to release its feedback by; "" if nothing."""
        try:
            found = read_bounded(self.folder / SECRET, MAX_SECRET).decode("ascii")
        except (Rejected, OSError, UnicodeDecodeError):
            return ""
        return found if found.isalnum() else ""


def handed_in(
    classroom: ClassFolder, assignments: list[str], students: list[str] | None
) -> Iterator[Handed]:
    """What was handed in of some assignments, by assignment and student; all students for None.

    Only folders count, and no link is followed to one.
    """
    root = classroom.root / "submitted"
    names = sorted(name for name in _folders(root) if students is None or name in students)
    for assignment in assignments:
        for student in names:
            folder = classroom.submitted(student, assignment)
            if os.path.lexists(folder):
                yield Handed(student, assignment, folder)


def _folders(root: Path) -> Iterator[str]:
    try:
        entries = list(os.scandir(root))
    except FileNotFoundError:
        return
    for entry in entries:
        hidden = entry.name.startswith(".")
        if entry.is_dir(follow_symlinks=False) and not hidden and _is_text(entry.name):
            yield entry.name


def _is_text(name: str) -> bool:
    """Whether a name can stand in a gradebook: text in UTF-8 without control characters."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return name.isprintable()
