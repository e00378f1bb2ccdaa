"""Chapter 02, second half: the vote of the nearest, how many to ask, what they have in common."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch02_distances import chapter, l2_distances


@chapter.exercise(points=2)
def knn_predict(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    """Label of every test row, by majority vote of its k nearest training rows.

    distances  (num_test, num_train) float64, as `l2_distances` gives them
    y_train    (num_train,) integer labels 0..C-1
    k          how many neighbours vote, 1 <= k <= num_train
    returns    (num_test,) integer labels; of labels with equally many votes, the smallest

    The inputs are not changed.
    """
    nearest = np.argsort(distances, axis=1)[:, :k]
    votes = y_train[nearest]
    # argmax gives the first of equal counts, which is the smallest label.
    return np.array([np.argmax(np.bincount(row)) for row in votes])


@chapter.exercise(points=3)
def cross_validate_k(
    X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int
) -> dict[int, list[float]]:
    """Accuracy of k nearest neighbours on each of num_folds parts of the training rows.

    X          (N, D) float64 or integer rows
    y          (N,) integer labels 0..C-1
    k_choices  the values of k to try
    num_folds  how many folds: parts in the order of the rows, not shuffled, as
               numpy.array_split makes them
    returns    dict: each k of k_choices -> list of num_folds floats in 0..1; number i is the
               accuracy on fold i when all other folds are the training rows

    A vote is counted as in `knn_predict`. The inputs are not changed.
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


@chapter.exercise(points=1)
def neighbour_agreement(
    distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray
) -> float:
    """Fraction of test rows whose nearest training row has the same attribute.

    distances        (num_test, num_train) float64, as `l2_distances` gives them
    test_attribute   (num_test,) integers: class labels, or background labels, or any other
    train_attribute  (num_train,) integers of the same kind
    returns          float in 0..1

    The inputs are not changed.
    """
    nearest = np.argmin(distances, axis=1)
    return float(np.mean(train_attribute[nearest] == test_attribute))


# --- cases: votes ---------------------------------------------------------------------------------


def all_classes(rng: np.random.Generator, count: int, num_classes: int) -> np.ndarray:
    """Labels in random order, every class among them: (count,)."""
    extra = rng.integers(0, num_classes, count - num_classes)
    return rng.permutation(np.concatenate([np.arange(num_classes), extra]))


def ballot_rows(
    rng: np.random.Generator, y_train: np.ndarray, k: int, rows: int, *, tied: bool
) -> np.ndarray:
    """Rows of distinct distances whose k nearest are tied, or are not: (rows, num_train).

    In every other tied row the nearest of all has the smallest of the winning labels, in the
    others it has another of them.
    """
    found: list[np.ndarray] = []
    while len(found) < rows:
        row = rng.uniform(1, 9, len(y_train))
        labels = y_train[np.argsort(row)[:k]]
        counts = np.bincount(labels)
        winners = np.flatnonzero(counts == counts.max())
        wanted = winners[:1] if len(found) % 2 else winners[1:]
        if (labels[0] in wanted and len(winners) > 1) if tied else len(winners) == 1:
            found.append(row)
    return np.array(found).reshape(rows, len(y_train))


def vote_case(
    rng: np.random.Generator, label: str, num_classes: int, k: int, *, tied: bool, edge: bool
) -> Case:
    """A case of 12 votes, half of them tied if ``tied``, whose answer has at least 3 labels.

    Distances are drawn again until asking the farthest, or one neighbour more, or the nearest
    alone would change the answer.
    """
    while True:
        y_train = all_classes(rng, 20, num_classes)
        ties = ballot_rows(rng, y_train, k, 6 if tied else 0, tied=True)
        clear = ballot_rows(rng, y_train, k, 6 if tied else 12, tied=False)
        distances = np.concatenate([ties, clear])
        answer = knn_predict(distances, y_train, k)
        others = [knn_predict(-distances, y_train, k), knn_predict(distances, y_train, k + 1)]
        if k > 1:
            others += [knn_predict(distances, y_train, k - 1), knn_predict(distances, y_train, 1)]
        if len(set(answer)) >= 3 and all((other != answer).any() for other in others):
            return Case(label, {"distances": distances, "y_train": y_train, "k": k}, edge)


@chapter.cases(knn_predict)
def vote_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Votes without a tie, then with one."""
    yield vote_case(rng, "k = 3, no tied vote", 4, 3, tied=False, edge=False)
    yield vote_case(rng, "k = 1: the nearest decides", 4, 1, tied=False, edge=False)
    yield vote_case(rng, "k = 7, no tied vote", 3, 7, tied=False, edge=False)
    yield vote_case(rng, "k = 4, some votes tied", 3, 4, tied=True, edge=True)
    y_train = all_classes(rng, 9, 3)
    distances = rng.permuted(np.tile(np.arange(1.0, 10.0), (5, 1)), axis=1)
    yield Case(
        "the distances 1 to 9 in each row",
        {"distances": distances, "y_train": y_train, "k": 3},
        True,
    )


@chapter.hidden_cases(knn_predict)
def vote_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    yield vote_case(rng, "k = 2, two labels with a vote each", 5, 2, tied=True, edge=True)
    y_train = np.concatenate([rng.permutation([2, 2, 2, 1, 1, 1]), [0]])
    everyone = {"distances": rng.uniform(1, 9, (4, 7)), "y_train": y_train, "k": 7}
    yield Case("everyone votes, two labels tied", everyone, edge=True)
    single = {"distances": rng.uniform(1, 9, (1, 8)), "y_train": all_classes(rng, 8, 3), "k": 5}
    yield Case("a single test row", single, edge=True)


# --- cases: cross-validation ----------------------------------------------------------------------


def overlapping(
    rng: np.random.Generator, count: int, num_classes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Clouds of points that overlap, one a class: rows (count, 3) and labels (count,)."""
    y = all_classes(rng, count, num_classes)
    return rng.normal(size=(count, 3)) + 0.9 * rng.normal(size=(num_classes, 3))[y], y


def is_telling(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> bool:
    """Whether the accuracies tell mistakes apart: they differ between folds and between ks.

    Where a fold has more than one row, they are neither 0 nor 1. Every class occurs in the rows
    that each fold is tried with, and no row is as far from two others.
    """
    answer = cross_validate_k(X, y, k_choices, num_folds)
    folds = np.array_split(y, num_folds)
    rest = [np.concatenate(folds[:i] + folds[i + 1 :]) for i in range(num_folds)]
    distances = np.sort(l2_distances(X, X), axis=1)
    inner = num_folds == len(X) or all(0 < a < 1 for values in answer.values() for a in values)
    return (
        inner
        and all(len(set(part)) == len(set(y)) for part in rest)
        and all(len(set(values)) > 1 for values in answer.values())
        and len({tuple(values) for values in answer.values()}) == len(k_choices)
        and bool((np.diff(distances, axis=1) > 1e-6).all())
    )


def folds_case(
    rng: np.random.Generator,
    label: str,
    *,
    count: int,
    num_classes: int,
    k_choices: list[int],
    num_folds: int,
    as_pixels: bool = False,
    edge: bool = False,
) -> Case:
    """A case on overlapping clouds; ``as_pixels`` stretches them over the whole numbers 0..255."""
    while True:
        X, y = overlapping(rng, count, num_classes)
        if as_pixels:
            X = np.rint(255 * (X - X.min()) / np.ptp(X)).astype(np.int64)
        if is_telling(X, y, k_choices, num_folds):
            inputs = {"X": X, "y": y, "k_choices": k_choices, "num_folds": num_folds}
            return Case(label, inputs, edge)


@chapter.cases(cross_validate_k)
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
        as_pixels=True, edge=True,
    )  # fmt: skip


@chapter.hidden_cases(cross_validate_k)
def folds_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    yield folds_case(
        rng, "two folds, a single k", count=17, num_classes=2, k_choices=[3], num_folds=2, edge=True
    )
    yield folds_case(
        rng, "as many folds as rows", count=14, num_classes=2, k_choices=[3, 1], num_folds=14,
        edge=True,
    )  # fmt: skip


# --- cases: agreement -----------------------------------------------------------------------------


def agreement_case(rng: np.random.Generator, label: str, num_test: int, num_train: int) -> Case:
    """A case whose answer is none of those that a mistake would give.

    Attributes are drawn so that a known part of the nearest rows agree, and drawn again until the
    farthest rows, the rows at the same place and all pairs would agree differently.
    """
    while True:
        distances = rng.uniform(1, 9, (num_test, num_train))
        train_attribute = all_classes(rng, num_train, 4)
        test_attribute = train_attribute[distances.argmin(axis=1)]
        changed = rng.permutation(num_test)[: rng.integers(num_test // 3, num_test - 2)]
        test_attribute[changed] = (test_attribute[changed] + rng.integers(1, 4, len(changed))) % 4
        pairs = test_attribute[:, None] == train_attribute
        farthest = pairs[np.arange(num_test), distances.argmax(axis=1)].mean()
        in_place = np.diagonal(pairs).sum() / num_test
        answers = [1 - len(changed) / num_test, farthest, in_place, pairs.mean(), 0.5, 0.0, 1.0]
        if len({round(float(answer), 6) for answer in answers}) == len(answers):
            names = ("distances", "test_attribute", "train_attribute")
            values = (distances, test_attribute, train_attribute)
            return Case(label, dict(zip(names, values, strict=True)))


@chapter.cases(neighbour_agreement)
def agreement_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Fractions between 0 and 1, then both ends."""
    yield agreement_case(rng, "fewer test rows than training rows", int(rng.integers(9, 14)), 17)
    yield agreement_case(rng, "as many test rows as training rows", 13, 13)
    train_attribute = all_classes(rng, 9, 3)
    distances = rng.permuted(np.tile(np.arange(1.0, 10.0), (6, 1)), axis=1)
    same = train_attribute[distances.argmin(axis=1)]
    inputs = {
        "distances": distances, "test_attribute": same, "train_attribute": train_attribute
    }  # fmt: skip
    yield Case("every nearest row agrees", inputs, edge=True)
    yield Case("none agrees", {**inputs, "test_attribute": (same + 1) % 3}, edge=True)


@chapter.hidden_cases(neighbour_agreement)
def agreement_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    distances = rng.uniform(1, 9, (1, 6))
    train_attribute = np.array([7, 3, 7, 5, 3, 5])
    one = {
        "distances": distances,
        "test_attribute": train_attribute[distances.argmin(axis=1)],
        "train_attribute": train_attribute,
    }
    yield Case("a single test row", one, edge=True)
    many = agreement_case(rng, "more test rows than training rows", 21, 8)
    yield Case(many.label, many.inputs, edge=True)
