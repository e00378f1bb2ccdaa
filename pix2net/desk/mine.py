"""Takes a learner's own earlier function over into a later chapter, if it passes its checks."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pix2net.desk.checking import verdict_on
from pix2net.desk.public_keys import find_key

DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
MAX_BYTES = 50 * 2**20


def mine(name: str, folder: Path | None = None) -> Any:
    """The learner's own function or class of an earlier chapter, or None.

    Looks for the exercise's notebook in the folder or, as a course directory has it, in
    ``../CHAPTER/``. Only cells that just import and define are run. None where the notebook is
    not there or the function does not pass its checks.

    Args:
        name: of an exercise.
        folder: where the notebooks are (default: the working folder).
    """
    key = find_key(name)
    notebook = _notebook(key.assignment, folder or Path.cwd()) if key else None
    if notebook is None:
        return None
    namespace = defined_in(notebook)
    with _silence():
        passed = name in namespace and verdict_on(name, namespace).passed
    return namespace[name] if passed else None


def defined_in(notebook: Path) -> dict[str, Any]:
    """What the cells of a notebook define that just import, define, or set a plain answer.

    Those cells are run, in their order and in this process; one that raises is left out.
    """
    namespace: dict[str, Any] = {"__name__": "__mine__", "np": np}
    with _silence():
        for source in _code_cells(notebook):
            if _only_defines(source):
                with contextlib.suppress(Exception):
                    exec(compile(source, f"<cell of {notebook.name}>", "exec"), namespace)
    return namespace


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


def _code_cells(notebook: Path) -> list[str]:
    return [
        "".join(cell.get("source", "")) for cell in _cells(notebook) if cell["cell_type"] == "code"
    ]


def _cells(notebook: Path) -> list[dict[str, Any]]:
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return [c for c in cells if isinstance(c, dict) and isinstance(c.get("cell_type"), str)]
    except (ValueError, KeyError, TypeError):
        return []


def texts_in(notebook: Path) -> dict[str, str]:
    """The text of each Markdown cell that a learner fills in, by the name of its task."""
    return {
        str(cell["metadata"]["course"]["task"]): "".join(cell["source"])
        for cell in _cells(notebook)
        if cell.get("cell_type") == "markdown" and _is_written(cell)
    }


def _is_written(cell: dict[str, Any]) -> bool:
    course = cell.get("metadata", {}).get("course", {})
    return isinstance(course, dict) and course.get("role") == "written" and "task" in course


def _only_defines(source: str) -> bool:
    """Whether a cell holds imports, functions, classes, docstrings and plain values alone."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return False
    return bool(body) and all(
        isinstance(node, DEFINITIONS)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.Assign) and _is_plain(node.value))
        for node in body
    )


def _is_plain(value: ast.expr) -> bool:
    """Whether an expression is a number, a text or a collection of them, written out."""
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True
