"""What those who grade share: what they grade by, what they remember, where sandboxes stand."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.classroom.records import Records
from grader.grading.released import Released
from grader.grading.run import limits_for
from grader.grading.submission import Graded, Opened, Stopped, grade_submission
from grader.sandbox import Limits, Sandbox, SandboxFailure, SandboxUnavailable, Session


@dataclass(frozen=True)
class Plan:
    """What a class is graded by.

    Attributes:
        released: the assignments, by name.
        limits: of each submission.
        unsafe: run student code without the sandbox.
        figures: also run the demonstrations, for what they display.
    """

    released: Mapping[str, Released]
    limits: Limits
    unsafe: bool = False
    figures: bool = False


@dataclass(frozen=True)
class Memory:
    """What earlier runs have graded.

    Attributes:
        known: student and assignment of what the gradebook has; empty to grade everything again.
    """

    records: Records
    known: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def recall(self, opened: Opened, figures: bool) -> Graded | None:
        """What became of a submission in an earlier run, if its content was the same."""
        handed = opened.handed
        if (handed.student, handed.assignment) not in self.known:
            return None
        verdict = self.records.find(
            handed.student, handed.assignment, opened.fingerprint, figures=figures
        )
        return None if verdict is None else Graded(handed, verdict, opened.fingerprint)


class Stoppable(Sandbox):
    """A sandbox that starts nothing any more once ``stopped`` is set."""

    def __init__(
        self,
        stopped: threading.Event,
        limits: Limits,
        *,
        support: Mapping[str, Path],
        unsafe: bool,
    ) -> None:
        self._stopped = stopped
        super().__init__(limits, support=support, unsafe=unsafe, figures=True)

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
        if plan.limits == self._plan.limits:
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
        return grade_submission(
            opened, released, lambda: self.sandbox(released), figures=self._plan.figures
        )

    def sandbox(self, released: Released) -> Sandbox:
        """This thread's sandbox; another one only for other limits or support files."""
        limits = limits_for(released.key, self._plan.limits)
        wanted = (limits, released.support)
        if getattr(self._own, "built_for", None) != wanted:
            if hasattr(self._own, "sandbox"):
                self._own.sandbox.close()
            sandbox = Stoppable(
                self._stopped, limits, support=released.support, unsafe=self._plan.unsafe
            )
            with self._lock:
                self._sandboxes.append(sandbox)
            self._own.sandbox, self._own.built_for = sandbox, wanted
        own: Sandbox = self._own.sandbox
        return own
