"""The one place that opens files of strangers, writes files whole, and makes digests.

What somebody handed in may be anything: a link, a pipe that never ends, a device. What is written
may be cut off at any moment.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pix2net.leftovers import prefix

MAX_BYTES = 16 * 2**20  # of a notebook, wherever it is taken, read or graded
PRIVATE = 0o600  # for the owner alone
APP = "pixels-to-networks"
ABSENT, NO_FILE = "the file was not handed in", "what was handed in is not a file"


class Rejected(Exception):
    """A submission cannot be graded; ``reason`` is one sentence for student and instructor."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_regular(path: Path | str, *, at: int | None = None) -> int:
    """A descriptor to read an ordinary file from: no link is followed, no pipe waited for.

    Args:
        path: of the file.
        at: descriptor of the folder that ``path`` is relative to.

    Raises:
        Rejected: it is something else, or cannot be opened.
    """
    flags = os.O_RDONLY
    for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # those of this system
        flags |= getattr(os, name, 0)
    try:
        mode = os.stat(path, dir_fd=at, follow_symlinks=False).st_mode
        if not stat.S_ISREG(mode):
            raise Rejected(f"what was handed in is {_kind(mode)}, not a file")
        descriptor = os.open(path, flags, dir_fd=at)
    except FileNotFoundError:
        raise Rejected(ABSENT) from None
    except (OSError, ValueError) as error:
        raise Rejected(f"the file cannot be opened ({_reason(error)})") from None
    # The name may mean something else by now; what is open does not change any more.
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Rejected(NO_FILE)
    return descriptor


def read_bounded(path: Path | str, limit: int = MAX_BYTES, *, at: int | None = None) -> bytes:
    """The content of an ordinary file of at most ``limit`` bytes, as `open_regular` opens it.

    Raises:
        Rejected: it is something else, larger, or cannot be read.
    """
    with os.fdopen(open_regular(path, at=at), "rb") as file:
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise Rejected(f"the file cannot be read ({_reason(error)})") from None
    if len(content) > limit:
        raise Rejected(f"the file is larger than {mebibytes(limit)}: clear its outputs first")
    return content


def mebibytes(size: float) -> str:
    """A size in bytes as sentences give it."""
    return f"{round(size / 2**20, 1):,g} MiB" if size >= 2**20 else f"{size:,g} bytes"


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a named pipe" if stat.S_ISFIFO(mode) else "a device or socket"


def replace_file(path: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Write a file so that it is either the old or the whole new one, whatever interrupts.

    Its folder is made if missing; ``mode`` holds from the first byte on.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=prefix(path.name))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        if mode != PRIVATE:  # which is what it is made with
            os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def digest(content: str | bytes) -> str:
    """SHA-256 of some bytes, or of a text as UTF-8, in hexadecimal digits."""
    raw = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def digest_of(files: Iterable[Path]) -> str:
    """SHA-256 of some files' names and contents, in hexadecimal digits, whatever their order."""
    rows = sorted(f"{path.name} {digest(path.read_bytes())}\n" for path in files)
    return digest("".join(rows))


def cache_folder() -> Path:
    """The user's folder for what can be made or fetched again; it can be deleted at any time."""
    from platformdirs import user_cache_path

    return user_cache_path(APP)
