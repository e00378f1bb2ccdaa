"""The class report: one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.grading.verdict import NotebookVerdict
from grader.reports import charts
from grader.reports.pages import render
from grader.reports.summary import ClassSummary, shares, summarise


def report_page(verdicts: Sequence[NotebookVerdict]) -> str:
    """The class report from one verdict per submitted notebook. Raises `ValueError` for none."""
    if not verdicts:
        raise ValueError("nothing has been graded yet: run `course grade` first")
    summary: ClassSummary = summarise(verdicts)
    return render(
        "report.html.j2",
        summary=summary,
        notebooks=len(verdicts),
        median=100 * float(np.median(shares(summary))),
        unsafe=any(verdict.unsafe for verdict in verdicts),
        scores=charts.score_distribution(summary),
        difficulty=charts.difficulty(summary),
        items=sorted(summary.items, key=lambda item: item.mean_share),
    )
