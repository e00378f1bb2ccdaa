"""l2_distances: distances of images, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.neighbours import SCENARIOS, TYPES, distance_cases, distance_hidden_cases

exercise = ExerciseDefinition(points=3)


@exercise.reference
def l2_distances(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    """Euclidean distance from every test row to every training row, all at once.

    No Python loop over the rows, and no array of shape (num_test, num_train, D) on the way:
    |a - b|^2 = |a|^2 - 2 a.b + |b|^2. The inputs are not changed, and uint8 values must not
    wrap around.

    Args:
        X_test: (num_test, D) uint8, integer or float64.
        X_train: (num_train, D), the same; num_test and num_train may differ.

    Returns:
        (num_test, num_train) float64, never NaN, as `l2_distances_two_loops`.
    """
    A, B = np.asarray(X_test, dtype=np.float64), np.asarray(X_train, dtype=np.float64)
    squared = A @ B.T
    squared *= -2  # in place, as below: arrays of this size cost more than the sums
    squared += np.einsum("ip,ip->i", A, A)[:, np.newaxis]
    squared += np.einsum("jp,jp->j", B, B)
    return np.sqrt(np.maximum(squared, 0))


for scenario in SCENARIOS:
    exercise.scenario()(scenario)


@exercise.scenario()
def many_rows(
    implementation: Callable[..., Any], num_rows: int, num_others: int, times: int, seed: int
) -> Any:
    """Many test rows against few training rows and the other way round, again and again."""
    rng = np.random.default_rng(seed)
    X_many, X_few = rng.random((num_rows, 2)), rng.random((num_others, 2)) + 2
    for _ in range(times):
        found = [implementation(X_many, X_few), implementation(X_few, X_many)]
    if all(isinstance(part, np.ndarray) and part.ndim == 2 for part in found):
        return [found[0][::20], found[1][:, ::20]]  # they are enough, and a key stays small
    return found


@exercise.scenario()
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


@exercise.property(
    "The distances take far more memory than they need: an array as large as (num_test, "
    "num_train, D) is made on the way. For 1,000 test and 5,000 training images of 3,072 numbers "
    "that is 123 GB."
)
def is_small(inputs: Mapping[str, Any], output: Any) -> bool:
    """Half of the forbidden array's bytes were never in use."""
    cube = 8 * inputs["num_test"] * inputs["num_train"] * inputs["num_features"]
    return 0 <= output["peak_bytes"] < cube / 2


# What the squares of all rows by all rows cost, of which only the diagonal is needed, is no reason
# to refuse an answer; so the rows are few enough for that, and asked about often enough to tell.
# Measured (CPU seconds): array code 0.01 to 0.05, also in blocks; a loop over the rows of either
# 0.25 and more.
ROWS, OTHERS, TIMES = 300, 5, 300
LIMIT = 0.12  # CPU seconds


@exercise.cases
def vectorised_cases(rng: np.random.Generator) -> Iterator[Case]:
    """The common cases, then many rows against a clock and long rows against a memory meter."""
    common = list(distance_cases(rng))
    yield from (case for case in common if not case.edge)
    many = {"num_rows": ROWS, "num_others": OTHERS, "times": TIMES}
    many["seed"] = int(rng.integers(2**31))
    yield Case("many rows, no Python loop over them", many, scenario="many_rows", seconds=LIMIT)
    yield from (case for case in common if case.edge)
    yield Case(
        "no array of shape (num_test, num_train, D)",
        {"num_test": 600, "num_train": 40, "num_features": 400, "seed": int(rng.integers(2**31))},
        edge=True,
        scenario="peak_memory",
        compare=False,
        properties=("is_small",),
    )


exercise.hidden_cases(distance_hidden_cases)


exercise.wrong_ways("""
single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    a, b = X_test.astype(np.float32), X_train.astype(np.float32)
    squared = np.sum(a**2, axis=1)[:, np.newaxis] - 2 * a @ b.T + np.sum(b**2, axis=1)
    return np.sqrt(np.maximum(squared, 0)).astype(np.float64)

python-loop: A Python loop visits the rows one by one, which takes too long where there are many:
write all the sums of products as one matrix product.
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    return np.array([np.sqrt(np.sum((a - B) ** 2, axis=1)) for a in A])

three-dimensional: The distances are right, but every difference of every pair is in memory at once,
in an array of shape (num_test, num_train, D). The three terms of the formula need no more than
(num_test, num_train).
    differences = X_test[:, np.newaxis, :].astype(np.float64) - X_train
    return np.sqrt(np.sum(differences**2, axis=2))

nan: A squared distance that should be 0 came out as a tiny negative number, and its root is NaN.
You know the smallest that a squared distance can be: see to it before you take the root.
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    return np.sqrt(np.sum(A**2, axis=1)[:, np.newaxis] - 2 * A @ B.T + np.sum(B**2, axis=1))

squared: The three terms are right; the square root at the end is missing.
    - np.sqrt(np.maximum(squared, 0))
    + squared

plus-product: The sign of the product is wrong: |a - b|^2 has minus 2 a.b in the middle (that was |a
+ b|).
    - squared *= -2
    + squared *= 2

product-once: The product a.b counts twice in |a - b|^2, and you took it once.
    - squared *= -2
    + squared *= -1

squares-crossed: |a|^2 belongs to the rows of the result and |b|^2 to its columns; yours are the
other way round. A column of shape (num_test, 1) is added to every column.
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    squared = np.sum(A**2, axis=1) - 2 * A @ B.T + np.sum(B**2, axis=1)[:, np.newaxis]
    return np.sqrt(np.maximum(squared, 0))

wraps: Squares and products of uint8 numbers wrap around, since none above 255 can be held: turn
both arrays into float64 before the first product.
    A_squared = np.sum(X_test**2, axis=1)[:, np.newaxis]
    squared = A_squared + np.sum(X_train**2, axis=1) - 2 * (X_test @ X_train.T)
    return np.sqrt(np.maximum(squared, 0))

squares-and-product-wrap: Squares and products of uint8 numbers wrap around, since none above 255
can be held: turn both arrays into float64 before the first product.
    A_squared = np.sum(X_test**2, axis=1)[:, np.newaxis]
    squared = A_squared + np.sum(X_train**2, axis=1) - 2.0 * (X_test @ X_train.T)
    return np.sqrt(np.maximum(squared, 0))

product-wraps: Your squares are float64, but the matrix product still runs in uint8 and wraps
around: convert both arrays once, at the top.
    - A @ B.T
    + np.float64(2 * (X_test @ X_train.T))
    - *= -2
    + *= -1

spoils-inputs: The distances are right, but the squares were put into the input array itself (`*=`,
`**=` and `out=` do that): the caller's images are changed.
    - return np.sqrt
    + A **= 2
    + B **= 2
    + return np.sqrt

training-squares-forgotten: A term is missing: |b|^2, the squares of the training rows.
    - squared += np.einsum("jp,jp->j", B, B)

test-squares-forgotten: A term is missing: |a|^2, the squares of the test rows.
    - squared += np.einsum("ip,ip->i", A, A)[:, np.newaxis]

product-alone: You took the product a.b alone; the squares |a|^2 and |b|^2 belong to it.
    return np.asarray(X_test, dtype=np.float64) @ np.asarray(X_train, dtype=np.float64).T

product-alone-wraps: Your squares are float64, but the matrix product still runs in uint8 and wraps
around: convert both arrays once, at the top.
    - A @ B.T
    + np.float64(X_test @ X_train.T)

squares-and-product-wrap-in-int16: int16 has no room for squares and products of pixels, which wrap
around beyond 32,767: turn both arrays into float64.
    kind = np.int16 if X_train.dtype == np.uint8 else np.float64
    A, B = X_test.astype(kind), X_train.astype(kind)
    squared = np.sum(A**2, axis=1)[:, np.newaxis] + np.sum(B**2, axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(squared, 0))

difference-of-lengths: You took the difference of the two rows' lengths, | |a| - |b| |; it is the
length of their difference, for which the product a.b is needed.
    A, B = np.float64(X_test), np.float64(X_train)
    lengths = np.linalg.norm(A, axis=1)[:, np.newaxis], np.linalg.norm(B, axis=1)
    return np.abs(lengths[0] - lengths[1])
""")
exercise.wrong_ways(TYPES)
