"""momentum_step: a step of gradient descent that has momentum."""

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
def momentum_step(
    w: np.ndarray,
    dw: np.ndarray,
    velocity: np.ndarray,
    learning_rate: float,
    momentum: float = 0.9,
) -> tuple:
    """Take a step of gradient descent with momentum.

    Args:
        w: float64 array of any shape, the weights. Nothing that is given is changed.
        dw: float64, shaped like w: the gradient of the loss at w.
        velocity: float64, shaped like w: what the step before gave; zeros before the first step.
        learning_rate: a number >= 0.
        momentum: how much of the velocity is left from one step to the next, 0 <= momentum < 1.

    Returns:
        (new w, new velocity): two new float64 arrays, shaped like w. The new velocity is momentum
        times the old one plus the gradient; w goes learning_rate times the new velocity downhill.
    """
    velocity = momentum * velocity + dw
    return w - learning_rate * velocity, velocity


for scenario in (several_steps, written_over, in_other_layouts, with_keywords):
    exercise.scenario()(scenario)


def draw_rolling(rng: np.random.Generator, *shape: int) -> dict[str, Any]:
    """Weights with a slope and a velocity, and a rate and a momentum of ordinary size."""
    return {
        "w": rng.normal(size=shape),
        "dw": draw_slopes(rng, *shape),
        "velocity": draw_slopes(rng, *shape),
        "learning_rate": float(rng.uniform(0.02, 0.3)),
        "momentum": float(rng.uniform(0.3, 0.8)),
    }


def from_rest(rng: np.random.Generator, count: int, *shape: int) -> dict[str, Any]:
    """Several steps with slopes and rates that change, from velocity 0."""
    return {
        "w": rng.normal(size=shape),
        "slopes": draw_slopes(rng, count, *shape),
        "state": np.zeros(shape),
        "rates": [float(rate) for rate in rng.uniform(0.02, 0.3, size=count)],
    }


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    hill = {
        "w": np.array([1.9, -0.8]), "dw": np.array([3.8, -57.6]),
        "velocity": np.array([4.0, 72.0]), "learning_rate": 0.025, "momentum": 0.5,
    }  # fmt: skip
    yield Case("two weights, on their way", hill)
    n, m = (int(k) for k in rng.permutation([3, 4, 5])[:2])
    yield Case("a layer's weights", draw_rolling(rng, n, m))
    first = draw_rolling(rng, int(rng.integers(4, 7)))
    first["velocity"] = np.zeros(first["w"].shape)
    yield Case("the first step", first)
    usual = {k: v for k, v in draw_rolling(rng, 6).items() if k != "momentum"}
    yield Case("the usual momentum", usual)
    yield Case(
        "five steps with a rate that changes", from_rest(rng, 5, 3, 2), scenario="several_steps"
    )
    yield Case("no momentum", {**draw_rolling(rng, 2, 3), "momentum": 0.0}, edge=True)
    over: dict[str, Any] = {"w": rng.normal(size=(2, 3)), "dw": draw_slopes(rng, 2, 3)}
    over |= {"state": draw_slopes(rng, 2, 3), "rate": 0.2}
    yield Case(
        "what was given, after the results are written over", over, edge=True,
        scenario="written_over",
    )  # fmt: skip


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    flat = draw_rolling(rng, 3, 2)
    yield Case("no slope: it rolls on", {**flat, "dw": np.zeros((3, 2))}, edge=True)
    still = {**draw_rolling(rng, 2, 2), "learning_rate": 0.0}
    yield Case("a rate of 0: the velocity changes all the same", still, edge=True)
    yield Case("four axes", draw_rolling(rng, 2, 3, 2, 2), edge=True)
    yield Case("a single weight", draw_rolling(rng, 1), edge=True)
    fast = {**draw_rolling(rng, 5), "momentum": float(rng.uniform(0.97, 0.999))}
    yield Case("hardly any friction", fast, edge=True)
    calm = {
        "w": rng.normal(size=(2, 3)), "dw": np.zeros((2, 3)), "state": np.zeros((2, 3)),
        "rate": 0.2,
    }  # fmt: skip
    yield Case("at rest on level ground", calm, edge=True, scenario="written_over")
    tiny = {k: 1e-12 * v for k, v in draw_rolling(rng, 4).items() if k not in ("momentum",)}
    tiny |= {"learning_rate": 0.1}
    yield Case("numbers that are tiny", tiny, edge=True, atol=0.0)
    given = draw_rolling(rng, 3)
    named = {k: given.pop(k) for k in ("momentum", "learning_rate")}
    yield Case(
        "arguments by their names", {"given": given, "named": named}, edge=True,
        scenario="with_keywords",
    )  # fmt: skip
    yield laid_out(**draw_rolling(rng, 3, 4))
    for label, rate, momentum in (
        ("a rate of 0, and no momentum, written over", 0.0, 0.0),
        ("a rate of 0, an int, written over", 0, 0.5),
    ):
        kept = {
            "w": rng.normal(size=4), "dw": draw_slopes(rng, 4), "state": draw_slopes(rng, 4),
            "rate": rate, "settings": {"momentum": momentum},
        }  # fmt: skip
        yield Case(label, kept, edge=True, scenario="written_over")
    whole = {**draw_rolling(rng, 2, 3), "learning_rate": 1, "momentum": 0}
    yield Case("a rate of 1 and a momentum of 0, both ints", whole, edge=True)
    numpys = draw_rolling(rng, 2, 3)
    numpys |= {k: np.float64(numpys[k]) for k in ("learning_rate", "momentum")}
    yield Case("NumPy's numbers", numpys, edge=True)
    large = {
        **draw_rolling(rng, 5), "w": weights_of_all_sizes(), "dw": 1e6 * draw_slopes(rng, 5),
        "velocity": 1e5 * draw_slopes(rng, 5), "learning_rate": 2000.0,
    }  # fmt: skip
    yield Case("weights of all sizes, a huge slope and rate", large, edge=True)
    faint = {
        "w": np.zeros(3), "dw": np.array([0.0, 0.0, 2.0]), "velocity": draw_slopes(rng, 3),
        "learning_rate": 1e-10, "momentum": 1e-10,
    }  # fmt: skip
    yield Case("a tiny rate and a tiny momentum", faint, edge=True, atol=0.0)


exercise.wrong_ways("""
rate-inside-the-velocity: Your velocity holds the learning rate. Here it adds up slopes alone, and
the rate is multiplied in when w moves: it then may change from step to step.
    velocity = momentum * velocity + learning_rate * dw
    return w - velocity, velocity

downhill-velocity: Your velocity points downhill and has the rate inside; here slopes are added up
as they are, and w goes against their sum.
    velocity = momentum * velocity - learning_rate * dw
    return w + velocity, velocity

sign-of-the-velocity: Your velocity has the wrong sign: the slope is added to it, and w then goes
against it.
    velocity = momentum * velocity - dw
    return w + learning_rate * velocity, velocity

uphill: You rolled uphill: the velocity adds up slopes, so w goes against it.
    - w - learning_rate
    + w + learning_rate

old-velocity: You moved w by the old velocity: let the slope act on the velocity first, then move.
    new = momentum * velocity + dw
    return w - learning_rate * velocity, new

an-average: You took a mean of velocity and slope, with weights momentum and 1 - momentum. Here the
slope counts in full.
    - + dw
    + + (1 - momentum) * dw

momentum-on-the-slope: The momentum stands at the wrong one of the two: it says how much of the old
velocity is left.
    - momentum * velocity + dw
    + velocity + momentum * dw

nothing-slows-it-down: Your velocity only adds up: each step keeps the fraction momentum of it.
    - momentum * velocity
    + velocity

looks-ahead: You moved by momentum times the new velocity plus the slope, as Nesterov's variant
does; here w moves by the new velocity itself.
    velocity = momentum * velocity + dw
    return w - learning_rate * (momentum * velocity + dw), velocity

plain-step: You took a plain step by the slope: it is the velocity that moves w.
    - learning_rate * velocity, velocity
    + learning_rate * dw, velocity

velocity-overwritten: The results are right, but the old velocity is gone: *= and += change the
array that is given.
    - velocity = momentum * velocity + dw
    + velocity *= momentum
    + velocity += dw

weights-overwritten: The results are right, but the old weights are gone: -= changes the array that
is given.
    - return w - learning_rate * velocity, velocity
    + w -= learning_rate * velocity
    + return w, velocity

other-order: You return the velocity first; w comes first.
    - return w - learning_rate * velocity, velocity
    + return velocity, w - learning_rate * velocity

weights-alone: You return the new weights alone; the next step needs the new velocity, too.
    - return w - learning_rate * velocity, velocity
    + return w - learning_rate * velocity

always-nine-tenths: Your momentum is always 0.9; take the one that is given.
    - momentum * velocity
    + 0.9 * velocity
""")
exercise.wrong_ways(SINGLE)
