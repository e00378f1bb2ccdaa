"""Judges what came out of the sandbox within a limit of the time that it takes us.

What a submission gives back is made by its author, and a judge that loops over it may be kept busy
with it. So judging a task ends after some seconds of computing, with a verdict that says so.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, TypeVar

from pix2net.judging.answer_key import CaseKey, ExerciseKey
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import ExerciseVerdict, Judge, judge_exercise
from pix2net.judging.wording import template, worded

TOO_LONG = template("judging what it gave back took longer than that may take")
INTERVAL = 0.05  # seconds between two looks at how long something has computed

Result = TypeVar("Result")


class OverrunError(BaseException):
    """An action has computed for longer than it may; what catches `Exception` does not catch it."""


def judged(
    exercise: ExerciseKey, outcomes: Sequence[Outcome], notes: Sequence[str], watch: Watch
) -> ExerciseVerdict:
    """The verdict on outcomes; an output that cannot even be compared counts as unreadable, and to
    take too long is a verdict as well."""
    try:
        return watch.within(lambda: _compared(exercise, outcomes, notes))
    except OverrunError:
        name, points = exercise.name, exercise.points
        return ExerciseVerdict(name, False, 0.0, points, (), "timeout", reason=worded(TOO_LONG))


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


class Watch:
    """Ends what computes too long in the thread that makes it; a context manager.

    Not by a signal, which reaches the main thread alone: some graders work in others.

    seconds  CPU seconds that an action may take
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._thread = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._lock = threading.Lock()
        self._left = threading.Event()
        self._end = inf  # of the action that runs
        self._sent = False

    def __enter__(self) -> Watch:
        threading.Thread(target=self._look, name="watch", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()

    def within(self, action: Callable[[], Result]) -> Result:
        """What an action gives. Raises `OverrunError` if it takes too long; a single call of a
        library is not interrupted, it ends before."""
        self._sent, self._end = False, time.clock_gettime(self._clock) + self._seconds
        try:
            return action()
        finally:
            self._stop()

    def _stop(self) -> None:
        """From now on nothing is raised; what is on its way is raised here."""
        with self._lock:
            self._end = inf
        if self._sent:
            self._send(None)
            raise OverrunError

    def _look(self) -> None:
        while not self._left.wait(INTERVAL):
            with self._lock:
                if time.clock_gettime(self._clock) >= self._end:
                    self._end, self._sent = inf, True
                    self._send(ctypes.py_object(OverrunError))

    def _send(self, error: Any) -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), error)


@dataclass(frozen=True)
class BoundedJudge(Judge):
    """A judge whose look at an outcome, to choose among attempts, ends when a watch says so."""

    watch: Watch | None = None

    def credit(self, case: CaseKey, outcome: Outcome) -> float:
        """What an outcome is worth; nothing where finding that out takes too long."""
        if self.watch is None:
            return super().credit(case, outcome)
        try:
            return self.watch.within(lambda: Judge.credit(self, case, outcome))
        except OverrunError:
            return 0.0
