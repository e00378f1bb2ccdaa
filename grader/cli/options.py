"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.release.course_dir import DEFAULT
from grader.sandbox import Wall

ClassDir = Annotated[
    Path, typer.Option("--class-dir", help="The class folder (an nbgrader course directory).")
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="Submissions at a time (0: one a core).")
]
Unsafe = Annotated[
    bool,
    typer.Option(
        "--unsafe-no-sandbox",
        help="Run student code without the sandbox; recorded in the results.",
    ),
]
WallChoice = StrEnum("WallChoice", ["bubblewrap", "container"])
ChosenWall = Annotated[
    WallChoice,
    typer.Option(
        "--wall",
        help="container: a weaker wall, for root in a container that allows no name spaces; "
        "recorded in the results.",
    ),
]
Assignments = Annotated[
    list[str] | None, typer.Argument(help="Chapters such as 02_knn; all if none is named.")
]
DEFAULT_CLASS = DEFAULT
USUAL = WallChoice.bubblewrap


def wall_of(chosen: WallChoice, *, unsafe: bool = False) -> Wall:
    """What two options say that student code is to run behind."""
    if unsafe:
        return "none"
    return "container" if chosen is WallChoice.container else "bubblewrap"
