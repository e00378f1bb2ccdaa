"""Answers to softmax_loss; those to both twins stand in tables that `softmax_loss_naive` takes."""

import numpy as np

from grader.exercises import Table
from tests.answers.corpus import Answers

answers = Answers(__name__)


def probabilities(W, X):
    """Rows of probabilities, for answers that get something else wrong."""
    powers = np.exp(X @ W.T - (X @ W.T).max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


RIGHT = Table("""
one-hot labels
    labels = np.zeros((len(y), len(W)))
    labels[np.arange(len(y)), y] = 1
    scores = X.dot(W.T)
    scores -= scores.max(axis=1)[:, None]
    logs = scores - np.log(np.exp(scores).sum(axis=1))[:, None]
    loss = -(labels * logs).sum() / len(y) + reg * (W * W).sum()
    return loss, (np.exp(logs) - labels).T.dot(X) / len(y) + 2 * reg * W

columns as examples, the penalty added last
    n = X.shape[0]
    S = W @ X.T
    S = S - S.max(axis=0)
    E = np.exp(S)
    total = E.sum(axis=0)
    loss = (np.log(total) - S[y, np.arange(n)]).mean()
    G = E / total
    G[y, range(n)] -= 1.0
    dW = np.matmul(G, X) / n
    loss += reg * np.linalg.norm(W) ** 2
    dW += 2 * reg * W
    return loss, dW

a loop over the classes
    scores = np.einsum("nd,cd->nc", X, W)
    logs = np.logaddexp.reduce(scores, axis=1)
    loss = np.mean(logs) + reg * np.square(W).sum()
    dW = 2 * reg * W
    for c in range(len(W)):
        mine = y == c
        loss -= scores[mine, c].sum() / len(y)
        dW[c] += (np.exp(scores[:, c] - logs) - mine) @ X / len(y)
    return loss, dW

probabilities minus one
    n, rows = len(y), np.arange(len(y))
    s = X @ W.T
    e = np.exp(s - s.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, y]).mean() + reg * np.sum(W * W)
    p[rows, y] -= 1
    return loss, p.T @ X / n + 2 * reg * W

smallest score subtracted: scores of a row are never 700 apart
    s = X @ W.T
    e = np.exp(s - s.min(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y]).sum() / len(y) + reg * np.sum(W * W)
    return loss, (p - np.eye(len(W))[y]).T @ X / len(y) + 2 * reg * W

logaddexp and one-hot labels
    s = np.einsum("nd,cd->nc", X, W)
    hot = np.eye(len(W))[y]
    log_p = s - np.logaddexp.reduce(s, axis=1, keepdims=True)
    loss = -np.vdot(hot, log_p) / len(y)
    dW = np.einsum("nc,nd->cd", np.exp(log_p) - hot, X) / len(y)
    return [float(loss + reg * np.vdot(W, W)), np.asfortranarray(dW + 2 * reg * W)]

log of the sum, a class with cached scores
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

classes in a loop
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

scores relative to the right one
    s = X @ W.T
    away = s - np.take_along_axis(s, y.reshape(-1, 1).astype(int), 1)
    top = away.max(axis=1)
    total = np.exp(away - top[:, None]).sum(axis=1)
    losses = top + np.log(total)
    q = np.exp(away - losses[:, None])
    dW = q.T @ X
    np.add.at(dW, y, -X)
    return np.average(losses) + reg * np.square(W).sum(), dW / X.shape[0] + W * (2 * reg)

weights of the mean inside the product
    n = X.shape[0]
    s = (W @ X.T).T
    shift = np.max(s, axis=-1, keepdims=True)
    z = np.log(np.sum(np.exp(s - shift), axis=-1, keepdims=True)) + shift
    g = np.exp(s - z) - (np.arange(W.shape[0])[None, :] == y[:, None])
    own = s[np.arange(n), y]
    loss = float((z[:, 0] - own) @ np.full(n, 1 / n)) + reg * np.sum(W**2)
    return loss, g.T @ (X / n) + reg * (W + W)
""")

WRONG = Table("""
normalised over examples [score=0]
    e = np.exp(X @ W.T - (X @ W.T).max(axis=1, keepdims=True))
    p = e / e.sum(axis=0)
    loss = -np.log(p[np.arange(len(y)), y]).mean() + reg * np.sum(W * W)
    return loss, (p - np.eye(len(W))[y]).T @ X / len(y) + 2 * reg * W

base 2 [score=0]
    loss, dW = reference(np.log(2) * W, X, y, 0.0)
    return loss + reg * np.sum(W * W), dW + 2 * reg * W

epsilon 1e-3 [score=0]
    own = probabilities(W, X)[np.arange(len(y)), y]
    return -np.log(own + 1e-3).mean() + reg * np.sum(W * W), reference(W, X, y, reg)[1]

loss of the mean probability [score=0]
    own = probabilities(W, X)[np.arange(len(y)), y]
    return -np.log(own.mean()) + reg * np.sum(W * W), reference(W, X, y, reg)[1]

gradient transposed [score=0]
    loss, dW = reference(W, X, y, reg)
    return loss, dW.T

float32 [score=0]
    loss, dW = reference(W, X, y, reg)
    return loss, dW.astype(np.float32)

loss negative [score=0]
    loss, dW = reference(W, X, y, reg)
    return -loss, dW

a little off [score=0]
    loss, dW = reference(W, X, y, reg)
    return loss, dW + 1e-4

ignores reg [score=0]
    return reference(W, X, y, 0.1)

clipped scores
    e = np.exp(np.clip(X @ W.T, -500, 500))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y]).mean() + reg * np.sum(W * W)
    return loss, (p - np.eye(len(W))[y]).T @ X / len(y) + 2 * reg * W

NaN to 0
    e = np.exp(X @ W.T)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y]).mean() + reg * np.sum(W * W)
    dW = (p - np.eye(len(W))[y]).T @ X / len(y) + 2 * reg * W
    return float(np.nan_to_num(loss)), np.nan_to_num(dW)

changes W in place [score=0]
    loss, dW = reference(W, X, y, reg)
    W -= 0.01 * dW
    return loss, dW

normalises X in place [score=0]
    out = reference(W, X, y, reg)
    X -= X.mean(axis=0)
    return out
""")

answers.right(RIGHT)
answers.wrong(WRONG)
answers.right("""
the diagonal of all logarithms by all labels
    scores = X @ W.T
    logs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    P = np.exp(logs)
    P[np.arange(len(y)), y] -= 1
    loss = -np.diag(logs[:, y]).mean() + reg * np.sum(W * W)
    return loss, P.T @ X / len(y) + 2 * reg * W

the trace of all logarithms by all labels
    scores = X @ W.T - (X @ W.T).max(axis=1, keepdims=True)
    powers = np.exp(scores)
    P = powers / powers.sum(axis=1, keepdims=True)
    loss = np.trace((np.log(powers.sum(axis=1))[:, None] - scores)[:, y]) / len(y)
    return loss + reg * np.sum(W * W), (P - np.eye(len(W))[y]).T @ X / len(y) + 2 * reg * W
""")
answers.wrong("""
loop over the examples for the gradient alone [score=0]
    powers = np.exp(X @ W.T - (X @ W.T).max(axis=1, keepdims=True))
    P = powers / powers.sum(axis=1, keepdims=True)
    loss, dW = -np.log(P[np.arange(len(y)), y]).mean() + reg * np.sum(W * W), np.zeros_like(W)
    P[np.arange(len(y)), y] -= 1
    for i in range(len(y)):
        dW += np.outer(P[i], X[i])
    return loss, dW / len(y) + 2 * reg * W

loop over lists, no array on the way [score=0]
    import math

    rows, loss, dW = W.tolist(), 0.0, [[0.0] * len(W[0]) for _ in W]
    for x, label in zip(X.tolist(), y.tolist(), strict=True):
        scores = [sum(map(float.__mul__, w, x)) for w in rows]
        top = max(scores)
        powers = [math.exp(s - top) for s in scores]
        total = sum(powers)
        loss += math.log(total) + top - scores[label]
        for c, power in enumerate(powers):
            slope = power / total - (c == label)
            for d, value in enumerate(x):
                dW[c][d] += slope * value
    return loss / len(X) + reg * np.sum(W**2), np.array(dW) / len(X) + 2 * reg * W
""")
