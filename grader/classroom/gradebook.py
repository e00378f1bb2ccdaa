"""Writes verdicts into nbgrader's gradebook: one load and one commit a submission.

Stock models and stock meaning throughout: manual scores and comments stay, an earlier manual score
asks for another look (but for an answer in words that is the same still), an unanswered written
question needs no person, late penalties come from the course's own plug-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.orm import load_only, selectinload
from traitlets.config import Config

from grader.classroom.attempts import Given
from grader.grading.verdict import NotebookVerdict
from grader.release.course_dir import ClassFolder
from grader.weave import layout

NO_RESPONSE = "No response."


class GradebookError(Exception):
    """The gradebook lacks what a grade would belong to; the message says what to do."""


@dataclass(frozen=True)
class _Cells:
    """Ids of the cells of one notebook by nbgrader's names, as the release saved them."""

    notebook_id: str
    grades: dict[str, str]
    comments: dict[str, str]


class Writer:
    """Writes verdicts into one gradebook; keeps what every submission of an assignment shares."""

    def __init__(self, gradebook: Gradebook, config: Config) -> None:
        self._gradebook = gradebook
        self._penalties = AssignLatePenalties(config=config)
        self._penalties.init_plugin()
        self._cells: dict[str, dict[str, _Cells]] = {}
        self._assignments: dict[str, str] = {}
        self._due: set[str] = set()  # those that can be handed in late

    def write(
        self,
        student: str,
        verdict: NotebookVerdict,
        *,
        untouched: frozenset[str],
        timestamp: datetime | None,
        unchanged: frozenset[str] = frozenset(),
    ) -> dict[str, Given]:
        """Save the grades of one submitted notebook, in one transaction.

        Args:
            verdict: on the notebook; its scores become ``auto_score``.
            untouched: tasks whose answer is what was released.
            timestamp: when it was handed in, in UTC, or None if that is not known.
            unchanged: tasks whose answer is the one that was graded before.

        Returns:
            What persons had given before, by task.

        Raises:
            GradebookError: an assignment that was never released through this gradebook.
        """
        database = self._gradebook.db
        try:
            cells = self._structure(verdict.assignment)
            if verdict.notebook not in cells:
                raise GradebookError(_unknown(f"notebook {verdict.notebook}"))
            submission = self._submission(student, verdict.assignment)
            if timestamp is not None:
                submission.timestamp = timestamp
            notebook = _part(submission, cells[verdict.notebook])
            given = _given(notebook, cells[verdict.notebook])
            self._grade(notebook, cells[verdict.notebook], verdict, untouched, unchanged)
            notebook.late_submission_penalty = None
            if verdict.assignment in self._due:
                self._penalise(submission, notebook, student)
            database.commit()
            return given
        except BaseException:
            database.rollback()
            raise
        finally:
            database.expunge_all()  # memory does not grow with the class

    def submitted(self) -> set[tuple[str, str]]:
        """Student and assignment of every submission that the gradebook has."""
        rows = (
            self._gradebook.db.query(SubmittedAssignment.student_id, Assignment.name)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .all()
        )
        return {(student, assignment) for student, assignment in rows}

    def _structure(self, assignment: str) -> dict[str, _Cells]:
        """The notebooks and cells of an assignment, read once."""
        if assignment not in self._cells:
            try:
                found = self._gradebook.find_assignment(assignment)
            except MissingEntry:
                raise GradebookError(_unknown(f"assignment {assignment}")) from None
            self._assignments[assignment] = found.id
            if found.duedate is not None:
                self._due.add(assignment)
            self._cells[assignment] = {nb.name: _cells_of(nb) for nb in found.notebooks}
        return self._cells[assignment]

    def _submission(self, student: str, assignment: str) -> SubmittedAssignment:
        """The submission with its grades, made if there is none."""
        database = self._gradebook.db
        notebooks = selectinload(SubmittedAssignment.notebooks)
        grades = notebooks.selectinload(SubmittedNotebook.grades).load_only(
            Grade.cell_id, Grade.auto_score, Grade.manual_score, Grade.extra_credit,
            Grade.needs_manual_grade,
        )  # fmt: skip
        comments = notebooks.selectinload(SubmittedNotebook.comments).load_only(
            Comment.cell_id, Comment.auto_comment, Comment.manual_comment
        )
        found = (
            database.query(SubmittedAssignment)
            .options(grades, comments)
            .filter_by(assignment_id=self._assignments[assignment], student_id=student)
            .one_or_none()
        )
        return found or self._new_submission(student, assignment)

    def _new_submission(self, student: str, assignment: str) -> SubmittedAssignment:
        database = self._gradebook.db
        if database.get(Student, student, options=[load_only(Student.id)]) is None:
            database.add(Student(id=student))
        submission = SubmittedAssignment(
            assignment=database.get(Assignment, self._assignments[assignment]), student_id=student
        )
        database.add(submission)
        for cells in self._cells[assignment].values():
            _part(submission, cells)
        return submission

    def _grade(
        self,
        notebook: SubmittedNotebook,
        cells: _Cells,
        verdict: NotebookVerdict,
        untouched: frozenset[str],
        unchanged: frozenset[str],
    ) -> None:
        """Fill in automatic scores and comments; what a person entered is left as it is."""
        scores = dict(auto_scores(verdict, untouched))
        by_cell = {grade.cell_id: grade for grade in notebook.grades}
        for name, cell_id in cells.grades.items():
            grade = by_cell[cell_id]
            grade.auto_score = scores.get(name, 0.0)
            given = grade.manual_score is not None
            if not (given and grade.auto_score is None and name in unchanged):
                grade.needs_manual_grade = given or grade.auto_score is None
        names = {cell_id: name for name, cell_id in cells.comments.items()}
        for comment in notebook.comments:
            empty = names.get(comment.cell_id) in untouched
            comment.auto_comment = NO_RESPONSE if empty else None

    def _penalise(
        self, submission: SubmittedAssignment, notebook: SubmittedNotebook, student: str
    ) -> None:
        """Set the late penalty as nbgrader's own preprocessor does, without its log lines."""
        late = submission.total_seconds_late
        if late <= 0:
            return
        score = sum(_score(grade) for grade in notebook.grades)
        penalty = self._penalties.plugin_inst.late_submission_penalty(student, score, late)
        if penalty is not None:
            bounded = self._penalties._check_late_penalty(SimpleNamespace(score=score), penalty)
            notebook.late_submission_penalty = bounded


@contextmanager
def open_gradebook(folder: ClassFolder, config: Config) -> Iterator[Writer]:
    """A `Writer` into a class folder's gradebook, which is closed at the end."""
    with folder.gradebook(config) as gradebook:
        yield Writer(gradebook, config)


def auto_scores(
    verdict: NotebookVerdict, untouched: frozenset[str]
) -> Iterator[tuple[str, float | None]]:
    """Automatic score by nbgrader's name of the graded cell; None where a person has to decide."""
    for task, found in verdict.exercises.items():
        yield layout.test_id(task), found.score
    for task in verdict.manual:
        unanswered = verdict.status == "rejected" or task in untouched
        yield layout.answer_id(task), 0.0 if unanswered else None


def _part(submission: SubmittedAssignment, cells: _Cells) -> SubmittedNotebook:
    """The submission's part for one notebook, with a row for each of its cells.

    Rows may be missing where the assignment was released anew after the submission came.
    """
    found = [n for n in submission.notebooks if n.notebook_id == cells.notebook_id]
    part = found[0] if found else SubmittedNotebook(notebook_id=cells.notebook_id)
    if not found:
        submission.notebooks.append(part)
    graded = {grade.cell_id for grade in part.grades}
    part.grades.extend(Grade(cell_id=c) for c in cells.grades.values() if c not in graded)
    commented = {comment.cell_id for comment in part.comments}
    part.comments.extend(Comment(cell_id=c) for c in cells.comments.values() if c not in commented)
    return part


def _given(notebook: SubmittedNotebook, cells: _Cells) -> dict[str, Given]:
    """What persons gave to a submission, by task."""
    scores = {grade.cell_id: grade.manual_score for grade in notebook.grades}
    told = {comment.cell_id: comment.manual_comment or "" for comment in notebook.comments}
    found = {layout.task_called(n): Given(scores.get(cell)) for n, cell in cells.grades.items()}
    for name, cell in cells.comments.items():
        task = layout.task_called(name)
        found[task] = replace(found.get(task, Given()), comment=told.get(cell, ""))
    return {task: given for task, given in found.items() if given != Given()}


def _cells_of(notebook: Notebook) -> _Cells:
    graded = [*notebook.grade_cells, *notebook.task_cells]
    commented = [*notebook.solution_cells, *notebook.task_cells]
    return _Cells(
        notebook.id,
        {cell.name: cell.id for cell in graded},
        {cell.name: cell.id for cell in commented},
    )


def _score(grade: Any) -> float:
    points = grade.manual_score if grade.manual_score is not None else grade.auto_score
    return float(points or 0.0) + float(grade.extra_credit or 0.0)


def _unknown(what: str) -> str:
    return f"the gradebook does not know the {what}: release it first with `course release`"
