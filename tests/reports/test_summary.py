"""The numbers of the class report, on a class small enough to count by hand."""

import numpy as np
import pytest

from grader.grading.verdict import NotebookVerdict
from grader.reports.report import report_page
from grader.reports.summary import correlation, summarise
from pix2net.judging.judge import CheckResult, ExerciseVerdict


def item(name, score, of=2.0, misconception=None):
    passed = score == of
    check = CheckResult(
        "a case", passed, "You forgot the mean." if misconception else "", misconception
    )
    return ExerciseVerdict(name, passed, score, of, (check,))


def verdict(student, *items, assignment="02_knn", status="graded", repairs=(), **more):
    exercises = {i.exercise: i for i in items}
    return NotebookVerdict(
        assignment, assignment, sum(i.score for i in items), sum(i.max_score for i in items),
        status, 0.5, exercises, student=student, repairs=repairs, **more,
    )  # fmt: skip


CLASS = [
    verdict("ann", item("f", 2), item("g", 2)),
    verdict("ben", item("f", 2), item("g", 0, misconception="sum")),
    verdict("cem", item("f", 0), item("g", 0, misconception="sum"), status="timeout"),
    verdict("ann", item("h", 2), assignment="03_scores", repairs=("A cell was put back.",)),
]


def test_totals_and_what_is_missing():
    summary = summarise(CLASS)
    totals = {row.student: row.total for row in summary.rows}
    assert totals == {"ann": 6, "ben": 2, "cem": 0}
    notes = {row.student: row.notes for row in summary.rows}
    assert notes["ben"] == ("03_scores: not handed in",)
    assert "02_knn: timeout" in notes["cem"]
    assert notes["ann"] == ("03_scores: 1 repaired",)
    assert summary.max_total == 6


def test_difficulty_counts_full_marks_and_mean_share():
    f = next(i for i in summarise(CLASS).items if i.exercise == "f")
    assert (f.tried, f.solved) == (3, 2)
    assert f.mean_share == pytest.approx(2 / 3)


def test_discrimination_is_the_correlation_with_the_rest():
    f = next(i for i in summarise(CLASS).items if i.exercise == "f")
    # shares 1, 1, 0 against the rest 4, 0, 0
    assert f.discrimination == pytest.approx(np.corrcoef([1, 1, 0], [4, 0, 0])[0, 1])
    assert np.isnan(correlation(np.ones(3), np.arange(3.0)))


def test_misconceptions_count_students_not_checks():
    (found,) = summarise(CLASS).misconceptions
    assert (found.exercise, found.name, found.students) == ("g", "sum", 2)
    assert found.sentence == "You forgot the mean."


def test_the_page_is_self_contained_and_inert():
    hostile = verdict(
        "<script>alert(1)</script>", item("f", 0, misconception="<img src=x onerror=y>")
    )
    page = report_page([*CLASS, hostile])
    assert "<script" not in page
    assert "onerror=y>" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert page.count("<img ") == page.count('src="data:image/png;base64,') == 2
    assert page.count('alt="') == 2


def test_grading_without_the_sandbox_is_said_on_the_page():
    assert "without the sandbox" in report_page([verdict("ann", item("f", 2), wall="none")])
    assert "without the sandbox" not in report_page(CLASS)


def test_no_verdict_is_no_report():
    with pytest.raises(ValueError, match="course grade"):
        report_page([])
