"""Reads who is in a class from a table that a learning management system or a person wrote.

Canvas' exported gradebook, Moodle's list of participants or grades, or a plain table with the
columns of nbgrader. The headings tell which column is which; nobody has to say whose table it is.
Canvas writes them in English in every language, and so do Moodle's uploads of users; what Moodle
shows on its pages it exports in the language of the site, and then somebody says what they mean.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from grader.handed_in.languages import written
from grader.handed_in.whose import Student
from pix2net.handing_in.identity import student_name

# What the headings mean, in small letters. In Canvas' table "Student" is a name, and "ID" a number.
CANVAS = {
    "student": "whole_name", "id": "lms_id", "sis login id": "login", "email": "email",
    "lastname": "last_name", "firstname": "first_name",
}  # fmt: skip
OTHERS = {
    "student": "login", "id": "login", "username": "login", "login": "login", "user name": "login",
    "first_name": "first_name", "first name": "first_name", "given name": "first_name",
    "last_name": "last_name", "last name": "last_name", "surname": "last_name",
    "family name": "last_name", "name": "whole_name", "full name": "whole_name",
    "email": "email", "email address": "email", "e-mail": "email",
    "language": "language", "lang": "language",
    "firstname": "first_name", "lastname": "last_name", "idnumber": "lms_id",
    "lms_user_id": "lms_id", "lms_id": "lms_id", "id number": "lms_id",
}  # fmt: skip
WHO = ("login", "email", "lms_id", "whole_name", "last_name")  # one of them is needed
# Canvas' own row is for the student that a teacher plays, whose login is a digest.
NO_STUDENT, NO_LOGIN = ("student, test", "test student"), re.compile(r"[0-9a-f]{40,64}")
ASKED = "student (or username), first_name, last_name, email, lms_id, language"
OPTIONS = "--id, --name, --first-name, --last-name, --email, --lms-id and --language"
MAX_TOLD = 40  # characters of a heading, and headings, that a sentence lists


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


@dataclass(frozen=True)
class Table:
    """What a table of students holds.

    Attributes:
        lines: its students, and lines that are none.
        left_out: headings that mean nothing to us.
    """

    lines: Sequence[Line]
    left_out: Sequence[str]

    @property
    def has_names(self) -> bool:
        """Whether it says what anybody is called."""
        return any(line.student.full_name for line in self.lines if line.student)


def read_roster(content: bytes, columns: Mapping[str, str] = MappingProxyType({})) -> Table:
    """The students of a table.

    Args:
        columns: headings of some columns by what they hold ("login", "whole_name", "first_name",
            "last_name", "email", "lms_id", "language"); they alone count then.

    Raises:
        RosterError: it is no table of students, or nobody knows what its columns are.
    """
    text = _decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        heads = [head.strip() for head in next(rows, [])]
        is_canvas, meaning = _chosen(heads, columns) if columns else _meaning(heads)
        found = []
        for cells in rows:
            told = {m: cell.strip() for m, cell in zip(meaning, cells, strict=False) if m}
            # What Canvas has above the students, in any language, is of nobody with a number.
            if any(told.values()) and (told.get("lms_id") or not is_canvas):
                found.append(_line(rows.line_num, told))
    except csv.Error as error:
        raise RosterError(f"it is no table as CSV has them ({error})") from None
    return Table(found, [head for head, m in zip(heads, meaning, strict=True) if head and not m])


def _decoded(content: bytes) -> str:
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise RosterError("it is not in UTF-8: save it as “CSV UTF-8”") from None


def _delimiter(text: str) -> str:
    heads = text.partition("\n")[0]
    return max(",;\t", key=heads.count)


def _meaning(heads: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether it is Canvas' table, and what each column holds; "" for what we do not need."""
    small = [head.casefold() for head in heads]
    is_canvas = "sis login id" in small or {"student", "id", "section"} <= set(small)
    names: Mapping[str, str] = CANVAS if is_canvas else OTHERS
    meaning = [names.get(head, "") for head in small]
    if not set(WHO) & set(meaning):
        raise RosterError(
            f"its first line names no column that says who somebody is: {ASKED}; "
            f"{_listed(heads)}: say what they are with {OPTIONS}"
        )
    return is_canvas, meaning


def _chosen(heads: Sequence[str], columns: Mapping[str, str]) -> tuple[bool, list[str]]:
    """The same, as somebody says it."""
    small = [head.casefold() for head in heads]
    meaning = [""] * len(heads)
    for what, head in columns.items():
        if small.count(head.strip().casefold()) != 1:
            how_many = "several columns" if head.strip().casefold() in small else "no column"
            raise RosterError(f"it has {how_many} {head.strip()}; {_listed(heads)}")
        meaning[small.index(head.strip().casefold())] = what
    if not set(WHO) & set(meaning):
        raise RosterError("say at least which column says who somebody is: --id, --name or --email")
    return False, meaning


def _listed(heads: Sequence[str]) -> str:
    told = ", ".join(head[:MAX_TOLD] for head in heads[:MAX_TOLD] if head)
    more = ", ..." if len(heads) > MAX_TOLD else ""
    return f"its headings are {told}{more}" if told else "it has no headings"


def _line(number: int, told: Mapping[str, str]) -> Line:
    whole = told.get("whole_name", "")
    if whole.casefold() in NO_STUDENT or NO_LOGIN.fullmatch(told.get("login", "")):
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
    try:
        language = written(told.get("language", ""))
    except ValueError as error:
        return Line(number, None, str(error))
    email, number_there = told.get("email", ""), told.get("lms_id", "")
    return Line(number, Student(ident, first, last, email, number_there, language=language))
