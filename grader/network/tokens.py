"""Who may hand in over the network: a token for each student, of which only digests are kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping

from grader.release.course_dir import PRIVATE_FILE, ClassFolder
from pix2net.files import Rejected, read_bounded, replace_file
from pix2net.handing_in.identity import SEPARATOR, student_name

FILE = "tokens.json"
MAX_FILE = 16 * 2**20  # bytes
TOKEN_BYTES = 24  # random ones: 192 bits, so that a plain digest of it tells nothing


class TokenError(Exception):
    """A name that cannot be a student's, or tokens that cannot be read; in one sentence."""


class Tokens:
    """Students and the digests of their tokens, in a file that its owner alone can read."""

    def __init__(self, folder: ClassFolder) -> None:
        self._path = folder.root / FILE
        self._seen = 0
        self._digests: dict[str, str] = {}

    def students(self) -> list[str]:
        """Who has a token."""
        return sorted(self._read())

    def student_of(self, token: str) -> str | None:
        """Whose token something is, or None."""
        return self.student_of_digest(digest_of_token(token))

    def student_of_digest(self, digest: str) -> str | None:
        """Whose token has a digest, or None."""
        found = None
        for student, own in self._read().items():  # all of them, whichever it is
            if hmac.compare_digest(own, digest):
                found = student
        return found

    def give(self, students: Iterable[str], *, again: bool = False) -> dict[str, str]:
        """New tokens for those who have none, or for all of them if ``again``.

        Returns:
            Student -> token, which nobody can read later.

        Raises:
            TokenError: a name that cannot be a student's.
        """
        known = dict(self._read())
        new: dict[str, str] = {}
        for written in students:
            name = student_name(written)
            if name is None or SEPARATOR in name or "/" in name:
                raise TokenError(
                    f"{written!r} cannot be a student's name: use letters, digits, spaces and "
                    ". , _ @ ' -"
                )
            if again or name not in known:
                new[name] = secrets.token_urlsafe(TOKEN_BYTES)
        self._write(known | {name: digest_of_token(token) for name, token in new.items()})
        return new

    def take_away(self, students: Iterable[str]) -> list[str]:
        """End the tokens of some students; who had one."""
        known = dict(self._read())
        gone = [name for name in students if known.pop(name, None) is not None]
        self._write(known)
        return gone

    def _read(self) -> Mapping[str, str]:
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if changed != self._seen:
            try:
                data = json.loads(read_bounded(self._path, MAX_FILE))
            except (Rejected, ValueError) as error:
                raise TokenError(f"{self._path} cannot be read ({error})") from None
            self._digests = {str(name): str(digest) for name, digest in data.items()}
            self._seen = changed
        return self._digests

    def _write(self, digests: Mapping[str, str]) -> None:
        text = json.dumps(dict(sorted(digests.items())), indent=1) + "\n"
        replace_file(self._path, text, PRIVATE_FILE)


def digest_of_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
