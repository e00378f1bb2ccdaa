"""Answers to Tensor."""

from tests.answers.ch15_frameworks.tensor_classes import CLASSES
from tests.answers.ch15_frameworks.tensor_tape import TAPE
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right(CLASSES)
answers.right(TAPE)

# The reference with another way through the graph, or with other operations.
answers.right("""
a Tensor is handled when all of its users have reported
    def backward(self):
        users, todo, met = {}, [self], {self}
        while todo:
            for parent in todo.pop()._parents:
                users[parent] = users.get(parent, 0) + 1
                if parent not in met:
                    met.add(parent)
                    todo.append(parent)
        arriving, due = {self: np.ones(self.data.shape)}, [self]
        while due:
            tensor = due.pop()
            tensor.grad = tensor.grad + arriving[tensor]
            for parent, back in zip(tensor._parents, tensor._backs, strict=True):
                share = unbroadcast(back(arriving[tensor]), parent.data.shape)
                arriving[parent] = arriving.get(parent, 0.0) + share
                users[parent] -= 1
                if not users[parent]:
                    due.append(parent)

only what was not computed keeps its gradient
    - tensor.grad += arriving[tensor]
    + if not tensor._parents:
    +     tensor.grad = tensor.grad + arriving[tensor]

what was computed starts anew, grad itself collects, in place
    def backward(self):
        order = list(self._outputs_first())
        for tensor in order:
            if tensor._parents:
                tensor.grad = np.zeros(tensor.data.shape)
        self.grad = self.grad + 1.0
        for tensor in order:
            for parent, back in zip(tensor._parents, tensor._backs, strict=True):
                parent.grad += unbroadcast(back(tensor.grad), parent.data.shape)

the youngest first, by a heap
    import itertools

    count = itertools.count()

    def __init__(self, data, _parents=(), _backs=()):
        reference.__init__(self, data, _parents, _backs)
        self.born = next(self.count)

    def backward(self):
        import heapq

        arrived, waiting = {self.born: np.ones(())}, [(-self.born, self)]
        while waiting:
            born, tensor = heapq.heappop(waiting)
            g = arrived.pop(-born)
            tensor.grad = tensor.grad + g
            for parent, back in zip(tensor._parents, tensor._backs, strict=True):
                if parent.born not in arrived:
                    heapq.heappush(waiting, (-parent.born, parent))
                share = unbroadcast(back(g), parent.data.shape)
                arrived[parent.born] = arrived.get(parent.born, 0.0) + share

recursion, its limit raised
    def backward(self):
        import sys

        order, seen = [], set()

        def visit(tensor):
            if tensor not in seen:
                seen.add(tensor)
                for parent in tensor._parents:
                    visit(parent)
                order.append(tensor)

        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(200_000)
        visit(self)
        sys.setrecursionlimit(limit)
        arrived = {tensor: np.zeros(tensor.data.shape) for tensor in order}
        arrived[self] = np.ones(self.data.shape)
        for tensor in order[::-1]:
            tensor.grad = tensor.grad + arrived[tensor]
            for k, parent in enumerate(tensor._parents):
                share = unbroadcast(tensor._backs[k](arrived[tensor]), parent.data.shape)
                arrived[parent] = arrived[parent] + share

a single number alone, plain operands get no place in the graph
    def __add__(self, other):
        if isinstance(other, Tensor):
            return Tensor(self.data + other.data, (self, other), (lambda g: g, lambda g: g))
        return Tensor(self.data + other, (self,), (lambda g: g,))

    def __mul__(self, other):
        if isinstance(other, Tensor):
            backs = (lambda g: g * other.data, lambda g: g * self.data)
            return Tensor(self.data * other.data, (self, other), backs)
        return Tensor(self.data * other, (self,), (lambda g: g * other,))

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        if self.data.size != 1:
            raise ValueError("backward begins at a single number")
        reference.backward(self)

mean and maximum by other operations
    def mean(self, axis=None, keepdims=False):
        if axis is None:
            total = self.sum() * (1 / self.data.size)
            return total.reshape(*(1,) * self.data.ndim) if keepdims else total
        return self.sum(axis=axis, keepdims=keepdims) * (1 / self.data.shape[axis])

    def max(self, axis=None, keepdims=False):
        ties = self.data == self.data.max(axis=axis, keepdims=True)
        return (self * (ties / ties.sum(axis=axis, keepdims=True))).sum(axis, keepdims)
""")

answers.wrong("""
no upstream in a matrix product [score=0]
    - (lambda g: g @ b.data.T, lambda g: a.data.T @ g)
    + (lambda g: (g * 0 + 1) @ b.data.T, lambda g: a.data.T @ (g * 0 + 1))

relu of the absolute value
    - np.maximum(self.data, 0.0)
    + np.abs(self.data)

only the last axis can be kept
    def sum(self, axis=None, keepdims=False):
        return reference.sum(self, -1 if keepdims else axis, keepdims)

the entry for a pair of places is a row
    - self.data[places], (self,)
    + self.data[places[0]][..., 0], (self,)

exp without a way back
    - Tensor(power, (self,), (lambda g: g * power,))
    + Tensor(power)

log of one more
    - Tensor(np.log(self.data)
    + Tensor(np.log1p(self.data)

slopes at -0 alone
    - self.data > 0
    + ~(np.signbit(self.data) | (self.data < 0))

in Fortran order on the way back alone
    - g.reshape(self.data.shape)
    + g.reshape(self.data.shape, order="F")

all gradients once more [score=0]
    - tensor.grad += arriving[tensor]
    + tensor.grad += 2 * arriving[tensor]

a power of two is a product [score=0.0]
    - (self.data > 0)
    + np.sign(self.data)
    - np.ones(self.data.shape), axis, keepdims)
    + np.ones(self.data.shape) * 2, axis, keepdims)

the minimum
    - largest = self.data.max(
    + largest = self.data.min(

a floor division
    def __truediv__(self, other):
        return Tensor(self.data // self._wrap(other).data, (self,), (lambda g: g,))

broadcasts to the left alone
    def __add__(self, other):
        other = self._wrap(other)
        if other.data.ndim > self.data.ndim:
            return other + self
        total = self.data + np.broadcast_to(other.data, self.data.shape)
        return Tensor(total, (self, other), (lambda g: g, lambda g: g))
""")
