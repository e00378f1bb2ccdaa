"""nearest_centroid_fit: the mean of each class."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def nearest_centroid_fit(X: np.ndarray, y: np.ndarray, num_classes: int) -> np.ndarray:
    """Represent each class by one point: the mean of its examples, its centroid.

    Args:
        X: (N, D) examples, one per row; float64 or integers.
        y: (N,) their labels, integers in 0..num_classes-1, in any order. Every class occurs.
        num_classes: C.

    Returns:
        (C, D) float64: row c is the mean of the rows of X whose label is c.
    """
    return np.stack([X[y == c].mean(axis=0) for c in range(num_classes)])


# The worked example of the chapter: five points of two classes.
POINTS = np.array([[1.0, 1.0], [2.0, 3.0], [6.0, 4.0], [3.0, 2.0], [8.0, 6.0]])
LABELS = np.array([0, 0, 1, 0, 1])


def draw_labels(rng: np.random.Generator, n: int, c: int) -> np.ndarray:
    """N labels in random order in which every one of C classes occurs, some far more often."""
    more = np.minimum(rng.integers(0, c, size=n - c), rng.integers(0, c, size=n - c))
    return rng.permutation(np.concatenate([np.arange(c), more]))


def draw_classes(rng: np.random.Generator, n: int, c: int, d: int) -> dict[str, np.ndarray]:
    """Examples around a place for each class, and labels."""
    y = draw_labels(rng, n, c)
    return {"X": 4 * rng.normal(size=(c, d))[y] + rng.normal(size=(n, d)), "y": y}


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the five points of the example", {"X": POINTS, "y": LABELS, "num_classes": 2})
    n, c, d = int(rng.integers(14, 20)), int(rng.integers(3, 5)), int(rng.integers(5, 7))
    yield Case("several classes", {**draw_classes(rng, n, c, d), "num_classes": c})
    yield Case("as many features as classes", {**draw_classes(rng, 13, 4, 4), "num_classes": 4})
    pixels = {"X": rng.integers(100, 256, size=(12, 5)), "y": draw_labels(rng, 12, 3)}
    yield Case("pixels as whole numbers", {**pixels, "num_classes": 3}, edge=True)
    one = {"X": rng.normal(size=(5, 3)), "y": rng.permutation(5), "num_classes": 5}
    yield Case("one example of each class", one, edge=True)

    small = rng.integers(150, 256, size=(40, 6), dtype=np.uint8)
    dense = {"X": small, "y": draw_labels(rng, 40, 3).astype(np.int32), "num_classes": 3}
    yield Case("pixels as uint8", dense, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    small = draw_classes(rng, 11, 3, 4)
    small["y"] = small["y"].astype(np.uint8)
    yield Case("labels as uint8", {**small, "num_classes": 3}, edge=True)
    yield Case("a single feature", {**draw_classes(rng, 10, 3, 1), "num_classes": 3}, edge=True)
    yield Case("a single class", {**draw_classes(rng, 6, 1, 3), "num_classes": 1}, edge=True)
    whole = {"X": rng.integers(-9, 10, size=(9, 4)), "y": draw_labels(rng, 9, 2)}
    yield Case("features that are whole numbers", {**whole, "num_classes": 2}, edge=True)
    counts = {"X": rng.integers(-9, 10, size=(8, 3), dtype=np.int32), "y": draw_labels(rng, 8, 2)}
    yield Case("features as int32", {**counts, "num_classes": 2}, edge=True)
    tiny = draw_classes(rng, 12, 3, 4)
    tiny["X"] *= 1e-12
    tiny["X"][0, 0] = 0.0
    yield Case("features that are tiny", {**tiny, "num_classes": 3}, edge=True, atol=0.0)
    huge = draw_classes(rng, 12, 3, 4)
    huge["X"] *= 1e9
    yield Case("features that are huge", {**huge, "num_classes": 3}, edge=True)
    yield laid_out(**draw_classes(rng, 12, 3, 4), num_classes=3)


exercise.wrong_ways("""
sum: You added up the rows of each class; a centroid is their mean.
    - mean(axis=0)
    + sum(axis=0) * 1.0

divided-by-all: You divided by the number of all examples; each class is divided by its own number.
    - mean(axis=0)
    + sum(axis=0) / len(X)

equal-shares: You divided each class by N / num_classes, as if all classes were equally large.
    - mean(axis=0)
    + sum(axis=0) * num_classes / len(X)

one-mean-for-all-features: Every feature of a class has the same number: the mean ran over the
features as well. It goes over the examples (axis 0) alone.
    - X[y == c].mean(axis=0)
    + np.full(X.shape[1], X[y == c].mean())

wrong-axis: You averaged along the features, which leaves a number for each example; a centroid is
the mean over the examples of its class, feature by feature.
    centroids = np.zeros((num_classes, X.shape[1]))
    for c in range(num_classes):
        centroids[c] = X[y == c].mean(axis=1)
    return centroids

median: You took the median of each feature; a centroid is the mean.
    - X[y == c].mean(axis=0)
    + np.median(X[y == c], axis=0)

mean-over-features: You averaged over the features as well, which leaves one number for each class:
the mean goes over the examples (axis 0) alone.
    - mean(axis=0)
    + mean()

first-example: You took one example of each class; its centroid is the mean of all of them.
    - .mean(axis=0)
    + [0] * 1.0

sums-wrapped: Your sums are uint8, which start again at 0 after 255: add up in float64.
    sums = np.zeros((num_classes, X.shape[1]), dtype=X.dtype)
    np.add.at(sums, y, X)
    return sums / np.bincount(y)[:, np.newaxis]

pixels-dtype: Your means were stored in the type of X, which may have no fractions: make it float64.
    return reference(X, y, num_classes).astype(X.dtype)

counts-from-one: You divided each class by one more than the number of its examples: do your counts
start at 1? They start at 0, and none stays there, since every class occurs.
    - mean(axis=0)
    + sum(axis=0) / (1 + np.sum(y == c))

order-of-first-example: Your classes stand in the order in which they first occur in y; row c
belongs to class c.
    first = np.sort(np.unique(y, return_index=True)[1])
    return reference(X, y, num_classes)[y[first]]

half-and-half: You averaged the mean so far with each new example, half and half, so the last
examples weigh most: add all of them up and divide once.
    centroids = np.array([X[y == c][0] for c in range(num_classes)], dtype=np.float64)
    for x, c in zip(X, y):
        centroids[c] = (centroids[c] + x) / 2
    return centroids

classes-before-counted-too: Your row of a class is the mean of all classes up to it: set the sum and
the count back to 0 for every class.
    - y == c
    + y <= c

last-class-left-out: The last class has no centroid: does your loop end one class early?
    centroids = reference(X, y, num_classes)
    centroids[-1] = 0.0
    return centroids

first-class-left-out: Class 0 has no centroid: classes are counted from 0.
    centroids = reference(X, y, num_classes)
    centroids[0] = 0.0
    return centroids

one-row-of-each-class: `sums[y] += X` adds one row of each class alone, however many have its label:
np.add.at counts them all, and so does a loop.
    sums = np.zeros((num_classes, X.shape[1]))
    sums[y] += X
    return sums / np.bincount(y, minlength=num_classes)[:, None]
""")
exercise.wrong_ways(SINGLE)
