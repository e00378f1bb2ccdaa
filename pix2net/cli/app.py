"""Puts the commands together, in the order and groups in which ``course --help`` lists them.

A command's module is imported when that command is called: grading one exercise does not wait for
what releasing a course needs. The modules of instructors and authors stand in a clone of the course
alone; what a learner installs has their names, so as to say where they are.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType, ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from pix2net.cli import console
from pix2net.cli.failures import guarded
from pix2net.judging.wording import template, unknown

DISTRIBUTION = "pixels-to-networks"
LEARNING, TEACHING, WRITING = "To learn", "To teach", "To write"
GROUPS = MappingProxyType(  # names of commands with their modules, by what they are for
    {
        LEARNING: {
            "lab": "pix2net.cli.student",
            "progress": "pix2net.cli.student",
            "join": "pix2net.cli.joining",
            "submit": "pix2net.cli.student",
            "receipt": "pix2net.cli.receipt",
            "ask": "pix2net.cli.asking",
            "data": "pix2net.cli.datasets",
            "doctor": "pix2net.cli.doctor",
        },
        TEACHING: {
            "release": "grader.cli.author",
            "handout": "grader.cli.handout",
            "student": "grader.cli.student",
            "schedule": "grader.cli.schedule",
            "tokens": "grader.cli.tokens",
            "serve": "grader.cli.serve",
            "collect": "grader.cli.author",
            "grade": "grader.cli.grading",
            "formgrader": "grader.cli.formgrader",
            "feedback": "grader.cli.returning",
            "requests": "grader.cli.requests",
            "report": "grader.cli.returning",
            "export": "grader.cli.returning",
            "post": "grader.cli.post",
            "hub": "grader.cli.hub",
            "check": "grader.cli.check",
            "demo": "grader.cli.demo",
        },
        WRITING: {
            "build": "grader.cli.author",
            "verify": "grader.cli.author",
            "translate": "grader.cli.translate",
        },
    }
)
MODULES = MappingProxyType({name: m for group in GROUPS.values() for name, m in group.items()})
IN_A_CLONE = MappingProxyType({"doctor": "grader.cli.doctor"})  # which looks at more there
HELP = MappingProxyType({"help_option_names": ["-h", "--help"]})
ANYTHING = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def _nothing(ctx: Any) -> str:
    return ""


def _without_needless_kinds(params: Any) -> Any:
    """Arguments and options whose help names the kind of a value only where that says something."""
    for param in params:
        if param.nargs != 1 or param.multiple or getattr(param, "is_flag", False):
            # No parameter of typer's leaves the kind out and keeps the name as it is.
            vars(param)["display_type_rich"] = _nothing
    return params


class Command(TyperCommand):
    """One command."""

    def get_params(self, ctx: Any) -> Any:
        """Its arguments and options."""
        return _without_needless_kinds(super().get_params(ctx))


def _module_of(command: str) -> ModuleType:
    """The module of a command. Raises ModuleNotFoundError where it is not installed."""
    if command in IN_A_CLONE:
        with suppress(ModuleNotFoundError):
            return import_module(IN_A_CLONE[command])
    return import_module(MODULES[command])


def _lacking(package: str) -> Callable[[], None]:
    """A command of instructors in an installation for learners: it says what it lacks."""

    def command() -> None:
        """Not in this installation."""
        needed = "" if package == "grader" else f" with {package}"
        console.fail(
            f"this command is for instructors and authors, and needs a clone of the course{needed}:"
            " run `make setup` there, and use its .venv/bin/course"
        )

    return command


class Commands(TyperGroup):
    """Finds a command in the module that `MODULES` names.

    Contexts and commands are click's, which is a part of typer in some versions: hence ``Any``.
    """

    def get_params(self, ctx: Any) -> Any:
        """Options before the command's name."""
        return _without_needless_kinds(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of help."""
        return list(MODULES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, or None."""
        if cmd_name not in MODULES:
            return None
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        try:
            module = _module_of(cmd_name)
        except ModuleNotFoundError as error:
            lacking = (error.name or "").split(".")[0]
            alone.command(cmd_name, hidden=True, context_settings=ANYTHING)(_lacking(lacking))
        else:
            group = next(group for group, names in GROUPS.items() if cmd_name in names)
            settings = {**HELP}
            made = alone.command(
                cmd_name, cls=Command, rich_help_panel=group, context_settings=settings
            )
            made(guarded(getattr(module, cmd_name)))
        return get_command(alone)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments begin with; a name that is none ends with a sentence."""
        if args and args[0] not in MODULES:
            console.fail(unknown(template("command"), args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Commands,
    name="course",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={**HELP},
)


def _tell_version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        console.say(version(DISTRIBUTION))
    except PackageNotFoundError:
        console.fail(f"{DISTRIBUTION} is not installed here: run `make setup` in the clone")
    raise typer.Exit(console.DONE)


@app.callback()
def course(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Print the course's version."
        ),
    ] = False,
) -> None:
    """Pixels to Networks: work through the course, release it, grade it, return it."""


def main() -> None:
    """Run the command line."""
    console.speak_anywhere()
    # A batch system asks a program to end with SIGTERM; that is Ctrl-C then.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app(prog_name="course")
