"""Remembers of what was collected where it came from, for what comes later under the same name.

One small file a hand-in in the class folder, which no student can write: the name under which it
was delivered, the number of its student in the learning management system, and the user whom it
belonged to on the exchange.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.release.course_dir import ClassFolder
from pix2net.files import Rejected, read_bounded, replace_file

FOLDER = "deliveries"
MAX_BYTES = 10_000


@dataclass(frozen=True)
class Delivery:
    """How a hand-in came.

    Attributes:
        source: the name under which it was delivered.
        number: the student's in a learning management system, or "".
        owner: the user's on the exchange's file system, or None.
    """

    source: str
    number: str = ""
    owner: int | None = None


class Deliveries:
    """The deliveries of one class folder."""

    def __init__(self, folder: ClassFolder) -> None:
        self._root = folder.root / FOLDER

    def _path(self, student: str, assignment: str) -> Path:
        return self._root / student / f"{assignment}.json"

    def find(self, student: str, assignment: str) -> Delivery | None:
        """How a student's hand-in of an assignment came, or None where nothing readable says it."""
        return _read(self._path(student, assignment))

    def of(self, student: str) -> Iterator[Delivery]:
        """How all of a student's hand-ins came."""
        for path in sorted((self._root / student).glob("*.json")):
            found = _read(path)
            if found is not None:
                yield found

    def save(self, student: str, assignment: str, delivery: Delivery) -> None:
        """Remember one."""
        replace_file(self._path(student, assignment), json.dumps(asdict(delivery)) + "\n")


def _read(path: Path) -> Delivery | None:
    try:
        data = json.loads(read_bounded(path, MAX_BYTES))
        found = Delivery(str(data["source"]), str(data["number"]), data["owner"])
    except (Rejected, ValueError, KeyError, TypeError):
        return None
    return found if found.owner is None or type(found.owner) is int else None
