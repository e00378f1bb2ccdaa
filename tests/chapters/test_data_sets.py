"""Every chapter runs on the other data sets by the one setting: ``make test-thorough``."""

from pathlib import Path

import pytest

from grader.exercises.registry import chapters
from grader.weave.rehearsal import rehearse
from pix2net.data.cifar10.store import FILE_SETTING
from pix2net.data.loading import SETTING

ARCHIVE = (
    Path(__file__).resolve().parents[3] / "shared" / "cifar10" / "cifar-10-binary-subset.tar.gz"
)
absent = pytest.mark.skipif(
    not ARCHIVE.is_file(), reason="the archive of real images is not beside the clone"
)
SETS = ["fashion_mnist", pytest.param("cifar10", marks=absent)]

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(600)]


@pytest.fixture(params=SETS)
def data_set(request, monkeypatch):
    """The name of a data set that is the course's while the test runs."""
    monkeypatch.setenv(SETTING, request.param)
    monkeypatch.setenv(FILE_SETTING, str(ARCHIVE))
    return request.param


@pytest.mark.parametrize("name", list(chapters()))
def test_a_worked_through_chapter_neither_fails_nor_warns(name, data_set, late):
    run = rehearse(chapters()[name], folder=late)
    assert run.problems == []
    assert run.failed == {}
    assert run.peak < 2**30
