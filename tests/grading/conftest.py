"""A released toy chapter, submissions of it, and a sandbox that only pretends."""

import copy
import json

import nbformat
import pytest

from grader.grading.merge import merge
from grader.keys.compile import compile_key
from grader.weave.student import student_version
from grader.weave.weave import filled, weave
from tests.grading.fake import FakeSandbox
from tests.kit import toy

HEAD = """---
kernelspec:
  name: python3
  display_name: Python 3
---

# A toy

```{code-cell} ipython3
import numpy as np
from grader.kit import check
```
"""
SEED = 2**140 + 17


@pytest.fixture(scope="session")
def chapter():
    return toy.chapter.build()


@pytest.fixture(scope="session")
def instructor(chapter):
    slots = [f"```{{exercise}} {name}\n```\n" for name in chapter.exercises]
    slots += [f"```{{question}} {name}\n```\n" for name in chapter.questions]
    return weave(chapter, HEAD + "\n".join(slots))


@pytest.fixture(scope="session")
def released(instructor):
    return student_version(instructor)


@pytest.fixture(scope="session")
def key(chapter):
    return compile_key(chapter, SEED, hidden=True)


@pytest.fixture
def finished(instructor, released):
    """The released notebook as a learner hands it in with everything right, written answer too."""
    right = {cell.id: cell.source for cell in filled(instructor).cells if "test_" not in cell.id}
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        if cell.metadata.get("course", {}).get("role") == "answer":
            cell.source = right[cell.id]
        if cell.metadata.get("course", {}).get("role") == "written":
            cell.source = "Because."
    return notebook


@pytest.fixture
def fake():
    return FakeSandbox()


@pytest.fixture
def merged(released):
    """Merge a notebook, a dict or bytes."""

    def run(submission):
        return merge(released, to_bytes(submission))

    return run


def to_bytes(submission):
    if isinstance(submission, bytes):
        return submission
    if isinstance(submission, nbformat.NotebookNode):
        return nbformat.writes(submission).encode()
    return json.dumps(submission).encode()


def cell_of(notebook, name):
    """The first cell that nbgrader calls ``name``."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def index_of(notebook, name):
    return notebook.cells.index(cell_of(notebook, name))
