"""nbgrader's collecting from the exchange, hardened: students write into that folder.

Stock nbgrader follows links that a student put there, takes the time from the name of a folder or
from a file that was handed in, takes a folder for the work of whom it names, whoever made it,
removes what was collected before it can read what takes its place, and stops at the first entry
that it cannot read.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from traitlets import Bool

from grader.handed_in.deliveries import Deliveries, Delivery
from grader.handed_in.inbound import (
    Entry,
    File,
    Owners,
    claim_of,
    first_owners,
    logins_of,
    look_into,
    opened,
)
from grader.handed_in.recognise import Assignments
from grader.handed_in.results import Doubtful, NotCollected
from grader.handed_in.submitted import stamp_of
from grader.handed_in.whose import those_who_left, why_left
from grader.release.course_dir import ClassFolder
from grader.weave import layout
from pix2net import leftovers
from pix2net.files import Rejected, digest, read_bounded
from pix2net.handing_in.identity import TIMESTAMP, timestamp

KILO = 1000  # nbgrader's limits are in kilobytes
DOUBTFUL = "doubtful"  # the folder in which doubtful hand-ins are kept
MAX_KEPT = 3  # of one student and assignment
LABEL = "%Y-%m-%d %H.%M.%S"


class CollectRegularFiles(ExchangeCollect):
    """Copies regular files alone, and asks the file system whose they are and when they came.

    Attributes:
        refused, doubtful: what was not collected, and why.
        told: the lines about them in nbgrader's log.
    """

    believe_names = Bool(
        False,
        help="Believe the times in the names of the exchange's folders, as after the exchange was "
        "copied to another place, which changes every time that the file system knows.",
    ).tag(config=True)
    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Look at every entry of the assignment."""
        super().init_src()  # which fails with nbgrader's own words, and knows the due date
        self.refused: list[NotCollected] = []
        self.doubtful: list[Doubtful] = []
        self.told: list[str] = []
        self.sources: dict[str, str] = {}
        self._folder = ClassFolder(Path(self.coursedir.root).resolve())
        self._deliveries = Deliveries(self._folder)
        self._cells = Assignments(self._folder)
        self._entries = self._by_student()

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """What stock nbgrader looks through before we do."""
        name = os.path.basename(path)
        try:
            when = claim_of(name).time.replace(tzinfo=None)
        except Rejected:
            when = datetime.min
        return {"username": name, "filename": name, "timestamp": when}

    def _by_student(self) -> dict[str, list[Entry]]:
        """Student -> entries of this assignment, the latest first."""
        found: dict[str, list[Entry]] = {}
        course = self.coursedir
        left = {each.id: each for each in those_who_left(self._folder)}
        for path in sorted(Path(self.inbound_path).iterdir()):
            if f"+{course.assignment_id}+" not in path.name:
                continue
            student = ""
            try:
                claim = claim_of(path.name)
                student = claim.student
                if claim.assignment != course.assignment_id:
                    continue
                if course.student_id not in ("*", student):
                    continue
                if student in left:
                    raise Rejected(why_left(left[student]))
                entry = look_into(path, course.ignore, course.include)
            except Rejected as problem:
                self._refuse(path.name, problem.reason, student)
                continue
            if self.believe_names:
                entry = replace(entry, changed=claim.time)
            found.setdefault(student, []).append(entry)
        for entries in found.values():
            entries.sort(key=lambda entry: entry.received, reverse=True)
        return found

    def _refuse(self, source: str, reason: str, student: str = "") -> None:
        self.refused.append(NotCollected(source, reason, student))
        self._tell(f"Refused {source!r}: {reason}")

    def _tell(self, line: str) -> None:
        self.told.append(" ".join(line.split()))
        self.log.warning("%s", line)

    def copy_files(self) -> None:
        """Put the latest entry of everybody into its place, and doubtful ones beside it."""
        if not self._entries:
            self.log.warning(
                "No submissions of %r for course %r to collect",
                self.coursedir.assignment_id,
                self.coursedir.course_id,
            )
        first = first_owners(Path(self.inbound_path))
        known = {s: d.owner for s in first for d in self._deliveries.of(s) if d.owner is not None}
        owners = Owners(logins_of(first), known, first)
        for student, entries in sorted(self._entries.items()):
            try:
                self._of_student(student, entries, owners)
            except Rejected as problem:
                self._refuse(entries[0].name, problem.reason, student)

    def _of_student(self, student: str, entries: list[Entry], owners: Owners) -> None:
        """Collect one student's entries, the latest first."""
        place = self._folder.submitted(student, self.coursedir.assignment_id)
        if place.parent.is_symlink():
            raise Rejected(f"{place.parent} is a link, which is not followed")
        foreign = {e.name: owners.doubt(e) for e in entries if self.check_owner}
        own = [e for e in entries if not foreign.get(e.name)]
        punctual = [e for e in own if e.is_on_time]
        shifted = [e for e in own if not e.is_on_time]
        if punctual or not shifted or os.path.lexists(place):
            self._collect(punctual, place)
        elif self._collect(shifted[:1], place):  # nothing stands there that it could replace
            self._doubt(shifted[0], f"{_other_time(shifted[0])}: this counts", place)
        doubts = [(e, foreign[e.name]) for e in entries if foreign.get(e.name)]
        doubts += [(e, _other_time(e)) for e in shifted if not self._is_in_place(e, place)]
        for entry, reason in doubts[:MAX_KEPT]:
            self._keep(entry, reason)
        if len(doubts) > MAX_KEPT:
            more = f"{len(doubts) - MAX_KEPT} more doubtful ones stand in the exchange"
            self._doubt(doubts[MAX_KEPT][0], more, Path(self.inbound_path))

    def _collect(self, entries: list[Entry], place: Path) -> bool:
        """Put the first of some entries that can be read into its place, if it is later."""
        old = stamp_of(place)
        for entry in self._in_time_first(entries):
            if os.path.lexists(place) and not self._replaces(entry, old):
                return False
            try:
                staged = self._staged(entry)
            except Rejected as problem:
                self._refuse(entry.name, problem.reason, entry.claim.student)
                continue
            _swap(staged, place)
            (owner,) = entry.owners if len(entry.owners) == 1 else (None,)
            self.sources[entry.claim.student] = entry.name
            self._deliveries.save(
                entry.claim.student, entry.claim.assignment, Delivery(entry.name, "", owner)
            )
            for name in entry.left:
                self._tell(f"Left out of {entry.name!r}: {name!r}, which cannot be shown")
            return True
        return False

    def _in_time_first(self, entries: list[Entry]) -> list[Entry]:
        if not self.before_duedate or self.duedate is None:
            return entries
        due = self.duedate.replace(tzinfo=UTC)
        return sorted(entries, key=lambda entry: entry.received > due)

    def _replaces(self, entry: Entry, old: datetime | None) -> bool:
        if self.update and (old is None or entry.received > old):
            return True
        return bool(self.before_duedate and old != entry.received)

    def _staged(self, entry: Entry) -> Path:
        """A folder of ours with a copy of an entry. Raises `Rejected`."""
        staged = Path(tempfile.mkdtemp(prefix=leftovers.prefix("staged"), dir=self._folder.root))
        try:
            staged.chmod(0o755)
            left = KILO * self.coursedir.max_dir_size
            for file in entry.files:
                content = self._content(entry, file)
                left -= len(content)
                if left < 0:
                    raise Rejected("it is too large")
                target = staged.joinpath(*file.folder)
                target.mkdir(parents=True, exist_ok=True)
                (target / file.name).write_bytes(content)
                if not file.folder and file.name == layout.notebook_name(entry.claim.assignment):
                    self._must_be(content, entry.claim.assignment)
            (staged / TIMESTAMP).write_text(timestamp(entry.received))
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        return staged

    def _must_be(self, content: bytes, assignment: str) -> None:
        reason = self._cells.mistaken(content, assignment)
        if reason:
            raise Rejected(reason)

    def _content(self, entry: Entry, file: File) -> bytes:
        """The bytes of a file of an entry, as it was looked at. Raises `Rejected`."""
        limit = KILO * self.coursedir.max_file_size
        with os.fdopen(opened(Path(self.inbound_path) / entry.name, file), "rb") as source:
            status = os.fstat(source.fileno())
            if status.st_size > limit:
                raise Rejected(f"{file.name} is too large")
            try:
                content = source.read(limit + 1)
            except OSError as error:
                raise Rejected(f"{file.name} cannot be read ({error.strerror})") from None
            after = max(status.st_ctime, os.fstat(source.fileno()).st_ctime)
        changed = not self.believe_names and after > entry.changed.timestamp() + 1e-3
        if changed or status.st_uid not in entry.owners or len(content) > limit:
            raise Rejected("it was changed while it was collected: collect again")
        return content

    def _is_in_place(self, entry: Entry, place: Path) -> bool:
        """Whether what an entry holds is what was collected, whenever it was touched since."""
        if stamp_of(place) == entry.received:
            return True
        name = layout.notebook_name(entry.claim.assignment)
        try:
            there = read_bounded(place / name)
            return self._content(entry, File((), name)) == there
        except Rejected:
            return False

    def _keep(self, entry: Entry, reason: str) -> None:
        """Keep a doubtful entry beside what was collected."""
        claim = entry.claim
        beside = self._folder.root / DOUBTFUL / claim.student / claim.assignment
        owner = "+".join(map(str, sorted(entry.owners)))
        kept = beside / f"{entry.changed:{LABEL}} of user {owner}, {digest(entry.name)[:6]}"
        if not kept.is_dir() and beside.is_dir() and len(os.listdir(beside)) >= MAX_KEPT:
            self._doubt(entry, f"{reason}; {MAX_KEPT} are kept already", beside)
            return
        if not kept.is_dir():
            try:
                staged = self._staged(entry)
            except Rejected as problem:
                self._refuse(entry.name, f"{reason}; {problem.reason}", claim.student)
                return
            _swap(staged, kept)
        self._doubt(entry, reason, kept)

    def _doubt(self, entry: Entry, reason: str, place: Path) -> None:
        claim = entry.claim
        self.doubtful.append(Doubtful(claim.student, claim.assignment, entry.name, reason, place))
        self._tell(f"Doubtful {entry.name!r}: {reason}; it lies in {place}")


def _other_time(entry: Entry) -> str:
    claimed, changed = (f"{when:%Y-%m-%d %H:%M:%S}" for when in (entry.claim.time, entry.changed))
    return f"its name says {claimed} UTC, and it was last changed at {changed} UTC"


def _swap(staged: Path, place: Path) -> None:
    """Move a folder to its place, and remove what stood there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(place):
        old = Path(tempfile.mkdtemp(prefix=leftovers.prefix("old"), dir=staged.parent))
        os.rename(place, old / place.name)
        os.rename(staged, place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        os.rename(staged, place)
