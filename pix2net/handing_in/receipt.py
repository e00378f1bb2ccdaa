"""A receipt: what was handed in, by whom and when, signed by who received it.

The receiving side signs with a key that never leaves it (Ed25519), and anyone who has the class's
public key can check. What a student's own machine writes while it packs is not a receipt.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pix2net.judging.wording import worded

FOLDER = "receipts"  # of a class folder
PUBLIC_KEY = f"{FOLDER}/public-key.txt"
SUFFIX = ".receipt.json"
MAX_RECEIPT = 10_000  # bytes
PREFIX = b"pixels-to-networks receipt 1\n"  # so that what was signed means nothing elsewhere


class ReceiptError(Exception):
    """Something is no receipt, or not one of this class, in one sentence."""


@dataclass(frozen=True)
class Receipt:
    """What the receiving side says that it has.

    Attributes:
        course, student, assignment: whose work it is, and of what.
        sha256: of the notebook's bytes, in hexadecimal digits; ``size`` is their number.
        received: when, in UTC, by the clock of the receiving side.
        attempt: its number among those of the student; 0 where they are not counted.
    """

    course: str
    student: str
    assignment: str
    sha256: str
    size: int
    received: str
    attempt: int = 0

    def __str__(self) -> str:
        number = worded(", attempt {n}", n=self.attempt) if self.attempt else ""
        told = {name: value for name, value in vars(self).items() if name != "attempt"}
        return worded(
            "{student} handed in {assignment} ({course}){number} on {received}: {size} bytes, "
            "sha256 {sha256}",
            number=number, **told,
        )  # fmt: skip


def public_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """A public key as text: 44 characters."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return base64.b64encode(public.public_bytes_raw()).decode()


def sign(receipt: Receipt, key: Ed25519PrivateKey) -> str:
    """The text of a signed receipt."""
    signed = {
        "receipt": asdict(receipt),
        "signed_by": public_text(key),
        "signature": base64.b64encode(key.sign(_bytes_of(receipt))).decode(),
    }
    return json.dumps(signed, indent=1, ensure_ascii=True) + "\n"


def _bytes_of(receipt: Receipt) -> bytes:
    data = json.dumps(asdict(receipt), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return PREFIX + data.encode("ascii")


def check(text: str, public_key: str) -> Receipt:
    """The receipt of a text, if it is signed with the private half of a key.

    Args:
        text: of the receipt.
        public_key: as `public_text` gives it.

    Raises:
        ReceiptError: it is none, was changed, or somebody else signed it.
    """
    receipt, signature = _parsed(text)
    try:
        key = Ed25519PublicKey.from_public_bytes(
            base64.b64decode(public_key.strip(), validate=True)
        )
    except (ValueError, binascii.Error):
        raise ReceiptError(
            worded(
                "this is no public key of a class: it has 44 characters, as in "
                "receipts/public-key.txt"
            )
        ) from None
    try:
        key.verify(signature, _bytes_of(receipt))
    except InvalidSignature:
        raise ReceiptError(
            worded(
                "the signature does not hold: the receipt was changed, or another class signed it"
            )
        ) from None
    return receipt


def is_signed(text: str) -> bool:
    """Whether a text has the form of a signed receipt; whether the signature holds is not asked."""
    try:
        _parsed(text)
    except ReceiptError:
        return False
    return True


def _parsed(text: str) -> tuple[Receipt, bytes]:
    try:
        data = json.loads(text)
        told = data["receipt"]
        signature = base64.b64decode(data["signature"], validate=True)
        receipt = Receipt(**told)
    except (ValueError, KeyError, TypeError, RecursionError):
        told = worded("this is no signed receipt: give the file as it was received")
        raise ReceiptError(told) from None
    if not _is_whole(told):
        told = worded("this is no signed receipt: a part of it is not what it should be")
        raise ReceiptError(told)
    return receipt, signature


def _is_whole(told: Mapping[str, Any]) -> bool:
    kinds = {
        field.name: int if field.name in ("size", "attempt") else str for field in fields(Receipt)
    }
    return all(type(value) is kinds[name] for name, value in told.items())
