"""Where results were shown before hand-ins end, hidden inputs change, for everybody and once."""

import json
import os
import shutil
import subprocess
import time

import pytest
from nbformat.v4 import new_markdown_cell
from typer.testing import CliRunner

from grader.classroom.shown import shown_before_the_last
from grader.keys.workshop import Workshop
from grader.release.course_dir import load_record
from grader.reports.write import feedback_for_class
from pix2net.cli.app import app

pytestmark = pytest.mark.some_chapters


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


@pytest.fixture
def restored(classroom, hand_in, finished, grade, known):
    """A class whose results were shown, restored from a backup that kept the times of its files."""
    hand_in("ada", finished)
    assert grade().exit_code == 0
    show_results(classroom)
    backup = classroom.root.with_name("backup")
    subprocess.run(["cp", "-a", classroom.root, backup], check=True)
    shutil.rmtree(classroom.root)
    wait_until_later_than_the_results(backup)
    subprocess.run(["cp", "-a", backup, classroom.root], check=True)
    return classroom


def wait_until_later_than_the_results(folder):
    (page,) = folder.glob("feedback/*/*/*.html")
    time.sleep(max(0.0, page.stat().st_mtime - time.time()) + 0.1)


def test_a_restored_class_keeps_its_inputs_where_nobody_has_handed_in_since(restored, grade, known):
    before = seed(restored, known)
    for words in ((), ("--again",), ()):
        assert grade(*words).exit_code == 0
        assert seed(restored, known) == before
        os.chmod(restored.submitted("ada", known) / f"{known}.ipynb", 0o640)  # its time is anew


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_a_hand_in_after_that_meets_new_inputs_in_a_restored_class_as_well(
    restored, hand_in, finished, grade, known, who
):
    before = seed(restored, known)
    finished.cells.append(new_markdown_cell("another time", id="another"))
    hand_in(who, finished)
    assert grade().exit_code == 0
    assert seed(restored, known) != before


def test_a_hand_in_that_was_not_graded_before_results_were_shown_counts_as_a_later_one(
    restored, grade, known
):
    path = restored.root / "verdicts" / "ada" / f"{known}.json"
    told, before = json.loads(path.read_text()), seed(restored, known)
    for damage in ({"sha256": "0" * 64, "since": 0.0}, {"sha256": told["stood"]["sha256"]}, None):
        path.write_text(json.dumps({**told, "stood": damage}))
        assert shown_before_the_last(restored, [known]) == [known]
    path.write_text(json.dumps(told))
    assert shown_before_the_last(restored, [known]) == []
    assert seed(restored, known) == before


def test_inputs_of_exercises_that_were_changed_since_stay_and_a_line_says_so(
    shown, grade, known, monkeypatch
):
    monkeypatch.setattr("grader.release.build.changed_since", lambda folder, chapter: True)
    before = seed(shown, known)
    done = grade()
    assert seed(shown, known) == before
    assert "its hidden inputs stay" in done.stderr
