"""Commands that judge: one exercise, one notebook, a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from grader.cli import console
from grader.cli.options import DEFAULT_CLASS, Assignments, ClassDir, Jobs, Json, Unsafe
from grader.exercises import DefinitionError
from grader.grading.classwide import Event, Options, grade_class
from grader.grading.release import GradingError
from grader.grading.single import FileProblem, check_file, grade_file
from grader.grading.verdict import NotebookVerdict
from grader.kit.judge import ExerciseVerdict
from grader.kit.key import KeyFileError
from grader.kit.render import as_text
from grader.release.course_dir import ClassFolderError
from grader.sandbox import SandboxFailure, SandboxUnavailable

EXPECTED = (
    ClassFolderError, DefinitionError, FileProblem, GradingError, KeyFileError, SandboxFailure,
    SandboxUnavailable,
)  # fmt: skip


@console.sentences(*EXPECTED)
def check(
    exercise: Annotated[str, typer.Argument(help="Name of an exercise, such as l2_distances.")],
    file: Annotated[Path, typer.Argument(help="A Python file or notebook that defines it.")],
    json: Json = False,
    unsafe: Unsafe = False,
) -> None:
    """Grade one exercise out of a file, with the hidden checks, in the sandbox."""
    verdict = check_file(exercise, file, unsafe=unsafe)
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


@console.sentences(*EXPECTED)
def grade(
    what: Assignments = None,
    student: Annotated[
        list[str] | None, typer.Option("--student", "-s", help="Only this student.")
    ] = None,
    jobs: Jobs = 0,
    again: Annotated[
        bool, typer.Option("--again", help="Also what has been graded already.")
    ] = False,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
    unsafe: Unsafe = False,
) -> None:
    """Grade what was collected, in parallel, into the gradebook; or notebook files.

    An argument that ends in .ipynb is a notebook file; it is graded without a gradebook.
    """
    names = what or []
    files = [Path(name) for name in names if name.endswith(".ipynb")]
    if files and len(files) < len(names):
        console.fail("name either notebook files or assignments, not both")
    if files:
        verdicts: Iterator[NotebookVerdict] = (grade_file(file, unsafe=unsafe) for file in files)
        right = report(verdicts, json=json)
    else:
        options = Options(jobs=jobs, unsafe=unsafe, again=again)
        right = grade_folder(class_dir, names, student, options, json=json)
    raise typer.Exit(console.DONE if right else console.WRONG)


def grade_folder(
    class_dir: Path,
    assignments: Sequence[str],
    students: Sequence[str] | None,
    options: Options,
    *,
    json: bool = False,
) -> bool:
    """Grade a class with a progress bar and a summary; whether everything was right."""
    bar = Bar(quiet=json)
    with bar:
        verdicts = grade_class(class_dir, assignments, students, options, on_event=bar.event)
        right = True
        found = []
        for verdict in verdicts:
            right = right and verdict.passed
            found.append(verdict)
            if json:
                console.print_json(verdict.as_json())
    if not json:
        summary(found)
    return right


class Bar:
    """Progress of a class's grading, driven by its events."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._steps: console.Steps | None = None
        self._context = console.nothing()

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *problem: object) -> None:
        self._context.__exit__(None, None, None)

    def event(self, event: Event) -> None:
        """Show one event."""
        if event.kind == "found":
            self._context = console.progress("graded", event.total, quiet=self._quiet)
            self._steps = self._context.__enter__()
        elif event.kind == "done" and self._steps is not None:
            how = " (as before)" if event.resumed else ""
            self._steps.advance(f"{event.student} {event.assignment}{how}")


def report(verdicts: Iterator[NotebookVerdict], *, json: bool) -> bool:
    """Print verdicts on single files; whether everything was right."""
    right = True
    for verdict in verdicts:
        right = right and verdict.passed
        if json:
            console.print_json(verdict.as_json())
            continue
        console.say(f"[bold]{console.clean(verdict.notebook)}[/]: {verdict.score:g} of "
                    f"{verdict.max_score:g} points, {verdict.status}")  # fmt: skip
        for remark in (verdict.reason, *verdict.repairs, *verdict.notes):
            if remark:
                console.say(f"  {console.clean(remark)}")
        for item in verdict.exercises.values():
            show(item)
    return right


def summary(verdicts: Sequence[NotebookVerdict]) -> None:
    """A table of a class's grading: one line an assignment."""
    rows = []
    for name in sorted({verdict.assignment for verdict in verdicts}):
        own = [verdict for verdict in verdicts if verdict.assignment == name]
        other = sorted({v.status for v in own if v.status != "graded"})
        mean = sum(v.score for v in own) / len(own)
        seconds = sum(v.seconds for v in own) / len(own)
        repaired = sum(bool(v.repairs) for v in own)
        states = ", ".join(f"{sum(v.status == s for v in own)} {s}" for s in other)
        rows.append([name, len(own), mean, own[0].max_score, repaired, states or "–", seconds])
    console.table(
        "Graded",
        ["assignment", "notebooks", "mean score", "of", "repaired", "not plainly graded", "s each"],
        rows,
    )
