"""Commands for an author and a releasing instructor: build, verify, release, collect."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from grader.cli.options import DEFAULT_CLASS, Assignments, ClassDir
from grader.cli.translate import Chapters, named, show_untranslated
from grader.exercises import DefinitionError
from grader.exercises.registry import chapters, pages
from grader.handed_in import receipts, signing
from grader.handed_in.collect import CollectResult
from grader.handed_in.collect import collect as collect_class
from grader.keys.remembered import Store
from grader.keys.verify import verify_chapter
from grader.keys.workshop import Workshop
from grader.release.build import build as build_class
from grader.release.course_dir import ClassFolderError, open_class
from grader.release.release import ReleaseResult
from grader.release.release import release as release_class
from grader.weave.committed import Written, write
from grader.weave.rehearsal import Rehearsal, rehearse
from grader.weave.source import SourceError
from grader.weave.stub import StubError
from grader.weave.weave import why_not_woven
from pix2net.cli import console
from pix2net.cli.options import Json, Language
from pix2net.files import cache_folder
from pix2net.handing_in.receipt import FOLDER, ReceiptError

EXPECTED = (ClassFolderError, DefinitionError, SourceError, StubError, ReceiptError)
NewSeed = Annotated[
    bool,
    typer.Option("--new-seed", help="Compile hidden keys anew although nothing changed."),
]


@console.sentences(*EXPECTED)
def build(
    chapter: Chapters = None,
    notebooks: Annotated[
        Path | None,
        typer.Option(help="Weave the student notebooks into this folder, and nothing else."),
    ] = None,
    new_seed: NewSeed = False,
    language: Language = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Weave instructor notebooks and compile answer keys."""
    wanted = named(chapter)
    if notebooks is not None:
        shop = Workshop.of_this_machine()
        reading = [] if chapter else pages()
        everything = [*chapters().values(), *pages()]
        kept = Store(cache_folder() / "woven")
        written = write([*wanted, *reading], notebooks, others=everything, workshop=shop, kept=kept)
        if json:
            console.print_json(vars(written))
        else:
            show_written(written, notebooks)
        raise typer.Exit(console.FAILED if written.problems else console.DONE)
    workshop = Workshop.of_this_machine()
    built = build_class(class_dir, wanted, new_seed=new_seed, language=language, workshop=workshop)
    if json:
        console.print_json([{**vars(b), "source": str(b.source)} for b in built])
        return
    rows = [[b.chapter, b.points, b.hidden_key, str(b.source)] for b in built]
    console.table("Built", ["chapter", "points", "hidden key", "folder"], rows)


def show_written(written: Written, folder: Path) -> None:
    """Print which committed files were written and removed, and what could not be woven."""
    for name in written.changed:
        console.say(f"wrote {console.clean(name)}")
    for name in written.removed:
        console.say(f"removed {console.clean(name)}")
    for problem in written.problems:
        console.say(f"[red]✗[/] {console.clean(problem)}")
    if not (written.changed or written.removed or written.problems):
        console.say(f"{console.clean(folder)} is in step with its sources.")


@console.sentences(*EXPECTED)
def verify(
    chapter: Chapters = None,
    run: Annotated[
        bool, typer.Option(help="Also run the notebooks with the references filled in.")
    ] = True,
    json: Json = False,
) -> None:
    """Check that the checks hold, and run the whole course with the references filled in.

    What has not changed since it held is not looked at again.
    """
    wanted, workshop = named(chapter), Workshop.of_this_machine()
    rehearsed = partial(rehearse, workshop=workshop, runs=Store(cache_folder() / "runs"))
    rows: list[Rehearsal] = []
    problems: list[str] = []
    with console.progress("verified", len(wanted) * (2 if run else 1), quiet=json) as steps:
        for each in wanted:
            wrong = verify_chapter(each, workshop=workshop)
            found = [*map(str, wrong), *why_not_woven(each)]
            steps.advance(f"checks of {each.name}")
            if run and not found:
                rows.append(rehearsed(each))
                # As grading runs it.
                without = rehearsed(each, demonstrations=False)
                found = [
                    *rows[-1].problems,
                    *(f"{told} (without its demonstrations)" for told in without.problems),
                ]
            if run:
                steps.advance(f"run of {each.name}")
            problems += found
    if json:
        console.print_json({"problems": problems, "runs": [row.as_json() for row in rows]})
    else:
        body = [[r.chapter, r.cells, r.seconds, r.peak / 2**20, len(r.problems)] for r in rows]
        if body:
            heads = ["chapter", "cells", "seconds", "peak MiB", "problems"]
            console.table("With the references filled in", heads, body)
            console.say(f"the whole course: {sum(row.seconds for row in rows):.0f} s")
        for problem in problems:
            console.say(f"[red]✗[/] {console.clean(problem)}")
        if not problems:
            show_untranslated(wanted)
            console.say("Everything holds: references full marks, stubs none, mistakes named.")
    raise typer.Exit(console.WRONG if problems else console.DONE)


@console.sentences(*EXPECTED)
def release(
    assignment: Assignments = None,
    new_seed: NewSeed = False,
    language: Language = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Build, verify and release chapters through nbgrader."""
    wanted = named(assignment)
    with console.progress("release", len(wanted) * 4, quiet=json) as steps:
        result = release_class(
            class_dir,
            wanted,
            new_seed=new_seed,
            language=language,
            progress=lambda name, step: steps.advance(f"{name}: {step}"),
            workshop=Workshop.of_this_machine(),
        )
    if json:
        console.print_json(
            {
                "released": [
                    {"assignment": r.chapter, "path": str(r.path), "notes": list(r.notes)}
                    for r in result.released
                ],
                "refused": [
                    {"assignment": r.chapter, "reasons": list(r.reasons)} for r in result.refused
                ],
            }
        )
    else:
        show_release(result)
    raise typer.Exit(console.FAILED if result.refused else console.DONE)


def show_release(result: ReleaseResult) -> None:
    """Print what was released and what was refused, and why."""
    rows = [
        [r.chapter, r.built.points, str(r.exchange or "–"), str(r.path)] for r in result.released
    ]
    if rows:
        console.table("Released", ["assignment", "points", "exchange", "folder"], rows)
    for refused in result.refused:
        for reason in refused.reasons:
            console.say(f"[red]✗[/] {console.clean(refused.chapter)} is not released: "
                        f"{console.clean(reason)}")  # fmt: skip


@console.sentences(*EXPECTED)
def collect(
    archive: Annotated[
        list[Path] | None,
        typer.Argument(help="Archives or notebooks STUDENT+ASSIGNMENT.zip, or folders of them."),
    ] = None,
    assignment: Annotated[
        list[str] | None, typer.Option("--assignment", "-a", help="Only this assignment.")
    ] = None,
    receipt: Annotated[
        str | None,
        typer.Option(help="Collect nothing; say whose submission a receipt, slip or digest is of."),
    ] = None,
    json: Json = False,
    class_dir: ClassDir = DEFAULT_CLASS,
) -> None:
    """Collect submissions from nbgrader's exchange, or from archives or a folder of them."""
    if receipt is not None:
        _look_up(receipt, class_dir, json=json)
    folder = open_class(class_dir)
    result = collect_class(folder, archive or (), assignments=assignment or ())
    issued = signing.issue(folder, [c for c in result.collected if c.status in signing.RECEIVED])
    if json:
        console.print_json(result.as_json())
    else:
        show_collected(result)
        if issued:
            console.say(
                console.clean(f"{len(issued)} signed receipts below {folder.root / FOLDER}")
            )
    tell_of_the_rest(result)
    raise typer.Exit(console.WRONG if result.refused or result.doubtful else console.DONE)


def _look_up(receipt: str, class_dir: Path, *, json: bool) -> NoReturn:
    folder = open_class(class_dir)
    found = list(receipts.find(folder, receipts.digest_in(receipt, folder)))
    if json:
        console.print_json([vars(each) for each in found])
    else:
        for each in found:
            console.say(console.clean(f"✓ {each.student} {each.assignment} {each.digest}"))
        if not found:
            console.say("✗ No submission that was collected has this digest.")
    raise typer.Exit(console.DONE if found else console.WRONG)


def show_collected(result: CollectResult) -> None:
    """Print how many submissions of what came."""
    rows = []
    for name in sorted({c.assignment for c in result.collected}):
        states = [c.status for c in result.collected if c.assignment == name]
        rows.append([name, *(states.count(s) for s in ("new", "updated", "unchanged", "older"))])
    if rows:
        heads = ["assignment", "new", "updated", "unchanged", "older than what is there"]
        console.table("Collected", heads, rows)
    else:
        console.say("Nothing was collected.")


def tell_of_the_rest(result: CollectResult) -> None:
    """Print what was not collected or is doubtful, a line each, beside the results."""
    for refused in result.refused:
        whose = f" ({refused.student})" if refused.student else ""
        console.warn("✗", f"{refused.source}{whose}: {refused.reason}")
    for doubtful in result.doubtful:
        console.warn(
            "?",
            f"{doubtful.source} ({doubtful.student}, {doubtful.assignment}): {doubtful.reason}; "
            f"it lies in {doubtful.path}",
        )
    for note in result.notes:
        console.warn("–", note)
