"""The plain pages of the service: no script, nothing from elsewhere, every name as text."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2

from grader.classroom.requests import MAX_REASON
from grader.release.templates import escaping

if TYPE_CHECKING:
    from grader.network.handlers import Parts

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
# A signpost has nothing to click but a link, so it may be seen in a frame.
SIGNPOST_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'"
# A page of feedback shows what a student's own code displayed: it is a document of its own.
FEEDBACK_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@cache
def _environment() -> jinja2.Environment:
    environment = escaping("grader.network")
    environment.filters["moment"] = _moment
    return environment


def _moment(text: str | None) -> str:
    """A time as a person reads it."""
    if not text:
        return ""
    written = text.removesuffix(" UTC")
    return f"{datetime.fromisoformat(written):%a %d %b %Y, %H:%M} UTC"


def _render(template: str, parts: Parts, **values: Any) -> str:
    return _environment().get_template(template).render(
        course=parts.course, prefix=parts.prefix, **values
    )  # fmt: skip


def home(parts: Parts, student: str, rows: list[dict[str, Any]], xsrf: str, done: str = "") -> str:
    """The page with all assignments.

    Args:
        rows: as `Desk.assignments` gives them.
        xsrf: the word that our forms send back.
        done: ``ASSIGNMENT:ATTEMPT`` that was handed in just now.
    """
    name, _, number = done.rpartition(":")
    just = next((row for row in rows if row["assignment"] == name), None)
    known = just is not None and number in {str(a["number"]) for a in just["attempts"]}
    return _render(
        "home.html.j2", parts, student=student, rows=rows, xsrf=xsrf,
        done=(name, number) if known else None, has_logout=parts.tokens is not None,
        longest=MAX_REASON,
    )  # fmt: skip


def second_look(parts: Parts, assignment: str, task: str, looks: dict[str, Any], xsrf: str) -> str:
    """The page on which a student asks about a task; ``looks`` as `Desk.second_look` gives it."""
    return _render(
        "ask.html.j2", parts, assignment=assignment, task=task, looks=looks, xsrf=xsrf,
        longest=MAX_REASON,
    )  # fmt: skip


def signpost(parts: Parts, address: str, *, framed: bool) -> str:
    """The page that leads from another site's page, or out of a frame, to an address of ours."""
    return _render("signpost.html.j2", parts, address=address, framed=framed)


def login(parts: Parts, xsrf: str, problem: str = "", wanted: str = "") -> str:
    """The page that asks for a token; ``wanted`` is the path that one came for."""
    return _render("login.html.j2", parts, xsrf=xsrf, problem=problem, wanted=wanted)


def problem(parts: Parts, reason: str) -> str:
    """The page that says why something was not done."""
    return _render("problem.html.j2", parts, reason=reason)
