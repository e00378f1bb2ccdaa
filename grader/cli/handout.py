"""The command that puts together what an instructor gives to a class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.release.course_dir import ClassFolderError, open_class
from grader.release.handout import Handout, make_handout
from grader.release.package import PackageError
from pix2net.cli import console
from pix2net.cli.options import Json, Language


@console.sentences(ClassFolderError, PackageError)
def handout(
    assignment: Annotated[
        list[str] | None,
        typer.Argument(help="Released chapters such as 02_knn; all if none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to put it in.")] = Path(
        "handout"
    ),
    language: Language = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Put together what a class gets: notebooks, the package, files that start it."""
    made: Handout = make_handout(open_class(class_dir), assignment or (), output, language=language)
    if json:
        paths = {"folder": str(made.folder), "archive": str(made.archive)}
        console.print_json({**paths, "chapters": list(made.chapters)})
        return
    console.say(f"{', '.join(made.chapters)}:")
    console.say(console.clean(f"  {made.archive}"))
    console.say("Give the archive to your class; “START HERE” in it says what to do.")
