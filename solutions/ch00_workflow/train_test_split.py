"""train_test_split: share out examples at random, to learn from and to test with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=2)


@exercise.reference
def train_test_split(
    X: np.ndarray, y: np.ndarray, test_fraction: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Split examples at random: some to learn from, the others for testing.

    Args:
        X: (N, D) examples, one per row. X and y must not change.
        y: (N,) their labels.
        test_fraction: a number from 0 to 1, both included.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        X_train, y_train, X_test, y_test, in this order. Every row of X is in exactly
        one of X_train and X_test, with its label at the same place in y_train or y_test.
        There are round(N * test_fraction) test rows; which ones is random.
    """
    order = rng.permutation(len(X))
    num_test = round(len(X) * test_fraction)
    test, train = order[:num_test], order[num_test:]
    return X[train], y[train], X[test], y[test]


@exercise.scenario()
def numbered_rows(
    implementation: Callable[..., Any], num_examples: int, test_fraction: float, seed: int
) -> Any:
    """Splits of rows that carry their number n, with labels 3 n: two in a row from one generator,
    the first again from a generator of the same seed, and one of another seed; then the data."""
    X = np.arange(num_examples, dtype=np.float64)[:, None] * [1.0, 0.5, -2.0]
    y = 3 * np.arange(num_examples)
    rng = np.random.default_rng(seed)
    splits = [implementation(X, y, test_fraction, rng), implementation(X, y, test_fraction, rng)]
    for other in (seed, seed + 1):
        splits.append(implementation(X, y, test_fraction, np.random.default_rng(other)))
    return [*splits, X, y]


@exercise.scenario()
def one_part_empty(
    implementation: Callable[..., Any], num_examples: int, test_fraction: float, seed: int
) -> Any:
    """How many rows and labels each part has, and the labels of all, in order."""
    X, y = np.arange(2.0 * num_examples).reshape(-1, 2), 5 * np.arange(num_examples)
    parts = implementation(X, y, test_fraction, np.random.default_rng(seed))
    full = 1 if test_fraction == 0 else 3
    return [[len(part) for part in parts], np.sort(parts[full])]


@exercise.scenario()
def many_splits(
    implementation: Callable[..., Any], num_examples: int, num_splits: int, seed: int
) -> Any:
    """The labels of the test rows of many splits from one generator; the label of row n is n."""
    X, y = np.arange(3.0 * num_examples).reshape(-1, 3), np.arange(num_examples)
    rng = np.random.default_rng(seed)
    return [implementation(X, y, 0.375, rng)[3] for _ in range(num_splits)]


@exercise.scenario()
def window_shared_out(
    implementation: Callable[..., Any], X: np.ndarray, y: np.ndarray, test_fraction: float,
    seed: int,
) -> Any:  # fmt: skip
    """How many rows and labels each part has, and all rows and labels sorted, of read-only windows
    onto larger arrays."""
    rows, labels = (np.repeat(np.repeat(a, 2, axis=0), 2, axis=-1) for a in (X, y[:, None]))
    given = [rows[::2, ::2], labels[::2, 0]]
    for window in given:
        window.flags.writeable = False
    parts = implementation(*given, test_fraction, np.random.default_rng(seed))
    order = np.argsort(np.concatenate([parts[1], parts[3]]), kind="stable")
    found = [np.concatenate([parts[0], parts[2]])[order], np.sort(np.concatenate(parts[1::2]))]
    return [[len(part) for part in parts], *(np.asarray(a, dtype=np.float64) for a in found)]


@exercise.property(
    "Some rows are used twice, or not at all: every row of X belongs into just one of the parts."
)
def every_row_once(inputs: Mapping[str, Any], output: Any) -> bool:
    """The rows of both parts together are the rows of X."""
    X = np.arange(inputs["num_examples"])[:, None] * [1.0, 0.5, -2.0]
    for X_train, _, X_test, _ in output[:4]:
        rows = np.concatenate([X_train, X_test])
        if not np.array_equal(rows[np.argsort(rows[:, 0])], X):
            return False
    return True


@exercise.property(
    "The labels do not belong to their rows any more: X and y need one and the same new order."
)
def aligned(inputs: Mapping[str, Any], output: Any) -> bool:
    """Row n has label 3 n."""
    return all(
        np.array_equal(y_train, 3 * X_train[:, 0]) and np.array_equal(y_test, 3 * X_test[:, 0])
        for X_train, y_train, X_test, y_test in output[:4]
    )


@exercise.property("The test rows stand in one piece in X: shuffle before you cut.")
def shuffled(inputs: Mapping[str, Any], output: Any) -> bool:
    """The numbers of the test rows are not all of those between two numbers."""
    return all(np.ptp(split[3]) > 3 * (len(split[3]) - 1) for split in output[:4])


@exercise.property(
    "Two splits in a row have the same test rows: draw from the rng that you are given."
)
def moves_on(inputs: Mapping[str, Any], output: Any) -> bool:
    """The second split of a generator has other test rows than its first."""
    return set(output[0][3].tolist()) != set(output[1][3].tolist())


@exercise.property(
    "Two generators of one seed give different splits: all randomness has to come from rng."
)
def reproducible(inputs: Mapping[str, Any], output: Any) -> bool:
    """The same seed gives the same split, in the same order."""
    return all(np.array_equal(a, b) for a, b in zip(output[0], output[2], strict=True))


@exercise.property("The split does not depend on rng's seed: draw from the rng that you are given.")
def depends_on_rng(inputs: Mapping[str, Any], output: Any) -> bool:
    """Another seed gives other test rows."""
    return set(output[0][3].tolist()) != set(output[3][3].tolist())


@exercise.property("X or y is not what it was before: take rows out of them, into new arrays.")
def data_left_alone(inputs: Mapping[str, Any], output: Any) -> bool:
    """The data have their rows in order still."""
    numbers = np.arange(inputs["num_examples"])
    return np.array_equal(output[4][:, 0], numbers) and np.array_equal(output[5], 3 * numbers)


@exercise.property(
    "Some rows are never in the test part, or always in it: every row must have a chance of both."
)
def everywhere(inputs: Mapping[str, Any], output: Any) -> bool:
    """Each row is a test row in some splits and not in others."""
    counts = np.bincount(np.concatenate(output), minlength=inputs["num_examples"])
    return bool(counts.min() > 0 and counts.max() < len(output))


ALL = (
    "data_left_alone", "every_row_once", "aligned", "shuffled", "reproducible", "moves_on",
    "depends_on_rng",
)  # fmt: skip


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    k = [int(n) for n in rng.integers([10, 5, 7, 2], [30, 12, 25, 6])]
    for label, n, fraction in (
        ("a quarter to test with", 4 * k[0], 0.25),
        ("more to test with than to learn from", 10 * k[1], 0.7),
        ("a part that is no whole number of rows", 4 * k[2] + 3, 0.25),
        ("a small part, rounded downwards", 25 * k[3] + 2, 0.12),
    ):
        inputs = {"num_examples": n, "test_fraction": fraction, "seed": int(rng.integers(2**31))}
        yield Case(label, inputs, scenario="numbered_rows", compare=False, properties=ALL)
    draws = {"num_examples": 8, "num_splits": 60, "seed": int(rng.integers(2**31))}
    yield Case(
        "many splits of a few rows", draws, scenario="many_splits", compare=False,
        properties=("everywhere",),
    )  # fmt: skip
    for label, fraction in (("nothing to test with", 0.0), ("nothing to learn from", 1.0)):
        inputs = {"num_examples": 9, "test_fraction": fraction, "seed": int(rng.integers(2**31))}
        yield Case(label, inputs, scenario="one_part_empty", edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    inputs = {"num_examples": 33, "test_fraction": 0.36, "seed": int(rng.integers(2**31))}
    yield Case(
        "rounded upwards", inputs, scenario="numbered_rows", compare=False, properties=ALL,
        edge=True,
    )  # fmt: skip
    single = {"num_examples": 1, "test_fraction": 0.0, "seed": int(rng.integers(2**31))}
    yield Case("a single row", single, scenario="one_part_empty", edge=True)
    tested = {"num_examples": 1, "test_fraction": 1, "seed": int(rng.integers(2**31))}
    yield Case("a single row, to test with", tested, scenario="one_part_empty", edge=True)
    none = {"num_examples": 7, "test_fraction": 0, "seed": int(rng.integers(2**31))}
    yield Case("a fraction that is an int, 0", none, scenario="one_part_empty", edge=True)
    pixels = {
        "X": rng.integers(0, 256, size=(24, 3), dtype=np.uint8),
        "y": rng.permutation(24).astype(np.uint8),
        "test_fraction": 0.25,
        "seed": int(rng.integers(2**31)),
    }
    label = "pixels and labels as uint8, read-only windows onto larger arrays"
    yield Case(label, pixels, scenario="window_shared_out", edge=True)
    whole = pixels | {"X": rng.integers(-99, 99, size=(24, 1)), "y": rng.permutation(24)}
    yield Case("a single feature that is a whole number", whole, scenario="window_shared_out",
               edge=True)  # fmt: skip


exercise.wrong_ways("""
not-shuffled: You cut the rows in the order in which they stand: shuffle first, since data often
stand sorted by class.
    - rng.permutation(len(X))
    + np.arange(len(X))

shuffled-separately: You shuffled X and y each in an order of its own, so the labels stand beside
other rows: draw one order and use it for both.
    - order = rng.permutation(len(X))
    + X, y, order = rng.permutation(X), rng.permutation(y), np.arange(len(X))

returned-in-another-order: You return X_train, X_test, y_train, y_test; here the order is X_train,
y_train, X_test, y_test.
    - y[train], X[test],
    + X[test], y[train],

counted-from-the-end: With no test rows your slice goes wrong: order[:-0] is empty, since -0 is 0.
Count from the front.
    - order[:num_test], order[num_test:]
    + order[-num_test:], order[:-num_test]

fraction-to-train-with: You gave test_fraction of the rows to training; it is the share of the test
rows.
    - test, train =
    + train, test =

cut-off-instead-of-rounded: You dropped the decimals of the number of test rows: round it, 7.75 rows
are 8, not 7.
    - round(len
    + int(len

rounded-up: You always rounded the number of test rows up: 6.24 rows are 6, not 7.
    - round(len(X) * test_fraction)
    + int(np.ceil(len(X) * test_fraction))

with-replacement: You drew numbers of rows that may repeat, so some rows are used twice and others
never: a permutation has each number once.
    - rng.permutation(len(X))
    + rng.integers(len(X), size=len(X))

test-rows-also-train: Your training part holds the test rows, too: whoever learned a row by heart
passes a test with it.
    - order[num_test:]
    + order

generator-of-its-own: You draw from a generator of your own with a fixed seed, so every split is the
same: use rng.
    - rng.permutation
    + np.random.default_rng(0).permutation

global-randomness: You draw from NumPy's global generator (np.random....), so a seed cannot bring a
split back: use rng.
    - rng.permutation
    + np.random.permutation

shuffled-in-place: You shuffled X and y themselves, and so changed the data of whoever called you:
shuffle numbers of rows instead.
    - num_test =
    + X[:], y[:], order = X[order], y[order], np.arange(len(X))
    + num_test =
""")
