"""The feedback page of one student and chapter: score, checks, hints, their own code, comments."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from grader.grading.verdict import NotebookVerdict
from grader.handed_in import inert
from grader.reports.pages import highlight_css, highlighted, render
from grader.weave import layout
from pix2net.desk.render import rows
from pix2net.judging.judge import CheckResult

MAX_CODE = 20_000  # characters of one answer that are shown


@dataclass(frozen=True)
class ByHand:
    """What a person gave and wrote: points by question (None: not yet), comments by task."""

    scores: Mapping[str, float | None] = field(default_factory=dict)
    comments: Mapping[str, Sequence[str]] = field(default_factory=dict)
    penalty: float = 0.0


@dataclass(frozen=True)
class TaskView:
    """One task as the page shows it; ``state`` is "full", "part" or "waiting"."""

    name: str
    state: str
    points: str
    checks: Sequence[CheckResult]
    reason: str
    comments: Sequence[str]
    code: Markup
    outputs: Sequence[Markup]


def feedback_page(
    verdict: NotebookVerdict,
    notebook: NotebookNode | None,
    *,
    title: str,
    student: str,
    by_hand: ByHand | None = None,
) -> str:
    """The page for one student and chapter.

    Args:
        verdict: the verdict on their notebook.
        notebook: the autograded notebook, for their code and its outputs; None where there is none.
        title: of the chapter.
        student: the name to show.
        by_hand: what a person added.
    """
    hand = by_hand or ByHand()
    cells = _answers(notebook) if notebook is not None else {}
    tasks = [*_judged(verdict, hand, cells), *_written(verdict, hand, cells)]
    given = sum(score or 0.0 for score in hand.scores.values())
    return render(
        "feedback.html.j2",
        title=title,
        student=student,
        score=max(verdict.score + given - hand.penalty, 0.0),
        max_score=verdict.max_score + sum(verdict.manual.values()),
        penalty=hand.penalty,
        solved=sum(task.state == "full" for task in tasks),
        tasks=tasks,
        reason=verdict.reason,
        remarks=[*verdict.repairs, *verdict.notes],
        highlight_css=highlight_css(),
    )


def _judged(
    verdict: NotebookVerdict, hand: ByHand, cells: Mapping[str, list[NotebookNode]]
) -> Iterator[TaskView]:
    for name, item in verdict.exercises.items():
        checks = [
            CheckResult(check.label, check.passed, " ".join(told), check.misconception)
            for check, told in rows(item)
        ]
        state = "full" if item.passed else "part"
        points = f"{round(item.score, 2):g} of {item.max_score:g}"
        reason = item.reason if item.reason != verdict.reason else ""
        yield _view(name, state, points, checks, reason, hand, cells)


def _written(
    verdict: NotebookVerdict, hand: ByHand, cells: Mapping[str, list[NotebookNode]]
) -> Iterator[TaskView]:
    for name, most in verdict.manual.items():
        score = hand.scores.get(name)
        if score is None:
            yield _view(name, "waiting", f"waits for a person, of {most:g}", (), "", hand, cells)
        else:
            state = "full" if score >= most else "part"
            yield _view(name, state, f"{score:g} of {most:g}", (), "", hand, cells)


def _view(
    name: str,
    state: str,
    points: str,
    checks: Sequence[CheckResult],
    reason: str,
    hand: ByHand,
    cells: Mapping[str, list[NotebookNode]],
) -> TaskView:
    own = cells.get(name, [])
    shown = [_output(o) for cell in own for o in inert.outputs(cell.get("outputs", ()))]
    code = Markup("").join(_source(cell) for cell in own)
    return TaskView(name, state, points, checks, reason, hand.comments.get(name, ()), code, shown)


def _answers(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """The learner's answer cells by task."""
    found: dict[str, list[NotebookNode]] = {}
    for cell in notebook.cells:
        task = layout.task_of(cell)
        if task and layout.role_of(cell) in ("answer", "written"):
            found.setdefault(task, []).append(cell)
    return found


def _source(cell: NotebookNode) -> Markup:
    """A cell's source: code highlighted, an answer in words as the inert HTML that it is."""
    source = inert.text(cell.source, MAX_CODE)
    if cell.cell_type == "code":
        return highlighted(source)
    return Markup(inert.markup(source))


def _output(output: Mapping[str, Any]) -> Markup:
    """One sanitised output as HTML: the richest of its forms."""
    kind = output["output_type"]
    if kind == "stream":
        return _pre(output["text"])
    if kind == "error":
        return _pre(f"{output['ename']}: {output['evalue']}")
    data = output["data"]
    for image in ("image/png", "image/jpeg"):
        if image in data:
            alt = output["metadata"].get(image, {}).get("alt", "a figure from your notebook")
            body = "".join(data[image].split())
            return Markup('<img alt="{}" src="data:{};base64,{}">').format(alt, image, body)
    if "text/html" in data:
        return Markup(inert.markup(data["text/html"]))
    return _pre(data.get("text/plain", ""))


def _pre(text: str) -> Markup:
    colourless = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return Markup(f"<pre>{html.escape(colourless)}</pre>")
