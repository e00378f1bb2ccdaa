"""Tensor: an array that remembers where it comes from, and finds gradients."""

# Annotations are not put off here: a learner's copy of the class needs the quotes in them, too.
import numpy as np

from grader.exercises import ExerciseDefinition
from solutions.ch15_frameworks import closures
from solutions.ch15_frameworks.closure_mistakes import IN_CLOSURES
from solutions.ch15_frameworks.tensor_cases import cases, hidden_cases
from solutions.ch15_frameworks.tensor_mistakes import IN_SLOPES, IN_THE_GRAPH
from solutions.ch15_frameworks.tensor_programs import PROGRAMS
from solutions.ch15_frameworks.unbroadcast import unbroadcast

exercise = ExerciseDefinition(points=6)


@exercise.reference
class Tensor:
    """An array that remembers the operation it came from, and can find gradients through it.

    `+ - * /` take a Tensor, a plain number or an array on either side and broadcast as NumPy does;
    `@` takes a Tensor or an array on either side, of two axes each; `**` a plain number as
    exponent. Each gives a new Tensor and leaves its operands as they are.

    Attributes:
        data: float64 array.
        grad: float64 array shaped like data, zeros at first; `backward` adds to it.

    For a single number, data and grad may be NumPy floats. What else a Tensor keeps is up to you.
    The two further arguments of `__init__` are a suggestion: the Tensors that this one was made
    from, and for each of them a function that takes the gradient of this one and gives that one's.
    """

    __array_ufunc__ = None  # to an array on the left: leave the operation to the right side

    def __init__(
        self, data: "np.ndarray | float", _parents: tuple = (), _backs: tuple = ()
    ) -> None:
        """A Tensor with a float64 copy of data; the other two only where an operation made it."""
        self.data = np.array(data, dtype=np.float64)
        self.grad = np.zeros(self.data.shape)
        self._parents = _parents
        self._backs = _backs

    @staticmethod
    def _wrap(other: "Tensor | np.ndarray | float") -> "Tensor":
        """A plain number or an array as a Tensor; a Tensor as it is."""
        return other if isinstance(other, Tensor) else Tensor(other)

    def __add__(self, other: "Tensor | np.ndarray | float") -> "Tensor":
        """self + other"""
        other = self._wrap(other)
        return Tensor(self.data + other.data, (self, other), (lambda g: g, lambda g: g))

    def __radd__(self, other: "np.ndarray | float") -> "Tensor":
        """other + self, for a plain number or an array on the left"""
        return self + other

    def __mul__(self, other: "Tensor | np.ndarray | float") -> "Tensor":
        """self * other, entry by entry"""
        a, b = self, self._wrap(other)
        return Tensor(a.data * b.data, (a, b), (lambda g: g * b.data, lambda g: g * a.data))

    def __rmul__(self, other: "np.ndarray | float") -> "Tensor":
        """other * self, for a plain number or an array on the left"""
        return self * other

    def __neg__(self) -> "Tensor":
        """-self"""
        return self * -1.0

    def __sub__(self, other: "Tensor | np.ndarray | float") -> "Tensor":
        """self - other"""
        return self + -self._wrap(other)

    def __rsub__(self, other: "np.ndarray | float") -> "Tensor":
        """other - self, for a plain number or an array on the left"""
        return -self + other

    def __pow__(self, exponent: float) -> "Tensor":
        """self ** exponent, for a plain number as exponent"""
        slope = exponent * self.data ** (exponent - 1.0)
        return Tensor(self.data**exponent, (self,), (lambda g: g * slope,))

    def __truediv__(self, other: "Tensor | np.ndarray | float") -> "Tensor":
        """self / other"""
        return self * self._wrap(other) ** -1.0

    def __rtruediv__(self, other: "np.ndarray | float") -> "Tensor":
        """other / self, for a plain number or an array on the left"""
        return self**-1.0 * other

    def __matmul__(self, other: "Tensor | np.ndarray") -> "Tensor":
        """self @ other, for two axes each"""
        a, b = self, self._wrap(other)
        return Tensor(a.data @ b.data, (a, b), (lambda g: g @ b.data.T, lambda g: a.data.T @ g))

    def __rmatmul__(self, other: np.ndarray) -> "Tensor":
        """other @ self, for an array on the left"""
        return self._wrap(other) @ self

    def sum(self, axis: "int | None" = None, keepdims: bool = False) -> "Tensor":
        """The sum over all entries, or along one axis; with keepdims that axis stays, of length 1.

        axis counts as in NumPy: -1 is the last.
        """
        total = self.data.sum(axis=axis, keepdims=True)
        return self._reduced(total, np.ones(self.data.shape), axis, keepdims)

    def _reduced(self, kept, slopes, axis, keepdims):
        """What an axis is reduced to, given it with that axis, and how fast it grows."""
        out = kept if keepdims else kept.squeeze(axis)
        return Tensor(out, (self,), (lambda g: g.reshape(kept.shape) * slopes,))

    def mean(self, axis: "int | None" = None, keepdims: bool = False) -> "Tensor":
        """The mean over all entries, or along one axis; axis and keepdims as for `sum`."""
        total = self.sum(axis, keepdims)
        return total * (total.data.size / self.data.size)

    def max(self, axis: "int | None" = None, keepdims: bool = False) -> "Tensor":
        """The largest of all entries, or along one axis; axis and keepdims as for `sum`.

        Entries that are equally large share the gradient equally.
        """
        largest = self.data.max(axis=axis, keepdims=True)
        ties = self.data == largest
        return self._reduced(largest, ties / ties.sum(axis=axis, keepdims=True), axis, keepdims)

    def reshape(self, *shape: int) -> "Tensor":
        """The entries in another shape, as `reshape` of an array; one length may be -1."""
        return Tensor(self.data.reshape(shape), (self,), (lambda g: g.reshape(self.data.shape),))

    @property
    def T(self) -> "Tensor":
        """The transpose"""
        return Tensor(self.data.T, (self,), (lambda g: g.T,))

    def exp(self) -> "Tensor":
        """e to the power of each entry"""
        power = np.exp(self.data)
        return Tensor(power, (self,), (lambda g: g * power,))

    def log(self) -> "Tensor":
        """The natural logarithm of each entry"""
        return Tensor(np.log(self.data), (self,), (lambda g: g / self.data,))

    def relu(self) -> "Tensor":
        """max(0, entry) for each entry; its slope at 0 is 0"""
        return Tensor(np.maximum(self.data, 0.0), (self,), (lambda g: g * (self.data > 0),))

    def __getitem__(self, places: tuple) -> "Tensor":
        """self[rows, columns], for two arrays of integers: an entry for each pair of the two.

        A pair may occur several times: its gradients add up.
        """

        def back(g):
            found = np.zeros(self.data.shape)
            np.add.at(found, places, g)
            return found

        return Tensor(self.data[places], (self,), (back,))

    def backward(self) -> None:
        """Add to the grad of every Tensor that self was made from how fast self grows with it.

        self is a single number. Gradients of several ways from a Tensor to self add up, and so do
        those of several calls on different graphs. Works for a chain of thousands of operations.
        """
        arriving = {self: np.ones(self.data.shape)}
        for tensor in self._outputs_first():
            tensor.grad += arriving[tensor]
            for parent, back in zip(tensor._parents, tensor._backs, strict=True):
                share = unbroadcast(back(arriving[tensor]), parent.data.shape)
                arriving[parent] = arriving.get(parent, 0.0) + share

    def _outputs_first(self):
        """Every Tensor of the graph, each after all that were made from it."""
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

exercise.cases(cases)
exercise.hidden_cases(hidden_cases)

exercise.wrong_ways(IN_SLOPES)
exercise.wrong_ways(IN_THE_GRAPH)
exercise.wrong_ways(IN_CLOSURES, of=closures.Tensor)
