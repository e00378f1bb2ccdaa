"""Finds what was handed in, in folders and under names that an instructor gives: whose, and what.

Every file that is met is answered for: it is a hand-in, it is refused with a reason, or an
operating system or a program of ours left it there. No link in a folder is followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.handed_in.archives import NOTEBOOK, SUFFIXES, is_archive, stem
from grader.handed_in.results import NotCollected
from pix2net.handing_in.identity import SEPARATOR, delivered, student_name

MAX_DEPTH = 6  # of folders below a student's
OTHER_ARCHIVES = (
    ".rar", ".7z", ".gz", ".bz2", ".xz", ".zst", ".z", ".lz", ".lzma", ".cab", ".ace", ".arj",
    ".zipx", ".jar", ".iso", ".dmg",
)  # fmt: skip
UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".!ut", ".opdownload")
# What operating systems, JupyterLab and `course submit` put beside a hand-in.
CLUTTER = re.compile(
    r"\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX|\._.*|\.ipynb_checkpoints|.*\.(receipt|slip)\.txt|.*\.receipt\.json",
    re.IGNORECASE | re.DOTALL,
)
COPY = re.compile(r"( ?\(\d+\)| - (Kopie|Copy))+$")  # what a browser puts behind a name
VERSION = re.compile(r"-\d+$")  # what Canvas does, when it is handed in again


@dataclass(frozen=True)
class HandIn:
    """A file that was handed in.

    Attributes:
        path: where it stands.
        source: how to name it in a sentence.
        student: whose it is.
        number: the student's in a learning management system, or "".
        assignment: what it is, where its name says so.
    """

    path: Path
    source: str
    student: str
    number: str = ""
    assignment: str | None = None


@dataclass
class Found:
    """What was found.

    Attributes:
        left: names of what is no hand-in and was never meant as one.
        others: how many are of assignments that were not asked for.
    """

    hand_ins: list[HandIn] = field(default_factory=list)
    refused: list[NotCollected] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    others: int = 0


class Finder:
    """Looks for hand-ins.

    Attributes:
        known: all assignments of the class folder.
        wanted: those that are collected.
    """

    def __init__(self, known: Sequence[str], wanted: Sequence[str]) -> None:
        self._known = known
        self._wanted = wanted
        self.found = Found()

    def look(self, source: Path) -> None:
        """Find the hand-ins that a path given by the instructor holds; a link is followed."""
        try:
            if source.is_dir():
                entries = sorted(source.iterdir())
                for entry in entries:
                    self._entry(entry)
                if not entries:
                    self._refuse(source, "it is empty")
            elif not source.exists():
                self._refuse(source, "there is no such file or folder")
            elif _is_hand_in(source.name):
                self._named(source, source.resolve())
            else:
                self._refuse(source, why_none(source.name))
        except OSError as error:
            self._refuse(source, f"it cannot be looked at ({error.strerror or error})")

    def _entry(self, entry: Path) -> None:
        """Something in a folder that the instructor gave."""
        if CLUTTER.fullmatch(entry.name):
            self.found.left.append(entry.name)
        elif not _is_plain(entry.name):
            self._refuse(entry, why_none(entry.name))
        elif entry.is_symlink():
            self._refuse(entry, "it is a link, which is not followed")
        elif entry.is_dir():
            self._of_student(entry)
        elif _is_hand_in(entry.name):
            self._named(entry, entry)
        elif _may_be_one(entry.name):
            told = delivered(entry.name)
            student = self._student(entry.name) if told.file else ""
            self._refuse(entry, why_none(entry.name), student)
        else:
            self.found.left.append(entry.name)

    def _refuse(self, path: Path, reason: str, student: str = "") -> None:
        self.found.refused.append(NotCollected(str(path), reason, student))

    def _student(self, text: str) -> str:
        """The student whose name a text begins with; "" where it says none."""
        student = student_name(COPY.sub("", delivered(text).name))
        return "" if student is None or student in self._known else student

    def _named(self, path: Path, place: Path) -> None:
        """A hand-in whose name says whose it is."""
        told = delivered(stem(path))
        student = self._student(stem(path))
        parts = [part for part in told.file.split(SEPARATOR) if part]
        named = self._assignment(parts)
        suffix = path.name[len(stem(path)) :]
        form = f"STUDENT{SEPARATOR}ASSIGNMENT{suffix}"
        if not student:
            self._refuse(path, f"its name says no student: name it {form}")
        elif parts and not named and not told.number:
            known = ", ".join(self._known)
            self._refuse(path, f"there is no assignment {parts[0]!r}; there are {known}", student)
        elif suffix.lower() == NOTEBOOK and not parts:
            self._refuse(path, f"its name says no assignment: name it {form}", student)
        else:
            self._take(HandIn(place, str(path), student, told.number, named))

    def _assignment(self, parts: Sequence[str]) -> str | None:
        """The first assignment that one of some parts of a name names."""
        for part in parts:
            for name in (part, COPY.sub("", part), VERSION.sub("", COPY.sub("", part))):
                if name in self._known:
                    return name
        return None

    def _take(self, hand_in: HandIn) -> None:
        if hand_in.assignment is None or hand_in.assignment in self._wanted:
            self.found.hand_ins.append(hand_in)
        else:
            self.found.others += 1

    def _of_student(self, folder: Path) -> None:
        """Every hand-in below a folder that bears a student's name."""
        told = delivered(folder.name)
        student = student_name(told.name)
        if student is None or student in self._known:
            reason = "a folder of hand-ins bears a student's name, and this cannot be one"
            self._refuse(folder, reason)
            return
        named = self._assignment(told.file.split(SEPARATOR))
        owner = HandIn(folder, str(folder), student, told.number, named)
        before = len(self.found.hand_ins) + len(self.found.refused) + self.found.others
        self._below(folder, owner, MAX_DEPTH)
        if before == len(self.found.hand_ins) + len(self.found.refused) + self.found.others:
            self._refuse(folder, "there is no hand-in in it", student)

    def _below(self, folder: Path, owner: HandIn, depth: int) -> None:
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            reason = f"it cannot be looked at ({error.strerror or error})"
            self._refuse(folder, reason, owner.student)
            return
        for path in entries:
            if CLUTTER.fullmatch(path.name):
                self.found.left.append(path.name)
            elif not _is_plain(path.name):
                self._refuse(path, why_none(path.name), owner.student)
            elif path.is_symlink():
                self._refuse(path, "it is a link, which is not followed", owner.student)
            elif not path.is_dir():
                self._file(path, owner)
            elif depth:
                self._below(path, owner, depth - 1)
            else:
                self._refuse(path, "it lies too deep below the student's folder", owner.student)

    def _file(self, path: Path, owner: HandIn) -> None:
        """A file in a student's folder."""
        if not _is_hand_in(path.name):
            self._refuse(path, why_none(path.name), owner.student)
            return
        named = self._assignment(stem(path).split(SEPARATOR)) or owner.assignment
        self._take(HandIn(path, str(path), owner.student, owner.number, named))


def _is_hand_in(name: str) -> bool:
    return is_archive(Path(name)) or name.lower().endswith(NOTEBOOK)


def _may_be_one(name: str) -> bool:
    """Whether somebody may have meant a file of this name as a hand-in."""
    packed = name.lower().endswith((*OTHER_ARCHIVES, *UNFINISHED)) or "." not in name
    return packed or bool(delivered(name).file)


def _is_plain(name: str) -> bool:
    return name.isprintable() and not name.startswith(".")


def why_none(name: str) -> str:
    """Why a file of this name is no hand-in, in one sentence."""
    lower = name.lower()
    if not name.isprintable():
        return "its name has characters that cannot be shown: rename it if it is a hand-in"
    if name.startswith("."):
        return "its name begins with a dot: rename it if it is a hand-in"
    if lower.endswith(UNFINISHED):
        return "it is a download that has not come to its end"
    if lower.endswith(OTHER_ARCHIVES):
        return "archives of this kind are not read: have it packed as .zip"
    if "." not in name:
        return f"its name has no ending that says what it is: {NOTEBOOK}, or an archive's"
    return f"it is no notebook ({NOTEBOOK}) and no archive that is read ({', '.join(SUFFIXES)})"
