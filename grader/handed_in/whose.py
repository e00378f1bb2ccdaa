"""Tells which student of a class a delivered name means, and who has left.

The roster of a class is the table of students in nbgrader's gradebook, so that formgrader shows and
changes the same one. A learning management system writes names in its own way (``Ada Lovelace``,
``lovelaceada``, ``Lovelace, Ada``); whoever is on the roster is known under all of them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.handed_in.languages import languages_of
from grader.release.course_dir import ClassFolder
from pix2net.files import Rejected, read_bounded

KEPT = "student.json"  # of a student who left, beside the folders
MAX_KEPT = 64 * 2**20  # bytes


@dataclass(frozen=True)
class Student:
    """Somebody on the roster.

    Attributes:
        id: the student's name in the gradebook and of their folders.
        lms_id: number in the learning management system, or "".
        left: when they were dropped, or "".
        language: in which they read feedback, such as "zh" or "en"; "" for the class's.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    left: str = ""
    language: str = ""

    @property
    def full_name(self) -> str:
        """First and last name, as far as they are known."""
        return f"{self.first_name} {self.last_name}".strip()


class Roster:
    """The students of a class, those who left included."""

    def __init__(self, students: Iterable[Student]) -> None:
        self._by_id = {student.id: student for student in students}
        self._by_name: dict[str, list[Student]] = {}
        for student in self._by_id.values():
            for name in sorted(set(names_of(student))):
                self._by_name.setdefault(name, []).append(student)

    def __iter__(self) -> Iterator[Student]:
        return iter(self._by_id.values())

    @property
    def is_told(self) -> bool:
        """Whether anybody wrote down who is in the class, and not hand-ins alone."""
        return any(student.full_name or student.lms_id for student in self)

    def find(self, name: str, number: str = "") -> Student | None:
        """Whom a delivered name means, or None for nobody on the roster.

        Args:
            number: the student's in the learning management system, as delivered.

        Raises:
            Rejected: several are called so.
        """
        if name in self._by_id:
            return self._by_id[name]
        found = self._by_name.get(spelled(name), [])
        if len(found) > 1:
            found = [each for each in found if number and each.lms_id == number] or found
        if len(found) > 1:
            names = ", ".join(sorted(each.id for each in found))
            raise Rejected(f"{name} may be any of {names}: put the right name into the file's")
        return found[0] if found else None


def names_of(student: Student) -> Iterator[str]:
    """The names under which a student is delivered, as `spelled`."""
    yield spelled(student.id)
    if student.first_name and student.last_name:
        yield spelled(student.first_name + student.last_name)
        yield spelled(student.last_name + student.first_name)


def spelled(name: str) -> str:
    """A name's letters and digits alone, in small letters, as Canvas writes it."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return "".join(c for c in small if c.isalnum() or unicodedata.category(c)[0] == "M")


def roster_of(folder: ClassFolder) -> Roster:
    """The roster of a class folder."""
    own = languages_of(folder).own
    students = [*_in_the_gradebook(folder), *those_who_left(folder)]
    return Roster(replace(each, language=own.get(each.id, "")) for each in students)


def those_who_left(folder: ClassFolder) -> Iterator[Student]:
    """The students who were dropped."""
    for place in sorted(folder.dropped().glob(f"*/{KEPT}")):
        told = what_was_kept(place)
        row = (told.get("rows") or {}).get("student") or [{}]
        yield student_of({**row[0], "id": place.parent.name}, str(told.get("dropped") or "once"))


def has_left(folder: ClassFolder, student: str) -> bool:
    """Whether a student was dropped."""
    return (folder.dropped(student) / KEPT).is_file()


def why_left(student: Student) -> str:
    """Why nothing of a student who was dropped is taken."""
    return (
        f"{student.id} was dropped on {student.left[:10]}: "
        f"`course student restore {student.id}` takes them back"
    )


def what_was_kept(place: Path) -> dict[str, Any]:
    """What the gradebook had of a student who left; empty where it cannot be read."""
    try:
        told = json.loads(read_bounded(place, MAX_KEPT))
    except (Rejected, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def student_of(row: dict[str, Any], left: str = "") -> Student:
    """A student from a row of nbgrader's table."""
    names = ("id", "first_name", "last_name", "email", "lms_user_id")
    ident, first, last, email, number = (str(row.get(name) or "") for name in names)
    return Student(ident, first, last, email, number, left)


def _in_the_gradebook(folder: ClassFolder) -> list[Student]:
    from nbgrader.api import Student as Row  # slow to import
    from sqlalchemy import select

    course = folder.course()
    file = course.db_url.removeprefix("sqlite:///")
    if file != course.db_url and not Path(file).exists():
        return []  # nothing was released yet, and asking would make one
    with folder.gradebook() as book:
        rows = book.db.execute(select(Row.__table__).order_by(Row.id)).mappings()
        return [student_of(dict(row)) for row in rows]
