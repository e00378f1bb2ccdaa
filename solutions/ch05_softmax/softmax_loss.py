"""softmax_loss: the softmax loss of a batch and its gradient, all examples at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition, Table
from solutions.shared.calls import in_other_layouts
from solutions.shared.linear_loss import (
    SLIPS,
    common_cases,
    common_hidden_cases,
    many_case,
    many_examples,
)
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=3)


@exercise.reference
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


exercise.scenario()(many_examples)
exercise.scenario()(in_other_layouts)


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


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    common = list(common_cases(rng))
    yield from (case for case in common if not case.edge)
    yield many_case(rng)
    yield from (case for case in common if case.edge)
    yield from extreme_cases(rng)


exercise.hidden_cases(common_hidden_cases)


# Wrong in the loss of an example, with loops or without.
WRONG = Table("""
overflow: exp of a score near 1000 is infinite: subtract each example's largest score from its
scores first; it changes no probability.
    - scores - np.max(scores, axis=1, keepdims=True)
    + scores

base-ten: Your loss uses the logarithm to the base 10; here it is the natural one, of which p minus
one-hot is the gradient.
    - np.log(
    + np.log10(

probabilities-alone: Your gradient uses the probabilities alone; for the right class the slope is
p - 1.
    - P[examples, y] -= 1

tiny-inside-the-logarithm: You added a small number inside the logarithm: where the right class is
far behind, it hides how wrong the scores are. Once the largest score is 0, none is needed.
    - P[examples, y]))
    + P[examples, y] + 1e-12))

rivals-alone: Only the rivals' rows have a gradient; raising the right class's score makes the loss
smaller, so its row has a slope of p - 1.
    - P[examples, y] -= 1
    + P[examples, y] = 0

right-row-alone: Only the right class's row has a gradient; raising a rival's score makes the loss
larger, so its row has one too.
    - return loss, P.T
    + return loss, (P * np.eye(len(W))[y]).T

overflow-in-the-sum: exp of a score near 1000 is infinite: subtract each example's largest score
from its scores first; it changes no probability.
    - scores - np.max(scores, axis=1, keepdims=True)
    + scores
    - -np.mean(np.log(P[examples, y]))
    + np.mean(np.log(np.sum(exponentials, axis=1)) - scores[examples, y])

log-of-the-mean: You took the mean of the right classes' probabilities first and its logarithm then;
each example has a loss of its own, and the mean comes last.
    - -np.mean(np.log(P[examples, y]))
    + -np.log(np.mean(P[examples, y]))

data-uphill: The data's part of your gradient has the wrong sign, the penalty's part has the right
one: raising the right class's score makes the loss smaller.
    - P[examples, y] -= 1
    + P[examples, y] -= 1
    + P = -P

largest-without-its-sign: Where all scores of an example are far below 0, you end in 0 / 0: subtract
its largest score as it is, also where it is negative.
    - np.max(scores, axis=1, keepdims=True)
    + np.max(np.abs(scores), axis=1, keepdims=True)

shifted-in-the-sum-alone: Your loss takes shifted scores in the sum, but the right class's score as
it was before: use the shifted ones in both.
    - -np.mean(np.log(P[examples, y]))
    + np.mean(np.log(np.sum(exponentials, axis=1)) - scores[examples, y])

logarithm-of-p-minus-1: Your loss is NaN, the logarithm of negative numbers: take it from the
probabilities, before 1 is subtracted from them for the gradient.
    - -np.mean(np.log(P[examples, y]))
    + -np.mean(np.log(P[examples, y] - 1))

no-minus: The minus before the logarithm is missing: the logarithm of a probability is negative, the
data's part of a loss is not.
    - -np.mean(
    + np.mean(

divided-by-the-classes: The data's part of your gradient is divided by the number of classes; the
mean is over the examples.
    - P.T @ X / len(X)
    + P.T @ X / len(W)

clipped-scores: You cut large scores down, so scores that differ come out the same: subtract each
example's largest score from its scores instead.
    - scores = X @ W.T
    + scores = np.clip(X @ W.T, -500, 500)
    - scores - np.max(scores, axis=1, keepdims=True)
    + scores

clipped-at-the-limit: You cut large scores down, so scores that differ come out the same: subtract
each example's largest score from its scores instead.
    - scores = X @ W.T
    + scores = np.clip(X @ W.T, -709, 709)
    - scores - np.max(scores, axis=1, keepdims=True)
    + scores
""")
exercise.wrong_ways(WRONG)
exercise.wrong_ways(SLIPS)
exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
one-shift-for-all: You subtracted the largest score of the whole batch; examples far below it become
0 / 0. Each needs its own.
    - np.max(scores, axis=1, keepdims=True)
    + np.max(scores)

loop-over-examples: Your result is right, but you go through the examples one by one in Python: let
arrays of shape (N, C) do it for all of them at once.
    loss, dW = 0.0, np.zeros_like(W)
    for x, label in zip(X, y, strict=True):
        scores = W.dot(x)
        powers = np.exp(scores - scores.max())
        p = powers / powers.sum()
        loss -= np.log(p[label])
        for c in range(len(W)):
            dW[c] += (p[c] - (c == label)) * x
    return loss / len(X) + reg * (W**2).sum(), dW / len(X) + 2 * reg * W

over-the-whole-batch: You divided by the sum over the whole batch; each example's probabilities add
up to 1 by themselves.
    - np.sum(exponentials, axis=1, keepdims=True)
    + np.sum(exponentials)

one-softmax-for-all: You divided by the sum over the whole batch; each example's probabilities add
up to 1 by themselves.
    - np.max(scores, axis=1, keepdims=True)
    + np.max(scores)
    - np.sum(exponentials, axis=1, keepdims=True)
    + np.sum(exponentials)

down-the-columns: Your probabilities add up to 1 down the columns, over the examples; those of one
example add up to 1, along its row.
    - np.sum(exponentials, axis=1, keepdims=True)
    + np.sum(exponentials, axis=0)

columns-alone: Your probabilities add up to 1 down the columns, over the examples; those of one
example add up to 1, along its row.
    - np.max(scores, axis=1, keepdims=True)
    + np.max(scores, axis=0)
    - np.sum(exponentials, axis=1, keepdims=True)
    + np.sum(exponentials, axis=0)

columns-of-the-labels: P[:, y] takes whole columns; each example wants the one entry of its own
label: index with the row numbers as well.
    - P[examples, y] -= 1
    + P[:, y] -= 1

every-column-for-everyone: P[:, y] takes every label's column for every example; each example's loss
needs the one entry of its own label. Your gradient is right.
    - np.log(P[examples, y])
    + np.log(P)[:, y]

columns-in-both: P[:, y] takes every label's column for every example, in your loss and in your
gradient; each example needs the one entry of its own label.
    - np.log(P[examples, y])
    + np.log(P)[:, y]
    - P[examples, y] -= 1
    + P[:, y] -= 1

one-hot-not-averaged: You divide the probabilities by N, but not the 1 that comes off at the right
class: all of the data's gradient is a mean.
    - P[examples, y] -= 1
    + P[examples, y] -= len(X)

one-hot-alone-averaged: You divide the 1 that comes off at the right class by N, but not the
probabilities: all of the data's gradient is a mean.
    - P[examples, y] -= 1
    + P = P * len(X)
    + P[examples, y] -= 1

shift-per-class: You subtract each class's largest score over the batch, which changes the
probabilities: within a row, one number has to come off all scores. Which axis is the row's?
    - np.max(scores, axis=1, keepdims=True)
    + np.max(scores, axis=0)
""")
