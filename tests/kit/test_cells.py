"""A check speaks for the code on the page: what ran last, what is written there now."""

import json
import os
from types import SimpleNamespace

import pytest
from IPython.core.interactiveshell import InteractiveShell

from grader.keys.compile import PUBLIC_SEED, compile_key
from pix2net import CheckFailed, check
from pix2net.desk import cells
from pix2net.judging.answer_key import save
from tests.kit import toy

RIGHT = "def row_means(X):\n    return X.mean(axis=1)"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A kernel's shell that listens, in a folder with the toy chapter's key."""
    (tmp_path / "keys").mkdir()
    save(compile_key(toy.chapter.build(), PUBLIC_SEED, hidden=False), tmp_path / "keys/77_toy.key")
    monkeypatch.delenv("COURSE_KEYS", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.delenv(cells.SAVED, raising=False)
    monkeypatch.chdir(tmp_path)
    made = InteractiveShell.instance()
    cells.listen()
    yield made
    InteractiveShell.clear_instance()


def run(shell, source, cell=None):
    return shell.run_cell(source, cell_id=cell)


def told(shell, capsys):
    """What a check shows, as text."""
    capsys.readouterr()
    run(shell, "from pix2net import check\ncheck('row_means')")
    return capsys.readouterr().out


def test_a_syntax_error_is_told_instead_of_judging_the_function_before(shell, capsys):
    run(shell, RIGHT, "row_means")
    run(shell, "def row_means(X):\n    return X.mean(axis=1", "row_means")
    shown = told(shell, capsys)
    assert "syntax error in line 2" in shown
    assert "✓" not in shown


def test_a_cell_that_defines_another_name_is_told(shell, capsys):
    run(shell, RIGHT, "row_means")
    run(shell, RIGHT.replace("row_means", "row_mean"), "row_means")
    assert "does not define `row_means` any more" in told(shell, capsys)


def test_a_cell_that_was_changed_and_saved_after_it_ran_is_told(
    shell, capsys, tmp_path, monkeypatch
):
    run(shell, RIGHT, "row_means")
    notebook = tmp_path / "77_toy.ipynb"
    saved = {"id": "row_means", "cell_type": "code", "source": [RIGHT, " + 1"], "metadata": {}}
    notebook.write_text(json.dumps({"cells": [saved]}))
    later = notebook.stat().st_mtime + 60
    os.utime(notebook, (later, later))
    monkeypatch.setenv(cells.SAVED, str(notebook))
    assert "was changed after you ran it" in told(shell, capsys)
    saved["source"] = [RIGHT]
    notebook.write_text(json.dumps({"cells": [saved]}))
    os.utime(notebook, (later, later))
    assert "✓" in told(shell, capsys)


def test_in_vs_code_the_notebook_is_found_by_its_own_variable(shell, capsys, tmp_path):
    """Which also has other ids than the file, so that a cell of one's own may hold what ran."""
    run(shell, RIGHT, cells.VS_CODE + "/home/ada/77_toy.ipynb#W1sZmlsZQ%3D%3D")
    notebook = tmp_path / "77_toy.ipynb"
    shell.user_ns[cells.SAVED_VS_CODE] = str(notebook)
    exercise, own = {"id": "row_means", "source": "changed"}, {"id": "5a", "source": "1 + 1"}

    def shown():
        notebook.write_text(json.dumps({"cells": [exercise, own]}))
        os.utime(notebook, (2**32, 2**32))
        return told(shell, capsys)

    assert "was changed after you ran it" in shown()
    own["source"] = RIGHT
    assert "✓" in shown()


def test_a_file_from_before_the_cell_ran_says_nothing(shell, capsys, tmp_path, monkeypatch):
    notebook = tmp_path / "77_toy.ipynb"
    notebook.write_text(json.dumps({"cells": [{"id": "row_means", "source": "old"}]}))
    os.utime(notebook, (1, 1))
    monkeypatch.setenv(cells.SAVED, str(notebook))
    run(shell, RIGHT, "row_means")
    assert "✓" in told(shell, capsys)


@pytest.mark.parametrize("content", ["", "{broken", "[]", '{"cells": [3]}'])
def test_a_file_that_cannot_be_read_says_nothing(shell, capsys, tmp_path, monkeypatch, content):
    run(shell, RIGHT, "row_means")
    notebook = tmp_path / "77_toy.ipynb"
    notebook.write_text(content)
    os.utime(notebook, (2**32, 2**32))
    monkeypatch.setenv(cells.SAVED, str(notebook))
    assert "✓" in told(shell, capsys)


def test_a_front_end_that_tells_no_ids_still_has_syntax_errors_told(shell, capsys):
    run(shell, RIGHT)
    run(shell, "def row_means(X):\n    return X.mean(axis=1")
    assert "syntax error" in told(shell, capsys)
    run(shell, "%time\n" + RIGHT)
    assert "✓" in told(shell, capsys)


def test_a_failing_check_lets_the_notebook_go_on_and_raises_where_nobody_reads(
    shell, capsys, monkeypatch
):
    run(shell, "from pix2net import check\ndef row_means(X):\n    return X.mean(axis=0)")
    assert run(shell, "check('row_means')").success
    assert "You averaged over the columns" in capsys.readouterr().out
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    failed = run(shell, "check('row_means')")
    assert isinstance(failed.error_in_exec, CheckFailed)


def test_listening_begins_once(shell):
    cells.listen()
    listeners = [c for c in shell.events.callbacks["pre_run_cell"] if isinstance(c, cells.Listener)]
    assert len(listeners) == 1


def test_outside_of_notebooks_nothing_is_out_of_step(monkeypatch):
    monkeypatch.setattr(cells, "_shell", lambda: None)
    assert cells.out_of_step("row_means") == ""
    cells.listen()


def test_an_event_without_text_is_taken_note_of():
    listener = cells.Listener()
    listener(SimpleNamespace(raw_cell=None, cell_id=None))
    assert listener.latest == {}
    assert callable(check)
