"""Answers to chapter 08: means and spreads, standardising, from lowest to highest."""

import math
import statistics
from typing import NamedTuple

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("fit_standardizer", "methods of the array")
def fit(X_train):
    return X_train.mean(axis=0), X_train.std(axis=0)


@right("fit_standardizer", "pure Python")
def _(X_train):
    columns = [[float(x) for x in column] for column in zip(*X_train.tolist(), strict=True)]
    means = [math.fsum(c) / len(c) for c in columns]
    stds = [
        math.sqrt(math.fsum((x - m) ** 2 for x in c) / len(c))
        for c, m in zip(columns, means, strict=True)
    ]
    return np.array(means), np.array(stds)


@right("fit_standardizer", "Welford, row by row")
def _(X_train):
    mean, squares = np.zeros(X_train.shape[1]), np.zeros(X_train.shape[1])
    for n, row in enumerate(X_train.astype(np.float64), start=1):
        delta = row - mean
        mean = mean + delta / n
        squares += delta * (row - mean)
    return mean, np.sqrt(squares / len(X_train))


@right("fit_standardizer", "einsum and norm")
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = np.einsum("nd->d", X_train.astype(float)) / X_train.shape[0]
    return mean, np.linalg.norm(X_train - mean, axis=0) / np.sqrt(X_train.shape[0])


@right("fit_standardizer", "mean of squares minus squared mean")
def _(X_train):
    X = X_train.astype(np.float64)
    mean = X.mean(0)
    return mean, np.sqrt(np.maximum((X**2).mean(0) - mean**2, 0))


@right("fit_standardizer", "the statistics module")
def _(X_train):
    columns = X_train.T.tolist()
    return (
        np.array([statistics.fmean(c) for c in columns]),
        np.array([statistics.pstdev(map(float, c)) for c in columns]),
    )


class Statistics(NamedTuple):
    mean: np.ndarray
    std: np.ndarray


@right("fit_standardizer", "a named tuple of views")
def _(X_train):
    both = np.empty((X_train.shape[1], 2))
    both[:, 0] = np.average(X_train, axis=0)
    both[:, 1] = np.var(X_train, axis=0, dtype=np.float64) ** 0.5
    return Statistics(both[:, 0], both[:, 1])


wrong("fit_standardizer", "N - 1", score=0)(lambda X: (X.mean(0), X.std(0, ddof=1)))
wrong("fit_standardizer", "per row", score=0)(lambda X: (X.mean(1), X.std(1)))
wrong("fit_standardizer", "one number for all", score=0)(
    lambda X: (np.full(X.shape[1], X.mean()), np.full(X.shape[1], X.std()))
)
wrong("fit_standardizer", "variance", score=0)(lambda X: (X.mean(0), X.var(0)))
wrong("fit_standardizer", "float32", score=0)(
    lambda X: (X.mean(0).astype(np.float32), X.std(0).astype(np.float32))
)
wrong("fit_standardizer", "the other order", score=0)(lambda X: fit(X)[::-1])
wrong("fit_standardizer", "1 for a constant feature")(
    lambda X: (X.mean(0), np.where(X.std(0) == 0, 1.0, X.std(0)))
)
wrong("fit_standardizer", "a little more than the std", score=0)(
    lambda X: (X.mean(0), X.std(0) + 1e-4)
)
wrong("fit_standardizer", "squares of the input's own type")(
    lambda X: (X.mean(0), np.sqrt(np.abs((X * X).mean(0) - X.mean(0) ** 2)))
)
wrong("fit_standardizer", "mean of absolute differences", score=0)(
    lambda X: (X.mean(0), np.abs(X - X.mean(0)).mean(0))
)
wrong("fit_standardizer", "median", score=0)(lambda X: (np.median(X, 0), X.std(0)))
wrong("fit_standardizer", "keepdims", score=0)(
    lambda X: (X.mean(0, keepdims=True), X.std(0, keepdims=True))
)
wrong("fit_standardizer", "the input's type")(lambda X: (X.mean(0).astype(X.dtype), X.std(0)))
wrong("fit_standardizer", "size instead of std", score=0)(
    lambda X: (X.mean(0), np.sqrt((X.astype(float) ** 2).mean(0)))
)
wrong("fit_standardizer", "mean alone", score=0)(lambda X: X.mean(0))
wrong("fit_standardizer", "lowest to highest", score=0)(
    lambda X: (X.mean(0), np.ptp(X, axis=0).astype(float))
)
wrong("fit_standardizer", "standardised rows", score=0)(lambda X: (X - X.mean(0)) / X.std(0))
wrong("fit_standardizer", "last row forgotten", score=0)(lambda X: fit(X[:-1]))
wrong("fit_standardizer", "constant features left out")(
    lambda X: (X.mean(0)[X.std(0) > 0], X.std(0)[X.std(0) > 0])
)
wrong("fit_standardizer", "interquartile range", score=0)(
    lambda X: (X.mean(0), np.subtract(*np.percentile(X, [75, 25], axis=0)))
)


@wrong("fit_standardizer", "centres the training rows in place", score=0)
def _(X_train):
    mean = X_train.mean(axis=0)
    X_train -= mean.astype(X_train.dtype)
    return mean, np.sqrt((X_train.astype(float) ** 2).mean(axis=0))


KEPT: dict[int, tuple] = {}


@wrong("fit_standardizer", "remembers the first call by its number of features")
def _(X_train):
    return KEPT.setdefault(X_train.shape[1], fit(X_train))


@right("standardize", "a safe divisor and np.where")
def _(X, mean, std):
    safe = np.where(std == 0, 1.0, std)
    return np.where(std == 0, 0.0, (X - mean) / safe)


@right("standardize", "np.divide where")
def _(X, mean, std):
    out = np.zeros(X.shape)
    np.divide(X - mean, std, out=out, where=std != 0)
    return out


@right("standardize", "pure Python")
def _(X, mean, std):
    return np.array(
        [
            [
                (float(x) - m) / s if s else 0.0
                for x, m, s in zip(row, mean.tolist(), std.tolist(), strict=True)
            ]
            for row in X
        ]
    )


@right("standardize", "not-a-numbers and infinities cleared")
def _(X, mean, std):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num((X - mean) / std, nan=0.0, posinf=0.0, neginf=0.0)


@right("standardize", "a mask on a copy, with NumPy's warnings")
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    out = np.array(X, dtype=np.float64)
    out -= mean
    out /= std
    out[:, std == 0] = 0
    return out


@right("standardize", "a diagonal matrix")
def _(X, mean, std):
    return (X - mean) @ np.diag([1 / s if s > 0 else 0.0 for s in std])


@right("standardize", "column by column, Fortran order")
def _(X, mean, std):
    out = np.zeros(X.shape, order="F")
    for j in np.flatnonzero(std):
        out[:, j] = (X[:, j] - mean[j]) / std[j]
    return out


@right("standardize", "np.isclose")
def _(X, mean, std):
    flat = np.isclose(std, 0)
    return (X - mean) * np.where(flat, 0, 1 / np.where(flat, 1, std))


@right("standardize", "features as rows")
def _(X, mean, std):
    rows = [(X[:, j] - mean[j]) / std[j] if std[j] else np.zeros(len(X)) for j in range(len(std))]
    return np.array(rows).T


def scaled(X, mean, std):
    live = std != 0
    return np.where(live, (X - mean) / np.where(live, std, 1), 0.0)


wrong("standardize", "plain division")(lambda X, mean, std: (X - mean) / std)
wrong("standardize", "not-a-numbers alone cleared")(
    lambda X, mean, std: np.nan_to_num((X - mean) / std)
)
wrong("standardize", "std plus 1e-8")(lambda X, mean, std: (X - mean) / (std + 1e-8))
wrong("standardize", "root of variance plus 1e-5", score=0)(
    lambda X, mean, std: (X - mean) / np.sqrt(std**2 + 1e-5) * (std > 0)
)
wrong("standardize", "std 1 for a constant feature")(
    lambda X, mean, std: (X - mean) / np.where(std == 0, 1, std)
)
wrong("standardize", "not centred", score=0)(
    lambda X, mean, std: scaled(X, np.zeros_like(mean), std)
)
wrong("standardize", "not scaled", score=0)(lambda X, mean, std: (X - mean) * (std > 0))
wrong("standardize", "statistics of X", score=0)(
    lambda X, mean, std: scaled(X, X.mean(0), X.std(0))
)
wrong("standardize", "mean of X", score=0)(lambda X, mean, std: scaled(X, X.mean(0), std))
wrong("standardize", "std of X", score=0)(lambda X, mean, std: scaled(X, mean, X.std(0)))
wrong("standardize", "variance", score=0)(lambda X, mean, std: scaled(X, mean, std**2))
wrong("standardize", "mean and std swapped", score=0)(lambda X, mean, std: scaled(X, std, mean))
wrong("standardize", "scaled before it is centred", score=0)(
    lambda X, mean, std: np.where(std > 0, X / np.where(std > 0, std, 1) - mean, 0.0)
)
wrong("standardize", "mean minus X", score=0)(lambda X, mean, std: -scaled(X, mean, std))
wrong("standardize", "float32", score=0)(
    lambda X, mean, std: scaled(X, mean, std).astype(np.float32)
)
wrong("standardize", "a tiny error", score=0)(lambda X, mean, std: scaled(X, mean, std) + 1e-4)
wrong("standardize", "in the input's type")(
    lambda X, mean, std: scaled(X.astype(float), mean.astype(X.dtype), std)
)
wrong("standardize", "constant features left out")(
    lambda X, mean, std: ((X - mean) / np.where(std > 0, std, 1))[:, std > 0]
)
wrong("standardize", "clipped to 3")(lambda X, mean, std: np.clip(scaled(X, mean, std), -3, 3))
wrong("standardize", "all 0 where one std is 0")(
    lambda X, mean, std: scaled(X, mean, std) * (std > 0).all()
)
wrong("standardize", "small spreads taken for none")(
    lambda X, mean, std: scaled(X, mean, np.where(std < 1e-3, 0.0, std))
)
wrong("standardize", "statistics along rows", score=0)(
    lambda X, mean, std: (X - mean[:, None]) / std[:, None]
)


@wrong("standardize", "writes into X", score=0)
def _(X, mean, std):
    if X.dtype != np.float64:
        return scaled(X, mean, std)
    X -= mean
    X /= np.where(std == 0, np.inf, std)
    return X


@wrong("standardize", "writes into std")
def _(X, mean, std):
    flat = std == 0
    std[flat] = 1
    out = (X - mean) / std
    out[:, flat] = 0
    return out


@right("min_max_scale", "np.where")
def _(X, low, high):
    span = np.asarray(high, dtype=float) - low
    return np.where(span == 0, 0.0, (X - np.asarray(low, float)) / np.where(span == 0, 1, span))


@right("min_max_scale", "np.divide where")
def _(X, low, high):
    X, low, high = (a.astype(np.float64) for a in (X, low, high))
    return np.divide(X - low, high - low, out=np.zeros_like(X), where=high > low)


@right("min_max_scale", "pure Python")
def _(X, low, high):
    low, high = low.tolist(), high.tolist()
    table = [
        [0.0 if a == b else (x - a) / (b - a) for x, a, b in zip(row, low, high, strict=True)]
        for row in X.tolist()
    ]
    return np.array(table)


@right("min_max_scale", "a mask, in place on a copy")
def _(X, low, high):
    out = X.astype(float)
    out -= low
    changing = low != high
    out[:, changing] /= 1.0 * high[changing] - low[changing]
    out[:, ~changing] = 0
    return out


@right("min_max_scale", "scale and shift")
def _(X: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    low, high = low * 1.0, high * 1.0
    with np.errstate(divide="ignore"):
        scale = 1 / (high - low)
    scale[np.isinf(scale)] = 0
    return X * scale - low * scale


@right("min_max_scale", "column by column, Fortran order")
def _(X, low, high):
    out = np.zeros(X.shape, order="F")
    for j, (a, b) in enumerate(zip(low.astype(float), high.astype(float), strict=True)):
        if b - a:
            out[:, j] = (X[:, j] - a) / (b - a)
    return out


@right("min_max_scale", "infinities cleared")
def _(X, low, high):
    with np.errstate(all="ignore"):
        out = (X.astype(float) - low) / (high.astype(float) - low)
    out[~np.isfinite(out)] = 0.0
    return out


def stretched(X, low, high):
    X, low, high = np.asarray(X, float), np.asarray(low, float), np.asarray(high, float)
    return np.where(high == low, 0.0, (X - low) / np.where(high == low, 1, high - low))


wrong("min_max_scale", "plain division")(
    lambda X, low, high: (X - low.astype(float)) / (high.astype(float) - low)
)
wrong("min_max_scale", "clipped")(lambda X, low, high: np.clip(stretched(X, low, high), 0, 1))
wrong("min_max_scale", "limits of X", score=0)(
    lambda X, low, high: stretched(X, X.min(0), X.max(0))
)
wrong("min_max_scale", "one pair of limits for all", score=0)(
    lambda X, low, high: stretched(X, np.full_like(low, low.min()), np.full_like(high, high.max()))
)
wrong("min_max_scale", "span 1 for a constant feature")(
    lambda X, low, high: stretched(X, low, np.where(high == low, low + 1, high))
)
wrong("min_max_scale", "1e-8 added to the span")(
    lambda X, low, high: (X - low.astype(float)) / (high.astype(float) - low + 1e-8)
)
wrong("min_max_scale", "not-a-numbers alone cleared")(
    lambda X, low, high: np.nan_to_num((X - low.astype(float)) / (high.astype(float) - low))
)
wrong("min_max_scale", "divided by high", score=0)(
    lambda X, low, high: (X - low.astype(float)) / np.where(high == 0, 1, high)
)
wrong("min_max_scale", "not shifted", score=0)(
    lambda X, low, high: X / np.where(high == low, 1, high.astype(float) - low)
)
wrong("min_max_scale", "from -1 to 1", score=0)(
    lambda X, low, high: 2 * stretched(X, low, high) - 1
)
wrong("min_max_scale", "from high down", score=0)(lambda X, low, high: stretched(X, high, low))
wrong("min_max_scale", "wraps around in uint8")(
    lambda X, low, high: np.where(high > low, (X - low) / np.where(high > low, high - low, 1), 0.0)
)
wrong("min_max_scale", "float32", score=0)(
    lambda X, low, high: stretched(X, low, high).astype(np.float32)
)
wrong("min_max_scale", "to 0..255", score=0)(lambda X, low, high: 255 * stretched(X, low, high))
wrong("min_max_scale", "0.5 for a constant feature")(
    lambda X, low, high: np.where(high == low, 0.5, stretched(X, low, high))
)
wrong("min_max_scale", "constant features left out")(
    lambda X, low, high: stretched(X, low, high)[:, high > low]
)
wrong("min_max_scale", "rounded", score=0)(lambda X, low, high: stretched(X, low, high).round(3))
wrong("min_max_scale", "the first feature's limits", score=0)(
    lambda X, low, high: stretched(X, np.full_like(low, low[0]), np.full_like(high, high[0]))
)
wrong("min_max_scale", "whole numbers of the division")(
    lambda X, low, high: (
        stretched(X, low, high) if X.dtype == np.float64 else np.floor(stretched(X, low, high))
    )
)


@wrong("min_max_scale", "writes into X", score=0)
def _(X, low, high):
    out = stretched(X, low, high)
    X[:] = out.astype(X.dtype)
    return out


@wrong("min_max_scale", "writes into high")
def _(X, low, high):
    flat = high == low
    high[flat] += 1
    return np.where(flat, 0.0, stretched(X, low, high))
