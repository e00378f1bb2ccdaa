"""softmax: from scores to probabilities."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

CAT = np.array([[3.2, 5.1, -1.7]])  # the scores of the worked example

exercise = ExerciseDefinition(points=2)


@exercise.reference
def softmax(scores: np.ndarray) -> np.ndarray:
    """Turn the scores of each example into probabilities.

    Args:
        scores: (N, C) float64, one row per example, of any sign and size.

    Returns:
        (N, C) float64: in each row exp(score) divided by the sum of exp(score) over that
        row's classes. Every row adds up to 1, and no entry is NaN or infinite, however
        large the scores are: subtracting one number from all scores of a row changes
        nothing.
    """
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the scores of the example", {"scores": CAT})
    n, c = (int(k) for k in rng.choice([3, 4, 5, 6], size=2, replace=False))
    yield Case("a batch", {"scores": rng.normal(scale=2.0, size=(n, c))})
    yield Case("as many examples as classes", {"scores": rng.normal(scale=2.0, size=(4, 4))})
    yield Case("scores near 1000", {"scores": 1000 + rng.normal(size=(3, 5))}, edge=True)
    yield Case("scores near -1000", {"scores": -1000 + rng.normal(size=(3, 5))}, edge=True)
    rows = rng.normal(size=(4, 3)) + rng.permutation([-1000.0, 0.0, 5.0, 1000.0])[:, None]
    yield Case("rows at very different heights", {"scores": rows}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single class", {"scores": rng.normal(size=(4, 1))}, edge=True)
    far = 1e5 * np.array([rng.permutation(4) for _ in range(3)]) - 2e5
    yield Case("scores of a hundred thousand, far apart", {"scores": far}, edge=True)
    yield Case("equal scores", {"scores": np.full((2, 5), float(rng.normal()))}, edge=True)
    yield Case("two classes", {"scores": rng.normal(scale=2.0, size=(6, 2))}, edge=True)
    yield Case("a single example", {"scores": rng.normal(size=(1, 4))}, edge=True)
    tiny = 1e-12 * rng.normal(size=(3, 4))
    tiny[0, 0] = 0.0
    yield Case("scores that are tiny", {"scores": tiny}, edge=True)
    far = np.array([rng.permutation([0.0, -30.0, -60.0]) for _ in range(4)])
    yield Case("probabilities down to 1e-26", {"scores": far}, edge=True, atol=0.0)
    yield laid_out(scores=rng.normal(scale=2.0, size=(4, 3)))


exercise.wrong_ways("""
overflow: exp of a score near 1000 is infinite, and of one near -1000 it is 0: subtract a number
from all scores of a row first, so that its largest becomes 0.
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=1, keepdims=True)

one-shift-for-all: You subtracted the largest score of the whole batch; rows far below it then
become 0 / 0. Each row needs its own.
    exponentials = np.exp(scores - scores.max())
    return exponentials / exponentials.sum(axis=1, keepdims=True)

down-the-columns: Your columns add up to 1; the classes of one example stand in a row.
    exponentials = np.exp(scores - scores.max(axis=0))
    return exponentials / exponentials.sum(axis=0)

over-the-whole-batch: You divided by the sum over the whole batch; each row has to add up to 1 by
itself.
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials * np.exp(scores.max(axis=1, keepdims=True)) / np.exp(scores).sum()

not-normalised: Your exponentials are not divided by their sum yet: a row has to add up to 1.
    return np.exp(scores)

shifted-not-normalised: Your shifted exponentials are not divided by their sum: a row has to add up
to 1.
    return np.exp(scores - scores.max(axis=1, keepdims=True))

no-exponential: You divided the scores by their sum without exponentiating; negative scores then
give negative probabilities.
    return scores / scores.sum(axis=1, keepdims=True)

powers-of-two: Your probabilities come from powers of 2; the exponential has the base e = 2.718.
    powers = np.exp2(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)

clipped: You cut large scores down, so scores that differ come out the same; shift them instead.
    exponentials = np.exp(np.clip(scores, -500, 500))
    return exponentials / exponentials.sum(axis=1, keepdims=True)

sigmoids: You squashed each score by itself and normalised then; that is not the ratio of
exponentials.
    squashed = 1 / (1 + np.exp(-scores))
    return squashed / squashed.sum(axis=1, keepdims=True)

scores-overwritten: The probabilities are right, but the scores that you were given are not what
they were: -= changes the array itself.
    scores -= scores.max(axis=1, keepdims=True)
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=1, keepdims=True)

shifted-over-the-whole-batch: You divided by the sum over the whole batch; each row has to add up to
1 by itself.
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum()

winner-takes-all: You gave all to the highest score; the others have their share as well, in
proportion to exp(score).
    return (scores == scores.max(axis=1, keepdims=True)).astype(np.float64)

minus-scores: Your probabilities fall where the scores rise: there is a minus in the exponent that
does not belong there.
    return reference(-scores)

logarithms: You return the logarithms of the probabilities; the probabilities themselves are asked
for.
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))

last-row-left-out: The last row has no probabilities: does your loop end one row early?
    probabilities = reference(scores)
    probabilities[-1] = 0.0
    return probabilities

divided-by-the-mean: You divided by the mean of the exponentials, so a row adds up to the number of
classes; divide by their sum.
    return scores.shape[1] * reference(scores)

shifted-rows-down-the-columns: Your columns add up to 1; the classes of one example stand in a row.
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=0)

largest-without-its-sign: Where all scores of a row are far below 0, you end in 0 / 0: subtract the
row's largest score as it is, also where it is negative.
    exponentials = np.exp(scores - np.abs(scores).max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)

shift-per-class: You subtract each class's largest score over the batch, which changes the
probabilities: within a row, one number has to come off all scores.
    exponentials = np.exp(scores - scores.max(axis=0))
    return exponentials / exponentials.sum(axis=1, keepdims=True)

clipped-at-the-limit: You cut large scores down, so scores that differ come out the same, and the
sum of the largest powers is infinite; shift them instead.
    exponentials = np.exp(np.clip(scores, -709, 709))
    return exponentials / exponentials.sum(axis=1, keepdims=True)
""")
exercise.wrong_ways(SINGLE)
