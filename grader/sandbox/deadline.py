"""Ends what runs inside the sandbox at its limits of time, memory and processes."""

from __future__ import annotations

import time

from grader.sandbox.api import CellStatus, Limits
from grader.sandbox.tree import Tree, waited_for_processor


class StoppedError(Exception):
    """The watch ends what runs; the status says why."""

    def __init__(self, status: CellStatus) -> None:
        self.status: CellStatus = status


class Deadline:
    """The limits of one request. Time is counted so that a busy machine does not matter: what
    processes computed, and the wall clock without the time that they waited for a processor.

    tree     all of the session's processes
    seconds  wall seconds allowed
    cpu      CPU seconds allowed, all processes together
    begin    CPU seconds that the tree had used before; measured if it is None
    """

    def __init__(
        self, tree: Tree, limits: Limits, seconds: float, cpu: float, begin: float | None = None
    ) -> None:
        self._tree, self._limits = tree, limits
        self._seconds, self._cpu = seconds, cpu
        self._begin = time.monotonic()
        self._computed = tree.seconds() if begin is None else begin
        self._before: dict[int, float] | None = None  # taken at the first check: most end sooner
        self._waited = 0.0

    def check(self) -> None:
        """Raises `StoppedError` when a limit is passed."""
        if self._before is None:
            self._before = {pid: waited_for_processor(pid) for pid in self._tree.members()}
        usage = self._tree.usage(enough=self._limits.memory)
        if usage.memory > self._limits.memory:
            raise StoppedError("memory")
        if usage.processes > self._limits.processes + 1:
            raise StoppedError("killed")
        if usage.seconds - self._computed > self._cpu or self.elapsed() > self._seconds:
            raise StoppedError("timeout")

    def computed(self) -> tuple[float, float]:
        """CPU seconds since the beginning, and all that the tree has used."""
        total = self._tree.seconds()
        return max(0.0, total - self._computed), total

    def elapsed(self) -> float:
        """Wall seconds since the beginning in which the machine let the processes run."""
        if self._before is not None:
            now = {pid: waited_for_processor(pid) for pid in self._tree.members()}
            waits = [waited - self._before.get(pid, 0.0) for pid, waited in now.items()]
            self._waited = max(self._waited, *waits)  # of a process that has ended as well
        return time.monotonic() - self._begin - self._waited
