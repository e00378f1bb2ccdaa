"""Chapter 02: distances as people get them wrong, each with the sentence that helps."""

from __future__ import annotations

import numpy as np

from solutions._ch02_distances import (
    chapter,
    l2_distances,
    l2_distances_one_loop,
    l2_distances_two_loops,
)

# --- misconceptions: two loops --------------------------------------------------------------------


@chapter.misconception(
    l2_distances_two_loops, "squared", "These are squared distances: the square root is missing."
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        for j in range(len(X_train)):
            distances[i, j] = np.sum((X_test[i].astype(np.float64) - X_train[j]) ** 2)
    return distances


@chapter.misconception(
    l2_distances_two_loops,
    "manhattan",
    "You add up the absolute differences, which is the Manhattan distance: square each difference, "
    "add the squares up, and take one root of the sum.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        for j in range(len(X_train)):
            distances[i, j] = np.sum(np.abs(X_test[i].astype(np.float64) - X_train[j]))
    return distances


@chapter.misconception(
    l2_distances_two_loops,
    "mean-not-sum",
    "You average the squared differences; a Euclidean distance adds them up.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        for j in range(len(X_train)):
            distances[i, j] = np.sqrt(np.mean((X_test[i].astype(np.float64) - X_train[j]) ** 2))
    return distances


@chapter.misconception(
    l2_distances_two_loops,
    "wraps",
    "uint8 numbers wrap around when they are subtracted or squared (20 - 250 becomes 26): turn the "
    "rows into float64 before you calculate with them.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        for j in range(len(X_train)):
            distances[i, j] = np.sqrt(np.sum((X_test[i] - X_train[j]) ** 2))
    return distances


@chapter.misconception(
    l2_distances_two_loops,
    "converts-too-late",
    "You turn the difference into float64, but by then it has already wrapped around: convert the "
    "rows before you subtract (`np.linalg.norm` converts too late as well).",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        for j in range(len(X_train)):
            distances[i, j] = np.linalg.norm(X_test[i] - X_train[j])
    return distances


@chapter.misconception(
    l2_distances_two_loops,
    "rows-are-training",
    "Rows and columns are swapped: row i belongs to test row i, column j to training row j.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_train), len(X_test)))
    for i in range(len(X_train)):
        for j in range(len(X_test)):
            distances[i, j] = np.sqrt(np.sum((X_train[i].astype(np.float64) - X_test[j]) ** 2))
    return distances


# --- misconceptions: one loop ---------------------------------------------------------------------


@chapter.misconception(
    l2_distances_one_loop,
    "sums-everything",
    "One number fills a whole row of your result: the sum ran over all training rows and all "
    "features at once. It must run over the features alone (`axis=`).",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        distances[i] = np.sqrt(np.sum((X_train - X_test[i].astype(np.float64)) ** 2))
    return distances


@chapter.misconception(
    l2_distances_one_loop,
    "sums-over-rows",
    "Your sum ran down the training rows instead of along the features: the differences have shape "
    "(num_train, D), and the sum over D must leave (num_train,).",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        distances[i] = np.sqrt(np.sum((X_train - X_test[i].astype(np.float64)) ** 2, axis=0))
    return distances


@chapter.misconception(
    l2_distances_one_loop, "squared", "The square root is missing: these distances are squared."
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        distances[i] = np.sum((X_train - X_test[i].astype(np.float64)) ** 2, axis=1)
    return distances


@chapter.misconception(
    l2_distances_one_loop,
    "wraps",
    "uint8 minus uint8 is again uint8 and wraps around below 0 and above 255: turn the rows into "
    "float64 first.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        distances[i] = np.sqrt(np.sum((X_train - X_test[i]) ** 2, axis=1))
    return distances


@chapter.misconception(
    l2_distances_one_loop,
    "converts-too-late",
    "The difference has wrapped around in uint8 before it becomes float64: convert the rows, then "
    "subtract.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        distances[i] = np.linalg.norm(X_train - X_test[i], axis=1)
    return distances


# --- misconceptions: no loop ----------------------------------------------------------------------


@chapter.misconception(
    l2_distances,
    "python-loop",
    "A Python loop visits the rows one by one, which takes too long where there are many: write "
    "all the sums of products as one matrix product.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        differences = X_train - X_test[i].astype(np.float64)
        distances[i] = np.sqrt(np.sum(differences**2, axis=1))
    return distances


@chapter.misconception(
    l2_distances,
    "three-dimensional",
    "The distances are right, but every difference of every pair is in memory at once, in an array "
    "of shape (num_test, num_train, D). The three terms of the formula need no more than "
    "(num_test, num_train).",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    differences = X_test[:, np.newaxis, :].astype(np.float64) - X_train
    return np.sqrt(np.sum(differences**2, axis=2))


@chapter.misconception(
    l2_distances,
    "nan",
    "A squared distance that should be 0 came out as a tiny negative number, and its root is NaN. "
    "You know how small a squared distance can be at most: put that right before the root.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    return np.sqrt(np.sum(A**2, axis=1)[:, np.newaxis] - 2 * A @ B.T + np.sum(B**2, axis=1))


@chapter.misconception(
    l2_distances, "squared", "The three terms are right; the square root at the end is missing."
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    return np.sum(A**2, axis=1)[:, np.newaxis] - 2 * A @ B.T + np.sum(B**2, axis=1)


@chapter.misconception(
    l2_distances,
    "plus-product",
    "The sign of the product is wrong: |a - b|^2 has minus 2 a.b in the middle (that was |a + b|).",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    squared = np.sum(A**2, axis=1)[:, np.newaxis] + 2 * A @ B.T + np.sum(B**2, axis=1)
    return np.sqrt(np.maximum(squared, 0))


@chapter.misconception(
    l2_distances,
    "product-once",
    "The product a.b counts twice in |a - b|^2, and you took it once.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    squared = np.sum(A**2, axis=1)[:, np.newaxis] - A @ B.T + np.sum(B**2, axis=1)
    return np.sqrt(np.maximum(squared, 0))


@chapter.misconception(
    l2_distances,
    "squares-crossed",
    "|a|^2 belongs to the rows of the result and |b|^2 to its columns; yours are the other way "
    "round. A column of shape (num_test, 1) is added to every column.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    squared = np.sum(A**2, axis=1) - 2 * A @ B.T + np.sum(B**2, axis=1)[:, np.newaxis]
    return np.sqrt(np.maximum(squared, 0))


@chapter.misconception(
    l2_distances,
    "wraps",
    "Squares and products of uint8 numbers wrap around, since none above 255 can be held: turn "
    "both arrays into float64 before the first product.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A_squared = np.sum(X_test**2, axis=1)[:, np.newaxis]
    squared = A_squared + np.sum(X_train**2, axis=1) - 2 * (X_test @ X_train.T)
    return np.sqrt(np.maximum(squared, 0))


@chapter.misconception(
    l2_distances,
    "product-wraps",
    "Your squares are float64, but the matrix product still runs in uint8 and wraps around: "
    "convert both arrays once, at the top.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A_squared = np.sum(X_test.astype(np.float64) ** 2, axis=1)[:, np.newaxis]
    B_squared = np.sum(X_train.astype(np.float64) ** 2, axis=1)
    return np.sqrt(np.maximum(A_squared + B_squared - 2 * (X_test @ X_train.T), 0))


@chapter.misconception(
    l2_distances,
    "spoils-inputs",
    "The distances are right, but the squares were put into the input array itself (`*=`, `**=` "
    "and `out=` do that): the caller's images are changed.",
)
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    product = X_test.astype(np.float64) @ X_train.astype(np.float64).T
    A = X_test.astype(np.float64, copy=False)
    B = X_train.astype(np.float64, copy=False)
    A **= 2
    B **= 2
    return np.sqrt(np.maximum(A.sum(axis=1)[:, np.newaxis] - 2 * product + B.sum(axis=1), 0))
