"""Builds notebook cells with stable ids, roles and nbgrader's metadata, and notebooks of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.exercises.model import Exercise, Question
from grader.weave import layout, words
from grader.weave.stub import AnswerCell
from grader.weave.words import Say

SCHEMA_VERSION = 3
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
ID_DIGITS = 12
MAX_ID = 64  # the notebook format's limit
FOLDED = "hide-input"  # the tag by which makers of books fold code away
OPEN = "show-input"  # the tag of a cell whose code is there to be read
SHOWS = re.compile(r"\b(?:ready|guessed)\(|\bplots\.\w+\(")  # a demonstration, not a setting-up
IMPORTS = re.compile(r"^(?:from|import)\s", re.M)
DRAWS = re.compile(r"\bplots\.\w+\(")
LONG = 12  # lines


def notebook_of(title: str, cells: Iterable[NotebookNode]) -> NotebookNode:
    """A notebook in format 4.5; ids that two cells share get a running number."""
    numbered: list[NotebookNode] = []
    counts: dict[str, int] = {}
    for cell in cells:
        count = counts[cell.id] = counts.get(cell.id, 0) + 1
        if count > 1:
            cell["id"] = f"{cell.id}-{count}"
        numbered.append(cell)
    metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}, "title": title}
    notebook = new_notebook(metadata=metadata, cells=numbered)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """The notebook's file, always the same for the same notebook."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def prose_cell(text: str, say: Say = str) -> NotebookNode:
    """A Markdown cell; its id depends on its text alone, in whatever language that is said."""
    ident = _content_id("prose", text)
    return _markdown(words.prose(text, say), ident, layout.course_metadata("prose"))


def given_cell(code: str, tags: tuple[str, ...] = (), say: Say = str) -> NotebookNode:
    """A code cell that comes with the course; its id depends on its text alone, as of prose.

    What draws a figure, and what is long, is folded away: it is the figure that a learner looks at.
    """
    course: dict[str, Any] = dict(layout.course_metadata("given"))
    if SHOWS.search(code) and not IMPORTS.search(code):
        course[layout.DEMONSTRATION] = True
    metadata: dict[str, Any] = {layout.COURSE: course}
    if _is_folded(code, tags):
        metadata["jupyter"] = {"source_hidden": True}
        tags = (*tags, FOLDED)
    if tags:
        metadata["tags"] = list(tags)
    return _code(words.code(code, say), _content_id("given", code), metadata)


def _is_folded(code: str, tags: tuple[str, ...]) -> bool:
    if OPEN in tags or FOLDED in tags:
        return False
    return DRAWS.search(code) is not None or code.count("\n") >= LONG


def answer_cell(task: str, answer: AnswerCell, *, stub: str | None = None) -> NotebookNode:
    """The code cell that a learner fills in, in the instructor's form.

    Args:
        stub: what it is when released, where that is not what ClearSolutions makes of it.
    """
    course = layout.course_metadata("answer", task)
    if stub is not None:
        course[layout.STUB] = stub
    grade_id = layout.answer_id(task)
    metadata = {layout.COURSE: course, "nbgrader": nbgrader_metadata(grade_id, solution=True)}
    return _code(answer.instructor, _id(grade_id), metadata)


def test_cell(task: str, points: float) -> NotebookNode:
    """The locked cell that checks a task and carries its points."""
    grade_id = layout.test_id(task)
    metadata = {
        layout.COURSE: layout.course_metadata("test", task),
        "nbgrader": nbgrader_metadata(grade_id, grade=True, locked=True, points=points),
    }
    return _code(layout.check_source(task), _id(grade_id), metadata)


def prompt_cell(question: Question, say: Say = str) -> NotebookNode:
    """The read-only cell that asks a question."""
    grade_id = layout.prompt_id(question.name)
    extra = {"nbgrader": nbgrader_metadata(grade_id, locked=True)}
    course = layout.course_metadata("prose", question.name)
    return _markdown(prompt_text(question, say), _id(grade_id), course, extra)


def heading_cell(exercise: Exercise, lead: str, say: Say = str) -> NotebookNode:
    """The read-only cell above an exercise: its name, what it is worth, what it leads to."""
    extra = {"nbgrader": nbgrader_metadata(layout.prompt_id(exercise.name), locked=True)}
    course = layout.course_metadata("prose", exercise.name)
    head = say("### Exercise: `{name}` ({points})")
    head = head.format(name=exercise.name, points=_points(exercise.points, say))
    text = "\n\n".join([head, words.prose(lead, say)] if lead else [head])
    return _markdown(text, _id(layout.prompt_id(exercise.name)), course, extra)


def written_cell(question: Question, say: Say = str) -> NotebookNode:
    """The Markdown cell for an answer in words; the instructor's form holds the rubric."""
    grade_id = layout.answer_id(question.name)
    meta = nbgrader_metadata(grade_id, grade=True, solution=True, points=question.points)
    course = layout.course_metadata("written", question.name)
    rubric = words.prose(question.rubric_text, say)
    return _markdown(rubric, _id(grade_id), course, {"nbgrader": meta})


def nbgrader_metadata(
    grade_id: str,
    *,
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    points: float | None = None,
) -> dict[str, Any]:
    """nbgrader's metadata of a cell, in its third schema."""
    metadata: dict[str, Any] = {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": SCHEMA_VERSION,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        metadata["points"] = int(points) if float(points).is_integer() else float(points)
    return metadata


def prompt_text(question: Question, say: Say = str) -> str:
    """A question as Markdown: its worth, its prompt, its options."""
    head = say("**Question** ({points})").format(points=_points(question.points, say))
    text = f"{head}\n\n{words.prose(question.prompt.strip(), say)}"
    options = [f"- **{letter}**: {_option(o, say)}" for letter, o in question.options.items()]
    return "\n\n".join([text, "\n".join(options)] if options else [text])


def _option(option: str, say: Say) -> str:
    return say(option) if words.WORD.search(option) else option


def _points(points: float, say: Say) -> str:
    template = say("{points:g} point") if points == 1 else say("{points:g} points")
    return template.format(points=points)


def _code(source: str, cell_id: str, metadata: Mapping[str, Any]) -> NotebookNode:
    return new_code_cell(source, id=cell_id, metadata=dict(metadata))


def _markdown(
    source: str, cell_id: str, course: dict[str, str], extra: Mapping[str, Any] | None = None
) -> NotebookNode:
    return new_markdown_cell(source, id=cell_id, metadata={layout.COURSE: course, **(extra or {})})


def _content_id(kind: str, text: str) -> str:
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:ID_DIGITS]}"


def _id(grade_id: str) -> str:
    """A cell id for a task's cell: its grade id, shortened where the format's limit asks it."""
    if len(grade_id) <= MAX_ID:
        return grade_id
    digest = hashlib.sha256(grade_id.encode()).hexdigest()[:ID_DIGITS]
    return f"{grade_id[: MAX_ID - ID_DIGITS - 1]}-{digest}"
