"""Chapter 06, second part: two whole graphs, forward and back by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch06_gates import chapter
from solutions._edited import edited


@chapter.exercise(points=1)
def backprop_example(x: float, y: float, z: float) -> tuple[float, float, float, float]:
    """Compute f = (x + y) z and its three gradients, one step of the chain rule at a time.

    Args:
        x, y, z: three numbers.

    Returns:
        (f, df_dx, df_dy, df_dz): four numbers, the value and how fast it grows with x, y and z.
    """
    q = x + y
    f = q * z
    df_dq, df_dz = z, q  # the multiply gate swaps
    return f, df_dq * 1.0, df_dq * 1.0, df_dz  # the add gate hands on to both


@chapter.exercise(points=2)
def sigmoid_neuron(w: np.ndarray, x: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Compute out = sigmoid(w0 x0 + w1 x1 + w2) and its gradients.

    Args:
        w: (3,) float64 weights; the last one, w2, is the bias.
        x: (2,) float64 inputs.

    Returns:
        (out, dw, dx): the output, a number between 0 and 1; its gradient towards w, (3,) float64;
        its gradient towards x, (2,) float64.
    """
    out = 1.0 / (1.0 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    dsum = out * (1.0 - out)  # how fast the output grows with the sum
    return out, dsum * np.array([x[0], x[1], 1.0]), dsum * w[:2]


@chapter.cases(backprop_example)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the worked example", {"x": -2.0, "y": 5.0, "z": -4.0})
    for label in ("three numbers", "three other numbers"):
        yield Case(label, draw_three(rng))
    x, z = float(rng.uniform(1, 5)), float(rng.uniform(1, 5))
    yield Case("a sum that is 0", {"x": x, "y": -x, "z": z}, edge=True)
    yield Case("z is 0", {**draw_three(rng), "z": 0.0}, edge=True)


@chapter.hidden_cases(backprop_example)
def _(rng: np.random.Generator) -> Iterator[Case]:
    tiny = {name: 1e-3 * value for name, value in draw_three(rng).items()}
    yield Case("small numbers", tiny, edge=True)
    x = float(rng.uniform(1, 5))
    yield Case("three times the same number", {"x": x, "y": x, "z": x}, edge=True)


def draw_three(rng: np.random.Generator) -> dict[str, float]:
    """Three numbers of different size, of either sign, none near 0 or 1."""
    sizes = rng.permutation([1.7, 2.9, 4.3]) * rng.uniform(0.9, 1.1, size=3)
    values = sizes * rng.choice([-1.0, 1.0], size=3)
    return dict(zip("xyz", (float(v) for v in values), strict=True))


LINE = "return f, df_dq * 1.0, df_dq * 1.0, df_dz"
WRONG_EXAMPLE = {
    "stopped-at-the-sum": (
        "Your gradients of x and y are 1, those of the sum alone; times how fast f grows with "
        "the sum, which is z.",
        "return f, 1.0, 1.0, df_dz",
    ),
    "times-the-input": (
        "You multiplied the gradients of x and y by x and y, as if they were factors; they are "
        "added.",
        "return f, z * x, z * y, df_dz",
    ),
    "z-from-itself": (
        "Your gradient of z is z; at a product each side gets the other side, here x + y.",
        "return f, df_dq, df_dq, z",
    ),
    "value-last": (
        "The value f comes first, then the gradients of x, y and z.",
        "return df_dq, df_dq, df_dz, f",
    ),
    "z-is-one": (
        "Your gradient of z is 1, as if z were added; it is multiplied by x + y.",
        "return f, df_dq, df_dq, 1.0",
    ),
    "shared-out": (
        "You halved the gradient between x and y; the sum grows by all of what either of them "
        "grows.",
        "return f, df_dq / 2, df_dq / 2, df_dz",
    ),
}
for name, (sentence, line) in WRONG_EXAMPLE.items():
    wrong_example = edited(backprop_example, (LINE, line))
    chapter.misconception(backprop_example, name, sentence)(wrong_example)


@chapter.misconception(
    backprop_example, "another-bracket",
    "You computed x + y z; the brackets say that the sum comes first.",
)  # fmt: skip
def _(x: float, y: float, z: float) -> tuple[float, float, float, float]:
    return x + y * z, 1.0, z, y


@chapter.variant(backprop_example, "multiplied out")
def _(x: float, y: float, z: float) -> tuple[float, float, float, float]:
    return x * z + y * z, z, z, x + y


@chapter.variant(backprop_example, "with the learner's gates, as arrays and a list")
def _(x: float, y: float, z: float) -> Any:
    total = np.add(x, y)
    upstream = np.array(1.0)
    dq, dz = upstream * z, upstream * total
    return [total * z, dq, dq, dz]


@chapter.variant(backprop_example, "by the chain rule with names")
def _(x: float, y: float, z: float) -> tuple[float, float, float, float]:
    q = x + y
    df = 1.0
    dz = df * q
    dq = df * z
    dx, dy = dq, dq
    return q * z, dx, dy, dz


@chapter.scenario(sigmoid_neuron)
def lists_as_arrays(sigmoid_neuron, w, x):
    """What the function gives, with gradients that are lists of numbers made arrays."""
    given = sigmoid_neuron(w, x)
    if not isinstance(given, (tuple, list)):
        return given
    return tuple(np.array(part) if isinstance(part, (list, tuple)) else part for part in given)


def draw_neuron(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Weights and inputs of either sign whose weighted sum is neither near 0 nor far from it."""
    while True:
        w, x = rng.uniform(-3, 3, size=3), rng.uniform(-2, 2, size=2)
        total = w[:2] @ x + w[2]
        if 0.5 < abs(total) < 2.5 and min(np.abs(w).min(), np.abs(x).min()) > 0.3:
            return {"w": w, "x": x}


@chapter.cases(sigmoid_neuron)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "lists_as_arrays"}
    example = {"w": np.array([2.0, -3.0, -3.0]), "x": np.array([-1.0, -2.0])}
    yield Case("the worked example", example, **there)
    for label in ("weights and inputs", "other weights and inputs"):
        yield Case(label, draw_neuron(rng), **there)
    black = {**draw_neuron(rng), "x": np.zeros(2)}
    yield Case("inputs that are 0", black, edge=True, **there)


@chapter.hidden_cases(sigmoid_neuron)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "lists_as_arrays", "edge": True}
    yield Case("weights that are 0", {**draw_neuron(rng), "w": np.zeros(3)}, **there)
    no_bias = draw_neuron(rng)
    no_bias["w"][2] = 0.0
    yield Case("no bias", no_bias, **there)
    sure = {"w": np.array([1.0, 2.0, rng.uniform(7, 9)]), "x": rng.uniform(0.5, 1.5, size=2)}
    yield Case("a neuron that is nearly certain", sure, **there)


SUM = "-(w[0] * x[0] + w[1] * x[1] + w[2])"
SLOPE = "dsum = out * (1.0 - out)"
GRADIENTS = "return out, dsum * np.array([x[0], x[1], 1.0]), dsum * w[:2]"
WRONG_NEURON = {
    "no-sigmoid-slope": (
        "Your gradients are those of the weighted sum; on its way back the gradient passes the "
        "sigmoid, whose slope multiplies everything.",
        (SLOPE, "dsum = 1.0"),
    ),
    "output-as-slope": (
        "You took the output itself for the slope of the sigmoid; a factor is missing.",
        (SLOPE, "dsum = out"),
    ),
    "slope-of-the-sum": (
        "You built the slope of the sigmoid from the weighted sum; it is made of the output.",
        (SLOPE, "s = w[0] * x[0] + w[1] * x[1] + w[2]; dsum = s * (1.0 - s)"),
    ),
    "not-swapped": (
        "The gradients of w and x are swapped: a weight's slope is its input, an input's slope "
        "its weight.",
        (GRADIENTS, "return out, dsum * w, dsum * x"),
    ),
    "bias-slope-is-bias": (
        "The slope of w2 is not w2: it is added as it is, so its slope is 1.",
        (GRADIENTS, "return out, dsum * np.array([x[0], x[1], w[2]]), dsum * w[:2]"),
    ),
    "bias-slope-is-zero": (
        "Your gradient of w2 is 0, but the sum grows with w2 as fast as w2 itself does.",
        (GRADIENTS, "return out, dsum * np.array([x[0], x[1], 0.0]), dsum * w[:2]"),
    ),
    "no-bias": (
        "You left w2 out of the sum.",
        (SUM, "-(w[0] * x[0] + w[1] * x[1])"),
    ),
    "falling": (
        "Your output falls when the sum grows: look at the sign in the exponent.",
        (SUM, "(w[0] * x[0] + w[1] * x[1] + w[2])"),
    ),
    "bias-gradient-forgotten": (
        "Your gradient of w has two entries; w has three numbers, and the bias is one of them.",
        (GRADIENTS, "return out, dsum * x, dsum * w[:2]"),
    ),
    "order": (
        "The gradient of w comes before that of x.",
        (GRADIENTS, "return out, dsum * w[:2], dsum * np.array([x[0], x[1], 1.0])"),
    ),
}
for name, (sentence, change) in WRONG_NEURON.items():
    chapter.misconception(sigmoid_neuron, name, sentence)(edited(sigmoid_neuron, change))


@chapter.variant(sigmoid_neuron, "gradients as lists of numbers, gate by gate")
def _(w: np.ndarray, x: np.ndarray) -> Any:
    dot = w[0] * x[0] + w[1] * x[1] + w[2]
    f = 1.0 / (1 + np.exp(-dot))
    ddot = (1 - f) * f
    return f, [x[0] * ddot, x[1] * ddot, 1.0 * ddot], [w[0] * ddot, w[1] * ddot]


@chapter.variant(sigmoid_neuron, "one more input that is 1")
def _(w: np.ndarray, x: np.ndarray) -> Any:
    inputs = np.append(x, 1.0)
    e = np.exp(-(w @ inputs))
    slope = e / (1 + e) ** 2
    return 1 / (1 + e), slope * inputs, (slope * w)[:-1]


@chapter.variant(sigmoid_neuron, "loops and a filled array")
def _(w: np.ndarray, x: np.ndarray) -> Any:
    total = float(w[2])
    for i in range(2):
        total += float(w[i]) * float(x[i])
    out = (1 + np.tanh(total / 2)) / 2
    dw, dx = np.empty(3), np.empty(2)
    for i in range(2):
        dw[i] = out * (1 - out) * x[i]
        dx[i] = out * (1 - out) * w[i]
    dw[2] = out * (1 - out)
    return [out, dw, dx]
