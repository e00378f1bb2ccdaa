"""Commands for a student."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.console import sentences
from grader.lab.launch import WORK, LabError
from grader.lab.launch import lab as launch_lab


@sentences(LabError)
def lab(
    folder: Annotated[
        Path, typer.Argument(help="Where your notebooks are kept; filled on the first start.")
    ] = WORK,
    port: Annotated[int | None, typer.Option(help="Port on this machine.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Open JupyterLab on the notebooks."""
    launch_lab(folder, port=port, browser=browser)
