"""The one place that knows names: of cells, their metadata, files and folders of a woven chapter.

A chapter called ``01_images`` is an nbgrader assignment ``01_images`` with one notebook of that
name. Its folder, wherever it stands (committed, source, release), looks like this::

    01_images.ipynb
    keys/01_images.key      the public answer key
    stills/01_*.png         pictures that the chapter shows in place of a learner's function

Committed, other languages have folders of their own below: notebooks, and stills that differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "course"
STILLS = TEXTS / "stills"
COMMITTED = TEXTS / "notebooks"

KEYS_FOLDER = "keys"
STILLS_FOLDER = "stills"
NOTEBOOK_SUFFIX = ".ipynb"
KEY_SUFFIX = ".key"

Role = Literal["answer", "test", "given", "prose", "written"]
COURSE = "course"  # the metadata key under which a cell's role and task stand
DEMONSTRATION = "demonstration"  # below it: the cell decides nothing, see `grader.grading.needed`
STUB = "stub"  # below it, in instructor notebooks alone: what the cell holds when released


def notebook_name(chapter: str) -> str:
    """File name of a chapter's notebook."""
    return chapter + NOTEBOOK_SUFFIX


def key_path(folder: Path, chapter: str) -> Path:
    """Where a chapter's public key stands, ``folder`` being the one of its notebook."""
    return folder / KEYS_FOLDER / (chapter + KEY_SUFFIX)


def text_path(chapter: str) -> Path:
    """A chapter's text source in this checkout."""
    return TEXTS / (chapter + ".md")


def stills_of(chapter: str, language: str | None = None) -> list[Path]:
    """The stills that a chapter shows, those that start with its number, in a language.

    What a language has no picture of its own for, it shows in English, which None is.
    """
    found = {
        path.name: path
        for folder in (STILLS, STILLS / (language or ""))
        for path in sorted(folder.glob(f"{chapter.split('_')[0]}_*.png"))
    }
    return list(found.values())


def answer_id(task: str) -> str:
    """nbgrader's ``grade_id`` of the cell that holds the answer to a task."""
    return task


def test_id(task: str) -> str:
    """nbgrader's ``grade_id`` of the cell that checks a task and carries its points."""
    return f"test_{task}"


def task_called(grade_id: str) -> str:
    """The task of a cell that is graded or answered, by nbgrader's ``grade_id`` of it."""
    return grade_id.removeprefix(test_id(""))


def prompt_id(task: str) -> str:
    """nbgrader's ``grade_id`` of the read-only cell that asks a question."""
    return f"prompt_{task}"


def check_source(task: str) -> str:
    """Source of a test cell."""
    return f'check("{task}")'


def course_metadata(role: Role, task: str | None = None) -> dict[str, str]:
    """What stands under ``course`` in a cell's metadata."""
    return {"role": role} if task is None else {"role": role, "task": task}


def role_of(cell: Mapping[str, Any]) -> str | None:
    """A cell's role, or None where it has none (a cell that a learner added)."""
    return _course(cell).get("role")


def task_of(cell: Mapping[str, Any]) -> str | None:
    """The task that a cell belongs to, or None."""
    return _course(cell).get("task")


def is_demonstration(cell: Mapping[str, Any]) -> bool:
    """Whether a released cell shows something and decides nothing."""
    return role_of(cell) == "given" and _course(cell).get(DEMONSTRATION) is True


def _course(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    found = cell.get("metadata", {}).get(COURSE, {})
    return found if isinstance(found, Mapping) else {}
