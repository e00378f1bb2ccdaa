"""Answers that need no thought: shaped like the right one, from no knowledge of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pix2net.judging.answer_key import CaseKey
from pix2net.judging.driver import Outcome

Fill = Callable[[np.ndarray], np.ndarray]


def shaped_like(expected: Any, fill: Fill) -> Any:
    """``expected`` with every number replaced by what ``fill`` makes of its array's shape."""
    if isinstance(expected, (list, tuple)):
        return type(expected)(shaped_like(part, fill) for part in expected)
    if isinstance(expected, dict):
        return {key: shaped_like(part, fill) for key, part in expected.items()}
    if isinstance(expected, np.ndarray):
        return fill(expected).astype(expected.dtype)
    if isinstance(expected, (bool, int, float, np.generic)):
        array = np.asarray(expected)
        return type(expected)(fill(array).astype(array.dtype)[()])
    return "" if isinstance(expected, str) else None


def trivial_answers(cases: tuple[CaseKey, ...]) -> Iterator[tuple[str, list[Outcome]]]:
    """Name and outcomes (one a case) of None, constants, random numbers and returned arguments."""
    rng = np.random.default_rng(0)
    fills: dict[str, Fill] = {
        "zeros": lambda a: np.zeros(a.shape),
        "ones": lambda a: np.ones(a.shape),
        "the constant 0.5": lambda a: np.full(a.shape, 0.5),
        "the constant 255": lambda a: np.full(a.shape, 255),
        "random numbers": lambda a: rng.normal(size=a.shape),
        "random numbers in 0..1": lambda a: rng.random(size=a.shape),
        "random integers": lambda a: rng.integers(0, 3, size=a.shape),
    }
    yield "None", [Outcome("returned", None) for _ in cases]
    for name, fill in fills.items():
        yield name, [Outcome("returned", shaped_like(case.expected, fill)) for case in cases]
    inputs = {name for case in cases for name in case.inputs}
    for name in sorted(inputs):
        yield (
            f"its argument {name}",
            [Outcome("returned", case.inputs.get(name)) for case in cases],
        )
