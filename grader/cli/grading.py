"""The command that grades: a class, or notebook files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from grader.classroom.classwide import Event, Options, grade_class
from grader.classroom.records import Records
from grader.classroom.shown import shown_before_the_last
from grader.cli.check import EXPECTED as CHECKING
from grader.cli.check import show
from grader.cli.options import (
    DEFAULT_CLASS,
    USUAL,
    Assignments,
    ChosenWall,
    ClassDir,
    Jobs,
    Unsafe,
    wall_of,
)
from grader.grading.how import How
from grader.grading.released import released_assignments
from grader.grading.single import grade_file
from grader.grading.verdict import NotebookVerdict
from grader.handed_in.submitted import strays
from grader.release.course_dir import ClassFolderError, open_class
from grader.reports.changes import changes
from pix2net.cli import console
from pix2net.cli.options import Json, Spoken

EXPECTED = (*CHECKING, ClassFolderError)
HEADS = (
    "assignment", "notebooks", "mean score", "of", "repaired", "not plainly graded", "s each",
)  # fmt: skip
STOPPED = "stopped; what was graded is kept, and the same command goes on from there"


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
    regrade: Annotated[
        bool,
        typer.Option("--regrade", help="Grade again, and show whose score changed and why."),
    ] = False,
    figures: Annotated[
        bool,
        typer.Option("--figures", help="Also run the demonstrations, for who looks at notebooks."),
    ] = False,
    same_inputs: Annotated[
        bool,
        typer.Option(
            "--same-inputs",
            help="Keep the hidden inputs, although results were shown before the latest hand-in.",
        ),
    ] = False,
    scheduler: Annotated[
        str, typer.Option(help="Address of a Dask scheduler whose workers grade, tcp://...")
    ] = "",
    language: Spoken = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
    wall: ChosenWall = USUAL,
    unsafe: Unsafe = False,
) -> None:
    """Grade what was collected, in parallel, into the gradebook; or notebook files.

    An argument that ends in .ipynb is a notebook file; it is graded without a gradebook.
    """
    names = what or []
    files = [Path(name) for name in names if name.endswith(".ipynb")]
    if files and len(files) < len(names):
        console.fail("name either notebook files or assignments, not both")
    how = How(wall=wall_of(wall, unsafe=unsafe), figures=figures)
    if files:
        verdicts: Iterator[NotebookVerdict] = (grade_file(file, how.sandbox) for file in files)
        right = report(verdicts, json=json)
    else:
        options = Options(jobs, how, again=again or regrade, scheduler=scheduler)
        try:
            renewed = [] if same_inputs else renew(class_dir, names)
            with changed(class_dir, shown=(regrade or bool(renewed)) and not json):
                right = grade_folder(class_dir, names, student, options, json=json)
        except KeyboardInterrupt:
            console.fail(STOPPED)
    raise typer.Exit(console.DONE if right else console.WRONG)


def grade_folder(
    class_dir: Path,
    assignments: Sequence[str],
    students: Sequence[str] | None,
    options: Options,
    *,
    json: bool = False,
) -> bool:
    """Grade a class with a progress bar and a summary; whether everything was graded and right."""
    right = True
    found = Summary()
    with Bar(quiet=json) as bar:
        for verdict in grade_class(class_dir, assignments, students, options, on_event=bar.event):
            right = right and verdict.passed
            found.add(verdict)
            if json:
                console.print_json(verdict.as_json())
    if not json:
        found.show()
    left_out = [] if students else list(strays(open_class(class_dir)))
    for stray in left_out:
        whose = f" ({stray.student})" if stray.student else ""
        console.warn("✗", f"not graded: {stray.source}{whose}: {stray.reason}")
    return right and not left_out


def renew(class_dir: Path, names: Sequence[str]) -> list[str]:
    """Give assignments new hidden inputs whose results were shown before their last hand-in.

    Returns:
        The names of those that have new ones, which it says on stderr.
    """
    folder = open_class(class_dir)
    wanted = shown_before_the_last(folder, names or released_assignments(folder))
    if not wanted:
        return []
    from grader.exercises.registry import chapter_named  # slow to import, and seldom needed
    from grader.keys.workshop import Workshop
    from grader.release.build import changed_since
    from grader.release.release import renew_key

    renewed, workshop = [], Workshop.of_this_machine()
    for name in wanted:
        chapter = chapter_named(name)
        if chapter is None or changed_since(folder, chapter):
            why = ["its exercises are not those that were released; `course release` it again"]
        else:
            why = renew_key(folder, chapter, workshop)
        if why:
            console.warn("!", f"{name}: results were shown, and its hidden inputs stay: {why[0]}")
            continue
        renewed.append(name)
        console.warn(
            "!",
            f"{name}: results were shown before the last hand-in, so all of it is graded on new "
            "hidden inputs (--same-inputs keeps the old ones)",
        )
    return renewed


@contextmanager
def changed(class_dir: Path, *, shown: bool) -> Iterator[None]:
    """Show, after the block has graded again, whose score is another one and why."""
    if not shown:
        yield
        return
    records = Records(class_dir)
    before = {(v.student, v.assignment): v for v in records.all()}
    yield
    again = ((before.get((v.student, v.assignment)), v) for v in records.all())
    rows = [
        [c.student, c.assignment, c.exercise, c.before, c.after, c.why]
        for old, new in again
        if old is not None
        for c in changes(old, new)
    ]
    if rows:
        heads = ["student", "assignment", "exercise", "before", "now", "why"]
        console.table("Changed by grading again; scores that a person gave stay", heads, rows)
    else:
        console.say("Grading again changed no score.")


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
        elif self._steps is not None and event.kind == "done":
            how = " (as before)" if event.resumed else ""
            now = f"; now {', '.join(event.active)}" if event.active else ""
            self._steps.advance(f"{event.student} {event.assignment}{how}{now}")
        elif self._steps is not None and event.active:
            self._steps.tell(f"now {', '.join(event.active)}")


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


@dataclass
class Row:
    """What is known of one assignment's notebooks so far."""

    of: float
    count: int = 0
    score: float = 0.0
    seconds: float = 0.0
    repaired: int = 0
    states: Counter[str] = field(default_factory=Counter)


class Summary:
    """A class's grading in one table, a line an assignment, and whom something happened to."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._whom: dict[tuple[str, str], list[str]] = {}  # assignment and what happened

    def add(self, verdict: NotebookVerdict) -> None:
        """Count one verdict."""
        row = self._rows.setdefault(verdict.assignment, Row(verdict.max_score))
        row.count += 1
        row.score += verdict.score
        row.seconds += verdict.seconds
        row.repaired += bool(verdict.repairs)
        row.states[verdict.status] += 1
        for what in happened(verdict):
            self._whom.setdefault((verdict.assignment, what), []).append(verdict.student or "?")

    def show(self) -> None:
        """Print the table."""
        rows = []
        for name, row in sorted(self._rows.items()):
            others = ", ".join(f"{n} {s}" for s, n in sorted(row.states.items()) if s != "graded")
            rows.append([name, row.count, row.score / row.count, row.of, row.repaired,
                         others or "–", row.seconds / row.count])  # fmt: skip
        console.table("Graded", HEADS, rows)
        whom = [[name, what, ", ".join(sorted(s))] for (name, what), s in self._whom.items()]
        if whom:
            heads = ["assignment", "what grading met", "students"]
            console.table("To know", heads, sorted(whom))


def happened(verdict: NotebookVerdict) -> Iterator[str]:
    """What was not plain about a notebook: why its status is another one, what was repaired."""
    if verdict.reason:
        yield f"{verdict.status}: {verdict.reason}"
    elif verdict.status != "graded":
        where = [name for name, v in verdict.exercises.items() if v.status == verdict.status]
        yield f"{verdict.status} in {', '.join(where)}" if where else verdict.status
    yield from verdict.repairs
