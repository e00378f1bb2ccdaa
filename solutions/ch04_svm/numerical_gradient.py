"""numerical_gradient: slopes found by nudging one entry at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=2)


@exercise.reference
def numerical_gradient(f, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    """Find the slope of a function along each of its arguments by nudging one at a time.

    Args:
        f: a function that takes an array shaped like x and returns one number.
        x: float64 array of any shape. After the call it is as it was (up to rounding).
        step: how far an entry is nudged to either side.

    Returns:
        float64 array shaped like x. Its entry at each index is
        (f(x with that entry + step) - f(x with that entry - step)) / (2 * step),
        all other entries being as they are in x.
    """
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += step
        down[index] -= step
        gradient[index] = (f(up) - f(down)) / (2 * step)
    return gradient


@exercise.scenario()
def of_a_cubic(
    implementation: Callable[..., Any], x: np.ndarray, a: np.ndarray, b: np.ndarray, step: float
) -> Any:
    """The gradient of a made-up function of all entries together, and what x is afterwards."""

    def f(v: np.ndarray) -> float:
        if np.shape(v) != x.shape:
            return float(np.sum(v))  # whose slopes, all 1, tell that it got another shape
        return float(np.sum(a * v) ** 2 + np.sum(b * v**3) - 2 * np.sum(v))

    given = x.copy()
    return [implementation(f, given, step), given]


@exercise.scenario()
def by_name(implementation: Callable[..., Any], x: np.ndarray, a: np.ndarray, step: float) -> Any:
    """The gradient of a cubic with the step handed over by its name."""
    return implementation(lambda v: float(np.sum(a * v**3)), x.copy(), step=step)


@exercise.scenario()
def of_other_layouts(
    implementation: Callable[..., Any], x: np.ndarray, a: np.ndarray, step: float
) -> Any:
    """The gradients of one function at an x that stands column by column in memory and at one that
    is a window onto a larger array, reversed; and what has become of the two."""

    def f(v: np.ndarray) -> float:
        return float(np.sum(a * v**3) + np.sum(v) ** 2)

    columns = np.array(x, order="F")
    larger = np.repeat(np.repeat(x[::-1], 2, axis=0), 2, axis=1)
    window = larger[::2, ::2][::-1]
    found = {"columns": implementation(f, columns, step), "window": implementation(f, window, step)}
    return {**found, "x by columns": columns, "the window": window.copy(), "around it": larger}


@exercise.scenario()
def of_a_ripple(implementation: Callable[..., Any], x: np.ndarray, a: np.ndarray) -> Any:
    """The gradient, with the step that it has by itself, of a function with very short waves."""

    def f(v: np.ndarray) -> float:
        return float(np.sum(a * np.sin(2e4 * v)))

    given = x.copy()
    return [implementation(f, given), given]


def draw_cubic(rng: np.random.Generator, shape: tuple[int, ...], step: float) -> dict[str, Any]:
    """A place, coefficients well away from 0, and a step."""
    a, b = rng.choice([-1.0, 1.0], size=(2, *shape)) * rng.uniform(0.5, 1.5, size=(2, *shape))
    return {"x": rng.normal(size=shape), "a": a, "b": b, "step": step}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    # Large steps: there the formula's value is far from the true slope and from a one-sided one.
    step = float(rng.uniform(0.1, 0.3))
    yield Case("three numbers, a large step", draw_cubic(rng, (3,), step), scenario="of_a_cubic")
    rows, columns = (int(k) for k in rng.choice([2, 3, 4], size=2, replace=False))
    yield Case(
        "a matrix, a large step",
        draw_cubic(rng, (rows, columns), float(rng.uniform(0.1, 0.3))),
        scenario="of_a_cubic",
    )
    yield Case(
        "a matrix, a small step",
        draw_cubic(rng, (3, 2), 1e-4),
        scenario="of_a_cubic",
        rtol=1e-5,
        atol=1e-6,
    )
    yield Case(
        "the step that is used when none is given",
        {"x": rng.uniform(0.5, 1.5, size=4), "a": rng.uniform(0.5, 1.5, size=4)},
        scenario="of_a_ripple",
        edge=True,
        rtol=1e-4,
        atol=1e-2,
    )

    other = {name: draw_cubic(rng, (2, 3), 0.2)[name] for name in ("x", "a", "step")}
    label = "an x in other memory layouts: by columns, or a window onto a larger array"
    yield Case(label, other, edge=True, scenario="of_other_layouts")


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single number", draw_cubic(rng, (1,), 0.2), edge=True, scenario="of_a_cubic")
    yield Case(
        "an array of three axes", draw_cubic(rng, (2, 3, 2), 0.1), edge=True, scenario="of_a_cubic"
    )
    start = draw_cubic(rng, (4,), 0.15)
    start["x"] = np.zeros(4)
    yield Case("at zero", start, edge=True, scenario="of_a_cubic")
    shape = (2, 3)
    named = {name: draw_cubic(rng, shape, 0.2)[name] for name in ("x", "a", "step")}
    yield Case("step by its name", named, edge=True, scenario="by_name")
    yield Case("a step of 1, an int", draw_cubic(rng, (3,), 1), edge=True, scenario="of_a_cubic")
    equal = draw_cubic(rng, (2, 2), 0.2)
    equal["x"] = np.full((2, 2), float(rng.uniform(1, 2)))
    yield Case("entries that are all the same", equal, edge=True, scenario="of_a_cubic")
    far = draw_cubic(rng, (3,), 10.0)
    far["x"] *= 1e3
    yield Case("entries in the thousands", far, edge=True, scenario="of_a_cubic", rtol=1e-7)


def nudged_and_left(f: Callable[[np.ndarray], float], x: np.ndarray, step: float) -> np.ndarray:
    """Slopes at an x of which every entry that was nudged stays nudged."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += step
        up = f(x)
        x[index] -= 2 * step
        gradient[index] = (up - f(x)) / (2 * step)
    return gradient


exercise.wrong_ways("""
one-sided: You went to one side only, f(x + step) - f(x): go to both sides and divide by 2 * step.
    - down[index] -= step
    - gradient[index] = (f(up) - f(down)) / (2 * step)
    + gradient[index] = (f(up) - f(down)) / step

one-sided-backwards: You went to the lower side only, f(x) - f(x - step): go to both sides and
divide by 2 * step.
    - f(down)) / (2 * step)
    + f(down)) / step
    - up[index] += step

divided-by-one-step: From x - step to x + step it is two steps: you divided by one.
    - f(down)) / (2 * step)
    + f(down)) / step

not-divided: You return how much f changes; a slope is that change divided by the way, 2 * step.
    - (f(up) - f(down)) / (2 * step)
    + f(up) - f(down)

downhill: Your slopes have the wrong sign: where f grows with an entry, the slope is positive.
    - f(up) - f(down)
    + f(down) - f(up)

own-step: You nudge by a step of your own and not by the step that you were given.
    return reference(f, x)

all-nudged-at-once: You nudged all entries at once; nudge one, with the others as they are, and then
the next.
    return np.full(x.shape, (f(x + step) - f(x - step)) / (2 * step))

not-put-back: An entry that was nudged stays nudged while you come to the next, and x is not what it
was: put each one back.
    return nudged_and_left(f, x, step)

nudged-a-copy: Here your nudges do not reach the array that f gets: `ravel`, `reshape` and
`flatten` give a view of some arrays and a copy of others. Nudge an entry of x itself by its index.
    gradient = np.zeros(x.shape)
    flat = x.ravel()
    for k in range(x.size):
        old = flat[k]
        flat[k] = old + step
        up = f(x)
        flat[k] = old - step
        gradient.flat[k] = (up - f(x)) / (2 * step)
        flat[k] = old
    return gradient

flat: Your slopes stand in one long row; they belong in an array shaped like x.
    - return gradient
    + return gradient.ravel()

one-sided-by-two-steps: You went to one side only and divided by two steps: go to both sides, from x
- step to x + step.
    - down[index] -= step

not-put-back-on-a-copy: An entry that was nudged stays nudged while you come to the next: put each
one back.
    return nudged_and_left(f, x.copy(), step)

size-of-the-slope: You took the slopes without their signs: where f falls as an entry grows, the
slope is negative.
    return np.abs(reference(f, x, step))

last-entry-left-out: The last entry has no slope: does your loop end one entry early?
    gradient = reference(f, x, step)
    gradient.flat[-1] = 0.0
    return gradient

whole-rows-nudged: You nudged all of a row of x at once: nudge one entry at a time, however many
axes x has.
    - np.ndindex(x.shape)
    + range(len(x))

f-of-another-shape: You called f with an array of another shape than that of x; it takes one shaped
like x, with one entry nudged.
    return reference(f, x.ravel(), step).reshape(x.shape)

f-of-an-entry: You called f with a single entry of x; it takes an array shaped like x, with one
entry nudged.
    - f(up) - f(down)
    + f(up[index]) - f(down[index])

one-number-as-index: Your index is a single number, which picks a whole row where x has several
axes: `np.ndindex` and `np.nditer` go through the places of any array.
    - np.ndindex(x.shape)
    + range(x.size)

step-of-a-ten-thousandth: You nudge by a step of your own and not by the step that you were given.
    return reference(f, x, 1e-4)

step-of-a-thousandth: You nudge by a step of your own and not by the step that you were given.
    return reference(f, x, 1e-3)

two-axes-alone: Your function takes arrays of two axes alone; x may have any number of them:
`np.ndindex` and `np.nditer` go through the places of any array.
    - np.ndindex(x.shape)
    + np.ndindex(x.shape[0], x.shape[1])
""")
