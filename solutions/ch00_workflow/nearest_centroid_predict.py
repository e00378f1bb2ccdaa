"""nearest_centroid_predict: the class whose centroid is closest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=2)


@exercise.reference
def nearest_centroid_predict(centroids: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Give every example the class whose centroid is closest.

    Args:
        centroids: (C, D) float64, row c for class c.
        X: (N, D) examples, one per row; float64 or integers.

    Returns:
        (N,) integers in 0..C-1: for each example the number of the centroid at the smallest
        Euclidean distance. Where several are equally close, the smallest label wins.
    """
    squares = [np.sum((X - centroid) ** 2, axis=1) for centroid in centroids]  # C times (N,)
    return np.argmin(squares, axis=0)


# The worked example of the chapter: the centroids of two classes.
CENTROIDS = np.array([[2.0, 2.0], [7.0, 5.0]])


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


exercise.scenario()(in_other_layouts)


@exercise.cases
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
    small = {**pixels, "X": rng.integers(0, 256, size=(15, 6), dtype=np.uint8)}
    yield Case("pixels as uint8", small, edge=True)
    tied = rng.integers(-3, 4, size=(2, 3)).astype(np.float64)
    tied = np.array([tied[0] + 50, tied[0], tied[0], tied[1] - 50, tied[0]])
    queries = tied[[1, 3, 0, 4, 2]] + rng.integers(-2, 3, size=(5, 3))
    yield Case("several centroids equally close", {"centroids": tied, "X": queries}, edge=True)


@exercise.hidden_cases
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
    for name, scale in (("tiny", 1e-12), ("huge", 1e9)):
        inputs = {key: scale * value for key, value in draw_queries(rng, 15, 3, 4).items()}
        yield Case(f"numbers that are {name}", inputs, edge=True)
    zero = draw_queries(rng, 15, 3, 4)
    shift = zero["centroids"][1].copy()
    at_0 = {"centroids": zero["centroids"] - shift, "X": zero["X"] - shift}
    at_0["X"][0] = 0.0
    yield Case("a centroid at 0", at_0, edge=True)
    pixels = {
        "centroids": rng.uniform(60, 200, size=(4, 6)),
        "X": rng.integers(0, 256, size=(15, 6), dtype=np.int32),
    }
    yield Case("pixels as int32", pixels, edge=True)
    yield laid_out(**draw_queries(rng, 15, 3, 4))


exercise.wrong_ways("""
farthest: You took the centroid that is farthest away; the closest one wins.
    - argmin
    + argmax

sum-of-sizes: You added up the sizes of the differences; the Euclidean distance adds up their
squares.
    - (X - centroid) ** 2
    + np.abs(X - centroid)

differences-with-sign: You added up the differences with their signs, so that too much here and too
little there cancel: square them first.
    - np.sum((X - centroid) ** 2, axis=1)
    + np.abs(np.sum(X - centroid, axis=1))

largest-product: You took the centroid with the largest product; a long centroid then wins
everything. Measure the distance.
    return np.argmax(X @ centroids.T, axis=1)

example-for-each-centroid: You looked for the closest example to each centroid; each example needs
its closest centroid.
    - axis=0
    + axis=1

distances: You return the smallest distances; what is asked for is which centroid is that close.
    - np.argmin(squares, axis=0)
    + np.sqrt(np.min(squares, axis=0))

pixels-wrapped: Pixels of type uint8 wrapped around: 2 * 200 and 200**2 are beyond 255. Make floats
of X before you calculate with it.
    return np.argmin((centroids**2).sum(axis=1) - 2 * X @ centroids.T, axis=1)

last-of-a-tie: Where centroids are equally close you take the last of them; the smallest label wins.
    return len(centroids) - 1 - reference(centroids[::-1], X)

plain-differences: You added up the differences as they are, so that too much here and too little
there cancel, and the most negative sum wins: square them first.
    - (X - centroid) ** 2
    + X - centroid

plain-differences-from-the-example: You added up the differences as they are, so that too much here
and too little there cancel, and the most negative sum wins: square them first.
    - (X - centroid) ** 2
    + centroid - X

largest-difference: You went by the largest difference of a single feature; the Euclidean distance
adds up the squares of all of them.
    - np.sum((X - centroid) ** 2, axis=1)
    + np.max(np.abs(X - centroid), axis=1)

smallest-so-far-not-set-back: Your smallest distance so far is kept from one example to the next, so
most examples find nothing smaller and keep label 0: set it back for every example.
    - return np.argmin(squares, axis=0)
    + least = np.min(squares, axis=0)
    + smaller = least < np.append(np.inf, np.minimum.accumulate(least)[:-1])
    + return np.where(smaller, np.argmin(squares, axis=0), 0)

product-once: The product a.b counts twice in |a - b|^2 = |a|^2 - 2 a.b + |b|^2, and you took it
once.
    return np.argmin((centroids**2).sum(axis=1) - X.astype(np.float64) @ centroids.T, axis=1)

smallest-of-all-so-far: The smallest distance of one row is still in force at the next: begin anew
with every row of X.
    squares = np.array([np.sum((X - centroid) ** 2, axis=1) for centroid in centroids])
    labels, best, label = [], np.inf, 0
    for column in squares.T:
        if column.min() < best:
            best, label = column.min(), column.argmin()
        labels.append(label)
    return np.array(labels)
""")
