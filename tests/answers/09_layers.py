"""Answers to chapter 09: what comes out of layers, and how many units differ."""

import itertools
import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("activation_statistics", "a dictionary of functions")
def _(X, weights, activation):
    f = {
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(0, z),
    }[activation]
    found = []
    for W in weights:
        X = f(X @ W.T)
        found.append((X.mean(), X.std()))
    return found


@right("activation_statistics", "pure Python")
def _(X, weights, activation):
    def squash(z):
        if activation == "tanh":
            return math.tanh(z)
        if activation == "relu":
            return z if z > 0 else 0.0
        return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))

    h, found = X.tolist(), []
    for W in weights:
        rows = W.tolist()
        h = [
            [squash(math.fsum(w * a for w, a in zip(row, x, strict=True))) for row in rows]
            for x in h
        ]
        flat = [a for x in h for a in x]
        mean = math.fsum(flat) / len(flat)
        found.append((mean, math.sqrt(math.fsum((a - mean) ** 2 for a in flat) / len(flat))))
    return found


@right("activation_statistics", "recursion, Python floats")
def _(X, weights, activation):
    if not len(weights):
        return []
    z = np.einsum("nd,md->nm", X, weights[0])
    if activation == "relu":
        h = np.where(z > 0, z, 0.0)
    elif activation == "tanh":
        h = np.tanh(z)
    else:
        h = 0.5 * (1 + np.tanh(z / 2))
    rest = statistics(h, weights[1:], activation)
    return [(float(np.mean(h)), float(np.std(h))), *rest]


def layers(h, weights, activation):
    for W in weights:
        h = act(np.dot(h, np.transpose(W)), activation)
        yield h, (h.mean(), h.std())


def act(z, activation):
    if activation == "tanh":
        return np.tanh(z)
    if activation == "relu":
        return z.clip(min=0)
    return np.exp(-np.logaddexp(0, -z))


@right("activation_statistics", "a generator")
def statistics(X, weights, activation):
    return [pair for _, pair in layers(X, weights, activation)]


@right("activation_statistics", "examples as columns, match")
def _(X: np.ndarray, weights: list[np.ndarray], activation: str) -> list[tuple[float, float]]:
    columns, found = np.asfortranarray(X.T, dtype=float), []
    for W in weights:
        columns = W @ columns
        match activation:
            case "tanh":
                np.tanh(columns, out=columns)
            case "relu":
                columns[columns < 0] = 0
            case "sigmoid":
                columns = np.reciprocal(1 + np.exp(-columns))
        mean = np.average(columns)
        found.append((mean, np.sqrt(np.average((columns - mean) ** 2))))
    return found


@right("activation_statistics", "accumulate, tanh by exponentials")
def _(X, weights, activation):
    def layer(h, W):
        z = h @ W.T
        if activation == "tanh":
            e = np.exp(-2 * np.abs(z))
            return np.sign(z) * (1 - e) / (1 + e)
        return (z + np.abs(z)) / 2 if activation == "relu" else act(z, activation)

    outputs = itertools.islice(itertools.accumulate([X, *weights], layer), 1, None)
    return [(np.mean(h), math.sqrt(np.var(h))) for h in outputs]


@right("activation_statistics", "example by example")
def _(X, weights, activation):
    given = [[] for _ in weights]
    for x in X:
        for place, W in zip(given, weights, strict=True):
            x = act(W.dot(x), activation)
            place.append(x)
    return list(zip([np.mean(h) for h in given], [np.std(h) for h in given], strict=True))


def each(change):
    """A wrong answer: another pair for the outputs ``h`` of each layer."""
    return lambda X, weights, activation: [change(h) for h, _ in layers(X, weights, activation)]


def always(name):
    """A wrong answer with one activation, whatever is asked for."""
    return lambda X, weights, activation: statistics(X, weights, name)


def with_step(step):
    """A wrong answer whose layers do something else; ``step(h, W, activation)``."""

    def measure(X, weights, activation):
        found, h = [], X
        for W in weights:
            h = step(h, W, activation)
            found.append((h.mean(), h.std()))
        return found

    return measure


EX = "activation_statistics"
right(EX, "N - 1, which the row leaves open")(each(lambda h: (h.mean(), h.std(ddof=1))))
wrong(EX, "variance", score=0)(each(lambda h: (h.mean(), h.var())))
wrong(EX, "the other order", score=0)(each(lambda h: (h.std(), h.mean())))
wrong(EX, "per unit", score=0)(each(lambda h: (h.mean(axis=0), h.std(axis=0))))
wrong(EX, "mean of the stds of units", score=0)(each(lambda h: (h.mean(), h.std(axis=0).mean())))
wrong(EX, "mean of the stds of examples", score=0)(each(lambda h: (h.mean(), h.std(axis=1).mean())))
wrong(EX, "std of the means of units", score=0)(each(lambda h: (h.mean(), h.mean(axis=0).std())))
wrong(EX, "size for std")(each(lambda h: (h.mean(), np.sqrt((h**2).mean()))))
wrong(EX, "median")(each(lambda h: (np.median(h), h.std())))
wrong(EX, "sum", score=0)(each(lambda h: (h.sum(), h.std())))
wrong(EX, "without zeros")(each(lambda h: (h[h != 0].mean(), h[h != 0].std())))
wrong(EX, "first example alone", score=0)(each(lambda h: (h[0].mean(), h[0].std())))
wrong(EX, "the outputs", score=0)(each(lambda h: h))
wrong(EX, "means alone", score=0)(each(lambda h: h.mean()))
wrong(EX, "a few digits alone")(
    each(lambda h: tuple(np.array([h.mean(), h.std()]).astype(np.float16).astype(float)))
)
wrong(EX, "a tiny error")(each(lambda h: (h.mean() + 1e-4, h.std())))
wrong(EX, "a dictionary", score=0)(
    lambda X, weights, activation: dict(enumerate(statistics(X, weights, activation)))
)
wrong(EX, "tanh always")(always("tanh"))
wrong(EX, "relu always")(always("relu"))
wrong(EX, "sigmoid always")(always("sigmoid"))
wrong(EX, "the input too", score=0)(
    lambda X, weights, activation: [
        (X.mean(), X.std()),
        *statistics(X, weights, activation),
    ]
)
wrong(EX, "last layer alone")(
    lambda X, weights, activation: statistics(X, weights, activation)[-1:]
)
wrong(EX, "last layer forgotten", score=0)(
    lambda X, weights, activation: statistics(X, weights, activation)[:-1]
)
wrong(EX, "three layers at most", hidden=True)(
    lambda X, weights, activation: statistics(X, weights[:3], activation)
)
wrong(EX, "before the activation", score=0)(
    lambda X, weights, activation: [
        ((h @ W.T).mean(), (h @ W.T).std())
        for h, W in zip([X, *(h for h, _ in layers(X, weights, activation))], weights, strict=False)
    ]
)
wrong(EX, "no activation")(with_step(lambda h, W, a: h @ W.T))
wrong(EX, "weights not transposed", score=0)(with_step(lambda h, W, a: act(h @ W, a)))
wrong(EX, "activation of the input", score=0)(with_step(lambda h, W, a: act(h, a) @ W.T))
wrong(EX, "activation twice")(with_step(lambda h, W, a: act(act(h @ W.T, a), a)))
wrong(EX, "plus a bias of 1", score=0)(with_step(lambda h, W, a: act(h @ W.T + 1, a)))
wrong(EX, "leaky relu")(
    with_step(
        lambda h, W, a: np.maximum(h @ W.T, 0.01 * (h @ W.T)) if a == "relu" else act(h @ W.T, a)
    )
)
wrong(EX, "steep sigmoid")(
    with_step(lambda h, W, a: act((2 if a == "sigmoid" else 1) * (h @ W.T), a))
)
wrong(EX, "absolute value for relu")(
    with_step(lambda h, W, a: np.abs(h @ W.T) if a == "relu" else act(h @ W.T, a))
)
wrong(EX, "standardises in between", score=0)(
    with_step(lambda h, W, a: act((h - h.mean()) / h.std() @ W.T, a))
)
wrong(EX, "divided by the root of fan_in", score=0)(
    with_step(lambda h, W, a: act(h @ W.T / W.shape[1] ** 0.5, a))
)
wrong(EX, "every layer gets X")(
    lambda X, weights, activation: [
        statistics(X, [W], activation)[0]
        if W.shape[1] == X.shape[1]
        else statistics(X, weights, activation)[k]
        for k, W in enumerate(weights)
    ]
)


@wrong(EX, "takes the weights off the list", score=0)
def _(X, weights, activation):
    found = []
    while weights:
        X = act(X @ weights.pop(0).T, activation)
        found.append((X.mean(), X.std()))
    return found


@wrong(EX, "one list for all calls", score=0)
def _(X, weights, activation, found=[]):  # noqa: B006
    found.extend(statistics(X, weights, activation))
    return found


@wrong(EX, "changes the weights", score=0)
def _(X, weights, activation):
    for W in weights:
        W *= 1.0001
    return statistics(X, weights, activation)


DISTINCT = "count_distinct_units"


@right(DISTINCT, "one of each kind")
def _(W, tolerance=1e-12):
    kinds = []
    for row in W:
        if all(np.abs(row - kind).max() > tolerance for kind in kinds):
            kinds.append(row)
    return len(kinds)


@right(DISTINCT, "no earlier twin, all pairs at once")
def count(W, tolerance=1e-12):
    same = np.abs(W[:, None] - W[None]).max(axis=2) <= tolerance
    return int((~np.tril(same, -1).any(axis=1)).sum())


@right(DISTINCT, "pure Python")
def _(W, tolerance=1e-12):
    rows, kinds = W.tolist(), 0
    for i, row in enumerate(rows):
        twins = (
            all(abs(a - b) <= tolerance for a, b in zip(row, other, strict=True))
            for other in rows[:i]
        )
        kinds += not any(twins)
    return kinds


@right(DISTINCT, "crossed off")
def _(W: np.ndarray, tolerance: float = 1e-12) -> int:
    rest, kinds = np.array(W, dtype=float), 0
    while len(rest):
        rest = rest[(np.abs(rest - rest[0]) > tolerance).any(axis=1)]
        kinds += 1
    return kinds


@right(DISTINCT, "recursion and np.allclose without its relative part")
def _(W, tolerance=1e-12):
    if len(W) == 0:
        return 0
    first, *others = W
    return 1 + count(
        np.array([r for r in others if not np.allclose(r, first, rtol=0, atol=tolerance)]).reshape(
            -1, W.shape[1]
        ),
        tolerance,
    )


@right(DISTINCT, "groups that are joined, a NumPy integer")
def _(W, tolerance=1e-12):
    group = np.arange(len(W))
    for i, j in itertools.combinations(range(len(W)), 2):
        if np.linalg.norm(W[i] - W[j], np.inf) <= tolerance:
            group[group == group[j]] = group[i]
    return np.unique(group).size + np.int64(0)


@right(DISTINCT, "labels of the first twin")
def _(W, tolerance=1e-12):
    return len(
        {next(i for i, r in enumerate(W) if np.ptp([r, w], 0).max() <= tolerance) for w in W}
    )


def by(distance):
    """A wrong answer: rows that are the same by another measure; ``distance(a, b)``."""

    def measure(W, tolerance=1e-12):
        return sum(
            all(not distance(W[i], W[j]) <= tolerance for j in range(i)) for i in range(len(W))
        )

    return measure


wrong(DISTINCT, "exact")(lambda W, tolerance=1e-12: len(np.unique(W, axis=0)))
wrong(DISTINCT, "always 1e-12")(lambda W, tolerance=1e-12: count(W))
wrong(DISTINCT, "no default")(lambda W, tolerance: count(W, tolerance))
wrong(DISTINCT, "default 1e-6")(lambda W, tolerance=1e-6: count(W, tolerance))
wrong(DISTINCT, "default 0")(lambda W, tolerance=0: count(W, tolerance))
wrong(DISTINCT, "12 decimals")(lambda W, tolerance=1e-12: len(np.unique(np.round(W, 12), axis=0)))
wrong(DISTINCT, "sets of text")(
    lambda W, tolerance=1e-12: len({" ".join(f"{w:.6f}" for w in row) for row in W})
)
wrong(DISTINCT, "cells as wide as the tolerance")(
    lambda W, tolerance=1e-12: len(np.unique(np.floor(W / tolerance), axis=0))
)
wrong(DISTINCT, "nearest cells")(
    lambda W, tolerance=1e-12: len(np.unique(np.round(W / tolerance), axis=0))
)
wrong(DISTINCT, "np.allclose with its relative part")(
    by(lambda a, b: 0.0 if np.allclose(a, b, atol=1e-12) else np.inf)
)
wrong(DISTINCT, "sum of differences", hidden=True)(by(lambda a, b: np.abs(a - b).sum()))
wrong(DISTINCT, "mean of differences", hidden=True)(by(lambda a, b: np.abs(a - b).mean()))
wrong(DISTINCT, "squared distance")(by(lambda a, b: ((a - b) ** 2).sum()))
wrong(DISTINCT, "Euclidean distance", hidden=True)(by(lambda a, b: np.linalg.norm(a - b)))
wrong(DISTINCT, "signed differences")(by(lambda a, b: (a - b).max()))
wrong(DISTINCT, "smallest difference")(by(lambda a, b: np.abs(a - b).min()))
wrong(DISTINCT, "first weights")(by(lambda a, b: abs(a[0] - b[0])))
wrong(DISTINCT, "sums of weights")(by(lambda a, b: abs(a.sum() - b.sum())))
wrong(DISTINCT, "lengths")(by(lambda a, b: abs(a @ a - b @ b)))
wrong(DISTINCT, "in any order of inputs")(by(lambda a, b: np.abs(np.sort(a) - np.sort(b)).max()))
wrong(DISTINCT, "up to the sign")(by(lambda a, b: np.abs(abs(a) - abs(b)).max()))
wrong(DISTINCT, "directions")(
    by(lambda a, b: 1 - a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-300))
)
wrong(DISTINCT, "columns")(lambda W, tolerance=1e-12: count(W.T, tolerance))
wrong(DISTINCT, "neighbours alone")(
    lambda W, tolerance=1e-12: 1 + int((np.abs(np.diff(W, axis=0)).max(1) > tolerance).sum())
)
wrong(DISTINCT, "neighbours after sorting by the first weight")(
    lambda W, tolerance=1e-12: (
        1 + int((np.abs(np.diff(W[W[:, 0].argsort()], axis=0)).max(1) > tolerance).sum())
    )
)
wrong(DISTINCT, "twins of the first row alone")(
    lambda W, tolerance=1e-12: 1 + int((np.abs(W - W[0]).max(axis=1) > tolerance).sum())
)
wrong(DISTINCT, "rows without a twin")(
    lambda W, tolerance=1e-12: int(
        ((np.abs(W[:, None] - W).max(axis=2) <= tolerance).sum(axis=1) == 1).sum()
    )
)
wrong(DISTINCT, "rows with a twin", score=0)(
    lambda W, tolerance=1e-12: len(W) - count(W, tolerance)
)
wrong(DISTINCT, "pairs that differ", score=0)(
    lambda W, tolerance=1e-12: int((np.abs(W[:, None] - W).max(axis=2) > tolerance).sum() // 2)
)
wrong(DISTINCT, "rank")(lambda W, tolerance=1e-12: int(np.linalg.matrix_rank(W, tol=1e-12)))
wrong(DISTINCT, "different numbers")(lambda W, tolerance=1e-12: len(np.unique(W)))
wrong(DISTINCT, "rows", score=0)(lambda W, tolerance=1e-12: len(W))
wrong(DISTINCT, "a decimal number", score=0)(lambda W, tolerance=1e-12: float(count(W, tolerance)))
wrong(DISTINCT, "whether any differ", score=0)(lambda W, tolerance=1e-12: count(W, tolerance) > 1)
wrong(DISTINCT, "the rows", score=0)(lambda W, tolerance=1e-12: np.unique(W, axis=0))


@wrong(DISTINCT, "sorts in place", score=0)
def _(W, tolerance=1e-12):
    found = count(W, tolerance)
    W.sort(axis=0)
    return found


@wrong(DISTINCT, "rounds in place")
def _(W, tolerance=1e-12):
    W[:] = np.round(W / tolerance) * tolerance
    return count(W, tolerance)
