"""Makes keys and checks them, each thing once: what is known already is not computed again.

What follows from the sources alone (public keys, what verify finds on its own seeds) is remembered
from one command to the next. What has a secret seed is known to this process alone.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import active_children, get_context
from typing import Any

from grader.exercises.model import Chapter, Exercise
from grader.exercises.registry import chapter_named
from grader.keys.checks import Checked, Problem, check, check_definition
from grader.keys.compile import PUBLIC_SEED, ExerciseError, compile_key
from grader.keys.remembered import Memory
from pix2net.judging.answer_key import ExerciseKey, Key, from_data, to_data

TEST_SEEDS = (2**130 + 1, 2**131 + 5)
MANY = 3  # exercises from which it pays to start other processes
Plain = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """Something to find out of an exercise: about its key of a seed, or of its definition.

    Attributes:
        seed: of the key; None for the definition.
    """

    chapter: str
    exercise: str
    seed: int | None = None
    hidden: bool = False

    @property
    def kind(self) -> str:
        """What it is about, in a word."""
        return "definition" if self.seed is None else "hidden" if self.hidden else "public"

    @property
    def question(self) -> str:
        """Under which it is remembered; "" for what has a secret seed."""
        if self.hidden:
            return f"hidden{TEST_SEEDS.index(self.seed)}" if self.seed in TEST_SEEDS else ""
        return self.kind if self.seed in (None, PUBLIC_SEED) else ""


class Workshop:
    """Keys of exercises and what does not hold of them."""

    def __init__(self, memory: Memory | None = None, jobs: int = 1) -> None:
        """Begin.

        Args:
            memory: of what was found before (None: there is none).
            jobs: processes to work with; more than one only for chapters that are in the course.
        """
        self._memory = memory
        self._jobs = jobs
        self._known: dict[Task, Plain] = {}
        self._coming: dict[Task, Future[Plain]] = {}

    @classmethod
    def of_this_machine(cls) -> Workshop:
        """One that remembers in the user's cache and uses all processors."""
        return cls(Memory(), os.cpu_count() or 1)

    def key(self, chapter: Chapter, seed: int, *, hidden: bool, answers: bool = False) -> Key:
        """The answer key of a chapter, as `compile_key` has it."""
        exercises = chapter.exercises.values()
        with self._ahead([(_of_key(e, chapter, seed, hidden), e, chapter) for e in exercises]):
            make = partial(self._exercise_key, seed=seed, hidden=hidden)
            return compile_key(chapter, seed, hidden=hidden, answers=answers, make=make)

    def problems(
        self, exercise: Exercise, chapter: Chapter, seeds: Sequence[int] = TEST_SEEDS
    ) -> list[Problem]:
        """What does not hold of an exercise: each problem once, with the keys that show it."""
        found: dict[Problem, list[str]] = {}
        try:
            for task in _tasks(exercise, chapter, seeds):
                for problem in _problems(self._answer(task, exercise, chapter)):
                    keys = found.setdefault(problem, [])
                    if task.kind not in ("definition", *keys):
                        keys.append(task.kind)
        except ExerciseError as error:
            return [Problem(exercise.chapter, exercise.name, error.text, error.place)]
        return [
            replace(problem, text=f"{problem.text} ({' and '.join(keys)} key)") if keys else problem
            for problem, keys in found.items()
        ]

    @contextmanager
    def working_on(
        self, exercises: Iterable[tuple[Exercise, Chapter, Sequence[int]]]
    ) -> Iterator[None]:
        """Have other processes work ahead in the block on what there is to verify.

        Args:
            exercises: with their chapters and the seeds of their hidden keys.
        """
        todo = [
            (task, exercise, chapter)
            for exercise, chapter, seeds in exercises
            for task in _tasks(exercise, chapter, seeds)
        ]
        with self._ahead(todo):
            yield

    def _exercise_key(
        self, exercise: Exercise, chapter: Chapter, *, seed: int, hidden: bool
    ) -> ExerciseKey:
        answer = self._answer(_of_key(exercise, chapter, seed, hidden), exercise, chapter)
        key = from_data(ExerciseKey, answer["key"])
        assert isinstance(key, ExerciseKey)
        return key

    def _answer(self, task: Task, exercise: Exercise, chapter: Chapter) -> Plain:
        if not self._knows(task, exercise, chapter):
            coming = self._coming.pop(task, None)
            answer = coming.result() if coming else work(task, exercise, chapter)
            if "error" in answer:
                raise ExerciseError(exercise, *answer["error"])
            self._known[task] = answer
            if self._memory and task.question:
                self._memory.keep(task.question, exercise, chapter, answer)
        return self._known[task]

    def _knows(self, task: Task, exercise: Exercise, chapter: Chapter) -> bool:
        if task not in self._known and self._memory and task.question:
            answer = self._memory.recall(task.question, exercise, chapter)
            if isinstance(answer, dict):
                self._known[task] = answer
        return task in self._known

    @contextmanager
    def _ahead(self, wanted: Iterable[tuple[Task, Exercise, Chapter]]) -> Iterator[None]:
        """Have other processes do some tasks, if there is enough to do; costly ones first."""
        if self._jobs < 2 or self._coming:
            yield
            return
        todo = [each for each in wanted if not self._knows(*each)]
        if len({exercise.name for _, exercise, _ in todo}) < MANY:
            yield
            return
        spawn = get_context("spawn")
        pool = ProcessPoolExecutor(self._jobs, mp_context=spawn, initializer=_end_by_interrupt)
        try:
            todo.sort(key=lambda each: not each[1].costly)
            self._coming = {task: pool.submit(work_elsewhere, task) for task, _, _ in todo}
            yield
        except BaseException:
            for process in active_children():  # what they are at would hold up the end
                process.terminate()
            raise
        finally:
            self._coming = {}
            pool.shutdown(wait=False, cancel_futures=True)


def _tasks(exercise: Exercise, chapter: Chapter, seeds: Sequence[int]) -> list[Task]:
    """All that there is to verify of an exercise."""
    hidden = seeds[:1] if exercise.costly else seeds
    return [
        Task(chapter.name, exercise.name),
        _of_key(exercise, chapter, PUBLIC_SEED, False),
        *(_of_key(exercise, chapter, seed, True) for seed in hidden),
    ]


def _of_key(exercise: Exercise, chapter: Chapter, seed: int, hidden: bool) -> Task:
    return Task(chapter.name, exercise.name, seed, hidden)


def work(task: Task, exercise: Exercise, chapter: Chapter) -> Plain:
    """What there is to find out, as plain data: a key, problems, or why there is no key."""
    try:
        if task.seed is None:
            return {"problems": _as_data(check_definition(exercise, chapter))}
        checked: Checked = check(exercise, chapter, task.seed, hidden=task.hidden)
        return {"key": to_data(checked.key), "problems": _as_data(checked.problems)}
    except ExerciseError as error:
        return {"error": [error.text, error.place]}


def work_elsewhere(task: Task) -> Plain:
    """The same in another process, which finds the exercise by its name."""
    chapter = chapter_named(task.chapter)
    assert chapter is not None
    return work(task, chapter.exercises[task.exercise], chapter)


def _end_by_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # without a word: the command says that it ends


def _as_data(problems: Iterable[Problem]) -> list[list[str]]:
    return [[each.chapter, each.exercise, each.text, each.place] for each in problems]


def _problems(answer: Mapping[str, Any]) -> list[Problem]:
    return [Problem(*fields) for fields in answer["problems"]]
