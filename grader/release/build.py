"""Builds chapters into a class folder: instructor notebook, public key, stills, hidden key."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.exercises.model import Chapter
from grader.exercises.sources import hidden_sources
from grader.keys.compile import PUBLIC_SEED, release_of
from grader.keys.workshop import Workshop
from grader.release.course_dir import (
    ClassFolder,
    KeyRecord,
    create_class,
    load_record,
)
from grader.weave import catalogs, layout, notebook
from grader.weave.weave import weave_committed
from pix2net.files import PRIVATE, digest_of, replace_file
from pix2net.judging import answer_key as keys

SEED_BITS = 160


@dataclass(frozen=True)
class Built:
    """A chapter in a class folder.

    Attributes:
        source: its folder below ``source/``.
        points: how many it gives, those of written answers included.
        hidden_key: "new", or "kept" because the hidden half did not change.
        release: what tells this hidden key from others in results.
    """

    chapter: str
    source: Path
    points: float
    hidden_key: Literal["new", "kept"]
    release: str


@dataclass(frozen=True)
class Planned:
    """Which hidden key a chapter is to have.

    Attributes:
        seed: the secret of its random numbers.
        kept: the key itself where the one that is there stays.
    """

    seed: int
    kept: keys.Key | None


def build(
    folder: Path | ClassFolder,
    chapters: Iterable[Chapter],
    *,
    new_seed: bool = False,
    language: str | None = None,
    workshop: Workshop | None = None,
) -> list[Built]:
    """Build chapters; a class folder is made where there is none.

    Args:
        folder: class folder.
        chapters: to build.
        new_seed: compile hidden keys anew although the hidden half did not change. Submissions are
            then graded on other inputs than before.
        language: of the notebooks and stills, as of `grader.weave.catalogs`; keys are the same in
            each.
        workshop: where keys are made (default: one that begins from nothing).

    Raises:
        SourceError: a chapter's text cannot be woven.
        StubError: a reference cannot be made a stub.
        DefinitionError: or `ClassFolderError`.
    """
    where = folder if isinstance(folder, ClassFolder) else create_class(folder)
    shop = workshop or Workshop()
    return [
        build_chapter(where, chapter, plan(where, chapter, new_seed=new_seed), shop, language)
        for chapter in chapters
    ]


def plan(folder: ClassFolder, chapter: Chapter, *, new_seed: bool = False) -> Planned:
    """Which hidden key a chapter is to have.

    Submissions may have been graded against the one that is there, so it stays while it says the
    same, unless a new one is asked for.
    """
    record = load_record(folder.key_record(chapter.name))
    if record is not None and record.sources == _sources(chapter) and not new_seed:
        try:
            key = keys.load(folder.hidden_key(chapter.name))
            if key.release == release_of(chapter, record.seed):
                return Planned(record.seed, key)
        except (OSError, keys.KeyFileError):
            pass  # lost, or of another version of the format: made anew
    return Planned(1 << (SEED_BITS - 1) | secrets.randbits(SEED_BITS - 1), None)


def build_chapter(
    folder: ClassFolder,
    chapter: Chapter,
    planned: Planned,
    workshop: Workshop,
    language: str | None = None,
) -> Built:
    """Build one chapter with the hidden key that was planned; see `build`."""
    text = notebook.to_text(weave_committed(chapter, catalogs.say_in(language, chapter.name)))
    public = workshop.key(chapter, PUBLIC_SEED, hidden=False)
    hidden = planned.kept or workshop.key(chapter, planned.seed, hidden=True)
    if planned.kept is None:
        save_key(folder, chapter, planned.seed, hidden)
    target = folder.source(chapter.name)
    replace_file(target / layout.notebook_name(chapter.name), text.encode())
    key = layout.key_path(target, chapter.name)
    key.parent.mkdir(exist_ok=True)
    keys.save(public, key)
    _copy_stills(chapter, target / layout.STILLS_FOLDER, language)
    points = sum(task.points for task in chapter.tasks.values())
    state: Literal["new", "kept"] = "kept" if planned.kept else "new"
    return Built(chapter.name, target, points, state, hidden.release)


def changed_since(folder: ClassFolder, chapter: Chapter) -> bool:
    """Whether a chapter's hidden half is another one than its hidden key was compiled from."""
    record = load_record(folder.key_record(chapter.name))
    return record is None or record.sources != _sources(chapter)


def save_key(folder: ClassFolder, chapter: Chapter, seed: int, hidden: keys.Key) -> None:
    """Put a hidden key, not verified yet, into a class folder."""
    replace_file(folder.hidden_key(chapter.name), keys.pack(hidden), PRIVATE)
    KeyRecord(seed, _sources(chapter)).save(folder.key_record(chapter.name))


def _copy_stills(chapter: Chapter, folder: Path, language: str | None) -> None:
    stills = layout.stills_of(chapter.name, language)
    names = {still.name for still in stills}
    for old in folder.glob("*.png"):
        if old.name not in names:
            old.unlink()
    for still in stills:
        replace_file(folder / still.name, still.read_bytes())


def _sources(chapter: Chapter) -> str:
    """A digest of what a chapter's hidden key is compiled from."""
    return digest_of(hidden_sources(chapter))
