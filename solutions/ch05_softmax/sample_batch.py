"""sample_batch: a random batch of examples, with replacement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=1)


@exercise.reference
def sample_batch(
    X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a random batch of examples, with replacement.

    Args:
        X: (N, D) examples, one a row.
        y: (N,) their labels.
        batch_size: how many to draw; may be larger than N.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        X_batch: (batch_size, D), rows of X, and
        y_batch: (batch_size,), the labels of just those rows. Every row is equally likely
        at every draw, so one row may occur several times in a batch.
    """
    drawn = rng.integers(len(X), size=batch_size)
    return X[drawn], y[drawn]


@exercise.scenario()
def numbered_rows(
    implementation: Callable[..., Any], num_examples: int, batch_size: int, seed: int
) -> Any:
    """Batches of rows that carry their number n, with labels 3 n: two in a row from one generator,
    the first again from a generator of the same seed, and one of another seed; then the data."""
    X = np.arange(num_examples, dtype=np.float64)[:, None] * [1.0, 0.5, -2.0]
    y = 3 * np.arange(num_examples)
    rng = np.random.default_rng(seed)
    batches = [implementation(X, y, batch_size, rng), implementation(X, y, batch_size, rng)]
    for other in (seed, seed + 1):
        batches.append(implementation(X, y, batch_size, np.random.default_rng(other)))
    return [*batches, X, y]


@exercise.scenario()
def pixels_drawn(
    implementation: Callable[..., Any], num_examples: int, batch_size: int, seed: int
) -> Any:
    """How many rows and labels a batch has, and by how much each label misses its row's number, of
    read-only windows with rows and labels of uint8."""
    numbers = np.repeat(np.arange(num_examples, dtype=np.uint8), 2)
    X, y = np.stack([numbers, 255 - numbers], axis=1)[::2, ::-1], numbers[::2]
    for window in (X, y):
        window.flags.writeable = False
    rows, labels = implementation(X, y, batch_size, np.random.default_rng(seed))
    misses = np.asarray(rows, dtype=np.int64)[:, 1] - np.asarray(labels, dtype=np.int64)
    sums = np.asarray(rows, dtype=np.int64).sum(axis=1)
    return [list(np.shape(rows)), list(np.shape(labels)), misses, sums]


@exercise.property("Some rows of the batch are not rows of X.")
def of_the_data(inputs: Mapping[str, Any], output: Any) -> bool:
    """Every row is the multiple of (1, 0.5, -2) that X has there."""
    n = inputs["num_examples"]
    return all(
        np.array_equal(batch[0], np.rint(batch[0][:, :1]) * [1.0, 0.5, -2.0])
        and 0 <= batch[0][:, 0].min() <= batch[0][:, 0].max() < n
        for batch in output[:4]
    )


@exercise.property(
    "The labels of the batch do not belong to its rows: draw one set of numbers, for both."
)
def aligned(inputs: Mapping[str, Any], output: Any) -> bool:
    """Row n has label 3 n."""
    return all(np.array_equal(batch[1], 3 * batch[0][:, 0]) for batch in output[:4])


@exercise.property(
    "No row occurs twice in your batch: with replacement, a row that was drawn may be drawn again."
)
def with_replacement(inputs: Mapping[str, Any], output: Any) -> bool:
    """Some row occurs twice in a batch in which that is all but certain."""
    return all(len(np.unique(batch[1])) < len(batch[1]) for batch in output[:4])


@exercise.property(
    "The rows of a batch are neighbours in X: each has to be drawn by itself, from all rows."
)
def scattered(inputs: Mapping[str, Any], output: Any) -> bool:
    """Rows of a batch do not follow each other as they do in X, the first after the last."""
    n = inputs["num_examples"]
    steps = [np.diff(batch[1] // 3) % n for batch in output[:4]]
    return not any((step == 1).all() for step in steps)


@exercise.property(
    "The last row of X never comes up: the upper end of `integers` and of `randint` is left out "
    "already."
)
def the_last_as_well(inputs: Mapping[str, Any], output: Any) -> bool:
    """The last row is among the thousands that were drawn from a few, unless others are missing."""
    seen = np.unique(np.concatenate([batch[1] for batch in output[:4]]) // 3)
    return not np.array_equal(seen, np.arange(inputs["num_examples"] - 1))


@exercise.property(
    "Not every row is equally likely: in a large batch some rows come up far too often or too "
    "rarely."
)
def evenly(inputs: Mapping[str, Any], output: Any) -> bool:
    """Counts over the three batches that differ are within 7 standard deviations of their mean."""
    n, size = inputs["num_examples"], inputs["batch_size"]
    mean = 3 * size / n
    counts = sum(np.bincount(output[k][1] // 3, minlength=n) for k in (0, 1, 3))
    return bool(np.abs(counts - mean).max() < 7 * np.sqrt(mean))


@exercise.property(
    "Your batches do not reach all of X: every row has to have its chance in every draw."
)
def everywhere(inputs: Mapping[str, Any], output: Any) -> bool:
    """Each quarter of the rows is met by one of 120 draws; by chance one in 1e14 times not."""
    numbers = np.concatenate([batch[1] for batch in output[:4]]) // 3
    return len(np.unique(4 * numbers // inputs["num_examples"])) == 4


@exercise.property(
    "Two batches in a row from one generator are the same: draw from the rng that you were given."
)
def moves_on(inputs: Mapping[str, Any], output: Any) -> bool:
    """The second batch of a generator is another than its first."""
    return not np.array_equal(output[0][1], output[1][1])


@exercise.property(
    "Two generators of one seed give different batches: all randomness has to come from rng."
)
def reproducible(inputs: Mapping[str, Any], output: Any) -> bool:
    """The same seed gives the same batch."""
    return np.array_equal(output[0][1], output[2][1])


@exercise.property(
    "The batch does not depend on rng's seed: draw from the rng that you were given."
)
def depends_on_rng(inputs: Mapping[str, Any], output: Any) -> bool:
    """Another seed gives another batch."""
    return not np.array_equal(output[0][1], output[3][1])


@exercise.property("X or y is not what it was before: draw from them and leave them alone.")
def data_left_alone(inputs: Mapping[str, Any], output: Any) -> bool:
    """The data have their rows in order still."""
    numbers = np.arange(inputs["num_examples"])
    return np.array_equal(output[4][:, 0], numbers) and np.array_equal(output[5], 3 * numbers)


ALWAYS = ("data_left_alone", "of_the_data", "aligned", "reproducible")

VARIES = (*ALWAYS, "moves_on", "depends_on_rng")  # where two equal batches are next to impossible


def batch_case(
    label: str, n: int, size: int, seed: int, properties: tuple[str, ...], edge: bool = False
) -> Case:
    """A case of `numbered_rows`."""
    inputs = {"num_examples": n, "batch_size": size, "seed": seed}
    return Case(label, inputs, edge, "numbered_rows", compare=False, properties=properties)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    a, b, c = (int(seed) for seed in rng.integers(2**31, size=3))
    single = (*VARIES, "scattered", "everywhere")
    yield batch_case("a batch of 40", int(rng.integers(300, 400)), 40, a, single)
    n = int(rng.integers(60, 80))
    yield batch_case("as many as there are", n, n, b, (*VARIES, "with_replacement"))
    n = int(rng.integers(6, 10))
    each = (*VARIES, "the_last_as_well", "evenly")
    yield batch_case("every row equally likely", n, 2000, c, each)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    a, b = (int(seed) for seed in rng.integers(2**31, size=2))
    yield batch_case("a batch of one", 50, 1, a, ALWAYS, edge=True)
    more = (*VARIES, "with_replacement")
    yield batch_case("one more than there are", 50, 51, b, more, edge=True)
    for label, n, size in (
        ("pixels and labels as uint8, read-only windows onto larger arrays", 60, 25),
        ("a single row in the data", 1, 3),
    ):
        inputs = {"num_examples": n, "batch_size": size, "seed": int(rng.integers(2**31))}
        yield Case(label, inputs, edge=True, scenario="pixels_drawn")


exercise.wrong_ways("""
without-replacement: Your batch has every row once at most; with replacement each draw is from all
rows again.
    drawn = rng.permutation(len(X))[:batch_size]
    return X[drawn], y[drawn]

drawn-without-replacement: choice with replace=False cannot draw a row twice, nor more rows than
there are.
    drawn = rng.choice(len(X), size=batch_size, replace=False)
    return X[drawn], y[drawn]

rows-and-labels-apart: You drew twice, once for the rows and once for the labels, so they no longer
belong together.
    return X[rng.integers(len(X), size=batch_size)], y[rng.integers(len(X), size=batch_size)]

block-of-rows: You drew where a batch begins and took the rows from there on; a batch is a mixture:
draw each of its rows by itself, from all rows.
    drawn = (rng.integers(len(X)) + np.arange(batch_size)) % len(X)
    return X[drawn], y[drawn]

block-inside: You drew where a batch begins and took the rows from there on; a batch is a mixture:
draw each of its rows by itself, from all rows.
    start = rng.integers(0, max(1, len(X) - batch_size + 1))
    return X[start : start + batch_size], y[start : start + batch_size]

favourites: Some rows come up far more often than others, or one never does (they are counted from
0): at every draw each row has to be as likely as any other.
    drawn = (rng.random(batch_size) ** 2 * len(X)).astype(int)
    return X[drawn], y[drawn]

first-rows: You took the first rows, which are the same ones every time: a batch is drawn at random.
    drawn = np.arange(batch_size) % len(X)
    return X[drawn], y[drawn]

numbers-up-to-batch-size: You drew numbers below batch_size, so only the first rows of X can come
up: draw below the number of rows.
    drawn = rng.integers(0, batch_size, size=batch_size) % len(X)
    return X[drawn], y[drawn]

numbers-up-to-the-columns: Only a part of the rows of X can come up: draw below the number of rows,
len(X) or X.shape[0] (X.shape[1] is the number of columns).
    drawn = rng.integers(0, X.shape[1], size=batch_size) % len(X)
    return X[drawn], y[drawn]

global-randomness: Your batch does not come from rng: np.random draws from a generator of its own,
so a seed reproduces nothing.
    drawn = np.random.randint(0, len(X), size=batch_size)  # noqa: NPY002
    return X[drawn], y[drawn]

own-seed: You made a new generator with a fixed seed inside: every batch is the same one.
    drawn = np.random.default_rng(0).integers(len(X), size=batch_size)
    return X[drawn], y[drawn]

last-row-never: One of the rows is never drawn: the upper end of integers is left out already.
    drawn = rng.integers(0, len(X) - 1, size=batch_size)
    return X[drawn], y[drawn]

shuffled-in-place: You shuffled X and y themselves; whoever uses them afterwards finds their rows in
another order.
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    drawn = rng.integers(len(X), size=batch_size)
    return X[drawn], y[drawn]
""")
