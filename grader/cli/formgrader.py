"""The command that opens formgrader for an instructor."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli import console
from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.nbgrader_plugins.launch import formgrader as launch_formgrader
from grader.release.course_dir import ClassFolderError, open_class
from pix2net.lab.launch import LabError


@console.sentences(ClassFolderError, LabError)
def formgrader(
    port: Annotated[int | None, typer.Option(help="Port on this machine.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Open nbgrader's formgrader on the class: grade answers in words, look at submissions."""
    launch_formgrader(open_class(class_dir).root, port=port, browser=browser)
