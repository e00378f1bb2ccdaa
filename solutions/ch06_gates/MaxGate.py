"""MaxGate: a gate that lets the larger through, there and back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.two_inputs import (
    SCENARIOS,
    as_numbers,
    cases_of_two_inputs,
    draw_pair,
    hidden_cases_of_two_inputs,
)

exercise = ExerciseDefinition(points=2, results=("dx", "dy"))


@exercise.reference
class MaxGate:
    """A gate with out = max(x, y).

    Numbers or arrays go in; out, dout, dx and dy have the shape of x and y, and of arrays the
    larger is taken entry by entry.
    """

    def forward(self, x: float | np.ndarray, y: float | np.ndarray) -> float | np.ndarray:
        """The output, for x and y of equal shape. Remembers what backward needs."""
        self.x_wins = x >= y
        return np.maximum(x, y)

    def backward(self, dout: float | np.ndarray) -> tuple:
        """The gradients (dx, dy) of the final result, given its gradient dout at the output.

        Where x and y were equal, all of dout goes to x.
        """
        return dout * self.x_wins, dout * (1 - self.x_wins)


for scenario in SCENARIOS:
    exercise.scenario()(scenario)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from cases_of_two_inputs(rng)
    tied = draw_pair(rng, 6)
    tied["y"][3:] = tied["x"][3:]
    yield Case("ties", tied, scenario="there_and_back", edge=True)
    a, g = rng.uniform(1.5, 4.0, size=2)
    yield Case("two equal numbers", as_numbers(a, a, g), scenario="there_and_back", edge=True)


exercise.hidden_cases(hidden_cases_of_two_inputs)


exercise.wrong_ways("""
to-both: Both inputs got all of dout; the smaller one has no say in the output, so its gradient
is 0.
    - dout * self.x_wins, dout * (1 - self.x_wins)
    + dout, dout

to-the-smaller: Your gradient goes to the smaller input; it is the larger one that the output
follows.
    - dout * self.x_wins, dout * (1 - self.x_wins)
    + dout * (1 - self.x_wins), dout * self.x_wins

no-upstream: You return who won as ones and zeros; the winner's gradient is dout.
    - dout * self.x_wins, dout * (1 - self.x_wins)
    + 1.0 * self.x_wins, 1.0 * (1 - self.x_wins)

tie-to-y: Where the inputs are equal, your gradient goes to y; the docstring gives it to x.
    - x >= y
    + x > y

tie-to-both: Where the inputs are equal, both get dout; it must go to x, and only there.
    - self.x_wins = x >= y
    + self.x_wins, self.y_wins = x >= y, y >= x
    - (1 - self.x_wins)
    + self.y_wins

tie-to-nobody: Where the inputs are equal, the gradient is lost: neither of your comparisons is true
there.
    - self.x_wins = x >= y
    + self.x_wins, self.y_wins = x > y, y > x
    - (1 - self.x_wins)
    + self.y_wins

tie-split: Where the inputs are equal, you share dout out; the docstring gives all of it to x.
    - x >= y
    + (np.sign(np.subtract(x, y)) + 1) / 2

numbers-only: Your gate works for single numbers alone: `if` and `max` cannot decide for every entry
of an array.
    def forward(self, x, y):
        self.x_wins = bool(x >= y)
        return x if self.x_wins else y

    def backward(self, dout):
        return (dout, 0.0 * dout) if self.x_wins else (0.0 * dout, dout)

times-the-winner: You multiplied dout by the larger input; the output follows it one to one, so its
slope is 1.
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.maximum(x, y)

    def backward(self, dout):
        return dout * self.x * (self.x >= self.y), dout * self.y * (self.x < self.y)

single: You return one gradient; the gate has two inputs, and each needs its own.
    - dout * self.x_wins, dout * (1 - self.x_wins)
    + dout

one-winner-for-all: You decide once for the whole array which input wins; entry by entry it may be
another.
    - self.x_wins = x >= y
    + self.x_wins = np.any(x >= y)

all-or-y: You decide once for the whole array which input wins; entry by entry it may be another.
    - self.x_wins = x >= y
    + self.x_wins = np.all(x >= y)

winner-by-the-sums: You decide once for the whole array which input wins, by its sum or its mean;
entry by entry it may be another.
    - self.x_wins = x >= y
    + self.x_wins = np.sum(x) >= np.sum(y)

one-number-for-all: Your output is the one largest number of all (np.max and Python's `max` look for
that); np.maximum compares entry by entry.
    - np.maximum(x, y)
    + np.max([x, y])

maximum-along-an-axis: np.max looks for the largest number along an axis (its second argument);
np.maximum compares entry by entry.
    - np.maximum(x, y)
    + np.max(x, y)

by-size-without-sign: You compare the inputs without their signs; -3 is less than 2.
    - self.x_wins = x >= y
    + self.x_wins = abs(x) >= abs(y)

smaller-through: Your gate lets the smaller input through; this one keeps the larger.
    - np.maximum(x, y)
    + np.minimum(x, y)

slopes-cut-off: Your gradients are cut to whole numbers where the inputs are whole numbers:
np.zeros_like(x) makes integers of integers. Shape the gradients by dout.
    def forward(self, x, y):
        self.x, self.y = np.asarray(x), np.asarray(y)
        return np.maximum(x, y)

    def backward(self, dout):
        dx, dy = np.zeros_like(self.x), np.zeros_like(self.y)
        wins = self.x >= self.y
        dx[wins], dy[~wins] = np.asarray(dout)[wins], np.asarray(dout)[~wins]
        return dx, dy

memory-of-all-gates: All of your gates share one memory, so a second gate overwrites what the first
remembered: keep it on self.
    - self.x_wins = x
    + MaxGate.x_wins = x

first-memory: Your gate keeps what won at its first forward; backward needs the last.
    - self.x_wins = x >= y
    + self.x_wins = getattr(self, "x_wins", x >= y)

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    def forward(self, x, y):
        return np.float64(reference.forward(self, np.float32(x), np.float32(y)))

    def backward(self, dout):
        dx, dy = reference.backward(self, np.float32(dout))
        return np.float64(dx), np.float64(dy)

value-for-the-gradient: You send the larger input itself back; what goes back is its gradient, dout.
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.maximum(x, y)

    def backward(self, dout):
        wins = np.asarray(self.x) >= self.y
        return np.where(wins, self.x, 0.0), np.where(wins, 0.0, self.y)

like-a-relu: Where x is below 0 your gate gives it no gradient, as ReLU does; what decides here is
which of x and y is larger.
    - dout * self.x_wins, dout
    + dout * self.x_wins * (self.x > 0), dout
    - self.x_wins =
    + self.x = x
    + self.x_wins =
""")
