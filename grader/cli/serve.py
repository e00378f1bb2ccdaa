"""The command that lets a class hand in over the network."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

import typer

from grader.classroom.policy import PolicyError
from grader.cli.options import DEFAULT_CLASS, USUAL, ChosenWall, ClassDir, Jobs, wall_of
from grader.network.line import NoGrading
from grader.network.run import ServeError, Where, alone
from grader.network.run import serve as run
from grader.network.tokens import TokenError
from grader.release.course_dir import ClassFolderError, open_class
from pix2net.cli import console
from pix2net.handing_in.receipt import ReceiptError

EXPECTED = (ClassFolderError, NoGrading, PolicyError, ReceiptError, TokenError, ServeError)


@console.sentences(*EXPECTED)
def serve(
    address: Annotated[str, typer.Option(help="Of this machine, to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any free one.")] = 8010,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="A proxy in front does TLS and says who asks (X-Forwarded-For, -Proto).",
        ),
    ] = False,
    prefix: Annotated[
        str, typer.Option(help="Of all addresses, where a proxy passes a part of a site on.")
    ] = "/",
    jobs: Jobs = 1,
    wall: ChosenWall = USUAL,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Let a class fetch, hand in and get feedback over the network; ends with Ctrl-C."""
    folder = open_class(class_dir)
    if not re.fullmatch(r"[\w./~-]*", prefix, re.ASCII):
        console.fail(f"{prefix!r} is no path of a site: letters, digits, -, _, ., ~ and / make one")
    where = _of_hub(behind_proxy) or Where(
        address, port, behind_proxy, f"/{prefix.strip('/')}/".replace("//", "/")
    )
    if not where.hub and not (folder.root / "tokens.json").is_file():
        console.warn("!", "nobody has a token yet: `course tokens STUDENT...` makes them")

    def say(where_it_is: str) -> None:
        console.say(console.clean(f"Hand-ins are taken at {where_it_is} until Ctrl-C."))

    with alone(folder):
        asyncio.run(run(folder, where, jobs, wall_of(wall), say))


def _of_hub(behind_proxy: bool) -> Where | None:
    """Where a JupyterHub wants us to answer; None if none has started us."""
    import os

    if not os.environ.get("JUPYTERHUB_SERVICE_PREFIX"):
        return None
    from grader.network import hub  # an extra of its own

    found = hub.address()
    if found is None or not hub.is_service():
        console.fail("the hub does not say where it expects this service: give it a `url` there")
    return Where(*found, proxied=True, prefix=os.environ[hub.PREFIX], hub=True)
