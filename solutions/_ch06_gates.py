"""Chapter 06, first part: gates that know their own gradient and nothing of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ChapterBuilder

chapter = ChapterBuilder("06_gates", "Backpropagation on a graph")


@chapter.exercise(points=1)
class AddGate:
    """A gate with out = x + y.

    Numbers or arrays go in; out, dout, dx and dy have the shape of x and y.
    """

    def forward(self, x: float | np.ndarray, y: float | np.ndarray) -> float | np.ndarray:
        """The output, for x and y of equal shape."""
        return x + y

    def backward(self, dout: float | np.ndarray) -> tuple:
        """The gradients (dx, dy) of the final result, given its gradient dout at the output."""
        return dout, dout


@chapter.exercise(points=1)
class MultiplyGate:
    """A gate with out = x * y.

    Numbers or arrays go in; out, dout, dx and dy have the shape of x and y, and arrays are
    multiplied entry by entry.
    """

    def forward(self, x: float | np.ndarray, y: float | np.ndarray) -> float | np.ndarray:
        """The output, for x and y of equal shape. Remembers what backward needs."""
        self.x, self.y = x, y
        return x * y

    def backward(self, dout: float | np.ndarray) -> tuple:
        """The gradients (dx, dy) of the final result, given its gradient dout at the output.

        They are those at the x and y of this gate's last forward.
        """
        return dout * self.y, dout * self.x


@chapter.exercise(points=2)
class MaxGate:
    """A gate with out = max(x, y).

    Numbers or arrays go in; out, dout, dx and dy have the shape of x and y, and of arrays the
    larger is taken entry by entry.
    """

    def forward(self, x: float | np.ndarray, y: float | np.ndarray) -> float | np.ndarray:
        """The output, for x and y of equal shape. Remembers what backward needs."""
        self.x_wins = x >= y
        return np.maximum(x, y)

    def backward(self, dout: float | np.ndarray) -> tuple:
        """The gradients (dx, dy) of the final result, given its gradient dout at the output.

        Where x and y were equal, all of dout goes to x.
        """
        return dout * self.x_wins, dout * (1 - self.x_wins)


@chapter.exercise(points=2)
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


TWO_INPUTS = (AddGate, MultiplyGate, MaxGate)


def there_and_back(Gate, x, y, dout):
    """What one gate's forward and backward give; an array may hold both gradients."""
    gate = Gate()
    out, given = gate.forward(x, y), gate.backward(dout)
    both = isinstance(given, np.ndarray) and given.ndim > np.ndim(dout)
    return {"forward": out, "backward": tuple(given) if both else given}


def two_gates(Gate, x, y, dout):
    """Two gates, fed before either is asked: the first with row 0 of each input, ..."""
    gates, found = [Gate(), Gate()], {}
    outs = [gates[i].forward(x[i], y[i]) for i in range(2)]
    for i, name in enumerate(("first gate", "second gate")):
        given = gates[i].backward(dout[i])
        both = isinstance(given, np.ndarray) and given.ndim > 1
        found[name] = {"forward": outs[i], "backward": tuple(given) if both else given}
    return found


def one_gate_twice(Gate, x, y, dout):
    """One gate, there and back with row 0 of each input, then again with row 1."""
    gate, found = Gate(), {}
    for i, name in enumerate(("first time", "second time")):
        out, given = gate.forward(x[i], y[i]), gate.backward(dout[i])
        both = isinstance(given, np.ndarray) and given.ndim > 1
        found[name] = {"forward": out, "backward": tuple(given) if both else given}
    return found


def draw_pair(rng: np.random.Generator, *shape: int) -> dict[str, Any]:
    """Inputs x and y of a shape, well apart, with a dout that is nowhere 0 or 1.

    Each of x and y is the larger somewhere, and each has both signs.
    """
    x = rng.uniform(0.5, 3.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    y = x + rng.uniform(0.3, 2.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    if x.size > 1:
        x.flat[:2], y.flat[:2] = x.flat[0], x.flat[0] + np.array([0.7, -0.6])
    dout = rng.uniform(1.5, 4.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    return {"x": x, "y": y, "dout": dout}


def as_numbers(x: float, y: float, dout: float) -> dict[str, float]:
    """Inputs that are plain Python floats."""
    return {"x": float(x), "y": float(y), "dout": float(dout)}


def cases_of_two_inputs(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of both keys for a gate with two inputs."""
    there: dict[str, Any] = {"scenario": "there_and_back"}
    a, b, g = rng.uniform(1.5, 4.0, size=3)
    yield Case("two numbers, x larger", as_numbers(a, -b, -g), **there)
    a, b, g = rng.uniform(1.5, 4.0, size=3)
    yield Case("two numbers, y larger", as_numbers(-a, b, g), **there)
    yield Case("arrays of one axis", draw_pair(rng, int(rng.integers(5, 9))), **there)
    yield Case("arrays of two axes", draw_pair(rng, 3, 4), **there)
    yield Case("two gates at once", draw_pair(rng, 2, 4), scenario="two_gates", edge=True)
    yield Case("a gate used again", draw_pair(rng, 2, 4), scenario="one_gate_twice", edge=True)


def hidden_cases_of_two_inputs(rng: np.random.Generator) -> Iterator[Case]:
    """Further cases of the hidden key for a gate with two inputs."""
    there: dict[str, Any] = {"scenario": "there_and_back", "edge": True}
    n, m = (int(k) for k in rng.permutation([3, 4]))
    yield Case("arrays of three axes", draw_pair(rng, 2, n, m), **there)
    stopped = draw_pair(rng, 6)
    stopped["dout"][rng.choice(6, size=3, replace=False)] = 0.0
    yield Case("gradients that are 0", stopped, **there)
    yield Case("arrays with one entry", draw_pair(rng, 1), **there)


for gate in TWO_INPUTS:
    for scenario in (there_and_back, two_gates, one_gate_twice):
        chapter.scenario(gate)(scenario)


@chapter.cases(AddGate)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the worked example", as_numbers(-2, 5, -4), scenario="there_and_back")
    yield from cases_of_two_inputs(rng)


@chapter.cases(MultiplyGate)
def _(rng: np.random.Generator) -> Iterator[Case]:
    # Not as in the text, where dout is 1: with that, a forgotten dout would not show.
    yield Case("three and minus four", as_numbers(3, -4, 2), scenario="there_and_back")
    yield from cases_of_two_inputs(rng)
    idle = draw_pair(rng, 6)
    idle["x"][1:3], idle["y"][2:4] = 0.0, 0.0
    yield Case("factors that are 0", idle, scenario="there_and_back", edge=True)


@chapter.cases(MaxGate)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from cases_of_two_inputs(rng)
    tied = draw_pair(rng, 6)
    tied["y"][3:] = tied["x"][3:]
    yield Case("ties", tied, scenario="there_and_back", edge=True)
    a, g = rng.uniform(1.5, 4.0, size=2)
    yield Case("two equal numbers", as_numbers(a, a, g), scenario="there_and_back", edge=True)


for gate in TWO_INPUTS:
    chapter.hidden_cases(gate)(hidden_cases_of_two_inputs)


@chapter.scenario(SigmoidGate)
def forward_and_backward(SigmoidGate, x, dout):
    """What one gate's forward and backward give."""
    gate = SigmoidGate()
    return {"forward": gate.forward(x), "backward": gate.backward(dout)}


@chapter.scenario(SigmoidGate)
def two_sigmoids(SigmoidGate, x, dout):
    """Two gates, fed before either is asked: the first with row 0 of each input, ..."""
    gates = [SigmoidGate(), SigmoidGate()]
    outs = [gates[i].forward(x[i]) for i in range(2)]
    return {
        name: {"forward": outs[i], "backward": gates[i].backward(dout[i])}
        for i, name in enumerate(("first gate", "second gate"))
    }


@chapter.scenario(SigmoidGate)
def one_sigmoid_twice(SigmoidGate, x, dout):
    """One gate, there and back with row 0 of each input, then again with row 1."""
    gate = SigmoidGate()
    return {
        name: {"forward": gate.forward(x[i]), "backward": gate.backward(dout[i])}
        for i, name in enumerate(("first time", "second time"))
    }


def draw_one(rng: np.random.Generator, *shape: int) -> dict[str, Any]:
    """Inputs of ordinary size and a dout that is nowhere 0 or 1."""
    dout = rng.uniform(1.5, 4.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    return {"x": rng.normal(scale=2.0, size=shape), "dout": dout}


@chapter.cases(SigmoidGate)
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


@chapter.hidden_cases(SigmoidGate)
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "forward_and_backward", "edge": True}
    for sign, name in ((-1.0, "small"), (1.0, "large")):
        x = sign * float(rng.uniform(800, 5000))
        yield Case(f"one very {name} number", {"x": x, "dout": 2.5}, **there)
    mixed = draw_one(rng, 3, 2)
    mixed["x"][rng.permutation(3)[:2], 0] = rng.uniform(900, 9000, size=2) * [-1, 1]
    yield Case("ordinary and extreme numbers in one array", mixed, **there)
    yield Case("zero", {"x": 0.0, "dout": -1.5}, **there)
