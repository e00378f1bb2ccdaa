"""What the tests that run whole chapters share."""

import shutil

import pytest

from grader.exercises.registry import chapters
from grader.weave import layout
from grader.weave.rehearsal import work_through


@pytest.fixture(scope="session")
def late(tmp_path_factory):
    """The folder of a learner who has worked through the whole course."""
    folder = tmp_path_factory.mktemp("late")
    work_through(chapters().values(), folder)
    return folder


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """The folder of a learner who has just begun: the committed notebooks with their keys."""
    return shutil.copytree(layout.COMMITTED, tmp_path_factory.mktemp("fresh") / "notebooks")
