"""Pages beside formgrader on which persons grade answers: one question over all students.

Where students ask for a second look at an exercise, it has such a page as well.

What they show comes from the gradebook and the graded notebooks, at every request anew, since
several graders work on one class, each with a server of their own.
"""

from __future__ import annotations

import getpass
import html
import json
import os
from collections import Counter
from collections.abc import Iterable
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
from grader.classroom.requests import MAX_ANSWER, Request, RequestError, all_requests, answer
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
        """A question that persons grade, or an exercise. Raises `web.HTTPError` for neither."""
        with self.session() as db:
            for found in by_hand.questions(db):
                if (found.assignment, found.task) == (assignment, task):
                    return found
            points = by_hand.points_of(db, assignment, task)
        if points is None:
            raise web.HTTPError(404)
        return by_hand.Question(assignment, task, points, in_words=False)

    def fail(self, status: int, sentence: str) -> None:
        """Answer a script that something was not done."""
        self.set_status(status)
        self.write(json.dumps({"error": sentence}))

    def requests(self, assignment: str, task: str) -> list[Request]:
        """What students have asked about a task."""
        found = all_requests(self.folder, assignment)
        return [request for request in found if request.task == task]

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
            waiting = Counter(
                (r.assignment, r.task) for r in all_requests(self.folder) if r.is_open
            )
            self.page(
                "questions.html.j2", questions=found, graders=by_hand.graders(db),
                requests=sorted(waiting.items()),
            )  # fmt: skip


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
            "in_words": question.in_words, "longest": MAX_ANSWER,
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
        ask = {each.student for each in self.requests(assignment, task) if each.is_open}
        told = [{**each.as_json(), "asks": each.student in ask} for each in found]
        self.write(json.dumps({"answers": told}))


class AnswerData(BaseApiHandler, _OfAClass):
    """One student's answer: what stands in it, and what it gets."""

    @web.authenticated
    @check_notebook_dir
    def get(self, assignment: str, task: str, student: str) -> None:
        """The answer as inert HTML, its state, what an earlier hand-in got, and requests."""
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
                    "requests": _shown(self.requests(assignment, task), student),
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
            self.fail(404, str(problem))
        except OperationalError:
            self.fail(503, BUSY)
        else:
            self.write(json.dumps(now.as_json()))

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


class RequestData(BaseApiHandler, _OfAClass):
    """One student's request for a second look."""

    @web.authenticated
    @check_notebook_dir
    def put(self, assignment: str, task: str, student: str, number: str) -> None:
        """Answer it; 409 where that cannot be, as somebody else was faster."""
        own = [each for each in self.requests(assignment, task) if each.student == student]
        found = next((each for each in own if each.number == int(number)), None)
        if found is None:
            raise web.HTTPError(404)
        told = self.get_json_body()
        text = told.get("answer") if isinstance(told, dict) else None
        if not isinstance(text, str):
            raise web.HTTPError(400, "this is no answer")
        try:
            answer(self.folder, found, text, self.grader_name)
        except RequestError as problem:
            self.fail(409, str(problem))
        else:
            self.write(json.dumps({"requests": _shown(self.requests(assignment, task), student)}))


def _shown(found: Iterable[Request], student: str) -> list[dict[str, Any]]:
    """A student's requests, as the page shows them."""
    own = (each for each in found if each.student == student)
    return [{**each.as_json(), "day": each.day, "is_open": each.is_open} for each in own]


def _points(value: Any) -> float | None:
    return None if value is None else float(value)


def prompt_of(folder: ClassFolder, assignment: str, task: str) -> str:
    """What a question asks, in Markdown."""
    for cell in cells_of(folder.release(assignment) / layout.notebook_name(assignment)):
        if layout.task_of(cell) == task and layout.role_of(cell) == "prose":
            return "".join(cell.get("source", ""))
    return ""


def answer_of(folder: ClassFolder, assignment: str, task: str, student: str) -> str:
    """A student's answer in words or code, as inert HTML; "" where there is none."""
    place = folder.root / "autograded" / student / assignment
    found: dict[str | None, list[str]] = {"written": [], "answer": []}
    for cell in cells_of(place / layout.notebook_name(assignment)):
        if layout.task_of(cell) == task and layout.role_of(cell) in found:
            found[layout.role_of(cell)].append("".join(cell.get("source", "")))
    code = "".join(f"<pre>{html.escape(inert.text(source))}</pre>" for source in found["answer"])
    return inert.markup("\n".join(found["written"])) + code


PLACE = r"([^/]+)/([^/]+)"
HANDLERS = (
    (r"/formgrader/answers/?", QuestionsPage),
    (rf"/formgrader/answers/{PLACE}/?", QuestionPage),
    (rf"/formgrader/api/answers/{PLACE}", AnswersData),
    (rf"/formgrader/api/answers/{PLACE}/([^/]+)", AnswerData),
    (rf"/formgrader/api/answers/{PLACE}/([^/]+)/requests/(\d{{1,9}})", RequestData),
)


def fresh_after(handler: web.RequestHandler) -> None:
    """Let formgrader forget what it has read, once a request is answered.

    It keeps what it has read for as long as its server runs, and other graders write meanwhile.
    """
    gradebook = handler.settings.get("nbgrader_gradebook")
    if isinstance(handler, BaseHandler) and gradebook is not None:
        with suppress(OperationalError):
            gradebook.db.rollback()
