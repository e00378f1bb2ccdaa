"""All that the gradebook has of one student, as plain data and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import (
    Comment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Column, DateTime, Interval, Table, delete, insert, select
from sqlalchemy.orm import Session

Rows = dict[str, list[dict[str, Any]]]  # table -> rows, a table before those that refer to it


def rows_of(db: Session, student: str) -> Rows:
    """The rows of every table that are a student's own."""
    found: Rows = {}
    for table, column, owner in _chain():
        owners = [student] if owner is None else [row["id"] for row in found[owner.name]]
        rows = db.execute(select(table).where(column.in_(owners))).mappings()
        found[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return found


def forget(db: Session, student: str) -> None:
    """Delete those rows."""
    rows = rows_of(db, student)
    for table, *_ in reversed(_chain()):
        ids = [row["id"] for row in rows[table.name]]
        db.execute(delete(table).where(table.c.id.in_(ids)))
    db.commit()
    db.expire_all()


def put_back(db: Session, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> int:
    """Insert rows again, and count those that refer to something that is gone."""
    lost = 0
    for table, *_ in _chain():
        there = set(db.execute(select(table.c.id)).scalars())
        for row in rows.get(table.name, ()):
            if row["id"] in there:
                continue
            if all(_is_there(db, column, row) for column in table.columns):
                values = {c.name: _typed(c, row.get(c.name)) for c in table.columns}
                db.execute(insert(table).values(values))
            else:
                lost += 1
    db.commit()
    db.expire_all()
    return lost


def _chain() -> list[tuple[Table, Column[Any], Table | None]]:
    """Each table with the column that says whose a row is, and the table whose rows that names."""
    student, submission, notebook, grade, comment = (
        kind.__table__ for kind in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
    )
    return [
        (student, student.c.id, None),
        (submission, submission.c.student_id, student),
        (notebook, notebook.c.assignment_id, submission),
        (grade, grade.c.notebook_id, notebook),
        (comment, comment.c.notebook_id, notebook),
    ]


def _is_there(db: Session, column: Column[Any], row: Mapping[str, Any]) -> bool:
    """Whether what a column of a row refers to exists."""
    value = row.get(column.name)
    targets = [key.column for key in column.foreign_keys]
    return value is None or all(
        db.execute(select(target).where(target == value)).first() is not None for target in targets
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value


def _typed(column: Column[Any], value: Any) -> Any:
    if value is not None and isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(column.type, Interval):
        return timedelta(seconds=value)
    return value
