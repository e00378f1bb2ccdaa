"""One file: ``course check EXERCISE FILE`` and ``course grade FILE.ipynb``."""

import contextlib
import json
import os
import stat

import pytest

from grader.grading import single
from grader.grading.released import GradingError
from grader.grading.single import FileProblem, check_file, grade_file
from grader.weave import layout
from pix2net.files import cache_folder
from tests.grading.conftest import cell_of, text_of, to_bytes
from tests.grading.fake import FakeSandbox

pytestmark = pytest.mark.some_chapters

MEANS = "def row_means(X):\n    return X.mean(axis=1)\n"


@contextlib.contextmanager
def start(released):
    yield FakeSandbox()


@pytest.fixture(autouse=True)
def course(chapter, tmp_path, monkeypatch):
    """The toy chapter as the only one, and a cache of one's own."""
    texts = tmp_path / "course"
    texts.mkdir()
    (texts / f"{chapter.name}.md").write_text(text_of(chapter))
    monkeypatch.setattr(layout, "TEXTS", texts)
    monkeypatch.setattr(layout, "STILLS", texts / "stills")
    monkeypatch.setattr(single, "chapters", lambda: {chapter.name: chapter})
    known = dict.fromkeys(chapter.tasks, chapter)
    monkeypatch.setattr(single, "chapter_with", known.get)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / name

    return write


def check(task, path):
    return check_file(task, path, start=start)


def grade(path):
    return grade_file(path, start=start)


def test_a_right_function_in_a_python_file_passes(file):
    verdict = check("row_means", file("mine.py", MEANS))
    assert (verdict.passed, verdict.score, verdict.max_score) == (True, 2.0, 2.0)
    assert set(verdict.as_json()) == {
        "exercise", "passed", "score", "max_score", "checks", "status", "seconds",
    }  # fmt: skip


def test_the_hidden_cases_are_used(file):
    labels = [c.label for c in check("row_means", file("mine.py", MEANS)).checks]
    assert "one row" in labels


def test_a_wrong_function_hears_of_its_misconception(file):
    verdict = check("row_means", file("mine.py", MEANS.replace("axis=1", "axis=0")))
    assert not verdict.passed
    assert verdict.checks[0].misconception == "columns"


def test_a_function_in_any_notebook_is_found(file):
    cells = [{"cell_type": "code", "source": ["import numpy as np\n"]},
             {"cell_type": "markdown", "source": "words"},
             {"cell_type": "code", "source": MEANS}]  # fmt: skip
    path = file("own.ipynb", json.dumps({"nbformat": 4, "cells": cells}))
    assert check("row_means", path).passed


def test_in_a_notebook_of_the_course_an_exercise_is_judged_at_its_test_cell(file, finished):
    path = file("x.ipynb", to_bytes(finished))
    assert check("row_means", path).passed
    cell_of(finished, "double").source += "\nrow_means = None"
    assert check("row_means", file("y.ipynb", to_bytes(finished))).passed
    cell_of(finished, "row_means").source += "\nrow_means = None"
    assert not check("row_means", file("z.ipynb", to_bytes(finished))).passed


def test_companions_are_used_if_they_pass(file):
    own = "def double(x):\n    return 2 * x, x\n"
    backward = "def double_backward(dout, cache):\n    return 2 * dout\n"
    assert check("double_backward", file("both.py", own + backward)).passed
    assert check("double_backward", file("one.py", backward)).passed


def test_a_question_can_be_checked(file):
    assert check("q_one", file("q.py", "q_one = 'a'")).passed
    assert not check("q_one", file("w.py", "q_one = 'b'")).passed
    with pytest.raises(GradingError, match="a person grades it"):
        check("w_why", file("q.py", "w_why = 'x'"))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("mine.py", "x = 1", "does not define row_means$"),
        ("mine.py", "def row_means(X:", r"does not define row_means \(cell 1 raised SyntaxError\)"),
        ("mine.py", "x = 1  # DIE timeout", "did not finish within its time limit"),
        ("mine.py", "", "defines nothing"),
        ("mine.py", b"\xff\xfe\x00", "not text in UTF-8"),
        ("mine.txt", MEANS, "neither a Python file nor a notebook"),
        ("mine.ipynb", "no json", "not valid JSON"),
        ("mine.ipynb", '{"cells": []}', "defines nothing"),
    ],
)
def test_a_file_without_an_answer_is_one_sentence(file, name, content, sentence):
    with pytest.raises(FileProblem, match=sentence) as problem:
        check("row_means", file(name, content))
    assert "\n" not in str(problem.value)


def test_a_file_that_is_not_there_or_no_file_is_one_sentence(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    (tmp_path / "gone.py").symlink_to(tmp_path / "none.py")
    names = ("none.py", "", "pipe.py", "loop.py", "gone.py", "x" * 5000, "none.py/x.py", "a\0.py")
    for path in (tmp_path / name for name in names):
        with pytest.raises(FileProblem):
            check("row_means", path)
        with pytest.raises(FileProblem):
            grade(path)


def test_an_unknown_exercise_is_named_with_the_known_ones(file):
    with pytest.raises(GradingError, match="there is no exercise nothing; there are row_means"):
        check("nothing", file("mine.py", MEANS))


def test_a_notebook_file_is_graded_without_a_gradebook(file, finished):
    verdict = grade(file("downloaded (1).ipynb", to_bytes(finished)))
    assert (verdict.assignment, verdict.score, verdict.student) == ("77_toy", 8.0, None)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.ipynb", '{"cells": []}', "no notebook of this course"),
        ("a.ipynb", "nonsense", "not valid JSON"),
        ("77_toy.ipynb", '{"cells": []}', "defines nothing"),
        (
            "77_toy.ipynb",
            '{"cells": [{"cell_type": "markdown", "source": "x"}]}',
            "defines nothing",
        ),
    ],
)
def test_a_file_that_is_no_notebook_of_the_course_is_one_sentence(file, name, content, sentence):
    with pytest.raises(FileProblem, match=sentence):
        grade(file(name, content))


def test_the_key_is_secret_and_kept(file, chapter):
    path = file("mine.py", MEANS)
    check("row_means", path)
    (kept,) = (cache_folder() / "grading").iterdir()
    (key,) = (kept / "keys").glob("*.key")
    assert stat.S_IMODE((cache_folder() / "grading").stat().st_mode) == 0o700
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.stat().st_mtime_ns
    check("row_means", path)
    assert key.stat().st_mtime_ns == before


def test_a_changed_chapter_is_compiled_anew(file, chapter):
    check("row_means", file("mine.py", MEANS))
    with layout.text_path(chapter.name).open("a") as text:
        text.write("\nMore words.\n")
    check("row_means", file("mine.py", MEANS))
    assert len(list((cache_folder() / "grading").iterdir())) == 2
