"""Chapter 06, first part: the gates that people write instead."""

from __future__ import annotations

import math

import numpy as np

from solutions._ch06_gates import AddGate, MaxGate, MultiplyGate, SigmoidGate, chapter
from solutions._edited import edited

# What backward returns in the reference of each gate, to be replaced.
ADD = "return dout, dout"
MULTIPLY = "return dout * self.y, dout * self.x"
MAX = "return dout * self.x_wins, dout * (1 - self.x_wins)"
SIGMOID = "return dout * self.out * (1.0 - self.out)"

WRONG_ADD = {
    "no-upstream": (
        "Your gate returns its own slopes alone; each must still be multiplied by dout, which is "
        "what the rest of the graph does with the output.",
        "return dout / dout, dout / dout",
    ),
    "shared-out": (
        "You split dout between the two inputs; but if either input grows by a little, the output "
        "grows by all of it.",
        "return dout / 2, dout / 2",
    ),
    "single": (
        "You return one gradient; the gate has two inputs, and each needs its own.",
        "return dout",
    ),
    "second-negative": (
        "Your second gradient has the wrong sign: y is added, so the output grows with it.",
        "return dout, -dout",
    ),
}
for name, (sentence, line) in WRONG_ADD.items():
    chapter.misconception(AddGate, name, sentence)(edited(AddGate, (ADD, line)))


@chapter.misconception(
    AddGate, "times-the-inputs",
    "You multiplied dout by the inputs, as a multiply gate would; how fast does x + y grow with x?",
)  # fmt: skip
class _AddTimesInputs:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, dout):
        return dout * self.x, dout * self.y


WRONG_MULTIPLY = {
    "not-swapped": (
        "Each input got its own value as slope; how fast x * y grows with x depends on y.",
        "return dout * self.x, dout * self.y",
    ),
    "no-upstream": (
        "Your gradients leave dout out: each slope must be multiplied by what arrives at the "
        "output.",
        "return self.y, self.x",
    ),
    "like-an-add-gate": (
        "You passed dout on as it is; that is right for a sum, but a product grows faster with x "
        "the larger y is.",
        "return dout, dout",
    ),
    "times-the-product": (
        "You multiplied dout by the output x * y; the slope towards one input is the other input "
        "alone.",
        "return dout * self.x * self.y, dout * self.x * self.y",
    ),
    "divided": (
        "You divided dout by an input where a product is due.",
        "return dout / self.x, dout / self.y",
    ),
    "product-over-input": (
        "You divide the output by one input to find the other, and an input may be 0: remember "
        "both instead.",
        "return dout * (self.x * self.y) / np.asarray(self.x), "
        "dout * (self.x * self.y) / np.asarray(self.y)",
    ),
}
for name, (sentence, line) in WRONG_MULTIPLY.items():
    chapter.misconception(MultiplyGate, name, sentence)(edited(MultiplyGate, (MULTIPLY, line)))

chapter.misconception(
    MultiplyGate, "memory-of-all-gates",
    "All of your gates share one memory, so a second gate overwrites what the first remembered: "
    "keep it on self.",
)(edited(
    MultiplyGate,
    ("self.x, self.y = x, y", "MultiplyGate.x, MultiplyGate.y = x, y"),
))  # fmt: skip

chapter.misconception(
    MultiplyGate, "first-memory",
    "Your gate keeps the inputs of its first forward; backward needs those of the last.",
)(edited(
    MultiplyGate,
    ("self.x, self.y = x, y", "self.x, self.y = getattr(self, 'x', x), getattr(self, 'y', y)"),
))  # fmt: skip

WRONG_MAX = {
    "to-both": (
        "Both inputs got all of dout; the smaller one has no say in the output, so its gradient "
        "is 0.",
        "return dout, dout",
    ),
    "to-the-smaller": (
        "Your gradient goes to the smaller input; it is the larger one that the output follows.",
        "return dout * (1 - self.x_wins), dout * self.x_wins",
    ),
    "no-upstream": (
        "You return who won as ones and zeros; the winner's gradient is dout.",
        "return 1.0 * self.x_wins, 1.0 * (1 - self.x_wins)",
    ),
}
for name, (sentence, line) in WRONG_MAX.items():
    chapter.misconception(MaxGate, name, sentence)(edited(MaxGate, (MAX, line)))


@chapter.misconception(
    MaxGate, "tie-to-y",
    "Where the inputs are equal, your gradient goes to y; the docstring gives it to x.",
)  # fmt: skip
class _MaxTieToY:
    def forward(self, x, y):
        self.x_wins = x > y
        return np.maximum(x, y)

    def backward(self, dout):
        return dout * self.x_wins, dout * (1 - self.x_wins)


@chapter.misconception(
    MaxGate, "tie-to-both",
    "Where the inputs are equal, both get dout; it must go to x, and only there.",
)  # fmt: skip
class _MaxTieToBoth:
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.maximum(x, y)

    def backward(self, dout):
        return dout * (self.x >= self.y), dout * (self.y >= self.x)


@chapter.misconception(
    MaxGate, "tie-to-nobody",
    "Where the inputs are equal, the gradient is lost: neither of your comparisons is true there.",
)  # fmt: skip
class _MaxTieToNobody:
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.maximum(x, y)

    def backward(self, dout):
        return dout * (self.x > self.y), dout * (self.y > self.x)


@chapter.misconception(
    MaxGate, "tie-split",
    "Where the inputs are equal, you share dout out; the docstring gives all of it to x.",
)  # fmt: skip
class _MaxTieSplit:
    def forward(self, x, y):
        self.share = (np.sign(np.subtract(x, y)) + 1) / 2
        return np.maximum(x, y)

    def backward(self, dout):
        return dout * self.share, dout * (1 - self.share)


@chapter.misconception(
    MaxGate, "numbers-only",
    "Your gate works for single numbers alone: `if` and `max` cannot decide for every entry of "
    "an array.",
)  # fmt: skip
class _MaxNumbersOnly:
    def forward(self, x, y):
        self.x_wins = bool(x >= y)
        return x if self.x_wins else y

    def backward(self, dout):
        return (dout, 0.0 * dout) if self.x_wins else (0.0 * dout, dout)


WRONG_SIGMOID = {
    "no-upstream": (
        "Your gradient leaves dout out: multiply the gate's own slope by what arrives at the "
        "output.",
        "return 0.0 * dout + self.out * (1.0 - self.out)",
    ),
    "one-factor": (
        "Your slope is the output alone; the curve is flat at both ends, so a second factor must "
        "bring it down to 0 where the output is near 1.",
        "return dout * self.out",
    ),
    "wrong-sign": (
        "Your gradient has the wrong sign: the curve rises everywhere.",
        "return dout * self.out * (self.out - 1.0)",
    ),
    "squared": (
        "Your slope is 1 - out squared, which belongs to another curve (tanh).",
        "return dout * (1.0 - self.out**2)",
    ),
    "sigmoid-again": (
        "You put the output through the sigmoid once more: the slope is made of out itself.",
        "return dout * (1 / (1 + np.exp(-self.out))) * (1 - 1 / (1 + np.exp(-self.out)))",
    ),
}
for name, (sentence, line) in WRONG_SIGMOID.items():
    chapter.misconception(SigmoidGate, name, sentence)(edited(SigmoidGate, (SIGMOID, line)))

chapter.misconception(
    SigmoidGate, "memory-of-all-gates",
    "All of your gates share one memory, so a second gate overwrites what the first remembered: "
    "keep it on self.",
)(edited(
    SigmoidGate, ("self.out = np.exp", "SigmoidGate.out = np.exp"),
))  # fmt: skip

chapter.misconception(
    SigmoidGate, "first-memory",
    "Your gate keeps the output of its first forward; backward needs that of the last.",
)(edited(
    SigmoidGate,
    ("return self.out\n", "out, self.out = self.out, self.__dict__.setdefault('first', self.out)\n"
     "        return out\n"),
))  # fmt: skip


@chapter.misconception(
    SigmoidGate, "slope-of-x",
    "You built the slope from the input x; it is made of the output, out * (1 - out).",
)  # fmt: skip
class _SigmoidSlopeOfX:
    def forward(self, x):
        self.x = x
        return np.exp(-np.logaddexp(0.0, -x))

    def backward(self, dout):
        return dout * self.x * (1.0 - self.x)


@chapter.misconception(
    SigmoidGate, "e-to-the-plus-x",
    "Your curve falls from 1 to 0: look at the sign in the exponent.",
)  # fmt: skip
class _SigmoidFalling:
    def forward(self, x):
        self.out = np.exp(-np.logaddexp(0.0, x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1.0 - self.out)


@chapter.misconception(
    SigmoidGate, "infinity-over-infinity",
    "For a large x your formula divides infinity by infinity: write the sigmoid so that a large "
    "power of e stands in the denominator alone.",
)  # fmt: skip
class _SigmoidOverflow:
    def forward(self, x):
        self.out = np.exp(x) / (1 + np.exp(x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1.0 - self.out)


@chapter.misconception(
    SigmoidGate, "slope-overflows",
    "Your output is right, but for a very small x your slope divides infinity by infinity: build "
    "it from the output.",
)  # fmt: skip
class _SigmoidSlopeOverflow:
    def forward(self, x):
        self.x = x
        return 1 / (1 + np.exp(-x))

    def backward(self, dout):
        return dout * np.exp(-self.x) / (1 + np.exp(-self.x)) ** 2


@chapter.misconception(
    SigmoidGate, "one-number-at-a-time",
    "Your gate takes single numbers alone: `float` and the functions of `math` know no arrays.",
)  # fmt: skip
class _SigmoidNumbersOnly:
    def forward(self, x):
        if isinstance(x, np.ndarray):
            raise TypeError("only length-1 arrays can be converted to Python scalars")
        self.out = 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)
