"""Value: a number that remembers where it comes from, and finds gradients."""

# Annotations are not put off here: a learner's copy of the class needs the quotes in them, too.
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
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
    two = {"a": number(rng), "b": number(rng)}
    yield Case("a value that is used twice", two, scenario="used_twice")
    two = {"a": number(rng), "b": number(rng)}
    yield Case("ways of different length that meet", two, scenario="crossing_ways")
    weights = {"w": rng.uniform(0.4, 1.2, size=3), "x": rng.uniform(-1, 1, size=2)}
    yield Case("a sigmoid neuron", weights, scenario="neuron", edge=True)
    yield from cases_of_operations(rng)
    a, k = number(rng), float(rng.integers(2, 6)) + 0.5
    on_the_right: dict[str, Any] = {"scenario": "number_on_the_right", "edge": True}
    yield Case("a plain number on the right", {"a": a, "k": k}, **on_the_right)
    on_the_left: dict[str, Any] = {"scenario": "number_on_the_left", "edge": True}
    yield Case("a plain number on the left", {"a": a, "k": k}, **on_the_left)
    two = {"a": number(rng), "b": number(rng)}
    yield Case("gradients before backward", two, scenario="before_backward", edge=True)
    yield Case("two graphs that share leaves", two, scenario="shared_leaves", edge=True)
    two = {"a": number(rng), "b": number(rng)}
    yield Case("a value and itself", two, scenario="with_itself", edge=True)
    yield Case("values that others use, too", two, scenario="used_elsewhere", edge=True)
    # A right class needs less than a millisecond; walking every single way, seconds.
    ways: dict[str, Any] = {"scenario": "doubled", "edge": True, "seconds": 0.4}
    yield Case("a million ways through 40 operations", {"start": a, "times": 20}, **ways)
    chain = {"start": number(rng), "factor": float(rng.uniform(0.4, 0.9)), "steps": 5000}
    yield Case("a graph 5,000 operations deep", chain, scenario="long_chain", edge=True)


def cases_of_operations(rng: np.random.Generator) -> Iterator[Case]:
    """Each operation by itself, for both keys."""
    one: dict[str, Any] = {"scenario": "one_operation", "edge": True}
    a, b = number(rng), number(rng)
    yield Case("a difference", {"name": "-", "operands": [a, b]}, **one)
    yield Case("a quotient", {"name": "/", "operands": [a, b]}, **one)
    yield Case("the negative of a value", {"name": "negative", "operands": [a]}, **one)
    bases = {"base": float(rng.uniform(1.5, 3)), "exponents": [2, 3, -1, 0.5, 1]}
    yield Case("powers of a positive number", bases, scenario="powers", edge=True)
    yield Case("exp", {"name": "exp", "operands": [float(rng.uniform(-2, -0.5))]}, **one)
    for label, value in (("positive", abs(a)), ("negative", -abs(a)), ("0", 0.0)):
        yield Case(f"relu of {label}", {"name": "relu", "operands": [value]}, **one)
    for label, value in (("small", -1000.0), ("large", 1000.0)):
        inputs = {"name": "sigmoid", "operands": [value]}
        yield Case(f"sigmoid of a very {label} number", inputs, **one)
    inputs = {"name": "sigmoid", "operands": [float(rng.uniform(0.5, 2))]}
    yield Case("sigmoid of an ordinary number", inputs, **one)


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
    inputs: dict[str, Any] = {"name": "/", "operands": whole[:2]}
    yield Case("whole numbers divided", inputs, scenario="one_operation", edge=True)
    three = dict(zip("xyz", whole, strict=True))
    yield Case("(x + y) z of whole numbers", three, scenario="sum_times", edge=True)
    minus = {"a": -float(rng.uniform(1.3, 3.0)), "k": -3}
    yield Case("a negative number on the left", minus, scenario="number_on_the_left", edge=True)
    zero = {"a": 0.0, "b": number(rng)}
    yield Case("a value of 0, used twice", zero, scenario="used_twice", edge=True)
    same = dict.fromkeys("xyz", number(rng))
    yield Case("three equal numbers", same, scenario="sum_times", edge=True)
    inputs = {"name": "exp", "operands": [float(rng.uniform(0.5, 3))]}
    yield Case("exp of a positive number", inputs, scenario="one_operation", edge=True)
    inputs = {"name": "sigmoid", "operands": [float(rng.uniform(-9, -7)) * 1e5]}
    yield Case("sigmoid far out", inputs, scenario="one_operation", edge=True)
    chain = {"start": number(rng), "factor": -0.999, "steps": 5000}
    yield Case("another deep graph", chain, scenario="long_chain", edge=True)


exercise.wrong_ways("""
second-way-replaces-first: A value that is used twice keeps only one of its two gradients: what
arrives on several ways must be added up.
    - arriving.get(parent, 0.0) + slope
    + slope

not-accumulated-over-graphs: A second backward replaces the gradients of the first; it has to add to
what is there.
    - value.grad += arriving
    + value.grad = arriving

too-early: A value passes its gradient on before everything that was made from it has reported:
handle a value only after all of its users.
    def _outputs_first(self):
        found, seen = [self], {self}
        for value in found:
            found.extend(p for p in dict.fromkeys(value._parents) if p not in seen)
            seen.update(value._parents)
        return found

every-way: Your backward walks every way through the graph by itself, and their number doubles with
each value that is used twice: visit a value once, with all that has arrived.
    def backward(self):
        ways = [(self, 1.0)]
        while ways:
            value, arrived = ways.pop()
            value.grad += arrived
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                ways.append((parent, slope * arrived))

depth-first: A value passes its gradient on before everything that was made from it has reported:
note a value only after all that it was made from, and go through your notes backwards.
    def _outputs_first(self):
        found, seen, stack = [], {self}, [self]
        while stack:
            found.append(stack.pop())
            for parent in found[-1]._parents:
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        return found

nothing-arrives: Nothing arrives at the inputs: backward begins at the result, gives it the gradient
1, and goes from there towards the inputs.
    - return reversed(finished)
    + return finished
    - value.grad += arriving[value]
    + value.grad += arriving.setdefault(value, 0.0)

recursive: Your walk through the graph calls itself once per step, and Python stops that after about
a thousand: keep the values still to be visited in a list of your own.
    def _outputs_first(self):
        finished, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for parent in value._parents:
                    visit(parent)
                finished.append(value)

        visit(self)
        return reversed(finished)

operand-changed: Your sum changes the value on its left; an operation makes a new Value and leaves
its operands alone.
    - return Value(self.data + other.data, (self, other), (1.0, 1.0))
    + self.data = self.data + other.data
    + return Value(self.data, (self, other), (1.0, 1.0))

not-swapped: At a product each side got its own value as slope; it needs the other side's.
    - (other.data, self.data)
    + (self.data, other.data)

difference-like-sum: In a difference the second value's gradient has the wrong sign.
    def __sub__(self, other):
        other = self._wrap(other)
        return Value(self.data - other.data, (self, other), (1.0, 1.0))

quotient-like-product: In a quotient the lower value's slope is not 1 over the upper: write a / b as
a * b**-1 and let the power find it.
    def __truediv__(self, other):
        b = self._wrap(other)
        return Value(self.data / b.data, (self, b), (1 / b.data, 1 / self.data))

quotient-without-minus: In a quotient the lower value's gradient has the wrong sign: a larger b
makes a / b smaller.
    def __truediv__(self, other):
        b = self._wrap(other)
        return Value(self.data / b.data, (self, b), (1 / b.data, self.data / b.data**2))

power-not-lowered: The slope of a power has the exponent lowered by one: n times a to the (n - 1).
    - self.data ** (exponent - 1)
    + self.data**exponent

power-without-factor: The slope of a power brings the exponent down as a factor: n times a to the
(n - 1).
    - slope = exponent * self.data
    + slope = self.data

exp-by-the-power-rule: You differentiated e to the a as if a were the base; the slope of exp is exp
itself.
    - (power,))
    + (self.data * np.exp(self.data - 1.0),))

relu-slope-at-0: At exactly 0 your relu lets the gradient through; its slope there is 0.
    - if self.data > 0 else 0.0
    + if self.data >= 0 else 0.0

relu-lets-all-through: Your relu hands its gradient on where the input was negative, too; the output
is 0 there, whatever the input does.
    - 1.0 if self.data > 0 else 0.0
    + 1.0

sigmoid-slope: The slope of your sigmoid is the output alone; a second factor, 1 minus the output,
is missing.
    - (s * (1.0 - s),)
    + (s,)

sigmoid-infinity: For a large value your sigmoid divides infinity by infinity: let the large power
of e stand in the denominator alone.
    - np.exp(-np.logaddexp(0.0, -self.data))
    + np.exp(self.data) / (1.0 + np.exp(self.data))

sigmoid-overflow: `math.exp` refuses numbers above about 700, and your sigmoid meets one for a very
small value: use a form whose power of e stays small.
    - s = np.exp(-np.logaddexp(0.0, -self.data))
    + import math
    + s = 1.0 / (1.0 + math.exp(-self.data))

numbers-cut-off: A plain number that meets your Value cuts the graph: the result must still know the
Value that it was made from.
    def __rmul__(self, other):
        return Value(other * self.data)

values-only: Your operations take Values alone; a plain number has no `.data`, so make a Value of it
first.
    - other if isinstance(other, Value) else Value(other)
    + other

left-numbers-refused: With a plain number on the left, Python asks the value on the right for
`__radd__`, `__rsub__`, `__rmul__` and `__rtruediv__`.
    - def __radd__
    + def _unused_radd
    - def __rsub__
    + def _unused_rsub
    - def __rmul__
    + def _unused_rmul
    - def __rtruediv__
    + def _unused_rtruediv

left-difference-turned-round: With the number on the left, k - a came out as a - k.
    - return -self + other
    + return self + -1.0 * other

left-quotient-turned-round: With the number on the left, k / a came out as a / k.
    - self**-1.0 * other
    + self * other**-1.0

negative-of-nothing: `-a` must be a new Value whose number has the other sign.
    - return -1.0 * self
    + return 1.0 * self

starts-at-one: A new Value's grad must be 0.0: nobody has asked for a gradient yet.
    - self.grad = 0.0
    + self.grad = 1.0
""")
