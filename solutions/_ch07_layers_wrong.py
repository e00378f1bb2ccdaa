"""Chapter 07: what people write instead of the layers, each with the sentence that helps."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions._ch07_activations import chapter
from solutions._ch07_affine import affine_backward, affine_forward, softmax_cross_entropy

# --- affine ---------------------------------------------------------------------------------------


@chapter.misconception(
    affine_forward, "no-bias", "The bias is missing: every output gets its own b added."
)
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    return x.reshape(len(x), -1) @ W.T, (x, W, b)


@chapter.misconception(
    affine_forward, "not-transposed",
    "The shapes or the sums are not those of a layer: a row of W holds one output's weights, so "
    "the D inputs of an example have to meet the D numbers of a row of W.",
)  # fmt: skip
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    return x.reshape(len(x), -1) @ W + b, (x, W, b)


@chapter.misconception(
    affine_forward, "not-flat",
    "Where the examples are images, nothing fits: lay each of them out as a row of numbers first.",
)  # fmt: skip
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    return x @ W.T + b, (x, W, b)


@chapter.misconception(
    affine_forward, "columns-first",
    "You put the entries of an image into the row in another order: keep the order in which they "
    "stand, the last axis fastest (reshape does so by itself).",
)  # fmt: skip
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    return x.reshape((len(x), -1), order="F") @ W.T + b, (x, W, b)


@chapter.misconception(
    affine_forward, "outputs-down",
    "Your result has a row per output; it needs a row per example and a column per output.",
)  # fmt: skip
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    return W @ x.reshape(len(x), -1).T + b[:, None], (x, W, b)


@chapter.misconception(
    affine_forward, "no-cache",
    "Give back two things, (out, cache): without a cache affine_backward cannot work.",
)  # fmt: skip
def _(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> Any:
    return x.reshape(len(x), -1) @ W.T + b


def backward(dout: np.ndarray, cache: Any) -> Any:
    """The right gradients, to be spoilt."""
    x, W, _ = cache
    rows = x.reshape(len(x), -1)
    return (dout @ W).reshape(x.shape), dout.T @ rows, dout.sum(axis=0)


@chapter.misconception(
    affine_backward, "mean-over-examples",
    "You divide dW and db by N. The mean was taken by the loss, and its 1 / N has arrived in dout "
    "already: here the examples are summed.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dx, dW, db = backward(dout, cache)
    return dx, dW / len(dout), db / len(dout)


@chapter.misconception(
    affine_backward, "db-mean",
    "db is a mean in yours; b is added to every example, so what all of them send back is summed.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dx, dW, _ = backward(dout, cache)
    return dx, dW, dout.mean(axis=0)


@chapter.misconception(
    affine_backward, "db-along-the-outputs",
    "db has to have one number per output: sum over the examples, not over the outputs.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dx, dW, _ = backward(dout, cache)
    return dx, dW, dout.sum(axis=1)


@chapter.misconception(
    affine_backward, "dW-transposed",
    "Your dW has the shape of W.T: a gradient is shaped like the thing that it belongs to, (M, D).",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dx, dW, db = backward(dout, cache)
    return dx, dW.T, db


@chapter.misconception(
    affine_backward, "dx-flat",
    "dx stays flat in yours: where x was a batch of images, dx is shaped like that batch.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dx, dW, db = backward(dout, cache)
    return dx.reshape(len(dx), -1), dW, db


@chapter.misconception(
    affine_backward, "dx-by-W-transposed",
    "The shapes of a product do not fit: (N, M) times which shape gives dx, (N, D), and which two "
    "shapes give dW, (M, D)?",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    x, W, _ = cache
    _, dW, db = backward(dout, cache)
    return (dout @ W.T).reshape(x.shape), dW, db


@chapter.misconception(
    affine_backward, "x-not-flat",
    "Where the examples are images, nothing fits: dW needs each of them as a row of numbers.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    x, W, _ = cache
    return (dout @ W).reshape(x.shape), dout.T @ x, dout.sum(axis=0)


@chapter.misconception(
    affine_backward, "another-order", "The gradients come in the order (dx, dW, db)."
)
def _(dout: np.ndarray, cache: Any) -> Any:
    dx, dW, db = backward(dout, cache)
    return dW, db, dx


# --- softmax and cross-entropy --------------------------------------------------------------------


def loss_with(slip: str) -> Any:
    """softmax_cross_entropy with one slip, told by its name."""

    def slipped(scores: np.ndarray, y: np.ndarray) -> Any:
        top = {"no-shift": 0.0, "one-shift-for-all": scores.max()}.get(
            slip, scores.max(axis=1, keepdims=True)
        )
        if slip == "overwrites-scores":
            scores -= top
        e = np.exp(scores if slip == "overwrites-scores" else scores - top)
        p = e / e.sum(axis=1, keepdims=True)
        n, rows = len(y), np.arange(len(y))
        right = np.log10(p[rows, y]) if slip == "log10" else np.log(p[rows, y])
        loss = -right.sum() if slip == "sum" else -right.mean()
        if slip != "probabilities-alone":
            p[rows, y] -= 1.0
        if slip == "uphill":
            p = -p
        return loss, p if slip in ("sum", "gradient-of-the-sum") else p / n

    return slipped


SLIPS = {
    "no-shift":
        "e^1000 is infinite and e^-1000 is 0, so scores of that size end in NaN: subtract each "
        "row's largest score first, which changes no probability.",
    "one-shift-for-all":
        "You subtract the largest score of the whole batch: a row that lies far below it is all "
        "zeros after exp. Every row needs its own largest.",
    "overwrites-scores":
        "The result is right, but you shifted the scores in place: they are the caller's.",
    "log10": "You took the logarithm to base 10; the loss uses the natural one.",
    "sum":
        "You add up the losses of the examples; the loss is their mean, and so is its gradient.",
    "gradient-of-the-sum":
        "The loss is a mean over N examples, and your gradient is that of their sum: its 1 / N is "
        "missing.",
    "probabilities-alone":
        "Your gradient is p / N; at the right class of each example a 1 goes off before dividing.",
    "uphill": "Your gradient has the wrong sign: raising the right class's score lowers the loss.",
}  # fmt: skip
for name, sentence in SLIPS.items():
    chapter.misconception(softmax_cross_entropy, name, sentence)(loss_with(name))
