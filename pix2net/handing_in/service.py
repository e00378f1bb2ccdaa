"""The class's service for handing in, as a learner's machine speaks to it: list, fetch, submit.

`course join` keeps where it is and who one is there in a file that its owner alone can read. On a
JupyterHub the variable COURSE_SERVICE says where, and the server's own token who.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from platformdirs import user_config_path

from pix2net.files import APP, PRIVATE, Rejected, read_bounded, replace_file
from pix2net.judging.wording import worded

URL, TOKEN, HUB_TOKEN = "COURSE_SERVICE", "COURSE_TOKEN", "JUPYTERHUB_API_TOKEN"
SECONDS = 60.0
MAX_ANSWER = 64 * 2**20  # bytes
MAX_SETTINGS = 10_000
NOTEBOOK = "application/x-ipynb+json"


class ServiceError(Exception):
    """What the service did not do, and why, in one sentence."""


@dataclass(frozen=True)
class Joined:
    """Where a class hands in, and who one is there.

    Attributes:
        url: of the service, without a slash at its end.
        token: what proves who one is; a secret.
        public_key: of the class, for receipts; "" where it is not known yet.
    """

    url: str
    token: str
    student: str = ""
    course: str = ""
    public_key: str = ""

    def save(self) -> Path:
        """Write it where its owner alone can read it."""
        replace_file(settings_file(), json.dumps(asdict(self)) + "\n", PRIVATE)
        return settings_file()


def settings_file() -> Path:
    """Where `course join` keeps what it was told."""
    return user_config_path(APP) / "service.json"


def joined(environment: Mapping[str, str] = os.environ) -> Joined | None:
    """The service of this learner: what the environment says, else what was joined; or None."""
    if environment.get(URL):
        token = environment.get(TOKEN) or environment.get(HUB_TOKEN, "")
        return Joined(environment[URL].rstrip("/"), token)
    try:
        return Joined(**json.loads(read_bounded(settings_file(), MAX_SETTINGS)))
    except (Rejected, ValueError, TypeError):
        return None


def must_be_safe(url: str) -> str:
    """An address at which a token may be shown. Raises `ServiceError` for one that all can hear."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that are not closed, and the like
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        told = worded("{url} is no address of a service: it begins with https://", url=url)
        raise ServiceError(told)
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise ServiceError(
            worded(
                "{url} is not encrypted, and whoever listens would have your token: ask for the "
                "address with https://",
                url=url,
            )
        )
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _NoDetours(HTTPRedirectHandler):
    """A token goes to the address that was joined and to no other."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        return None


class Service:
    """Asks the service. Everything raises `ServiceError` with a sentence."""

    def __init__(self, where: Joined) -> None:
        self.where = where
        self._opener = build_opener(_NoDetours)

    def me(self) -> dict[str, Any]:
        """Who one is there: ``student``, ``course``, ``public_key``."""
        return self._json("GET", "me")

    def assignments(self) -> list[dict[str, Any]]:
        """What was released, with one's own attempts."""
        return self._list("assignments", "assignments")

    def files(self, assignment: str) -> bytes:
        """A zip archive of the files of an assignment."""
        return self._ask("GET", f"assignments/{quote(assignment)}/files.zip")

    def submit(self, assignment: str, content: bytes) -> dict[str, Any]:
        """Hand in a notebook; what the service says, with the text of its signed ``receipt``."""
        return self._json("POST", f"assignments/{quote(assignment)}/attempts", content)

    def feedback(self, assignment: str) -> bytes:
        """The page of feedback on an assignment."""
        return self._ask("GET", f"assignments/{quote(assignment)}/feedback")

    def ask(self, assignment: str, task: str, reason: str) -> dict[str, Any]:
        """Ask for a second look at an exercise or question; the request as it is kept."""
        told = json.dumps({"task": task, "reason": reason}).encode()
        return self._json("POST", f"assignments/{quote(assignment)}/requests", told)

    def requests(self, assignment: str) -> list[dict[str, Any]]:
        """What one has asked of an assignment, with the answers."""
        return self._list(f"assignments/{quote(assignment)}/requests", "requests")

    def _list(self, path: str, name: str) -> list[dict[str, Any]]:
        found = self._json("GET", path).get(name)
        if not isinstance(found, list):
            told = worded("{url} does not answer as a class's service does", url=self.where.url)
            raise ServiceError(told)
        return found

    def _json(self, method: str, path: str, content: bytes | None = None) -> dict[str, Any]:
        try:
            found = json.loads(self._ask(method, path, content))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            told = worded("{url} does not answer as a class's service does", url=self.where.url)
            raise ServiceError(told)
        return found

    def _ask(self, method: str, path: str, content: bytes | None = None) -> bytes:
        if not all("!" <= sign <= "~" for sign in self.where.token):
            raise ServiceError(worded("your token has signs that no token has: copy it once more"))
        headers = {"Authorization": f"token {self.where.token}", "Accept": "application/json"}
        if content is not None:
            headers["Content-Type"] = NOTEBOOK
        request = Request(
            f"{self.where.url}/api/{path}", data=content, headers=headers, method=method
        )
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                found = answer.read(MAX_ANSWER + 1)
        except HTTPError as error:
            raise ServiceError(_reason(error)) from None
        except (URLError, OSError, http.client.HTTPException) as error:
            why = getattr(error, "reason", error)
            raise ServiceError(
                worded(
                    "{url} cannot be reached ({why}): nothing was lost; try again",
                    url=self.where.url,
                    why=why,
                )
            ) from None
        if len(found) > MAX_ANSWER:
            told = worded("{url} answers with more than anyone could ask", url=self.where.url)
            raise ServiceError(told)
        return bytes(found)


def _reason(error: HTTPError) -> str:
    """The sentence that the service gave, else what the status means."""
    try:
        told = json.loads(error.read(MAX_SETTINGS))["error"]
    except (ValueError, KeyError, TypeError, OSError, http.client.HTTPException):
        told = ""
    return str(told)[:500] or worded(
        "the service answered with status {code}: {why}", code=error.code, why=error.reason
    )
