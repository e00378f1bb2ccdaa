"""The command with which a learner asks for a second look at their feedback."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.handing_in.service import Service, ServiceError, joined
from pix2net.judging.wording import worded


@console.sentences(ServiceError)
def ask(
    assignment: Annotated[str, typer.Argument(help="Such as 02_knn, or its notebook.")],
    task: Annotated[
        str | None,
        typer.Argument(help="The exercise or question; none to see what you have asked."),
    ] = None,
    reason: Annotated[str | None, typer.Argument(help="Why, in quotes.")] = None,
    json: Json = False,
) -> None:
    """Ask your graders for a second look at an exercise or question, at the service you joined."""
    where = joined()
    if where is None:
        console.fail(
            worded(
                "this machine has joined no class: `course join ADDRESS` does, or ask your "
                "instructor, who can enter your request"
            )
        )
    name = Path(assignment).name.removesuffix(".ipynb")
    service = Service(where)
    if task is None:
        found = service.requests(name)
    elif reason is None:
        console.fail(worded("say why you ask about {task}, in quotes", task=task))
    else:
        found = [service.ask(name, task, reason)]
    if json:
        console.print_json(found)
        return
    for each in found:
        console.say(console.clean(_told(each)))
    if not found:
        told = worded("You have asked nothing about {name}.", name=name)
        console.say(console.clean(told))


def _told(request: dict[str, Any]) -> str:
    answer = worded("It waits for a grader.")
    if request.get("answered"):
        answer = worded("Answer: {answer}", answer=request["answer"])
    return f"{request.get('task')}: {request.get('reason')}\n  {answer}"
