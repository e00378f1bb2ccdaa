"""Chapter 02: right distances, written differently from the references."""

from __future__ import annotations

import numpy as np

from solutions._ch02_distances import (
    chapter,
    l2_distances,
    l2_distances_one_loop,
    l2_distances_two_loops,
)


@chapter.variant(l2_distances_two_loops, "plain Python numbers")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    rows = []
    for a in X_test.tolist():
        row = []
        for b in X_train.tolist():
            total = 0
            for p, q in zip(a, b, strict=True):
                total += (p - q) ** 2
            row.append(total**0.5)
        rows.append(row)
    return np.array(rows)


@chapter.variant(l2_distances_two_loops, "norm of the difference")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    X_test, X_train = X_test.astype(float), X_train.astype(float)
    return np.array([[np.linalg.norm(a - b) for b in X_train] for a in X_test])


@chapter.variant(l2_distances_two_loops, "product of the difference with itself")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    out = np.empty((X_test.shape[0], X_train.shape[0]))
    for j, b in enumerate(X_train.astype(np.int64) if X_train.dtype == np.uint8 else X_train):
        for i, a in enumerate(X_test):
            difference = a - b
            out[i, j] = np.sqrt(difference @ difference)
    return out


@chapter.variant(l2_distances_one_loop, "einsum of the differences")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    X_train = X_train.astype(float)
    rows = []
    for a in X_test:
        d = X_train - a
        rows.append(np.einsum("jp,jp->j", d, d) ** 0.5)
    return np.stack(rows)


@chapter.variant(l2_distances_one_loop, "over the training rows")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    X_test, X_train = np.float64(X_test), np.float64(X_train)  # type: ignore[assignment]
    return np.array([np.linalg.norm(X_test - b, axis=1) for b in X_train]).T


@chapter.variant(l2_distances_one_loop, "over the features")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    squared = np.zeros((len(X_test), len(X_train)))
    for p in range(X_test.shape[1]):
        squared += np.subtract.outer(X_test[:, p].astype(float), X_train[:, p].astype(float)) ** 2
    return np.sqrt(squared)


@chapter.variant(l2_distances, "einsum and in-place steps")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A, B = X_test.astype(float), X_train.astype(float)
    d = -2.0 * np.einsum("ip,jp->ij", A, B)
    d += np.einsum("ip,ip->i", A, A)[:, None]
    d += np.einsum("jp,jp->j", B, B)[None, :]
    d[d < 0] = 0.0
    return np.sqrt(d, out=d)


@chapter.variant(l2_distances, "a loop over the features")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    A, B = X_test.astype(np.float64), X_train.astype(np.float64)
    squared = np.zeros((A.shape[0], B.shape[0]))
    for p in range(A.shape[1]):
        squared += (A[:, p, None] - B[:, p]) ** 2
    return np.sqrt(squared)


@chapter.variant(l2_distances, "integers where the input has them, the absolute value")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    if X_test.dtype == np.uint8:
        X_test, X_train = X_test.astype(np.int32), X_train.astype(np.int32)
    squares = (X_test * X_test).sum(1).reshape(-1, 1) + (X_train * X_train).sum(1)
    return np.sqrt(np.abs(squares - 2 * X_test.dot(X_train.T)))


@chapter.variant(l2_distances, "blocks of 100 rows, all differences of a block at once")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    X_train = X_train.astype(float)
    blocks = []
    for start in range(0, len(X_test), 100):
        differences = X_test[start : start + 100, None].astype(float) - X_train
        blocks.append(np.sqrt((differences**2).sum(axis=2)))
    return np.concatenate(blocks)


@chapter.variant(l2_distances, "lengths by norm, root of what is left by where")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    a = np.asarray(X_test, dtype=np.float64)
    b = np.asarray(X_train, dtype=np.float64)
    squared = np.square(np.linalg.norm(a, axis=1, keepdims=True)) + np.square(
        np.linalg.norm(b, axis=1)
    )
    squared = squared - np.matmul(a, 2 * np.transpose(b))
    return np.sqrt(np.where(squared > 0, squared, 0))
