"""Commands that give back: feedback per student, the class at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from grader.classroom.policy import PolicyError
from grader.classroom.records import Records
from grader.cli.options import DEFAULT_CLASS, Assignments, ClassDir
from grader.grading.released import GradingError
from grader.release.course_dir import ClassFolderError, open_class
from grader.reports.report import class_report
from grader.reports.sentences import SentencesError, reworded
from grader.reports.standing import silent_in, standings_of
from grader.reports.summary import as_json, summarise
from grader.reports.write import feedback_for_class
from pix2net.cli import console
from pix2net.cli.options import Json, Spoken

Form = StrEnum("Form", ["plain", "canvas", "moodle"])

HARDEST, COMMONEST = 10, 8  # rows of the tables that `report` prints


@console.sentences(ClassFolderError, GradingError, PolicyError, SentencesError)
def feedback(
    assignments: Assignments = None,
    student: Annotated[
        list[str] | None, typer.Option("--student", "-s", help="Only this student.")
    ] = None,
    language: Spoken = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Write a feedback page per student and chapter."""
    folder = open_class(class_dir)
    written = []
    jobs = feedback_for_class(folder, assignments or (), student or ())
    with console.progress("feedback", len(jobs), quiet=json) as steps:
        for job in jobs:
            written.append(job.write())
            steps.advance(f"{job.student} {job.assignment}")
    if json:
        console.print_json({"pages": [str(path) for path in written]})
    else:
        pages = "page" if len(written) == 1 else "pages"
        console.say(f"{len(written)} {pages} below {folder.root / 'feedback'}")
    others = sorted({job.student for job in jobs if job.verdict.language != job.language})
    if others:
        console.warn(
            "!",
            f"graded in another language than their pages are in: {', '.join(others)}; "
            "`course grade` puts their checks into words again",
        )
    _end(Records(folder.root).unreadable(assignments or (), student or ()))


def _end(unreadable: Iterable[str]) -> NoReturn:
    """End a command that read records, and say of whom nothing is in what it wrote."""
    found = list(unreadable)
    for whose in found:
        console.warn("✗", f"{whose}: its record cannot be read: `course grade` grades it again")
    raise typer.Exit(console.WRONG if found else console.DONE)


@console.sentences(ClassFolderError, ValueError)
def report(
    assignments: Assignments = None,
    names: Annotated[
        bool, typer.Option("--names/--without-names", help="Without, it can be projected.")
    ] = True,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write the page to.")
    ] = None,
    language: Spoken = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Show the class at a glance: chapters, exercises by difficulty, misconceptions, students."""
    folder = open_class(class_dir)
    verdicts = list(reworded(folder, Records(folder.root).all(assignments or ())))
    lacking = sorted(set(assignments or ()) - {verdict.assignment for verdict in verdicts})
    if lacking:
        console.fail(f"nothing of {', '.join(lacking)} has been graded yet")
    page = class_report(folder, verdicts, names=names)
    path = output or folder.root / ("report.html" if names else "report-without-names.html")
    console.write_file(path, page)
    summary = summarise(verdicts, standings_of(folder, verdicts), silent_in(folder, verdicts))
    if json:
        console.print_json({"page": str(path), **as_json(summary)})
        _end(Records(folder.root).unreadable())
    hardest = sorted(summary.items, key=lambda item: item.mean_share)[:HARDEST]
    console.table(
        f"Exercises, hardest first ({len(hardest)} of {len(summary.items)})",
        ["exercise", "chapter", "solved", "of", "mean share %"],
        [[i.exercise, i.assignment, i.solved, i.tried, 100 * i.mean_share] for i in hardest],
    )
    if summary.misconceptions:
        console.table(
            "The commonest misconceptions",
            ["students", "exercise", "misconception"],
            [[m.students, m.exercise, m.name] for m in summary.misconceptions[:COMMONEST]],
        )
    if summary.silent:
        told = f": {', '.join(summary.silent)}" if names else ""
        console.say(console.clean(f"{len(summary.silent)} handed in nothing{told}"))
    console.say(f"The whole report: {path}")
    _end(Records(folder.root).unreadable())


@console.sentences(ClassFolderError)
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
    from grader.reports.grades import FORMS, grades_in

    folder = open_class(class_dir)
    with folder.gradebook() as gradebook:
        grades = grades_in(gradebook, assignments or (), student or ())
    unknown = sorted(set(assignments or ()) - {g.assignment for g in grades})
    if unknown or not grades:
        console.fail(f"there are no grades of {', '.join(unknown) or 'this class'} yet")
    path = output or folder.root / f"grades-{form.value}.csv"
    text = FORMS[form.value](grades)
    if str(path) == "-":
        typer.echo(text, nl=False)
    else:
        console.write_file(path, text)
    waiting = sorted({f"{g.student} {g.assignment}" for g in grades if g.waiting})
    if json and str(path) != "-":
        console.print_json({"file": str(path), "form": form.value, "waiting": waiting})
    elif str(path) != "-":
        given = sum(grade.score is not None for grade in grades)
        empty = f", {len(grades) - given} with nothing handed in" if given < len(grades) else ""
        console.say(console.clean(f"{path}: {given} grades{empty}"))
    if waiting and not json:
        console.stderr.print(
            f"{len(waiting)} of them still wait for a person to grade an answer in words",
            highlight=False,
        )
