"""Answers to chapter 04: the support vector machine's loss and its slope, a step."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong
BOTH = ("svm_loss_naive", "svm_loss")


def for_both(register, style, names=BOTH, **options):
    def keep(implementation):
        for name in names:
            register(name, style, **options)(implementation)
        return implementation

    return keep


@for_both(right, "three loops in pure Python", ["svm_loss_naive"])
def _(W, X, y, reg):
    n, classes, features = len(X), len(W), len(W[0])
    loss, dW = 0.0, [[2 * reg * float(w) for w in row] for row in W]
    for i in range(n):
        s = [sum(float(W[c][d] * X[i][d]) for d in range(features)) for c in range(classes)]
        for c in range(classes):
            if c != y[i] and (margin := s[c] - s[y[i]] + 1) > 0:
                loss += margin / n
                for d in range(features):
                    dW[c][d] += X[i][d] / n
                    dW[y[i]][d] -= X[i][d] / n
    return loss + reg * sum(float(w) ** 2 for row in W for w in row), np.array(dW)


@for_both(right, "a loop over examples", ["svm_loss_naive"])
def _(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for x, label in zip(X, y, strict=True):
        margins = W @ x - W[label] @ x + 1
        margins[label] = 0
        loss += margins[margins > 0].sum()
        on = (margins > 0).astype(float)
        on[label] = -on.sum()
        dW += np.outer(on, x)
    return loss / len(y) + reg * np.sum(W**2), dW / len(y) + 2 * reg * W


@for_both(right, "indicator matrix")
def _(W, X, y, reg):
    n, rows = len(y), np.arange(len(y))
    scores = X @ W.T
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    on = (margins > 0).astype(np.float64)
    on[rows, y] = -on.sum(axis=1)
    return margins.sum() / n + reg * np.sum(W * W), on.T @ X / n + 2 * reg * W


@for_both(right, "one-hot labels, no index")
def _(W, X, y, reg):
    hot = (y[:, None] == np.arange(W.shape[0])).astype(float)
    scores = X.dot(W.T)
    margins = scores - (scores * hot).sum(axis=1, keepdims=True) + 1.0 - hot
    on = np.where(margins > 0, 1.0, 0.0) * (1 - hot)
    slope = on - hot * on.sum(axis=1, keepdims=True)
    loss = (on * margins).sum(axis=1).mean() + reg * np.linalg.norm(W) ** 2
    return float(loss), np.einsum("nc,nd->cd", slope, X) / X.shape[0] + 2 * reg * W


@for_both(right, "a loop over classes, Fortran order, a list")
def _(W, X, y, reg):
    n = X.shape[0]
    own = np.einsum("nd,nd->n", X, W[y])
    loss, dW = reg * np.vdot(W, W), np.asfortranarray(2 * reg * W)
    for c in range(len(W)):
        m = X @ W[c] - own + 1
        active = (m > 0) & (y != c)
        loss += m[active].sum() / n
        dW[c] += X[active].sum(axis=0) / n
        np.subtract.at(dW, y[active], X[active] / n)
    return [loss, dW]


@for_both(right, "a helper class, take_along_axis")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> tuple[float, np.ndarray]:
    class Margins:
        def __init__(self):
            s = np.matmul(X, W.T)
            self.all = s - np.take_along_axis(s, y[:, None].astype(np.int64), axis=1) + 1
            np.put_along_axis(self.all, y[:, None].astype(np.int64), 0, axis=1)

        @property
        def slope(self):
            out = np.heaviside(self.all, 0)
            out[range(len(y)), y] -= out.sum(axis=1)
            return out

    m = Margins()
    loss = np.mean(np.sum(np.clip(m.all, 0, None), axis=1))
    return np.array(loss + reg * (W**2).sum()), m.slope.T.dot(X) / len(X) + reg * W * 2


@for_both(right, "sums of the label's row by np.add.at")
def _(W, X, y, reg):
    margins = X @ W.T
    margins -= margins[np.arange(y.size), y].reshape(-1, 1)
    margins += 1
    np.maximum(margins, 0, out=margins)
    loss = margins.sum() / y.size - 1
    on = np.sign(margins)
    dW = on.T @ X
    np.add.at(dW, y, -X * on.sum(axis=1, keepdims=True))
    return loss + reg * np.square(W).sum(), dW / y.size + 2 * reg * W


@for_both(right, "products of margins and indicators, flat index")
def _(W, X, y, reg):
    n, classes = len(X), len(W)
    scores = np.dot(W, X.T).T
    own = np.ravel(scores)[np.arange(n) * classes + y]
    on = (scores > (own - 1)[:, np.newaxis]) & (y[:, np.newaxis] != np.arange(classes))
    loss = float(np.sum((scores + 1 - own[:, None]) * on)) / n
    dW = on.T.astype(float) @ X
    for c in range(classes):
        dW[c] -= on.sum(axis=1)[y == c] @ X[y == c]
    return loss + reg * sum((w @ w for w in W), 0.0), dW / n + 2.0 * reg * W


def svm(W, X, y, reg, *, margin=1.0, own=0.0, mean=True, penalty=1.0, slope=2.0, minus=True):
    """The loss with something to get wrong: the margin, the label's own part, mean, penalty."""
    rows, n = np.arange(len(y)), len(y) if mean else 1
    scores = X @ W.T
    margins = np.maximum(0, scores - scores[rows, y][:, None] + margin)
    margins[rows, y] = own
    on = (margins > 0).astype(float)
    on[rows, y] = -(margins > 0).sum(axis=1) if minus else 0
    loss = margins.sum() / n + penalty * reg * np.sum(W * W)
    return loss, on.T @ X / n + slope * reg * W


def kinds(**options):
    return lambda W, X, y, reg: svm(W, X, y, reg, **options)


for_both(wrong, "margin 0", score=0)(kinds(margin=0.0))
for_both(wrong, "margin 2", score=0)(kinds(margin=2.0))
for_both(wrong, "counts the label", score=0)(kinds(own=1.0))
for_both(wrong, "sum instead of mean", score=0)(kinds(mean=False))
for_both(wrong, "no penalty", score=0)(kinds(penalty=0.0, slope=0.0))
for_both(wrong, "no penalty in the gradient", score=0)(kinds(slope=0.0))
for_both(wrong, "half the penalty", score=0)(kinds(penalty=0.5, slope=1.0))
for_both(wrong, "factor 2 forgotten", score=0)(kinds(slope=1.0))
for_both(wrong, "row of the label forgotten", score=0)(kinds(minus=False))
for_both(wrong, "gradient transposed", score=0)(
    lambda W, X, y, reg: (svm(W, X, y, reg)[0], svm(W, X, y, reg)[1].T)
)
for_both(wrong, "uphill", score=0)(
    lambda W, X, y, reg: (svm(W, X, y, reg)[0], -svm(W, X, y, reg)[1])
)
for_both(wrong, "float32", score=0)(
    lambda W, X, y, reg: (svm(W, X, y, reg)[0], svm(W, X, y, reg)[1].astype(np.float32))
)
for_both(wrong, "loss alone", score=0)(lambda W, X, y, reg: svm(W, X, y, reg)[0])
for_both(wrong, "swapped", score=0)(lambda W, X, y, reg: svm(W, X, y, reg)[::-1])
for_both(wrong, "reg of 0.1 always", score=0)(lambda W, X, y, reg: svm(W, X, y, 0.1))
for_both(wrong, "three examples always")(
    lambda W, X, y, reg: (
        svm(W, X, y, 0, mean=False)[0] / 3 + reg * np.sum(W * W), svm(W, X, y, reg)[1],
    )
)  # fmt: skip
for_both(wrong, "last column not penalised", score=0)(
    lambda W, X, y, reg: tuple(
        a + b
        for a, b in zip(
            svm(W, X, y, 0),
            (reg * np.sum(W[:, :-1] ** 2), 2 * reg * W * (np.arange(W.shape[1]) < W.shape[1] - 1)),
            strict=True,
        )
    )
)
for_both(wrong, "largest rival alone")(
    lambda W, X, y, reg: (
        np.mean(
            np.maximum(0, 1 + np.where(np.eye(len(W))[y] > 0, -np.inf, X @ W.T).max(axis=1)
                       - (X @ W.T)[np.arange(len(y)), y])
        ) + reg * np.sum(W * W),
        svm(W, X, y, reg)[1],
    )
)  # fmt: skip
for_both(wrong, "squared hinge", score=0)(
    lambda W, X, y, reg: (
        svm(W, X, y, reg)[0]
        + np.mean(np.sum(np.maximum(X @ W.T - np.sum(X * W[y], axis=1)[:, None] + 1, 0) ** 2, 1)),
        svm(W, X, y, reg)[1],
    )
)
for_both(wrong, "gradient a little off", score=0)(
    lambda W, X, y, reg: (svm(W, X, y, reg)[0], svm(W, X, y, reg)[1] + 1e-4)
)
for_both(wrong, "penalised before the mean", score=0)(
    lambda W, X, y, reg: svm(W, X, y, reg / len(y))
)


@for_both(wrong, "changes W in place", score=0)
def _(W, X, y, reg):
    loss, dW = svm(W, X, y, reg)
    W -= 0.01 * dW
    return loss, dW


@for_both(wrong, "sorts the examples in place", score=0)
def _(W, X, y, reg):
    order = np.argsort(y, kind="stable")[::-1]
    X[:], y[:] = X[order], y[order]
    X += 1e-12
    return svm(W, X, y, reg)


@wrong("svm_loss", "a loop over examples")
def _(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        one, slope = svm(W, X[i : i + 1], y[i : i + 1], 0.0)
        loss += one
        dW += slope
    return loss / len(y) + reg * np.sum(W**2), dW / len(y) + 2 * reg * W


@wrong("svm_loss", "a comprehension over examples")
def _(W, X, y, reg):
    parts = [W @ x - W[c] @ x + 1 for x, c in zip(X, y, strict=True)]
    loss = np.mean([np.maximum(p, 0).sum() - 1 for p in parts]) + reg * np.sum(W**2)
    return loss, svm(W, X, y, reg)[1]


right("sgd_step", "as written")(lambda W, dW, learning_rate: W - learning_rate * dW)
right("sgd_step", "np.subtract")(lambda W, dW, rate: np.subtract(W, np.multiply(rate, dW)))
right("sgd_step", "in place on a copy")(lambda W, dW, rate: np.add(W, -rate * dW, out=W.copy()))
right("sgd_step", "lists")(
    lambda W, dW, rate: np.array(
        [
            [w - rate * g for w, g in zip(r, s, strict=True)]
            for r, s in zip(W.tolist(), dW.tolist(), strict=True)
        ]
    )
)  # fmt: skip
right("sgd_step", "rows, Fortran order")(
    lambda W, dW, rate: np.asfortranarray([w - rate * g for w, g in zip(W, dW, strict=True)])
)
right("sgd_step", "einsum")(lambda W, dW, rate: W - np.einsum(",...->...", float(rate), dW))


@right("sgd_step", "entry by entry")
def _(W: np.ndarray, dW: np.ndarray, learning_rate: float) -> np.ndarray:
    new = np.empty_like(W)
    for index in np.ndindex(W.shape):
        new[index] = W[index] - learning_rate * dW[index]
    return new


@wrong("sgd_step", "in place", score=0)
def _(W, dW, learning_rate):
    W -= learning_rate * dW
    return W


@wrong("sgd_step", "scales the gradient in place", score=0)
def _(W, dW, learning_rate):
    dW *= learning_rate
    return W - dW


wrong("sgd_step", "uphill", score=0)(lambda W, dW, rate: W + rate * dW)
wrong("sgd_step", "no rate", score=0)(lambda W, dW, rate: W - dW)
wrong("sgd_step", "the step alone", score=0)(lambda W, dW, rate: -rate * dW)
wrong("sgd_step", "rate on both", score=0)(lambda W, dW, rate: rate * (W - dW))
wrong("sgd_step", "divided", score=0)(lambda W, dW, rate: W - dW / rate)
wrong("sgd_step", "sign of the gradient", score=0)(lambda W, dW, rate: W - rate * np.sign(dW))
wrong("sgd_step", "gradient of length one", score=0)(
    lambda W, dW, rate: W - rate * dW / np.linalg.norm(dW)
)
wrong("sgd_step", "mean gradient", score=0)(lambda W, dW, rate: W - rate * dW.mean())
wrong("sgd_step", "half the rate", score=0)(lambda W, dW, rate: W - 0.5 * rate * dW)
wrong("sgd_step", "rate of 0.01", score=0)(lambda W, dW, rate: W - 0.01 * dW)
wrong("sgd_step", "decays", score=0)(lambda W, dW, rate: 0.999 * W - rate * dW)
wrong("sgd_step", "float32", score=0)(lambda W, dW, rate: (W - rate * dW).astype(np.float32))
wrong("sgd_step", "transposed", score=0)(lambda W, dW, rate: (W - rate * dW).T)
wrong("sgd_step", "nothing returned", score=0)(lambda W, dW, rate: None)
