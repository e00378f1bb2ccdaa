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


def draw(rng: np.random.Generator) -> dict[str, float]:
    """Two numbers, by their names."""
    return {"a": number(rng), "b": number(rng)}


def of_formulas(
    label: str, formulas: list[str], *places: dict[str, float], edge: bool = False
) -> Case:
    """A case of formulas, each at all places."""
    return Case(label, {"formulas": formulas, "places": list(places)}, edge, "formulas")


USED_TWICE = {
    "sums": ["a + a", "(a + b) + a", "a + (b + a)"],
    "products": ["a * a", "(a * b) * a", "a * (b * a)"],
    "sums of products": ["a * b + a", "a + a * b", "(a + b) * a", "a * (a + b)"],
}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {"x": -2.0, "y": 5.0, "z": -4.0}
    yield Case("(x + y) z of the worked example", example, scenario="sum_times")
    three = {name: number(rng) for name in "xyz"}
    yield Case("(x + y) z of other numbers", three, scenario="sum_times")
    for label, formulas in USED_TWICE.items():
        yield of_formulas(f"{label} in which a value is used twice", formulas, draw(rng))
    pairs = [draw(rng) for _ in range(3)]
    for last, formula in (("right", "(c := a * b) * (c + a)"), ("left", "((c := a * b) + a) * c")):
        label = f"a value that is used early, and again as the {last} factor of the result"
        yield of_formulas(label, [formula], *pairs)
    meeting = [
        "((c := a * b) + (d := c + a) * c * d) * a",
        "a * ((d := (c := a * b) + a) * c * d + c)",
    ]
    yield of_formulas("ways of different length that meet", meeting, draw(rng))
    weights = dict(zip("uvw", rng.uniform(0.4, 1.2, size=3).tolist(), strict=True))
    weights |= dict(zip("xy", rng.uniform(-1, 1, size=2).tolist(), strict=True))
    neuron = ["(u * x + v * y + w).sigmoid()"]
    yield of_formulas("a sigmoid neuron", neuron, weights, edge=True)
    yield from cases_of_operations(rng)
    a = number(rng)
    formulas = [
        f"{operation} * a" for operation in ("a ** 3", "a.exp()", "a.relu()", "a.sigmoid()")
    ]
    label = "a value that goes through an operation, and is used again"
    yield of_formulas(label, formulas, {"a": float(rng.uniform(0.5, 1.5))}, edge=True)
    two = draw(rng)
    yield Case("gradients before backward", two, scenario="before_backward", edge=True)
    yield Case("two graphs that share leaves", two, scenario="shared_leaves", edge=True)
    two = draw(rng)
    formulas = ["(a - a) * b + (a - b) / (a * b)", "a / a * b - b / (a * a)"]
    yield of_formulas("a value and itself", formulas, two, edge=True)
    yield Case("values that others use, too", two, scenario="used_elsewhere", edge=True)
    formulas = [f"a * 8.0 * {5 * k} + b * 4.0 * {7 * k}" for k in (1.0, 1.5, -0.5)]
    base = number(rng)
    same = {"a": base, "b": 2 * base}
    yield of_formulas("two values with equal numbers", formulas, same, edge=True)
    numbers = {"numbers": [number(rng) for _ in range(3)]}
    yield Case("sums by += and of a list", numbers, scenario="summed_up", edge=True)
    # A right class needs less than a millisecond; walking every single way, seconds.
    ways: dict[str, Any] = {"scenario": "doubled", "edge": True, "seconds": 0.4}
    yield Case("four million ways through 44 operations", {"start": a, "times": 22}, **ways)
    chain = {"start": number(rng), "factor": float(rng.uniform(0.4, 0.9)), "steps": 5000}
    yield Case("a graph 5,000 operations deep", chain, scenario="long_chain", edge=True)


def cases_of_operations(rng: np.random.Generator) -> Iterator[Case]:
    """Each operation by itself, for both keys.

    Each result is multiplied by a Value, so that a gradient other than 1 arrives.
    """

    def at(*numbers: float) -> list[dict[str, float]]:
        return [{"a": number, "t": 3.0} for number in numbers]

    pairs = [{**draw(rng), "t": 3.0} for _ in range(3)]
    yield of_formulas("differences", ["(a - b) * t"], *pairs, edge=True)
    yield of_formulas("quotients", ["a / b * t"], *pairs, edge=True)
    singles = at(number(rng), number(rng), 0.0, 1.0)
    yield of_formulas("the negative of a value", ["-a * t"], *singles, edge=True)
    formulas = [f"a ** {exponent} * t" for exponent in (2, 3, -1, 0.5, 1, 0)]
    base = at(float(rng.uniform(1.5, 3)))
    yield of_formulas("powers of a positive number", formulas, *base, edge=True)
    singles = at(*(float(rng.uniform(*ends)) for ends in ((-2, -0.5), (0.5, 3), (-0.3, -0.1))), 0.0)
    yield of_formulas("exp", ["a.exp() * t"], *singles, edge=True)
    a, b = abs(number(rng)), abs(number(rng))
    relu, sigmoid = ["a.relu() * t"], ["a.sigmoid() * t"]
    yield of_formulas("relu on both sides of 0", relu, *at(a, -a, -b, 3e-9), edge=True)
    yield of_formulas("relu of 0", relu, *at(0.0, -0.0, 0), edge=True)
    for label, value in (("small", -1000.0), ("large", 1000.0)):
        yield of_formulas(f"sigmoid of a very {label} number", sigmoid, *at(value), edge=True)
    singles = at(*(float(rng.uniform(*ends)) for ends in ((0.5, 2), (-2, -0.5), (2, 4))), 0.0)
    yield of_formulas("sigmoids", sigmoid, *singles, edge=True)
    places = [[number(rng), float(rng.integers(2, 6)) + 0.5], [number(rng), -3], [number(rng), 1]]
    for side in ("right", "left"):
        for name in "+-*/":
            shown = f"a {name} 2.5" if side == "right" else f"2.5 {name} a"
            formula = shown.replace("2.5", "k")
            inputs = {"formulas": [formula], "places": [*places, [abs(number(rng)), 0.25]]}
            label = f"a plain number on the {side}, as in {shown}"
            yield Case(label, inputs, scenario="plain_numbers", edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    # Away from the kinks of relu: q - r and r are clearly positive or clearly negative.
    for label, c in (("positive", rng.uniform(1, 2)), ("negative", -rng.uniform(1, 2))):
        three = {"a": float(rng.uniform(0.2, 0.8)), "b": 2.6 * float(np.sign(c)), "c": float(c)}
        yield Case(f"every operation at once, {label}", three, scenario="mixture", edge=True)
    base = {"a": -float(rng.uniform(1.5, 3)), "t": 3.0}
    formulas = [f"a ** {exponent} * t" for exponent in (2, 3, -1, -2)]
    yield of_formulas("powers of a negative number", formulas, base, edge=True)
    formulas = [f"a ** {exponent} * t" for exponent in (2, 3, 1)]
    yield of_formulas("powers of 0", formulas, {"a": 0.0, "t": 3.0}, edge=True)
    whole = [int(k) for k in rng.permutation([3, 4, 5])]
    two: dict[str, float] = {"a": whole[0], "b": whole[1], "t": 3}
    yield of_formulas("whole numbers divided", ["a / b * t"], two, edge=True)
    three = dict(zip("xyz", whole, strict=True))
    yield Case("(x + y) z of whole numbers", three, scenario="sum_times", edge=True)
    zero = {"a": 0.0, "b": number(rng)}
    for label in ("sums", "sums of products"):
        yield of_formulas(f"a value of 0, used twice: {label}", USED_TWICE[label], zero, edge=True)
    same = dict.fromkeys("xyz", number(rng))
    yield Case("three equal numbers", same, scenario="sum_times", edge=True)
    sizes = dict(zip("xyz", (3e-11, -1e-12, 5e7), strict=True))
    yield Case("numbers of all sizes", sizes, scenario="sum_times", edge=True)
    numpys = {name: np.float64(number(rng)) for name in "xyz"}
    yield Case("NumPy's numbers", numpys, scenario="sum_times", edge=True)
    yield of_formulas("a value by itself", ["a"], {"a": number(rng)}, edge=True)
    out = [{"a": far, "t": 3.0} for far in (float(rng.uniform(-9, -7)) * 1e5, 8e5)]
    yield of_formulas("sigmoid far out", ["a.sigmoid() * t"], *out, edge=True)
    chain = {"start": number(rng), "factor": -0.999, "steps": 5000}
    yield Case("another deep graph", chain, scenario="long_chain", edge=True)


exercise.wrong_ways(IN_SLOPES)
exercise.wrong_ways(IN_CLOSURES, of=closures.Value)
