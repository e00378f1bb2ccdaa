"""Watches a learner's values while they compute, so that their graph can be drawn.

A `Value` class may keep what it likes under any names, so a drawing cannot ask it for its graph.
`watch` wraps the values instead: every operation is handed on to the learner's own objects and
noted down. Numbers and gradients in the drawing are theirs alone. What stands on an edge is asked
of an input of its own: the graph is computed once more with a fresh value in just that place.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pix2net.judging.wording import worded
from pix2net.plots.graphs import Graph, Node, number

MOST = 60  # nodes; a larger graph cannot be read, and takes long to ask for each edge


@dataclass(frozen=True)
class Operation:
    """How a watched value was made: the gate's sign, its operation, the places of its inputs."""

    sign: str
    make: Callable[..., Any]
    inputs: tuple[int, ...]


class Notes:
    """What happened to some values: their steps in order, names of the first ones."""

    def __init__(self, kind: Callable[[float], Any]) -> None:
        self.kind = kind
        self.names: list[str] = []
        self.steps: list[Operation] = []
        self.values: list[Any] = []
        self.asked: set[int] = set()

    def add(self, step: Operation, value: Any) -> Watched:
        """Note a step and the value that it gave."""
        self.steps.append(step)
        self.values.append(value)
        return Watched(self, len(self.values) - 1)

    def part_of(self, last: int) -> list[int]:
        """The places of all that goes into a value, itself included, in order."""
        found, waiting = {last}, [last]
        while waiting:
            fresh = set(self.steps[waiting.pop()].inputs) - found
            found |= fresh
            waiting += fresh
        return sorted(found)

    def along(self, last: int, gate: int, way: int) -> float:
        """The gradient of the value ``last`` that comes back over one input of one gate."""
        part, again = self.part_of(last), dict[int, Any]()
        probe = self.kind(float(self.values[self.steps[gate].inputs[way]].data))
        for place in part:
            step = self.steps[place]
            inputs = [again[i] for i in step.inputs]
            if place == gate:
                inputs[way] = probe
            again[place] = step.make(*inputs) if inputs else self.kind(self.values[place].data)
        again[last].backward()
        return float(probe.grad)


class Watched:
    """One of the learner's values, watched: it computes as they do, and can be drawn."""

    def __init__(self, notes: Notes, place: int) -> None:
        self._notes = notes
        self._place = place

    @property
    def value(self) -> Any:
        """The learner's own object."""
        return self._notes.values[self._place]

    @property
    def data(self) -> Any:
        """The number of the learner's object."""
        return self.value.data

    @property
    def grad(self) -> Any:
        """The gradient of the learner's object."""
        return self.value.grad

    def backward(self) -> None:
        """Ask the learner's object for its gradients."""
        self.value.backward()
        self._notes.asked.add(self._place)

    def nodes(self, name: str = "f") -> Graph:
        """The graph that made this value, for `plots.graph`; ``name`` is what it is called there.

        Gradients stand in it once `backward` has run. Raises `ValueError` for a graph too large.
        """
        notes, last = self._notes, self._place
        part = notes.part_of(last)
        if len(part) > MOST:
            raise ValueError(
                worded("a graph of {n} nodes is too large to be read: {most} at most", n=len(part),
                       most=MOST)
            )  # fmt: skip
        asked = last in notes.asked
        names = {i: notes.names[i] if i < len(notes.names) else f"node {i}" for i in part}
        names[last] = name
        shares = {
            i: tuple(notes.along(last, i, way) for way in range(len(notes.steps[i].inputs)))
            for i in part
            if asked
        }
        totals = {
            i: sum(s for j in shares for s, k in self._ways(shares, j) if k == i) for i in part
        }
        nodes = {}
        for i in part:
            step = notes.steps[i]
            # A graph's own inputs say for themselves what has arrived at them.
            grad = float(notes.values[i].grad) if not step.inputs else totals[i]
            inputs = tuple(names[k] for k in step.inputs)
            shown = (1.0 if i == last else grad) if asked else None
            nodes[names[i]] = Node(
                float(notes.values[i].data), shown, step.sign, inputs, shares.get(i, ())
            )
        return nodes

    def _ways(self, shares: dict[int, tuple[float, ...]], gate: int) -> list[tuple[float, int]]:
        """(gradient, place of the input) for each way into a gate."""
        return list(zip(shares[gate], self._notes.steps[gate].inputs, strict=True))

    def _alone(self, sign: str, make: Callable[[Any], Any]) -> Watched:
        return self._notes.add(Operation(sign, make, (self._place,)), make(self.value))

    def _with(self, sign: str, make: Callable[[Any, Any], Any], other: Any) -> Watched:
        """This value and another, or a plain number, which becomes part of the gate."""
        if not isinstance(other, Watched):
            return self._alone(f"{sign} {number(other)}", lambda value: make(value, other))
        if other._notes is not self._notes:
            raise ValueError("these values were not watched together: make all by one `watch`")
        step = Operation(sign, make, (self._place, other._place))
        return self._notes.add(step, make(self.value, other.value))

    def _after(self, sign: str, make: Callable[[Any, Any], Any], other: Any) -> Watched:
        """A plain number and this value."""
        return self._alone(f"{number(other)} {sign}", lambda value: make(other, value))

    def __add__(self, other: Any) -> Watched:
        return self._with("+", operator.add, other)

    def __radd__(self, other: Any) -> Watched:
        return self._after("+", operator.add, other)

    def __sub__(self, other: Any) -> Watched:
        return self._with("−", operator.sub, other)

    def __rsub__(self, other: Any) -> Watched:
        return self._after("−", operator.sub, other)

    def __mul__(self, other: Any) -> Watched:
        return self._with("×", operator.mul, other)

    def __rmul__(self, other: Any) -> Watched:
        return self._after("×", operator.mul, other)

    def __truediv__(self, other: Any) -> Watched:
        return self._with("÷", operator.truediv, other)

    def __rtruediv__(self, other: Any) -> Watched:
        return self._after("÷", operator.truediv, other)

    def __pow__(self, exponent: Any) -> Watched:
        return self._with("^", operator.pow, exponent)

    def __neg__(self) -> Watched:
        return self._alone("−", operator.neg)

    def exp(self) -> Watched:
        """As of the learner's class."""
        return self._alone("exp", lambda value: value.exp())

    def relu(self) -> Watched:
        """As of the learner's class."""
        return self._alone("relu", lambda value: value.relu())

    def sigmoid(self) -> Watched:
        """As of the learner's class."""
        return self._alone("sigmoid", lambda value: value.sigmoid())


def watch(kind: Callable[[float], Any], **numbers: float) -> list[Watched]:
    """Values of a learner's class, one for each number, that are watched together.

    Compute with them as with values of the class; `Watched.nodes` then gives what was computed to
    `plots.graph`.

    Args:
        kind: the class, called with a number.
        numbers: name in the drawing -> number.
    """
    notes = Notes(kind)
    found = [notes.add(Operation("", kind, ()), kind(value)) for value in numbers.values()]
    notes.names = list(numbers)
    return found
