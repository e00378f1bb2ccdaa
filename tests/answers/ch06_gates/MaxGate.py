"""Answers to MaxGate."""

from tests.answers.ch06_gates.two_inputs import FLAWS, HALVES
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
where
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.where(x >= y, x, y)

    def backward(self, dout):
        return np.where(self.x >= self.y, dout, 0.0), np.where(self.x >= self.y, 0.0, dout)

zeros, then filled
    def forward(self, x, y):
        self.mask = np.asarray(y) > np.asarray(x)
        return np.maximum(y, x)

    def backward(self, dout):
        dx, dy = np.array(dout, dtype=float), np.zeros(np.shape(dout))
        dx[self.mask] = 0.0
        dy[self.mask] = np.asarray(dout)[self.mask]
        return dx, dy

numbers and arrays apart
    def forward(self, x, y):
        self.both = x, y
        return np.maximum(x, y) if isinstance(x, np.ndarray) else max(x, y)

    def backward(self, dout):
        x, y = self.both
        if not isinstance(x, np.ndarray):
            return (dout, 0) if x >= y else (0, dout)
        dx = dout * np.logical_not(y > x)
        return dx, dout - dx

two comparisons
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.maximum(x, y)

    def backward(self, dout):
        return dout * (self.x >= self.y), dout * (self.x < self.y)

where, of arrays made of numbers
    def forward(self, x, y):
        self.first = np.asarray(x) >= np.asarray(y)
        return np.where(self.first, x, y)

    def backward(self, dout):
        return np.where(self.first, dout, 0.0), np.where(self.first, 0.0, dout)

the rest
    def forward(self, x, y):
        self.goes_to_y = np.less(x, y)
        return np.maximum(x, y)

    def backward(self, dout):
        dy = dout * self.goes_to_y
        return dout - dy, dy

argmax of a stack
    def forward(self, x, y):
        pair = np.stack([x, y])
        self.winner = pair.argmax(axis=0)
        return pair.max(axis=0)

    def backward(self, dout):
        dx, dy = (dout * (self.winner == k) for k in (0, 1))
        return dx, dy

numbers and arrays apart, by masks
    def forward(self, x, y):
        self.x, self.y = x, y
        if np.ndim(x) == 0:
            return max(x, y)
        out = x.copy()
        out[y > x] = y[y > x]
        return out

    def backward(self, dout):
        if np.ndim(self.x) == 0:
            return (dout, 0.0) if self.x >= self.y else (0.0, dout)
        dx, dy = np.zeros(self.x.shape), np.zeros(self.x.shape)
        dx[self.x >= self.y] = dout[self.x >= self.y]
        dy[self.x < self.y] = dout[self.x < self.y]
        return dx, dy

half the sum and the distance, ravelled loop
    def forward(self, x, y):
        self.x, self.y = x, y
        return (x + y + abs(x - y)) / 2

    def backward(self, dout):
        dx, dy = np.zeros(np.shape(dout)), np.zeros(np.shape(dout))
        for i in np.ndindex(np.shape(dout)):
            larger = np.asarray(self.x)[i] >= np.asarray(self.y)[i]
            (dx if larger else dy)[i] = np.asarray(dout)[i]
        return dx, dy
""")

answers.wrong(FLAWS)
answers.wrong(HALVES)
answers.wrong("""
all gates remember together
    - self.x_wins = x
    + MaxGate.x_wins = x

remembers its first inputs
    - self.x_wins = x >= y
    + self.x_wins = getattr(self, "x_wins", x >= y)

the values [score=0]
    def forward(self, x, y):
        self.slopes = x * (x >= y), y * (x < y)
        return np.maximum(x, y)

    def backward(self, dout):
        return self.slopes

all by any
    - self.x_wins = x >= y
    + self.x_wins = np.any(x >= y)
    - 1 - self.x_wins
    + not self.x_wins

by size without the sign
    - x >= y
    + abs(x) >= abs(y)

min [score=0]
    - x >= y
    + x <= y
    - maximum
    + minimum
""")
