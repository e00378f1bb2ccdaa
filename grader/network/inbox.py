"""Every hand-in that came over the network, kept for good: on disk before anybody is told so.

    attempts/STUDENT/ASSIGNMENT/0001/
        ASSIGNMENT.ipynb   as it came
        timestamp.txt      when, as nbgrader writes it
        receipt.json       signed
        verdict.json       what grading at hand-in found, once it has
        shown.json         what of that the student may see before the due date

An attempt is written beside its place and moved there when all of it is on disk, its receipt
included. So whenever the machine stops, there is an attempt with its receipt, or none.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grader.handed_in.submitted import Handed, stamp_of
from grader.release.course_dir import PRIVATE_FOLDER, ClassFolder
from grader.weave import layout
from pix2net import leftovers
from pix2net.files import Rejected, digest, read_bounded, replace_file
from pix2net.handing_in.identity import TIMESTAMP, timestamp
from pix2net.handing_in.receipt import Receipt, sign

FOLDER = "attempts"
RECEIPT, VERDICT, SHOWN = "receipt.json", "verdict.json", "shown.json"
NUMBER = re.compile(r"\d{4,9}")
MAX_RECORD = 64 * 2**20  # bytes
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Attempt:
    """One hand-in that is on disk."""

    student: str
    assignment: str
    number: int
    folder: Path

    @property
    def name(self) -> str:
        """What it is called on the line to the grading process: a path below ``attempts/``."""
        return f"{self.student}/{self.assignment}/{self.folder.name}"

    @property
    def handed(self) -> Handed:
        """The submission as grading takes it."""
        return Handed(self.student, self.assignment, self.folder)

    @property
    def is_there(self) -> bool:
        """Whether its notebook is still in its place."""
        return (self.folder / layout.notebook_name(self.assignment)).is_file()

    @property
    def received(self) -> datetime:
        """When it came."""
        return stamp_of(self.folder) or LONG_AGO

    def receipt(self) -> str:
        """The text of its signed receipt."""
        return read_bounded(self.folder / RECEIPT).decode("utf-8")

    def read(self, name: str) -> dict[str, Any] | None:
        """One of its records; None where there is none that can be read."""
        try:
            data = json.loads(read_bounded(self.folder / name, MAX_RECORD))
        except (Rejected, ValueError, RecursionError):
            return None
        return data if isinstance(data, dict) else None

    def write(self, name: str, data: dict[str, Any]) -> None:
        """Keep a record beside it, unless it was moved away meanwhile, with a student who left."""
        if self.is_there:
            replace_file(self.folder / name, json.dumps(data) + "\n")


class Inbox:
    """The attempts of a class.

    Attributes:
        folder: the class's.
        course: its name, for receipts.
        key: that signs them.
    """

    def __init__(self, folder: ClassFolder, course: str, key: Ed25519PrivateKey) -> None:
        self.folder = folder
        self._course = course
        self._key = key
        self._lock = threading.Lock()

    @property
    def root(self) -> Path:
        return self.folder.root / FOLDER

    def place(self, student: str, assignment: str) -> Path:
        """The folder of a student's attempts."""
        return self.root / student / assignment

    def of(self, student: str, assignment: str) -> list[Attempt]:
        """A student's attempts, the first one first; a folder without a notebook is none."""
        return [each for each in self._folders(student, assignment) if each.is_there]

    def _folders(self, student: str, assignment: str) -> list[Attempt]:
        place = self.place(student, assignment)
        try:
            names = sorted(filter(NUMBER.fullmatch, os.listdir(place)), key=int)
        except OSError:
            return []
        return [Attempt(student, assignment, int(name), place / name) for name in names]

    def all(self) -> Iterator[Attempt]:
        """Everybody's attempts."""
        for place in sorted(self.root.glob("*/*")):
            if place.is_dir() and not place.name.startswith("."):
                yield from self.of(place.parent.name, place.name)

    def named(self, name: str) -> Attempt:
        """The attempt of an `Attempt.name`."""
        student, assignment, number = name.split("/")
        return Attempt(student, assignment, int(number), self.root / name)

    def keep(self, student: str, assignment: str, content: bytes, received: datetime) -> Attempt:
        """Write an attempt to the disk; once this returns, it is there for good.

        Raises:
            OSError: the file system fails; then nothing was kept.
        """
        with self._lock:
            place = self.place(student, assignment)
            _make_for_good(place, self.folder.root)
            number = max((a.number for a in self._folders(student, assignment)), default=0) + 1
            attempt = Attempt(student, assignment, number, place / f"{number:04d}")
            receipt = Receipt(
                self._course, student, assignment, digest(content), len(content),
                timestamp(received), number,
            )  # fmt: skip
            files = {
                layout.notebook_name(assignment): content,
                TIMESTAMP: timestamp(received).encode(),
                RECEIPT: sign(receipt, self._key).encode(),
            }
            self._move_in(files, attempt.folder)
            return attempt

    def _move_in(self, files: dict[str, bytes], place: Path) -> None:
        staged = Path(tempfile.mkdtemp(dir=place.parent, prefix=leftovers.prefix("attempt")))
        try:
            for name, content in files.items():
                _write_for_good(staged / name, content)
            _sync(staged)
            os.rename(staged, place)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        _sync(place.parent)


def _write_for_good(path: Path, content: bytes) -> None:
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have the disk know what a folder holds."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_for_good(folder: Path, root: Path) -> None:
    """Make a folder below another one, and have the disk know of every one that is new."""
    if folder.is_dir():
        return
    if folder != root:
        _make_for_good(folder.parent, root)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        _sync(folder.parent)
