"""The numbers of the class report, on a class small enough to count by hand."""

import numpy as np
import pytest

from grader.grading.verdict import NotebookVerdict
from grader.reports.report import report_page
from grader.reports.summary import Standing, as_json, correlation, span, summarise
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
    assert page.count("<img ") == page.count('src="data:image/png;base64,') == 3
    assert page.count('alt="') == 3


def test_grading_without_the_sandbox_is_said_on_the_page():
    assert "without the sandbox" in report_page([verdict("ann", item("f", 2), wall="none")])
    assert "without the sandbox" not in report_page(CLASS)


def test_no_verdict_is_no_report():
    with pytest.raises(ValueError, match="course grade"):
        report_page([])


STANDINGS = {
    ("ann", "02_knn"): Standing(by_hand=2.5, attempts=2),
    ("ben", "02_knn"): Standing(waiting=1, late=7200, penalty=1.0),
}


def test_lateness_attempts_and_points_by_hand_are_in_the_report():
    summary = summarise([*CLASS, verdict("dan", item("f", 2), manual={"w": 5.0})], STANDINGS)
    rows = {row.student: row for row in summary.rows}
    assert (rows["ann"].by_hand, rows["ben"].penalty) == (2.5, 1.0)
    assert "02_knn: hand-in 2" in rows["ann"].notes
    assert {"02_knn: late by 2 h", "02_knn: 1 answer waits"} <= set(rows["ben"].notes)
    chapters = {c.assignment: c for c in summary.chapters}
    assert (chapters["02_knn"].late, chapters["02_knn"].again, chapters["02_knn"].waiting) == (
        1,
        1,
        1,
    )
    assert chapters["03_scores"].median == 1


def test_a_page_without_names_names_nobody_and_keeps_the_rest():
    named = report_page(CLASS, standings=STANDINGS)
    shown = report_page(CLASS, standings=STANDINGS, names=False)
    for name in ("ann", "ben", "cem"):
        assert f">{name}<" in named
        assert name not in shown.replace("cannot", "").replace("annot", "")
    for part in ("The chapters", "The commonest misconceptions", "Exercises by difficulty"):
        assert part in shown


def test_the_long_tail_of_misconceptions_is_folded():
    many = [
        verdict(f"s{n}", item("f", 0, misconception="all"), item("g", 0, misconception=f"m{n}"))
        for n in range(20)
    ]
    page = report_page(many)
    assert "20 more, which fewer students have" in page
    assert page.index(">all<") < page.index("20 more") < page.index(">m3<")


@pytest.mark.parametrize(("seconds", "text"), [(90_000, "1 d"), (7200, "2 h"), (61, "1 min")])
def test_a_span_is_told_in_the_unit_that_it_fills(seconds, text):
    assert span(seconds) == text


def test_who_handed_in_nothing_is_named_or_counted():
    silent = ["dora", "<b>eli</b>"]
    named = report_page(CLASS, silent=silent)
    shown = report_page(CLASS, silent=silent, names=False)
    assert "Who handed in nothing" in named
    assert "dora, &lt;b&gt;eli&lt;/b&gt;" in named
    for page in (named, shown):
        assert "<b>2</b>handed in nothing" in page
        assert "3 of 5" in page
    assert "dora" not in shown
    assert "handed in nothing" not in report_page(CLASS)
    assert as_json(summarise(CLASS, silent=silent))["handed_in_nothing"] == silent
