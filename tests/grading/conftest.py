"""A released toy chapter, submissions of it, and a sandbox that only pretends."""

import copy
import json
import shutil

import nbformat
import pytest

from grader.classroom import pool
from grader.handed_in.merge import merge
from grader.keys.compile import compile_key
from grader.release.course_dir import ClassFolder, create_class
from grader.release.release import release
from grader.weave import layout
from grader.weave.student_version import student_version
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
from pix2net import check
```
"""
SEED = 2**140 + 17


@pytest.fixture(scope="session")
def chapter():
    return toy.chapter.build()


def text_of(chapter):
    slots = [f"```{{exercise}} {name}\n```\n" for name in chapter.exercises]
    slots += [f"```{{question}} {name}\n```\n" for name in chapter.questions]
    return HEAD + "\n".join(slots)


@pytest.fixture(scope="session")
def instructor(chapter):
    return weave(chapter, text_of(chapter))


@pytest.fixture(scope="session")
def released(instructor):
    return student_version(instructor)


@pytest.fixture(scope="session")
def key(chapter):
    return compile_key(chapter, SEED, hidden=True)


@pytest.fixture(scope="session")
def right_answers(instructor, released):
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
def finished(right_answers):
    """The same, to be changed."""
    return copy.deepcopy(right_answers)


@pytest.fixture(scope="session")
def released_class(chapter, tmp_path_factory):
    """A class folder with the toy chapter released through nbgrader."""
    texts = tmp_path_factory.mktemp("course")
    (texts / f"{chapter.name}.md").write_text(text_of(chapter))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "TEXTS", texts)
        patch.setattr(layout, "STILLS", texts / "stills")
        folder = create_class(tmp_path_factory.mktemp("released") / "class")
        result = release(folder, [chapter])
    assert not result.refused
    return folder.root


@pytest.fixture
def classroom(released_class, tmp_path, monkeypatch):
    """A class folder of one's own, graded in sandboxes that only pretend."""
    shutil.copytree(released_class, tmp_path / "class")
    monkeypatch.setattr(pool, "Stoppable", lambda stopped, limits, **_: FakeSandbox())
    return ClassFolder(tmp_path / "class")


@pytest.fixture
def hand_in(classroom, chapter):
    """Put a submission into the class folder, as collecting would."""

    def put(student, submission, timestamp=None):
        folder = classroom.submitted(student, chapter.name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{chapter.name}.ipynb").write_bytes(to_bytes(submission))
        if timestamp:
            (folder / "timestamp.txt").write_text(timestamp)
        return folder

    return put


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
