"""What the exercises of chapter 02 share: rows to measure distances between, and labels.

Its three functions for distances answer alike, whatever they loop over, so they have cases in
common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, Table
from solutions.shared.calls import in_other_layouts, laid_out


def rows_case(label: str, X_test: np.ndarray, X_train: np.ndarray, *, edge: bool = False) -> Case:
    """A case on two arrays of rows of which none is near another."""
    return Case(label, {"X_test": X_test, "X_train": X_train}, edge)


def twins_case(label: str, X_test: np.ndarray, X_train: np.ndarray) -> Case:
    """An edge case on rows that have a distance of 0, or nearly.

    |a|^2 - 2 a.b + |b|^2 leaves an error of a few eps * |a|^2 in a squared distance, so of a few
    sqrt(eps) * |a| in a distance near 0.
    """
    longest = float(np.linalg.norm(X_train, axis=1).max())
    return Case(label, {"X_test": X_test, "X_train": X_train}, edge=True, atol=1e-5 * longest)


def pixels(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """Rows of random uint8 values."""
    return rng.integers(0, 256, size=(rows, columns), dtype=np.uint8)


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
    twins = rng.random((30, 150)) + 10
    yield twins_case("every test row is also a training row", twins, twins[::-1].copy())


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
    dark[0], bright[0] = 0, 255
    yield rows_case("black and white uint8 rows", bright, dark, edge=True)
    small = rng.integers(-99, 100, size=(6, 5), dtype=np.int32)
    yield rows_case("int32 rows", small[:2], small[2:], edge=True)
    yield rows_case("a single feature", 9 + rng.random((3, 1)), rng.random((4, 1)), edge=True)
    for name, scale in (("tiny", 1e-12), ("huge", 1e9)):
        a, b = scale * rng.normal(size=(3, d)), scale * rng.normal(size=(5, d))
        a[0, 0] = b[1, 2] = 0.0
        inputs = {"X_test": a, "X_train": b}
        yield Case(f"numbers that are {name}", inputs, edge=True, atol=0.0)
    yield laid_out(X_test=rng.normal(size=(4, d)), X_train=rng.normal(size=(5, d)))
    same = {"X": rng.random((5, 7))}
    yield Case(
        "test rows and training rows in one and the same array", same, edge=True,
        scenario="with_itself", atol=1e-5 * float(np.linalg.norm(same["X"], axis=1).max()),
    )  # fmt: skip


def with_itself(implementation: Callable[..., Any], X: np.ndarray) -> Any:
    """The distances of rows to each other, asked for with one array twice."""
    return implementation(X, X)


SCENARIOS = (in_other_layouts, with_itself)

# What somebody makes of the types of the rows, in any of the three functions.
TYPES = Table("""
rows-cut: You turned the rows into integers, which cuts off the decimals of those that have some:
float64 holds pixels just as well.
    return reference(X_test.astype(np.int64), X_train.astype(np.int64))

distances-cut: The distances between rows of integers have lost their decimals: keep them in an
array of float64, whatever the type of the rows is.
    distances = reference(X_test, X_train)
    return distances if X_test.dtype.kind == "f" else np.floor(distances)
""")

# The same where rows are subtracted: an edit of either reference that has a loop.
INT16 = Table("""
squares-wrap-in-int16: int16 has room for the differences of pixels but not for their squares, which
wrap around beyond 32,767: turn the rows into float64 first.
    - .astype(np.float64)
    + .astype(np.int16 if X_train.dtype == np.uint8 else np.float64)
""")


def all_classes(rng: np.random.Generator, count: int, num_classes: int) -> np.ndarray:
    """Labels in random order, every class among them: (count,)."""
    extra = rng.integers(0, num_classes, count - num_classes)
    return rng.permutation(np.concatenate([np.arange(num_classes), extra]))
