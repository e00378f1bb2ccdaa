"""Judges what came out of the sandbox within a limit of the time that it takes us.

What a submission gives back is made by its author, and a judge that loops over it may be kept busy
with it. So judging a task ends after some seconds of computing, with a verdict that says so.
"""

from __future__ import annotations

import ctypes
import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pix2net.judging.answer_key import CaseKey, ExerciseKey
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import ExerciseVerdict, Judge, judge_exercise

TOO_LONG = "judging what it gave back took longer than that may take"
SHORTEST_WAIT = 0.01  # seconds between two looks at a clock that has almost come to its end

Result = TypeVar("Result")


class OverrunError(BaseException):
    """An action has computed for longer than it may; what catches `Exception` does not catch it."""


@dataclass(frozen=True)
class BoundedJudge(Judge):
    """A judge whose look at an outcome, to choose among attempts, ends after ``seconds`` of CPU."""

    seconds: float = math.inf

    def credit(self, case: CaseKey, outcome: Outcome) -> float:
        """What an outcome is worth; nothing where finding that out takes too long."""
        try:
            return within(self.seconds, lambda: Judge.credit(self, case, outcome))
        except OverrunError:
            return 0.0


def judged(
    exercise: ExerciseKey, outcomes: Sequence[Outcome], notes: Sequence[str], seconds: float
) -> ExerciseVerdict:
    """The verdict on outcomes; an output that cannot even be compared counts as unreadable.

    Args:
        seconds: CPU seconds that judging may take; to pass them is a verdict as well.
    """
    try:
        return within(seconds, lambda: _compared(exercise, outcomes, notes))
    except OverrunError:
        name, points = exercise.name, exercise.points
        return ExerciseVerdict(name, False, 0.0, points, (), "timeout", reason=TOO_LONG)


def _compared(
    exercise: ExerciseKey, outcomes: Sequence[Outcome], notes: Sequence[str]
) -> ExerciseVerdict:
    try:
        return judge_exercise(exercise, outcomes, reveal=False, notes=notes)
    except Exception:
        unreadable: list[Any] = [
            Outcome("unreadable") if outcome.status == "returned" else outcome
            for outcome in outcomes
        ]
        return judge_exercise(exercise, unreadable, reveal=False, notes=notes)


def within(seconds: float, action: Callable[[], Result]) -> Result:
    """What an action gives. Raises `OverrunError` once this thread has computed for ``seconds``;
    a single call of a library is not interrupted, it ends before."""
    watch = _Watch(seconds)
    try:
        return action()
    finally:
        watch.stop()


class _Watch:
    """Raises `OverrunError` in the thread that makes it when that has computed for so long.

    Not by a signal, which reaches the main thread alone, and some graders work in others.
    """

    def __init__(self, seconds: float) -> None:
        self._thread = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._end = time.clock_gettime(self._clock) + seconds
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._raised = False
        threading.Thread(target=self._wait, name="judging", daemon=True).start()

    def _wait(self) -> None:
        while not self._over.wait(max(SHORTEST_WAIT, self._rest())):
            if self._rest() <= 0:
                with self._lock:
                    if not self._over.is_set():
                        self._raised = True
                        self._send(ctypes.py_object(OverrunError))
                return

    def _rest(self) -> float:
        return self._end - time.clock_gettime(self._clock)

    def _send(self, error: Any) -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), error)

    def stop(self) -> None:
        """From now on nothing is raised; what is on its way is raised here."""
        with self._lock:
            self._over.set()
        if self._raised:
            self._send(None)
            raise OverrunError
