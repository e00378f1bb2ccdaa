"""Collects what was handed in: from nbgrader's exchange, or from archives, notebooks and folders.

Whose a hand-in is, is read off its name as it was delivered, never from inside it:

- an archive or notebook ``STUDENT+ASSIGNMENT.zip`` (``.tar``, ``.tar.gz``, ``.tgz``, ``.ipynb``);
  what follows a second ``+`` is not read. ``STUDENT.zip`` will do where the notebooks inside have
  their released names; folders inside do not matter
- in a folder: such files, and a folder ``STUDENT/`` for everything below it. That is how learning
  management systems pack a class (Moodle's ``NAME_123_assignsubmission_file`` is understood), and
  how nbgrader keeps submissions (``STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb``)

The time of a hand-in is the one of its file, as the instructor's machine has it. Only the notebook
is kept: ``submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb`` with nbgrader's ``timestamp.txt``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from grader.handed_in.archives import (
    BOUNDS,
    NOTEBOOK,
    ArchiveRefused,
    Bounds,
    is_archive,
    notebooks_in,
    stem,
)
from grader.release import nbgrader
from grader.release.course_dir import ClassFolder, ClassFolderError
from grader.weave import layout
from pix2net.files import Rejected, read_bounded
from pix2net.handing_in.identity import (
    SEPARATOR,
    TIMESTAMP,
    parse_timestamp,
    student_name,
    timestamp,
)

MAX_DEPTH = 6


@dataclass(frozen=True)
class Collected:
    """A submission in its place; ``status`` says what became of what was there before.

    new, updated  it is now what was handed in
    unchanged     the same had been collected already
    older         a later one had been collected already and stays
    """

    student: str
    assignment: str
    path: Path
    received: datetime
    status: Literal["new", "updated", "unchanged", "older"]


@dataclass(frozen=True)
class NotCollected:
    """Something that was not collected, and why, in one sentence."""

    source: str
    reason: str


@dataclass(frozen=True)
class CollectResult:
    """What `collect` did; ``notes`` are warnings of nbgrader's."""

    collected: tuple[Collected, ...]
    refused: tuple[NotCollected, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandIn:
    """A file that was handed in: whose it is and, where its name says it, for what."""

    path: Path
    student: str
    assignment: str | None


@dataclass
class _Run:
    folder: ClassFolder
    assignments: list[str]
    received: datetime | None
    bounds: Bounds
    collected: list[Collected] = field(default_factory=list)
    refused: list[NotCollected] = field(default_factory=list)


def collect(
    folder: ClassFolder,
    sources: Iterable[Path] = (),
    *,
    assignments: Iterable[str] = (),
    received: datetime | None = None,
    bounds: Bounds = BOUNDS,
) -> CollectResult:
    """Collect submissions into a class folder.

    sources      archives, notebooks, folders of them; none: the exchange
    assignments  only these (default: all that were built)
    received     time of all hand-ins, where the files' own would mislead
    Raises `ClassFolderError` if nothing was built yet or there is nothing to collect from.
    """
    known = folder.assignments()
    if not known:
        raise ClassFolderError(f"{folder.root} has no assignment yet: run `course release` first")
    wanted = list(assignments) or known
    for name in wanted:
        if name not in known:
            raise ClassFolderError(f"there is no assignment {name}; there are {', '.join(known)}")
    files = list(sources)
    if not files:
        return collect_exchange(folder, wanted)
    run = _Run(folder, wanted, received, bounds)
    hand_ins = [hand_in for source in files for hand_in in _find(source, run)]
    for hand_in in sorted(hand_ins, key=lambda h: (_when(h, run), str(h.path))):
        _take(hand_in, run)
    return CollectResult(tuple(run.collected), tuple(run.refused))


def collect_exchange(folder: ClassFolder, assignments: Iterable[str]) -> CollectResult:
    """Collect the latest submission of everybody from the exchange. Raises `ClassFolderError`."""
    exchange = folder.exchange()
    if exchange is None:
        raise ClassFolderError(
            f"no exchange is set up in {folder.root}: name the archives or the folder to collect "
            "from, or set c.Exchange.root in its nbgrader_config.py"
        )
    collected: list[Collected] = []
    refused: list[NotCollected] = []
    notes: list[str] = []
    for assignment in assignments:
        before = _stamps(folder, assignment)
        try:
            told = nbgrader.collect(folder, assignment)
        except nbgrader.NbgraderFailed as error:
            refused.append(NotCollected(str(exchange / assignment), str(error)))
            continue
        for line in told:
            name, _, reason = line.removeprefix("Refused ").partition(": ")
            if line.startswith("Refused "):
                refused.append(NotCollected(name.strip("'"), reason))
            else:
                notes.append(line)
        collected += _changes(folder, assignment, before)
    return CollectResult(tuple(collected), tuple(refused), tuple(notes))


def _stamps(folder: ClassFolder, assignment: str) -> dict[str, datetime]:
    """Student -> time of what is in ``submitted/`` for an assignment."""
    places = folder.root.glob(f"submitted/*/{assignment}")
    return {place.parent.name: _stamp(place) for place in places}


def _stamp(place: Path) -> datetime:
    """Time of a collected submission; the beginning of time where it is not known."""
    try:
        found = parse_timestamp((place / TIMESTAMP).read_text())
    except (OSError, UnicodeDecodeError):
        found = None
    return found or datetime.min.replace(tzinfo=UTC)


def _changes(
    folder: ClassFolder, assignment: str, before: dict[str, datetime]
) -> Iterator[Collected]:
    for student, when in sorted(_stamps(folder, assignment).items()):
        old = before.get(student)
        status: Literal["new", "updated", "unchanged"] = "unchanged"
        if old is None:
            status = "new"
        elif old != when:
            status = "updated"
        yield Collected(student, assignment, folder.submitted(student, assignment), when, status)


def _find(source: Path, run: _Run) -> Iterator[HandIn]:
    """The hand-ins that a path given by the instructor holds."""
    if source.is_dir():
        for entry in sorted(source.iterdir()):
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                run.refused.append(NotCollected(str(entry), "it is a link, which is not followed"))
            elif entry.is_dir():
                yield from _of_student(entry, run)
            elif _is_hand_in(entry):
                yield from _named(entry, run)
    elif not source.exists():
        run.refused.append(NotCollected(str(source), "there is no such file or folder"))
    elif _is_hand_in(source):
        yield from _named(source, run)
    else:
        run.refused.append(
            NotCollected(str(source), "it is no folder, notebook, .zip, .tar, .tar.gz or .tgz")
        )


def _is_hand_in(path: Path) -> bool:
    return is_archive(path) or path.suffix.lower() == NOTEBOOK


def _named(path: Path, run: _Run) -> Iterator[HandIn]:
    """A hand-in whose name says whose it is."""
    owner, *rest = stem(path).split(SEPARATOR)
    student = student_name(owner)
    form = f"STUDENT{SEPARATOR}ASSIGNMENT{''.join(path.suffixes[-1:])}"
    known = run.folder.assignments()
    if student is None or student in known:
        run.refused.append(NotCollected(str(path), f"its name says no student: name it {form}"))
    elif rest and rest[0] not in known:
        reason = f"there is no assignment {rest[0]!r}; there are {', '.join(known)}"
        run.refused.append(NotCollected(str(path), reason))
    elif path.suffix.lower() == NOTEBOOK and not rest:
        run.refused.append(NotCollected(str(path), f"its name says no assignment: name it {form}"))
    elif not rest or rest[0] in run.assignments:
        yield HandIn(path, student, rest[0] if rest else None)


def _of_student(folder: Path, run: _Run) -> Iterator[HandIn]:
    """Every hand-in below a folder that bears a student's name; no link is followed."""
    student = student_name(folder.name)
    if student is None:
        reason = "a folder of hand-ins bears a student's name, and this cannot be one"
        run.refused.append(NotCollected(str(folder), reason))
        return
    top = len(folder.parts)
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if len(Path(place).parts) - top >= MAX_DEPTH:
            folders.clear()
        for path in (Path(place) / name for name in sorted(names)):
            if path.name.startswith(".") or not _is_hand_in(path):
                continue
            if path.is_symlink():
                run.refused.append(NotCollected(str(path), "it is a link, which is not followed"))
                continue
            told = [part for part in stem(path).split(SEPARATOR) if part in run.assignments]
            yield HandIn(path, student, told[0] if told else None)


def _when(hand_in: HandIn, run: _Run) -> datetime:
    if run.received is not None:
        return run.received.astimezone(UTC)
    return datetime.fromtimestamp(hand_in.path.lstat().st_mtime, UTC)


def _take(hand_in: HandIn, run: _Run) -> None:
    """Put what a hand-in holds into its place, or say why not."""
    try:
        found = list(_notebooks(hand_in, run))
    except (ArchiveRefused, Rejected, OSError) as error:
        run.refused.append(NotCollected(str(hand_in.path), str(error)))
        return
    for assignment, content in found:
        run.collected.append(
            _store(run.folder, hand_in.student, assignment, content, _when(hand_in, run))
        )


def _notebooks(hand_in: HandIn, run: _Run) -> Iterator[tuple[str, bytes]]:
    """Assignment and bytes of each notebook in a hand-in. Raises `ArchiveRefused`."""
    if is_archive(hand_in.path):
        found = notebooks_in(hand_in.path, run.bounds)
    else:
        found = {hand_in.path.name: read_bounded(hand_in.path, run.bounds.notebook)}
    named = hand_in.assignment
    if named is not None:
        only = next(iter(found.values())) if len(found) == 1 else None
        content = found.get(layout.notebook_name(named), only)
        if content is None:
            raise ArchiveRefused(f"it holds no {layout.notebook_name(named)}")
        yield named, content
        return
    known = [name for name in run.assignments if layout.notebook_name(name) in found]
    if not known:
        names = ", ".join(map(layout.notebook_name, run.assignments))
        raise ArchiveRefused(f"it holds no notebook called {names}")
    yield from ((name, found[layout.notebook_name(name)]) for name in known)


def _store(
    folder: ClassFolder, student: str, assignment: str, content: bytes, when: datetime
) -> Collected:
    """Put a notebook into ``submitted/``, unless the same or a later one is there."""
    place = folder.submitted(student, assignment)
    notebook = place / layout.notebook_name(assignment)
    old = _stamp(place)
    if notebook.is_file() and notebook.read_bytes() == content:
        return Collected(student, assignment, notebook, old, "unchanged")
    if place.exists() and old > when:
        return Collected(student, assignment, notebook, old, "older")
    status: Literal["new", "updated"] = "updated" if place.exists() else "new"
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".", dir=folder.root))  # never half a submission
    try:
        fresh.chmod(0o755)
        (fresh / notebook.name).write_bytes(content)
        (fresh / TIMESTAMP).write_text(timestamp(when))
        if place.exists():
            shutil.rmtree(place)
        fresh.rename(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Collected(student, assignment, notebook, when, status)
