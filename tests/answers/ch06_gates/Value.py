"""Answers to Value."""

from tests.answers.ch06_gates.value_classes import CLASSES
from tests.answers.ch06_gates.value_flaws import FLAWS
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right(CLASSES)

# The reference with another way through the graph.
answers.right("""
a value is handled when all of its users have reported
    def backward(self):
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
            value.grad += arriving[value]
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                arriving[parent] = arriving.get(parent, 0.0) + slope * arriving[value]
                users[parent] -= 1
                if not users[parent]:
                    due.append(parent)

only what was not computed keeps its gradient
    - value.grad += arriving[value]
    + if not value._parents:
    +     value.grad += arriving[value]

what was computed starts anew
    - arriving = {self: 1.0}
    + for value in self._outputs_first():
    +     if value._parents:
    +         value.grad = 0.0
    + arriving = {self: 1.0}

a table of what arrived, by identity; an order by flags
    def backward(self):
        order, seen, todo = [], set(), [(self, False)]
        while todo:
            value, done = todo.pop()
            if done:
                order.append(value)
            elif id(value) not in seen:
                seen.add(id(value))
                todo.append((value, True))
                todo.extend((parent, False) for parent in value._parents)
        arrived = {id(self): 1.0}
        for value in order[::-1]:
            d = arrived[id(value)]
            value.grad += d
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                arrived[id(parent)] = arrived.get(id(parent), 0.0) + slope * d

iterators on the stack, grad itself collects
    def backward(self):
        topo, visited, stack = [], {self}, [(self, iter(self._parents))]
        while stack:
            value, rest = stack[-1]
            parent = next((p for p in rest if p not in visited), None)
            if parent is None:
                topo.append(stack.pop()[0])
            else:
                visited.add(parent)
                stack.append((parent, iter(parent._parents)))
        self.grad = 1.0
        for value in reversed(topo):
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                parent.grad += slope * value.grad

the youngest first, by a heap
    import itertools

    count = itertools.count()

    def __init__(self, data, _parents=(), _slopes=()):
        reference.__init__(self, data, _parents, _slopes)
        self.born = next(self.count)

    def backward(self):
        import heapq

        arrived, waiting = {self.born: 1.0}, [(-self.born, self)]
        while waiting:
            born, value = heapq.heappop(waiting)
            d = arrived.pop(-born)
            value.grad += d
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                if parent.born not in arrived:
                    heapq.heappush(waiting, (-parent.born, parent))
                arrived[parent.born] = arrived.get(parent.born, 0.0) + d * slope

a list of who has been visited, grad itself collects
    def backward(self):
        order, seen, todo = [], [], [(self, False)]
        while todo:
            value, done = todo.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.append(value)
                todo.append((value, True))
                todo += [(parent, False) for parent in value._parents]
        self.grad = 1.0
        for value in order[::-1]:
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                parent.grad += slope * value.grad

recursion, its limit raised
    def backward(self):
        import sys

        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for parent in value._parents:
                    visit(parent)
                order.append(value)

        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(200_000)
        visit(self)
        sys.setrecursionlimit(limit)
        arrived = dict.fromkeys(order, 0.0)
        arrived[self] = 1.0
        for value in order[::-1]:
            value.grad = value.grad + arrived[value]
            for k, parent in enumerate(value._parents):
                arrived[parent] += arrived[value] * value._slopes[k]
""")

# The reference with other operations.
answers.right("""
NumPy's numbers and infinities
    def __init__(self, data, _parents=(), _slopes=()):
        reference.__init__(self, np.float64(data), _parents, _slopes)
        self.grad = np.float64(0.0)

    def sigmoid(self):
        with np.errstate(over="ignore"):
            out = 1 / (1 + np.exp(-self.data))
        return Value(out, (self,), (out * (1 - out),))

    def relu(self):
        return Value(np.maximum(self.data, 0), (self,), (np.where(self.data > 0, 1.0, 0.0),))

a property, division of its own
    def __init__(self, data, _parents=(), _slopes=()):
        self._data = float(data)
        self.grad, self._parents, self._slopes = 0.0, tuple(_parents), tuple(_slopes)

    @property
    def data(self):
        return self._data

    def __truediv__(self, other):
        other = self._wrap(other)
        a, b = self.data, other.data
        return Value(a / b, [self, other], [1 / b, -a / b**2])

    def __rtruediv__(self, other):
        return Value(other / self.data, [self], [-other / (self.data * self.data)])

    def __sub__(self, other):
        other = self._wrap(other)
        return Value(self.data - other.data, [self, other], [1.0, -1.0])

    def __rsub__(self, other):
        return Value(other - self.data, [self], [-1.0])

    def __neg__(self):
        return Value(-self.data, [self], [-1.0])

plain numbers get no node
    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, (self, other), (1.0, 1.0))
        return Value(self.data + other, (self,), (1.0,))

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, (self, other), (other.data, self.data))
        return Value(self.data * other, (self,), (other,))

    __radd__, __rmul__ = __add__, __mul__

    def __iadd__(self, other):
        return self + other

a class for each operation, asked for its slopes when they are needed
    class Operation(Value):
        def __init__(self, *operands):
            Value.__init__(self, self.value(*(v.data for v in operands)), operands)

        _slopes = property(
            lambda self: self.slopes_at(*(v.data for v in self._parents)), lambda self, _: None
        )

    class Plus(Operation):
        value = staticmethod(lambda a, b: a + b)
        slopes_at = staticmethod(lambda a, b: (1, 1))

    class Times(Operation):
        value = staticmethod(lambda a, b: a * b)
        slopes_at = staticmethod(lambda a, b: (b, a))

    def __add__(self, other):
        return Value.Plus(self, self._wrap(other))

    def __mul__(self, other):
        return Value.Times(self, self._wrap(other))
""")

answers.wrong(FLAWS)
