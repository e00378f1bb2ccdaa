"""Pages: texts without a task, woven for learners and given to no class."""

import re
from pathlib import Path

import numpy as np
import pytest

from grader.exercises.registry import chapters, pages
from grader.keys.workshop import Workshop
from grader.weave import committed, layout
from grader.weave.weave import weave_committed

NAMES = [page.name for page in pages()]
CODE = re.compile(
    r"^```\{code-cell\} ipython3\n(?::tags:[^\n]*\n+)?(.*?)^```$", re.DOTALL | re.MULTILINE
)


def test_a_page_stands_before_the_chapter_that_needs_it_and_is_none():
    assert sorted([*NAMES, *chapters()])[2:4] == ["01b_primer", "02_knn"]
    assert not set(NAMES) & set(chapters())


@pytest.mark.parametrize("page", pages(), ids=NAMES)
def test_a_page_weaves_to_a_notebook_in_which_nothing_is_graded(page):
    assert page.tasks == {}
    cells = weave_committed(page).cells
    assert cells
    assert [layout.task_of(cell) for cell in cells] == [None] * len(cells)
    assert not any(cell.metadata.get("nbgrader", {}).get("grade") for cell in cells)


@pytest.mark.parametrize("page", pages(), ids=NAMES)
def test_a_page_is_committed_without_a_key(page, tmp_path):
    written = committed.write([page], tmp_path, workshop=Workshop())
    assert written.problems == ()
    assert {Path(name).name for name in written.changed} == {
        f"{page.name}.ipynb"
    }  # in each language
    assert committed.in_step([page], tmp_path) == []


GUESSES = [(7, 3), "A @ B.T", (5, 4), 0.05]


def run_primer(guesses):
    """What its cells print, with these guesses in their places."""
    text = layout.text_path("01b_primer").read_text(encoding="utf-8")
    told, left = [], iter(guesses)
    names = {"print": lambda *words: told.append(" ".join(map(str, words)))}
    for body in CODE.findall(text):
        if body.startswith("my_guess"):
            names["my_guess"] = next(left)
        else:
            exec(body, names)  # the course's own text
    assert next(left, None) is None
    return told


def test_the_primers_checks_know_right_from_wrong():
    right = [line for line in run_primer(GUESSES) if line.startswith(("right:", "not quite:"))]
    assert [line.split(":")[0] for line in right] == ["right"] * 4
    wrong = [line for line in run_primer([(3,), "A @ B", (5,), 0.5]) if line.startswith("not")]
    assert len(wrong) == 4


def test_the_primers_numbers_by_hand():
    X = np.array([[1, 2, 3], [4, 5, 6]])
    assert (X.sum(axis=0).tolist(), X.sum(axis=1).tolist()) == ([5, 7, 9], [6, 15])
    product = np.array([[1, 2], [3, 1]]) @ np.array([[4, 6], [1, 2]]).T
    assert product.tolist() == [[16, 5], [18, 5]]
    assert np.std([0.20, 0.24, 0.26, 0.28, 0.32]) == pytest.approx(0.04)
    assert np.sqrt(0.2 * 0.8 / 1600) == pytest.approx(0.01)
