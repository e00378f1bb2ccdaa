"""Chapter 08, fourth part: whitening with the directions that a PCA has found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch08_pca import POINTS, draw_directions, draw_variances
from solutions._ch08_scale import chapter

# The principal components of the worked example, as the learner finds them by hand.
BY_HAND = {
    "mean": np.array([10.0, 5.0]),
    "components": np.array([[0.8, 0.6], [-0.6, 0.8]]),
    "variances": np.array([50.0, 12.5]),
}


@chapter.exercise(points=2)
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


def draw_whitened(rng: np.random.Generator, n: int, k: int, d: int) -> dict[str, Any]:
    """Rows, and a fitted PCA that is not the rows' own."""
    return {
        "X": rng.normal(scale=3, size=(n, d)),
        "mean": rng.uniform(3, 9, size=d),
        "components": draw_directions(rng, k, d),
        "variances": draw_variances(rng, k),
    }


@chapter.cases(pca_whiten)
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


@chapter.hidden_cases(pca_whiten)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_whitened(rng, 1, 3, 4), edge=True)
    yield Case("a single direction", draw_whitened(rng, 5, 1, 4), edge=True)
    pixels = draw_whitened(rng, 5, 3, 6)
    pixels["X"] = rng.integers(0, 256, size=(5, 6), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True)


@chapter.misconception(
    pca_whiten, "not-centred",
    "You projected X without subtracting the mean.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return X @ components.T / np.sqrt(variances + epsilon)


@chapter.misconception(
    pca_whiten, "own-mean",
    "You subtracted the mean of the rows in X; use the one that was handed over, which belongs to "
    "the training rows.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return (X - X.mean(axis=0)) @ components.T / np.sqrt(variances + epsilon)


@chapter.misconception(
    pca_whiten, "only-projected",
    "You projected and did not divide: the spread along each direction is still its own.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return np.asarray((X - mean) @ components.T)


@chapter.misconception(
    pca_whiten, "divided-by-the-variances",
    "You divided by the variances; the spread along a direction is the square root.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return (X - mean) @ components.T / (variances + epsilon)


@chapter.misconception(
    pca_whiten, "epsilon-outside-the-root",
    "You added epsilon to the square root; it is added to the variance, inside the root.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return (X - mean) @ components.T / (np.sqrt(variances) + epsilon)


@chapter.misconception(
    pca_whiten, "no-epsilon",
    "In all digits that count, your result is the one without epsilon, 1e-5 unless the call says "
    "otherwise: it is added to every variance, so that a direction with hardly any does not blow "
    "up, and one without any does not divide by 0.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return (X - mean) @ components.T / np.sqrt(variances)


@chapter.misconception(
    pca_whiten, "default-changed",
    "Where the call names no epsilon, yours is smaller than 1e-5: leave the default as it was.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-8,
) -> np.ndarray:  # fmt: skip
    return (X - mean) @ components.T / np.sqrt(variances + epsilon)


@chapter.misconception(
    pca_whiten, "epsilon-fixed",
    "You always use 1e-5; the argument epsilon says what to add.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return (X - mean) @ components.T / np.sqrt(variances + 1e-5)


@chapter.misconception(
    pca_whiten, "columns-as-directions",
    "You used the columns of components as directions; a direction is a row.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return (X - mean) @ components / np.sqrt(variances + epsilon)


@chapter.misconception(
    pca_whiten, "turned-back",
    "You went back to the D features after scaling; the result stays in the k directions.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return np.asarray(pca_whiten(X, mean, components, variances, epsilon) @ components)


@chapter.misconception(
    pca_whiten, "in-place",
    "The result is right, but you subtracted the mean from the caller's own X: work on a copy.",
)  # fmt: skip
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    X = X if X.dtype == np.float64 else X.astype(np.float64)
    X -= mean
    return pca_whiten(X, np.zeros_like(mean), components, variances, epsilon)


@chapter.variant(pca_whiten, "scaled directions")
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    to_whitened = (components / np.sqrt(variances + epsilon)[:, None]).T
    return np.asarray(X @ to_whitened - mean @ to_whitened)


@chapter.variant(pca_whiten, "einsum")
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    return np.asarray(np.einsum("nd,kd,k->nk", X - mean, components, (variances + epsilon) ** -0.5))


@chapter.variant(pca_whiten, "number by number")
def _(
    X: np.ndarray, mean: np.ndarray, components: np.ndarray, variances: np.ndarray,
    epsilon: float = 1e-5,
) -> np.ndarray:  # fmt: skip
    whitened = np.zeros((len(X), len(components)))
    for n, row in enumerate(X):
        for i, direction in enumerate(components):
            place = sum((x - m) * v for x, m, v in zip(row, mean, direction, strict=True))
            whitened[n, i] = place / (variances[i] + epsilon) ** 0.5
    return whitened
