"""Chapter 09, third part: how many units of a layer differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch09_weights import chapter

# The worked example of the chapter: five units, of which two pairs are the same.
UNITS = np.array([[1.0, 2.0], [3.0, 0.0], [1.0, 2.0], [2.0, 1.0], [3.0, 0.0]])


@chapter.exercise(points=2)
def count_distinct_units(W: np.ndarray, tolerance: float = 1e-12) -> int:
    """Count how many different units a layer has.

    Args:
        W: (units, inputs) float64 weights, one row per unit.
        tolerance: two units count as the same when no weight of one differs from the same
            weight of the other by more than this.

    Returns:
        How many different rows W has: rows that are the same, wherever they stand, count as one.
    """
    distinct: list[np.ndarray] = []
    for row in W:
        if all(np.abs(row - other).max() > tolerance for other in distinct):
            distinct.append(row)
    return len(distinct)


def draw_units(
    rng: np.random.Generator,
    copies: list[int],
    inputs: int,
    noise: float = 0.0,
    *,
    alike: bool = False,
) -> np.ndarray:
    """Shuffled rows: for each number in copies so many of one row, entries nudged by <= noise.

    alike   all rows have the same first and the same last entry, so that no sorting finds twins
    """
    kinds = rng.normal(size=(len(copies), inputs))
    if alike:
        kinds[:, [0, -1]] = kinds[0, [0, -1]]
    W = np.repeat(kinds, copies, axis=0)
    W += rng.uniform(-noise, noise, size=W.shape)
    return np.asarray(W[rng.permutation(len(W))])


def draw_copies(rng: np.random.Generator, kinds: int) -> list[int]:
    """How often each of several units occurs: one of them alone, the others up to four times."""
    return [1, 2, 4, *(int(n) for n in rng.integers(1, 4, size=kinds - 3))]


@chapter.cases(count_distinct_units)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the five units of the worked example", {"W": UNITS})
    few = draw_units(rng, draw_copies(rng, 4), 6)
    yield Case("four units, some of them several times", {"W": few})
    n = int(rng.integers(6, 9))
    yield Case("units that all differ", {"W": draw_units(rng, [1] * n, 5)})
    yield Case("units that are all the same", {"W": draw_units(rng, [n], 7)})
    shared = draw_units(rng, [2, *[1] * n], 4)
    shared[:, int(rng.integers(0, 4))] = rng.normal()
    yield Case("different units that share a weight", {"W": shared})
    scaled = np.outer(rng.permutation([-2.0, -1.0, 0.5, 1.0, 3.0]), rng.uniform(0.5, 2, size=7))
    yield Case("units that are multiples of each other", {"W": scaled}, edge=True)
    nearly = draw_units(rng, draw_copies(rng, 5), 60, noise=2e-14, alike=True)
    yield Case("units that are the same but for rounding", {"W": nearly}, edge=True)
    yield Case(
        "units that differ by a millionth", {"W": draw_close(rng, 1e-6, 5, 6)}, edge=True
    )  # fmt: skip
    coarse = draw_grid(rng)
    yield Case("a tolerance of 0.1", {"W": coarse, "tolerance": 0.1}, edge=True)


def draw_close(rng: np.random.Generator, step: float, units: int, inputs: int) -> np.ndarray:
    """Rows that are one row but for one entry each, which is ``step`` larger; one is that row."""
    W = np.tile(rng.uniform(0.5, 2, size=inputs), (units, 1))
    W[np.arange(1, units), np.arange(1, units) % inputs] += step
    return W


def draw_grid(rng: np.random.Generator) -> np.ndarray:
    """Rows whose entries lie close to both sides of n + 0.5 tenths: three kinds, nine rows."""
    kinds = rng.integers(-20, 20, size=(3, 8)) + np.array([[0], [50], [100]])
    W = np.repeat(kinds / 10 + 0.05, 3, axis=0)
    W[:, ::2] += np.tile([-0.004, 0.004, 0.0], 3)[:, None]
    return np.asarray(W[rng.permutation(9)])


def draw_wide(rng: np.random.Generator) -> np.ndarray:
    """Six rows of three kinds: for a tolerance of 0.1 not sums or means of differences decide."""
    W = np.repeat(rng.normal(size=(2, 1500)), [4, 2], axis=0)
    W += rng.uniform(-0.004, 0.004, size=W.shape)
    W[:2, int(rng.integers(0, 1500))] += 1.5  # of the first kind two that make a third
    return np.asarray(W[rng.permutation(6)])


@chapter.hidden_cases(count_distinct_units)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single unit", {"W": rng.normal(size=(1, 5))}, edge=True)
    yield Case("weights that are all 0", {"W": np.zeros((6, 4))}, edge=True)
    yield Case(
        "many inputs, each a little off, and a single one far off",
        {"W": draw_wide(rng), "tolerance": 0.1}, edge=True,
    )  # fmt: skip
    turned = rng.permutation(8).astype(np.float64)
    yield Case(
        "the same weights in another order",
        {"W": np.array([turned, np.roll(turned, 1), -turned])},
        edge=True,
    )
    large = 1e4 + draw_close(rng, 0.01, 6, 9)
    yield Case("large weights that differ a little", {"W": large, "tolerance": 1e-4}, edge=True)
    one = np.array([[1.0], [2.0], [1.0], [-2.0]])
    yield Case("a single input", {"W": one}, edge=True)


@chapter.misconception(
    count_distinct_units, "tolerance-fixed",
    "You always use 1e-12; the argument tolerance says how much two weights may differ.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    return count_distinct_units(W, 1e-12)


@chapter.misconception(
    count_distinct_units, "allclose",
    "Rows that differ count as the same here: np.allclose and np.isclose also allow a difference "
    "relative to the weights, unless rtol is 0.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    distinct: list[np.ndarray] = []
    for row in W:
        if not any(np.allclose(row, other, atol=tolerance) for other in distinct):
            distinct.append(row)
    return len(distinct)


@chapter.misconception(
    count_distinct_units, "rank",
    "You counted independent directions, the rank: units can differ and yet depend on others.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    return int(np.linalg.matrix_rank(W, tol=max(tolerance, 1e-9)))


@chapter.misconception(
    count_distinct_units, "exactly-equal",
    "Rows that differ only by rounding are the same: compare with the tolerance, not with ==.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    return len(np.unique(W, axis=0))


@chapter.misconception(
    count_distinct_units, "distinct-numbers",
    "You counted different numbers; what counts is whole rows.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    return len(np.unique(W))


@chapter.misconception(
    count_distinct_units, "columns",
    "You compared the columns, which are inputs; a unit is a row.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    return count_distinct_units(W.T, tolerance)


@chapter.misconception(
    count_distinct_units, "only-without-a-twin",
    "You counted the rows that have no twin; rows that are the same count as one, not as none.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    twins = [(np.abs(W - row).max(axis=1) <= tolerance).sum() for row in W]
    return int(sum(count == 1 for count in twins))


@chapter.misconception(
    count_distinct_units, "rounded",
    "You rounded and compared: two weights that are close can lie on either side of where rounding "
    "changes. Compare differences with the tolerance.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    return len(np.unique(np.round(W / tolerance), axis=0))


@chapter.misconception(
    count_distinct_units, "only-neighbours",
    "You compared each row with the one before it only; rows that are the same may stand anywhere.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    return 1 + int((np.abs(np.diff(W, axis=0)).max(axis=1) > tolerance).sum())


@chapter.misconception(
    count_distinct_units, "compared-with-the-first",
    "You compared every row with the first only; the others can be the same among themselves.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    return 1 + int((np.abs(W - W[0]).max(axis=1) > tolerance).sum())


@chapter.misconception(
    count_distinct_units, "difference-without-abs",
    "You looked at the largest difference without its sign: where every weight is smaller, that is "
    "negative, and the rows pass as the same.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    distinct: list[np.ndarray] = []
    for row in W:
        if all(np.max(row - other) > tolerance for other in distinct):
            distinct.append(row)
    return len(distinct)


@chapter.misconception(
    count_distinct_units, "any-weight-alike",
    "You took rows as the same as soon as one weight agrees; all of them have to.",
)  # fmt: skip
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    distinct: list[np.ndarray] = []
    for row in W:
        if all(np.abs(row - other).min() > tolerance for other in distinct):
            distinct.append(row)
    return len(distinct)


@chapter.variant(count_distinct_units, "all pairs at once")
def _(W: np.ndarray, tolerance: float = 1e-12) -> Any:
    same = np.abs(W[:, None, :] - W[None, :, :]).max(axis=2) <= tolerance
    return (same.argmax(axis=1) == np.arange(len(W))).sum()


@chapter.variant(count_distinct_units, "rows taken away until none is left")
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    rest, count = W.copy(), 0
    while len(rest):
        rest = rest[np.any(np.abs(rest - rest[0]) > tolerance, axis=1)]
        count += 1
    return count


@chapter.variant(count_distinct_units, "plain Python")
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    rows = W.tolist()
    count = 0
    for i, row in enumerate(rows):
        for other in rows[:i]:
            if max(abs(a - b) for a, b in zip(row, other, strict=True)) <= tolerance:
                break
        else:
            count += 1
    return count


@chapter.variant(count_distinct_units, "allclose without the relative part")
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    kept: list[np.ndarray] = []
    for row in W:
        if not any(np.allclose(row, k, rtol=0, atol=tolerance) for k in kept):
            kept.append(row)
    return len(kept)


@chapter.variant(count_distinct_units, "one share for each of a group")
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    twins = [sum(np.max(np.abs(a - b)) <= tolerance for b in W) for a in W]
    return round(sum(1 / count for count in twins))
