"""Grades submissions in parallel on this machine: processes of ours with a warm sandbox each.

Each process reads submissions, has them run in its sandbox and makes verdicts; it writes nothing.
What it sends back it has made itself, so it may cross as Python's own objects; what comes out of
the sandbox has been read as hostile data before.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from grader.classroom.pool import Bench, Memory, Plan
from grader.grading.submission import Graded, Stopped, lost
from grader.handed_in.submitted import Handed
from grader.sandbox import Limits, SandboxUnavailable

# `pebble` ends overdue tasks and replaces lost processes, too. It starts processes from a thread
# when the first task comes, after nbgrader was imported; ours fork before there are threads, and
# what was lost with its process is tried once more.
# Forking costs no import. On macOS, where the system's libraries do not survive it, start anew.
CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
END_SECONDS = 5.0
TRIES = 2
LOST = f"the process that graded it ended {TRIES} times"


class Helper:
    """A process of ours that grades one submission at a time.

    Attributes:
        plan: what it grades by, with limits that it gets warm for.
        others: our ends of the lines to its siblings, which it must not hold open.
    """

    def __init__(self, plan: Plan, others: Sequence[Connection]) -> None:
        self.line, theirs = CONTEXT.Pipe()
        inherited = [self.line, *others] if CONTEXT.get_start_method() == "fork" else []
        self._process = CONTEXT.Process(
            target=_serve, args=(theirs, plan, inherited), name="grade", daemon=True
        )
        self._process.start()
        theirs.close()

    def agree(self, limits: Limits) -> None:
        """Say which limits submissions have, once and before the first of them."""
        with suppress(OSError):  # it has ended, as the first submission will show
            self.line.send(limits)

    def grade(self, handed: Handed, memory: Memory | None) -> Graded:
        """What became of a submission. Raises `EOFError` if the process ended instead, and what
        it raised."""
        try:
            self.line.send((handed, memory))
            answer = self.line.recv()
        except OSError as error:
            raise EOFError from error
        if isinstance(answer, Graded):
            return answer
        raise answer

    def stop(self) -> None:
        """Ask it to end what runs in its sandbox, and then itself."""
        self._process.terminate()

    def end(self) -> None:
        """See it end, as it was asked to or not."""
        self._process.join(END_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def close(self) -> None:
        """Let go of the line, which nobody may be waiting at any more."""
        self.line.close()


def _serve(line: Connection, plan: Plan, inherited: Sequence[Connection]) -> None:
    """What a helper does: grade until the line is closed, or until told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is told to all; our parent decides
    signal.signal(signal.SIGTERM, _leave)
    for end in inherited:
        end.close()
    gc.freeze()  # what came with the fork stays: there is nothing to collect in it
    bench = Bench(plan)
    try:
        bench.warm_up()
        plan = plan.within(line.recv())
        bench = bench.moved(plan)
        while True:
            line.send(_answer(bench, plan, *line.recv()))
    except (EOFError, OSError):
        return  # our parent is gone
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        bench.stop()


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _answer(bench: Bench, plan: Plan, handed: Handed, memory: Memory | None) -> Graded | Exception:
    try:
        opened = plan.open(handed)
        known = memory.recall(opened) if memory else None
        graded = known or bench.grade(opened)
        # What cells displayed stands in the notebook; nothing more is asked of it.
        return replace(graded, verdict=replace(graded.verdict, outputs={}))
    except SandboxUnavailable as error:
        return error
    except Exception as error:
        return RuntimeError(f"{handed.student} {handed.assignment}: {error!r}")


class LocalWorkers:
    """Processes that grade on this machine; a context manager.

    They start at once and get warm; nothing can be submitted before `agree`.

    Attributes:
        plan: what they grade by; its limits may still change.
        jobs: how many (0: one a core).
        count: of submissions to come; there are no more processes than that.
    """

    def __init__(self, plan: Plan, jobs: int, count: int) -> None:
        self._plan = plan
        self.count = min(jobs or os.cpu_count() or 1, max(1, count))
        self._helpers: list[Helper] = []
        self._lock = threading.Lock()
        self._stopped = False
        self._idle: queue.SimpleQueue[Helper] = queue.SimpleQueue()
        for _ in range(self.count):  # before there are threads, which forking would disturb
            self._idle.put(self._start())
        self._pool = ThreadPoolExecutor(self.count, thread_name_prefix="grade")
        self._active: dict[int, str] = {}

    def _start(self) -> Helper:
        with self._lock:
            if self._stopped:
                raise Stopped
            helper = Helper(self._plan, [other.line for other in self._helpers])
            self._helpers.append(helper)
        return helper

    def agree(self, limits: Limits) -> None:
        """Settle the limits of submissions."""
        self._plan = self._plan.within(limits)
        for helper in self._helpers:
            helper.agree(limits)

    def __enter__(self) -> LocalWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop at once: what is running is ended, what waits is dropped."""
        with self._lock:
            self._stopped = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        for helper in self._helpers:
            helper.stop()
        for helper in self._helpers:
            helper.end()
        self._pool.shutdown(wait=True)
        for helper in self._helpers:
            helper.close()

    def active(self) -> tuple[str, ...]:
        """What is being graded at this moment."""
        return tuple(self._active.copy().values())

    def submit(self, handed: Handed, memory: Memory) -> Future[Graded]:
        """Grade a submission in one of the processes, unless an earlier run has done it."""
        return self._pool.submit(self._grade, handed, memory)

    def _grade(self, handed: Handed, memory: Memory) -> Graded:
        """Have a submission graded; if a process ends over it, once more in a new one."""
        me = threading.get_ident()
        self._active[me] = f"{handed.student} {handed.assignment}"
        known = (handed.student, handed.assignment) in memory.known
        asked = Memory(memory.records, memory.known & {(handed.student, handed.assignment)})
        try:
            for _ in range(TRIES):
                helper = self._idle.get()
                try:
                    return helper.grade(handed, asked if known else None)
                except EOFError:
                    helper = self._replaced(helper)
                finally:
                    self._idle.put(helper)
        finally:
            self._active.pop(me, None)
        return lost(self._plan.open(handed), self._plan.released[handed.assignment], LOST)

    def _replaced(self, helper: Helper) -> Helper:
        """A new process in the place of one that has ended."""
        with self._lock:
            if helper in self._helpers and not self._stopped:
                self._helpers.remove(helper)
                helper.end()
                helper.close()
        new = self._start()
        new.agree(self._plan.how.limits)
        return new
