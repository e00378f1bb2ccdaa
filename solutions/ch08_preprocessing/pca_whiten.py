"""pca_whiten: places along principal directions, in units of the spread there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch08_preprocessing.fit_pca import POINTS, draw_directions, draw_variances
from solutions.shared.calls import in_other_layouts, laid_out, with_keywords
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def pca_whiten(
    X: np.ndarray,
    mean: np.ndarray,
    components: np.ndarray,
    variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:
    """Describe every example by its place along each direction, in units of the spread there.

    Args:
        X: (N, D) examples of any split, one a row; float64, or integers such as uint8
            pixels. X itself stays as it is.
        mean: (D,) float64, of the training rows.
        components: (k, D) float64, orthonormal directions, one a row, as fit_pca finds them.
        variances: (k,) float64, of the training rows along each direction.
        epsilon: a small number above 0 that is added to every variance, so that a direction
            with hardly any spread is not blown up.

    Returns:
        (N, k) float64: entry [n, i] is the product of row n, centred, with direction i,
        divided by the square root of (variances[i] + epsilon).
    """
    return (X - mean) @ components.T / np.sqrt(variances + epsilon)


for scenario in (in_other_layouts, with_keywords):
    exercise.scenario()(scenario)

# The principal components of the worked example, as the learner finds them by hand.
BY_HAND = {
    "mean": np.array([10.0, 5.0]),
    "components": np.array([[0.8, 0.6], [-0.6, 0.8]]),
    "variances": np.array([50.0, 12.5]),
}


def draw_whitened(rng: np.random.Generator, n: int, k: int, d: int) -> dict[str, Any]:
    """Rows, and a fitted PCA that is not the rows' own."""
    return {
        "X": rng.normal(scale=3, size=(n, d)),
        "mean": rng.uniform(3, 9, size=d),
        "components": draw_directions(rng, k, d),
        "variances": draw_variances(rng, k),
    }


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the four points of the worked example", {"X": POINTS, **BY_HAND})
    n, k, d = (int(size) for size in rng.permutation([7, 8, 9]))
    k, d = min(k, d), max(k, d)
    yield Case("fewer directions than features", draw_whitened(rng, n, k, d))
    k = int(rng.integers(4, 7))
    yield Case("as many directions as features", draw_whitened(rng, k + 2, k, k))
    given = {**draw_whitened(rng, 5, 3, 6), "epsilon": float(rng.uniform(0.1, 0.5))}
    yield Case("an epsilon as large as the variances", given, edge=True)
    tiny = draw_whitened(rng, 6, 3, 5)
    tiny["variances"] *= 1e-5
    yield Case("the usual epsilon and variances of about its size", tiny, edge=True)
    none = draw_whitened(rng, 6, 3, 5)
    none["variances"][2] = 0.0
    yield Case("a direction without any variance", none, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_whitened(rng, 1, 3, 4), edge=True)
    yield Case("a single direction", draw_whitened(rng, 5, 1, 4), edge=True)
    pixels = draw_whitened(rng, 5, 3, 6)
    pixels["X"] = rng.integers(0, 256, size=(5, 6), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True)
    for dtype in (np.int32, np.int64):
        whole = draw_whitened(rng, 5, 3, 6)
        whole["X"] = rng.integers(-300, 300, size=(5, 6)).astype(dtype)
        yield Case(f"whole numbers as {dtype.__name__}", whole, edge=True)
    for epsilon in (1, np.float64(1e-10), 1e4):
        given = {**draw_whitened(rng, 5, 3, 6), "epsilon": epsilon}
        yield Case(f"an epsilon of {epsilon:g}", given, edge=True)
    given = {"given": draw_whitened(rng, 4, 3, 5), "named": {"epsilon": 0.3}}
    yield Case("epsilon by its name", given, edge=True, scenario="with_keywords")
    zeros = draw_whitened(rng, 6, 3, 5)
    zeros["X"][:2], zeros["mean"][:2], zeros["X"][3] = 0.0, 0.0, zeros["X"][4]
    zeros["components"] = np.eye(5)[[1, 0, 4]]
    yield Case("zeros, equal rows, and directions along the features", zeros, edge=True)
    equal = draw_whitened(rng, 6, 3, 5)
    equal["mean"], equal["variances"][1:] = -equal["mean"], equal["variances"][1]
    yield Case("negative means, and equal variances", equal, edge=True)
    yield Case("a single feature", draw_whitened(rng, 5, 1, 1), edge=True)
    tiny = draw_whitened(rng, 6, 3, 5)
    tiny |= {"X": 1e-11 * tiny["X"], "mean": 1e-11 * tiny["mean"], "epsilon": 1e-24}
    tiny["variances"] = 1e-22 * tiny["variances"]
    yield Case("tiny numbers", tiny, edge=True)
    huge = draw_whitened(rng, 6, 3, 5)
    huge |= {"X": 1e6 * huge["X"], "mean": 1e6 * huge["mean"]}
    huge["variances"] = 1e12 * huge["variances"]
    yield Case("huge numbers", huge, edge=True)
    yield laid_out(**draw_whitened(rng, 6, 3, 5))


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
not-centred: You projected X without subtracting the mean.
    - (X - mean)
    + X

own-mean: You subtracted the mean of the rows in X; use the one that was handed over, which belongs
to the training rows.
    - X - mean
    + X - X.mean(axis=0)

only-projected: You projected and did not divide: the spread along each direction is still its own.
    - / np.sqrt(variances + epsilon)

divided-by-the-variances: You divided by the variances; the spread along a direction is the square
root.
    - np.sqrt(variances + epsilon)
    + (variances + epsilon)

divided-by-singular-values: You divided by the singular values, which grow with the number of rows;
the spread along a direction is the square root of its variance alone.
    - np.sqrt(variances + epsilon)
    + np.sqrt(variances * len(X))

epsilon-outside-the-root: You added epsilon to the square root; it is added to the variance, inside
the root.
    - np.sqrt(variances + epsilon)
    + (np.sqrt(variances) + epsilon)

no-epsilon: In all digits that count, your result is the one without epsilon, 1e-5 unless the call
says otherwise: it is added to every variance, so that a direction with hardly any does not blow up,
and one without any does not divide by 0.
    - variances + epsilon
    + variances

default-changed: Where the call names no epsilon, yours is smaller than 1e-5: leave the default as
it was.
    - 1e-5
    + 1e-8

epsilon-fixed: You always use 1e-5; the argument epsilon says what to add.
    - variances + epsilon
    + variances + 1e-5

columns-as-directions: You used the columns of components as directions; a direction is a row.
    - components.T
    + components

turned-back: You went back to the D features after scaling; the result stays in the k directions.
    return reference(X, mean, components, variances, epsilon) @ components

in-place: The result is right, but you subtracted the mean from the caller's own X: work on a copy.
    - return (X - mean)
    + X = X if X.dtype == np.float64 else X.astype(np.float64)
    + X -= mean
    + return X

multiplied: You multiplied by the spread; divide by it.
    - / np.sqrt(variances + epsilon)
    + * np.sqrt(variances + epsilon)

own-variances: You divided by the spread of the rows in X; use the variances that were handed over,
which belong to the training rows.
    places = (X - mean) @ components.T
    return places / np.sqrt(places.var(axis=0) + epsilon)

own-mean-and-variances: You used the mean and the spread of the rows in X; use those that were
handed over, which belong to the training rows.
    places = (X - X.mean(axis=0)) @ components.T
    return places / places.std(axis=0)

mean-added: You added the mean; subtract it.
    - (X - mean)
    + (X + mean)

epsilon-subtracted: You subtracted epsilon from the variances; add it.
    - variances + epsilon
    + np.abs(variances - epsilon)

turned-on-its-side: Your result is (k, N); it needs a row for each example, (N, k).
    - return (X - mean) @ components.T / np.sqrt(variances + epsilon)
    + return ((X - mean) @ components.T / np.sqrt(variances + epsilon)).T

scaled-before-projecting: You divided the features by their spread before projecting; the variances
belong to the directions.
    k = len(variances)
    spread = np.resize(np.sqrt(variances + epsilon), X.shape[1])
    return ((X - mean) / spread) @ components.T

epsilon-added-to-the-result: You added epsilon to the result; it is added to the variance, inside
the root.
    return (X - mean) @ components.T / np.sqrt(variances) + epsilon
""")
