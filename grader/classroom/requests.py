"""Students ask for a second look at one exercise or question, and a grader answers.

    requests/STUDENT/ASSIGNMENT/0001.json

A reason is text of somebody we do not know: it is one short paragraph of signs that can be seen,
and every page escapes it. Whoever writes here holds a lock, since the service, commands and pages
for graders do so at the same time.
"""

from __future__ import annotations

import fcntl
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from grader.classroom.attempts import MINUTES
from grader.classroom.records import Records
from grader.release.course_dir import PRIVATE_FILE, PRIVATE_FOLDER, ClassFolder
from pix2net.files import Rejected, read_bounded, replace_file
from pix2net.handing_in.identity import timestamp
from pix2net.judging.wording import unknown

FOLDER, LOCK = "requests", ".lock"
FILE = re.compile(r"\d{4,9}\.json")
MAX_REASON, MAX_ANSWER = 500, 2_000  # characters
MAX_FILE = 64 * 1024  # bytes
MOST = 5  # of a student and an assignment, where the class does not say otherwise
JOINERS = "\u200c\u200d"  # between letters of some scripts, and in pictures made of several


class RequestError(Exception):
    """Why something is not asked or answered, in a sentence."""


@dataclass(frozen=True)
class Request:
    """A student's request, and what became of it.

    Attributes:
        number: among those of the student and the assignment, from 1 on.
        task: the exercise or question that it is about.
        asked, answered: when, as `timestamp` writes it; ``answered`` is "" while it is open.
        grader: who answered.
    """

    student: str
    assignment: str
    number: int
    task: str
    reason: str
    asked: str
    answer: str = ""
    answered: str = ""
    grader: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return not self.answered

    @property
    def day(self) -> str:
        """When it was asked, as a page shows it."""
        return f"{self.asked[:MINUTES]} UTC"

    def as_json(self) -> dict[str, str | int]:
        """Plain data, for graders."""
        return asdict(self)

    def for_its_student(self) -> dict[str, str | int]:
        """Plain data without who asked, who knows, and who answered."""
        hidden = ("student", "assignment", "grader")
        return {name: value for name, value in self.as_json().items() if name not in hidden}


def plain(text: str) -> str:
    """Text as one paragraph of signs that can be seen, and none that turns its direction."""
    seen = (c for c in text if c.isprintable() or c.isspace() or c in JOINERS)
    return " ".join("".join(seen).split())


def tasks_of(folder: ClassFolder, student: str, assignment: str) -> list[str]:
    """What of an assignment was graded of a student: exercises and questions."""
    verdict = Records(folder.root).of(student, assignment)
    return [] if verdict is None else [*verdict.exercises, *verdict.manual]


def requests_of(folder: ClassFolder, student: str, assignment: str) -> list[Request]:
    """What a student has asked of an assignment, the first one first."""
    return list(_read(sorted(_files(_place(folder, student, assignment)))))


def all_requests(folder: ClassFolder, assignment: str = "") -> Iterator[Request]:
    """What everybody has asked, of one assignment or, without a name, of all."""
    for place in sorted((folder.root / FOLDER).glob("*/*")):
        if assignment in ("", place.name):
            yield from _read(sorted(_files(place)))


def unreadable(folder: ClassFolder) -> list[Path]:
    """Files of requests that nobody can read any more."""
    places = (folder.root / FOLDER).glob("*/*")
    return sorted(path for place in places for path in _files(place) if not list(_read([path])))


def ask(
    folder: ClassFolder,
    student: str,
    assignment: str,
    task: str,
    reason: str,
    *,
    most: int | None = None,
    when: datetime | None = None,
) -> tuple[Request, bool]:
    """Keep a request; it, and whether it is a new one.

    The same once more while it is open is the same request, so whoever got no answer may ask again.

    Args:
        most: requests that a student may have of an assignment; None for any number.
        when: it is asked; now if left out.

    Raises:
        RequestError: nothing was kept, and why.
    """
    words = _bounded(reason, MAX_REASON, "say why you ask", "a reason")
    tasks = tasks_of(folder, student, assignment)
    if not tasks:
        raise RequestError(f"nothing of {assignment} was graded of {student}")
    if task not in tasks:
        raise RequestError(unknown(f"exercise or question of {assignment}", task[:80], tasks))
    with _alone(folder):
        place = _place(folder, student, assignment)
        before = _files(place)
        for found in _read(before):
            if found.is_open and found.task == task:
                if found.reason == words:
                    return found, False
                raise RequestError(f"{task} is asked about already: wait for the answer first")
        if most is not None and len(before) >= most:
            raise RequestError(f"all {most} requests about {assignment} are used")
        number = max((int(path.stem) for path in before), default=0) + 1
        asked = timestamp(when or datetime.now(UTC))
        new = Request(student, assignment, number, task, words, asked)
        _write(folder, new)
    return new, True


def open_request(folder: ClassFolder, student: str, assignment: str, task: str) -> Request:
    """The request of a student about a task that waits. Raises `RequestError`."""
    for found in requests_of(folder, student, assignment):
        if found.is_open and found.task == task:
            return found
    raise RequestError(f"{student} asks nothing about {task} of {assignment}")


def answer(folder: ClassFolder, request: Request, text: str, grader: str) -> Request:
    """Answer a request, which closes it; it as it is then.

    Raises:
        RequestError: it is no answer, or somebody has given one meanwhile.
    """
    words = may_be_answered(text)
    with _alone(folder):
        path = _path(folder, request)
        now = next(_read([path]), None)
        if now is None:
            raise RequestError("this request is not there any more")
        if not now.is_open:
            raise RequestError(f"{now.grader} has answered this request meanwhile")
        done = replace(now, answer=words, answered=timestamp(datetime.now(UTC)), grader=grader)
        _write(folder, done)
    return done


def may_be_answered(text: str) -> str:
    """An answer as it is kept. Raises `RequestError` for what is none."""
    return _bounded(text, MAX_ANSWER, "say what the answer is", "an answer")


def _bounded(text: str, most: int, lacking: str, what: str) -> str:
    words = plain(text)
    if not words:
        raise RequestError(lacking)
    if len(words) > most:
        raise RequestError(f"{what} has at most {most:,} characters, and this has {len(words):,}")
    return words


def _place(folder: ClassFolder, student: str, assignment: str) -> Path:
    return folder.root / FOLDER / student / assignment


def _path(folder: ClassFolder, request: Request) -> Path:
    place = _place(folder, request.student, request.assignment)
    return place / f"{request.number:04d}.json"


def _files(place: Path) -> list[Path]:
    try:
        return [path for path in place.iterdir() if FILE.fullmatch(path.name)]
    except OSError:
        return []


def _read(paths: Sequence[Path]) -> Iterator[Request]:
    """The requests in some files; whose they are says their place, and not what is in them."""
    for path in paths:
        try:
            told = json.loads(read_bounded(path, MAX_FILE))
            names = ("task", "reason", "asked", "answer", "answered", "grader")
            texts = [plain(str(told[name])) for name in names]
        except (Rejected, ValueError, KeyError, TypeError, RecursionError):
            continue
        yield Request(path.parents[1].name, path.parent.name, int(path.stem), *texts)


def _write(folder: ClassFolder, request: Request) -> None:
    told = request.as_json()
    for where_it_stands in ("student", "assignment", "number"):
        del told[where_it_stands]
    text = json.dumps(told, indent=1) + "\n"
    replace_file(_path(folder, request), text, PRIVATE_FILE)


@contextmanager
def _alone(folder: ClassFolder) -> Iterator[None]:
    """Be the one who writes requests of a class."""
    place = folder.root / FOLDER
    place.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    with (place / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
