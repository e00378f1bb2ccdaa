"""sgd_step: one step downhill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
def sgd_step(W: np.ndarray, dW: np.ndarray, learning_rate: float) -> np.ndarray:
    """Take one step downhill.

    Args:
        W: (C, D) float64 weights. W itself stays as it is.
        dW: (C, D) float64, the gradient of the loss at W; it stays as it is, too.
        learning_rate: how far to go, a number >= 0.

    Returns:
        (C, D) float64, a new array: every weight moved against its slope, by
        learning_rate times that slope.
    """
    return W - learning_rate * dW


exercise.scenario()(in_other_layouts)


@exercise.scenario()
def new_changed_afterwards(
    implementation: Callable[..., Any], W: np.ndarray, dW: np.ndarray, learning_rate: float
) -> Any:
    """The old weights and the gradient after the new weights have been written over."""
    old, slope = W.copy(), dW.copy()
    new = implementation(old, slope, learning_rate)
    kept = np.array(new)
    new[:] = 7.0
    return [kept, old, slope]


def draw_step(rng: np.random.Generator, c: int, d: int, rate: float) -> dict[str, Any]:
    """Weights, a gradient and a learning rate."""
    W, dW = rng.normal(size=(2, c, d))
    return {"W": W, "dW": dW, "learning_rate": rate}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    two = {"W": np.array([[1.0, -2.0]]), "dW": np.array([[4.0, -10.0]]), "learning_rate": 0.1}
    yield Case("two weights", two)
    c, d = (int(k) for k in rng.choice([3, 4, 5, 6], size=2, replace=False))
    yield Case("several classes", draw_step(rng, c, d, float(rng.uniform(0.05, 0.5))))
    yield Case("a large learning rate", draw_step(rng, 3, 4, float(rng.uniform(2, 5))))
    steep = draw_step(rng, 3, 3, float(rng.uniform(0.01, 0.05)))
    steep["dW"] *= 50
    yield Case("a steep slope", steep)
    yield Case(
        "the old weights are untouched, also when the new ones are changed",
        draw_step(rng, 2, 3, 0.2),
        edge=True,
        scenario="new_changed_afterwards",
    )


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single class", draw_step(rng, 1, 5, 0.3), edge=True)
    flat = draw_step(rng, 3, 4, 0.7)
    flat["dW"] = np.zeros((3, 4))
    yield Case("no slope at all", flat, edge=True)
    yield Case("a learning rate that is a whole number", draw_step(rng, 2, 4, 1), edge=True)
    yield Case(
        "a learning rate of 0: equal weights, and yet a new array",
        draw_step(rng, 2, 3, 0.0), edge=True, scenario="new_changed_afterwards",
    )  # fmt: skip
    yield Case(
        "no slope at all: equal weights, and yet a new array",
        flat, edge=True, scenario="new_changed_afterwards",
    )  # fmt: skip
    tiny = draw_step(rng, 3, 4, 1e-12)
    tiny["W"] *= 1e-12
    yield Case("weights and rate that are tiny", tiny, edge=True, atol=0.0)
    slight = draw_step(rng, 3, 4, 0.5)
    slight = {**slight, "W": np.zeros((3, 4)), "dW": 1e-12 * slight["dW"]}
    yield Case("from 0, by slopes that are tiny", slight, edge=True, atol=0.0)
    huge = draw_step(rng, 3, 4, 1e3)
    huge["W"], huge["dW"] = 1e12 * huge["W"], 1e9 * huge["dW"]
    yield Case("numbers that are huge", huge, edge=True)
    yield laid_out(**draw_step(rng, 3, 4, 0.3))


exercise.wrong_ways("""
uphill: You went uphill: the gradient says where the loss grows, so go against it.
    return W + learning_rate * dW

old-weights-overwritten: The new weights are right, but the old ones are gone: -= changes the array
that is given.
    W -= learning_rate * dW
    return W

gradient-overwritten: The new weights are right, but the gradient was changed on the way: it belongs
to the caller.
    dW *= learning_rate
    return W - dW

rate-ignored: You subtracted the whole gradient; multiply it by the learning rate first.
    return W - dW

direction-alone: You took the gradient's direction alone; a steeper slope makes a longer step.
    length = float(np.linalg.norm(dW))
    return W - learning_rate * dW / (length or 1.0)

sign-alone: You used the sign of each slope alone; a steeper slope makes a longer step.
    return W - learning_rate * np.sign(dW)

step-alone: You return the size of the step; what is asked for is where it leads, starting from W
and going against the slope.
    return learning_rate * dW

step-without-weights: You return the step; what is asked for is where it leads, starting from W.
    return -learning_rate * dW

weights-for-the-gradient: You subtracted learning_rate times the weights; it is the gradient, dW,
that says which way is down.
    return W - learning_rate * W

shrinks-the-weights: You multiplied the weights by the rate as well; W itself stays whole, and
learning_rate times the gradient comes off it.
    return learning_rate * (W - dW)
""")
exercise.wrong_ways(SINGLE)
