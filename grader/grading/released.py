"""What grading takes from a class folder: what was released, and the hidden keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from grader.grading.run import key_digest
from grader.weave import layout
from pix2net.judging.answer_key import Key, load

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from grader.release.course_dir import ClassFolder


class GradingError(Exception):
    """Grading could not be done at all; the message says why and what to do."""


@dataclass(frozen=True)
class Released:
    """An assignment as it was released.

    Attributes:
        key: the hidden answer key.
        digest: of the key.
        text: file of the student notebook.
        support: files that a submission finds beside its notebook, by name below its folder.
    """

    key: Key
    digest: str
    text: str
    support: dict[str, Path]

    @cached_property
    def notebook(self) -> NotebookNode:
        """The student notebook."""
        import nbformat  # slow to import, and not needed to check one exercise

        return nbformat.reads(self.text, as_version=4)


def released_assignments(folder: ClassFolder) -> list[str]:
    """Names of the assignments that were released, in order."""
    return [name for name in folder.assignments() if folder.release(name).is_dir()]


def load_released(folder: ClassFolder, assignment: str) -> Released:
    """An assignment as it was released. Raises `GradingError` if a part of it is missing."""
    others = [name for name in released_assignments(folder) if name != assignment]
    places = [folder.release(name) for name in (*others, assignment)]
    return read_released(folder.hidden_key(assignment), assignment, places)


def read_released(key_file: Path, assignment: str, places: list[Path]) -> Released:
    """An assignment from its files.

    Args:
        key_file: the hidden key.
        places: folders of everything that was released, the assignment's own last. The support
            files of all are laid out, so that one warm sandbox can serve every assignment: they are
            public, and named by chapter; where names are equal the assignment's own win.

    Raises:
        GradingError: a part is missing.
    """
    try:
        key = load(key_file)
        text = (places[-1] / layout.notebook_name(assignment)).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise GradingError(
            f"{assignment} cannot be graded: release it first with `course release` ({error})"
        ) from error
    found: dict[str, Path] = {}
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.is_file() and path.suffix != layout.NOTEBOOK_SUFFIX:
                found[str(path.relative_to(place))] = path
    return Released(key, key_digest(key), text, dict(sorted(found.items())))
