"""What a student can do over the network, whoever asks in whichever way: get, hand in, ask.

Nothing here knows of HTTP. Everything is asked for one student, and gives that student's own alone.
"""

from __future__ import annotations

import io
import shutil
import sys
import threading
import time
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from grader.classroom import requests
from grader.classroom.policy import Policy
from grader.classroom.records import Records
from grader.classroom.requests import Request
from grader.classroom.schedule import Dates, dates
from grader.grading.released import released_assignments
from grader.handed_in.collect import put
from grader.handed_in.recognise import Assignments
from grader.handed_in.submitted import stamp_of
from grader.handed_in.whose import has_left
from grader.network.inbox import SHOWN, VERDICT, Attempt, Inbox
from grader.release.course_dir import ClassFolder
from grader.reports.second_looks import Asking, as_it_is_now
from grader.weave import layout
from pix2net.cli import console
from pix2net.files import Rejected, digest, mebibytes, read_bounded
from pix2net.handing_in.identity import TIMESTAMP, timestamp
from pix2net.judging.wording import unknown

NEEDED = 2**30  # bytes that stay free on the disk
DATES_SECONDS = 10.0  # for which due dates are remembered
LOCKS = 64
Clock = Callable[[], datetime]


class Refused(Exception):
    """Something was not done; what and why in one sentence, with HTTP's number for it."""

    def __init__(self, status: int, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.status, self.reason, self.wait = status, reason, wait


@dataclass
class Waiting:
    """Attempts that wait to be graded, in the order in which they came."""

    names: OrderedDict[str, None] = field(default_factory=OrderedDict)

    def place(self, attempt: Attempt) -> int | None:
        """How many are graded before it is done, itself included; None if it does not wait."""
        for place, name in enumerate(list(self.names), start=1):
            if name == attempt.name:
                return place
        return None


class Desk:
    """One class's desk.

    Attributes:
        inbox, policy: where hand-ins are kept, and what is allowed.
        waiting: what is to be graded; whoever grades takes names out.
    """

    def __init__(self, inbox: Inbox, policy: Policy, clock: Clock | None = None) -> None:
        self.inbox = inbox
        self.policy = policy
        self.waiting = Waiting()
        self._folder: ClassFolder = inbox.folder
        self._cells = Assignments(inbox.folder)
        self._clock = clock or (lambda: datetime.now(UTC))
        self._locks = [threading.Lock() for _ in range(LOCKS)]
        self._dates: tuple[float, Dates] | None = None
        self._dates_lock = threading.Lock()
        self._archives: dict[str, tuple[float, bytes]] = {}
        self._graded: dict[tuple[str, str], tuple[int, Sequence[str]]] = {}

    def assignments(self, student: str) -> list[dict[str, Any]]:
        """What was released, with the student's own attempts."""
        return [self._row(student, name) for name in released_assignments(self._folder)]

    def _row(self, student: str, assignment: str) -> dict[str, Any]:
        due = self._due(student, assignment)
        attempts = self.inbox.of(student, assignment)
        counted = self._counted(student, assignment, attempts)
        has_feedback = self._has_feedback(student, assignment)
        return {
            "assignment": assignment,
            "due": due and due.isoformat(),
            "attempts_left": max(0, self.policy.of(assignment).attempts - len(attempts)),
            "second_looks": self._second_looks(student, assignment) if has_feedback else None,
            "attempts": [
                {
                    "number": attempt.number,
                    "received": timestamp(attempt.received),
                    "late": due is not None and attempt.received > due,
                    "counts": attempt == counted,
                    "feedback": attempt == counted and has_feedback,
                    **self._state(attempt),
                }
                for attempt in attempts
            ],
        }

    def _state(self, attempt: Attempt) -> dict[str, Any]:
        """Whether an attempt waits to be graded, and what the student may see of it."""
        policy = self.policy.of(attempt.assignment)
        if not policy.graded:
            return {}
        place = self.waiting.place(attempt)
        if place is not None:
            return {"place": place}
        if policy.shown_early == "nothing":
            return {}
        return {"shown": attempt.read(SHOWN)}

    def released(self, assignment: str) -> str:
        """The name of a released assignment. Raises `Refused`."""
        known = released_assignments(self._folder)
        if assignment not in known:
            raise Refused(404, unknown("assignment", assignment, known))
        return assignment

    def files(self, assignment: str) -> bytes:
        """A zip archive of what was released."""
        place = self._folder.release(self.released(assignment))
        paths = sorted(path for path in place.rglob("*") if path.is_file())
        changed = max((path.stat().st_mtime for path in paths), default=0.0)
        kept = self._archives.get(assignment)
        if kept is None or kept[0] != changed:
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in paths:
                    archive.write(path, path.relative_to(place).as_posix())
            kept = changed, buffer.getvalue()
            self._archives[assignment] = kept
        return kept[1]

    def attempt(self, student: str, assignment: str, number: int) -> Attempt:
        """One of the student's own attempts. Raises `Refused`."""
        for attempt in self.inbox.of(student, self.released(assignment)):
            if attempt.number == number:
                return attempt
        raise Refused(404, f"you have no attempt {number} of {assignment}")

    def hand_in(self, student: str, assignment: str, content: bytes) -> tuple[Attempt, bool]:
        """Keep a notebook; the attempt, and whether it is a new one.

        The same notebook twice in a row is one attempt, so whoever got no answer may ask again.

        Raises:
            Refused: nothing was kept, and why.
        """
        self.released(assignment)
        self._must_be_in_class(student)
        if len(content) > self.policy.most_bytes:
            limit = mebibytes(self.policy.most_bytes)
            raise Refused(413, f"the notebook is larger than {limit}: clear its outputs first")
        with self._locks[hash((student, assignment)) % LOCKS]:
            attempts = self.inbox.of(student, assignment)
            if attempts and _sha256(attempts[-1]) == digest(content):
                return attempts[-1], False
            self._must_be_allowed(student, assignment, attempts)
            mistaken = self._mistaken(content, assignment)
            if mistaken:
                raise Refused(422, mistaken)
            try:
                attempt = self.inbox.keep(student, assignment, content, self._clock())
            except OSError as error:
                raise Refused(
                    507, f"the service cannot write ({error.strerror}): nothing was kept; tell "
                    "your instructor, and hand in again later"
                ) from error  # fmt: skip
            if self.policy.of(assignment).graded:
                self.waiting.names[attempt.name] = None
        self.settle(student, assignment)
        return attempt, True

    def _mistaken(self, content: bytes, assignment: str) -> str:
        if not content.lstrip().startswith(b"{") or b'"cells"' not in content:
            return "this is no notebook: hand in the .ipynb file that you worked in"
        return self._cells.mistaken(content, assignment) or ""

    def _must_be_allowed(self, student: str, assignment: str, attempts: list[Attempt]) -> None:
        """Raise `Refused` if the policy allows no further attempt now."""
        now, due, policy = self._clock(), self._due(student, assignment), self.policy.of(assignment)
        if len(attempts) >= policy.attempts:
            raise Refused(403, f"you have used all {policy.attempts} attempts of {assignment}")
        if not policy.late and due is not None and now > due:
            raise Refused(403, f"{assignment} was due at {due:%Y-%m-%d %H:%M} UTC")
        if attempts:
            last = min(attempts[-1].received, now)  # a clock may have been ahead
            free = last + timedelta(seconds=policy.pause)
            if now < free:
                wait = (free - now).total_seconds()
                raise Refused(
                    429, f"you handed {assignment} in just now: again in {wait:.0f} s", wait
                )
        self._must_have_room()

    def _must_be_in_class(self, student: str) -> None:
        if has_left(self._folder, student):
            raise Refused(403, "you are not in this class any more: ask your instructor")

    def _must_have_room(self) -> None:
        if shutil.disk_usage(self._folder.root).free < NEEDED:
            raise Refused(507, "the service's disk is full: nothing was kept; tell your instructor")

    def _counted(self, student: str, assignment: str, attempts: list[Attempt]) -> Attempt | None:
        """The attempt that counts by the policy."""
        if self.policy.of(assignment).counts == "last" or not attempts:
            return attempts[-1] if attempts else None
        due = self._due(student, assignment)
        in_time = [a for a in attempts if due is None or a.received <= due] or attempts
        scores = [(a.read(VERDICT) or {}).get("score", -1.0) for a in in_time]
        return in_time[scores.index(max(scores))] if max(scores) >= 0 else in_time[-1]

    def settle(self, student: str, assignment: str) -> None:
        """Have the attempt that counts stand in ``submitted/``, where grading finds it.

        Where that fails, it is said here, and tried again at the next start.
        """
        with self._locks[hash((student, assignment)) % LOCKS]:
            try:
                self._put_counted(student, assignment)
            except (OSError, Rejected) as error:
                say = f"course serve: {student}'s {assignment} is not in submitted/ yet: {error}"
                print(console.clean(say), file=sys.stderr, flush=True)

    def _put_counted(self, student: str, assignment: str) -> None:
        attempts = self.inbox.of(student, assignment)
        counted = self._counted(student, assignment, attempts)
        place = self._folder.submitted(student, assignment)
        if counted is None or place.parent.is_symlink():
            return
        there = stamp_of(place)
        others = {attempt.received for attempt in attempts}
        if there is not None and there not in others and there > attempts[-1].received:
            return  # what was collected by another road after that stays
        name = layout.notebook_name(assignment)
        content = read_bounded(counted.folder / name)
        if there == counted.received:
            with suppress(Rejected):
                if read_bounded(place / name) == content:
                    return
        put(place, {TIMESTAMP: timestamp(counted.received).encode(), name: content})

    def recover(self) -> None:
        """After a start: have what counts in its place, and what was not graded wait."""
        seen = set()
        for attempt in sorted(self.inbox.all(), key=lambda a: (a.received, a.name)):
            seen.add((attempt.student, attempt.assignment))
            if (
                self.policy.of(attempt.assignment).graded
                and not (attempt.folder / VERDICT).exists()
            ):
                self.waiting.names[attempt.name] = None
        for student, assignment in sorted(seen):
            self.settle(student, assignment)

    def feedback(self, student: str, assignment: str, address: str = "") -> bytes:
        """The student's page of feedback, once it may be seen, with what was asked since then.

        Args:
            address: of the service, for the page's links; "" for a page that says a command.

        Raises:
            Refused: there is none yet.
        """
        if not self._has_feedback(student, self.released(assignment)):
            raise Refused(404, f"there is no feedback on {assignment} yet")
        try:
            page = read_bounded(self._page(student, assignment)).decode("utf-8", "surrogateescape")
        except Rejected as problem:
            raise Refused(404, f"the feedback cannot be read: {problem.reason}") from None
        asking = Asking(assignment, self.policy.of(assignment).second_looks, address)
        asked = requests.requests_of(self._folder, student, assignment)
        return as_it_is_now(page, asking, asked).encode("utf-8", "surrogateescape")

    def ask(self, student: str, assignment: str, task: str, reason: str) -> tuple[Request, bool]:
        """Keep a request for a second look; it, and whether it is a new one.

        Raises:
            Refused: nothing was kept, and why.
        """
        self._must_be_in_class(student)
        self._must_have_feedback(student, assignment)
        self._must_have_room()
        most = self.policy.of(assignment).second_looks
        try:
            return requests.ask(
                self._folder, student, assignment, task, reason, most=most, when=self._clock()
            )
        except requests.RequestError as problem:
            raise Refused(422, str(problem)) from None
        except OSError as error:
            raise Refused(
                507, f"the service cannot write ({error.strerror}): nothing was kept; tell your "
                "instructor, and ask again later"
            ) from error  # fmt: skip

    def requests(self, student: str, assignment: str) -> list[dict[str, Any]]:
        """What a student has asked of an assignment. Raises `Refused`."""
        found = requests.requests_of(self._folder, student, self.released(assignment))
        return [each.for_its_student() for each in found]

    def second_look(self, student: str, assignment: str, task: str) -> dict[str, Any]:
        """What a student has asked about a task, and whether they may ask. Raises `Refused`."""
        self._must_have_feedback(student, assignment)
        known = self._tasks(student, assignment)
        if task not in known:
            raise Refused(404, unknown(f"exercise or question of {assignment}", task[:80], known))
        looks = self._second_looks(student, assignment)
        about = [each for each in looks["asked"] if each["task"] == task]
        return {**looks, "asked": about, "may_ask": task in looks["tasks"]}

    def _must_have_feedback(self, student: str, assignment: str) -> None:
        if not self._has_feedback(student, self.released(assignment)):
            raise Refused(403, f"there is no feedback on {assignment} yet that you could ask about")

    def _second_looks(self, student: str, assignment: str) -> dict[str, Any]:
        """What a student may ask about, how often still, and what they have asked."""
        asked = self.requests(student, assignment)
        left = max(0, self.policy.of(assignment).second_looks - len(asked))
        waiting = {each["task"] for each in asked if not each["answered"]}
        tasks = self._tasks(student, assignment) if left else ()
        return {"left": left, "tasks": [t for t in tasks if t not in waiting], "asked": asked}

    def _tasks(self, student: str, assignment: str) -> Sequence[str]:
        """What was graded of a student; remembered, as a class looks at its feedback at once."""
        record = Records(self._folder.root).path(student, assignment)
        changed = record.stat().st_mtime_ns if record.is_file() else 0
        known = self._graded.get((student, assignment))
        if known is None or known[0] != changed:
            known = changed, requests.tasks_of(self._folder, student, assignment)
            self._graded[student, assignment] = known
        return known[1]

    def _page(self, student: str, assignment: str) -> Any:
        return self._folder.root / "feedback" / student / assignment / f"{assignment}.html"

    def _has_feedback(self, student: str, assignment: str) -> bool:
        due = self._due(student, assignment)
        shown = self.policy.of(assignment).shown_early
        early = due is not None and self._clock() < due and shown != "all"
        return not early and bool(self._page(student, assignment).is_file())

    def _due(self, student: str, assignment: str) -> datetime | None:
        with self._dates_lock:
            now = time.monotonic()
            if self._dates is None or now - self._dates[0] > DATES_SECONDS:
                self._dates = now, self._read_dates(self._dates)
            return self._dates[1].of(student, assignment)

    def _read_dates(self, known: tuple[float, Dates] | None) -> Dates:
        """Due dates as the gradebook has them; as they were where another program holds it."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._folder.gradebook() as book:
                return dates(book)
        except SQLAlchemyError as error:
            if known is None:
                raise Refused(503, "due dates cannot be read just now: try again") from error
            return known[1]


def _sha256(attempt: Attempt) -> str:
    try:
        return digest(read_bounded(attempt.folder / layout.notebook_name(attempt.assignment)))
    except Rejected:
        return ""
