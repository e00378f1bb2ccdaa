"""The notebook that grading leaves behind: what formgrader, feedback and export read."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_markdown_cell

from grader.grading.told import HAPPENED, happened
from grader.grading.verdict import NotebookVerdict
from grader.handed_in import inert
from grader.handed_in.cells import ADDED, MergedCell, copied
from grader.handed_in.merge import Merged
from pix2net.desk import render
from pix2net.judging.answer_key import Key
from pix2net.judging.judge import ExerciseVerdict
from pix2net.judging.wording import worded

NOTICE_ID = "grading-notice"


def autograded(merged: Merged, verdict: NotebookVerdict, key: Key) -> NotebookNode:
    """The merged notebook with what its cells displayed and, below each test cell, the verdict.

    Above an answer in words stands the rubric of the hidden key, for the person who grades it.
    Everything of the student's in it is inert.
    """
    notebook = copied(merged.notebook)
    notebook.cells = [copied(cell) for cell in merged.notebook.cells]
    room = inert.Room()
    for node, cell in zip(notebook.cells, merged.cells, strict=True):
        if cell.kind == "code":
            node.outputs = list(_outputs(cell, verdict, room))
        elif cell.role == ADDED or (cell.role == "written" and cell.task not in merged.untouched):
            node.source = _markdown(cell.source, room)
    for place, cell in reversed(list(enumerate(merged.cells))):
        rubric = key.questions[cell.task].rubric if cell.task in key.questions else ""
        if cell.role == "written" and rubric:
            notebook.cells.insert(place, new_markdown_cell(rubric, id=f"rubric-{place}"))
    notice = _notice(verdict)
    if notice:
        notebook.cells.insert(0, new_markdown_cell(notice, id=NOTICE_ID))
    return notebook


def _outputs(
    cell: MergedCell, verdict: NotebookVerdict, room: inert.Room
) -> Iterator[NotebookNode]:
    if cell.role == "test":
        task = verdict.exercises.get(cell.task or "")
        if task is not None:
            yield verdict_output(task)
        return
    yield from map(_node, inert.outputs(verdict.outputs.get(cell.number, ()), room))


def _node(output: dict[str, Any]) -> NotebookNode:
    """An output as nbformat has it, without its look for mistakes: `inert` knows the form."""
    node: NotebookNode = from_dict(output)
    return node


def as_text(notebook: NotebookNode) -> str:
    """The file of a notebook; compact, since indented JSON takes ten times as long to write."""
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"


def verdict_output(verdict: ExerciseVerdict) -> NotebookNode:
    """The trusted verdict on a task as the output of its test cell."""
    head = worded("{score:g} of {most:g} points", score=verdict.score, most=verdict.max_score)
    if verdict.status in HAPPENED:
        head += worded(". It {happened}.", happened=happened(verdict.status))
    if verdict.reason:
        head += f" ({verdict.reason})"
    data = {
        "text/plain": f"{head}\n{render.as_text(verdict)}",
        "text/html": f"<p>{html.escape(head)}</p>{render.as_html(verdict)}",
    }
    return _node({"output_type": "display_data", "data": data, "metadata": {}})


def _markdown(source: str, room: inert.Room) -> str:
    if not room.takes_markdown(source):
        return f"<pre>{html.escape(inert.text(source)).replace(chr(10), '&#10;')}</pre>"
    return inert.markdown(source)


def _notice(verdict: NotebookVerdict) -> str:
    """What grading put right or left out, in Markdown; empty if there is nothing to say."""
    points = [*verdict.repairs, *verdict.notes]
    if verdict.reason:
        why = worded("This notebook could not be graded: {why}.", why=verdict.reason)
        points.insert(0, why)
    if verdict.unsafe:
        points.append(worded("The code of this notebook ran without the sandbox."))
    if verdict.wall == "container":
        points.append(
            worded("The code of this notebook ran behind the weaker wall of a container.")
        )
    if not points:
        return ""
    items = "\n".join(f"<li>{html.escape(point)}</li>" for point in points)
    head = worded("What grading met")
    return f"<div>\n<b>{head}</b>\n<ul>\n{items}\n</ul>\n</div>"
