"""Chapter 04, fourth part: the SVM loss of a batch and its gradient, with loops and without."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch04_hinge import chapter
from solutions._linear_loss import (
    assembled,
    common_cases,
    common_hidden_cases,
    many_case,
    many_examples,
    register_slips,
)


@chapter.exercise(points=3)
def svm_loss_naive(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Compute the SVM loss of a batch and its gradient, example by example.

    Args:
        W: (C, D) float64 weights, one row per class; scores are X @ W.T.
        X: (N, D) float64 examples, one a row.
        y: (N,) integers in 0..C-1, the right classes.
        reg: how much the penalty counts.

    Returns:
        loss: a float, the mean over the examples of their hinge losses (margin 1),
            plus reg * sum(W * W), and
        dW: (C, D) float64, its gradient: entry [c, d] is the slope of loss along W[c, d].
    """
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        scores = W @ X[i]
        for j in range(len(W)):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[j] += X[i]
                dW[y[i]] -= X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W


@chapter.exercise(points=4)
def svm_loss(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> tuple[float, np.ndarray]:
    """Compute the SVM loss of a batch and its gradient, all examples at once.

    Args:
        W: (C, D) float64 weights, one row per class; scores are X @ W.T.
        X: (N, D) float64 examples, one a row.
        y: (N,) integers in 0..C-1, the right classes.
        reg: how much the penalty counts.

    Returns:
        loss and dW, just as svm_loss_naive gives them.

    No Python loop over the examples; a loop over the classes is fine.
    """
    examples = np.arange(len(X))
    scores = X @ W.T
    margins = np.maximum(0, scores - scores[examples, y][:, np.newaxis] + 1)
    margins[examples, y] = 0
    pull = np.where(margins > 0, 1.0, 0.0)  # how often each example counts for each row of W
    pull[examples, y] = -np.sum(pull, axis=1)
    loss = np.sum(margins) / len(X) + reg * np.sum(W * W)
    return loss, pull.T @ X / len(X) + 2 * reg * W


chapter.scenario(svm_loss)(many_examples)


@chapter.cases(svm_loss_naive)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from common_cases(rng)


@chapter.cases(svm_loss)
def _(rng: np.random.Generator) -> Iterator[Case]:
    common = list(common_cases(rng))
    yield from (case for case in common if not case.edge)
    yield many_case(rng)
    yield from (case for case in common if case.edge)


chapter.hidden_cases(svm_loss_naive)(common_hidden_cases)
chapter.hidden_cases(svm_loss)(common_hidden_cases)


def hinge_part(
    W: np.ndarray,
    X: np.ndarray,
    y: np.ndarray,
    *,
    margin: float = 1.0,
    own: str = "left out",
    right_row: str = "counted",
    clamp: bool = True,
    clamp_gradient: bool = True,
    uphill: bool = False,
    worst_alone: bool = False,
    squared: bool = False,
    averaged: bool = False,
) -> tuple[float, np.ndarray]:
    """Sums over the examples of hinge loss and gradient, right by default, wrong in one way.

    margin       that a rival must keep
    own          the right class as its own rival: "left out", "in the loss", "in both"
    right_row    of the gradient: "counted" once per violation, "once", "never"
    clamp        whether terms are cut off at 0
    clamp_gradient  whether the slopes of those terms are 0, too
    uphill       whether the gradient has the wrong sign
    worst_alone  whether only the strongest rival counts
    squared      whether the terms are squared (in the loss)
    averaged     whether the loss is a mean over the classes as well
    """
    rows = np.arange(len(y))
    scores = X @ W.T
    margins = scores - scores[rows, y][:, None] + margin
    rivals = np.ones(margins.shape, dtype=bool)
    rivals[rows, y] = False
    counts = rivals & (margins > 0) if clamp else rivals
    if worst_alone:
        strongest = np.where(rivals, margins, -np.inf).argmax(axis=1)
        counts = counts & (np.arange(len(W)) == strongest[:, None])
    terms = margins * counts
    pull = (counts if clamp_gradient else rivals).astype(np.float64)
    pull[rows, y] = {
        "counted": -pull.sum(axis=1) - (own == "in both"),
        "once": -1.0 * pull.any(axis=1),
        "never": 0.0,
    }[right_row]
    total = np.sum(terms**2 if squared else terms) + margin * len(y) * (own != "left out")
    total /= len(W) if averaged else 1
    return float(total), (-1.0 if uphill else 1.0) * pull.T @ X


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "own-class-counted": (
        "Your loss is too large by 1: the right class is counted as a rival of itself.",
        {"own": "in the loss"},
    ),
    "own-class-counted-twice": (
        "The right class is counted as a rival of itself: that adds 1 to your loss, and one x too "
        "many to its row of the gradient.",
        {"own": "in both"},
    ),
    "no-margin": (
        "You left the margin of 1 out: a rival that comes closer than 1 counts as well.",
        {"margin": 0.0},
    ),
    "right-row-once": (
        "In your gradient the row of the right class gets -x once per example; it gets -x for "
        "every rival that comes too close.",
        {"right_row": "once"},
    ),
    "right-row-never": (
        "In your gradient the row of the right class gets nothing: raising its score lowers the "
        "loss, so it has a slope.",
        {"right_row": "never"},
    ),
    "rewarded-for-a-lead": (
        "Rivals that are far behind take part in your loss; a term is cut off at 0, and its slope "
        "with it.",
        {"clamp": False, "clamp_gradient": False},
    ),
    "slope-of-a-lead": (
        "Your loss cuts a rival's term off at 0, your gradient does not: where the term is cut "
        "off it is flat, so its slope is 0.",
        {"clamp_gradient": False},
    ),
    "data-gradient-uphill": (
        "The data's part of your gradient has the wrong sign, the penalty's part has the right "
        "one: raising a rival's score raises the loss.",
        {"uphill": True},
    ),
    "worst-rival-alone": (
        "You took the strongest rival of each example alone; all that come too close count.",
        {"worst_alone": True},
    ),
    "squared": (
        "You squared the terms of the loss: that is another loss, the squared hinge.",
        {"squared": True},
    ),
    "mean-over-classes": (
        "You took the mean over the classes as well; an image's loss is the sum over its rivals, "
        "and the mean goes over the images alone.",
        {"averaged": True},
    ),
}


for _exercise in (svm_loss_naive, svm_loss):
    for _name, (_sentence, _how) in WRONG.items():
        _wrong = assembled(partial(hinge_part, **_how))
        chapter.misconception(_exercise, _name, _sentence)(_wrong)
    register_slips(chapter, _exercise, hinge_part)


@chapter.misconception(
    svm_loss, "loop-over-examples",
    "Your result is right, but you go through the examples one by one in Python: let arrays of "
    "shape (N, C) do it for all of them at once.",
)  # fmt: skip
def _(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> tuple[float, np.ndarray]:
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        scores = W.dot(X[i])
        margins = np.maximum(0, scores - scores[y[i]] + 1)
        margins[y[i]] = 0
        loss += margins.sum()
        pull = (margins > 0).astype(float)
        pull[y[i]] = -pull.sum()
        dW += np.outer(pull, X[i])
    return loss / len(X) + reg * (W**2).sum(), dW / len(X) + 2 * reg * W
