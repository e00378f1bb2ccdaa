"""Collects from nbgrader's exchange, through nbgrader, and says what became of every entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from grader.handed_in.find import CLUTTER
from grader.handed_in.inbound import claim_of
from grader.handed_in.results import Collected, CollectResult, Doubtful, NotCollected, Status
from grader.handed_in.submitted import stamp_of
from grader.release import nbgrader
from grader.release.course_dir import ClassFolder, ClassFolderError
from pix2net.files import Rejected

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def collect_exchange(folder: ClassFolder, assignments: Iterable[str]) -> CollectResult:
    """Collect the latest submission of everybody from the exchange.

    Raises:
        ClassFolderError: , and what keeps the class folder or the gradebook from being used.
    """
    exchange = folder.exchange()
    if exchange is None:
        raise ClassFolderError(
            f"no exchange is set up in {folder.root}: name the archives or the folder to collect "
            "from, or set c.Exchange.root in its nbgrader_config.py"
        )
    collected: list[Collected] = []
    refused = list(_strays(exchange / folder.course().course_id / "inbound", folder))
    doubtful: list[Doubtful] = []
    notes: list[str] = []
    for assignment in assignments:
        before = _stamps(folder, assignment)
        try:
            step, lines = nbgrader.collect(folder, assignment)
        except nbgrader.NbgraderFailed as error:
            if isinstance(error.__cause__, (OSError, SQLAlchemyError)):
                raise error.__cause__ from error
            refused.append(NotCollected(str(exchange / assignment), str(error)))
            continue
        # Another plug-in than ours may be set, which tells all in its log.
        refused += getattr(step, "refused", ())
        doubtful += getattr(step, "doubtful", ())
        told = getattr(step, "told", ())
        notes += [line for line in lines if line not in told or line.startswith("Left out")]
        sources = getattr(step, "sources", {})
        collected += _changes(folder, assignment, before, sources)
    return CollectResult(tuple(collected), tuple(refused), tuple(notes), tuple(doubtful))


def _strays(inbound: Path, folder: ClassFolder) -> Iterator[NotCollected]:
    """What stands in the inbound folder and is of none of the assignments."""
    known = folder.assignments()
    try:
        names = sorted(entry.name for entry in inbound.iterdir())
    except OSError:
        return  # nbgrader says what is wrong with it
    for name in names:
        if CLUTTER.fullmatch(name) or any(f"+{assignment}+" in name for assignment in known):
            continue
        try:
            claim = claim_of(name)
        except Rejected as problem:
            yield NotCollected(name, problem.reason)
        else:
            reason = f"there is no assignment {claim.assignment!r}; there are {', '.join(known)}"
            yield NotCollected(name, reason, claim.student)


def _stamps(folder: ClassFolder, assignment: str) -> dict[str, datetime]:
    """Student -> time of what is in ``submitted/`` for an assignment."""
    places = folder.root.glob(f"submitted/*/{assignment}")
    return {place.parent.name: stamp_of(place) or LONG_AGO for place in places}


def _changes(
    folder: ClassFolder, assignment: str, before: dict[str, datetime], sources: dict[str, str]
) -> Iterator[Collected]:
    for student, when in sorted(_stamps(folder, assignment).items()):
        old = before.get(student)
        status: Status = "unchanged"
        if old is None:
            status = "new"
        elif old != when:
            status = "updated"
        place = folder.submitted(student, assignment)
        yield Collected(student, assignment, place, when, status, sources.get(student, ""))
