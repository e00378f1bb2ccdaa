"""The whole way on a simulated class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.classroom.classwide import Options
from grader.cli.author import EXPECTED as RELEASING
from grader.cli.author import show_collected, show_release, tell_of_the_rest
from grader.cli.grading import EXPECTED as GRADING
from grader.cli.grading import Bar, Summary
from grader.cli.options import USUAL, ChosenWall, Jobs, Unsafe, wall_of
from grader.demo.simulate import DEMO, STEPS, Demo
from grader.grading.how import How
from grader.grading.verdict import NotebookVerdict
from grader.reports.summary import summarise
from pix2net.cli import console


@console.sentences(*RELEASING, *GRADING)
def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where the simulated class is kept; made anew each time.")
    ] = DEMO,
    jobs: Jobs = 0,
    wall: ChosenWall = USUAL,
    unsafe: Unsafe = False,
) -> None:
    """Go the whole way on a simulated class: release, submit, collect, grade, return, report."""
    run = Demo(folder)
    run.prepare()
    say_step(0)
    with console.progress("release", 4 * len(run.chapters)) as steps:
        released = run.release(lambda name, step: steps.advance(f"{name}: {step}"))
    show_release(released)
    if released.refused:
        raise typer.Exit(console.FAILED)
    say_step(1)
    handed_in = run.hand_in()
    console.say(f"{len(run.roster)} students handed in {handed_in} notebooks")
    say_step(2)
    collected = run.collect()
    show_collected(collected)
    tell_of_the_rest(collected)
    say_step(3)
    with Bar(quiet=False) as bar:
        verdicts = list(run.grade(Options(jobs, How(wall=wall_of(wall, unsafe=unsafe))), bar.event))
    found = Summary()
    for verdict in verdicts:
        found.add(verdict)
    found.show()
    say_step(4)
    jobs_to_do = run.feedback()
    with console.progress("feedback", len(jobs_to_do)) as steps:
        pages = [
            (job.write(), steps.advance(f"{job.student} {job.assignment}")) for job in jobs_to_do
        ]
    say_step(5)
    page = run.report(verdicts)
    show_class(verdicts)
    console.say(f"A feedback page: {pages[0][0]}")
    console.say(f"The report of the class: {page}")


def say_step(number: int) -> None:
    """Print the heading of a step."""
    console.say(f"\n[bold]{number + 1}. {STEPS[number]}[/]")


def show_class(verdicts: list[NotebookVerdict]) -> None:
    """Print every student's scores, and the commonest misconceptions."""
    found = summarise(verdicts)
    heads = ["student", *found.assignments, "total", "to know"]
    rows = [
        [r.student, *(r.scores[a] if r.scores[a] is not None else "–" for a in found.assignments),
         r.total, "; ".join(r.notes)]
        for r in found.rows
    ]  # fmt: skip
    console.table(f"Scores, of {found.max_total:g}", heads, rows)
    common = [[m.students, m.exercise, m.sentence] for m in found.misconceptions[:6]]
    console.table("The commonest misconceptions", ["students", "exercise", "told"], common)
