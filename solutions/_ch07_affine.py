"""Chapter 07, second part: the fully connected layer, and the loss at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch07_activations import chapter


@chapter.exercise(points=1)
def affine_forward(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple:
    """Fully connected layer: every output is a weighted sum of all inputs of its example.

    Args:
        x: (N, d1, ..., dk) examples; each one's d1 * ... * dk entries count as one row of D.
        W: (M, D) float64 weights, one row per output.
        b: (M,) float64 biases.

    Returns:
        (out, cache): out is (N, M) float64, entry [n, m] is W[m] times row n, summed, plus b[m];
        cache is what affine_backward needs, in the form that you like best. If you have no
        opinion, take (x, W, b).
    """
    return x.reshape(len(x), -1) @ W.T + b, (x, W, b)


@chapter.exercise(points=3)
def affine_backward(dout: np.ndarray, cache) -> tuple:
    """Send a gradient back through affine_forward.

    Args:
        dout: (N, M) float64: the gradient of the loss towards out.
        cache: what affine_forward gave (your own; where yours does not pass its check yet,
            (x, W, b)).

    Returns:
        (dx, dW, db): float64 gradients towards x, W and b, each shaped as what it belongs to:
        (N, d1, ..., dk), (M, D) and (M,). No mean is taken: what arrives is summed.
    """
    x, W = cache[:2]
    dx = (dout @ W).reshape(x.shape)
    dW = dout.T @ x.reshape(len(x), -1)
    return dx, dW, dout.sum(axis=0)


@chapter.exercise(points=2)
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


@chapter.scenario(affine_forward)
def output_of_affine(affine_forward, x, W, b):
    """The output; the cache is the student's own business, but there must be one."""
    given = affine_forward(x, W, b)
    if isinstance(given, (tuple, list)) and len(given) == 2:
        return given[0], None
    return given


@chapter.scenario(affine_backward, uses=("affine_forward",), otherwise="affine_documented")
def affine_own(affine_backward, affine_forward, x, W, b, dout):
    """With the cache that the student's own forward pass gives."""
    return affine_backward(dout, affine_forward(x, W, b)[1])


@chapter.scenario(affine_backward)
def affine_documented(affine_backward, x, W, b, dout):
    """With the cache that the docstring states."""
    return affine_backward(dout, (x, W, b))


def draw_affine(rng: np.random.Generator, n: int, m: int, *shape: int) -> dict[str, np.ndarray]:
    """N inputs of a shape, weights and biases for M outputs."""
    W = rng.normal(size=(m, int(np.prod(shape))))
    return {"x": rng.normal(size=(n, *shape)), "W": W, "b": rng.normal(size=m)}


# By hand in the text: two examples of two numbers, three outputs.
X_EXAMPLE = np.array([[1.0, 2.0], [3.0, -1.0]])
W_EXAMPLE = np.array([[1.0, 0.0], [-1.0, 2.0], [0.5, 1.0]])
B_EXAMPLE = np.array([0.0, 1.0, -1.0])
DOUT_EXAMPLE = np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]])


@chapter.cases(affine_forward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "output_of_affine"}
    example = {"x": X_EXAMPLE, "W": W_EXAMPLE, "b": B_EXAMPLE}
    yield Case("the worked example", example, **there)
    n, m, d = (int(k) for k in rng.permutation([4, 5, 7]))
    yield Case("rows of numbers", draw_affine(rng, n, m, d), **there)
    size = int(rng.integers(3, 6))
    yield Case("as many outputs as inputs", draw_affine(rng, size + 1, size, size), **there)
    # As many outputs as an image has numbers: what does not fit then is that nobody laid it flat.
    n, m = (int(k) for k in rng.permutation([4, 5]))
    yield Case("small images", draw_affine(rng, n, 24, 2, 4, 3), **there)
    yield Case("a single example", draw_affine(rng, 1, m, 6), edge=True, **there)


@chapter.hidden_cases(affine_forward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "output_of_affine", "edge": True}
    yield Case("a single output", draw_affine(rng, 5, 1, 4), **there)
    yield Case("a single input", draw_affine(rng, 5, 3, 1), **there)
    yield Case("inputs with two axes", draw_affine(rng, 4, 10, 2, 5), **there)
    pixels = {**draw_affine(rng, 3, 12, 2, 2, 3)}
    pixels["x"] = rng.integers(0, 256, size=(3, 2, 2, 3), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, **there)


def with_dout(rng: np.random.Generator, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The inputs of a forward pass and a gradient for its output."""
    return {**inputs, "dout": rng.normal(size=(len(inputs["x"]), len(inputs["b"])))}


@chapter.cases(affine_backward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "affine_own"}
    example = {"x": X_EXAMPLE, "W": W_EXAMPLE, "b": B_EXAMPLE, "dout": DOUT_EXAMPLE}
    yield Case("the worked example", example, **there)
    n, m, d = (int(k) for k in rng.permutation([4, 5, 7]))
    yield Case("rows of numbers", with_dout(rng, draw_affine(rng, n, m, d)), **there)
    size = int(rng.integers(3, 6))
    square = with_dout(rng, draw_affine(rng, size, size, size))
    yield Case("as many examples as inputs and outputs", square, **there)
    n, m = (int(k) for k in rng.permutation([4, 5]))
    yield Case("small images", with_dout(rng, draw_affine(rng, n, 24, 2, 4, 3)), **there)
    yield Case("a single example", with_dout(rng, draw_affine(rng, 1, m, 6)), edge=True, **there)


@chapter.hidden_cases(affine_backward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "affine_own", "edge": True}
    yield Case("a single output", with_dout(rng, draw_affine(rng, 5, 1, 4)), **there)
    yield Case("a single input", with_dout(rng, draw_affine(rng, 5, 3, 1)), **there)
    yield Case("inputs with two axes", with_dout(rng, draw_affine(rng, 4, 10, 2, 5)), **there)


def draw_scores(rng: np.random.Generator, n: int, c: int, scale: float = 2.0) -> dict[str, Any]:
    """Scores and labels; of several labels not all are the same."""
    y = rng.permutation(np.arange(n) % c)
    return {"scores": rng.normal(scale=scale, size=(n, c)), "y": y}


@chapter.cases(softmax_cross_entropy)
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


@chapter.hidden_cases(softmax_cross_entropy)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("only two classes", draw_scores(rng, 6, 2), edge=True)
    yield Case("scores that are all 0", {**draw_scores(rng, 5, 4), "scores": np.zeros((5, 4))},
               edge=True)  # fmt: skip
    yield Case("another batch", draw_scores(rng, 9, 3), edge=True)
    same = {**draw_scores(rng, 4, 3), "y": np.full(4, 2)}
    yield Case("one label for all", same, edge=True)
