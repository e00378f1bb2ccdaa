"""Writes what became of a submission: the grades first, then that they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.classroom.attempts import Attempt
from grader.classroom.records import Records
from grader.classroom.shown import standing
from grader.grading.submission import Graded

if TYPE_CHECKING:
    from grader.classroom.gradebook import Writer


def save(result: Graded, writer: Writer, records: Records) -> None:
    """Write the grades, then the record that they are written."""
    if result.untouched is None:
        return
    handed = result.handed
    written, when = handed.timestamp()
    before = records.history(handed.student, handed.assignment)
    given = writer.write(
        handed.student,
        result.verdict,
        untouched=result.untouched,
        timestamp=when,
        unchanged=before.has(result.answers),
    )
    history = before.after(Attempt(written, dict(result.answers)), given)
    # What failed through no doing of the student's is tried again by the next run.
    name = "" if result.verdict.status == "killed" and result.verdict.reason else result.fingerprint
    records.save(
        handed.student, handed.assignment, name, result.verdict,
        figures=result.figures, history=history,
        stood=standing(records, handed.student, handed.assignment, handed.notebook),
    )  # fmt: skip
