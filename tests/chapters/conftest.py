"""What the tests that run whole chapters share."""

import pytest

from grader.exercises.registry import chapters
from grader.weave.rehearsal import work_through


@pytest.fixture(scope="session")
def late(tmp_path_factory):
    """The folder of a learner who has worked through the whole course."""
    folder = tmp_path_factory.mktemp("late")
    work_through(chapters().values(), folder)
    return folder
