"""Compiles a chapter's definitions into an answer key: runs references and misconceptions once."""

from __future__ import annotations

import hashlib
import inspect
import signal
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from grader.exercises.model import (
    CALL,
    Case,
    CaseMaker,
    Chapter,
    DefinitionError,
    Exercise,
    Question,
)
from grader.exercises.places import explained, place_of
from grader.keys.results import result_names
from pix2net.judging.answer_key import (
    Answer,
    CaseKey,
    ExerciseKey,
    Key,
    PropertyKey,
    QuestionKey,
    ScenarioKey,
)
from pix2net.judging.attempts import Attempt, attempt
from pix2net.judging.driver import Outcome, Raised, load_function, outcomes_of, timed
from pix2net.judging.judge import Judge, answer_of

PUBLIC_SEED = 20_260_401
SLOW_FACTOR = 3.0  # a misconception is stopped after this many times a timed case's limit


class ExerciseError(DefinitionError):
    """No key can be made of an exercise: why, in its author's terms, and where that is written."""

    def __init__(self, exercise: Exercise, text: str, place: str = "") -> None:
        """Take the exercise, what is wrong, and ``file:line`` (default: the reference's)."""
        self.text = text
        self.place = place or place_of(exercise.reference)
        at = f"{self.place}: " if self.place else ""
        super().__init__(f"{at}{exercise.chapter}: {exercise.name}: {text}")


def compile_key(
    chapter: Chapter,
    seed: int,
    *,
    hidden: bool,
    answers: bool = False,
    make: Callable[[Exercise, Chapter], ExerciseKey] | None = None,
) -> Key:
    """The answer key of a chapter.

    Args:
        chapter: what is asked.
        seed: of the cases' random numbers: `PUBLIC_SEED`, or for a hidden key a secret of at least
            128 bits.
        hidden: whether the hidden cases, the answers to questions and the rubrics are in it.
        answers: whether the answers to questions are in a public key, for those who study alone.
        make: where the exercises' keys of this seed come from (default: `compile_exercise`).

    Raises:
        DefinitionError: a reference fails on a case, or a definition is not usable.
    """
    compile_one = make or partial(compile_exercise, seed=seed, hidden=hidden)
    return Key(
        assignment=chapter.name,
        release=release_of(chapter, seed) if hidden else "public",
        hidden=hidden,
        exercises={
            name: compile_one(exercise, chapter) for name, exercise in chapter.exercises.items()
        },
        questions={
            name: _question(q, hidden or answers, hidden) for name, q in chapter.questions.items()
        },
    )


def release_of(chapter: Chapter, seed: int) -> str:
    """What tells a chapter's hidden key of one seed from those of others, in results."""
    return hashlib.sha256(f"{chapter.name}/{seed}".encode()).hexdigest()[:16]


def _question(question: Question, answers: bool, rubric: bool) -> QuestionKey:
    answer = sorted(question.answer) if question.kind == "choices" else question.answer
    return QuestionKey(
        question.name,
        question.points,
        question.kind,
        tuple(question.options),
        answer if answers else None,
        question.tolerance if answers else 0.0,
        dict(question.why) if answers else {},
        question.rubric_text if rubric else "",
    )


@dataclass(frozen=True)
class Compiled:
    """An exercise's key, and what the misconceptions answered when it was made.

    Attributes:
        outcomes: of each misconception by its name, one a case.
    """

    key: ExerciseKey
    outcomes: Mapping[str, Sequence[Outcome]]


def compile_exercise(
    exercise: Exercise, chapter: Chapter, seed: int, *, hidden: bool
) -> ExerciseKey:
    """One exercise of a key; its random numbers depend on the seed and its name alone."""
    return compiled(exercise, chapter, seed, hidden=hidden).key


def compiled(exercise: Exercise, chapter: Chapter, seed: int, *, hidden: bool) -> Compiled:
    """The same with what the misconceptions answered to its cases."""
    key = bare_key(exercise, chapter, seed, hidden=hidden)
    run = Runner(key, _references(chapter))
    mistaken = {
        wrong.name: _answers(run, key.cases, wrong.implementation, wrong.companions)
        for wrong in exercise.misconceptions
    }
    made = tuple(
        replace(case, answers=_failing(run.judge, case, {n: a[k] for n, a in mistaken.items()}))
        for k, case in enumerate(key.cases)
    )
    return Compiled(replace(key, cases=made), mistaken)


def bare_key(exercise: Exercise, chapter: Chapter, seed: int, *, hidden: bool) -> ExerciseKey:
    """An exercise's key without what the misconceptions answer, which takes most of the time."""
    cases = make_cases(exercise, seed, hidden=hidden)
    key = ExerciseKey(
        name=exercise.name,
        points=float(exercise.points),
        scenarios={
            name: ScenarioKey(function_source(s.function), s.uses, s.otherwise)
            for name, s in exercise.scenarios.items()
        },
        properties={
            name: PropertyKey(function_source(p.holds), p.sentence)
            for name, p in exercise.properties.items()
        },
        misconceptions={m.name: m.sentence for m in exercise.misconceptions},
        cases=(),
        results=exercise.results or result_names(exercise.reference),
        loops="Python loop" in (inspect.getdoc(exercise.reference) or ""),
    )
    expected = _expected(Runner(key, _references(chapter)), exercise, cases)
    return replace(key, cases=tuple(expected))


def _references(chapter: Chapter) -> dict[str, Any]:
    return {name: exercise.reference for name, exercise in chapter.exercises.items()}


def make_cases(exercise: Exercise, seed: int, *, hidden: bool) -> list[Case]:
    """The cases of one exercise for a seed."""
    name = int.from_bytes(hashlib.sha256(exercise.name.encode()).digest()[:8], "big")
    rng = np.random.default_rng([seed, name])
    rehearsed = hidden and exercise.rehearsal
    cases = [] if rehearsed else _drawn(exercise, exercise.cases, rng)
    if not cases and not rehearsed:
        raise ExerciseError(exercise, "its cases yield no case", place_of(exercise.cases))
    if hidden and exercise.hidden_cases is not None:
        cases += _drawn(exercise, exercise.hidden_cases, rng)
    labels = [case.label for case in cases]
    if len(set(labels)) != len(labels):
        raise ExerciseError(exercise, "it uses a case's label twice", place_of(exercise.cases))
    for case in cases:
        known = case.scenario == CALL or case.scenario in exercise.scenarios
        if not known or not set(case.properties) <= set(exercise.properties):
            said = f"case {case.label!r} names a scenario or property that is not defined"
            raise ExerciseError(exercise, said, place_of(exercise.cases))
        if case.again is not None and case.again not in labels[: labels.index(case.label)]:
            said = f"case {case.label!r} judges again what no case before it has run"
            raise ExerciseError(exercise, said, place_of(exercise.cases))
    return cases


def _drawn(exercise: Exercise, make: CaseMaker | None, rng: np.random.Generator) -> list[Case]:
    """The cases that a function of the exercise's author makes, which may fail in any way."""
    try:
        return list((make(rng) if make else None) or ())
    except Exception as error:
        place, said = explained(error, place_of(make))
        raise ExerciseError(exercise, f"its cases cannot be drawn: {said}", place) from error


def function_source(function: Callable[..., Any]) -> str:
    """A function's source without its decorators, dedented."""
    lines = textwrap.dedent(inspect.getsource(function)).splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith("def "))
    return "".join(lines[start:])


class Runner:
    """Runs implementations of one exercise on its cases, in this (trusted) process."""

    def __init__(
        self,
        key: ExerciseKey,
        references: Mapping[str, Any],
        default_seconds: float | None = None,
    ) -> None:
        self.key = key
        self.judge = Judge(key, reveal=True, thorough=True)
        self._default_seconds = default_seconds
        self._references = references
        self._scenarios = {n: load_function(s.source) for n, s in key.scenarios.items()}

    def __call__(
        self,
        case: Case | CaseKey,
        implementation: Any,
        companions: Mapping[str, Any] | None = None,
        *,
        scenario: str | None = None,
    ) -> Outcome:
        """One outcome; ``companions`` stand in for the references that the scenario uses."""
        name = scenario or case.scenario
        function = None if name == CALL else self._scenarios[name]
        uses = () if name == CALL else self.key.scenarios[name].uses
        given = {**self._references, **(companions or {})}
        limit = self._default_seconds if case.seconds is None else case.seconds * SLOW_FACTOR
        try:
            with _stopped_after(limit), np.errstate(all="ignore"):
                return timed(function, implementation, [given[u] for u in uses], case.inputs)
        except _TooSlowError:
            return Outcome("timeout", seconds=limit or 0.0)

    def attempt(
        self, case: CaseKey, implementation: Any, companions: Mapping[str, Any] | None = None
    ) -> Attempt:
        """What came of a case, asked as `check` and grading ask."""
        uses = self.key.companions

        def call(scenario: str) -> Outcome:
            return self(case, implementation, companions, scenario=scenario)

        return attempt(self.judge, case, call, there=uses, right=uses)


@contextmanager
def left_as_it_was(implementation: Any) -> Iterator[None]:
    """Put back what calls changed of a class's or function's own attributes, such as a dict that
    all instances share: the next who runs it finds it as a new process would."""
    before = {
        name: value.copy() if isinstance(value, (dict, list, set)) else value
        for name, value in _own(implementation).items()
    }
    try:
        yield
    finally:
        now = _own(implementation)
        for name in set(now) - set(before):
            delattr(implementation, name)
        for name, value in before.items():
            if now.get(name) is not value:
                setattr(implementation, name, value)


def _own(implementation: Any) -> dict[str, Any]:
    """The attributes of a class or function that its code gave it."""
    names = getattr(implementation, "__dict__", {})
    return {name: value for name, value in names.items() if not name.startswith("__")}


class _TooSlowError(BaseException):
    """Raised by the timer, past ``except Exception``."""


@contextmanager
def _stopped_after(seconds: float | None) -> Iterator[None]:
    """Raise `_TooSlowError` in the block after so much of this process's CPU time."""
    if seconds is None:
        yield
        return

    def stop(*_: object) -> None:
        raise _TooSlowError

    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _expected(run: Runner, exercise: Exercise, cases: list[Case]) -> list[CaseKey]:
    """The cases with what the reference gives. Raises `ExerciseError` where that is not right."""
    with left_as_it_was(exercise.reference):
        outcomes = outcomes_of(cases, lambda case: run(case, exercise.reference))
    found = []
    for case, outcome in zip(cases, outcomes, strict=True):
        if outcome.status != "returned":
            why = outcome.raised or Raised(outcome.status)
            said = ": ".join(part for part in (why.type_name, why.message) if part)
            text = f"case {case.label!r}: the reference gave no answer ({said})"
            raise ExerciseError(exercise, text)
        bare = CaseKey(
            case.label, dict(case.inputs), outcome.value, case.edge, case.scenario, case.compare,
            case.shapes, case.properties, case.rtol, case.atol, case.seconds,
            withheld=dict(case.withheld), again=case.again,
        )  # fmt: skip
        if not run.judge.examine(bare, outcome).passed:
            said = run.judge.checks([(bare, outcome)])[0].message
            text = f"case {case.label!r}: the reference does not pass its own check: {said}"
            raise ExerciseError(exercise, text)
        found.append(bare)
    return found


def _answers(
    run: Runner, cases: Sequence[CaseKey], implementation: Any, companions: Any
) -> list[Outcome]:
    """What a misconception answers to the cases."""
    with left_as_it_was(implementation):
        return outcomes_of(
            cases, lambda case: run.attempt(case, implementation, companions).outcome
        )


def _failing(judge: Judge, case: CaseKey, outcomes: Mapping[str, Outcome]) -> dict[str, Answer]:
    """The answers of the misconceptions that fail a case, by name."""
    answers: dict[str, Answer] = {}
    for name, reply in outcomes.items():
        if reply.status == "timeout":
            answers[name] = Answer("returned", right=True, slow=True)
            continue
        found = judge.examine(case, reply)
        if reply.status != "returned" or not found.passed:
            answers[name] = answer_of(reply, found)
    return answers
