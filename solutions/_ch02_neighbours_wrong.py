"""Chapter 02: votes, folds and agreement as people get them wrong, each with what helps."""

from __future__ import annotations

from collections import Counter

import numpy as np

from solutions._ch02_distances import chapter, l2_distances
from solutions._ch02_neighbours import cross_validate_k, knn_predict, neighbour_agreement

# --- misconceptions: the vote ---------------------------------------------------------------------


@chapter.misconception(
    knn_predict,
    "nearest-breaks-tie",
    "A tied vote goes to the label of the nearest neighbour here (`Counter.most_common` does that "
    "too); it must go to the smallest of the tied labels.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    votes = y_train[np.argsort(distances, axis=1)[:, :k]]
    return np.array([Counter(row.tolist()).most_common(1)[0][0] for row in votes])


@chapter.misconception(
    knn_predict,
    "largest-label",
    "A tied vote goes to the largest of the tied labels here; the smallest must win.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    votes = y_train[np.argsort(distances, axis=1)[:, :k]]
    return np.array([max(set(row.tolist()), key=lambda c: (np.sum(row == c), c)) for row in votes])


@chapter.misconception(
    knn_predict,
    "farthest",
    "These are the votes of the k farthest training rows: `argsort` puts the smallest first.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    votes = y_train[np.argsort(distances, axis=1)[:, -k:]]
    return np.array([np.argmax(np.bincount(row)) for row in votes])


@chapter.misconception(
    knn_predict,
    "nearest-alone",
    "You give the label of the nearest row whatever k is: let all k nearest vote.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    return y_train[np.argmin(distances, axis=1)]


@chapter.misconception(
    knn_predict,
    "skips-the-nearest",
    "You leave the nearest row out. That is right only where a row is looked for among itself; "
    "here the test rows are not among the training rows.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    votes = y_train[np.argsort(distances, axis=1)[:, 1 : k + 1]]
    return np.array([np.argmax(np.bincount(row)) for row in votes])


@chapter.misconception(
    knn_predict,
    "one-too-many",
    "One neighbour too many votes: a slice `[:, :n]` holds n columns.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    votes = y_train[np.argsort(distances, axis=1)[:, : k + 1]]
    return np.array([np.argmax(np.bincount(row)) for row in votes])


@chapter.misconception(
    knn_predict,
    "positions-not-labels",
    "You give positions of training rows; look up the labels in y_train at those positions.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    nearest = np.argsort(distances, axis=1)[:, :k]
    return np.array([np.argmax(np.bincount(row)) for row in nearest])


@chapter.misconception(
    knn_predict,
    "average-label",
    "You average the labels of the neighbours, but labels are names: between cat (3) and dog (5) "
    "there is no deer (4). Count the votes.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    votes = y_train[np.argsort(distances, axis=1)[:, :k]]
    return np.rint(votes.mean(axis=1)).astype(int)


@chapter.misconception(
    knn_predict,
    "spoils-distances",
    "The labels are right, but the distances of the caller were overwritten on the way: mark the "
    "neighbours you have used on a copy.",
)
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    labels = np.zeros(len(distances), dtype=int)
    for i, row in enumerate(distances):
        counts = np.zeros(y_train.max() + 1)
        farther = row.max() + 1
        for _ in range(k):
            nearest = row.argmin()
            counts[y_train[nearest]] += 1
            row[nearest] = farther
        labels[i] = counts.argmax()
    return labels


# --- misconceptions: cross-validation -------------------------------------------------------------


@chapter.misconception(
    cross_validate_k,
    "trains-on-everything",
    "The fold that is predicted is among the training rows as well, so its rows find themselves: "
    "leave it out.",
)
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    return {
        k: [
            float(np.mean(knn_predict(l2_distances(X_fold, X), y, k) == y_fold))
            for X_fold, y_fold in zip(X_folds, y_folds, strict=True)
        ]
        for k in k_choices
    }


@chapter.misconception(
    cross_validate_k,
    "trains-on-one-fold",
    "You train on one fold and predict all the others; it is the other way round: train on all "
    "the others, predict the one.",
)
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    accuracies: dict[int, list[float]] = {k: [] for k in k_choices}
    for i in range(num_folds):
        X_rest = np.concatenate(X_folds[:i] + X_folds[i + 1 :])
        y_rest = np.concatenate(y_folds[:i] + y_folds[i + 1 :])
        distances = l2_distances(X_rest, X_folds[i])
        for k in k_choices:
            y_pred = knn_predict(distances, y_folds[i], min(k, len(y_folds[i])))
            accuracies[k].append(float(np.mean(y_pred == y_rest)))
    return accuracies


@chapter.misconception(
    cross_validate_k,
    "mean-over-folds",
    "You give one number per k; the list of the folds' accuracies is wanted, since their spread "
    "tells how far to trust the mean.",
)
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, float]:
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    accuracies: dict[int, list[float]] = {k: [] for k in k_choices}
    for i in range(num_folds):
        X_rest = np.concatenate(X_folds[:i] + X_folds[i + 1 :])
        y_rest = np.concatenate(y_folds[:i] + y_folds[i + 1 :])
        distances = l2_distances(X_folds[i], X_rest)
        for k in k_choices:
            accuracies[k].append(float(np.mean(knn_predict(distances, y_rest, k) == y_folds[i])))
    return {k: float(np.mean(values)) for k, values in accuracies.items()}


@chapter.misconception(
    cross_validate_k,
    "error-rate",
    "These are the fractions of wrong answers; accuracy is the fraction of right ones.",
)
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    accuracies: dict[int, list[float]] = {k: [] for k in k_choices}
    for i in range(num_folds):
        X_rest = np.concatenate(X_folds[:i] + X_folds[i + 1 :])
        y_rest = np.concatenate(y_folds[:i] + y_folds[i + 1 :])
        distances = l2_distances(X_folds[i], X_rest)
        for k in k_choices:
            accuracies[k].append(float(np.mean(knn_predict(distances, y_rest, k) != y_folds[i])))
    return accuracies


@chapter.misconception(
    cross_validate_k,
    "every-nth-row",
    "Your folds take every num_folds-th row; a fold is a run of neighbouring rows, as "
    "numpy.array_split cuts them.",
)
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    accuracies: dict[int, list[float]] = {k: [] for k in k_choices}
    for i in range(num_folds):
        held_out = np.arange(len(X)) % num_folds == i
        distances = l2_distances(X[held_out], X[~held_out])
        for k in k_choices:
            y_pred = knn_predict(distances, y[~held_out], k)
            accuracies[k].append(float(np.mean(y_pred == y[held_out])))
    return accuracies


@chapter.misconception(
    cross_validate_k,
    "shuffles",
    "You shuffle the rows before cutting them into folds; here the folds keep the order of the "
    "rows.",
)
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    order = np.random.default_rng(0).permutation(len(X))
    folds = np.array_split(order, num_folds)
    accuracies: dict[int, list[float]] = {k: [] for k in k_choices}
    for i, fold in enumerate(folds):
        rest = np.concatenate(folds[:i] + folds[i + 1 :])
        distances = l2_distances(X[fold], X[rest])
        for k in k_choices:
            accuracies[k].append(float(np.mean(knn_predict(distances, y[rest], k) == y[fold])))
    return accuracies


@chapter.misconception(
    cross_validate_k,
    "remainder-last",
    "Where the rows cannot be shared out evenly, the remainder goes to the first folds, one row "
    "each (7 rows in 3 folds: 3, 2, 2), as numpy.array_split has it.",
)
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    size = len(X) // num_folds
    accuracies: dict[int, list[float]] = {k: [] for k in k_choices}
    for i in range(num_folds):
        stop = (i + 1) * size if i < num_folds - 1 else len(X)
        held_out = np.zeros(len(X), dtype=bool)
        held_out[i * size : stop] = True
        distances = l2_distances(X[held_out], X[~held_out])
        for k in k_choices:
            y_pred = knn_predict(distances, y[~held_out], k)
            accuracies[k].append(float(np.mean(y_pred == y[held_out])))
    return accuracies


@chapter.misconception(
    cross_validate_k,
    "remainder-dropped",
    "The rows that are left over when the folds are cut equally large are never used: every row "
    "belongs to a fold.",
)
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    size = len(X) // num_folds
    X, y = X[: size * num_folds], y[: size * num_folds]
    accuracies: dict[int, list[float]] = {k: [] for k in k_choices}
    for i in range(num_folds):
        held_out = np.arange(len(X)) // size == i
        distances = l2_distances(X[held_out], X[~held_out])
        for k in k_choices:
            y_pred = knn_predict(distances, y[~held_out], k)
            accuracies[k].append(float(np.mean(y_pred == y[held_out])))
    return accuracies


# --- misconceptions: agreement --------------------------------------------------------------------


@chapter.misconception(
    neighbour_agreement,
    "count",
    "You count the rows that agree; divide by how many test rows there are.",
)
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    return float(np.sum(train_attribute[np.argmin(distances, axis=1)] == test_attribute))


@chapter.misconception(
    neighbour_agreement,
    "down-the-columns",
    "You look for the nearest test row of every training row; it is the nearest training row of "
    "every test row that counts, so the minimum is taken along a row of distances.",
)
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    return float(np.mean(train_attribute[np.argmin(distances, axis=0)] == test_attribute))


@chapter.misconception(
    neighbour_agreement,
    "farthest",
    "That is how often the farthest training row agrees, not the nearest.",
)
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    return float(np.mean(train_attribute[np.argmax(distances, axis=1)] == test_attribute))


@chapter.misconception(
    neighbour_agreement,
    "position-not-attribute",
    "You compare the position of the nearest training row with the attribute; compare the "
    "attribute that stands at that position.",
)
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    return float(np.mean(np.argmin(distances, axis=1) == test_attribute))


@chapter.misconception(
    neighbour_agreement,
    "all-pairs",
    "You compare every test row with every training row, so the distances play no part: only the "
    "nearest training row of each test row counts.",
)
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    return float(np.mean(test_attribute[:, np.newaxis] == train_attribute))


@chapter.misconception(
    neighbour_agreement,
    "disagreement",
    "That is the fraction of rows that do not agree.",
)
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    return float(np.mean(train_attribute[np.argmin(distances, axis=1)] != test_attribute))
