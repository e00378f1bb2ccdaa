"""Puts the commands together, in the order in which ``course --help`` lists them."""

from __future__ import annotations

import typer

from grader.cli import (
    author,
    datasets,
    demo,
    export,
    formgrader,
    grading,
    machine,
    returning,
    student,
)

app = typer.Typer(
    name="course",
    help="Pixels to Networks: work through the course, release it, grade it, return it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    student.lab,
    grading.check,
    student.progress,
    student.submit,
    author.build,
    author.verify,
    author.release,
    author.collect,
    grading.grade,
    formgrader.formgrader,
    returning.feedback,
    returning.report,
    export.export,
    datasets.data,
    machine.doctor,
    demo.demo,
):
    app.command()(command)


def main() -> None:
    """Run the command line."""
    app()
