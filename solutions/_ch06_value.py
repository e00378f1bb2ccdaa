"""Chapter 06, third part: numbers that remember where they come from."""

import numpy as np

from solutions._ch06_gates import chapter


@chapter.exercise(points=4)
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
