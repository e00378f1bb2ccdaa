"""What a learner sees: messages in words, no traceback through the kit, honest questions."""

import sys

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from grader.keys.compile import PUBLIC_SEED, compile_key
from pix2net import CheckFailed, UnknownTask, check, ready
from pix2net.desk.mine import mine
from pix2net.judging.answer_key import save
from tests.kit import toy


@pytest.fixture(autouse=True)
def toy_key(tmp_path, monkeypatch):
    folder = tmp_path / "keys"
    folder.mkdir()
    save(compile_key(toy.chapter.build(), PUBLIC_SEED, hidden=False), folder / "77_toy.key")
    monkeypatch.setenv("COURSE_KEYS", str(folder))
    monkeypatch.chdir(tmp_path)


def try_out(code, names=None):
    """Run code that calls check in a namespace of its own."""
    namespace = {"np": np, "check": check, "ready": ready, **(names or {})}
    exec(code, namespace)


def test_a_right_function_passes_and_says_so(capsys):
    try_out("check('row_means')", {"row_means": toy.row_means})
    assert "✓ row_means" in capsys.readouterr().out


def test_a_known_mistake_is_answered_with_its_sentence(capsys):
    with pytest.raises(CheckFailed, match="You averaged over the columns"):
        try_out("check('row_means')", {"row_means": lambda X: X.mean(axis=0)})
    assert "✗ row_means" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda X: None, "return"),
        (lambda X: 1 / 0, "ZeroDivisionError"),
        (lambda X, Y: X, "TypeError"),
        ("not a function", "not a function any more"),
        (lambda X: -X.mean(axis=1), "sign"),
    ],
)
def test_other_failures_are_told_in_a_sentence(function, sentence):
    with pytest.raises(CheckFailed, match=sentence):
        try_out("check('row_means')", {"row_means": function})


@pytest.mark.parametrize("leave", [sys.exit, quit])
def test_a_function_that_exits_fails_its_cases(leave, capsys):
    with pytest.raises(CheckFailed, match="row_means raised SystemExit"):
        try_out("check('row_means')", {"row_means": lambda X: leave()})
    assert "✗ row_means" in capsys.readouterr().out


def test_an_undefined_function_is_told(capsys):
    with pytest.raises(CheckFailed, match="is not defined"):
        try_out("check('row_means')")


def test_a_stub_is_told_to_be_filled_in():
    code = "def row_means(X):\n    raise NotImplementedError()\ncheck('row_means')"
    with pytest.raises(CheckFailed, match="not filled in yet"):
        try_out(code)


def test_an_unknown_name_is_one_sentence():
    with pytest.raises(UnknownTask, match="no check is called 'row_mean'"):
        try_out("check('row_mean')")


def test_a_name_without_its_quotes_is_one_sentence():
    with pytest.raises(UnknownTask, match=r'in quotes: check\("row_means"\)'):
        try_out("check(row_means)", {"row_means": toy.row_means})
    with pytest.raises(UnknownTask, match="in quotes"):
        try_out("ready(None)")


@pytest.mark.parametrize("call", ["check('row_means')", "ready('row_means')"])
def test_a_check_inside_the_function_that_it_checks_ends_at_once(call):
    shell, calls = InteractiveShell(), []
    names = {"check": check, "ready": ready, "calls": calls}
    shell.push({**names, "CheckFailed": CheckFailed})
    shell.run_cell(
        f"def row_means(X):\n    calls.append(1)\n    {call}\n    return X.mean(axis=1)\n"
    )
    failed = shell.run_cell("check('row_means')").error_in_exec
    assert f"Your line `{call}` is inside the function" in str(failed)
    assert len(calls) < 20
    shell.run_cell("import numpy as np\ndef row_means(X):\n    return X.mean(axis=1)\n")
    assert shell.run_cell("check('row_means')").success


def test_ready_says_what_is_missing_in_one_line(capsys):
    try_out("assert not ready('row_means', 'shuffled')", {"row_means": toy.row_means})
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "shuffled" in out
    assert "row_means" not in out


def test_a_question_is_checked_for_its_form_only(capsys):
    try_out("check('q_one')", {"q_one": "b"})  # wrong, but well formed
    with pytest.raises(CheckFailed, match="must be one of"):
        try_out("check('q_one')", {"q_one": "z"})
    with pytest.raises(CheckFailed, match="still None"):
        try_out("check('q_one')", {"q_one": None})


def test_backward_is_checked_with_its_own_forward_or_the_documented_cache(capsys):
    own = {"double": lambda x: (2 * x, None), "double_backward": lambda dout, cache: 2 * dout}
    try_out("check('double_backward')", {"double_backward": toy.double_backward})
    try_out("check('double_backward')", own)
    with pytest.raises(CheckFailed, match="since yours"):
        try_out("check('double_backward')", {"double_backward": lambda dout, cache: 3 * dout})


def test_no_traceback_through_our_files_in_ipython(capsys):
    shell = InteractiveShell()
    shell.run_cell("from pix2net import check\ndef row_means(X):\n    return X[0] / 0 + y\n")
    capsys.readouterr()
    shell.run_cell("check('row_means')")
    out = capsys.readouterr().out
    assert "NameError" in out
    assert "return X[0] / 0 + y" in out
    assert "Traceback" not in out
    assert "check.py" not in out


def test_mine_takes_over_only_what_passes(tmp_path):
    import json

    def notebook(body):
        cells = ["import os", f"def row_means(X):\n    {body}", "print(1 / 0)"]
        code = [{"cell_type": "code", "source": s, "metadata": {}} for s in cells]
        (tmp_path / "77_toy.ipynb").write_text(json.dumps({"cells": code, "nbformat": 4}))

    notebook("return X.mean(axis=1)")
    assert mine("row_means")(np.ones((2, 2))).tolist() == [1, 1]
    notebook("return X.mean(axis=0)")
    assert mine("row_means") is None
    (tmp_path / "77_toy.ipynb").write_text("{broken")
    assert mine("row_means") is None
    assert mine("shuffled") is None
