"""What nbgrader does to an instructor notebook when it makes an assignment of it.

`RELEASE_PREPROCESSORS` is nbgrader's own list with one addition, and is what a class folder's
settings name; `student_version` runs the same list on a notebook in memory, without a gradebook.
"""

from __future__ import annotations

import copy
from typing import Any

from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import (
    ClearSolutions,
    InstantiateTests,
    NbGraderPreprocessor,
    SaveCells,
)

from grader.weave import layout


class PutStubs(NbGraderPreprocessor):
    """Gives answer cells that state a stub that stub, after ClearSolutions gave them its own.

    A question's cell is released as ``NAME = None``: ClearSolutions would leave a cell that raises
    an error when it is run.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, cell_index: int
    ) -> tuple[NotebookNode, Any]:
        """Put the stub and take it out of the metadata."""
        course = cell.metadata.get(layout.COURSE, {})
        if layout.STUB in course:
            cell.source = course.pop(layout.STUB)
        return cell, resources


def _with_stubs() -> list[Any]:
    stock = list(GenerateAssignment.class_traits()["preprocessors"].default())
    place = stock.index(ClearSolutions) + 1
    return [*stock[:place], PutStubs, *stock[place:]]


RELEASE_PREPROCESSORS = _with_stubs()
NEEDS_MORE_THAN_A_NOTEBOOK = (SaveCells, InstantiateTests)  # a gradebook, a kernel


def student_version(notebook: NotebookNode) -> NotebookNode:
    """The notebook that a release makes of an instructor notebook; the argument is left alone."""
    released: Any = copy.deepcopy(notebook)
    resources: Any = {}
    for kind in RELEASE_PREPROCESSORS:
        if kind not in NEEDS_MORE_THAN_A_NOTEBOOK:
            released, resources = kind().preprocess(released, resources)
    assert isinstance(released, NotebookNode)
    return released
