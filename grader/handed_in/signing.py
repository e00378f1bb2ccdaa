"""The class's key for signing receipts, and the receipts that were issued.

receipts/signing.key        private, readable by its owner alone
receipts/public-key.txt     what anybody checks receipts with: give it out
receipts/STUDENT/ASSIGNMENT-DIGEST.receipt.json
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grader.handed_in.results import Collected
from grader.handed_in.submitted import stamp_of
from grader.release.course_dir import PRIVATE_FILE, PRIVATE_FOLDER, ClassFolder
from grader.weave import layout
from pix2net import leftovers
from pix2net.files import Rejected, digest, read_bounded, replace_file
from pix2net.handing_in.identity import timestamp
from pix2net.handing_in.receipt import (
    FOLDER,
    MAX_RECEIPT,
    PUBLIC_KEY,
    SUFFIX,
    Receipt,
    ReceiptError,
    public_text,
    sign,
)

RECEIVED = ("new", "updated")  # what becomes of a hand-in that gets a receipt
SIGNING_KEY = f"{FOLDER}/signing.key"


def signing_key(folder: ClassFolder) -> Ed25519PrivateKey:
    """The class's private key; made where there is none, and never replaced.

    Raises:
        ReceiptError: there is one that cannot be used.
    """
    path = folder.root / SIGNING_KEY
    if not path.exists():
        _make(path)
    if path.stat().st_mode & 0o077:
        raise ReceiptError(
            f"{path} can be read by others, who could sign receipts with it: run `chmod 600 {path}`"
        )
    try:
        key = serialization.load_pem_private_key(read_bounded(path, MAX_RECEIPT), None)
    except (Rejected, ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ReceiptError(f"{path} is no key for receipts: put a copy from before in its place")
    public = folder.root / PUBLIC_KEY
    if not public.exists() or public.read_text().strip() != public_text(key):
        replace_file(public, public_text(key) + "\n")
    return key


def _make(path: Path) -> None:
    """Write a new key, unless somebody else has just done so."""
    path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=leftovers.prefix(path.name))
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), PRIVATE_FILE)
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
    finally:
        os.unlink(temporary)


def issue(folder: ClassFolder, collected: Iterable[Collected]) -> list[Path]:
    """Sign and write a receipt for each hand-in that was put into its place.

    Returns:
        The files, which may be given to the students.
    """
    key = signing_key(folder)
    written = []
    for each in collected:
        place = folder.submitted(each.student, each.assignment)
        try:
            content = read_bounded(place / layout.notebook_name(each.assignment))
        except Rejected:
            continue
        receipt = receipt_of(
            folder, each.student, each.assignment, content, stamp_of(place) or datetime.now(UTC)
        )
        name = f"{each.assignment}-{receipt.sha256[:12]}{SUFFIX}"
        path = folder.root / FOLDER / each.student / name
        replace_file(path, sign(receipt, key), PRIVATE_FILE)
        written.append(path)
    return written


def receipt_of(
    folder: ClassFolder,
    student: str,
    assignment: str,
    content: bytes,
    received: datetime,
    attempt: int = 0,
) -> Receipt:
    """What is said of a hand-in."""
    return Receipt(
        folder.course_id(), student, assignment, digest(content), len(content),
        timestamp(received), attempt,
    )  # fmt: skip
