"""Pages beside formgrader on which persons grade answers: one question over all students.

What they show comes from the gradebook and the graded notebooks, at every request anew, since
several graders work on one class, each with a server of their own.
"""

from __future__ import annotations

import getpass
import json
import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbgrader.server_extensions.formgrader.base import (
    BaseApiHandler,
    BaseHandler,
    check_notebook_dir,
    check_xsrf,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from tornado import web

from grader.classroom import by_hand
from grader.classroom.records import Records
from grader.exercises.model import Question
from grader.exercises.registry import chapter_named
from grader.handed_in import inert
from grader.release.course_dir import ClassFolder
from grader.reports.student_code import cells_of
from grader.weave import layout

TEMPLATES = Path(__file__).resolve().parent / "templates"
MATHJAX = "static/jupyter_server_mathjax/MathJax.js?config=TeX-AMS-MML_HTMLorMML-full,Safe"
BUSY = "the gradebook is in use by another program at this moment: save once more"


class _OfAClass(BaseHandler):
    """A handler that knows the class folder and who asks."""

    @cached_property
    def folder(self) -> ClassFolder:
        return ClassFolder(Path(self.coursedir.root).resolve())

    @property
    def grader_name(self) -> str:
        """Who asks: on a hub the user of that name, else whose server this is."""
        on_a_hub = any(name.startswith("JUPYTERHUB_") for name in os.environ)
        if on_a_hub and self.current_user is not None:
            return str(self.current_user.username)
        return getpass.getuser()

    def session(self) -> Session:
        """A session of our own with the gradebook."""
        by_hand.prepare(self.gradebook.engine)
        return Session(self.gradebook.engine)

    def page(self, template: str, **values: Any) -> None:
        environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
        found = environment.get_template(template)
        self.write(found.render(base_url=self.base_url, xsrf=self.xsrf_token.decode(), **values))

    def question(self, assignment: str, task: str) -> by_hand.Question:
        """A question that persons grade. Raises `web.HTTPError` where there is none."""
        with self.session() as db:
            for found in by_hand.questions(db):
                if (found.assignment, found.task) == (assignment, task):
                    return found
        raise web.HTTPError(404)

    def rubric(self, assignment: str, task: str) -> list[dict[str, Any]]:
        """The criteria of a question and what each is worth."""
        chapter = chapter_named(assignment)
        question = chapter.questions.get(task) if chapter else None
        found = question.rubric if isinstance(question, Question) else {}
        return [{"text": criterion, "points": points} for criterion, points in found.items()]


class QuestionsPage(_OfAClass):
    """All questions that persons grade, with how many answers wait."""

    @web.authenticated
    @check_xsrf
    @check_notebook_dir
    def get(self) -> None:
        """The page."""
        with self.session() as db:
            found = by_hand.questions(db)
            self.page("questions.html.j2", questions=found, graders=by_hand.graders(db))


class QuestionPage(_OfAClass):
    """One question over all students."""

    @web.authenticated
    @check_xsrf
    @check_notebook_dir
    def get(self, assignment: str, task: str) -> None:
        """The page; its script asks for the answers."""
        question = self.question(assignment, task)
        asked = prompt_of(self.folder, assignment, task)
        told = {
            "assignment": assignment, "task": task, "points": question.points,
            "rubric": self.rubric(assignment, task), "grader": self.grader_name,
        }  # fmt: skip
        self.page(
            "answers.html.j2", question=question, told=told, asked=Markup(inert.markdown(asked)),
            mathjax=f"{self.base_url}/{MATHJAX}",
        )  # fmt: skip


class AnswersData(BaseApiHandler, _OfAClass):
    """The state of all answers to a question."""

    @web.authenticated
    @check_notebook_dir
    def get(self, assignment: str, task: str) -> None:
        """A list, in the order of students."""
        with self.session() as db:
            found = by_hand.answers(db, assignment, task)
        self.write(json.dumps({"answers": [each.as_json() for each in found]}))


class AnswerData(BaseApiHandler, _OfAClass):
    """One student's answer: what stands in it, and what it gets."""

    @web.authenticated
    @check_notebook_dir
    def get(self, assignment: str, task: str, student: str) -> None:
        """The answer as inert HTML, its state, and what an earlier hand-in got."""
        with self.session() as db:
            found = by_hand.answers(db, assignment, task, student)
        if not found:
            raise web.HTTPError(404)
        history = Records(self.folder.root).history(student, assignment)
        given = history.earlier(task)
        same = given is not None and given.comment == found[0].comment and found[0].waiting
        self.write(
            json.dumps(
                {
                    **found[0].as_json(),
                    "html": answer_of(self.folder, assignment, task, student),
                    "earlier": history.when(given) if given is not None and same else "",
                }
            )
        )

    @web.authenticated
    @check_notebook_dir
    def put(self, assignment: str, task: str, student: str) -> None:
        """Save a grading; 409 with the state as it is, where somebody else was faster."""
        given, seen = self._read(assignment, task, student)
        try:
            with self.session() as db:
                now = by_hand.save(db, assignment, task, given, seen=seen, grader=self.grader_name)
        except by_hand.ChangedMeanwhile as problem:
            self.set_status(409)
            self.write(json.dumps({"error": str(problem), "now": problem.now.as_json()}))
        except by_hand.NotSaved as problem:
            self._fail(404, str(problem))
        except OperationalError:
            self._fail(503, BUSY)
        else:
            self.write(json.dumps(now.as_json()))

    def _fail(self, status: int, sentence: str) -> None:
        self.set_status(status)
        self.write(json.dumps({"error": sentence}))

    def _read(
        self, assignment: str, task: str, student: str
    ) -> tuple[by_hand.Answer, tuple[float | None, str]]:
        """What the page sent. Raises `web.HTTPError` for anything else."""
        most = self.question(assignment, task).points
        try:
            told = self.get_json_body()
            score, comment = _points(told["score"]), str(told["comment"])
            criteria = [int(number) for number in told["criteria"]]
            seen = _points(told["seen"]["score"]), str(told["seen"]["comment"])
        except (KeyError, TypeError, ValueError):
            raise web.HTTPError(400, "this is no grading") from None
        if score is not None and not 0 <= score <= most:
            raise web.HTTPError(400, f"points go from 0 to {most:g}")
        if len(comment) > by_hand.MAX_COMMENT:
            raise web.HTTPError(400, "this comment is too long")
        return by_hand.Answer(student, "", score, comment, False, criteria=criteria), seen


def _points(value: Any) -> float | None:
    return None if value is None else float(value)


def prompt_of(folder: ClassFolder, assignment: str, task: str) -> str:
    """What a question asks, in Markdown."""
    for cell in cells_of(folder.release(assignment) / layout.notebook_name(assignment)):
        if layout.task_of(cell) == task and layout.role_of(cell) == "prose":
            return "".join(cell.get("source", ""))
    return ""


def answer_of(folder: ClassFolder, assignment: str, task: str, student: str) -> str:
    """A student's answer in words, as inert HTML; "" where there is none."""
    place = folder.root / "autograded" / student / assignment
    found = [
        "".join(cell.get("source", ""))
        for cell in cells_of(place / layout.notebook_name(assignment))
        if layout.task_of(cell) == task and layout.role_of(cell) == "written"
    ]
    return inert.markup("\n".join(found))


PLACE = r"([^/]+)/([^/]+)"
HANDLERS = (
    (r"/formgrader/answers/?", QuestionsPage),
    (rf"/formgrader/answers/{PLACE}/?", QuestionPage),
    (rf"/formgrader/api/answers/{PLACE}", AnswersData),
    (rf"/formgrader/api/answers/{PLACE}/([^/]+)", AnswerData),
)


def fresh_after(handler: web.RequestHandler) -> None:
    """Let formgrader forget what it has read, once a request is answered.

    It keeps what it has read for as long as its server runs, and other graders write meanwhile.
    """
    gradebook = handler.settings.get("nbgrader_gradebook")
    if isinstance(handler, BaseHandler) and gradebook is not None:
        with suppress(OperationalError):
            gradebook.db.rollback()
