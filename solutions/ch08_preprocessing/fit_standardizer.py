"""fit_standardizer: the mean and the spread of every feature."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.features import ROOMS, draw_rows
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
def fit_standardizer(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find the mean and the spread of every feature.

    Args:
        X_train: (N, D) training examples, one a row; float64, or integers such as uint8
            pixels. X_train itself stays as it is.

    Returns:
        mean: (D,) float64, the mean of each feature (column) over the N rows.
        std: (D,) float64, its population standard deviation: the square root of the mean
        over the N rows of (x - mean) squared. Divide by N, not by N - 1.
    """
    return X_train.mean(axis=0), X_train.std(axis=0)


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the four rooms of the worked example", {"X_train": ROOMS})
    n, d = (int(size) for size in rng.permutation([4, 6]))
    yield Case("features with means and spreads of their own", {"X_train": draw_rows(rng, n, d)})
    n = int(rng.integers(3, 6))
    yield Case("as many examples as features", {"X_train": draw_rows(rng, n, n)})
    pixels = rng.integers(0, 256, size=(7, 5), dtype=np.uint8)
    yield Case("pixels as uint8", {"X_train": pixels}, edge=True)
    constant = draw_rows(rng, 6, 4)
    constant[:, int(rng.integers(0, 4))] = float(rng.integers(2, 9))
    yield Case("a feature that is always the same", {"X_train": constant}, edge=True, atol=1e-12)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = rng.integers(-9, 10, size=(1, 4)).astype(np.float64)
    yield Case("a single example", {"X_train": one}, edge=True)
    yield Case("a single feature", {"X_train": draw_rows(rng, 6, 1)}, edge=True)
    yield Case(
        "features that are whole numbers", {"X_train": rng.integers(-9, 10, (6, 3))}, edge=True
    )
    whole = rng.integers(-900, 900, (5, 4)).astype(np.int32)
    yield Case("whole numbers as int32", {"X_train": whole}, edge=True)
    zeros = draw_rows(rng, 6, 3)
    zeros[:3, 0], zeros[:, 1] = 0.0, 0.0
    yield Case("zeros", {"X_train": zeros}, edge=True)
    tiny = 1e-11 * draw_rows(rng, 6, 3)
    yield Case("tiny numbers", {"X_train": tiny}, edge=True, atol=0.0)
    huge = 1e7 * draw_rows(rng, 6, 3)
    yield Case("huge numbers", {"X_train": huge}, edge=True)
    yield laid_out(X_train=draw_rows(rng, 7, 4))


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
divided-by-n-minus-1: Your std divides by N - 1; the population standard deviation divides by N.
    - std(axis=0)
    + std(axis=0, ddof=1 if len(X_train) > 1 else 0)

variance: Your second result is the variance; the standard deviation is its square root.
    - .std(
    + .var(

per-example: You averaged along the rows, which gives numbers for each example; a feature is a
column, and its statistics run over the examples.
    return X_train.mean(axis=1), X_train.std(axis=1)

one-for-all: You took one mean and one std over all numbers, as mean and std do without an axis;
every feature has its own.
    d = X_train.shape[1]
    return np.full(d, X_train.mean()), np.full(d, X_train.std())

spread-around-zero: Your std measures distances from 0; what counts is the distance from the
feature's mean.
    - X_train.std(axis=0)
    + np.sqrt((X_train.astype(np.float64) ** 2).mean(axis=0))

mean-absolute-deviation: You averaged absolute differences from the mean; square them, average, then
take the root.
    - X_train.std(axis=0)
    + np.abs(X_train - X_train.mean(axis=0)).mean(axis=0)

std-first: You returned the std first; the order is mean, std.
    return X_train.std(axis=0), X_train.mean(axis=0)

not-0-where-constant: The std of a feature that is always the same is 0, and you returned 1: measure
only; what to do about a 0 is the business of standardize.
    mean, std = reference(X_train)
    return mean, np.where(std == 0, 1.0, std)

squares-wrap-around: Squares of uint8 pixels do not fit into uint8 and wrap around: turn the pixels
into floats before you compute with them.
    mean = X_train.mean(axis=0)
    variance = (X_train * X_train).mean(axis=0) - mean**2
    return mean, np.sqrt(np.maximum(variance, 0))

centred-in-place: The result is right, but you subtracted the mean from the caller's own X_train:
measure, and leave the data alone.
    mean, std = reference(X_train)
    X_train -= mean.astype(X_train.dtype)
    return mean, std

rows-kept: Your results keep an axis of length 1 (`keepdims` does that); they are (D,).
    return X_train.mean(axis=0, keepdims=True), X_train.std(axis=0, keepdims=True)

epsilon-added: You added a small number to the std: measure only; what to do about a 0 is the
business of standardize.
    return X_train.mean(axis=0), X_train.std(axis=0) + 1e-8

tiny-epsilon-added: You added a small number to the std: measure only; what to do about a 0 is the
business of standardize.
    return X_train.mean(axis=0), X_train.std(axis=0) + 1e-7

range: Your second result is the range from lowest to highest; the standard deviation is the root of
the mean squared distance from the mean.
    return X_train.mean(axis=0), X_train.max(axis=0) * 1.0 - X_train.min(axis=0)

median: Your first result is the median; the mean is the sum divided by N.
    return np.median(X_train, axis=0), X_train.std(axis=0)

sum-of-squares: You did not divide by N before you took the root.
    - X_train.std(axis=0)
    + X_train.std(axis=0) * np.sqrt(len(X_train))

standardized-rows: You gave back the rows, scaled; only their mean and std are asked for.
    mean, std = reference(X_train)
    return (X_train - mean) / np.where(std == 0, 1.0, std), std

cut-to-whole-numbers: Your mean or std is a whole number where the rows are: `//` and int do that,
and arrays made like X_train.
    mean, std = reference(X_train)
    if X_train.dtype.kind in "iu":
        mean, std = np.floor(mean), np.floor(std)
    return mean, std

one-std-for-all: You took one std over all numbers, as std does without an axis; every feature has
its own.
    return X_train.mean(axis=0), np.full(X_train.shape[1], X_train.std())

one-mean-for-all: You took one mean over all numbers, as mean does without an axis; every feature
has its own.
    return np.full(X_train.shape[1], X_train.mean()), X_train.std(axis=0)
""")
