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


def back_twice(Gate, x, y, dout):
    """One forward, and two gradients that go back one after the other: dout, and 3 - dout."""
    gate, found = Gate(), {}
    found["forward"] = gate.forward(x, y)
    for name, slope in (("first gradient", dout), ("second gradient", 3.0 - dout)):
        given = gate.backward(slope)
        both = isinstance(given, np.ndarray) and given.ndim > np.ndim(dout)
        found[name] = tuple(given) if both else given
    return found


def gates_in_other_layouts(Gate, x, y, dout):
    """There and back with arrays that lie column by column, and with read-only windows."""
    found = {}
    for way in ("column by column", "windows"):
        given = [np.array(array, order="F") for array in (x, y, dout)]
        if way == "windows":
            given = [np.repeat(array, 2, axis=1)[::-1, ::2] for array in (x, y, dout)]
            for array in given:
                array.flags.writeable = False
        gate = Gate()
        out, back = gate.forward(given[0], given[1]), gate.backward(given[2])
        both = isinstance(back, np.ndarray) and back.ndim > np.ndim(out)
        found[way] = {"forward": out, "backward": tuple(back) if both else back}
    return found


def with_itself(Gate, x, dout):
    """One array as both inputs of a gate."""
    gate = Gate()
    out, given = gate.forward(x, x), gate.backward(dout)
    both = isinstance(given, np.ndarray) and given.ndim > np.ndim(dout)
    return {"forward": out, "backward": tuple(given) if both else given}


def of_whole_numbers(Gate, x, y, dout):
    """There and back with whole numbers, on which no gradient may be rounded; floats come out."""
    gate = Gate()
    out, given = gate.forward(x, y), gate.backward(dout)
    both = isinstance(given, (tuple, list, np.ndarray)) and len(given) == 2
    back = tuple(np.asarray(part, dtype=float) for part in given) if both else given
    return {"forward": np.asarray(out, dtype=float), "backward": back}


SCENARIOS = (
    there_and_back,
    two_gates,
    one_gate_twice,
    back_twice,
    gates_in_other_layouts,
    with_itself,
    of_whole_numbers,
)


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


def draw_two_pairs(rng: np.random.Generator) -> dict[str, Any]:
    """Two rows of inputs; where x is larger in the first, y is in the second."""
    pair = draw_pair(rng, 2, 4)
    pair["x"][1], pair["y"][1] = pair["y"][0] + 0.4, pair["x"][0] + 0.4
    return pair


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
    yield Case("two gates at once", draw_two_pairs(rng), scenario="two_gates", edge=True)
    yield Case("a gate used again", draw_two_pairs(rng), scenario="one_gate_twice", edge=True)
    pair = draw_pair(rng, 5)
    yield Case("one forward, two gradients", pair, scenario="back_twice", edge=True)
    pair = draw_pair(rng, 6)
    whole = {name: np.rint(3 * pair[name]).astype(np.int64) for name in "xy"}
    whole["y"] += whole["x"] == whole["y"]
    inputs = {**whole, "dout": pair["dout"]}
    yield Case("arrays of whole numbers", inputs, scenario="of_whole_numbers", edge=True)


def draw_sizes(rng: np.random.Generator) -> dict[str, Any]:
    """Inputs and a dout of all sizes, 0 among them, in which x and y differ everywhere."""
    x = rng.permutation([0.0, 3e-12, -2e-12, 1.5, -2e6, 4e6])
    y = np.where(x == 0, rng.permuted([5e-12, -1.0])[0], -2.0 * x)
    y[x == 1.5] = 0.0
    dout = rng.permutation([0.0, 2e-12, -3e-12, 1.0, -3e6, 2e6])
    return {"x": x, "y": y, "dout": dout}


def hidden_cases_of_two_inputs(rng: np.random.Generator) -> Iterator[Case]:
    """Further cases of the hidden key for a gate with two inputs."""
    there: dict[str, Any] = {"scenario": "there_and_back", "edge": True}
    n, m = (int(k) for k in rng.permutation([3, 4]))
    yield Case("arrays of three axes", draw_pair(rng, 2, n, m), **there)
    stopped = draw_pair(rng, 6)
    stopped["dout"][rng.choice(6, size=3, replace=False)] = 0.0
    yield Case("gradients that are 0", stopped, **there)
    yield Case("arrays with one entry", draw_pair(rng, 1), **there)
    yield Case("numbers of all sizes", draw_sizes(rng), **there)
    x, y = (int(k) for k in rng.permutation([-5, 3]))
    whole = {"x": x, "y": y, "dout": 2.5}
    yield Case("two whole numbers", whole, scenario="of_whole_numbers", edge=True)
    a, b, g = (np.float64(v) for v in rng.uniform(1.5, 4.0, size=3))
    yield Case("two of NumPy's numbers", {"x": a, "y": -b, "dout": g}, **there)
    layouts: dict[str, Any] = {"scenario": "gates_in_other_layouts", "edge": True}
    yield Case("arrays in other memory layouts", draw_pair(rng, 3, 4), **layouts)
    alone = {name: draw_pair(rng, 5)[name] for name in ("x", "dout")}
    yield Case("one array as both inputs", alone, scenario="with_itself", edge=True)
