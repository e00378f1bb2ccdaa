"""Chapter 05, first part: probabilities from scores, and the loss that they give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ChapterBuilder

chapter = ChapterBuilder("05_softmax", "From scores to probabilities")

CAT = np.array([[3.2, 5.1, -1.7]])  # the scores of the worked example


@chapter.exercise(points=2)
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


@chapter.cases(softmax)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the scores of the example", {"scores": CAT})
    n, c = (int(k) for k in rng.choice([3, 4, 5, 6], size=2, replace=False))
    yield Case("a batch", {"scores": rng.normal(scale=2.0, size=(n, c))})
    yield Case("as many examples as classes", {"scores": rng.normal(scale=2.0, size=(4, 4))})
    yield Case("scores near 1000", {"scores": 1000 + rng.normal(size=(3, 5))}, edge=True)
    yield Case("scores near -1000", {"scores": -1000 + rng.normal(size=(3, 5))}, edge=True)
    rows = rng.normal(size=(4, 3)) + rng.permutation([-1000.0, 0.0, 5.0, 1000.0])[:, None]
    yield Case("rows at very different heights", {"scores": rows}, edge=True)


@chapter.hidden_cases(softmax)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single class", {"scores": rng.normal(size=(4, 1))}, edge=True)
    far = 1e5 * np.array([rng.permutation(4) for _ in range(3)]) - 2e5
    yield Case("scores of a hundred thousand, far apart", {"scores": far}, edge=True)
    yield Case("equal scores", {"scores": np.full((2, 5), float(rng.normal()))}, edge=True)
    yield Case("two classes", {"scores": rng.normal(scale=2.0, size=(6, 2))}, edge=True)


@chapter.misconception(
    softmax, "overflow",
    "exp of a score near 1000 is infinite, and of one near -1000 it is 0: subtract a number from "
    "all scores of a row first, so that its largest becomes 0.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@chapter.misconception(
    softmax, "one-shift-for-all",
    "You subtracted the largest score of the whole batch; rows far below it then become 0 / 0. "
    "Each row needs its own.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(scores - scores.max())
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@chapter.misconception(
    softmax, "down-the-columns",
    "Your columns add up to 1; the classes of one example stand in a row.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(scores - scores.max(axis=0))
    return exponentials / exponentials.sum(axis=0)


@chapter.misconception(
    softmax, "over-the-whole-batch",
    "You divided by the sum over the whole batch; each row has to add up to 1 by itself.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials * np.exp(scores.max(axis=1, keepdims=True)) / np.exp(scores).sum()


@chapter.misconception(
    softmax, "not-normalised",
    "Your exponentials are not divided by their sum yet: a row has to add up to 1.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return np.exp(scores)


@chapter.misconception(
    softmax, "shifted-not-normalised",
    "Your shifted exponentials are not divided by their sum: a row has to add up to 1.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return np.exp(scores - scores.max(axis=1, keepdims=True))


@chapter.misconception(
    softmax, "no-exponential",
    "You divided the scores by their sum without exponentiating; negative scores then give "
    "negative probabilities.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return scores / scores.sum(axis=1, keepdims=True)


@chapter.misconception(
    softmax, "powers-of-two",
    "Your probabilities come from powers of 2; the exponential has the base e = 2.718.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    powers = np.exp2(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@chapter.misconception(
    softmax, "clipped",
    "You cut large scores down, so scores that differ come out the same; shift them instead.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(np.clip(scores, -500, 500))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@chapter.misconception(
    softmax, "sigmoids",
    "You squashed each score by itself and normalised then; that is not the ratio of exponentials.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    squashed = 1 / (1 + np.exp(-scores))
    return squashed / squashed.sum(axis=1, keepdims=True)


@chapter.misconception(
    softmax, "scores-overwritten",
    "The probabilities are right, but the scores that you were given are not what they were: -= "
    "changes the array itself.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    scores -= scores.max(axis=1, keepdims=True)
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@chapter.variant(softmax, "row by row")
def _(scores: np.ndarray) -> np.ndarray:
    rows = []
    for row in scores:
        powers = [np.exp(score - max(row)) for score in row]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)


@chapter.variant(softmax, "exp of the logarithm")
def _(scores: np.ndarray) -> np.ndarray:
    top = scores.max(1)[:, None]
    return np.exp(scores - top - np.log(np.exp(scores - top).sum(1))[:, None])


@chapter.variant(softmax, "in place on a copy, on columns")
def _(scores: np.ndarray) -> np.ndarray:
    columns = scores.T.astype(np.float64)
    columns -= columns.max(axis=0)
    np.exp(columns, out=columns)
    columns /= columns.sum(axis=0)
    return columns.T


@chapter.variant(softmax, "one over the sum of ratios")
def _(scores: np.ndarray) -> np.ndarray:
    differences = scores[:, None, :] - scores[:, :, None]  # [n, i, j] is s_j - s_i
    return 1 / np.exp(np.minimum(differences, 700)).sum(axis=2)


@chapter.exercise(points=1)
def cross_entropy(probabilities: np.ndarray, y: np.ndarray) -> float:
    """Measure how wrong the probabilities of a batch are.

    Args:
        probabilities: (N, C) probabilities, one row per example, one column per class.
        y: (N,) integers in 0..C-1, the right classes. Their probabilities are not 0.

    Returns:
        A float: the mean over the examples of -log(probability of the right class), with
        the natural logarithm.
    """
    right = probabilities[np.arange(len(y)), y]
    return -np.mean(np.log(right))


def draw_probabilities(rng: np.random.Generator, n: int, c: int) -> dict[str, Any]:
    """Rows that add up to 1, no entry below 0.01 or so, and labels."""
    weights = rng.uniform(0.1, 2.0, size=(n, c))
    return {
        "probabilities": weights / weights.sum(axis=1, keepdims=True),
        "y": rng.integers(0, c, size=n),
    }


@chapter.cases(cross_entropy)
def _(rng: np.random.Generator) -> Iterator[Case]:
    cat = {"probabilities": np.array([[0.13, 0.869, 0.001]]), "y": np.array([0])}
    yield Case("the probabilities of the example", cat, rtol=1e-5)
    n, c = (int(k) for k in rng.choice([4, 5, 6, 7], size=2, replace=False))
    yield Case("a batch", draw_probabilities(rng, n, c), rtol=1e-5)
    square = draw_probabilities(rng, 5, 5)
    square["y"] = np.roll(np.arange(5), int(rng.integers(1, 5)))
    yield Case("as many examples as classes", square, rtol=1e-5)
    small = draw_probabilities(rng, 6, 3)
    small["y"] = small["y"].astype(np.uint8)
    yield Case("labels as uint8", small, edge=True, rtol=1e-5)
    p = float(rng.uniform(3e-4, 6e-4))
    unlikely = {"probabilities": np.array([[p, 1 - p], [0.4, 0.6]]), "y": np.array([0, 1])}
    yield Case("a right class that was thought unlikely", unlikely, edge=True, rtol=1e-5)


@chapter.hidden_cases(cross_entropy)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_probabilities(rng, 1, 6), edge=True, rtol=1e-5)
    almost = 0.97 * np.eye(3) + 0.01
    sure = {"probabilities": almost[[2, 0, 1, 1]], "y": np.array([2, 0, 1, 1])}
    yield Case("almost sure, and right", sure, edge=True, rtol=1e-5)
    many = draw_probabilities(rng, 9, 2)
    many["y"] = many["y"].astype(np.int32)
    yield Case("two classes, labels as int32", many, edge=True, rtol=1e-5)


def _right(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.asarray(p)[np.arange(len(y)), y]


def _both_sides(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Each class as a yes-or-no question of its own, summed over the classes: (N,)."""
    return np.log(np.where(np.eye(p.shape[1], dtype=bool)[y], p, 1 - p)).sum(axis=1)


ENTROPIES: dict[str, tuple[str, Any]] = {
    "sum": (
        "You added up the losses of the examples; the cross-entropy is their mean.",
        lambda p, y: float(-np.log(_right(p, y)).sum()),
    ),
    "base-ten": (
        "You took the logarithm to the base 10 (log10); here it is the natural one.",
        lambda p, y: float(-np.log10(_right(p, y)).mean()),
    ),
    "base-two": (
        "You took the logarithm to the base 2; here it is the natural one.",
        lambda p, y: float(-np.log2(_right(p, y)).mean()),
    ),
    "no-minus": (
        "The minus is missing: the logarithm of a probability is negative, a loss is not.",
        lambda p, y: float(np.log(_right(p, y)).mean()),
    ),
    "log-of-the-mean": (
        "You took the mean of the probabilities first and its logarithm then; each example has a "
        "loss of its own, and the mean comes last.",
        lambda p, y: float(-np.log(_right(p, y).mean())),
    ),
    "every-column-for-everyone": (
        "probabilities[:, y] takes every label's column for every example; each row needs the one "
        "entry of its own label.",
        lambda p, y: float(-np.log(p[:, y]).mean()),
    ),
    "most-likely-class": (
        "You took the largest probability of each row; the loss asks for the right class's.",
        lambda p, y: float(-np.log(p.max(axis=1)).mean()),
    ),
    "all-entries-counted": (
        "You divided by the number of all entries; the mean is over the examples.",
        lambda p, y: float(-np.log(_right(p, y)).sum() / p.size),
    ),
    "every-class-a-question": (
        "You added log(1 - p) of the wrong classes; only the right class's probability counts, and "
        "it holds the others already, since all of them add up to 1.",
        lambda p, y: float(-_both_sides(p, y).mean()),
    ),
    "distance-to-one": (
        "You took 1 - p; the loss is -log(p), which grows beyond every bound as p goes to 0.",
        lambda p, y: float((1 - _right(p, y)).mean()),
    ),
}  # fmt: skip
for _name, (_sentence, _wrong) in ENTROPIES.items():
    chapter.misconception(cross_entropy, _name, _sentence)(_wrong)


@chapter.variant(cross_entropy, "a loop")
def _(probabilities: np.ndarray, y: np.ndarray) -> float:
    import math

    total = 0.0
    for row, label in zip(probabilities, y, strict=True):
        total -= math.log(row[label])
    return total / len(y)


@chapter.variant(cross_entropy, "one-hot labels, a tiny number inside the logarithm")
def _(probabilities: np.ndarray, y: np.ndarray) -> float:
    onehot = np.eye(probabilities.shape[1])[y]
    return -np.sum(onehot * np.log(probabilities + 1e-12)) / len(probabilities)


@chapter.variant(cross_entropy, "taken along the axis")
def _(probabilities: np.ndarray, y: np.ndarray) -> float:
    chosen = np.take_along_axis(probabilities, y.reshape(-1, 1).astype(int), axis=1)
    return np.log(1 / chosen).mean()
