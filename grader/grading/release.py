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
    folder    holds the notebook and its support files
    """

    key: Key
    digest: str
    notebook: NotebookNode
    folder: Path

    @property
    def support(self) -> dict[str, Path]:
        """Files and folders that a submission finds beside its notebook, by name."""
        entries = sorted(self.folder.iterdir())
        return {e.name: e for e in entries if e.suffix != layout.NOTEBOOK_SUFFIX}


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
    return Released(key, key_digest(key), notebook, place)
