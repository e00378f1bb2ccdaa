"""AddGate: a gate that adds, there and back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.two_inputs import (
    SCENARIOS,
    as_numbers,
    cases_of_two_inputs,
    hidden_cases_of_two_inputs,
)

exercise = ExerciseDefinition(points=1, results=("dx", "dy"))


@exercise.reference
class AddGate:
    """A gate with out = x + y.

    Numbers or arrays go in; out, dout, dx and dy have the shape of x and y.
    """

    def forward(self, x: float | np.ndarray, y: float | np.ndarray) -> float | np.ndarray:
        """The output, for x and y of equal shape."""
        return x + y

    def backward(self, dout: float | np.ndarray) -> tuple:
        """The gradients (dx, dy) of the final result, given its gradient dout at the output."""
        return dout, dout


for scenario in SCENARIOS:
    exercise.scenario()(scenario)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the worked example", as_numbers(-2, 5, -4), scenario="there_and_back")
    yield from cases_of_two_inputs(rng)


exercise.hidden_cases(hidden_cases_of_two_inputs)


exercise.wrong_ways("""
no-upstream: Your gate returns its own slopes alone; each must still be multiplied by dout, which
is what the rest of the graph does with the output.
    - dout, dout
    + dout / dout, dout / dout

shared-out: You split dout between the two inputs; but if either input grows by a little, the output
grows by all of it.
    - dout, dout
    + dout / 2, dout / 2

single: You return one gradient; the gate has two inputs, and each needs its own.
    - dout, dout
    + dout

second-negative: Your second gradient has the wrong sign: y is added, so the output grows with it.
    - dout, dout
    + dout, -dout

times-the-inputs: You multiplied dout by the inputs, as a multiply gate would; how fast does x + y
grow with x?
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, dout):
        return dout * self.x, dout * self.y

like-a-multiply-gate: You multiplied dout by the other input, as a multiply gate does; how fast does
x + y grow with x?
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, dout):
        return dout * self.y, dout * self.x

added-together: You added the two gradients up and return their sum; the gate has two inputs, and
each gets its own.
    - dout, dout
    + dout + dout

zeros-behind: Your second gradient is 0; the output grows with y as fast as with x.
    - dout, dout
    + dout, 0.0 * dout

forward-multiplies: Your gate multiplies; this one adds.
    - return x + y
    + return x * y

changes-an-input: The output is right, but your gate added y to x itself, which is the caller's
(`+=` does that): make a new array.
    def forward(self, x, y):
        x += y
        return x

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    def forward(self, x, y):
        return np.float64(reference.forward(self, np.float32(x), np.float32(y)))

    def backward(self, dout):
        dx, dy = reference.backward(self, np.float32(dout))
        return np.float64(dx), np.float64(dy)

inputs-back: You send the inputs themselves back; what goes back is the gradient of the output,
dout.
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, dout):
        return self.x, self.y

times-the-output: You multiplied dout by the output; how fast does x + y grow with x?
    def forward(self, x, y):
        self.out = x + y
        return self.out

    def backward(self, dout):
        return dout * self.out, dout * self.out
""")
