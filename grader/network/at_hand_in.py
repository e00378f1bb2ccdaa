"""Grades attempts as they come: a process beside the service, so that pages never wait for it.

``python -m grader.network.at_hand_in CLASS_FOLDER JOBS WALL`` reads names of attempts, a line each,
and writes a name back when that attempt has its verdict; "ready" comes first. It ends with its
standard input. What it writes besides is the attempt's `verdict.json` and `shown.json` alone: the
gradebook is for ``course grade``, which grades on hidden inputs that nobody was shown anything of.
"""

from __future__ import annotations

import os
import select
import sys
from collections import deque
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.classroom.policy import policy_of
from grader.classroom.pool import Memory, Plan
from grader.classroom.records import Records
from grader.classroom.workers import LocalWorkers
from grader.grading.how import How
from grader.grading.limits import class_limits
from grader.grading.released import GradingError, load_released, released_assignments
from grader.grading.submission import Graded
from grader.grading.verdict import NotebookVerdict
from grader.handed_in.languages import languages_of
from grader.handed_in.signing import signing_key
from grader.network.inbox import SHOWN, VERDICT, Attempt, Inbox
from grader.release.course_dir import ClassFolder, open_class
from grader.sandbox import SandboxFailure, SandboxUnavailable, Wall
from grader.weave import layout
from pix2net.judging.answer_key import KeyFileError, load

READY = "ready"
LOOK_SECONDS = 0.1
WARM = 1000  # as many processes as may be wanted, whatever waits just now


def public_labels(folder: ClassFolder, assignment: str) -> dict[str, frozenset[str]]:
    """Exercise -> names of the checks that a student's own notebook has as well."""
    path = folder.release(assignment) / "keys" / (assignment + layout.KEY_SUFFIX)
    try:
        key = load(path)
    except (OSError, KeyFileError):
        return {}
    return {name: frozenset(c.label for c in e.cases) for name, e in key.exercises.items()}


def shown(verdict: NotebookVerdict, labels: dict[str, frozenset[str]]) -> dict[str, Any]:
    """What a student may see of a verdict before the due date: counts, of checks they know.

    No message, no sum of points, nothing of a question, and of what went wrong only the worst.
    """
    exercises = {}
    for name, found in verdict.exercises.items():
        known = [check for check in found.checks if check.label in labels.get(name, ())]
        if known:
            exercises[name] = {"right": sum(c.passed for c in known), "of": len(known)}
    return {"status": verdict.status, "exercises": exercises}


class AtHandIn:
    """Grades what it is told, on the keys of the release as they are at that moment."""

    def __init__(self, folder: ClassFolder, jobs: int, wall: Wall) -> None:
        self._folder = folder
        self._jobs = jobs
        self._config = folder.config()
        self._how = How(class_limits(self._config), wall=wall)
        self._policy = policy_of(self._config)
        self._memory = Memory(Records(folder.root))
        self._queue: deque[Attempt] = deque()
        self._running: dict[Future[Graded], Attempt] = {}
        self._workers: LocalWorkers | None = None
        self._keys: tuple[Any, ...] = ()
        self._try_the_wall()
        self._renew()

    def _try_the_wall(self) -> None:
        """Raise `SandboxUnavailable` if this machine cannot build it, before anybody hands in."""
        for name in released_assignments(self._folder)[:1]:
            self._how.sandbox(load_released(self._folder, name)).close()

    def _state(self) -> tuple[Any, ...]:
        """What changes with the keys: when each was written."""
        names = released_assignments(self._folder)
        keys = (self._folder.hidden_key(name) for name in names)
        return tuple((key.name, key.stat().st_mtime_ns) for key in keys if key.is_file())

    def _renew(self) -> None:
        """Start processes that know the keys as they are now."""
        if self._workers is not None:
            self._workers.__exit__()
        self._keys = self._state()
        released = {}
        for name in released_assignments(self._folder):
            released[name] = load_released(self._folder, name)
        self._plan = Plan(released, self._how)
        self._labels = {name: public_labels(self._folder, name) for name in released}
        self._workers = LocalWorkers(self._plan, self._jobs, WARM)
        self._workers.agree(self._how.limits)

    def run(self, inbox: Inbox) -> None:
        """Grade until the standard input ends."""
        print(READY, flush=True)
        source, rest = sys.stdin.fileno(), b""
        while True:
            ready, _, _ = select.select([source], [], [], LOOK_SECONDS)
            if ready:
                part = os.read(source, 65536)
                if not part:
                    return
                *lines, rest = (rest + part).split(b"\n")
                self._queue.extend(inbox.named(line.decode()) for line in lines)
            self._start_some()
            self._finish_some()

    def _start_some(self) -> None:
        if not self._running and self._queue and self._state() != self._keys:
            self._renew()
        assert self._workers is not None
        same = self._state() == self._keys
        while same and self._queue and len(self._running) < self._workers.count:
            attempt = self._queue.popleft()
            # Told twice, as after a start, or moved away with a student who left.
            done = (attempt.folder / VERDICT).exists() or not attempt.is_there
            if attempt.assignment in self._plan.released and not done:
                language = languages_of(self._folder).of(attempt.student)
                handed = replace(attempt.handed, language=language)
                self._running[self._workers.submit(handed, self._memory)] = attempt
            else:
                print(attempt.name, flush=True)

    def _finish_some(self) -> None:
        for future in [f for f in self._running if f.done()]:
            attempt = self._running.pop(future)
            try:
                self._note(attempt, future.result().verdict)
            except RuntimeError as error:  # a mistake of ours must not keep the others waiting
                attempt.write(VERDICT, {"status": "killed", "reason": str(error)[:500]})
            print(attempt.name, flush=True)

    def _note(self, attempt: Attempt, verdict: NotebookVerdict) -> None:
        if self._policy.of(attempt.assignment).shown_early != "nothing":
            attempt.write(SHOWN, shown(verdict, self._labels[attempt.assignment]))
        attempt.write(VERDICT, verdict.as_json())

    def end(self) -> None:
        """Stop at once."""
        if self._workers is not None:
            self._workers.__exit__()


def main(class_dir: str, jobs: str, wall: Wall) -> int:
    """Grade until told to end; 2 with a sentence where this machine cannot."""
    folder = open_class(Path(class_dir))
    try:
        grading = AtHandIn(folder, int(jobs), wall)
    except (SandboxUnavailable, SandboxFailure, GradingError) as error:
        print(f"course serve: {error}", file=sys.stderr, flush=True)
        return 2
    try:
        grading.run(Inbox(folder, folder.course_id(), signing_key(folder)))
    finally:
        grading.end()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))  # type: ignore[arg-type]  # the service names a wall
