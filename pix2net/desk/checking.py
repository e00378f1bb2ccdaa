"""What a learner calls: `check` on an exercise, `ready` before a demonstration that needs one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from pix2net.desk import cells, progress, render
from pix2net.desk.patience import told_if_long
from pix2net.desk.public_keys import find_key, find_key_file, home_of, load_cached
from pix2net.display import OneSentence, in_notebook, say
from pix2net.judging.answer_key import CaseKey, ExerciseKey, Key, QuestionKey
from pix2net.judging.attempts import attempt
from pix2net.judging.driver import Outcome, load_function, outcomes_of, timed
from pix2net.judging.failures import CALL
from pix2net.judging.helpers import mend_first, names_in
from pix2net.judging.judge import (
    CheckResult,
    ExerciseVerdict,
    Judge,
    form_problem,
    judge_exercise,
    judge_question,
)
from pix2net.judging.wording import counted, listed, worded

_CHECKING: ContextVar[bool] = ContextVar("_CHECKING", default=False)  # an exercise at the moment
NBGRADER = "NBGRADER_EXECUTION"  # set where nbgrader runs a notebook: validate, autograde


class CheckFailed(OneSentence, AssertionError):
    """An exercise's check did not pass."""


class CheckInside(Exception):
    """A check that an exercise calls: each would start more. `failures` tells it by this name."""


class UnknownTask(OneSentence, LookupError):
    """No key in reach knows the name."""


def check(name: str) -> None:
    """Check an exercise or an answer to a question, and show the result.

    In a notebook that a learner works in, a check that fails shows so and lets the cells after it
    run. Where nbgrader runs the notebook, as Validate does, and outside of notebooks it raises.

    Args:
        name: of an exercise or question of the chapter; what it names is taken from the caller.

    Raises:
        CheckFailed: a check does not pass, and no learner is there to read it.
        CheckInterrupted: the learner interrupted it.
        UnknownTask: no key knows the name.
    """
    namespace = caller_namespace()
    stale = cells.out_of_step(name)
    if stale:
        verdict = _not_this(name, stale)
        render.show(verdict, level=1)
    else:
        with told_if_long(name):
            verdict = verdict_on(name, namespace)
        key_file = find_key_file(name)
        assert key_file is not None  # else there is no verdict
        key = load_cached(key_file)
        answered = name not in key.questions or namespace.get(name) is not None
        repeats, standing = progress.note(verdict, key, home_of(key_file), answered=answered)
        render.show(verdict, level=render.level_of(verdict, repeats), footer=str(standing))
    if not verdict.passed and not _somebody_reads():
        raise CheckFailed(render.summary(verdict))


def _need_a_name(given: object) -> None:
    """Raise `UnknownTask` for what is no text, as the function itself is without its quotes."""
    if not isinstance(given, str):
        name = getattr(given, "__name__", "NAME")
        raise UnknownTask(worded('write the name in quotes: check("{name}")', name=name))


def _somebody_reads() -> bool:
    """Whether a learner sees what is shown; else an exception has to tell."""
    return in_notebook() and not os.environ.get(NBGRADER)


def _not_this(name: str, reason: str) -> ExerciseVerdict:
    """A verdict on no function at all: what the kernel holds is not what the page says."""
    check = CheckResult("the code on this page", False, reason)
    return ExerciseVerdict(name, False, 0.0, 0.0, (check,))


def ready(*names: str) -> bool:
    """Whether exercises pass their checks; if not, one line says which to fill in first."""
    namespace = caller_namespace()
    missing = [name for name in names if not verdict_on(name, namespace).passed]
    if missing:
        say(
            counted(
                "This cell comes to life once {names} passes its check.",
                "This cell comes to life once each of {names} passes its check.",
                len(missing),
                names=listed(missing),
            )
        )
    return not missing


def caller_namespace() -> Mapping[str, Any]:
    """The global names of the code that called into this module."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__") == __name__:
        frame = frame.f_back
    return frame.f_globals


def verdict_on(name: str, namespace: Mapping[str, Any]) -> ExerciseVerdict:
    """The public verdict on what ``namespace`` holds under ``name``.

    Raises:
        UnknownTask: no key knows the name.
        CheckInside: a verdict is being found, so that what it runs must have asked for this one.
    """
    if _CHECKING.get():
        raise CheckInside
    _need_a_name(name)
    key = find_key(name)
    if key is None:
        raise UnknownTask(
            worded(
                "no check is called {name!r} here: keep the name as it was, and a class's notebook "
                "beside its folder keys/",
                name=name,
            )
        )
    if name in key.questions:
        return _question_verdict(key.questions[name], namespace.get(name))
    before = _CHECKING.set(True)
    try:
        return _exercise_verdict(key, key.exercises[name], namespace)
    finally:
        _CHECKING.reset(before)


def _question_verdict(question: QuestionKey, value: Any) -> ExerciseVerdict:
    """The verdict on an answer where the key has the right one, else on its form alone."""
    if isinstance(value, (set, frozenset)):
        value = sorted(value, key=str)
    if question.answer is not None:
        return judge_question(question, value)
    problem = form_problem(question, value)
    note = problem or worded("Your answer is noted; whether it is right shows after grading.")
    result = CheckResult("form", problem is None, note)
    return ExerciseVerdict(question.name, problem is None, 0.0, 0.0, (result,))


def _exercise_verdict(
    key: Key, exercise: ExerciseKey, namespace: Mapping[str, Any]
) -> ExerciseVerdict:
    """The verdict on an exercise; exercises that it calls and that fail are told of first."""
    verdict = _verdict_alone(key, exercise, namespace)
    if verdict.passed:
        return verdict
    called = names_in(namespace.get(exercise.name)) - {exercise.name}
    broken = [
        name
        for name, other in key.exercises.items()
        if name in called and not _verdict_alone(key, other, namespace).passed
    ]
    return verdict.led_by(mend_first(broken))


def _verdict_alone(
    key: Key, exercise: ExerciseKey, namespace: Mapping[str, Any]
) -> ExerciseVerdict:
    there = [name for name in exercise.companions if name in namespace]
    right = [n for n in there if _verdict_alone(key, key.exercises[n], namespace).passed]
    judge, notes = Judge(exercise, reveal=True), dict[str, str]()

    def run(case: CaseKey) -> Outcome:
        found = attempt(
            judge,
            case,
            lambda scenario: _run(exercise, case, scenario, namespace),
            there=there,
            right=right,
        )
        notes[case.label] = found.note
        return found.outcome

    outcomes = outcomes_of(exercise.cases, run)
    told = [notes.get(case.label, "") for case in exercise.cases]
    return judge_exercise(exercise, outcomes, reveal=True, notes=told)


def _run(
    exercise: ExerciseKey, case: CaseKey, scenario: str, namespace: Mapping[str, Any]
) -> Outcome:
    if exercise.name not in namespace:
        return Outcome("missing")
    function, used = None, []
    if scenario != CALL:
        function = load_function(exercise.scenarios[scenario].source)
        uses = exercise.scenarios[scenario].uses
        if any(name not in namespace for name in uses):
            return Outcome("missing")
        used = [namespace[name] for name in uses]
    return timed(function, namespace[exercise.name], used, case.inputs)
