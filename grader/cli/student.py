"""The command for who is in the class."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from nbgrader.api import Gradebook

from grader.classroom import students
from grader.classroom.records import Records
from grader.classroom.roster import RosterError, read_roster
from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.handed_in.languages import languages_of, note, written
from grader.handed_in.whose import Roster, Student, roster_of
from grader.release.course_dir import ClassFolder, ClassFolderError, open_class
from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.files import Rejected, read_bounded

MAX_ROSTER = 16 * 2**20  # bytes
COLUMN = "for import, the heading of its column"
EXPECTED = (ClassFolderError, students.StudentError, RosterError, Rejected)


@console.sentences(*EXPECTED)
def student(
    action: Annotated[
        str, typer.Argument(metavar="[list|import|add|drop|restore]", help="What to do.")
    ] = "list",
    what: Annotated[
        list[str] | None, typer.Argument(help="Students; for import, the table.")
    ] = None,
    first_name: Annotated[str, typer.Option(help=f"For add; {COLUMN}.")] = "",
    last_name: Annotated[str, typer.Option(help=f"For add; {COLUMN}.")] = "",
    email: Annotated[str, typer.Option(help=f"For add; {COLUMN}.")] = "",
    lms_id: Annotated[
        str,
        typer.Option(help=f"For add, the number in Canvas, or Moodle's ID number; {COLUMN}."),
    ] = "",
    login: Annotated[
        str, typer.Option("--id", help=f"What a student is called here; {COLUMN}.")
    ] = "",
    whole_name: Annotated[
        str, typer.Option("--name", help=f"First and last name in one; {COLUMN}.")
    ] = "",
    language: Annotated[
        str, typer.Option(help=f"For add, that of feedback, such as zh or en; {COLUMN}.")
    ] = "",
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Show who is in the class; import a roster; add, drop and restore a student.

    `import` takes the CSV that Canvas or Moodle exports, or one with the columns student,
    first_name, last_name, email, lms_id, language. Where its headings are others, options say which
    column is which: `--id Anmeldename --first-name Vorname --last-name Nachname`. A dropped
    student's work and points are kept, and `restore` brings them back. An extension is `course
    schedule ASSIGNMENT DATE --student STUDENT`.
    """
    folder = open_class(class_dir)
    names = what or []
    told = {
        "login": login, "whole_name": whole_name, "first_name": first_name, "last_name": last_name,
        "email": email, "lms_id": lms_id, "language": language,
    }  # fmt: skip
    roster = roster_of(folder)
    with folder.gradebook() as book:
        if action == "list":
            _show(book, roster, names, json=json)
            return
        if not names:
            console.fail(f"say {'which table' if action == 'import' else 'whom'} to {action}")
        if action == "import":
            raise typer.Exit(max(_import(book, folder, Path(n), told, json=json) for n in names))
        if action == "add":
            _add(book, folder, names, told)
        elif action in ("drop", "restore"):
            _move(action, folder, book, names)
        else:
            console.fail(f"there is no {action!r}: list, import, add, drop or restore")
    if json:
        console.print_json({action: names})


def _add(book: Gradebook, folder: ClassFolder, names: list[str], told: Mapping[str, str]) -> None:
    known = {name: value for name, value in told.items() if value}
    if {"login", "whole_name"} & set(known):
        console.fail("--id and --name are for import: they name the columns of a table")
    if len(names) > 1 and known:
        console.fail("add one student at a time, where you say more than the name")
    try:
        known["language"] = written(told["language"])
    except ValueError as error:
        console.fail(error)
    for name in names:
        _note(folder, students.add(book, roster_of(folder), Student(name, **known)))
        console.warn("✓", f"{name} is in the class")


def _note(folder: ClassFolder, done: students.Enlisted) -> None:
    """Keep what languages students have, and say whose results are in another one."""
    note(folder, done.languages)
    spoken = languages_of(folder)
    graded = Records(folder.root).all(students=done.languages) if done.languages else ()
    others = [v for v in graded if v.language != spoken.of(v.student or "")]
    if others:
        names = ", ".join(sorted({v.student or "?" for v in others}))
        console.warn(
            "!",
            f"{len(others)} notebooks were graded in another language ({names}): `course grade` "
            "grades them again in this one, and `course feedback` writes their pages",
        )


def _move(action: str, folder: ClassFolder, book: Gradebook, names: list[str]) -> None:
    for name in names:
        if action == "drop":
            place = students.drop(folder, book, name)
            console.warn("✓", f"{name} is dropped; what was theirs is kept in {place}")
        else:
            lost = students.restore(folder, book, name)
            gone = f", but {lost} grades or comments of cells that are gone" if lost else ""
            console.warn("✓", f"{name} is back, with all that was kept{gone}")


def _import(
    book: Gradebook, folder: ClassFolder, path: Path, columns: Mapping[str, str], *, json: bool
) -> int:
    """Take a table's students in; the exit status."""
    chosen = {what: head for what, head in columns.items() if head}
    table = read_roster(read_bounded(path, MAX_ROSTER), chosen)
    done = students.enlist(book, roster_of(folder), table.lines)
    _note(folder, done)
    if json:
        console.print_json(vars(done))
    else:
        counts = f"{len(done.new)} new, {len(done.changed)} changed, {len(done.same)} as before"
        console.say(f"students: {counts}")
    if table.left_out and not table.has_names:
        console.warn(
            "–", "nobody has a name in this table, and hand-ins of Moodle and Canvas come under "
            f"names: if one of {', '.join(table.left_out)} is it, say so with --name, or with "
            "--first-name and --last-name",
        )  # fmt: skip
    for line in done.refused:
        console.warn("✗", line)
    if done.not_on_it:
        console.warn(
            "–", f"in the class, but not in this table: {', '.join(done.not_on_it)} "
            "(`course student drop` takes out who left)",
        )  # fmt: skip
    return console.WRONG if done.refused else console.DONE


def _show(book: Gradebook, roster: Roster, names: list[str], *, json: bool) -> None:
    found = sorted(
        (each for each in roster if not names or each.id in names), key=lambda s: (s.left, s.id)
    )
    handed_in = students.counts(book, [each.id for each in found])
    if json:
        console.print_json([{**vars(each), "handed_in": handed_in[each.id]} for each in found])
        return
    rows = [
        [
            each.id, each.full_name or "–", each.email or "–", each.lms_id or "–",
            each.language or "–", handed_in[each.id],
            f"dropped {each.left[:10]}" if each.left else "",
        ]
        for each in found
    ]  # fmt: skip
    heads = ["student", "name", "email", "number in the LMS", "language", "handed in", ""]
    console.table("Students", heads, rows)
