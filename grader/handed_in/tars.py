"""Reads tar archives that were handed in, as a stream, plain or compressed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any, BinaryIO, NoReturn, Self

from grader.handed_in.members import (
    CHUNK,
    ArchiveRefused,
    Bounds,
    Member,
    Tally,
    content,
    too_large,
    wanted,
)

MAX_MEMORY = 128 * 2**20  # bytes that unpacking .xz may take; its highest level takes 65 MiB
MAX_STREAMS = 1000  # one after another in a compressed file; programs make one, or one a MB
MAX_READINGS = 100_000  # that `gzip` makes of a file: of a header's texts, one a byte
OPENERS = MappingProxyType[str, Callable[[BinaryIO], Any]]({
    ".tar": lambda file: file,
    ".tar.gz": lambda file: gzip.GzipFile(fileobj=_Counted(file)),
    ".tgz": lambda file: gzip.GzipFile(fileobj=_Counted(file)),
    ".tar.bz2": lambda file: _Unpacked(file, bz2.BZ2Decompressor),
    ".tbz2": lambda file: _Unpacked(file, bz2.BZ2Decompressor),
    ".tar.xz": lambda file: _Unpacked(file, _xz),
    ".txz": lambda file: _Unpacked(file, _xz),
})  # fmt: skip
# Members that say more of the next one. Python reads them with a pattern that takes quadratic time
# over digits, until 3.11.9 and 3.12.5.
EXTENSIONS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip
MAX_EXTENSION = 4096  # bytes of one
MAX_EXTENSIONS = 2**20  # bytes of all


def notebooks(file: BinaryIO, ending: str, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    """File name and bytes of each notebook in an archive.

    Args:
        file: the archive.
        ending: of its name, one of `OPENERS`.
        bounds: how large it may be.

    Raises `ArchiveRefused`, and whatever `tarfile` and the rest do over what is no archive.
    """
    with (
        OPENERS[ending](file) as raw,
        tarfile.open(
            fileobj=_Bounded(raw, bounds), mode="r|", tarinfo=_bounded_headers()
        ) as archive,
    ):
        tally = Tally(bounds)
        for info in archive:
            tally.see(_member(info))
            name = wanted(info.name)
            if name and info.isreg():
                member = archive.extractfile(info)
                if member is not None:
                    yield name, content(member, name, bounds)


def _member(info: tarfile.TarInfo) -> Member:
    plain = info.type in (tarfile.REGTYPE, tarfile.AREGTYPE)
    kind = "file" if plain else "folder" if info.isdir() else "other"
    return Member(info.name, kind, info.size)


def _bounded_headers() -> type[tarfile.TarInfo]:
    """The headers of one archive, of which those that extend others are of bounded size."""
    left = MAX_EXTENSIONS

    class Header(tarfile.TarInfo):
        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            """A header as it stands in the archive. Raises `ArchiveRefused` if it is too large."""
            nonlocal left
            header = super().frombuf(buf, encoding, errors)
            if header.size < 0:
                raise ArchiveRefused("it gives a file a size below nothing")
            if header.type in EXTENSIONS:
                left -= header.size
                if header.size > MAX_EXTENSION or left < 0:
                    raise ArchiveRefused("it says more of its files than their names and sizes")
            return header

        def _refuse(self, *_: object) -> NoReturn:
            """Maps of holes in files are lists without an end, which Python reads in a loop."""
            raise ArchiveRefused("it holds a file with holes")

        _proc_sparse = _proc_gnusparse_00 = _proc_gnusparse_01 = _proc_gnusparse_10 = _refuse

    return Header


def _xz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_MEMORY)


class _Unpacked(io.RawIOBase):
    """What a compressed file holds, unpacked as far as it is read; of few streams."""

    def __init__(self, file: BinaryIO, new: Callable[[], Any]) -> None:
        self._file = file
        self._new = new
        self._decoder = new()
        self._streams = 1

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; none at the end."""
        while True:
            packed = b""
            if self._decoder.eof:
                packed = self._decoder.unused_data or self._file.read(CHUNK)
                if not packed.strip(b"\0"):  # .xz may be filled up with zeros
                    return b""
                self._decoder = self._new()
                self._streams += 1
                if self._streams > MAX_STREAMS:
                    raise ArchiveRefused("it is packed in too many pieces")
            elif self._decoder.needs_input:
                packed = self._file.read(CHUNK)
                if not packed:
                    raise EOFError("the file is cut off")
            content: bytes = self._decoder.decompress(packed, size)
            if content:
                return content


class _Counted:
    """A file that is read so many times and no more."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._readings = 0
        self.seek = file.seek

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes."""
        self._readings += 1
        if self._readings > MAX_READINGS:
            raise ArchiveRefused("it is packed in too many pieces")
        return self._file.read(size)


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than so many bytes, however well they are packed."""

    def __init__(self, raw: Any, bounds: Bounds) -> None:
        self._raw = raw
        self._bounds = bounds
        self._left = bounds.total

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes."""
        most = min(size, self._left + 1) if size >= 0 else self._left + 1
        content: bytes = self._raw.read(most)
        self._left -= len(content)
        if self._left < 0:
            raise too_large(self._bounds)
        return content
