"""Answers to activation_statistics."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers(__name__)


def act(z, activation):
    """The activation of a name, without an overflow."""
    if activation == "tanh":
        return np.tanh(z)
    if activation == "relu":
        return z.clip(min=0)
    return np.exp(-np.logaddexp(0, -z))


answers.right("""
all outputs first
    outputs = [X]
    for W in weights:
        z = np.einsum("ni,oi->no", outputs[-1], W)
        if activation == "relu":
            z[z < 0] = 0
        elif activation == "tanh":
            z = (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)
        else:
            z = np.exp(z) / (1 + np.exp(z))
        outputs.append(z)
    return [(np.mean(h), np.std(h)) for h in outputs[1:]]

turned on its side, lists of pairs
    columns = X.T
    found = []
    for W in weights:
        columns = W @ columns
        match activation:
            case "relu":
                columns = columns * (columns > 0)
            case "sigmoid":
                columns = 0.5 + 0.5 * np.tanh(columns / 2)
            case _:
                columns = np.tanh(columns)
        mean = columns.sum() / columns.size
        found.append([float(mean), float(np.sqrt(((columns - mean) ** 2).mean()))])
    return found

layer after layer, by itself
    if not weights:
        return []
    h = act(X.dot(weights[0].transpose()), activation)
    rest = []
    for W in weights[1:]:
        rest.append((float(np.average(h)), float(h.std())))
        h = act(h.dot(W.transpose()), activation)
    return [*rest, (float(np.average(h)), float(h.std()))]

a dictionary of functions
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

pure Python
    import math

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

recursion, Python floats
    if not len(weights):
        return []
    z = np.einsum("nd,md->nm", X, weights[0])
    if activation == "relu":
        h = np.where(z > 0, z, 0.0)
    elif activation == "tanh":
        h = np.tanh(z)
    else:
        h = 0.5 * (1 + np.tanh(z / 2))
    rest = activation_statistics(h, weights[1:], activation)
    return [(float(np.mean(h)), float(np.std(h))), *rest]

examples as columns, match
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

accumulate, tanh by exponentials
    import itertools

    def layer(h, W):
        z = h @ W.T
        if activation == "tanh":
            e = np.exp(-2 * np.abs(z))
            return np.sign(z) * (1 - e) / (1 + e)
        return (z + np.abs(z)) / 2 if activation == "relu" else act(z, activation)

    outputs = itertools.islice(itertools.accumulate([X, *weights], layer), 1, None)
    return [(np.mean(h), np.sqrt(np.var(h))) for h in outputs]

example by example
    given = [[] for _ in weights]
    for x in X:
        for place, W in zip(given, weights, strict=True):
            x = act(W.dot(x), activation)
            place.append(x)
    return list(zip([np.mean(h) for h in given], [np.std(h) for h in given], strict=True))

a generator
    def layers(h):
        for W in weights:
            h = act(np.dot(h, np.transpose(W)), activation)
            yield h.mean(), h.std()

    return list(layers(X))
""")

answers.wrong("""
mean of the stds of examples [score=0]
    - h.std()
    + h.std(axis=1).mean()

std of the means of units [score=0]
    - h.std()
    + h.mean(axis=0).std()

size for std
    - h.std()
    + np.sqrt((h**2).mean())

median
    - h.mean()
    + np.median(h)

sum [score=0]
    - h.mean()
    + h.sum()

without zeros
    - (float(h.mean()), float(h.std()))
    + (h[h != 0].mean(), h[h != 0].std())

first example alone [score=0]
    - (float(h.mean()), float(h.std()))
    + (h[0].mean(), h[0].std())

the outputs [score=0]
    - (float(h.mean()), float(h.std()))
    + h

means alone [score=0]
    - (float(h.mean()), float(h.std()))
    + h.mean()

a few digits alone
    - (float(h.mean()), float(h.std()))
    + tuple(np.array([h.mean(), h.std()]).astype(np.float16).astype(float))

a tiny error
    - float(h.mean())
    + h.mean() + 1e-4

a dictionary [score=0]
    - return statistics
    + return dict(enumerate(statistics))

relu always
    - functions[activation]
    + functions["relu"]

sigmoid always
    - functions[activation]
    + functions["sigmoid"]

last layer alone
    - return statistics
    + return statistics[-1:]

last layer forgotten [score=0]
    - return statistics
    + return statistics[:-1]

three layers at most [hidden]
    - in weights:
    + in weights[:3]:

no activation
    - functions[activation](h @ W.T)
    + h @ W.T

activation of the input [score=0]
    - functions[activation](h @ W.T)
    + functions[activation](h) @ W.T

activation twice
    - functions[activation](h @ W.T)
    + functions[activation](functions[activation](h @ W.T))

plus a bias of 1 [score=0]
    - (h @ W.T)
    + (h @ W.T + 1)

leaky relu
    - np.maximum(z, 0)
    + np.maximum(z, 0.01 * z)

steep sigmoid
    - np.exp(-z)
    + np.exp(-2 * z)

absolute value for relu
    - np.maximum(z, 0)
    + np.abs(z)

standardises in between [score=0]
    - (h @ W.T)
    + ((h - h.mean()) / h.std() @ W.T)

divided by the root of fan_in [score=0]
    - (h @ W.T)
    + (h @ W.T / W.shape[1] ** 0.5)

every layer that can take it gets X
    - (h @ W.T)
    + ((X if W.shape[1] == X.shape[1] else h) @ W.T)

takes the weights off the list [score=0]
    - for W in weights:
    + while weights:
    +     W = weights.pop(0)

one list for all calls [score=0]
    def activation_statistics(X, weights, activation, found=[]):
        found.extend(reference(X, weights, activation))
        return found

changes the weights [score=0]
    - h = functions
    + W *= 1.0001
    + h = functions
""")
