"""`course submit`, `course progress`: from a notebook to the class folder."""

import json
import os
import shutil
import time
import zipfile
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from grader.exercises.registry import chapters
from grader.handed_in.receipts import digest_in
from grader.release.course_dir import create_class
from grader.weave import layout
from grader.weave.weave import filled, weave_committed
from pix2net.cli.app import app
from pix2net.handing_in.receipt import ReceiptError

pytestmark = pytest.mark.some_chapters

CHAPTER = "03_scores"


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def work(tmp_path):
    """A learner's folder with the chapter as it is released."""
    folder = tmp_path / "work"
    (folder / "keys").mkdir(parents=True)
    for name in (f"{CHAPTER}.ipynb", f"keys/{CHAPTER}.key"):
        shutil.copy(layout.COMMITTED / name, folder / name)
    return folder


def solve(folder, *names):
    """Fill in some exercises with their references."""
    path = folder / f"{CHAPTER}.ipynb"
    answers = {
        layout.task_of(cell): cell.source
        for cell in filled(weave_committed(chapters()[CHAPTER])).cells
        if layout.role_of(cell) == "answer"
    }
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if layout.role_of(cell) == "answer" and layout.task_of(cell) in names:
            cell.source = answers[layout.task_of(cell)]
    nbformat.write(notebook, path)
    return path


def test_what_is_missing_is_told_and_the_archive_is_made_all_the_same(work, tmp_path):
    path = solve(work, "linear_scores", "predict_labels")
    done = run("submit", path, "--student", "ada", "--output", tmp_path / "out", "--json")
    (result,) = json.loads(done.stdout)
    missing = {task["name"]: task["message"] for task in result["missing"]}
    assert done.exit_code == 1
    assert "linear_scores" not in missing
    assert missing["append_ones"] == "not filled in yet"
    with zipfile.ZipFile(result["archive"]) as packed:
        assert packed.namelist() == [f"{CHAPTER}.ipynb"]
        assert packed.read(f"{CHAPTER}.ipynb") == path.read_bytes()


def change(path, task, source):
    """Put a text in place of a task's cell."""
    notebook = nbformat.read(path, as_version=4)
    (cell,) = [
        c for c in notebook.cells if layout.task_of(c) == task and layout.role_of(c) == "answer"
    ]
    cell.source = source.format(answer=cell.source)
    nbformat.write(notebook, path)


def told(path, folder, *words):
    """What `course submit` says of each task that is not done."""
    done = run("submit", path, "--student", "ada", "--output", folder / "out", "--json", *words)
    return {task["name"]: task["message"] for task in json.loads(done.stdout)[0]["missing"]}


def test_cells_with_more_than_a_definition_are_looked_at_or_said_not_to_be(work, tmp_path):
    path = solve(work, *chapters()[CHAPTER].tasks)
    change(path, "linear_scores", "%%time\nEPS = np.float64(0)\n{answer}\nprint(linear_scores)")
    change(path, "predict_labels", "if True:\n    AXIS = 1\n{answer}")
    text = path.read_text().replace("np.argmax(scores, axis=1)", "np.argmax(scores, axis=AXIS)")
    path.write_text(text)
    change(path, "append_ones", "if True:\n    append_ones = len")
    change(path, "fold_bias", "{answer}\n    return (")
    change(path, "q_ship_score", "{answer}\nq_ship_score = q_ship_score + 200 - 200")
    missing = told(path, tmp_path)
    assert missing.keys() == {"predict_labels", "append_ones", "fold_bias"}
    for task, name in (("predict_labels", "AXIS"), ("append_ones", "append_ones")):
        assert missing[task].startswith(f"The cell of `{name}` does more than define it, so it")
    assert "There is a syntax error in line" in missing["fold_bias"]


def test_an_untouched_exercise_is_told_in_the_learners_language(work, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_LANGUAGE", "zh")
    missing = told(solve(work), tmp_path)
    assert set(missing.values()) == {"还没有填写"}


@pytest.mark.parametrize(
    "content", [b"", b'{"cells": [{"cell_ty', b'{"cells": [], "metadata": {}}', b"\xff\xfe\x00\x81"]
)
def test_a_damaged_notebook_is_told_and_not_packed(work, tmp_path, content):
    path = work / f"{CHAPTER}.ipynb"
    path.write_bytes(content)
    done = run("submit", path, "--student", "ada", "--output", tmp_path / "out")
    assert done.exit_code == 2
    assert f"{CHAPTER}.ipynb cannot be read as a notebook" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_with_the_option(work, tmp_path):
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "out"  # fails for whoever runs the tests
    done = run("submit", solve(work), "--student", "ada", "--output", folder)
    assert done.exit_code == 2
    assert f"{folder} cannot be written" in done.stderr
    assert "name another folder with --output FOLDER" in done.stderr


def test_an_empty_name_is_not_taken_for_the_login(work, tmp_path, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    done = run("submit", solve(work), "--student", "", "--output", tmp_path / "out")
    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_complete_notebook_ends_with_0(work, tmp_path):
    path = solve(work, *chapters()[CHAPTER].tasks)
    done = run("submit", path, "--student", "ada", "--output", tmp_path / "out")
    assert "10 of 10 tasks done" in done.stdout
    assert "✗" not in done.stdout
    assert done.exit_code == 0


def test_a_wrong_answer_is_told_with_the_sentence_of_its_check(work, tmp_path):
    path = solve(work, "predict_labels")
    text = path.read_text().replace("np.argmax(scores, axis=1)", "np.argmin(scores, axis=1)")
    assert "argmin" in text
    path.write_text(text)
    done = run("submit", path, "--student", "ada", "--output", tmp_path / "out", "--json")
    told = {t["name"]: t["message"] for t in json.loads(done.stdout)[0]["missing"]}
    assert told["predict_labels"] not in ("", "not filled in yet")


def test_the_archive_is_collected_and_found_by_its_slip_or_digest(work, tmp_path):
    path = solve(work, "linear_scores")
    done = run("submit", path, "--student", "ada", "--output", tmp_path / "out", "--json")
    (result,) = json.loads(done.stdout)
    folder = create_class(tmp_path / "class")
    folder.source(CHAPTER).mkdir(parents=True)
    shutil.copy(path, folder.source(CHAPTER))  # the assignment is known
    assert run("collect", tmp_path / "out", "--class-dir", folder.root).exit_code == 0
    for slip in (result["slip"], result["digest"], result["digest"][:12]):
        found = run("collect", "--receipt", slip, "--json", "--class-dir", folder.root)
        assert json.loads(found.stdout) == [
            {"student": "ada", "assignment": CHAPTER, "digest": result["digest"]}
        ]
    other = run("collect", "--receipt", "0" * 12, "--class-dir", folder.root)
    assert other.exit_code == 1


@pytest.mark.parametrize("text", ["", "abc", "not a receipt", "12345678901 "])
def test_what_is_no_receipt_is_told(text, tmp_path):
    with pytest.raises(ReceiptError, match="is no receipt"):
        digest_in(text, create_class(tmp_path / "class"))


@pytest.mark.parametrize("student", ["../ada", "", ".ada", "a+b", "a/b"])
def test_a_name_that_cannot_be_a_students_ends_with_2(work, student, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "../x")
    done = run("submit", work / f"{CHAPTER}.ipynb", "--student", student)
    assert done.exit_code == 2


def test_other_files_end_with_2_and_a_sentence(work, tmp_path):
    other = tmp_path / "notes.ipynb"
    other.write_text("{}")
    for path in (other, tmp_path / "nowhere.ipynb"):
        done = run("submit", path, "--student", "ada")
        assert done.exit_code == 2
        assert done.stderr.startswith("course: ")


def test_an_endless_loop_is_told(work, tmp_path, monkeypatch):
    path = solve(work)
    text = path.read_text().replace(
        "import numpy as np", "import numpy as np\\nwhile True: pass", 1
    )
    path.write_text(text)
    notebook = nbformat.read(path, as_version=4)
    loop = "def f():\n    while True: pass\n\ndef g(x=f()): pass"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(loop))
    nbformat.write(notebook, path)
    monkeypatch.setattr("pix2net.handing_in.survey.SECONDS", 8)
    start = time.monotonic()
    done = run("submit", path, "--student", "ada")
    assert done.exit_code == 2
    assert "endless loop" in done.stderr
    assert time.monotonic() - start < 60


def test_progress_is_shown_of_the_learners_folder(work, tmp_path):
    assert run("progress", tmp_path / "nowhere").exit_code == 2
    (standing,) = json.loads(run("progress", work, "--json").stdout)
    assert standing["chapter"] == CHAPTER
    assert standing["passed"] == 0
    record = {CHAPTER: {"linear_scores": {"passed": True}}}
    (work / ".progress.json").write_text(json.dumps(record))
    assert "1 of" in run("progress", work).stdout
    assert os.listdir(work).count(".progress.json") == 1


def test_what_was_handed_in_is_told_though_the_next_notebook_cannot_be(work, tmp_path):
    words = [solve(work), work / "none.ipynb", "--student", "ada", "--output", tmp_path, "--json"]
    done = run("submit", *words)
    assert done.exit_code == 2
    assert "none.ipynb is no file" in done.stderr
    assert [Path(each["archive"]).is_file() for each in json.loads(done.stdout)] == [True]
