"""Answers that only look up what the public key shows, and what they earn on hidden cases.

Whoever reads a notebook's key knows the inputs of its cases and what comes out. An answer that
hands that out again, to equal inputs or to the nearest, has learned nothing and must earn nothing:
among the ordinary hidden cases there must be some that the public ones do not give away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from pix2net.judging import codec
from pix2net.judging.answer_key import CaseKey, ExerciseKey
from pix2net.judging.driver import Outcome, Raised
from pix2net.judging.judge import judge_exercise

LookUp = Callable[[CaseKey, Sequence[CaseKey]], Any]
NOTHING = object()  # a table that has no answer


def earned_by_table(public: ExerciseKey, hidden: ExerciseKey) -> Iterator[str]:
    """Each way to look answers up that earns something on a hidden key."""
    for way, outcomes in table_answers(public, hidden):
        if judge_exercise(hidden, outcomes, reveal=False).score:
            yield way


def table_answers(public: ExerciseKey, hidden: ExerciseKey) -> Iterator[tuple[str, list[Outcome]]]:
    """What each way to look answers up says to the cases of a hidden key, one outcome a case."""
    shown = [case for case in public.cases if case.again is None]
    labels = {case.label: case for case in hidden.cases}
    for name, look_up in WAYS.items():
        yield (
            name,
            [_outcome(_first(case, shown, look_up, labels)) for case in hidden.cases],
        )


def _first(
    case: CaseKey, shown: Sequence[CaseKey], look_up: LookUp, labels: Mapping[str, CaseKey]
) -> Any:
    """The answer to equal inputs, else what the table makes of others."""
    asked = case if case.again is None else labels[case.again]
    like = [each for each in shown if each.scenario == asked.scenario]
    equal = next((each for each in like if _packed(each) == _packed(asked)), None)
    if equal is not None:
        return equal.expected
    return look_up(asked, like)


def _outcome(answer: Any) -> Outcome:
    if answer is NOTHING:
        return Outcome("raised", raised=Raised("KeyError"))
    return Outcome("returned", answer)


def _packed(case: CaseKey) -> bytes:
    return codec.dumps(case.inputs)


def _nothing(asked: CaseKey, shown: Sequence[CaseKey]) -> Any:
    return NOTHING


def _nearest(asked: CaseKey, shown: Sequence[CaseKey]) -> Any:
    """The answer to the inputs whose numbers are nearest; those of the same form come first."""
    if not shown:
        return NOTHING
    form, numbers = _form(asked.inputs), _numbers(asked.inputs)

    def far(case: CaseKey) -> tuple[bool, float]:
        theirs = _numbers(case.inputs)
        length = max(len(numbers), len(theirs))
        gap = np.resize(numbers, length) - np.resize(theirs, length) if length else np.zeros(1)
        return _form(case.inputs) != form, float(np.nan_to_num(np.abs(gap)).mean())

    return min(shown, key=far).expected


def _of_the_same_label(asked: CaseKey, shown: Sequence[CaseKey]) -> Any:
    """The answer to the case of the same label, which its inputs' sizes may well give away."""
    return next((case.expected for case in shown if case.label == asked.label), NOTHING)


def _commonest(asked: CaseKey, shown: Sequence[CaseKey]) -> Any:
    """The answer that occurs most often."""
    if not shown:
        return NOTHING
    packed = Counter(codec.dumps(case.expected) for case in shown)
    return codec.loads(packed.most_common(1)[0][0])


WAYS: Mapping[str, LookUp] = {
    "equal inputs": _nothing,
    "equal inputs, else the nearest": _nearest,
    "equal inputs, else the case of the same label": _of_the_same_label,
    "equal inputs, else the most common answer": _commonest,
}


def _form(value: Any) -> Any:
    """What some inputs are apart from their numbers."""
    if isinstance(value, Mapping):
        return tuple((key, _form(part)) for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, *(_form(part) for part in value))
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str
    return value if isinstance(value, str) else type(value).__name__


def _numbers(value: Any) -> np.ndarray:
    """All numbers of some inputs in a row."""
    if isinstance(value, (Mapping, list, tuple)):
        parts = [
            _numbers(part) for part in (value.values() if isinstance(value, Mapping) else value)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return np.zeros(0)
    return array.astype(np.float64).ravel()
