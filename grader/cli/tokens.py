"""The command that says who may hand in over the network."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import DEFAULT_CLASS, ClassDir
from grader.handed_in.whose import roster_of
from grader.network.tokens import TokenError, Tokens
from grader.release.course_dir import PRIVATE_FILE, ClassFolderError, open_class
from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.files import replace_file

HEADS = ["student", "email", "token"]


@console.sentences(ClassFolderError, TokenError)
def tokens(
    student: Annotated[
        list[str] | None, typer.Argument(help="Students; none to see who has a token.")
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--everybody", help="All students of the class: see `course student`.")
    ] = False,
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
    folder = open_class(class_dir)
    known = Tokens(folder)
    wanted = list(student or ())
    if everybody:
        wanted += [each.id for each in roster_of(folder) if not each.left]
    if take_away:
        gone = known.take_away(wanted)
        _tell({"taken_away": gone}, f"ended: {', '.join(gone) or 'none'}", json=json)
    elif wanted:
        roster = roster_of(folder)
        strange = sorted(set(wanted) - {each.id for each in roster})
        if strange and roster.is_told:
            console.warn("!", f"not on the roster: {', '.join(strange)}")
        unsent = _unsent(output)
        new = known.give(wanted, again=again)
        if new:
            kept = {s: token for s, token in unsent.items() if known.student_of(token) == s}
            _write(output, kept | new, {each.id: each.email for each in roster})
        told = {"given": sorted(new), "file": str(output) if new else None}
        had = len(set(wanted)) - len(new)
        count = f"{len(new)} new {'token' if len(new) == 1 else 'tokens'}"
        words = f"{count} in {output}: send each student theirs, then delete the file"
        sentence = f"{words}." if new else "Nobody got a new one."
        _tell(told, sentence + (f" {had} had one already." if had else ""), json=json)
    else:
        names = known.students()
        _tell({"students": names}, f"{len(names)} have a token: {', '.join(names)}", json=json)


def _unsent(path: Path) -> dict[str, str]:
    """Tokens by student that an earlier call wrote there, and nobody has sent and deleted yet."""
    try:
        heads, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8", errors="replace")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, csv.Error):
        heads, rows = [], []
    if heads != HEADS:
        console.fail(f"{path} is no file of tokens: name another one with --output")
    return {row[0]: row[2] for row in rows if len(row) == len(HEADS)}


def _write(path: Path, new: Mapping[str, str], emails: Mapping[str, str]) -> None:
    buffer = io.StringIO()
    rows = [(student, emails.get(student, ""), token) for student, token in sorted(new.items())]
    csv.writer(buffer).writerows([HEADS, *rows])
    replace_file(path.resolve(), buffer.getvalue(), PRIVATE_FILE)


def _tell(data: Mapping[str, object], words: str, *, json: bool) -> None:
    if json:
        console.print_json(data)
    else:
        console.say(console.clean(words))
