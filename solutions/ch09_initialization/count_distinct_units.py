"""count_distinct_units: how many units of a layer differ."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out, with_keywords

exercise = ExerciseDefinition(points=2)


@exercise.reference
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


for scenario in (in_other_layouts, with_keywords):
    exercise.scenario()(scenario)

# The worked example of the chapter: five units, of which two pairs are the same.
UNITS = np.array([[1.0, 2.0], [3.0, 0.0], [1.0, 2.0], [2.0, 1.0], [3.0, 0.0]])


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


def draw_close(rng: np.random.Generator, step: float, units: int, inputs: int) -> np.ndarray:
    """Rows that are one row but for one entry each, which is ``step`` larger; one is that row."""
    W = np.tile(rng.uniform(0.5, 2, size=inputs), (units, 1))
    W[np.arange(1, units), np.arange(1, units) % inputs] += step
    return W


def draw_grid(rng: np.random.Generator) -> np.ndarray:
    """Rows whose entries lie close to both sides of n + 0.5 tenths: three kinds, nine rows."""
    kinds = rng.integers(-20, 20, size=(3, 8)) + np.array([[0], [50], [100]])
    W = np.repeat(kinds / 10 + 0.05, 3, axis=0)
    W[:, ::2] += np.tile([-0.004, 0.004, 0.003], 3)[:, None]
    return np.asarray(W[rng.permutation(9)])


def draw_wide(rng: np.random.Generator) -> np.ndarray:
    """Six rows of three kinds: for a tolerance of 0.1 not sums or means of differences decide."""
    W = np.repeat(rng.normal(size=(2, 900)), [4, 2], axis=0)
    W += rng.uniform(-0.0049, 0.0049, size=W.shape)
    W[:2, int(rng.integers(0, 900))] += 1.5  # of the first kind two that make a third
    return np.asarray(W[rng.permutation(6)])


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the five units of the worked example", {"W": UNITS})
    kinds, n, m = (int(k) for k in rng.integers([4, 6, 6], [13, 40, 40]))
    few = draw_units(rng, draw_copies(rng, kinds), 6)
    yield Case("units, some of them several times", {"W": few})
    yield Case("units that all differ", {"W": draw_units(rng, [1] * n, 5)})
    yield Case("units that are all the same", {"W": draw_units(rng, [n], 7)})
    shared = draw_units(rng, [2, *[1] * m], 4)
    shared[:, int(rng.integers(0, 4))] = rng.normal()
    yield Case("different units that share a weight", {"W": shared})
    scaled = np.outer(rng.permutation([-2.0, -1.0, 0.5, 1.0, 3.0]), rng.uniform(0.5, 2, size=7))
    yield Case("units that are multiples of each other", {"W": scaled}, edge=True)
    nearly = draw_units(rng, draw_copies(rng, 5), 60, noise=2e-14, alike=True)
    yield Case("units that are the same but for rounding", {"W": nearly}, edge=True)
    yield Case("units that differ by a millionth", {"W": draw_close(rng, 1e-6, 5, 6)}, edge=True)
    coarse = draw_grid(rng)
    yield Case("a tolerance of 0.1", {"W": coarse, "tolerance": 0.1}, edge=True)
    many = {"W": draw_wide(rng), "tolerance": 0.1}
    yield Case("many inputs, each a little off, and a single one far off", many, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single unit", {"W": rng.normal(size=(1, 5))}, edge=True)
    yield Case("weights that are all 0", {"W": np.zeros((6, 4))}, edge=True)
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
    for tolerance, spread in ((1, 40.0), (np.float64(0.01), 1.0), (2e3, 1e5)):
        W = spread * draw_units(rng, draw_copies(rng, 4), 6)
        label = f"a tolerance of {tolerance:g}"
        yield Case(label, {"W": W, "tolerance": tolerance}, edge=True)
    exact = draw_units(rng, draw_copies(rng, 4), 6)
    exact[0] = exact[1]
    exact[0, 3] += 1e-14
    yield Case("a tolerance of 0", {"W": exact, "tolerance": 0}, edge=True)
    faint = 1e-15 * draw_units(rng, draw_copies(rng, 4), 6)
    yield Case("tiny weights, a tinier tolerance", {"W": faint, "tolerance": 1e-20}, edge=True)
    alike = 1e-15 * draw_units(rng, [1] * 5, 4)
    yield Case("different weights, all below the tolerance", {"W": alike}, edge=True)
    named = {"given": {"W": draw_grid(rng)}, "named": {"tolerance": 0.1}}
    yield Case("the tolerance by its name", named, edge=True, scenario="with_keywords")
    yield laid_out(W=draw_units(rng, draw_copies(rng, 4), 6))


exercise.wrong_ways("""
tolerance-fixed: You always use 1e-12; the argument tolerance says how much two weights may differ.
    - > tolerance
    + > 1e-12

allclose: Rows that differ count as the same here: np.allclose and np.isclose also allow a
difference relative to the weights, unless rtol is 0.
    - all(np.abs(row - other).max() > tolerance for
    + not any(np.allclose(row, other, atol=tolerance) for

rank: You counted independent directions, the rank: units can differ and yet depend on others.
    return int(np.linalg.matrix_rank(W, tol=max(tolerance, 1e-9)))

exactly-equal: Rows that differ only by rounding are the same: compare with the tolerance, not with
==.
    return len(np.unique(W, axis=0))

distinct-numbers: You counted different numbers; what counts is whole rows.
    return len(np.unique(W))

distinct-numbers-rounded: You counted different numbers; what counts is whole rows.
    return len(np.unique(np.round(W, -int(np.floor(np.log10(tolerance or 1e-16))))))

columns: You compared the columns, which are inputs; a unit is a row.
    - row in W:
    + row in W.T:

only-without-a-twin: You counted the rows that have no twin; rows that are the same count as one,
not as none.
    twins = [(np.abs(W - row).max(axis=1) <= tolerance).sum() for row in W]
    return twins.count(1)

rounded: You rounded and compared: two weights that are close can lie on either side of where
rounding changes. Compare differences with the tolerance.
    return len(np.unique(np.round(W / tolerance), axis=0))

only-neighbours: You compared each row with the one before it only; rows that are the same may stand
anywhere.
    return 1 + int((np.abs(np.diff(W, axis=0)).max(axis=1) > tolerance).sum())

compared-with-the-first: You compared every row with the first only; the others can be the same
among themselves.
    return 1 + int((np.abs(W - W[0]).max(axis=1) > tolerance).sum())

difference-without-abs: You looked at the largest difference without its sign: where every weight is
smaller, that is negative, and the rows pass as the same.
    - np.abs(row - other).max()
    + np.max(row - other)

any-weight-alike: You took rows as the same as soon as one weight agrees; all of them have to.
    - .max()
    + .min()

pairs: You counted pairs of rows that differ; count the different rows.
    apart = np.abs(W[:, None] - W[None]).max(axis=2) > tolerance
    return int(np.triu(apart).sum())

pairs-alike: You counted pairs of rows that are the same; count the different rows.
    apart = np.abs(W[:, None] - W[None]).max(axis=2) > tolerance
    return int(np.triu(~apart, 1).sum())

rows-less-pairs: You took one off for each pair of equal rows; four equal rows are six pairs, but
only three too many.
    alike = np.abs(W[:, None] - W[None]).max(axis=2) <= tolerance
    return len(W) - int(np.triu(alike, 1).sum())

those-with-a-twin: You counted the rows that have a twin; count how many different rows there are.
    twins = (np.abs(W[:, None] - W[None]).max(axis=2) <= tolerance).sum(axis=1)
    return int((twins > 1).sum())

distance-for-largest: You compare the distance of two rows, which sums over all weights; it is the
largest single difference that counts.
    - np.abs(row - other).max()
    + np.linalg.norm(row - other)

mean-for-largest: You compare the mean difference of two rows; it is the largest single one that
counts.
    - np.abs(row - other).max()
    + np.abs(row - other).mean()

rank-by-default: You counted independent directions, the rank: units can differ and yet depend on
others.
    return int(np.linalg.matrix_rank(W))

norms: You compared the lengths of the rows; different rows can have the same length.
    lengths = np.sort(np.linalg.norm(W, axis=1))
    return 1 + int((np.diff(lengths) > max(tolerance, 1e-9)).sum())

sums: You compared the sums of the rows; different rows can have the same sum.
    totals = np.sort(W.sum(axis=1))
    return 1 + int((np.diff(totals) > max(tolerance, 1e-9)).sum())

sorted-rows: You sorted each row before comparing: the same weights in another order make another
unit.
    return reference(np.sort(W, axis=1), tolerance)

first-weight-alone: You compared the first weight of each row only; all of them count.
    return reference(W[:, :1], tolerance)

one-too-few: You began to count at 0 with the first row already noted: it is a unit, too.
    return reference(W, tolerance) - 1

the-rows-themselves: You gave the different rows; give how many there are.
    kept = []
    for row in W:
        if all(np.abs(row - other).max() > tolerance for other in kept):
            kept.append(row)
    return np.array(kept)

columns-exactly: You compared the columns, which are inputs; a unit is a row.
    return len(np.unique(W.T, axis=0))
""")
