"""Answers to chapter 02: how often the nearest neighbour shares an attribute."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong

right("neighbour_agreement", "fancy index and mean")(
    lambda d, test, train: np.mean(train[d.argmin(axis=1)] == test)
)
right("neighbour_agreement", "float of a count")(
    lambda distances, test_attribute, train_attribute: float(
        np.count_nonzero(np.take(train_attribute, np.argmin(distances, 1)) == test_attribute)
        / len(test_attribute)
    )
)
right("neighbour_agreement", "pure Python")(
    lambda d, test, train: (
        sum(train[row.index(min(row))] == a for row, a in zip(d.tolist(), test, strict=True))
        / len(test)
    )
)
right("neighbour_agreement", "argsort")(
    lambda d, test, train: np.average(train[d.argsort(axis=1)[:, 0]] == test)
)
right("neighbour_agreement", "argpartition")(
    lambda d, test, train: (train[np.argpartition(d, 0, axis=1)[:, 0]] == test).mean()
)
right("neighbour_agreement", "a masked table, 0-d array")(
    lambda d, test, train: np.array(
        np.sum((d == d.min(axis=1, keepdims=True)) & (test[:, None] == train)) / len(test)
    )
)


@right("neighbour_agreement", "a loop")
def _(distances: np.ndarray, test_attribute: np.ndarray, train_attribute: np.ndarray) -> float:
    same = 0
    for i in range(distances.shape[0]):
        j, best = 0, float("inf")
        for candidate in range(distances.shape[1]):
            if distances[i, candidate] < best:
                j, best = candidate, distances[i, candidate]
        same += bool(test_attribute[i] == train_attribute[j])
    return same / distances.shape[0]


def agreement(d, test, train):
    return train[d.argmin(axis=1)] == test


wrong("neighbour_agreement", "count", score=0)(lambda d, a, b: int(agreement(d, a, b).sum()))
wrong("neighbour_agreement", "disagreement", score=0)(lambda d, a, b: 1 - agreement(d, a, b).mean())
wrong("neighbour_agreement", "percent", score=0)(lambda d, a, b: 100 * agreement(d, a, b).mean())
wrong("neighbour_agreement", "each test row", score=0)(agreement)
wrong("neighbour_agreement", "furthest", score=0)(lambda d, a, b: agreement(-d, a, b).mean())
wrong("neighbour_agreement", "nearest test row of each training row", score=0)(
    lambda d, a, b: np.mean(a[d.argmin(axis=0)] == b)
)
wrong("neighbour_agreement", "divided by training rows", score=0)(
    lambda d, a, b: agreement(d, a, b).sum() / len(b)
)
wrong("neighbour_agreement", "all pairs", score=0)(lambda d, a, b: np.mean(a[:, None] == b))
wrong("neighbour_agreement", "the second nearest", score=0)(
    lambda d, a, b: np.mean(b[d.argsort(axis=1)[:, 1 % d.shape[1]]] == a)
)
wrong("neighbour_agreement", "attributes swapped", score=0)(
    lambda d, a, b: np.mean(a[d.argmin(axis=1) % len(a)] == b[: len(a)][np.arange(len(a)) % len(b)])
)
wrong("neighbour_agreement", "majority of three", score=0)(
    lambda d, a, b: np.mean(
        [np.bincount(b[r]).argmax() == c for r, c in zip(d.argsort(axis=1)[:, :3], a, strict=True)]
    )
)
wrong("neighbour_agreement", "any of three", score=0)(
    lambda d, a, b: np.mean((b[d.argsort(axis=1)[:, :3]] == a[:, None]).any(axis=1))
)
wrong("neighbour_agreement", "rounded", score=0)(
    lambda d, a, b: round(agreement(d, a, b).mean(), 1)
)
wrong("neighbour_agreement", "float32", score=0)(
    lambda d, a, b: agreement(d, a, b).mean(dtype=np.float32)
)
wrong("neighbour_agreement", "index compared", score=0)(
    lambda d, a, b: np.mean(d.argmin(axis=1) == a)
)


@wrong("neighbour_agreement", "sorts in place", score=0)
def _(distances, test_attribute, train_attribute):
    out = agreement(distances, test_attribute, train_attribute).mean()
    distances.sort(axis=1)
    return out
