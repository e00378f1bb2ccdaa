"""affine_backward: sends a gradient back through the affine layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch07_mlp.affine_forward import EXAMPLE, draw_affine, of_all_sizes
from solutions.shared.precision import SINGLE

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


@exercise.scenario(uses=("affine_forward",), otherwise="affine_documented_twice")
def affine_twice(affine_backward, affine_forward, x, W, b, dout):
    """Two passes forward before either comes back; the first comes back twice.

    Arrays lie column by column, and gradients are read-only windows.
    """
    x, W = np.array(x, order="F"), np.array(W, order="F")
    caches = [affine_forward(x, W, b)[1], affine_forward(x[::-1] * 2.0, W, b)[1]]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [affine_backward(window, cache) for cache in (*caches, caches[0])]


@exercise.scenario()
def affine_documented_twice(affine_backward, x, W, b, dout):
    """The same with the cache that the docstring states."""
    x, W = np.array(x, order="F"), np.array(W, order="F")
    caches = [(x, W, b), (x[::-1] * 2.0, W, b)]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [affine_backward(window, cache) for cache in (*caches, caches[0])]


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
    twice: dict[str, Any] = {"scenario": "affine_twice", "edge": True}
    inputs = with_dout(rng, draw_affine(rng, 3, 5, 2, 4, 3))
    yield Case("two passes of images, in other memory layouts", inputs, **twice)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "affine_own", "edge": True}
    yield Case("a single output", with_dout(rng, draw_affine(rng, 5, 1, 4)), **there)
    yield Case("a single input", with_dout(rng, draw_affine(rng, 5, 3, 1)), **there)
    yield Case("inputs with two axes", with_dout(rng, draw_affine(rng, 4, 10, 2, 5)), **there)
    sizes = with_dout(rng, of_all_sizes(rng))
    sizes["dout"] *= np.array([1.0, 1.0, 0.0, 3e-12, 2e4])
    sizes["dout"][:, 1] = sizes["dout"][:, 0]
    yield Case("numbers of all sizes", sizes, **there)
    pixels = with_dout(rng, draw_affine(rng, 3, 12, 2, 2, 3))
    pixels["x"] = rng.integers(0, 256, size=(3, 2, 2, 3), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, **there)


exercise.wrong_ways(SINGLE)
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

all-are-means: You divide all three gradients by N. The mean was taken by the loss, and its 1 / N
has arrived in dout already: here the examples are summed, and each keeps its own dx.
    - return dx, dW, dout.sum(axis=0)
    + return dx / len(dout), dW / len(dout), dout.mean(axis=0)

dW-mean: dW is a mean in yours. The mean was taken by the loss, and its 1 / N has arrived in dout
already: here the examples are summed.
    - return dx, dW,
    + return dx, dW / len(dout),

db-as-a-row: db keeps an axis of length 1 in yours (`keepdims` does that); it is shaped like b,
(M,).
    - dout.sum(axis=0)
    + dout.sum(axis=0, keepdims=True)

db-not-summed: db is dout itself in yours; b is added to every example, so what all of them send
back is summed.
    - dout.sum(axis=0)
    + dout

db-forgotten: You give back dx and dW; b has a gradient, too: (dx, dW, db).
    - return dx, dW, dout.sum(axis=0)
    + return dx, dW

db-one-number: db is a single number in yours; every output has a bias of its own, so sum over the
examples alone.
    - dout.sum(axis=0)
    + dout.sum()

db-is-1: db is 1 in yours, the slope alone; multiply it by dout, and sum over the examples.
    - dout.sum(axis=0)
    + np.ones(len(W))

dW-first: The gradients come in the order (dx, dW, db); your first two have changed places.
    - return dx, dW,
    + return dW, dx,

dW-reshaped: You reshaped dW where it has to be transposed: reshape keeps the order of the numbers,
so rows do not become columns.
    - return dx, dW,
    + return dx, dW.T.reshape(W.shape),

dx-in-another-order: The numbers of dx stand in another order than those of x: undo what the forward
pass did to lay each example flat, the last axis fastest.
    - .reshape(x.shape)
    + .reshape(x.shape, order="F")

last-example-alone: dW is that of the last example alone: every example's part is added (`+=` in a
loop).
    - dW = dout.T @ x.reshape(len(x), -1)
    + dW = np.outer(dout[-1], x[-1])

sums-before-products: You summed dout and x over the batch first and multiplied then; dW is a sum of
products: multiply example by example, and add those.
    - dW = dout.T @ x.reshape(len(x), -1)
    + dW = np.outer(dout.sum(axis=0), x.reshape(len(x), -1).sum(axis=0))

examples-mixed: The rows of which your dW is made mix the numbers of several examples: reshape keeps
the order in which the numbers stand, so the examples have to be its first axis.
    - x.reshape(len(x), -1)
    + x.reshape(-1, len(x)).T

a-penalty-besides: Your dW has a part of W in it: the penalty is added by the model, not by the
layer.
    - return dx, dW,
    + return dx, dW + 1e-3 * W,

the-other-pass: Two passes were made before their gradients came back, and yours went through the
wrong one: all that backward needs belongs in the cache.
    latest = {}

    def affine_forward(x, W, b):
        latest["cache"] = x, W, b
        return x.reshape(len(x), -1) @ W.T + b, None

    def affine_backward(dout, cache):
        return reference(dout, latest["cache"])
""")
