"""Puts the commands together, in the order in which ``course --help`` lists them.

A command's module is imported when that command is called: grading one exercise does not wait for
what releasing a course needs.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

MODULES = MappingProxyType(
    {
        "lab": "student",
        "check": "check",
        "progress": "student",
        "submit": "student",
        "build": "author",
        "verify": "author",
        "release": "author",
        "collect": "author",
        "grade": "grading",
        "formgrader": "formgrader",
        "feedback": "returning",
        "report": "returning",
        "export": "returning",
        "data": "datasets",
        "doctor": "doctor",
        "demo": "demo",
    }
)

ANYTHING = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def _lacking(package: str | None) -> Callable[[], None]:
    """A command of instructors in an installation for students: it says what it lacks."""

    def command() -> None:
        """Not in this installation."""
        from grader.cli import console

        console.fail(
            f"this is for instructors and needs {package}: run `make setup` in a clone of the "
            "course, or install the extra `instructor`"
        )

    return command


class Commands(TyperGroup):
    """Finds a command in the module that `MODULES` names.

    Contexts and commands are click's, which is a part of typer in some versions: hence ``Any``.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of help."""
        return list(MODULES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, or None."""
        if cmd_name not in MODULES:
            return None
        from grader.cli.failures import guarded

        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        try:
            module = import_module(f"grader.cli.{MODULES[cmd_name]}")
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] == "grader":
                raise
            alone.command(cmd_name, hidden=True, context_settings=ANYTHING)(_lacking(error.name))
        else:
            alone.command(cmd_name)(guarded(getattr(module, cmd_name)))
        return get_command(alone)


app = typer.Typer(
    cls=Commands,
    name="course",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def course() -> None:
    """Pixels to Networks: work through the course, release it, grade it, return it."""


def main() -> None:
    """Run the command line."""
    app()
