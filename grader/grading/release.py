"""What grading takes from a class folder: what was released, and the hidden keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.grading.run import key_digest
from grader.kit.key import Key, KeyFileError, load
from grader.release.course_dir import ClassFolder
from grader.weave import layout


class GradingError(Exception):
    """Grading could not be done at all; the message says why and what to do."""


@dataclass(frozen=True)
class Released:
    """An assignment as it was released.

    key       the hidden answer key
    digest    of the key
    notebook  the student notebook
    support   files that a submission finds beside its notebook, by name below its folder
    """

    key: Key
    digest: str
    notebook: NotebookNode
    support: dict[str, Path]


def released_assignments(folder: ClassFolder) -> list[str]:
    """Names of the assignments that were released, in order."""
    return [name for name in folder.assignments() if folder.release(name).is_dir()]


def load_released(folder: ClassFolder, assignment: str) -> Released:
    """An assignment as it was released. Raises `GradingError` if a part of it is missing."""
    place = folder.release(assignment)
    try:
        key = load(folder.hidden_key(assignment))
        notebook = nbformat.read(place / layout.notebook_name(assignment), as_version=4)
    except (OSError, KeyFileError) as error:
        raise GradingError(
            f"{assignment} cannot be graded: release it first with `course release` ({error})"
        ) from error
    return Released(key, key_digest(key), notebook, _support(folder, assignment))


def _support(folder: ClassFolder, assignment: str) -> dict[str, Path]:
    """The support files of everything that was released; this assignment's own win.

    They are public and named by chapter, and one warm sandbox can serve all assignments so.
    """
    names = [name for name in released_assignments(folder) if name != assignment]
    found: dict[str, Path] = {}
    for place in (folder.release(name) for name in [*names, assignment]):
        for path in sorted(place.rglob("*")):
            if path.is_file() and path.suffix != layout.NOTEBOOK_SUFFIX:
                found[str(path.relative_to(place))] = path
    return dict(sorted(found.items()))
