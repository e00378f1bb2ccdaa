"""Whose score a second grading changed, and why."""

import pytest

from grader.grading.verdict import NotebookVerdict
from grader.reports.changes import Change, changes
from pix2net.judging.judge import CheckResult, ExerciseVerdict


def verdict(**exercises):
    return NotebookVerdict(
        "02_knn", "02_knn", 0, 0, "graded", 0.5, exercises, student="ada"
    )  # fmt: skip


def item(score, *checks, of=2.0, status="graded"):
    results = tuple(CheckResult(label, ok, "" if ok else "Off by one.") for label, ok in checks)
    return ExerciseVerdict("f", score == of, score, of, results, status)


def test_nothing_changed_is_an_empty_table():
    same = verdict(f=item(1, ("a", True), ("b", False)))
    assert list(changes(same, same)) == []


def test_a_corrected_check_is_named_with_what_it_gives():
    before = verdict(f=item(0, ("a", False), ("b", True)), g=item(2, ("a", True)))
    after = verdict(f=item(2, ("a", True), ("b", True)), g=item(2, ("a", True)))
    assert list(changes(before, after)) == [Change("ada", "02_knn", "f", 0, 2, "passes now: a")]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (item(2, ("a", True)), item(0, ("a", False)), "fails now: a. Off by one."),
        (item(2, ("a", True)), item(1, ("a", True), ("b", False)), "a new check fails: b"),
        (item(2, ("a", True)), item(3, ("a", True), of=3), "worth 3 points now, 2 before"),
        (item(0, ("a", False), status="timeout"), item(2, ("a", True)), "was timeout before"),
        (item(1, ("a", True)), item(2, ("a", True)), "count differently"),
    ],
)
def test_every_change_has_its_reason(old, new, why):
    (change,) = changes(verdict(f=old), verdict(f=new))
    assert why in change.why


def test_exercises_that_came_or_went_are_told():
    found = changes(verdict(f=item(1)), verdict(g=item(2)))
    told = {c.exercise: (c.before, c.after, c.why) for c in found}
    assert told == {"f": (1, 0, "the exercise is gone"), "g": (0, 2, "the exercise is new")}
