"""Builds chapters into a class folder: instructor notebook, public key, stills, hidden key."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.exercises.model import Chapter
from grader.exercises.sources import hidden_sources
from grader.keys.compile import PUBLIC_SEED, compile_key
from grader.release.course_dir import (
    ClassFolder,
    KeyRecord,
    create_class,
    load_record,
)
from grader.weave import layout, notebook
from grader.weave.weave import weave_committed
from pix2net.files import PRIVATE, digest_of, replace_file
from pix2net.judging import answer_key as keys
from pix2net.judging import codec

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


def build(
    folder: Path | ClassFolder, chapters: Iterable[Chapter], *, new_seed: bool = False
) -> list[Built]:
    """Build chapters; a class folder is made where there is none.

    Args:
        new_seed: compile hidden keys anew although the hidden half did not change. Submissions are
            then graded on other inputs than before.

    Raises:
        SourceError: a chapter's text cannot be woven.
        StubError: a reference cannot be made a stub.
        DefinitionError: or `ClassFolderError`.
    """
    where = folder if isinstance(folder, ClassFolder) else create_class(folder)
    return [build_chapter(where, chapter, new_seed=new_seed) for chapter in chapters]


def build_chapter(folder: ClassFolder, chapter: Chapter, *, new_seed: bool = False) -> Built:
    """Build one chapter; see `build`."""
    text = notebook.to_text(weave_committed(chapter))
    public = compile_key(chapter, PUBLIC_SEED, hidden=False)
    hidden, kept = _hidden_key(folder, chapter, new_seed=new_seed)
    target = folder.source(chapter.name)
    replace_file(target / layout.notebook_name(chapter.name), text.encode())
    key = layout.key_path(target, chapter.name)
    key.parent.mkdir(exist_ok=True)
    keys.save(public, key)
    _copy_stills(chapter, target / layout.STILLS_FOLDER)
    points = sum(task.points for task in chapter.tasks.values())
    return Built(chapter.name, target, points, "kept" if kept else "new", hidden.release)


def _copy_stills(chapter: Chapter, folder: Path) -> None:
    stills = layout.stills_of(chapter.name)
    names = {still.name for still in stills}
    for old in folder.glob("*.png"):
        if old.name not in names:
            old.unlink()
    for still in stills:
        replace_file(folder / still.name, still.read_bytes())


def _hidden_key(folder: ClassFolder, chapter: Chapter, *, new_seed: bool) -> tuple[keys.Key, bool]:
    """The hidden key, and whether it is the one that was there.

    Submissions may have been graded against the old one, so it stays while it says the same.
    """
    path, sources = folder.hidden_key(chapter.name), digest_of(hidden_sources(chapter))
    record = load_record(folder.key_record(chapter.name))
    if record is not None and record.sources == sources and not new_seed:
        try:
            return keys.load(path), True
        except (OSError, keys.KeyFileError):
            pass  # lost, or of another version of the format: made anew
    seed = 1 << (SEED_BITS - 1) | secrets.randbits(SEED_BITS - 1)
    key = compile_key(chapter, seed, hidden=True)
    content = codec.dumps({"format": keys.FORMAT, "key": keys.to_data(key)}, keys.KEY_LIMITS)
    replace_file(path, content, PRIVATE)
    KeyRecord(seed, sources).save(folder.key_record(chapter.name))
    return key, False
