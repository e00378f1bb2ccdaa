"""Chapter 06, third part: right `Value` classes in other styles."""

from __future__ import annotations

import itertools
import math

from solutions._ch06_gates import chapter
from solutions._ch06_value import Value


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


@chapter.variant(Value, "a value is handled when all of its users have reported")
class _Counted(Value):
    def backward(self):
        users: dict = {}
        todo, met = [self], {self}
        while todo:
            for parent in todo.pop()._parents:
                users[parent] = users.get(parent, 0) + 1
                if parent not in met:
                    met.add(parent)
                    todo.append(parent)
        flow, due = dict.fromkeys(met, 0.0), [self]
        flow[self] = 1.0
        while due:
            value = due.pop()
            value.grad = value.grad + flow[value]
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                flow[parent] += flow[value] * slope
                users[parent] -= 1
                if not users[parent]:
                    due.append(parent)

    @staticmethod
    def _wrap(other):
        return other if isinstance(other, Value) else _Counted(other)

    @staticmethod
    def _result(data, operation, *inputs):
        out = _Counted(data, tuple(value for value, _ in inputs), operation)
        out._slopes = tuple(slope for _, slope in inputs)
        return out
