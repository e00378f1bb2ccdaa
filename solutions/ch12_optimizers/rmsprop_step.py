"""rmsprop_step: a step in which every weight has a rate of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch12_optimizers.stepping import (
    draw_slopes,
    several_steps,
    weights_of_all_sizes,
    written_over,
)
from solutions.shared.calls import in_other_layouts, laid_out, with_keywords
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def rmsprop_step(
    w: np.ndarray,
    dw: np.ndarray,
    square: np.ndarray,
    learning_rate: float,
    decay: float = 0.99,
    epsilon: float = 1e-8,
) -> tuple:
    """Take a step of RMSProp, in which every weight is scaled by the size of its own slopes.

    Args:
        w: float64 array of any shape, the weights. Nothing that is given is changed.
        dw: float64, shaped like w: the gradient of the loss at w.
        square: float64, shaped like w: each weight's running mean of its squared slopes, as the
            step before gave it; zeros before the first step.
        learning_rate: a number >= 0.
        decay: how much of the running mean is kept, 0 <= decay < 1; the rest of it is new.
        epsilon: a small number > 0, added to the root so that nothing is divided by 0.

    Returns:
        (new w, new square): two new float64 arrays, shaped like w. The new square is decay times
        the old one plus 1 - decay times the squared slope; w goes downhill by learning_rate times
        the slope, divided by (the root of the new square, plus epsilon).
    """
    square = decay * square + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(square) + epsilon), square


for scenario in (several_steps, written_over, in_other_layouts, with_keywords):
    exercise.scenario()(scenario)


def draw_scaled(rng: np.random.Generator, *shape: int) -> dict[str, Any]:
    """Weights with a slope and a running mean of squares, and settings of ordinary size."""
    return {
        "w": rng.normal(size=shape),
        "dw": draw_slopes(rng, *shape),
        "square": draw_slopes(rng, *shape) ** 2,
        "learning_rate": float(rng.uniform(0.02, 0.3)),
        "decay": float(rng.uniform(0.6, 0.9)),
        "epsilon": float(rng.uniform(0.02, 0.2)),
    }


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {
        "w": np.array([2.0, 1.0]), "dw": np.array([4.0, 72.0]), "square": np.zeros(2),
        "learning_rate": 0.1, "decay": 0.9, "epsilon": 1e-8,
    }  # fmt: skip
    yield Case("the worked example", example)
    n, m = (int(k) for k in rng.permutation([3, 4, 5])[:2])
    yield Case("a layer's weights, with a large epsilon", draw_scaled(rng, n, m))
    usual = draw_scaled(rng, 6)
    del usual["decay"], usual["epsilon"]
    yield Case("the usual decay and epsilon", usual)
    first = draw_scaled(rng, int(rng.integers(4, 7)))
    first["square"] = np.zeros(first["w"].shape)
    yield Case("the first step", first)
    way = {
        "w": rng.normal(size=(3, 2)), "slopes": draw_slopes(rng, 5, 3, 2),
        "state": np.zeros((3, 2)),
        "rates": [float(rate) for rate in rng.uniform(0.02, 0.3, size=5)],
    }  # fmt: skip
    yield Case("five steps", way, scenario="several_steps")
    flat = draw_scaled(rng, 4)
    flat["dw"], flat["square"] = np.zeros(4), np.zeros(4)
    yield Case("no slope, now or before", flat, edge=True)
    over: dict[str, Any] = {"w": rng.normal(size=(2, 3)), "dw": draw_slopes(rng, 2, 3)}
    over |= {"state": draw_slopes(rng, 2, 3) ** 2, "rate": 0.1}
    yield Case(
        "what was given, after the results are written over", over, edge=True,
        scenario="written_over",
    )  # fmt: skip


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("four axes", draw_scaled(rng, 2, 3, 2, 2), edge=True)
    yield Case("a single weight", draw_scaled(rng, 1), edge=True)
    yield Case("nothing is kept", {**draw_scaled(rng, 2, 3), "decay": 0.0}, edge=True)
    yield Case("a rate of 0", {**draw_scaled(rng, 2, 3), "learning_rate": 0.0}, edge=True)
    small = draw_scaled(rng, 5)
    del small["epsilon"]
    small["dw"], small["square"] = 1e-8 * small["dw"], 1e-16 * small["square"]
    yield Case("slopes as small as epsilon", small, edge=True, atol=0.0)
    huge = draw_scaled(rng, 5)
    huge["dw"], huge["square"] = 1e6 * huge["dw"], 1e12 * huge["square"]
    yield Case("slopes that are huge", huge, edge=True)
    given = draw_scaled(rng, 3)
    named = {k: given.pop(k) for k in ("epsilon", "decay", "learning_rate")}
    yield Case(
        "arguments by their names", {"given": given, "named": named}, edge=True,
        scenario="with_keywords",
    )  # fmt: skip
    yield laid_out(**draw_scaled(rng, 3, 4))
    still = {
        "w": rng.normal(size=4), "dw": draw_slopes(rng, 4), "state": draw_slopes(rng, 4) ** 2,
        "rate": 0.0,
    }  # fmt: skip
    yield Case("a rate of 0, written over", still, edge=True, scenario="written_over")
    whole = {**draw_scaled(rng, 2, 3), "learning_rate": 1, "decay": 0, "epsilon": 1}
    yield Case("a rate, a decay and an epsilon that are ints", whole, edge=True)
    numpys = draw_scaled(rng, 2, 3)
    numpys |= {k: np.float64(numpys[k]) for k in ("learning_rate", "decay", "epsilon")}
    yield Case("NumPy's numbers", numpys, edge=True)
    large = {**draw_scaled(rng, 5), "w": weights_of_all_sizes()}
    large |= {"learning_rate": 2000.0, "epsilon": 5000.0}
    yield Case("weights of all sizes, a huge rate and epsilon", large, edge=True)
    faint = {
        "w": np.zeros(4), "dw": np.array([0.0, 2e-11, -3e-10, 5.0]),
        "square": np.array([4.0, 0.0, 1e-12, 2.0]), "learning_rate": 1e-10, "decay": 0.5,
        "epsilon": 1e-10,
    }  # fmt: skip
    yield Case("a tiny rate and epsilon", faint, edge=True, atol=0.0)


exercise.wrong_ways("""
old-square: You divided by the root of the old square: bring it up to date first, then step.
    new = decay * square + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(square) + epsilon), new

epsilon-inside-the-root: Your epsilon stands inside the root; here it is added to the root.
    - np.sqrt(square) + epsilon
    + np.sqrt(square + epsilon)

epsilon-forgotten: You divide by the root alone: where the slope has always been 0, that is 0 / 0.
Add epsilon to the root.
    with np.errstate(all="ignore"):
        square = decay * square + (1 - decay) * dw**2
        return w - learning_rate * dw / np.sqrt(square), square

no-root: You divided by the mean of the squares itself: take its root, so that units agree with the
slope's.
    - np.sqrt(square)
    + square

slope-not-squared: You averaged the slopes themselves; it is their squares that are averaged.
    - dw**2
    + dw
    - np.sqrt(square)
    + np.sqrt(abs(square))

size-not-squared: You averaged the sizes of the slopes; it is their squares that are averaged, and
the root is taken of the mean.
    - dw**2
    + abs(dw)

decay-the-other-way-round: You swapped the two shares: decay is what the old square keeps, 1 - decay
the share of the new slope.
    - decay * square + (1 - decay) * dw**2
    + (1 - decay) * square + decay * dw**2

squares-only-add-up: You added the whole square to what was there, as AdaGrad does; here old squares
fade by decay, and the new one counts 1 - decay.
    - decay * square + (1 - decay) * dw**2
    + square + dw**2

new-square-in-full: Your new square counts in full; its share is 1 - decay, so that the result is a
mean.
    - (1 - decay) * dw**2
    + dw**2

one-scale-for-all: You averaged over all weights: every weight has a mean of its own.
    - (1 - decay) * dw**2
    + (1 - decay) * np.mean(dw**2)

uphill: You went uphill: w goes against the slope.
    - w - learning_rate
    + w + learning_rate

multiplied: You multiplied by the root; steep directions should take smaller steps, so divide.
    - dw / (np.sqrt(square) + epsilon)
    + dw * (np.sqrt(square) + epsilon)

square-overwritten: The results are right, but the old square is gone: *= and += change the array
that is given.
    - square = decay * square + (1 - decay) * dw**2
    + square *= decay
    + square += (1 - decay) * dw**2

other-order: You return the square first; w comes first.
    square = decay * square + (1 - decay) * dw**2
    return square, w - learning_rate * dw / (np.sqrt(square) + epsilon)

root-kept: Your second result is the root; keep the mean of the squares itself, and take its root
for the step alone.
    new, square = reference(w, dw, square, learning_rate, decay, epsilon)
    return new, np.sqrt(square)

corrected-for-the-start: You corrected the mean for its start at 0; that is Adam's idea, and comes
in the next part.
    square = decay * square + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(square / (1 - decay)) + epsilon), square
""")
exercise.wrong_ways(SINGLE)
