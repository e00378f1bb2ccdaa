"""What the gradebook says of every hand-in beside its automatic points, read in a few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

from grader.classroom.records import Records
from grader.grading.verdict import NotebookVerdict
from grader.handed_in.submitted import handed_in
from grader.handed_in.whose import roster_of
from grader.release.course_dir import ClassFolder
from grader.reports.summary import Standing


def standings_of(
    folder: ClassFolder, verdicts: Iterable[NotebookVerdict]
) -> dict[tuple[str, str], Standing]:
    """How each hand-in stands, by student and assignment."""
    records = Records(folder.root)
    with folder.gradebook() as book:
        found = _times(book)
        for whose, (points, waiting) in _by_hand(book).items():
            found[whose] = replace(found[whose], by_hand=points, waiting=waiting)
    keys = [(verdict.student or "", verdict.assignment) for verdict in verdicts]
    return {
        key: replace(
            found.get(key, Standing()), attempts=max(len(records.history(*key).attempts), 1)
        )
        for key in keys
    }


def silent_in(folder: ClassFolder, verdicts: Iterable[NotebookVerdict]) -> list[str]:
    """Who of the roster has handed in nothing of the assignments that some verdicts are on."""
    found = {(verdict.student, verdict.assignment) for verdict in verdicts}
    came = {student for student, _ in found}
    came |= {each.student for each in handed_in(folder, sorted({a for _, a in found}), None)}
    return [each.id for each in roster_of(folder) if not each.left and each.id not in came]


def _times(book: Gradebook) -> dict[tuple[str, str], Standing]:
    """Lateness and its price."""
    submissions = book.db.query(SubmittedAssignment, Assignment).join(
        Assignment, Assignment.id == SubmittedAssignment.assignment_id
    )
    penalties = dict(
        book.db.query(SubmittedAssignment.id, SubmittedAssignment.late_submission_penalty)
    )
    return {
        (s.student_id, a.name): Standing(
            late=s.total_seconds_late, penalty=penalties.get(s.id) or 0.0
        )
        for s, a in submissions
    }


def _by_hand(book: Gradebook) -> dict[tuple[str, str], tuple[float, int]]:
    """Points that persons gave beyond the automatic ones, and answers that wait for one."""
    rows = (
        book.db.query(
            SubmittedAssignment.student_id, Assignment.name, Grade.auto_score, Grade.manual_score,
            Grade.extra_credit, Grade.needs_manual_grade,
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .filter(
            Grade.manual_score.is_not(None)
            | Grade.auto_score.is_(None)
            | Grade.extra_credit.is_not(None)
        )
    )  # fmt: skip
    found: dict[tuple[str, str], tuple[float, int]] = {}
    for student, assignment, auto, manual, extra, needs in rows:
        points, waiting = found.get((student, assignment), (0.0, 0))
        waits = needs and (auto is None or manual is not None)
        if not waits:
            points += (auto or 0.0 if manual is None else manual) - (auto or 0.0) + (extra or 0.0)
        found[student, assignment] = points, waiting + bool(waits)
    return found
