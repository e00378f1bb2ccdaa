"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.release.course_dir import DEFAULT

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
Assignments = Annotated[
    list[str] | None, typer.Argument(help="Chapters such as 02_knn; all if none is named.")
]
DEFAULT_CLASS = DEFAULT
