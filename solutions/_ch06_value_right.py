"""Chapter 06, third part: right `Value` classes in other styles."""

from __future__ import annotations

import itertools
import math
import operator
from typing import ClassVar

import numpy as np

from solutions._ch06_gates import chapter
from solutions._ch06_value import Value
from solutions._edited import edited


@chapter.variant(Value, "closures that add to the operands' grad")
class _Closures:
    def __init__(self, data, children=(), op=""):
        self.data, self.grad = data, 0
        self._prev, self._op = set(children), op
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, _Closures) else _Closures(other)
        out = _Closures(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, _Closures) else _Closures(other)
        out = _Closures(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def _function(self, data, slope):
        out = _Closures(data, (self,))

        def _backward():
            self.grad += slope * out.grad

        out._backward = _backward
        return out

    def __pow__(self, k):
        return self._function(self.data**k, k * self.data ** (k - 1))

    def exp(self):
        return self._function(math.exp(self.data), math.exp(self.data))

    def relu(self):
        return self._function(self.data if self.data > 0 else 0, int(self.data > 0))

    def sigmoid(self):
        e = math.exp(-abs(self.data))
        s = 1 / (1 + e) if self.data >= 0 else e / (1 + e)
        return self._function(s, s * (1 - s))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        topo, visited, todo = [], set(), [(self, False)]
        while todo:
            node, done = todo.pop()
            if done:
                topo.append(node)
            elif node not in visited:
                visited.add(node)
                todo.append((node, True))
                todo.extend((child, False) for child in node._prev)
        self.grad = 1
        for node in topo[::-1]:
            node._backward()


@chapter.variant(Value, "numbered at birth: younger values first")
class _Numbered:
    count = itertools.count()

    def __init__(self, data, made_from=()):
        self.data, self.grad = float(data), 0.0
        self.made_from = [(v, d) for v, d in made_from if isinstance(v, _Numbered)]
        self.born = next(_Numbered.count)

    @staticmethod
    def number(v):
        return v.data if isinstance(v, _Numbered) else v

    def __add__(self, other):
        return _Numbered(self.data + self.number(other), [(self, 1.0), (other, 1.0)])

    def __sub__(self, other):
        return _Numbered(self.data - self.number(other), [(self, 1.0), (other, -1.0)])

    def __rsub__(self, other):
        return _Numbered(other - self.data, [(self, -1.0)])

    def __mul__(self, other):
        k = self.number(other)
        return _Numbered(self.data * k, [(self, k), (other, self.data)])

    def __truediv__(self, other):
        k = self.number(other)
        return _Numbered(self.data / k, [(self, 1 / k), (other, -self.data / k / k)])

    def __rtruediv__(self, other):
        return _Numbered(other / self.data, [(self, -other / self.data**2)])

    def __pow__(self, n):
        return _Numbered(self.data**n, [(self, n * self.data ** (n - 1))])

    def __neg__(self):
        return 0 - self

    def __radd__(self, other):
        return self.__add__(other)

    def __rmul__(self, other):
        return self.__mul__(other)

    def exp(self):
        return _Numbered(math.exp(self.data), [(self, math.exp(self.data))])

    def relu(self):
        return _Numbered(max(self.data, 0), [(self, self.data > 0)])

    def sigmoid(self):
        t = math.tanh(self.data / 2)
        return _Numbered((1 + t) / 2, [(self, (1 - t * t) / 4)])

    def backward(self):
        reached, todo = {self.born: self}, [self]
        while todo:
            for v, _ in todo.pop().made_from:
                if v.born not in reached:
                    reached[v.born] = v
                    todo.append(v)
        flow = dict.fromkeys(reached, 0.0)
        flow[self.born] = 1.0
        for born in sorted(reached, reverse=True):
            reached[born].grad += flow[born]
            for v, slope in reached[born].made_from:
                flow[v.born] += flow[born] * slope


BEFORE = """\
        arriving = {self: 1.0}
        for value in self._outputs_first():
"""
KEPT = "value.grad += arriving[value]"
COUNTED = """\
        users, todo, met = {}, [self], {self}
        while todo:
            for parent in todo.pop()._parents:
                users[parent] = users.get(parent, 0) + 1
                if parent not in met:
                    met.add(parent)
                    todo.append(parent)
        arriving, due = {self: 1.0}, [self]
        while due:
            value = due.pop()
            for parent in value._parents:
                users[parent] -= 1
                if not users[parent]:
                    due.append(parent)
"""
CLEARED = """\
        for value in self._outputs_first():
            if value._parents:
                value.grad = 0.0
"""
STYLES = {
    "a value is handled when all of its users have reported": (BEFORE, COUNTED),
    "only what was not computed keeps its gradient": (KEPT, f"if not value._parents: {KEPT}"),
    "what was computed starts anew": (BEFORE, CLEARED + BEFORE),
}
for style, change in STYLES.items():
    chapter.variant(Value, style)(edited(Value, change))


@chapter.variant(Value, "one list of all operations, walked from its end")
class _Taped:
    __slots__ = ("data", "grad", "pull")
    tape: ClassVar[list] = []

    def __init__(self, data, pull=None):
        self.data, self.grad, self.pull = np.float64(data), np.float64(0), pull
        if pull is not None:
            _Taped.tape.append(self)

    def joined(self, other, operation, slopes):
        a, b = self, other if isinstance(other, _Taped) else _Taped(other)

        def pull(g):
            p, q = slopes(a.data, b.data)
            a.grad = a.grad + g * p
            b.grad = b.grad + g * q

        return _Taped(operation(a.data, b.data), pull)

    def __add__(self, other):
        return self.joined(other, operator.add, lambda a, b: (1, 1))

    def __sub__(self, other):
        return self.joined(other, operator.sub, lambda a, b: (1, -1))

    def __mul__(self, other):
        return self.joined(other, operator.mul, lambda a, b: (b, a))

    def __truediv__(self, other):
        return self.joined(other, operator.truediv, lambda a, b: (1 / b, -a / b**2))

    def __radd__(self, other):
        return _Taped(other) + self

    def __rsub__(self, other):
        return _Taped(other) - self

    def __rmul__(self, other):
        return _Taped(other) * self

    def __rtruediv__(self, other):
        return _Taped(other) / self

    def __neg__(self):
        return 0 - self

    def __pow__(self, n):
        return self.joined(0.0, lambda a, _: a**n, lambda a, _: (n * a ** (n - 1), 0))

    def exp(self):
        return self.joined(0.0, lambda a, _: np.exp(a), lambda a, _: (np.exp(a), 0))

    def relu(self):
        return self.joined(0.0, np.maximum, lambda a, _: (np.heaviside(a, 0), 0))

    def sigmoid(self):
        def squash(a):
            return 1 / (1 + np.exp(-np.clip(a, -700, 700)))

        return self.joined(
            0.0, lambda a, _: squash(a), lambda a, _: (squash(a) * (1 - squash(a)), 0)
        )

    def backward(self):
        for value in _Taped.tape:
            value.grad = np.float64(0)
        self.grad = np.float64(1)
        for value in reversed(_Taped.tape):
            if value.grad:
                value.pull(value.grad)
