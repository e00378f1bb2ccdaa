"""grouped_folds: folds of about one size that tear no group apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=2)


@exercise.reference
def grouped_folds(groups: np.ndarray, num_folds: int) -> np.ndarray:
    """Share out rows among folds so that rows of one group stay together.

    The groups are dealt out one by one, from the one with the most rows to the one with the fewest
    (of equally large ones the smaller group number first). Each goes to the fold that has the
    fewest rows so far (of equally full ones to the smallest fold number).

    Args:
        groups: (N,) integers, the group of every row: any numbers, in any order. They stay as they
            are.
        num_folds: how many folds; there are more groups than folds.

    Returns:
        (N,) integers 0..num_folds-1, the fold of every row.
    """
    numbers, places, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    fold_of = np.zeros(len(numbers), dtype=np.int64)
    rows_in = np.zeros(num_folds, dtype=np.int64)
    for i in np.argsort(-sizes, kind="stable"):
        fold_of[i] = np.argmin(rows_in)
        rows_in[fold_of[i]] += sizes[i]
    return fold_of[places]


exercise.scenario()(in_other_layouts)


@exercise.property(
    "Rows of one group stand in different folds: deal out whole groups, and give all rows of a "
    "group its fold."
)
def groups_stay_together(inputs: Mapping[str, Any], output: Any) -> bool:
    """Every group has one fold."""
    pairs = set(zip(inputs["groups"].tolist(), output.tolist(), strict=True))
    return len(pairs) == len(set(inputs["groups"].tolist()))


@exercise.property("A fold has no rows at all: with more groups than folds each gets a group.")
def no_fold_is_empty(inputs: Mapping[str, Any], output: Any) -> bool:
    """Every fold occurs."""
    return set(output.tolist()) >= set(range(inputs["num_folds"]))


WHOLE = ("groups_stay_together", "no_fold_is_empty")


def dealt(sizes: list[int], num_folds: int) -> tuple[list[int], bool]:
    """Rows in each fold when sizes are dealt out in their order; whether two folds ever tied.

    That all folds are empty at the start is no tie: some groups have to be first.
    """
    rows, tied = [0] * num_folds, False
    for size in sizes:
        fewest = min(rows)
        tied |= fewest > 0 and rows.count(fewest) > 1
        rows[rows.index(fewest)] += size
    return rows, tied


def rows_of(rng: np.random.Generator, numbers: list[int], sizes: list[int]) -> np.ndarray:
    """Groups of the rows, in random order, a group's rows far apart."""
    return rng.permutation(np.repeat(numbers, sizes))


def folds_case(
    rng: np.random.Generator,
    label: str,
    *,
    sizes: list[int],
    num_folds: int,
    numbers: list[int] | None = None,
    edge: bool = False,
) -> Case:
    """A case on groups of given sizes, whose numbers are in no order of size or of first row."""
    names = list(range(len(sizes))) if numbers is None else numbers
    while True:
        mixed = rng.permutation(sizes).tolist()
        if mixed not in (sorted(mixed), sorted(mixed, reverse=True)) or len(set(sizes)) == 1:
            break
    inputs = {"groups": rows_of(rng, sorted(names), mixed), "num_folds": num_folds}
    return Case(label, inputs, edge, properties=WHOLE)


def different_sizes(rng: np.random.Generator, count: int, num_folds: int, most: int) -> list[int]:
    """Sizes, no two alike, that never leave a choice between folds, and whose deal is telling.

    The fold that has the fewest rows is not always the one with the fewest groups, nor the next
    one in turn.
    """
    while True:
        sizes = sorted((1 + rng.permutation(most)[:count]).tolist(), reverse=True)
        rows, tied = dealt(sizes, num_folds)
        in_turn = [sum(sizes[i::num_folds]) for i in range(num_folds)]
        if not tied and rows != in_turn and len(set(rows)) == num_folds:
            return sizes


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield folds_case(
        rng, "7 groups of different sizes, 3 folds", sizes=different_sizes(rng, 7, 3, 12),
        num_folds=3,
    )  # fmt: skip
    yield folds_case(
        rng, "11 groups of different sizes, 4 folds", sizes=different_sizes(rng, 11, 4, 19),
        num_folds=4,
    )  # fmt: skip
    yield folds_case(
        rng, "groups of the same size", sizes=[4, 4, 4, 3, 3, 2, 2, 2], num_folds=3, edge=True
    )
    yield folds_case(
        rng, "folds that are equally full", sizes=[7, 5, 4, 3, 2, 1], num_folds=3, edge=True
    )
    below, above = np.arange(-40, 0), np.arange(50, 900)
    numbers = [*rng.choice(below, 3, replace=False), *rng.choice(above, 5, replace=False)]
    yield folds_case(
        rng, "group numbers with gaps, and negative ones", sizes=different_sizes(rng, 8, 3, 14),
        num_folds=3, numbers=numbers, edge=True,
    )  # fmt: skip


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield folds_case(
        rng, "one group larger than all others together", sizes=[30, 6, 5, 3, 2, 1], num_folds=3,
        edge=True,
    )  # fmt: skip
    yield folds_case(rng, "every row a group of its own", sizes=[1] * 11, num_folds=4, edge=True)
    yield folds_case(rng, "a single fold", sizes=[2, 5, 3], num_folds=1, edge=True)
    yield folds_case(rng, "one group more than folds", sizes=[3, 2, 6, 4], num_folds=3, edge=True)
    for dtype in (np.uint8, np.int32):
        sizes = rng.permutation(different_sizes(rng, 7, 3, 12)).tolist()
        groups = rows_of(rng, list(range(7)), sizes).astype(dtype)
        inputs = {"groups": groups, "num_folds": np.int64(3)}
        yield Case(f"groups as {dtype.__name__}", inputs, edge=True, properties=WHOLE)
    groups = rows_of(rng, [0, 2, 3, 5, 9, 300], [4, 3, 9, 1, 12, 6])
    yield laid_out(groups=groups, num_folds=3)


exercise.wrong_ways("""
rows-in-turn: You deal out the rows in turn, so rows of one group land in different folds: deal out
whole groups.
    return np.arange(len(groups)) % num_folds

runs-of-rows: You cut the rows into runs, as for ordinary folds, and tear groups apart: deal out
whole groups.
    parts = np.array_split(np.arange(len(groups)), num_folds)
    return np.repeat(np.arange(num_folds), [len(part) for part in parts])

rows-at-random: You deal out the rows at random, so rows of one group land in different folds: deal
out whole groups.
    return np.random.default_rng(0).permutation(np.arange(len(groups)) % num_folds)

groups-at-random: You keep the groups whole and deal them out at random; here they go by size, to
the fold with the fewest rows.
    numbers, places = np.unique(groups, return_inverse=True)
    return np.random.default_rng(0).permutation(np.arange(len(numbers)) % num_folds)[places]

groups-in-turn: You deal out the groups in turn, whatever their sizes; give each to the fold that
has the fewest rows so far.
    return np.unique(groups, return_inverse=True)[1] % num_folds

remainder-of-the-number: You take the group number modulo num_folds; the numbers mean nothing, the
sizes decide.
    return groups % num_folds

fewest-groups: You start with the largest group, but deal out in turn, or to the fold with the
fewest groups, which is the same; it is the fewest rows that count.
    - for i in np.argsort(-sizes, kind="stable"):
    + for turn, i in enumerate(np.argsort(-sizes, kind="stable")):
    - np.argmin(rows_in)
    + turn % num_folds

label-order: You take the groups in the order of their numbers; the largest has to come first.
    - np.argsort(-sizes, kind="stable")
    + range(len(sizes))

order-of-first-row: You take the groups in the order in which they first occur; the largest has to
come first.
    - np.argsort(-sizes, kind="stable")
    + np.argsort(np.unique(groups, return_index=True)[1])

smallest-first: You begin with the smallest group; begin with the largest, so that the small ones
can level out the folds in the end.
    - -sizes
    + sizes

larger-number-first: Of equally large groups you take the larger number first; the smaller comes
first.
    - np.argsort(-sizes, kind="stable")
    + np.argsort(sizes, kind="stable")[::-1]

first-row-breaks-ties: Of equally large groups you take the one that occurs first; the one with the
smaller number comes first.
    - np.argsort(-sizes, kind="stable")
    + np.lexsort((np.unique(groups, return_index=True)[1], -sizes))

last-of-equal-folds: Of equally full folds you take the last; the one with the smallest number is
wanted.
    - np.argmin(rows_in)
    + num_folds - 1 - np.argmin(rows_in[::-1])

fullest-fold: You give each group to the fold with the most rows; the one with the fewest rows has
to get it.
    - np.argmin
    + np.argmax

folds-from-one: Your folds are numbered from 1; the first is fold 0.
    - return fold_of[places]
    + return fold_of[places] + 1

a-fold-per-group: You give one fold for every group; a fold for every row is wanted.
    - return fold_of[places]
    + return fold_of

rows-of-each-fold: You give the rows of every fold; the fold of every row is wanted.
    - return fold_of[places]
    + return [np.flatnonzero(fold_of[places] == f) for f in range(num_folds)]
""")
