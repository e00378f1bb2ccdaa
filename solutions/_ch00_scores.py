"""Chapter 00, fourth part: how often it is right, and what it mistakes for what."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch00_split import chapter

# The worked example of the chapter: 0 cat, 1 dog, 2 frog.
TRUE = np.array([0, 0, 0, 1, 1, 2, 2, 2])
PREDICTED = np.array([0, 1, 1, 1, 1, 2, 0, 2])


@chapter.exercise(points=1)
def accuracy(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    """Say how often predictions are right.

    Args:
        y_pred: (N,) integers, the predicted labels.
        y_true: (N,) integers, the right ones, in the same order.

    Returns:
        A float from 0 to 1: the fraction of places in which the two agree.
    """
    return float(np.mean(y_pred == y_true))


def draw_answers(rng: np.random.Generator, n: int, c: int) -> dict[str, np.ndarray]:
    """Predictions and true labels of C classes: each class occurs in both, some more often, and
    both right and wrong predictions occur, in different numbers."""
    while True:
        y_true = np.minimum(rng.integers(0, c, size=n), rng.integers(0, c, size=n))
        right = rng.random(n) < 0.6
        y_pred = np.where(right, y_true, (y_true + rng.integers(1, c, size=n)) % c)
        table = np.zeros((c, c), dtype=int)
        np.add.at(table, (y_true, y_pred), 1)
        hits = np.trace(table)
        occurs = table.sum(axis=0).min() > 0 and table.sum(axis=1).min() > 0
        if occurs and 0 < hits < n and 2 * hits != n and not np.array_equal(table, table.T):
            return {"y_pred": y_pred, "y_true": y_true}


@chapter.cases(accuracy)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the eight animals of the example", {"y_pred": PREDICTED, "y_true": TRUE})
    yield Case("several classes", draw_answers(rng, int(rng.integers(21, 29)), 4))
    yield Case("two classes", draw_answers(rng, 13, 2))
    wrong = rng.integers(0, 4, size=7)
    yield Case("all wrong", {"y_pred": (wrong + 1) % 5, "y_true": wrong}, edge=True)
    right = rng.integers(0, 4, size=9)
    yield Case("all right", {"y_pred": right.copy(), "y_true": right}, edge=True)


@chapter.hidden_cases(accuracy)
def _(rng: np.random.Generator) -> Iterator[Case]:
    small = draw_answers(rng, 19, 3)
    small["y_pred"] = small["y_pred"].astype(np.uint8)
    yield Case("predictions as uint8", small, edge=True)
    yield Case("a single prediction", {"y_pred": np.array([2]), "y_true": np.array([2])}, edge=True)
    yield Case("many", draw_answers(rng, 1001, 10), edge=True)


@chapter.misconception(
    accuracy, "count",
    "You return how many are right; asked for is the fraction of all.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return int(np.sum(y_pred == y_true))


@chapter.misconception(
    accuracy, "percent",
    "You return percent; asked for is a number from 0 to 1.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return 100 * float(np.mean(y_pred == y_true))


@chapter.misconception(
    accuracy, "error-rate",
    "You return how often the predictions are wrong.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return float(np.mean(y_pred != y_true))


@chapter.misconception(
    accuracy, "whole-division",
    "You divided with //, which cuts the fraction off: use /.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return int(np.sum(y_pred == y_true)) // len(y_true)


@chapter.misconception(
    accuracy, "mean-over-classes",
    "You took the accuracy of each class and then their mean, in which a rare class counts as much "
    "as a frequent one; here every example counts the same.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return float(np.mean([np.mean(y_pred[y_true == c] == c) for c in np.unique(y_true)]))


@chapter.misconception(
    accuracy, "labels-as-numbers",
    "You measured how far the labels are apart as numbers; label 2 is not closer to 3 than to 9, "
    "it is right or wrong.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return 1 - float(np.mean(np.abs(y_pred.astype(int) - y_true)))


@chapter.misconception(
    accuracy, "order-lost",
    "You compared how often each label occurs, not label by label: the order matters.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return float(np.mean(np.sort(y_pred) == np.sort(y_true)))


@chapter.variant(accuracy, "counting in a loop")
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    right = 0
    for p, t in zip(y_pred, y_true, strict=True):
        if p == t:
            right += 1
    return right / len(y_true)


@chapter.variant(accuracy, "one minus the wrong ones")
def _(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    return 1 - np.count_nonzero(y_pred != y_true) / y_true.size


@chapter.variant(accuracy, "a NumPy number")
def _(y_pred: np.ndarray, y_true: np.ndarray) -> np.floating:
    return np.equal(y_pred, y_true).mean()


@chapter.exercise(points=2)
def confusion_matrix(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    """Count which class was taken for which.

    Args:
        y_pred: (N,) integers in 0..C-1, the predicted labels.
        y_true: (N,) integers in 0..C-1, the right ones, in the same order.
        num_classes: C.

    Returns:
        (C, C) integers: entry [t, p] says how many examples of class t were predicted to be
        of class p. So a row is a true class, a column a predicted one.
    """
    table = np.zeros((num_classes, num_classes), dtype=np.int64)
    np.add.at(table, (y_true, y_pred), 1)  # unlike +=, it counts a place as often as it is listed
    return table


@chapter.cases(confusion_matrix)
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {"y_pred": PREDICTED, "y_true": TRUE, "num_classes": 3}
    yield Case("the eight animals of the example", example)
    c = int(rng.integers(4, 6))
    yield Case("several classes", {**draw_answers(rng, 40, c), "num_classes": c})
    yield Case("two classes", {**draw_answers(rng, 17, 2), "num_classes": 2})
    never = draw_answers(rng, 30, 4)
    never["y_pred"] = np.where(never["y_pred"] == 3, 0, never["y_pred"])
    yield Case("a class that is never predicted", {**never, "num_classes": 4}, edge=True)
    yield Case("twenty classes", {**draw_answers(rng, 90, 20), "num_classes": 20}, edge=True)
    part = {**draw_answers(rng, 25, 3), "num_classes": 5}
    yield Case("classes that do not occur", part, edge=True)


@chapter.hidden_cases(confusion_matrix)
def _(rng: np.random.Generator) -> Iterator[Case]:
    right = rng.permutation(np.arange(9) % 3)
    alike = {"y_pred": right.copy(), "y_true": right, "num_classes": 3}
    yield Case("all right", alike, edge=True)
    yield Case("many", {**draw_answers(rng, 1500, 10), "num_classes": 10}, edge=True)


@chapter.misconception(
    confusion_matrix, "rows-and-columns-swapped",
    "Your rows are the predicted classes, your columns the true ones; it is the other way round.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    return confusion_matrix(y_true, y_pred, num_classes)


@chapter.misconception(
    confusion_matrix, "each-place-once",
    "Places that occur several times were counted once: table[rows, columns] += 1 adds to each "
    "place once, however often it is listed.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    table = np.zeros((num_classes, num_classes), dtype=int)
    table[y_true, y_pred] += 1
    return table


@chapter.misconception(
    confusion_matrix, "fractions",
    "You return the fraction of each true class; asked for are counts, which are integers.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    table = confusion_matrix(y_pred, y_true, num_classes)
    return table / np.maximum(1, table.sum(axis=1, keepdims=True))


@chapter.misconception(
    confusion_matrix, "counts-as-floats",
    "The counts are right, but stored as floats: make the table with an integer dtype.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    return confusion_matrix(y_pred, y_true, num_classes).astype(np.float64)


@chapter.misconception(
    confusion_matrix, "right-ones-alone",
    "You counted the right predictions alone; the mistakes belong beside the diagonal.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    return np.diag(np.diag(confusion_matrix(y_pred, y_true, num_classes)))


@chapter.misconception(
    confusion_matrix, "mistakes-alone",
    "You counted the mistakes alone; the right predictions belong on the diagonal.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    table = confusion_matrix(y_pred, y_true, num_classes)
    return table - np.diag(np.diag(table))


@chapter.misconception(
    confusion_matrix, "both-ways",
    "You counted every mistake twice, as cat for dog and as dog for cat: only one happened.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    table = confusion_matrix(y_pred, y_true, num_classes)
    return table + table.T - np.diag(np.diag(table))


@chapter.misconception(
    confusion_matrix, "labels-that-occur",
    "Your table has a row and a column for the labels that occur; it needs num_classes of them, "
    "also where a class is missing from these examples.",
)  # fmt: skip
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    return confusion_matrix(y_pred, y_true, 1 + max(int(y_pred.max()), int(y_true.max())))


@chapter.variant(confusion_matrix, "a number for each place")
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    places = num_classes * y_true + y_pred
    return np.bincount(places, minlength=num_classes**2).reshape(num_classes, num_classes)


@chapter.variant(confusion_matrix, "counting in a loop")
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    table = np.zeros((num_classes, num_classes), dtype=np.int32)
    for i in range(len(y_true)):
        table[y_true[i], y_pred[i]] += 1
    return table


@chapter.variant(confusion_matrix, "every pair of classes compared")
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    classes = range(num_classes)
    return np.array([[np.sum((y_true == t) & (y_pred == p)) for p in classes] for t in classes])


@chapter.variant(confusion_matrix, "a product of one-hot labels")
def _(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    eye = np.eye(num_classes, dtype=int)
    return eye[y_true].T @ eye[y_pred]
