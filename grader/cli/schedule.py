"""The command for due dates and extensions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from grader.classroom import schedule as dates
from grader.classroom.records import Records
from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.release.course_dir import ClassFolder, ClassFolderError, open_class
from pix2net.cli import console
from pix2net.cli.options import Json


@console.sentences(ClassFolderError, dates.ScheduleError)
def schedule(
    assignment: Annotated[str | None, typer.Argument(help="Such as 02_knn.")] = None,
    when: Annotated[
        str | None,
        typer.Argument(
            help=f"Such as {dates.EXAMPLE!r}; without a zone, by this machine's clock; “never” "
            "takes a date away."
        ),
    ] = None,
    student: Annotated[
        str | None, typer.Option("--student", "-s", help="An extension for this student alone.")
    ] = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Show when assignments are due, or set a due date or a student's extension."""
    folder = open_class(class_dir)
    if (assignment is None) != (when is None):
        console.fail("name an assignment and a date, or neither to see all")
    with folder.gradebook() as book:
        if assignment is not None and when is not None:
            until = None if when == "never" else dates.moment(when)
            if student is None:
                changed = dates.set_due(book, assignment, until)
            else:
                changed = dates.extend(book, assignment, student, until)
            if changed:
                _ask_for_grading(folder, assignment, student)
        _show(dates.overview(book), json=json)


def _ask_for_grading(folder: ClassFolder, assignment: str, student: str | None) -> None:
    """Say whose penalties are of the date that was."""
    graded = list(Records(folder.root).all([assignment], [student] if student else ()))
    if graded:
        whom = f" --student {student}" if student else ""
        console.warn(
            "!",
            f"{len(graded)} of {assignment} were graded with another date: "
            f"`course grade {assignment}{whom} --again` puts their penalties right",
        )


def _show(found: list[dates.Due], *, json: bool) -> None:
    if json:
        console.print_json(
            [
                {
                    **vars(each),
                    "due": each.due and each.due.isoformat(),
                    "extensions": {s: until.isoformat() for s, until in each.extensions.items()},
                }
                for each in found
            ]
        )
        return
    rows = [
        [
            each.assignment,
            _local(each.due) if each.due else "at any time",
            ", ".join(f"{s} until {_local(until)}" for s, until in each.extensions.items()) or "–",
            each.handed_in,
            each.late,
        ]
        for each in found
    ]
    console.table("Due dates", ["assignment", "due", "extensions", "handed in", "late"], rows)


def _local(when: datetime) -> str:
    return f"{when.astimezone():%a %Y-%m-%d %H:%M %Z}"
