"""The command that gives grades to a learning-management system."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.cli import console
from grader.cli.options import DEFAULT_CLASS, Assignments, ClassDir, Json
from grader.release.course_dir import ClassFolderError, open_class

Form = StrEnum("Form", ["plain", "canvas", "moodle"])


@console.sentences(ClassFolderError, OSError)
def export(
    assignments: Assignments = None,
    form: Annotated[
        Form, typer.Option("--form", "-f", help="Whose import takes it, or a plain table.")
    ] = Form.plain,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; - for standard output.")
    ] = None,
    student: Annotated[
        list[str] | None, typer.Option("--student", "-s", help="Only this student.")
    ] = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Write grades as CSV for a learning-management system."""
    from nbgrader.api import Gradebook

    from grader.reports.grades import FORMS, grades_in

    folder = open_class(class_dir)
    course = folder.course()
    with Gradebook(course.db_url, course.course_id) as gradebook:
        grades = grades_in(gradebook, assignments or (), student or ())
    unknown = sorted(set(assignments or ()) - {g.assignment for g in grades})
    if unknown or not grades:
        console.fail(f"there are no grades of {', '.join(unknown) or 'this class'} yet")
    path = output or folder.root / f"grades-{form.value}.csv"
    text = FORMS[form.value](grades)
    if str(path) == "-":
        typer.echo(text, nl=False)
    else:
        path.write_text(text, encoding="utf-8", newline="")
    waiting = sorted({f"{g.student} {g.assignment}" for g in grades if g.waiting})
    if json and str(path) != "-":
        console.print_json({"file": str(path), "form": form.value, "waiting": waiting})
    elif str(path) != "-":
        console.say(console.clean(f"{path}: {len(grades)} grades"))
    if waiting and not json:
        console.stderr.print(
            f"{len(waiting)} of them still wait for a person to grade an answer in words",
            highlight=False,
        )
