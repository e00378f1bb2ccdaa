"""Sends grades by LTI 1.3's Assignment and Grade Services, which Moodle, Canvas and others speak.

The platform's administrator registers the course as a tool once. What comes of that stands in
``class/lti.json``::

    {"issuer": "https://moodle.example", "client_id": "...",
     "token_url": "https://moodle.example/mod/lti/token.php",
     "lineitems": "https://moodle.example/mod/lti/services.php/2/lineitems?type_id=1",
     "private_key": "lti-private.pem"}

A student is known by the platform's number for them, which the gradebook has as ``lms_user_id``.
Moodle's own numbers are on no roster (its *ID number* is another thing, and may be the number of
somebody else), so for Moodle ``"students": "moodle.csv"`` names a table of ``student`` and
``number``, and nothing else counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.exception import LtiException
from pylti1p3.grade import Grade as LtiGrade
from pylti1p3.lineitem import LineItem
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector

from grader.classroom.roster import RosterError, read_roster
from grader.network.posting import Posted, PostError, by_assignment
from grader.reports.grades import Grade
from pix2net.files import Rejected, read_bounded

FILE = "lti.json"
MOODLE = "/mod/lti/"  # in the addresses of its services
SCOPES: list[Any] = [
    "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
]


@dataclass(frozen=True)
class Registered:
    """What a platform's administrator told when the course was registered as a tool."""

    issuer: str
    client_id: str
    token_url: str
    lineitems: str
    private_key: str
    students: str = ""


def registered(root: Path) -> Registered:
    """The registration of a class, with the texts of its files. Raises `PostError`."""
    path = root / FILE
    needed = ", ".join(field.name for field in fields(Registered) if field.default is MISSING)
    try:
        told = Registered(**json.loads(read_bounded(path)))
        key = root / told.private_key
        if key.stat().st_mode & 0o077:
            raise PostError(f"{key} can be read by others: run `chmod 600 {key}`")
        text = read_bounded(key).decode("ascii")
    except (Rejected, OSError, ValueError, TypeError, RecursionError) as error:
        raise PostError(f"{path} has to say where grades go, with {needed} ({error})") from None
    students = _students(root / told.students) if told.students else ""
    if MOODLE in told.token_url and not students:
        raise PostError(
            "Moodle knows students by the number in the address of their profile (?id=17), not by "
            "their ID number: write a table of student and number, and name it in "
            f'{path} as "students": "moodle.csv"'
        )
    return replace(told, private_key=text, students=students)


def _students(path: Path) -> str:
    """The text of a table of students and their numbers. Raises `PostError`."""
    try:
        content = read_bounded(path)
        numbers_in(content)
    except Rejected as problem:
        raise PostError(f"{path}: {problem.reason}") from None
    except RosterError as error:
        raise PostError(f"{path} needs the columns student and number ({error})") from None
    return content.decode()


def numbers_in(content: bytes) -> dict[str, str]:
    """Student -> the platform's number, of a table. Raises `RosterError`."""
    lines = read_roster(content, {"login": "student", "lms_id": "number"}).lines
    return {line.student.id: line.student.lms_id for line in lines if line.student}


class LtiPlatform:
    """One course in a platform that speaks LTI 1.3."""

    def __init__(self, told: Registered) -> None:
        self._numbers = numbers_in(told.students.encode()) if told.students else None
        registration = Registration()
        registration.set_issuer(told.issuer)
        registration.set_client_id(told.client_id)
        registration.set_auth_token_url(told.token_url)
        registration.set_tool_private_key(told.private_key)
        self._service = AssignmentsGradesService(
            ServiceConnector(registration), {"scope": SCOPES, "lineitems": told.lineitems}
        )

    def post(self, grades: Sequence[Grade]) -> Posted:
        """Send grades one by one; a column is made where there is none. Raises `PostError`."""
        posted = Posted()
        for name, rows in sorted(by_assignment(grades, posted).items()):
            unknown = [row for row in rows if not self._number(row)]
            table = "the gradebook" if self._numbers is None else "the table of students"
            posted.leave(unknown, f"{table} does not know their number there")
            known = [row for row in rows if self._number(row)]
            if known:
                self._post(name, known, posted)
        return posted

    def _number(self, row: Grade) -> str:
        """The platform's number for a student, or ""."""
        return row.lms_id if self._numbers is None else self._numbers.get(row.student, "")

    def _post(self, name: str, rows: Sequence[Grade], posted: Posted) -> None:
        try:
            column = LineItem().set_label(name).set_tag(name).set_score_maximum(rows[0].max_score)
            column = self._service.find_or_create_lineitem(column, find_by="tag")
        except (LtiException, requests.RequestException) as error:
            raise PostError(f"the platform refuses: {_said(error)}") from error
        for row in rows:
            try:
                self._service.put_grade(_as_lti(row, self._number(row)), column)
            except (LtiException, requests.RequestException) as error:
                posted.leave([row], f"the platform refuses: {_said(error)}")
            else:
                posted.sent.append((row.student, row.assignment))


def _as_lti(row: Grade, number: str) -> LtiGrade:
    return (
        LtiGrade()
        .set_score_given(float(row.score or 0.0))
        .set_score_maximum(float(row.max_score))
        .set_activity_progress("Completed")
        .set_grading_progress("PendingManual" if row.waiting else "FullyGraded")
        .set_timestamp(datetime.now(UTC).isoformat(timespec="seconds"))
        .set_user_id(number)
    )


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
