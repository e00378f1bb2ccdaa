"""Chapter 05, second part: the softmax loss of a batch and its gradient."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch05_probabilities import chapter
from solutions._linear_loss import (
    assembled,
    common_cases,
    common_hidden_cases,
    many_case,
    many_examples,
    register_slips,
)

Result = tuple[float, np.ndarray]


@chapter.exercise(points=3)
def softmax_loss_naive(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Compute the softmax loss of a batch and its gradient, example by example.

    Args:
        W: (C, D) float64 weights, one row per class; scores are X @ W.T.
        X: (N, D) float64 examples, one a row.
        y: (N,) integers in 0..C-1, the right classes.
        reg: how much the penalty counts.

    Returns:
        loss: a float, the mean over the examples of -log(probability of the right class),
            plus reg * sum(W * W), and
        dW: (C, D) float64, its gradient: entry [c, d] is the slope of loss along W[c, d].
        Both are finite also where all scores of an example are near 1000 or near -1000.
    """
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        scores = W @ X[i]
        exponentials = np.exp(scores - np.max(scores))
        p = exponentials / np.sum(exponentials)
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(p, X[i])
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


@chapter.exercise(points=3)
def softmax_loss(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Compute the softmax loss of a batch and its gradient, all examples at once.

    Args:
        W: (C, D) float64 weights, one row per class; scores are X @ W.T.
        X: (N, D) float64 examples, one a row.
        y: (N,) integers in 0..C-1, the right classes.
        reg: how much the penalty counts.

    Returns:
        loss and dW, just as softmax_loss_naive gives them.

    No Python loop over the examples.
    """
    examples = np.arange(len(X))
    scores = X @ W.T
    exponentials = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    P = exponentials / np.sum(exponentials, axis=1, keepdims=True)
    loss = -np.mean(np.log(P[examples, y])) + reg * np.sum(W * W)
    P[examples, y] -= 1  # probabilities minus one-hot labels: the gradient of the scores
    return loss, P.T @ X / len(X) + 2 * reg * W


chapter.scenario(softmax_loss)(many_examples)


def draw_high(
    rng: np.random.Generator, heights: np.ndarray, c: int, spread: float = 1.0
) -> dict[str, Any]:
    """Examples of which number n has all scores near ``heights[n]``, ``spread`` apart; no penalty,
    beside which the data would not count."""
    n = len(heights)
    W, X = rng.normal(size=(c, 4)), spread * rng.normal(size=(n, 4))
    W[:, -1], X[:, -1] = 1.0, heights
    return {"W": W, "X": X, "y": rng.integers(0, c, size=n), "reg": 0.0}


def extreme_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Scores at which exp alone overflows, or becomes 0, and scores that are far apart."""
    up, down = np.full(5, 1000.0), np.full(5, -1000.0)
    yield Case("all scores near 1000", draw_high(rng, up, 3), edge=True)
    yield Case("all scores near -1000", draw_high(rng, down, 4), edge=True)
    heights = rng.permutation([-600.0, -200.0, 0.0, 300.0, 650.0])  # exp alone can do these
    yield Case("examples at very different heights", draw_high(rng, heights, 3), edge=True)
    far = draw_high(rng, np.zeros(4), 3)
    far["W"][:, 0] = rng.permutation([-100.0, 0.0, 100.0])
    far["X"][:, 0] = rng.uniform(1.0, 3.0, size=4)
    far["y"] = np.argmin(far["X"] @ far["W"].T, axis=1)
    yield Case("the right class hundreds behind", far, edge=True)


@chapter.cases(softmax_loss_naive)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from common_cases(rng)
    yield from extreme_cases(rng)


@chapter.cases(softmax_loss)
def _(rng: np.random.Generator) -> Iterator[Case]:
    common = list(common_cases(rng))
    yield from (case for case in common if not case.edge)
    yield many_case(rng)
    yield from (case for case in common if case.edge)
    yield from extreme_cases(rng)


chapter.hidden_cases(softmax_loss_naive)(common_hidden_cases)
chapter.hidden_cases(softmax_loss)(common_hidden_cases)


def softmax_part(
    W: np.ndarray,
    X: np.ndarray,
    y: np.ndarray,
    *,
    shift: str = "row",
    base: float = np.e,
    onehot: float = 1.0,
    right_alone: bool = False,
    tiny: float = 0.0,
) -> tuple[float, np.ndarray]:
    """Sums over the examples of loss and gradient, right by default, wrong in one way.

    shift        what is subtracted from the scores: "row", "batch" or "none" (a maximum)
    base         of the logarithm
    onehot       how often the one-hot labels are subtracted from the probabilities
    right_alone  whether only the right class's row has a gradient
    tiny         added inside the logarithm
    """
    rows = np.arange(len(y))
    scores = X @ W.T
    top = {"row": scores.max(axis=1, keepdims=True), "batch": scores.max(), "none": 0.0}[shift]
    powers = np.exp(scores - top)
    P = powers / powers.sum(axis=1, keepdims=True)
    loss = -np.log(P[rows, y] + tiny).sum() / np.log(base)
    labels = np.eye(len(W))[y]
    slopes = P - onehot * labels
    return float(loss), (slopes * labels if right_alone else slopes).T @ X


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "overflow": (
        "exp of a score near 1000 is infinite: subtract each example's largest score from its "
        "scores first; it changes no probability.",
        {"shift": "none"},
    ),
    "base-ten": (
        "Your loss uses the logarithm to the base 10; here it is the natural one, of which p minus "
        "one-hot is the gradient.",
        {"base": 10.0},
    ),
    "probabilities-alone": (
        "Your gradient uses the probabilities alone; for the right class the slope is p - 1.",
        {"onehot": 0.0},
    ),
    "tiny-inside-the-logarithm": (
        "You added a small number inside the logarithm: where the right class is far behind, it "
        "hides how wrong the scores are. Once the largest score is 0, none is needed.",
        {"tiny": 1e-12},
    ),
    "right-row-alone": (
        "Only the right class's row has a gradient; raising a rival's score makes the loss larger, "
        "so its row has one too.",
        {"right_alone": True},
    ),
}


for _exercise in (softmax_loss_naive, softmax_loss):
    for _name, (_sentence, _how) in WRONG.items():
        _wrong = assembled(partial(softmax_part, **_how))
        chapter.misconception(_exercise, _name, _sentence)(_wrong)
    register_slips(chapter, _exercise, softmax_part)

chapter.misconception(
    softmax_loss,
    "one-shift-for-all",
    "You subtracted the largest score of the whole batch; examples far below it become 0 / 0. "
    "Each needs its own.",
)(assembled(partial(softmax_part, shift="batch")))


@chapter.misconception(
    softmax_loss, "loop-over-examples",
    "Your result is right, but you go through the examples one by one in Python: let arrays of "
    "shape (N, C) do it for all of them at once.",
)  # fmt: skip
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
    loss, dW = 0.0, np.zeros_like(W)
    for x, label in zip(X, y, strict=True):
        scores = W.dot(x)
        powers = np.exp(scores - scores.max())
        p = powers / powers.sum()
        loss -= np.log(p[label])
        for c in range(len(W)):
            dW[c] += (p[c] - (c == label)) * x
    return loss / len(X) + reg * (W**2).sum(), dW / len(X) + 2 * reg * W


@chapter.variant(softmax_loss_naive, "three loops and no product")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
    import math

    num_classes, num_features = W.shape
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        scores = [sum(W[c, d] * X[i, d] for d in range(num_features)) for c in range(num_classes)]
        top = max(scores)
        total = sum(math.exp(s - top) for s in scores)
        loss += math.log(total) + top - scores[y[i]]
        for c in range(num_classes):
            slope = math.exp(scores[c] - top) / total - (1 if c == y[i] else 0)
            for d in range(num_features):
                dW[c, d] += slope * X[i, d]
    dW /= len(X)
    return loss / len(X) + reg * float((W * W).sum()), dW + 2 * reg * W


@chapter.variant(softmax_loss_naive, "lists of losses and slopes")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> list[object]:
    losses, slopes = [], []
    for x, label in zip(X, y, strict=True):
        scores = (W * x).sum(axis=1)
        logs = scores - np.logaddexp.reduce(scores)
        losses.append(-logs[label])
        slopes.append((np.exp(logs) - (np.arange(len(W)) == label))[:, None] * x)
    return [np.mean(losses) + reg * np.sum(W**2), np.mean(slopes, axis=0) + 2 * reg * W]


@chapter.variant(softmax_loss_naive, "no loop, one-hot labels")
@chapter.variant(softmax_loss, "one-hot labels")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
    labels = np.zeros((len(y), len(W)))
    labels[np.arange(len(y)), y] = 1
    scores = X.dot(W.T)
    scores -= scores.max(axis=1)[:, None]
    logs = scores - np.log(np.exp(scores).sum(axis=1))[:, None]
    loss = -(labels * logs).sum() / len(y) + reg * (W * W).sum()
    return loss, (np.exp(logs) - labels).T.dot(X) / len(y) + 2 * reg * W


@chapter.variant(softmax_loss, "columns as examples, the penalty added last")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
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


@chapter.variant(softmax_loss, "a loop over the classes")
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Result:
    scores = np.einsum("nd,cd->nc", X, W)
    logs = np.logaddexp.reduce(scores, axis=1)
    loss = np.mean(logs) + reg * np.square(W).sum()
    dW = 2 * reg * W
    for c in range(len(W)):
        mine = y == c
        loss -= scores[mine, c].sum() / len(y)
        dW[c] += (np.exp(scores[:, c] - logs) - mine) @ X / len(y)
    return loss, dW
