"""Chapter 02, first half: Euclidean distances between images, with two loops, one loop and none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ChapterBuilder

chapter = ChapterBuilder("02_knn", "A baseline that looks at pixels")


@chapter.exercise(points=1)
def l2_distances_two_loops(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    """Euclidean distance of every test row to every training row, one pair at a time.

    X_test   (num_test, D) uint8, integer or float64
    X_train  (num_train, D), the same; num_test and num_train may differ
    returns  (num_test, num_train) float64: entry [i, j] is
             sqrt(sum over p of (X_test[i, p] - X_train[j, p]) ** 2)

    The inputs are not changed, and uint8 values must not wrap around.
    """
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        a = X_test[i].astype(np.float64)
        for j in range(len(X_train)):
            distances[i, j] = np.sqrt(np.sum((a - X_train[j]) ** 2))
    return distances


@chapter.exercise(points=1)
def l2_distances_one_loop(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    """Euclidean distance of every test row to every training row, one test row at a time.

    X_test   (num_test, D) uint8, integer or float64
    X_train  (num_train, D), the same; num_test and num_train may differ
    returns  (num_test, num_train) float64, as `l2_distances_two_loops`

    The inputs are not changed, and uint8 values must not wrap around.
    """
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        differences = X_train - X_test[i].astype(np.float64)
        distances[i] = np.sqrt(np.sum(differences**2, axis=1))
    return distances


@chapter.exercise(points=3)
def l2_distances(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    """Euclidean distance of every test row to every training row, all at once.

    X_test   (num_test, D) uint8, integer or float64
    X_train  (num_train, D), the same; num_test and num_train may differ
    returns  (num_test, num_train) float64, never NaN, as `l2_distances_two_loops`

    No Python loop over the rows, and no array of shape (num_test, num_train, D) on the way:
    |a - b|^2 = |a|^2 - 2 a.b + |b|^2. The inputs are not changed, and uint8 values must not
    wrap around.
    """
    A, B = np.asarray(X_test, dtype=np.float64), np.asarray(X_train, dtype=np.float64)
    squared = A @ B.T
    squared *= -2  # in place, as below: arrays of this size cost more than the sums
    squared += np.einsum("ip,ip->i", A, A)[:, np.newaxis]
    squared += np.einsum("jp,jp->j", B, B)
    return np.sqrt(np.maximum(squared, 0))


# --- cases ----------------------------------------------------------------------------------------


def rows_case(label: str, X_test: np.ndarray, X_train: np.ndarray, *, edge: bool = False) -> Case:
    """A case on two arrays of rows, with the tolerance that |a|^2 - 2 a.b + |b|^2 can hold.

    That formula leaves an error of a few eps * |a|^2 in a squared distance, so of a few
    sqrt(eps) * |a| in a distance near 0.
    """
    longest = max(np.linalg.norm(X.astype(np.float64), axis=1).max() for X in (X_test, X_train))
    return Case(label, {"X_test": X_test, "X_train": X_train}, edge, atol=float(1e-6 * longest))


def pixels(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """Rows of random uint8 values."""
    return rng.integers(0, 256, size=(rows, columns), dtype=np.uint8)


@chapter.cases(l2_distances_two_loops)
@chapter.cases(l2_distances_one_loop)
def distance_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases that any of the three functions must pass."""
    corners = rng.permutation([(x, y) for x in range(5) for y in range(5)])[:5].astype(np.float64)
    yield rows_case("2 test rows, 3 training rows of 2 numbers", corners[:2], corners[2:])
    n, m, d = rng.integers(4, 7), rng.integers(7, 10), rng.integers(10, 16)
    yield rows_case(
        "more training rows than test rows", rng.normal(size=(n, d)), rng.normal(size=(m, d)) + 0.5
    )
    yield rows_case(
        "as many test rows as training rows",
        rng.normal(size=(6, d)) * 3,
        rng.normal(size=(6, d)) - 1,
    )
    yield rows_case("uint8 rows, as pixels are", pixels(rng, 4, 48), pixels(rng, 5, 48), edge=True)
    # In rows so long four in ten squared distances of twins come out below 0; in shorter ones none
    # may, and a root without a guard would pass.
    twins = rng.random((40, 150)) + 10
    yield rows_case("every test row is also a training row", twins, twins[::-1].copy(), edge=True)


@chapter.hidden_cases(l2_distances_two_loops)
@chapter.hidden_cases(l2_distances_one_loop)
@chapter.hidden_cases(l2_distances)
def distance_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    d = int(rng.integers(5, 9))
    one = rng.normal(size=(1, d))
    yield rows_case("a single test row", one, rng.normal(size=(4, d)), edge=True)
    yield rows_case("a single training row", rng.normal(size=(4, d)), one, edge=True)
    whole = rng.integers(-1000, 1000, size=(7, d))
    yield rows_case("integer rows, some negative", whole[:3], whole[3:], edge=True)
    dark, bright = pixels(rng, 3, 60) // 8, 255 - pixels(rng, 4, 60) // 8
    yield rows_case("dark uint8 rows, bright uint8 rows", dark, bright, edge=True)


@chapter.cases(l2_distances)
def vectorised_cases(rng: np.random.Generator) -> Iterator[Case]:
    """The common cases, then many rows against a clock and long rows against a memory meter."""
    common = list(distance_cases(rng))
    yield from (case for case in common if not case.edge)
    many = {"num_rows": 300_000, "seed": int(rng.integers(2**31))}
    yield Case("many rows, no Python loop over them", many, scenario="many_rows", seconds=0.3)
    yield from (case for case in common if case.edge)
    yield Case(
        "no array of shape (num_test, num_train, D)",
        {"num_test": 600, "num_train": 40, "num_features": 400, "seed": int(rng.integers(2**31))},
        edge=True,
        scenario="peak_memory",
        compare=False,
        properties=("is_small",),
    )


@chapter.scenario(l2_distances)
def many_rows(implementation: Callable[..., Any], num_rows: int, seed: int) -> Any:
    """Many test rows against 2 training rows and the other way round; some of the distances."""
    rng = np.random.default_rng(seed)
    X_many, X_few = rng.random((num_rows, 2)), rng.random((2, 2))
    step = num_rows // 20
    found = [implementation(X_many, X_few), implementation(X_few, X_many)]
    if all(isinstance(part, np.ndarray) and part.ndim == 2 for part in found):
        return [found[0][::step], found[1][:, ::step]]
    return found


@chapter.scenario(l2_distances)
def peak_memory(
    implementation: Callable[..., Any], num_test: int, num_train: int, num_features: int, seed: int
) -> Any:
    """Some of the distances between long rows, and the most memory in use at once, in bytes."""
    import tracemalloc

    rng = np.random.default_rng(seed)
    X_test, X_train = rng.random((num_test, num_features)), rng.random((num_train, num_features))
    tracing = tracemalloc.is_tracing()
    if not tracing:
        tracemalloc.start()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    try:
        distances = implementation(X_test, X_train)
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        if not tracing:
            tracemalloc.stop()
    whole = isinstance(distances, np.ndarray) and distances.shape == (num_test, num_train)
    return {"distances": distances[::50] if whole else distances, "peak_bytes": int(peak)}


@chapter.property(
    l2_distances,
    "The distances take far more memory than they need: an array as large as (num_test, "
    "num_train, D) is made on the way. For 1,000 test and 5,000 training images of 3,072 numbers "
    "that is 123 GB.",
)
def is_small(inputs: Mapping[str, Any], output: Any) -> bool:
    """Half of the forbidden array's bytes were never in use."""
    cube = 8 * inputs["num_test"] * inputs["num_train"] * inputs["num_features"]
    return 0 <= output["peak_bytes"] < cube / 2
