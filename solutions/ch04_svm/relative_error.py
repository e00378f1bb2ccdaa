"""relative_error: how far two arrays differ, in proportion to their entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=1)


@exercise.reference
def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Say how far two arrays differ, in proportion to the size of their entries.

    Args:
        a, b: float64 arrays of one shape.

    Returns:
        A float: the largest entry of |a - b| / max(1e-8, |a| + |b|), computed entry by
        entry. It is 0 where the two agree and at most 1; the 1e-8 keeps it from 0 / 0.
    """
    return np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)))


def draw_pair(rng: np.random.Generator, shape: tuple[int, ...], sign: float) -> dict[str, Any]:
    """Two arrays of entries of very different sizes; where they differ most in proportion, ``a`` is
    above ``b`` (sign 1) or below it (sign -1)."""
    a = rng.choice([-1.0, 1.0], size=shape) * 10.0 ** rng.uniform(-1, 1, size=shape)
    b = a * (1 + rng.uniform(-0.01, 0.01, size=shape))
    worst = int(np.argmin(np.abs(a)))  # not the one that differs most in itself
    b.flat[worst] = a.flat[worst] - sign * float(rng.uniform(0.05, 0.09)) * abs(a.flat[worst])
    b.flat[int(np.argmax(np.abs(a)))] *= 1.02
    return {"a": a, "b": b}


def draw_single(rng: np.random.Generator) -> dict[str, Any]:
    """Two arrays of one entry."""
    return {"a": rng.uniform(1, 2, size=1), "b": rng.uniform(2, 3, size=1)}


exercise.scenario()(in_other_layouts)


@exercise.scenario()
def with_itself(implementation: Callable[..., Any], a: np.ndarray) -> Any:
    """The relative error of an array and itself."""
    return implementation(a, a)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    three = {"a": np.array([2.0, -0.5, 0.0]), "b": np.array([2.1, -0.4, 0.0])}
    yield Case("three numbers of the example", three)
    yield Case("two rows of gradients", draw_pair(rng, (5,), 1.0))
    yield Case("two matrices", draw_pair(rng, (4, 3), -1.0))
    opposite = rng.uniform(0.5, 2, size=(3, 4))
    other = opposite * rng.choice([-0.6, 0.4], size=(3, 4))
    other[1, 2] = -0.3 * opposite[1, 2]
    yield Case("some signs differ", {"a": opposite, "b": other}, edge=True)
    same = rng.normal(size=(3, 3))
    yield Case("twice the same array", {"a": same, "b": same.copy()}, edge=True)
    yield Case("zeros in the same places", {"a": np.zeros(4), "b": np.zeros(4)}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    tiny = 1e-9 * rng.uniform(0.2, 0.8, size=(2, 6))
    yield Case("entries below 1e-8", {"a": tiny[0], "b": tiny[1]}, edge=True, atol=1e-12)
    a = rng.uniform(1, 2, size=(3, 2))
    near = a * (1 + 1e-9 * rng.uniform(1, 9, size=(3, 2)))
    agree = {"a": a, "b": near}
    yield Case("gradients that agree to eight digits", agree, edge=True, rtol=1e-4, atol=1e-14)
    zero = np.array([0.0, 3.0, 0.0])
    sloping = np.array([0.0, 3.0, float(rng.uniform(0.1, 1))])
    yield Case("a slope where there should be none", {"a": zero, "b": sloping}, edge=True)
    yield Case("a single entry", draw_single(rng), edge=True)
    a, b = (draw_pair(rng, (20, 20), 1.0)[name] for name in ("a", "b"))
    yield Case("gradients of 400 entries", {"a": a, "b": b}, edge=True)
    last = rng.uniform(1, 2, size=(12, 25))
    off = last.copy()
    off[-1, -1] *= 1.5
    yield Case("300 entries, the last one wrong", {"a": last, "b": off}, edge=True)
    small = draw_pair(rng, (6,), 1.0)
    dust = {"a": 1e-12 * small["a"], "b": 1e-12 * small["b"]}
    yield Case("entries of 1e-12", dust, edge=True, atol=0.0)
    large = {name: 1e9 * value for name, value in draw_pair(rng, (3, 4), -1.0).items()}
    yield Case("entries that are huge", large, edge=True)
    yield Case("one array, handed over twice", {"a": rng.normal(size=5)}, edge=True,
               scenario="with_itself")  # fmt: skip
    yield laid_out(**draw_pair(rng, (3, 4), 1.0))


exercise.wrong_ways("""
mean-instead-of-worst: You took the mean over the entries; one wrong entry among thousands would go
unnoticed, so take the largest.
    - np.max(
    + np.mean(

absolute: You return how far the entries differ, not in proportion to their size: 0.001 is nothing
beside 1000 and everything beside 0.001.
    return np.max(np.abs(a - b))

sign-kept: You left the sign in the difference: where a is below b, the error must count as well.
    - np.abs(a - b)
    + (a - b)

larger-of-the-two: You divided by the larger of |a| and |b|; here it is their sum.
    - np.abs(a) + np.abs(b)
    + np.maximum(np.abs(a), np.abs(b))

one-of-the-two: You divided by |b| alone, so that a and b are not treated alike: use |a| + |b|.
    - np.abs(a) + np.abs(b)
    + np.abs(b)

sum-without-sizes: You divided by a + b without taking sizes first: entries of opposite sign cancel
there.
    - np.abs(a) + np.abs(b)
    + np.abs(a + b)

norms: You compared the lengths of whole arrays; one wrong entry among thousands hardly changes
those: compare entry by entry and take the largest.
    return np.linalg.norm(a - b) / max(1e-8, np.linalg.norm(a) + np.linalg.norm(b))

floor-added: You added 1e-8 to every denominator; it is a floor, so where |a| + |b| is larger it has
no say.
    - np.maximum(1e-8, np.abs(a) + np.abs(b))
    + (1e-8 + np.abs(a) + np.abs(b))

no-floor: Where both entries are 0 you divide 0 by 0: that is what the 1e-8 is for.
    - np.maximum(1e-8, np.abs(a) + np.abs(b))
    + (np.abs(a) + np.abs(b))

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    a, b = a.astype(np.float32), b.astype(np.float32)
    return float(reference(a, b))

whole-arrays: You compared the largest difference with the largest size in the whole array; the
proportion is taken entry by entry.
    return np.max(np.abs(a - b)) / max(1e-8, np.max(np.abs(a) + np.abs(b)))

floor-added-to-the-sum: You divided by |a + b|, in which entries of opposite sign cancel, and added
1e-8: take the size of each, and 1e-8 only as a floor.
    - np.maximum(1e-8, np.abs(a) + np.abs(b))
    + (np.abs(a + b) + 1e-8)

norms-and-one-side: You compared the lengths of whole arrays, and divided by that of one alone:
compare entry by entry, divide by |a| + |b|, and take the largest.
    return np.linalg.norm(a - b) / np.linalg.norm(a)

norms-and-the-other-side: You compared the lengths of whole arrays, and divided by that of one
alone: compare entry by entry, divide by |a| + |b|, and take the largest.
    return np.linalg.norm(a - b) / np.linalg.norm(b)

norms-and-the-longer: You compared the lengths of whole arrays; one wrong entry among thousands
hardly changes those: compare entry by entry and take the largest.
    return np.linalg.norm(a - b) / max(1e-8, np.linalg.norm(a), np.linalg.norm(b))

first-of-the-two: You divided by |a| alone, so that a and b are not treated alike: use |a| + |b|.
    - np.abs(a) + np.abs(b)
    + np.abs(a)
""")
