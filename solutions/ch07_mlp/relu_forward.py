"""relu_forward: cuts off everything below 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.activations import (
    away_from_0,
    cases_of_forward,
    of_all_sizes,
    output_of_forward,
)

exercise = ExerciseDefinition(points=1)


@exercise.reference
def relu_forward(x: np.ndarray) -> tuple:
    """Cut off everything below 0: max(0, x).

    Args:
        x: float64 array of any shape.

    Returns:
        (out, cache): out is a float64 array shaped like x; cache is what relu_backward needs, in
        the form that you like best. If you have no opinion, take x.
    """
    return np.maximum(0.0, x), x


exercise.scenario()(output_of_forward)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from cases_of_forward(rng)
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    yield Case("nothing but negative numbers", {"x": -abs(away_from_0(rng, 3, 4))}, **there)
    yield Case("small and large numbers", {"x": of_all_sizes(rng)}, **there)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    yield Case("zeros among others", {"x": away_from_0(rng, 3, 3) * np.eye(3)}, **there)
    yield Case("large numbers", {"x": 1e6 * away_from_0(rng, 4, 3)}, **there)
    yield Case("a single number in an array", {"x": away_from_0(rng, 1, 1)}, **there)


exercise.wrong_ways("""
absolute-value: You turn negative numbers round; ReLU makes them 0.
    return np.abs(x), x

wrong-side: You keep the negative numbers; ReLU keeps the positive ones.
    return np.minimum(0.0, x), x

zero-or-one: You give 1 where x is positive; ReLU gives x itself there (the 1 is its slope).
    return (x > 0).astype(np.float64), x

overwrites-x: The output is right, but the zeros were written into x itself: x is the caller's, and
the output of the layer before.
    x[x < 0] = 0.0
    return x, x

no-cache: Give back two things, (out, cache): without a cache relu_backward cannot work.
    return np.maximum(0.0, x)
""")
