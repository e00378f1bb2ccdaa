"""Chapter 08, first part: statistics of the training rows, and scaling with them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ChapterBuilder

chapter = ChapterBuilder("08_preprocessing", "The same network, better numbers")

# The worked example of the chapter: four rooms, their area in m2 and their price in thousands.
ROOMS = np.array([[10.0, 200.0], [20.0, 100.0], [30.0, 400.0], [40.0, 300.0]])


@chapter.exercise(points=1)
def fit_standardizer(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find the mean and the spread of every feature.

    Args:
        X_train: (N, D) training examples, one a row; float64, or integers such as uint8
            pixels. X_train itself stays as it is.

    Returns:
        mean: (D,) float64, the mean of each feature (column) over the N rows.
        std: (D,) float64, its population standard deviation: the square root of the mean
        over the N rows of (x - mean) squared. Divide by N, not by N - 1.
    """
    return X_train.mean(axis=0), X_train.std(axis=0)


def draw_rows(rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    """(n, d) float64 rows whose features have means and spreads of their own."""
    return rng.uniform(-8, 8, size=d) + rng.uniform(0.5, 6, size=d) * rng.normal(size=(n, d))


@chapter.cases(fit_standardizer)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the four rooms of the worked example", {"X_train": ROOMS})
    n, d = (int(size) for size in rng.permutation([4, 6]))
    yield Case("features with means and spreads of their own", {"X_train": draw_rows(rng, n, d)})
    n = int(rng.integers(3, 6))
    yield Case("as many examples as features", {"X_train": draw_rows(rng, n, n)})
    pixels = rng.integers(0, 256, size=(7, 5), dtype=np.uint8)
    yield Case("pixels as uint8", {"X_train": pixels}, edge=True)
    constant = draw_rows(rng, 6, 4)
    constant[:, int(rng.integers(0, 4))] = float(rng.integers(2, 9))
    yield Case("a feature that is always the same", {"X_train": constant}, edge=True, atol=1e-12)


@chapter.hidden_cases(fit_standardizer)
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = rng.integers(-9, 10, size=(1, 4)).astype(np.float64)
    yield Case("a single example", {"X_train": one}, edge=True)
    yield Case("a single feature", {"X_train": draw_rows(rng, 6, 1)}, edge=True)
    yield Case(
        "features that are whole numbers", {"X_train": rng.integers(-9, 10, (6, 3))}, edge=True
    )


@chapter.misconception(
    fit_standardizer, "divided-by-n-minus-1",
    "Your std divides by N - 1; the population standard deviation divides by N.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ddof = 1 if len(X_train) > 1 else 0
    return X_train.mean(axis=0), X_train.std(axis=0, ddof=ddof)


@chapter.misconception(
    fit_standardizer, "variance",
    "Your second result is the variance; the standard deviation is its square root.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return X_train.mean(axis=0), X_train.var(axis=0)


@chapter.misconception(
    fit_standardizer, "per-example",
    "You averaged along the rows, which gives numbers for each example; a feature is a column, and "
    "its statistics run over the examples.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return X_train.mean(axis=1), X_train.std(axis=1)


@chapter.misconception(
    fit_standardizer, "one-for-all",
    "You took one mean and one std over all numbers; every feature has its own.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    d = X_train.shape[1]
    return np.full(d, X_train.mean()), np.full(d, X_train.std())


@chapter.misconception(
    fit_standardizer, "spread-around-zero",
    "Your std measures distances from 0; what counts is the distance from the feature's mean.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    X = X_train.astype(np.float64)
    return X.mean(axis=0), np.sqrt((X * X).mean(axis=0))


@chapter.misconception(
    fit_standardizer, "mean-absolute-deviation",
    "You averaged absolute differences from the mean; square them, average, then take the root.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = X_train.mean(axis=0)
    return mean, np.abs(X_train - mean).mean(axis=0)


@chapter.misconception(
    fit_standardizer, "std-first",
    "You returned the std first; the order is mean, std.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return X_train.std(axis=0), X_train.mean(axis=0)


@chapter.misconception(
    fit_standardizer, "not-0-where-constant",
    "The std of a feature that is always the same is 0, and you returned 1: measure only; what to "
    "do about a 0 is the business of standardize.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    std = X_train.std(axis=0)
    return X_train.mean(axis=0), np.where(std == 0, 1.0, std)


@chapter.misconception(
    fit_standardizer, "squares-wrap-around",
    "Squares of uint8 pixels do not fit into uint8 and wrap around: turn the pixels into floats "
    "before you compute with them.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = X_train.mean(axis=0)
    variance = (X_train * X_train).mean(axis=0) - mean**2
    return mean, np.sqrt(np.maximum(variance, 0))


@chapter.misconception(
    fit_standardizer, "centred-in-place",
    "The result is right, but you subtracted the mean from the caller's own X_train: measure, and "
    "leave the data alone.",
)  # fmt: skip
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X_train -= mean.astype(X_train.dtype)
    return mean, std


@chapter.variant(fit_standardizer, "written out")
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    n = X_train.shape[0]
    mean = np.sum(X_train, axis=0) / n
    return mean, np.sqrt(np.sum((X_train - mean) ** 2, axis=0) / n)


@chapter.variant(fit_standardizer, "feature by feature")
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    means, stds = [], []
    for column in X_train.T.astype(float):
        m = sum(column) / len(column)
        means.append(m)
        stds.append((sum((x - m) ** 2 for x in column) / len(column)) ** 0.5)
    return np.array(means), np.array(stds)


@chapter.variant(fit_standardizer, "mean of squares minus square of mean")
def _(X_train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    X = np.asarray(X_train, dtype=np.float64)
    mean = np.einsum("nd->d", X) / len(X)
    return mean, np.sqrt(np.maximum(np.einsum("nd,nd->d", X, X) / len(X) - mean * mean, 0.0))


@chapter.exercise(points=2)
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


def draw_scaled(rng: np.random.Generator, n: int, d: int) -> dict[str, np.ndarray]:
    """Rows, and statistics that are not those of the rows themselves."""
    std = rng.uniform(1.5, 6, size=d)
    std[0] = rng.uniform(0.3, 0.8)
    return {"X": draw_rows(rng, n, d), "mean": rng.uniform(-8, 8, size=d), "std": std}


@chapter.cases(standardize)
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
        draw_constant(rng, moved=True), edge=True,
    )  # fmt: skip
    pixels = draw_scaled(rng, 5, 4)
    pixels["X"] = rng.integers(0, 256, size=(5, 4), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True)
    fine = {name: 1e-4 * value for name, value in draw_scaled(rng, 5, 3).items()}
    yield Case("features with very small numbers", fine, edge=True)


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


@chapter.hidden_cases(standardize)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_scaled(rng, 1, 4), edge=True)
    yield Case("a single feature", draw_scaled(rng, 5, 1), edge=True)
    flat = draw_scaled(rng, 4, 3)
    flat["std"][:] = 0.0
    yield Case("every std 0", flat, edge=True)
    whole = draw_scaled(rng, 4, 3)
    whole["X"] = rng.integers(-9, 10, size=(4, 3))
    yield Case("features that are whole numbers", whole, edge=True)


@chapter.misconception(
    standardize, "zero-by-zero",
    "There is NaN or infinity where the std is 0: a feature that never changed in training has to "
    "become 0.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    return (X - mean) / std


@chapter.misconception(
    standardize, "divided-by-1-instead",
    "Dividing by 1 where the std is 0 leaves whatever a new row holds there; such a feature has to "
    "become 0 in every row.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    return (X - mean) / np.where(std == 0, 1.0, std)


@chapter.misconception(
    standardize, "only-nan-mended",
    "You mended 0 / 0, but a new row may hold something else than the mean there, and that divided "
    "by 0 is infinite.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    scaled = (X - mean) / std
    scaled[np.isnan(scaled)] = 0
    return scaled


@chapter.misconception(
    standardize, "nan-to-num",
    "np.nan_to_num makes 0 of NaN, but a huge number of infinity, and that is what a new row gives "
    "where the std is 0.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    return np.nan_to_num((X - mean) / std)


@chapter.misconception(
    standardize, "a-small-number-added",
    "You added a small number to every std: that shifts all results a little, and makes huge what "
    "should be 0.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    return (X - mean) / (std + 1e-8)


@chapter.misconception(
    standardize, "not-centred",
    "You divided by the std and did not subtract the mean first.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    return np.where(std > 0, X / np.where(std > 0, std, 1), 0.0)


@chapter.misconception(
    standardize, "own-statistics",
    "You used the mean and std of the rows in X; use those that were handed over, which belong to "
    "the training rows.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    own = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(own == 0, 1.0, own)


@chapter.misconception(
    standardize, "divided-by-the-variance",
    "You divided by the square of the std; divide by the std itself.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    return np.where(std > 0, (X - mean) / np.where(std > 0, std, 1) ** 2, 0.0)


@chapter.misconception(
    standardize, "scaled-then-centred",
    "You divided first and subtracted the mean afterwards, but the mean is in the units of X: "
    "subtract it before you divide.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    return np.where(std > 0, X / np.where(std > 0, std, 1) - mean, 0.0)


@chapter.misconception(
    standardize, "centred-only",
    "You centred the features and did not scale them.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    return np.asarray(X - mean)


@chapter.misconception(
    standardize, "in-place",
    "The result is right, but you computed it inside the caller's X: X has to stay as it was.",
)  # fmt: skip
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    if X.dtype != np.float64:
        X = X.astype(np.float64)
    X[:] = standardize(X, mean, std)
    return X


@chapter.variant(standardize, "one where the std is 0, then zeros")
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    scaled = (X - mean) / np.where(std == 0, 1.0, std)
    scaled[:, std == 0] = 0
    return scaled


@chapter.variant(standardize, "feature by feature")
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    n, d = X.shape
    scaled = np.zeros((n, d))
    for j in range(d):
        if std[j] != 0:
            for i in range(n):
                scaled[i, j] = (X[i, j] - mean[j]) / std[j]
    return scaled


@chapter.variant(standardize, "one over std as a factor")
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    scale = np.zeros(len(std))
    scale[std > 0] = 1 / std[std > 0]
    copy = np.array(X, dtype=float)
    copy -= mean
    copy *= scale
    return copy


@chapter.variant(standardize, "divided, then the bad columns picked out")
def _(X: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(std == 0, 0.0, (X - mean) / std)
