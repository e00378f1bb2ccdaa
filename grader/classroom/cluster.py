"""Grades submissions on the workers of a Dask scheduler; only bytes cross, in both directions.

Every submission is given to one worker by name, and a worker gets no more of them than it has
threads. So it is known whose submission a worker that dies was at: that one is tried once more,
elsewhere and alone on its worker, and is then marked. The others never notice.
"""

from __future__ import annotations

import json
import queue
import secrets
import threading
import time
import warnings
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from distributed import Client

from grader.classroom.parcel import pack_job, pack_plan, unpack_result
from grader.classroom.pool import Memory, Plan
from grader.classroom.station import end_run, examine, grade_job
from grader.grading.fingerprint import our_version
from grader.grading.released import GradingError
from grader.grading.run import limits_for
from grader.grading.submission import Graded, Opened, lost
from grader.handed_in.submitted import Handed
from grader.sandbox import Limits

CONNECT_SECONDS = 10
LOOK_SECONDS = 0.5  # between two looks at which workers there are
PATIENCE_SECONDS = 60.0  # without any worker
SLACK_SECONDS = 120.0  # beyond its limits, after which a submission is given up
TRIES = 2
ASKED = "it has not answered yet"
RUNNING = "running"  # what Dask says of a client whose scheduler answers
GONE = (
    "the Dask scheduler at {} does not answer any more: what was graded is kept; start it again, "
    "and the same command goes on from there"
)
LOST = "the machine that graded it was lost {} times"


@dataclass(eq=False)
class Job:
    """A submission on its way.

    Attributes:
        result: what was promised to whoever submitted it.
        tries: how often it was given to a worker that was lost with it.
        avoid: ids of those workers.
    """

    opened: Opened
    result: Future[Graded]
    tries: int = 0
    avoid: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Who is graded."""
        return f"{self.opened.handed.student} {self.opened.handed.assignment}"


@dataclass(eq=False)
class Post:
    """A worker as the scheduler knows it.

    Attributes:
        id: tells it from another one that later has the same address.
        threads: submissions that it grades at a time.
        running: what it grades now, with Dask's future and the time at which it is given up.
        has_plan: whether it was sent what was released.
        unfit: why it cannot grade, or ""; `ASKED` until it has said that it can.
    """

    address: str
    id: str
    threads: int
    running: dict[Job, tuple[Any, float]] = field(default_factory=dict)
    has_plan: bool = False
    unfit: str = ASKED

    def takes(self, task: Job) -> bool:
        """Whether it may be given a task now: one that was lost before wants it for itself."""
        if self.unfit or any(other.tries for other in self.running):
            return False
        return len(self.running) < (1 if task.tries else self.threads)


class ClusterWorkers:
    """The workers of a scheduler; a context manager.

    Attributes:
        address: of the scheduler, such as tcp://10.0.0.1:8786.

    Raises:
        GradingError: nothing answers there.
    """

    def __init__(self, plan: Plan, address: str) -> None:
        self._plan = plan
        self._parcel = b""  # see `agree`
        self._address = address
        self._run = secrets.token_hex(16)
        self._posts: dict[str, Post] = {}
        self._waiting: deque[Job] = deque()
        self._events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:  # a timeout is an OSError
            raise GradingError(f"no Dask scheduler answers at {address}: {error}") from error
        self._look()
        self._seen_fit = time.monotonic()
        self._thread = threading.Thread(target=self._serve, name="cluster", daemon=True)
        self._thread.start()

    def agree(self, limits: Limits) -> None:
        """Settle the limits of submissions."""
        self._plan = self._plan.within(limits)
        self._parcel = pack_plan(self._plan)

    @property
    def count(self) -> int:
        """Submissions that are graded at a time, by the workers that there are now."""
        return max(1, sum(post.threads for post in list(self._posts.values()) if not post.unfit))

    def __enter__(self) -> ClusterWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        """Give up what is running, have the workers end it, and leave them as they were."""
        self._events.put(("stop", None))
        self._thread.join()
        with suppress(Exception):  # of workers that are gone
            self._client.run(end_run, self._run, on_error="ignore")
        self._client.close()

    def active(self) -> tuple[str, ...]:
        """What is being graded at this moment."""
        return tuple(task.name for post in list(self._posts.values()) for task in [*post.running])

    def submit(self, handed: Handed, memory: Memory) -> Future[Graded]:
        """Grade a submission somewhere, unless an earlier run has done it."""
        result: Future[Graded] = Future()
        opened = self._plan.open(handed)
        graded = memory.recall(opened)
        if graded is not None:
            result.set_result(graded)
        else:
            self._events.put(("submit", Job(opened, result)))
        return result

    def _serve(self) -> None:
        """Give out tasks and take results until told to stop."""
        looked = time.monotonic()
        while True:
            try:
                kind, what = self._events.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                kind, what = "", None
            try:
                if kind == "stop":
                    return self._cancel_all()
                if kind == "submit":
                    self._waiting.append(what)
                elif kind == "answer":
                    self._take(*what)
                elif kind == "examined":
                    post, future = what
                    post.unfit = future.result() if future.status == "finished" else _why(future)
                if time.monotonic() - looked > LOOK_SECONDS:
                    looked = time.monotonic()
                    self._look()
                    self._give_up_overdue()
                self._give_out()
            except Exception as error:  # the scheduler is gone, or a mistake of ours
                self._fail(self._explained(error))

    def _look(self) -> None:
        """See which workers there are; what was on those that are gone is tried elsewhere."""
        known = self._client.scheduler_info(n_workers=-1).get("workers")
        if known is None or self._client.status != RUNNING:
            raise GradingError(GONE.format(self._address))
        ids = {address: str(facts["id"]) for address, facts in known.items()}
        for address, post in list(self._posts.items()):
            if ids.get(address) != post.id:
                del self._posts[address]
                for task, (future, _) in post.running.items():
                    future.cancel()
                    self._again(task, post)
        for address, facts in known.items():
            if address not in self._posts:
                post = Post(address, ids[address], int(facts["nthreads"]))
                self._posts[address] = post
                self._ask(post, "examined", (post,), examine, our_version())

    def _again(self, task: Job, post: Post) -> None:
        """A worker was lost with a task: try it once more, elsewhere and first of all, or mark."""
        task.tries += 1
        task.avoid.add(post.id)
        if task.tries < TRIES:
            self._waiting.appendleft(task)
        else:
            released = self._plan.released[task.opened.handed.assignment]
            task.result.set_result(lost(task.opened, released, LOST.format(task.tries)))

    def _give_out(self) -> None:
        if any(not post.unfit for post in self._posts.values()):
            self._seen_fit = time.monotonic()
        elif self._waiting and time.monotonic() - self._seen_fit > PATIENCE_SECONDS:
            self._fail(GradingError(self._why_nobody()))
        left: deque[Job] = deque()
        while self._waiting:
            task = self._waiting.popleft()
            fit = [post for post in self._posts.values() if not post.unfit]
            others = [post for post in fit if post.id not in task.avoid]
            post = min(
                (post for post in others or fit if post.takes(task)),
                key=lambda post: len(post.running) / post.threads,
                default=None,
            )
            if post is None:
                left.append(task)
                if not task.tries:
                    break  # nobody is free for the others either
            else:
                self._hand_over(task, post)
        self._waiting.extendleft(reversed(left))

    def _explained(self, error: Exception) -> GradingError:
        """What keeps the cluster from going on, in a sentence."""
        if isinstance(error, GradingError):
            return error
        if self._client.status != RUNNING:
            return GradingError(GONE.format(self._address))
        told = f"{type(error).__name__}: {error}".splitlines()[0]
        return GradingError(f"the cluster cannot go on ({told}); what was graded is kept")

    def _why_nobody(self) -> str:
        reasons = {post.unfit for post in self._posts.values()}
        if reasons:
            return f"no worker of the cluster can grade: {'; '.join(sorted(reasons))}"
        return f"the scheduler has had no worker for {PATIENCE_SECONDS:g} s: start one"

    def _hand_over(self, task: Job, post: Post) -> None:
        parcel = None if post.has_plan else self._parcel
        post.has_plan = True
        released = self._plan.released[task.opened.handed.assignment]
        seconds = limits_for(released.key, self._plan.how.limits).longest + SLACK_SECONDS
        job = pack_job(task.opened)
        future = self._ask(
            post, "answer", (task, post), grade_job, self._run, our_version(), job, parcel
        )
        post.running[task] = (future, time.monotonic() + seconds)

    def _ask(
        self, post: Post, event: str, who: tuple[Any, ...], function: Any, *arguments: Any
    ) -> Any:
        """Call a function on a worker; its future comes back as an event, after ``who``."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the size of what is sent
            future = self._client.submit(
                function, *arguments, workers=[post.address], pure=False,
                key=f"{function.__name__}-{secrets.token_hex(8)}",
            )  # fmt: skip
        future.add_done_callback(lambda done: self._events.put((event, (*who, done))))
        return future

    def _take(self, task: Job, post: Post, future: Any) -> None:
        """An answer of a worker, or Dask's word that there will be none."""
        if task not in post.running or post.running[task][0] is not future:
            return  # given up before
        if future.status == "cancelled" or post.address not in self._posts:
            return  # the next look says what became of the worker
        del post.running[task]
        if future.status != "finished":
            return self._again(task, post)  # the worker died, or what it runs there failed
        told = json.loads(future.result())
        if "verdict" in told:
            self._judge_answer(task, post, unpack_result(told, task.opened))
        else:
            post.unfit = told.get("unfit", "")
            post.has_plan = False
            self._waiting.appendleft(task)

    def _judge_answer(self, task: Job, post: Post, graded: Graded) -> None:
        """Take a verdict; one that says that the machinery failed is not taken the first time."""
        failed = graded.verdict.status == "killed" and graded.verdict.reason
        if failed and task.tries + 1 < TRIES and len(self._posts) > 1:
            self._again(task, post)
        else:
            task.result.set_result(graded)

    def _give_up_overdue(self) -> None:
        """What has not answered long after its limits: its worker is not given anything more."""
        for post in self._posts.values():
            for task, (future, end) in list(post.running.items()):
                if time.monotonic() > end:
                    del post.running[task]
                    future.cancel()
                    post.unfit = "it did not answer in time"
                    self._again(task, post)

    def _cancel_all(self) -> None:
        for post in self._posts.values():
            for future, _ in post.running.values():
                with suppress(Exception):
                    future.cancel()

    def _fail(self, error: Exception) -> None:
        """Tell everybody who waits that it cannot be done."""
        tasks = [*self._waiting, *(t for post in self._posts.values() for t in post.running)]
        self._cancel_all()
        self._waiting.clear()
        for post in self._posts.values():
            post.running.clear()
        for task in tasks:
            task.result.set_exception(error)


def _why(future: Any) -> str:
    """Why a worker could not even say whether it can grade."""
    what = future.exception() if future.status == "error" else future.status
    return f"it cannot run the grader ({what})"
