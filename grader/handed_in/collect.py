"""Collects what was handed in: from nbgrader's exchange, or from archives, notebooks and folders.

Whose a hand-in is, is read off its name as it was delivered, never from inside it:

- an archive or notebook ``STUDENT+ASSIGNMENT.zip`` (or another of `archives.SUFFIXES`, or
  ``.ipynb``); what follows a second ``+`` is not read. ``STUDENT.zip`` will do where the notebooks
  inside have their released names; folders inside do not matter
- in a folder: such files, and a folder ``STUDENT/`` for everything below it. That is how learning
  management systems pack a class (what Moodle and Canvas make of names is understood), and how
  nbgrader keeps submissions (``STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb``)

The time of a hand-in is the one of its file, as the instructor's machine has it. Only the notebook
is kept: ``submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb`` with nbgrader's ``timestamp.txt``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from grader.handed_in.archives import (
    BOUNDS,
    ArchiveRefused,
    Bounds,
    is_archive,
    notebooks_in,
)
from grader.handed_in.deliveries import Deliveries, Delivery
from grader.handed_in.find import Finder, HandIn
from grader.handed_in.from_exchange import collect_exchange
from grader.handed_in.recognise import Assignments
from grader.handed_in.results import Collected, CollectResult, NotCollected, Status
from grader.handed_in.submitted import stamp_of
from grader.handed_in.whose import roster_of, why_left
from grader.release.course_dir import ClassFolder, ClassFolderError
from grader.weave import layout
from pix2net.files import Rejected, read_bounded, replace_file
from pix2net.handing_in.identity import TIMESTAMP, timestamp
from pix2net.judging.wording import template, unknown

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class _Run:
    folder: ClassFolder
    assignments: list[str]
    received: datetime | None
    bounds: Bounds
    cells: Assignments
    deliveries: Deliveries
    collected: list[Collected] = field(default_factory=list)
    refused: list[NotCollected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)  # names that are not on the roster


def collect(
    folder: ClassFolder,
    sources: Iterable[Path] = (),
    *,
    assignments: Iterable[str] = (),
    received: datetime | None = None,
    bounds: Bounds = BOUNDS,
) -> CollectResult:
    """Collect submissions into a class folder.

    Args:
        sources: archives, notebooks, folders of them; none: the exchange.
        assignments: only these (default: all that were built).
        received: time of all hand-ins, where the files' own would mislead.

    Raises:
        ClassFolderError: nothing was built yet or there is nothing to collect from.
        OSError: the class folder cannot be written.
    """
    known = folder.assignments()
    if not known:
        raise ClassFolderError(f"{folder.root} has no assignment yet: run `course release` first")
    wanted = list(assignments) or known
    for name in wanted:
        if name not in known:
            raise ClassFolderError(unknown(template("assignment"), name, known))
    folder.clear()
    files = list(sources)
    if not files:
        return collect_exchange(folder, wanted)
    finder = Finder(known, wanted)
    for source in files:
        finder.look(source)
    found = finder.found
    run = _Run(folder, wanted, received, bounds, Assignments(folder), Deliveries(folder))
    run.refused += found.refused
    known_hand_ins = list(_on_the_roster(found.hand_ins, run))
    hand_ins = [(_when(hand_in, run), hand_in) for hand_in in _kept_apart(known_hand_ins, run)]
    for when, hand_in in sorted(hand_ins, key=lambda pair: (pair[0], pair[1].source)):
        _take(hand_in, when, run)
    _tell_of_several(run)
    _tell_of_strangers(run)
    run.notes[:] = dict.fromkeys(run.notes)  # a line that repeats is told once
    if found.others:
        run.notes.append(f"left for later, since other assignments were named: {found.others}")
    if found.left:
        run.notes.append(f"no hand-ins, and left alone: {', '.join(sorted(set(found.left)))}")
    return CollectResult(tuple(run.collected), tuple(run.refused), tuple(run.notes))


def _when(hand_in: HandIn, run: _Run) -> datetime:
    if run.received is not None:
        return run.received.astimezone(UTC)
    try:
        return datetime.fromtimestamp(hand_in.path.lstat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):  # it is gone, or its time is no date
        return datetime.now(UTC)


def _on_the_roster(hand_ins: list[HandIn], run: _Run) -> Iterator[HandIn]:
    """The hand-ins under the names that the gradebook has for their students."""
    roster = roster_of(run.folder)
    for hand_in in hand_ins:
        try:
            found = roster.find(hand_in.student, hand_in.number)
        except Rejected as problem:
            _refuse(hand_in, problem.reason, run)
            continue
        if found is None:
            if roster.is_told:
                run.strangers.add(hand_in.student)
        elif found.left:
            _refuse(hand_in, why_left(found), run)
            continue
        elif found.id != hand_in.student:
            run.notes.append(f"{hand_in.student} is {found.id} on the roster")
            hand_in = replace(hand_in, student=found.id)
        yield hand_in


def _tell_of_strangers(run: _Run) -> None:
    """Say of whom something was taken who is not on the roster."""
    stored = {collected.student for collected in run.collected}
    names = ", ".join(sorted(run.strangers & stored))
    if names:
        run.notes.append(
            f"not on the roster, and taken under the name that they came with: {names}"
        )


def _kept_apart(hand_ins: list[HandIn], run: _Run) -> Iterator[HandIn]:
    """The hand-ins under names that tell students of one name apart.

    A learning management system gives each of them a number, which says who is who within one of
    its assignments and nothing across two of them. So it becomes a part of the name only where
    one assignment was handed in under one name and two numbers.
    """
    numbers: dict[str, set[str]] = {}
    for hand_in in hand_ins:
        if hand_in.number:
            numbers.setdefault(hand_in.student, set()).add(hand_in.number)
    several = {student for student, found in numbers.items() if len(found) > 1}
    claims: dict[tuple[str, str], set[str]] = {}
    for hand_in in hand_ins:
        if hand_in.student in several and hand_in.number:
            for assignment in _assignments_of(hand_in, run):
                claims.setdefault((hand_in.student, assignment), set()).add(hand_in.number)
    shared = {student for (student, _), found in claims.items() if len(found) > 1}
    for student in sorted(shared):
        told = ", ".join(sorted(numbers[student]))
        run.notes.append(
            f"several students are called {student}: kept apart by their numbers {told}"
        )
    for hand_in in hand_ins:
        if hand_in.student in shared and hand_in.number and not _was(hand_in, run):
            hand_in = replace(hand_in, student=f"{hand_in.student} {hand_in.number}")
        yield hand_in


def _assignments_of(hand_in: HandIn, run: _Run) -> list[str]:
    try:
        return [assignment for assignment, _ in _notebooks(hand_in, run)]
    except Rejected:
        return []


def _was(hand_in: HandIn, run: _Run) -> bool:
    """Whether this is the student who was collected under that name before."""
    found = run.deliveries.of(hand_in.student)
    return any(delivery.number == hand_in.number for delivery in found)


def _take(hand_in: HandIn, when: datetime, run: _Run) -> None:
    """Put what a hand-in holds into its place, or say why not."""
    try:
        found = list(_notebooks(hand_in, run))
    except Rejected as problem:
        _refuse(hand_in, problem.reason, run)
        return
    for assignment, content in found:
        reason = run.cells.mistaken(content, assignment)
        if reason:
            _refuse(hand_in, reason, run)
        else:
            _store(_named(hand_in, assignment, run), assignment, content, when, run)


def _refuse(hand_in: HandIn, reason: str, run: _Run) -> None:
    run.refused.append(NotCollected(hand_in.source, reason, hand_in.student))


def _named(hand_in: HandIn, assignment: str, run: _Run) -> HandIn:
    """The hand-in under another name, if a student of that name but another number has that one."""
    student, number = hand_in.student, hand_in.number
    before = run.deliveries.find(student, assignment)
    if not number or before is None or before.number in ("", number):
        return hand_in
    name = f"{student} {number}"
    run.notes.append(
        f"{assignment} of {student} had been collected with the number {before.number}: "
        f"what came with {number} is kept as {name!r}"
    )
    return replace(hand_in, student=name)


def _notebooks(hand_in: HandIn, run: _Run) -> list[tuple[str, bytes]]:
    """Assignment and bytes of each notebook in a hand-in. Raises `Rejected`."""
    if is_archive(hand_in.path):
        found = notebooks_in(hand_in.path, run.bounds)
    else:
        found = {hand_in.path.name: read_bounded(hand_in.path, run.bounds.notebook)}
    named = hand_in.assignment
    known = {layout.notebook_name(name): name for name in run.assignments}
    if named is not None:
        own = layout.notebook_name(named)
        if own not in found and len(found) != 1:
            raise ArchiveRefused(f"it holds no {own}")
        known = {own: named}  # what lies beside it was not handed in by that name
        found = found if own in found else {own: next(iter(found.values()))}
    taken = [name for name in known if name in found]
    left = ", ".join(sorted(set(found) - set(taken)))
    if taken and left:
        run.notes.append(f"{hand_in.source} holds more, which was left alone: {left}")
    return [(known[name], found[name]) for name in taken] or _by_cells(found, run)


def _by_cells(found: dict[str, bytes], run: _Run) -> list[tuple[str, bytes]]:
    """The notebooks whose cells say what they are. Raises `ArchiveRefused` if none does."""
    told: dict[str, bytes] = {}
    for content in found.values():
        assignment = run.cells.of(content)
        if assignment in told:
            raise ArchiveRefused(f"it holds {assignment} twice, so it is not clear which counts")
        if assignment in run.assignments:
            told[assignment] = content
    if not told:
        names = ", ".join(map(layout.notebook_name, run.assignments))
        raise ArchiveRefused(f"it holds no notebook called {names}")
    return sorted(told.items())


def _store(hand_in: HandIn, assignment: str, content: bytes, when: datetime, run: _Run) -> None:
    """Put a notebook into ``submitted/``, unless the same or a later one is there."""
    place = run.folder.submitted(hand_in.student, assignment)
    if place.parent.is_symlink():
        _refuse(hand_in, f"{place.parent} is a link, which is not followed", run)
        return
    notebook = place / layout.notebook_name(assignment)
    old = stamp_of(place) or LONG_AGO
    status: Status = "updated" if os.path.lexists(place) else "new"
    if _holds(notebook, content):
        status, when = "unchanged", old
    elif status == "updated" and old > when:
        status, when = "older", old
    else:
        put(place, {TIMESTAMP: timestamp(when).encode(), notebook.name: content})
        run.deliveries.save(hand_in.student, assignment, Delivery(hand_in.source, hand_in.number))
    run.collected.append(
        Collected(hand_in.student, assignment, notebook, when, status, hand_in.source)
    )


def _holds(path: Path, content: bytes) -> bool:
    try:
        return read_bounded(path) == content
    except Rejected:
        return False


def put(place: Path, files: dict[str, bytes]) -> None:
    """Make a folder hold these files and no others.

    Each is written whole, and the time first: whatever interrupts, nothing that was handed in is
    lost, and what came late does not pass for what was there before.
    """
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        place.unlink()
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        if (place / name).is_dir() and not (place / name).is_symlink():
            shutil.rmtree(place / name)
        replace_file(place / name, content)
    for entry in list(os.scandir(place)):
        if entry.name not in files:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)


def _tell_of_several(run: _Run) -> None:
    """Say which of several hand-ins counts: the latest."""
    sources: dict[tuple[str, str], list[Collected]] = {}
    for one in run.collected:
        sources.setdefault((one.student, one.assignment), []).append(one)
    for (student, assignment), found in sorted(sources.items()):
        counts = [one.source for one in found if one.status != "older"]
        if len(found) > 1 and counts:
            run.notes.append(
                f"{student} handed in {assignment} {len(found)} times: {counts[-1]} counts"
            )
