"""Takes notebooks out of archives that students made, which are hostile until shown otherwise.

Nothing is unpacked: members are listed, the archive is refused as a whole if any of them is out of
order, and the notebooks' bytes are read up to a limit. No name inside ever becomes a path.
"""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
NOTEBOOK = ".ipynb"
IGNORED = ("__MACOSX", ".ipynb_checkpoints")
# Members of a tar archive that say more of the next one. Python reads them with a pattern that
# takes quadratic time over digits, until 3.11.9 and 3.12.5.
EXTENSIONS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip
MAX_EXTENSION = 4096  # bytes of one
MAX_EXTENSIONS = 2**20  # bytes of all
# The record at the end of a zip archive, and how far from the end it can begin.
ZIP_END, ZIP_TAIL = b"PK\5\6", 2**16 + 64
ZIP64_LOCATOR, ZIP64_LOCATOR_SIZE = b"PK\6\7", 20  # before that record, where there is more
MAX_ENTRY = 1024  # bytes that a zip archive's list takes for a file


@dataclass(frozen=True)
class Bounds:
    """How large an archive may be: the file and all that is in it, one notebook, its members."""

    total: int = 200 * 2**20
    notebook: int = 50 * 2**20
    members: int = 2000


BOUNDS = Bounds()


class ArchiveRefused(Exception):
    """An archive is not taken; the message says why."""


@dataclass(frozen=True)
class Member:
    """What an archive says of one of its members; ``kind`` is "file", "folder" or "other"."""

    name: str
    kind: str
    size: int


def is_archive(path: Path) -> bool:
    """Whether a file's name is that of an archive."""
    return path.name.lower().endswith(SUFFIXES)


def stem(path: Path) -> str:
    """An archive's or notebook's name without its suffix."""
    lower = path.name.lower()
    for suffix in (*SUFFIXES, NOTEBOOK):
        if lower.endswith(suffix):
            return path.name[: -len(suffix)]
    return path.name


def notebooks_in(path: Path, bounds: Bounds = BOUNDS) -> dict[str, bytes]:
    """File name of each notebook in an archive -> its bytes; folders inside do not matter.

    Raises `ArchiveRefused` for an archive that is damaged, encrypted, too large, holds links or
    devices or names that lead out of it, or holds two notebooks of one name.
    """
    if path.stat().st_size > bounds.total:
        raise ArchiveRefused(f"it is larger than {_megabytes(bounds.total)}")
    read = _from_zip if path.name.lower().endswith(".zip") else _from_tar
    found: dict[str, bytes] = {}
    left = bounds.total
    try:
        for name, content in read(path, bounds):
            left -= len(content)
            if left < 0:
                raise ArchiveRefused(f"it unpacks to more than {_megabytes(bounds.total)}")
            if name in found:
                raise ArchiveRefused(f"it holds {name!r} twice, so it is not clear which counts")
            found[name] = content
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise ArchiveRefused("it is damaged or not what its name says") from error
    except (RuntimeError, NotImplementedError, ValueError, OverflowError) as error:
        raise ArchiveRefused("it is encrypted or packed in a way that is not read here") from error
    return found


def _check_directory(path: Path, bounds: Bounds) -> None:
    """Refuse a zip archive whose list of members is too large to be read at all.

    `zipfile` reads the whole list at once. Its size stands in a record at the end of the file; all
    places that might be that record are looked at.
    """
    with path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        file.seek(-min(file.tell(), ZIP_TAIL), io.SEEK_CUR)
        tail = file.read()
    at = tail.find(ZIP_END)
    while at >= 0:
        size = int.from_bytes(tail[at + 12 : at + 16], "little")
        large = tail[max(0, at - ZIP64_LOCATOR_SIZE) : at].startswith(ZIP64_LOCATOR)
        if large or size > bounds.members * MAX_ENTRY:
            raise ArchiveRefused(f"it holds more than {bounds.members} files")
        at = tail.find(ZIP_END, at + 1)


def _from_zip(path: Path, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    _check_directory(path, bounds)
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        _check([_zip_member(info) for info in infos], bounds)
        for info in infos:
            name = wanted(info.filename)
            if name and not info.is_dir():
                with archive.open(info) as file:
                    yield name, _read(file, name, bounds)


def _zip_member(info: zipfile.ZipInfo) -> Member:
    mode = info.external_attr >> 16
    strange = stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
    kind = "other" if strange else "folder" if info.is_dir() else "file"
    # The name as it is in the file: ZipInfo cuts it at a NUL.
    return Member(info.orig_filename, kind, info.file_size)


def _from_tar(path: Path, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    """Reads twice, as a stream: first all members' headers, then the notebooks."""
    members = []
    with _open_tar(path, bounds) as archive:
        for info in archive:
            members.append(_tar_member(info))
            if len(members) > bounds.members:
                break
    _check(members, bounds)
    with _open_tar(path, bounds) as archive:
        for info in archive:
            name = wanted(info.name)
            if name and info.isreg():
                file = archive.extractfile(info)
                if file is not None:
                    yield name, _read(file, name, bounds)


def _tar_member(info: tarfile.TarInfo) -> Member:
    plain = info.type in (tarfile.REGTYPE, tarfile.AREGTYPE)
    kind = "file" if plain else "folder" if info.isdir() else "other"
    return Member(info.name, kind, info.size)


@contextmanager
def _open_tar(path: Path, bounds: Bounds) -> Iterator[tarfile.TarFile]:
    packed = path.name.lower().endswith(("gz", "tgz"))
    with (
        gzip.open(path) if packed else path.open("rb") as raw,
        tarfile.open(
            fileobj=_Bounded(raw, bounds.total), mode="r|", tarinfo=_bounded_headers()
        ) as archive,
    ):
        yield archive


def _bounded_headers() -> type[tarfile.TarInfo]:
    """The headers of one archive, of which those that extend others are of bounded size."""
    left = MAX_EXTENSIONS

    class Header(tarfile.TarInfo):
        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            """A header as it stands in the archive. Raises `ArchiveRefused` if it is too large."""
            nonlocal left
            header = super().frombuf(buf, encoding, errors)
            if header.type in EXTENSIONS:
                left -= header.size
                if header.size > MAX_EXTENSION or left < 0:
                    raise ArchiveRefused("it says more of its files than their names and sizes")
            return header

    return Header


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than so many bytes, however well they are packed."""

    def __init__(self, raw: Any, limit: int) -> None:
        self._raw = raw
        self._limit = limit
        self._left = limit

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes."""
        content = self._raw.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise ArchiveRefused(f"it unpacks to more than {_megabytes(self._limit)}")
        return content


def _check(members: list[Member], bounds: Bounds) -> None:
    """Refuse an archive for what its members say of themselves."""
    if len(members) > bounds.members:
        raise ArchiveRefused(f"it holds more than {bounds.members} files")
    if sum(member.size for member in members) > bounds.total:
        raise ArchiveRefused(f"it unpacks to more than {_megabytes(bounds.total)}")
    for member in members:
        shown = repr(member.name[:80])
        if member.kind == "other":
            raise ArchiveRefused(f"it holds a link or a device ({shown})")
        if leads_out(member.name):
            raise ArchiveRefused(f"a name in it leads out of the archive ({shown})")


def leads_out(name: str) -> bool:
    """Whether a member's name could mean a place outside the folder it is unpacked to."""
    plain = name.replace("\\", "/")
    parts = PurePosixPath(plain).parts
    drive = len(plain) > 1 and plain[1] == ":"
    return plain.startswith("/") or drive or ".." in parts or "\0" in plain


def wanted(name: str) -> str | None:
    """File name of a member that is a notebook somebody handed in, else None."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part in IGNORED for part in path.parts) or path.name.startswith(".")
    return path.name if path.suffix == NOTEBOOK and not hidden else None


def _read(file: IO[bytes], name: str, bounds: Bounds) -> bytes:
    content = file.read(bounds.notebook + 1)
    if len(content) > bounds.notebook:
        raise ArchiveRefused(f"{name!r} in it is larger than {_megabytes(bounds.notebook)}")
    return content


def _megabytes(size: int) -> str:
    return f"{size / 2**20:g} MB"
