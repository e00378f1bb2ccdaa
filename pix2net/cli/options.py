"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from pix2net.judging import wording

Json = Annotated[bool, typer.Option("--json", help="Print machine-readable results alone.")]
Port = Annotated[
    int | None, typer.Option(min=1, max=65535, help="Port on this machine: 1 to 65535.")
]


def _language(name: str | None) -> str | None:
    try:
        return wording.language_of(name or "")
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


Language = Annotated[
    str | None,
    typer.Option(
        callback=_language,
        envvar=wording.VARIABLE,
        help="Such as zh for Chinese (default: English).",
    ),
]


def _spoken(ctx: typer.Context, name: str | None) -> str | None:
    """The same, and whatever the command says is in that language."""
    language = _language(name)
    ctx.with_resource(wording.speaking(language))
    return language


Spoken = Annotated[
    str | None,
    typer.Option(
        "--language",
        callback=_spoken,
        envvar=wording.VARIABLE,
        help="Of students who have none of their own, and of pages: such as zh.",
    ),
]
Browser = Annotated[bool, typer.Option(help="Open a browser.")]
