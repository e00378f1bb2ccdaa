"""Answers to chapter 00: centroids, accuracy, the confusion matrix."""

import collections
import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("nearest_centroid_fit", "a comprehension of means")
def _(X, y, num_classes):
    return np.array([X[y == c].mean(axis=0) for c in range(num_classes)])


@right("nearest_centroid_fit", "one-hot matrix product")
def _(X, y, num_classes):
    hot = np.eye(num_classes)[y]
    return hot.T @ X / hot.sum(axis=0)[:, None]


@right("nearest_centroid_fit", "np.add.at")
def _(X, y, num_classes):
    total = np.zeros((num_classes, X.shape[1]))
    np.add.at(total, y, X)
    return total / np.bincount(y, minlength=num_classes)[:, np.newaxis]


@right("nearest_centroid_fit", "pure Python")
def _(X, y, num_classes):
    groups = collections.defaultdict(list)
    for row, label in zip(X.tolist(), y.tolist(), strict=True):
        groups[label].append(row)
    means = [
        [math.fsum(column) / len(column) for column in zip(*groups[c], strict=True)]
        for c in range(num_classes)
    ]
    return np.array(means)


@right("nearest_centroid_fit", "running mean")
def _(X, y, num_classes):
    means, seen = np.zeros((num_classes, X.shape[1])), [0] * num_classes
    for row, c in zip(X, y, strict=True):
        seen[c] += 1
        means[c] += (row - means[c]) / seen[c]
    return means


@right("nearest_centroid_fit", "sorted and reduceat, Fortran order")
def _(X, y, num_classes):
    order = np.argsort(y, kind="stable")
    starts = np.searchsorted(y[order], np.arange(num_classes))
    sums = np.add.reduceat(X[order].astype(float), starts, axis=0)
    return np.asfortranarray(sums / np.bincount(y)[:, None])


def means(X, y, classes):
    with np.errstate(all="ignore"):
        return np.array([X[y == c].sum(axis=0) / (y == c).sum() for c in classes])


wrong("nearest_centroid_fit", "medians")(
    lambda X, y, n: np.array([np.median(X[y == c], axis=0) for c in range(n)])
)
wrong("nearest_centroid_fit", "sums", score=0)(
    lambda X, y, n: np.array([X[y == c].sum(axis=0) for c in range(n)])
)
wrong("nearest_centroid_fit", "one number a class", score=0)(
    lambda X, y, n: np.array([X[y == c].mean() for c in range(n)])
)
wrong("nearest_centroid_fit", "divided by all rows", score=0)(
    lambda X, y, n: np.eye(n)[y].T @ X / len(X)
)
wrong("nearest_centroid_fit", "divided by an equal share")(
    lambda X, y, n: np.eye(n)[y].T @ X * n / len(X)
)
wrong("nearest_centroid_fit", "transposed", score=0)(lambda X, y, n: means(X, y, range(n)).T)
wrong("nearest_centroid_fit", "classes in reverse", score=0)(
    lambda X, y, n: means(X, y, range(n)[::-1])
)
wrong("nearest_centroid_fit", "labels count from one", score=0)(
    lambda X, y, n: np.eye(n + 1)[y].T[1:] @ X / 3
)
wrong("nearest_centroid_fit", "classes in the order they appear")(
    lambda X, y, n: means(X, y, dict.fromkeys(y.tolist()))
)
wrong("nearest_centroid_fit", "float32", score=0)(
    lambda X, y, n: means(X, y, range(n)).astype(np.float32)
)
wrong("nearest_centroid_fit", "rounded", score=0)(lambda X, y, n: means(X, y, range(n)).round(3))
wrong("nearest_centroid_fit", "a list", score=0)(lambda X, y, n: means(X, y, range(n)).tolist())
wrong("nearest_centroid_fit", "ten classes")(lambda X, y, n: means(X, y, range(10)))
wrong("nearest_centroid_fit", "the first row of each", score=0)(
    lambda X, y, n: np.array([X[y == c][0] for c in range(n)])
)
wrong("nearest_centroid_fit", "the first row is left out", score=0)(
    lambda X, y, n: means(X[1:], y[1:], range(n))
)


@wrong("nearest_centroid_fit", "sorted in place", score=0)
def _(X, y, num_classes):
    order = np.argsort(y, kind="stable")
    X[:], y[:] = X[order], y[order]
    return means(X, y, range(num_classes))


@right("nearest_centroid_predict", "broadcast squares")
def _(centroids, X):
    return ((X[:, None, :] - centroids[None]) ** 2).sum(axis=-1).argmin(axis=1)


@right("nearest_centroid_predict", "np.linalg.norm row by row")
def _(centroids, X):
    found = [int(np.argmin(np.linalg.norm(centroids - x, axis=1))) for x in X]
    return np.array(found, dtype=np.int32)


@right("nearest_centroid_predict", "math.dist and min")
def _(centroids, X):
    rows = centroids.tolist()
    labels = range(len(rows))
    return np.array([min(labels, key=lambda c: math.dist(rows[c], x)) for x in X.tolist()])


@right("nearest_centroid_predict", "expanded square without the row's own")
def _(centroids, X):
    return np.argmax(2 * X @ centroids.T - (centroids**2).sum(axis=1), axis=1)


@right("nearest_centroid_predict", "a loop over classes with a running best")
def _(centroids, X):
    best, label = np.full(len(X), np.inf), np.zeros(len(X), dtype=np.uint8)
    for c, centroid in enumerate(centroids):
        d = np.einsum("nd,nd->n", X - centroid, X - centroid)
        closer = d < best
        best[closer], label[closer] = d[closer], c
    return label


@right("nearest_centroid_predict", "stable sort of distances")
def _(centroids, X):
    d = np.sqrt(np.square(X[..., np.newaxis] - centroids.T).sum(axis=1))
    return np.argsort(d, axis=1, kind="stable")[:, 0]


def apart(centroids, X):
    return ((X[:, None, :] - centroids[None]) ** 2).sum(axis=-1)


wrong("nearest_centroid_predict", "furthest", score=0)(lambda m, X: apart(m, X).argmax(axis=1))
wrong("nearest_centroid_predict", "wrong axis", score=0)(lambda m, X: apart(m, X).argmin(axis=0))
wrong("nearest_centroid_predict", "city block")(
    lambda m, X: np.abs(X[:, None] - m).sum(axis=-1).argmin(axis=1)
)
wrong("nearest_centroid_predict", "largest difference")(
    lambda m, X: np.abs(X[:, None] - m).max(axis=-1).argmin(axis=1)
)
wrong("nearest_centroid_predict", "signed differences")(
    lambda m, X: (X[:, None] - m).sum(axis=-1).argmin(axis=1)
)
wrong("nearest_centroid_predict", "inner product")(lambda m, X: (X @ m.T).argmax(axis=1))
wrong("nearest_centroid_predict", "cosine")(
    lambda m, X: (X @ m.T / np.linalg.norm(m, axis=1)).argmax(axis=1)
)
wrong("nearest_centroid_predict", "last of a tie")(
    lambda m, X: len(m) - 1 - apart(m[::-1], X).argmin(axis=1)
)
wrong("nearest_centroid_predict", "float labels", score=0)(
    lambda m, X: apart(m, X).argmin(axis=1).astype(float)
)
wrong("nearest_centroid_predict", "a list", score=0)(lambda m, X: apart(m, X).argmin(1).tolist())
wrong("nearest_centroid_predict", "a column", score=0)(
    lambda m, X: apart(m, X).argmin(axis=1)[:, None]
)
wrong("nearest_centroid_predict", "from one", score=0)(lambda m, X: apart(m, X).argmin(axis=1) + 1)
wrong("nearest_centroid_predict", "distances", score=0)(lambda m, X: apart(m, X).min(axis=1))
wrong("nearest_centroid_predict", "the centroids themselves", score=0)(
    lambda m, X: m[apart(m, X).argmin(axis=1)]
)
wrong("nearest_centroid_predict", "first feature only", score=0)(
    lambda m, X: apart(m[:, :1], X[:, :1]).argmin(axis=1)
)
wrong("nearest_centroid_predict", "expanded without the centroid's own")(
    lambda m, X: ((X**2).sum(axis=1)[:, None] - 2 * X @ m.T).argmin(axis=1)
)


@wrong("nearest_centroid_predict", "subtracts in place", score=0)
def _(centroids, X):
    labels = apart(centroids, X).argmin(axis=1)
    X -= centroids[labels]
    return labels


right("accuracy", "np.mean")(lambda y_pred, y_true: np.mean(y_pred == y_true))
right("accuracy", "float of a sum")(lambda p, t: float((p == t).sum()) / len(t))
right("accuracy", "Python's sum of a generator")(
    lambda p, t: sum(a == b for a, b in zip(p.tolist(), t.tolist(), strict=True)) / len(p)
)
right("accuracy", "0-d array")(lambda p, t: np.array(np.count_nonzero(p == t) / t.size))
right("accuracy", "one minus the errors")(lambda p, t: 1.0 - np.count_nonzero(p - t) / p.size)
right("accuracy", "an inner product of indicators")(
    lambda p, t: np.equal(p, t).astype(float) @ np.full(len(t), 1 / len(t))
)
right("accuracy", "np.average")(lambda p, t: np.average(np.where(p == t, 1.0, 0.0)))

wrong("accuracy", "error rate", score=0)(lambda p, t: np.mean(p != t))
wrong("accuracy", "percent", score=0)(lambda p, t: 100 * np.mean(p == t))
wrong("accuracy", "count", score=0)(lambda p, t: int((p == t).sum()))
wrong("accuracy", "floor division", score=0)(lambda p, t: (p == t).sum() // len(t))
wrong("accuracy", "an array", score=0)(lambda p, t: p == t)
wrong("accuracy", "rounded to two digits", score=0)(lambda p, t: round(float(np.mean(p == t)), 2))
wrong("accuracy", "all or nothing", score=0)(lambda p, t: float(np.array_equal(p, t)))
wrong("accuracy", "over sorted labels", score=0)(lambda p, t: np.mean(np.sort(p) == np.sort(t)))
wrong("accuracy", "divided by classes", score=0)(lambda p, t: (p == t).sum() / (t.max() + 1))
wrong("accuracy", "mean absolute error", score=0)(lambda p, t: 1 - np.mean(np.abs(p - t)))
wrong("accuracy", "float32", score=0)(lambda p, t: np.mean(p == t, dtype=np.float32))
wrong("accuracy", "membership", score=0)(lambda p, t: np.mean(np.isin(p, t)))
wrong("accuracy", "text", score=0)(lambda p, t: f"{np.mean(p == t):.2%}")
wrong("accuracy", "class zero does not count")(lambda p, t: np.mean((p == t) & (t > 0)))
wrong("accuracy", "without the last", score=0)(lambda p, t: np.mean(p[:-1] == t[:-1]))
wrong("accuracy", "mean of class accuracies")(
    lambda p, t: np.mean([np.mean(p[t == c] == c) for c in np.unique(t)])
)


@right("confusion_matrix", "np.add.at")
def _(y_pred, y_true, num_classes):
    out = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(out, (y_true, y_pred), 1)
    return out


@right("confusion_matrix", "a loop")
def _(y_pred, y_true, num_classes):
    out = np.zeros([num_classes] * 2, dtype=np.int32)
    for p, t in zip(y_pred, y_true, strict=True):
        out[t, p] += 1
    return out


@right("confusion_matrix", "bincount of codes")
def _(y_pred, y_true, num_classes):
    codes = num_classes * y_true.astype(np.int64) + y_pred
    return np.bincount(codes, minlength=num_classes**2).reshape(num_classes, -1)


@right("confusion_matrix", "one-hot integers")
def _(y_pred, y_true, num_classes):
    eye = np.eye(num_classes, dtype=np.uint16)
    return eye[y_true].T @ eye[y_pred]


@right("confusion_matrix", "Counter of pairs")
def _(y_pred, y_true, num_classes):
    pairs = collections.Counter(zip(y_true.tolist(), y_pred.tolist(), strict=True))
    labels = range(num_classes)
    return np.array([[pairs[t, p] for p in labels] for t in labels])


@right("confusion_matrix", "histogram of two dimensions as integers")
def _(y_pred, y_true, num_classes):
    edges = np.arange(num_classes + 1) - 0.5
    return np.histogram2d(y_true, y_pred, bins=(edges, edges))[0].astype(np.intp)


def confusion(p, t, n):
    return np.array([[np.sum((t == i) & (p == j)) for j in range(n)] for i in range(n)])


wrong("confusion_matrix", "transposed", score=0)(lambda p, t, n: confusion(t, p, n))
wrong("confusion_matrix", "floats", score=0)(lambda p, t, n: confusion(p, t, n).astype(float))
wrong("confusion_matrix", "rows as fractions", score=0)(
    lambda p, t, n: confusion(p, t, n) / np.maximum(confusion(p, t, n).sum(axis=1), 1)[:, None]
)
wrong("confusion_matrix", "lists", score=0)(lambda p, t, n: confusion(p, t, n).tolist())
wrong("confusion_matrix", "size of the labels seen")(
    lambda p, t, n: confusion(p, t, int(max(p.max(), t.max())) + 1)
)
wrong("confusion_matrix", "size of the true labels")(
    lambda p, t, n: confusion(p, t, len(np.unique(t)))
)
wrong("confusion_matrix", "the diagonal", score=0)(
    lambda p, t, n: np.diag(np.diag(confusion(p, t, n)))
)
wrong("confusion_matrix", "mistakes alone", score=0)(
    lambda p, t, n: confusion(p, t, n) * (1 - np.eye(n, dtype=int))
)
wrong("confusion_matrix", "symmetric", score=0)(
    lambda p, t, n: confusion(p, t, n) + confusion(t, p, n)
)
wrong("confusion_matrix", "booleans", score=0)(lambda p, t, n: confusion(p, t, n) > 0)
wrong("confusion_matrix", "one row more", score=0)(lambda p, t, n: confusion(p, t, n + 1))
wrong("confusion_matrix", "classes in reverse", score=0)(
    lambda p, t, n: confusion(p, t, n)[::-1, ::-1]
)
wrong("confusion_matrix", "starts at one", score=0)(lambda p, t, n: confusion(p, t, n) + 1)


@wrong("confusion_matrix", "buffered addition counts once")
def _(y_pred, y_true, num_classes):
    out = np.zeros((num_classes, num_classes), dtype=int)
    out[y_true, y_pred] += 1
    return out


@wrong("confusion_matrix", "uint8 codes overflow")
def _(y_pred, y_true, num_classes):
    codes = (num_classes * y_true + y_pred).astype(np.uint8)
    return np.bincount(codes, minlength=num_classes**2)[: num_classes**2].reshape(num_classes, -1)
