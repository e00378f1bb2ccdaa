"""Reads a file that somebody handed in, whatever it turns out to be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MAX_BYTES = 16 * 2**20


class Rejected(Exception):
    """A submission cannot be graded; ``reason`` is one sentence for student and instructor."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of an ordinary file of at most ``limit`` bytes.

    Raises `Rejected` for everything else: no link is followed, and a pipe or device is not opened
    for longer than it takes to see that it is one.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Rejected(f"what was handed in is {_kind(path)}, not a file")
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise Rejected("the file was not handed in") from None
    except (OSError, ValueError) as error:
        raise Rejected(f"the file cannot be opened ({_reason(error)})") from None
    with os.fdopen(descriptor, "rb") as file:
        # The name may mean something else by now; what is open does not change any more.
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Rejected("what was handed in is not a file")
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise Rejected(f"the file cannot be read ({_reason(error)})") from None
    if len(content) > limit:
        raise Rejected(f"the file is larger than {limit // 2**20} MiB: clear its outputs first")
    return content


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _kind(path: Path) -> str:
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        return "a link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a named pipe" if stat.S_ISFIFO(mode) else "a device or socket"
