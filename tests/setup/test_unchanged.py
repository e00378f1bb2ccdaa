"""What passed need not run again until something changes from which it follows."""

import os
import subprocess
import sys

import pytest

from grader.exercises.registry import chapters
from tests.unchanged import CHAPTERS, TEST, Unchanged, chapters_of, files_of_the_checkout

pytestmark = pytest.mark.timeout(300)
SOME = pytest.mark.some_chapters
NAMED = "01_images"  # in this module, so that its tests follow from it
IN_ORDER = sorted(CHAPTERS)
LATE = IN_ORDER[15]
QUICK = "tests/setup/test_unchanged.py::test_a_chapter_follows_from_those_that_it_builds_on"


def otherwise(files, owner):
    """The files of a checkout in which one of an owner ("" for none) is another one."""
    name = next(name for name, (of, _) in files.items() if of == owner)
    return {**files, name: (owner, "another digest")}


@pytest.fixture
def known(request, tmp_path):
    """Whether the test that runs is known to pass in a checkout; it passed in the one here."""
    files = files_of_the_checkout()
    before = Unchanged(tmp_path, files)
    before.keep(request.node)
    before.write()
    return lambda change: Unchanged(tmp_path, change(files)).passed(request.node)


def test_it_is_known_as_long_as_nothing_changes(known):
    assert known(dict)
    assert not any(known(lambda files, c=c: otherwise(files, c)) for c in ["", TEST, *CHAPTERS])


@SOME
def test_of_some_chapters_it_stays_known_when_another_changes(known, request):
    mine = chapters_of(request.node)
    assert NAMED in mine
    assert mine < CHAPTERS
    for chapter in CHAPTERS:
        assert known(lambda files, c=chapter: otherwise(files, c)) == (chapter not in mine)
    assert not known(lambda files: otherwise(files, ""))


@SOME
@pytest.mark.parametrize("other", ["tests/cli/test_app.py", "tests/kit/toy.py"])
def test_of_some_chapters_it_stays_known_when_another_test_changes(known, other):
    assert known(lambda files: {**files, other: (TEST, "another digest")})


@SOME
@pytest.mark.parametrize("own", ["setup/test_unchanged.py", "conftest.py", "unchanged.py"])
def test_its_own_module_counts_and_what_that_takes_from_others(known, own):
    assert not known(lambda files: {**files, f"tests/{own}": (TEST, "another digest")})


@SOME
@pytest.mark.parametrize("compiled", ["answers.mo", "course.mo"])
def test_what_is_compiled_of_all_chapters_does_not_count_beside_them(known, compiled):
    def compiled_anew(files):
        (name,) = (name for name in files if name.endswith(compiled))
        return {**files, name: ("", "another digest")}

    assert known(compiled_anew)


@SOME
def test_a_file_more_or_less_counts(known):
    assert not known(lambda files: {**files, "a_new_file": ("", "0")})
    assert not known(lambda files: dict(list(files.items())[1:]))


@SOME
@pytest.mark.parametrize("what", [f"ch{LATE}", next(iter(chapters()[LATE].exercises))])
def test_a_chapter_follows_from_those_that_it_builds_on(request, what):
    """By its own name or that of an exercise, in a parameter."""
    mine = chapters_of(request.node)
    assert {LATE, IN_ORDER[5], IN_ORDER[7]} < mine
    assert IN_ORDER[13] not in mine


def test_without_a_list_of_files_nothing_is_known(request, tmp_path):
    nowhere = Unchanged(tmp_path, {})
    nowhere.keep(request.node)
    assert not nowhere.passed(request.node)


def told(folder, *options):
    """What a run of some tests says at last, with its own cache."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", QUICK, *options]
    cache = {"XDG_CACHE_HOME": str(folder), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, env=os.environ | cache, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


def test_a_second_run_says_what_it_did_not_run_again(tmp_path):
    assert told(tmp_path, "--unchanged").startswith("2 passed")
    assert told(tmp_path, "--unchanged").startswith("2 unchanged")
    assert told(tmp_path, "--unchanged", "--fresh").startswith("2 passed")
    assert told(tmp_path).startswith("2 passed")
