"""softmax_cross_entropy: the loss at the end of a network, and its gradient."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition, Table
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def softmax_cross_entropy(scores: np.ndarray, y: np.ndarray) -> tuple:
    """Loss at the end of a network, and its gradient towards the scores.

    Args:
        scores: (N, C) float64 scores of any size.
        y: (N,) integer labels in 0..C-1.

    Returns:
        (loss, dscores): loss is a float, the mean over the N examples of -log p[y], where
        p = e^score / sum of e^score over the example's classes; dscores is (N, C) float64, the
        gradient of that mean: (p - 1 at the right class) / N.
    """
    shifted = scores - scores.max(axis=1, keepdims=True)  # changes no p, and e^0 is the largest
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    dscores = np.exp(log_p)
    dscores[rows, y] -= 1.0
    return -log_p[rows, y].mean(), dscores / len(y)


exercise.scenario()(in_other_layouts)


def draw_scores(rng: np.random.Generator, n: int, c: int, scale: float = 2.0) -> dict[str, Any]:
    """Scores and labels; of several labels not all are the same."""
    y = rng.permutation(np.arange(n) % c)
    return {"scores": rng.normal(scale=scale, size=(n, c)), "y": y}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    cat = {"scores": np.array([[3.2, 5.1, -1.7]]), "y": np.array([0])}
    yield Case("the cat of notebook 05", cat)
    n, c = (int(k) for k in rng.permutation([5, 7]))
    yield Case("a batch", draw_scores(rng, n, c))
    size = int(rng.integers(4, 7))
    yield Case("as many examples as classes", draw_scores(rng, size, size))
    large = draw_scores(rng, 5, 4)
    large["scores"] += rng.permutation([1000.0, -1000.0, 990.0, -1010.0, 1005.0])[:, None]
    yield Case("scores near 1000 and near -1000", large, edge=True)
    yield Case("a single example", draw_scores(rng, 1, 5), edge=True)
    sure = draw_scores(rng, 5, 4, scale=0.5)
    sure["scores"][np.arange(5), sure["y"]] -= rng.uniform(8, 10, size=5)
    yield Case("sure, and wrong", sure, edge=True)
    hopeless = draw_scores(rng, 5, 4)
    hopeless["scores"][np.arange(5), hopeless["y"]] -= rng.uniform(400, 600, size=5)
    yield Case("probabilities that are all but 0", hopeless, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("only two classes", draw_scores(rng, 6, 2), edge=True)
    zeros = {**draw_scores(rng, 5, 4), "scores": np.zeros((5, 4))}
    yield Case("scores that are all 0", zeros, edge=True)
    yield Case("another batch", draw_scores(rng, 9, 3), edge=True)
    same = {**draw_scores(rng, 4, 3), "y": np.full(4, 2)}
    yield Case("one label for all", same, edge=True)
    yield Case("only one class", draw_scores(rng, 4, 1), edge=True)
    for dtype in (np.uint8, np.int32):
        typed = draw_scores(rng, 6, 4)
        typed["y"] = typed["y"].astype(dtype)
        yield Case(f"labels as {dtype.__name__}", typed, edge=True)
    tiny = draw_scores(rng, 4, 5, scale=1e-9)
    tiny["scores"][:, :2] = rng.normal(size=(4, 1))
    tiny["scores"][:2] *= -1e-4
    yield Case("very small and equal scores", tiny, edge=True)
    yield laid_out(**draw_scores(rng, 5, 4))


def of_powers(e: np.ndarray, y: np.ndarray, axis: int | None = 1) -> tuple:
    """Loss and gradient by probabilities, of the scores' powers of e, summed along an axis."""
    p = e / e.sum(axis=axis, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1.0
    return loss, p / len(y)


def of_changed_probabilities(
    scores: np.ndarray, y: np.ndarray, change: Callable[[np.ndarray], np.ndarray]
) -> tuple:
    """The loss with probabilities that are changed before the logarithm, and the right gradient."""
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = p[np.arange(len(y)), y] / p.sum(axis=1)
    return -np.log(change(p)).mean(), softmax_cross_entropy(scores, y)[1]


# Where a network that calls the reference has a softmax of its own: edits of that call.
OWN_SOFTMAX = Table("""
no-shift: e^1000 is infinite and e^-1000 is 0, so scores of that size end in NaN: subtract each
row's largest score first, which changes no probability.
    - softmax_cross_entropy(scores, y)
    + of_powers(np.exp(scores), y)

one-shift-for-all: You subtract the largest score of the whole batch: a row that lies far below it
is all zeros after exp. Every row needs its own largest.
    - softmax_cross_entropy(scores, y)
    + of_powers(np.exp(scores - scores.max()), y)

softmax-over-everything: You divide by the sum over the whole batch; the probabilities of each
example sum to 1 by themselves.
    - softmax_cross_entropy(scores, y)
    + of_powers(np.exp(scores - scores.max()), y, axis=None)

shifted-rows-over-everything: You divide by the sum over the whole batch; the probabilities of each
example sum to 1 by themselves.
    - softmax_cross_entropy(scores, y)
    + of_powers(np.exp(scores - scores.max(axis=1, keepdims=True)), y, axis=None)

clipped-scores: You cut large scores down, so scores that differ come out the same: subtract each
row's largest score instead.
    - softmax_cross_entropy(scores, y)
    + of_powers(np.exp(np.clip(scores, -500, 500)), y)

clipped-at-the-limit: You cut large scores down, so scores that differ come out the same: subtract
each row's largest score instead.
    - softmax_cross_entropy(scores, y)
    + of_powers(np.exp(np.clip(scores, -709, 709)), y)

shift-per-class: You subtract each class's largest score over the batch, which changes the
probabilities: within a row, one number has to come off all scores. Which axis is the row's?
    - softmax_cross_entropy(scores, y)
    + of_powers(np.exp(scores - scores.max(axis=0)), y)
""")

exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
no-shift: e^1000 is infinite and e^-1000 is 0, so scores of that size end in NaN: subtract each
row's largest score first, which changes no probability.
    return of_powers(np.exp(scores), y)

one-shift-for-all: You subtract the largest score of the whole batch: a row that lies far below it
is all zeros after exp. Every row needs its own largest.
    return of_powers(np.exp(scores - scores.max()), y)

largest-without-its-sign: Where all scores of a row are far below 0, you end in 0 / 0: subtract the
row's largest score as it is, also where it is negative.
    return of_powers(np.exp(scores - np.abs(scores).max(axis=1, keepdims=True)), y)

shifted-in-the-sum-alone: Your loss takes shifted scores in the sum, but the right class's score as
it was before: use the shifted ones in both.
    - -log_p[rows, y].mean()
    + (log_p[rows, y] - shifted[rows, y] + scores[rows, y]).mean() * -1.0

logarithm-of-p-minus-1: Your loss is NaN, the logarithm of negative numbers: take it from the
probabilities, before 1 is subtracted from them for the gradient.
    - -log_p[rows, y].mean()
    + -np.log(dscores[rows, y]).mean()

overwrites-scores: The result is right, but you shifted the scores in place: they are the caller's.
    scores -= scores.max(axis=1, keepdims=True)
    return reference(scores, y)

log10: You took the logarithm to base 10; the loss uses the natural one.
    - -log_p[rows, y].mean()
    + -log_p[rows, y].mean() / np.log(10)

sum: You add up the losses of the examples; the loss is their mean, and so is its gradient.
    - return -log_p[rows, y].mean(), dscores / len(y)
    + return -log_p[rows, y].sum(), dscores

gradient-of-the-sum: The loss is a mean over N examples, and your gradient is that of their sum: its
1 / N is missing.
    - dscores / len(y)
    + dscores

probabilities-alone: Your gradient is p / N; at the right class of each example, subtract 1 before
you divide.
    - dscores[rows, y] -= 1.0

uphill: Your gradient has the wrong sign: raising the right class's score lowers the loss.
    - dscores / len(y)
    + -dscores / len(y)

shift-per-class: You subtract each class's largest score over the batch, which changes the
probabilities: within a row, one number has to come off all scores. Which axis is the row's?
    loss, dscores = of_powers(np.exp(scores - scores.max(axis=0)), y)
    return loss, dscores

softmax-over-the-batch: Your probabilities sum to 1 over the examples; those of one example sum to
1, over its classes. Which axis is that?
    return of_powers(np.exp(scores - scores.max(axis=0)), y, axis=0)

softmax-over-everything: You divide by the sum over the whole batch; the probabilities of each
example sum to 1 by themselves.
    return of_powers(np.exp(scores - scores.max()), y, axis=None)

number-inside-the-log: You add a small number inside the logarithm, which changes every loss a
little, and that of a hopeless example by much: the logarithm of e^s / sum is s - log(sum), which
needs none.
    return of_changed_probabilities(scores, y, lambda p: p + 1e-7)

tiny-number-inside-the-log: You add a tiny number inside the logarithm, which changes every loss a
little, and that of a hopeless example by much: the logarithm of e^s / sum is s - log(sum), which
needs none.
    return of_changed_probabilities(scores, y, lambda p: p + 1e-8)

tinier-number-inside-the-log: You add a tiny number inside the logarithm, which changes the loss of
a hopeless example by much: the logarithm of e^s / sum is s - log(sum), which needs none.
    return of_changed_probabilities(scores, y, lambda p: p + 1e-12)

clipped-probabilities: You keep the probabilities away from 0, so a hopeless example counts less
than it should: the logarithm of e^s / sum is s - log(sum), and needs no clipping.
    return of_changed_probabilities(scores, y, lambda p: np.clip(p, 1e-3, 1.0))

clipped-at-a-tiny-number: You keep the probabilities away from 0, so a hopeless example counts less
than it should: the logarithm of e^s / sum is s - log(sum), and needs no clipping.
    return of_changed_probabilities(scores, y, lambda p: np.clip(p, 1e-12, 1.0))

loss-without-minus: Your loss is negative: the logarithm of a probability is, so a minus goes before
it.
    - return -log_p[rows, y]
    + return log_p[rows, y]

divided-by-the-classes: Your gradient is divided by the number of classes; the mean is over the N
examples.
    - dscores / len(y)
    + dscores / scores.shape[1]

mean-over-all-numbers: Your mean runs over all N times C numbers; it is a mean over the N examples.
    - -log_p[rows, y].mean(), dscores / len(y)
    + -log_p[rows, y].sum() / scores.size, dscores / scores.size

gradient-over-all-numbers: Your gradient is divided by all N times C numbers; the mean is over the N
examples. Your loss is right.
    - dscores / len(y)
    + dscores / scores.size

one-hot-alone-averaged: You divide the 1 that comes off at the right class by N, but not the
probabilities: put p - 1 in brackets, and divide all of it.
    - dscores[rows, y] -= 1.0
    + dscores *= len(y)
    + dscores[rows, y] -= 1.0

one-hot-not-averaged: You divide the probabilities by N, but not the 1 that comes off at the right
class: subtract it first, and divide all of it.
    - dscores[rows, y] -= 1.0
    + dscores[rows, y] -= len(y)

columns-of-the-labels-in-the-loss: `[:, y]` takes whole columns; the loss wants each row's one place
of its own label: index with the row numbers as well. Your gradient is right.
    - -log_p[rows, y]
    + -log_p[:, y]

columns-of-the-labels-in-both: `[:, y]` takes whole columns, in your loss and in your gradient; each
row wants the one place of its own label: index with the row numbers as well.
    - -log_p[rows, y]
    + -log_p[:, y]
    - dscores[rows, y] -= 1.0
    + dscores[:, y] -= 1.0

towards-the-probabilities: Your gradient is that towards the probabilities, -1 / p at the right
class; it has to go on through the softmax, to the scores.
    loss, dscores = reference(scores, y)
    own = np.eye(scores.shape[1])[y]
    return loss, -own / (len(y) * dscores + own) / len(y)

a-loss-for-each: You give a loss for every example; give their mean.
    - -log_p[rows, y].mean()
    + -log_p[rows, y]

loss-alone: Your function gives the loss alone; its gradient belongs to it: (loss, dscores).
    - return -log_p[rows, y].mean(), dscores / len(y)
    + return -log_p[rows, y].mean()

right-classes-alone: Only the right classes have a gradient in yours; every score takes part in the
sum below the fraction, so each has one.
    loss, dscores = reference(scores, y)
    return loss, dscores * np.eye(scores.shape[1])[y]

scores-for-probabilities: Your gradient is made of the scores; it is made of the probabilities that
softmax makes of them.
    loss, _ = reference(scores, y)
    return loss, (scores - np.eye(scores.shape[1])[y]) / len(y)

columns-of-the-labels: `[:, y]` takes whole columns; each row wants the one place of its own label:
index with the row numbers as well.
    - dscores[rows, y] -= 1.0
    + dscores[:, y] -= 1.0

shifted-rows-over-the-batch: Your probabilities sum to 1 over the examples; those of one example sum
to 1, over its classes. Which axis is that?
    return of_powers(np.exp(scores - scores.max(axis=1, keepdims=True)), y, axis=0)

shifted-rows-over-everything: You divide by the sum over the whole batch; the probabilities of each
example sum to 1 by themselves.
    return of_powers(np.exp(scores - scores.max(axis=1, keepdims=True)), y, axis=None)

log2: You took the logarithm to base 2; the loss uses the natural one.
    - -log_p[rows, y].mean()
    + -log_p[rows, y].mean() / np.log(2)

loss-over-all-numbers: Your loss is a mean over all N times C numbers; it is a mean over the N
examples. Your gradient is right.
    - -log_p[rows, y].mean()
    + -log_p[rows, y].sum() / scores.size

clipped-scores: You cut large scores down, so scores that differ come out the same: subtract each
row's largest score instead.
    return of_powers(np.exp(np.clip(scores, -500, 500)), y)

clipped-at-the-limit: You cut large scores down, so scores that differ come out the same: subtract
each row's largest score instead.
    return of_powers(np.exp(np.clip(scores, -709, 709)), y)
""")
