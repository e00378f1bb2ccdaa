"""cross_validate_k: how many neighbours to ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch02_knn.knn_predict import knn_predict
from solutions.ch02_knn.l2_distances import l2_distances
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.neighbours import all_classes

exercise = ExerciseDefinition(points=3)


@exercise.reference
def cross_validate_k(
    X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int
) -> dict[int, list[float]]:
    """Accuracy of k nearest neighbours on each of num_folds parts of the training rows.

    A vote is counted as in `knn_predict`. The inputs are not changed.

    Args:
        X: (N, D) float64 or integer rows.
        y: (N,) integer labels 0..C-1.
        k_choices: the values of k to try.
        num_folds: how many folds: parts in the order of the rows, not shuffled, as
            numpy.array_split makes them.

    Returns:
        dict: each k of k_choices -> list of num_folds floats in 0..1; entry i is the
        accuracy on fold i when all other folds are the training rows.
    """
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    accuracies: dict[int, list[float]] = {k: [] for k in k_choices}
    for i in range(num_folds):
        X_rest = np.concatenate(X_folds[:i] + X_folds[i + 1 :])
        y_rest = np.concatenate(y_folds[:i] + y_folds[i + 1 :])
        distances = l2_distances(X_folds[i], X_rest)
        for k in k_choices:
            right = knn_predict(distances, y_rest, k) == y_folds[i]
            accuracies[k].append(float(np.mean(right)))
    return accuracies


def overlapping(
    rng: np.random.Generator, count: int, num_classes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Clouds of points that overlap, one a class: rows (count, 3) and labels (count,)."""
    y = all_classes(rng, count, num_classes)
    return rng.normal(size=(count, 3)) + 0.9 * rng.normal(size=(num_classes, 3))[y], y


def never_validated(
    X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int
) -> dict[int, list[float]]:
    """A wrong answer: equally large folds, and the rows left over in no fold are trained on."""
    size = len(X) // num_folds
    found: dict[int, list[float]] = {k: [] for k in k_choices}
    for fold in range(num_folds):
        val = np.arange(fold * size, (fold + 1) * size)
        rest = np.setdiff1d(np.arange(len(X)), val)
        distances = l2_distances(X[val], X[rest])
        for k in k_choices:
            found[k].append(float(np.mean(knn_predict(distances, y[rest], k) == y[val])))
    return found


def dropped(
    X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int
) -> dict[int, list[float]]:
    """A wrong answer: equally large folds, and the rows left over are used for nothing."""
    used = len(X) - len(X) % num_folds
    return cross_validate_k(X[:used], y[:used], k_choices, num_folds)


def is_telling(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> bool:
    """Whether the accuracies tell mistakes apart: they differ between folds and between ks.

    Where a fold has more than one row, they are neither 0 nor 1. Every class occurs in the rows
    that each fold is tried with, no row is as far from two others, and none has a number twice.
    Where rows are left over, it shows whether they are trained on.
    """
    answer = cross_validate_k(X, y, k_choices, num_folds)
    folds = np.array_split(y, num_folds)
    rest = [np.concatenate(folds[:i] + folds[i + 1 :]) for i in range(num_folds)]
    distances = np.sort(l2_distances(X, X), axis=1)
    trained_on, unused = (way(X, y, k_choices, num_folds) for way in (never_validated, dropped))
    inner = num_folds == len(X) or all(0 < a < 1 for values in answer.values() for a in values)
    return (
        inner
        and (len(X) % num_folds == 0 or trained_on != unused)
        and all(len(set(part)) == len(set(y)) for part in rest)
        and all(len(set(values)) > 1 for values in answer.values())
        and len({tuple(values) for values in answer.values()}) == len(k_choices)
        and bool((np.diff(distances, axis=1) > 1e-6).all())
        and bool((np.diff(np.sort(X, axis=1), axis=1) > 0).all())
    )


def folds_case(
    rng: np.random.Generator,
    label: str,
    *,
    count: int,
    num_classes: int,
    k_choices: list[int],
    num_folds: int,
    as_pixels: str | None = None,
    edge: bool = False,
) -> Case:
    """A case on overlapping clouds; ``as_pixels``, the name of a dtype, stretches them over the
    whole numbers 0..255 of that type."""
    while True:
        X, y = overlapping(rng, count, num_classes)
        if as_pixels:
            X = np.rint(255 * (X - X.min()) / np.ptp(X)).astype(as_pixels)
        if is_telling(X, y, k_choices, num_folds):
            inputs = {"X": X, "y": y, "k_choices": k_choices, "num_folds": num_folds}
            return Case(label, inputs, edge)


exercise.scenario()(in_other_layouts)


@exercise.cases
def folds_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Even folds without a tied vote first; then ties, uneven folds and pixels."""
    yield folds_case(
        rng, "4 folds of 8 rows, 2 classes", count=32, num_classes=2, k_choices=[1, 3, 7],
        num_folds=4,
    )  # fmt: skip
    yield folds_case(
        rng, "5 folds of 6 rows, 2 classes", count=30, num_classes=2, k_choices=[5, 1],
        num_folds=5,
    )  # fmt: skip
    yield folds_case(
        rng, "35 rows in 4 folds: not all as large", count=35, num_classes=2, k_choices=[1, 5],
        num_folds=4, edge=True,
    )  # fmt: skip
    yield folds_case(
        rng, "3 classes, even k: tied votes", count=30, num_classes=3, k_choices=[2, 4, 6],
        num_folds=3, edge=True,
    )  # fmt: skip
    yield folds_case(
        rng, "whole numbers, as pixels are", count=28, num_classes=2, k_choices=[1, 3], num_folds=4,
        as_pixels="int64", edge=True,
    )  # fmt: skip
    yield folds_case(
        rng, "pixels as uint8", count=32, num_classes=2, k_choices=[1, 5], num_folds=4,
        as_pixels="uint8", edge=True,
    )  # fmt: skip


@exercise.hidden_cases
def folds_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    yield folds_case(
        rng, "two folds, a single k", count=17, num_classes=2, k_choices=[3], num_folds=2, edge=True
    )
    yield folds_case(
        rng, "as many folds as rows", count=14, num_classes=2, k_choices=[3, 1], num_folds=14,
        edge=True,
    )  # fmt: skip
    plain: dict[str, Any] = {"count": 24, "num_classes": 2, "k_choices": [1, 3], "num_folds": 3}
    for name, scale in (("tiny", 1e-12), ("huge", 1e9)):
        inputs = dict(folds_case(rng, "", **plain).inputs)
        yield Case(f"numbers that are {name}", inputs | {"X": scale * inputs["X"]}, edge=True)
    for kind in ("uint8", "int32"):
        case = folds_case(rng, f"rows as int32, labels as {kind}", **plain, as_pixels="int32")
        inputs = dict(case.inputs)
        yield Case(case.label, inputs | {"y": inputs["y"].astype(kind)}, edge=True)
    places = rng.permutation(np.cumsum(rng.uniform(1, 2, 9)))
    line = {"X": (places - places[4])[:, None], "y": np.resize([0, 1, 1], 9)}
    yield Case("a single feature", {**line, "k_choices": [1, 2], "num_folds": 3}, edge=True)
    yield laid_out(**folds_case(rng, "", **plain).inputs)


exercise.wrong_ways("""
trains-on-everything: The fold that is predicted is among the training rows as well, so its rows
find themselves: leave it out.
    - np.concatenate(X_folds[:i] + X_folds[i + 1 :])
    + X
    - np.concatenate(y_folds[:i] + y_folds[i + 1 :])
    + y

trains-on-one-fold: You train on one fold and predict all the others; it is the other way round:
train on all the others, predict the one.
    - l2_distances(X_folds[i], X_rest)
    + l2_distances(X_rest, X_folds[i])
    - knn_predict(distances, y_rest, k) == y_folds[i]
    + knn_predict(distances, y_folds[i], min(k, len(y_folds[i]))) == y_rest

mean-over-folds: You give one number per k; the list of the folds' accuracies is wanted, since their
spread tells how much depends on the fold.
    - return accuracies
    + return {k: float(np.mean(values)) for k, values in accuracies.items()}

error-rate: These are the fractions of wrong answers; accuracy is the fraction of right ones.
    - ==
    + !=

every-nth-row: Your folds take every num_folds-th row; a fold is a run of neighbouring rows, as
numpy.array_split cuts them.
    order = np.argsort(np.arange(len(X)) % num_folds, kind="stable")
    return reference(X[order], y[order], k_choices, num_folds)

shuffles: You shuffle the rows before cutting them into folds; here the folds keep the order of the
rows.
    order = np.random.default_rng(0).permutation(len(X))
    return reference(X[order], y[order], k_choices, num_folds)

pixels-wrapped: uint8 numbers wrap around when they are subtracted or squared, and the neighbours
are then the wrong ones: make floats of the rows first, or use your l2_distances.
    - l2_distances(X_folds[i], X_rest)
    + ((X_folds[i][:, None] - X_rest) ** 2).sum(axis=2)

remainder-last: Where the rows cannot be shared out evenly, the remainder goes to the first folds,
one row each (7 rows in 3 folds: 3, 2, 2), as numpy.array_split has it.
    - X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    + borders = [i * (len(X) // num_folds) for i in range(1, num_folds)]
    + X_folds, y_folds = np.split(X, borders), np.split(y, borders)

remainder-never-validated: The rows that are left over when the folds are cut equally large are
trained on and never validated on: every row belongs to a fold.
    return never_validated(X, y, k_choices, num_folds)

remainder-dropped: The rows that are left over when the folds are cut equally large are never used:
every row belongs to a fold.
    return dropped(X, y, k_choices, num_folds)

accuracy-on-the-training-rows: You predict the rows that you train on; it is the fold left out that
has to be predicted.
    - l2_distances(X_folds[i], X_rest)
    + l2_distances(X_rest, X_rest)
    - knn_predict(distances, y_rest, k) == y_folds[i]
    + knn_predict(distances, y_rest, k) == y_rest

one-list-for-all: All values of k share one list, which goes on growing: begin an empty list for
each k.
    alone = [reference(X, y, [k], num_folds)[k] for k in k_choices]
    together = [accuracy for accuracies in alone for accuracy in accuracies]
    return {k: together for k in k_choices}

counts: You give how many rows are right; accuracy is their fraction.
    - np.mean(right)
    + np.sum(right)

last-fold-left-out: The last fold is never predicted: does your loop end one fold early?
    return {k: found[:-1] for k, found in reference(X, y, k_choices, num_folds).items()}

folds-before-left-out: Every fold is predicted from those after it; the ones before it are training
rows as well. (Did you take them out with `pop`? Put each one back.)
    - X_folds[:i] + X_folds[i + 1 :]
    + X_folds[i + 1 :] or X_folds[:1]
    - y_folds[:i] + y_folds[i + 1 :]
    + y_folds[i + 1 :] or y_folds[:1]

count-goes-on: The right ones of a fold are counted on in the next, so that accuracies grow from
fold to fold: set the count back to 0 for every fold.
    sizes = [len(part) for part in np.array_split(y, num_folds)]
    found = reference(X, y, k_choices, num_folds)
    return {k: (np.cumsum(np.multiply(found[k], sizes)) / sizes).tolist() for k in k_choices}
""")
