"""svm_loss_naive: the SVM loss of a batch and its gradient, example by example."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch04_svm.svm_loss import WRONG, svm_loss
from solutions.shared.calls import in_other_layouts
from solutions.shared.linear_loss import ENDS, SLIPS, common_cases, common_hidden_cases
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=3)


@exercise.reference
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


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from common_cases(rng)


exercise.hidden_cases(common_hidden_cases)


exercise.wrong_ways(WRONG, of=svm_loss)
exercise.wrong_ways(SLIPS)
exercise.wrong_ways(SINGLE)
exercise.wrong_ways(ENDS)
exercise.wrong_ways("""
rivals-before-the-right-class: The rivals after the right class do not count in your sum: `break`
ends the loop at the right class, and only that one class is to be left out.
    - j != y[i]
    + j < y[i]
""")
