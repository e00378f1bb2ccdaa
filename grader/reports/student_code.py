"""The code that students handed in, by exercise, as grading took it up."""

from __future__ import annotations

import io
import json
import tokenize
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from grader.grading.verdict import NotebookVerdict
from grader.release.course_dir import ClassFolder
from grader.weave import layout
from pix2net.files import Rejected, read_bounded

MAX_GRADED = 256 * 2**20  # bytes of a notebook that grading wrote, with what its cells displayed
StudentCode = dict[tuple[str, str], dict[str, str]]  # (student, assignment) -> exercise -> code


def answers_in(folder: ClassFolder, verdicts: Iterable[NotebookVerdict]) -> StudentCode:
    """The answers in the autograded notebooks of some verdicts; what is not there is left out."""
    found: StudentCode = {}
    for verdict in verdicts:
        student = verdict.student or ""
        place = folder.root / "autograded" / student / verdict.assignment
        own = _answers(place / layout.notebook_name(verdict.assignment))
        found[student, verdict.assignment] = {
            name: code for name, code in own.items() if name in verdict.exercises
        }
    return found


def stubs_in(folder: ClassFolder, assignments: Iterable[str]) -> dict[str, str]:
    """Exercise -> what its answer cell held when it was released."""
    found: dict[str, str] = {}
    for name in assignments:
        found |= _answers(folder.release(name) / layout.notebook_name(name))
    return found


def without_comments(code: str) -> str:
    """Code without its comments, in which a name may stand; "" where it cannot be read."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return ""
    lines = code.split("\n")
    for token in tokens:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
    return "\n".join(lines)


def cells_of(notebook: Path) -> list[dict[str, Any]]:
    """The cells of a notebook that we wrote; none where it cannot be read."""
    try:
        found = json.loads(read_bounded(notebook, MAX_GRADED))["cells"]
    except (Rejected, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [cell for cell in found if isinstance(cell, dict)]


def _answers(notebook: Path) -> dict[str, str]:
    return {
        layout.task_of(cell) or "": "".join(cell.get("source", ""))
        for cell in cells_of(notebook)
        if layout.role_of(cell) == "answer" and cell.get("cell_type") == "code"
    }
