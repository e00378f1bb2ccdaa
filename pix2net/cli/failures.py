"""What could not be done, in one sentence and with status 2: every command ends so, and none else.

Status 1 means that all was done and something graded is wrong. A full disk, a gradebook that
another program holds, a mistake of ours must not pass for that.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import ParamSpec, TypeVar

import typer

from pix2net.cli import console

P = ParamSpec("P")
T = TypeVar("T")

ON_PURPOSE = (typer.Exit, typer.Abort, typer.BadParameter)  # how commands end by themselves
WHOLE = "COURSE_TRACEBACK"  # the variable that asks for a mistake of ours as Python tells it
AGAIN = "then run the same command again"
WHAT_TO_DO = MappingProxyType({
    errno.ENOSPC: f"make room there, {AGAIN}",
    errno.EDQUOT: f"make room there, {AGAIN}",
    errno.EROFS: "name a folder that can be written, or have this one made writable",
    errno.EACCES: "ask its owner for leave to read and write it, or name another one",
    errno.EPERM: "ask its owner for leave to read and write it, or name another one",
})  # fmt: skip
GRADEBOOK = (
    ("locked", f"another program is writing to it: wait or close that, {AGAIN}"),
    ("full", f"make room on its disk, {AGAIN}"),
    ("readonly", "its file or folder cannot be written: have it made writable"),
    ("read-only", "its file or folder cannot be written: have it made writable"),
    ("unable to open", "its file or folder cannot be opened: have it made readable and writable"),
    ("disk I/O", f"its disk fails or is full: look at that, {AGAIN}"),
)
DAMAGED = "it is damaged: put a copy of gradebook.db from before in its place"


def guarded(command: Callable[P, T]) -> Callable[P, T]:
    """The same command, which ends with a sentence and status 2 where it would raise."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            try:
                return command(*args, **kwargs)
            finally:
                _flush()
        except ON_PURPOSE:
            raise
        except Exception as error:
            if os.environ.get(WHOLE):
                traceback.print_exc()
            console.fail(explained(error))

    return run


def _flush() -> None:
    """Write out what was printed while somebody can still tell that it fails. Raises OSError."""
    try:
        sys.stdout.flush()
    except OSError:
        # What is left has no place; at its end the program would try again and stumble.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise


def explained(error: BaseException) -> str:
    """What went wrong and what to do, in one sentence."""
    if isinstance(error, OSError):
        return _of_system(error)
    rooms = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    if rooms & {"sqlalchemy", "sqlite3"}:
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        todo = next((todo for word, todo in GRADEBOOK if word in said), DAMAGED)
        return f"the gradebook cannot be used ({said}): {todo}"
    if rooms & {"grader", "pix2net"}:
        return str(error)
    return _mistake(error)


def _of_system(error: OSError) -> str:
    what = error.filename if error.filename is not None else "this"
    if isinstance(what, bytes):
        what = os.fsdecode(what)
    said = error.strerror or str(error) or type(error).__name__
    todo = WHAT_TO_DO.get(error.errno or 0, "")
    return f"{what} could not be read or written ({said})" + (f": {todo}" if todo else "")


def _mistake(error: BaseException) -> str:
    """A mistake of ours: what, and where."""
    places = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(places[-1].filename).name}, line {places[-1].lineno}" if places else ""
    said = str(error).splitlines()[0] if str(error) else "no more is known"
    return (
        f"this is a mistake in the program ({type(error).__name__}{where}: {said}): please report "
        f"it with what {WHOLE}=1 in front of the command prints"
    )
