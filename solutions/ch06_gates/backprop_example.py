"""backprop_example: (x + y) z and its gradients, one step at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=1)


@exercise.reference
def backprop_example(x: float, y: float, z: float) -> tuple[float, float, float, float]:
    """Compute f = (x + y) z and its three gradients, one step of the chain rule at a time.

    Args:
        x, y, z: three numbers.

    Returns:
        (f, df_dx, df_dy, df_dz): four numbers, the value and how fast it grows with x, y and z.
    """
    q = x + y
    f = q * z
    df_dq, df_dz = z, q  # the multiply gate swaps
    return f, df_dq * 1.0, df_dq * 1.0, df_dz  # the add gate hands on to both


@exercise.scenario()
def numbers_as_floats(backprop_example, x, y, z):
    """What the function gives, whole numbers as floats."""
    given = backprop_example(x, y, z)
    if not isinstance(given, (tuple, list)):
        return given
    whole = (int, np.integer)
    return tuple(float(part) if isinstance(part, whole) else part for part in given)


def draw_three(rng: np.random.Generator) -> dict[str, float]:
    """Three numbers of different size, of either sign, none near 0 or 1."""
    sizes = rng.permutation([1.7, 2.9, 4.3]) * rng.uniform(0.9, 1.1, size=3)
    values = sizes * rng.choice([-1.0, 1.0], size=3)
    return dict(zip("xyz", (float(v) for v in values), strict=True))


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the worked example", {"x": -2.0, "y": 5.0, "z": -4.0})
    for label in ("three numbers", "three other numbers"):
        yield Case(label, draw_three(rng))
    x, z = float(rng.uniform(1, 5)), float(rng.uniform(1, 5))
    yield Case("a sum that is 0", {"x": x, "y": -x, "z": z}, edge=True)
    yield Case("z is 0", {**draw_three(rng), "z": 0.0}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    tiny = {name: 1e-3 * value for name, value in draw_three(rng).items()}
    yield Case("small numbers", tiny, edge=True)
    for label, three in (
        ("a tiny and a huge number", (3e-12, -2e6, 4e-10)),
        ("a huge and a tiny number", (-4e6, 1e-11, 3e6)),
        ("0 and 1", (0.0, 1.0, 1.0)),
        ("1 and 0", (1.0, 0.0, 2.5)),
    ):
        yield Case(label, dict(zip("xyz", three, strict=True)), edge=True)
    whole = dict(zip("xyz", (int(k) for k in rng.permutation([-3, 1, 4])), strict=True))
    yield Case("whole numbers", whole, scenario="numbers_as_floats", edge=True)
    numbers = {name: np.float64(value) for name, value in draw_three(rng).items()}
    yield Case("NumPy's numbers", numbers, edge=True)
    x = float(rng.uniform(1, 5))
    yield Case("three times the same number", {"x": x, "y": x, "z": x}, edge=True)


exercise.wrong_ways("""
stopped-at-the-sum: Your gradients of x and y are 1, those of the sum alone; multiply them
by how fast f grows with the sum, which is z.
    - df_dq * 1.0, df_dq * 1.0
    + 1.0, 1.0

times-the-input: You multiplied the gradients of x and y by x and y, as if they were factors; they
are added.
    - df_dq * 1.0, df_dq * 1.0
    + z * x, z * y

z-from-itself: Your gradient of z is z; at a product each side gets the other side, here x + y.
    - = z, q
    + = z, z

value-last: The value f comes first, then the gradients of x, y and z.
    - f, df_dq * 1.0, df_dq * 1.0, df_dz
    + df_dq, df_dq, df_dz, f

z-is-one: Your gradient of z is 1, as if z were added; it is multiplied by x + y.
    - = z, q
    + = z, 1.0

shared-out: You halved the gradient between x and y; the sum grows by all of what either of them
grows.
    - df_dq * 1.0, df_dq * 1.0
    + df_dq / 2, df_dq / 2

another-bracket: You computed x + y z; the brackets say that the sum comes first.
    return x + y * z, 1.0, z, y

value-of-another-bracket: Your value f is x + y z; the brackets say that the sum comes first. Your
gradients are right.
    - f = q * z
    + f = x + y * z

not-swapped: x and y get the sum, and z gets itself: at a product each side gets the other side.
    - = z, q
    + = q, z

sum-for-x-and-y: Your gradients of x and y are the sum x + y; at the product, the sum's side gets
the other side, z.
    - = z, q
    + = q, q

times-the-value: You multiplied the gradients by the value f; what goes back starts with 1 at f.
    - f, df_dq * 1.0, df_dq * 1.0, df_dz
    + f, df_dq * f, df_dq * f, df_dz * f

value-alone: Your function gives f alone; give back four numbers, f and its three gradients.
    return (x + y) * z

gradients-alone: Your function gives the three gradients; the value f comes first.
    - f, df_dq * 1.0
    + df_dq * 1.0

wrong-sign: Your gradients have the wrong sign.
    - f, df_dq * 1.0, df_dq * 1.0, df_dz
    + f, -df_dq, -df_dq, -df_dz

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    x, y, z = (float(np.float32(v)) for v in (x, y, z))
    return tuple(float(np.float32(v)) for v in ((x + y) * z, z, z, x + y))

all-three-multiplied: Your gradients of x and y are those of x y z, in which all three are
multiplied; x and y are added first, and the sum's side gets z.
    - df_dq * 1.0, df_dq * 1.0
    + y * z, x * z

z-first: Your gradients stand in another order: x comes first, then y, then z.
    - f, df_dq * 1.0, df_dq * 1.0, df_dz
    + f, df_dz, df_dq, df_dq

z-in-the-middle: Your gradients stand in another order: x comes first, then y, then z.
    - f, df_dq * 1.0, df_dq * 1.0, df_dz
    + f, df_dq, df_dz, df_dq

z-gets-the-value: Your gradient of z is the value f itself; at a product each side gets the other
side alone, here x + y.
    - = z, q
    + = z, f
""")
