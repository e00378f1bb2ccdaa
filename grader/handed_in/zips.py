"""Reads zip archives that were handed in: the list of members first, then the notebooks alone."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from grader.handed_in.members import (
    ArchiveRefused,
    Bounds,
    Member,
    Tally,
    content,
    too_many,
    wanted,
)

MAX_ENTRY = 1024  # bytes that the list takes for a member
# Of the other methods, `zipfile` unpacks all that a reading brings at once: gigabytes, out of 1 KB.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1 | 0x40 | 0x2000  # flags of a member: its content, strongly, the list as well


def notebooks(file: BinaryIO, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    """File name and bytes of each notebook in an archive.

    Raises:
        ArchiveRefused: , and whatever `zipfile` does over what is no archive.
    """
    with zipfile.ZipFile(_Measured(file, bounds)) as archive:
        infos = archive.infolist()
        tally = Tally(bounds)
        for info in infos:
            tally.see(_member(info))
        for info in infos:
            name = wanted(info.filename)
            if name is None or _is_folder(info):
                continue
            if info.flag_bits & ENCRYPTED:
                raise ArchiveRefused("it is encrypted: have it packed without a password")
            if info.compress_type not in METHODS:
                raise ArchiveRefused(
                    "it is packed by a method that is not read here: "
                    "have it packed as an ordinary zip archive"
                )
            with archive.open(info) as member:
                yield name, content(member, name, bounds)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith("/")


def _member(info: zipfile.ZipInfo) -> Member:
    mode = info.external_attr >> 16
    strange = stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
    kind = "other" if strange else "folder" if _is_folder(info) else "file"
    # The name as it is in the file: ZipInfo cuts it at a NUL.
    return Member(info.orig_filename, kind, info.file_size)


class _Measured:
    """A file of which no single reading may bring more than a list of all members can be long.

    `zipfile` reads the whole list at once, as long as the archive says that it is.
    """

    def __init__(self, file: BinaryIO, bounds: Bounds) -> None:
        self._file = file
        self._bounds = bounds
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; all that are left for -1."""
        if size < 0:
            at = self.tell()
            size = self.seek(0, io.SEEK_END) - at
            self.seek(at)
        if size > self._bounds.members * MAX_ENTRY + zipfile.ZIP_MAX_COMMENT:
            raise too_many(self._bounds)
        return self._file.read(size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
