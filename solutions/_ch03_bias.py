"""Chapter 03, second part: the bias trick, which makes the bias one more column of weights."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch03_linear import B_EXAMPLE, W_EXAMPLE, X_EXAMPLE, chapter


@chapter.exercise(points=1)
def append_ones(X: np.ndarray) -> np.ndarray:
    """Give every example one feature more, which is always 1.

    Args:
        X: (N, D) float64 examples, one a row. X itself stays as it is.

    Returns:
        (N, D + 1) float64: the rows of X, each with a 1 as its last entry.
    """
    return np.hstack([X, np.ones((len(X), 1))])


@chapter.cases(append_ones)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the two images of the worked example", {"X": X_EXAMPLE})
    n, d = rng.choice([3, 4, 5, 6], size=2, replace=False)
    yield Case("several examples", {"X": rng.normal(size=(n, d))})
    n = int(rng.integers(3, 6))
    yield Case("as many examples as features", {"X": rng.normal(size=(n, n))})
    yield Case("a single example", {"X": rng.normal(size=(1, 4))}, edge=True)


@chapter.hidden_cases(append_ones)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single feature", {"X": rng.normal(size=(5, 1))}, edge=True)
    twice = np.hstack([rng.normal(size=(4, 3)), np.ones((4, 1))])
    yield Case("a feature that is 1 already", {"X": twice}, edge=True)


@chapter.misconception(
    append_ones, "ones-first",
    "Your ones are the first column; they belong at the end, where the bias will stand in W.",
)  # fmt: skip
def _(X: np.ndarray) -> np.ndarray:
    return np.hstack([np.ones((len(X), 1)), X])


@chapter.misconception(
    append_ones, "a-row-of-ones",
    "You added a row, which is one more example; what is needed is one more feature, so a column.",
)  # fmt: skip
def _(X: np.ndarray) -> np.ndarray:
    return np.vstack([X, np.ones((1, X.shape[1]))])


@chapter.misconception(
    append_ones, "zeros",
    "You appended zeros: then the bias is multiplied by 0 and has no say.",
)  # fmt: skip
def _(X: np.ndarray) -> np.ndarray:
    return np.pad(X, ((0, 0), (0, 1)))


@chapter.misconception(
    append_ones, "flattened",
    "Your result is one long row of numbers: joined without an axis, an array is flattened first.",
)  # fmt: skip
def _(X: np.ndarray) -> np.ndarray:
    return np.append(X, np.ones((len(X), 1)))


@chapter.misconception(
    append_ones, "last-feature-overwritten",
    "You wrote the ones over the last feature; the result has one column more than X.",
)  # fmt: skip
def _(X: np.ndarray) -> np.ndarray:
    X = X.copy()
    X[:, -1] = 1
    return X


@chapter.variant(append_ones, "ones, then filled")
def _(X: np.ndarray) -> np.ndarray:
    n, d = X.shape
    longer = np.ones((n, d + 1))
    longer[:, :d] = X
    return longer


@chapter.variant(append_ones, "row by row")
def _(X: np.ndarray) -> np.ndarray:
    return np.array([[*row, 1.0] for row in X])


@chapter.variant(append_ones, "padded")
def _(X: np.ndarray) -> np.ndarray:
    return np.pad(X, ((0, 0), (0, 1)), constant_values=1)


@chapter.variant(append_ones, "from the transpose, as a view in another order")
def _(X: np.ndarray) -> np.ndarray:
    return np.vstack([X.T, np.ones(X.shape[0])]).T


@chapter.exercise(points=1)
def fold_bias(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Join weights and biases to one matrix, so that scores need no addition of b.

    Args:
        W: (C, D) float64 weights, one row per class.
        b: (C,) float64 biases.

    Returns:
        (C, D + 1) float64: row c is W[c] followed by b[c], so that
        append_ones(X) @ fold_bias(W, b).T equals linear_scores(X, W, b).
    """
    return np.column_stack([W, b])


def draw_weights(rng: np.random.Generator, c: int, d: int) -> dict[str, np.ndarray]:
    """Weights and biases for C classes and D features."""
    return {"W": rng.normal(size=(c, d)), "b": rng.normal(size=c)}


@chapter.cases(fold_bias)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the weights of the worked example", {"W": W_EXAMPLE, "b": B_EXAMPLE})
    c, d = rng.choice([3, 4, 5, 6], size=2, replace=False)
    yield Case("several classes", draw_weights(rng, c, d))
    c = int(rng.integers(3, 6))
    yield Case("as many classes as features", draw_weights(rng, c, c))
    yield Case("a single class", draw_weights(rng, 1, 4), edge=True)


@chapter.hidden_cases(fold_bias)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single feature", draw_weights(rng, 5, 1), edge=True)
    yield Case("two classes, two features", draw_weights(rng, 2, 2), edge=True)


@chapter.misconception(
    fold_bias, "bias-first",
    "Your bias is the first column; append_ones puts its 1 last, so the bias must stand last too.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.column_stack([b, W])


@chapter.misconception(
    fold_bias, "bias-as-a-row",
    "You put b below W as one more row, which would be one more class; each class's bias belongs "
    "at the end of its own row.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.vstack([W, b])


@chapter.misconception(
    fold_bias, "ones-instead-of-bias",
    "You appended ones to W: the ones go to X, and W gets the numbers that they pick up, b.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.column_stack([W, np.ones(len(W))])


@chapter.misconception(
    fold_bias, "bias-added-to-weights",
    "You added b to every weight of its class; it must stay a number of its own, which only the "
    "appended 1 picks up.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return W + b[:, None]


@chapter.misconception(
    fold_bias, "classes-across",
    "You folded the transpose of W: the result keeps one row per class.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.vstack([W.T, b])


@chapter.variant(fold_bias, "bias as a column, concatenated")
def _(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.concatenate((W, b[:, np.newaxis]), axis=1)


@chapter.variant(fold_bias, "class by class")
def _(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.array([[*W[c], b[c]] for c in range(len(b))])


@chapter.variant(fold_bias, "empty, then filled")
def _(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    folded = np.empty((W.shape[0], W.shape[1] + 1))
    folded[:, :-1] = W
    folded[:, -1] = b
    return folded
