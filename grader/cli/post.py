"""The command that sends grades to a learning-management system."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

from grader.cli.options import DEFAULT_CLASS, Assignments, ClassDir
from grader.network.posting import Platform, PostError
from grader.release.course_dir import ClassFolder, ClassFolderError, open_class
from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.handing_in.service import ServiceError, must_be_safe

System = StrEnum("System", ["canvas", "lti"])
TOKEN = "CANVAS_TOKEN"


@console.sentences(ClassFolderError, PostError, ServiceError)
def post(
    assignments: Assignments = None,
    to: Annotated[
        System, typer.Option("--to", help="canvas, or lti for all that speak LTI 1.3.")
    ] = System.canvas,
    address: Annotated[str, typer.Option(help="Of Canvas, such as https://canvas.example.")] = "",
    course: Annotated[str, typer.Option(help="The course's number in Canvas.")] = "",
    student: Annotated[
        list[str] | None, typer.Option("--student", "-s", help="Only this student.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be sent.")
    ] = False,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Send grades to Canvas or by LTI 1.3, where `course export` writes files."""
    from grader.reports.grades import grades_in

    folder = open_class(class_dir)
    with folder.gradebook() as gradebook:
        grades = grades_in(gradebook, assignments or (), student or ())
    unknown = sorted(set(assignments or ()) - {g.assignment for g in grades})
    if unknown or not grades:
        console.fail(f"there are no grades of {', '.join(unknown) or 'this class'} yet")
    if dry_run:
        rows = [
            [g.student, g.assignment, g.score, g.max_score] for g in grades if g.score is not None
        ]
        console.table("Would be sent", ["student", "assignment", "score", "of"], rows)
        return
    posted = _platform(to, folder, address, course).post(grades)
    missing = [row for row in posted.left if row[2] != "nothing was handed in"]
    if json:
        console.print_json({"sent": posted.sent, "left": posted.left})
    else:
        console.say(f"{len(posted.sent)} grades were taken.")
        for who, what, why in missing:
            console.warn("✗", f"{who} {what}: {why}")
        waiting = {(g.student, g.assignment) for g in grades if g.waiting} & set(posted.sent)
        if waiting:
            console.warn("–", f"{len(waiting)} of them still wait for a person to grade a part")
    raise typer.Exit(console.WRONG if missing else console.DONE)


def _platform(to: System, folder: ClassFolder, address: str, course: str) -> Platform:
    """The system that grades are sent to."""
    try:
        if to is System.lti:
            from grader.network.lti import LtiPlatform, registered  # an extra of its own

            return LtiPlatform(registered(folder.root))
        from grader.network.canvas import CanvasCourse
    except ModuleNotFoundError as error:
        raise PostError(f"{error.name} is not installed: run `make setup` in the clone") from None
    token = os.environ.get(TOKEN, "")
    if not (address and course and token):
        raise PostError(
            f"Canvas needs --address, --course and a token in the variable {TOKEN} (in Canvas: "
            "Account, Settings, New Access Token)"
        )
    return CanvasCourse(must_be_safe(address), token, course)
