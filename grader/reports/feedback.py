"""The feedback page of one student and chapter: score, checks, hints, their own code, comments."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from grader.classroom.requests import Request
from grader.grading.verdict import NotebookVerdict
from grader.handed_in import inert
from grader.reports.pages import highlight_css, highlighted, render
from grader.reports.second_looks import Asking
from grader.weave import layout
from pix2net.desk.render import rows
from pix2net.judging.judge import CheckResult
from pix2net.judging.wording import translated, worded

MAX_CODE = 20_000  # characters of one answer that are shown


@dataclass(frozen=True)
class Remark:
    """A comment of a person's; ``day`` is that of the earlier hand-in that it is on, or ""."""

    text: str
    day: str = ""


@dataclass(frozen=True)
class ByHand:
    """What a person gave and wrote: points by question (None: not yet), comments by task.

    Attributes:
        penalty: points taken off for lateness.
        before: question -> points that an earlier hand-in had, and the day of that one.
        handed_in: when, as text; "" where it is not known.
        attempts: how many hand-ins were graded, this one included.
        criteria: question -> criteria of its rubric, and whether they are met.
        instead: exercise -> points in the place of the automatic ones, and whether they hold: after
            another grading somebody has to look at them again.
        requests: what the student has asked, of all tasks.
    """

    scores: Mapping[str, float | None] = field(default_factory=dict)
    comments: Mapping[str, Sequence[Remark]] = field(default_factory=dict)
    penalty: float = 0.0
    before: Mapping[str, tuple[float, str]] = field(default_factory=dict)
    handed_in: str = ""
    attempts: int = 1
    criteria: Mapping[str, Sequence[tuple[str, bool]]] = field(default_factory=dict)
    instead: Mapping[str, tuple[float, bool]] = field(default_factory=dict)
    requests: Sequence[Request] = ()

    def added(self, verdict: NotebookVerdict) -> float:
        """Points that persons gave, beyond the automatic ones."""
        given = sum(score or 0.0 for score in self.scores.values())
        return given + sum(
            points - verdict.exercises[name].score
            for name, (points, holds) in self.instead.items()
            if holds and name in verdict.exercises
        )


@dataclass(frozen=True)
class TaskView:
    """One task as the page shows it; ``state`` is "full", "part" or "waiting"."""

    name: str
    state: str
    points: str
    checks: Sequence[CheckResult]
    reason: str
    comments: Sequence[Remark]
    asked: Markup
    code: Markup
    outputs: Sequence[Markup]


def feedback_page(
    verdict: NotebookVerdict,
    notebook: NotebookNode | None,
    *,
    title: str,
    student: str,
    by_hand: ByHand | None = None,
    asking: Asking | None = None,
    prompt: Callable[[NotebookNode], str] | None = None,
) -> str:
    """The page for one student and chapter.

    Args:
        verdict: the verdict on their notebook.
        notebook: the autograded notebook, for their code and its outputs; None where there is none.
        title: of the chapter.
        student: the name to show.
        by_hand: what a person added.
        asking: how the student asks for a second look; None where nobody can.
        prompt: gives the text of a cell that asks for something; as it stands there for None.
    """
    hand = by_hand or ByHand()
    asking = asking or Asking(verdict.assignment)
    cells = _cells(notebook, prompt) if notebook is not None else {}
    tasks = [*_judged(verdict, hand, cells), *_written(verdict, hand, cells)]
    order = {task: place for place, task in enumerate(cells)}  # the notebook's own
    tasks.sort(key=lambda task: order.get(task.name, len(order)))
    return render(
        "feedback.html.j2",
        title=title,
        student=student,
        score=max(verdict.score + hand.added(verdict) - hand.penalty, 0.0),
        max_score=verdict.max_score + sum(verdict.manual.values()),
        penalty=hand.penalty,
        handed_in=hand.handed_in,
        attempts=hand.attempts,
        solved=sum(task.state == "full" for task in tasks),
        tasks=tasks,
        second_looks={task.name: asking.part(task.name, hand.requests) for task in tasks},
        other_requests=[r for r in hand.requests if r.task not in {task.name for task in tasks}],
        reason=verdict.reason,
        remarks=[*verdict.repairs, *verdict.notes],
        highlight_css=highlight_css(),
    )


def _judged(
    verdict: NotebookVerdict, hand: ByHand, cells: Mapping[str, list[NotebookNode]]
) -> Iterator[TaskView]:
    for name, item in verdict.exercises.items():
        checks = [
            CheckResult(translated(check.label), check.passed, " ".join(told), check.misconception)
            for check, told in rows(item)
        ]
        score, full, told = item.score, item.passed, ""
        if name in hand.instead:
            given, holds = hand.instead[name]
            told = worded("; {given:g} by hand, which waits for another look", given=given)
            if holds:
                before = round(score, 2)
                told = worded(", given by a person in place of {before:g}", before=before)
                score, full = given, given >= item.max_score
        state = "full" if full else "part"
        points = _points(score, item.max_score) + told
        reason = item.reason if item.reason != verdict.reason else ""
        yield _view(name, state, points, checks, reason, hand, cells)


def _written(
    verdict: NotebookVerdict, hand: ByHand, cells: Mapping[str, list[NotebookNode]]
) -> Iterator[TaskView]:
    for name, most in verdict.manual.items():
        score = hand.scores.get(name)
        if score is None:
            waits = worded("waits for a person, of {most:g}", most=most)
            if name in hand.before:
                points, day = hand.before[name]
                waits = worded(
                    "waits for a person again; the earlier hand-in{of_day} had {points:g} of "
                    "{most:g}",
                    of_day=worded(" of {day}", day=day) if day else "", points=points, most=most,
                )  # fmt: skip
            yield _view(name, "waiting", waits, (), "", hand, cells)
        else:
            state = "full" if score >= most else "part"
            checks = [CheckResult(text, met) for text, met in hand.criteria.get(name, ())]
            yield _view(name, state, _points(score, most), checks, "", hand, cells)


def _view(
    name: str,
    state: str,
    points: str,
    checks: Sequence[CheckResult],
    reason: str,
    hand: ByHand,
    cells: Mapping[str, list[NotebookNode]],
) -> TaskView:
    found = cells.get(name, [])
    own = [cell for cell in found if layout.role_of(cell) in ("answer", "written")]
    prompts = [cell.source for cell in found if layout.role_of(cell) == "prose"]
    asked = Markup("").join(Markup(inert.markdown(_below_the_head(text))) for text in prompts)
    shown = [_output(o) for cell in own for o in inert.outputs(cell.get("outputs", ()))]
    code = Markup("").join(_source(cell) for cell in own)
    comments = hand.comments.get(name, ())
    return TaskView(name, state, points, checks, reason, comments, asked, code, shown)


def _cells(
    notebook: NotebookNode, prompt: Callable[[NotebookNode], str] | None
) -> dict[str, list[NotebookNode]]:
    """The cells of each task, in the order of the notebook."""
    found: dict[str, list[NotebookNode]] = {}
    for cell in notebook.cells:
        task = layout.task_of(cell)
        if task:
            if prompt is not None and layout.role_of(cell) == "prose":
                cell.source = prompt(cell)
            found.setdefault(task, []).append(cell)
    return found


def _below_the_head(prompt: str) -> str:
    """What a task asks, without the line that says what it is worth, which the page says itself."""
    return prompt.partition("\n\n")[2]


def _points(score: float, most: float) -> str:
    return worded("{score:g} of {most:g}", score=round(score, 2), most=most)


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
