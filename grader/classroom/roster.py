"""Reads who is in a class from a table that a learning management system or a person wrote.

Canvas' exported gradebook, Moodle's list of participants or grades, or a plain table with the
columns of nbgrader. The headings tell which column is which; nobody has to say whose table it is.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.handed_in.whose import Student
from pix2net.handing_in.identity import student_name

# What the headings mean, in small letters. In Canvas' table "Student" is a name, and "ID" a number.
CANVAS = {
    "student": "whole_name", "id": "lms_id", "sis login id": "login", "email": "email",
}  # fmt: skip
OTHERS = {
    "student": "login", "id": "login", "username": "login", "login": "login", "user name": "login",
    "first_name": "first_name", "first name": "first_name", "given name": "first_name",
    "last_name": "last_name", "last name": "last_name", "surname": "last_name",
    "family name": "last_name", "name": "whole_name", "full name": "whole_name",
    "email": "email", "email address": "email", "e-mail": "email",
    "lms_user_id": "lms_id", "lms_id": "lms_id", "id number": "lms_id",
}  # fmt: skip
NO_STUDENT = ("points possible", "student, test", "test student")  # rows of Canvas' own
ASKED = "student (or username), first_name, last_name, email, lms_id"


class RosterError(Exception):
    """Why a table is no roster, in a sentence."""


@dataclass(frozen=True)
class Line:
    """One student of a table, or why a line of it is none.

    Attributes:
        number: of the line, as an editor counts.
    """

    number: int
    student: Student | None
    reason: str = ""


def read_roster(content: bytes) -> list[Line]:
    """The students of a table.

    Raises:
        RosterError: it is no table of students.
    """
    text = _decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        heads = [head.strip().casefold() for head in next(rows, [])]
        meaning = _meaning(heads)
        found = []
        for cells in rows:
            told = {m: cell.strip() for m, cell in zip(meaning, cells, strict=False) if m}
            if any(told.values()):
                found.append(_line(rows.line_num, told))
    except csv.Error as error:
        raise RosterError(f"it is no table as CSV has them ({error})") from None
    return found


def _decoded(content: bytes) -> str:
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise RosterError("it is not in UTF-8: save it as “CSV UTF-8”") from None


def _delimiter(text: str) -> str:
    heads = text.partition("\n")[0]
    return max(",;\t", key=heads.count)


def _meaning(heads: Sequence[str]) -> list[str]:
    """What each column holds; "" for what we do not need."""
    is_canvas = "sis login id" in heads or {"student", "id", "section"} <= set(heads)
    names: Mapping[str, str] = CANVAS if is_canvas else OTHERS
    meaning = [names.get(head, "") for head in heads]
    if not {"login", "email", "lms_id", "whole_name", "last_name"} & set(meaning):
        raise RosterError(f"its first line names no column that says who somebody is: {ASKED}")
    return meaning


def _line(number: int, told: Mapping[str, str]) -> Line:
    whole = told.get("whole_name", "")
    if whole.casefold() in NO_STUDENT:
        return Line(number, None)
    last, comma, first = (part.strip() for part in whole.partition(","))
    if not comma:
        first, _, last = (part.strip() for part in whole.rpartition(" "))
    first = told.get("first_name") or first
    last = told.get("last_name") or last
    names = (told.get("login"), told.get("email"), told.get("lms_id"), f"{first} {last}".strip())
    name = next(filter(None, names), "")
    ident = student_name(name)
    if ident is None:
        return Line(number, None, f"{name!r} cannot be a student's name")
    student = Student(ident, first, last, told.get("email", ""), told.get("lms_id", ""))
    return Line(number, student)
