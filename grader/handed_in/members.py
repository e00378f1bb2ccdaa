"""What an archive that was handed in may hold, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from pix2net.files import MAX_BYTES, Rejected, mebibytes
from pix2net.handing_in.identity import MOODLE

NOTEBOOK = ".ipynb"
IGNORED = ("__MACOSX", ".ipynb_checkpoints")
CHUNK = 2**16  # bytes read at a time


@dataclass(frozen=True)
class Bounds:
    """How large an archive may be: the file, all that is in it, one notebook, its members."""

    file: int = 64 * 2**20
    total: int = 200 * 2**20
    notebook: int = MAX_BYTES
    members: int = 2000


BOUNDS = Bounds()


class ArchiveRefused(Rejected):
    """An archive is not taken; the message says why."""


@dataclass(frozen=True)
class Member:
    """What an archive says of one of its members; ``kind`` is "file", "folder" or "other"."""

    name: str
    kind: str
    size: int


class Readable(Protocol):
    """A member that is open for reading."""

    def read(self, size: int, /) -> bytes: ...


class Tally:
    """Counts the members of one archive, and refuses it for what they say of themselves."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._count = self._size = 0

    def see(self, member: Member) -> None:
        """Count a member. Raises `ArchiveRefused`."""
        self._count += 1
        self._size += member.size
        if self._count > self._bounds.members:
            raise too_many(self._bounds)
        if member.size < 0:
            raise ArchiveRefused("it gives a file a size below nothing")
        if self._size > self._bounds.total:
            raise too_large(self._bounds)
        _check(member)


def _check(member: Member) -> None:
    shown = repr(member.name[:80])
    if member.kind == "other":
        raise ArchiveRefused(f"it holds a link or a device ({shown})")
    if not member.name and member.kind == "file":
        raise ArchiveRefused("it holds a file without a name")
    if leads_out(member.name):
        raise ArchiveRefused(f"a name in it leads out of the archive ({shown})")
    if any(MOODLE.fullmatch(part) for part in _parts(member.name)):
        raise ArchiveRefused(
            "it is what Moodle packs of a whole class: unpack it, and collect from that folder"
        )


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/")).parts


def leads_out(name: str) -> bool:
    """Whether a member's name could mean a place outside the folder it is unpacked to."""
    plain = name.replace("\\", "/")
    drive = len(plain) > 1 and plain[1] == ":"
    return plain.startswith("/") or drive or ".." in _parts(name) or "\0" in plain


def wanted(name: str) -> str | None:
    """File name of a member that is a notebook somebody handed in, else None."""
    parts = _parts(name)
    if not parts or any(part in IGNORED for part in parts) or parts[-1].startswith("."):
        return None
    return parts[-1] if parts[-1].lower().endswith(NOTEBOOK) else None


def content(file: Readable, name: str, bounds: Bounds) -> bytes:
    """The bytes of a notebook in an archive. Raises `ArchiveRefused` if there are too many."""
    chunks = []
    left = bounds.notebook
    while chunk := file.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise ArchiveRefused(f"{name!r} in it is larger than {mebibytes(bounds.notebook)}")
        chunks.append(chunk)
    return b"".join(chunks)


def too_many(bounds: Bounds) -> ArchiveRefused:
    """Why an archive of too many members is not taken."""
    return ArchiveRefused(f"it holds more than {bounds.members:,} files")


def too_large(bounds: Bounds) -> ArchiveRefused:
    """Why an archive that unpacks to too much is not taken."""
    return ArchiveRefused(f"it unpacks to more than {mebibytes(bounds.total)}")
