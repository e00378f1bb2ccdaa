"""softmax_cross_entropy: the loss at the end of a network, and its gradient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition

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


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("only two classes", draw_scores(rng, 6, 2), edge=True)
    zeros = {**draw_scores(rng, 5, 4), "scores": np.zeros((5, 4))}
    yield Case("scores that are all 0", zeros, edge=True)
    yield Case("another batch", draw_scores(rng, 9, 3), edge=True)
    same = {**draw_scores(rng, 4, 3), "y": np.full(4, 2)}
    yield Case("one label for all", same, edge=True)


def of_powers(e: np.ndarray, y: np.ndarray) -> tuple:
    """Loss and gradient by probabilities, of the scores' powers of e."""
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1.0
    return loss, p / len(y)


exercise.wrong_ways("""
no-shift: e^1000 is infinite and e^-1000 is 0, so scores of that size end in NaN: subtract each
row's largest score first, which changes no probability.
    return of_powers(np.exp(scores), y)

one-shift-for-all: You subtract the largest score of the whole batch: a row that lies far below it
is all zeros after exp. Every row needs its own largest.
    return of_powers(np.exp(scores - scores.max()), y)

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

probabilities-alone: Your gradient is p / N; at the right class of each example a 1 goes off before
dividing.
    - dscores[rows, y] -= 1.0

uphill: Your gradient has the wrong sign: raising the right class's score lowers the loss.
    - dscores / len(y)
    + -dscores / len(y)
""")
