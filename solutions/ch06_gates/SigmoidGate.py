"""SigmoidGate: a gate with the sigmoid curve, there and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=2)


@exercise.reference
class SigmoidGate:
    """A gate with out = 1 / (1 + e^-x).

    Numbers or arrays go in; out, dout and dx have the shape of x. The result is finite for any x,
    however large or small.
    """

    def forward(self, x: float | np.ndarray) -> float | np.ndarray:
        """The output, between 0 and 1. Remembers what backward needs."""
        # out = exp(-log(1 + e^-x)), and logaddexp finds that logarithm without overflow.
        self.out = np.exp(-np.logaddexp(0.0, -x))
        return self.out

    def backward(self, dout: float | np.ndarray) -> float | np.ndarray:
        """The gradient dx of the final result, given its gradient dout at the output.

        Uses that the gate's own derivative is out * (1 - out).
        """
        return dout * self.out * (1.0 - self.out)


@exercise.scenario()
def forward_and_backward(SigmoidGate, x, dout):
    """What one gate's forward and backward give."""
    gate = SigmoidGate()
    return {"forward": gate.forward(x), "backward": gate.backward(dout)}


@exercise.scenario()
def two_sigmoids(SigmoidGate, x, dout):
    """Two gates, fed before either is asked: the first with row 0 of each input, ..."""
    gates = [SigmoidGate(), SigmoidGate()]
    outs = [gates[i].forward(x[i]) for i in range(2)]
    return {
        name: {"forward": outs[i], "backward": gates[i].backward(dout[i])}
        for i, name in enumerate(("first gate", "second gate"))
    }


@exercise.scenario()
def one_sigmoid_twice(SigmoidGate, x, dout):
    """One gate, there and back with row 0 of each input, then again with row 1."""
    gate = SigmoidGate()
    return {
        name: {"forward": gate.forward(x[i]), "backward": gate.backward(dout[i])}
        for i, name in enumerate(("first time", "second time"))
    }


@exercise.scenario()
def sigmoid_back_twice(SigmoidGate, x, dout):
    """One forward, and two gradients that go back one after the other: dout, and 3 - dout."""
    gate = SigmoidGate()
    out = gate.forward(x)
    return {"forward": out, "gradients": [gate.backward(dout), gate.backward(3.0 - dout)]}


@exercise.scenario()
def sigmoid_in_other_layouts(SigmoidGate, x, dout):
    """There and back with arrays that lie column by column, and with read-only windows."""
    found = {}
    for way in ("column by column", "windows"):
        given = [np.array(array, order="F") for array in (x, dout)]
        if way == "windows":
            given = [np.repeat(array, 2, axis=1)[::-1, ::2] for array in (x, dout)]
            for array in given:
                array.flags.writeable = False
        gate = SigmoidGate()
        out = gate.forward(given[0])
        found[way] = {"forward": out, "backward": gate.backward(given[1])}
    return found


def draw_one(rng: np.random.Generator, *shape: int) -> dict[str, Any]:
    """Inputs of ordinary size and a dout that is nowhere 0 or 1."""
    dout = rng.uniform(1.5, 4.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    return {"x": rng.normal(scale=2.0, size=shape), "dout": dout}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "forward_and_backward"}
    yield Case("the sum of the worked neuron", {"x": 1.0, "dout": 2.0}, **there)
    x, dout = rng.uniform(-3.0, -0.5), rng.uniform(1.5, 4.0)
    yield Case("a negative number", {"x": float(x), "dout": float(-dout)}, **there)
    yield Case("an array of one axis", draw_one(rng, int(rng.integers(5, 9))), **there)
    yield Case("an array of two axes", draw_one(rng, 3, 4), **there)
    large = draw_one(rng, 6)
    large["x"] = np.array([-1e4, -1000.0, -750.0, 750.0, 1000.0, 1e4])
    yield Case("very large and very small numbers", large, edge=True, **there)
    flat = draw_one(rng, 6)
    flat["x"] = rng.uniform(4.2, 8.0, size=6) * rng.permutation([1.0, 1, 1, -1, -1, -1])
    yield Case("numbers where the curve is almost flat", flat, edge=True, **there)
    yield Case("two gates at once", draw_one(rng, 2, 4), scenario="two_sigmoids", edge=True)
    again: dict[str, Any] = {"scenario": "one_sigmoid_twice", "edge": True}
    yield Case("a gate used again", draw_one(rng, 2, 4), **again)
    twice: dict[str, Any] = {"scenario": "sigmoid_back_twice", "edge": True}
    yield Case("one forward, two gradients", draw_one(rng, 5), **twice)
    whole = draw_one(rng, 7)
    whole["x"] = rng.permutation([-3, -2, -1, 0, 1, 2, 4])
    yield Case("an array of whole numbers", whole, edge=True, **there)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "forward_and_backward", "edge": True}
    for sign, name in ((-1.0, "small"), (1.0, "large")):
        x = sign * float(rng.uniform(800, 5000))
        yield Case(f"one very {name} number", {"x": x, "dout": 2.5}, **there)
    mixed = draw_one(rng, 3, 2)
    mixed["x"][rng.permutation(3)[:2], 0] = rng.uniform(900, 9000, size=2) * [-1, 1]
    yield Case("ordinary and extreme numbers in one array", mixed, **there)
    yield Case("zero", {"x": 0.0, "dout": -1.5}, **there)
    yield Case("a whole number", {"x": int(rng.integers(1, 4)), "dout": 3}, **there)
    number = {"x": np.float64(rng.uniform(-2, 2)), "dout": np.float64(2.5)}
    yield Case("one of NumPy's numbers", number, **there)
    small = draw_one(rng, 8)
    small["x"] = rng.permutation([0.0, 0.0, 1e-13, -2e-12, 3e-9, -1.5, 30.0, 1e300])
    small["dout"][:5] = [0.0, 2e-12, -3e6, 0.5, 0.5]
    yield Case("numbers of all sizes", small, **there)
    yield Case("an array with one entry", draw_one(rng, 1), **there)
    layouts: dict[str, Any] = {"scenario": "sigmoid_in_other_layouts", "edge": True}
    yield Case("arrays in other memory layouts", draw_one(rng, 3, 4), **layouts)


exercise.wrong_ways("""
no-upstream: Your gradient leaves dout out: multiply the gate's own slope by what arrives at the
output.
    - dout * self.out * (1.0 - self.out)
    + 0.0 * dout + self.out * (1.0 - self.out)

one-factor: Your slope is the output alone; the curve is flat at both ends, so a second factor must
bring it down to 0 where the output is near 1.
    - dout * self.out * (1.0 - self.out)
    + dout * self.out

wrong-sign: Your gradient has the wrong sign: the curve rises everywhere.
    - (1.0 - self.out)
    + (self.out - 1.0)

squared: Your slope is 1 - out squared, which belongs to another curve (tanh).
    - dout * self.out * (1.0 - self.out)
    + dout * (1.0 - self.out**2)

sigmoid-again: You put the output through the sigmoid once more: the slope is made of out itself.
    - dout * self.out * (1.0 - self.out)
    + dout * (1 / (1 + np.exp(-self.out))) * (1 - 1 / (1 + np.exp(-self.out)))

memory-of-all-gates: All of your gates share one memory, so a second gate overwrites what the first
remembered: keep it on self.
    - self.out = np.exp
    + SigmoidGate.out = np.exp

first-memory: Your gate keeps the output of its first forward; backward needs that of the last.
    - return self.out
    + out, self.out = self.out, self.__dict__.setdefault("first", self.out)
    + return out

slope-of-x: You built the slope from the input x; it is made of the output, out * (1 - out).
    def forward(self, x):
        self.x = x
        return np.exp(-np.logaddexp(0.0, -x))

    def backward(self, dout):
        return dout * self.x * (1.0 - self.x)

e-to-the-plus-x: Your curve falls from 1 to 0: look at the sign in the exponent.
    - logaddexp(0.0, -x)
    + logaddexp(0.0, x)

infinity-over-infinity: For a large x your formula divides infinity by infinity: write the sigmoid
so that a large power of e stands in the denominator alone.
    - np.exp(-np.logaddexp(0.0, -x))
    + np.exp(x) / (1 + np.exp(x))

slope-overflows: Your output is right, but for a very small x your slope divides infinity by
infinity: build it from the output.
    def forward(self, x):
        self.power = np.exp(-x)
        return 1 / (1 + self.power)

    def backward(self, dout):
        return dout * self.power / (1 + self.power) ** 2

one-number-at-a-time: Your gate takes single numbers alone: `float` and the functions of `math` know
no arrays.
    def forward(self, x):
        if isinstance(x, np.ndarray):
            raise TypeError("only length-1 arrays can be converted to Python scalars")
        return reference.forward(self, x)

if-on-an-array: Your gate takes single numbers alone: `if` cannot decide for every entry of an
array; np.where can.
    def forward(self, x):
        if x >= 0:
            self.out = 1 / (1 + np.exp(-x))
        else:
            self.out = np.exp(x) / (1 + np.exp(x))
        return self.out

arrays-alone: Your gate takes arrays alone, and x may be a single number, which has no entries to
pick: np.where takes both.
    def forward(self, x):
        positive = x >= 0
        out = np.zeros_like(x)
        out[positive] = 1 / (1 + np.exp(-x[positive]))
        e = np.exp(x[~positive])
        out[~positive] = e / (1 + e)
        self.out = out
        return out

arrays-of-floats-alone: Your gate takes arrays alone, and x may be a single number, which has no
entries to pick: np.where takes both.
    def forward(self, x):
        positive = x >= 0
        self.out = np.zeros(np.shape(x))
        self.out[positive] = 1 / (1 + np.exp(-x[positive]))
        e = np.exp(x[~positive])
        self.out[~positive] = e / (1 + e)
        return self.out

cut-off: Your numbers are cut to whole ones where x is whole: np.zeros_like(x) and np.empty_like(x)
make integers of integers.
    def forward(self, x):
        x = np.asarray(x)
        self.out = np.zeros_like(x)
        self.out[...] = np.exp(-np.logaddexp(0.0, -x))
        return self.out

clipped-too-narrow: You clip x to a range in which the curve is not flat yet; exp can be trusted up
to about 700.
    - np.exp(-np.logaddexp(0.0, -x))
    + 1 / (1 + np.exp(-np.clip(x, -5, 5)))

output-minus-one: Your slope is 1 - out alone; the curve is flat at both ends, and a second factor
must bring it down to 0 where the output is near 0.
    - dout * self.out * (1.0 - self.out)
    + dout * (1.0 - self.out)

adds-dout: You added dout to the gate's own slope; along a path, slopes are multiplied.
    - dout * self.out * (1.0 - self.out)
    + dout + self.out * (1.0 - self.out)

slope-of-dout: You built the slope from dout; it is made of the output that forward has found.
    - dout * self.out * (1.0 - self.out)
    + dout * (1.0 - dout)

softmax: You divide by a sum over all entries, as softmax does: a sigmoid looks at every entry by
itself.
    - np.exp(-np.logaddexp(0.0, -x))
    + np.exp(x - np.max(x)) / np.exp(x - np.max(x)).sum()

tanh: Your output runs from -1 to 1: that is tanh; a sigmoid runs from 0 to 1.
    - np.exp(-np.logaddexp(0.0, -x))
    + np.tanh(x)

tanh-there-and-back: Your gate is tanh, there and back, from -1 to 1; a sigmoid runs from 0 to 1.
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out**2)

tanh-of-x: Your curve is the sigmoid of 2 x, not of x: in the form with tanh, it is half of x that
tanh gets.
    - np.exp(-np.logaddexp(0.0, -x))
    + (np.tanh(x) + 1) / 2

clipped-at-10: You clip x to a range in which the curve is not flat yet; exp can be trusted up to
about 700.
    - np.exp(-np.logaddexp(0.0, -x))
    + 1 / (1 + np.exp(-np.clip(x, -10, 10)))

no-brackets: Your output is 1 + e^-x: `/` comes before `+`, so the denominator 1 + e^-x needs
brackets.
    - np.exp(-np.logaddexp(0.0, -x))
    + 1 / 1 + np.exp(-x)

memory-changed: backward changes what the gate remembers, so that its next answer is another one:
leave the output as it is.
    def backward(self, dout):
        self.out = self.out * (1.0 - self.out)
        return dout * self.out

once-only: backward throws away what the gate remembers, so it answers only once after each forward.
    def backward(self, dout):
        out = self.out
        del self.out
        return dout * out * (1.0 - out)

changes-an-input: The result is right, but you wrote it into an array of the caller's (`*=` and
`out=` do that): make a new one.
    def backward(self, dout):
        dout *= self.out * (1.0 - self.out)
        return dout

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    def forward(self, x):
        self.out = np.float64(np.float32(np.exp(-np.logaddexp(0.0, -x))))
        return self.out
""")
