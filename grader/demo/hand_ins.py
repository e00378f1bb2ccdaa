"""What a simulated student hands in: the released notebook, filled in their way."""

from __future__ import annotations

import copy
import hashlib

import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from grader.demo.answers import question_code, right_code, wrong_code
from grader.demo.roster import Student
from grader.exercises.model import Chapter, Exercise, Question
from grader.weave import layout

ESSAYS = (
    "The pixels of the background outnumber those of the subject, so they decide the distance.",
    "Because two pictures of a horse on grass and on snow share hardly a pixel.",
    "I think that it is too slow.",
)
ENDLESS = "while True:\n    pass"
EXIT = "import os\nos._exit(0)"
NOISE = "import sys, warnings\nwarnings.warn('nearly there')\nprint('debug: ok', file=sys.stderr)"


def handed_in(
    student: Student, chapter: Chapter, released: NotebookNode, *, mishap: bool
) -> NotebookNode:
    """A copy of the released notebook as a student returns it.

    The same student and chapter always give the same notebook.

    Args:
        mishap: whether it is in this notebook that the student's mishap happens.
    """
    seed = hashlib.sha256(f"{student.id}/{chapter.name}".encode()).digest()
    rng = np.random.default_rng(list(seed))
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        task = chapter.tasks.get(layout.task_of(cell) or "")
        if task is not None and layout.role_of(cell) in ("answer", "written"):
            cell.source = _answer(student, task, chapter, rng) or cell.source
    return _with_mishap(student, notebook, chapter) if mishap else notebook


def _answer(
    student: Student, task: Exercise | Question, chapter: Chapter, rng: np.random.Generator
) -> str | None:
    """New source of an answer cell, or None where it stays as it came."""
    blank, wrong = rng.random() < student.blank, rng.random() < student.wrong
    if blank:
        return None
    if isinstance(task, Exercise):
        code = wrong_code(task, chapter, rng) if wrong else None
        return code or right_code(task, chapter)
    if task.kind == "written":
        return ESSAYS[rng.integers(len(ESSAYS))]
    return question_code(task, not wrong, rng)


def _with_mishap(student: Student, notebook: NotebookNode, chapter: Chapter) -> NotebookNode:
    first = next(iter(chapter.exercises))
    cells = notebook.cells
    if student.mishap == "loops":
        _find(notebook, first, "answer").source += f"\n\n\n{ENDLESS}"
    elif student.mishap == "exits":
        cells.insert(_place(notebook, first, "test") + 1, new_code_cell(EXIT))
    elif student.mishap == "deletes":
        del cells[_place(notebook, first, "test")]
    elif student.mishap == "duplicates":
        place = _place(notebook, first, "answer")
        # Jupyter gives a copied cell an id of its own; nbgrader's name of it stays.
        double = {**copy.deepcopy(cells[place]), "id": new_code_cell().id}
        cells.insert(place, NotebookNode(double))
    elif student.mishap == "stderr":
        for name in chapter.exercises:
            _find(notebook, name, "answer").source += f"\n\n\n{NOISE}"
    return notebook


def _place(notebook: NotebookNode, task: str, role: str) -> int:
    return next(
        i
        for i, cell in enumerate(notebook.cells)
        if layout.task_of(cell) == task and layout.role_of(cell) == role
    )


def _find(notebook: NotebookNode, task: str, role: str) -> NotebookNode:
    return notebook.cells[_place(notebook, task, role)]
