"""Answers to fit_standardizer."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
written out
    n = X_train.shape[0]
    mean = np.sum(X_train, axis=0) / n
    return mean, np.sqrt(np.sum((X_train - mean) ** 2, axis=0) / n)

feature by feature
    means, stds = [], []
    for column in X_train.T.astype(float):
        m = sum(column) / len(column)
        means.append(m)
        stds.append((sum((x - m) ** 2 for x in column) / len(column)) ** 0.5)
    return np.array(means), np.array(stds)

mean of squares minus square of mean
    X = np.asarray(X_train, dtype=np.float64)
    mean = np.einsum("nd->d", X) / len(X)
    return mean, np.sqrt(np.maximum(np.einsum("nd,nd->d", X, X) / len(X) - mean * mean, 0.0))

pure Python
    import math

    columns = [[float(x) for x in column] for column in zip(*X_train.tolist(), strict=True)]
    means = [math.fsum(c) / len(c) for c in columns]
    stds = [
        math.sqrt(math.fsum((x - m) ** 2 for x in c) / len(c))
        for c, m in zip(columns, means, strict=True)
    ]
    return np.array(means), np.array(stds)

Welford, row by row
    mean, squares = np.zeros(X_train.shape[1]), np.zeros(X_train.shape[1])
    for n, row in enumerate(X_train.astype(np.float64), start=1):
        delta = row - mean
        mean = mean + delta / n
        squares += delta * (row - mean)
    return mean, np.sqrt(squares / len(X_train))

einsum and norm
    mean = np.einsum("nd->d", X_train.astype(float)) / X_train.shape[0]
    return mean, np.linalg.norm(X_train - mean, axis=0) / np.sqrt(X_train.shape[0])

the statistics module
    import statistics

    columns = X_train.T.tolist()
    return (
        np.array([statistics.fmean(c) for c in columns]),
        np.array([statistics.pstdev(map(float, c)) for c in columns]),
    )

a named tuple of views
    from collections import namedtuple

    both = np.empty((X_train.shape[1], 2))
    both[:, 0] = np.average(X_train, axis=0)
    both[:, 1] = np.var(X_train, axis=0, dtype=np.float64) ** 0.5
    return namedtuple("Statistics", "mean std")(both[:, 0], both[:, 1])
""")

answers.wrong("""
N - 1, of a single example as well [score=0]
    - std(axis=0)
    + std(axis=0, ddof=1)

float32 [score=0]
    mean, std = reference(X_train)
    return mean.astype(np.float32), std.astype(np.float32)

a little more than the std [score=0]
    - X_train.std(axis=0)
    + X_train.std(axis=0) + 1e-4

squares of the input's own type
    mean = X_train.mean(axis=0)
    return mean, np.sqrt(np.abs((X_train * X_train).mean(axis=0) - mean**2))

median [score=0]
    - X_train.mean(axis=0)
    + np.median(X_train, axis=0)

keepdims [score=0.5]
    return X_train.mean(axis=0, keepdims=True), X_train.std(axis=0, keepdims=True)

the input's type
    - X_train.mean(axis=0)
    + X_train.mean(axis=0).astype(X_train.dtype)

mean alone [score=0]
    return X_train.mean(axis=0)

lowest to highest [score=0]
    - X_train.std(axis=0)
    + np.ptp(X_train, axis=0).astype(float)

standardised rows [score=0]
    return (X_train - X_train.mean(axis=0)) / X_train.std(axis=0)

last row forgotten [score=0]
    return reference(X_train[:-1])

constant features left out
    mean, std = reference(X_train)
    return mean[std > 0], std[std > 0]

interquartile range [score=0]
    - X_train.std(axis=0)
    + np.subtract(*np.percentile(X_train, [75, 25], axis=0))

remembers the first call by its number of features
    kept = {}

    def fit_standardizer(X_train):
        return kept.setdefault(X_train.shape[1], reference(X_train))
""")
