"""The command for what students ask of their feedback."""

from __future__ import annotations

import getpass
from shlex import quote
from typing import Annotated

import typer

from grader.classroom import requests as asking
from grader.classroom.requests import Request, RequestError
from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.release.course_dir import ClassFolder, ClassFolderError, open_class
from pix2net.cli import console
from pix2net.cli.options import Json

AT_LEAST = 4  # words: whose request, about what, and a text


@console.sentences(ClassFolderError, RequestError)
def requests(
    action: Annotated[
        str, typer.Argument(metavar="[list|add|answer]", help="What to do.")
    ] = "list",
    words: Annotated[
        list[str] | None,
        typer.Argument(help="For add and answer: STUDENT ASSIGNMENT TASK TEXT."),
    ] = None,
    points: Annotated[
        float | None, typer.Option(help="For answer: the points that the task has from now on.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="For list: the answered ones as well.")
    ] = False,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Show who asks for a second look at their feedback; enter a request, or answer one.

    `add` is for who asks you by mail or in class. The next `course feedback` shows request and
    answer on the student's page, at the exercise or question.
    """
    folder = open_class(class_dir)
    if action == "list":
        _show(folder, everything=everything, json=json)
        return
    if action not in ("add", "answer"):
        console.fail(f"there is no {action!r}: list, add or answer")
    if len(words or []) < AT_LEAST:
        what = "the reason" if action == "add" else "the answer"
        console.fail(f"say `course requests {action} STUDENT ASSIGNMENT TASK` and {what} in quotes")
    student, assignment, task, *rest = words or []
    text = " ".join(rest)
    if action == "add":
        done, _ = asking.ask(folder, student, assignment, task, text)
    else:
        request = asking.open_request(folder, student, assignment, task)
        done = _answer(folder, request, text, points)
    if json:
        console.print_json(done.as_json())
    else:
        words_for_it = "is answered" if done.answered else "waits for an answer"
        page = f"`course feedback --student {quote(student)} {assignment}` puts it on their page"
        console.say(console.clean(f"The request of {student} about {task} {words_for_it}: {page}."))


def _answer(folder: ClassFolder, request: Request, text: str, points: float | None) -> Request:
    """Give the points first: what fails then leaves the request open."""
    grader = getpass.getuser()
    asking.may_be_answered(text)
    if points is not None:
        from grader.classroom import by_hand  # slow to import

        with folder.gradebook() as book:
            by_hand.prepare(book.engine)
            whose = request.assignment, request.task, request.student
            try:
                by_hand.give(book.db(), *whose, points, grader)
            except by_hand.NotSaved as problem:
                raise RequestError(str(problem)) from None
    return asking.answer(folder, request, text, grader)


def _show(folder: ClassFolder, *, everything: bool, json: bool) -> None:
    found = [each for each in asking.all_requests(folder) if everything or each.is_open]
    lost = asking.unreadable(folder)
    if json:
        console.print_json([each.as_json() for each in found])
    elif found:
        heads = ["student", "assignment", "task", "asked", "why"]
        rows = [[r.student, r.assignment, r.task, r.day, r.reason] for r in found]
        if everything:
            heads.append("answer")
            rows = [[*row, r.answer or "–"] for row, r in zip(rows, found, strict=True)]
        console.table("Requests for a second look", heads, rows)
    else:
        console.say("Nobody waits for a second look.")
    for path in lost:
        console.warn("✗", f"{path} cannot be read: delete it, or put a copy in its place")
    raise typer.Exit(console.WRONG if lost else console.DONE)
