"""Measures features by models: ``python -m benchmarks.features [--seeds 3]``.

The table of chapter 00: how often four simple models are right on held-back images of picto10, from
three kinds of features. Five folds keep the images of a drawing together; that is repeated with the
drawings dealt out anew. All models of a line answer for the same images. Test images have no part.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Iterator

import numpy as np

from benchmarks.by_drawing import (
    FOLDS,
    Model,
    centroids,
    edges,
    error_by_drawing,
    folds_by_drawing,
    softmax,
    told,
)
from benchmarks.picto10 import rows
from pix2net.data.dataset import Dataset
from pix2net.data.picto10 import load
from solutions.ch00_workflow.color_histogram import color_histogram

# How small the weights are kept: of three to five strengths, the one that was right most often.
LEAST_SQUARES = {"colours": 0.1, "pixels": 1000.0, "edges": 3.0}
SOFTMAX = {"colours": 1.0, "pixels": 3e-4, "edges": 1e-3}


def nearest(X: np.ndarray, y: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
    """The label of the nearest row."""
    return np.asarray(y[np.argmin((X**2).sum(axis=1) - 2 * asked @ X.T, axis=1)])


def least_squares(strength: float) -> Model:
    """Linear scores that come closest to 1 for the right class and to 0 for the others."""

    def model(X: np.ndarray, y: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
        mean, wanted = X.mean(axis=0), np.eye(y.max() + 1)[y]
        inner = (X - mean).T @ (X - mean) + strength * np.eye(X.shape[1])
        W = np.linalg.solve(inner, (X - mean).T @ (wanted - wanted.mean(axis=0)))
        return np.argmax((asked - mean) @ W + wanted.mean(axis=0), axis=1)

    return model


def feature_sets(data: Dataset) -> dict[str, np.ndarray]:
    """Name -> (N, D) features of the training images."""
    return {
        "colours": color_histogram(data.X_train, 8),
        "pixels": rows(data.X_train).astype(np.float32),
        "edges": edges(data.X_train).astype(np.float32),
    }


def right_answers(model: Model, X: np.ndarray, y: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """(N,) whether a model that was fitted to the other folds is right."""
    right = np.empty(len(y), dtype=bool)
    for fold in range(FOLDS):
        held = folds == fold
        right[held] = model(X[~held], y[~held], X[held], fold) == y[held]
    return right


def table(data: Dataset, seeds: int) -> Iterator[str]:
    """Lines of the table: for each kind of features, what each model reaches."""
    assert data.group_train is not None
    for name, X in feature_sets(data).items():
        models = {
            "nearest neighbour": nearest,
            "nearest centroid": centroids,
            "least squares": least_squares(LEAST_SQUARES[name]),
            "softmax": softmax(SOFTMAX[name]),
        }
        cells = []
        for model in models.values():
            right = [
                right_answers(model, X, data.y_train, folds_by_drawing(data, seed))
                for seed in range(seeds)
            ]
            error = 100 * error_by_drawing(right[0], data.group_train)
            cells.append(f"{told([float(r.mean()) for r in right])} (by drawing ± {error:.1f})")
        if name == "colours":
            yield f"| features | {' | '.join(models)} |"
            yield "| --- " * (1 + len(models)) + "|"
        yield f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.features", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how often drawings are dealt out")
    seeds = parser.parse_args().seeds
    warnings.filterwarnings("ignore")
    print(f"accuracy in percent, mean ± standard deviation over {seeds} deals of the drawings\n")
    for line in table(load(), seeds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
