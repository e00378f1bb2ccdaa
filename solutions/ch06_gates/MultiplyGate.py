"""MultiplyGate: a gate that multiplies, there and back."""

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

exercise = ExerciseDefinition(points=1, results=("dx", "dy"))


@exercise.reference
class MultiplyGate:
    """A gate with out = x * y.

    Numbers or arrays go in; out, dout, dx and dy have the shape of x and y, and arrays are
    multiplied entry by entry.
    """

    def forward(self, x: float | np.ndarray, y: float | np.ndarray) -> float | np.ndarray:
        """The output, for x and y of equal shape. Remembers what backward needs."""
        self.x, self.y = x, y
        return x * y

    def backward(self, dout: float | np.ndarray) -> tuple:
        """The gradients (dx, dy) of the final result, given its gradient dout at the output.

        They are those at the x and y of this gate's last forward.
        """
        return dout * self.y, dout * self.x


for scenario in SCENARIOS:
    exercise.scenario()(scenario)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    # Not as in the text, where dout is 1: with that, a forgotten dout would not show.
    yield Case("three and minus four", as_numbers(3, -4, 2), scenario="there_and_back")
    yield from cases_of_two_inputs(rng)
    idle = draw_pair(rng, 6)
    idle["x"][1:3], idle["y"][2:4] = 0.0, 0.0
    yield Case("factors that are 0", idle, scenario="there_and_back", edge=True)


exercise.hidden_cases(hidden_cases_of_two_inputs)


exercise.wrong_ways("""
not-swapped: Each input got its own value as slope; how fast x * y grows with x depends on y.
    - dout * self.y, dout * self.x
    + dout * self.x, dout * self.y

no-upstream: Your gradients leave dout out: each slope must be multiplied by what arrives at the
output.
    - dout * self.y, dout * self.x
    + self.y, self.x

like-an-add-gate: You passed dout on as it is; that is right for a sum, but a product grows faster
with x the larger y is.
    - dout * self.y, dout * self.x
    + dout, dout

times-the-product: You multiplied dout by the output x * y; the slope towards one input is the other
input alone.
    - dout * self.y, dout * self.x
    + dout * self.x * self.y, dout * self.x * self.y

divided: You divided dout by an input where a product is due.
    - dout * self.y, dout * self.x
    + dout / self.x, dout / self.y

product-over-input: You divide the output by one input to find the other, and an input may be 0:
remember both instead.
    def backward(self, dout):
        product = dout * (self.x * self.y)
        return product / np.asarray(self.x), product / np.asarray(self.y)

memory-of-all-gates: All of your gates share one memory, so a second gate overwrites what the first
remembered: keep it on self.
    - self.x, self.y = x, y
    + MultiplyGate.x, MultiplyGate.y = x, y

first-memory: Your gate keeps the inputs of its first forward; backward needs those of the last.
    - self.x, self.y = x, y
    + self.x, self.y = getattr(self, "x", x), getattr(self, "y", y)

adds-dout: You added dout to the other input; along a path, slopes are multiplied.
    - dout * self.y, dout * self.x
    + dout + self.y, dout + self.x

single: You return one gradient; the gate has two inputs, and each needs its own.
    - dout * self.y, dout * self.x
    + dout * self.y

added-together: You added the two gradients up and return their sum; the gate has two inputs, and
each gets its own.
    - dout * self.y, dout * self.x
    + dout * self.y + dout * self.x

matrix-product: Your gate multiplies arrays as matrices (`@` and np.dot do that); here entry meets
entry, which is `*`.
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.dot(x, y)

    def backward(self, dout):
        return np.dot(dout, self.y), np.dot(dout, self.x)

matrix-product-on-the-way-there: Your gate multiplies arrays as matrices (`@` and np.dot do that);
here entry meets entry, which is `*`.
    - return x * y
    + return np.dot(x, y)

sum-of-products: Your output is the sum of all products; every entry keeps its own, in an array of
the shape of x.
    - return x * y
    + return np.sum(x * y)

second-of-both: Your second gradient has both inputs as factors: it is dout times the other input,
x, alone.
    - dout * self.y, dout * self.x
    + dout * self.y, dout * self.y * self.x

same-for-both: Your two gradients are the same; y gets dout times the other input, which is x.
    - dout * self.y, dout * self.x
    + dout * self.y, dout * self.y

once-only: backward throws away what the gate remembers, so it answers only once after each forward.
    def backward(self, dout):
        x, y = self.x, self.y
        del self.x, self.y
        return dout * y, dout * x

changes-an-input: The output is right, but your gate multiplied x itself by y, and x is the caller's
(`*=` does that): make a new array.
    def forward(self, x, y):
        self.x, self.y = np.copy(x), np.copy(y)
        x *= y
        return x

dout-changed-midway: You multiplied dout itself by y (`*=` does that), so the second gradient starts
from another dout: make a new array.
    def backward(self, dout):
        dx = dout
        dx *= self.y
        return dx, dout * self.x

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    def forward(self, x, y):
        return np.float64(reference.forward(self, np.float32(x), np.float32(y)))

    def backward(self, dout):
        dx, dy = reference.backward(self, np.float32(dout))
        return np.float64(dx), np.float64(dy)
""")
