"""A release of the working tree's own chapters, for grading a file without a class folder.

It is compiled once with a secret seed of its own and kept in the user's cache, by the content of
the chapter, where only its owner can read it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from grader.exercises.builder import DefinitionError
from grader.exercises.model import Chapter
from grader.grading.release import GradingError, Released, load_released
from grader.release.build import build_chapter, digest, hidden_sources
from grader.release.course_dir import PRIVATE_FOLDER, ClassFolder, create_class
from grader.weave import layout
from grader.weave.source import SourceError
from grader.weave.stub import StubError

CACHE = "pixels-to-networks"


def cache_folder() -> Path:
    """Where releases are kept, by the XDG convention."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / CACHE / "grading"


def local_release(chapter: Chapter) -> Released:
    """A chapter of the working tree as if it had been released. Raises `GradingError`."""
    try:
        text = layout.text_path(chapter.name).read_bytes()
    except OSError:
        raise GradingError(f"the chapter {chapter.name} has no text source to release") from None
    content = f"{digest(hidden_sources(chapter))} {hashlib.sha256(text).hexdigest()}"
    name = f"{chapter.name}-{hashlib.sha256(content.encode()).hexdigest()[:20]}"
    kept = cache_folder() / name
    if not kept.is_dir():
        try:
            _make(chapter, kept)
        except (SourceError, StubError, DefinitionError) as error:
            reason = str(error).splitlines()[0]
            raise GradingError(f"{chapter.name} cannot be built: {reason}") from error
    return load_released(ClassFolder(kept), chapter.name)


def _make(chapter: Chapter, place: Path) -> None:
    """Build beside ``place`` and move there at once, so that it is whole or not there."""
    # Weaving reads MyST and nbgrader's preprocessors: slow to import, and not needed later.
    import nbformat

    from grader.weave.notebook import to_text
    from grader.weave.student import student_version

    place.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    beside = Path(tempfile.mkdtemp(dir=place.parent, prefix=".new-"))
    try:
        folder = create_class(beside)
        built = build_chapter(folder, chapter)
        released = folder.release(chapter.name)
        shutil.copytree(built.source, released)
        path = released / layout.notebook_name(chapter.name)
        woven = nbformat.read(path, as_version=4)
        path.write_text(to_text(student_version(woven)), encoding="utf-8")
        os.rename(beside, place)
    except OSError:
        if not place.is_dir():  # else somebody else has made the same just now
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
