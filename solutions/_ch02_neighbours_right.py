"""Chapter 02: right votes, folds and agreement, written differently from the references."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from solutions._ch02_distances import chapter
from solutions._ch02_neighbours import cross_validate_k, knn_predict, neighbour_agreement


@chapter.variant(knn_predict, "dictionaries and loops")
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    labels = []
    for row in distances:
        pairs = sorted(zip(row.tolist(), y_train.tolist(), strict=True))[:k]
        votes: dict[int, int] = {}
        for _, label in pairs:
            votes[label] = votes.get(label, 0) + 1
        most = max(votes.values())
        labels.append(min(label for label, count in votes.items() if count == most))
    return np.array(labels)


@chapter.variant(knn_predict, "one count per class, all rows at once")
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    nearest = np.argpartition(distances, k - 1, axis=1)[:, :k]
    classes = np.unique(y_train)
    counts = (y_train[nearest][:, :, None] == classes).sum(axis=1)
    return classes[counts.argmax(axis=1)]


@chapter.variant(knn_predict, "unique labels, an array filled row by row")
def _(distances: np.ndarray, y_train: np.ndarray, k: int) -> np.ndarray:
    y_pred = np.zeros(distances.shape[0], dtype=np.int32)
    for i in range(distances.shape[0]):
        labels, counts = np.unique(y_train[distances[i].argsort()[0:k]], return_counts=True)
        y_pred[i] = labels[counts == counts.max()][0]
    return y_pred


@chapter.variant(cross_validate_k, "nothing of the chapter used, plain loops")
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    X = X.astype(float)
    folds = np.array_split(np.arange(len(X)), num_folds)
    result: dict[int, list[float]] = {}
    for k in k_choices:
        result[k] = []
        for fold in folds:
            others = [i for i in range(len(X)) if i not in fold]
            right = 0
            for i in fold:
                by_distance = sorted(others, key=lambda j, i=i: np.linalg.norm(X[i] - X[j]))  # type: ignore[misc]
                votes = [int(y[j]) for j in by_distance[:k]]
                right += min(set(votes), key=lambda c: (-votes.count(c), c)) == y[i]
            result[k].append(right / len(fold))
    return result


@chapter.variant(cross_validate_k, "all distances once, masks, keys and values of NumPy")
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    rows = X.astype(np.float64)
    distances = np.sqrt(((rows[:, None] - rows) ** 2).sum(axis=-1))
    accuracies: dict[int, list[float]] = {k: [] for k in np.array(k_choices)}
    for fold in np.array_split(np.arange(len(y)), num_folds):
        rest = np.setdiff1d(np.arange(len(y)), fold)
        order = np.argsort(distances[np.ix_(fold, rest)], axis=1)
        for k in accuracies:
            votes = y[rest][order[:, :k]]
            counts = np.stack([(votes == c).sum(axis=1) for c in range(y.max() + 1)], axis=1)
            accuracies[k].append(np.mean(counts.argmax(axis=1) == y[fold]))
    return accuracies


@chapter.variant(cross_validate_k, "deleting the fold by its borders")
def _(X: np.ndarray, y: np.ndarray, k_choices: list[int], num_folds: int) -> dict[int, list[float]]:
    size, more = divmod(len(X), num_folds)
    borders = [i * size + min(i, more) for i in range(num_folds + 1)]
    table: dict[int, list[float]] = {}
    for k in sorted(k_choices):
        for a, b in pairwise(borders):
            A, B = np.float64(X[a:b]), np.float64(np.delete(X, slice(a, b), axis=0))
            squared = (A**2).sum(1, keepdims=True) + (B**2).sum(1) - 2 * A.dot(B.T)  # type: ignore[attr-defined]
            votes = np.delete(y, np.arange(a, b))[squared.argsort(1)[:, :k]]
            labels = [np.bincount(row).argmax() for row in votes]
            table.setdefault(k, []).append(float((np.array(labels) == y[a:b]).mean()))
    return table


@chapter.variant(neighbour_agreement, "a plain count")
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    agree = 0
    for row, attribute in zip(distances.tolist(), test_attribute, strict=True):
        if train_attribute[row.index(min(row))] == attribute:
            agree += 1
    return agree / len(test_attribute)


@chapter.variant(neighbour_agreement, "the first of each sorted row")
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    first = np.argsort(distances)[:, 0]
    return np.equal(np.take(train_attribute, first), test_attribute).mean()


@chapter.variant(neighbour_agreement, "the smallest of each row marked")
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    is_nearest = distances == distances.min(axis=1, keepdims=True)
    same = test_attribute[:, None] == train_attribute[None, :]
    return np.count_nonzero(is_nearest & same) / distances.shape[0]
