"""decision_boundary: the line on which two classes score the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def decision_boundary(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    """Find the line (or plane, or hyperplane) on which classes i and j score the same.

    Args:
        W: (C, D) float64 weights, one row per class. W itself must not change.
        b: (C,) float64 biases.
        i, j: two different labels in 0..C-1.

    Returns:
        normal: (D,) float64 and
        offset: a float, such that normal @ x + offset is the score of class i minus that of class j
        at x: 0 on the boundary, positive where i wins, negative where j wins.
    """
    return W[i] - W[j], b[i] - b[j]


# The worked example of the chapter: three classes of images of two pixels.
W_PLANE = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
B_PLANE = np.array([0.0, 2.0, 13.0])


def draw_boundary(rng: np.random.Generator, c: int, d: int, i: int, j: int) -> dict[str, Any]:
    """Weights and biases of ordinary size, and two classes of the C."""
    return {"W": rng.normal(size=(c, d)), "b": rng.normal(size=c), "i": i, "j": j}


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(
        "classes 0 and 1 of the worked example", {"W": W_PLANE, "b": B_PLANE, "i": 0, "j": 1}
    )
    i, j = sorted(int(n) for n in rng.choice(4, size=2, replace=False))
    yield Case("two of four classes in the plane", draw_boundary(rng, 4, 2, i, j))
    i, j = sorted((int(n) for n in rng.choice(3, size=2, replace=False)), reverse=True)
    yield Case("the larger label first", draw_boundary(rng, 3, 2, i, j))
    i, j = (int(n) for n in rng.choice(5, size=2, replace=False))
    yield Case("two of five classes, six features", draw_boundary(rng, 5, 6, i, j))
    i, j = (int(n) for n in rng.choice(3, size=2, replace=False))
    same = draw_boundary(rng, 3, 3, i, j)
    same["b"] = np.full(3, rng.normal())
    yield Case("equal biases", same, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("only two classes", draw_boundary(rng, 2, 4, 1, 0), edge=True)
    yield Case("a single feature", draw_boundary(rng, 4, 1, 3, 1), edge=True)
    far = draw_boundary(rng, 4, 3, 2, 3)
    far["b"] *= 1e3
    yield Case("large biases", far, edge=True)
    for name, scale in (("tiny", 1e-12), ("huge", 1e9)):
        inputs = draw_boundary(rng, 4, 3, 0, 2)
        inputs |= {"W": scale * inputs["W"], "b": scale * inputs["b"]}
        inputs["W"][2], inputs["b"][2] = 0.0, 0.0
        yield Case(f"numbers that are {name}", inputs, edge=True, atol=0.0)
    alike = draw_boundary(rng, 4, 3, 1, 3)
    alike["W"] = np.repeat(alike["W"][:, :1], 3, axis=1)
    alike["b"] = np.zeros(4)
    yield Case("weights that are the same for every feature, no biases", alike, edge=True)
    last = draw_boundary(rng, 3, 4, 2, 1) | {"i": np.int64(2), "j": np.int64(1)}
    yield Case("labels out of an array of labels", last, edge=True)
    yield laid_out(**draw_boundary(rng, 4, 3, 1, 2))


exercise.wrong_ways("""
other-way-round: Your line is right, but its positive side is where j wins; it must be where i wins.
    return W[j] - W[i], b[j] - b[i]

offset-on-the-other-side: Your offset has the wrong sign: it stands on the same side of the equation
as normal @ x.
    return W[i] - W[j], b[j] - b[i]

no-offset: You left the biases out: without them every boundary runs through the origin.
    return W[i] - W[j], 0.0

columns-as-classes: You subtracted columns of W; the weights of class i are its row i.
    return W[:, i] - W[:, j], b[i] - b[j]

added: You added the two classes up; where two scores are equal, their difference is 0.
    return W[i] + W[j], b[i] + b[j]

unit-normal: You divided by the normal's length: the same line, but normal @ x + offset is then no
longer the difference of the two scores.
    normal = W[i] - W[j]
    length = float(np.linalg.norm(normal))
    return normal / length, (b[i] - b[j]) / length

along-the-line: Your vector runs along the line; the normal stands at right angles to it.
    normal = W[i] - W[j]
    return np.append(-normal[-1], normal[-2::-1]), b[i] - b[j]

weights-overwritten: Your answer is right, but W is not any more: W[i] is a view into W, and
subtracting from it in place changes the weights.
    normal = W[i]
    normal -= W[j]
    return normal, b[i] - b[j]

biases-added: Your normal is right, but you added the two biases up; as with the weights, it is the
difference that counts.
    return W[i] - W[j], b[i] + b[j]

biases-averaged: Your normal is right, but you took the mean of the two biases; as with the weights,
it is their difference that counts.
    return W[i] - W[j], (b[i] + b[j]) / 2

offset-alone-divided: Your normal is right, but you divided the offset by its length: normal @ x +
offset is then no longer the difference of the two scores.
    normal = W[i] - W[j]
    return normal, float((b[i] - b[j]) / np.linalg.norm(normal))

offset-first: You return the offset first; the normal comes first, then the offset.
    return b[i] - b[j], W[i] - W[j]

midpoint: Your line runs through the middle between the two rows of W, as if they were images; it
lies where the two scores are equal, and these have biases.
    normal = W[i] - W[j]
    return normal, -float(normal @ (W[i] + W[j]) / 2)

normal-alone-divided: Your offset is right, but you divided the normal by its length: normal @ x +
offset is then no longer the difference of the scores.
    normal = W[i] - W[j]
    return normal / np.linalg.norm(normal), b[i] - b[j]
""")
exercise.wrong_ways(SINGLE)
