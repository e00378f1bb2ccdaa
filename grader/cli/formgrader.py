"""The command that opens formgrader for an instructor."""

from __future__ import annotations

import typer

from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.nbgrader_plugins.launch import formgrader as launch_formgrader
from grader.release.course_dir import ClassFolderError, open_class
from pix2net.cli import console
from pix2net.cli.options import Browser, Port
from pix2net.lab.launch import LabError


@console.sentences(ClassFolderError, LabError)
def formgrader(
    port: Port = None,
    browser: Browser = True,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Open nbgrader's formgrader on the class: grade answers in words, look at submissions."""
    raise typer.Exit(launch_formgrader(open_class(class_dir).root, port=port, browser=browser))
