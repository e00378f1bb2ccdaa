"""Answers to chapter 05: the loss of softmax and its slope."""

import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong
BOTH = ("softmax_loss_naive", "softmax_loss")


def for_both(register, style, names=BOTH, **options):
    def keep(implementation):
        for name in names:
            register(name, style, **options)(implementation)
        return implementation

    return keep


@for_both(right, "pure Python", ["softmax_loss_naive"])
def _(W, X, y, reg):
    n, classes = len(X), range(len(W))
    dW, loss = (2 * reg * W).tolist(), reg * float((W * W).sum())
    for x, label in zip(X.tolist(), y.tolist(), strict=True):
        s = [sum(w * v for w, v in zip(W[c].tolist(), x, strict=True)) for c in classes]
        top = max(s)
        total = math.fsum(math.exp(v - top) for v in s)
        loss += (math.log(total) + top - s[label]) / n
        for c in classes:
            p = math.exp(s[c] - top) / total - (c == label)
            dW[c] = [g + p * v / n for g, v in zip(dW[c], x, strict=True)]
    return loss, np.array(dW)


@for_both(right, "a loop over examples", ["softmax_loss_naive"])
def _(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(X.shape[0]):
        s = W.dot(X[i])
        p = np.exp(s - s.max())
        p /= p.sum()
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += p[:, None] * X[i]
    return loss / X.shape[0] + reg * np.sum(W * W), dW / X.shape[0] + 2 * reg * W


@for_both(right, "probabilities minus one")
def _(W, X, y, reg):
    n, rows = len(y), np.arange(len(y))
    s = X @ W.T
    e = np.exp(s - s.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, y]).mean() + reg * np.sum(W * W)
    p[rows, y] -= 1
    return loss, p.T @ X / n + 2 * reg * W


@for_both(right, "logaddexp and one-hot labels")
def _(W, X, y, reg):
    s = np.einsum("nd,cd->nc", X, W)
    hot = np.eye(len(W))[y]
    log_p = s - np.logaddexp.reduce(s, axis=1, keepdims=True)
    loss = -np.vdot(hot, log_p) / len(y)
    dW = np.einsum("nc,nd->cd", np.exp(log_p) - hot, X) / len(y)
    return [float(loss + reg * np.vdot(W, W)), np.asfortranarray(dW + 2 * reg * W)]


@for_both(right, "log of the sum, a class with cached scores")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> tuple[float, np.ndarray]:
    class Model:
        def __init__(self):
            self.s = X.dot(W.T)
            self.s -= self.s.max(axis=1)[:, np.newaxis]
            self.sum = np.exp(self.s).sum(axis=1)

        def loss(self):
            return (np.log(self.sum) - self.s[range(len(y)), y]).mean() + reg * (W**2).sum()

        def gradient(self):
            p = np.exp(self.s) / self.sum[:, None]
            np.subtract.at(p, (np.arange(len(y)), y), 1)
            return p.T.dot(X) / len(y) + 2 * reg * W

    model = Model()
    return np.array(model.loss()), model.gradient()


@for_both(right, "classes in a loop")
def _(W, X, y, reg):
    s = np.stack([X @ w for w in W])
    s = s - s.max(axis=0)
    p = np.exp(s) / np.exp(s).sum(axis=0)
    dW = np.empty_like(W)
    loss = reg * np.linalg.norm(W) ** 2
    for c in range(len(W)):
        mine = y == c
        loss -= np.log(p[c][mine]).sum() / len(X)
        dW[c] = (p[c] - mine) @ X / len(X) + 2 * reg * W[c]
    return loss, dW


@for_both(right, "scores relative to the right one")
def _(W, X, y, reg):
    s = X @ W.T
    away = s - np.take_along_axis(s, y.reshape(-1, 1).astype(int), 1)
    top = away.max(axis=1)
    total = np.exp(away - top[:, None]).sum(axis=1)
    losses = top + np.log(total)
    q = np.exp(away - losses[:, None])
    dW = q.T @ X
    np.add.at(dW, y, -X)
    return np.average(losses) + reg * np.square(W).sum(), dW / X.shape[0] + W * (2 * reg)


@for_both(right, "weights of the mean inside the product")
def _(W, X, y, reg):
    n = X.shape[0]
    s = (W @ X.T).T
    shift = np.max(s, axis=-1, keepdims=True)
    z = np.log(np.sum(np.exp(s - shift), axis=-1, keepdims=True)) + shift
    g = np.exp(s - z) - (np.arange(W.shape[0])[None, :] == y[:, None])
    own = s[np.arange(n), y]
    return float((z[:, 0] - own) @ np.full(n, 1 / n)) + reg * np.sum(W**2), g.T @ (X / n) + reg * (
        W + W
    )


def full(W, X, y, reg, *, mean=True, penalty=1.0, slope=2.0, shift=None, own=1.0, axis=1, base=1.0):
    """The loss with something to get wrong: mean, penalty, shift of the scores, label, axis."""
    rows, n = np.arange(len(y)), len(y) if mean else 1
    s = X @ W.T * base
    e = np.exp(s - (s.max(axis=1, keepdims=True) if shift is None else shift(s)))
    p = e / e.sum(axis=axis, keepdims=True)
    loss = -np.log(p[rows, y]).sum() / n + penalty * reg * np.sum(W * W)
    p[rows, y] -= own
    return loss, p.T @ X / n + slope * reg * W


def kinds(**options):
    return lambda W, X, y, reg: full(W, X, y, reg, **options)


def epsilon(size):
    def loss(W, X, y, reg):
        s = X @ W.T
        e = np.exp(s - s.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        value = -np.log(p[np.arange(len(y)), y] + size).mean() + reg * np.sum(W * W)
        return value, full(W, X, y, reg)[1]

    return loss


for_both(wrong, "overflows")(kinds(shift=lambda s: 0.0))
for_both(wrong, "one maximum for the batch")(kinds(shift=lambda s: s.max()))
for_both(right, "smallest score subtracted: scores of a row are never 700 apart")(
    kinds(shift=lambda s: s.min(axis=1, keepdims=True))
)
for_both(wrong, "sum instead of mean", score=0)(kinds(mean=False))
for_both(wrong, "no penalty", score=0)(kinds(penalty=0.0, slope=0.0))
for_both(wrong, "no penalty in the gradient", score=0)(kinds(slope=0.0))
for_both(wrong, "half the penalty", score=0)(kinds(penalty=0.5, slope=1.0))
for_both(wrong, "factor 2 forgotten", score=0)(kinds(slope=1.0))
for_both(wrong, "label forgotten in the gradient", score=0)(kinds(own=0.0))
for_both(wrong, "normalised over examples", score=0)(kinds(axis=0))
for_both(wrong, "base 2", score=0)(kinds(base=np.log(2)))
for_both(wrong, "epsilon 1e-3", score=0)(epsilon(1e-3))
for_both(wrong, "epsilon 1e-12", hidden=True)(epsilon(1e-12))
for_both(wrong, "gradient transposed", score=0)(
    lambda W, X, y, reg: (full(W, X, y, reg)[0], full(W, X, y, reg)[1].T)
)
for_both(wrong, "uphill", score=0)(
    lambda W, X, y, reg: (full(W, X, y, reg)[0], -full(W, X, y, reg)[1])
)
for_both(wrong, "float32", score=0)(
    lambda W, X, y, reg: (full(W, X, y, reg)[0], full(W, X, y, reg)[1].astype(np.float32))
)
for_both(wrong, "loss negative", score=0)(
    lambda W, X, y, reg: (-full(W, X, y, reg)[0], full(W, X, y, reg)[1])
)
for_both(wrong, "a little off", score=0)(
    lambda W, X, y, reg: (full(W, X, y, reg)[0], full(W, X, y, reg)[1] + 1e-4)
)
for_both(wrong, "ignores reg", score=0)(lambda W, X, y, reg: full(W, X, y, 0.1))
for_both(wrong, "last column not penalised", score=0)(
    lambda W, X, y, reg: (
        full(W, X, y, 0)[0] + reg * np.sum(W[:, :-1] ** 2),
        full(W, X, y, 0)[1] + 2 * reg * np.pad(W[:, :-1], ((0, 0), (0, 1))),
    )
)
for_both(wrong, "loss of the mean probability", score=0)(
    lambda W, X, y, reg: (
        -np.log(
            np.mean(
                np.exp(
                    -np.array([full(W, x[None], c[None], 0)[0] for x, c in zip(X, y, strict=True)])
                )
            )
        )
        + reg * np.sum(W * W),
        full(W, X, y, reg)[1],
    )
)


@for_both(wrong, "clipped scores")
def _(W, X, y, reg):
    s = np.clip(X @ W.T, -500, 500)
    e = np.exp(s)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y]).mean() + reg * np.sum(W * W)
    return loss, (p - np.eye(len(W))[y]).T @ X / len(y) + 2 * reg * W


@for_both(wrong, "NaN to 0")
def _(W, X, y, reg):
    loss, dW = full(W, X, y, reg, shift=lambda s: 0.0)
    return float(np.nan_to_num(loss)), np.nan_to_num(dW)


@for_both(wrong, "changes W in place", score=0)
def _(W, X, y, reg):
    loss, dW = full(W, X, y, reg)
    W -= 0.01 * dW
    return loss, dW


@for_both(wrong, "normalises X in place", score=0)
def _(W, X, y, reg):
    out = full(W, X, y, reg)
    X -= X.mean(axis=0)
    return out


@wrong("softmax_loss", "a loop over examples")
def _(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        one, slope = full(W, X[i : i + 1], y[i : i + 1], 0.0)
        loss += one
        dW += slope
    return loss / len(y) + reg * np.sum(W**2), dW / len(y) + 2 * reg * W


@wrong("softmax_loss", "a loop in the loss alone")
def _(W, X, y, reg):
    loss = 0.0
    for x, label in zip(X, y, strict=True):
        s = W @ x
        loss += np.log(np.exp(s - s.max()).sum()) + s.max() - s[label]
    return loss / len(y) + reg * np.sum(W * W), full(W, X, y, reg)[1]
