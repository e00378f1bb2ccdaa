"""Chapter 07, first part: the two activations as layers, forward and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ChapterBuilder

chapter = ChapterBuilder("07_mlp", "Layers: the whole network")


@chapter.exercise(points=1)
def sigmoid_forward(x: np.ndarray) -> tuple:
    """Squash every entry to between 0 and 1: 1 / (1 + e^-x).

    Args:
        x: float64 array of any shape, with entries of any size.

    Returns:
        (out, cache): out is a float64 array shaped like x, finite everywhere; cache is what
        sigmoid_backward needs, in the form that you like best. If you have no opinion, take out.
    """
    out = np.exp(-np.logaddexp(0.0, -x))  # 1 / (1 + e^-x) without overflow
    return out, out


@chapter.exercise(points=1)
def sigmoid_backward(dout: np.ndarray, cache) -> np.ndarray:
    """Send a gradient back through sigmoid_forward.

    Args:
        dout: float64 array shaped like out: the gradient of the loss towards out.
        cache: what sigmoid_forward gave (your own; where yours does not pass its check yet, the
            sigmoid's output).

    Returns:
        float64 array shaped like dout: the gradient of the loss towards x.
    """
    return dout * cache * (1.0 - cache)


@chapter.exercise(points=1)
def relu_forward(x: np.ndarray) -> tuple:
    """Cut off everything below 0: max(0, x).

    Args:
        x: float64 array of any shape.

    Returns:
        (out, cache): out is a float64 array shaped like x; cache is what relu_backward needs, in
        the form that you like best. If you have no opinion, take x.
    """
    return np.maximum(0.0, x), x


@chapter.exercise(points=1)
def relu_backward(dout: np.ndarray, cache) -> np.ndarray:
    """Send a gradient back through relu_forward.

    Args:
        dout: float64 array shaped like out: the gradient of the loss towards out.
        cache: what relu_forward gave (your own; where yours does not pass its check yet, the
            ReLU's input).

    Returns:
        float64 array shaped like dout: the gradient towards x. It is dout where x was positive,
        and 0 where x was negative or 0.
    """
    return dout * (cache > 0)


def output_of_forward(forward, x):
    """The output; the cache is the student's own business, but there must be one."""
    given = forward(x)
    if isinstance(given, (tuple, list)) and len(given) == 2:
        return given[0], None
    return given


for layer in (sigmoid_forward, relu_forward):
    chapter.scenario(layer)(output_of_forward)


@chapter.scenario(sigmoid_backward, uses=("sigmoid_forward",), otherwise="sigmoid_documented")
def sigmoid_own(sigmoid_backward, sigmoid_forward, x, out, dout):
    """With the cache that the student's own forward pass gives."""
    return sigmoid_backward(dout, sigmoid_forward(x)[1])


@chapter.scenario(sigmoid_backward)
def sigmoid_documented(sigmoid_backward, x, out, dout):
    """With the cache that the docstring states."""
    return sigmoid_backward(dout, out)


@chapter.scenario(sigmoid_backward, uses=("sigmoid_forward",), otherwise="sigmoid_untouched")
def sigmoid_after(sigmoid_backward, sigmoid_forward, x, out, dout):
    """By how much the backward pass has changed what the student's forward pass gave."""
    out, cache = sigmoid_forward(x)
    before = np.array(out)
    sigmoid_backward(dout, cache)
    return {"change": out - before}


@chapter.scenario(sigmoid_backward)
def sigmoid_untouched(sigmoid_backward, x, out, dout):
    """By how much the backward pass has changed the cache that the docstring states."""
    before = np.array(out)
    sigmoid_backward(dout, out)
    return {"change": out - before}


@chapter.scenario(relu_backward, uses=("relu_forward",), otherwise="relu_untouched")
def relu_after(relu_backward, relu_forward, x, dout):
    """By how much the backward pass has changed what the student's forward pass gave."""
    out, cache = relu_forward(x)
    before = np.array(out)
    relu_backward(dout, cache)
    return {"change": out - before}


@chapter.scenario(relu_backward)
def relu_untouched(relu_backward, x, dout):
    """By how much the backward pass has changed the cache that the docstring states."""
    before = np.array(x)
    relu_backward(dout, x)
    return {"change": x - before}


@chapter.scenario(relu_backward, uses=("relu_forward",), otherwise="relu_documented")
def relu_own(relu_backward, relu_forward, x, dout):
    """With the cache that the student's own forward pass gives."""
    return relu_backward(dout, relu_forward(x)[1])


@chapter.scenario(relu_backward)
def relu_documented(relu_backward, x, dout):
    """With the cache that the docstring states."""
    return relu_backward(dout, x)


def away_from_0(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of ordinary size and either sign, none near 0; of several, both signs occur."""
    signs = np.resize([1.0, -1.0], shape)
    return rng.uniform(0.2, 3.0, size=shape) * rng.permuted(signs.ravel()).reshape(shape)


def of_all_sizes(rng: np.random.Generator) -> np.ndarray:
    """Small, ordinary and large numbers of either sign, (4, 4)."""
    return away_from_0(rng, 4, 4) * rng.permutation([2e-3, 1.0, 10.0, 1e4])


def cases_of_forward(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of both keys for an activation's forward pass."""
    there: dict[str, Any] = {"scenario": "output_of_forward"}
    yield Case("the numbers of the text", {"x": np.array([[-2.0, 3.0], [1.0, -1.0]])}, **there)
    n, m = (int(k) for k in rng.permutation([4, 5]))
    yield Case("a batch", {"x": away_from_0(rng, n, m)}, **there)
    yield Case("one axis", {"x": away_from_0(rng, int(rng.integers(5, 9)))}, **there)
    yield Case("four axes", {"x": away_from_0(rng, 2, n, 3, 2)}, edge=True, **there)


@chapter.cases(sigmoid_forward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from cases_of_forward(rng)
    extreme = {"x": np.array([[-1e4, -1000.0, -750.0], [750.0, 1000.0, 1e4]])}
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    yield Case("very large and very small numbers", extreme, **there)


@chapter.hidden_cases(sigmoid_forward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    mixed = away_from_0(rng, 3, 3)
    mixed[rng.permutation(3)[:2], 1] = rng.uniform(800, 9000, size=2) * [-1, 1]
    yield Case("ordinary and extreme numbers in one array", {"x": mixed}, **there)
    yield Case("zeros", {"x": np.zeros((2, 3))}, **there)
    yield Case("a single number in an array", {"x": away_from_0(rng, 1, 1)}, **there)


@chapter.cases(relu_forward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from cases_of_forward(rng)
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    yield Case("nothing but negative numbers", {"x": -abs(away_from_0(rng, 3, 4))}, **there)
    yield Case("small and large numbers", {"x": of_all_sizes(rng)}, **there)


@chapter.hidden_cases(relu_forward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "output_of_forward", "edge": True}
    yield Case("zeros among others", {"x": away_from_0(rng, 3, 3) * np.eye(3)}, **there)
    yield Case("large numbers", {"x": 1e6 * away_from_0(rng, 4, 3)}, **there)
    yield Case("a single number in an array", {"x": away_from_0(rng, 1, 1)}, **there)


def draw_sigmoid(rng: np.random.Generator, *shape: int) -> dict[str, np.ndarray]:
    """x, its sigmoid (drawn first, so that nothing here computes one) and a gradient."""
    out = rng.uniform(0.05, 0.95, size=shape)
    return {"x": np.log(out / (1 - out)), "out": out, "dout": 2.0 * away_from_0(rng, *shape)}


@chapter.cases(sigmoid_backward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "sigmoid_own"}
    n, m = (int(k) for k in rng.permutation([4, 5]))
    yield Case("a batch", draw_sigmoid(rng, n, m), **there)
    yield Case("one axis", draw_sigmoid(rng, int(rng.integers(5, 9))), **there)
    yield Case("four axes", draw_sigmoid(rng, 2, n, 3, 2), edge=True, **there)
    flat = {"x": np.array([-1e4, -1000.0, 1000.0]), "out": np.array([0.0, 0.0, 1.0])}
    flat["dout"] = away_from_0(rng, 3)
    yield Case("where the curve is flat", flat, edge=True, **there)
    after: dict[str, Any] = {"scenario": "sigmoid_after", "edge": True}
    yield Case("what backward changes of the output", draw_sigmoid(rng, n, m), **after)


@chapter.hidden_cases(sigmoid_backward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "sigmoid_own", "edge": True}
    stopped = draw_sigmoid(rng, 3, 4)
    stopped["dout"][rng.integers(3)] = 0.0
    yield Case("gradients that are 0", stopped, **there)
    yield Case("a single number in an array", draw_sigmoid(rng, 1, 1), **there)
    across = {name: part.T for name, part in draw_sigmoid(rng, 3, 5).items()}
    yield Case("another batch", across, **there)


def draw_relu(rng: np.random.Generator, *shape: int) -> dict[str, np.ndarray]:
    """Inputs and a gradient, both nowhere near 0."""
    return {"x": away_from_0(rng, *shape), "dout": 2.0 * away_from_0(rng, *shape)}


@chapter.cases(relu_backward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "relu_own"}
    n, m = (int(k) for k in rng.permutation([4, 5]))
    yield Case("a batch", draw_relu(rng, n, m), **there)
    yield Case("one axis", draw_relu(rng, 2 * int(rng.integers(4, 6))), **there)
    yield Case("four axes", draw_relu(rng, 2, n, 3, 2), edge=True, **there)
    kinks = draw_relu(rng, 3, 4)
    kinks["x"][:, rng.permutation(4)[:2]] = 0.0
    yield Case("inputs that are exactly 0", kinks, edge=True, **there)
    sizes = {**draw_relu(rng, 4, 4), "x": of_all_sizes(rng)}
    yield Case("small and large inputs", sizes, edge=True, **there)
    after: dict[str, Any] = {"scenario": "relu_after", "edge": True}
    yield Case("what backward changes of the output", draw_relu(rng, n, m), **after)


@chapter.hidden_cases(relu_backward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "relu_own", "edge": True}
    dead = draw_relu(rng, 3, 4)
    dead["x"] = -abs(dead["x"])
    yield Case("nothing but negative inputs", dead, **there)
    small = draw_relu(rng, 3, 4)
    small["x"] *= 1e-9
    yield Case("inputs that are nearly 0", small, **there)
    yield Case("a single number in an array", draw_relu(rng, 1, 1), **there)
