"""Finds what was handed in, in a folder whose content anybody may have made."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.handed_in.find import CLUTTER
from grader.handed_in.inert import text
from grader.handed_in.languages import languages_of
from grader.handed_in.results import NotCollected
from grader.release.course_dir import ClassFolder
from grader.weave import layout
from pix2net.files import Rejected, read_bounded
from pix2net.handing_in.identity import TIMESTAMP, parse_timestamp, timestamp
from pix2net.judging.wording import translated, worded

MAX_TIMESTAMP = 200
SECRET = "submission_secret.txt"  # of nbgrader's: feedback is released under a name made with it
MAX_SECRET = 400
MAX_LISTED = 5
MAX_NAME = 120
MARKUP = re.compile(r"[<>&\"\\]")  # what makes HTML of a name, and leaves a text in quotes


@dataclass(frozen=True)
class Handed:
    """One student's submission of one assignment.

    Attributes:
        folder: where it stands.
        language: of what the student is told of it, such as "zh"; "" is English.
        notebook: the file that is graded, whether or not it is there.
    """

    student: str
    assignment: str
    folder: Path
    language: str = ""

    @property
    def notebook(self) -> Path:
        return self.folder / layout.notebook_name(self.assignment)

    def read(self) -> bytes:
        """The notebook's content. Raises `Rejected`."""
        if self.folder.is_symlink() or not self.folder.is_dir():
            raise Rejected(worded("what was handed in is not a folder"))
        try:
            return read_bounded(self.notebook)
        except Rejected as problem:
            why = translated(problem.reason)
            if os.path.lexists(self.notebook):
                raise Rejected(why) from None
            others, files = self.others(), self._files()
            if others:
                told = worded("{why}; other notebooks were: {names}", why=why, names=others)
                raise Rejected(told) from None
            if files:
                told = worded("{why}; there were: {names}", why=why, names=files)
                raise Rejected(told) from None
            raise Rejected(why) from None

    def others(self) -> str:
        """Names of notebooks that are handed in beside the one that is graded, as text."""
        return _listed(
            name
            for name in _names(self.folder)
            if name.endswith(layout.NOTEBOOK_SUFFIX) and name != self.notebook.name
        )

    def _files(self) -> str:
        """Names of all that was handed in, as text."""
        return _listed(
            name
            for name in _names(self.folder)
            if name not in (TIMESTAMP, SECRET) and not CLUTTER.fullmatch(name)
        )

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
            came = datetime.fromtimestamp(os.lstat(path).st_ctime, UTC)
            return timestamp(came), came.replace(tzinfo=None)

    def secret(self) -> str:
        """What nbgrader wrote when it was handed in, to release its feedback by; "" if nothing."""
        try:
            found = read_bounded(self.folder / SECRET, MAX_SECRET).decode("ascii")
        except (Rejected, OSError, UnicodeDecodeError):
            return ""
        return found if found.isalnum() else ""


def stamp_of(place: Path) -> datetime | None:
    """Time of a collected submission by its folder; None where nothing readable says it."""
    try:
        return parse_timestamp(read_bounded(place / TIMESTAMP, MAX_TIMESTAMP).decode())
    except (Rejected, UnicodeDecodeError):
        return None


def handed_in(
    classroom: ClassFolder, assignments: list[str], students: list[str] | None
) -> Iterator[Handed]:
    """What was handed in of some assignments, by assignment and student; all students for None.

    Only folders count, and no link is followed to one.
    """
    root = classroom.root / "submitted"
    names = [
        name
        for name in _names(root)
        if not _why_not(root / name, classroom) and (students is None or name in students)
    ]
    languages = languages_of(classroom)
    for assignment in assignments:
        for student in names:
            folder = classroom.submitted(student, assignment)
            if os.path.lexists(folder):
                yield Handed(student, assignment, folder, languages.of(student))


def strays(classroom: ClassFolder) -> Iterator[NotCollected]:
    """What stands in ``submitted/`` and is not graded, and why not."""
    root = classroom.root / "submitted"
    known = classroom.assignments()
    for name in _names(root):
        if CLUTTER.fullmatch(name):
            continue
        reason = _why_not(root / name, classroom)
        if reason:
            yield NotCollected(str(root / name), reason)
            continue
        for inner in _names(root / name):
            if inner not in known and not CLUTTER.fullmatch(inner):
                reason = f"it is of no assignment; there are {', '.join(known)}"
                yield NotCollected(str(root / name / inner), reason, name)


def _why_not(place: Path, classroom: ClassFolder) -> str:
    """Why nothing in ``submitted/`` under a name is graded, or ""."""
    if classroom.dropped(place.name).is_dir():
        return f"{place.name} was dropped: `course student restore` takes them back"
    return _why_no_student(place)


def _why_no_student(place: Path) -> str:
    """Why something in ``submitted/`` is not a student's folder, or ""."""
    name = place.name
    if place.is_symlink():
        return "it is a link, which is not followed"
    if not place.is_dir():
        return "it is no student's folder: `course collect` puts hand-ins into one"
    if not name.isprintable():
        return "its name has characters that cannot be shown: rename it"
    if name.startswith("."):
        return "its name begins with a dot: rename it"
    if MARKUP.search(name):
        return "its name has characters of HTML, which a web page could take for such: rename it"
    return ""


def _names(folder: Path) -> list[str]:
    """Names of all that is in a folder; none where it cannot be read."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _listed(names: Iterable[str]) -> str:
    """The first of some names, as text that can be shown."""
    found = list(names)
    shown = [text(name, MAX_NAME).replace("\n", " ") for name in found[:MAX_LISTED]]
    return ", ".join(shown) + (", ..." if len(found) > MAX_LISTED else "")
