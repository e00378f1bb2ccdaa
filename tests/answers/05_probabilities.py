"""Answers to chapter 05: softmax, cross-entropy, batches."""

import math
import random

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("softmax", "row maximum subtracted")
def _(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@right("softmax", "pure Python")
def _(scores):
    rows = []
    for row in scores.tolist():
        top = max(row)
        e = [math.exp(s - top) for s in row]
        rows.append([v / math.fsum(e) for v in e])
    return np.array(rows)


@right("softmax", "logaddexp.reduce")
def _(scores: np.ndarray) -> np.ndarray:
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None])


@right("softmax", "columns, Fortran order")
def _(scores):
    shifted = scores.T - np.amax(scores, axis=-1)
    weights = np.exp(shifted)
    return (weights / weights.sum(axis=0)).T


@right("softmax", "in place on a copy")
def _(scores):
    out = scores.astype(np.float64, copy=True)
    out -= out.max(axis=1)[:, np.newaxis]
    np.exp(out, out=out)
    out /= out.sum(axis=1)[:, np.newaxis]
    return out


@right("softmax", "differences of all pairs")
def _(scores):
    with np.errstate(over="ignore"):
        return 1 / np.exp(scores[:, None, :] - scores[:, :, None]).sum(axis=2)


@right("softmax", "apply_along_axis and einsum")
def _(scores):
    e = np.apply_along_axis(lambda row: np.exp(row - np.max(row)), 1, scores)
    return np.einsum("nc,n->nc", e, 1 / np.einsum("nc->n", e))


def softmax(s, axis=1):
    e = np.exp(s - s.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


wrong("softmax", "overflows")(lambda s: np.exp(s) / np.exp(s).sum(axis=1, keepdims=True))
wrong("softmax", "one maximum for the batch")(
    lambda s: np.exp(s - s.max()) / np.exp(s - s.max()).sum(axis=1, keepdims=True)
)
wrong("softmax", "mean subtracted", hidden=True)(
    lambda s: (
        np.exp(s - s.mean(1, keepdims=True)) / np.exp(s - s.mean(1, keepdims=True)).sum(1)[:, None]
    )
)
wrong("softmax", "clipped scores")(
    lambda s: np.exp(s.clip(-500, 500)) / np.exp(s.clip(-500, 500)).sum(axis=1, keepdims=True)
)
wrong("softmax", "columns", score=0)(lambda s: softmax(s, axis=0))
wrong("softmax", "sum of everything", score=0)(
    lambda s: np.exp(s - s.max()) / np.exp(s - s.max()).sum()
)
wrong("softmax", "not normalised", score=0)(lambda s: np.exp(s - s.max(axis=1, keepdims=True)))
wrong("softmax", "logarithms", score=0)(lambda s: np.log(softmax(s) + 1e-300))
wrong("softmax", "base 2", score=0)(lambda s: softmax(s * np.log(2)))
wrong("softmax", "sigmoids", score=0)(lambda s: 1 / (1 + np.exp(-s)))
wrong("softmax", "scores divided by their sum", score=0)(lambda s: s / s.sum(axis=1, keepdims=True))
wrong("softmax", "negative", score=0)(lambda s: softmax(-s))
wrong("softmax", "one-hot of the largest", score=0)(lambda s: np.eye(s.shape[1])[s.argmax(axis=1)])
wrong("softmax", "float32", score=0)(lambda s: softmax(s).astype(np.float32))
wrong("softmax", "smoothed", score=0)(lambda s: 0.999 * softmax(s) + 0.001 / s.shape[1])
wrong("softmax", "divided by the largest", score=0)(lambda s: softmax(s / np.abs(s).max()))
wrong("softmax", "NaN to 0")(
    lambda s: np.nan_to_num(np.exp(s) / np.exp(s).sum(axis=1, keepdims=True))
)
wrong("softmax", "a row without the axis kept", score=0)(
    lambda s: np.exp(s - s.max(1)[: s.shape[1]].mean()) / np.exp(s).sum(axis=1).mean()
)


@wrong("softmax", "in place", score=0)
def _(scores):
    scores -= scores.max(axis=1, keepdims=True)
    return softmax(scores)


right("cross_entropy", "indexed")(lambda p, y: -np.mean(np.log(p[np.arange(len(y)), y])))
right("cross_entropy", "float of a sum")(
    lambda p, y: float(-np.log(p[range(p.shape[0]), y]).sum() / p.shape[0])
)
right("cross_entropy", "pure Python")(
    lambda p, y: (
        -sum(math.log(row[c]) for row, c in zip(p.tolist(), y.tolist(), strict=True)) / len(y)
    )
)
right("cross_entropy", "one-hot mask")(
    lambda p, y: -np.log(p[np.eye(p.shape[1], dtype=bool)[y]]).mean()
)
right("cross_entropy", "one-hot product")(
    lambda p, y: np.log(1 / (p * np.eye(p.shape[1])[y]).sum(axis=1)).mean()
)
right("cross_entropy", "take_along_axis, 0-d")(
    lambda p, y: np.array(np.average(-np.log(np.take_along_axis(p, y[:, None].astype(int), 1))))
)


@right("cross_entropy", "a loop")
def _(probabilities: np.ndarray, y: np.ndarray) -> float:
    total = 0.0
    for i, label in enumerate(y):
        total -= np.log(probabilities[i][label])
    return total / len(y)


def surprise(p, y):
    return -np.log(p[np.arange(len(y)), y])


wrong("cross_entropy", "sum", score=0)(lambda p, y: surprise(p, y).sum())
wrong("cross_entropy", "each example", score=0)(surprise)
wrong("cross_entropy", "positive logarithm", score=0)(lambda p, y: -surprise(p, y).mean())
wrong("cross_entropy", "base 10", score=0)(lambda p, y: surprise(p, y).mean() / np.log(10))
wrong("cross_entropy", "base 2", score=0)(lambda p, y: surprise(p, y).mean() / np.log(2))
wrong("cross_entropy", "logarithm of the mean", score=0)(
    lambda p, y: -np.log(p[np.arange(len(y)), y].mean())
)
wrong("cross_entropy", "all classes", score=0)(lambda p, y: -np.log(p).mean())
wrong("cross_entropy", "mean over entries", score=0)(lambda p, y: surprise(p, y).sum() / p.size)
wrong("cross_entropy", "entropy", score=0)(lambda p, y: -np.sum(p * np.log(p), axis=1).mean())
wrong("cross_entropy", "largest probability", score=0)(lambda p, y: -np.log(p.max(axis=1)).mean())
wrong("cross_entropy", "columns indexed", score=0)(lambda p, y: -np.log(p[:, y]).mean())
wrong("cross_entropy", "one minus", score=0)(lambda p, y: 1 - p[np.arange(len(y)), y].mean())
wrong("cross_entropy", "other classes too", score=0)(
    lambda p, y: surprise(p, y).mean() - np.log(1 - p.max(axis=1) + 1e-9).mean()
)
wrong("cross_entropy", "clipped at 0.01")(
    lambda p, y: -np.log(np.clip(p[np.arange(len(y)), y], 1e-2, 1)).mean()
)
wrong("cross_entropy", "large epsilon", score=0)(
    lambda p, y: -np.log(p[np.arange(len(y)), y] + 1e-3).mean()
)
wrong("cross_entropy", "float32", score=0)(lambda p, y: surprise(p, y).astype(np.float32).mean())
wrong("cross_entropy", "softmax once more", score=0)(lambda p, y: surprise(softmax(p), y).mean())


@wrong("cross_entropy", "in place", score=0)
def _(probabilities, y):
    np.log(probabilities, out=probabilities)
    return -probabilities[np.arange(len(y)), y].mean()


@right("sample_batch", "integers")
def _(X, y, batch_size, rng):
    i = rng.integers(0, len(X), batch_size)
    return X[i], y[i]


@right("sample_batch", "choice")
def _(X, y, batch_size, rng):
    i = rng.choice(X.shape[0], size=batch_size, replace=True)
    return [X[i], y[i]]


@right("sample_batch", "choice of an array of numbers")
def _(X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator):
    i = rng.choice(np.arange(y.size), batch_size)
    return X.take(i, axis=0), y.take(i)


@right("sample_batch", "scaled random numbers")
def _(X, y, batch_size, rng):
    i = np.floor(rng.random(batch_size) * len(y)).astype(np.int32)
    return X[i, :], y[i]


@right("sample_batch", "one by one")
def _(X, y, batch_size, rng):
    rows, labels = [], []
    for _ in range(batch_size):
        i = int(rng.integers(len(y)))
        rows.append(X[i])
        labels.append(y[i])
    return np.array(rows), np.array(labels)


@right("sample_batch", "uniform numbers")
def _(X, y, batch_size, rng):
    i = [int(u) for u in rng.uniform(0, len(X), size=batch_size)]
    return np.asfortranarray(X[i]), y[i]


@right("sample_batch", "first of many shuffles")
def _(X, y, batch_size, rng):
    i = rng.permuted(np.tile(np.arange(len(X)), (batch_size, 1)), axis=1)[:, 0]
    return X[i], y[i]


@right("sample_batch", "counts that are shuffled")
def _(X, y, batch_size, rng):
    counts = rng.multinomial(batch_size, np.full(len(X), 1 / len(X)))
    i = rng.permutation(np.repeat(np.arange(len(X)), counts))
    return X[i], y[i]


@right("sample_batch", "Python's generator with a drawn seed")
def _(X, y, batch_size, rng):
    own = random.Random(int(rng.integers(2**62)))
    i = np.array(own.choices(range(len(X)), k=batch_size))
    return X[i], y[i]


def rows(pick):
    def sample(X, y, batch_size, rng):
        i = pick(len(X), batch_size, rng)
        return X[i], y[i]

    return sample


wrong("sample_batch", "without replacement", score=0)(
    rows(lambda n, k, rng: rng.choice(n, size=k, replace=k > n))
)
wrong("sample_batch", "a permutation", score=0)(rows(lambda n, k, rng: rng.permutation(n)[:k]))
wrong("sample_batch", "first rows", score=0)(rows(lambda n, k, rng: np.arange(k) % n))
wrong("sample_batch", "a run of rows", score=0)(
    rows(lambda n, k, rng: (rng.integers(n) + np.arange(k)) % n)
)
wrong("sample_batch", "one row many times", score=0)(
    rows(lambda n, k, rng: np.full(k, rng.integers(n)))
)
wrong("sample_batch", "never the last row")(rows(lambda n, k, rng: rng.integers(0, n - 1, k)))
wrong("sample_batch", "never the first row")(rows(lambda n, k, rng: rng.integers(1, n, k)))
wrong("sample_batch", "rounded, ends are rare")(
    rows(lambda n, k, rng: np.rint(rng.random(k) * (n - 1)).astype(int))
)
wrong("sample_batch", "small rows more likely")(
    rows(lambda n, k, rng: (rng.random(k) ** 2 * n).astype(int))
)
wrong("sample_batch", "normal numbers")(
    rows(lambda n, k, rng: np.clip(rng.normal(n / 2, n / 6, k), 0, n - 1).astype(int))
)
wrong("sample_batch", "global state", score=0)(
    rows(lambda n, k, rng: np.random.randint(0, n, k))  # noqa: NPY002
)
wrong("sample_batch", "a seed of its own", score=0)(
    rows(lambda n, k, rng: np.random.default_rng(0).integers(n, size=k))
)
wrong("sample_batch", "fresh generator", score=0)(
    rows(lambda n, k, rng: np.random.default_rng().integers(n, size=k))
)
wrong("sample_batch", "half of the rows", score=0)(
    rows(lambda n, k, rng: rng.integers(n // 2, size=k))
)
wrong("sample_batch", "sorted batches of even rows")(
    rows(lambda n, k, rng: 2 * rng.integers((n + 1) // 2, size=k))
)
wrong("sample_batch", "one row less")(rows(lambda n, k, rng: rng.integers(n, size=max(k - 1, 1))))
wrong("sample_batch", "at most N rows")(rows(lambda n, k, rng: rng.integers(n, size=min(k, n))))


@wrong("sample_batch", "labels drawn apart", score=0)
def _(X, y, batch_size, rng):
    return X[rng.integers(len(X), size=batch_size)], y[rng.integers(len(X), size=batch_size)]


@wrong("sample_batch", "indices instead of labels", score=0)
def _(X, y, batch_size, rng):
    i = rng.integers(len(X), size=batch_size)
    return X[i], i


@wrong("sample_batch", "shuffles the data in place", score=0)
def _(X, y, batch_size, rng):
    i = rng.integers(len(X), size=batch_size)
    out = X[i], y[i]
    X[:], y[:] = np.roll(X, 1, axis=0), np.roll(y, 1)
    return out
