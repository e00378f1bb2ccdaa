"""Answers to SigmoidGate."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
two formulas, by sign
    def forward(self, x):
        small = np.exp(-np.abs(x))
        self.s = np.where(np.asarray(x) >= 0, 1 / (1 + small), small / (1 + small))
        return self.s

    def backward(self, dout):
        return (1 - self.s) * self.s * dout

the plain formula, NumPy's infinity
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * (self.out - self.out**2)

by way of tanh
    def forward(self, x):
        self.t = np.tanh(np.multiply(x, 0.5))
        return 0.5 + 0.5 * self.t

    def backward(self, dout):
        return np.asarray(dout) * (1 - self.t) * (1 + self.t) / 4

input clipped, slope kept
    def forward(self, x):
        out = 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))
        self.slope = out * (1.0 - out)
        return out

    def backward(self, dout):
        return dout * self.slope

math, entry by entry
    def forward(self, x):
        import math

        def number(v):
            return 1 / (1 + math.exp(-v)) if v > 0 else math.exp(v) / (1 + math.exp(v))

        def loops(x):
            return number(x) if np.ndim(x) == 0 else np.array([loops(part) for part in x])

        self.out = loops(x)
        return self.out

masks
    def forward(self, x):
        flat = np.atleast_1d(np.asarray(x, dtype=float))
        out = np.empty_like(flat)
        up = flat > 0
        out[up] = 1 / (1 + np.exp(-flat[up]))
        out[~up] = np.exp(flat[~up]) / (1 + np.exp(flat[~up]))
        self.out = out.reshape(np.shape(x))
        return self.out

remembers the slope
    class SigmoidGate:
        __slots__ = ("slope",)

        def forward(self, x):
            with np.errstate(over="ignore"):
                out = np.reciprocal(np.exp(np.negative(x)) + 1)
            self.slope = np.subtract(out, np.square(out))
            return out

        def backward(self, dout):
            return self.slope * dout

remembers the input
    def __init__(self):
        self.x = None

    def forward(self, x):
        self.x = np.array(x, dtype=np.float64)
        return reference().forward(self.x)

    def backward(self, dout):
        return dout * reference().forward(self.x) * reference().forward(-self.x)
""")

answers.wrong("""
math.exp
    def forward(self, x):
        import math

        self.out = 1 / (1 + math.exp(-x))
        return self.out

tanh itself [score=0]
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out**2)

one minus out [score=0]
    - dout * self.out * (1.0 - self.out)
    + dout * (1.0 - self.out)

slope of dout [score=0]
    - dout * self.out * (1.0 - self.out)
    + dout * (1.0 - dout)

a straight line [score=0]
    - np.exp(-np.logaddexp(0.0, -x))
    + np.clip(0.5 + x / 4, 0, 1)

clipped at 8
    - np.exp(-np.logaddexp(0.0, -x))
    + 1 / (1 + np.exp(-np.clip(x, -8, 8)))

float32
    - np.exp(-np.logaddexp(0.0, -x))
    + np.float32(np.exp(-np.logaddexp(0.0, -x)))

tiny error [score=0]
    - np.exp(-np.logaddexp(0.0, -x))
    + np.exp(-np.logaddexp(0.0, -x)) + 1e-4

hard 0 and 1
    - np.exp(-np.logaddexp(0.0, -x))
    + np.where(np.abs(x) > 4, x > 0, np.exp(-np.logaddexp(0.0, -x)))

a step [score=0]
    - np.exp(-np.logaddexp(0.0, -x))
    + np.where(np.asarray(x) > 0, 1.0, 0.0)

a tuple
    def backward(self, dout):
        return (reference.backward(self, dout),)

softmax [score=0]
    - np.exp(-np.logaddexp(0.0, -x))
    + np.exp(x - np.max(x)) / np.exp(x - np.max(x)).sum()

sums
    def backward(self, dout):
        return np.sum(reference.backward(self, dout))

spoils dout
    def backward(self, dout):
        dout *= self.out * (1 - self.out)
        return dout

spoils x
    def forward(self, x):
        self.out = reference().forward(x)
        if np.ndim(x):
            x[...] = self.out
        return self.out
""")
