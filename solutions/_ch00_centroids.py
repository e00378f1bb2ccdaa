"""Chapter 00, third part: the simplest model, a mean for each class."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch00_split import chapter

# The worked example of the chapter: five points of two classes, and their centroids.
POINTS = np.array([[1.0, 1.0], [2.0, 3.0], [6.0, 4.0], [3.0, 2.0], [8.0, 6.0]])
LABELS = np.array([0, 0, 1, 0, 1])
CENTROIDS = np.array([[2.0, 2.0], [7.0, 5.0]])


@chapter.exercise(points=2)
def nearest_centroid_fit(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    """Sum up each class by one point: the mean of its examples, its centroid.

    Args:
        X: (N, D) examples, one a row; float64 or whole numbers.
        y: (N,) their labels, integers in 0..num_classes-1, in any order. Every class occurs.
        num_classes: C.

    Returns:
        (C, D) float64: row c is the mean of the rows of X whose label is c.
    """
    return np.stack([X[y == c].mean(axis=0) for c in range(num_classes)])


def draw_labels(rng: np.random.Generator, n: int, c: int) -> np.ndarray:
    """N labels in random order in which every one of C classes occurs, some far more often."""
    more = np.minimum(rng.integers(0, c, size=n - c), rng.integers(0, c, size=n - c))
    return rng.permutation(np.concatenate([np.arange(c), more]))


def draw_classes(rng: np.random.Generator, n: int, c: int, d: int) -> dict[str, np.ndarray]:
    """Examples around a place for each class, and labels."""
    y = draw_labels(rng, n, c)
    return {"X": 4 * rng.normal(size=(c, d))[y] + rng.normal(size=(n, d)), "y": y}


@chapter.cases(nearest_centroid_fit)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the five points of the example", {"X": POINTS, "y": LABELS, "num_classes": 2})
    n, c, d = int(rng.integers(14, 20)), int(rng.integers(3, 5)), int(rng.integers(5, 7))
    yield Case("several classes", {**draw_classes(rng, n, c, d), "num_classes": c})
    yield Case("as many features as classes", {**draw_classes(rng, 13, 4, 4), "num_classes": 4})
    pixels = {"X": rng.integers(100, 256, size=(12, 5)), "y": draw_labels(rng, 12, 3)}
    yield Case("pixels as whole numbers", {**pixels, "num_classes": 3}, edge=True)
    one = {"X": rng.normal(size=(5, 3)), "y": rng.permutation(5), "num_classes": 5}
    yield Case("one example of each class", one, edge=True)


@chapter.hidden_cases(nearest_centroid_fit)
def _(rng: np.random.Generator) -> Iterator[Case]:
    small = draw_classes(rng, 11, 3, 4)
    small["y"] = small["y"].astype(np.uint8)
    yield Case("labels as uint8", {**small, "num_classes": 3}, edge=True)
    yield Case("a single feature", {**draw_classes(rng, 10, 3, 1), "num_classes": 3}, edge=True)
    yield Case("a single class", {**draw_classes(rng, 6, 1, 3), "num_classes": 1}, edge=True)
    whole = {"X": rng.integers(-9, 10, size=(9, 4)), "y": draw_labels(rng, 9, 2)}
    yield Case("features that are whole numbers", {**whole, "num_classes": 2}, edge=True)


@chapter.misconception(
    nearest_centroid_fit, "sum",
    "You added up the rows of each class; a centroid is their mean.",
)  # fmt: skip
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    return np.stack([X[y == c].sum(axis=0) * 1.0 for c in range(num_classes)])


@chapter.misconception(
    nearest_centroid_fit, "divided-by-all",
    "You divided by the number of all examples; each class is divided by its own number.",
)  # fmt: skip
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    return np.stack([X[y == c].sum(axis=0) / len(X) for c in range(num_classes)])


@chapter.misconception(
    nearest_centroid_fit, "equal-shares",
    "You divided each class by N / num_classes, as if all classes were equally large.",
)  # fmt: skip
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    return np.stack([X[y == c].sum(axis=0) * num_classes / len(X) for c in range(num_classes)])


@chapter.misconception(
    nearest_centroid_fit, "median",
    "You took the median of each feature; a centroid is the mean.",
)  # fmt: skip
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    return np.stack([np.median(X[y == c], axis=0) for c in range(num_classes)])


@chapter.misconception(
    nearest_centroid_fit, "mean-over-features",
    "You averaged over the features as well, which leaves one number for each class: the mean goes "
    "over the examples (axis 0) alone.",
)  # fmt: skip
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    return np.array([X[y == c].mean() for c in range(num_classes)])


@chapter.misconception(
    nearest_centroid_fit, "first-example",
    "You took one example of each class; its centroid is the mean of all of them.",
)  # fmt: skip
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    return np.stack([X[y == c][0] * 1.0 for c in range(num_classes)])


@chapter.misconception(
    nearest_centroid_fit, "pixels-dtype",
    "Your means were stored in the type of X, which may have no fractions: make it float64.",
)  # fmt: skip
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    centroids = np.zeros((num_classes, X.shape[1]), dtype=X.dtype)
    for c in range(num_classes):
        centroids[c] = X[y == c].mean(axis=0).astype(X.dtype)
    return centroids


@chapter.variant(nearest_centroid_fit, "adding up example by example")
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    totals, counts = np.zeros((num_classes, X.shape[1])), np.zeros(num_classes)
    for row, label in zip(X, y, strict=True):
        totals[label] += row
        counts[label] += 1
    return totals / counts[:, None]


@chapter.variant(nearest_centroid_fit, "a product with one-hot labels")
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    onehot = (y[:, None] == np.arange(num_classes)).astype(np.float64)
    return onehot.T @ X / onehot.sum(axis=0)[:, None]


@chapter.variant(nearest_centroid_fit, "np.add.at")
def _(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    totals = np.zeros((num_classes, X.shape[1]))
    np.add.at(totals, y, X)
    return totals / np.bincount(y, minlength=num_classes).reshape(-1, 1)


@chapter.exercise(points=2)
def nearest_centroid_predict(centroids: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Give every example the class whose centroid is closest.

    Args:
        centroids: (C, D) float64, row c for class c.
        X: (N, D) examples, one a row; float64 or whole numbers.

    Returns:
        (N,) integers in 0..C-1: the row of the centroid at the smallest Euclidean distance.
        Where several are equally close, the smallest label wins.
    """
    squares = [np.sum((X - centroid) ** 2, axis=1) for centroid in centroids]  # C times (N,)
    return np.argmin(squares, axis=0)


def draw_queries(rng: np.random.Generator, n: int, c: int, d: int) -> dict[str, np.ndarray]:
    """Centroids of very different length, and examples for which it matters how distance is meant:
    of each class some, none of them about equally far from two."""
    while True:
        centroids = rng.normal(size=(c, d)) * rng.uniform(0.3, 3, size=(c, 1)) + rng.normal(size=d)
        X = centroids[rng.integers(c, size=n)] + rng.normal(scale=1.3, size=(n, d))
        distances = np.linalg.norm(X[:, None] - centroids, axis=2)
        first, second = np.sort(distances, axis=1)[:, :2].T
        labels = distances.argmin(axis=1)
        if (second - first).min() > 1e-3 and len(np.unique(labels)) == c:
            sizes = np.abs(X[:, None] - centroids).sum(axis=2).argmin(axis=1)
            if (sizes != labels).any():
                return {"centroids": centroids, "X": X}


@chapter.cases(nearest_centroid_predict)
def _(rng: np.random.Generator) -> Iterator[Case]:
    asked = np.array([[3.0, 4.0], [6.0, 4.0], [4.0, 4.0], [5.0, 4.0]])
    yield Case("the points of the example", {"centroids": CENTROIDS, "X": asked})
    n, c, d = int(rng.integers(16, 22)), int(rng.integers(3, 5)), int(rng.integers(5, 8))
    yield Case("several classes", draw_queries(rng, n, c, d))
    yield Case("as many examples as classes and features", draw_queries(rng, 4, 4, 4))
    pixels = {
        "centroids": rng.uniform(60, 200, size=(4, 6)),
        "X": rng.integers(0, 256, size=(15, 6)),
    }
    yield Case("pixels as whole numbers", pixels, edge=True)
    tied = rng.integers(-3, 4, size=(2, 3)).astype(np.float64)
    tied = np.array([tied[0] + 50, tied[0], tied[0], tied[1] - 50, tied[0]])
    queries = tied[[1, 3, 0, 4, 2]] + rng.integers(-2, 3, size=(5, 3))
    yield Case("several centroids equally close", {"centroids": tied, "X": queries}, edge=True)


@chapter.hidden_cases(nearest_centroid_predict)
def _(rng: np.random.Generator) -> Iterator[Case]:
    single = draw_queries(rng, 14, 3, 5)
    yield Case("a single example", {**single, "X": single["X"][:1]}, edge=True)
    line = {"centroids": np.array([[4.0], [-3.0], [0.5]]), "X": rng.uniform(-6, 7, size=(12, 1))}
    yield Case("a single feature", line, edge=True)
    two = {"centroids": rng.normal(size=(1, 4)), "X": rng.normal(size=(5, 4))}
    yield Case("a single class", two, edge=True)
    far = draw_queries(rng, 15, 3, 4)
    yield Case(
        "far away from 0", {"centroids": far["centroids"] + 500, "X": far["X"] + 500}, edge=True
    )


WRONG = {
    "farthest": (
        "You took the centroid that is farthest away; the closest one wins.",
        lambda centroids, X: np.linalg.norm(X[:, None] - centroids, axis=2).argmax(axis=1),
    ),
    "sum-of-sizes": (
        "You added up the sizes of the differences; the Euclidean distance adds up their squares.",
        lambda centroids, X: np.abs(X[:, None] - centroids).sum(axis=2).argmin(axis=1),
    ),
    "differences-with-sign": (
        "You added up the differences with their signs, so that too much here and too little there "
        "cancel: square them first.",
        lambda centroids, X: np.abs((X[:, None] - centroids).sum(axis=2)).argmin(axis=1),
    ),
    "largest-product": (
        "You took the centroid with the largest product; a long centroid then wins everything. "
        "Measure the distance.",
        lambda centroids, X: (X @ centroids.T).argmax(axis=1),
    ),
    "example-for-each-centroid": (
        "You looked for the closest example to each centroid; each example needs its closest "
        "centroid.",
        lambda centroids, X: np.linalg.norm(X[:, None] - centroids, axis=2).argmin(axis=0),
    ),
    "distances": (
        "You return the smallest distances; asked for is which centroid it is at that distance.",
        lambda centroids, X: np.linalg.norm(X[:, None] - centroids, axis=2).min(axis=1),
    ),
    "last-of-a-tie": (
        "Where centroids are equally close you take the last of them; the smallest label wins.",
        lambda centroids, X: (
            len(centroids) - 1 - np.linalg.norm(X[:, None] - centroids[::-1], axis=2).argmin(axis=1)
        ),
    ),
}
for _name, (_sentence, _wrong) in WRONG.items():
    chapter.misconception(nearest_centroid_predict, _name, _sentence)(_wrong)


@chapter.variant(nearest_centroid_predict, "two loops")
def _(centroids: np.ndarray, X: np.ndarray) -> np.ndarray:
    labels = []
    for x in X:
        best, best_distance = 0, float("inf")
        for c, centroid in enumerate(centroids):
            distance = float(np.sqrt(((x - centroid) ** 2).sum()))
            if distance < best_distance:
                best, best_distance = c, distance
        labels.append(best)
    return np.array(labels)


@chapter.variant(nearest_centroid_predict, "the three terms of the square")
def _(centroids: np.ndarray, X: np.ndarray) -> np.ndarray:
    products = X.astype(np.float64) @ centroids.T
    return ((centroids**2).sum(axis=1) - 2 * products).argmin(axis=1).astype(np.int32)


@chapter.variant(nearest_centroid_predict, "all differences at once")
def _(centroids: np.ndarray, X: np.ndarray) -> np.ndarray:
    return np.argmin(np.linalg.norm(X[:, np.newaxis, :] - centroids[np.newaxis], axis=2), axis=1)
