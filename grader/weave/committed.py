"""The student notebooks that are committed, so that the course can be read and begun from the web.

`write` makes them, `in_step` says where they are not what the sources give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.exercises.content import Contents
from grader.exercises.model import Chapter, DefinitionError
from grader.keys.compile import PUBLIC_SEED
from grader.keys.remembered import Store
from grader.keys.workshop import Workshop
from grader.weave import catalogs, layout, notebook
from grader.weave.source import SourceError
from grader.weave.stub import StubError
from grader.weave.student_version import student_version
from grader.weave.weave import INSTALL, weave_committed
from pix2net.files import digest
from pix2net.judging import answer_key as keys

ROUNDING = 1e-9  # relative; other machines sum in another order
ROUNDING_SINGLE = 1e-4  # and hundreds of steps of training in single precision make more of that
# A misconception whose answer is a rounding error, and so another one on each kind of machine.
ROUNDED = "single-precision"

WEAVERS = ("grader.weave.committed",)
MEND = "run `make notebooks`"


@dataclass(frozen=True)
class Written:
    """What `write` did: paths relative to the folder, and what could not be woven."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[str, ...]


def write(
    chapters: Iterable[Chapter],
    folder: Path = layout.COMMITTED,
    *,
    others: Iterable[Chapter] = (),
    workshop: Workshop | None = None,
    kept: Store | None = None,
) -> Written:
    """Write notebooks, public keys and stills, only where they differ; remove what is left over.

    Problems of one chapter leave its files as they are and do not stop the others. A chapter whose
    sources and files are as they were when it was last written is not woven.

    Args:
        chapters: to write.
        folder: to write to.
        others: chapters that are not written now and whose files stay.
        workshop: where keys are made (default: one that begins from nothing).
        kept: what files were written from what sources (default: nobody knows).
    """
    shop, contents = workshop or Workshop(), Contents(WEAVERS)
    changed: list[str] = []
    problems: list[str] = []
    expected = {folder / name for chapter in others for name in _names(chapter)}
    for chapter in chapters:
        names = list(_names(chapter))
        expected |= {folder / name for name in names}
        sources = contents.of_chapter(chapter, _read_for(chapter)) if kept else ""
        if kept and kept.recall(chapter.name, sources) == _digests(folder, names):
            continue
        try:
            files = dict(_files(chapter, shop))
        except (SourceError, StubError, DefinitionError) as error:
            problems += str(error).split("\n")
            continue
        for name, content in files.items():
            if not _same(folder / name, content):
                _put(folder / name, content)
                changed.append(name)
        if kept:
            kept.keep(chapter.name, sources, _digests(folder, names))
    removed = [path for path in _present(folder) if path not in expected]
    for path in removed:
        path.unlink()
    gone = tuple(str(path.relative_to(folder)) for path in removed)
    return Written(tuple(changed), gone, tuple(problems))


def in_step(
    chapters: Iterable[Chapter],
    folder: Path = layout.COMMITTED,
    *,
    workshop: Workshop | None = None,
) -> list[str]:
    """A sentence for each committed file that differs from what the sources give; [] if none.

    Notebooks and stills are compared byte for byte, keys as data up to rounding.
    """
    shop = workshop or Workshop()
    problems: list[str] = []
    expected: set[Path] = set()
    for chapter in chapters:
        for name, content in _files(chapter, shop):
            expected.add(folder / name)
            if not (folder / name).is_file():
                problems.append(f"{name} is missing: {MEND}")
            elif not _same(folder / name, content):
                problems.append(f"{name} is not what its sources give: {MEND}")
    left = [path for path in _present(folder) if path not in expected]
    return problems + [f"{p.relative_to(folder)} belongs to no chapter: {MEND}" for p in left]


def _read_for(chapter: Chapter) -> Iterator[Path]:
    """What a chapter's files follow from beside code."""
    yield from (layout.ROOT / "requirements.lock", layout.text_path(chapter.name))
    yield from layout.stills_of(chapter.name)
    for language in _languages(chapter):
        yield from (catalogs.path_of(language, name) for name in (chapter.name, catalogs.KIT))
        yield from _own_stills(chapter, language)
    yield INSTALL


def _digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Of the files that are there."""
    return {n: digest((folder / n).read_bytes()) for n in names if (folder / n).is_file()}


def _names(chapter: Chapter) -> Iterator[str]:
    """Names of a chapter's files relative to the folder."""
    yield layout.notebook_name(chapter.name)
    if chapter.tasks:
        yield str(layout.key_path(Path(), chapter.name))
    for still in layout.stills_of(chapter.name):
        yield f"{layout.STILLS_FOLDER}/{still.name}"
    for language in _languages(chapter):
        yield f"{language}/{layout.notebook_name(chapter.name)}"
        for still in _own_stills(chapter, language):
            yield f"{language}/{layout.STILLS_FOLDER}/{still.name}"


def _languages(chapter: Chapter) -> list[str]:
    """The languages that a chapter's translation has been begun in."""
    return [each for each in catalogs.languages() if catalogs.begun(each, chapter.name)]


def _files(chapter: Chapter, workshop: Workshop) -> Iterator[tuple[str, bytes | keys.Key]]:
    """A chapter's files: name -> content, which for the key is the key itself.

    A page without a task has no key.
    """
    names = _names(chapter)
    yield next(names), _woven(chapter)
    if chapter.tasks:
        yield next(names), workshop.key(chapter, PUBLIC_SEED, hidden=False, answers=True)
    for path in layout.stills_of(chapter.name):
        yield next(names), path.read_bytes()
    for language in _languages(chapter):
        yield next(names), _woven(chapter, language)
        for path in _own_stills(chapter, language):
            yield next(names), path.read_bytes()


def _own_stills(chapter: Chapter, language: str) -> list[Path]:
    """The stills that are another picture in a language."""
    english = layout.stills_of(chapter.name)
    return [path for path in layout.stills_of(chapter.name, language) if path not in english]


def _woven(chapter: Chapter, language: str | None = None) -> bytes:
    """A chapter's student notebook in a language; None is English."""
    woven = weave_committed(chapter, catalogs.say_in(language, chapter.name))
    return notebook.to_text(student_version(woven)).encode()


def _present(folder: Path) -> list[Path]:
    patterns = (
        f"*{layout.NOTEBOOK_SUFFIX}",
        f"*/*{layout.NOTEBOOK_SUFFIX}",
        f"{layout.KEYS_FOLDER}/*{layout.KEY_SUFFIX}",
        f"{layout.STILLS_FOLDER}/*.png",
        f"*/{layout.STILLS_FOLDER}/*.png",
    )
    return sorted(path for pattern in patterns for path in folder.glob(pattern))


def _same(path: Path, content: bytes | keys.Key) -> bool:
    if not path.is_file():
        return False
    if isinstance(content, bytes):
        return path.read_bytes() == content
    try:
        return close(keys.to_data(keys.load(path)), keys.to_data(content))
    except keys.KeyFileError:
        return False


def _put(path: Path, content: bytes | keys.Key) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        keys.save(content, path)


def close(one: Any, other: Any) -> bool:
    """Whether two values of plain data are the same up to the rounding of their numbers."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        compared = one.keys() - {ROUNDED}
        return list(one) == list(other) and all(close(one[k], other[k]) for k in compared)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, (float, complex, np.ndarray, np.generic)):
        return _close_numbers(np.asarray(one), np.asarray(other))
    return bool(one == other)


def _close_numbers(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype.kind not in "fc":
        return bool(np.array_equal(one, other))
    size = float(np.max(np.abs(one[np.isfinite(one)]), initial=0.0))
    rounding = ROUNDING_SINGLE if one.dtype == np.float32 else ROUNDING
    return bool(np.allclose(one, other, rtol=rounding, atol=rounding * size, equal_nan=True))
