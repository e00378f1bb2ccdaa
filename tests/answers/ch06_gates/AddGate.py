"""Answers to AddGate."""

from tests.answers.ch06_gates.two_inputs import FLAWS
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
copies, written with NumPy
    def forward(self, x, y):
        return np.add(x, y)

    def backward(self, dout):
        return np.multiply(1.0, dout), np.multiply(1.0, dout)

a list of gradients
    def forward(self, x, y):
        self.slopes = [1.0, 1.0]
        return y + x

    def backward(self, dout):
        return [slope * dout for slope in self.slopes]

gradients as rows of one array
    def forward(self, x, y):
        return np.sum([x, y], axis=0)

    def backward(self, dout):
        return np.array([dout, dout])

static methods
    import operator

    class AddGate:
        forward = staticmethod(operator.add)

        @staticmethod
        def backward(dout):
            return 1.0 * dout, 1.0 * dout

a copy of x that grows
    def forward(self, x, y):
        out = np.array(x, dtype=float)
        out += y
        return out

    def backward(self, dout):
        return np.array(dout), np.array(dout)

slots and a shape
    class AddGate:
        __slots__ = ("shape",)

        def forward(self, x, y):
            self.shape = np.shape(x)
            return np.asarray(x) + np.asarray(y)

        def backward(self, dout):
            return np.ones(self.shape) * dout, np.full(self.shape, 1.0) * dout

minus minus, keywords
    def __init__(self, name="add"):
        self.name = name

    def forward(self, x, y):
        return x - (-y)

    def backward(self, dout):
        dx = dy = +dout
        return dx, dy
""")

answers.wrong(FLAWS)
answers.wrong("""
forgets what arrives [score=0]
    - dout, dout
    + dout * 0 + 1, dout * 0 + 1

multiplies [score=0]
    - return x + y
    + return x * y

all to x [score=0]
    - dout, dout
    + dout, 0 * dout

changes x
    def forward(self, x, y):
        x += y
        return x
""")
