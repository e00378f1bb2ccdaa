"""Commands for a student: open the notebooks, see how far you are, hand in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pix2net import places
from pix2net.cli import console
from pix2net.cli.options import Browser, Json, Language, Port
from pix2net.files import Rejected, read_bounded
from pix2net.judging.wording import translated, worded
from pix2net.lab.launch import LabError

if TYPE_CHECKING:
    from pix2net.handing_in.service import Joined
    from pix2net.handing_in.survey import Standing

PACKED = Path("handed-in")  # the folder of archives, where no other one is named


@console.sentences(LabError)
def lab(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="Where your notebooks are kept; a start says where that is and fills it.",
            show_default=False,
        ),
    ] = None,
    language: Language = None,
    port: Port = None,
    browser: Browser = True,
) -> None:
    """Open JupyterLab on the notebooks."""
    from pix2net.lab.launch import lab as launch_lab

    work = folder or places.work()
    raise typer.Exit(launch_lab(work, language=language, port=port, browser=browser))


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
        console.fail(
            worded(
                "there is no folder {folder}: `course lab` makes one, or name yours", folder=chosen
            )
        )
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
        Path | None,
        typer.Option(
            "--output", "-o", help="Make archives and packing slips in this folder, and send none."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: Json = False,
) -> None:
    """Hand in at the service that you joined, or make the archive for your instructor."""
    from pix2net.handing_in import pack
    from pix2net.handing_in.service import joined

    where = joined()
    if where is not None and output is None:
        _send(notebook, where, ask=not (yes or json), json=json)
    name = pack.login_name() if student is None else student
    if name is None:
        console.fail(worded("say whose work it is with --student NAME"))
    folder = output or PACKED
    results: list[dict[str, Any]] = []
    with _told_at_the_end(results, json=json):
        for path in notebook:
            results.append(_hand_in(path, name, folder, ask=not (yes or json), quiet=json))
    if not json:
        console.say(
            worded("Give the archive to your instructor, who can give you a signed receipt.")
        )
    complete = not any(result["missing"] for result in results)
    raise typer.Exit(console.DONE if complete else console.WRONG)


@contextmanager
def _told_at_the_end(results: list[dict[str, Any]], *, json: bool) -> Iterator[None]:
    """Print as JSON what was handed in, also where a later notebook could not be."""
    try:
        yield
    finally:
        if json and results:
            console.print_json(results)


def _send(notebooks: list[Path], where: Joined, *, ask: bool, json: bool) -> NoReturn:
    """Hand notebooks in over the network, and end the command."""
    from pix2net.handing_in.exchange import keep_receipt
    from pix2net.handing_in.service import Service, ServiceError

    results: list[dict[str, Any]] = []
    say = (lambda text: None) if json else console.say
    with _told_at_the_end(results, json=json):
        for path in notebooks:
            missing = _look_through(path, say, ask=ask)
            try:
                told = Service(where).submit(path.stem, read_bounded(path.resolve()))
                kept = keep_receipt(told, path.stem, path.resolve().parent)
            except (ServiceError, OSError) as error:
                console.fail(error)
            except Rejected as problem:
                console.fail(f"{path}: {translated(problem.reason)}")
            received = worded("received as attempt {n}", n=told.get("attempt"))
            if told.get("place"):
                received += worded(", number {n} in the queue", n=told["place"])
            say(console.clean(f"  ✓ {received}"))
            say(console.clean("  " + worded("signed receipt: {file}", file=kept)))
            results.append({**told, "file": str(kept), "missing": [vars(task) for task in missing]})
    complete = not any(result["missing"] for result in results)
    raise typer.Exit(console.DONE if complete else console.WRONG)


def _look_through(path: Path, say: Callable[[str], None], *, ask: bool) -> list[Standing]:
    """Say what of a notebook is not done, and give that back."""
    from pix2net.handing_in import survey

    if not path.is_file():
        console.fail(worded("{path} is no file", path=path))
    try:
        tasks = survey.survey(path)
    except (survey.SurveyError, OSError) as error:
        console.fail(error)
    missing = [task for task in tasks if not task.done]
    done = len(tasks) - len(missing)
    say(worded("{name}: {done} of {all} tasks done", name=path.stem, done=done, all=len(tasks)))
    for task in missing:
        say(console.clean(f"  ✗ {task.name}: {task.message}"))
    if missing and ask and sys.stdin.isatty():
        typer.confirm(worded("Hand it in as it is?"), abort=True)
    return missing


def _hand_in(path: Path, name: str, output: Path, *, ask: bool, quiet: bool) -> dict[str, Any]:
    """Look through a notebook, say what is missing, pack it; what came of it as plain data."""
    from pix2net.handing_in import pack

    say = (lambda text: None) if quiet else console.say
    missing = _look_through(path, say, ask=ask)
    try:
        packed = pack.pack(path, name, output)
    except pack.PackError as error:
        console.fail(error)
    except OSError as error:
        console.fail(
            worded(
                "{folder} cannot be written ({reason}): name another folder with --output FOLDER",
                folder=output,
                reason=error.strerror or error,
            )
        )
    say(console.clean(f"  {packed.archive}"))
    slip = worded("sha256 {digest}… in {file}", digest=packed.digest[:12], file=packed.slip.name)
    say(console.clean(f"  {slip}"))
    return {**packed.as_json(), "missing": [vars(task) for task in missing]}
