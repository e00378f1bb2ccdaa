"""Answers to nearest_centroid_fit."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
adding up example by example
    totals, counts = np.zeros((num_classes, X.shape[1])), np.zeros(num_classes)
    for row, label in zip(X, y, strict=True):
        totals[label] += row
        counts[label] += 1
    return totals / counts[:, None]

a product with one-hot labels
    onehot = (y[:, None] == np.arange(num_classes)).astype(np.float64)
    return onehot.T @ X / onehot.sum(axis=0)[:, None]

np.add.at
    totals = np.zeros((num_classes, X.shape[1]))
    np.add.at(totals, y, X)
    return totals / np.bincount(y, minlength=num_classes).reshape(-1, 1)

a comprehension of means
    return np.array([X[y == c].mean(axis=0) for c in range(num_classes)])

one-hot matrix product
    hot = np.eye(num_classes)[y]
    return hot.T @ X / hot.sum(axis=0)[:, None]

pure Python
    import collections
    import math

    groups = collections.defaultdict(list)
    for row, label in zip(X.tolist(), y.tolist(), strict=True):
        groups[label].append(row)
    means = [
        [math.fsum(column) / len(column) for column in zip(*groups[c], strict=True)]
        for c in range(num_classes)
    ]
    return np.array(means)

running mean
    means, seen = np.zeros((num_classes, X.shape[1])), [0] * num_classes
    for row, c in zip(X, y, strict=True):
        seen[c] += 1
        means[c] += (row - means[c]) / seen[c]
    return means

sorted and reduceat, Fortran order
    order = np.argsort(y, kind="stable")
    starts = np.searchsorted(y[order], np.arange(num_classes))
    sums = np.add.reduceat(X[order].astype(float), starts, axis=0)
    return np.asfortranarray(sums / np.bincount(y)[:, None])
""")

answers.wrong("""
sums, as whole numbers where X is [score=0]
    - mean(axis=0)
    + sum(axis=0)

sums of the pixels' type, row by row
    sums = np.zeros((num_classes, X.shape[1]), dtype=X.dtype)
    for row, label in zip(X, y, strict=True):
        sums[label] += row
    return sums / np.bincount(y)[:, None]

a small number added to the counts
    return np.array([X[y == c].sum(axis=0) / ((y == c).sum() + 1e-8) for c in range(num_classes)])

transposed [score=0]
    return reference(X, y, num_classes).T

classes in reverse [score=0]
    return reference(X, y, num_classes)[::-1]

labels count from one [score=0]
    return np.eye(num_classes + 1)[y].T[1:] @ X / 3

classes in the order they appear
    - range(num_classes)
    + dict.fromkeys(y.tolist())

float32 [score=0]
    return reference(X, y, num_classes).astype(np.float32)

rounded [score=0]
    return reference(X, y, num_classes).round(3)

a list [score=1]
    return reference(X, y, num_classes).tolist()

ten classes
    with np.errstate(all="ignore"):
        return np.array([X[y == c].sum(axis=0) / (y == c).sum() for c in range(10)])

the first row of each [score=0]
    - .mean(axis=0)
    + [0]

the first row is left out [score=0]
    X, y = X[1:], y[1:]
    with np.errstate(all="ignore"):
        return np.array([X[y == c].sum(axis=0) / (y == c).sum() for c in range(num_classes)])

sorted in place [score=0]
    order = np.argsort(y, kind="stable")
    X[:], y[:] = X[order], y[order]
    return reference(X, y, num_classes)
""")
