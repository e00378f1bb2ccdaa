"""What was found out of exercises before and still holds, kept in the user's cache.

An entry names what it follows from, by the digest of all of it (`grader.exercises.content`), and
the digest of what it says. Where either is another, as in a damaged file, it does not count.
Nothing secret is kept: public keys travel with every release, and verify has seeds of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.exercises.content import Contents
from grader.exercises.model import Chapter, Exercise
from pix2net.files import PRIVATE, Rejected, cache_folder, digest, read_bounded, replace_file
from pix2net.judging import codec
from pix2net.judging.answer_key import KEY_LIMITS

CHECKERS = ("grader.keys.workshop",)
KEPT = 4  # states of an exercise of which entries stay: people go to and fro between branches


class Memory:
    """Answers to questions about exercises, by what the exercises are made of.

    It is for exercises as their files say: one that was changed after it was read would be taken
    for the one in the file.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the folder of the entries (default: one in the user's cache)."""
        self._folder = cache_folder() / "exercises" if folder is None else folder
        self._contents = Contents(CHECKERS)

    def recall(self, question: str, exercise: Exercise, chapter: Chapter) -> Any:
        """The plain data that was kept for this question; None if there is none that counts."""
        content = self._contents.of(exercise, chapter)
        try:
            entry = read_bounded(self._path(question, exercise, content), KEY_LIMITS.size)
            head, _, packed = entry.partition(b"\n")
            if head == _head(content, packed):
                return codec.loads(packed, KEY_LIMITS)
        except (Rejected, codec.CodecError):
            pass
        return None

    def keep(self, question: str, exercise: Exercise, chapter: Chapter, answer: Any) -> None:
        """Keep plain data; where the cache cannot be written, nothing is kept."""
        content = self._contents.of(exercise, chapter)
        path = self._path(question, exercise, content)
        packed = codec.dumps(answer, KEY_LIMITS)
        with contextlib.suppress(OSError):
            replace_file(path, _head(content, packed) + b"\n" + packed, PRIVATE)
            for old in list(_newest_first(path))[KEPT:]:
                old.unlink(missing_ok=True)

    def _path(self, question: str, exercise: Exercise, content: str) -> Path:
        return self._folder / f"{exercise.name}-{question}-{content[:16]}"


def _head(content: str, packed: bytes) -> bytes:
    return f"{content} {digest(packed)}".encode()


def _newest_first(path: Path) -> Iterator[Path]:
    """The entries for the same question about the same exercise."""
    same = path.parent.glob(f"{path.name.rpartition('-')[0]}-*")
    yield from sorted(same, key=lambda each: each.stat().st_mtime_ns, reverse=True)
