"""Answers to chapter 03: scores, labels, the bias as one more weight."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong

right("linear_scores", "matrix product")(lambda X, W, b: X @ W.T + b)
right("linear_scores", "np.dot, keywords")(
    lambda X, W, b: np.add(np.dot(X, W.transpose()), b[None])
)
right("linear_scores", "einsum")(lambda X, W, b: np.einsum("nd,cd->nc", X, W) + b)
right("linear_scores", "transposed product, Fortran order")(
    lambda X, W, b: (W @ X.T + b[:, np.newaxis]).T
)
right("linear_scores", "np.inner")(lambda X, W, b: np.inner(X, W) + np.tile(b, (len(X), 1)))
right("linear_scores", "broadcast product")(
    lambda X, W, b: (X[:, None, :] * W[None, :, :]).sum(axis=-1) + b
)
right("linear_scores", "ones appended")(lambda X, W, b: np.c_[X, np.ones(len(X))] @ np.c_[W, b].T)


@right("linear_scores", "pure Python")
def _(X, W, b):
    def score(x, w, offset):
        return float(offset) + sum(p * q for p, q in zip(x, w, strict=True))

    return np.array(
        [[score(x, w, o) for w, o in zip(W.tolist(), b, strict=True)] for x in X.tolist()]
    )


@right("linear_scores", "adds in place to its own array")
def _(X, W, b):
    out = np.zeros((X.shape[0], W.shape[0]), dtype=np.float64)
    out += b
    for d in range(X.shape[1]):
        out += np.outer(X[:, d], W[:, d])
    return out


def scores(X, W, b):
    return X @ W.T + b


wrong("linear_scores", "no bias", score=0)(lambda X, W, b: X @ W.T)
wrong("linear_scores", "W not transposed", score=0)(lambda X, W, b: X @ W + b)
wrong("linear_scores", "transposed", score=0)(lambda X, W, b: scores(X, W, b).T)
wrong("linear_scores", "bias subtracted", score=0)(lambda X, W, b: X @ W.T - b)
wrong("linear_scores", "bias per example", score=0)(
    lambda X, W, b: X @ W.T + np.resize(b, len(X))[:, None]
)
wrong("linear_scores", "mean bias", score=0)(lambda X, W, b: X @ W.T + b.mean())
wrong("linear_scores", "product of bias", score=0)(lambda X, W, b: X @ W.T * b)
wrong("linear_scores", "float32", score=0)(lambda X, W, b: scores(X, W, b).astype(np.float32))
wrong("linear_scores", "type of X")(lambda X, W, b: scores(X, W, b).astype(X.dtype))
wrong("linear_scores", "rounded", score=0)(lambda X, W, b: scores(X, W, b).round(3))
wrong("linear_scores", "first example", score=0)(lambda X, W, b: W @ X[0] + b)
wrong("linear_scores", "at least 0", score=0)(lambda X, W, b: np.maximum(scores(X, W, b), 0))
wrong("linear_scores", "probabilities", score=0)(lambda X, W, b: 1 / (1 + np.exp(-scores(X, W, b))))
wrong("linear_scores", "X scaled", score=0)(lambda X, W, b: X / 255 @ W.T + b)
wrong("linear_scores", "squeezed", hidden=True)(lambda X, W, b: scores(X, W, b).squeeze())
wrong("linear_scores", "a list", score=0)(lambda X, W, b: scores(X, W, b).tolist())
wrong("linear_scores", "W transposed where it fits", score=None)(
    lambda X, W, b: X @ W + b if W.shape[0] == W.shape[1] else X @ W.T + b
)


@wrong("linear_scores", "bias added in place", score=0)
def _(X, W, b):
    W += 0.0 * b[:, None] + 1e-9
    return X @ W.T + b


right("predict_labels", "argmax")(lambda scores: scores.argmax(axis=1))
right("predict_labels", "np.argmax of the last axis")(
    lambda s: np.argmax(s, axis=-1).astype(np.int32)
)
right("predict_labels", "list of indices")(
    lambda scores: np.array([row.index(max(row)) for row in scores.tolist()])
)
right("predict_labels", "stable sort of the negative")(
    lambda scores: np.argsort(-scores, axis=1, kind="stable")[:, 0]
)
right("predict_labels", "argmin of the distance to the maximum")(
    lambda s: np.argmin(s.max(axis=1, keepdims=True) - s, axis=1)
)
right("predict_labels", "first True")(
    lambda s: np.array([int(np.nonzero(row == row.max())[0][0]) for row in s])
)
right("predict_labels", "Python's max with a key")(
    lambda s: np.fromiter((max(range(len(r)), key=r.__getitem__) for r in s), dtype=np.uint8)
)


@right("predict_labels", "a running best")
def _(scores):
    best, labels = scores[:, 0].copy(), np.zeros(len(scores), dtype=np.intp)
    for c in range(1, scores.shape[1]):
        better = scores[:, c] > best
        labels[better] = c
        best = np.maximum(best, scores[:, c])
    return labels


wrong("predict_labels", "wrong axis", score=0)(lambda s: s.argmax(axis=0))
wrong("predict_labels", "flat", score=0)(lambda s: s.argmax())
wrong("predict_labels", "smallest", score=0)(lambda s: s.argmin(axis=1))
wrong("predict_labels", "scores", score=0)(lambda s: s.max(axis=1))
wrong("predict_labels", "last of a tie")(lambda s: s.shape[1] - 1 - s[:, ::-1].argmax(axis=1))
wrong("predict_labels", "of sizes")(lambda s: np.abs(s).argmax(axis=1))
wrong("predict_labels", "from one", score=0)(lambda s: s.argmax(axis=1) + 1)
wrong("predict_labels", "floats", score=0)(lambda s: s.argmax(axis=1).astype(float))
wrong("predict_labels", "one-hot", score=0)(
    lambda s: np.eye(s.shape[1], dtype=int)[s.argmax(axis=1)]
)
wrong("predict_labels", "a column", score=0)(lambda s: s.argmax(axis=1)[:, None])
wrong("predict_labels", "a list", score=0)(lambda s: s.argmax(axis=1).tolist())
wrong("predict_labels", "rounded scores")(lambda s: np.rint(s).argmax(axis=1))
wrong("predict_labels", "positive scores alone")(lambda s: np.maximum(s, 0).argmax(axis=1))
wrong("predict_labels", "softmax that overflows")(
    lambda s: (np.exp(100 * s) / np.exp(100 * s).sum(axis=1, keepdims=True)).argmax(axis=1)
)
wrong("predict_labels", "squeezed", hidden=True)(lambda s: s.argmax(axis=1).squeeze())


@wrong("predict_labels", "sorts in place", score=0)
def _(scores):
    labels = scores.argmax(axis=1)
    scores.sort(axis=1)
    return labels


right("append_ones", "hstack")(lambda X: np.hstack([X, np.ones((X.shape[0], 1))]))
right("append_ones", "c_")(lambda X: np.c_[X, np.ones(len(X))])
right("append_ones", "pad")(lambda X: np.pad(X.astype(float), ((0, 0), (0, 1)), constant_values=1))
right("append_ones", "column_stack")(lambda X: np.column_stack((X, np.ones(X.shape[0]))))
right("append_ones", "insert")(lambda X: np.insert(X.astype(np.float64), X.shape[1], 1, axis=1))
right("append_ones", "lists")(lambda X: np.array([[*map(float, row), 1.0] for row in X.tolist()]))
right("append_ones", "np.append")(lambda X: np.append(X, np.ones_like(X[:, :1], dtype=float), 1))


@right("append_ones", "an array of ones filled, Fortran order")
def _(X: np.ndarray) -> np.ndarray:
    out = np.ones((X.shape[0], X.shape[1] + 1), order="F")
    out[:, :-1] = X
    return out


def longer(X):
    return np.hstack([X, np.ones((len(X), 1))])


wrong("append_ones", "first column", score=0)(lambda X: np.hstack([np.ones((len(X), 1)), X]))
wrong("append_ones", "a row", score=0)(lambda X: np.vstack([X, np.ones((1, X.shape[1]))]))
wrong("append_ones", "zeros", score=0)(lambda X: np.hstack([X, np.zeros((len(X), 1))]))
wrong("append_ones", "empty column", score=0)(
    lambda X: np.hstack([X, np.full((len(X), 1), 1e-300)])
)
wrong("append_ones", "overwrites the last", score=0)(
    lambda X: np.hstack([X[:, :-1], np.ones((len(X), 1))])
)
wrong("append_ones", "two columns", score=0)(lambda X: np.hstack([X, np.ones((len(X), 2))]))
wrong("append_ones", "adds one", score=0)(lambda X: X + 1.0)
wrong("append_ones", "ones alone", score=0)(lambda X: np.ones((X.shape[0], X.shape[1] + 1)))
wrong("append_ones", "float32", score=0)(lambda X: longer(X).astype(np.float32))
wrong("append_ones", "flat", score=0)(lambda X: np.append(X, 1.0))
wrong("append_ones", "transposed", score=0)(lambda X: longer(X).T)
wrong("append_ones", "a list", score=0)(lambda X: longer(X).tolist())
wrong("append_ones", "square alone")(
    lambda X: np.hstack([X, np.ones((X.shape[1], 1))]) if len(X) == X.shape[1] else X
)


@wrong("append_ones", "clears its input", score=0)
def _(X):
    out = longer(X)
    X *= 0
    return out


right("fold_bias", "column_stack")(lambda W, b: np.column_stack([W, b]))
right("fold_bias", "hstack")(lambda W, b: np.hstack((W, b[:, None])))
right("fold_bias", "concatenate")(lambda W, b: np.concatenate([W, b.reshape(-1, 1)], axis=1))
right("fold_bias", "c_")(lambda W, b: np.c_[W, b])
right("fold_bias", "lists")(
    lambda W, b: np.array(
        [[*w, o] for w, o in zip(W.tolist(), b.tolist(), strict=True)], dtype=float
    )
)
right("fold_bias", "vstack of transposed, Fortran order")(lambda W, b: np.vstack([W.T, b]).T)


@right("fold_bias", "filled")
def _(W, b):
    out = np.empty((W.shape[0], W.shape[1] + 1))
    out[:, :-1], out[:, -1] = W, b
    return out


def folded(W, b):
    return np.column_stack([W, b])


wrong("fold_bias", "first column", score=0)(lambda W, b: np.column_stack([b, W]))
wrong("fold_bias", "a row", score=0)(lambda W, b: np.vstack([W, np.resize(b, W.shape[1])]))
wrong("fold_bias", "added", score=0)(lambda W, b: W + b[:, None])
wrong("fold_bias", "ones", score=0)(lambda W, b: np.column_stack([W, np.ones(len(b))]))
wrong("fold_bias", "zeros", score=0)(lambda W, b: np.column_stack([W, np.zeros(len(b))]))
wrong("fold_bias", "negative", score=0)(lambda W, b: np.column_stack([W, -b]))
wrong("fold_bias", "transposed", score=0)(lambda W, b: folded(W, b).T)
wrong("fold_bias", "bias reversed", score=0)(lambda W, b: folded(W, b[::-1]))
wrong("fold_bias", "bias sorted", score=0)(lambda W, b: folded(W, np.sort(b)))
wrong("fold_bias", "first bias for all", score=0)(lambda W, b: folded(W, np.full(len(b), b[0])))
wrong("fold_bias", "flat", score=0)(lambda W, b: np.append(W, b))
wrong("fold_bias", "float32", score=0)(lambda W, b: folded(W, b).astype(np.float32))
wrong("fold_bias", "a tuple", score=0)(lambda W, b: (W, b))
wrong("fold_bias", "twice", score=0)(lambda W, b: np.column_stack([W, b, b]))
wrong("fold_bias", "integers", score=0)(lambda W, b: folded(W, b).astype(int))
