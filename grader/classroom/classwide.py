"""Grades a class in parallel, into nbgrader's gradebook, and goes on where it was cut off.

Workers on this machine (`grader.classroom.workers`) or on others (`grader.classroom.cluster`) make
verdicts. The calling thread alone writes: the notebook, then the gradebook, then the record that it
is done. Whatever interrupts it, a submission is either wholly graded or graded again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from grader.classroom.pool import Memory, Plan
from grader.classroom.records import Records
from grader.classroom.saving import save
from grader.classroom.workers import LocalWorkers
from grader.grading.how import How
from grader.grading.limits import class_limits
from grader.grading.released import GradingError, load_released, released_assignments
from grader.grading.submission import Graded
from grader.grading.verdict import NotebookVerdict
from grader.handed_in.submitted import SECRET, TIMESTAMP, Handed, handed_in
from grader.release.course_dir import ClassFolder, open_class
from grader.sandbox import Limits
from grader.weave import layout
from pix2net.files import replace_file
from pix2net.judging.wording import template, unknown

if TYPE_CHECKING:
    from grader.classroom.gradebook import Writer

READ_ONLY = 0o444  # as nbgrader leaves what it made
AHEAD = 4  # submissions a worker that wait with their notebook in memory
TICK = 0.5  # seconds after which those who watch are told what is going on


class Workers(Protocol):
    """What makes verdicts: takes submissions, gives futures; a context manager that stops it all.

    Attributes:
        count: submissions that it grades at a time.
    """

    def agree(self, limits: Limits) -> None:
        """Settle the limits of submissions, before the first of them."""

    @property
    def count(self) -> int: ...

    def __enter__(self) -> Workers: ...

    def __exit__(self, *_: object) -> None: ...

    def submit(self, handed: Handed, memory: Memory) -> Future[Graded]: ...

    def active(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Event:
    """Progress: ``kind`` is "found" (how many there are), "running" or "done".

    Attributes:
        done, total: notebooks; ``resumed``: it had been graded by an earlier run.
        active: students and assignments that are being graded at this moment.
    """

    kind: str
    done: int
    total: int
    student: str = ""
    assignment: str = ""
    resumed: bool = False
    active: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """How to grade.

    Attributes:
        jobs: sandboxes at a time (0: one a core).
        how: submissions are graded, but for their limits.
        limits: of each submission; None: those that the class folder's settings say.
        again: grade what has been graded before as well.
        scheduler: address of a Dask scheduler whose workers grade; empty: this machine does.
    """

    jobs: int = 0
    how: How = field(default_factory=How)
    limits: Limits | None = None
    again: bool = False
    scheduler: str = ""


def grade_class(
    class_dir: Path,
    assignments: Sequence[str] = (),
    students: Sequence[str] | None = None,
    options: Options | None = None,
    *,
    on_event: Callable[[Event], None] | None = None,
) -> Iterator[NotebookVerdict]:
    """Grade what was handed in; verdicts come in the order of assignments and students.

    Args:
        class_dir: nbgrader's course folder.
        assignments: names; all that were released if empty.
        students: names; everybody who handed something in for None.
        on_event: told of progress, from the calling thread.

    Raises:
        ClassFolderError: a folder is not a class folder or cannot become one.
        GradingError: what was not released or handed in.
        SandboxUnavailable: this machine cannot build the sandbox.
    """
    options = options or Options()
    folder = open_class(class_dir)
    if students is None:
        folder.clear()
    names = list(assignments) or released_assignments(folder)
    if not names:
        raise GradingError(f"nothing was released in {class_dir}: run `course release` there first")
    known = folder.assignments()
    for name in names:
        if name not in known:
            told = unknown(template("assignment"), name, known)
            raise GradingError(f"{told}; for one more, `course release` it first")
    released = {name: load_released(folder, name) for name in names}
    handed = list(handed_in(folder, names, None if students is None else list(students)))
    absent = sorted(set(students or ()) - {item.student for item in handed})
    if absent:
        raise GradingError(f"nothing was handed in by {', '.join(absent)}")
    with ExitStack() as stack:
        plan = Plan(released, options.how)
        workers = stack.enter_context(_workers(plan, options, len(handed)))
        # The settings and the gradebook are slow to import; the workers get warm meanwhile.
        config = folder.config()
        workers.agree(options.limits or class_limits(config))
        from grader.classroom.gradebook import open_gradebook

        writer = stack.enter_context(open_gradebook(folder, config))
        records = Records(folder.root)
        memory = Memory(records, frozenset() if options.again else frozenset(writer.submitted()))
        tell = on_event or (lambda event: None)
        save_one = _Saver(folder, writer, records)
        yield from _in_order(handed, workers, memory, save_one, tell)


def _workers(plan: Plan, options: Options, count: int) -> Workers:
    if not options.scheduler:
        return LocalWorkers(plan, options.jobs, count)
    from grader.classroom.cluster import ClusterWorkers  # an extra of its own

    return ClusterWorkers(plan, options.scheduler)


def _in_order(
    handed: list[Handed],
    workers: Workers,
    memory: Memory,
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
            running[workers.submit(submission, memory)] = index
        if not running:
            return
        finished, _ = wait(running, TICK, return_when=FIRST_COMPLETED)
        if not finished:
            tell(Event("running", done, total, active=workers.active()))
        for future in sorted(finished, key=running.__getitem__):
            result = future.result()
            write(result)
            ready[running.pop(future)] = result.verdict
            done += 1
            who = result.handed
            resumed = result.untouched is None
            active = workers.active()
            tell(Event("done", done, total, who.student, who.assignment, resumed, active))
        while next_out in ready:
            yield ready.pop(next_out)
            next_out += 1


class _Saver:
    """Writes one result: the notebook, the grades, and last the record that it is done."""

    def __init__(self, classroom: ClassFolder, writer: Writer, records: Records) -> None:
        self._root = classroom.root
        self._writer = writer
        self._records = records

    def __call__(self, result: Graded) -> None:
        if result.untouched is None:
            return
        student, assignment = result.handed.student, result.handed.assignment
        folder = self._root / "autograded" / student / assignment
        replace_file(folder / layout.notebook_name(assignment), result.notebook, READ_ONLY)
        written, _ = result.handed.timestamp()
        if written:
            replace_file(folder / TIMESTAMP, written + "\n", READ_ONLY)
        # Without one, nbgrader could not release the feedback of anybody in the class.
        if result.handed.secret() or not (folder / SECRET).exists():
            secret = result.handed.secret() or secrets.token_hex(64)
            replace_file(folder / SECRET, secret, READ_ONLY)
        save(result, self._writer, self._records)
