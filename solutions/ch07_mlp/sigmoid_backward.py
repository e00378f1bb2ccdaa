"""sigmoid_backward: sends a gradient back through the sigmoid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.activations import away_from_0
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
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


@exercise.scenario(uses=("sigmoid_forward",), otherwise="sigmoid_documented")
def sigmoid_own(sigmoid_backward, sigmoid_forward, x, out, dout):
    """With the cache that the student's own forward pass gives."""
    return sigmoid_backward(dout, sigmoid_forward(x)[1])


@exercise.scenario()
def sigmoid_documented(sigmoid_backward, x, out, dout):
    """With the cache that the docstring states."""
    return sigmoid_backward(dout, out)


@exercise.scenario(uses=("sigmoid_forward",), otherwise="sigmoid_untouched")
def sigmoid_after(sigmoid_backward, sigmoid_forward, x, out, dout):
    """By how much the backward pass has changed what the student's forward pass gave."""
    out, cache = sigmoid_forward(x)
    before = np.array(out)
    sigmoid_backward(dout, cache)
    return {"change": out - before}


@exercise.scenario()
def sigmoid_untouched(sigmoid_backward, x, out, dout):
    """By how much the backward pass has changed the cache that the docstring states."""
    before = np.array(out)
    sigmoid_backward(dout, out)
    return {"change": out - before}


@exercise.scenario(uses=("sigmoid_forward",), otherwise="sigmoid_documented_twice")
def sigmoid_twice(sigmoid_backward, sigmoid_forward, x, out, dout):
    """Two passes forward before either comes back, of x and of -x; the first comes back twice.

    Arrays lie column by column, and gradients are read-only windows.
    """
    caches = [sigmoid_forward(np.array(sign * x, order="F"))[1] for sign in (1.0, -1.0)]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [np.array(sigmoid_backward(window, cache)) for cache in (*caches, caches[0])]


@exercise.scenario()
def sigmoid_documented_twice(sigmoid_backward, x, out, dout):
    """The same with the cache that the docstring states."""
    caches = [np.array(out, order="F"), np.array(1.0 - out, order="F")]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [np.array(sigmoid_backward(window, cache)) for cache in (*caches, caches[0])]


def draw_sigmoid(rng: np.random.Generator, *shape: int) -> dict[str, np.ndarray]:
    """x, its sigmoid (drawn first, so that nothing here computes one) and a gradient."""
    out = rng.uniform(0.05, 0.95, size=shape)
    return {"x": np.log(out / (1 - out)), "out": out, "dout": 2.0 * away_from_0(rng, *shape)}


@exercise.cases
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


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "sigmoid_own", "edge": True}
    stopped = draw_sigmoid(rng, 3, 4)
    stopped["dout"][rng.integers(3)] = 0.0
    yield Case("gradients that are 0", stopped, **there)
    yield Case("a single number in an array", draw_sigmoid(rng, 1, 1), **there)
    across = {name: part.T for name, part in draw_sigmoid(rng, 3, 5).items()}
    yield Case("another batch", across, **there)
    sizes = draw_sigmoid(rng, 3, 4)
    sizes["dout"] = rng.permutation(
        [0.0, 0.0, 2e-12, -3e-12, 4e-9, -1.0, 1.0, 1.0, 2e5, -3e5, 40.0, -40.0]
    ).reshape(3, 4)
    yield Case("gradients of all sizes", sizes, **there)
    twice: dict[str, Any] = {"scenario": "sigmoid_twice", "edge": True}
    yield Case("two passes, in other memory layouts", draw_sigmoid(rng, 3, 4), **twice)


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
forgets-dout: This is the slope of the sigmoid alone: the chain rule multiplies it by what arrives,
dout.
    return cache * (1.0 - cache)

half-of-the-slope: A factor is missing: the slope is out times something else.
    return dout * cache

sigmoid-twice: You take the sigmoid of what is a sigmoid's output already.
    return reference(dout, 1 / (1 + np.exp(-cache)))

overwrites-dout: The gradient is right, but you wrote it into dout itself (`*=` does that): make a
new array.
    dout *= cache * (1.0 - cache)
    return dout

overwrites-the-cache: You wrote into the cache, which is the very array that sigmoid_forward gave as
its output: make a new array.
    dx = dout * cache * (1.0 - cache)
    cache *= 1.0 - cache
    return dx

tanh-slope: Your slope is 1 - out squared, which belongs to tanh; that of the sigmoid is out (1 -
out).
    return dout * (1.0 - cache**2)

one-minus-output: Your slope is 1 - out alone: a factor is missing.
    return dout * (1.0 - cache)

wrong-sign: Your gradient has the wrong sign: the curve rises everywhere.
    return dout * cache * (cache - 1.0)

slope-overflows-below: For a very small x your slope divides infinity by infinity: build it from the
sigmoid's output, out (1 - out).
    def sigmoid_forward(x):
        return 1 / (1 + np.exp(-x)), x

    def sigmoid_backward(dout, cache):
        return dout * np.exp(-cache) / (1 + np.exp(-cache)) ** 2

slope-overflows-above: For a very large x your slope divides infinity by infinity: build it from the
sigmoid's output, out (1 - out).
    def sigmoid_forward(x):
        return 1 / (1 + np.exp(-x)), x

    def sigmoid_backward(dout, cache):
        return dout * np.exp(cache) / (1 + np.exp(cache)) ** 2

slope-of-dout: You built the slope from dout; it is made of the sigmoid's output.
    return cache * dout * (1.0 - dout)

adds-dout: You added dout to the slope; along a path, slopes are multiplied.
    return dout + cache * (1.0 - cache)

sigmoid-of-dout: You put dout through the sigmoid; dout is a factor.
    return cache * (1.0 - cache) / (1 + np.exp(-dout))

cache-as-a-tuple: Your backward pass unpacks a cache that your forward pass has not packed: both
must speak of the same thing.
    out, x = cache
    return dout * out * (1.0 - out)
""")
