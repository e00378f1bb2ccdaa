"""How commands speak: JSON or words on stdout, progress and problems on stderr, exit statuses."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from pix2net.files import replace_file

DONE, WRONG, FAILED = 0, 1, 2  # exit statuses: done; something graded is wrong; not done

PLAIN_LINES = 10  # of progress where there is no terminal

P = ParamSpec("P")
T = TypeVar("T")

stdout = Console(soft_wrap=True)
stderr = Console(stderr=True, soft_wrap=True)


def clean(text: object) -> str:
    """Text that may come from a student, without terminal escapes and rich's markup."""
    shown = "".join(
        c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in str(text)
    )
    return escape(shown)


def say(text: str) -> None:
    """A line for a person, on stdout; ``text`` may hold rich markup."""
    stdout.print(text, highlight=False)


def print_json(data: Any) -> None:
    """One JSON value on one line of stdout."""
    sys.stdout.write(json.dumps(data, ensure_ascii=True, allow_nan=False) + "\n")
    sys.stdout.flush()


def write_file(path: Path, text: str) -> None:
    """Write what a command makes where it was told to: a file whole or not at all.

    It gets the mode that this machine gives to new files; a terminal or pipe is written to.
    """
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8", newline="")
        return
    mask = os.umask(0)
    os.umask(mask)
    replace_file(path.resolve(), text, 0o666 & ~mask)


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table on stdout; cells are shown as plain text, numbers to the right."""
    drawn = Table(title=title, title_justify="left")
    body = [list(row) for row in rows]
    for i, column in enumerate(columns):
        numeric = bool(body) and all(isinstance(row[i], (int, float)) for row in body)
        drawn.add_column(column, justify="right" if numeric else "left")
    for row in body:
        drawn.add_row(*(f"{v:.1f}" if isinstance(v, float) else clean(v) for v in row))
    stdout.print(drawn)


def warn(mark: str, text: str) -> None:
    """A line beside the results, on stderr; ``text`` may come from a student."""
    stderr.print(f"{escape(mark)} {clean(' '.join(text.splitlines()))}", highlight=False)


def fail(message: object) -> NoReturn:
    """Say in one sentence why it could not be done, and end with status 2."""
    sentence = " ".join(str(message).splitlines())  # a file's name may hold line ends
    stderr.print(f"[bold red]course:[/] {clean(sentence)}", highlight=False)
    raise typer.Exit(FAILED)


def speak_anywhere() -> None:
    """Let output end in `?` where a terminal has no sign for a letter, as Windows' old ones."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def sentences(*errors: type[BaseException]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Turn a command's expected errors into a sentence and status 2."""

    def decorate(command: Callable[P, T]) -> Callable[P, T]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return command(*args, **kwargs)
            except errors as error:
                fail(error)

        return run

    return decorate


def ignore(_: str) -> None:
    """Say nothing."""


class Steps:
    """Progress of counted work: `advance` once a step, saying what was done; `tell` in between."""

    def __init__(
        self, total: int, advance: Callable[[str], None], tell: Callable[[str], None] = ignore
    ) -> None:
        self.total = total
        self.advance = advance
        self.tell = tell


def nothing() -> AbstractContextManager[Steps]:
    """Progress of no work."""
    return nullcontext(Steps(0, ignore))


class RateColumn(ProgressColumn):
    """Steps a second, or seconds a step where that is the handier number."""

    def render(self, task: Task) -> Text:
        """The rate as text."""
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f}/s" if speed >= 1 else f"{1 / speed:.1f} s each")


@contextmanager
def progress(title: str, total: int, *, quiet: bool = False) -> Iterator[Steps]:
    """A bar with rate and estimate on a terminal, at most `PLAIN_LINES` lines elsewhere; stderr."""
    if quiet:
        yield Steps(total, ignore)
        return
    if not stderr.is_terminal:
        done = 0

        def plain(what: str) -> None:
            nonlocal done
            done += 1
            if done * PLAIN_LINES // total == (done - 1) * PLAIN_LINES // total:
                return
            sys.stderr.write(f"{title} {done}/{total} {what}\n")

        yield Steps(total, plain)
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), RateColumn(),
        TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
        TextColumn("{task.fields[what]}"),
    )  # fmt: skip
    with Progress(*columns, console=stderr) as bar:
        task = bar.add_task(title, total=total, what="")
        yield Steps(
            total,
            lambda what: bar.update(task, advance=1, what=clean(what)),
            lambda what: bar.update(task, what=clean(what)),
        )
