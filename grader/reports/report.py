"""The class report: one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from markupsafe import Markup

from grader.grading.verdict import NotebookVerdict
from grader.release.course_dir import ClassFolder
from grader.reports import diagrams as charts
from grader.reports.pages import highlight_css, highlighted, render
from grader.reports.similarity import similar_pairs
from grader.reports.student_code import StudentCode, answers_in, stubs_in, without_comments
from grader.reports.summary import ClassSummary, MisconceptionCount, shares, summarise

LONGEST = 4000  # characters of an example


def report_page(
    verdicts: Sequence[NotebookVerdict],
    answers: StudentCode | None = None,
    stubs: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The class report.

    Args:
        verdicts: one a submitted notebook.
        answers: the students' code, for examples and for what resembles each other.
        stubs: exercise -> what its cell held when it was released.

    Raises:
        ValueError: there are no verdicts.
    """
    if not verdicts:
        raise ValueError("nothing has been graded yet: run `course grade` first")
    summary: ClassSummary = summarise(verdicts)
    code = answers or {}
    examples = [_example(m, code) for m in summary.misconceptions]
    return render(
        "report.html.j2",
        summary=summary,
        notebooks=len(verdicts),
        median=100 * float(np.median(shares(summary))),
        unsafe=any(verdict.unsafe for verdict in verdicts),
        scores=charts.score_distribution(summary),
        difficulty=charts.difficulty(summary),
        items=sorted(summary.items, key=lambda item: item.mean_share),
        misconceptions=list(zip(summary.misconceptions, examples, strict=True)),
        pairs=similar_pairs(code, stubs),
        highlight_css=highlight_css(),
    )


def class_report(folder: ClassFolder, verdicts: Sequence[NotebookVerdict]) -> str:
    """The report of a class folder, with the code that stands in it."""
    assignments = sorted({verdict.assignment for verdict in verdicts})
    return report_page(verdicts, answers_in(folder, verdicts), stubs_in(folder, assignments))


def _example(count: MisconceptionCount, answers: StudentCode) -> Markup:
    """Somebody's code with that misconception, without a name; empty if there is none."""
    code = answers.get((count.example_of, count.assignment), {}).get(count.exercise, "")
    return highlighted(without_comments(code)[:LONGEST])
