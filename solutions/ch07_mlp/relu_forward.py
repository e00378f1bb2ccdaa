"""relu_forward: cuts off everything below 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.activations import (
    away_from_0,
    cases_of_forward,
    hidden_cases_of_forward,
    of_all_sizes,
    output_of_forward,
    outputs_in_other_layouts,
)
from solutions.shared.precision import SINGLE

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
exercise.scenario()(outputs_in_other_layouts)


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
    yield from hidden_cases_of_forward(rng)


exercise.wrong_ways(SINGLE)
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

leaks: Yours lets a part of the negative numbers through (a leaky ReLU); this one makes them 0.
    return np.where(x > 0, x, 0.01 * x), x

smooth: That is softplus, a smooth relative of ReLU: it is above max(0, x) everywhere.
    return np.logaddexp(0.0, x), x

one-number-for-all: You took the largest number of the whole array: Python's `max` and `.max()` do
that. np.maximum compares entry by entry.
    return np.maximum(0.0, x.max()), x

if-on-an-array: `if` and Python's `max` cannot decide for every entry of an array: np.maximum and
np.where can.
    return max(0.0, x), x

two-axes-alone: Your function takes arrays of two axes alone; x may have any number of them: let
NumPy's functions take all entries at once.
    rows, columns = x.shape
    return reference(x)

shifted-by-the-mean: You subtracted a mean first; ReLU looks at every number as it is.
    return np.maximum(0.0, x - x.mean()), x

largest-alone: You keep only what reaches the largest number; ReLU keeps all that is above 0.
    return np.where(x == x.max(), x, 0.0), x

cut-at-1: You cut off above as well; ReLU has no upper end.
    return np.clip(x, 0.0, 1.0), x

cut-at-6: You cut off above as well; ReLU has no upper end.
    return np.clip(x, 0.0, 6.0), x

sigmoid: That is a sigmoid, which squashes everything to between 0 and 1; ReLU is max(0, x).
    return 1 / (1 + np.exp(-x)), x

positive-numbers-alone: You leave the negative numbers out, so the shape is lost: they become 0, in
their places.
    return x[x > 0], x

maximum-along-an-axis: np.max looks for the largest number along an axis (its second argument), and
so do its kin; np.maximum compares entry by entry with 0.
    return np.max(x, 0), x
""")
