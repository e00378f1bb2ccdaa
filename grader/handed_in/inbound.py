"""What stands in an exchange's inbound folder: whose it is, when it came, what is doubtful of it.

Every student can write there. The name of an entry claims a student and a time; the file system
knows the owner and when the entry was last changed, and only these are believed.
"""

from __future__ import annotations

import fnmatch
import os
import pwd
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from pix2net.files import Rejected, open_regular
from pix2net.handing_in.identity import SEPARATOR, TIMESTAMP, student_name

MAX_FILES = 1000
MAX_DEPTH = 12  # of folders in an entry
MAX_PATH = 500  # bytes of a file's place in an entry
# Seconds by which an entry may be changed after the time that it claims: nbgrader copies files
# after it has looked at the clock, and the clocks of two machines differ.
SLACK = 60.0


@dataclass(frozen=True)
class Claim:
    """An entry's name.

    Attributes:
        student: spelled one way.
        assignment: as it stands there.
        time: in UTC.
    """

    student: str
    assignment: str
    time: datetime


def claim_of(name: str) -> Claim:
    """What an entry's name claims. Raises `Rejected` for one that no `nbgrader submit` wrote."""
    parts = name.rsplit(SEPARATOR, 3)  # a student's name may hold the separator
    if len(parts) < 3:
        raise Rejected("its name is not STUDENT+ASSIGNMENT+TIME")
    owner, assignment, time = parts[:3]
    student = student_name(owner)
    if student is None:
        raise Rejected("its name says no student")
    try:
        when = parse_utc(time)
    except Exception:  # the parser of dates fails in many ways on what is none
        raise Rejected("its name says no time") from None
    return Claim(student, assignment, when.replace(tzinfo=UTC))


@dataclass(frozen=True)
class File:
    """A file of an entry that is collected: the folder it stands in, as parts, and its name."""

    folder: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Entry:
    """An entry that holds nothing but files and folders.

    Attributes:
        changed: the latest time at which any of it was changed, by the file system.
        owners: users to whom the entry and its files belong.
        files: those to collect.
        left: names of those that are not collected, since they cannot be shown.
    """

    name: str
    claim: Claim
    changed: datetime
    owners: frozenset[int]
    files: tuple[File, ...]
    left: tuple[str, ...] = ()

    @property
    def received(self) -> datetime:
        """When it was handed in: as it claims, if the file system agrees."""
        return self.claim.time if self.is_on_time else self.changed

    @property
    def is_on_time(self) -> bool:
        """Whether the file system agrees with the time that the name claims."""
        return abs((self.changed - self.claim.time).total_seconds()) <= SLACK


def look_into(path: Path, ignore: Iterable[str], include: Iterable[str]) -> Entry:
    """An entry of the inbound folder. Raises `Rejected` for what cannot be a hand-in.

    Args:
        path: of the entry.
        ignore: patterns of names that are not collected.
        include: patterns of which a file's name must match one.
    """
    claim = claim_of(path.name)
    try:
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode):
            raise Rejected("it is a link" if stat.S_ISLNK(status.st_mode) else "it is no folder")
        walk = _Walk(tuple(ignore), tuple(include))
        walk.see(status)
        walk.into(path, ())
    except OSError as error:
        raise Rejected(f"it cannot be looked at ({error.strerror or error})") from None
    changed = datetime.fromtimestamp(walk.changed, UTC)
    return Entry(
        path.name, claim, changed, frozenset(walk.owners), tuple(walk.files), tuple(walk.left)
    )


class _Walk:
    """Goes through an entry; no link is followed, and nothing that is not a file is opened."""

    def __init__(self, ignore: tuple[str, ...], include: tuple[str, ...]) -> None:
        self._ignore = ignore
        self._include = include
        self.changed = 0.0
        self.owners: set[int] = set()
        self.files: list[File] = []
        self.left: list[str] = []

    def see(self, status: os.stat_result) -> None:
        """Note owner and time."""
        self.changed = max(self.changed, status.st_ctime)
        self.owners.add(status.st_uid)

    def into(self, folder: Path, parts: tuple[str, ...]) -> None:
        """Look through a folder. Raises `Rejected`."""
        if len(parts) > MAX_DEPTH:
            raise Rejected("its folders are nested too deeply")
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            is_folder = stat.S_ISDIR(status.st_mode)
            if not is_folder and not stat.S_ISREG(status.st_mode):
                raise Rejected(f"{entry.name!r} in it is a link or no regular file")
            # What was handed in says nothing of the time: ours stands in its place.
            if _matches(entry.name, self._ignore) or (*parts, entry.name) == (TIMESTAMP,):
                continue
            if len(os.fsencode("/".join((*parts, entry.name)))) > MAX_PATH:
                raise Rejected("a path in it is too long")
            if not entry.name.isprintable() or entry.name.startswith("."):
                self.left.append(entry.name)
                continue
            self.see(status)
            if is_folder:
                self.into(Path(entry.path), (*parts, entry.name))
            elif _matches(entry.name, self._include):
                self.files.append(File(parts, entry.name))
            if len(self.files) > MAX_FILES:
                raise Rejected(f"it holds more than {MAX_FILES} files")


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


class Owners:
    """Who hands in as whom.

    Attributes:
        logins: student -> user of that name on this machine.
        known: student -> user whose hand-in was collected under that name.
        first: student -> user who came first under that name, in the order in which they came.
    """

    def __init__(
        self, logins: Mapping[str, int], known: Mapping[str, int], first: Mapping[str, int]
    ) -> None:
        self._logins = logins
        self._known = known
        self._own = {**first, **known, **logins}
        names: dict[int, str] = {}
        for student, user in (*logins.items(), *known.items(), *first.items()):
            names.setdefault(user, student)
        self._names = names

    def doubt(self, entry: Entry) -> str:
        """Why an entry may be somebody else's than it claims, or ""."""
        if not self._are_personal():
            return ""
        student = entry.claim.student
        if len(entry.owners) > 1:
            return "its files belong to several users"
        (owner,) = entry.owners
        own = self._own.get(student, owner)
        if owner != own:
            return f"it belongs to {self._called(owner)}, and {student} is {self._called(own)}"
        other = self._names.get(owner, student)
        if other != student and student not in self._logins and student not in self._known:
            return f"it belongs to {self._called(owner)}, who hands in as {other}"
        return ""

    def _are_personal(self) -> bool:
        """Whether owners say who somebody is: not where services hand in for many."""
        users = set(self._own.values())
        return len(self._own) < 2 * len(users)

    def _called(self, user: int) -> str:
        name = next((name for name, login in self._logins.items() if login == user), "")
        return f"{name} (user {user})" if name else f"user {user}"


def logins_of(students: Iterable[str]) -> dict[str, int]:
    """Student -> user of that name on this machine; who has none is left out."""
    found = {}
    for student in students:
        try:
            found[student] = pwd.getpwnam(student).pw_uid
        except (KeyError, ValueError, OSError):
            continue
    return found


def first_owners(folder: Path) -> dict[str, int]:
    """Student -> owner of the entry that has stood longest in an inbound folder unchanged.

    They come in the order of these entries.
    """
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(Rejected, OSError):
                student = claim_of(entry.name).student
                status = entry.stat(follow_symlinks=False)
                found.append((status.st_ctime, student, status.st_uid))
    first: dict[str, int] = {}
    for _, student, owner in sorted(found):
        first.setdefault(student, owner)
    return first


def opened(entry: Path, file: File) -> int:
    """A descriptor to read a file of an entry from, whatever its folders became since.

    Raises:
        Rejected: a submission cannot be graded.
    """
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        at = os.open(entry, flags)
        try:
            for part in file.folder:
                inner = os.open(part, flags, dir_fd=at)
                os.close(at)
                at = inner
            return open_regular(file.name, at=at)
        finally:
            os.close(at)
    except OSError as error:
        raise Rejected(f"a folder in it cannot be opened ({error.strerror or error})") from None
