"""Writes feedback pages into a class folder, from verdicts, notebooks and the gradebook."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from nbformat import NotebookNode, v4
from nbgrader.api import Gradebook, MissingEntry, SubmittedNotebook

from grader.classroom.attempts import History
from grader.classroom.by_hand import criteria_met
from grader.classroom.policy import policy_of
from grader.classroom.records import Records
from grader.classroom.requests import requests_of
from grader.exercises.registry import chapter_named
from grader.grading.released import GradingError
from grader.grading.verdict import NotebookVerdict
from grader.handed_in.languages import languages_of
from grader.handed_in.submitted import SECRET, TIMESTAMP
from grader.release.course_dir import ClassFolder
from grader.reports.feedback import ByHand, Remark, feedback_page
from grader.reports.prompts import prompt_in, title_in
from grader.reports.second_looks import Asking
from grader.reports.sentences import reworded
from grader.reports.student_code import MAX_GRADED
from grader.weave import layout
from pix2net.files import Rejected, read_bounded, replace_file
from pix2net.judging.wording import speaking

MAX_BESIDE = 10_000  # bytes of nbgrader's files beside a notebook


@dataclass(frozen=True)
class FeedbackJob:
    """One page to write, in the student's language."""

    folder: ClassFolder
    verdict: NotebookVerdict
    name: str
    language: str
    by_hand: ByHand
    asking: Asking

    @property
    def student(self) -> str:
        return self.verdict.student or "unknown"

    @property
    def assignment(self) -> str:
        return self.verdict.assignment

    def page(self) -> str:
        """The page, as HTML."""
        prompt = None
        if self.language or languages_of(self.folder).own:  # else all is in English
            prompt = partial(prompt_in, self.language, self.assignment)
        with speaking(self.language):
            return feedback_page(
                self.verdict,
                _notebook(self.folder, self.verdict),
                title=title_in(self.language, self.assignment),
                student=self.name,
                by_hand=self.by_hand,
                asking=self.asking,
                prompt=prompt,
            )

    def write(self) -> Path:
        """Write the page below ``feedback/``, where nbgrader looks for it, and give its path.

        A page that was written since its results were recorded keeps its time: what a person adds
        shows nothing new of hidden inputs (`grader.classroom.shown`).
        """
        target = self.folder.root / "feedback" / self.student / self.assignment
        path = target / f"{self.assignment}.html"
        recorded = Records(self.folder.root).path(self.student, self.assignment)
        shown = path.stat().st_mtime_ns if path.is_file() else 0
        replace_file(path, self.page())
        if shown >= recorded.stat().st_mtime_ns:
            os.utime(path, ns=(shown, shown))
        graded = _autograded(self.folder, self.verdict)
        for name in (TIMESTAMP, SECRET):  # what nbgrader's release of feedback reads
            with suppress(Rejected):  # there is none
                replace_file(target / name, read_bounded(graded / name, MAX_BESIDE))
        return path


def feedback_for_class(
    folder: ClassFolder, assignments: Sequence[str] = (), students: Sequence[str] = ()
) -> list[FeedbackJob]:
    """The pages to write: of all that was graded, or of some assignments and students.

    Raises:
        GradingError: nothing of it was graded.
        PolicyError: what the class allows is not understood.
    """
    if not students:
        folder.clear()
    records = Records(folder.root)
    languages = languages_of(folder)
    wanted = list(reworded(folder, records.all(assignments, students), languages))
    if not wanted:
        raise GradingError("nothing of that has been graded yet: run `course grade` first")
    config = folder.config()
    policy = policy_of(config)
    with folder.gradebook(config) as gradebook:
        names = {
            s.id: f"{s.first_name or ''} {s.last_name or ''}".strip() for s in gradebook.students
        }
        return [
            FeedbackJob(
                folder,
                verdict,
                names.get(verdict.student) or verdict.student or "unknown",
                languages.of(verdict.student or ""),
                replace(
                    by_hand(
                        gradebook,
                        verdict,
                        records.history(verdict.student or "", verdict.assignment),
                    ),
                    requests=requests_of(folder, verdict.student or "", verdict.assignment),
                ),
                Asking(
                    verdict.assignment,
                    policy.of(verdict.assignment).second_looks,
                    policy.address,
                ),
            )
            for verdict in wanted
        ]


def by_hand(gradebook: Gradebook, verdict: NotebookVerdict, history: History) -> ByHand:
    """Manual scores, comments and the late penalty of one submission.

    What was given to another answer than the one that was graded is told apart.
    """
    try:
        submitted = gradebook.find_submission_notebook(
            verdict.notebook, verdict.assignment, verdict.student
        )
    except MissingEntry:
        return ByHand()
    scores: dict[str, float | None] = {}
    before: dict[str, tuple[float, str]] = {}
    confirmed = set()
    instead: dict[str, tuple[float, bool]] = {}
    for grade in submitted.grades:
        task = layout.task_called(grade.name)
        if grade.manual_score is not None and not grade.needs_manual_grade:
            confirmed.add(task)
        if grade.name in verdict.manual:
            scores[task] = None if grade.needs_manual_grade else grade.score
            given = history.earlier(task)
            if given is not None and given.score is not None and given.score == grade.manual_score:
                before[task] = (given.score, history.when(given))
        elif grade.manual_score is not None:
            instead[task] = (grade.manual_score, task in confirmed)
    comments: dict[str, list[Remark]] = {}
    for comment in submitted.comments:
        if comment.manual_comment:
            task = layout.task_called(comment.name)
            given = None if task in confirmed else history.earlier(task)
            same = given is not None and given.comment == comment.manual_comment
            day = history.when(given) if given is not None and same else ""
            comments.setdefault(task, []).append(Remark(comment.manual_comment, day))
    criteria = {
        task: found
        for task, score in scores.items()
        if score is not None and (found := _criteria(gradebook, verdict, task, submitted))
    }
    when = submitted.assignment.timestamp
    return ByHand(
        scores,
        comments,
        submitted.assignment.late_submission_penalty or 0.0,
        before,
        f"{when:%Y-%m-%d %H:%M} UTC" if when else "",
        max(len(history.attempts), 1),
        criteria,
        instead,
    )


def _criteria(
    gradebook: Gradebook, verdict: NotebookVerdict, task: str, submitted: SubmittedNotebook
) -> list[tuple[str, bool]]:
    """The criteria of a question and whether they are met; none where nobody has said so."""
    chapter = chapter_named(verdict.assignment)
    question = chapter.questions.get(task) if chapter else None
    if question is None or not question.rubric:
        return []
    score = next((g.manual_score for g in submitted.grades if g.name == task), None)
    comment = next((c.manual_comment for c in submitted.comments if c.name == task), None)
    met = criteria_met(
        gradebook.db(), verdict.assignment, task, verdict.student or "", (score, comment or "")
    )
    rubric = question.rubric.items()
    return [(f"{t} ({p:g})", n in met) for n, (t, p) in enumerate(rubric)] if met else []


def _notebook(folder: ClassFolder, verdict: NotebookVerdict) -> NotebookNode | None:
    path = _autograded(folder, verdict) / layout.notebook_name(verdict.assignment)
    try:
        content = read_bounded(path, MAX_GRADED)
        # We wrote it: looking for mistakes in it takes longer than reading it.
        return v4.reads_json(content.decode("utf-8"))
    except (Rejected, ValueError):
        return None


def _autograded(folder: ClassFolder, verdict: NotebookVerdict) -> Path:
    return folder.root / "autograded" / (verdict.student or "") / verdict.assignment
