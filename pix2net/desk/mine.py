"""Takes a learner's own earlier function over into a later chapter, if it passes its checks."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pix2net.desk.checking import verdict_on
from pix2net.desk.definitions import Defined
from pix2net.desk.public_keys import find_key

FORMAT = 4  # of the notebook files that Jupyter writes
MAX_BYTES = 50 * 2**20


def mine(name: str, folder: Path | None = None) -> Any:
    """The learner's own function or class of an earlier chapter, or None.

    Looks for the exercise's notebook in the folder or, as a course directory has it, in
    ``../CHAPTER/``. Only imports and definitions of its cells are run. None where the notebook is
    not there or the function does not pass its checks.

    Args:
        name: of an exercise.
        folder: where the notebooks are (default: the working folder).
    """
    key = find_key(name)
    notebook = _notebook(key.assignment, folder or Path.cwd()) if key else None
    if notebook is None:
        return None
    namespace = defined_in(notebook).namespace
    with _silence():
        passed = name in namespace and verdict_on(name, namespace).passed
    return namespace[name] if passed else None


def defined_in(notebook: Path) -> Defined:
    """What the cells of a notebook define, learned by running no more of them in this process."""
    defined = Defined()
    with _silence():
        for cell in cells_of(notebook) or ():
            if cell["cell_type"] == "code":
                defined.add("".join(cell["source"]), f"<cell of {notebook.name}>")
    return defined


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


def _notebook(chapter: str, folder: Path) -> Path | None:
    candidates = (
        folder / f"{chapter}.ipynb",
        folder.parent / chapter / f"{chapter}.ipynb",
    )
    return next((p for p in candidates if p.is_file() and p.stat().st_size < MAX_BYTES), None)


def cells_of(notebook: Path) -> list[dict[str, Any]] | None:
    """The cells that a notebook file holds, None where it is damaged or no notebook."""
    try:
        book = json.loads(notebook.read_text(encoding="utf-8-sig"))
        cells = list(book["cells"]) if book["nbformat"] == FORMAT else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return cells and [cell for cell in cells if _is_cell(cell)]


def _is_cell(cell: Any) -> bool:
    """Whether a cell has a kind, and a text as one piece or as a list of lines."""
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    source = cell.get("source")
    return isinstance(source, str) or (
        isinstance(source, list) and all(isinstance(line, str) for line in source)
    )


def texts_in(notebook: Path) -> dict[str, str]:
    """The text of each Markdown cell that a learner fills in, by the name of its task."""
    return {
        str(cell["metadata"]["course"]["task"]): "".join(cell["source"])
        for cell in cells_of(notebook) or ()
        if cell.get("cell_type") == "markdown" and _is_written(cell)
    }


def _is_written(cell: dict[str, Any]) -> bool:
    course = cell.get("metadata", {}).get("course", {})
    return isinstance(course, dict) and course.get("role") == "written" and "task" in course
