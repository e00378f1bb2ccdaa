"""The class report: one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from markupsafe import Markup

from grader.grading.verdict import NotebookVerdict
from grader.release.course_dir import ClassFolder
from grader.reports import diagrams as charts
from grader.reports.pages import highlight_css, highlighted, render
from grader.reports.similarity import similar_pairs
from grader.reports.standing import silent_in, standings_of
from grader.reports.student_code import StudentCode, answers_in, stubs_in, without_comments
from grader.reports.summary import (
    NOTHING,
    ClassSummary,
    MisconceptionCount,
    Standings,
    shares,
    summarise,
)

LONGEST = 4000  # characters of an example
COMMON = 12  # of the commonest misconceptions and the hardest exercises; the others are folded
FEW = 3  # of the misconceptions where nobody shares one


def report_page(
    verdicts: Sequence[NotebookVerdict],
    answers: StudentCode | None = None,
    stubs: Mapping[str, str] = MappingProxyType({}),
    standings: Standings = NOTHING,
    silent: Iterable[str] = (),
    *,
    names: bool = True,
) -> str:
    """The class report.

    Args:
        verdicts: one a submitted notebook.
        answers: the students' code, for examples and for what resembles each other.
        stubs: exercise -> what its cell held when it was released.
        standings: what the gradebook has beside the automatic points.
        silent: students who handed in nothing.
        names: whether students are named; without, the page can be shown to the class.

    Raises:
        ValueError: there are no verdicts.
    """
    if not verdicts:
        raise ValueError("nothing has been graded yet: run `course grade` first")
    summary: ClassSummary = summarise(verdicts, standings, silent)
    code = answers or {}
    told = [(m, _example(m, code)) for m in summary.misconceptions]
    common = sum(m.students > 1 for m in summary.misconceptions[:COMMON]) or FEW
    items = sorted(summary.items, key=lambda item: item.mean_share)
    return render(
        "report.html.j2",
        summary=summary,
        notebooks=len(verdicts),
        median=100 * float(np.median(shares(summary))),
        unsafe=any(verdict.unsafe for verdict in verdicts),
        scores=charts.score_distribution(summary),
        difficulty=charts.difficulty(summary),
        chapters=charts.by_chapter(summary) if len(summary.chapters) > 1 else None,
        items=[items[:COMMON], items[COMMON:]],
        misconceptions=[told[:common], told[common:]],
        pairs=similar_pairs(code, stubs) if names else [],
        names=names,
        highlight_css=highlight_css(),
    )


def class_report(
    folder: ClassFolder, verdicts: Sequence[NotebookVerdict], *, names: bool = True
) -> str:
    """The report of a class folder, with the code that stands in it and the gradebook's points."""
    assignments = sorted({verdict.assignment for verdict in verdicts})
    return report_page(
        verdicts,
        answers_in(folder, verdicts),
        stubs_in(folder, assignments),
        standings_of(folder, verdicts),
        silent_in(folder, verdicts),
        names=names,
    )


def _example(count: MisconceptionCount, answers: StudentCode) -> Markup:
    """Somebody's code with that misconception, without a name; empty if there is none."""
    code = answers.get((count.example_of, count.assignment), {}).get(count.exercise, "")
    return highlighted(without_comments(code)[:LONGEST])
