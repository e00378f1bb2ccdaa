"""Packs a notebook for handing in, and writes a packing slip with its digest beside it.

The slip is the student's own word. A receipt comes from who receives, see `receipt`.
"""

from __future__ import annotations

import getpass
import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pix2net.files import Rejected, digest, read_bounded
from pix2net.handing_in.identity import SEPARATOR, student_name, timestamp
from pix2net.judging.wording import translated, worded


class PackError(Exception):
    """Why a notebook is not packed, in one sentence."""


@dataclass(frozen=True)
class Packed:
    """An archive that is ready to hand in, and the packing slip beside it.

    Attributes:
        digest: SHA-256 of the notebook's bytes, in hexadecimal digits.
    """

    student: str
    assignment: str
    archive: Path
    slip: Path
    digest: str

    def as_json(self) -> dict[str, str]:
        """Plain data."""
        return {name: str(value) for name, value in vars(self).items()}


def login_name() -> str | None:
    """The name that this machine knows the learner by, if it can be a student's."""
    try:
        return student_name(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return None


def pack(notebook: Path, student: str, folder: Path) -> Packed:
    """Write ``STUDENT+ASSIGNMENT.zip`` and its packing slip into a folder, made if missing.

    Raises:
        PackError: a name that cannot be a student's.
        OSError: the file system fails.
    """
    name = student_name(student)
    if name is None or SEPARATOR in student:
        raise PackError(
            worded(
                "{name!r} cannot be a student's name: use letters, digits, spaces and . , _ @ ' -",
                name=student,
            )
        )
    try:
        content = read_bounded(notebook.resolve())
    except Rejected as problem:
        raise PackError(f"{notebook}: {translated(problem.reason)}") from None
    sha256 = digest(content)
    folder.mkdir(parents=True, exist_ok=True)
    base = folder / f"{name}{SEPARATOR}{notebook.stem}"
    archive, slip = Path(f"{base}.zip"), Path(f"{base}.slip.txt")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(notebook.name, content)
    archive.write_bytes(buffer.getvalue())
    now = timestamp(datetime.now(UTC))
    slip.write_text(
        f"student     {name}\nassignment  {notebook.stem}\npacked      {now}\n"
        f"sha256      {sha256}\n\n"
        + worded(
            "A packing slip, written by your own machine: it says what you packed, and is no "
            "receipt.\nA receipt is signed by who received your work; `course receipt FILE` checks "
            "one. With\nthe digest above, the notebook's sha256sum, your instructor can look up "
            "what arrived.\n"
        ),
        encoding="utf-8",
    )
    return Packed(name, notebook.stem, archive, slip, sha256)
