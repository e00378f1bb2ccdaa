"""Where results were shown before hand-ins end, hidden inputs change, for everybody and once."""

import json
import os
import time

import pytest
from typer.testing import CliRunner

from grader.keys.workshop import Workshop
from grader.release.course_dir import load_record
from grader.reports.write import feedback_for_class
from pix2net.cli.app import app


@pytest.fixture
def known(monkeypatch, chapter):
    """The toy chapter stands in the course."""
    monkeypatch.setattr("grader.exercises.registry.chapter_named", {chapter.name: chapter}.get)
    # Its other processes would look for the toy chapter in the course.
    monkeypatch.setattr(Workshop, "of_this_machine", Workshop)
    return chapter.name


@pytest.fixture
def grade(classroom):
    def run(*words):
        command = ["grade", "--class-dir", str(classroom.root), "--jobs", "1", *words]
        return CliRunner().invoke(app, command)

    return run


def seed(classroom, name):
    return load_record(classroom.key_record(name)).seed


def record(classroom, student, name):
    return json.loads((classroom.root / "verdicts" / student / f"{name}.json").read_text())


def show_results(classroom):
    """Write feedback, as long after what is there as a person needs."""
    for job in feedback_for_class(classroom):
        page = job.write()
        later = time.time() + 5
        os.utime(page, (later, later))


@pytest.fixture
def shown(classroom, hand_in, finished, grade, known, monkeypatch):
    """A class in which one student's results were shown, and then another handed in."""
    hand_in("ada", finished)
    assert grade().exit_code == 0
    for job in feedback_for_class(classroom):
        page = job.write()
    key = classroom.hidden_key(known)
    # The clock of this test: a key, then results, then a hand-in, each long after the one before.
    now = time.time()
    os.utime(key, (now - 200, now - 200))
    os.utime(page, (now - 100, now - 100))
    hand_in("bob", finished)
    return classroom


def test_a_hand_in_after_results_were_shown_meets_new_inputs_and_so_does_everybody(
    shown, grade, known
):
    before = seed(shown, known)
    done = grade("--json")
    assert done.exit_code == 0, done.stderr
    assert seed(shown, known) != before
    assert "graded on new hidden inputs" in done.stderr
    digests = {record(shown, student, known)["fingerprint"] for student in ("ada", "bob")}
    assert len(digests) == 1  # the same notebook, on the same key
    again = seed(shown, known)
    assert grade().exit_code == 0
    assert seed(shown, known) == again  # once


def test_scores_that_change_are_shown(shown, grade):
    assert "Grading again changed no score." in grade().stdout


def test_an_instructor_can_keep_the_inputs(shown, grade, known):
    before = seed(shown, known)
    assert grade("--same-inputs").exit_code == 0
    assert seed(shown, known) == before


def test_without_a_later_hand_in_nothing_changes(classroom, hand_in, finished, grade, known):
    hand_in("ada", finished)
    assert grade().exit_code == 0
    before = seed(classroom, known)
    show_results(classroom)
    assert grade().exit_code == 0
    assert seed(classroom, known) == before


def test_inputs_of_exercises_that_were_changed_since_stay_and_a_line_says_so(
    shown, grade, known, monkeypatch
):
    monkeypatch.setattr("grader.release.build.changed_since", lambda folder, chapter: True)
    before = seed(shown, known)
    done = grade()
    assert seed(shown, known) == before
    assert "its hidden inputs stay" in done.stderr
