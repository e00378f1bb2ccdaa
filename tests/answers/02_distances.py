"""Answers to chapter 02: distances with two loops, one and none."""

import functools
import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong
LOOPS = ("l2_distances_two_loops", "l2_distances_one_loop")
ALL = (*LOOPS, "l2_distances")


def for_all(register, style, names=ALL, **options):
    def keep(implementation):
        for name in names:
            register(name, style, **options)(implementation)
        return implementation

    return keep


@for_all(right, "two loops with np.linalg.norm", LOOPS)
def _(X_test, X_train):
    out = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        for j in range(len(X_train)):
            out[i, j] = np.linalg.norm(X_test[i].astype(float) - X_train[j].astype(float))
    return out


@for_all(right, "math.dist over lists", LOOPS)
def _(X_test, X_train):
    return np.array([[math.dist(a, b) for b in X_train.tolist()] for a in X_test.tolist()])


@for_all(right, "pure Python", LOOPS)
def _(X_test, X_train):
    def distance(a, b):
        return sum((float(p) - float(q)) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5

    return np.array([[distance(a, b) for b in X_train] for a in X_test])


@for_all(right, "one loop over test rows", LOOPS)
def _(X_test, X_train):
    out = np.empty((X_test.shape[0], X_train.shape[0]))
    train = X_train.astype(np.float64)
    for i, row in enumerate(X_test):
        out[i, :] = np.sqrt(np.sum((train - row) ** 2, axis=1))
    return out


@for_all(right, "one loop over training rows, Fortran order", LOOPS)
def _(X_test, X_train):
    test = np.array(X_test, dtype=float)
    columns = [np.sqrt(np.square(test - row).sum(axis=-1)) for row in X_train]
    return np.asfortranarray(np.stack(columns, axis=1))


@for_all(right, "inner products of differences", LOOPS)
def _(X_test, X_train):
    rows = []
    for x in X_test.astype(np.float64):
        d = X_train - x
        rows.append(np.sqrt(np.einsum("nd,nd->n", d, d)))
    return np.vstack(rows)


@for_all(right, "differences as int64 where integers", LOOPS)
def _(X_test, X_train):
    wide = np.float64 if X_test.dtype.kind == "f" or X_train.dtype.kind == "f" else np.int64
    a, b = X_test.astype(wide), X_train.astype(wide)
    return np.array([[math.sqrt(((p - q) ** 2).sum()) for q in b] for p in a])


@right("l2_distances", "the three terms of the square")
def _(X_test, X_train):
    a, b = X_test.astype(np.float64), X_train.astype(np.float64)
    squares = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    return np.sqrt(np.maximum(squares, 0))


@right("l2_distances", "einsum and clip")
def _(X_test, X_train):
    a, b = np.asarray(X_test, float), np.asarray(X_train, float)
    cross = np.einsum("id,jd->ij", a, b)
    norms = np.add.outer(np.einsum("id,id->i", a, a), np.einsum("jd,jd->j", b, b))
    return np.sqrt((norms - 2 * cross).clip(min=0))


@right("l2_distances", "in place on its own array")
def _(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    a, b = np.float64(X_test), np.float64(X_train)
    out = a @ b.T
    out *= -2
    out += np.square(a).sum(axis=1, keepdims=True)
    out += np.square(b).sum(axis=1)
    np.clip(out, 0, None, out=out)
    return np.sqrt(out, out=out)


@right("l2_distances", "a loop over features")
def _(X_test, X_train):
    total = np.zeros((len(X_test), len(X_train)))
    for a, b in zip(X_test.T.astype(float), X_train.T.astype(float), strict=True):
        total += np.subtract.outer(a, b) ** 2
    return np.sqrt(total)


@right("l2_distances", "centred first")
def _(X_test, X_train):
    centre = X_train.astype(float).mean(axis=0)
    a, b = X_test - centre, X_train - centre
    squares = np.sum(a * a, 1)[:, None] + np.sum(b * b, 1)[None] - 2 * np.dot(a, b.T)
    return np.where(squares > 0, np.sqrt(np.abs(squares)), 0.0)


@right("l2_distances", "one product of longer rows")
def _(X_test, X_train):
    a, b = X_test.astype(float), X_train.astype(float)
    one = np.ones((len(a), 1)), np.ones((len(b), 1))
    left = np.hstack([a, np.sum(a**2, axis=1, keepdims=True), one[0]])
    longer = np.hstack([-2 * b, one[1], np.sum(b**2, axis=1, keepdims=True)])
    return np.sqrt(np.fmax(left @ longer.T, 0))


@right("l2_distances", "int64 where integers")
def _(X_test, X_train):
    kind = float if "f" in X_test.dtype.kind + X_train.dtype.kind else np.int64
    a, b = X_test.astype(kind), X_train.astype(kind)
    squares = (a * a).sum(1)[:, None] - 2 * a.dot(b.T) + (b * b).sum(1)
    squares[squares < 0] = 0
    return squares**0.5


@functools.cache
def far(power):
    return 1.0 / power


def distances(X_test, X_train, power=2):
    a, b = X_test.astype(float), X_train.astype(float)
    return np.array([np.sum(np.abs(b - row) ** power, axis=1) ** far(power) for row in a])


def terms(a, b):
    return (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T


def fast(X_test, X_train):
    squares = terms(X_test.astype(float), X_train.astype(float))
    return np.sqrt(np.maximum(squares, 0))


for_all(wrong, "squares", score=0)(lambda a, b: fast(a, b) ** 2)
for_all(wrong, "city block", LOOPS, score=0)(lambda a, b: distances(a, b, 1))
for_all(wrong, "cubes", LOOPS, score=0)(lambda a, b: distances(a, b, 3))
for_all(wrong, "transposed", score=0)(lambda a, b: fast(a, b).T)
for_all(wrong, "test rows with themselves", score=0)(lambda a, b: fast(a, a))
for_all(wrong, "float32", score=0)(lambda a, b: fast(a, b).astype(np.float32))
for_all(wrong, "rounded", score=0)(lambda a, b: fast(a, b).round(2))
for_all(wrong, "root of the mean square", score=0)(lambda a, b: fast(a, b) / np.sqrt(a.shape[1]))
for_all(wrong, "a list", score=0)(lambda a, b: fast(a, b).tolist())
for_all(wrong, "one number", score=0)(lambda a, b: float(np.linalg.norm(a[0] - b[0])))
for_all(wrong, "the nearest alone", score=0)(lambda a, b: fast(a, b).min(axis=1))
for_all(wrong, "similarity", score=0)(lambda a, b: 1 / (1 + fast(a, b)))
for_all(wrong, "rows of unit length", score=0)(
    lambda a, b: fast(
        a / np.linalg.norm(a, axis=1, keepdims=True), b / np.linalg.norm(b, axis=1, keepdims=True)
    )
)
for_all(wrong, "last feature forgotten", score=0)(lambda a, b: fast(a[:, :-1], b[:, :-1]))
for_all(wrong, "first training row twice", score=0)(
    lambda a, b: fast(a, np.concatenate([b[:1], b[:-1]]))
)
for_all(wrong, "a little off", score=0)(lambda a, b: np.sqrt(fast(a, b) ** 2 + 1e-3))
for_all(wrong, "terms without a floor", ("l2_distances",))(
    lambda a, b: np.sqrt(terms(a.astype(float), b.astype(float)))
)
for_all(wrong, "NaN replaced by infinity", ("l2_distances",))(
    lambda a, b: np.nan_to_num(np.sqrt(terms(a.astype(float), b.astype(float))), nan=np.inf)
)
for_all(wrong, "size of the square", ("l2_distances",), score=0)(
    lambda a, b: np.sqrt(np.abs(terms(a, b) + 4 * a @ b.T))
)
for_all(wrong, "wraps in the terms", ("l2_distances",))(
    lambda a, b: np.sqrt(np.maximum((a**2).sum(1)[:, None] + (b**2).sum(1) - 2.0 * (a @ b.T), 0))
)
for_all(wrong, "wraps in the product", ("l2_distances",))(
    lambda a, b: np.sqrt(
        np.maximum(
            (a.astype(float) ** 2).sum(1)[:, None]
            + (b.astype(float) ** 2).sum(1)
            - 2.0 * (a @ b.T),
            0,
        )
    )
)
for_all(wrong, "a loop over test rows", ("l2_distances",))(distances)
for_all(wrong, "two loops", ("l2_distances",))(
    lambda a, b: np.array([[np.linalg.norm(np.subtract(p, q, dtype=float)) for q in b] for p in a])
)


@for_all(wrong, "uint8 wraps", ALL)
def _(X_test, X_train):
    if X_test.dtype != np.uint8:
        return fast(X_test, X_train)
    return np.array([np.sqrt(((X_train - row) ** 2).sum(axis=1)) for row in X_test], dtype=float)


@for_all(wrong, "difference wraps, then float", ALL)
def _(X_test, X_train):
    if X_test.dtype.kind == "f":
        return fast(X_test, X_train)
    return np.array([np.linalg.norm((X_train - row).astype(float), axis=1) for row in X_test])


@for_all(wrong, "as many columns as rows", ALL)
def _(X_test, X_train):
    out, found = np.zeros((len(X_test), len(X_test))), fast(X_test, X_train)
    n = min(found.shape)
    out[:, :n] = found[:, :n]
    return out


@for_all(wrong, "centres its input in place", ALL, score=0)
def _(X_test, X_train):
    out = fast(X_test, X_train)
    X_train -= X_train[:1]
    return out


@wrong("l2_distances", "a large array of differences")
def _(X_test, X_train):
    difference = X_test[:, None].astype(float) - X_train[None].astype(float)
    return np.sqrt((difference**2).sum(axis=-1))
