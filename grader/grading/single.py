"""Grades one file without a class: a whole notebook, or one exercise out of a file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from grader.exercises.model import Chapter
from grader.exercises.registry import chapter_with, chapters
from grader.grading.how import How
from grader.grading.local import local_release
from grader.grading.released import GradingError, Released
from grader.grading.run import Tasks, grade_notebook, judge_cells
from grader.grading.verdict import NotebookVerdict
from grader.handed_in.cells import ADDED, MergedCell
from grader.handed_in.parse import Submission, parse
from grader.sandbox import Sandbox
from grader.weave import layout
from pix2net.files import Rejected, digest, read_bounded
from pix2net.judging.answer_key import Key
from pix2net.judging.judge import ExerciseVerdict
from pix2net.judging.wording import unknown

Open = Callable[[Released], AbstractContextManager[Sandbox]]
PLAIN = How().sandbox


class FileProblem(Exception):
    """A file holds nothing that could be graded; the message says why, in one sentence."""


def grade_file(path: Path, start: Open = PLAIN) -> NotebookVerdict:
    """The verdict on a notebook file; which chapter it is of is seen from its cells.

    Args:
        start: starts the sandbox for an assignment, such as `How.sandbox`.

    Raises:
        FileProblem: it is no notebook of the course.
        GradingError: grading could not be done at all.
        SandboxUnavailable: this machine cannot build the sandbox.
    """
    from grader.handed_in.merge import merge  # slow to import, and not needed for one exercise

    content = _content(path)
    try:
        submission = parse(content)
        chapter = _chapter_of(path, submission)
        released = local_release(chapter)
        merged = merge(released.notebook, content)
    except Rejected as problem:
        raise FileProblem(f"{path}: {problem.reason}") from None
    if not any(cell.kind == "code" and cell.source.strip() for cell in submission.cells):
        raise FileProblem(f"{path} defines nothing: it has no code")
    with start(released) as sandbox:
        return grade_notebook(merged, released.key, sandbox, digest=released.digest)


def check_file(task: str, path: Path, start: Open = PLAIN) -> ExerciseVerdict:
    """The hidden verdict on one exercise or question that a Python file or notebook defines.

    Everything of the file runs; the exercise is judged at its own test cell, or else at the end.

    Raises:
        FileProblem: the file holds nothing to judge.
        GradingError: grading could not be done at all.
        SandboxUnavailable: this machine cannot build the sandbox.
    """
    chapter = _chapter_with(task)
    content = _content(path)
    cells = _cells(path, content)
    released = local_release(chapter)
    wanted = [*_companions(released.key, task), task]
    steps = _with_tests(cells, wanted)
    order = f"{digest(content)}/{released.digest}"
    with start(released) as sandbox:
        limit = sandbox.limits.notebook_seconds
        found, reason = judge_cells(steps, released.key, sandbox, order=order, seconds=limit)
    if task not in found.verdicts:
        raise GradingError(f"{task} could not be judged: {reason}")
    if task in found.missing:
        raise FileProblem(f"{path} does not define {task}{_why(found)}")
    return found.verdicts[task]


def _content(path: Path) -> bytes:
    try:
        # A link that the caller names is followed; only what was handed in is not.
        return read_bounded(path.resolve(strict=True))
    except FileNotFoundError:
        raise FileProblem(f"{path} does not exist") from None
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, no name at all
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblem(f"{path} cannot be read: {reason}") from None
    except Rejected as problem:
        raise FileProblem(f"{path}: {problem.reason}") from None


def _chapter_of(path: Path, submission: Submission) -> Chapter:
    """The chapter whose cells a notebook has, or else whose name it bears."""
    names = {cell.grade_id for cell in submission.cells} - {None}
    known = chapters()
    shared = {name: len(names & set(chapter.tasks)) for name, chapter in known.items()}
    best = max(shared, key=lambda name: shared[name], default="")
    if best and shared[best]:
        return known[best]
    if path.stem in known:
        return known[path.stem]
    raise FileProblem(f"{path} is no notebook of this course: it has none of its cells")


def _chapter_with(task: str) -> Chapter:
    chapter = chapter_with(task)
    if chapter is not None:
        if task in chapter.questions and chapter.questions[task].kind == "written":
            raise GradingError(f"{task} is answered in words: a person grades it")
        return chapter
    known = [name for chapter in chapters().values() for name in chapter.exercises]
    raise GradingError(unknown("exercise", task, known))


def _cells(path: Path, content: bytes) -> list[MergedCell]:
    """The code of a file, with a notebook's test cells of the course."""
    if path.suffix == layout.NOTEBOOK_SUFFIX:
        try:
            parsed = parse(content).cells
        except Rejected as problem:
            raise FileProblem(f"{path}: {problem.reason}") from None
        sources = [(cell.source, _tested(cell.grade_id)) for cell in parsed if cell.kind == "code"]
    elif path.suffix == ".py":
        try:
            sources = [(content.decode("utf-8-sig"), None)]
        except UnicodeDecodeError:
            raise FileProblem(f"{path} is not a Python file: it is not text in UTF-8") from None
    else:
        raise FileProblem(f"{path} is neither a Python file nor a notebook (.py, .ipynb)")
    if not any(source.strip() for source, _ in sources):
        raise FileProblem(f"{path} defines nothing: it has no code")
    return [
        MergedCell(i, "test" if tested else ADDED, tested, "code", source, tested is None)
        for i, (source, tested) in enumerate(sources, start=1)
    ]


def _tested(grade_id: str | None) -> str | None:
    """The task that a cell of this name checks, or None."""
    prefix = layout.test_id("")
    return grade_id.removeprefix(prefix) if grade_id and grade_id.startswith(prefix) else None


def _companions(key: Key, task: str) -> list[str]:
    """Exercises that a task's scenarios use, and those that these use, first things first."""
    found: list[str] = []
    if task in key.exercises:
        for name in key.exercises[task].companions:
            found += [n for n in [*_companions(key, name), name] if n not in found]
    return found


def _with_tests(cells: list[MergedCell], wanted: list[str]) -> list[MergedCell]:
    """The cells with a test of each wanted task, in place or at the end, and with no others."""
    kept = [cell for cell in cells if cell.role != "test" or cell.task in wanted]
    lacking = [task for task in wanted if task not in {cell.task for cell in kept}]
    number = len(cells)
    tests = [
        MergedCell(number + i, "test", task, "code", "", False)
        for i, task in enumerate(lacking, start=1)
    ]
    return [*kept, *tests]


def _why(found: Tasks) -> str:
    """What kept code from defining something, if a cell ended badly."""
    troubles = [*found.notes, *(f"cell {n} raised {what}" for n, what in found.raised.items())]
    return f" ({'; '.join(troubles[:3]).rstrip('.')})" if troubles else ""
