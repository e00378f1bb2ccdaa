"""Answers to chapter 06: a formula and a neuron, forward and back, and the sigmoid's gate."""

import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("backprop_example", "step by step")
def _(x, y, z):
    q = x + y
    f = q * z
    dq, dz = z, q
    return f, dq, dq, dz


@right("backprop_example", "float64")
def _(x: float, y: float, z: float) -> tuple:
    x, y, z = map(np.float64, (x, y, z))
    return (x + y) * z, z * 1.0, 1.0 * z, np.add(x, y)


@right("backprop_example", "multiplied out")
def _(x, y, z):
    return x * z + y * z, z, z, x + y


@right("backprop_example", "0-d arrays")
def _(x, y, z):
    x, y, z = (np.array(v, dtype=float) for v in (x, y, z))
    return np.multiply(x + y, z), z, z.copy(), np.add(x, y)


@right("backprop_example", "linear in each, so by differences")
def _(x, y, z):
    def f(x, y, z):
        return (x + y) * z

    return f(x, y, z), f(1, 0, z) - f(0, 0, z), f(0, 1, z) - f(0, 0, z), f(x, y, 1) - f(x, y, 0)


@right("backprop_example", "gates of its own")
def _(x, y, z):
    class Swap:
        def __init__(self, a, b):
            self.a, self.b, self.out = a, b, a * b

        def back(self, d):
            return d * self.b, d * self.a

    product = Swap(x + y, z)
    dq, dz = product.back(1)
    return tuple([product.out, *[dq] * 2, dz])


def example(style, formula, score=0):
    wrong("backprop_example", style, score=score)(formula)


example("forward alone", lambda x, y, z: (x + y) * z)
example("gradients alone", lambda x, y, z: (z, z, x + y))
example("z of its own", lambda x, y, z: ((x + y) * z, z, z, z))
example("no swap", lambda x, y, z: ((x + y) * z, x + y, x + y, z))
example("without parentheses", lambda x, y, z: (x + y * z, z, z, x + y))
example("x and y by their values", lambda x, y, z: ((x + y) * z, x * z, y * z, x + y))
example("the text's numbers", lambda x, y, z: (-12, -4, -4, 3))
example("f hands back f", lambda x, y, z: ((x + y) * z, (x + y) * z * z, (x + y) * z * z, x + y))
example("absolute", lambda x, y, z: ((x + y) * z, abs(z), abs(z), abs(x + y)), None)
example("whole numbers", lambda x, y, z: tuple(int(v) for v in ((x + y) * z, z, z, x + y)), None)
example("rounded", lambda x, y, z: tuple(round(v, 3) for v in ((x + y) * z, z, z, x + y)), None)
example("half each", lambda x, y, z: ((x + y) * z, z / 2, z / 2, x + y))
example("order", lambda x, y, z: ((x + y) * z, x + y, z, z))
example("dz of x alone", lambda x, y, z: ((x + y) * z, z, z, x))
example("a dict", lambda x, y, z: {"f": (x + y) * z, "df_dx": z, "df_dy": z, "df_dz": x + y})
example("a coarse nudge of z squared", lambda x, y, z: ((x + y) * z, z + 1e-4, z, x + y))


def stable(x):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e))


@right("sigmoid_neuron", "by hand")
def _(w, x):
    out = 1 / (1 + math.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    slope = out * (1 - out)
    dw = np.array([slope * x[0], slope * x[1], slope])
    return out, dw, np.array([slope * w[0], slope * w[1]])


@right("sigmoid_neuron", "append, tanh")
def _(w, x):
    with_one = np.append(x, 1.0)
    out = 0.5 * (1 + np.tanh(np.dot(w, with_one) / 2))
    return out, (out - out**2) * with_one, (out - out**2) * w[:2]


@right("sigmoid_neuron", "a chain of gates")
def _(w, x):
    s = w[:2] @ x + w[-1]
    power = np.exp(-s)
    below = 1 + power
    out = 1 / below
    dbelow = -1 / below**2
    dminus = dbelow * power
    ds = -dminus
    return float(out), np.concatenate([ds * x, [ds]]), w[0:2] * ds


@right("sigmoid_neuron", "stable, 0-d, loops")
def _(w, x):
    s = np.array(w[2], dtype=float)
    for i in range(2):
        s = s + w[i] * x[i]
    out = stable(s)
    dw, dx = np.zeros(3), np.zeros(2)
    for i in range(2):
        dw[i] += out * (1 - out) * x[i]
        dx[i] += out * (1 - out) * w[i]
    dw[2] = out * (1 - out)
    return out, dw, dx


@right("sigmoid_neuron", "float64 and einsum")
def _(w: np.ndarray, x: np.ndarray) -> tuple:
    row = np.ones(3)
    row[:-1] = x
    out = np.float64(stable(np.einsum("i,i", w, row)))
    outer = np.outer(out * (1 - out), [*row, *w[:-1]])[0]
    return out, outer[:3], outer[3:]


@right("sigmoid_neuron", "centred differences, fine ones")
def _(w, x):
    def f(v):
        return 1 / (1 + np.exp(-(v[0] * v[3] + v[1] * v[4] + v[2])))

    at = np.concatenate([w, x]).astype(float)
    slopes = np.array([(f(at + n) - f(at - n)) / 2e-5 for n in 1e-5 * np.eye(5)])
    return f(at), slopes[:3], slopes[3:]


def neuron(style, give, score=0):
    """A neuron of which something is given back in a wrong way."""

    def implementation(w, x):
        s = w[0] * x[0] + w[1] * x[1] + w[2]
        out = 1 / (1 + np.exp(-s))
        return give(w, x, s, out, out * (1 - out), np.append(x, 1.0))

    wrong("sigmoid_neuron", style, score=score)(implementation)


neuron("no slope", lambda w, x, s, out, g, one: (out, one, w[:2]))
neuron("out for the slope", lambda w, x, s, out, g, one: (out, out * one, out * w[:2]))
neuron("one minus out", lambda w, x, s, out, g, one: (out, (1 - out) * one, (1 - out) * w[:2]))
neuron(
    "no gradient of the bias", lambda w, x, s, out, g, one: (out, g * one * [1, 1, 0], g * w[:2])
)
neuron("bias hands 1", lambda w, x, s, out, g, one: (out, np.array([*(g * x), 1]), g * w[:2]))
neuron("the sum", lambda w, x, s, out, g, one: (s, g * one, g * w[:2]))
neuron("not swapped", lambda w, x, s, out, g, one: (out, g * w, g * x))
neuron("dx and dw in the other order", lambda w, x, s, out, g, one: (out, g * w[:2], g * one))
neuron("two weights", lambda w, x, s, out, g, one: (out, g * x, g * w[:2]))
neuron("three inputs", lambda w, x, s, out, g, one: (out, g * one, g * w))
neuron("bias first", lambda w, x, s, out, g, one: (out, g * one[::-1], g * w[:2]))
neuron("sign", lambda w, x, s, out, g, one: (out, -g * one, -g * w[:2]))
neuron(
    "slope of the sum", lambda w, x, s, out, g, one: (out, s * (1 - s) * one, s * (1 - s) * w[:2])
)
neuron("out alone", lambda w, x, s, out, g, one: out)
neuron(
    "float32",
    lambda w, x, s, out, g, one: (np.float32(out), np.float32(g * one), np.float32(g * w[:2])),
    None,
)
neuron("two decimals", lambda w, x, s, out, g, one: (round(out, 2), (g * one).round(2), g * w[:2]))
neuron("columns", lambda w, x, s, out, g, one: (out, (g * one)[:, None], (g * w[:2])[:, None]))
neuron("tiny error", lambda w, x, s, out, g, one: (out, g * one + 1e-4, g * w[:2]))


@wrong("sigmoid_neuron", "leaves out the bias", score=0)
def _(w, x):
    out = 1 / (1 + np.exp(-(w[:2] @ x)))
    slope = out * (1 - out)
    return out, slope * np.append(x, 1.0), slope * w[:2]


@wrong("sigmoid_neuron", "writes into w")
def _(w, x):
    s = w[:2] @ x + w[2]
    out = 1 / (1 + np.exp(-s))
    dx = out * (1 - out) * w[:2]
    w[:2], w[2] = x, 1
    w *= out * (1 - out)
    return out, w, dx


def sigmoid_gate(forward, backward=lambda out, dout: dout * out * (1 - out)):
    class Gate:
        def forward(self, x):
            self.out = forward(x)
            return self.out

        def backward(self, dout):
            return backward(self.out, dout)

    return Gate


def loops(x):
    """Entry by entry with the math module."""

    def number(v):
        return 1 / (1 + math.exp(-v)) if v > 0 else math.exp(v) / (1 + math.exp(v))

    return number(x) if np.ndim(x) == 0 else np.array([loops(part) for part in x])


def masked(x):
    flat = np.atleast_1d(np.asarray(x, dtype=float))
    out = np.empty_like(flat)
    up = flat > 0
    out[up] = 1 / (1 + np.exp(-flat[up]))
    out[~up] = np.exp(flat[~up]) / (1 + np.exp(flat[~up]))
    return out.reshape(np.shape(x))


right("SigmoidGate", "the formula, NumPy's infinity")(sigmoid_gate(lambda x: 1 / (1 + np.exp(-x))))
right("SigmoidGate", "e to minus the size")(sigmoid_gate(stable))
right("SigmoidGate", "tanh")(sigmoid_gate(lambda x: 0.5 + 0.5 * np.tanh(0.5 * x)))
right("SigmoidGate", "math, entry by entry")(sigmoid_gate(loops))
right("SigmoidGate", "masks")(sigmoid_gate(masked))
right("SigmoidGate", "clipped far out")(
    sigmoid_gate(lambda x: 1 / (1 + np.exp(-np.clip(x, -500, 500))))
)
right("SigmoidGate", "logaddexp")(sigmoid_gate(lambda x: np.exp(-np.logaddexp(0, -x))))


@right("SigmoidGate", "remembers the slope")
class _:
    __slots__ = ("slope",)

    def forward(self, x):
        with np.errstate(over="ignore"):
            out = np.reciprocal(np.exp(np.negative(x)) + 1)
        self.slope = np.subtract(out, np.square(out))
        return out

    def backward(self, dout):
        return self.slope * dout


@right("SigmoidGate", "remembers the input")
class _:
    def __init__(self):
        self.x = None

    def forward(self, x):
        self.x = np.array(x, dtype=np.float64)
        return stable(self.x)

    def backward(self, dout):
        return dout * stable(self.x) * stable(-self.x)


def wrong_gate(style, forward, backward=lambda out, dout: dout * out * (1 - out), score=0):
    wrong("SigmoidGate", style, score=score)(sigmoid_gate(forward, backward))


def ratio(x):
    with np.errstate(all="ignore"):
        return np.exp(x) / (1 + np.exp(x))


wrong_gate("infinity over infinity", ratio, score=None)
wrong_gate("math.exp", lambda x: 1 / (1 + math.exp(-x)), score=None)
wrong_gate("forgets what arrives", stable, lambda out, dout: out * (1 - out))
wrong_gate("tanh itself", np.tanh, lambda out, dout: dout * (1 - out**2))
wrong_gate("tanh's slope", stable, lambda out, dout: dout * (1 - out**2))
wrong_gate("out alone", stable, lambda out, dout: dout * out)
wrong_gate("one minus out", stable, lambda out, dout: dout * (1 - out))
wrong_gate("slope of dout", stable, lambda out, dout: dout * (1 - dout))
wrong_gate("sign", lambda x: 1 / (1 + np.exp(x)))
wrong_gate("a straight line", lambda x: np.clip(0.5 + x / 4, 0, 1))
wrong_gate("clipped at 8", lambda x: 1 / (1 + np.exp(-np.clip(x, -8, 8))), score=None)
wrong_gate("float32", lambda x: np.float32(stable(x)), score=None)
wrong_gate("tiny error", lambda x: stable(x) + 1e-4)
wrong_gate("hard 0 and 1", lambda x: np.where(np.abs(x) > 4, x > 0, stable(x)), score=None)
wrong_gate("a step", lambda x: np.where(np.asarray(x) > 0, 1.0, 0.0))
wrong_gate("a tuple", stable, lambda out, dout: (dout * out * (1 - out),), None)
wrong_gate("softmax", lambda x: np.exp(x - np.max(x)) / np.exp(x - np.max(x)).sum())
wrong_gate("numbers only", lambda x: float(stable(x)), score=None)
wrong_gate("sums", stable, lambda out, dout: np.sum(dout * out * (1 - out)), None)


@wrong("SigmoidGate", "nan in the slope by quotient", score=None)
class _:
    def forward(self, x):
        self.power = np.exp(-np.asarray(x, dtype=float))
        return 1 / (1 + self.power)

    def backward(self, dout):
        return dout * self.power / (1 + self.power) ** 2


@wrong("SigmoidGate", "all gates remember together")
class Together:
    def forward(self, x):
        Together.out = stable(x)
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)


@wrong("SigmoidGate", "spoils dout")
class _(sigmoid_gate(stable)):
    def backward(self, dout):
        dout *= self.out * (1 - self.out)
        return dout


@wrong("SigmoidGate", "spoils x")
class _(sigmoid_gate(stable)):
    def forward(self, x):
        self.out = stable(x)
        if np.ndim(x):
            x[...] = self.out
        return self.out


@wrong("SigmoidGate", "remembers its first output")
class _(sigmoid_gate(stable)):
    def forward(self, x):
        out = stable(x)
        self.out = getattr(self, "out", out)
        return out
