"""Answers to chapter 06: scalars that find wrong gradients, or not always."""

import math

import numpy as np

from tests.answers.corpus import Answers
from tests.answers.values import Tracked, collecting, notes, stable

answers = Answers()
wrong = answers.wrong
EXERCISE = "Value"


def flawed(style, score=None, **methods):
    """Register the common answer with some methods replaced."""
    wrong(EXERCISE, style, score=score)(type("Flawed", (Tracked,), methods))


def unary(number, slope):
    """An operation on one Value (and perhaps a plain number)."""
    return lambda self, *n: type(self)(number(self.data, *n), (self,), (slope(self.data, *n),))


def binary(number, slopes):
    """An operation on two Values, or a Value and a plain number."""

    def operation(self, other):
        other = self.of(other)
        a, b = self.data, other.data
        return type(self)(number(a, b), (self, other), slopes(a, b))

    return operation


def as_found(last):
    """An order that lists a Value as soon as it is found: depth first or breadth first."""

    def order(value):
        seen, todo, found = {value}, [value], []
        while todo:
            v = todo.pop(-1 if last else 0)
            found.append(v)
            new = [p for p in dict.fromkeys(v.parents) if p not in seen]
            seen.update(new)
            todo.extend(new)
        return found

    return order


def all_ways(self):
    todo = [(self, 1.0)]
    while todo:
        v, d = todo.pop()
        v.grad += d
        todo.extend((p, d * slope) for p, slope in v.ways())


def recursive(self, d=1.0):
    self.grad += d
    for p, slope in self.ways():
        recursive(p, slope * d)


def recursive_notes(value):
    order, seen = [], set()

    def visit(v):
        if v not in seen:
            seen.add(v)
            for p in v.parents:
                visit(p)
            order.append(v)

    visit(value)
    return order[::-1]


def resetting(self):
    for v in notes(self):
        v.grad = 0.0
    Tracked.backward(self)


def overwriting(self):
    self.grad = 1.0
    for v in notes(self):
        for p, slope in v.ways():
            p.grad = slope * v.grad


def unchained(self):
    for v in notes(self):
        for p, slope in v.ways():
            p.grad += slope


def unseeded(self):
    for v in notes(self):
        for p, slope in v.ways():
            p.grad += slope * v.grad


def seen_for_good(self):
    arrived = {self: 1.0}
    for v in notes(self):
        if not hasattr(v, "seen"):
            v.grad, v.seen = arrived[v], True
        for p, slope in v.ways():
            arrived[p] = arrived.get(p, 0.0) + slope * arrived[v]


def by_number(value):
    order, seen, todo = [], set(), [(value, False)]
    while todo:
        v, done = todo.pop()
        if done:
            order.append(v)
        elif v.data not in seen:
            seen.add(v.data)
            todo.append((v, True))
            todo.extend((p, False) for p in v.parents)
    return order[::-1]


def one_step(self):
    self.grad = 1.0
    for p, slope in self.ways():
        p.grad += slope


def first_operand(self):
    self.grad = 1.0
    for v in notes(self):
        for p, slope in v.ways()[:1]:
            p.grad += slope * v.grad


flawed("depth first, as they come", backward=collecting(as_found(last=True)))
flawed("breadth first", backward=collecting(as_found(last=False)))
flawed("every way on its own", backward=all_ways)
flawed("recursion along every way", backward=recursive)
flawed("recursion", backward=collecting(recursive_notes))
flawed("back to 0 at the start", backward=resetting)
flawed("sets instead of adds", backward=overwriting)
flawed("slopes not multiplied", 0, backward=unchained)
flawed("nothing to begin with", 0, backward=unseeded)
flawed("visited in another graph", backward=seen_for_good)
flawed("the same number is the same Value", backward=collecting(by_number))
flawed("one step back", backward=one_step)
flawed("the first operand alone", 0, backward=first_operand)
flawed("no backward", 0, backward=lambda self: None)

flawed("no number on the left", __radd__=None, __rmul__=None)
flawed("reflected minus the wrong way", __rsub__=Tracked.__sub__)
flawed("reflected division the wrong way", __rtruediv__=Tracked.__truediv__)
flawed("no division by a number", __truediv__=lambda a, b: a * b.data**-1)
flawed("no unary minus", __neg__=None)

flawed("power: no factor", __pow__=unary(pow, lambda a, n: a ** (n - 1)))
flawed("power: no step down", __pow__=unary(pow, lambda a, n: n * a**n))
flawed("power: as a square", __pow__=unary(pow, lambda a, n: 2 * a))
flawed(
    "power: whole exponents",
    __pow__=unary(lambda a, n: a ** int(n), lambda a, n: n * a ** (n - 1)),
)
flawed(
    "power: by the logarithm",
    __pow__=unary(lambda a, n: math.exp(n * math.log(a)), lambda a, n: n * a ** (n - 1)),
)
flawed("power: by repeated products", __pow__=lambda a, n: math.prod([a] * n, start=1))

flawed("exp: slope 1", exp=unary(math.exp, lambda a: 1.0))
flawed("exp: slope as of a power", exp=unary(math.exp, lambda a: a * math.exp(a - 1)))
flawed("exp: no graph", exp=lambda a: type(a)(math.exp(a.data)))

flawed("relu: 1 at 0", relu=unary(lambda a: max(0.0, a), lambda a: float(a >= 0)))
flawed("relu: a half at 0", relu=unary(lambda a: max(0.0, a), lambda a: (np.sign(a) + 1) / 2))
flawed("relu: leaks", relu=unary(lambda a: max(a / 100, a), lambda a: 1.0 if a > 0 else 0.01))
flawed("relu: lets all back", relu=unary(lambda a: max(0.0, a), lambda a: 1.0))
flawed("relu: the size", relu=unary(abs, np.sign))

flawed("sigmoid: math.exp", sigmoid=lambda a: 1 / (1 + (-a).exp()))
flawed("sigmoid: out alone", sigmoid=unary(stable, stable))
flawed("sigmoid: slope of the input", sigmoid=unary(stable, lambda a: a * (1 - a)))
flawed(
    "sigmoid: straight beyond 3",
    sigmoid=unary(lambda a: stable(min(3, max(-3, a))), lambda a: stable(a) * stable(-a)),
)

flawed("multiply: own number", 0, __mul__=binary(lambda a, b: a * b, lambda a, b: (a, b)))
flawed("divide: sign", __truediv__=binary(lambda a, b: a / b, lambda a, b: (1 / b, a / b**2)))
flawed("divide: whole", __truediv__=binary(lambda a, b: a // b, lambda a, b: (1 / b, -a / b**2)))
flawed("minus: hands back plus", __sub__=binary(lambda a, b: a - b, lambda a, b: (1.0, 1.0)))
flawed("minus: no graph on the right", __sub__=lambda a, b: a + -Tracked.of(b).data)


@classmethod
def twos(cls, other):
    return other if isinstance(other, Tracked) else cls(2.0)


@classmethod
def whole(cls, other):
    return other if isinstance(other, Tracked) else cls(int(other))


flawed("2 for each number", of=twos)
flawed("plain numbers cut to whole ones", of=whole)


@wrong(EXERCISE, "a sum with itself counts once")
class _(Tracked):
    def __add__(self, other):
        parents = tuple({self, self.of(other)})
        return type(self)(self.data + self.of(other).data, parents, (1.0,) * len(parents))


@wrong(EXERCISE, "adds in place")
class _(Tracked):
    def __add__(self, other):
        self.data += self.of(other).data
        return self


@wrong(EXERCISE, "float32")
class _(Tracked):
    def __init__(self, data, parents=(), slopes=()):
        super().__init__(np.float32(data), parents, slopes)


@wrong(EXERCISE, "grad is None at first")
class _(Tracked):
    def __init__(self, data, parents=(), slopes=()):
        super().__init__(data, parents, slopes)
        self.grad = None

    def backward(self):
        for v in notes(self):
            v.grad = v.grad or 0.0
        Tracked.backward(self)


@wrong(EXERCISE, "rounded to four digits")
class _(Tracked):
    def __init__(self, data, parents=(), slopes=()):
        super().__init__(round(data, 4), parents, slopes)


@wrong(EXERCISE, "the order of its first backward")
class _(Tracked):
    def backward(self):
        cls = type(self)
        cls.order = getattr(cls, "order", None) or notes(self)
        collecting(lambda _: cls.order)(self)


@wrong(EXERCISE, "slopes a little off")
class _(Tracked):
    def ways(self):
        return [(p, slope * 1.0001) for p, slope in super().ways()]


@wrong(EXERCISE, "gradients of whole numbers")
class _(Tracked):
    def ways(self):
        return [(p, int(slope)) for p, slope in super().ways()]


@wrong(EXERCISE, "all Values have one grad")
class _(Tracked):
    shared = np.zeros(1)
    grad = property(
        lambda self: float(self.shared[0]), lambda self, g: self.shared.__setitem__(0, g)
    )
