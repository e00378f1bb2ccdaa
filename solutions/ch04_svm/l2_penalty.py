"""l2_penalty: how large weights are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
def l2_penalty(W: np.ndarray, reg: float) -> float:
    """Measure how large weights are.

    Args:
        W: (C, D) weights.
        reg: how much the penalty counts, a number >= 0.

    Returns:
        A float: reg times the sum of the squares of all entries of W.
    """
    return float(reg * np.sum(W * W))


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    reg = float(rng.uniform(0.2, 0.8))
    two_by_two = {"W": np.array([[1.0, -2.0], [3.0, 0.5]]), "reg": 0.1}
    yield Case("two by two weights", two_by_two)
    c, d = (int(k) for k in rng.choice([3, 4, 5, 6], size=2, replace=False))
    yield Case("several classes", {"W": rng.normal(scale=2.0, size=(c, d)), "reg": reg})
    negative = {"W": -rng.uniform(0.5, 2, size=(3, 4)), "reg": float(rng.uniform(1.5, 3))}
    yield Case("weights that are all negative", negative)
    yield Case("reg = 0", {"W": rng.normal(size=(3, 5)), "reg": 0.0}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single class", {"W": rng.normal(size=(1, 6)), "reg": 0.3}, edge=True)
    whole = {"W": rng.integers(-9, 10, size=(4, 3)), "reg": 0.25}
    yield Case("weights that are whole numbers", whole, edge=True)
    yield Case("weights that are all zero", {"W": np.zeros((3, 4)), "reg": 0.5}, edge=True)
    small = {"W": rng.integers(-99, 100, size=(5, 4), dtype=np.int32), "reg": 1}
    yield Case("weights as int32, reg = 1", small, edge=True)
    tiny = {"W": 1e-12 * rng.normal(size=(3, 4)), "reg": 1e-12}
    yield Case("weights and reg that are tiny", tiny, edge=True, atol=0.0)
    huge = {"W": 1e9 * rng.normal(size=(3, 4)), "reg": 1e6}
    yield Case("weights and reg that are huge", huge, edge=True)
    yield Case("reg = 0, an int", {"W": rng.normal(size=(2, 3)), "reg": 0}, edge=True)
    yield laid_out(W=rng.normal(size=(3, 4)), reg=0.7)


exercise.wrong_ways("""
halved: You put a factor 1/2 before the penalty, as some books do; here there is none.
    return 0.5 * reg * np.sum(W * W)

sizes-instead-of-squares: You added up the sizes of the weights (an L1 penalty); here it is their
squares.
    return reg * np.sum(np.abs(W))

square-root: You took the square root of the sum, which gives the length of W; the penalty is the
sum of squares itself.
    return reg * np.sqrt(np.sum(W * W))

squared-too-late: You added first and squared then, so that weights of different sign cancel: square
each one.
    return reg * np.sum(W) ** 2

mean: You took the mean of the squares; it is their sum.
    return reg * np.mean(W * W)

products-of-rows: W @ W.T multiplies every row with every row; the penalty needs each weight
times itself, entry by entry.
    return reg * np.sum(W @ W.T)

products-of-columns: W.T @ W multiplies every column with every column; the penalty needs each
weight times itself, entry by entry.
    return reg * np.sum(W.T @ W)

reg-forgotten: reg has no influence on your result; it says how much the penalty counts.
    return float(np.sum(W * W))

last-column-left-out: You left out the last column, as if it were a bias; every entry of W is
penalised.
    return reg * np.sum(W[:, :-1] ** 2)

reg-squared: You multiplied by reg before you squared, so that reg counts squared: it multiplies the
sum, once.
    return np.sum((reg * W) ** 2)

spectral-norm: np.linalg.norm(W, 2) is another norm where W is a matrix, its largest singular value:
add up the squares of all weights.
    return float(reg * np.linalg.norm(W, 2) ** 2)

first-row-alone: You give your result after the first row: the `return` belongs behind the loops.
    return reference(W[:1], reg)
""")
exercise.wrong_ways(SINGLE)
