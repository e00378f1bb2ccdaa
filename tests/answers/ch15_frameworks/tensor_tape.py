"""A right answer to Tensor that keeps no graph, but one list of all operations."""

from grader.exercises import Table

TAPE = Table("""
one list of all operations, walked from its end; NumPy floats for single numbers
    class Tensor:
        __array_ufunc__ = None
        tape = []

        def __init__(self, data, back=None):
            self.data = np.array(data, dtype=np.float64)[()]
            self.grad = np.zeros(np.shape(self.data))[()]
            self.back = back
            if back is not None:
                Tensor.tape.append(self)

        def get(self, g):
            self.grad = self.grad + unbroadcast(np.asarray(g), np.shape(self.data))

        def _binary(self, other, forward, da, db):
            other = other if isinstance(other, Tensor) else Tensor(other)
            a, b = self.data, other.data

            def back(g):
                self.get(da(g, a, b))
                other.get(db(g, a, b))

            return Tensor(forward(a, b), back)

        def __add__(self, other):
            return self._binary(other, np.add, lambda g, a, b: g, lambda g, a, b: g)

        def __sub__(self, other):
            return self._binary(other, np.subtract, lambda g, a, b: g, lambda g, a, b: -g)

        def __mul__(self, other):
            return self._binary(other, np.multiply, lambda g, a, b: g * b, lambda g, a, b: g * a)

        def __truediv__(self, other):
            return self._binary(
                other, np.divide, lambda g, a, b: g / b, lambda g, a, b: -g * a / b**2
            )

        def __matmul__(self, other):
            return self._binary(
                other, np.matmul, lambda g, a, b: g @ b.T, lambda g, a, b: (g.T @ a).T
            )

        def __radd__(self, other):
            return Tensor(other) + self

        def __rsub__(self, other):
            return Tensor(other) - self

        def __rmul__(self, other):
            return Tensor(other) * self

        def __rtruediv__(self, other):
            return Tensor(other) / self

        def __rmatmul__(self, other):
            return Tensor(other) @ self

        def __neg__(self):
            return 0.0 - self

        def _one(self, data, slope):
            return Tensor(data, lambda g: self.get(g * slope))

        def __pow__(self, n):
            return self._one(self.data**n, n * self.data ** (n - 1.0))

        def exp(self):
            e = np.exp(self.data)
            return self._one(e, e)

        def log(self):
            return self._one(np.log(self.data), 1 / self.data)

        def relu(self):
            return self._one(np.maximum(self.data, 0), np.heaviside(self.data, 0))

        @property
        def T(self):
            return Tensor(self.data.T, lambda g: self.get(g.T))

        def reshape(self, *shape):
            here = self.data.shape
            return Tensor(self.data.reshape(shape), lambda g: self.get(np.reshape(g, here)))

        def _squeeze(self, kept, slope, axis, keepdims):
            out = kept if keepdims else np.squeeze(kept, axis)
            return Tensor(out, lambda g: self.get(np.reshape(g, kept.shape) * slope))

        def sum(self, axis=None, keepdims=False):
            kept = np.sum(self.data, axis=axis, keepdims=True)
            return self._squeeze(kept, np.ones(self.data.shape), axis, keepdims)

        def mean(self, axis=None, keepdims=False):
            kept = np.mean(self.data, axis=axis, keepdims=True)
            slope = np.full(self.data.shape, kept.size / self.data.size)
            return self._squeeze(kept, slope, axis, keepdims)

        def max(self, axis=None, keepdims=False):
            kept = np.max(self.data, axis=axis, keepdims=True)
            slope = np.equal(self.data, kept) / np.equal(self.data, kept).sum(axis, keepdims=True)
            return self._squeeze(kept, slope, axis, keepdims)

        def __getitem__(self, key):
            def back(g):
                for r, c, part in zip(*key, g):
                    self.grad[r, c] += part

            return Tensor(self.data[key], back)

        def backward(self):
            for tensor in Tensor.tape:
                tensor.grad = np.zeros(np.shape(tensor.data))
            self.grad = np.ones(np.shape(self.data))
            for tensor in reversed(Tensor.tape):
                if np.any(tensor.grad):
                    tensor.back(tensor.grad)
""")
