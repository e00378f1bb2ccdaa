"""Answers to chapter 06: scalars that find their own gradients, in many ways."""

import heapq
import itertools
import math
import sys

import numpy as np

from tests.answers.corpus import Answers
from tests.answers.values import Tracked, collecting

answers = Answers()
right = answers.right
EXERCISE = "Value"

right(EXERCISE, "parents and slopes, a table of what arrived")(Tracked)


@right(EXERCISE, "closures, grad itself collects")
class Closures:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(_children)

    def __add__(self, other):
        other = other if isinstance(other, Closures) else Closures(other)
        out = Closures(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Closures) else Closures(other)
        out = Closures(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def unary(self, data, slope):
        out = Closures(data, (self,))

        def _backward():
            self.grad += slope * out.grad

        out._backward = _backward
        return out

    def __pow__(self, other):
        assert isinstance(other, (int, float))
        return self.unary(self.data**other, other * self.data ** (other - 1))

    def relu(self):
        return self.unary(0 if self.data < 0 else self.data, int(self.data > 0))

    def exp(self):
        return self.unary(math.exp(self.data), math.exp(self.data))

    def sigmoid(self):
        t = (1 + math.tanh(self.data / 2)) / 2
        return self.unary(t, t * (1 - t))

    def backward(self):
        topo, visited, stack = [], set(), [(self, iter(self._prev))]
        visited.add(self)
        while stack:
            v, rest = stack[-1]
            child = next((c for c in rest if c not in visited), None)
            if child is None:
                topo.append(stack.pop()[0])
            else:
                visited.add(child)
                stack.append((child, iter(child._prev)))
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1


@right(EXERCISE, "the youngest first, by a heap")
class _(Tracked):
    count = itertools.count()

    def __init__(self, data, parents=(), slopes=()):
        super().__init__(data, parents, slopes)
        self.born = next(self.count)

    def backward(self):
        arrived, waiting = {self.born: 1.0}, [(-self.born, self)]
        while waiting:
            born, v = heapq.heappop(waiting)
            d = arrived.pop(-born)
            v.grad += d
            for p, slope in v.ways():
                if p.born not in arrived:
                    heapq.heappush(waiting, (-p.born, p))
                arrived[p.born] = arrived.get(p.born, 0.0) + d * slope


@right(EXERCISE, "counts who has not reported yet")
class _(Tracked):
    def backward(self):
        pending, todo, seen = {}, [self], {self}
        while todo:
            for p in todo.pop().parents:
                pending[p] = pending.get(p, 0) + 1
                if p not in seen:
                    seen.add(p)
                    todo.append(p)
        arrived, ready = {self: 1.0}, [self]
        while ready:
            v = ready.pop()
            v.grad += arrived[v]
            for p, slope in v.ways():
                arrived[p] = arrived.get(p, 0.0) + slope * arrived[v]
                pending[p] -= 1
                if not pending[p]:
                    ready.append(p)


@right(EXERCISE, "a list of who has been visited")
class _(Tracked):
    def backward(self):
        order, seen, todo = [], [], [(self, False)]
        while todo:
            v, done = todo.pop()
            if done:
                order.append(v)
            elif v not in seen:
                seen.append(v)
                todo.append((v, True))
                todo += [(p, False) for p in v.parents]
        collecting(lambda _: order[::-1])(self)


@right(EXERCISE, "recursion, its limit raised")
class _(Tracked):
    def backward(self):
        order, seen = [], set()

        def visit(v):
            if v not in seen:
                seen.add(v)
                for p in v.parents:
                    visit(p)
                order.append(v)

        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(200_000)
        visit(self)
        sys.setrecursionlimit(limit)
        arrived = dict.fromkeys(order, 0.0)
        arrived[self] = 1.0
        for v in order[::-1]:
            v.grad = v.grad + arrived[v]
            for k, p in enumerate(v.parents):
                arrived[p] += arrived[v] * v.slopes[k]


@right(EXERCISE, "NumPy's numbers and infinities")
class _(Tracked):
    def __init__(self, data, parents=(), slopes=()):
        super().__init__(np.float64(data), parents, slopes)
        self.grad = np.float64(0.0)

    def exp(self):
        out = np.exp(self.data)
        return type(self)(out, (self,), (out,))

    def sigmoid(self):
        with np.errstate(over="ignore"):
            out = 1 / (1 + np.exp(-self.data))
        return type(self)(out, (self,), (out * (1 - out),))

    def relu(self):
        return type(self)(np.maximum(self.data, 0), (self,), (np.where(self.data > 0, 1.0, 0.0),))


@right(EXERCISE, "slots, a property, division of its own")
class Slotted(Tracked):
    __slots__ = ("_data",)

    def __init__(self, data, parents=(), slopes=()):
        self._data = float(data)
        self.grad, self.parents, self.slopes = 0.0, tuple(parents), tuple(slopes)

    @property
    def data(self):
        return self._data

    def __truediv__(self, other):
        other = self.of(other)
        a, b = self.data, other.data
        return Slotted(a / b, [self, other], [1 / b, -a / b**2])

    def __rtruediv__(self, other):
        return Slotted(other / self.data, [self], [-other / (self.data * self.data)])

    def __sub__(self, other):
        other = self.of(other)
        return Slotted(self.data - other.data, [self, other], [1.0, -1.0])

    def __rsub__(self, other):
        return Slotted(other - self.data, [self], [-1.0])

    def __neg__(self):
        return Slotted(-self.data, [self], [-1.0])


@right(EXERCISE, "plain numbers get no node")
class _(Tracked):
    def __add__(self, other):
        if isinstance(other, Tracked):
            return super().__add__(other)
        return type(self)(self.data + other, (self,), (1.0,))

    def __mul__(self, other):
        if isinstance(other, Tracked):
            return super().__mul__(other)
        return type(self)(self.data * other, (self,), (other,))

    __radd__, __rmul__ = __add__, __mul__

    def __iadd__(self, other):
        return self + other


class Operation(Tracked):
    """A result; what it does to its slopes, each kind says for itself, when it is asked."""

    def __init__(self, *parents):
        super().__init__(self.value(*(p.data for p in parents)), parents)

    @property
    def slopes(self):
        return self.slopes_at(*(p.data for p in self.parents))

    @slopes.setter
    def slopes(self, _):
        pass


class Plus(Operation):
    def value(self, a, b):
        return a + b

    def slopes_at(self, a, b):
        return 1, 1


class Times(Operation):
    def value(self, a, b):
        return a * b

    def slopes_at(self, a, b):
        return b, a


@right(EXERCISE, "a class for each operation")
class Leaf(Tracked):
    def __add__(self, other):
        return Plus(self, Leaf.of(other))

    def __mul__(self, other):
        return Times(self, Leaf.of(other))


for kind in (Plus, Times):
    kind.__add__, kind.__mul__ = Leaf.__add__, Leaf.__mul__
    for method in ("__pow__", "exp", "relu", "sigmoid"):
        setattr(
            kind, method, lambda self, *n, m=method: getattr(Leaf.__mro__[1], m)(Lifted(self), *n)
        )


class Lifted(Leaf):
    """Stands for a result, so that functions of one number give Leaves."""

    def __init__(self, data, parents=(), slopes=()):
        if isinstance(data, Tracked):
            super().__init__(data.data, (data,), (1.0,))
        else:
            super().__init__(data, parents, slopes)
