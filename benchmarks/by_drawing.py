"""Measures what random folds hide: ``python -m benchmarks.by_drawing [--seeds 3]``.

Accuracy of the course's models on picto10 by folds of images at random, by folds that keep the
images of a drawing together, and on the test images. Cross-validation is repeated with other folds,
training with other seeds.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.picto10 import rows
from pix2net.data.dataset import Dataset
from pix2net.data.features import edges
from pix2net.data.picto10 import load
from solutions.ch02_knn.grouped_folds import grouped_folds

FOLDS = 5
NEIGHBOURS = (1, 2, 3, 5, 8, 12, 20, 50, 100)

# Rows to learn from, their labels, rows to answer for, a seed -> the answers.
Model = Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray]


def centroids(X: np.ndarray, y: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
    """The class whose mean row is nearest."""
    means = np.stack([X[y == c].mean(axis=0) for c in range(y.max() + 1)])
    return np.argmax(asked @ means.T - 0.5 * (means**2).sum(axis=1), axis=1)


def softmax(strength: float) -> Model:
    """A linear softmax classifier on standardised features."""

    def model(X: np.ndarray, y: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
        from sklearn.linear_model import LogisticRegression

        mean, std = X.mean(axis=0), X.std(axis=0) + 1e-6
        fitted = LogisticRegression(C=strength, max_iter=60).fit((X - mean) / std, y)
        return np.asarray(fitted.predict((asked - mean) / std))

    return model


def network(X: np.ndarray, y: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
    """One hidden layer of 100 units on centred pixels, plain steps, no remedies."""
    from sklearn.neural_network import MLPClassifier

    mean = X.mean(axis=0)
    fitted = MLPClassifier(
        (100,), solver="sgd", momentum=0.0, alpha=0.0, learning_rate_init=0.05, batch_size=100,
        max_iter=20, random_state=seed,
    ).fit(2 * (X - mean), y)  # fmt: skip
    return np.asarray(fitted.predict(2 * (asked - mean)))


def folds_at_random(data: Dataset, seed: int) -> np.ndarray:
    """(N,) folds of images, however they are related."""
    return np.random.default_rng(seed).permutation(np.arange(len(data.y_train)) % FOLDS)


def folds_by_drawing(data: Dataset, seed: int) -> np.ndarray:
    """(N,) folds that keep drawings together; the seed renames them, so that ties fall anew."""
    assert data.group_train is not None
    names = np.random.default_rng(seed).permutation(data.group_train.max() + 1)
    return grouped_folds(names[data.group_train], FOLDS)


def cross_validated(model: Model, X: np.ndarray, y: np.ndarray, folds: np.ndarray) -> float:
    """Mean accuracy over the folds."""
    found = []
    for fold in range(FOLDS):
        held = folds == fold
        found.append(np.mean(model(X[~held], y[~held], X[held], fold) == y[held]))
    return float(np.mean(found))


def error_by_drawing(right: np.ndarray, groups: np.ndarray) -> float:
    """Standard error of an accuracy when drawings, not images, are what is drawn anew."""
    rng = np.random.default_rng(0)
    _, places = np.unique(groups, return_inverse=True)
    hits, sizes = np.bincount(places, right), np.bincount(places)
    again = rng.integers(len(sizes), size=(2000, len(sizes)))
    return float(np.std(hits[again].sum(axis=1) / sizes[again].sum(axis=1)))


def told(values: list[float]) -> str:
    """Mean and standard deviation in percent."""
    return f"{100 * np.mean(values):.1f} ± {100 * np.std(values):.1f}"


def line(name: str, at_random: list[float], kept: list[float], test: str) -> str:
    """A row of the table."""
    return f"| {name} | {told(at_random)} | {told(kept)} | {test} |"


def fitted_models(data: Dataset, seeds: int) -> Iterator[str]:
    """Rows of the table for models that are fitted."""
    pixels, pixels_test = (rows(X).astype(np.float32) for X in (data.X_train, data.X_test))
    edge, edge_test = edges(data.X_train), edges(data.X_test)
    for name, model, X, X_test, random in (
        ("centroids on pixels", centroids, pixels, pixels_test, False),
        ("centroids on edges", centroids, edge, edge_test, False),
        ("softmax on pixels", softmax(1e-4), pixels, pixels_test, False),
        ("softmax on edges", softmax(1e-3), edge, edge_test, False),
        ("network, 100 units", network, pixels, pixels_test, True),
    ):
        at_random, kept = (
            [cross_validated(model, X, data.y_train, ways(data, seed)) for seed in range(seeds)]
            for ways in (folds_at_random, folds_by_drawing)
        )
        tries = range(seeds if random else 1)
        right = [model(X, data.y_train, X_test, seed) == data.y_test for seed in tries]
        yield line(name, at_random, kept, tested(right, data))


def tested(right: list[np.ndarray], data: Dataset) -> str:
    """Accuracy on the test images: over seeds if there are several, and its error by drawing."""
    assert data.group_test is not None
    error = 100 * error_by_drawing(np.mean(right, axis=0), data.group_test)
    values = [float(r.mean()) for r in right]
    mean = told(values) if len(values) > 1 else f"{100 * values[0]:.1f}"
    return f"{mean} (by drawing ± {error:.1f})"


def voted(nearest: np.ndarray, y: np.ndarray, k: int) -> np.ndarray:
    """Labels by a vote of the first k, ties to the smallest label."""
    counts = np.stack([(y[nearest[:, :k]] == c).sum(axis=1) for c in range(y.max() + 1)], axis=1)
    return np.argmax(counts, axis=1)


def neighbours(data: Dataset, seeds: int) -> Iterator[str]:
    """Rows of the table for k-NN on pixels: distances are computed once for all folds."""
    X, X_test = (rows(X).astype(np.float32) for X in (data.X_train, data.X_test))
    y, most = data.y_train, max(NEIGHBOURS)
    squares = (X**2).sum(axis=1)
    within = squares - 2 * X @ X.T  # less a row's own square, which changes no order
    first = np.argsort(squares - 2 * X_test @ X.T, axis=1)[:, :most]
    scores: dict[int, list[list[float]]] = {k: [[], []] for k in NEIGHBOURS}
    for way, ways in enumerate((folds_at_random, folds_by_drawing)):
        for seed in range(seeds):
            folds = ways(data, seed)
            near = np.empty((len(y), most), dtype=np.int64)
            for fold in range(FOLDS):
                held, rest = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
                near[held] = rest[np.argsort(within[np.ix_(held, rest)], axis=1)[:, :most]]
            for k in NEIGHBOURS:
                right = voted(near, y, k) == y
                scores[k][way].append(
                    float(np.mean([right[folds == fold].mean() for fold in range(FOLDS)]))
                )
    for k in NEIGHBOURS:
        right = voted(first, y, k) == data.y_test
        at_random, kept = scores[k]
        yield line(f"k-NN on pixels, k = {k}", at_random, kept, tested([right], data))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.by_drawing", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how often each is repeated")
    seeds = parser.parse_args().seeds
    warnings.filterwarnings("ignore")
    data = load()
    print(f"accuracy in percent, mean ± standard deviation over {seeds} repetitions\n")
    print("| model | folds at random | folds by drawing | test |")
    print("| --- | --- | --- | --- |")
    for ways in (neighbours, fitted_models):
        for text in ways(data, seeds):
            print(text, flush=True)


if __name__ == "__main__":
    main()
