"""Right answers to Tensor that share nothing with its reference: graphs, each in its own way."""

from grader.exercises import Table

CLASSES = Table("""
closures that add to the operands' grad
    class Tensor:
        __array_priority__ = 1000

        def __init__(self, data, children=()):
            self.data = np.array(data, dtype=float)
            self.grad = np.zeros(self.data.shape)
            self._prev, self._backward = set(children), lambda: None

        @staticmethod
        def lift(x):
            return x if isinstance(x, Tensor) else Tensor(x)

        def give(self, g):
            self.grad = self.grad + unbroadcast(g, self.data.shape)

        def __add__(self, other):
            other = Tensor.lift(other)
            out = Tensor(self.data + other.data, (self, other))

            def _backward():
                self.give(out.grad)
                other.give(out.grad)

            out._backward = _backward
            return out

        def __mul__(self, other):
            other = Tensor.lift(other)
            out = Tensor(self.data * other.data, (self, other))

            def _backward():
                self.give(other.data * out.grad)
                other.give(self.data * out.grad)

            out._backward = _backward
            return out

        def __matmul__(self, other):
            other = Tensor.lift(other)
            out = Tensor(np.dot(self.data, other.data), (self, other))

            def _backward():
                self.grad = self.grad + np.einsum("nk,mk->nm", out.grad, other.data)
                other.grad = other.grad + np.einsum("nm,nk->mk", self.data, out.grad)

            out._backward = _backward
            return out

        def _unary(self, data, back):
            out = Tensor(data, (self,))

            def _backward():
                self.grad = self.grad + back(out.grad)

            out._backward = _backward
            return out

        def __pow__(self, n):
            return self._unary(self.data**n, lambda g: n * self.data ** (n - 1.0) * g)

        def exp(self):
            out = np.exp(self.data)
            return self._unary(out, lambda g: out * g)

        def log(self):
            return self._unary(np.log(self.data), lambda g: g / self.data)

        def relu(self):
            return self._unary(np.where(self.data > 0, self.data, 0), lambda g: (self.data > 0) * g)

        @property
        def T(self):
            return self._unary(self.data.T, np.transpose)

        def reshape(self, *shape):
            return self._unary(self.data.reshape(*shape), lambda g: g.reshape(self.data.shape))

        def sum(self, axis=None, keepdims=False):
            def back(g):
                g = g if keepdims or axis is None else np.expand_dims(g, axis)
                return np.broadcast_to(g, self.data.shape)

            return self._unary(np.sum(self.data, axis=axis, keepdims=keepdims), back)

        def mean(self, axis=None, keepdims=False):
            n = self.data.size if axis is None else self.data.shape[axis]
            return self.sum(axis=axis, keepdims=keepdims) / n

        def max(self, axis=None, keepdims=False):
            def back(g):
                top = np.max(self.data, axis=axis, keepdims=True)
                hits = np.where(self.data == top, 1.0, 0.0)
                g = g if keepdims or axis is None else np.expand_dims(g, axis)
                return hits / np.sum(hits, axis=axis, keepdims=True) * g

            return self._unary(np.max(self.data, axis=axis, keepdims=keepdims), back)

        def __getitem__(self, key):
            def back(g):
                found = np.zeros_like(self.data)
                np.add.at(found, key, g)
                return found

            return self._unary(self.data[key], back)

        def __neg__(self):
            return self * -1

        def __sub__(self, other):
            return self + (-Tensor.lift(other))

        def __rsub__(self, other):
            return Tensor.lift(other) - self

        def __truediv__(self, other):
            return self * Tensor.lift(other) ** -1

        def __rtruediv__(self, other):
            return Tensor.lift(other) / self

        def __rmatmul__(self, other):
            return Tensor.lift(other) @ self

        __radd__, __rmul__ = __add__, __mul__

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
            self.grad = np.ones(self.data.shape)
            for node in topo[::-1]:
                node._backward()

numbered at birth, younger ones first, everything in one way back
    import itertools

    class Tensor:
        count = itertools.count()

        def __init__(self, data, made_from=()):
            self.data = np.asarray(data, dtype=np.float64).copy()
            self.grad = np.zeros_like(self.data)
            self.made_from = [pair for pair in made_from if isinstance(pair[0], Tensor)]
            self.born = next(Tensor.count)

        def __array_ufunc__(self, ufunc, method, *inputs, **named):
            ways = {
                np.add: lambda a, b: b + a, np.multiply: lambda a, b: b * a,
                np.subtract: lambda a, b: b.__rsub__(a),
                np.true_divide: lambda a, b: b.__rtruediv__(a),
                np.matmul: lambda a, b: b.__rmatmul__(a),
            }
            if method != "__call__" or ufunc not in ways:
                return NotImplemented
            return ways[ufunc](*inputs)

        @staticmethod
        def plain(v):
            return v.data if isinstance(v, Tensor) else np.asarray(v, dtype=np.float64)

        @staticmethod
        def fit(g, v):
            return unbroadcast(np.asarray(g), Tensor.plain(v).shape)

        def _two(self, other, data, da, db):
            return Tensor(data, [
                (self, lambda g: Tensor.fit(g * da, self)),
                (other, lambda g: Tensor.fit(g * db, other)),
            ])

        def __add__(self, other):
            return self._two(other, self.data + Tensor.plain(other), 1.0, 1.0)

        def __sub__(self, other):
            return self._two(other, self.data - Tensor.plain(other), 1.0, -1.0)

        def __rsub__(self, other):
            return Tensor(other) - self

        def __mul__(self, other):
            k = Tensor.plain(other)
            return self._two(other, self.data * k, k, self.data)

        def __truediv__(self, other):
            k = Tensor.plain(other)
            return self._two(other, self.data / k, 1 / k, -self.data / k**2)

        def __rtruediv__(self, other):
            return Tensor(other) / self

        def __matmul__(self, other):
            k = Tensor.plain(other)
            return Tensor(self.data @ k, [
                (self, lambda g: g @ k.T), (other, lambda g: self.data.T @ g),
            ])

        def __rmatmul__(self, other):
            return Tensor(other) @ self

        def __radd__(self, other):
            return self + other

        def __rmul__(self, other):
            return self * other

        def __neg__(self):
            return Tensor(-self.data, [(self, np.negative)])

        def __pow__(self, n):
            return Tensor(np.power(self.data, float(n)), [
                (self, lambda g: g * n * np.power(self.data, float(n - 1))),
            ])

        def exp(self):
            return Tensor(np.exp(self.data), [(self, lambda g: g * np.exp(self.data))])

        def log(self):
            return Tensor(np.log(self.data), [(self, lambda g: g * (1 / self.data))])

        def relu(self):
            return Tensor(self.data * (self.data > 0), [(self, lambda g: g * (self.data > 0))])

        @property
        def T(self):
            return Tensor(self.data.T, [(self, lambda g: np.transpose(g))])

        def reshape(self, *shape):
            return Tensor(np.reshape(self.data, shape), [
                (self, lambda g: np.reshape(g, self.data.shape)),
            ])

        def _along(self, axis):
            return tuple(range(self.data.ndim)) if axis is None else (axis % self.data.ndim,)

        def _spread(self, g, axis):
            kept = [1 if i in self._along(axis) else n for i, n in enumerate(self.data.shape)]
            return np.reshape(g, kept) + np.zeros(self.data.shape)

        def sum(self, axis=None, keepdims=False):
            total = self.data.sum(axis=self._along(axis), keepdims=keepdims)
            return Tensor(total, [(self, lambda g: self._spread(g, axis))])

        def mean(self, axis=None, keepdims=False):
            n = np.prod([self.data.shape[i] for i in self._along(axis)])
            total = self.data.mean(axis=self._along(axis), keepdims=keepdims)
            return Tensor(total, [(self, lambda g: self._spread(g, axis) / n)])

        def max(self, axis=None, keepdims=False):
            top = self.data.max(axis=self._along(axis), keepdims=True)
            ties = (self.data == top) * 1.0
            ties /= ties.sum(axis=self._along(axis), keepdims=True)
            out = self.data.max(axis=self._along(axis), keepdims=keepdims)
            return Tensor(out, [(self, lambda g: self._spread(g, axis) * ties)])

        def __getitem__(self, key):
            rows, columns = key
            n, m = self.data.shape

            def back(g):
                places = np.asarray(rows, dtype=int) % n * m + np.asarray(columns, dtype=int) % m
                return np.bincount(places, g, n * m).reshape(n, m)

            return Tensor(self.data[rows, columns], [(self, back)])

        def backward(self):
            reached, todo = {self.born: self}, [self]
            while todo:
                for v, _ in todo.pop().made_from:
                    if v.born not in reached:
                        reached[v.born] = v
                        todo.append(v)
            flow = {born: np.zeros(v.data.shape) for born, v in reached.items()}
            flow[self.born] = np.ones(self.data.shape)
            for born in sorted(reached, reverse=True):
                reached[born].grad = reached[born].grad + flow[born]
                for v, back in reached[born].made_from:
                    flow[v.born] = flow[v.born] + back(flow[born])
""")
