"""What goes wrong in gates with two inputs, whichever gate it is."""

from grader.exercises import Table

FLAWS = Table("""
float32
    def forward(self, x, y):
        return np.float32(reference.forward(self, x, y))

    def backward(self, dout):
        return tuple(np.float32(slope) for slope in reference.backward(self, dout))

numbers only
    def forward(self, x, y):
        return float(reference.forward(self, x, y))

    def backward(self, dout):
        return tuple(float(slope) for slope in reference.backward(self, dout))

arrays only
    def forward(self, x, y):
        return reference.forward(self, x[:], y[:])

first row of a matrix
    def forward(self, x, y):
        return reference.forward(self, *(x, y) if np.ndim(x) < 2 else (x[0], y[0]))

spoils dout
    def backward(self, dout):
        found = tuple(1.0 * slope for slope in reference.backward(self, dout))
        if isinstance(dout, np.ndarray):
            dout *= 0
        return found

no output [score=0]
    def forward(self, x, y):
        reference.forward(self, x, y)

sums the gradients
    def backward(self, dout):
        return tuple(np.sum(slope) for slope in reference.backward(self, dout))

tiny error [score=0]
    def backward(self, dout):
        return tuple(1.0001 * slope for slope in reference.backward(self, dout))
""")

# The add gate's misconceptions name these; those of the other gates do not.
HALVES = Table("""
half each [score=0]
    def backward(self, dout):
        return tuple(slope / 2 for slope in reference.backward(self, dout))

one gradient [score=0]
    def backward(self, dout):
        return reference.backward(self, dout)[0]
""")
