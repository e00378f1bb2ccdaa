"""adam_step: momentum and a rate of its own for every weight, corrected for the start."""

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
from solutions.shared.calls import with_keywords

exercise = ExerciseDefinition(points=3)


@exercise.reference
def adam_step(
    w: np.ndarray,
    dw: np.ndarray,
    state: dict,
    learning_rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple:
    """Take a step of Adam.

    Args:
        w: float64 array of any shape, the weights. Nothing that is given is changed.
        dw: float64, shaped like w: the gradient of the loss at w.
        state: dict with "m" and "v", float64 arrays shaped like w: the running means of the slopes
            and of their squares; and "t", an int: how many steps were taken so far. Before the
            first step all are 0. The dict and its arrays stay as they are.
        learning_rate: a number >= 0.
        beta1: how much of m is kept; the rest, 1 - beta1, is the new slope's.
        beta2: how much of v is kept; the rest, 1 - beta2, is the new squared slope's.
        epsilon: a small number > 0, added to the root (not inside it).

    Returns:
        (new w, new state): a new array, and a new dict with the keys "m", "v" and "t" whose t is
        one larger. For the step m is divided by 1 - beta1 ** t and v by 1 - beta2 ** t, with the
        new t; the new state holds them as they were before that.

    Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015.
    """
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    mean = m / (1 - beta1**t)
    square = v / (1 - beta2**t)
    return w - learning_rate * mean / (np.sqrt(square) + epsilon), {"m": m, "v": v, "t": t}


for scenario in (several_steps, written_over, with_keywords):
    exercise.scenario()(scenario)


@exercise.scenario()
def state_in_other_layouts(adam_step, w, dw, state, rate):
    """A step of arrays that lie column by column, and one of read-only windows onto larger ones,
    which show the rows in reverse; the state's arrays lie like the others."""
    told = []
    for upside_down in (False, True):
        given = []
        for array in (w, dw, state["m"], state["v"]):
            laid = np.array(array, order="F")
            if upside_down:
                laid = np.repeat(array, 2, axis=1)[::-1, ::2]
                laid.flags.writeable = False
            given.append(laid)
        old = {"m": given[2], "v": given[3], "t": state["t"]}
        told.append(adam_step(given[0], given[1], old, rate))
        told.append([np.array(array) for array in given])
    return told


def at_the_start(*shape: int) -> dict[str, Any]:
    """The state before the first step."""
    return {"m": np.zeros(shape), "v": np.zeros(shape), "t": 0}


def on_the_way(rng: np.random.Generator, steps: int, *shape: int) -> dict[str, Any]:
    """A state after some steps."""
    slopes = draw_slopes(rng, *shape)
    return {"m": rng.uniform(-1, 1, size=shape) * slopes, "v": slopes**2, "t": steps}


def draw_adam(rng: np.random.Generator, state: dict[str, Any]) -> dict[str, Any]:
    """Weights and slopes for a state, and settings of ordinary size."""
    shape = state["m"].shape
    return {
        "w": rng.normal(size=shape),
        "dw": draw_slopes(rng, *shape),
        "state": state,
        "learning_rate": float(rng.uniform(0.02, 0.3)),
        "beta1": float(rng.uniform(0.5, 0.8)),
        "beta2": float(rng.uniform(0.85, 0.95)),
        "epsilon": float(rng.uniform(0.02, 0.2)),
    }


def with_usual(inputs: dict[str, Any]) -> dict[str, Any]:
    """The same inputs with the settings that are usual."""
    return {k: v for k, v in inputs.items() if k not in ("beta1", "beta2", "epsilon")}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    n, m = (int(k) for k in rng.permutation([3, 4, 5])[:2])
    example = {
        "w": np.array([1.0]), "slopes": np.array([[4.0], [2.0]]), "state": at_the_start(1),
        "rates": [0.1, 0.1],
    }  # fmt: skip
    yield Case("the worked example, two steps", example, scenario="several_steps")
    yield Case("the first step", draw_adam(rng, at_the_start(n, m)))
    late = on_the_way(rng, int(rng.integers(2, 6)), m, n)
    yield Case("a step on the way, with a large epsilon", draw_adam(rng, late))
    usual = with_usual(draw_adam(rng, on_the_way(rng, int(rng.integers(6, 12)), 5)))
    yield Case("the usual settings", usual)
    way = {
        "w": rng.normal(size=(3, 2)), "slopes": draw_slopes(rng, 6, 3, 2),
        "state": at_the_start(3, 2),
        "rates": [float(rate) for rate in rng.uniform(0.02, 0.3, size=6)],
    }  # fmt: skip
    yield Case("six steps", way, scenario="several_steps")
    flat = {**draw_adam(rng, at_the_start(4)), "dw": np.zeros(4)}
    yield Case("no slope at the start", flat, edge=True)
    over: dict[str, Any] = {"w": rng.normal(size=(2, 3)), "dw": draw_slopes(rng, 2, 3)}
    over |= {"state": on_the_way(rng, 3, 2, 3), "rate": 0.1}
    yield Case(
        "what was given, after the results are written over", over, edge=True,
        scenario="written_over",
    )  # fmt: skip


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("four axes", draw_adam(rng, on_the_way(rng, 2, 2, 3, 2, 2)), edge=True)
    yield Case("a single weight", draw_adam(rng, on_the_way(rng, 4, 1)), edge=True)
    yield Case(
        "after thousands of steps", with_usual(draw_adam(rng, on_the_way(rng, 5000, 4))), edge=True
    )
    still = {**draw_adam(rng, on_the_way(rng, 3, 2, 2)), "learning_rate": 0.0}
    yield Case("a rate of 0: the state changes all the same", still, edge=True)
    forgetful = {**draw_adam(rng, on_the_way(rng, 3, 4)), "beta1": 0.0}
    yield Case("no memory of slopes", forgetful, edge=True)
    small = draw_adam(rng, on_the_way(rng, 2, 5))
    del small["epsilon"]
    small["dw"] = 1e-8 * small["dw"]
    small["state"] = {"m": 1e-8 * small["state"]["m"], "v": 1e-16 * small["state"]["v"], "t": 2}
    yield Case("slopes as small as epsilon", small, edge=True, atol=0.0)
    given = draw_adam(rng, on_the_way(rng, 2, 3))
    named = {k: given.pop(k) for k in ("epsilon", "beta2", "beta1", "learning_rate")}
    yield Case(
        "arguments by their names", {"given": given, "named": named}, edge=True,
        scenario="with_keywords",
    )  # fmt: skip
    laid = {
        "w": rng.normal(size=(3, 4)), "dw": draw_slopes(rng, 3, 4),
        "state": on_the_way(rng, 3, 3, 4), "rate": 0.1,
    }  # fmt: skip
    yield Case("arrays in other memory layouts", laid, edge=True, scenario="state_in_other_layouts")
    still = {"w": rng.normal(size=4), "dw": draw_slopes(rng, 4), "state": on_the_way(rng, 3, 4)}
    yield Case(
        "a rate of 0, written over", {**still, "rate": 0.0}, edge=True, scenario="written_over"
    )
    yield from cases_of_settings(rng)


def cases_of_settings(rng: np.random.Generator) -> Iterator[Case]:
    """Settings and weights of further types and sizes."""
    whole = draw_adam(rng, on_the_way(rng, 2, 4))
    whole |= {"learning_rate": 1, "beta1": 0, "beta2": 0, "epsilon": 1}
    yield Case("settings that are ints, and no memory of squares", whole, edge=True)
    numpys = draw_adam(rng, on_the_way(rng, 2, 4))
    settings = ("learning_rate", "beta1", "beta2", "epsilon")
    numpys |= {k: np.float64(numpys[k]) for k in settings}
    yield Case("NumPy's numbers", numpys, edge=True)
    large = draw_adam(rng, on_the_way(rng, 2, 5))
    large |= {"w": weights_of_all_sizes(), "dw": 1e6 * large["dw"]}
    yield Case(
        "weights of all sizes, a huge slope, rate and epsilon",
        {**large, "learning_rate": 2000.0, "epsilon": 5000.0}, edge=True,
    )  # fmt: skip
    faint = {
        "w": np.zeros(3), "dw": np.array([0.0, 2e-11, -3e-10]),
        "state": {"m": np.array([3.0, 0.0, 1e-9]), "v": np.array([4.0, 0.0, 1e-18]), "t": 1},
        "learning_rate": 1e-10, "beta1": 0.5, "beta2": 0.5, "epsilon": 1e-10,
    }  # fmt: skip
    yield Case("a tiny rate and epsilon", faint, edge=True, atol=0.0)


exercise.wrong_ways("""
not-corrected: You used m and v as they are: both start at 0 and are too small at first. Divide them
by 1 - beta ** t.
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    return w - learning_rate * m / (np.sqrt(v) + epsilon), {"m": m, "v": v, "t": t}

old-t: You corrected with the old t: count this step first. In the very first step the old one is 0,
and you divide by 0.
    with np.errstate(all="ignore"):
        t = state["t"]
        m = beta1 * state["m"] + (1 - beta1) * dw
        v = beta2 * state["v"] + (1 - beta2) * dw**2
        mean, square = m / (1 - beta1**t), v / (1 - beta2**t)
        new = w - learning_rate * mean / (np.sqrt(square) + epsilon)
        return new, {"m": m, "v": v, "t": t + 1}

t-forgotten: Your t stays as it was: the new state has taken one step more.
    - "t": t}
    + "t": state["t"]}

corrected-means-kept: Your new state holds the corrected means: the correction is for this step
alone, the next one needs m and v as they were before it.
    - {"m": m, "v": v, "t": t}
    + {"m": mean, "v": square, "t": t}

v-without-square: Your v averages the slopes; it is their squares that it averages.
    - (1 - beta2) * dw**2
    + (1 - beta2) * dw
    - np.sqrt(square)
    + np.sqrt(abs(square))

no-root: You divided by the mean of the squares itself: take its root.
    - np.sqrt(square)
    + square

epsilon-inside-the-root: Your epsilon stands inside the root; here it is added to the root.
    - np.sqrt(square) + epsilon
    + np.sqrt(square + epsilon)

epsilon-before-the-correction: You added epsilon to the uncorrected root and corrected afterwards:
correct v, take the root, then add epsilon.
    - (np.sqrt(square) + epsilon)
    + ((np.sqrt(v) + epsilon) / np.sqrt(1 - beta2**t))

epsilon-forgotten: You divide by the root alone: where the slope has always been 0, that is 0 / 0.
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    with np.errstate(all="ignore"):
        new = w - learning_rate * (m / (1 - beta1**t)) / np.sqrt(v / (1 - beta2**t))
    return new, {"m": m, "v": v, "t": t}

only-one-corrected: You corrected m but not v: both start at 0.
    - v / (1 - beta2**t)
    + v

same-correction-for-both: You corrected v with beta1; each mean is corrected with its own beta.
    - v / (1 - beta2**t)
    + v / (1 - beta1**t)

correction-without-t: You divided by 1 - beta, which is right in the first step alone; later it is
1 - beta ** t.
    - m / (1 - beta1**t)
    + m / (1 - beta1)
    - v / (1 - beta2**t)
    + v / (1 - beta2)

betas-swapped: You swapped the two: beta1 belongs to the slopes, beta2 to their squares.
    return reference(w, dw, state, learning_rate, beta2, beta1, epsilon)

slope-in-full: Your m adds the whole slope, as momentum does; here it is a mean, so the new slope's
share is 1 - beta1.
    - (1 - beta1) * dw
    + dw

slope-in-place-of-the-mean: You moved by the slope itself; it is the corrected mean of the slopes
that moves w.
    - learning_rate * mean
    + learning_rate * dw

old-means: You stepped with the means of the step before: bring them up to date first.
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    mean = state["m"] / (1 - beta1**t)
    square = state["v"] / (1 - beta2**t)
    return w - learning_rate * mean / (np.sqrt(square) + epsilon), {"m": m, "v": v, "t": t}

state-changed: The step is right, but the old state was changed on the way: make a new dict, with
new arrays in it.
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    state.update(after)
    return new, state

arrays-changed: The step is right, but the arrays of the old state were changed: *= and += write
into the arrays that are given.
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    state["m"][...], state["v"][...] = after["m"], after["v"]
    return new, {"m": state["m"], "v": state["v"], "t": after["t"]}

uphill: You went uphill: w goes against the mean of the slopes.
    - w - learning_rate
    + w + learning_rate

old-t-from-1: You corrected with the old t, and with 1 where that was 0: count this step first, then
correct.
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    t = max(state["t"], 1)
    mean, square = m / (1 - beta1**t), v / (1 - beta2**t)
    new = w - learning_rate * mean / (np.sqrt(square) + epsilon)
    return new, {"m": m, "v": v, "t": state["t"] + 1}

times-t: You multiplied beta by t; in the correction it is raised to the power t.
    - m / (1 - beta1**t)
    + m / (1 - beta1 * t)
    - v / (1 - beta2**t)
    + np.abs(v / (1 - beta2 * t))

times-t-unguarded: You multiplied beta by t; in the correction it is raised to the power t.
    - m / (1 - beta1**t)
    + m / (1 - beta1 * t)
    - v / (1 - beta2**t)
    + v / (1 - beta2 * t)

times-t-in-v: You multiplied beta2 by t; in the correction it is raised to the power t.
    - v / (1 - beta2**t)
    + np.abs(v / (1 - beta2 * t))

times-t-in-m: You multiplied beta1 by t; in the correction it is raised to the power t.
    - m / (1 - beta1**t)
    + m / (1 - beta1 * t)

v-alone-corrected: You corrected v but not m: both start at 0.
    - m / (1 - beta1**t)
    + m
""")
