"""Who is in the class: students come, leave with all that is theirs, and come back.

The roster is nbgrader's table of students. Whoever is dropped leaves it, so that formgrader,
reports and exports do not have them, either; their rows and files are kept in ``dropped/STUDENT/``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.api import Student as Row

from grader.classroom import keeping
from grader.classroom.roster import Line
from grader.handed_in.whose import KEPT, Roster, Student, student_of, what_was_kept, why_left
from grader.release.course_dir import ClassFolder
from pix2net.files import Rejected, replace_file
from pix2net.handing_in.identity import student_name
from pix2net.judging.wording import unknown

# What is a student's own in a class folder, below a folder of each of these names.
OWN = (
    "submitted", "autograded", "feedback", "verdicts", "deliveries", "doubtful", "attempts",
    "receipts", "requests",
)  # fmt: skip
FIELDS = ("first_name", "last_name", "email")


class StudentError(Exception):
    """Why a student cannot be added, dropped or restored, in a sentence."""


@dataclass
class Enlisted:
    """What became of a roster: students by what happened to them, and lines that are none.

    Attributes:
        languages: by student, where the table has another one than was known.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)
    not_on_it: list[str] = field(default_factory=list)


def enlist(book: Gradebook, roster: Roster, lines: Sequence[Line]) -> Enlisted:
    """Take the students of a table into the gradebook; whoever is there keeps their name.

    Args:
        roster: of the class so far.
    """
    done = Enlisted()
    meant: dict[str, list[tuple[int, Student]]] = {}  # student of the class -> lines of the table
    for line in lines:
        if line.student is not None:
            try:
                whose = _whose(roster, line.student)
                meant.setdefault(whose, []).append((line.number, line.student))
            except (Rejected, StudentError) as problem:
                done.refused.append(f"line {line.number}: {problem}")
        elif line.reason:
            done.refused.append(f"line {line.number}: {line.reason}")
    for whose, found in meant.items():
        if len(found) > 1:
            numbers = ", ".join(str(number) for number, _ in found)
            done.refused.append(f"lines {numbers}: each of them may be {whose}")
        else:
            _take(book, roster, whose, found[0][1], done)
    book.db.commit()
    named = {*done.new, *done.changed, *done.same}
    done.not_on_it = [each.id for each in roster if not each.left and each.id not in named]
    return done


def add(book: Gradebook, roster: Roster, student: Student) -> Enlisted:
    """Take one student in, or change what is known of one. Raises `StudentError`."""
    ident = student_name(student.id)
    if ident is None:
        raise StudentError(f"{student.id!r} cannot be a student's name")
    told, done = replace(student, id=ident), Enlisted()
    _take(book, roster, _whose(roster, told), told, done)
    book.db.commit()
    return done


def _whose(roster: Roster, told: Student) -> str:
    """Whom of the class, or whom beside it, a table means. Raises `StudentError`, `Rejected`."""
    found = _same(roster, told)
    if found is not None and found.left:
        raise StudentError(why_left(found))
    return found.id if found else told.id


def _take(book: Gradebook, roster: Roster, whose: str, told: Student, done: Enlisted) -> None:
    row = book.db.get(Row, whose)
    before = None if row is None else student_of(vars(row))
    if row is None:
        row = Row(id=whose)
        book.db.add(row)
        done.new.append(whose)
    for name in FIELDS:
        setattr(row, name, getattr(told, name) or getattr(row, name))
    row.lms_user_id = told.lms_id or row.lms_user_id
    book.db.flush()
    book.db.refresh(row)
    known = roster.find(whose) if before is not None else None
    if told.language and told.language != (known.language if known else ""):
        done.languages[row.id] = told.language
    if before is not None:
        same = student_of(vars(row)) == before and row.id not in done.languages
        (done.same if same else done.changed).append(row.id)


def _same(roster: Roster, told: Student) -> Student | None:
    """Who on the roster a line of a table is: by name, number, address, or what they are called.

    Raises:
        Rejected: it may be several.
    """
    for name in ("id", "lms_id", "email"):
        for each in roster:
            if getattr(told, name) and getattr(each, name) == getattr(told, name):
                return each
    names = {told.full_name, f"{told.last_name} {told.first_name}"} if told.full_name else set()
    found = next(filter(None, (roster.find(n, told.lms_id) for n in sorted(names))), None)
    if found is None:
        return None
    others = ("lms_id", "email")
    differs = any(getattr(found, n) and getattr(told, n) for n in others)  # and are not the same
    return None if differs else found


def drop(folder: ClassFolder, book: Gradebook, student: str) -> Path:
    """Take a student out of the class, and give the folder in which all of theirs is kept.

    What was cut off half-way is finished by doing it again.

    Raises:
        StudentError: there is no such student.
    """
    place = folder.dropped(student)
    row = book.db.get(Row, student)
    kept = place / KEPT
    if row is None and not kept.is_file():
        raise StudentError(unknown("student", student, [each.id for each in book.students]))
    if row is not None:
        told = what_was_kept(kept) if kept.is_file() else {}
        if told.get("rows"):
            raise StudentError(
                f"{student} is in the gradebook and in {place}: put one of the two aside"
            )
        rows = keeping.rows_of(book.db, student)
        told = {"dropped": datetime.now(UTC).isoformat(timespec="seconds"), "rows": rows}
        place.mkdir(parents=True, exist_ok=True)
        folder.dropped().chmod(0o700)
        replace_file(kept, json.dumps(told, indent=1) + "\n")
        keeping.forget(book.db, student)
    for name in OWN:
        _move(folder.root / name / student, place / name)
    return place


def restore(folder: ClassFolder, book: Gradebook, student: str) -> int:
    """Take a student who was dropped back in, with all that was theirs.

    Returns:
        How many rows of the gradebook have no place any more, since a cell of theirs is gone.

    Raises:
        StudentError: nobody of that name was dropped, or there is something in the way.
    """
    place = folder.dropped(student)
    told = what_was_kept(place / KEPT)
    if not told:
        names = [path.parent.name for path in folder.dropped().glob(f"*/{KEPT}")]
        raise StudentError(
            unknown("dropped student", student, names) if names else "nobody was dropped"
        )
    _look_for_room(folder, book, student)
    for name in OWN:
        _move(place / name, folder.root / name / student)
    lost = keeping.put_back(book.db, told["rows"])
    (place / KEPT).unlink()
    with suppress(OSError):  # somebody put something of their own into it
        place.rmdir()
    return lost


def _look_for_room(folder: ClassFolder, book: Gradebook, student: str) -> None:
    """Raise `StudentError` where something of that name stands in the way."""
    place = folder.dropped(student)
    taken = [n for n in OWN if (place / n).exists() and (folder.root / n / student).exists()]
    with suppress(MissingEntry):
        if book.find_student(student).submissions:
            taken.append("the gradebook")
    if taken:
        raise StudentError(f"{student} has something in {', '.join(taken)} already: move it away")


def _move(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.copytree(source, target, dirs_exist_ok=True)
            shutil.rmtree(source)
        else:
            source.rename(target)


def counts(book: Gradebook, students: Iterable[str]) -> dict[str, int]:
    """How many assignments each student has handed in."""
    rows = {each.id: each for each in book.students}
    return {
        name: sum(s.timestamp is not None for s in rows[name].submissions) if name in rows else 0
        for name in students
    }
