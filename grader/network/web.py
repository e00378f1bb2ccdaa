"""The service over HTTP: an interface for programs below ``api/``, and a plain page for browsers.

Who asks is known before a body is read. What anybody gets is their own: every answer is made for
the student whose token, cookie or hub says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urljoin

from tornado import web
from tornado.httputil import HTTPServerRequest, parse_body_arguments

from grader.classroom.requests import MAX_REASON
from grader.network import pages
from grader.network.desk import Refused
from grader.network.handlers import COOKIE, COOKIE_DAYS, FORM_BYTES, Base, Parts, Taking
from grader.network.tokens import digest_of_token

NAME = r"([^/]+)"
# Where one may be led after the log-in, as a feedback page links to it; nowhere else.
WANTED = re.compile(r"assignments/[\w.%-]+/requests\?task=[\w.%-]+", re.ASCII)


class Me(Base):
    """Who one is."""

    def get(self) -> None:
        parts = self.parts
        self.write(
            {"student": self.student, "course": parts.course, "public_key": parts.public_key}
        )


class List(Base):
    """What was released, and one's own attempts."""

    async def get(self) -> None:
        self.write({"assignments": await self.off(self.parts.desk.assignments, self.student)})


class Files(Base):
    """The files of an assignment."""

    async def get(self, assignment: str) -> None:
        content = await self.off(self.parts.desk.files, assignment)
        self.set_header("Content-Type", "application/zip")
        name = quote(f"{assignment}.zip")
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
        self.write(content)


class Attempts(Taking):
    """Handing in, from a program."""

    async def taken(self, assignment: str) -> None:
        """Answer with the receipt."""
        self.write(await self.take(assignment, bytes(self.body)))


class ReceiptOf(Base):
    """The signed receipt of an attempt."""

    async def get(self, assignment: str, number: str) -> None:
        attempt = await self.off(self.parts.desk.attempt, self.student, assignment, int(number))
        self.set_header("Content-Type", "application/json")
        name = quote(f"{assignment}-{number}.receipt.json")
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
        self.write(await self.off(attempt.receipt))


class Feedback(Base):
    """One's page of feedback."""

    async def get(self, assignment: str) -> None:
        # What a program fetches is read elsewhere: its links need the whole address.
        desk, by_program = self.parts.desk, "Authorization" in self.request.headers
        address = desk.policy.address if by_program else self.parts.prefix
        content = await self.off(desk.feedback, self.student, assignment, address)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.set_header("Content-Security-Policy", pages.FEEDBACK_POLICY)
        self.write(content)


class Asking(Taking):
    """Takes a request for a second look, which is short."""

    brings, shorter = "request", f"a reason has at most {MAX_REASON} characters"

    def most(self) -> int:
        return FORM_BYTES


class Requests(Asking):
    """One's requests for a second look, and a new one, from a program."""

    async def get(self, assignment: str) -> None:
        """What one has asked, with the answers."""
        found = await self.off(self.parts.desk.requests, self.student, assignment)
        self.write({"requests": found})

    async def taken(self, assignment: str) -> None:
        """Answer with what was kept."""
        try:
            told = json.loads(bytes(self.body))
            task, reason = told["task"], told["reason"]
        except (ValueError, KeyError, TypeError, RecursionError):
            task = reason = None
        if not (isinstance(task, str) and isinstance(reason, str)):
            raise Refused(400, 'send {"task": NAME, "reason": TEXT}')
        found, new = await self.off(self.parts.desk.ask, self.student, assignment, task, reason)
        self.set_status(201 if new else 200)
        self.write(found.for_its_student())


class Key(Base):
    """The class's public key, which is for everybody."""

    async def prepare(self) -> None:
        """Nobody need be known."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/plain")
        self.write(self.parts.public_key + "\n")


class InBrowser(Base):
    """Answers with pages."""

    def nobody(self) -> None:
        if self.request.method == "POST":  # what was sent is gone, and must not seem to be kept
            self.say(401, "you are not logged in any more, so nothing was kept: log in, and send "
                     "it again")  # fmt: skip
            return
        wanted = self.request.uri.removeprefix(self.parts.prefix) if self.request.uri else ""
        query = f"?wanted={quote(wanted, safe='')}" if WANTED.fullmatch(wanted) else ""
        self.redirect(f"{self.parts.prefix}login{query}")

    def say(self, status: int, reason: str, wait: float = 0.0) -> None:
        self.set_status(status)
        if wait:
            self.set_header("Retry-After", str(int(wait) + 1))
        self.finish(pages.problem(self.parts, reason))


class Home(InBrowser):
    """All assignments, with a form each."""

    async def get(self) -> None:
        rows = await self.off(self.parts.desk.assignments, self.student)
        token = self.xsrf_token.decode()
        self.write(pages.home(self.parts, self.student, rows, token, self.get_argument("done", "")))


class FormTaken(Taking, InBrowser):
    """Takes a form of ours whose word comes with its body."""

    form_comes_later = True

    def read_form(self) -> dict[str, Any]:
        """Know the form's arguments, and give its files; a form of another site ends here."""
        arguments, files = _form(self.request, bytes(self.body))
        self.request.body_arguments.update(arguments)
        for name, values in arguments.items():
            self.request.arguments.setdefault(name, []).extend(values)
        self.form_comes_later = False
        self.check_xsrf_cookie()
        return files


class RequestForm(FormTaken, Asking):
    """Asking for a second look, from a browser."""

    async def prepare(self) -> None:
        """Lead here whoever comes from elsewhere: our cookies come with our own links alone."""
        framed = self.request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame")
        foreign = self.request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
        if self.request.method == "GET" and (framed or foreign):
            here = (
                self.parts.desk.policy.address or f"{self.request.protocol}://{self.request.host}"
            )
            path = self.request.uri or ""
            self.set_header("Content-Security-Policy", pages.SIGNPOST_POLICY)
            self.finish(pages.signpost(self.parts, urljoin(here, path), framed=framed))
            return
        await super().prepare()

    async def get(self, assignment: str) -> None:
        """The page of one task's form, to which its feedback leads."""
        task = self.get_query_argument("task", "")
        looks = await self.off(self.parts.desk.second_look, self.student, assignment, task)
        word = self.xsrf_token.decode()
        self.write(pages.second_look(self.parts, assignment, task, looks, word))

    async def taken(self, assignment: str) -> None:
        """Answer with the page on which the request stands."""
        self.read_form()
        task, reason = (self.get_body_argument(name, "") for name in ("task", "reason"))
        await self.off(self.parts.desk.ask, self.student, assignment, task, reason)
        name, prefix = quote(assignment), self.parts.prefix
        if self.get_body_argument("from", "") == "feedback":
            self.redirect(f"{prefix}api/assignments/{name}/feedback#{quote(task)}")
        else:
            self.redirect(f"{prefix}#{name}")


class HandInForm(FormTaken):
    """Handing in, from a browser."""

    async def taken(self, assignment: str) -> None:
        """Answer with the page of what was handed in."""
        found = self.read_form().get("notebook", [])
        if len(found) != 1 or not found[0].body:
            raise Refused(400, "choose the notebook first, then hand it in")
        taken = await self.take(assignment, bytes(found[0].body))
        self.redirect(f"{self.parts.prefix}?done={quote(assignment)}:{taken['attempt']}")


def _form(request: HTTPServerRequest, body: bytes) -> tuple[dict[str, list[bytes]], dict[str, Any]]:
    arguments: dict[str, list[bytes]] = {}
    files: dict[str, Any] = {}
    parse_body_arguments(request.headers.get("Content-Type", ""), body, arguments, files)
    return arguments, files


class Login(InBrowser):
    """Shows one's token once; a cookie stands for it then."""

    async def prepare(self) -> None:
        """Nobody is known yet."""

    def get(self) -> None:
        wanted = self.get_query_argument("wanted", "")
        self.write(pages.login(self.parts, self.xsrf_token.decode(), wanted=wanted))

    def post(self) -> None:
        token = self.get_body_argument("token", "").strip()
        wanted = self.get_body_argument("wanted", "")
        tokens = self.parts.tokens
        self._may_log_in()
        found = tokens.student_of(token) if tokens is not None else None
        self._note_login(found)
        if found is None:
            self.set_status(401)
            sentence = "Nobody has this token. Was all of it copied?"
            self.write(pages.login(self.parts, self.xsrf_token.decode(), sentence, wanted))
            return
        self.set_signed_cookie(
            COOKIE, digest_of_token(token), expires_days=COOKIE_DAYS, httponly=True,
            samesite="Strict", secure=self.request.protocol == "https", path=self.parts.prefix,
        )  # fmt: skip
        self.redirect(self.parts.prefix + (wanted if WANTED.fullmatch(wanted) else ""))


class Logout(InBrowser):
    """Forgets the cookie."""

    def post(self) -> None:
        self.clear_cookie(COOKIE, path=self.parts.prefix)
        self.redirect(self.parts.prefix + "login")


def application(parts: Parts, cookie_secret: str, **settings: Any) -> web.Application:
    """The application; who asks is known by tokens."""
    return web.Application(
        routes(parts, lambda kind: kind),
        cookie_secret=cookie_secret,
        xsrf_cookies=True,
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Strict", "path": parts.prefix},
        **settings,
    )


def routes(parts: Parts, known: Callable[[type[Base]], type[Base]]) -> list[Any]:
    """Addresses and who answers.

    Args:
        known: makes a handler one that knows who asks.
    """
    table: list[tuple[str, type[Base]]] = [
        ("api/me", Me),
        ("api/assignments", List),
        (f"api/assignments/{NAME}/files.zip", Files),
        (f"api/assignments/{NAME}/attempts", Attempts),
        (rf"api/assignments/{NAME}/attempts/(\d{{1,9}})/receipt", ReceiptOf),
        (f"api/assignments/{NAME}/feedback", Feedback),
        (f"api/assignments/{NAME}/requests", Requests),
        ("", Home),
        (f"assignments/{NAME}", HandInForm),
        (f"assignments/{NAME}/requests", RequestForm),
    ]
    if parts.tokens is not None:
        table += [("login", Login), ("logout", Logout)]
    found = [(parts.prefix + path, known(kind), {"parts": parts}) for path, kind in table]
    return [*found, (f"{parts.prefix}api/key", Key, {"parts": parts})]
