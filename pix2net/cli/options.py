"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print machine-readable results alone.")]
Port = Annotated[
    int | None, typer.Option(min=1, max=65535, help="Port on this machine: 1 to 65535.")
]
Browser = Annotated[bool, typer.Option(help="Open a browser.")]
