"""Wrong answers to Value: its reference with a flaw in backward, an operation or its memory."""

from grader.exercises import Table

FLAWS = Table("""
depth first, as they come
    def backward(self):
        self.grad = 1.0
        todo, seen = [self], {self}
        while todo:
            value = todo.pop()
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                parent.grad += slope * value.grad
                if parent not in seen:
                    seen.add(parent)
                    todo.append(parent)

breadth first
    def backward(self):
        self.grad = 1.0
        found = [self]
        for value in found:
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                parent.grad += slope * value.grad
                if parent not in found:
                    found.append(parent)

slopes not multiplied [score=0]
    - slope * arriving[value]
    + slope

visited in another graph
    - value.grad += arriving[value]
    + if not hasattr(value, "seen"):
    +     value.grad, value.seen = arriving[value], True

the same number is the same Value
    - seen, stack = [], {self}
    + seen, stack = [], {self.data}
    - parent not in seen
    + parent.data not in seen
    - seen.add(unseen[0])
    + seen.add(unseen[0].data)

one step back
    def backward(self):
        self.grad = 1.0
        for parent, slope in zip(self._parents, self._slopes, strict=True):
            parent.grad += slope

the first operand alone [score=0]
    - slope * arriving[value]
    + slope * arriving[value] * (parent is value._parents[0])

no division by a number
    - self * other**-1.0
    + self * other.data**-1.0

no unary minus
    __neg__ = None

power: as a square
    - slope = exponent * self.data ** (exponent - 1)
    + slope = 2 * self.data

power: whole exponents
    - self.data**exponent
    + self.data ** int(exponent)

power: by the logarithm
    - self.data**exponent
    + np.exp(exponent * np.log(self.data))

power: by repeated products
    def __pow__(self, exponent):
        import math

        return math.prod([self] * exponent, start=1)

exp: slope 1
    - (power,))
    + (1.0,))

exp: no graph
    - Value(power, (self,), (power,))
    + Value(power)

relu: a half at 0
    - 1.0 if self.data > 0 else 0.0
    + (np.sign(self.data) + 1) / 2

relu: leaks
    - max(0.0, self.data)
    + max(self.data / 100, self.data)
    - else 0.0
    + else 0.01

relu: the size
    - max(0.0, self.data)
    + abs(self.data)
    - 1.0 if self.data > 0 else 0.0
    + np.sign(self.data)

sigmoid: slope of the input
    - s * (1.0 - s)
    + self.data * (1.0 - self.data)

sigmoid: straight beyond 3
    - -np.logaddexp(0.0, -self.data)
    + -np.logaddexp(0.0, -min(3, max(-3, self.data)))

divide: whole
    def __truediv__(self, other):
        b = self._wrap(other)
        return Value(self.data // b.data, (self, b), (1 / b.data, -self.data / b.data**2))

minus: no graph on the right
    - self + -other
    + self + -self._wrap(other).data

2 for each number
    - else Value(other)
    + else Value(2.0)

plain numbers cut to whole ones
    - else Value(other)
    + else Value(int(other))

a sum with itself counts once
    def __add__(self, other):
        parents = tuple({self, self._wrap(other)})
        return Value(self.data + self._wrap(other).data, parents, (1.0,) * len(parents))

adds in place
    def __add__(self, other):
        self.data += self._wrap(other).data
        return self

float32
    - self.data = data
    + self.data = np.float32(data)

grad is None at first
    - self.grad = 0.0
    + self.grad = None
    - value.grad += arriving[value]
    + value.grad = (value.grad or 0.0) + arriving[value]

rounded to four digits
    - self.data = data
    + self.data = round(data, 4)

the order of its first backward
    order = None

    def backward(self):
        Value.order = Value.order or list(self._outputs_first())
        self.grad = 1.0
        for value in Value.order:
            for parent, slope in zip(value._parents, value._slopes, strict=True):
                parent.grad += slope * value.grad

slopes a little off
    - = _slopes
    + = tuple(slope * 1.0001 for slope in _slopes)

gradients of whole numbers
    - = _slopes
    + = tuple(int(slope) for slope in _slopes)

all Values have one grad
    shared = np.zeros(1)

    grad = property(
        lambda self: float(self.shared[0]), lambda self, g: self.shared.__setitem__(0, g)
    )
""")
