"""min_max_scale: every feature on the scale from its lowest to its highest value."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.features import ROOMS, draw_rows
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
def min_max_scale(X: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Put every feature on the scale that runs from low (0) to high (1).

    Args:
        X: (N, D) examples of any split, one a row; float64, or integers such as uint8
            pixels. X itself stays as it is.
        low, high: (D,) smallest and largest value of each feature in the training rows; float64
            or integers, as X.

    Returns:
        (N, D) float64: (X - low) / (high - low). A new row may lie outside the range, and then
        its result lies outside 0..1: nothing is clipped. A feature with low == high becomes 0 in
        every row, whatever X holds there.
    """
    shifted = X.astype(np.float64) - low
    span = high - low
    return np.divide(shifted, span, out=np.zeros_like(shifted), where=span > 0)


exercise.scenario()(in_other_layouts)


def draw_range(rng: np.random.Generator, n: int, d: int) -> dict[str, np.ndarray]:
    """Rows, and a range for each feature that about half of the rows fall out of."""
    low = rng.uniform(-6, 0, size=d)
    span = rng.uniform(2, 6, size=d)
    span[0] = rng.uniform(0.3, 0.8)
    return {"X": draw_rows(rng, n, d), "low": low, "high": low + span}


def draw_level(rng: np.random.Generator, *, moved: bool) -> dict[str, np.ndarray]:
    """Inputs in which one feature has no range (and, if moved, values off it)."""
    inputs = draw_range(rng, 6, 4)
    j = int(rng.integers(0, 4))
    inputs["high"][j] = inputs["low"][j] = float(rng.integers(2, 9))
    inputs["X"][:, j] = inputs["low"][j]
    if moved:
        inputs["X"][:3, j] += rng.uniform(1, 5, size=3)
    return inputs


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(
        "the four rooms of the worked example",
        {"X": ROOMS, "low": ROOMS.min(axis=0), "high": ROOMS.max(axis=0)},
    )
    n, d = (int(size) for size in rng.permutation([4, 6]))
    yield Case("rows within the range and outside it", draw_range(rng, n, d))
    n = int(rng.integers(3, 6))
    yield Case("as many examples as features", draw_range(rng, n, n))
    yield Case("a feature with low == high", draw_level(rng, moved=False), edge=True)
    yield Case(
        "a feature with low == high, and other values in new rows",
        draw_level(rng, moved=True),
        edge=True,
    )
    pixels = {
        "X": rng.integers(0, 60, size=(6, 4), dtype=np.uint8),
        "low": rng.integers(30, 90, size=4, dtype=np.uint8),
        "high": rng.integers(150, 256, size=4, dtype=np.uint8),
    }
    pixels["X"][0] = 0  # below every low: as uint8, the difference would wrap around
    yield Case("pixels and range as uint8", pixels, edge=True)
    fine = {name: 1e-4 * value for name, value in draw_range(rng, 5, 3).items()}
    yield Case("features with very small numbers", fine, edge=True)
    tiny = {name: 1e-11 * value for name, value in draw_range(rng, 5, 3).items()}
    yield Case("tiny numbers", tiny, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_range(rng, 1, 4), edge=True)
    yield Case("a single feature", draw_range(rng, 5, 1), edge=True)
    low = rng.integers(-9, 0, size=3)
    whole = {"X": rng.integers(-20, 21, size=(5, 3)), "low": low, "high": low + np.array([3, 5, 0])}
    yield Case("whole numbers, and one feature with low == high", whole, edge=True)
    short = {name: value.astype(np.int32) for name, value in whole.items()}
    yield Case("the same as int32", short, edge=True)
    zeros = draw_range(rng, 5, 3)
    zeros["X"][:3, 0], zeros["low"][1], zeros["high"][2] = 0.0, 0.0, 0.0
    zeros["high"][1], zeros["low"][2] = 4.5, -3.5
    yield Case("zeros, and ranges that begin or end at 0", zeros, edge=True)
    equal = draw_range(rng, 5, 3)
    equal["X"][2:4], equal["low"][1:], equal["high"][1:] = 2.5, -1.5, 3.0
    yield Case("equal numbers", equal, edge=True)
    huge = {name: 1e7 * value for name, value in draw_range(rng, 5, 3).items()}
    yield Case("huge numbers", huge, edge=True)
    level = draw_range(rng, 4, 3)
    level["high"] = level["low"].copy()
    yield Case("low == high in every feature", level, edge=True)
    yield laid_out(**draw_range(rng, 6, 4))


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
clipped: You clipped to 0..1; a row outside the training range keeps its place outside.
    return np.clip(reference(X, low, high), 0, 1)

own-range: You used the smallest and largest values in X; use the low and high that were handed
over, which belong to the training rows.
    return reference(X, X.min(axis=0), X.max(axis=0))

divided-by-high: You divided by high; what has to become 1 is the whole range, from low to high.
    - shifted, span,
    + shifted, np.where(high == 0, 1, high),

low-not-subtracted: You divided X by the range without subtracting low: the smallest value has to
become 0.
    - X.astype(np.float64) - low
    + X.astype(np.float64)

one-range-for-all: You used one range for all features; each has its own low and high.
    bottom, top = float(low.min()), float(high.max())
    return (X - bottom) / (top - bottom)

zero-by-zero: There is NaN or infinity where low == high: such a feature has to become 0.
    return (X.astype(np.float64) - low) / (high - low)

nan-to-num: np.nan_to_num makes 0 of NaN, but a huge number of infinity, and that is what a new row
gives where low == high.
    return np.nan_to_num((X.astype(np.float64) - low) / (high - low))

a-small-number-added: You added a small number to every range: that shifts all results a little, and
makes huge what should be 0.
    return (X.astype(np.float64) - low) / (high - low + 1e-8)

divided-by-1-instead: Dividing by 1 where low == high leaves a new row's distance from low
as it is; such a feature has to become 0 in every row.
    return (X.astype(np.float64) - low) / np.where(high == low, 1, high - low)

wraps-around: You subtracted uint8 from uint8, and what should be negative wrapped around: turn X
into floats first.
    span = (high - low).astype(np.float64)
    return np.where(span > 0, (X - low) / np.where(span > 0, span, 1), 0.0)

from-minus-1-to-1: Your scale runs from -1 to 1; low has to become 0 and high 1.
    return 2 * reference(X, low, high) - 1

in-place: The result is right, but you computed it inside the caller's X: work on a copy.
    X = X if X.dtype == np.float64 else X.astype(np.float64)
    X[:] = reference(X, low, high)
    return X

another-small-number-added: You added a small number to every range: that shifts all results a
little, and makes huge what should be 0.
    return (X.astype(np.float64) - low) / (high.astype(np.float64) - low + 1e-9)

a-tiny-number-added: You added a tiny number to every range: that makes huge what should be 0.
    return (X.astype(np.float64) - low) / (high.astype(np.float64) - low + 1e-12)

small-range-taken-for-0: You take a small range for none; a feature becomes 0 only where low and
high are equal.
    - span > 0
    + span > 1e-8

multiplied: You multiplied by the range; divide by it.
    - np.divide(shifted, span,
    + np.multiply(shifted, span,

high-minus-x: Your scale runs from high down to low: subtract low from X.
    - X.astype(np.float64) - low
    + high - X.astype(np.float64)

level-features-left-out: You left the features with low == high out, so the shape is lost: they
stay, as zeros.
    return np.divide(X.astype(np.float64) - low, np.where(high > low, high - low, 1))[:, high > low]

range-changed: You wrote into low or high, which are the caller's: work on copies.
    shifted = X.astype(np.float64) - low
    high -= low
    return np.divide(shifted, high, out=np.zeros_like(shifted), where=high > 0)

mean-for-low: You subtracted the middle of the range; low has to become 0.
    - X.astype(np.float64) - low
    + X.astype(np.float64) - (low / 2 + high / 2)

from-0-to-255: Your scale runs from 0 to 255; high has to become 1.
    return 255 * reference(X, low, high)

level-features-unchanged: You left the features with low == high as they are; they become 0 in every
row.
    return np.where(high > low, reference(X, low, high), X)

no-brackets-above: You divided low alone by the range: `/` comes before `-`, so X - low needs
brackets.
    return X.astype(np.float64) - low / (high.astype(np.float64) - low)

no-brackets-below: You divided by high and subtracted low from that: `/` comes before `-`, so
high - low needs brackets.
    return (X.astype(np.float64) - low) / high - low
""")
