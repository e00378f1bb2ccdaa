"""sigmoid_forward: squashes every entry to between 0 and 1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.activations import (
    away_from_0,
    cases_of_forward,
    hidden_cases_of_forward,
    output_of_forward,
    outputs_in_other_layouts,
)
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
def sigmoid_forward(x: np.ndarray) -> tuple:
    """Squash every entry to between 0 and 1: 1 / (1 + e^-x).

    Args:
        x: float64 array of any shape, with entries of any size.

    Returns:
        (out, cache): out is a float64 array shaped like x, finite everywhere; cache is what
        sigmoid_backward needs, in the form that you like best. If you have no opinion, take out.
    """
    out = np.exp(-np.logaddexp(0.0, -x))  # 1 / (1 + e^-x) without overflow
    return out, out


exercise.scenario()(output_of_forward)
exercise.scenario()(outputs_in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from cases_of_forward(rng)
    extreme = {"x": np.array([[-1e4, -1000.0, -750.0], [750.0, 1000.0, 1e4]])}
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    yield Case("very large and very small numbers", extreme, **there)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    mixed = away_from_0(rng, 3, 3)
    mixed[rng.permutation(3)[:2], 1] = rng.uniform(800, 9000, size=2) * [-1, 1]
    yield Case("ordinary and extreme numbers in one array", {"x": mixed}, **there)
    yield Case("zeros", {"x": np.zeros((2, 3))}, **there)
    yield from hidden_cases_of_forward(rng)


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
overflows: For large x your e^x is infinite, and infinite / infinite is NaN: divide numerator and
denominator by e^x, or treat positive and negative numbers differently.
    out = np.exp(x) / (1 + np.exp(x))
    return out, out

sign-of-x: Your curve falls where it should rise: mind the sign in front of x in the exponent.
    - (0.0, -x)
    + (0.0, x)

tanh: That is the hyperbolic tangent: it runs from -1 to 1, a sigmoid from 0 to 1.
    return np.tanh(x), np.tanh(x)

softmax: You divide by a sum over several entries, as softmax does: a sigmoid looks at every entry
by itself.
    e = np.exp(x - x.max())
    return e / e.sum(), x

no-cache: Give back two things, (out, cache): without a cache sigmoid_backward cannot work.
    - return out, out
    + return out

numbers-alone: The functions of `math` and `float` take single numbers alone: use NumPy's, which
take every entry of an array.
    if x.size > 1:
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return reference(x)

if-on-an-array: `if` cannot decide for every entry of an array: np.where can.
    if x >= 0:
        out = 1 / (1 + np.exp(-x))
    else:
        out = np.exp(x) / (1 + np.exp(x))
    return out, out

two-axes-alone: Your function takes arrays of two axes alone; x may have any number of them: let
NumPy's functions take all entries at once.
    rows, columns = x.shape
    return reference(x)

clipped-too-narrow: You clip x to a range in which the curve is not flat yet; exp can be trusted up
to about 700.
    out = 1 / (1 + np.exp(-np.clip(x, -10, 10)))
    return out, out

clipped-at-5: You clip x to a range in which the curve is not flat yet; exp can be trusted up to
about 700.
    out = 1 / (1 + np.exp(-np.clip(x, -5, 5)))
    return out, out

softmax-of-rows: You divide by a sum over a row, as softmax does: a sigmoid looks at every entry by
itself.
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True), x

tanh-of-x: Your curve is the sigmoid of 2 x, not of x: in the form with tanh, it is half of x that
tanh gets.
    out = (np.tanh(x) + 1) / 2
    return out, out

no-brackets: Your output is 1 + e^-x: `/` comes before `+`, so the denominator 1 + e^-x needs
brackets.
    out = 1 / 1 + np.exp(-x)
    return out, out

no-1: The 1 in the denominator is missing: 1 / (1 + e^-x).
    return np.exp(np.clip(x, -700, 700)), x

slope: You give the slope of the sigmoid; that is the business of sigmoid_backward.
    out = reference(x)[0]
    return out * (1 - out), out

overflows-below: For very negative x your e^-x is infinite, and what you make of it is NaN: treat
positive and negative numbers differently.
    e = np.exp(-x)
    out = 1 - e / (1 + e)
    return out, out

cache-first: The output comes first, then the cache: (out, cache).
    out = reference(x)[0]
    return x, out
""")
