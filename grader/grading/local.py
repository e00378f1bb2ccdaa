"""A release of the working tree's own chapters, for grading a file without a class folder.

It is compiled once with a secret seed of its own and kept in the user's cache, by the content of
the chapter, where only its owner can read it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from grader.exercises.model import Chapter, DefinitionError
from grader.exercises.sources import hidden_sources
from grader.grading.released import GradingError, Released, read_released
from grader.weave import layout
from pix2net import leftovers
from pix2net.files import cache_folder, digest_of

PRIVATE_FOLDER = 0o700
# What of our code a release depends on.
COMPILERS = ("grader/exercises", "grader/keys", "grader/weave", "pix2net/judging")


def local_release(chapter: Chapter) -> Released:
    """A chapter of the working tree as if it had been released. Raises `GradingError`."""
    kept = cache_folder() / "grading" / f"{chapter.name}-{_content(chapter)[:20]}"
    if not kept.is_dir():
        _make(chapter, kept)
    hidden = kept / "keys" / (chapter.name + layout.KEY_SUFFIX)
    return read_released(hidden, chapter.name, [kept / "release" / chapter.name])


def _content(chapter: Chapter) -> str:
    """A digest of everything that a chapter's release is made from."""
    text = layout.text_path(chapter.name)
    if not text.is_file():
        raise GradingError(f"the chapter {chapter.name} has no text source to release")
    ours = [path for part in COMPILERS for path in (layout.ROOT / part).rglob("*.py")]
    return digest_of([text, *hidden_sources(chapter), *ours])


def _make(chapter: Chapter, place: Path) -> None:
    """Build beside ``place`` and move there at once, so that it is whole or not there."""
    # Weaving reads MyST and nbgrader's preprocessors: slow to import, and not needed later.
    import nbformat

    from grader.release.build import build
    from grader.release.course_dir import create_class
    from grader.weave.notebook import to_text
    from grader.weave.source import SourceError
    from grader.weave.stub import StubError
    from grader.weave.student_version import student_version

    place.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    leftovers.clear(place.parent)
    beside = Path(tempfile.mkdtemp(dir=place.parent, prefix=leftovers.prefix(place.name)))
    try:
        folder = create_class(beside)
        (built,) = build(folder, [chapter])
        released = folder.release(chapter.name)
        shutil.copytree(built.source, released)
        path = released / layout.notebook_name(chapter.name)
        woven = nbformat.read(path, as_version=4)
        path.write_text(to_text(student_version(woven)), encoding="utf-8")
        os.rename(beside, place)
    except (SourceError, StubError, DefinitionError) as error:
        reason = str(error).splitlines()[0]
        raise GradingError(f"{chapter.name} cannot be built: {reason}") from error
    except OSError:
        if not place.is_dir():  # else somebody else has made the same just now
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
