"""Chapter 07: what people write instead of the activations, each with the sentence that helps."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions._ch07_activations import (
    chapter,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
)

# --- sigmoid --------------------------------------------------------------------------------------


@chapter.misconception(
    sigmoid_forward, "overflows",
    "For large x your e^x is infinite, and infinite / infinite is NaN: divide numerator and "
    "denominator by e^x, or treat positive and negative numbers differently.",
)  # fmt: skip
def _(x: np.ndarray) -> Any:
    out = np.exp(x) / (1 + np.exp(x))
    return out, out


@chapter.misconception(
    sigmoid_forward, "sign-of-x",
    "Your curve falls where it should rise: mind the sign in front of x in the exponent.",
)  # fmt: skip
def _(x: np.ndarray) -> Any:
    out = np.exp(-np.logaddexp(0.0, x))
    return out, out


@chapter.misconception(
    sigmoid_forward, "tanh", "That is the hyperbolic tangent: it runs from -1 to 1, a sigmoid from "
    "0 to 1.",
)  # fmt: skip
def _(x: np.ndarray) -> Any:
    return np.tanh(x), np.tanh(x)


@chapter.misconception(
    sigmoid_forward, "softmax",
    "You divide by a sum over several entries, as softmax does: a sigmoid looks at every entry by "
    "itself.",
)  # fmt: skip
def _(x: np.ndarray) -> Any:
    e = np.exp(x - x.max())
    return e / e.sum(), x


@chapter.misconception(
    sigmoid_forward, "no-cache",
    "Give back two things, (out, cache): without a cache sigmoid_backward cannot work.",
)  # fmt: skip
def _(x: np.ndarray) -> Any:
    return np.exp(-np.logaddexp(0.0, -x))


@chapter.misconception(
    sigmoid_backward, "forgets-dout",
    "This is the slope of the sigmoid alone: the chain rule multiplies it by what arrives, dout.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    return cache * (1.0 - cache)


@chapter.misconception(
    sigmoid_backward, "half-of-the-slope",
    "A factor is missing: the slope is out times something else.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    return dout * cache


def input_as_cache(x: np.ndarray) -> Any:
    """A right sigmoid that remembers its input."""
    return np.exp(-np.logaddexp(0.0, -x)), x


@chapter.misconception(
    sigmoid_backward, "input-for-output",
    "out (1 - out) wants the sigmoid's output, and your cache holds its input: remember the "
    "output, or compute it again.",
    companions={"sigmoid_forward": input_as_cache},
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    return dout * cache * (1.0 - cache)


@chapter.misconception(
    sigmoid_backward, "sigmoid-twice",
    "You take the sigmoid of what is a sigmoid's output already.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    out = 1 / (1 + np.exp(-cache))
    return dout * out * (1.0 - out)


@chapter.misconception(
    sigmoid_backward, "overwrites-dout",
    "The gradient is right, but you wrote it into dout itself (`*=` does that): make a new array.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dout *= cache * (1.0 - cache)
    return dout


@chapter.misconception(
    sigmoid_backward, "overwrites-the-cache",
    "You wrote into the cache, which is the very array that sigmoid_forward gave as its output: "
    "make a new array.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dx = dout * cache * (1.0 - cache)
    cache *= 1.0 - cache
    return dx


def output_as_cache(x: np.ndarray) -> Any:
    """A right ReLU that remembers its output."""
    out = np.maximum(0.0, x)
    return out, out


@chapter.misconception(
    relu_backward, "overwrites-the-cache",
    "You wrote into the cache, which is the very array that relu_forward gave as its output: make "
    "a new array.",
    companions={"relu_forward": output_as_cache},
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dx = dout * (cache > 0)
    cache[cache > 0] = 1.0
    return dx


# --- ReLU -----------------------------------------------------------------------------------------


@chapter.misconception(
    relu_forward, "absolute-value", "You turn negative numbers round; ReLU makes them 0."
)
def _(x: np.ndarray) -> Any:
    return np.abs(x), x


@chapter.misconception(
    relu_forward, "wrong-side", "You keep the negative numbers; ReLU keeps the positive ones."
)
def _(x: np.ndarray) -> Any:
    return np.minimum(0.0, x), x


@chapter.misconception(
    relu_forward, "zero-or-one",
    "You give 1 where x is positive; ReLU gives x itself there (the 1 is its slope).",
)  # fmt: skip
def _(x: np.ndarray) -> Any:
    return (x > 0).astype(np.float64), x


@chapter.misconception(
    relu_forward, "overwrites-x",
    "The output is right, but the zeros were written into x itself: x is the caller's, and the "
    "output of the layer before.",
)  # fmt: skip
def _(x: np.ndarray) -> Any:
    x[x < 0] = 0.0
    return x, x


@chapter.misconception(
    relu_forward, "no-cache",
    "Give back two things, (out, cache): without a cache relu_backward cannot work.",
)  # fmt: skip
def _(x: np.ndarray) -> Any:
    return np.maximum(0.0, x)


@chapter.misconception(
    relu_backward, "cuts-the-gradient",
    "You cut off negative gradients. What decides is the sign of x on the way forward; a gradient "
    "of either sign passes where x was positive.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    return np.maximum(0.0, dout)


@chapter.misconception(
    relu_backward, "multiplies-by-x",
    "You multiply by x where it was positive; the slope of max(0, x) is 1 there.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    return dout * np.maximum(0.0, cache)


@chapter.misconception(
    relu_backward, "lets-0-pass", "At exactly 0 no gradient passes in this course: yours does."
)
def _(dout: np.ndarray, cache: Any) -> Any:
    return dout * (cache >= 0)


@chapter.misconception(
    relu_backward, "forgets-dout",
    "These are the slopes, 0 and 1; the chain rule multiplies them by what arrives, dout.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    return (cache > 0).astype(np.float64)


@chapter.misconception(
    relu_backward, "passes-everything",
    "Every gradient passes: where x was negative, the output does not depend on x.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    return dout.copy()


@chapter.misconception(
    relu_backward, "overwrites-dout",
    "The gradient is right, but the zeros were written into dout itself: work on a copy.",
)  # fmt: skip
def _(dout: np.ndarray, cache: Any) -> Any:
    dout[cache <= 0] = 0.0
    return dout
