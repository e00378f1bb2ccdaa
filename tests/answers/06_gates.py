"""Answers to chapter 06: gates of two inputs."""

import operator

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


def gate(forward, backward):
    """A gate class: out of x and y, and the gradients of x, y and dout."""

    class Gate:
        def forward(self, x, y):
            self.x, self.y = x, y
            return forward(x, y)

        def backward(self, dout):
            return backward(self.x, self.y, dout)

    return Gate


def shared(forward, backward):
    """A gate whose instances all remember in one place."""
    remembered = {}

    class Gate:
        def forward(self, x, y):
            remembered["xy"] = x, y
            return forward(x, y)

        def backward(self, dout):
            return backward(*remembered["xy"], dout)

    return Gate


def stubborn(forward, backward):
    """A gate that remembers its first inputs for good."""

    class Gate:
        def __init__(self):
            self.kept = None

        def forward(self, x, y):
            self.kept = self.kept or (x, y)
            return forward(x, y)

        def backward(self, dout):
            return backward(*self.kept, dout)

    return Gate


def forgetful(forward, backward):
    """A gate that takes the ones it knows for what arrives."""
    return gate(forward, lambda x, y, dout: backward(x, y, dout * 0 + 1))


def float32(forward, backward):
    return gate(
        lambda x, y: np.float32(forward(x, y)),
        lambda x, y, dout: tuple(np.float32(g) for g in backward(x, y, dout)),
    )


def numbers_only(forward, backward):
    return gate(
        lambda x, y: float(forward(x, y)),
        lambda x, y, dout: tuple(float(g) for g in backward(x, y, dout)),
    )


def arrays_only(forward, backward):
    return gate(
        lambda x, y: forward(x[:], y[:]),
        lambda x, y, dout: backward(x, y, dout),
    )


def rows_only(forward, backward):
    return gate(
        lambda x, y: forward(x, y) if np.ndim(x) < 2 else forward(x[0], y[0]),
        backward,
    )


def overwriting(forward, backward):
    def spoiling(x, y, dout):
        found = backward(x, y, dout)
        if isinstance(dout, np.ndarray):
            dout *= 0
        return found

    return gate(forward, spoiling)


def halves(forward, backward):
    return gate(forward, lambda x, y, dout: tuple(g / 2 for g in backward(x, y, dout)))


def swapped(forward, backward):
    return gate(forward, lambda x, y, dout: backward(x, y, dout)[::-1])


def one(forward, backward):
    return gate(forward, lambda x, y, dout: backward(x, y, dout)[0])


def nothing(forward, backward):
    return gate(lambda x, y: None, backward)


def summed(forward, backward):
    return gate(forward, lambda x, y, dout: tuple(np.sum(g) for g in backward(x, y, dout)))


def tiny_error(forward, backward):
    return gate(forward, lambda x, y, dout: tuple(g * 1.0001 for g in backward(x, y, dout)))


FORWARD = {"AddGate": np.add, "MultiplyGate": np.multiply, "MaxGate": np.maximum}
BACKWARD = {
    "AddGate": lambda x, y, dout: (dout, dout),
    "MultiplyGate": lambda x, y, dout: (dout * y, dout * x),
    "MaxGate": lambda x, y, dout: (dout * (x >= y), dout * (x < y)),
}
FLAWS = {
    "forgets what arrives": (forgetful, 0),
    "float32": (float32, None),
    "numbers only": (numbers_only, None),
    "arrays only": (arrays_only, None),
    "first row of a matrix": (rows_only, None),
    "spoils dout": (overwriting, None),
    "half each": (halves, 0),
    "one gradient": (one, 0),
    "no output": (nothing, 0),
    "sums the gradients": (summed, None),
    "tiny error": (tiny_error, 0),
}
for name, forward in FORWARD.items():
    right(name, "NumPy's function")(gate(forward, BACKWARD[name]))
    for style, (flaw, score) in FLAWS.items():
        wrong(name, style, score=score)(flaw(forward, BACKWARD[name]))
for name in ("MultiplyGate", "MaxGate"):
    for flaw in (shared, stubborn, swapped):
        wrong(name, flaw.__name__)(flaw(FORWARD[name], BACKWARD[name]))


@right("AddGate", "remembers nothing")
class _:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout, dout


@right("AddGate", "static methods")
class _:
    forward = staticmethod(operator.add)

    @staticmethod
    def backward(dout):
        return 1.0 * dout, 1.0 * dout


@right("AddGate", "copies")
class _:
    def forward(self, x, y):
        out = np.array(x, dtype=float)
        out += y
        return out

    def backward(self, dout):
        return np.array(dout), np.array(dout)


@right("AddGate", "slots and a shape")
class _:
    __slots__ = ("shape",)

    def forward(self, x, y):
        self.shape = np.shape(x)
        return np.asarray(x) + np.asarray(y)

    def backward(self, dout):
        return np.ones(self.shape) * dout, np.full(self.shape, 1.0) * dout


@right("AddGate", "minus minus, keywords")
class _:
    def __init__(self, name="add"):
        self.name = name

    def forward(self, x, y):
        return x - (-y)

    def backward(self, dout):
        dx = dy = +dout
        return dx, dy


@right("MultiplyGate", "attributes")
class _:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        dx = dout * self.y
        dy = dout * self.x
        return dx, dy


@right("MultiplyGate", "a dict, copies")
class _:
    def __init__(self):
        self.cache = {}

    def forward(self, x, y):
        self.cache.update(x=np.copy(x), y=np.copy(y))
        return np.multiply(x, y)

    def backward(self, dout):
        return self.cache["y"] * dout, self.cache["x"] * dout


@right("MultiplyGate", "a closure")
class _:
    def forward(self, x, y):
        self.backward = lambda dout: (y * dout, x * dout)
        return x * y

    def backward(self, dout):
        raise RuntimeError("forward first")


class Remembering:
    def forward(self, *inputs):
        self.inputs = inputs
        return self.value(*inputs)


@right("MultiplyGate", "a subclass, einsum")
class _(Remembering):
    def value(self, x, y):
        return np.einsum("...,...->...", x, y)

    def backward(self, dout):
        x, y = self.inputs
        return np.einsum("...,...->...", y, dout), np.einsum("...,...->...", x, dout)


@right("MultiplyGate", "a stack as array")
class _:
    def forward(self, x, y):
        self.pair = np.stack([y, x])
        return self.pair.prod(axis=0)

    def backward(self, dout):
        return tuple(self.pair * dout)


@right("MaxGate", "where")
class _:
    def forward(self, x, y):
        self.first = np.asarray(x) >= np.asarray(y)
        return np.where(self.first, x, y)

    def backward(self, dout):
        return np.where(self.first, dout, 0.0), np.where(self.first, 0.0, dout)


@right("MaxGate", "the rest")
class _:
    def forward(self, x, y):
        self.goes_to_y = np.less(x, y)
        return np.maximum(x, y)

    def backward(self, dout):
        dy = dout * self.goes_to_y
        return dout - dy, dy


@right("MaxGate", "argmax of a stack")
class _:
    def forward(self, x, y):
        pair = np.stack([x, y])
        self.winner = pair.argmax(axis=0)
        return pair.max(axis=0)

    def backward(self, dout):
        dx, dy = (dout * (self.winner == k) for k in (0, 1))
        return dx, dy


@right("MaxGate", "numbers and arrays apart")
class _:
    def forward(self, x, y):
        self.x, self.y = x, y
        if np.ndim(x) == 0:
            return max(x, y)
        out = x.copy()
        out[y > x] = y[y > x]
        return out

    def backward(self, dout):
        if np.ndim(self.x) == 0:
            return (dout, 0.0) if self.x >= self.y else (0.0, dout)
        dx, dy = np.zeros(self.x.shape), np.zeros(self.x.shape)
        dx[self.x >= self.y] = dout[self.x >= self.y]
        dy[self.x < self.y] = dout[self.x < self.y]
        return dx, dy


@right("MaxGate", "half the sum and the distance, ravelled loop")
class _:
    def forward(self, x, y):
        self.x, self.y = x, y
        return (x + y + abs(x - y)) / 2

    def backward(self, dout):
        dx, dy = np.zeros(np.shape(dout)), np.zeros(np.shape(dout))
        for i in np.ndindex(np.shape(dout)):
            larger = np.asarray(self.x)[i] >= np.asarray(self.y)[i]
            (dx if larger else dy)[i] = np.asarray(dout)[i]
        return dx, dy


def max_gate(style, goes_to_x, goes_to_y, score=None):
    wrong("MaxGate", style, score=score)(
        gate(np.maximum, lambda x, y, d: (d * goes_to_x(x, y), d * goes_to_y(x, y)))
    )


max_gate("a tie to y", np.greater, np.less_equal)
max_gate("a tie to both", np.greater_equal, np.less_equal)
max_gate("a tie to nobody", np.greater, np.less)
max_gate(
    "a tie shared", lambda x, y: (x > y) + 0.5 * (x == y), lambda x, y: (x < y) + 0.5 * (x == y)
)
max_gate("to both", lambda x, y: 1, lambda x, y: 1, 0)
max_gate("the values", lambda x, y: x * (x >= y), lambda x, y: y * (x < y), 0)
max_gate("all by any", lambda x, y: np.any(x >= y), lambda x, y: not np.any(x >= y))
max_gate("by size without the sign", lambda x, y: abs(x) >= abs(y), lambda x, y: abs(x) < abs(y))
wrong("MaxGate", "min", score=0)(gate(np.minimum, lambda x, y, d: (d * (x <= y), d * (x > y))))
wrong("MaxGate", "Python's max")(gate(max, lambda x, y, d: (d, 0 * d) if x >= y else (0 * d, d)))
wrong("AddGate", "multiplies", score=0)(gate(np.multiply, BACKWARD["AddGate"]))
wrong("AddGate", "hands back the inputs", score=0)(gate(np.add, lambda x, y, d: (d * x, d * y)))
wrong("AddGate", "all to x", score=0)(gate(np.add, lambda x, y, d: (d, 0 * d)))
wrong("AddGate", "signs", score=0)(gate(np.add, lambda x, y, d: (d, -d)))


@wrong("AddGate", "changes x")
class _:
    def forward(self, x, y):
        x += y
        return x

    def backward(self, dout):
        return dout, dout


wrong("MultiplyGate", "own input", score=0)(gate(np.multiply, lambda x, y, d: (d * x, d * y)))
wrong("MultiplyGate", "distributes", score=0)(gate(np.multiply, lambda x, y, d: (d, d)))
wrong("MultiplyGate", "no sign", score=0)(
    gate(np.multiply, lambda x, y, d: (abs(d * y), abs(d * x)))
)
wrong("MultiplyGate", "divides the output")(
    gate(np.multiply, lambda x, y, d: (d * (x * y) / (x + 1e-3), d * (x * y) / (y + 1e-3)))
)


@wrong("MultiplyGate", "matrix product", score=0)
class _:
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.dot(x, y)

    def backward(self, dout):
        return np.dot(dout, self.y), np.dot(dout, self.x)


@wrong("MultiplyGate", "changes x")
class _:
    def forward(self, x, y):
        self.x, self.y = np.copy(x), np.copy(y)
        x *= y
        return x

    def backward(self, dout):
        return dout * self.y, dout * self.x
