"""Chapter 03, first part: scores and the labels that follow from them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ChapterBuilder

chapter = ChapterBuilder("03_scores", "The score function f(x, W)")

# The worked example of the chapter: two images of four pixels, three classes.
X_EXAMPLE = np.array([[56.0, 231.0, 24.0, 2.0], [10.0, 0.0, 0.0, 100.0]])
W_EXAMPLE = np.array([[0.2, -0.5, 0.1, 2.0], [1.5, 1.3, 2.1, 0.0], [0.0, 0.25, 0.2, -0.3]])
B_EXAMPLE = np.array([1.1, 3.2, -1.2])


@chapter.exercise(points=2)
def linear_scores(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Score every example for every class: f(x, W) = W x + b for each row x of X.

    Args:
        X: (N, D) examples, one a row; float64, or integers such as uint8 pixels.
        W: (C, D) float64 weights, one row per class.
        b: (C,) float64 biases, one number per class.

    Returns:
        (N, C) float64: entry [n, c] is the score of example n for class c,
        the sum over all d of W[c, d] * X[n, d], plus b[c].
    """
    return X @ W.T + b


def draw_linear(rng: np.random.Generator, n: int, c: int, d: int) -> dict[str, np.ndarray]:
    """N examples, weights and biases of ordinary size, for C classes and D features."""
    return {"X": rng.normal(size=(n, d)), "W": rng.normal(size=(c, d)), "b": rng.normal(size=c)}


@chapter.cases(linear_scores)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(
        "the two images of the worked example", {"X": X_EXAMPLE, "W": W_EXAMPLE, "b": B_EXAMPLE}
    )
    n, c, d = rng.permutation([4, 5, 7])
    yield Case("several examples, classes and features", draw_linear(rng, n, c, d))
    c = int(rng.integers(3, 6))
    yield Case("as many classes as features", draw_linear(rng, c + 2, c, c))
    n = int(rng.integers(3, 6))
    yield Case("as many examples as classes", draw_linear(rng, n, n, n + 3))
    pixels = draw_linear(rng, 6, 3, 12)
    pixels["X"] = rng.integers(0, 256, size=(6, 12), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True)


@chapter.hidden_cases(linear_scores)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_linear(rng, 1, 4, 6), edge=True)
    yield Case("a single class", draw_linear(rng, 5, 1, 3), edge=True)
    yield Case("a single feature", draw_linear(rng, 5, 3, 1), edge=True)
    whole = draw_linear(rng, 4, 3, 5)
    whole["X"] = rng.integers(-9, 10, size=(4, 5))
    yield Case("features that are whole numbers", whole, edge=True)


@chapter.misconception(
    linear_scores, "no-bias",
    "You left out the bias: after W x every class still gets its own b added.",
)  # fmt: skip
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return X @ W.T


@chapter.misconception(
    linear_scores, "columns-as-classes",
    "You used the columns of W as the classes; one class's weights are a row of W. "
    "Write the shapes under your product: which two sides have to be the D features?",
)  # fmt: skip
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return X @ W + b


@chapter.misconception(
    linear_scores, "classes-down",
    "Your result has a row per class; it needs a row per example and a column per class.",
)  # fmt: skip
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return W @ X.T + b[:, None]


@chapter.misconception(
    linear_scores, "bias-per-example",
    "You added one bias to each row, as if every example had its own; a bias belongs to a class, "
    "so to a column of the scores.",
)  # fmt: skip
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return X @ W.T + b[:, None]


@chapter.misconception(
    linear_scores, "mean-over-features",
    "You took the mean over the features; a score is the sum of weight times pixel.",
)  # fmt: skip
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return X @ W.T / X.shape[1] + b


@chapter.misconception(
    linear_scores, "pixels-dtype",
    "Your scores were stored in the type of the pixels, which has no fractions (and, as uint8, "
    "nothing below 0 or above 255): make the array for the result float64.",
)  # fmt: skip
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    scores = np.zeros((len(X), len(W)), dtype=X.dtype)
    scores[:] = (X @ W.T + b).astype(X.dtype)
    return scores


@chapter.variant(linear_scores, "three loops")
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    scores = np.zeros((X.shape[0], W.shape[0]))
    for n in range(X.shape[0]):
        for c in range(W.shape[0]):
            total = b[c]
            for d in range(X.shape[1]):
                total += W[c, d] * X[n, d]
            scores[n, c] = total
    return scores


@chapter.variant(linear_scores, "one example at a time")
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.array([W @ x + b for x in X])


@chapter.variant(linear_scores, "columns, then transposed")
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (W.dot(X.T) + b.reshape(-1, 1)).T


@chapter.variant(linear_scores, "einsum, bias in place")
def _(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    scores = np.einsum("nd,cd->nc", X, W)
    scores += b
    return scores


@chapter.exercise(points=1)
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


@chapter.cases(predict_labels)
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


@chapter.hidden_cases(predict_labels)
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = scores_won_by(rng, rng.integers(1, 5, size=1), 5)
    yield Case("a single example", {"scores": one}, edge=True)
    whole = np.array([rng.permutation(6) for _ in range(9)])
    yield Case("scores that are whole numbers", {"scores": whole}, edge=True)
    close = 1e6 + scores_won_by(rng, every_class(rng, 10, 5), 5)
    yield Case("large scores, close together", {"scores": close}, edge=True)
    yield Case("every score of a row the same", {"scores": np.full((3, 4), -1.5)}, edge=True)
    yield Case("a single class", {"scores": rng.normal(size=(4, 1))}, edge=True)


@chapter.misconception(
    predict_labels, "best-example-per-class",
    "You looked down the columns: that is the best example for each class. "
    "Each row needs its best class.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return np.argmax(scores, axis=0)


@chapter.misconception(
    predict_labels, "largest-label-of-a-tie",
    "Where classes tie, yours takes the last of them; the smallest label has to win.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return scores.shape[1] - 1 - np.argmax(scores[:, ::-1], axis=1)


@chapter.misconception(
    predict_labels, "best-starts-at-zero",
    "Your search for the best score starts from 0, so a row of negative scores never beats it; "
    "start from the first class's own score.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    labels = np.zeros(len(scores), dtype=int)
    for n, row in enumerate(scores):
        best = 0.0
        for c, score in enumerate(row):
            if score > best:
                best, labels[n] = score, c
    return labels


@chapter.misconception(
    predict_labels, "score-instead-of-label",
    "You return the highest scores themselves; what is asked for is where they stand.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return np.max(scores, axis=1)


@chapter.misconception(
    predict_labels, "size-without-sign",
    "You compared the scores without their sign; a score of -9 is lower than one of 1.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return np.argmax(np.abs(scores), axis=1)


@chapter.misconception(
    predict_labels, "lowest",
    "You take the class with the lowest score, as with distances; a score is better when higher.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return np.argmin(scores, axis=1)


@chapter.misconception(
    predict_labels, "one-for-all",
    "You found the one highest score of the whole array; every row needs a label of its own.",
)  # fmt: skip
def _(scores: np.ndarray) -> np.ndarray:
    return np.argmax(scores)  # type: ignore[return-value]


@chapter.variant(predict_labels, "two loops")
def _(scores: np.ndarray) -> np.ndarray:
    labels = np.zeros(scores.shape[0], dtype=np.int64)
    for n in range(scores.shape[0]):
        for c in range(1, scores.shape[1]):
            if scores[n, c] > scores[n, labels[n]]:
                labels[n] = c
    return labels


@chapter.variant(predict_labels, "a list of Python integers, made an array")
def _(scores: np.ndarray) -> np.ndarray:
    return np.array([list(row).index(max(row)) for row in scores])


@chapter.variant(predict_labels, "stable sort of the negated scores")
def _(scores: np.ndarray) -> np.ndarray:
    return np.argsort(-scores, axis=1, kind="stable")[:, 0].astype(np.int32)
