"""Releases chapters through nbgrader: builds, verifies, looks for leaks, hands over.

What does not hold is a reason not to release, in a sentence that names the exercise.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from grader.exercises.model import Chapter, DefinitionError, Exercise
from grader.exercises.sources import hidden_sources
from grader.keys.verify import verify_chapter
from grader.keys.workshop import Workshop
from grader.release import nbgrader
from grader.release.build import Built, Planned, build_chapter, plan, save_key
from grader.release.course_dir import ClassFolder, create_class, load_record
from grader.weave import layout, leaks, notebook
from grader.weave.source import SourceError
from grader.weave.stub import StubError
from grader.weave.student_version import student_version
from pix2net.files import digest_of

# What decides whether rule 10 holds.
CHECKERS = ("grader/exercises", "grader/keys", "pix2net/judging")
# Hidden keys that are drawn: by chance one cannot tell two mistakes apart.
DRAWS = 3


@dataclass(frozen=True)
class ReleasedChapter:
    """A chapter that was released.

    Attributes:
        path: its folder below ``release/``.
        exchange: root of the exchange that it was put into, or None.
        notes: what nbgrader had to say.
    """

    chapter: str
    path: Path
    built: Built
    exchange: Path | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class NotReleased:
    """A chapter that was not released, and why."""

    chapter: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ReleaseResult:
    """What `release` did, in the order of the chapters."""

    released: tuple[ReleasedChapter, ...]
    refused: tuple[NotReleased, ...]


def release(
    folder: Path | ClassFolder,
    chapters: Iterable[Chapter],
    *,
    new_seed: bool = False,
    language: str | None = None,
    progress: Callable[[str, str], None] = lambda chapter, step: None,
    workshop: Workshop | None = None,
) -> ReleaseResult:
    """Release chapters into a class folder and, if there is one, its exchange.

    Chapters that are refused do not stop the others.

    Args:
        folder: class folder; made where there is none.
        chapters: to release.
        new_seed, language: see `grader.release.build.build`.
        progress: called with a chapter's name and what is being done to it.
        workshop: where keys are made and verified (default: one that begins from nothing).

    Raises:
        ClassFolderError: the folder cannot be a class folder.
    """
    where = folder if isinstance(folder, ClassFolder) else create_class(folder)
    shop = workshop or Workshop()
    wanted = [(chapter, plan(where, chapter, new_seed=new_seed)) for chapter in chapters]
    released: list[ReleasedChapter] = []
    refused: list[NotReleased] = []
    with shop.working_on(_unverified(where, wanted)):
        secrets = leaks.secrets_of(chapter for chapter, _ in wanted)
        shipped = leaks.scan(leaks.shipped_files(), secrets) if wanted else []
        for chapter, planned in wanted:
            try:
                steps = (shipped, shop, progress)
                released.append(_release(where, chapter, planned, language, *steps))
            except _NotReleasedError as error:
                refused.append(NotReleased(chapter.name, error.reasons))
    return ReleaseResult(tuple(released), tuple(refused))


def _unverified(
    folder: ClassFolder, wanted: Iterable[tuple[Chapter, Planned]]
) -> Iterator[tuple[Exercise, Chapter, Sequence[int]]]:
    """The exercises that have to be verified, with the seeds of their hidden keys."""
    for chapter, planned in wanted:
        record = load_record(folder.key_record(chapter.name))
        done = planned.kept and record is not None and record.verified == _state(chapter)
        for exercise in () if done else chapter.exercises.values():
            yield exercise, chapter, (planned.seed,)


class _NotReleasedError(Exception):
    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)


def _release(
    folder: ClassFolder,
    chapter: Chapter,
    planned: Planned,
    language: str | None,
    shipped: list[leaks.Leak],
    workshop: Workshop,
    progress: Callable[[str, str], None],
) -> ReleasedChapter:
    try:
        built, problems = _verified(folder, chapter, planned, language, workshop, progress)
    except (SourceError, StubError, DefinitionError) as error:
        raise _NotReleasedError(str(error).split("\n")) from error
    progress(chapter.name, "looking for leaks")
    problems += [str(leak) for leak in shipped if _concerns(leak, chapter)]
    problems += [str(leak) for leak in find_leaks(folder, chapter)]
    if problems:
        raise _NotReleasedError(problems)
    progress(chapter.name, "releasing")
    exchange = folder.exchange()
    try:
        notes = nbgrader.generate_assignment(folder, chapter.name)
        if exchange is not None:
            notes += nbgrader.release_assignment(folder, chapter.name)
    except nbgrader.NbgraderFailed as error:
        raise _NotReleasedError([f"{chapter.name}: nbgrader refused: {error}"]) from error
    path = folder.release(chapter.name)
    return ReleasedChapter(chapter.name, path, built, exchange, tuple(notes))


def _verified(
    folder: ClassFolder,
    chapter: Chapter,
    planned: Planned,
    language: str | None,
    workshop: Workshop,
    progress: Callable[[str, str], None],
) -> tuple[Built, list[str]]:
    """Build a chapter and verify it; what does not hold of the last of the keys drawn.

    A key that was verified once stays: submissions may have been graded on it.
    """
    record = load_record(folder.key_record(chapter.name))
    fixed = planned.kept is not None and record is not None and bool(record.verified)
    for _ in range(DRAWS):
        progress(chapter.name, "building")
        built = build_chapter(folder, chapter, planned, workshop, language)
        progress(chapter.name, "verifying")
        problems = verify(folder, chapter, workshop)
        if fixed or not problems:
            break
        planned = plan(folder, chapter, new_seed=True)
    return built, problems


def renew_key(folder: ClassFolder, chapter: Chapter, workshop: Workshop) -> list[str]:
    """Give a chapter a hidden key with a new secret seed; all else stays as it is.

    Returns:
        What does not hold of the last of the keys drawn, in which case the old one stays.
    """
    for _ in range(DRAWS):
        seed = plan(folder, chapter, new_seed=True).seed
        problems = _problems(chapter, seed, workshop)
        if not problems:
            save_key(folder, chapter, seed, workshop.key(chapter, seed, hidden=True))
            verify(folder, chapter, workshop)
            break
    return problems


def _problems(chapter: Chapter, seed: int, workshop: Workshop | None) -> list[str]:
    found = verify_chapter(chapter, seeds=(seed,), workshop=workshop)
    return [str(problem) for problem in found]


def _concerns(leak: leaks.Leak, chapter: Chapter) -> bool:
    """Whether a leak in what ships with every chapter gives this one's exercises away."""
    return any(f" {name} " in leak.text for name in chapter.exercises)


def verify(folder: ClassFolder, chapter: Chapter, workshop: Workshop | None = None) -> list[str]:
    """Rule 10 on a chapter's public key and on the hidden key in a class folder.

    Checked once for a hidden key as long as neither the hidden half nor what checks it changes.
    """
    path = folder.key_record(chapter.name)
    record = load_record(path)
    if record is None:
        return [f"{chapter.name}: it has no hidden key in {folder.keys}: run `course build`"]
    state = _state(chapter)
    if record.verified == state:
        return []
    problems = _problems(chapter, record.seed, workshop)
    if not problems:
        replace(record, verified=state).save(path)
    return problems


def _state(chapter: Chapter) -> str:
    """A digest of the hidden half of a chapter and of what checks it."""
    return digest_of(hidden_sources(chapter) | set(_checkers()))


def _checkers() -> Iterator[Path]:
    for package in CHECKERS:
        yield from (layout.ROOT / package).rglob("*.py")


def find_leaks(folder: ClassFolder, chapter: Chapter) -> list[leaks.Leak]:
    """Secrets in what a chapter's ``source/`` would release, files that were put there included."""
    source = folder.source(chapter.name)
    secrets = leaks.secrets_of([chapter])
    record = load_record(folder.key_record(chapter.name))
    if record is not None:
        hidden = folder.hidden_key(chapter.name).read_bytes()
        leaks.add_hidden(secrets, record.seed, hidden, chapter.name)
    with tempfile.TemporaryDirectory() as temporary:
        files: dict[str, Path] = {}
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            name = f"{chapter.name}/{path.relative_to(source)}"
            if path.suffix == layout.NOTEBOOK_SUFFIX:
                released = Path(temporary) / f"{len(files)}{layout.NOTEBOOK_SUFFIX}"
                book = student_version(nbformat.read(path, as_version=4))
                released.write_text(notebook.to_text(book), encoding="utf-8")
                files[name] = released
            else:
                files[name] = path
        return leaks.scan(files, secrets)
