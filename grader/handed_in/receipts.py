"""Looks up a receipt or packing slip: which collected submission has the digest that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.handed_in.signing import signing_key
from grader.release.course_dir import ClassFolder
from grader.weave import layout
from pix2net.files import Rejected, digest, read_bounded
from pix2net.handing_in import receipt

DIGEST = re.compile(r"\b[0-9a-fA-F]{12,64}\b")


@dataclass(frozen=True)
class Found:
    """A collected notebook whose digest a receipt names."""

    student: str
    assignment: str
    digest: str


def digest_in(text: str, folder: ClassFolder) -> str:
    """The digest of a receipt or packing slip: its file, its text, or the digest's first 12 digits.

    Raises:
        ReceiptError: it names no digest, or is a receipt that this class has not signed.
    """
    try:
        # A link that the caller names is followed; a pipe is not waited for.
        content = read_bounded(Path(text).resolve(), receipt.MAX_RECEIPT).decode("utf-8", "replace")
    except (Rejected, OSError, ValueError, RuntimeError):
        content = text
    if receipt.is_signed(content):
        return receipt.check(content, receipt.public_text(signing_key(folder))).sha256
    digests = DIGEST.findall(content)
    if len(digests) != 1:
        raise receipt.ReceiptError(
            f"{text[:80]!r} is no receipt: give its file, or at least 12 digits of its sha256"
        )
    return str(digests[0]).lower()


def find(folder: ClassFolder, first: str) -> Iterator[Found]:
    """The collected submissions whose notebook has this digest, or one that begins with it."""
    for notebook in sorted(folder.root.glob(f"submitted/*/*/*{layout.NOTEBOOK_SUFFIX}")):
        if notebook.stem != notebook.parent.name:
            continue
        try:
            own = digest(read_bounded(notebook))
        except Rejected:
            continue
        if own.startswith(first):
            yield Found(notebook.parent.parent.name, notebook.stem, own)
