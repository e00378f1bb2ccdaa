"""Gates with two inputs: small programs that use one, inputs, and cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case


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


SCENARIOS = (there_and_back, two_gates, one_gate_twice)


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
