"""A case that needs another exercise of the learner's: tried with their own, then without it.

A backward pass gets its cache from the learner's own forward pass, whether or not that passes all
of its checks; where the gradient is not right so, it gets the cache that the docstring states.
Right with either is right.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from pix2net.judging.answer_key import CaseKey
from pix2net.judging.driver import Outcome
from pix2net.judging.judge import Judge
from pix2net.judging.wording import listed, worded


@dataclass(frozen=True)
class Attempt:
    """What came of a case, and what is to be said of how it was asked."""

    outcome: Outcome
    note: str = ""


def attempt(
    judge: Judge,
    case: CaseKey,
    call: Callable[[str], Outcome],
    *,
    there: Collection[str],
    right: Collection[str],
) -> Attempt:
    """Ask for a case.

    Args:
        judge: of the exercise.
        case: what is asked.
        call: runs the case by a scenario of this name.
        there: names of the learner's other exercises that can be called.
        right: those of them that pass their own checks.
    """
    scenario = judge.key.scenarios.get(case.scenario)
    if scenario is None or scenario.otherwise is None:
        return Attempt(call(case.scenario))
    names = listed(scenario.uses)
    own = call(case.scenario) if set(scenario.uses) <= set(there) else None
    worth = 0.0 if own is None else _credit(judge, case, own)
    if own is not None and worth == 1:
        return Attempt(own)
    stated = call(scenario.otherwise)
    better = _credit(judge, case, stated) > worth
    if own is not None and not better and (worth or set(scenario.uses) <= set(right)):
        return Attempt(own)
    return Attempt(stated, _note(names, passed=better, called=own is not None))


def _credit(judge: Judge, case: CaseKey, outcome: Outcome) -> float:
    """What an outcome is worth; nothing where it cannot even be compared."""
    try:
        return judge.credit(case, outcome)
    except Exception:  # over hostile data: the verdict will say so
        return 0.0


def _note(names: str, *, passed: bool, called: bool) -> str:
    if not passed:
        return worded(
            "(Checked with what the docstring says that {names} gives, since yours is not right "
            "yet.)",
            names=names,
        )
    if not called:
        return worded(
            "Right with what the docstring says that {names} gives; there is none of yours.",
            names=names,
        )
    return worded(
        "Right with what the docstring says that {names} gives. With what yours gives it is not: "
        "the two do not fit together yet.",
        names=names,
    )
