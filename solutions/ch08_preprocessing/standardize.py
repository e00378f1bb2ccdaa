"""standardize: every feature centred and scaled, by statistics that are given."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.features import ROOMS, draw_rows
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def standardize(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    """Centre and scale every feature: x' = (x - mean) / std, the z-score.

    Args:
        X: (N, D) examples of any split, one a row; float64, or integers such as uint8
            pixels. X itself stays as it is.
        mean: (D,) float64, of each feature in the training rows.
        std: (D,) float64, of each feature in the training rows; 0 for one that never changed.

    Returns:
        (N, D) float64. A feature whose std is 0 becomes 0 in every row, whatever X holds there.
    """
    centred = X - mean
    return np.divide(centred, std, out=np.zeros_like(centred), where=std > 0)


exercise.scenario()(in_other_layouts)


def draw_scaled(rng: np.random.Generator, n: int, d: int) -> dict[str, np.ndarray]:
    """Rows, and statistics that are not those of the rows themselves."""
    std = rng.uniform(1.5, 6, size=d)
    std[0] = rng.uniform(0.3, 0.8)
    return {"X": draw_rows(rng, n, d), "mean": rng.uniform(-8, 8, size=d), "std": std}


def draw_constant(rng: np.random.Generator, *, moved: bool) -> dict[str, np.ndarray]:
    """Inputs in which one feature has std 0 (and, if moved, values off its mean)."""
    inputs = draw_scaled(rng, 6, 4)
    j = int(rng.integers(0, 4))
    inputs["std"][j] = 0.0
    inputs["mean"][j] = float(rng.integers(2, 9))
    inputs["X"][:, j] = inputs["mean"][j]
    if moved:
        inputs["X"][:3, j] += rng.uniform(1, 5, size=3)
    return inputs


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(
        "the four rooms of the worked example",
        {"X": ROOMS, "mean": ROOMS.mean(axis=0), "std": ROOMS.std(axis=0)},
    )
    n, d = (int(size) for size in rng.permutation([4, 6]))
    yield Case("rows that the statistics were not made from", draw_scaled(rng, n, d))
    n = int(rng.integers(3, 6))
    yield Case("as many examples as features", draw_scaled(rng, n, n))
    yield Case("a feature whose std is 0", draw_constant(rng, moved=False), edge=True)
    yield Case(
        "a feature whose std is 0, and which differs from its mean in new rows",
        draw_constant(rng, moved=True),
        edge=True,
    )
    pixels = draw_scaled(rng, 5, 4)
    pixels["X"] = rng.integers(0, 256, size=(5, 4), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True)
    fine = {name: 1e-4 * value for name, value in draw_scaled(rng, 5, 3).items()}
    yield Case("features with very small numbers", fine, edge=True)
    tiny = {name: 1e-11 * value for name, value in draw_scaled(rng, 5, 3).items()}
    yield Case("tiny numbers", tiny, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_scaled(rng, 1, 4), edge=True)
    yield Case("a single feature", draw_scaled(rng, 5, 1), edge=True)
    flat = draw_scaled(rng, 4, 3)
    flat["std"][:] = 0.0
    yield Case("every std 0", flat, edge=True)
    whole = draw_scaled(rng, 4, 3)
    whole["X"] = rng.integers(-9, 10, size=(4, 3))
    yield Case("features that are whole numbers", whole, edge=True)
    short = draw_scaled(rng, 4, 3)
    short["X"] = rng.integers(-900, 900, size=(4, 3)).astype(np.int32)
    yield Case("whole numbers as int32", short, edge=True)
    zeros = draw_scaled(rng, 5, 3)
    zeros["X"][:3, 0], zeros["mean"][1] = 0.0, 0.0
    yield Case("zeros in X, and a mean of 0", zeros, edge=True)
    equal = draw_scaled(rng, 5, 3)
    equal["X"][2:4], equal["mean"][1:], equal["std"][1:] = 2.5, -1.5, 3.0
    yield Case("equal numbers", equal, edge=True)
    huge = {name: 1e7 * value for name, value in draw_scaled(rng, 5, 3).items()}
    yield Case("huge numbers", huge, edge=True)
    yield laid_out(**draw_scaled(rng, 6, 4))


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
zero-by-zero: There is NaN or infinity where the std is 0: a feature that never changed in training
has to become 0.
    return (X - mean) / std

divided-by-1-instead: Dividing by 1 where the std is 0 leaves a new row's distance from
the mean as it is; such a feature has to become 0 in every row.
    return (X - mean) / np.where(std == 0, 1.0, std)

only-nan-mended: You mended 0 / 0, but a new row may hold something else than the mean there, and
that divided by 0 is infinite.
    scaled = (X - mean) / std
    scaled[np.isnan(scaled)] = 0
    return scaled

nan-to-num: np.nan_to_num makes 0 of NaN, but a huge number of infinity, and that is what a new row
gives where the std is 0.
    return np.nan_to_num((X - mean) / std)

a-small-number-added: You added a small number to every std: that shifts all results a little, and
makes huge what should be 0.
    return (X - mean) / (std + 1e-8)

not-centred: You divided by the std and did not subtract the mean first.
    - X - mean
    + X.astype(np.float64)

own-statistics: You used the mean and std of the rows in X; use those that were handed over, which
belong to the training rows.
    own = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(own == 0, 1.0, own)

divided-by-the-variance: You divided by the square of the std; divide by the std itself.
    - centred, std,
    + centred, std**2,

scaled-then-centred: You divided first and subtracted the mean afterwards, but the mean is in the
units of X: subtract it before you divide.
    return np.where(std > 0, X / np.where(std > 0, std, 1) - mean, 0.0)

centred-only: You centred the features and did not scale them.
    return X - mean

in-place: The result is right, but you computed it inside the caller's X: X has to stay as it was.
    X = X if X.dtype == np.float64 else X.astype(np.float64)
    X[:] = reference(X, mean, std)
    return X

another-small-number-added: You added a small number to every std: that shifts all results a little,
and makes huge what should be 0.
    return (X - mean) / (std + 1e-7)

a-tiny-number-added: You added a tiny number to every std: that makes huge what should be 0.
    return (X - mean) / (std + 1e-12)

a-smaller-number-added: You added a tiny number to every std: that makes huge what should be 0.
    return (X - mean) / (std + 1e-10)

the-tiniest-number-added: You added a tiny number to every std: that makes huge what should be 0.
    return (X - mean) / (std + 1e-20)

small-std-taken-for-0: You take a small std for 0; a feature becomes 0 only where its std is exactly
0.
    centred = X - mean
    return np.divide(centred, std, out=np.zeros_like(centred), where=std > 1e-8)

floor-under-the-std: You divide by 1e-8 at least; a std below that still is the feature's own, and
one of exactly 0 makes its feature 0.
    return (X - mean) / np.maximum(std, 1e-8)

changes-std: You wrote into std, which is the caller's (`std[std == 0] = 1` does that): work on a
copy, and where the std is 0, the feature becomes 0 in every row.
    std[std == 0] = 1.0
    centred = X - mean
    return np.where(std > 0, centred / std, 0.0)

multiplied: You multiplied by the std; divide by it.
    - np.divide(centred, std,
    + np.multiply(centred, std,

mean-added: You added the mean; subtract it.
    - centred = X - mean
    + centred = X + mean

constant-features-left-out: You left the features with std 0 out, so the shape is lost: they stay,
as zeros.
    return ((X - mean) / np.where(std > 0, std, 1.0))[:, std > 0]

constant-features-nan: A feature whose std is 0 becomes 0, not NaN.
    return (X - mean) / np.where(std > 0, std, np.nan)

wrap-around: Your differences wrap around as those of uint8 do: turn the pixels into floats before
you subtract.
    whole = X.dtype == np.uint8
    centred = (X - mean.astype(np.uint8)).astype(np.float64) if whole else X - mean
    return np.divide(centred, std, out=np.zeros_like(centred), where=std > 0)

type-of-X: Where X holds whole numbers, your results lose their fractions: an array made by
zeros_like(X) has X's number type. Make it float64.
    return reference(X, mean, std).astype(X.dtype).astype(np.float64)

own-mean: You subtracted the mean of the rows in X; use the one that was handed over, which belongs
to the training rows.
    - X - mean
    + X - X.mean(axis=0)

own-std: You divided by the std of the rows in X; use the one that was handed over, which belongs to
the training rows.
    - std, out
    + np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0), out

small-number-under-the-root: You added a small number to every variance: that shifts all results,
and makes something else of what should be 0.
    return (X - mean) / np.sqrt(std**2 + 1e-5)

constant-features-unchanged: You left the features with std 0 as they are; they become 0 in every
row.
    return np.where(std > 0, reference(X, mean, std), X)
""")
