"""Ends what runs inside the sandbox at its limits of time, memory and processes."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf

from grader.sandbox.api import CellStatus, Limits
from grader.sandbox.tree import Tree, waited_for_processor

FILES_SECONDS = 0.2  # between two looks at a session's files


class StoppedError(Exception):
    """The watch ends what runs; the status says why."""

    def __init__(self, status: CellStatus) -> None:
        self.status: CellStatus = status


class Deadline:
    """The limits of one request. Time is counted so that a busy machine does not matter: what
    processes computed, and the wall clock without the time that they waited for a processor. After
    some times as long by the clock on the wall it ends, whatever the counters say.

    Attributes:
        tree: all of the session's processes.
        limits: what they may use besides time, and how many times as long a busy machine may take.
        seconds: wall seconds allowed, so counted.
        cpu: CPU seconds allowed, all processes together.
        begin: CPU seconds that the tree had used before.
        end: when it ends at the latest, by `time.monotonic`.
        kept: bytes of the session's files, where no file system of their own bounds them.
    """

    def __init__(
        self,
        tree: Tree,
        limits: Limits,
        seconds: float,
        cpu: float,
        *,
        begin: float = 0.0,
        end: float = inf,
        kept: Callable[[], int] | None = None,
    ) -> None:
        self._tree, self._limits = tree, limits
        self._seconds, self._cpu = seconds, cpu
        self._computed = begin
        self._begin = time.monotonic()
        self._end = min(end, self._begin + limits.wall_factor * seconds)
        self._before: dict[int, float] | None = None  # taken at the first check: most end sooner
        self._waited = 0.0
        self._used = 0.0
        self._kept, self._looked = kept, self._begin

    def check(self) -> None:
        """Raises `StoppedError` when a limit is passed."""
        if time.monotonic() > self._end:
            raise StoppedError("timeout")
        if self._before is None:
            self._before = {pid: waited_for_processor(pid) for pid in self._tree.members()}
        usage = self._tree.usage(enough=self._limits.memory)
        self._used = max(self._used, usage.seconds - self._computed)
        if usage.memory > self._limits.memory:
            raise StoppedError("memory")
        if self._kept is not None and time.monotonic() - self._looked > FILES_SECONDS:
            self._looked = time.monotonic()
            if self._kept() > self._limits.scratch:
                raise StoppedError("memory")
        # Without its root, the others are nobody's: they could not be counted any more.
        if not 0 < usage.processes <= self._limits.processes + 1:
            raise StoppedError("killed")
        if self._used > self._cpu or self.elapsed() > self._seconds:
            raise StoppedError("timeout")

    def spent(self) -> float:
        """What the request has cost a notebook so far: the larger of the times that are counted."""
        return max(self._used, self.elapsed())

    def elapsed(self) -> float:
        """Wall seconds since the beginning in which the machine let the processes run."""
        if self._before is not None:
            now = {pid: waited_for_processor(pid) for pid in self._tree.members()}
            waits = [waited - self._before.get(pid, 0.0) for pid, waited in now.items()]
            self._waited = max([self._waited, *waits])  # of a process that has ended as well
        return time.monotonic() - self._begin - self._waited
