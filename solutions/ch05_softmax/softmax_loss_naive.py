"""softmax_loss_naive: the softmax loss of a batch and its gradient, example by example."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch05_softmax.softmax_loss import WRONG, extreme_cases, softmax_loss
from solutions.shared.calls import in_other_layouts
from solutions.shared.linear_loss import ENDS, SLIPS, common_cases, common_hidden_cases
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=3)


@exercise.reference
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
        Both are finite even when all scores of an example are near 1000 or near -1000.
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


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from common_cases(rng)
    yield from extreme_cases(rng)


exercise.hidden_cases(common_hidden_cases)


exercise.wrong_ways("""
gradient-of-the-last-example: The data's part of your gradient is the last example's alone: add the
parts of all examples (`+=` in the loop).
    - dW += np
    + dW = np

loss-of-the-last-example: The data's part of your loss is the last example's alone: add the losses
of all examples in the loop.
    - loss -= np
    + loss = -np
""")
exercise.wrong_ways(WRONG, of=softmax_loss)
exercise.wrong_ways(SLIPS)
exercise.wrong_ways(SINGLE)
exercise.wrong_ways(ENDS)
