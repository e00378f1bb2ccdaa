"""What every answer over HTTP has: who it is for, how it is refused, how a body is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import responses
from typing import Any, TypeVar

from tornado import web

from grader.network import pages
from grader.network.desk import Desk, Refused
from grader.network.limits import Rate, Room
from grader.network.tokens import Tokens

T = TypeVar("T")
COOKIE = "course"
COOKIE_DAYS = 30
FORM_BYTES = 64 * 1024  # that a form adds to a notebook, and all that any other body may have
LOGINS = 20  # that may fail in a minute, from one address
MOST_THROWN_AWAY = 64 * 2**20  # bytes of a refused body that are read, so that its sender hears why


@dataclass
class Parts:
    """What all handlers share.

    Attributes:
        rate, uploads: requests of a student, and those among them that bring a notebook.
        logins: tokens that are nobody's, by address.
        work: threads in which the disk is waited for.
        tell: says to the grading process that an attempt waits.
        prefix: of all addresses, with a slash at both ends.
    """

    desk: Desk
    course: str
    public_key: str
    work: ThreadPoolExecutor
    tell: Callable[[str], None]
    rate: Rate
    uploads: Rate
    logins: Rate
    room: Room
    prefix: str = "/"
    tokens: Tokens | None = None


class Base(web.RequestHandler):
    """What every answer has, and who it is for."""

    student: str = ""
    form_comes_later = False  # whether a form's word is looked for once its body is here

    def initialize(self, parts: Parts) -> None:
        self.parts = parts

    def set_default_headers(self) -> None:
        self.set_header("Server", "course")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Content-Security-Policy", pages.POLICY)

    def who(self) -> str | None:
        """The student who asks, or None."""
        kind, _, token = self.request.headers.get("Authorization", "").partition(" ")
        tokens = self.parts.tokens
        if tokens is None:
            return None
        if kind.lower() in ("token", "bearer"):
            found = tokens.student_of(token.strip()) if self._may_log_in() else None
            self._note_login(found)
            return found
        cookie = self.get_signed_cookie(COOKIE, max_age_days=COOKIE_DAYS)
        return tokens.student_of_digest(cookie.decode("ascii", "replace")) if cookie else None

    def _may_log_in(self) -> bool:
        if self.parts.logins.left(self.request.remote_ip or "") < 1:
            raise Refused(429, "too many tokens that are nobody's came from your address", 60)
        return True

    def _note_login(self, found: str | None) -> None:
        if found is None:
            self.parts.logins.take(self.request.remote_ip or "")

    async def prepare(self) -> None:
        """Know who asks, before anything else."""
        found = self.who()
        if found is None:
            self.nobody()
            return
        self.student = found
        if not self.parts.rate.take(found):
            raise Refused(429, "you ask too often: wait a minute", 60)

    def nobody(self) -> None:
        """What becomes of who is not known."""
        raise Refused(401, "nobody knows this token: ask your instructor for yours")

    def check_xsrf_cookie(self) -> None:
        """A form needs our cookie's word; a program shows its token, which no other page has."""
        if not (self.request.headers.get("Authorization") or self.form_comes_later):
            super().check_xsrf_cookie()

    async def off(self, job: Callable[..., T], *arguments: Any) -> T:
        """Do something that waits for the disk, while others are answered."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.parts.work, partial(job, *arguments))

    def write_error(self, status_code: int, **named: Any) -> None:
        """One sentence, in the form that was asked for."""
        error = named.get("exc_info", (None, None, None))[1]
        reason = getattr(error, "reason", None) or responses.get(status_code, "it failed")
        self.say(status_code, reason, getattr(error, "wait", 0.0))

    def say(self, status: int, reason: str, wait: float = 0.0) -> None:
        """End with a status and a sentence."""
        self.set_status(status)
        if wait:
            self.set_header("Retry-After", str(int(wait) + 1))
        self.finish({"error": reason})

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """What is refused is no mistake of ours."""
        if not isinstance(error, Refused):
            super().log_exception(kind, error, trace)

    def _handle_request_exception(self, error: BaseException) -> None:
        if isinstance(error, Refused) and not self._finished:
            self.say(error.status, error.reason, error.wait)
        else:
            super()._handle_request_exception(error)


@web.stream_request_body
class Taking(Base):
    """Takes a body of bounded size from somebody who is known.

    Attributes:
        brings: what it is that comes, and ``shorter`` how it gets smaller.
    """

    brings, shorter = "notebook", "clear its outputs first"

    def most(self) -> int:
        """Bytes that a body may have."""
        return self.parts.desk.policy.most_bytes + FORM_BYTES

    def initialize(self, parts: Parts) -> None:
        super().initialize(parts)
        self.body = bytearray()
        self._has_room = False
        self._refusal: Refused | None = None

    async def prepare(self) -> None:
        """Have room for the body, or refuse it.

        A refusal is told once the body has come, of which nothing is kept: who is still sending
        when the line is cut does not hear why. Only a huge body is refused unread.
        """
        self._limit = self.most()
        most = max(self._limit, MOST_THROWN_AWAY)
        self.request.connection.set_max_body_size(most)  # type: ignore[union-attr]
        try:
            await self._admit()
        except Refused as refusal:
            size = self.request.headers.get("Content-Length", "0")
            if self.request.method != "POST" or not size.isdigit() or int(size) > most:
                raise
            self._refusal = refusal

    async def _admit(self) -> None:
        await super().prepare()
        if self._finished or self.request.method != "POST":
            return
        try:
            size = int(self.request.headers["Content-Length"])
        except (KeyError, ValueError):
            raise Refused(
                411, f"say the length of the {self.brings} first (Content-Length)"
            ) from None
        if size > self._limit:
            raise Refused(413, f"the {self.brings} is too large: {self.shorter}")
        if not self.parts.uploads.take(self.student):
            raise Refused(429, f"you send {self.brings}s too often: wait a minute", 60)
        if not self.parts.room.take(self.student, size):
            raise Refused(503, "too many hand in at this moment: again in some seconds", 5)
        self._has_room = True

    def data_received(self, chunk: bytes) -> None:
        """Keep a part of the body."""
        if self._refusal is None:
            self.body += chunk

    async def post(self, assignment: str) -> None:
        """The whole body is here."""
        if self._refusal is not None:
            raise self._refusal
        await self.taken(assignment)

    async def taken(self, assignment: str) -> None:
        """Answer to a body that was taken."""
        raise NotImplementedError

    def on_finish(self) -> None:
        """Make room again."""
        if self._has_room:
            self.parts.room.give_back(self.student)
            self._has_room = False

    def on_connection_close(self) -> None:
        """Make room again, as well where the sender has gone."""
        super().on_connection_close()
        self.on_finish()

    async def take(self, assignment: str, content: bytes) -> dict[str, Any]:
        """Hand in a notebook; what there is to say of it."""
        desk = self.parts.desk
        attempt, new = await self.off(desk.hand_in, self.student, assignment, content)
        if new and desk.policy.of(assignment).graded:
            self.parts.tell(attempt.name)
        receipt = await self.off(attempt.receipt)
        self.set_status(201 if new else 200)
        return {
            "attempt": attempt.number,
            "receipt": receipt,
            "place": desk.waiting.place(attempt),
        }
