"""Weaves a chapter: text source and hidden half in, instructor notebook out."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from grader.exercises.model import Chapter, Exercise, Question
from grader.weave import layout, notebook
from grader.weave.helpers import helpers_of
from grader.weave.source import Piece, SourceError, read
from grader.weave.stub import BEGIN, END, AnswerCell, StubError, exercise_answer, question_answer

INSTALL = Path(__file__).parent / "cells" / "install.py"


def weave(chapter: Chapter, text: str, filename: str | None = None) -> NotebookNode:
    """The instructor notebook of a chapter.

    Args:
        chapter: its hidden half.
        text: its MyST Markdown source.
        filename: for messages (default: where the chapter's source belongs).

    Raises:
        SourceError: slots that do not match the hidden half.
        StubError: a reference that cannot be made a stub.
    """
    pieces = read(text, chapter, filename or f"course/{chapter.name}.md")
    title, *cells = [cell for piece in pieces for cell in _cells(piece, chapter)]
    install = notebook.given_cell(INSTALL.read_text(encoding="utf-8").rstrip())
    return notebook.notebook_of(chapter.title, [title, install, *cells])


def weave_committed(chapter: Chapter) -> NotebookNode:
    """The instructor notebook of a chapter from its source in this checkout."""
    path = layout.text_path(chapter.name)
    if not path.is_file():
        raise SourceError([f"course/{path.name}:1: the chapter {chapter.name} has no text source"])
    return weave(chapter, path.read_text(encoding="utf-8"))


def why_not_woven(chapter: Chapter) -> list[str]:
    """What keeps a chapter from being woven from this checkout, a sentence each; [] if nothing."""
    try:
        weave_committed(chapter)
    except (SourceError, StubError) as error:
        return str(error).split("\n")
    return []


GUESSED = re.compile(r"\bguessed\((\w+)\)")
NO_GUESS = re.compile(r"^(\w+) = None\b", re.M)


def filled(instructor: NotebookNode) -> NotebookNode:
    """A copy with the marks of solutions taken out: what a learner's finished notebook runs.

    References stand in their cells with the helpers that they need, questions are answered, and
    guesses are noted, so that the figures that wait for them appear.
    """
    finished = copy.deepcopy(instructor)
    guesses = {name for cell in finished.cells for name in GUESSED.findall(cell.source)}
    for cell in finished.cells:
        if layout.role_of(cell) == "given":
            cell.source = NO_GUESS.sub(
                lambda found: f"{found[1]} = 0" if found[1] in guesses else found[0], cell.source
            )
        if layout.role_of(cell) == "answer":
            lines = cell.source.split("\n")
            cell.source = "\n".join(line for line in lines if line.strip() not in (BEGIN, END))
    return finished


def answer_of(task: Exercise | Question, chapter: Chapter) -> AnswerCell:
    """The answer cell of a task that is answered by code, in its two forms."""
    if isinstance(task, Question):
        return question_answer(task)
    try:
        return exercise_answer(task.reference, helpers_of(task.reference, chapter.tasks))
    except StubError as error:
        raise StubError(f"{chapter.name}: {error}") from error


def _cells(piece: Piece, chapter: Chapter) -> Iterator[NotebookNode]:
    if piece.kind == "prose":
        yield notebook.prose_cell(piece.text)
    elif piece.kind == "code":
        yield notebook.given_cell(piece.text, piece.tags)
    else:
        yield from _task_cells(chapter.tasks[piece.text], chapter, piece.lead)


def _task_cells(task: Exercise | Question, chapter: Chapter, lead: str) -> Iterator[NotebookNode]:
    if isinstance(task, Question):
        yield notebook.prompt_cell(task)
        if task.kind == "written":
            yield notebook.written_cell(task)
            return
        answer = answer_of(task, chapter)
        yield notebook.answer_cell(task.name, answer, stub=answer.student)
    else:
        yield notebook.heading_cell(task, lead)
        yield notebook.answer_cell(task.name, answer_of(task, chapter))
    yield notebook.test_cell(task.name, task.points)
