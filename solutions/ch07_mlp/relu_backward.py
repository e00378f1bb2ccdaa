"""relu_backward: sends a gradient back through the ReLU."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.activations import away_from_0, of_all_sizes
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
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


@exercise.scenario(uses=("relu_forward",), otherwise="relu_untouched")
def relu_after(relu_backward, relu_forward, x, dout):
    """By how much the backward pass has changed what the student's forward pass gave."""
    out, cache = relu_forward(x)
    before = np.array(out)
    relu_backward(dout, cache)
    return {"change": out - before}


@exercise.scenario()
def relu_untouched(relu_backward, x, dout):
    """By how much the backward pass has changed the cache that the docstring states."""
    before = np.array(x)
    relu_backward(dout, x)
    return {"change": x - before}


@exercise.scenario(uses=("relu_forward",), otherwise="relu_documented")
def relu_own(relu_backward, relu_forward, x, dout):
    """With the cache that the student's own forward pass gives."""
    return relu_backward(dout, relu_forward(x)[1])


@exercise.scenario()
def relu_documented(relu_backward, x, dout):
    """With the cache that the docstring states."""
    return relu_backward(dout, x)


@exercise.scenario(uses=("relu_forward",), otherwise="relu_documented_twice")
def relu_twice(relu_backward, relu_forward, x, dout):
    """Two passes forward before either comes back, of x and of -x; the first comes back twice.

    Arrays lie column by column, and gradients are read-only windows.
    """
    caches = [relu_forward(np.array(sign * x, order="F"))[1] for sign in (1.0, -1.0)]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [np.array(relu_backward(window, cache)) for cache in (*caches, caches[0])]


@exercise.scenario()
def relu_documented_twice(relu_backward, x, dout):
    """The same with the cache that the docstring states."""
    caches = [np.array(sign * x, order="F") for sign in (1.0, -1.0)]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [np.array(relu_backward(window, cache)) for cache in (*caches, caches[0])]


def draw_relu(rng: np.random.Generator, *shape: int) -> dict[str, np.ndarray]:
    """Inputs and a gradient, both nowhere near 0."""
    return {"x": away_from_0(rng, *shape), "dout": 2.0 * away_from_0(rng, *shape)}


@exercise.cases
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


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "relu_own", "edge": True}
    dead = draw_relu(rng, 3, 4)
    dead["x"] = -abs(dead["x"])
    yield Case("nothing but negative inputs", dead, **there)
    small = draw_relu(rng, 3, 4)
    small["x"] *= 1e-9
    yield Case("inputs that are nearly 0", small, **there)
    yield Case("a single number in an array", draw_relu(rng, 1, 1), **there)
    sizes = draw_relu(rng, 3, 4)
    sizes["dout"] = rng.permutation(
        [0.0, 0.0, 2e-12, -3e-12, 4e-9, -1.0, 1.0, 1.0, 2e5, -3e5, 40.0, -40.0]
    ).reshape(3, 4)
    sizes["dout"][1, 1] = sizes["dout"][1, 0]
    yield Case("gradients of all sizes", sizes, **there)
    twice: dict[str, Any] = {"scenario": "relu_twice", "edge": True}
    yield Case("two passes, in other memory layouts", draw_relu(rng, 3, 4), **twice)


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
overwrites-the-cache: You wrote into the cache, which is the very array that relu_forward gave as
its output: make a new array.
    def relu_forward(x):
        out = np.maximum(0.0, x)
        return out, out

    def relu_backward(dout, cache):
        dx = dout * (cache > 0)
        cache[cache > 0] = 1.0
        return dx

cuts-the-gradient: You cut off negative gradients. What decides is the sign of x on the way forward;
a gradient of either sign passes where x was positive.
    return np.maximum(0.0, dout)

multiplies-by-x: You multiply by x where it was positive; the slope of max(0, x) is 1 there.
    return dout * np.maximum(0.0, cache)

lets-0-pass: At exactly 0 no gradient passes in this course: yours does.
    return dout * (cache >= 0)

forgets-dout: These are the slopes, 0 and 1; the chain rule multiplies them by what arrives, dout.
    return (cache > 0).astype(np.float64)

passes-everything: Every gradient passes: where x was negative, the output does not depend on x.
    return dout.copy()

overwrites-dout: The gradient is right, but the zeros were written into dout itself: work on a copy.
    dout[cache <= 0] = 0.0
    return dout

cuts-the-product: You cut off what is negative in dout times x; the sign of dout plays no part, and
x is not a factor.
    return np.maximum(0.0, dout * cache)

only-positive-gradients: You let through what is positive on the way back and was positive on the
way forward; a gradient of either sign passes where x was positive.
    return dout * ((dout > 0) & (cache > 0))

leaks: Where x was negative yours lets a part of the gradient through (a leaky ReLU); here it is 0.
    return np.where(cache > 0, dout, 0.01 * dout)

wrong-side: Your gradient passes where x was negative; it passes where x was positive.
    return dout * (cache < 0)

adds-dout: You added dout to the slopes, 0 and 1; along a path, slopes are multiplied.
    return dout + (cache > 0)

cache-alone: You give back the output of the forward pass; the gradient is made of dout.
    return np.maximum(0.0, cache)

positive-ones-alone: You leave out the entries whose gradient is 0, so the shape is lost: keep all
of them in their places.
    return dout[cache > 0]

other-sign-below-0: Where x was negative, your gradient comes back with the other sign; no gradient
passes there.
    return dout * np.sign(cache)

half-at-0: At exactly 0 no gradient passes in this course: yours lets half of it through.
    return dout * (np.sign(cache) + 1) / 2
""")
