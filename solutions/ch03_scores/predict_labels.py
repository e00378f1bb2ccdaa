"""predict_labels: the class with the highest score."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=1)


@exercise.reference
def predict_labels(scores: np.ndarray) -> np.ndarray:
    """Give every example the class with the highest score.

    Args:
        scores: (N, C) scores, one row per example, one column per class; any sign and size.

    Returns:
        (N,) integers in 0..C-1. Where several classes share the highest score,
        the smallest label wins.
    """
    return np.argmax(scores, axis=1)


def scores_won_by(rng: np.random.Generator, winners: np.ndarray, c: int) -> np.ndarray:
    """Scores (N, C) of either sign of which row n is won by class ``winners[n]``, by a margin."""
    scores = rng.normal(scale=3.0, size=(len(winners), c))
    rows = np.arange(len(winners))
    scores[rows, winners] = scores.max(axis=1) + rng.uniform(0.5, 2.0, size=len(winners))
    return scores


def every_class(rng: np.random.Generator, n: int, c: int) -> np.ndarray:
    """N labels in random order in which every one of the C classes occurs (N >= C)."""
    return rng.permutation(np.arange(n) % c)


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    n, c = int(rng.integers(12, 16)), int(rng.integers(4, 7))
    yield Case("a batch of scores", {"scores": scores_won_by(rng, every_class(rng, n, c), c)})
    # No permutation here: the columns must not be won by the rows that they win.
    winners = np.roll(np.arange(6), int(rng.integers(1, 6)))
    winners[:2] = winners[2]
    yield Case("as many examples as classes", {"scores": scores_won_by(rng, winners, 6)})
    below = scores_won_by(rng, every_class(rng, 10, 4), 4)
    below -= below.max() + 1.0
    yield Case("scores that are all negative", {"scores": below})
    tied = rng.integers(-3, 1, size=(8, 5)).astype(np.float64)
    for row in tied:
        row[rng.choice(5, size=2, replace=False)] = 2.0
    yield Case("ties", {"scores": tied}, edge=True)
    near = 0.01 * scores_won_by(rng, every_class(rng, 9, 4), 4)
    yield Case("scores that differ by little", {"scores": near}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = scores_won_by(rng, rng.integers(1, 5, size=1), 5)
    yield Case("a single example", {"scores": one}, edge=True)
    whole = np.array([rng.permutation(6) for _ in range(9)])
    yield Case("scores that are whole numbers", {"scores": whole}, edge=True)
    close = 1e6 + scores_won_by(rng, every_class(rng, 10, 5), 5)
    yield Case("large scores, close together", {"scores": close}, edge=True)
    yield Case("every score of a row the same", {"scores": np.full((3, 4), -1.5)}, edge=True)
    yield Case("a single class", {"scores": rng.normal(size=(4, 1))}, edge=True)
    hair = rng.normal(size=(8, 1)) + 1e-12 * scores_won_by(rng, every_class(rng, 8, 4), 4)
    yield Case("scores that differ in the twelfth digit", {"scores": hair}, edge=True)
    tiny = 1e-12 * scores_won_by(rng, every_class(rng, 8, 4), 4)
    yield Case("scores that are tiny", {"scores": tiny}, edge=True)
    whole = np.array([rng.permutation(5) - 2 for _ in range(7)]).astype(np.int32)
    yield Case("scores as int32", {"scores": whole}, edge=True)
    crowd = scores_won_by(rng, rng.integers(150, 256, size=6), 256)
    yield Case("256 classes", {"scores": crowd}, edge=True)
    yield laid_out(scores=scores_won_by(rng, every_class(rng, 7, 4), 4))


exercise.wrong_ways("""
best-example-per-class: You looked down the columns: that is the best example for each class. Each
row needs its best class.
    return np.argmax(scores, axis=0)

largest-label-of-a-tie: Where classes tie, yours takes the last of them; the smallest label has to
win.
    return scores.shape[1] - 1 - np.argmax(scores[:, ::-1], axis=1)

best-starts-at-zero: Your search for the best score starts from 0, so a row of negative scores never
beats it; start from the first class's own score.
    return np.argmax(np.maximum(scores, 0), axis=1)

score-instead-of-label: You return the highest scores themselves; what is asked for is where they
stand.
    return np.max(scores, axis=1)

size-without-sign: You compared the scores without their sign; a score of -9 is lower than one of 1.
    return np.argmax(np.abs(scores), axis=1)

lowest: You take the class with the lowest score, as with distances; a score is better when higher.
    return np.argmin(scores, axis=1)

counts-from-one: You counted the classes from 1; the first column is class 0.
    return np.argmax(scores, axis=1) + 1

one-for-all: You found the one highest score of the whole array; every row needs a label of its own.
    return np.argmax(scores)

one-hot: You marked each row's best class with a 1 among zeros; what is asked for is its number.
    return (scores == scores.max(axis=1, keepdims=True)).astype(int)

last-row-left-out: The last example has no label: does your loop end one row early?
    labels = reference(scores)
    labels[-1] = 0
    return labels

place-in-the-whole-array: Every row got the place of the highest score of the whole array; each row
needs the place of its own highest score.
    return np.full(len(scores), np.argmax(scores))

decimals-cut: You cut the decimals off before you compared, so that close scores tie: compare the
scores as they are.
    return reference(np.trunc(scores))

highest-so-far-not-set-back: Your highest score so far is kept from one row to the next, so most
rows find nothing higher and keep label 0: set it back for every row.
    best = np.max(scores, axis=1)
    higher = best > np.append(-np.inf, np.maximum.accumulate(best)[:-1])
    return np.where(higher, reference(scores), 0)
""")
