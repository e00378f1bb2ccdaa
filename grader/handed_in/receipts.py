"""Looks up a receipt: which collected submission has the digest that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.release.course_dir import ClassFolder
from grader.weave import layout
from pix2net.files import digest

DIGEST = re.compile(r"\b[0-9a-fA-F]{12,64}\b")
MAX_RECEIPT = 10_000  # bytes


class ReceiptError(Exception):
    """Something is no receipt, in one sentence."""


@dataclass(frozen=True)
class Found:
    """A collected notebook whose digest a receipt names."""

    student: str
    assignment: str
    digest: str


def digest_in(text: str) -> str:
    """The digest of a receipt: its file, its text, or at least the digest's first 12 digits.

    Raises `ReceiptError`.
    """
    path = Path(text)
    try:
        content = path.read_bytes()[:MAX_RECEIPT].decode("utf-8", "replace")
    except (OSError, ValueError):
        content = text
    digests = DIGEST.findall(content)
    if len(digests) != 1:
        raise ReceiptError(
            f"{text[:80]!r} is no receipt: give its file, or at least 12 digits of its sha256"
        )
    return str(digests[0]).lower()


def find(folder: ClassFolder, first: str) -> Iterator[Found]:
    """The collected submissions whose notebook has this digest, or one that begins with it."""
    for notebook in sorted(folder.root.glob(f"submitted/*/*/*{layout.NOTEBOOK_SUFFIX}")):
        if notebook.is_symlink() or notebook.stem != notebook.parent.name:
            continue
        own = digest(notebook.read_bytes())
        if own.startswith(first):
            yield Found(notebook.parent.parent.name, notebook.stem, own)
