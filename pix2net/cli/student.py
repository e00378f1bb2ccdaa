"""Commands for a student: open the notebooks, see how far you are, hand in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pix2net import places
from pix2net.cli import console
from pix2net.cli.options import Browser, Json, Port
from pix2net.lab.launch import LabError


@console.sentences(LabError)
def lab(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="Where your notebooks are kept; a start says where that is and fills it.",
            show_default=False,
        ),
    ] = None,
    port: Port = None,
    browser: Browser = True,
) -> None:
    """Open JupyterLab on the notebooks."""
    from pix2net.lab.launch import lab as launch_lab

    raise typer.Exit(launch_lab(folder or places.work(), port=port, browser=browser))


def progress(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Where your notebooks are kept, as for lab.", show_default=False),
    ] = None,
    json: Json = False,
) -> None:
    """Show how far you are: chapters, exercises that pass, points."""
    from pix2net.desk.progress import course, table

    chosen = folder or places.work()
    if not chosen.is_dir():
        console.fail(f"there is no folder {chosen}: `course lab` makes one, or name yours")
    chapters = course(chosen)
    if json:
        console.print_json([vars(chapter) for chapter in chapters])
    else:
        console.say(console.clean(table(chapters)))


def submit(
    notebook: Annotated[list[Path], typer.Argument(help="Notebooks to hand in.")],
    student: Annotated[
        str | None, typer.Option("--student", "-s", help="Your name in the course (your login).")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for archives and packing slips.")
    ] = Path("handed-in"),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: Json = False,
) -> None:
    """Make the archive to hand in where there is no nbgrader exchange."""
    from pix2net.handing_in import pack

    name = student or pack.login_name()
    if name is None:
        console.fail("say whose work it is with --student NAME")
    results = [_hand_in(path, name, output, ask=not (yes or json), quiet=json) for path in notebook]
    if json:
        console.print_json(results)
    else:
        console.say("Give the archive to your instructor, who can give you a signed receipt.")
    complete = not any(result["missing"] for result in results)
    raise typer.Exit(console.DONE if complete else console.WRONG)


def _hand_in(path: Path, name: str, output: Path, *, ask: bool, quiet: bool) -> dict[str, Any]:
    """Look through a notebook, say what is missing, pack it; what came of it as plain data."""
    from pix2net.handing_in import pack, survey

    if not path.is_file():
        console.fail(f"{path} is no file")
    say = (lambda text: None) if quiet else console.say
    try:
        tasks = survey.survey(path)
        missing = [task for task in tasks if not task.done]
        say(f"{path.stem}: {len(tasks) - len(missing)} of {len(tasks)} tasks done")
        for task in missing:
            say(console.clean(f"  ✗ {task.name}: {task.message}"))
        if missing and ask and sys.stdin.isatty():
            typer.confirm("Hand it in as it is?", abort=True)
        packed = pack.pack(path, name, output)
    except (survey.SurveyError, pack.PackError, OSError) as error:
        console.fail(error)
    say(console.clean(f"  {packed.archive}"))
    say(console.clean(f"  sha256 {packed.digest[:12]}… in {packed.slip.name}"))
    return {**packed.as_json(), "missing": [vars(task) for task in missing]}
