"""sigmoid_neuron: the output of a neuron with two inputs, and its gradients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=2)


@exercise.reference
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


@exercise.scenario()
def lists_as_arrays(sigmoid_neuron, w, x):
    """What the function gives."""
    return sigmoid_neuron(w, x)


@exercise.scenario()
def of_windows(sigmoid_neuron, w, x):
    """The same for read-only windows onto larger arrays, twice."""
    numbers = np.ravel(np.outer(np.concatenate([w, x]), [1.0, 7.0]))[::2]
    numbers.flags.writeable = False
    return [sigmoid_neuron(numbers[:3], numbers[3:]) for _ in range(2)]


# The finest of finite differences are right here, and 2e-11 off.
FINE: dict[str, Any] = {"rtol": 1e-9, "atol": 2.5e-9}


def draw_neuron(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Weights and inputs of either sign whose weighted sum is neither near 0 nor far from it."""
    while True:
        w, x = rng.uniform(-3, 3, size=3), rng.uniform(-2, 2, size=2)
        total = w[:2] @ x + w[2]
        if 0.5 < abs(total) < 2.5 and min(np.abs(w).min(), np.abs(x).min()) > 0.3:
            return {"w": w, "x": x}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "lists_as_arrays", **FINE}
    example = {"w": np.array([2.0, -3.0, -3.0]), "x": np.array([-1.0, -2.0])}
    yield Case("the worked example", example, **there)
    for label in ("weights and inputs", "other weights and inputs"):
        yield Case(label, draw_neuron(rng), **there)
    black = {**draw_neuron(rng), "x": np.zeros(2)}
    yield Case("inputs that are 0", black, edge=True, **there)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "lists_as_arrays", "edge": True, **FINE}
    yield Case("weights that are 0", {**draw_neuron(rng), "w": np.zeros(3)}, **there)
    no_bias = draw_neuron(rng)
    no_bias["w"][2] = 0.0
    yield Case("no bias", no_bias, **there)
    sure = {"w": np.array([1.0, 2.0, rng.uniform(7, 9)]), "x": rng.uniform(0.5, 1.5, size=2)}
    yield Case("a neuron that is nearly certain", sure, **there)
    w, x = np.array([rng.uniform(1, 2), 3e-12, -0.4]), np.array([-0.8, 2e-12])
    yield Case("very small numbers", {"w": w, "x": x}, **there)
    same = {"w": np.full(3, rng.uniform(0.2, 0.4)), "x": np.full(2, rng.uniform(0.5, 1.5))}
    yield Case("equal weights and equal inputs", same, **there)
    windows: dict[str, Any] = {"scenario": "of_windows", "edge": True, **FINE}
    yield Case("windows onto larger arrays", draw_neuron(rng), **windows)


exercise.wrong_ways("""
no-sigmoid-slope: Your gradients are those of the weighted sum; on its way back the gradient passes
the sigmoid, whose slope multiplies everything.
    - dsum = out * (1.0 - out)
    + dsum = 1.0

output-as-slope: You took the output itself for the slope of the sigmoid; a factor is missing.
    - dsum = out * (1.0 - out)
    + dsum = out

slope-of-the-sum: You built the slope of the sigmoid from the weighted sum; it is made of the
output.
    - dsum = out * (1.0 - out)
    + s = w[0] * x[0] + w[1] * x[1] + w[2]
    + dsum = s * (1.0 - s)

not-swapped: The gradients of w and x are swapped: a weight's slope is its input, an input's slope
its weight.
    - dsum * np.array([x[0], x[1], 1.0]), dsum * w[:2]
    + dsum * w, dsum * x

bias-slope-is-bias: The slope of w2 is not w2: it is added as it is, so its slope is 1.
    - x[1], 1.0]
    + x[1], w[2]]

bias-slope-is-zero: Your gradient of w2 is 0, but the sum grows with w2 as fast as w2 itself does.
    - x[1], 1.0]
    + x[1], 0.0]

no-bias: You left w2 out of the sum.
    - x[1] + w[2]
    + x[1]

falling: Your output falls when the sum grows: look at the sign in the exponent.
    - np.exp(-(
    + np.exp((

bias-gradient-forgotten: Your gradient of w has two entries; w has three numbers, and the bias is
one of them.
    - dsum * np.array([x[0], x[1], 1.0])
    + dsum * x

order: The gradient of w comes before that of x.
    - dsum * np.array([x[0], x[1], 1.0]), dsum * w[:2]
    + dsum * w[:2], dsum * np.array([x[0], x[1], 1.0])

bias-has-an-input: Your gradient of x has three entries: w2 is a bias, and no input belongs to it.
    - dsum * w[:2]
    + dsum * w

sum-for-output: Your first result is the weighted sum; the output is what the sigmoid makes of it.
    - return out, dsum
    + return w[0] * x[0] + w[1] * x[1] + w[2], dsum

output-alone: Your function gives the output alone; give back three things, the output and its
gradients towards w and x.
    - return out, dsum * np.array([x[0], x[1], 1.0]), dsum * w[:2]
    + return out

one-minus-output: Your slope is 1 - out alone; a factor is missing.
    - dsum = out * (1.0 - out)
    + dsum = 1.0 - out

wrong-sign: Your gradients have the wrong sign: the curve rises everywhere.
    - dsum = out * (1.0 - out)
    + dsum = out * (out - 1.0)

bias-passes-the-sigmoid-by: Your gradient of w2 is 1, its slope in the sum alone; it has to pass the
sigmoid as the others do.
    - return out, dsum
    + return out, np.array([dsum * x[0], dsum * x[1], 1.0]), dsum * w[:2]
    + return out, dsum

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    out, dw, dx = reference(np.float32(w), np.float32(x))
    return float(np.float32(out)), dw.astype(float), dx.astype(float)

not-swapped-but-the-bias: The gradients of w and x are swapped: a weight's slope is its input, an
input's slope its weight.
    - np.array([x[0], x[1], 1.0]), dsum * w[:2]
    + np.array([w[0], w[1], 1.0]), dsum * x

weights-for-both: Your gradient of w is made of the weights: a weight's slope is its input.
    - np.array([x[0], x[1], 1.0])
    + np.array([w[0], w[1], 1.0])

inputs-for-both: Your gradient of x is made of the inputs: an input's slope is its weight.
    - dsum * w[:2]
    + dsum * x

tanh-for-sigmoid: That is tanh, which runs from -1 to 1; the sigmoid is 1 / (1 + e^-s).
    - out = 1.0 / (1.0 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    - dsum = out * (1.0 - out)
    + out = np.tanh(w[0] * x[0] + w[1] * x[1] + w[2])
    + dsum = 1.0 - out**2

bias-first: You took the first weight for the bias; here w0 and w1 belong to the inputs, and the
last one, w2, is the bias.
    out, dw, dx = reference(np.roll(w, -1), x)
    return out, np.roll(dw, 1), dx

no-brackets: Your output is 1 + e^-s: `/` comes before `+`, so the denominator 1 + e^-s needs
brackets.
    - 1.0 / (1.0 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    + 1.0 / 1.0 + np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2]))

weights-pass-the-sigmoid-by: Your gradient of w is that of the weighted sum; on its way back it
passes the sigmoid, as your gradient of x does.
    - dsum * np.array([x[0], x[1], 1.0])
    + np.array([x[0], x[1], 1.0])

inputs-pass-the-sigmoid-by: Your gradient of x is that of the weighted sum; on its way back it
passes the sigmoid, as your gradient of w does.
    - dsum * w[:2]
    + w[:2]

bias-gradient-first: Your gradient of w begins with the bias; it stands in the order of w, the bias
last.
    - np.array([x[0], x[1], 1.0])
    + np.array([1.0, x[0], x[1]])
""")
