"""Answers to chapter 07: the affine layer, forward and back."""

from functools import reduce

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


def flat(x):
    return x.reshape(len(x), -1)


def layer(x, W, b):
    return flat(x) @ W.T + b


@right("affine_forward", "reshape and a product")
def _(x, W, b):
    return x.reshape(x.shape[0], -1) @ W.T + b, (x, W, b)


@right("affine_forward", "einsum, a dict")
def _(x, W, b):
    out = np.einsum("nd,md->nm", x.reshape(len(x), W.shape[1]), W) + b[None]
    return out, {"x": x, "W": W, "b": b}


@right("affine_forward", "loops")
def _(x, W, b):
    out = np.zeros((len(x), len(W)))
    for n, example in enumerate(x):
        for m in range(W.shape[0]):
            out[n, m] = sum(v * w for v, w in zip(example.ravel(), W[m], strict=True)) + b[m]
    return out, None


@right("affine_forward", "tensordot, weights in the shape of an example")
def _(x, W, b):
    axes = tuple(range(1, x.ndim))
    shaped = W.reshape(-1, *x.shape[1:])
    return np.add(np.tensordot(x, shaped, axes=(axes, axes)), b), (x, shaped)


@right("affine_forward", "unit by unit")
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple:
    rows = np.array([example.flatten() for example in x], dtype=float)
    return np.column_stack([rows @ w + offset for w, offset in zip(W, b, strict=True)]), (
        rows,
        x.shape,
        W,
    )


@right("affine_forward", "weight and bias in one, a closure")
def _(x, W, b):
    with_one = np.hstack([flat(x), np.ones((len(x), 1))])
    out = with_one.dot(np.hstack([W, b.reshape(-1, 1)]).T)
    return out, lambda dout: (dout @ W, dout.T @ with_one)


@right("affine_forward", "in place, transposed")
def _(x, W, b):
    out = (W @ flat(x).T).T
    out += b
    return [out, (x.copy(), W.copy(), b.copy())]


def affine(style, formula, score=None):
    wrong("affine_forward", style, score=score)(lambda x, W, b: (formula(x, W, b), (x, W, b)))


def changed(which):
    def formula(x, W, b):
        out = layer(x, W, b)
        (x, W, b)[which][...] *= 2
        return out

    return formula


affine("no bias", lambda x, W, b: flat(x) @ W.T, 0)
affine("bias subtracted", lambda x, W, b: flat(x) @ W.T - b, 0)
affine("W not transposed", lambda x, W, b: flat(x) @ W + b)
affine("W reshaped instead of transposed", lambda x, W, b: flat(x) @ W.reshape(-1, len(W)) + b)
affine("rows alone", lambda x, W, b: x @ W.T + b)
affine("the last axis comes first", lambda x, W, b: x.reshape(len(x), -1, order="F") @ W.T + b)
affine(
    "axes the other way round",
    lambda x, W, b: flat(x.transpose(0, *range(x.ndim - 1, 0, -1))) @ W.T + b,
)
affine("N from the wrong side", lambda x, W, b: x.reshape(W.shape[1], -1).T @ W.T + b)
affine("bent", lambda x, W, b: np.maximum(layer(x, W, b), 0))
affine("bias for each example", lambda x, W, b: flat(x) @ W.T + np.resize(b, (len(x), 1)), 0)
affine("float32", lambda x, W, b: layer(x, W, b).astype(np.float32))
affine("sum of the bias", lambda x, W, b: flat(x) @ W.T + b.sum(), 0)
affine("spoils x", changed(0))
affine("spoils W", changed(1))
affine("spoils b", changed(2))
affine("transposed", lambda x, W, b: layer(x, W, b).T)
affine("squeezed", lambda x, W, b: layer(x, W, b).squeeze())
affine("the first example alone", lambda x, W, b: layer(x[:1], W, b))
affine("first example for all", lambda x, W, b: np.repeat(layer(x[:1], W, b), len(x), axis=0))
affine("mean", lambda x, W, b: layer(x, W, b) / W.shape[1])
affine("tiny error", lambda x, W, b: layer(x, W, b) + 1e-4, 0)
affine("bias twice", lambda x, W, b: layer(x, W, b) + b, 0)
affine("small integers", lambda x, W, b: flat(x).astype(np.uint8) @ W.T + b)
affine(
    "two axes more at most",
    lambda x, W, b: (
        np.einsum(
            "nab,mab->nm", x.reshape(len(x), -1, x.shape[-1]), W.reshape(len(W), x.shape[1], -1)
        )
        + b
    ),
)
wrong("affine_forward", "out alone", score=0)(layer)
wrong("affine_forward", "cache first", score=0)(lambda x, W, b: ((x, W, b), layer(x, W, b)))


@wrong("affine_forward", "writes into the bias")
def _(x, W, b):
    b = np.atleast_1d(b)
    b += 0.0 + flat(x)[0] @ W.T
    return layer(x, W, b - flat(x)[0] @ W.T), (x, W, b)


@right("affine_backward", "products")
def _(dout, cache):
    x, W = cache[:2]
    return (dout @ W).reshape(x.shape), dout.T @ x.reshape(len(x), -1), dout.sum(axis=0)


@right("affine_backward", "einsum, a list")
def _(dout, cache):
    x, W, _ = cache
    dx = np.einsum("nm,md->nd", dout, W).reshape(x.shape)
    return [dx, np.einsum("nm,nd->md", dout, flat(x)), np.einsum("nm->m", dout)]


@right("affine_backward", "loops")
def _(dout, cache):
    x, W, b = cache
    rows, dx, dW, db = flat(x), np.zeros((len(x), W.shape[1])), np.zeros(W.shape), np.zeros(len(b))
    for n in range(len(x)):
        for m in range(len(W)):
            dx[n] += dout[n, m] * W[m]
            dW[m] += dout[n, m] * rows[n]
            db[m] += dout[n, m]
    return dx.reshape(x.shape), dW, db


@right("affine_backward", "outer products summed")
def _(dout, cache):
    x, W, _ = cache
    dW = reduce(np.add, [np.outer(d, row) for d, row in zip(dout, flat(x), strict=True)])
    dx = np.array([(d @ W).reshape(x.shape[1:]) for d in dout])
    return dx, dW, np.ones(len(x)) @ dout


@right(
    "affine_backward",
    "flat rows remembered",
    affine_forward=lambda x, W, b: (layer(x, W, b), (flat(x), x.shape, W)),
)
def _(dout, cache):
    rows, shape, W = cache
    return np.matmul(dout, W).reshape(shape), np.dot(rows.T, dout).T, np.sum(dout, axis=0)


@right(
    "affine_backward",
    "a closure remembered",
    affine_forward=lambda x, W, b: (
        layer(x, W, b),
        lambda d: ((d @ W).reshape(x.shape), d.T @ flat(x), sum(d)),
    ),
)
def _(dout, cache):
    return cache(dout)


@right(
    "affine_backward",
    "shaped weights remembered",
    affine_forward=lambda x, W, b: (layer(x, W, b), dict(x=x, W=W.reshape(-1, *x.shape[1:]))),
)
def _(dout, cache):
    dx = np.tensordot(dout, cache["W"], axes=1)
    dW = np.tensordot(dout, cache["x"], axes=(0, 0))
    return dx, dW.reshape(len(dW), -1), dout.T.sum(axis=1)


def affine_back(style, give, score=None):
    """give(x, W, dout, dx, dW, db) makes something wrong of right gradients."""

    def backward(dout, cache):
        x, W, _ = cache
        return give(x, W, dout, (dout @ W).reshape(x.shape), dout.T @ flat(x), dout.sum(axis=0))

    wrong("affine_backward", style, score=score)(backward)


affine_back(
    "mean over the batch", lambda x, W, d, dx, dW, db: (dx / len(x), dW / len(x), db / len(x))
)
affine_back("mean of the weights", lambda x, W, d, dx, dW, db: (dx, dW / len(x), db / len(x)))
affine_back("db not summed", lambda x, W, d, dx, dW, db: (dx, dW, d), 0)
affine_back("db the mean", lambda x, W, d, dx, dW, db: (dx, dW, d.mean(axis=0)))
affine_back("db over the units", lambda x, W, d, dx, dW, db: (dx, dW, d.sum(axis=1)), 0)
affine_back("db as a row", lambda x, W, d, dx, dW, db: (dx, dW, db[None]), 0)
affine_back("db one number", lambda x, W, d, dx, dW, db: (dx, dW, db.sum()))
affine_back("db ones", lambda x, W, d, dx, dW, db: (dx, dW, np.ones(len(db))), 0)
affine_back("dW transposed", lambda x, W, d, dx, dW, db: (dx, dW.T, db))
affine_back("dW reshaped", lambda x, W, d, dx, dW, db: (dx, dW.T.reshape(W.shape), db))
affine_back("dW of W", lambda x, W, d, dx, dW, db: (dx, W.copy(), db), 0)
affine_back(
    "dW of the last example", lambda x, W, d, dx, dW, db: (dx, np.outer(d[-1], flat(x)[-1]), db)
)
affine_back("dx flat", lambda x, W, d, dx, dW, db: (flat(dx), dW, db))
affine_back(
    "dx in another order",
    lambda x, W, d, dx, dW, db: (flat(dx).reshape(x.shape, order="F"), dW, db),
)
affine_back(
    "dx of W transposed",
    lambda x, W, d, dx, dW, db: ((d @ W.reshape(W.shape[::-1]).T).reshape(x.shape), dW, db),
)
affine_back("order", lambda x, W, d, dx, dW, db: (dW, dx, db), 0)
affine_back("no dx", lambda x, W, d, dx, dW, db: (dW, db), 0)
affine_back("a dict", lambda x, W, d, dx, dW, db: {"dx": dx, "dW": dW, "db": db})
affine_back("float32", lambda x, W, d, dx, dW, db: tuple(map(np.float32, (dx, dW, db))))
affine_back("twice the weights", lambda x, W, d, dx, dW, db: (dx, 2 * dW, db), 0)
affine_back("a penalty besides", lambda x, W, d, dx, dW, db: (dx, dW + 1e-3 * W, db), 0)
affine_back(
    "spoils dout", lambda x, W, d, dx, dW, db: (dx, dW, np.add.accumulate(d, axis=0, out=d)[-1])
)
affine_back("sign", lambda x, W, d, dx, dW, db: (-dx, -dW, -db), 0)
affine_back(
    "dx summed over the batch",
    lambda x, W, d, dx, dW, db: (np.broadcast_to(dx.sum(axis=0), dx.shape), dW, db),
)


@wrong("affine_backward", "stands for rows alone")
def _(dout, cache):
    x, W, _ = cache
    return dout @ W, dout.T @ x, dout.sum(axis=0)


@wrong("affine_backward", "spoils the cached W")
def _(dout, cache):
    x, W, _ = cache
    dx = (dout @ W).reshape(x.shape)
    W[...] = dout.T @ flat(x)
    return dx, W, dout.sum(axis=0)
