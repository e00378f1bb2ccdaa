"""One session: a forked, walled-in process, watched while it runs cells and answers calls."""

from __future__ import annotations

import os
import re
import secrets
import select
import signal
import socket
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from math import inf
from typing import Any

from grader.sandbox.api import CellResult, Limits, SandboxFailure
from grader.sandbox.channel import Channel, ClosedError, UnreadableError, parse
from grader.sandbox.deadline import Deadline, StoppedError
from grader.sandbox.meter import Meter, Spent
from grader.sandbox.names import exception_name, with_safe_names
from grader.sandbox.outputs import error_output, rebuild
from grader.sandbox.tree import Tree
from grader.sandbox.worker import Worker
from pix2net.judging import codec
from pix2net.judging.driver import Outcome, Raised

HELLO_SECONDS = 20.0
END_SECONDS = 10.0
MAX_REPLY = codec.DEFAULT_LIMITS.size
READ_ROOM = 2**20  # bytes that an answer to a question may take
CELL_NAME = re.compile(r"<cell (\d{1,6})>")
REASONS = {
    "timeout": ("Timeout", "The cell took longer than its time limit and was stopped."),
    "memory": ("OutOfMemory", "The cell used more memory than it may and was stopped."),
    "killed": ("Killed", "The cell ended the notebook's process."),
}


class Session:
    """A process of its own for one submission; a context manager.

    After a result "timeout", "memory" or "killed", and after an unreadable answer, the session is
    over: `alive` is False.

    Attributes:
        spent: seconds that its requests have taken, as `Deadline` counts them.
        end: when it ends at the latest, by `time.monotonic`; for whoever grades to set.
    """

    def __init__(self, worker: Worker, limits: Limits, owns_worker: bool = False) -> None:
        self.limits = limits
        self.alive = False
        self.spent = 0.0
        self.end = inf
        self._left = inf
        self._computed: float | None = None  # CPU seconds up to the last answer
        self._worker = worker
        self._owns_worker = owns_worker
        self._lines: dict[int, int] = {}
        self._handle: int | None = None
        self._guest = worker.invite()
        ours, theirs = socket.socketpair()
        if hasattr(socket, "SO_PASSCRED"):
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._line = Channel(ours)
        try:
            with theirs:
                worker.hand_over(theirs, self._guest)
            self._begin()
        except (UnreadableError, ClosedError, TimeoutError, StoppedError, OSError) as error:
            self.close()
            raise SandboxFailure(f"a session of the sandbox did not start: {error}") from error

    def _begin(self) -> None:
        pid = self._line.greet(HELLO_SECONDS)
        self._tree = Tree(pid, below=self._guest is not None)
        if sys.platform.startswith("linux"):
            self._handle = os.pidfd_open(pid)  # it waits for us, so its id is not another's yet
        self._line.welcome()
        deadline = Deadline(self._tree, self.limits, HELLO_SECONDS, HELLO_SECONDS)
        ready = parse(self._line.exchange(b"", MAX_REPLY, deadline.check))
        if not isinstance(ready, dict) or ready.get("ready") is not True:
            raise UnreadableError(str(ready)[:4000])
        members = self._tree.members()
        self._main = members[1] if len(members) > 1 else pid
        self.alive = True

    def allow(self, seconds: float) -> None:
        """Let all requests to come take so many seconds together, counted as `spent`, at most."""
        self._left = self.spent + seconds

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reads(self, sources: Sequence[str]) -> frozenset[str] | None:
        """The global names that some cells use, none of which has run yet; None if it cannot say.

        As untrusted as all that comes from inside. Nothing may hang on it but which released
        statements run besides.
        """
        request = {"op": "names", "sources": list(sources)}
        try:
            reply, _ = self._ask(request, self.limits.call_seconds)
        except (StoppedError, UnreadableError):
            self.close()
            return None
        names = reply.get("names")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return None
        return frozenset(names)

    def run_cell(self, number: int, source: str) -> CellResult:
        """Run a code cell.

        Args:
            number: of the cell; its code is called ``<cell number>``.
            source: its text, as it stands in the notebook.
        """
        self._lines[number] = source.count("\n") + 1
        request = {"op": "cell", "number": number, "source": source}
        try:
            reply, spent = self._ask(request, self.limits.cell_seconds)
        except StoppedError as stop:
            self.close()
            return CellResult(stop.status, [error_output(*REASONS[stop.status])])
        except UnreadableError:
            self.close()
            return CellResult("killed", [error_output(*REASONS["killed"])])
        outputs = rebuild(reply.get("outputs"), self.limits.output)
        raised = self._raised(reply.get("raised"), keep_text=True)
        return CellResult("ok" if raised is None else "error", outputs, raised, spent.seconds)

    def call(
        self,
        name: str,
        inputs: Mapping[str, Any],
        *,
        scenario: str | None = None,
        uses: tuple[str, ...] = (),
        seconds: float | None = None,
        packed: bytes | None = None,
        room: int = MAX_REPLY,
        alone: bool = False,
    ) -> Outcome:
        """Call what the cells have defined under a name, on inputs that cross as plain data.

        Args:
            inputs: argument -> plain data, for this one case.
            scenario: source of the driver that is called instead, see `driver.drive`.
            uses: further names of the learner's that the scenario takes.
            seconds: CPU seconds allowed, if not those of the limits.
            packed: the inputs as the codec's bytes, where they have been made before.
            room: bytes that the answer may take; a larger one is unreadable.
            alone: whether the process that is asked has to do the work itself.
        """
        request = {"op": "call", "name": name, "scenario": scenario or "", "uses": tuple(uses)}
        data = codec.dumps(dict(inputs)) if packed is None else packed
        try:
            reply, spent = self._ask(
                request, self.limits.call_seconds,
                cpu=seconds, data=data, room=min(room, MAX_REPLY), alone=alone,
            )  # fmt: skip
            if spent.helped:
                return Outcome("helped", seconds=spent.seconds)
            return self._outcome(reply, inputs, spent.seconds)
        except StoppedError as stop:
            self.close()
            return Outcome(stop.status)  # type: ignore[arg-type]
        except UnreadableError:
            self.close()
            return Outcome("unreadable")

    def read(self, name: str) -> Outcome:
        """What the cells have left under a name, as data; a set comes as a sorted list."""
        try:
            request = {"op": "read", "name": name}
            reply, _ = self._ask(request, self.limits.call_seconds, room=READ_ROOM)
            return self._outcome(reply, {}, 0.0)
        except StoppedError as stop:
            self.close()
            return Outcome(stop.status)  # type: ignore[arg-type]
        except UnreadableError:
            self.close()
            return Outcome("unreadable")

    def _ask(
        self,
        request: dict[str, Any],
        wall: float,
        *,
        cpu: float | None = None,
        data: bytes = b"",
        room: int = MAX_REPLY,
        alone: bool = False,
    ) -> tuple[dict[str, Any], Spent]:
        """Send a request, and data behind it; returns its reply and what it has cost.

        Raises:
            StoppedError: the watch ends what runs.
            UnreadableError: what arrived is not one valid frame in its turn.
        """
        if not self.alive:
            raise RuntimeError("the session is over; start another one")
        nonce = secrets.token_hex(16)
        wall = min(wall, self._left - self.spent)
        cpu = wall if cpu is None else cpu
        meter = Meter(self._tree, self._main, self._computed, alone)
        deadline = Deadline(
            self._tree, self.limits, wall, cpu, begin=meter.begin, end=self.end,
            kept=None if self._guest is None else self._guest.kept,
        )  # fmt: skip
        body = codec.dumps(request | {"nonce": nonce, "room": room}) + data
        spent = Spent(0.0, 0.0, False)
        try:
            answer = self._line.exchange(body, room, deadline.check)
            spent = meter.stop()
        except ClosedError as error:
            raise self._why_closed() from error
        finally:
            self.spent += max(spent.seconds, deadline.spent())
        self._computed = spent.total
        if spent.seconds > cpu:
            raise StoppedError("timeout")
        reply = parse(answer)
        if not isinstance(reply, dict) or _text(reply.get("nonce")) != nonce:
            raise UnreadableError("the answer is not to this question")
        return reply, spent

    def _outcome(self, reply: dict[str, Any], inputs: Mapping[str, Any], took: float) -> Outcome:
        status = _text(reply.get("status"))
        if status == "returned":
            changed = reply.get("changed")
            names = list(map(_text, changed)) if isinstance(changed, list) else []
            value = with_safe_names(reply.get("value"))
            return Outcome("returned", value, tuple(n for n in inputs if n in names), seconds=took)
        if status == "raised":
            raised = self._raised(reply.get("raised"), keep_text=False) or Raised("Exception")
            return Outcome("raised", raised=raised, seconds=took)
        if status in ("missing", "not_callable", "unreadable"):
            return Outcome(status, seconds=took)  # type: ignore[arg-type]
        raise UnreadableError("an unknown status")

    def _raised(self, untrusted: Any, keep_text: bool) -> Raised | None:
        """An exception rebuilt from a reply: what it is called, and a line that exists."""
        if not isinstance(untrusted, dict):
            return None
        name, text = untrusted.get("type"), untrusted.get("message")
        kind, message = exception_name(name), ""
        if keep_text and isinstance(name, str) and name.isidentifier():
            kind = name[:100]
        if keep_text and isinstance(text, str):
            message = text[:500]
        file, line = self._place(untrusted.get("file"), untrusted.get("line"))
        return Raised(kind, message, file, line)

    def _place(self, file: Any, line: Any) -> tuple[str | None, int | None]:
        match = CELL_NAME.fullmatch(file) if isinstance(file, str) else None
        if match is None or int(match[1]) not in self._lines:
            return None, None
        inside = type(line) is int and 1 <= line <= self._lines[int(match[1])]
        return f"<cell {int(match[1])}>", line if inside else None

    def _why_closed(self) -> Exception:
        """The process ended: through its own doing, or because our worker did."""
        if self._handle is not None:
            _ended(self._handle, 0.2)
        if not self._owns_worker and not self._worker.alive:
            self.close()
            return SandboxFailure("the sandbox's worker ended in the middle of a session")
        return StoppedError("killed")

    def close(self) -> None:
        """End the session's processes. Raises `SandboxFailure` if they do not end."""
        self.alive = False
        self._line.close()
        handle, self._handle = self._handle, None
        guest, self._guest = self._guest, None
        try:
            if self._owns_worker:
                self._worker.close()
            if handle is not None:
                self._kill(handle)
        finally:
            if handle is not None:
                os.close(handle)
            if guest is not None:
                guest.leave()

    def _kill(self, handle: int) -> None:
        """Kill the first process of the PID name space, which ends all of them, and see it end."""
        members: Iterable[int] = self._tree.members() if self._worker.wall == "none" else ()
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        for pid in members:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if not _ended(handle, END_SECONDS):
            raise SandboxFailure("a session of the sandbox could not be ended")


def _text(untrusted: Any) -> str:
    """A part of a reply that has to be text; "" for anything else, such as an array, whose ``==``
    gives no truth value."""
    return untrusted if isinstance(untrusted, str) else ""


def _ended(handle: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(seconds * 1000))
