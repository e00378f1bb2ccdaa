"""Hints one at a time, and how far a learner has come."""

import json
from contextlib import suppress

import numpy as np
import pytest

from grader.keys.compile import PUBLIC_SEED, compile_key
from pix2net import CheckFailed, check
from pix2net.desk import progress
from pix2net.desk.render import as_html, as_text
from pix2net.judging.answer_key import save
from pix2net.judging.judge import CheckResult, ExerciseVerdict
from tests.kit import toy


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A learner's folder with the toy chapter's key."""
    (tmp_path / "keys").mkdir()
    save(compile_key(toy.chapter.build(), PUBLIC_SEED, hidden=False), tmp_path / "keys/77_toy.key")
    monkeypatch.delenv("COURSE_KEYS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def try_out(function):
    """Run the check of ``row_means`` on a function, as a notebook would."""
    exec("check('row_means')", {"np": np, "check": check, "row_means": function})


def fail(function, capsys):
    with pytest.raises(CheckFailed):
        try_out(function)
    return capsys.readouterr().out


def test_the_second_try_with_the_same_mistake_says_more(place, capsys):
    first = fail(lambda X: X.mean(axis=0), capsys)
    second = fail(lambda X: X.mean(axis=0), capsys)
    assert "You averaged over the columns" in first
    assert "Check again without a change to see more." in first
    assert len(second) > len(first)
    assert "must be (" in second  # what was seen: here the shapes


def test_another_mistake_starts_with_one_hint_again(place, capsys):
    fail(lambda X: X.mean(axis=0), capsys)
    fail(lambda X: X.mean(axis=0), capsys)
    fail(lambda X: -X.mean(axis=1), capsys)
    assert "to see more" in fail(lambda X: X.mean(axis=0), capsys)


def test_a_pass_is_short_and_counts_in_the_chapters_line(place, capsys):
    try_out(lambda X: X.mean(axis=1))
    out = capsys.readouterr().out.strip().split("\n")
    assert out[0] == "✓ row_means"
    assert len(out) == 2
    assert out[1].startswith("77_toy: 1 of ")
    assert progress.course()[0].passed == 1


def test_a_question_that_is_still_open_is_not_counted_as_answered(place, capsys):
    for answer, told in ((None, "0 of 3 questions"), ("b", "1 of 3 questions"), (None, "0 of 3")):
        with suppress(CheckFailed):
            exec("check('q_one')", {"check": check, "q_one": answer})
        assert told in capsys.readouterr().out


def test_what_passed_and_fails_again_counts_no_more(place):
    try_out(lambda X: X.mean(axis=1))
    with pytest.raises(CheckFailed):
        try_out(lambda X: None)
    assert progress.course()[0].passed == 0


def test_the_table_names_every_chapter_and_the_sum(place):
    try_out(lambda X: X.mean(axis=1))
    (standing,) = progress.course()
    lines = progress.table([standing]).split("\n")
    assert lines[0].startswith("77_toy  ")
    assert f"1 of {standing.exercises:>2} exercises" in lines[0]
    assert lines[1] == f"{standing.points:g} of {standing.max_points:g} points"
    assert progress.table([]) == "No chapter of the course is here."


@pytest.mark.parametrize("content", ["", "[1]", "{broken", '{"77_toy": 3}', '{"77_toy": {"x": 1}}'])
def test_a_damaged_record_is_as_good_as_none(place, content):
    (place / progress.RECORD).write_text(content)
    assert progress.course()[0].passed == 0
    try_out(lambda X: X.mean(axis=1))
    assert progress.course()[0].passed == 1
    assert json.loads((place / progress.RECORD).read_text())["77_toy"]["row_means"]["passed"]


def test_a_folder_that_cannot_be_written_does_not_stop_a_check(place, monkeypatch, capsys):
    monkeypatch.setattr(progress, "_write", lambda *_: None)
    try_out(lambda X: X.mean(axis=1))
    assert "1 of" in capsys.readouterr().out


VERDICT = ExerciseVerdict(
    "f", False, 0, 1,
    (
        CheckResult("passes", True),
        CheckResult("a <b>", False, "You summed.", "summed", "Off by 3."),
        CheckResult("c", False, "Other."),
    ),
)  # fmt: skip


@pytest.mark.parametrize("form", [as_text, as_html])
def test_one_hint_at_a_time_in_both_forms(form):
    less, more = form(VERDICT, level=1), form(VERDICT, level=3)
    assert "You summed." in less
    assert "Off by 3." not in less
    assert "Other." not in less
    assert all(sentence in more for sentence in ("You summed.", "Off by 3.", "Other."))


def test_labels_are_escaped_and_marks_read_without_colour():
    shown = as_html(VERDICT, footer="1 < 2")
    assert "a &lt;b&gt;" in shown
    assert "1 &lt; 2" in shown
    assert shown.count("✗") == 2
    assert shown.count("✓") == 1


def test_details_stay_out_of_machine_readable_verdicts():
    assert set(VERDICT.as_json()["checks"][1]) == {"label", "passed", "message", "misconception"}
