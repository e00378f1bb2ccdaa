"""Chapter 04, second part: slopes by nudging, how to compare them, and a step downhill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch04_hinge import chapter

Function = Callable[[np.ndarray], float]


@chapter.exercise(points=2)
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


@chapter.scenario(numerical_gradient)
def of_a_cubic(
    implementation: Callable[..., Any], x: np.ndarray, a: np.ndarray, b: np.ndarray, step: float
) -> Any:
    """The gradient of a made-up function of all entries together, and what x is afterwards."""

    def f(v: np.ndarray) -> float:
        return float(np.sum(a * v) ** 2 + np.sum(b * v**3) - 2 * np.sum(v))

    given = x.copy()
    return [implementation(f, given, step), given]


@chapter.scenario(numerical_gradient)
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


@chapter.cases(numerical_gradient)
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


@chapter.hidden_cases(numerical_gradient)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single number", draw_cubic(rng, (1,), 0.2), edge=True, scenario="of_a_cubic")
    yield Case(
        "an array of three axes", draw_cubic(rng, (2, 3, 2), 0.1), edge=True, scenario="of_a_cubic"
    )
    start = draw_cubic(rng, (4,), 0.15)
    start["x"] = np.zeros(4)
    yield Case("at zero", start, edge=True, scenario="of_a_cubic")


def _nudged(f: Function, x: np.ndarray, slope: Callable[[Function, int], float]) -> np.ndarray:
    """A gradient (shaped like x) whose entry i is ``slope(f along entry i, i)``."""
    gradient = np.zeros(x.size)
    for i in range(x.size):

        def along(nudge: float, i: int = i) -> float:
            moved = x.copy()
            moved.reshape(-1)[i] += nudge
            return f(moved)

        gradient[i] = slope(along, i)  # type: ignore[arg-type]
    return gradient.reshape(x.shape)


@chapter.misconception(
    numerical_gradient, "one-sided",
    "You went to one side only, f(x + step) - f(x): go to both sides and divide by 2 * step.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    return _nudged(f, x, lambda along, i: (along(step) - along(0)) / step)  # type: ignore[arg-type]


@chapter.misconception(
    numerical_gradient, "one-sided-backwards",
    "You went to the lower side only, f(x) - f(x - step): go to both sides and divide by 2 * step.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    return _nudged(f, x, lambda along, i: (along(0) - along(-step)) / step)  # type: ignore[arg-type]


@chapter.misconception(
    numerical_gradient, "divided-by-one-step",
    "From x - step to x + step it is two steps: you divided by one.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    return _nudged(f, x, lambda along, i: (along(step) - along(-step)) / step)  # type: ignore[arg-type]


@chapter.misconception(
    numerical_gradient, "not-divided",
    "You return how much f changes; a slope is that change divided by the way, 2 * step.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    return _nudged(f, x, lambda along, i: along(step) - along(-step))  # type: ignore[arg-type]


@chapter.misconception(
    numerical_gradient, "downhill",
    "Your slopes have the wrong sign: where f grows with an entry, the slope is positive.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    return _nudged(f, x, lambda along, i: (along(-step) - along(step)) / (2 * step))  # type: ignore[arg-type]


@chapter.misconception(
    numerical_gradient, "own-step",
    "You nudge by a step of your own and not by the step that you were given.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    return _nudged(f, x, lambda along, i: (along(1e-5) - along(-1e-5)) / 2e-5)  # type: ignore[arg-type]


@chapter.misconception(
    numerical_gradient, "all-nudged-at-once",
    "You nudged all entries at once; nudge one, with the others as they are, and then the next.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    return np.full(x.shape, (f(x + step) - f(x - step)) / (2 * step))


@chapter.misconception(
    numerical_gradient, "not-put-back",
    "An entry that was nudged stays nudged while you come to the next, and x is not what it was: "
    "put each one back.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += step
        up = f(x)
        x[index] -= 2 * step
        gradient[index] = (up - f(x)) / (2 * step)
    return gradient


@chapter.misconception(
    numerical_gradient, "flat",
    "Your slopes stand in one long row; they belong in an array shaped like x.",
)  # fmt: skip
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    return _nudged(f, x, lambda along, i: (along(step) - along(-step)) / (2 * step)).ravel()  # type: ignore[arg-type]


@chapter.variant(numerical_gradient, "nudged in place, put back")
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    gradient = np.zeros_like(x)
    entries = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not entries.finished:
        i = entries.multi_index
        old = x[i]
        x[i] = old + step
        up = f(x)
        x[i] = old - step
        down = f(x)
        x[i] = old
        gradient[i] = (up - down) / (2 * step)
        entries.iternext()
    return gradient


@chapter.variant(numerical_gradient, "nudged there and back, up to rounding")
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    gradient = np.empty(x.size)
    for i in range(x.size):
        x.flat[i] += step
        gradient[i] = f(x)
        x.flat[i] -= 2 * step
        gradient[i] -= f(x)
        x.flat[i] += step
    return gradient.reshape(x.shape) / (2 * step)


@chapter.variant(numerical_gradient, "rows of the unit matrix")
def _(f: Function, x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    nudges = step * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + nudge) - f(x - nudge)) / step / 2 for nudge in nudges]
    return np.array(slopes).reshape(x.shape)


@chapter.exercise(points=1)
def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Say how far two arrays differ, in proportion to the size of their entries.

    Args:
        a, b: float64 arrays of one shape.

    Returns:
        A float: the largest entry of |a - b| / max(1e-8, |a| + |b|), computed entry by
        entry. It is 0 where the two agree and at most 1; the 1e-8 keeps it from 0 / 0.
    """
    return np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)))


def draw_pair(rng: np.random.Generator, shape: tuple[int, ...], sign: float) -> dict[str, Any]:
    """Two arrays of entries of very different sizes; where they differ most in proportion, ``a`` is
    above ``b`` (sign 1) or below it (sign -1)."""
    a = rng.choice([-1.0, 1.0], size=shape) * 10.0 ** rng.uniform(-1, 1, size=shape)
    b = a * (1 + rng.uniform(-0.01, 0.01, size=shape))
    worst = int(np.argmin(np.abs(a)))  # not the one that differs most in itself
    b.flat[worst] = a.flat[worst] - sign * float(rng.uniform(0.05, 0.09)) * abs(a.flat[worst])
    b.flat[int(np.argmax(np.abs(a)))] *= 1.02
    return {"a": a, "b": b}


@chapter.cases(relative_error)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("three numbers of the example",
               {"a": np.array([2.0, -0.5, 0.0]), "b": np.array([2.1, -0.4, 0.0])})  # fmt: skip
    yield Case("two rows of gradients", draw_pair(rng, (5,), 1.0))
    yield Case("two matrices", draw_pair(rng, (4, 3), -1.0))
    opposite = rng.uniform(0.5, 2, size=(3, 4))
    other = opposite * rng.choice([-0.6, 0.4], size=(3, 4))
    other[1, 2] = -0.3 * opposite[1, 2]
    yield Case("some signs differ", {"a": opposite, "b": other}, edge=True)
    same = rng.normal(size=(3, 3))
    yield Case("twice the same array", {"a": same, "b": same.copy()}, edge=True)
    yield Case("zeros in the same places", {"a": np.zeros(4), "b": np.zeros(4)}, edge=True)


@chapter.hidden_cases(relative_error)
def _(rng: np.random.Generator) -> Iterator[Case]:
    tiny = 1e-9 * rng.uniform(0.2, 0.8, size=(2, 6))
    yield Case("entries below 1e-8", {"a": tiny[0], "b": tiny[1]}, edge=True, atol=1e-12)
    a = rng.uniform(1, 2, size=(3, 2))
    near = a * (1 + 1e-9 * rng.uniform(1, 9, size=(3, 2)))
    yield Case(
        "gradients that agree to eight digits", {"a": a, "b": near}, edge=True,
        rtol=1e-4, atol=1e-14,
    )  # fmt: skip
    zero = np.array([0.0, 3.0, 0.0])
    sloping = np.array([0.0, 3.0, float(rng.uniform(0.1, 1))])
    yield Case("a slope where there should be none", {"a": zero, "b": sloping}, edge=True)
    yield Case("a single entry", draw_single(rng), edge=True)


def draw_single(rng: np.random.Generator) -> dict[str, Any]:
    """Two arrays of one entry."""
    return {"a": rng.uniform(1, 2, size=1), "b": rng.uniform(2, 3, size=1)}


SCALES = {
    "mean-instead-of-worst": (
        "You took the mean over the entries; one wrong entry among thousands would go unnoticed, "
        "so take the largest.",
        lambda a, b: np.mean(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b))),
    ),
    "absolute": (
        "You return how far the entries differ, not in proportion to their size: 0.001 is nothing "
        "beside 1000 and everything beside 0.001.",
        lambda a, b: np.max(np.abs(a - b)),
    ),
    "sign-kept": (
        "You left the sign in the difference: where a is below b, the error must count as well.",
        lambda a, b: np.max((a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b))),
    ),
    "larger-of-the-two": (
        "You divided by the larger of |a| and |b|; here it is their sum.",
        lambda a, b: np.max(np.abs(a - b) / np.maximum(1e-8, np.maximum(np.abs(a), np.abs(b)))),
    ),
    "one-of-the-two": (
        "You divided by |b| alone, so that a and b are not treated alike: use |a| + |b|.",
        lambda a, b: np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(b))),
    ),
    "sum-without-sizes": (
        "You divided by a + b without taking sizes first: entries of opposite sign cancel there.",
        lambda a, b: np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a + b))),
    ),
    "no-floor": (
        "Where both entries are 0 you divide 0 by 0: that is what the 1e-8 is for.",
        lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + np.abs(b))),
    ),
    "whole-arrays": (
        "You compared the largest difference with the largest size in the whole array; the "
        "proportion is taken entry by entry.",
        lambda a, b: np.max(np.abs(a - b)) / max(1e-8, np.max(np.abs(a) + np.abs(b))),
    ),
}
for _name, (_sentence, _wrong) in SCALES.items():
    chapter.misconception(relative_error, _name, _sentence)(_wrong)


@chapter.variant(relative_error, "entry by entry")
def _(a: np.ndarray, b: np.ndarray) -> float:
    worst = 0.0
    for p, q in zip(a.flat, b.flat, strict=True):
        worst = max(worst, abs(p - q) / max(1e-8, abs(p) + abs(q)))
    return worst


@chapter.variant(relative_error, "clipped from below")
def _(a: np.ndarray, b: np.ndarray) -> float:
    return (abs(b - a) / np.clip(abs(a) + abs(b), 1e-8, None)).max()


@chapter.variant(relative_error, "a list of ratios, the last after sorting")
def _(a: np.ndarray, b: np.ndarray) -> float:
    size = np.abs(np.stack([a, b])).sum(axis=0)
    size[size < 1e-8] = 1e-8
    return float(np.sort((np.fabs(np.subtract(a, b)) / size).ravel())[-1])
