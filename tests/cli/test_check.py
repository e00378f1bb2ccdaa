"""``course check`` and ``course grade FILE``: what they print and how they end."""

import json

import pytest
from typer.testing import CliRunner

from pix2net.cli.app import app

pytestmark = pytest.mark.some_chapters

RIGHT = "import numpy as np\n\ndef predict_labels(scores):\n    return np.argmax(scores, axis=1)\n"
WRONG = RIGHT.replace("argmax", "argmin")


def course(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path):
    def write(text, name="answer.py"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_a_right_solution_ends_with_0_and_says_so(file):
    done = course("check", "predict_labels", file(RIGHT))
    assert done.exit_code == 0
    assert "1 of 1 points, graded" in done.stdout


def test_json_is_one_object_of_the_documented_form(file):
    done = course("check", "predict_labels", file(WRONG), "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert set(found) == {
        "exercise", "passed", "score", "max_score", "checks", "status", "seconds",
    }  # fmt: skip
    assert found["passed"] is False
    assert found["score"] == 0
    assert set(found["checks"][0]) == {"label", "passed", "message", "misconception"}
    assert any(check["misconception"] == "lowest" for check in found["checks"])


@pytest.mark.parametrize(
    ("exercise", "name", "text", "sentence"),
    [
        ("no_such_exercise", "a.py", RIGHT, "no exercise no_such_exercise"),
        ("predict_labels", "missing.py", None, "missing.py"),
        ("predict_labels", "a.ipynb", "this is no notebook", "a.ipynb"),
        ("predict_labels", "a.py", "", "a.py"),
        ("predict_labels", "a.py", "x = 1\n", "predict_labels"),
    ],
)
def test_what_cannot_be_checked_is_one_sentence_and_status_2(
    file, tmp_path, exercise, name, text, sentence
):
    path = tmp_path / name if text is None else file(text, name)
    done = course("check", exercise, path, "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_grading_something_that_is_no_notebook_ends_with_2(file):
    done = course("grade", file("{}", "02_knn.ipynb"), "--json")
    assert done.exit_code == 2
    assert "02_knn.ipynb" in done.stderr


def test_files_and_assignments_do_not_mix(file):
    done = course("grade", "02_knn", file("{}", "x.ipynb"))
    assert done.exit_code == 2
    assert "not both" in done.stderr


def test_a_folder_that_is_no_class_is_named(tmp_path):
    for command in ("grade", "feedback", "report", "collect"):
        done = course(command, "--class-dir", tmp_path / "nowhere")
        assert done.exit_code == 2
        assert "course release" in done.stderr
