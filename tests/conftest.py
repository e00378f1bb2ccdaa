"""For all tests: what is found once and holds as long as all that it follows from is the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from grader.exercises.registry import chapters
from grader.keys.remembered import Memory
from pix2net.files import cache_folder

Once = Callable[..., None]

settings.register_profile("any machine", deadline=None)  # a busy one takes its time
settings.load_profile("any machine")


if TYPE_CHECKING:  # it reads every chapter, and most runs are of a few tests
    pass

KNOWN = pytest.StashKey["Unchanged"]()
PASSED = pytest.StashKey[bool]()


def pytest_addoption(parser):
    parser.addoption("--fresh", action="store_true", help="Believe nothing that was found before.")
    unchanged = "Do not run again what passed and follows from nothing that has changed."
    parser.addoption("--unchanged", action="store_true", help=unchanged)


def pytest_configure(config):
    if config.getoption("--unchanged") and not config.getoption("--fresh"):
        from tests.unchanged import Unchanged

        config.stash[KNOWN] = Unchanged(cache_folder() / "passed")


@pytest.hookimpl(trylast=True)  # the others deselect
def pytest_collection_modifyitems(config, items):
    if known := config.stash.get(KNOWN, None):
        items[:] = known.of_these(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    item.stash[PASSED] = item.stash.get(PASSED, True) and report.outcome == "passed"
    known = item.config.stash.get(KNOWN, None)
    if known and report.when == "teardown" and item.stash[PASSED]:
        known.keep(item)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report):
    """What passed before is counted by itself."""
    if report.passed and ("unchanged", True) in report.user_properties:
        return ("unchanged", "u", "UNCHANGED") if report.when == "call" else ("", "", "")
    return None


def pytest_sessionfinish(session):
    if known := session.config.stash.get(KNOWN, None):
        known.write()


@pytest.fixture(scope="session")
def memory(request, tmp_path_factory):
    """Of tests that passed: in the user's cache, or in an empty folder for ``--fresh``."""
    fresh = request.config.getoption("--fresh")
    folder = tmp_path_factory.mktemp("memory") if fresh else cache_folder() / "tests"
    return Memory(folder, checkers=())


@pytest.fixture
def once(request, memory) -> Once:
    """Asserts that nothing is wrong with an exercise; looks again only after a change.

    That is a change of the exercise, of the test, of the modules named beside it, of anything of
    ours that these import, of a file of data, or of the machine. What fails is always looked at.
    """

    def nothing_wrong(exercise: str, find: Callable[[], list[str]], *beside: str) -> None:
        chapter = next(c for c in chapters().values() if exercise in c.exercises)
        about = chapter.exercises[exercise], chapter
        question = request.function.__name__
        modules = [request.module.__name__, __name__, *beside]
        if memory.recall(question, *about, modules) is None:
            assert find() == []
            memory.keep(question, *about, True, modules)

    return nothing_wrong
