"""Grading a class: nothing lost, the same at any number of jobs, resumed where it was cut off."""

import os
from dataclasses import replace

import nbformat
import pytest
from nbgrader.api import Gradebook

from grader.classroom import pool
from grader.classroom.classwide import Options, grade_class
from grader.grading import submission
from grader.grading.how import How
from grader.grading.released import GradingError
from grader.grading.submission import grade_submission
from grader.sandbox import SandboxUnavailable
from tests.grading.conftest import cell_of
from tests.grading.fake import FakeSandbox

pytestmark = pytest.mark.some_chapters

NAME = "77_toy"


def plain(verdicts):
    return [
        (
            v.student,
            v.score,
            v.status,
            v.reason,
            v.repairs,
            {n: e.score for n, e in v.exercises.items()},
        )
        for v in verdicts
    ]


def grade(classroom, **options):
    events = []
    verdicts = list(grade_class(classroom.root, options=Options(**options), on_event=events.append))
    return verdicts, events


@pytest.fixture
def scores(classroom):
    def read():
        course = classroom.course()
        with Gradebook(course.db_url, course.course_id) as book:
            return {
                (s.student.id, g.name): (g.auto_score, g.needs_manual_grade)
                for s in book.assignment_submissions(NAME)
                for n in s.notebooks
                for g in n.grades
            }

    return read


def test_a_class_is_graded_into_the_gradebook(classroom, hand_in, finished, released, scores):
    hand_in("amy", finished)
    hand_in("bob", released)
    verdicts, events = grade(classroom, jobs=2)
    assert [(v.student, v.score) for v in verdicts] == [("amy", 8.0), ("bob", 0.0)]
    found = scores()
    assert found["amy", "test_row_means"] == (2.0, False)
    assert found["bob", "test_row_means"] == (0.0, False)
    assert found["amy", "w_why"] == (None, True)
    assert found["bob", "w_why"] == (0.0, False)
    assert [e.kind for e in events].count("done") == 2
    assert events[-1].done == events[-1].total == 2


def test_the_autograded_notebook_is_what_stock_nbgrader_expects(classroom, hand_in, finished):
    hand_in("amy", finished, "2026-01-01 10:00:00 UTC")
    grade(classroom, jobs=1)
    folder = classroom.root / "autograded" / "amy" / NAME
    notebook = nbformat.read(folder / f"{NAME}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert cell_of(notebook, "test_row_means").metadata["nbgrader"]["points"] == 2
    assert (folder / "timestamp.txt").read_text().strip() == "2026-01-01 10:00:00 UTC"
    assert oct((folder / f"{NAME}.ipynb").stat().st_mode)[-3:] == "444"


def test_feedback_can_be_released_by_what_was_handed_in_and_by_nothing_hostile(
    classroom, hand_in, finished
):
    secret = "0a1b" * 32
    for student, content in {"amy": secret, "bob": "../../x", "cem": "x" * 10_000}.items():
        (hand_in(student, finished) / "submission_secret.txt").write_text(content)
    hand_in("dee", finished)
    (hand_in("eve", finished) / "submission_secret.txt").symlink_to("/etc/hostname")
    grade(classroom, jobs=1)
    found = {
        path.parent.parent.name: path.read_text()
        for path in classroom.root.glob("autograded/*/*/submission_secret.txt")
    }
    assert found.pop("amy") == secret
    assert set(found) == {"bob", "cem", "dee", "eve"}
    assert all(len(made) == 128 and made.isalnum() for made in found.values())
    assert len(set(found.values())) == 4


def test_rule_05_hostile_neighbours_change_nothing(classroom, hand_in, finished, released, scores):
    hand_in("amy", finished)
    alone, _ = grade(classroom, jobs=1)
    alone_scores = scores()
    for name, content in {
        "broken": b"{", "empty": b"", "binary": b"\x00\xff" * 100, "stub": released,
    }.items():  # fmt: skip
        hand_in(name, content)
    os.mkfifo(hand_in("pipe", b"") / "notes.ipynb")
    folder = hand_in("link", b"")
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").symlink_to(classroom.submitted("amy", NAME) / f"{NAME}.ipynb")
    (hand_in("named", b"") / f"{NAME}.ipynb").rename(
        folder.parent.parent / "named" / NAME / "x\n.ipynb"
    )
    classroom.submitted("linked", "x").parent.mkdir()
    classroom.submitted("linked", NAME).symlink_to(classroom.submitted("amy", NAME))
    (classroom.root / "submitted" / "whole").symlink_to(classroom.root / "submitted" / "amy")
    (classroom.root / "submitted" / "file").write_text("no folder")
    os.mkdir(os.fsencode(classroom.root / "submitted") + b"/odd\xff")
    verdicts, _ = grade(classroom, jobs=3, again=True)
    by_student = {v.student: v for v in verdicts}
    assert plain([by_student["amy"]]) == plain(alone)
    rejected = {name for name, v in by_student.items() if v.status == "rejected"}
    assert rejected == {"broken", "empty", "binary", "pipe", "link", "named", "linked"}
    assert all(by_student[name].reason and by_student[name].score == 0 for name in rejected)
    assert set(by_student) == rejected | {"amy", "stub"}
    both = {key: value for key, value in scores().items() if key[0] == "amy"}
    assert both == alone_scores


def test_rule_06_results_are_the_same_at_any_number_of_jobs(classroom, hand_in, finished, released):
    for i in range(12):
        cell_of(
            finished, "row_means"
        ).source = f"def row_means(X):\n    return X.mean(axis=1) + {i % 2}"
        hand_in(f"s{i:02}", finished if i % 3 else released)
    results = [plain(grade(classroom, jobs=jobs, again=True)[0]) for jobs in (1, 2, 16)]
    assert results[0] == results[1] == results[2]
    assert len(results[0]) == 12


def test_what_has_been_graded_is_not_graded_again(classroom, hand_in, finished, released):
    hand_in("amy", finished)
    hand_in("bob", released)
    first, _ = grade(classroom)
    hand_in("bob", finished)
    second, events = grade(classroom)
    resumed = {e.student: e.resumed for e in events if e.kind == "done"}
    assert resumed == {"amy": True, "bob": False}
    assert plain(second[:1]) == plain(first[:1])
    assert second[1].score == 8.0
    _, events = grade(classroom, again=True)
    assert not any(e.resumed for e in events)


def test_a_lost_gradebook_is_written_again(
    classroom, hand_in, finished, scores, chapter, released_class
):
    hand_in("amy", finished)
    grade(classroom)
    expected = scores()
    (classroom.root / "gradebook.db").write_bytes((released_class / "gradebook.db").read_bytes())
    grade(classroom)
    assert scores() == expected


def test_an_interrupted_run_is_taken_up(classroom, hand_in, finished, monkeypatch):
    for i in range(6):
        hand_in(f"s{i}", finished)
    running = grade_class(classroom.root, options=Options(jobs=2))
    done = [next(running).student, next(running).student]
    with pytest.raises(KeyboardInterrupt):
        running.throw(KeyboardInterrupt)
    verdicts, events = grade(classroom)
    assert len(verdicts) == 6
    assert {v.score for v in verdicts} == {8.0}
    assert {e.student for e in events if e.resumed} >= set(done)


def test_a_mistake_of_ours_costs_one_notebook(classroom, hand_in, finished, released, monkeypatch):
    hand_in("amy", finished)
    hand_in("bob", released)
    real = submission.grade_submission.__globals__["grade_notebook"]

    def stumble(merged, *args, student, **options):
        if student == "bob":
            raise ZeroDivisionError("a bug")
        return real(merged, *args, student=student, **options)

    monkeypatch.setitem(submission.grade_submission.__globals__, "grade_notebook", stumble)
    verdicts, _ = grade(classroom)
    assert [(v.student, v.status, v.score) for v in verdicts] == [
        ("amy", "graded", 8.0), ("bob", "killed", 0.0),
    ]  # fmt: skip
    assert "ZeroDivisionError" in verdicts[1].reason


@pytest.mark.parametrize("step", ["merge", "autograded"])
def test_a_mistake_of_ours_before_or_after_running_costs_one_notebook(
    classroom, hand_in, finished, step, monkeypatch
):
    hand_in("amy", finished)
    cell_of(finished, "double").source += "\n# bob's"
    hand_in("bob", finished)
    names = grade_submission.__globals__
    real = names[step]

    def stumble(first, *args):
        cells = getattr(first, "cells", ())
        if b"bob's" in (args[0] if step == "merge" else b"".join(c.source.encode() for c in cells)):
            raise RecursionError("a bug")
        return real(first, *args)

    monkeypatch.setitem(names, step, stumble)
    verdicts, _ = grade(classroom)
    assert [(v.student, v.status, v.score) for v in verdicts] == [
        ("amy", "graded", 8.0), ("bob", "killed", 0.0),
    ]  # fmt: skip
    assert "RecursionError" in verdicts[1].reason


def test_rule_02_without_a_sandbox_nothing_is_graded(
    classroom, hand_in, finished, scores, monkeypatch
):
    def refuse(*_, **__):
        raise SandboxUnavailable("install bubblewrap")

    monkeypatch.setattr(pool, "Stoppable", refuse)
    hand_in("amy", finished)
    with pytest.raises(SandboxUnavailable, match="install"):
        grade(classroom)
    assert scores() == {}


def test_rule_02_an_unsafe_run_is_recorded(classroom, hand_in, finished, monkeypatch):
    def unsafe(*_, **options):
        sandbox = FakeSandbox()
        sandbox.wall = options["wall"]
        return sandbox

    monkeypatch.setattr(pool, "Stoppable", unsafe)
    hand_in("amy", finished)
    (verdict,), _ = grade(classroom, how=How(wall="none"))
    assert verdict.as_json()["unsafe"] is True
    (safe,), events = grade(classroom)
    assert not safe.unsafe
    assert not events[-1].resumed


def test_only_what_was_asked_for_is_graded(classroom, hand_in, finished):
    hand_in("amy", finished)
    hand_in("bob", finished)
    found = list(grade_class(classroom.root, [NAME], ["bob"]))
    assert [v.student for v in found] == ["bob"]
    with pytest.raises(GradingError, match="nothing was handed in by eve"):
        list(grade_class(classroom.root, [NAME], ["eve"]))
    with pytest.raises(
        GradingError, match="there is no assignment 99_none.*`course release` it first"
    ):
        list(grade_class(classroom.root, ["99_none"]))


def test_the_published_form_of_a_verdict(classroom, hand_in, finished):
    hand_in("amy", finished)
    (verdict,), _ = grade(classroom)
    data = verdict.as_json()
    assert set(data) == {
        "student", "assignment", "notebook", "score", "max_score", "status", "seconds",
        "exercises", "manual",
    }  # fmt: skip
    assert set(data["exercises"]["row_means"]) == {
        "exercise", "passed", "score", "max_score", "checks", "status", "seconds",
    }  # fmt: skip
    assert set(data["exercises"]["row_means"]["checks"][0]) == {
        "label", "passed", "message", "misconception",
    }  # fmt: skip
    assert data["manual"]["max_score"] == 3
    assert data["max_score"] == 8.0


def test_other_notebooks_are_named_and_left_alone(classroom, hand_in, finished):
    folder = hand_in("amy", finished)
    (folder / "notes.ipynb").write_text("{}")
    (verdict,), _ = grade(classroom)
    assert verdict.score == 8.0
    assert "notes.ipynb" in verdict.repairs[0]


def test_memory_of_the_class_is_not_kept(classroom, hand_in, finished):
    hand_in("amy", finished)
    (verdict,), _ = grade(classroom)
    (again,), _ = grade(classroom)
    assert replace(again, seconds=0) == replace(verdict, seconds=0, outputs={})
