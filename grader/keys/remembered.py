"""What was found out of exercises before and still holds, kept in the user's cache.

An entry names what it follows from, by the digest of all of it (`grader.exercises.content`), and
the digest of what it says. Where either is another, as in a damaged file, it does not count.
Nothing secret is kept: public keys travel with every release, and verify has seeds of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from grader.exercises.content import Contents
from grader.exercises.model import Chapter, Exercise
from pix2net.files import PRIVATE, Rejected, cache_folder, digest, read_bounded, replace_file
from pix2net.judging import codec
from pix2net.judging.answer_key import KEY_LIMITS

CHECKERS = ("grader.keys.workshop",)
KEPT = 4  # states of a thing of which entries stay: people go to and fro between branches


class Store:
    """Plain data by the name of what it is about and the digest of all that it follows from."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the entries."""
        self._folder = folder

    def recall(self, name: str, content: str) -> Any:
        """What was kept under a name for this content; None if there is none that counts."""
        try:
            entry = read_bounded(self._path(name, content), KEY_LIMITS.size)
            head, _, packed = entry.partition(b"\n")
            if head == _head(content, packed):
                return codec.loads(packed, KEY_LIMITS)
        except (Rejected, codec.CodecError):
            pass
        return None

    def keep(self, name: str, content: str, answer: Any) -> None:
        """Keep plain data; where the cache cannot be written, nothing is kept."""
        path = self._path(name, content)
        packed = codec.dumps(answer, KEY_LIMITS)
        with contextlib.suppress(OSError):
            replace_file(path, _head(content, packed) + b"\n" + packed, PRIVATE)
            for old in list(_newest_first(path))[KEPT:]:
                old.unlink(missing_ok=True)

    def _path(self, name: str, content: str) -> Path:
        return self._folder / f"{name}-{content[:16]}"


class Memory:
    """Answers to questions about exercises, by what the exercises are made of.

    It is for exercises as their files say: one that was changed after it was read would be taken
    for the one in the file.
    """

    def __init__(self, folder: Path | None = None, checkers: Iterable[str] = CHECKERS) -> None:
        """Begin.

        Args:
            folder: of the entries (default: one in the user's cache).
            checkers: the modules that find the answers.
        """
        self._store = Store(cache_folder() / "exercises" if folder is None else folder)
        self._contents = Contents(checkers)

    def recall(
        self, question: str, exercise: Exercise, chapter: Chapter, beside: Iterable[str] = ()
    ) -> Any:
        """The plain data that was kept for this question; None if there is none that counts.

        Args:
            beside: further modules that the answer follows from.
        """
        content = self._contents.of(exercise, chapter, beside)
        return self._store.recall(f"{exercise.name}-{question}", content)

    def keep(
        self,
        question: str,
        exercise: Exercise,
        chapter: Chapter,
        answer: Any,
        beside: Iterable[str] = (),
    ) -> None:
        """Keep plain data; where the cache cannot be written, nothing is kept."""
        content = self._contents.of(exercise, chapter, beside)
        self._store.keep(f"{exercise.name}-{question}", content, answer)


def _head(content: str, packed: bytes) -> bytes:
    return f"{content} {digest(packed)}".encode()


def _newest_first(path: Path) -> Iterator[Path]:
    """The entries for the same question about the same exercise."""
    same = path.parent.glob(f"{path.name.rpartition('-')[0]}-*")
    yield from sorted(same, key=lambda each: each.stat().st_mtime_ns, reverse=True)
