"""Weaves a chapter: text source and hidden half in, instructor notebook out."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from grader.exercises.model import Chapter, Exercise, Question
from grader.weave import layout, notebook, words
from grader.weave.helpers import helpers_of
from grader.weave.source import Piece, SourceError, read
from grader.weave.stub import BEGIN, END, AnswerCell, StubError, exercise_answer, question_answer
from grader.weave.words import Say

INSTALL = Path(__file__).parent / "cells" / "install.py"


def weave(chapter: Chapter, text: str, filename: str | None = None, say: Say = str) -> NotebookNode:
    """The instructor notebook of a chapter.

    Args:
        chapter: its hidden half.
        text: its MyST Markdown source.
        filename: for messages (default: where the chapter's source belongs).
        say: gives its words in a language; cells keep their ids, and code does the same.

    Raises:
        SourceError: slots that do not match the hidden half.
        StubError: a reference that cannot be made a stub.
    """
    pieces = read(text, chapter, filename or f"course/{chapter.name}.md")
    title, *cells = [cell for piece in pieces for cell in _cells(piece, chapter, say)]
    install = notebook.given_cell(INSTALL.read_text(encoding="utf-8").rstrip(), say=say)
    return notebook.notebook_of(chapter.title, [title, install, *cells])


def weave_committed(chapter: Chapter, say: Say = str) -> NotebookNode:
    """The instructor notebook of a chapter from its source in this checkout."""
    path = layout.text_path(chapter.name)
    if not path.is_file():
        raise SourceError([f"course/{path.name}:1: the chapter {chapter.name} has no text source"])
    return weave(chapter, path.read_text(encoding="utf-8"), say=say)


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


def answer_of(task: Exercise | Question, chapter: Chapter, say: Say = str) -> AnswerCell:
    """The answer cell of a task that is answered by code, in its two forms."""
    if isinstance(task, Question):
        return question_answer(task, say)
    try:
        found = exercise_answer(task.reference, helpers_of(task.reference, chapter.tasks))
        told = words.docstrings_in(found.student)
        return AnswerCell(
            *(words.docstrings(f, say, told) for f in (found.instructor, found.student))
        )
    except StubError as error:
        raise StubError(f"{chapter.name}: {error}") from error


def _cells(piece: Piece, chapter: Chapter, say: Say) -> Iterator[NotebookNode]:
    if piece.kind == "prose":
        yield notebook.prose_cell(piece.text, say)
    elif piece.kind == "code":
        yield notebook.given_cell(piece.text, piece.tags, say)
    else:
        yield from _task_cells(chapter.tasks[piece.text], chapter, piece.lead, say)


def _task_cells(
    task: Exercise | Question, chapter: Chapter, lead: str, say: Say
) -> Iterator[NotebookNode]:
    if isinstance(task, Question):
        yield notebook.prompt_cell(task, say)
        if task.kind == "written":
            yield notebook.written_cell(task, say)
            return
        answer = answer_of(task, chapter, say)
        yield notebook.answer_cell(task.name, answer, stub=answer.student)
    else:
        yield notebook.heading_cell(task, lead, say)
        yield notebook.answer_cell(task.name, answer_of(task, chapter, say))
    yield notebook.test_cell(task.name, task.points)
