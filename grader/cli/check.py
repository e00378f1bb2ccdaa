"""The command that judges one exercise out of a file; it imports nothing that takes long."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import USUAL, ChosenWall, Unsafe, wall_of
from grader.exercises import DefinitionError
from grader.grading.how import How
from grader.grading.released import GradingError
from grader.grading.single import FileProblem, check_file
from grader.sandbox import SandboxFailure, SandboxUnavailable
from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.desk.render import as_text
from pix2net.judging.answer_key import KeyFileError
from pix2net.judging.judge import ExerciseVerdict

EXPECTED = (
    DefinitionError, FileProblem, GradingError, KeyFileError, SandboxFailure, SandboxUnavailable,
)  # fmt: skip


@console.sentences(*EXPECTED)
def check(
    exercise: Annotated[str, typer.Argument(help="Name of an exercise, such as l2_distances.")],
    file: Annotated[Path, typer.Argument(help="A Python file or notebook that defines it.")],
    json: Json = False,
    wall: ChosenWall = USUAL,
    unsafe: Unsafe = False,
) -> None:
    """Grade one exercise out of a file, with the hidden checks, in the sandbox."""
    verdict = check_file(exercise, file, How(wall=wall_of(wall, unsafe=unsafe)).sandbox)
    if json:
        console.print_json(verdict.as_json())
    else:
        show(verdict)
    raise typer.Exit(console.DONE if verdict.passed else console.WRONG)


def show(verdict: ExerciseVerdict) -> None:
    """Print one verdict for a person."""
    reason = f" ({verdict.reason})" if verdict.reason else ""
    head = f"{verdict.score:g} of {verdict.max_score:g} points, {verdict.status}{reason}"
    console.say(console.clean(f"{as_text(verdict)}\n  {head}"))
