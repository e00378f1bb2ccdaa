"""The command that tells this machine where a class hands in over the network."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.handing_in.service import Joined, Service, ServiceError, must_be_safe
from pix2net.judging.wording import worded


@console.sentences(ServiceError)
def join(
    address: Annotated[str, typer.Argument(help="Of your class's service: https://...")],
    token: Annotated[
        str | None, typer.Option(help="What your instructor gave you; it is asked for if left out.")
    ] = None,
    json: Json = False,
) -> None:
    """Say once where your class hands in over the network; then `course submit` does."""
    url = must_be_safe(address)
    where = Joined(url, (token or typer.prompt(worded("Your token"), hide_input=True)).strip())
    told = Service(where).me()
    known = {name: str(told.get(name, "")) for name in ("student", "course", "public_key")}
    path = replace(where, **known).save()
    if json:
        console.print_json({"url": url, **known, "file": str(path)})
    else:
        said = worded("You are {student} in {course} at {url}.", url=url, **known)
        console.say(console.clean(said))
        console.say(worded("`course submit` hands in there, and so does the Assignment List."))
