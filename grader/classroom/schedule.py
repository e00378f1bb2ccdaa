"""Due dates and extensions: read from what a person writes, kept in nbgrader's gradebook.

The gradebook keeps them in UTC, where stock nbgrader and formgrader read them. A penalty for
lateness is computed when a submission is graded, so a date that changes afterwards asks for grading
again.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedAssignment
from sqlalchemy.exc import SAWarning

from pix2net.judging.wording import unknown

EXAMPLE = "2026-10-19 23:59 Europe/Berlin"


class ScheduleError(Exception):
    """Why a date is not set, in a sentence."""


@dataclass(frozen=True)
class Due:
    """When an assignment is due, in UTC.

    Attributes:
        due: None for an assignment that can be handed in at any time.
        extensions: until when, by student.
        handed_in, late: submissions that the gradebook knows, and those of them that came late.
    """

    assignment: str
    due: datetime | None
    extensions: dict[str, datetime]
    handed_in: int
    late: int


def moment(text: str) -> datetime:
    """The moment that a text names, in UTC.

    Args:
        text: an ISO date and time, and where it holds: a time zone's name, an offset such as
            +02:00, or nothing for this machine's own zone. A date alone is due at its end.

    Raises:
        ScheduleError: it is none.
    """
    day, _, rest = text.strip().partition(" ")
    clock, _, zone = rest.strip().partition(" ")
    if clock and not clock[0].isdigit():  # a zone behind a date alone
        clock, zone = "", f"{clock} {zone}".strip()
    try:
        found = datetime.fromisoformat(f"{day} {clock}".strip() if "T" not in day else day)
        if not clock and "T" not in day:
            found = found.replace(hour=23, minute=59, second=59)
        where = ZoneInfo(zone) if zone else None
    except (ValueError, ZoneInfoNotFoundError, OSError):
        raise ScheduleError(
            f"{text!r} is no date that can be read: write it as {EXAMPLE!r}"
        ) from None
    if where is not None and found.tzinfo is not None:
        raise ScheduleError(f"{text!r} names two time zones: leave one out")
    return (found.replace(tzinfo=where) if where else found).astimezone(UTC)


def overview(book: Gradebook) -> list[Due]:
    """When each assignment is due, in the order of their names."""
    return [_due_of(assignment) for assignment in sorted(book.assignments, key=lambda a: a.name)]


@dataclass(frozen=True)
class Dates:
    """When assignments are due, in UTC: for all, and for students with an extension."""

    general: dict[str, datetime]
    own: dict[tuple[str, str], datetime]

    def of(self, student: str, assignment: str) -> datetime | None:
        """When a student's assignment is due; None for at any time."""
        return self.own.get((student, assignment), self.general.get(assignment))


def dates(book: Gradebook) -> Dates:
    """All due dates and extensions, read without the submissions that have none."""
    general = {a.name: _aware(a.duedate) for a in book.assignments if a.duedate is not None}
    extended = book.db.query(SubmittedAssignment).filter(SubmittedAssignment.extension.isnot(None))
    return Dates(
        general,
        {
            (s.student_id, s.assignment.name): general[s.assignment.name] + s.extension
            for s in extended
            if s.assignment.name in general
        },
    )


def set_due(book: Gradebook, assignment: str, due: datetime | None) -> bool:
    """Set or take away when an assignment is due.

    Returns:
        Whether that is another date than before.

    Raises:
        ScheduleError: there is no such assignment.
    """
    found = _assignment(book, assignment)
    before, found.duedate = found.duedate, _plain(due)
    book.db.commit()
    return before != found.duedate


def extend(book: Gradebook, assignment: str, student: str, until: datetime | None) -> bool:
    """Let one student hand in until later, or no later than the others any more.

    Returns:
        Whether that is another date than before.

    Raises:
        ScheduleError: there is no such assignment or student, or it has no due date, or one that
            is later.
    """
    due = _assignment(book, assignment).duedate
    names = [each.id for each in book.students]
    if student not in names:
        raise ScheduleError(unknown("student", student, names))
    if due is None:
        raise ScheduleError(f"{assignment} has no due date, so nobody needs an extension")
    longer = None if until is None else _aware(until) - _aware(due)
    if longer is not None and longer.total_seconds() <= 0:
        raise ScheduleError(
            f"{assignment} is due later than that: {_aware(due):%Y-%m-%d %H:%M} UTC"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # of how nbgrader makes a submission
        submission = book.update_or_create_submission(assignment, student)
    before, submission.extension = submission.extension, longer
    book.db.commit()
    return bool(before != longer)


def _due_of(assignment: Assignment) -> Due:
    submissions = [s for s in assignment.submissions if s.timestamp is not None]
    extended = [s for s in assignment.submissions if s.extension and assignment.duedate]
    return Due(
        assignment.name,
        None if assignment.duedate is None else _aware(assignment.duedate),
        {s.student_id: _aware(assignment.duedate + s.extension) for s in extended},
        len(submissions),
        sum(s.total_seconds_late > 0 for s in submissions),
    )


def _assignment(book: Gradebook, name: str) -> Assignment:
    try:
        return book.find_assignment(name)
    except MissingEntry:
        known = [each.name for each in book.assignments]
        raise ScheduleError(
            unknown("assignment", name, known) if known else "nothing was released yet"
        ) from None


def _plain(when: datetime | None) -> datetime | None:
    """A moment as the gradebook keeps it: in UTC, without saying so."""
    return None if when is None else when.astimezone(UTC).replace(tzinfo=None)


def _aware(when: datetime) -> datetime:
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
