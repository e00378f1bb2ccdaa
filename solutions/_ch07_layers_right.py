"""Chapter 07: right layers, written differently from the references."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from solutions._ch07_activations import (
    chapter,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
)
from solutions._ch07_affine import affine_backward, affine_forward, softmax_cross_entropy


@chapter.variant(sigmoid_forward, "the formula as it stands")
def _(x: np.ndarray) -> Any:
    with np.errstate(over="ignore"):  # 1 / infinity is 0, as it should be
        out = 1 / (1 + np.exp(-x))
    return out, out


@chapter.variant(sigmoid_forward, "by sign, with masks")
def _(x: np.ndarray) -> Any:
    out = np.zeros_like(x)
    positive = x >= 0
    out[positive] = 1 / (1 + np.exp(-x[positive]))
    e = np.exp(x[~positive])
    out[~positive] = e / (1 + e)
    return out, {"out": out}


@chapter.variant(sigmoid_forward, "half of a hyperbolic tangent, and a list")
def _(x: np.ndarray) -> Any:
    return [0.5 * (np.tanh(x / 2) + 1), x]


@chapter.variant(sigmoid_forward, "number by number, clipped")
def _(x: np.ndarray) -> Any:
    numbers = [1 / (1 + math.exp(-min(max(v, -700.0), 700.0))) for v in x.ravel().tolist()]
    return np.array(numbers).reshape(x.shape), None


def sigmoid_with_input(x: np.ndarray) -> Any:
    """A sigmoid that remembers its input."""
    return 0.5 * (np.tanh(x / 2) + 1), x


@chapter.variant(sigmoid_backward, "from the input", {"sigmoid_forward": sigmoid_with_input})
def _(dout: np.ndarray, cache: Any) -> Any:
    return dout * (1 - np.tanh(cache / 2) ** 2) / 4


def sigmoid_with_slope(x: np.ndarray) -> Any:
    """A sigmoid that remembers its slope, in a tuple."""
    out = 0.5 * (np.tanh(x / 2) + 1)
    return out, (out * (1 - out), "slope")


@chapter.variant(sigmoid_backward, "a slope kept", {"sigmoid_forward": sigmoid_with_slope})
def _(dout: np.ndarray, cache: Any) -> Any:
    return np.multiply(dout, cache[0])


@chapter.variant(sigmoid_backward, "out minus its square")
def _(dout: np.ndarray, cache: Any) -> Any:
    gradient = np.array(dout, dtype=float)
    gradient *= cache - cache**2
    return gradient


@chapter.variant(relu_forward, "where, the mask kept")
def _(x: np.ndarray) -> Any:
    return np.where(x > 0, x, 0.0), x > 0


@chapter.variant(relu_forward, "zeros on a copy, a list")
def _(x: np.ndarray) -> Any:
    out = x.copy()
    out[out < 0] = 0
    return [out, out]


@chapter.variant(relu_forward, "times a mask")
def _(x: np.ndarray) -> Any:
    return x * (x > 0), (x,)


@chapter.variant(relu_forward, "half of x and its size")
def _(x: np.ndarray) -> Any:
    return (x + abs(x)) / 2, x


@chapter.variant(relu_backward, "where")
def _(dout: np.ndarray, cache: Any) -> Any:
    return np.where(cache > 0, dout, 0.0)


@chapter.variant(relu_backward, "zeros on a copy")
def _(dout: np.ndarray, cache: Any) -> Any:
    dx = dout.copy()
    dx[cache <= 0] = 0
    return dx


@chapter.variant(
    relu_backward,
    "a mask in a dict",
    {"relu_forward": lambda x: (np.maximum(x, 0.0), {"passes": x > 0})},
)
def _(dout: np.ndarray, cache: Any) -> Any:
    passes = cache["passes"] if isinstance(cache, dict) else cache > 0
    dx = np.zeros(dout.shape)
    dx[passes] = dout[passes]
    return dx


@chapter.variant(relu_backward, "from the output", {"relu_forward": lambda x: [x.clip(0)] * 2})
def _(dout: np.ndarray, cache: Any) -> Any:
    return dout * np.sign(np.maximum(cache, 0))


@chapter.variant(affine_forward, "three loops")
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    out = np.zeros((len(x), len(W)))
    for n in range(len(x)):
        row = x[n].flatten()
        for m in range(len(W)):
            out[n, m] = b[m]
            for d in range(len(row)):
                out[n, m] += W[m, d] * row[d]
    return out, (x, W, b)


@chapter.variant(affine_forward, "einsum, bias in place, a list")
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    flat = x.reshape(x.shape[0], np.prod(x.shape[1:], dtype=int))
    out = np.einsum("nd,md->nm", flat, W)
    out += b
    return [out, (flat, W, x.shape)]


@chapter.variant(affine_forward, "tensordot with the weights as images")
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    axes = tuple(range(1, x.ndim))
    return np.tensordot(x, W.reshape(-1, *x.shape[1:]), axes=(axes, axes)) + b, [x, W]


def affine_flat(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    """An affine layer that remembers flat rows and a shape."""
    rows = x.reshape(len(x), -1)
    return rows @ W.T + b, {"rows": rows, "W": W, "shape": x.shape}


@chapter.variant(affine_backward, "flat rows and a shape kept", {"affine_forward": affine_flat})
def _(dout: np.ndarray, cache: Any) -> Any:
    dW = np.matmul(cache["rows"].T, dout).T
    return np.dot(dout, cache["W"]).reshape(cache["shape"]), dW, np.ones(len(dout)) @ dout


@chapter.variant(affine_backward, "example by example")
def _(dout: np.ndarray, cache: Any) -> Any:
    x, W, b = cache
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(b.shape)
    for n in range(x.shape[0]):
        dW += np.outer(dout[n], x[n])
        db += dout[n]
        dx[n] = (W.T @ dout[n]).reshape(x[n].shape)
    return dx, dW, db


@chapter.variant(affine_backward, "einsum, and a list")
def _(dout: np.ndarray, cache: Any) -> Any:
    x, W, _ = cache
    dx = np.einsum("nm,md->nd", dout, W).reshape(x.shape)
    return [dx, np.einsum("nm,nd->md", dout, x.reshape(len(x), -1)), np.einsum("nm->m", dout)]


@chapter.variant(softmax_cross_entropy, "probabilities, one-hot labels")
def _(scores: np.ndarray, y: np.ndarray) -> Any:
    e = np.exp(scores - np.max(scores, axis=1)[:, None])
    p = e / e.sum(axis=1)[:, None]
    wanted = np.eye(scores.shape[1])[y]
    return float(-np.sum(wanted * np.log(np.where(wanted > 0, p, 1.0))) / len(y)), (
        p - wanted
    ) / len(y)


@chapter.variant(softmax_cross_entropy, "logarithm of the sum, in place on a copy, a list")
def _(scores: np.ndarray, y: np.ndarray) -> Any:
    total = np.logaddexp.reduce(scores, axis=1)
    loss = np.mean(total - np.take_along_axis(scores, y[:, None], axis=1)[:, 0])
    gradient = np.exp(scores - total[:, None])
    np.subtract.at(gradient, (np.arange(len(y)), y), 1)
    gradient /= scores.shape[0]
    return [loss, gradient]


@chapter.variant(softmax_cross_entropy, "example by example, a 0-d array for the loss")
def _(scores: np.ndarray, y: np.ndarray) -> Any:
    loss, dscores = 0.0, np.empty(scores.shape)
    for n, (row, label) in enumerate(zip(scores.tolist(), y.tolist(), strict=True)):
        largest = max(row)
        e = [math.exp(s - largest) for s in row]
        for c in range(len(row)):
            dscores[n, c] = (e[c] / sum(e) - (c == label)) / len(scores)
        loss += math.log(sum(e)) + largest - row[label]
    return np.array(loss / len(scores)), dscores
