"""What answers to the exercise Value have in common; each changes a part of it."""

import math


def stable(a):
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))


def notes(value):
    """A topological order, the result first, by a list of who is still to be visited."""
    order, seen, todo = [], set(), [(value, False)]
    while todo:
        v, done = todo.pop()
        if done:
            order.append(v)
        elif id(v) not in seen:
            seen.add(id(v))
            todo.append((v, True))
            todo.extend((p, False) for p in v.parents)
    return order[::-1]


def collecting(order):
    """A backward that collects in grad itself, in an order of its own."""

    def backward(self):
        self.grad = 1.0
        for v in order(self):
            for p, slope in v.ways():
                p.grad += slope * v.grad

    return backward


class Tracked:
    """Everything that Values have in common; answers change a part of it."""

    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.parents, self.slopes = parents, slopes

    @classmethod
    def of(cls, other):
        return other if isinstance(other, Tracked) else cls(other)

    def __add__(self, other):
        other = self.of(other)
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = self.of(other)
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        return type(self)(self.data**n, (self,), (n * self.data ** (n - 1),))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -self.of(other)

    def __rsub__(self, other):
        return self.of(other) - self

    def __truediv__(self, other):
        return self * self.of(other) ** -1

    def __rtruediv__(self, other):
        return self.of(other) / self

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def exp(self):
        out = math.exp(self.data)
        return type(self)(out, (self,), (out,))

    def relu(self):
        return type(self)(max(0.0, self.data), (self,), (float(self.data > 0),))

    def sigmoid(self):
        out = stable(self.data)
        return type(self)(out, (self,), (out * (1 - out),))

    def ways(self):
        """Pairs of a parent and the slope along it."""
        return list(zip(self.parents, self.slopes, strict=True))

    def backward(self):
        arrived = {id(self): 1.0}
        for v in notes(self):
            d = arrived[id(v)]
            v.grad += d
            for p, slope in v.ways():
                arrived[id(p)] = arrived.get(id(p), 0.0) + slope * d
