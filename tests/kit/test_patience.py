"""A check that takes long says so; one that is interrupted names the learner's own line."""

import time

import pytest

from pix2net.desk import patience
from pix2net.desk.patience import CheckInterrupted, told_if_long


def test_a_check_that_takes_long_says_that_it_is_at_work(capsys, monkeypatch):
    monkeypatch.setattr(patience, "in_notebook", lambda: True)
    with told_if_long("softmax", seconds=0.01):
        time.sleep(0.2)
    assert "Still checking softmax" in capsys.readouterr().out
    with told_if_long("softmax", seconds=30):
        pass
    assert capsys.readouterr().out == ""


def test_an_interrupt_is_one_sentence_with_the_learners_line():
    code = "def endless(x):\n    raise KeyboardInterrupt"
    names: dict = {}
    exec(compile(code, "<cell 1>", "exec"), names)
    with (
        pytest.raises(CheckInterrupted, match="in line 2 of your code") as found,
        told_if_long("f"),
    ):
        names["endless"](1)
    assert found.value._render_traceback_() == [str(found.value)]
    assert found.value.__cause__ is None
    with pytest.raises(CheckInterrupted, match="the check of f\\."), told_if_long("f"):
        raise KeyboardInterrupt
