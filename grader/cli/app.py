"""Puts the commands together, in the order in which ``course --help`` lists them.

A command's module is imported when that command is called: grading one exercise does not wait for
what releasing a course needs.
"""

from __future__ import annotations

import sys
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
        "export": "export",
        "data": "datasets",
        "doctor": "machine",
        "demo": "demo",
    }
)


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
        module = import_module(f"grader.cli.{MODULES[cmd_name]}")
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(cmd_name)(getattr(module, cmd_name))
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
    # A part of jsonschema builds a grammar of web addresses when it is imported, which takes longer
    # than all the rest; no field of a notebook has that form, and jsonschema can do without.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    app()
