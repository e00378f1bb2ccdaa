"""Chapter 04: the SVM loss, written differently and right."""

from __future__ import annotations

import numpy as np

from solutions._ch04_hinge import chapter, hinge_loss, l2_penalty
from solutions._ch04_svm import svm_loss, svm_loss_naive

Result = tuple[float | np.floating, np.ndarray]


@chapter.variant(svm_loss_naive, "three loops and no product")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
    num_classes, num_features = W.shape
    loss, dW = 0.0, np.zeros((num_classes, num_features))
    for i in range(X.shape[0]):
        scores = [sum(W[c, d] * X[i, d] for d in range(num_features)) for c in range(num_classes)]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1.0
            if margin > 0:
                loss += margin / len(X)
                for d in range(num_features):
                    dW[j, d] += X[i, d] / len(X)
                    dW[y[i], d] -= X[i, d] / len(X)
    loss += reg * sum(w * w for row in W for w in row)
    return loss, dW + 2 * reg * W


@chapter.variant(svm_loss_naive, "one example at a time, by functions of before")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
    losses, slopes = [], []
    for x, label in zip(X, y, strict=True):
        scores = W.dot(x)
        losses.append(hinge_loss(scores, int(label)))
        pull = np.where(scores - scores[label] + 1 > 0, 1, 0)
        pull[label] = 0
        pull[label] = -pull.sum()
        slopes.append(np.outer(pull, x))
    return np.mean(losses) + l2_penalty(W, reg), np.mean(slopes, axis=0) + reg * (W + W)


@chapter.variant(svm_loss_naive, "no loop at all")
@chapter.variant(svm_loss, "a mask of rivals")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> list[object]:
    num = X.shape[0]
    scores = X.dot(W.T)
    right = np.take_along_axis(scores, y[:, None].astype(int), axis=1)
    rivals = np.arange(W.shape[0])[None, :] != y[:, None]
    active = ((scores - right + 1) > 0) & rivals
    loss = ((scores - right + 1) * active).sum() / num + reg * np.square(W).sum()
    dscores = active.astype(float)
    dscores -= (~rivals) * active.sum(axis=1, keepdims=True)
    return [loss, np.einsum("nc,nd->cd", dscores, X) / num + 2 * reg * W]


@chapter.variant(svm_loss, "a loop over the classes")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
    right = (X * W[y]).sum(axis=1)
    loss, dW = 0.0, np.zeros_like(W)
    toll = np.zeros(len(y))
    for c in range(len(W)):
        behind = X @ W[c] - right + 1
        hit = (behind > 0) * (y != c)
        loss += behind[hit].sum()
        dW[c] += hit @ X
        toll += hit
    for c in range(len(W)):
        dW[c] -= (toll * (y == c)) @ X
    return loss / len(y) + reg * np.sum(W**2), dW / len(y) + 2 * reg * W


@chapter.variant(svm_loss, "one-hot labels and columns as examples")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
    onehot = np.eye(len(W))[y].T
    scores = W @ X.T
    margins = np.maximum(scores - (scores * onehot).sum(axis=0) + 1 - onehot, 0)
    pull = np.sign(margins)
    pull = pull - onehot * pull.sum(axis=0)
    # The own term is 0 + 1 - 1, which rounding may leave a hair off 0: it is no rival.
    margins[onehot == 1] = 0
    loss = margins.sum(axis=0).mean() + reg * np.linalg.norm(W) ** 2
    return np.float64(loss), pull @ X / X.shape[0] + 2 * reg * W
