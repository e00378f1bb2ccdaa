"""Grades a class in parallel, into nbgrader's gradebook, and goes on where it was cut off.

Threads wait for sandboxes, one warm sandbox each; they read submissions and make verdicts. The
calling thread alone writes: the gradebook, then the notebook, then the record that it is done.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from grader.grading.gradebook import Writer, open_gradebook
from grader.grading.limits import class_limits
from grader.grading.records import Records, replace_file
from grader.grading.release import GradingError, Released, load_released, released_assignments
from grader.grading.run import limits_for
from grader.grading.submission import (
    Graded,
    Stopped,
    grade_submission,
    open_submission,
    save,
    setting,
)
from grader.grading.submitted import TIMESTAMP, Handed, handed_in
from grader.grading.verdict import NotebookVerdict
from grader.release.course_dir import ClassFolder, open_class
from grader.sandbox import Limits, Sandbox, Session
from grader.weave import layout

READ_ONLY = 0o444  # as nbgrader leaves what it made
AHEAD = 4  # submissions a worker that wait with their notebook in memory


@dataclass(frozen=True)
class Event:
    """Progress: ``kind`` is "found" (how many there are), "started" or "done".

    A notebook is started when it is given to the workers, who may have others to do first.

    done, total  notebooks; ``resumed``: it had been graded by an earlier run
    """

    kind: str
    done: int
    total: int
    student: str = ""
    assignment: str = ""
    resumed: bool = False


@dataclass(frozen=True)
class Options:
    """How to grade.

    jobs     sandboxes at a time (0: one a core)
    limits   of each submission; None: those that the class folder's settings say
    unsafe   run student code without the sandbox
    figures  draw figures, for feedback
    again    grade what has been graded before as well
    """

    jobs: int = 0
    limits: Limits | None = None
    unsafe: bool = False
    figures: bool = True
    again: bool = False


def grade_class(
    class_dir: Path,
    assignments: Sequence[str] = (),
    students: Sequence[str] | None = None,
    options: Options | None = None,
    *,
    on_event: Callable[[Event], None] | None = None,
) -> Iterator[NotebookVerdict]:
    """Grade what was handed in; verdicts come in the order of assignments and students.

    class_dir    nbgrader's course folder
    assignments  names; all that were released if empty
    students     names; everybody who handed something in for None
    on_event     told of progress, from the calling thread
    Raises `ClassFolderError`, `GradingError` for what was not released or handed in, and
    `SandboxUnavailable`.
    """
    options = options or Options()
    folder = open_class(class_dir)
    names = list(assignments) or released_assignments(folder)
    if not names:
        raise GradingError(f"nothing was released in {class_dir}: run `course release` there first")
    released = {name: load_released(folder, name) for name in names}
    handed = list(handed_in(folder, names, None if students is None else list(students)))
    absent = sorted(set(students or ()) - {item.student for item in handed})
    if absent:
        raise GradingError(f"nothing was handed in by {', '.join(absent)}")
    with ExitStack() as stack:
        config = folder.config()
        limits = options.limits or class_limits(config)
        writer = stack.enter_context(open_gradebook(folder.course(config), config))
        records = Records(folder.root)
        known = set() if options.again else writer.submitted()
        workers = stack.enter_context(_Workers(released, records, known, options, limits))
        tell = on_event or (lambda event: None)
        yield from _in_order(handed, workers, _Saver(folder, writer, records), tell)


def _in_order(
    handed: list[Handed],
    workers: _Workers,
    write: Callable[[Graded], None],
    tell: Callable[[Event], None],
) -> Iterator[NotebookVerdict]:
    """Run everything; write each result as it comes, give verdicts in order."""
    total, done, next_out = len(handed), 0, 0
    tell(Event("found", 0, total))
    ready: dict[int, NotebookVerdict] = {}
    running: dict[Future[Graded], int] = {}
    queue = iter(enumerate(handed))
    while True:
        while len(running) < workers.count * AHEAD and (item := next(queue, None)) is not None:
            index, submission = item
            running[workers.submit(submission)] = index
            tell(Event("started", done, total, submission.student, submission.assignment))
        if not running:
            return
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in sorted(finished, key=running.__getitem__):
            result = future.result()
            write(result)
            # What cells displayed is written by now; kept, it would grow with the class.
            ready[running.pop(future)] = replace(result.verdict, outputs={})
            done += 1
            who = result.handed
            resumed = result.merged is None
            tell(Event("done", done, total, who.student, who.assignment, resumed))
        while next_out in ready:
            yield ready.pop(next_out)
            next_out += 1


class _Stoppable(Sandbox):
    """A sandbox that starts nothing any more once ``stopped`` is set."""

    def __init__(
        self,
        stopped: threading.Event,
        limits: Limits,
        *,
        support: Mapping[str, Path],
        unsafe: bool,
        figures: bool,
    ) -> None:
        self._stopped = stopped
        super().__init__(limits, support=support, unsafe=unsafe, figures=figures)

    def session(self) -> Session:
        """A session as usual. Raises `Stopped` when it is too late for one."""
        if self._stopped.is_set():
            raise Stopped
        return super().session()


class _Workers:
    """Threads with a warm sandbox each for the assignment that they grade."""

    def __init__(
        self,
        released: dict[str, Released],
        records: Records,
        known: set[tuple[str, str]],
        options: Options,
        limits: Limits,
    ) -> None:
        self._released = released
        self._records = records
        self._known = known
        self._options = options
        self._limits = limits
        self._setting = setting(limits, options.unsafe)
        self.count = options.jobs or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self.count, thread_name_prefix="grade")
        self._own = threading.local()
        self._sandboxes: list[Sandbox] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop at once: what is running is ended, what waits is dropped."""
        self._stopped.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._close()
        self._pool.shutdown(wait=True)
        self._close()  # those that were being started meanwhile

    def _close(self) -> None:
        with self._lock:
            for sandbox in self._sandboxes:
                sandbox.close()

    def submit(self, handed: Handed) -> Future[Graded]:
        """Grade a submission in one of the threads, unless an earlier run has done it."""
        return self._pool.submit(self._grade, handed)

    def _grade(self, handed: Handed) -> Graded:
        released = self._released[handed.assignment]
        opened = open_submission(handed, released, self._setting)
        if (handed.student, handed.assignment) in self._known:
            verdict = self._records.find(handed.student, handed.assignment, opened.fingerprint)
            if verdict is not None:
                return Graded(handed, verdict, opened.fingerprint)
        return grade_submission(opened, released, lambda: self._sandbox(released))

    def _sandbox(self, released: Released) -> Sandbox:
        """This thread's sandbox; another one only for other limits or support files."""
        limits = limits_for(released.key, self._limits)
        wanted = (limits, released.support)
        if getattr(self._own, "built_for", None) != wanted:
            if hasattr(self._own, "sandbox"):
                self._own.sandbox.close()
            sandbox = _Stoppable(
                self._stopped,
                limits,
                support=released.support,
                unsafe=self._options.unsafe,
                figures=self._options.figures,
            )
            with self._lock:
                self._sandboxes.append(sandbox)
            self._own.sandbox, self._own.built_for = sandbox, wanted
        own: Sandbox = self._own.sandbox
        return own


class _Saver:
    """Writes one result: the notebook, the grades, and last the record that it is done."""

    def __init__(self, classroom: ClassFolder, writer: Writer, records: Records) -> None:
        self._root = classroom.root
        self._writer = writer
        self._records = records

    def __call__(self, result: Graded) -> None:
        if result.merged is None:
            return
        student, assignment = result.handed.student, result.handed.assignment
        folder = self._root / "autograded" / student / assignment
        replace_file(folder / layout.notebook_name(assignment), result.notebook, READ_ONLY)
        written, _ = result.handed.timestamp()
        if written:
            replace_file(folder / TIMESTAMP, written + "\n", READ_ONLY)
        save(result, self._writer, self._records)
