"""Answers to l2_distances."""

from tests.answers.ch02_knn.l2_distances_two_loops import WRONG
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
einsum and in-place steps
    A, B = X_test.astype(float), X_train.astype(float)
    d = -2.0 * np.einsum("ip,jp->ij", A, B)
    d += np.einsum("ip,ip->i", A, A)[:, None]
    d += np.einsum("jp,jp->j", B, B)[None, :]
    d[d < 0] = 0.0
    return np.sqrt(d, out=d)

a loop over the features
    total = np.zeros((len(X_test), len(X_train)))
    for a, b in zip(X_test.T.astype(float), X_train.T.astype(float), strict=True):
        total += np.subtract.outer(a, b) ** 2
    return np.sqrt(total)

integers where the input has them, the absolute value
    if X_test.dtype == np.uint8:
        X_test, X_train = X_test.astype(np.int32), X_train.astype(np.int32)
    squares = (X_test * X_test).sum(1).reshape(-1, 1) + (X_train * X_train).sum(1)
    return np.sqrt(np.abs(squares - 2 * X_test.dot(X_train.T)))

blocks of 100 rows, all differences of a block at once
    X_train = X_train.astype(float)
    blocks = []
    for start in range(0, len(X_test), 100):
        differences = X_test[start : start + 100, None].astype(float) - X_train
        blocks.append(np.sqrt((differences**2).sum(axis=2)))
    return np.concatenate(blocks)

lengths by norm, root of what is left by where
    a, b = np.asarray(X_test, dtype=np.float64), np.asarray(X_train, dtype=np.float64)
    lengths = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1)
    squared = np.square(lengths[0]) + np.square(lengths[1]) - np.matmul(a, 2 * np.transpose(b))
    return np.sqrt(np.where(squared > 0, squared, 0))

the three terms of the square
    a, b = X_test.astype(np.float64), X_train.astype(np.float64)
    squares = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    return np.sqrt(np.maximum(squares, 0))

an outer sum and clip
    a, b = np.asarray(X_test, float), np.asarray(X_train, float)
    cross = np.einsum("id,jd->ij", a, b)
    norms = np.add.outer(np.einsum("id,id->i", a, a), np.einsum("jd,jd->j", b, b))
    return np.sqrt((norms - 2 * cross).clip(min=0))

centred first
    centre = X_train.astype(float).mean(axis=0)
    a, b = X_test - centre, X_train - centre
    squares = np.sum(a * a, 1)[:, None] + np.sum(b * b, 1)[None] - 2 * np.dot(a, b.T)
    return np.where(squares > 0, np.sqrt(np.abs(squares)), 0.0)

one product of longer rows
    a, b = X_test.astype(float), X_train.astype(float)
    one = np.ones((len(a), 1)), np.ones((len(b), 1))
    left = np.hstack([a, np.sum(a**2, axis=1, keepdims=True), one[0]])
    longer = np.hstack([-2 * b, one[1], np.sum(b**2, axis=1, keepdims=True)])
    return np.sqrt(np.fmax(left @ longer.T, 0))

the diagonal of all products
    a, b = X_test.astype(float), X_train.astype(float)
    squares = np.diag(a @ a.T)[:, None] - 2 * a @ b.T + np.diag(b @ b.T)
    return np.sqrt(np.maximum(squares, 0))

int64 where integers
    kind = float if "f" in X_test.dtype.kind + X_train.dtype.kind else np.int64
    a, b = X_test.astype(kind), X_train.astype(kind)
    squares = (a * a).sum(1)[:, None] - 2 * a.dot(b.T) + (b * b).sum(1)
    squares[squares < 0] = 0
    return squares**0.5
""")

answers.wrong(WRONG)
answers.wrong("""
loop of np.linalg.norm over the test rows [score=0]
    train = X_train.astype(float)
    return np.array([np.linalg.norm(train - row, axis=1) for row in X_test])

loop of np.linalg.norm over the training rows [score=0]
    test = X_test.astype(float)
    return np.stack([np.linalg.norm(test - row, axis=1) for row in X_train], axis=1)

loop of math.dist over lists [score=0]
    import math

    train = X_train.tolist()
    return np.array([[math.dist(a, b) for b in train] for a in X_test.tolist()])

loop in np.apply_along_axis [score=0]
    train = X_train.astype(float)
    return np.apply_along_axis(lambda a: np.sqrt(((train - a) ** 2).sum(axis=1)), 1, X_test)

transposed [score=0]
    return reference(X_test, X_train).T

root of the mean square [score=0]
    return reference(X_test, X_train) / np.sqrt(X_test.shape[1])

uint8 wraps
    if X_test.dtype != np.uint8:
        return reference(X_test, X_train)
    return np.array([np.sqrt(((X_train - a) ** 2).sum(axis=1)) for a in X_test], dtype=float)

difference wraps, then float
    if X_test.dtype.kind == "f":
        return reference(X_test, X_train)
    return np.array([np.linalg.norm((X_train - a).astype(float), axis=1) for a in X_test])

terms without a floor
    - np.maximum(squared, 0)
    + squared

NaN replaced by infinity
    - np.sqrt(np.maximum(squared, 0))
    + np.nan_to_num(np.sqrt(squared), nan=np.inf)

size of the square [score=0]
    a, b = X_test, X_train
    return np.sqrt(np.abs((a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) + 2 * a @ b.T))

wraps in the terms
    squares = (X_test**2).sum(1)[:, None] + (X_train**2).sum(1)
    return np.sqrt(np.maximum(squares - 2.0 * (X_test @ X_train.T), 0))

wraps in the product
    - A @ B.T
    + np.float64(X_test @ X_train.T)
""")
