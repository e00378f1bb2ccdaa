"""linear_scores: every example's score for every class, W x + b."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def linear_scores(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Score every example for every class: f(x, W) = W x + b for each row x of X.

    Args:
        X: (N, D) examples, one per row; float64, or integers such as uint8 pixels.
        W: (C, D) float64 weights, one row per class.
        b: (C,) float64 biases, one number per class.

    Returns:
        (N, C) float64: entry [n, c] is the score of example n for class c,
        the sum over all d of W[c, d] * X[n, d], plus b[c].
    """
    return X @ W.T + b


# The worked example of the chapter: two images of four pixels, three classes.
X_EXAMPLE = np.array([[56.0, 231.0, 24.0, 2.0], [10.0, 0.0, 0.0, 100.0]])
W_EXAMPLE = np.array([[0.2, -0.5, 0.1, 2.0], [1.5, 1.3, 2.1, 0.0], [0.0, 0.25, 0.2, -0.3]])
B_EXAMPLE = np.array([1.1, 3.2, -1.2])


def draw_linear(rng: np.random.Generator, n: int, c: int, d: int) -> dict[str, np.ndarray]:
    """N examples, weights and biases of ordinary size, for C classes and D features."""
    return {"X": rng.normal(size=(n, d)), "W": rng.normal(size=(c, d)), "b": rng.normal(size=c)}


exercise.scenario()(in_other_layouts)


@exercise.cases
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


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_linear(rng, 1, 4, 6), edge=True)
    yield Case("a single class", draw_linear(rng, 5, 1, 3), edge=True)
    yield Case("a single feature", draw_linear(rng, 5, 3, 1), edge=True)
    whole = draw_linear(rng, 4, 3, 5)
    whole["X"] = rng.integers(-9, 10, size=(4, 5))
    yield Case("features that are whole numbers", whole, edge=True)
    counts = draw_linear(rng, 4, 3, 5)
    counts["X"] = rng.integers(-9, 10, size=(4, 5), dtype=np.int32)
    yield Case("features as int32", counts, edge=True)
    for name, scale in (("tiny", 1e-12), ("huge", 1e9)):
        inputs = draw_linear(rng, 4, 3, 5)
        inputs = {"X": scale * inputs["X"], "W": scale * inputs["W"], "b": scale**2 * inputs["b"]}
        inputs["X"][0, 0] = inputs["W"][1, 1] = inputs["b"][2] = 0.0
        yield Case(f"numbers that are {name}", inputs, edge=True, atol=0.0)
    yield laid_out(**draw_linear(rng, 5, 3, 4))


exercise.wrong_ways("""
no-bias: You left out the bias: after W x every class still gets its own b added.
    return X @ W.T

columns-as-classes: You used the columns of W as the classes; one class's weights are a row of W.
Write the shapes under your product: which two sides have to be the D features?
    return X @ W + b

classes-down: Your result has a row per class; it needs a row per example and a column per class.
    return W @ X.T + b[:, None]

bias-per-example: You added one bias to each row, as if every example had its own; a bias belongs to
a class, so to a column of the scores.
    return X @ W.T + b[:, None]

bias-subtracted: You took the bias off; it is added.
    return X @ W.T - b

mean-over-features: You took the mean over the features; a score is the sum of weight times pixel.
    return X @ W.T / X.shape[1] + b

pixels-dtype: Your scores were stored in the type of the pixels, which has no fractions (and, as
uint8, nothing below 0 or above 255): make the array for the result float64.
    return (X @ W.T + b).astype(X.dtype)

bias-times-features: You added b to the weights, so that every feature multiplies it; the bias is
added once, after the product.
    return X @ (W + b[:, None]).T

last-example-left-out: The last example has no scores: does your loop end one example early?
    scores = reference(X, W, b)
    scores[-1] = 0.0
    return scores

last-feature-left-out: The last feature has no say: does your sum end one feature early?
    return X[:, :-1] @ W[:, :-1].T + b

bias-for-every-feature: You added the bias once for every feature; it is added once, after the sum
over the features.
    return X @ W.T + X.shape[1] * b

integers-for-integers: Where X holds integers your scores are integers as well, and these have no
fractions: make the array for the result float64.
    scores = reference(X, W, b)
    return scores if X.dtype.kind == "f" else scores.astype(np.int64)

integers-divided-by-255: You divided X by 255 where it holds integers; numbers of any type count as
they are.
    return reference(X if X.dtype.kind == "f" else X / 255, W, b)

divided-by-255: You divided X by 255; its numbers count as they are.
    return reference(X / 255, W, b)

weights-cut-off: Where pixels are whole numbers you turn the weights into whole numbers, too, and
their fractions are lost: it is X that may become a float.
    return X @ W.astype(X.dtype).T.astype(np.float64) + b
""")
exercise.wrong_ways(SINGLE)
