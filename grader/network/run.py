"""Runs the service: one process that answers, and beside it one that grades at hand-in."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import secrets
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from grader.classroom.policy import policy_of
from grader.handed_in.signing import signing_key
from grader.network import web
from grader.network.desk import Desk
from grader.network.handlers import FORM_BYTES, LOGINS, Parts
from grader.network.inbox import Inbox
from grader.network.limits import Rate, Room
from grader.network.line import Line
from grader.network.tokens import Tokens
from grader.release.course_dir import PRIVATE_FILE, ClassFolder
from grader.sandbox import Wall
from pix2net.files import replace_file
from pix2net.handing_in.receipt import public_text

LOCK, COOKIES = ".serve.lock", "cookies.key"
THREADS = 8
REQUESTS_A_NOTEBOOK = 12  # of those that a student may make, so many for each that brings one
BODIES = 256 * 2**20  # bytes of hand-ins that may be on their way at a time
IDLE_SECONDS, BODY_SECONDS, END_SECONDS = 60.0, 120.0, 5.0


class ServeError(Exception):
    """Why the service does not start, in one sentence."""


@dataclass(frozen=True)
class Where:
    """Where the service answers.

    Attributes:
        address, port: to listen on; 0 for any free port.
        proxied: whether a proxy in front says who asks and over what (X-Forwarded-For, -Proto).
        prefix: of all addresses, with a slash at both ends.
        hub: whether a JupyterHub has started us and says who asks.
    """

    address: str = "127.0.0.1"
    port: int = 8010
    proxied: bool = False
    prefix: str = "/"
    hub: bool = False


@contextmanager
def alone(folder: ClassFolder) -> Iterator[None]:
    """Be the one service of a class folder. Raises `ServeError` if there is another."""
    with open(folder.root / LOCK, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServeError(f"another `course serve` is running for {folder.root}") from None
        yield


def cookie_secret(folder: ClassFolder) -> str:
    """What cookies are signed with; made once, so that a restart logs nobody out."""
    path = folder.root / COOKIES
    if not path.is_file():
        replace_file(path, secrets.token_hex(32), PRIVATE_FILE)
    return path.read_text().strip()


def build_desk(folder: ClassFolder) -> Desk:
    """The class's desk, with all that earlier runs have taken."""
    desk = Desk(Inbox(folder, folder.course_id(), signing_key(folder)), policy_of(folder.config()))
    desk.recover()
    return desk


async def serve(
    folder: ClassFolder, where: Where, jobs: int, wall: Wall, say: Callable[[str], None]
) -> None:
    """Answer until told to end.

    Args:
        folder: of the class.
        where: to answer.
        jobs: attempts that are graded at a time (0: one a core).
        wall: what they run behind.
        say: prints a line.

    Raises:
        ServeError: it cannot listen there.
        NoGrading: attempts are to be graded when they come, and this machine cannot.
    """
    desk = build_desk(folder)
    with ThreadPoolExecutor(THREADS, thread_name_prefix="desk") as work:

        async def settle(name: str) -> None:
            student, assignment, _ = name.split("/")
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(work, desk.settle, student, assignment)

        line = Line(folder.root, jobs, wall, desk.waiting, settle)
        requests = desk.policy.requests
        parts = Parts(
            desk, folder.course_id(), public_text(signing_key(folder)), work, line.tell,
            Rate(requests), Rate(max(1, requests // REQUESTS_A_NOTEBOOK)), Rate(LOGINS),
            Room(BODIES), where.prefix, None if where.hub else Tokens(folder),
        )  # fmt: skip
        server = _server(parts, folder, where)
        port = _listen(server, where)
        if desk.policy.grades:
            await line.start()
        say(f"http://{where.address}:{port}{where.prefix}")
        await _told_to_end()
        server.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(server.close_all_connections(), END_SECONDS)
        await line.stop()


def _server(parts: Parts, folder: ClassFolder, where: Where) -> HTTPServer:
    secret = cookie_secret(folder)
    if where.hub:
        from grader.network import hub  # an extra of its own

        application = hub.application(parts, secret)
    else:
        application = web.application(parts, secret)
    return HTTPServer(
        application,
        xheaders=where.proxied,
        max_body_size=FORM_BYTES,  # who may hand in is let send more, once they are known
        max_header_size=16 * 1024,
        idle_connection_timeout=IDLE_SECONDS,
        body_timeout=BODY_SECONDS,
    )


def _listen(server: HTTPServer, where: Where) -> int:
    try:
        sockets = bind_sockets(where.port, where.address, backlog=1024)
    except UnicodeError:
        raise ServeError(f"{where.address} is no address of this machine") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"port {where.port} is in use: name another one with --port") from None
        raise ServeError(
            f"nobody can listen on {where.address}, port {where.port} ({error.strerror})"
        ) from None
    server.add_sockets(sockets)
    return int(sockets[0].getsockname()[1])


async def _told_to_end() -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()
