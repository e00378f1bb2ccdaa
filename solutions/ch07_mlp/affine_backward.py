"""affine_backward: sends a gradient back through the affine layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch07_mlp.affine_forward import EXAMPLE, draw_affine

exercise = ExerciseDefinition(points=3)


@exercise.reference
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


@exercise.scenario(uses=("affine_forward",), otherwise="affine_documented")
def affine_own(affine_backward, affine_forward, x, W, b, dout):
    """With the cache that the student's own forward pass gives."""
    return affine_backward(dout, affine_forward(x, W, b)[1])


@exercise.scenario()
def affine_documented(affine_backward, x, W, b, dout):
    """With the cache that the docstring states."""
    return affine_backward(dout, (x, W, b))


def with_dout(rng: np.random.Generator, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The inputs of a forward pass and a gradient for its output."""
    return {**inputs, "dout": rng.normal(size=(len(inputs["x"]), len(inputs["b"])))}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "affine_own"}
    dout = np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]])
    yield Case("the worked example", {**EXAMPLE, "dout": dout}, **there)
    n, m, d = (int(k) for k in rng.permutation([4, 5, 7]))
    yield Case("rows of numbers", with_dout(rng, draw_affine(rng, n, m, d)), **there)
    size = int(rng.integers(3, 6))
    square = with_dout(rng, draw_affine(rng, size, size, size))
    yield Case("as many examples as inputs and outputs", square, **there)
    n, m = (int(k) for k in rng.permutation([4, 5]))
    yield Case("small images", with_dout(rng, draw_affine(rng, n, 24, 2, 4, 3)), **there)
    yield Case("a single example", with_dout(rng, draw_affine(rng, 1, m, 6)), edge=True, **there)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "affine_own", "edge": True}
    yield Case("a single output", with_dout(rng, draw_affine(rng, 5, 1, 4)), **there)
    yield Case("a single input", with_dout(rng, draw_affine(rng, 5, 3, 1)), **there)
    yield Case("inputs with two axes", with_dout(rng, draw_affine(rng, 4, 10, 2, 5)), **there)


exercise.wrong_ways("""
mean-over-examples: You divide dW and db by N. The mean was taken by the loss, and its 1 / N has
arrived in dout already: here the examples are summed.
    - return dx, dW, dout.sum(axis=0)
    + return dx, dW / len(dout), dout.mean(axis=0)

db-mean: db is a mean in yours; b is added to every example, so what all of them send back is
summed.
    - dout.sum(axis=0)
    + dout.mean(axis=0)

db-along-the-outputs: db has to have one number per output: sum over the examples, not over the
outputs.
    - dout.sum(axis=0)
    + dout.sum(axis=1)

dW-transposed: Your dW has the shape of W.T: a gradient is shaped like the thing that it belongs to,
(M, D).
    - return dx, dW,
    + return dx, dW.T,

dx-flat: dx stays flat in yours: where x was a batch of images, dx is shaped like that batch.
    - .reshape(x.shape)
    + .reshape(len(x), -1)

dx-by-W-transposed: The shapes of a product do not fit: (N, M) times which shape gives dx, (N, D),
and which two shapes give dW, (M, D)?
    - dout @ W
    + dout @ W.T

x-not-flat: Where the examples are images, nothing fits: dW needs each of them as a row of numbers.
    - x.reshape(len(x), -1)
    + x

another-order: The gradients come in the order (dx, dW, db).
    - return dx, dW, dout.sum(axis=0)
    + return dW, dout.sum(axis=0), dx
""")
