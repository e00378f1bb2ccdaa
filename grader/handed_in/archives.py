"""Takes notebooks out of archives that students made, which are hostile until shown otherwise.

Nothing is unpacked: members are listed, the archive is refused as a whole if any of them is out of
order, and the notebooks' bytes are read up to a limit. No name inside ever becomes a path.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from grader.handed_in import tars, zips
from grader.handed_in.members import BOUNDS, NOTEBOOK, ArchiveRefused, Bounds, too_large
from pix2net.files import Rejected, mebibytes, open_regular

__all__ = [
    "BOUNDS", "NOTEBOOK", "SUFFIXES", "ArchiveRefused", "Bounds", "is_archive", "notebooks_in",
    "stem",
]  # fmt: skip
ZIP = ".zip"
SUFFIXES = (ZIP, *tars.OPENERS)


def is_archive(path: Path) -> bool:
    """Whether a file's name is that of an archive which is read here."""
    return path.name.lower().endswith(SUFFIXES)


def ending(name: str) -> str:
    """The ending of an archive's or notebook's name as it is known here; "" for any other."""
    lower = name.lower()
    return next((known for known in (*SUFFIXES, NOTEBOOK) if lower.endswith(known)), "")


def stem(path: Path) -> str:
    """An archive's or notebook's name without its ending."""
    return path.name[: len(path.name) - len(ending(path.name))]


def notebooks_in(path: Path, bounds: Bounds = BOUNDS) -> dict[str, bytes]:
    """File name of each notebook in an archive -> its bytes; folders inside do not matter.

    Raises:
        Rejected: an archive that is damaged, encrypted, too large, holds links or devices or names
            that lead out of it, or holds two notebooks of one name, and for what is no file; and
            nothing else.
    """
    with os.fdopen(open_regular(path), "rb") as file:
        if os.fstat(file.fileno()).st_size > bounds.file:
            limit = mebibytes(bounds.file)
            raise ArchiveRefused(f"it is larger than {limit}: have the notebook packed alone")
        try:
            return _gathered(_members(file, ending(path.name), bounds), bounds)
        except Rejected:
            raise
        except Exception as error:  # readers of archives fail in many ways on what is none
            raise ArchiveRefused("it is damaged or not what its name says") from error


def _members(file: BinaryIO, kind: str, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    return zips.notebooks(file, bounds) if kind == ZIP else tars.notebooks(file, kind, bounds)


def _gathered(found: Iterator[tuple[str, bytes]], bounds: Bounds) -> dict[str, bytes]:
    gathered: dict[str, bytes] = {}
    left = bounds.total
    for name, content in found:
        left -= len(content)
        if left < 0:
            raise too_large(bounds)
        if name in gathered:
            raise ArchiveRefused(f"it holds {name!r} twice, so it is not clear which counts")
        gathered[name] = content
    return gathered
