"""Every chapter runs from top to bottom: as students get it, and with all chapters worked through.

Some chapters without their figures in `make test`, all of it in `make test-thorough`. ``course
verify`` runs each chapter with its own references alone.
"""

import pytest

from grader.exercises.registry import chapters
from grader.weave.rehearsal import rehearse

THOROUGH = pytest.mark.thorough
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.some_chapters]

NAMES = list(chapters())
SOME = [
    pytest.param(name, marks=[] if name in ("02_knn", "07_mlp", "15_frameworks") else [THOROUGH])
    for name in NAMES
]
GIB = 2**30
LONGEST_SENTENCE = 400  # characters; more than that is no one-line message


def printed(run, capsys):
    """Say how long it took: no test depends on that."""
    with capsys.disabled():
        print(f" [{run.chapter}: {run.cpu:.1f} s of CPU, {run.peak / 2**20:.0f} MiB]", end="")
    return run


@THOROUGH
@pytest.mark.parametrize("name", NAMES)
def test_a_worked_through_chapter_neither_fails_nor_warns(name, late, capsys):
    run = printed(rehearse(chapters()[name], folder=late), capsys)
    assert run.problems == []
    assert run.failed == {}
    assert run.peak < GIB


@pytest.mark.parametrize("name", SOME)
def test_no_check_needs_a_demonstration(name, late, capsys):
    run = printed(rehearse(chapters()[name], folder=late, demonstrations=False), capsys)
    assert (run.problems, run.failed) == ([], {})


@pytest.mark.parametrize("figures", [False, pytest.param(True, marks=THOROUGH)])
@pytest.mark.parametrize("name", SOME)
def test_as_students_get_it_only_checks_fail_and_each_says_why_in_a_line(
    name, figures, fresh, capsys
):
    chapter = chapters()[name]
    run = rehearse(chapter, with_answers=False, demonstrations=figures, folder=fresh)
    printed(run, capsys)
    assert run.problems == []
    assert run.peak < GIB
    written = {task.name for task in chapter.questions.values() if task.kind == "written"}
    assert set(run.failed) == set(chapter.tasks) - written  # and nothing passes unanswered
    for task, told in run.failed.items():
        assert told.startswith(f"CheckFailed: {task}"), told
        assert "\n" not in told, told
        assert len(told) < LONGEST_SENTENCE, told
        assert told.endswith((".", "?")), told
