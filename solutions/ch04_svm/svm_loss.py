"""svm_loss: the SVM loss of a batch and its gradient, all examples at once."""

from __future__ import annotations

from collections.abc import Iterator

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

exercise = ExerciseDefinition(points=4)


@exercise.reference
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


exercise.scenario()(many_examples)
exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    common = list(common_cases(rng))
    yield from (case for case in common if not case.edge)
    yield many_case(rng)
    yield from (case for case in common if case.edge)


exercise.hidden_cases(common_hidden_cases)


# Wrong in the hinge loss of an example, with loops or without.
WRONG = Table("""
own-class-counted: Your loss is too large by 1: the right class is counted as a rival of itself.
    - np.sum(margins) / len(X)
    + np.sum(margins) / len(X) + 1

own-class-counted-twice: The right class is counted as a rival of itself: that adds 1 to your loss,
and one x too many to its row of the gradient.
    - margins[examples, y] = 0

no-margin: You left the margin of 1 out: a rival that comes closer than 1 counts as well.
    - + 1)
    + )

right-row-once: In your gradient the row of the right class gets -x once per example; it gets -x for
every rival that comes too close.
    - -np.sum(pull
    + -np.max(pull

right-row-never: In your gradient the row of the right class gets nothing: raising its score lowers
the loss, so it has a slope.
    - pull[examples, y] = -np.sum(pull, axis=1)

rewarded-for-a-lead: Rivals that are far behind take part in your loss; a term is cut off at 0, and
its slope with it.
    - np.maximum(0, scores - scores[examples, y][:, np.newaxis] + 1)
    + scores - scores[examples, y][:, np.newaxis] + 1
    - margins > 0
    + margins != 0

slope-of-a-lead: Your loss cuts a rival's term off at 0, your gradient does not: where the term is
cut off it is flat, so its slope is 0.
    - np.where(margins > 0, 1.0, 0.0)
    + 1.0 - np.eye(len(W))[y]

data-gradient-uphill: The data's part of your gradient has the wrong sign, the penalty's part has
the right one: raising a rival's score raises the loss.
    - return loss, pull.T
    + return loss, -pull.T

worst-rival-alone: You took the strongest rival of each example alone; all that come too close
count.
    - margins[examples, y] = 0
    + margins[examples, y] = 0
    + margins *= np.arange(len(W)) == margins.argmax(axis=1)[:, np.newaxis]

squared: You squared the terms of the loss: that is another loss, the squared hinge.
    - np.sum(margins)
    + np.sum(margins**2)

squared-with-its-slope: You squared the terms of the loss: that is another loss, the squared hinge.
    - np.where(margins > 0, 1.0, 0.0)
    + 2 * margins
    - np.sum(margins)
    + np.sum(margins**2)

slope-of-the-size: In your gradient each example counts as often as its terms are large; a term that
is above 0 has the slope 1, however large it is.
    - np.where(margins > 0, 1.0, 0.0)
    + margins.copy()

mean-over-classes: You took the mean over the classes as well; an image's loss is the sum over its
rivals, and the mean goes over the images alone.
    - np.sum(margins) / len(X)
    + np.mean(margins)

mean-over-classes-in-both: You took the mean over the classes as well, in loss and gradient; an
image's loss is the sum over its rivals, and the mean goes over the images alone.
    - np.sum(margins) / len(X)
    + np.mean(margins)
    - pull.T @ X / len(X)
    + pull.T @ X / margins.size

slope-without-margin: Your loss has the margin of 1 and your gradient has not: a rival that comes
closer than 1 has a slope as well.
    - margins > 0, 1.0
    + margins > 1, 1.0

right-row-once-too-often: In your gradient the row of the right class gets one -x too many from each
example: the right class is no rival of its own.
    - -np.sum(pull, axis=1)
    + -np.sum(pull, axis=1) - 1

right-row-uphill: In your gradient the row of the right class has the wrong sign: raising its score
lowers the loss.
    - = -np.sum(pull, axis=1)
    + = np.sum(pull, axis=1)
""")
exercise.wrong_ways(WRONG)
exercise.wrong_ways(SLIPS)
exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
loop-over-examples: Your result is right, but you go through the examples one by one in Python: let
arrays of shape (N, C) do it for all of them at once.
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

columns-of-the-labels: `[:, y]` takes whole columns; each example wants the one entry of its own
label: index with the row numbers as well.
    - pull[examples, y] = -np.sum(pull, axis=1)
    + pull[:, y] -= np.sum(pull, axis=1)[:, np.newaxis]

columns-of-the-labels-assigned: `[:, y]` takes whole columns; each example wants the one entry of
its own label: index with the row numbers as well.
    - pull[examples, y] = -np.sum(pull, axis=1)
    + pull[:, y] = -np.sum(pull, axis=1)[:, np.newaxis]

count-of-the-whole-batch: In your gradient the right class's row counts the rivals of the whole
batch for every example; count those of each example by itself (`axis=`).
    - -np.sum(pull, axis=1)
    + -np.sum(pull)
""")
