"""Value: a number that remembers where it comes from, and finds gradients."""

# Annotations are not put off here: a learner's copy of the class needs the quotes in them, too.
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch06_gates import closures
from solutions.ch06_gates.closure_mistakes import IN_CLOSURES
from solutions.ch06_gates.value_mistakes import IN_SLOPES
from solutions.ch06_gates.value_programs import PROGRAMS

exercise = ExerciseDefinition(points=4)


@exercise.reference
class Value:
    """A number that remembers the operation it came from, and can find gradients through it.

    `+ - * /` take a Value or a plain number on either side, `**` a plain number as exponent.
    Each gives a new Value and leaves its operands as they are.

    Attributes:
        data: the number.
        grad: float, 0.0 at first; `backward` adds to it.

    What else a Value keeps is up to you. The two further arguments of `__init__` are a suggestion:
    the Values that this one was made from, and how fast it grows with each of them.
    """

    def __init__(self, data: float, _parents: tuple = (), _slopes: tuple = ()) -> None:
        """A Value of data; the other two only where an operation made it."""
        self.data = data
        self.grad = 0.0
        self._parents = _parents
        self._slopes = _slopes

    def __add__(self, other: "Value | float") -> "Value":
        """self + other"""
        other = self._wrap(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    @staticmethod
    def _wrap(other: "Value | float") -> "Value":
        """A plain number as a Value; a Value as it is."""
        return other if isinstance(other, Value) else Value(other)

    def __radd__(self, other: float) -> "Value":
        """other + self, for a plain number on the left"""
        return self + other

    def __mul__(self, other: "Value | float") -> "Value":
        """self * other"""
        other = self._wrap(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __rmul__(self, other: float) -> "Value":
        """other * self, for a plain number on the left"""
        return self * other

    def __neg__(self) -> "Value":
        """-self"""
        return -1.0 * self

    def __sub__(self, other: "Value | float") -> "Value":
        """self - other"""
        return self + -other

    def __rsub__(self, other: float) -> "Value":
        """other - self, for a plain number on the left"""
        return -self + other

    def __pow__(self, exponent: float) -> "Value":
        """self ** exponent, for a plain number as exponent"""
        slope = exponent * self.data ** (exponent - 1)
        return Value(self.data**exponent, (self,), (slope,))

    def __truediv__(self, other: "Value | float") -> "Value":
        """self / other"""
        return self * other**-1.0

    def __rtruediv__(self, other: float) -> "Value":
        """other / self, for a plain number on the left"""
        return self**-1.0 * other

    def exp(self) -> "Value":
        """e to the power of self"""
        power = np.exp(self.data)
        return Value(power, (self,), (power,))

    def relu(self) -> "Value":
        """max(0, self); its slope at 0 is 0"""
        return Value(max(0.0, self.data), (self,), (1.0 if self.data > 0 else 0.0,))

    def sigmoid(self) -> "Value":
        """1 / (1 + e^-self), finite for any value"""
        s = np.exp(-np.logaddexp(0.0, -self.data))
        return Value(s, (self,), (s * (1.0 - s),))

    def backward(self) -> None:
        """Add to the grad of every Value that self was made from how fast self grows with it.

        Gradients of several ways from a Value to self add up, and so do those of several calls
        on different graphs. Works for a chain of 5,000 operations and more.
        """
        arriving = {self: 1.0}
        for value in self._outputs_first():
            value.grad += arriving[value]
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                arriving[parent] = arriving.get(parent, 0.0) + slope * arriving[value]

    def _outputs_first(self):
        """Every Value of the graph, each after all that were made from it.

        Depth-first with a stack of our own: Python's would be full after a thousand steps.
        """
        finished, seen, stack = [], {self}, [self]
        while stack:
            unseen = [parent for parent in stack[-1]._parents if parent not in seen]
            if unseen:
                seen.add(unseen[0])
                stack.append(unseen[0])
            else:
                finished.append(stack.pop())
        return reversed(finished)


for program in PROGRAMS:
    exercise.scenario()(program)


def number(rng: np.random.Generator) -> float:
    """A number of ordinary size, of either sign, not near 0 or 1."""
    return float(rng.uniform(1.3, 3.0) * rng.choice([-1.0, 1.0]))


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {"x": -2.0, "y": 5.0, "z": -4.0}
    yield Case("(x + y) z of the worked example", example, scenario="sum_times")
    three = {name: number(rng) for name in "xyz"}
    yield Case("(x + y) z of other numbers", three, scenario="sum_times")
    for graphs, label in (("sums", "sums"), ("products", "products"), ("both", "sums of products")):
        two = {"graphs": graphs, "a": number(rng), "b": number(rng)}
        yield Case(f"{label} in which a value is used twice", two, scenario="used_twice")
    for last in ("right", "left"):
        three_pairs = {"pairs": [[number(rng), number(rng)] for _ in range(3)], "last": last}
        label = f"a value that is used early, and again as the {last} factor of the result"
        yield Case(label, three_pairs, scenario="waiting")
    two = {"a": number(rng), "b": number(rng)}
    yield Case("ways of different length that meet", two, scenario="crossing_ways")
    weights = {"w": rng.uniform(0.4, 1.2, size=3), "x": rng.uniform(-1, 1, size=2)}
    yield Case("a sigmoid neuron", weights, scenario="neuron", edge=True)
    yield from cases_of_operations(rng)
    a = number(rng)
    two = {"a": number(rng), "b": number(rng)}
    yield Case("gradients before backward", two, scenario="before_backward", edge=True)
    yield Case("two graphs that share leaves", two, scenario="shared_leaves", edge=True)
    two = {"a": number(rng), "b": number(rng)}
    yield Case("a value and itself", two, scenario="with_itself", edge=True)
    yield Case("values that others use, too", two, scenario="used_elsewhere", edge=True)
    triples: dict[str, Any] = {
        "triples": [[number(rng), 5.0 * k, 7.0 * k] for k in (1.0, 1.5, -0.5)]
    }
    yield Case("two values with equal numbers", triples, scenario="equal_numbers", edge=True)
    numbers = {"numbers": [number(rng) for _ in range(3)]}
    yield Case("sums by += and of a list", numbers, scenario="summed_up", edge=True)
    # A right class needs less than a millisecond; walking every single way, seconds.
    ways: dict[str, Any] = {"scenario": "doubled", "edge": True, "seconds": 0.4}
    yield Case("four million ways through 44 operations", {"start": a, "times": 22}, **ways)
    chain = {"start": number(rng), "factor": float(rng.uniform(0.4, 0.9)), "steps": 5000}
    yield Case("a graph 5,000 operations deep", chain, scenario="long_chain", edge=True)


def cases_of_operations(rng: np.random.Generator) -> Iterator[Case]:
    """Each operation by itself, for both keys."""
    one: dict[str, Any] = {"scenario": "one_operation", "edge": True}
    pairs = [[number(rng), number(rng)] for _ in range(3)]
    yield Case("differences", {"name": "-", "operands": pairs}, **one)
    yield Case("quotients", {"name": "/", "operands": pairs}, **one)
    singles = [[number(rng)], [number(rng)], [0.0], [1.0]]
    yield Case("the negative of a value", {"name": "negative", "operands": singles}, **one)
    bases = {"base": float(rng.uniform(1.5, 3)), "exponents": [2, 3, -1, 0.5, 1, 0]}
    yield Case("powers of a positive number", bases, scenario="powers", edge=True)
    singles = [[float(rng.uniform(*ends))] for ends in ((-2, -0.5), (0.5, 3), (-0.3, -0.1))]
    yield Case("exp", {"name": "exp", "operands": [*singles, [0.0]]}, **one)
    a, b = abs(number(rng)), abs(number(rng))
    singles = [[a], [-a], [-b], [3e-9]]
    yield Case("relu on both sides of 0", {"name": "relu", "operands": singles}, **one)
    yield Case("relu of 0", {"name": "relu", "operands": [[0.0], [-0.0], [0.0], [0]]}, **one)
    for label, value in (("small", -1000.0), ("large", 1000.0)):
        inputs = {"name": "sigmoid", "operands": [[value]]}
        yield Case(f"sigmoid of a very {label} number", inputs, **one)
    singles = [[float(rng.uniform(*ends))] for ends in ((0.5, 2), (-2, -0.5), (2, 4))]
    yield Case("sigmoids", {"name": "sigmoid", "operands": [*singles, [0.0]]}, **one)
    pairs = [[number(rng), float(rng.integers(2, 6)) + 0.5], [number(rng), -3], [number(rng), 1]]
    for side in ("right", "left"):
        for name in "+-*/":
            inputs = {"name": name, "pairs": [*pairs, [abs(number(rng)), 0.25]]}
            shown = f"a {name} 2.5" if side == "right" else f"2.5 {name} a"
            label = f"a plain number on the {side}, as in {shown}"
            yield Case(label, inputs, scenario=f"number_on_the_{side}", edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    # Away from the kinks of relu: q - r and r are clearly positive or clearly negative.
    for label, c in (("positive", rng.uniform(1, 2)), ("negative", -rng.uniform(1, 2))):
        three = {"a": float(rng.uniform(0.2, 0.8)), "b": 2.6 * float(np.sign(c)), "c": float(c)}
        yield Case(f"every operation at once, {label}", three, scenario="mixture", edge=True)
    bases = {"base": -float(rng.uniform(1.5, 3)), "exponents": [2, 3, -1, -2]}
    yield Case("powers of a negative number", bases, scenario="powers", edge=True)
    bases = {"base": 0.0, "exponents": [2, 3, 1]}
    yield Case("powers of 0", bases, scenario="powers", edge=True)
    whole = [int(k) for k in rng.permutation([3, 4, 5])]
    inputs: dict[str, Any] = {"name": "/", "operands": [whole[:2]]}
    yield Case("whole numbers divided", inputs, scenario="one_operation", edge=True)
    three = dict(zip("xyz", whole, strict=True))
    yield Case("(x + y) z of whole numbers", three, scenario="sum_times", edge=True)
    zero = {"a": 0.0, "b": number(rng)}
    for graphs in ("sums", "both"):
        label = f"a value of 0, used twice: {graphs}"
        yield Case(label, {"graphs": graphs, **zero}, scenario="used_twice", edge=True)
    same = dict.fromkeys("xyz", number(rng))
    yield Case("three equal numbers", same, scenario="sum_times", edge=True)
    sizes = dict(zip("xyz", (3e-11, -1e-12, 5e7), strict=True))
    yield Case("numbers of all sizes", sizes, scenario="sum_times", edge=True)
    numpys = {name: np.float64(number(rng)) for name in "xyz"}
    yield Case("NumPy's numbers", numpys, scenario="sum_times", edge=True)
    yield Case("a value by itself", {"a": number(rng)}, scenario="alone", edge=True)
    inputs = {"name": "sigmoid", "operands": [[float(rng.uniform(-9, -7)) * 1e5], [8e5]]}
    yield Case("sigmoid far out", inputs, scenario="one_operation", edge=True)
    chain = {"start": number(rng), "factor": -0.999, "steps": 5000}
    yield Case("another deep graph", chain, scenario="long_chain", edge=True)


exercise.wrong_ways(IN_SLOPES)
exercise.wrong_ways(IN_CLOSURES, of=closures.Value)
