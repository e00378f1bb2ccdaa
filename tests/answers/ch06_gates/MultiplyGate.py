"""Answers to MultiplyGate."""

from tests.answers.ch06_gates.two_inputs import FLAWS, HALVES
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
slopes kept, not inputs
    def __init__(self):
        self.slopes = ()

    def forward(self, x, y):
        self.slopes = (y, x)
        return y * x

    def backward(self, dout):
        return tuple(slope * dout for slope in self.slopes)

copies of the inputs
    def forward(self, x, y):
        self.inputs = [np.array(x, dtype=float), np.array(y, dtype=float)]
        return self.inputs[0] * self.inputs[1]

    def backward(self, dout):
        x, y = self.inputs
        return [np.multiply(dout, y), np.multiply(dout, x)]

entry by entry
    def forward(self, x, y):
        self.cache = {"x": x, "y": y}
        return np.reshape(
            [a * b for a, b in zip(np.ravel(x), np.ravel(y), strict=True)], np.shape(x)
        )

    def backward(self, dout):
        dx = np.einsum("...,...->...", dout, self.cache["y"])
        dy = np.einsum("...,...->...", dout, self.cache["x"])
        return dx, dy

NumPy's function
    - return x * y
    + return np.multiply(x, y)

a dict, copies
    def __init__(self):
        self.cache = {}

    def forward(self, x, y):
        self.cache.update(x=np.copy(x), y=np.copy(y))
        return np.multiply(x, y)

    def backward(self, dout):
        return self.cache["y"] * dout, self.cache["x"] * dout

a closure
    def forward(self, x, y):
        self.backward = lambda dout: (y * dout, x * dout)
        return x * y

    def backward(self, dout):
        raise RuntimeError("forward first")

a subclass, einsum
    class Remembering:
        def forward(self, *inputs):
            self.inputs = inputs
            return self.value(*inputs)

    class MultiplyGate(Remembering):
        def value(self, x, y):
            return np.einsum("...,...->...", x, y)

        def backward(self, dout):
            x, y = self.inputs
            return np.einsum("...,...->...", y, dout), np.einsum("...,...->...", x, dout)

a stack as array
    def forward(self, x, y):
        self.pair = np.stack([y, x])
        return self.pair.prod(axis=0)

    def backward(self, dout):
        return tuple(self.pair * dout)
""")

answers.wrong(FLAWS)
answers.wrong(HALVES)
answers.wrong("""
no sign [score=0]
    - dout * self.y, dout * self.x
    + abs(dout * self.y), abs(dout * self.x)

divides the output
    def backward(self, dout):
        out = dout * (self.x * self.y)
        return out / (self.x + 1e-3), out / (self.y + 1e-3)

matrix product [score=0]
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.dot(x, y)

    def backward(self, dout):
        return np.dot(dout, self.y), np.dot(dout, self.x)

changes x
    def forward(self, x, y):
        self.x, self.y = np.copy(x), np.copy(y)
        x *= y
        return x
""")
