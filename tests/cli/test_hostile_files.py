"""Whatever ``course check`` and ``course grade`` are given: one sentence and status 2."""

import json
import os

import pytest
from typer.testing import CliRunner

from pix2net.cli.app import app

pytestmark = pytest.mark.some_chapters

EXERCISE = "predict_labels"
NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
MARKDOWN = {"cell_type": "markdown", "metadata": {}, "source": "# Words alone"}
CODE = {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []}


def notebook(*cells, **more):
    return json.dumps({**NOTEBOOK, "cells": list(cells), **more}).encode()


FILES = {
    "empty": b"",
    "blank": b" \n\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "zip": b"PK\x03\x04" + bytes(100),
    "words": b"Dear professor, my notebook is attached.",
    "half": notebook(CODE)[:30],
    "list": b"[1, 2]",
    "number": b"7",
    "deep": b"[" * 200_000,
    "no_cells": b"{}",
    "cells_of_nothing": notebook(),
    "words_alone": notebook(MARKDOWN),
    "nothing_of_ours": notebook(CODE),
    "format_9": notebook(CODE, nbformat=9),
    "format_3": notebook(CODE, nbformat=3),
    "latin": "x = 'é'".encode("latin-1"),
}


def course(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def is_a_sentence(done):
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("course: ")
    assert done.stderr.strip().count("\n") == 0
    return True


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_notebook_is_told_in_a_sentence(tmp_path, name):
    path = tmp_path / f"{name}.ipynb"
    path.write_bytes(FILES[name])
    assert is_a_sentence(course("grade", path, "--json"))


@pytest.mark.parametrize("name", sorted(FILES.keys() - {"nothing_of_ours", "words", "latin"}))
def test_a_notebook_that_defines_nothing_is_told_in_a_sentence(tmp_path, name):
    path = tmp_path / f"{name}.ipynb"
    path.write_bytes(FILES[name])
    assert is_a_sentence(course("check", EXERCISE, path, "--json"))


@pytest.mark.parametrize("name", ["empty", "blank", "picture", "latin"])
def test_a_python_file_that_is_none_is_told_in_a_sentence(tmp_path, name):
    path = tmp_path / f"{name}.py"
    path.write_bytes(FILES[name])
    assert is_a_sentence(course("check", EXERCISE, path, "--json"))


def test_code_that_defines_nothing_or_fails_first_is_told_in_a_sentence(tmp_path):
    for number, source in enumerate(
        ["# only a remark", "def predict_labels(", "raise SystemExit\npredict_labels = len",
         "import os; os._exit(0)", "predict_label = 3", "\x00", "%no_such_magic"]
    ):  # fmt: skip
        path = tmp_path / f"{number}.py"
        path.write_text(source)
        done = course("check", EXERCISE, path, "--json")
        assert is_a_sentence(done)
        assert "does not define predict_labels" in done.stderr


def odd_paths(folder):
    """Paths that lead to no ordinary file, without their suffix."""
    (folder / "folder.py").mkdir()
    (folder / "folder.ipynb").mkdir()
    for suffix in (".py", ".ipynb"):
        os.mkfifo(folder / f"pipe{suffix}")
        (folder / f"loop{suffix}").symlink_to(folder / f"loop{suffix}")
        (folder / f"nowhere{suffix}").symlink_to(folder / f"missing{suffix}")
        (folder / f"device{suffix}").symlink_to("/dev/zero")
    names = ("folder", "pipe", "loop", "nowhere", "device", "missing", "x" * 300, "x" * 5000)
    return [
        *(folder / name for name in names),
        folder / "pipe.py" / "x",
        folder / "\udcff\n\x1b[31m",
    ]


def test_a_path_that_leads_to_no_file_is_told_in_a_sentence(tmp_path):
    for path in odd_paths(tmp_path):
        assert is_a_sentence(course("check", EXERCISE, f"{path}.py"))
        assert is_a_sentence(course("grade", f"{path}.ipynb"))


@pytest.mark.parametrize(
    "name", ["", " ", "..", "../../etc/passwd", "__init__", "x\n\x1b[2J", "é\udcff"]
)
def test_a_name_that_is_no_exercise_is_told_in_a_sentence(tmp_path, name):
    (tmp_path / "a.py").write_text("x = 1")
    assert is_a_sentence(course("check", name, tmp_path / "a.py"))


@pytest.mark.parametrize("name", ["..", "../..", "no_such_chapter", "/etc", "x\n\x1b[2J"])
def test_an_assignment_that_there_is_none_of_is_told_in_a_sentence(tmp_path, name):
    assert is_a_sentence(course("grade", name, "--class-dir", tmp_path))
