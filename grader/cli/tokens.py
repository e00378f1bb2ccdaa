"""The command that says who may hand in over the network."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.network.roster import Roster, RosterError, written_in
from grader.release.course_dir import PRIVATE_FILE, ClassFolderError, open_class
from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.files import replace_file


@console.sentences(ClassFolderError, RosterError)
def tokens(
    student: Annotated[
        list[str] | None, typer.Argument(help="Students; none to see who has a token.")
    ] = None,
    from_file: Annotated[
        Path | None,
        typer.Option("--from", help="A file with a name a line, or a CSV whose first column is."),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where new tokens are written, this once.")
    ] = Path("tokens.csv"),
    again: Annotated[
        bool, typer.Option("--again", help="New ones also for who has one, which ends.")
    ] = False,
    take_away: Annotated[
        bool, typer.Option("--take-away", help="End the tokens of these students.")
    ] = False,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Give students the tokens with which they hand in over the network."""
    roster = Roster(open_class(class_dir))
    wanted = [*(student or ()), *(written_in(from_file) if from_file else ())]
    if take_away:
        gone = roster.take_away(wanted)
        _tell({"taken_away": gone}, f"{len(gone)} tokens are ended.", json=json)
    elif wanted:
        new = roster.give(wanted, again=again)
        if new:
            _write(output, new)
        told = {"given": sorted(new), "file": str(output) if new else None}
        had = len(set(wanted)) - len(new)
        words = f"{len(new)} new tokens in {output}: send each student theirs, then delete the file"
        sentence = f"{words}." if new else "Nobody got a new one."
        _tell(told, sentence + (f" {had} had one already." if had else ""), json=json)
    else:
        names = roster.students()
        _tell({"students": names}, f"{len(names)} have a token: {', '.join(names)}", json=json)


def _write(path: Path, new: dict[str, str]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("student", "token"), *sorted(new.items())])
    replace_file(path.resolve(), buffer.getvalue(), PRIVATE_FILE)


def _tell(data: Mapping[str, object], words: str, *, json: bool) -> None:
    if json:
        console.print_json(data)
    else:
        console.say(console.clean(words))
