"""fit_pca: the directions along which centred data spread most."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=4)


@exercise.reference
def fit_pca(X_train: np.ndarray, num_components: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the directions along which centred data spread most, and how far they do.

    Args:
        X_train: (N, D) training examples, one a row; float64, or integers such as uint8
            pixels. X_train itself stays as it is.
        num_components: k, how many directions to keep; at most N - 1 and at most D.

    Returns:
        mean: (D,) float64, of each feature.
        components: (k, D) float64, one direction a row: of length 1, at right angles to
        each other, the direction of the largest variance first. The sign of a row is such that
        its entry of largest magnitude is positive.
        variances: (k,) float64, the population variance (divided by N) of the centred data
        along each row.

    The directions are the eigenvectors of the covariance matrix Xc.T @ Xc / N with
    Xc = X_train - mean, and the variances its eigenvalues. They are also the right singular
    vectors of Xc, and then the variances are the squared singular values divided by N.
    Source: K. Pearson, "On Lines and Planes of Closest Fit to Systems of Points in Space", 1901.
    """
    mean = X_train.mean(axis=0, dtype=np.float64)
    centred = X_train - mean
    n, d = centred.shape
    # Products of features with features, or of examples with examples: the smaller matrix.
    squares, vectors = np.linalg.eigh(centred.T @ centred if n >= d else centred @ centred.T)
    squares, vectors = squares[::-1][:num_components], vectors[:, ::-1][:, :num_components]
    if squares[-1] < 1e-9 * squares[0]:  # products keep half of the digits: too few here
        lengths, rows = np.linalg.svd(centred, full_matrices=False)[1:]
        squares, vectors = lengths[:num_components] ** 2, rows[:num_components].T
    elif n < d:  # mixtures of examples, which make up the directions
        vectors = np.linalg.qr(centred.T @ vectors)[0]
    largest = np.abs(vectors).argmax(axis=0)
    signs = np.sign(vectors[largest, np.arange(num_components)])
    return mean, (vectors * signs).T, squares / n


exercise.scenario()(in_other_layouts)

# The worked example of the chapter: four points whose longest direction is (4, 3) / 5.
POINTS = np.array([[18.0, 11.0], [2.0, -1.0], [7.0, 9.0], [13.0, 1.0]])


def draw_directions(rng: np.random.Generator, k: int, d: int) -> np.ndarray:
    """(k, d) orthonormal rows, each with one entry that is clearly the largest in magnitude."""
    while True:
        rows = np.linalg.qr(rng.normal(size=(d, k)))[0].T
        largest = np.sort(np.abs(rows), axis=1)
        if d == 1 or np.all(largest[:, -2] < 0.93 * largest[:, -1]):
            return np.asarray(rows)


def draw_variances(rng: np.random.Generator, k: int) -> np.ndarray:
    """(k,) variances, the largest first, no two of them close to each other."""
    return np.asarray(rng.uniform(0.3, 0.6) * np.cumprod(rng.uniform(1.6, 2.4, size=k))[::-1])


def draw_cloud(
    rng: np.random.Generator,
    n: int,
    d: int,
    rank: int | None = None,
    scale: np.ndarray | None = None,
) -> np.ndarray:
    """(n, d) float64 rows, well off the origin, with well separated variances along directions.

    rank   of the centred rows (default: as large as it can be, the smaller of n - 1 and d)
    scale  the variances, one for each rank (default: drawn)
    """
    k = min(n - 1, d) if rank is None else rank
    places = rng.normal(size=(n, k))
    variances = draw_variances(rng, k) if scale is None else scale
    places = np.linalg.qr(places - places.mean(axis=0))[0] * np.sqrt(n * variances)
    return rng.uniform(3, 9, size=d) + places @ draw_directions(rng, k, d)


def draw_contrary(rng: np.random.Generator, n: int, d: int, k: int) -> np.ndarray:
    """A cloud of which one of the first k directions has its largest entry against the others.

    Its sign is not that of the row's sum, nor that of the first entry.
    """
    while True:
        X = draw_cloud(rng, n, d)
        rows = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)[2][:k]
        largest = rows[np.arange(k), np.abs(rows).argmax(axis=1)]
        against = np.maximum(rows.sum(axis=1) * largest, rows[:, 0] * largest)
        if against.min() < -0.02:
            return X


def draw_pixels(rng: np.random.Generator) -> np.ndarray:
    """(9, 4) uint8 rows with two long directions of clearly different length."""
    while True:
        X = np.rint(128 + 12 * (draw_cloud(rng, 9, 4, rank=2) - 6)).clip(0, 255).astype(np.uint8)
        _, lengths, rows = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
        entries = np.sort(np.abs(rows[:2]), axis=1)
        if lengths[0] > 1.2 * lengths[1] > 2 * lengths[2] and np.all(
            entries[:, -2] < 0.95 * entries[:, -1]
        ):
            return X


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the four points of the worked example", {"X_train": POINTS, "num_components": 2})
    n, d = int(rng.integers(9, 13)), int(rng.integers(5, 7))
    yield Case(
        "fewer directions than features",
        {"X_train": draw_contrary(rng, n, d, 3), "num_components": 3},
    )
    d = int(rng.integers(4, 6))
    yield Case(
        "as many directions as features",
        {"X_train": draw_cloud(rng, 2 * d, d), "num_components": d},
    )
    n = int(rng.integers(5, 7))
    yield Case(
        "more features than examples",
        {"X_train": draw_cloud(rng, n, 9), "num_components": n - 1},
        edge=True,
    )
    level = draw_cloud(rng, 8, 4)
    level = np.insert(level, int(rng.integers(0, 5)), float(rng.integers(2, 9)), axis=1)
    yield Case(
        "a feature that is always the same", {"X_train": level, "num_components": 3}, edge=True
    )


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(
        "a single direction", {"X_train": draw_cloud(rng, 7, 5), "num_components": 1}, edge=True
    )
    square = draw_cloud(rng, 6, 6)
    yield Case("as many examples as features", {"X_train": square, "num_components": 4}, edge=True)
    yield Case("two examples", {"X_train": draw_cloud(rng, 2, 5), "num_components": 1}, edge=True)
    yield Case("pixels as uint8", {"X_train": draw_pixels(rng), "num_components": 2}, edge=True)
    thin = draw_cloud(rng, 9, 3, scale=np.array([4e10, 9.0, 1.0]))
    yield Case(
        "one direction that is many thousand times as long as the others",
        {"X_train": thin, "num_components": 2},
        edge=True,
        rtol=1e-3,
        atol=1e-4,
    )
    far = draw_cloud(rng, 9, 4) + 1e3
    yield Case(
        "data far from the origin", {"X_train": far, "num_components": 3}, edge=True, atol=1e-10
    )
    for dtype in (np.int32, np.int64):
        whole = 300 * draw_pixels(rng).astype(dtype) - 40_000
        inputs = {"X_train": whole, "num_components": 2}
        yield Case(f"whole numbers as {dtype.__name__}", inputs, edge=True)
    faint = draw_cloud(rng, 9, 4)
    faint[:, 1] *= 1e-12
    faint[:, 2] -= faint[:, 2].min()
    inputs = {"X_train": faint, "num_components": np.int64(2)}
    yield Case("a feature that is tiny, and one with a 0", inputs, edge=True)
    paired = draw_cloud(rng, 9, 4)
    paired[:3, 1] = paired[:3, 0]
    yield Case("rows with equal numbers", {"X_train": paired, "num_components": 2}, edge=True)
    huge = {"X_train": 1e6 * draw_cloud(rng, 9, 4), "num_components": 3}
    yield Case("huge numbers", huge, edge=True)
    yield laid_out(X_train=draw_cloud(rng, 9, 5), num_components=3)


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
not-centred: You did not centre the data: then the first direction merely points from the origin to
the middle of the cloud.
    - centred = X_train - mean
    + centred = X_train.astype(np.float64)

divided-by-n-minus-1: Your variances divide by N - 1; population variances divide by N.
    - squares / n
    + squares / (n - 1)

not-divided: Your variances are sums of squares: divide by the number of examples.
    - squares / n
    + squares

singular-values: Your third result is the singular values; a variance is such a value squared,
divided by N.
    - squares / n
    + np.sqrt(squares)

standard-deviations: Your third result is the standard deviations; variances are their squares.
    - squares / n
    + np.sqrt(squares / n)

smallest-first: Your directions begin with the smallest variance, which is the order that eigh
gives; the largest comes first.
    values, vectors = np.linalg.eigh(np.cov(X_train.T, bias=True))
    rows = [row * np.sign(max(row, key=abs)) for row in vectors.T[:num_components]]
    return X_train.mean(axis=0), np.array(rows), values[:num_components]

directions-as-columns: Your directions are the columns of the result; each has to be a row, so that
the shape is (k, D).
    - (vectors * signs).T
    + vectors * signs

signs-turned: Your directions are right, but they point the other way: the entry of largest
magnitude in each row has to be positive.
    - vectors * signs
    + vectors * -signs

rows-of-eigh: You took the rows of what eigh gives; its eigenvectors are the columns.
    values, vectors = np.linalg.eigh(np.cov(X_train.T, bias=True))
    order = np.argsort(values)[::-1][:num_components]
    return X_train.mean(axis=0), vectors[order], values[order]

signs-of-svd: Your directions are right, but not all their signs, which svd gives as they happen to
come: turn each row so that its entry of largest magnitude is positive.
    mean = X_train.mean(axis=0)
    _, lengths, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    return mean, rows[:num_components], lengths[:num_components] ** 2 / len(X_train)

signs-of-eigh: Your directions are right, but not all their signs, which eigh gives as they happen
to come: the entry of largest magnitude in each row has to be positive.
    values, vectors = np.linalg.eigh(np.cov(X_train, rowvar=False, bias=True))
    rows = vectors[:, ::-1].T[:num_components]
    return X_train.mean(axis=0), rows, values[::-1][:num_components]

sign-of-the-first-entry: Your directions are right, but not all their signs: it is the entry of
largest magnitude in each row that has to be positive, wherever it stands.
    mean, rows, variances = reference(X_train, num_components)
    return mean, rows * np.where(rows[:, :1] < 0, -1.0, 1.0), variances

sign-of-the-sum: Your directions are right, but not all their signs: it is the entry of largest
magnitude in each row that has to be positive, whatever the sum of the row.
    mean, rows, variances = reference(X_train, num_components)
    return mean, rows * np.where(rows.sum(axis=1) < 0, -1.0, 1.0)[:, None], variances

scaled-first: You divided the features by their standard deviations as well; the data are centred
and nothing else.
    - centred = X_train - mean
    + std = X_train.std(axis=0)
    + centred = (X_train - mean) / np.where(std == 0, 1, std)

all-of-them: You returned every direction; only the first num_components are wanted.
    return reference(X_train, min(X_train.shape))

signs-by-the-places: Your directions are right, but not all their signs: you went by where the
examples lie; it is the entry of largest magnitude in each row that has to be positive.
    mean, rows, variances = reference(X_train, num_components)
    places = (X_train - mean) @ rows.T
    largest = places[np.abs(places).argmax(axis=0), np.arange(num_components)]
    return mean, rows * np.sign(largest)[:, None], variances

all-entries-positive: Each row keeps its entries' signs against each other: turn the row as a whole.
    mean, rows, variances = reference(X_train, num_components)
    return mean, np.abs(rows), variances

shares-of-the-variance: Your third result is each direction's share of the whole variance; the
variance itself is asked for.
    mean, rows, variances = reference(X_train, num_components)
    return mean, rows, variances / (X_train - mean).var(axis=0).sum()

places-for-directions: You gave back where the examples lie along the directions; the directions
themselves are asked for.
    mean, rows, variances = reference(X_train, num_components)
    return mean, (X_train - mean) @ rows.T, variances

mean-left-out: Three things are asked for: (mean, components, variances).
    return reference(X_train, num_components)[1:]

variances-second: The order is (mean, components, variances).
    mean, rows, variances = reference(X_train, num_components)
    return mean, variances, rows

one-mean-for-all: You subtracted one number, the mean over all of X_train; every feature has its own
mean.
    mean = np.full(X_train.shape[1], X_train.mean())
    _, lengths, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    rows = rows[:num_components]
    signs = np.sign(rows[np.arange(num_components), np.abs(rows).argmax(axis=1)])
    return mean, rows * signs[:, None], lengths[:num_components] ** 2 / len(X_train)

last-directions: You took the last directions of svd; it gives the largest first.
    mean = X_train.mean(axis=0)
    _, lengths, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    rows, lengths = rows[::-1][:num_components], lengths[::-1][:num_components]
    signs = np.sign(rows[np.arange(num_components), np.abs(rows).argmax(axis=1)])
    return mean, rows * signs[:, None], lengths**2 / len(X_train)

rows-not-of-length-1: Your directions are scaled by their spread; each is of length 1.
    mean, rows, variances = reference(X_train, num_components)
    return mean, rows * np.sqrt(variances)[:, None], variances

examples-as-features: You took the examples for features: the covariance is Xc.T @ Xc / N, (D, D).
    mean = X_train.mean(axis=0)
    Xc = X_train - mean
    values, vectors = np.linalg.eigh(Xc @ Xc.T / len(Xc))
    rows = vectors[:, ::-1].T[:num_components]
    signs = np.sign(rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)])
    return mean, rows * signs[:, None], values[::-1][:num_components]

centred-in-place: The result is right, but you subtracted the mean from the caller's own X_train:
work on a copy.
    found = reference(X_train, num_components)
    X_train -= found[0].astype(X_train.dtype)
    return found

lengths-not-squared: Your singular values are not squared: the variances are their squares, divided
by N.
    mean, rows, variances = reference(X_train, num_components)
    return mean, rows, np.sqrt(variances / len(X_train))

rows-of-eigh-with-signs: You took the rows of what eigh gives; its eigenvectors are the columns.
    values, vectors = np.linalg.eigh(np.cov(X_train.T, bias=True))
    rows, values = vectors[::-1][:num_components], values[::-1][:num_components]
    largest = rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)]
    return X_train.mean(axis=0), rows * np.sign(largest)[:, None], values

sign-of-the-maximum: Your directions are right, but not all their signs: the largest entry of a row
may be smaller than its most negative one; go by the magnitude, np.abs.
    mean = X_train.mean(axis=0)
    _, lengths, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    rows = rows[:num_components]
    signs = np.sign(rows.max(axis=1))
    return mean, rows * signs[:, None], lengths[:num_components] ** 2 / len(X_train)

variances-alone-turned: Your variances begin with the largest, your directions still with those of
the smallest, as eigh gives them: turn both.
    mean, rows, _ = reference(X_train, min(X_train.shape[1], len(X_train)))
    return mean, rows[::-1][:num_components], reference(X_train, num_components)[2]

columns-of-svd: Your directions are the columns of what svd gives as its third result; they are its
rows.
    mean = X_train.mean(axis=0)
    _, lengths, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    rows = rows.T[:num_components]
    rows = rows * np.sign(rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)])[:, None]
    return mean, rows, lengths[:num_components] ** 2 / len(X_train)

divided-by-the-features: Your variances are divided by the number of features; divide by that of the
examples, N.
    - squares / n
    + squares / d
""")
