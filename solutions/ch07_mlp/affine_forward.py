"""affine_forward: every output is a weighted sum of all inputs of its example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
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


@exercise.scenario()
def output_of_affine(affine_forward, x, W, b):
    """The output; the cache is the student's own business, but there must be one."""
    given = affine_forward(x, W, b)
    if isinstance(given, (tuple, list)) and len(given) == 2:
        return given[0], None
    return given


@exercise.scenario()
def affine_in_other_layouts(affine_forward, x, W, b):
    """The outputs for arrays that lie column by column, and for read-only windows of them."""
    found = []
    for way in ("column by column", "windows"):
        given = [np.array(array, order="F") for array in (x, W, b)]
        if way == "windows":
            given = [np.repeat(array, 2, axis=-1)[::-1, ..., ::2] for array in (x, W)]
            given.append(np.repeat(b, 2)[::-2])
            for array in given:
                array.flags.writeable = False
        result = affine_forward(*given)
        pair = isinstance(result, (tuple, list)) and len(result) == 2
        found.append(result[0] if pair else result)
    return found


def draw_affine(rng: np.random.Generator, n: int, m: int, *shape: int) -> dict[str, np.ndarray]:
    """N inputs of a shape, weights and biases for M outputs."""
    W = rng.normal(size=(m, int(np.prod(shape))))
    return {"x": rng.normal(size=(n, *shape)), "W": W, "b": rng.normal(size=m)}


def of_all_sizes(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Rows and units that are 0, tiny, ordinary and huge, and biases of all sizes."""
    inputs = draw_affine(rng, 4, 5, 6)
    inputs["x"] *= np.array([0.0, 2e-12, 1.0, 3e5])[:, None]
    inputs["W"] *= rng.permutation([0.0, 1e-12, 1.0, 1.0, 2e4])[:, None]
    inputs["b"] *= rng.permutation([0.0, 0.0, 3e-12, 1.0, -2e5])
    return inputs


# By hand in the text: two examples of two numbers, three outputs.
EXAMPLE = {
    "x": np.array([[1.0, 2.0], [3.0, -1.0]]),
    "W": np.array([[1.0, 0.0], [-1.0, 2.0], [0.5, 1.0]]),
    "b": np.array([0.0, 1.0, -1.0]),
}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "output_of_affine"}
    yield Case("the worked example", EXAMPLE, **there)
    n, m, d = (int(k) for k in rng.permutation([4, 5, 7]))
    yield Case("rows of numbers", draw_affine(rng, n, m, d), **there)
    size = int(rng.integers(3, 6))
    yield Case("as many outputs as inputs", draw_affine(rng, size + 1, size, size), **there)
    # As many outputs as an image has numbers: what does not fit then is that nobody laid it flat.
    n, m = (int(k) for k in rng.permutation([4, 5]))
    yield Case("small images", draw_affine(rng, n, 24, 2, 4, 3), **there)
    yield Case("a single example", draw_affine(rng, 1, m, 6), edge=True, **there)
    pixels = draw_affine(rng, 3, 12, 2, 2, 3)
    pixels["x"] = rng.integers(0, 256, size=(3, 2, 2, 3), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True, **there)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "output_of_affine", "edge": True}
    yield Case("a single output", draw_affine(rng, 5, 1, 4), **there)
    yield Case("a single input", draw_affine(rng, 5, 3, 1), **there)
    yield Case("inputs with two axes", draw_affine(rng, 4, 10, 2, 5), **there)
    for dtype in (np.int32, np.int64):
        whole = draw_affine(rng, 4, 3, 5)
        whole["x"] = rng.integers(-300, 300, size=(4, 5)).astype(dtype)
        yield Case(f"whole numbers as {dtype.__name__}", whole, **there)
    yield Case("numbers of all sizes", of_all_sizes(rng), **there)
    layouts: dict[str, Any] = {"scenario": "affine_in_other_layouts", "edge": True}
    yield Case("images in other memory layouts", draw_affine(rng, 3, 5, 2, 4, 3), **layouts)


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
no-bias: The bias is missing: every output gets its own b added.
    - W.T + b,
    + W.T,

not-transposed: The shapes or the sums are not those of a layer: a row of W holds one output's
weights, so the D inputs of an example have to meet the D numbers of a row of W.
    - W.T
    + W

not-flat: Where the examples are images, nothing fits: lay each of them out as a row of numbers
first.
    - x.reshape(len(x), -1)
    + x

columns-first: You put the entries of an image into the row in another order: keep the order in
which they stand, the last axis fastest (reshape does so by itself).
    - (len(x), -1)
    + ((len(x), -1), order="F")

examples-mixed: Your rows mix the numbers of several examples: reshape keeps the order in which the
numbers stand, so the examples have to be its first axis.
    - x.reshape(len(x), -1)
    + x.reshape(-1, len(x)).T

outputs-down: Your result has a row per output; it needs a row per example and a column per output.
    return reference(x, W, b)[0].T, (x, W, b)

no-cache: Give back two things, (out, cache): without a cache affine_backward cannot work.
    - , (x, W, b)

bias-per-example: Nothing fits: b has a number for each output, so it is added along the rows of the
result, (N, M) + (M,), as it is.
    return x.reshape(len(x), -1) @ W.T + b[:, None], (x, W, b)

batch-in-one-row: You laid the whole batch out as one row; each example is a row of its own.
    return W @ x.flatten() + b, (x, W, b)

bias-twice: Your bias is added twice.
    - + b,
    + + 2 * b,

bias-subtracted: Your bias is subtracted; a layer adds it.
    - + b,
    + - b,

bias-summed: You added the sum of all biases to every output; each output has its own.
    - + b,
    + + b.sum(),

bias-per-input: Your bias is added once for every input, inside the sum; it is added once, after the
sum.
    - + b,
    + + W.shape[1] * b,

mean-for-sum: You averaged over the inputs; a layer sums them.
    - @ W.T + b
    + @ W.T / W.shape[1] + b

activated: Your layer cuts off what is negative: the activation is a layer of its own.
    return np.maximum(reference(x, W, b)[0], 0.0), (x, W, b)

cache-first: The output comes first, then the cache: (out, cache).
    return (x, W, b), reference(x, W, b)[0]

whole-numbers-wrap-around: Your numbers are those of bytes that wrap around: turn pixels into floats
before you compute with them, or let `@` with the float weights do so.
    rows = (x.reshape(len(x), -1) * 2) / 2 if x.dtype == np.uint8 else x.reshape(len(x), -1)
    return rows @ W.T + b, (x, W, b)

reshaped-for-transposed: You reshaped W where it has to be transposed: reshape keeps the order of
the numbers, so rows do not become columns.
    - W.T
    + W.reshape(W.shape[::-1])

spoils-the-inputs: The output is right, but x, W or b are not as they were: `+=` and `*=` write into
an array.
    out = x.reshape(len(x), -1) @ W.T + b
    b *= 2.0
    return out, (x, W, b)
""")
