"""Answers that persons grade, one task over all students, and who graded what.

Scores and comments stand where nbgrader keeps them, so that formgrader shows and changes the same
ones. A table of ours in the same database has a row for every grading: who, when, which criteria of
the rubric. A grading is written in one transaction and only over what its grader has seen, so that
of two who grade the same answer at once neither loses anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import (
    Column,
    DateTime,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    cast,
    false,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import CursorResult, Engine
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Update

from grader.weave import layout

OURS = MetaData()
GRADINGS = Table(
    "course_gradings", OURS,
    Column("id", Integer, primary_key=True),
    Column("assignment", String(128), nullable=False),
    Column("task", String(128), nullable=False),
    Column("student", String(128), nullable=False),
    Column("grader", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("score", Float),
    Column("comment", Text, nullable=False),
    Column("criteria", Text, nullable=False),
)  # fmt: skip
MAX_COMMENT = 20_000  # characters


class NotSaved(Exception):
    """Why a grading is not written, in a sentence."""


class ChangedMeanwhile(NotSaved):
    """Somebody else graded the answer since its grader looked at it: ``now`` is what they gave."""

    def __init__(self, now: Answer) -> None:
        super().__init__(f"{now.grader or 'somebody'} graded this answer meanwhile")
        self.now = now


@dataclass(frozen=True)
class Question:
    """A question that persons grade, or an exercise at which they look again.

    Attributes:
        answers: of students that were graded automatically; ``waiting`` ones need a person.
        in_words: whether it is a question to be answered in words.
    """

    assignment: str
    task: str
    points: float
    answers: int = 0
    waiting: int = 0
    in_words: bool = True


@dataclass(frozen=True)
class Answer:
    """One student's answer as it is graded.

    Attributes:
        score: what counts; ``manual`` is what a person gave, or None.
        waiting: whether it needs a person, for the first time or again.
        grader, at: who graded it last on our page, and when; "" where formgrader was used since.
        criteria: numbers of the rubric's criteria that it meets, as that grader said.
    """

    student: str
    name: str
    score: float | None
    comment: str
    waiting: bool
    grader: str = ""
    at: str = ""
    criteria: Sequence[int] = field(default_factory=list)
    manual: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def prepare(engine: Engine) -> None:
    """Make our table where there is none."""
    with suppress(OperationalError, ProgrammingError):  # somebody else makes it at this moment
        OURS.create_all(engine, checkfirst=True)


def questions(db: Session) -> list[Question]:
    """The questions that persons grade, by assignment."""
    rows = db.execute(
        select(
            Assignment.name, GradeCell.name, GradeCell.max_score, func.count(Grade.id),
            func.coalesce(func.sum(cast(Grade.needs_manual_grade, Integer)), 0),
        )
        .join(Notebook, Notebook.assignment_id == Assignment.id)
        .join(GradeCell, GradeCell.notebook_id == Notebook.id)
        .outerjoin(Grade, Grade.cell_id == GradeCell.id)
        .where(GradeCell.cell_type == "markdown")
        .group_by(Assignment.name, GradeCell.name, GradeCell.max_score)
        .order_by(Assignment.name, GradeCell.name)
    )  # fmt: skip
    return [Question(*row) for row in rows]


def answers(db: Session, assignment: str, task: str, student: str = "") -> list[Answer]:
    """Every student's answer to a question, or one student's."""
    cells = _cells(db, assignment, task)
    query = (
        select(
            Student.id, Student.first_name, Student.last_name, Grade.manual_score,
            Grade.auto_score, Comment.manual_comment, Grade.needs_manual_grade,
        )
        .select_from(Grade)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .outerjoin(Comment, cells.comment_of_the_same)
        .where(Grade.cell_id == cells.grade)
        .order_by(Student.id)
    )  # fmt: skip
    if student:
        query = query.where(Student.id == student)
    latest = _latest(db, assignment, task)
    return [_answer(row, latest.get(row[0])) for row in db.execute(query)]


def save(
    db: Session,
    assignment: str,
    task: str,
    given: Answer,
    *,
    seen: tuple[float | None, str],
    grader: str,
) -> Answer:
    """Write a grading, and give the answer as it is then.

    Args:
        given: student, score (None: waits again), comment and criteria.
        seen: score and comment that the grader saw before.

    Raises:
        ChangedMeanwhile: those are not there any more.
        NotSaved: there is no such answer.
    """
    try:
        _write(db, assignment, task, given, seen)
        db.execute(
            insert(GRADINGS).values(
                assignment=assignment, task=task, student=given.student, grader=grader,
                at=datetime.now(UTC).replace(tzinfo=None), score=given.score,
                comment=given.comment, criteria=json.dumps(list(given.criteria)),
            )
        )  # fmt: skip
        db.commit()
    except BaseException:
        db.rollback()
        raise
    (now,) = answers(db, assignment, task, given.student)
    return now


def _write(
    db: Session, assignment: str, task: str, given: Answer, seen: tuple[float | None, str]
) -> None:
    """Change score and comment, if they are what was seen."""
    place = _place(db, assignment, task, given.student)
    if place is None:
        raise NotSaved(f"there is no answer of {given.student} to {task}")
    grade, comment = place
    db.rollback()  # what follows begins with a change, which no other grader can come between
    score = Grade.__table__.c
    changed = _rows_of(
        db,
        update(Grade.__table__)
        .where(score.id == grade, score.manual_score.is_not_distinct_from(seen[0]))
        .values(
            manual_score=given.score,
            # Points that are taken back from an exercise leave those of its checks.
            needs_manual_grade=false() if given.score is not None else score.auto_score.is_(None),
        ),
    )
    if changed and comment is not None:
        told = Comment.__table__.c
        changed = _rows_of(
            db,
            update(Comment.__table__)
            .where(told.id == comment, func.coalesce(told.manual_comment, "") == seen[1])
            .values(manual_comment=given.comment or None),
        )
    if not changed:
        db.rollback()
        (now,) = answers(db, assignment, task, given.student)
        raise ChangedMeanwhile(now)


def _rows_of(db: Session, change: Update) -> int:
    """How many rows a change has changed."""
    done = db.execute(change)
    assert isinstance(done, CursorResult)
    return done.rowcount


def _place(db: Session, assignment: str, task: str, student: str) -> tuple[str, str | None] | None:
    """The ids of an answer's grade and comment."""
    cells = _cells(db, assignment, task)
    found = db.execute(
        select(Grade.id, Comment.id)
        .select_from(Grade)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .outerjoin(Comment, cells.comment_of_the_same)
        .where(Grade.cell_id == cells.grade, SubmittedAssignment.student_id == student)
    ).first()
    return None if found is None else (found[0], found[1])


@dataclass(frozen=True)
class _Cells:
    """The ids of a task's cells: the one that is graded and the one that is answered."""

    grade: str = ""
    comment: str = ""

    @property
    def comment_of_the_same(self) -> Any:
        """The condition that joins a comment with the grade of the same answer."""
        return (Comment.cell_id == self.comment) & (Comment.notebook_id == Grade.notebook_id)


def _cells(db: Session, assignment: str, task: str) -> _Cells:
    graded = (layout.answer_id(task), layout.test_id(task))  # in words, or by checks
    ids = [
        db.execute(
            select(kind.id)
            .join(Notebook, Notebook.id == kind.notebook_id)
            .join(Assignment, Assignment.id == Notebook.assignment_id)
            .where(Assignment.name == assignment, kind.name.in_(names))
        ).scalar()
        for kind, names in ((GradeCell, graded), (SolutionCell, graded[:1]))
    ]
    return _Cells(*(each or "" for each in ids))


def points_of(db: Session, assignment: str, task: str) -> float | None:
    """What an exercise or question is out of; None where there is no such."""
    cell = db.get(GradeCell, _cells(db, assignment, task).grade)
    return None if cell is None else float(cell.max_score)


def give(
    db: Session, assignment: str, task: str, student: str, points: float, grader: str
) -> Answer:
    """Give an answer other points, and leave its comment.

    Raises:
        NotSaved: there is no such answer, or it cannot have so many points.
    """
    most = points_of(db, assignment, task)
    found = answers(db, assignment, task, student)
    if most is None or not found:
        raise NotSaved(f"there is no answer of {student} to {task}")
    if not 0 <= points <= most:
        raise NotSaved(f"points of {task} go from 0 to {most:g}")
    (before,) = found
    # The criteria that were met are of the points that were.
    given = replace(before, score=points, criteria=())
    seen = (before.manual, before.comment)
    return save(db, assignment, task, given, seen=seen, grader=grader)


def graders(db: Session) -> dict[tuple[str, str], dict[str, int]]:
    """Assignment and task -> grader -> answers that they graded last."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    last = select(func.max(GRADINGS.c.id)).group_by(
        GRADINGS.c.assignment, GRADINGS.c.task, GRADINGS.c.student
    )
    columns = (GRADINGS.c.assignment, GRADINGS.c.task, GRADINGS.c.grader)
    rows = db.execute(
        select(*columns, func.count()).where(GRADINGS.c.id.in_(last)).group_by(*columns)
    )
    for assignment, task, grader, count in rows:
        found.setdefault((assignment, task), {})[grader] = count
    return found


def criteria_met(
    db: Session, assignment: str, task: str, student: str, told: tuple[float | None, str]
) -> list[int]:
    """The criteria that an answer meets, as its last grader said; none where nobody did.

    Args:
        told: score and comment that a person gave, which may be another grading's.
    """
    if not inspect(db.connection()).has_table(GRADINGS.name):
        return []
    last = _latest(db, assignment, task).get(student)
    if last is None or (last["score"], last["comment"]) != told:
        return []
    return [int(number) for number in json.loads(last["criteria"])]


def _latest(db: Session, assignment: str, task: str) -> dict[str, Any]:
    """Student -> the last grading of their answer on our page."""
    rows = db.execute(
        select(GRADINGS)
        .where(GRADINGS.c.assignment == assignment, GRADINGS.c.task == task)
        .order_by(GRADINGS.c.id)
    ).mappings()
    return {row["student"]: row for row in rows}


def _answer(row: Any, last: Any) -> Answer:
    ident, first, last_name, manual, auto, comment, waits = row
    name = f"{first or ''} {last_name or ''}".strip() or ident
    score = auto if manual is None else manual
    found = Answer(ident, name, score, comment or "", bool(waits), manual=manual)
    if last is None or (last["score"], last["comment"]) != (manual, found.comment):
        return found
    at = f"{last['at']:%Y-%m-%d %H:%M} UTC"
    criteria = json.loads(last["criteria"])
    return replace(found, grader=last["grader"], at=at, criteria=criteria)
