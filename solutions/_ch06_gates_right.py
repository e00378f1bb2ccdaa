"""Chapter 06, first part: right gates in other styles."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions._ch06_gates import AddGate, MaxGate, MultiplyGate, SigmoidGate, chapter


@chapter.variant(AddGate, "copies, written with NumPy")
class _AddNumpy:
    def forward(self, x, y):
        return np.add(x, y)

    def backward(self, dout):
        return np.multiply(1.0, dout), np.multiply(1.0, dout)


@chapter.variant(AddGate, "a list of gradients")
class _AddList:
    def forward(self, x, y):
        self.slopes = [1.0, 1.0]
        return y + x

    def backward(self, dout):
        return [slope * dout for slope in self.slopes]


@chapter.variant(AddGate, "gradients as rows of one array")
class _AddStacked:
    def forward(self, x, y):
        return np.sum([x, y], axis=0)

    def backward(self, dout):
        return np.array([dout, dout])


@chapter.variant(MultiplyGate, "slopes kept, not inputs")
class _MultiplySlopes:
    def __init__(self):
        self.slopes: Any = ()

    def forward(self, x, y):
        self.slopes = (y, x)
        return y * x

    def backward(self, dout):
        return tuple(slope * dout for slope in self.slopes)


@chapter.variant(MultiplyGate, "copies of the inputs")
class _MultiplyCopies:
    def forward(self, x, y):
        self.inputs = [np.array(x, dtype=float), np.array(y, dtype=float)]
        return self.inputs[0] * self.inputs[1]

    def backward(self, dout):
        x, y = self.inputs
        return [np.multiply(dout, y), np.multiply(dout, x)]


@chapter.variant(MultiplyGate, "entry by entry")
class _MultiplyLoop:
    def forward(self, x, y):
        self.cache = {"x": x, "y": y}
        return np.reshape(
            [a * b for a, b in zip(np.ravel(x), np.ravel(y), strict=True)], np.shape(x)
        )

    def backward(self, dout):
        dx = np.einsum("...,...->...", dout, self.cache["y"])
        dy = np.einsum("...,...->...", dout, self.cache["x"])
        return dx, dy


@chapter.variant(MaxGate, "where")
class _MaxWhere:
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.where(x >= y, x, y)

    def backward(self, dout):
        return np.where(self.x >= self.y, dout, 0.0), np.where(self.x >= self.y, 0.0, dout)


@chapter.variant(MaxGate, "zeros, then filled")
class _MaxFilled:
    def forward(self, x, y):
        self.mask = np.asarray(y) > np.asarray(x)
        return np.maximum(y, x)

    def backward(self, dout):
        dx, dy = np.array(dout, dtype=float), np.zeros(np.shape(dout))
        dx[self.mask] = 0.0
        dy[self.mask] = np.asarray(dout)[self.mask]
        return dx, dy


@chapter.variant(MaxGate, "numbers and arrays apart")
class _MaxApart:
    def forward(self, x, y):
        self.both = x, y
        return np.maximum(x, y) if isinstance(x, np.ndarray) else max(x, y)

    def backward(self, dout):
        x, y = self.both
        if not isinstance(x, np.ndarray):
            return (dout, 0) if x >= y else (0, dout)
        dx = dout * np.logical_not(y > x)
        return dx, dout - dx


@chapter.variant(SigmoidGate, "two formulas, by sign")
class _SigmoidBySign:
    def forward(self, x):
        small = np.exp(-np.abs(x))
        self.s = np.where(np.asarray(x) >= 0, 1 / (1 + small), small / (1 + small))
        return self.s

    def backward(self, dout):
        return (1 - self.s) * self.s * dout


@chapter.variant(SigmoidGate, "the plain formula")
class _SigmoidPlain:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * (self.out - self.out**2)


@chapter.variant(SigmoidGate, "by way of tanh")
class _SigmoidTanh:
    def forward(self, x):
        self.t = np.tanh(np.multiply(x, 0.5))
        return 0.5 + 0.5 * self.t

    def backward(self, dout):
        return np.asarray(dout) * (1 - self.t) * (1 + self.t) / 4


@chapter.variant(SigmoidGate, "input clipped, slope kept")
class _SigmoidClipped:
    def forward(self, x):
        out = 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))
        self.slope = out * (1.0 - out)
        return out

    def backward(self, dout):
        return dout * self.slope
