"""Grades out of nbgrader's gradebook, and as CSV for learning-management systems.

Canvas takes a table with one row a student and one column an assignment; it knows a student by one
of the columns ID, SIS User ID or SIS Login ID, and a row whose name is "Points Possible" says what
a column is out of. Moodle takes the table that it exports itself; the person who imports it maps a
column (username, ID number or email address) to its users. A cell that is empty leaves the grade
there as it is, so an assignment that was not handed in is left empty in both.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nbgrader.api import Grade as GradeOfCell
from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook

COMPUTED = "=+-@\N{MINUS SIGN}"  # with what, in any width, a spreadsheet begins a formula
# Behind these, a spreadsheet that divides cells in another way than we do begins another one.
DIVIDERS = re.compile(r"(?<=\S[;\t\r\n])")


@dataclass(frozen=True)
class Grade:
    """One student's grade of one assignment.

    Attributes:
        score: after the penalty for lateness and not below 0; None where nothing was handed in.
        penalty: points taken off for lateness.
        waiting: whether something in it still waits for a person to grade it.
        lms_id: the student's number in the learning-management system, if the gradebook knows it.
    """

    student: str
    first_name: str
    last_name: str
    email: str
    lms_id: str
    assignment: str
    score: float | None
    penalty: float
    max_score: float
    handed_in: str
    waiting: bool


def grades_in(
    gradebook: Gradebook, assignments: Sequence[str] = (), students: Sequence[str] = ()
) -> list[Grade]:
    """Every student's grade of every assignment, by student, then assignment.

    Args:
        assignments, students: only these; all if empty.
    """
    penalties = dict(
        gradebook.db.query(SubmittedAssignment.id, SubmittedAssignment.late_submission_penalty)
    )
    promised = _promised(gradebook)
    found = []
    for assignment in gradebook.assignments:
        if assignments and assignment.name not in assignments:
            continue
        rows = gradebook.submission_dicts(assignment.name)
        handed_in = {row["student"]: row for row in rows if row["id"] not in promised}
        for student in gradebook.students:
            if not students or student.id in students:
                submission = handed_in.get(student.id)
                penalty = (penalties[submission["id"]] or 0.0) if submission else 0.0
                found.append(_grade(student, assignment, submission, penalty))
    return sorted(found, key=lambda grade: (grade.student, grade.assignment))


def _promised(gradebook: Gradebook) -> set[str]:
    """Ids of submissions that are there for an extension alone: nothing came, nothing is graded."""
    graded = (
        gradebook.db.query(SubmittedNotebook.assignment_id)
        .join(GradeOfCell, GradeOfCell.notebook_id == SubmittedNotebook.id)
        .filter(GradeOfCell.auto_score.is_not(None) | GradeOfCell.manual_score.is_not(None))
    )
    empty = gradebook.db.query(SubmittedAssignment.id).filter(
        SubmittedAssignment.timestamp.is_(None),
        SubmittedAssignment.extension.is_not(None),
        SubmittedAssignment.id.not_in(graded),
    )
    return {ident for (ident,) in empty}


def _grade(
    student: Any, assignment: Any, submission: Mapping[str, Any] | None, penalty: float
) -> Grade:
    known = submission or {"score": None, "timestamp": None, "needs_manual_grade": False}
    score, when = known["score"], known["timestamp"]
    return Grade(
        student=student.id,
        first_name=student.first_name or "",
        last_name=student.last_name or "",
        email=student.email or "",
        lms_id=student.lms_user_id or "",
        assignment=assignment.name,
        score=None if score is None else max(0.0, score - penalty),
        penalty=penalty,
        max_score=assignment.max_score,
        handed_in=f"{when:%Y-%m-%d %H:%M:%S}" if when else "",
        waiting=bool(known["needs_manual_grade"]),
    )


def inert(text: str) -> str:
    """A text as a cell that no spreadsheet computes: an apostrophe goes before what it might.

    Spreadsheets pass over spaces and what cannot be seen, and read wide signs as narrow ones.
    """
    return "".join(f"'{part}" if _is_computed(part) else part for part in DIVIDERS.split(text))


def _is_computed(text: str) -> bool:
    if text[:1] in ("\t", "\r", "\n"):
        return True
    seen = (c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))
    return unicodedata.normalize("NFKC", next(seen, " ")) in COMPUTED


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):g}"


def _table(rows: Iterable[Sequence[str]]) -> str:
    """CSV in UTF-8 text; the first row is the heading."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([inert(c) for c in row] for row in rows)
    return buffer.getvalue()


def _by_student(grades: Sequence[Grade]) -> dict[str, dict[str, Grade]]:
    """Student -> assignment -> grade."""
    found: dict[str, dict[str, Grade]] = {}
    for grade in grades:
        found.setdefault(grade.student, {})[grade.assignment] = grade
    return found


def _assignments(grades: Sequence[Grade]) -> dict[str, float]:
    """Assignment -> what it is out of, in order."""
    return {g.assignment: g.max_score for g in sorted(grades, key=lambda g: g.assignment)}


def plain(grades: Sequence[Grade]) -> str:
    """One row a student and assignment, with all that is known."""
    heading = [
        "student", "last_name", "first_name", "email", "assignment", "handed_in", "score",
        "max_score", "late_penalty", "waits_for_a_person",
    ]  # fmt: skip
    return _table(
        [heading]
        + [
            [
                g.student, g.last_name, g.first_name, g.email, g.assignment, g.handed_in,
                _number(g.score), _number(g.max_score), _number(g.penalty),
                "yes" if g.waiting else "no",
            ]
            for g in grades
        ]
    )  # fmt: skip


def canvas(grades: Sequence[Grade]) -> str:
    """Canvas's gradebook import: Student, ID, SIS User ID, SIS Login ID, Section, assignments."""
    columns = _assignments(grades)
    rows = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns],
        ["Points Possible", "", "", "", "", *map(_number, columns.values())],
    ]
    for student, own in _by_student(grades).items():
        one = next(iter(own.values()))
        name = ", ".join(part for part in (one.last_name, one.first_name) if part) or student
        scores = [_number(own[a].score) if a in own else "" for a in columns]
        rows.append([name, one.lms_id, "", student, "", *scores])
    return _table(rows)


def moodle(grades: Sequence[Grade]) -> str:
    """Moodle's grade import: who it is, then a column "Assignment: NAME (Real)" an assignment.

    Feedback columns are left out, since importing them would overwrite what is there.
    """
    columns = _assignments(grades)
    rows = [
        ["First name", "Surname", "ID number", "Username", "Email address",
         *(f"Assignment: {name} (Real)" for name in columns)],
    ]  # fmt: skip
    for student, own in _by_student(grades).items():
        one = next(iter(own.values()))
        scores = [_number(own[a].score) if a in own else "" for a in columns]
        rows.append([one.first_name, one.last_name, one.lms_id, student, one.email, *scores])
    return _table(rows)


FORMS: Mapping[str, Callable[[Sequence[Grade]], str]] = MappingProxyType(
    {"plain": plain, "canvas": canvas, "moodle": moodle}
)
