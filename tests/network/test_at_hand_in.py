"""Attempts graded as they come: in the sandbox, in their order, and with nothing hidden shown."""

from __future__ import annotations

import json
import os
import time

import pytest

from grader.classroom.shown import shown_before_the_last
from grader.network.at_hand_in import public_labels, shown
from grader.network.inbox import SHOWN, VERDICT
from grader.network.tokens import Tokens
from grader.release.course_dir import ClassFolder
from pix2net.judging.answer_key import load
from tests.grading.conftest import *  # noqa: F403 - the released toy chapter
from tests.grading.conftest import to_bytes
from tests.network.conftest import Served, allow, start

pytestmark = pytest.mark.some_chapters

NAME = "77_toy"
SECONDS = 120


@pytest.fixture
def classroom(released_class, tmp_path):
    import shutil

    shutil.copytree(released_class, tmp_path / "graded")
    return ClassFolder(tmp_path / "graded")


@pytest.fixture
def graded(classroom):
    """The service of a class that grades at hand-in and shows points."""
    tokens = Tokens(classroom).give(["ada", "bob"])
    allow(classroom, graded=True, shown_early="points", pause=0)
    served = start(classroom, tokens)
    yield served
    served.kill()


def wait_for(served: Served, student: str, count: int):
    """The student's attempts, once so many are graded."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        (row,) = served.client(student).assignments()
        if sum(bool(a.get("shown")) for a in row["attempts"]) >= count:
            return row["attempts"]
        time.sleep(0.3)
    raise AssertionError("".join(served.said))


@pytest.mark.thorough
def test_attempts_are_graded_shown_sparingly_and_again_after_a_kill(
    graded, classroom, right_answers, released
):
    told = graded.client("ada").submit(NAME, to_bytes(right_answers))
    assert told["place"] == 1
    (attempt,) = wait_for(graded, "ada", 1)
    labels = public_labels(classroom, NAME)
    assert attempt["shown"] == {
        "status": "graded",
        "exercises": {n: {"right": len(k), "of": len(k)} for n, k in labels.items()},
    }
    folder = classroom.root / "attempts" / "ada" / NAME / "0001"
    verdict = json.loads((folder / VERDICT).read_text())
    assert verdict["score"] == verdict["max_score"]
    graded.client("bob").submit(NAME, to_bytes(released))
    graded.kill()  # with an attempt in the queue, or just graded
    again = start(classroom, graded.tokens)
    try:
        (attempt,) = wait_for(again, "bob", 1)
        assert all(found["right"] == 0 for found in attempt["shown"]["exercises"].values())
    finally:
        again.kill()
    assert not (classroom.root / "verdicts").exists()  # grades come from `course grade`


def test_what_is_shown_has_no_word_of_hidden_checks_or_questions(classroom):
    hidden = load(classroom.hidden_key(NAME))
    labels = public_labels(classroom, NAME)
    assert set(labels) <= set(hidden.exercises)
    from grader.grading.verdict import whole

    verdict = whole(hidden, "killed", "a reason")
    assert shown(verdict, labels) == {"status": "killed", "exercises": {}}


def test_hidden_inputs_change_once_something_was_shown_and_somebody_came_after(classroom, released):
    key = classroom.hidden_key(NAME)
    now = time.time()
    os.utime(key, (now - 300, now - 300))
    place = classroom.submitted("ada", NAME)
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_bytes(to_bytes(released))
    assert shown_before_the_last(classroom, [NAME]) == []
    record = classroom.root / "attempts" / "ada" / NAME / "0001" / SHOWN
    record.parent.mkdir(parents=True)
    record.write_text("{}")
    os.utime(record, (now + 60, now + 60))  # shown after the last hand-in
    assert shown_before_the_last(classroom, [NAME]) == []
    os.utime(record, (now - 60, now - 60))  # and before it
    assert shown_before_the_last(classroom, [NAME]) == [NAME]
    os.utime(record, (now - 400, now - 400))  # of inputs that are no more
    assert shown_before_the_last(classroom, [NAME]) == []


@pytest.mark.thorough
def test_a_service_whose_machine_cannot_grade_says_so_at_its_start(classroom, monkeypatch):
    allow(classroom, graded=True)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(AssertionError, match="cannot start"):
        start(classroom, Tokens(classroom).give(["ada"]), "--wall", "container")


def test_who_is_dropped_while_their_attempt_waits_keeps_nobody_waiting(
    graded, classroom, right_answers, released
):
    graded.client("ada").submit(NAME, to_bytes(right_answers))
    graded.client("bob").submit(NAME, to_bytes(released))
    (classroom.root / "attempts" / "bob").rename(classroom.root / "moved")
    graded.client("ada").submit(NAME, to_bytes(released))
    wait_for(graded, "ada", 2)
    assert not (classroom.root / "attempts" / "bob").exists()
    graded.kill()
    again = start(classroom, graded.tokens)
    again.kill()
