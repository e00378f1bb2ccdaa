"""What those who grade share: what they grade by, what they remember, where sandboxes stand."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from grader.classroom.records import Records
from grader.grading.how import How
from grader.grading.released import Released
from grader.grading.run import limits_for
from grader.grading.submission import Graded, Opened, Stopped, grade_submission, open_submission
from grader.handed_in.submitted import Handed
from grader.sandbox import Limits, Sandbox, SandboxFailure, SandboxUnavailable, Session


@dataclass(frozen=True)
class Plan:
    """What a class is graded by.

    Attributes:
        released: the assignments, by name.
        how: submissions are graded.
    """

    released: Mapping[str, Released]
    how: How

    def within(self, limits: Limits) -> Plan:
        """The same with other limits."""
        return replace(self, how=replace(self.how, limits=limits))

    def open(self, handed: Handed) -> Opened:
        """Read a submission."""
        return open_submission(handed, self.released[handed.assignment], self.how)


@dataclass(frozen=True)
class Memory:
    """What earlier runs have graded.

    Attributes:
        known: student and assignment of what the gradebook has; empty to grade everything again.
    """

    records: Records
    known: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def recall(self, opened: Opened) -> Graded | None:
        """What became of a submission in an earlier run, if its content was the same."""
        handed = opened.handed
        if (handed.student, handed.assignment) not in self.known:
            return None
        verdict = self.records.find(
            handed.student, handed.assignment, opened.fingerprint, figures=opened.how.figures
        )
        return None if verdict is None else Graded(handed, verdict, opened.fingerprint)


class Stoppable(Sandbox):
    """A sandbox that starts nothing any more once ``stopped`` is set."""

    def __init__(self, stopped: threading.Event, *arguments: Any, **named: Any) -> None:
        self._stopped = stopped
        super().__init__(*arguments, **named)

    def session(self) -> Session:
        """A session as usual. Raises `Stopped` when it is too late for one."""
        if self._stopped.is_set():
            raise Stopped
        return super().session()


class Bench:
    """The sandboxes of some threads, each its own, that are stopped together."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._own = threading.local()
        self._sandboxes: list[Sandbox] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End what runs at once; nothing can be started any more."""
        self._stopped.set()
        with self._lock:
            for sandbox in self._sandboxes:
                sandbox.close()

    def moved(self, plan: Plan) -> Bench:
        """This one, or another one if the plan has other limits than what it got warm for."""
        if plan.how.limits == self._plan.how.limits:
            return self
        self.stop()
        return Bench(plan)

    def warm_up(self) -> None:
        """Start this thread's sandbox, so that it gets ready while others are busy.

        If that fails, whoever needs it fails and says why.
        """
        with suppress(SandboxFailure, SandboxUnavailable):
            if self._plan.released and not self._stopped.is_set():
                self.sandbox(next(iter(self._plan.released.values())))

    def grade(self, opened: Opened) -> Graded:
        """Grade a submission in this thread. Raises `SandboxUnavailable`, `Stopped`."""
        released = self._plan.released[opened.handed.assignment]
        return grade_submission(opened, released, lambda: self.sandbox(released))

    def sandbox(self, released: Released) -> Sandbox:
        """This thread's sandbox; another one only for other limits or support files."""
        wanted = (limits_for(released.key, self._plan.how.limits), released.support)
        if getattr(self._own, "built_for", None) != wanted:
            if hasattr(self._own, "sandbox"):
                self._own.sandbox.close()
            start = partial(Stoppable, self._stopped)
            sandbox = self._plan.how.sandbox(released, draws=True, start=start)
            with self._lock:
                self._sandboxes.append(sandbox)
            self._own.sandbox, self._own.built_for = sandbox, wanted
        own: Sandbox = self._own.sandbox
        return own
