"""Right answers to Value that share nothing with its reference: each remembers in its own way."""

from grader.exercises import Table

CLASSES = Table("""
closures that add to the operands' grad
    import math

    class Value:
        def __init__(self, data, children=(), op=""):
            self.data, self.grad = data, 0
            self._prev, self._op = set(children), op
            self._backward = lambda: None

        def __add__(self, other):
            other = other if isinstance(other, Value) else Value(other)
            out = Value(self.data + other.data, (self, other), "+")

            def _backward():
                self.grad += out.grad
                other.grad += out.grad

            out._backward = _backward
            return out

        def __mul__(self, other):
            other = other if isinstance(other, Value) else Value(other)
            out = Value(self.data * other.data, (self, other), "*")

            def _backward():
                self.grad += other.data * out.grad
                other.grad += self.data * out.grad

            out._backward = _backward
            return out

        def _function(self, data, slope):
            out = Value(data, (self,))

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

numbered at birth: younger values first
    import itertools
    import math

    class Value:
        count = itertools.count()

        def __init__(self, data, made_from=()):
            self.data, self.grad = float(data), 0.0
            self.made_from = [(v, d) for v, d in made_from if isinstance(v, Value)]
            self.born = next(Value.count)

        @staticmethod
        def number(v):
            return v.data if isinstance(v, Value) else v

        def __add__(self, other):
            return Value(self.data + self.number(other), [(self, 1.0), (other, 1.0)])

        def __sub__(self, other):
            return Value(self.data - self.number(other), [(self, 1.0), (other, -1.0)])

        def __rsub__(self, other):
            return Value(other - self.data, [(self, -1.0)])

        def __mul__(self, other):
            k = self.number(other)
            return Value(self.data * k, [(self, k), (other, self.data)])

        def __truediv__(self, other):
            k = self.number(other)
            return Value(self.data / k, [(self, 1 / k), (other, -self.data / k / k)])

        def __rtruediv__(self, other):
            return Value(other / self.data, [(self, -other / self.data**2)])

        def __pow__(self, n):
            return Value(self.data**n, [(self, n * self.data ** (n - 1))])

        def __neg__(self):
            return 0 - self

        def __radd__(self, other):
            return self.__add__(other)

        def __rmul__(self, other):
            return self.__mul__(other)

        def exp(self):
            return Value(math.exp(self.data), [(self, math.exp(self.data))])

        def relu(self):
            return Value(max(self.data, 0), [(self, self.data > 0)])

        def sigmoid(self):
            t = math.tanh(self.data / 2)
            return Value((1 + t) / 2, [(self, (1 - t * t) / 4)])

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

one list of all operations, walked from its end
    import operator

    class Value:
        __slots__ = ("data", "grad", "pull")
        tape = []

        def __init__(self, data, pull=None):
            self.data, self.grad, self.pull = np.float64(data), np.float64(0), pull
            if pull is not None:
                Value.tape.append(self)

        def joined(self, other, operation, slopes):
            a, b = self, other if isinstance(other, Value) else Value(other)

            def pull(g):
                p, q = slopes(a.data, b.data)
                a.grad = a.grad + g * p
                b.grad = b.grad + g * q

            return Value(operation(a.data, b.data), pull)

        def __add__(self, other):
            return self.joined(other, operator.add, lambda a, b: (1, 1))

        def __sub__(self, other):
            return self.joined(other, operator.sub, lambda a, b: (1, -1))

        def __mul__(self, other):
            return self.joined(other, operator.mul, lambda a, b: (b, a))

        def __truediv__(self, other):
            return self.joined(other, operator.truediv, lambda a, b: (1 / b, -a / b**2))

        def __radd__(self, other):
            return Value(other) + self

        def __rsub__(self, other):
            return Value(other) - self

        def __rmul__(self, other):
            return Value(other) * self

        def __rtruediv__(self, other):
            return Value(other) / self

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
            for value in Value.tape:
                value.grad = np.float64(0)
            self.grad = np.float64(1)
            for value in reversed(Value.tape):
                if value.grad:
                    value.pull(value.grad)
""")
