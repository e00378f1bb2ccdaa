"""Measures what the tasks "If you want more" say that can be reached: one way to get there each.

``python -m benchmarks.wanting_more [00 02 03 04 05 06]``, by the numbers of the notebooks. 00 to 05
on picto10, by drawing: five folds, or the fifth that the notebook holds back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from benchmarks.by_drawing import FOLDS, centroids, edges
from benchmarks.common import print_parts
from benchmarks.first_arc import CLASSES, Entry, held_back, least_squares, linear
from pix2net.data import load
from solutions.ch00_workflow.color_histogram import color_histogram
from solutions.ch02_knn.grouped_folds import grouped_folds
from solutions.ch02_knn.knn_predict import knn_predict
from solutions.ch02_knn.l2_distances import l2_distances
from solutions.ch04_svm.svm_loss import svm_loss
from solutions.ch05_softmax.softmax_loss import softmax_loss
from solutions.ch06_gates.Value import Value

Features = Mapping[str, np.ndarray]


def standing_out(rows: np.ndarray) -> np.ndarray:
    """Each row shifted and stretched by itself, so that bright and dim pictures are alike."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(rows / (rows.std(axis=1, keepdims=True) + 1e-9))


def roots(images: np.ndarray, squares: int = 8, directions: int = 6) -> np.ndarray:
    """Edges with a few strong ones taken down, each row of length 1."""
    rows = np.sqrt(edges(images, squares, directions))
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9))


def colours(images: np.ndarray, bins: int = 8) -> np.ndarray:
    """(N, 3 * bins) root of the share of pixels by colour and brightness."""
    return np.sqrt(np.stack([color_histogram(image, bins).ravel() for image in images]))


def on_five_folds(entry: Entry, tried: Features) -> Iterator[str]:
    """The mean over the folds, and each, for every kind of features."""
    d = load("picto10")
    assert d.group_train is not None
    folds = grouped_folds(d.group_train, FOLDS)
    for name, X in tried.items():
        right = np.array(held_back(entry, X, d.y_train, folds, 0))
        each = " ".join(f"{right[folds == fold].mean():.3f}" for fold in range(FOLDS))
        yield f"{name:<40} {right.mean():.3f}  ({each})"


def workflow() -> Iterator[str]:
    """Features of one's own for the nearest centroid."""
    images = load("picto10").X_train
    own = {f"root of edges, {n} squares, {k} directions": roots(images, n, k)
           for n, k in ((8, 6), (8, 9), (10, 9), (12, 12))}  # fmt: skip
    mirrored = {f"{name}, mirrored": rows + roots(images[:, :, ::-1], n, k)
                for (name, rows), (n, k) in zip(own.items(), ((8, 6), (8, 9), (10, 9), (12, 12)),
                                                strict=True)}  # fmt: skip
    yield from on_five_folds(Entry(centroids, ""), {"edges": edges(images), **own, **mirrored})


def neighbours() -> Iterator[str]:
    """Rows that light does not change, for 12 nearest neighbours, on the notebook's fifth."""
    d = load("picto10")
    assert d.group_train is not None
    held = np.isin(d.group_train, np.unique(d.group_train)[::5])
    X, y = d.X_train.reshape(len(d.y_train), -1).astype(float), d.y_train
    for name, rows in {"pixels": X, "each row with mean 0, std 1": standing_out(X)}.items():
        found = knn_predict(l2_distances(rows[held], rows[~held]), y[~held], 12)
        yield f"{name:<40} {np.mean(found == y[held]):.3f}"


def scores() -> Iterator[str]:
    """Other numbers for the scores of 03, with its least squares, and every image mirrored.

    The folds are the fifths of the notebook; the first is the one that it holds back.
    """
    d = load("picto10")
    assert d.group_train is not None
    folds = np.unique(d.group_train, return_inverse=True)[1] % FOLDS

    def pixels(images: np.ndarray) -> np.ndarray:
        return np.asarray(images.reshape(len(images), -1) / 255 - 0.5)

    def level(images: np.ndarray) -> np.ndarray:
        small = images.reshape(len(images), 16, 2, 16, 2, 3).mean(axis=(2, 4))
        rows = standing_out(small.reshape(len(images), -1))
        return np.hstack([rows, np.abs(rows)]) / 2

    for name, rows_of, twice in (
        ("pixels", pixels, False),
        ("small, level, with absolute values", level, False),
        ("the same, mirrored as well", level, True),
    ):
        each = []
        for fold in range(FOLDS):
            learn, held = folds != fold, folds == fold
            images, y = d.X_train[learn], d.y_train[learn]
            if twice:
                images, y = np.concatenate([images, images[:, :, ::-1]]), np.tile(y, 2)
            found = least_squares(rows_of(images), y, rows_of(d.X_train[held]), 0)
            each.append(np.mean(found == d.y_train[held]))
        yield f"{name:<40} {np.mean(each):.3f}  ({' '.join(f'{p:.3f}' for p in each)})"


def downhill() -> Iterator[str]:
    """Three searches for weights of the SVM on 300 images, with about the same work each."""
    d = load("picto10")
    assert d.group_train is not None
    learn = np.flatnonzero(grouped_folds(d.group_train, FOLDS) != 0)[:300]
    rows = d.X_train[learn].reshape(300, -1)
    X, y = (rows - rows.mean(axis=0)) / 255, d.y_train[learn]
    shape = (CLASSES, X.shape[1])

    def loss(W: np.ndarray) -> float:
        return float(svm_loss(W, X, y, 0)[0])

    yield f"zeros {loss(np.zeros(shape)):.2f}"
    for size in (1e-4, 1e-3, 1e-2):
        rng = np.random.default_rng(0)
        best = min(loss(size * rng.normal(size=shape)) for _ in range(1000))
        yield f"random search, weights of size {size:g}: {best:.2f}"
    for size in (3e-4, 1e-3, 3e-3, 1e-2):
        rng, W, best = np.random.default_rng(0), np.zeros(shape), loss(np.zeros(shape))
        for _ in range(1000):
            other = W + size * rng.normal(size=shape)
            if (height := loss(other)) < best:
                W, best = other, height
        yield f"local search, noise of size {size:g}: {best:.2f}"
    W = np.zeros(shape)
    for _ in range(250):
        W = W - 0.02 * svm_loss(W, X, y, 0)[1]
    yield f"the gradient, 250 steps: {loss(W):.3f}"


def softmax() -> Iterator[str]:
    """Features of one's own for the softmax classifier of 05."""
    images = load("picto10").X_train
    root = roots(images, 8, 9)
    tried = {
        "root of edges": root,
        "root of edges, and colours": np.hstack([root, 0.1 * colours(images, 4)]),
    }
    yield from on_five_folds(Entry(linear(softmax_loss, 0.1), ""), {"edges": 10 * edges(images)})
    centred = {name: 10 * (rows - rows.mean(axis=0)) for name, rows in tried.items()}
    yield from on_five_folds(Entry(linear(softmax_loss, 0.2), ""), centred)


def spiral(num_per_arm: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Points (N, 2) of three arms that wind round each other, and labels (N,), as in 06."""
    labels = np.repeat([0, 1, 2], num_per_arm)
    reach = np.tile(np.linspace(0.05, 1, num_per_arm), 3)
    angle = 4 * reach + labels * 2 * np.pi / 3 + rng.normal(scale=0.2, size=len(labels))
    return np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=1), labels


def of_values(seed: int, num_steps: int = 200, rate: float = 0.3, hidden: int = 16) -> float:
    """How often a network of Values is right on the 60 points that it has learned from."""
    rng = np.random.default_rng(seed)
    X, y = spiral(20, rng)
    layers = [[[Value(w) for w in rng.normal(size=n + 1)] for _ in range(m)]
              for n, m in ((2, hidden), (hidden, 3))]  # fmt: skip
    weights = [w for layer in layers for unit in layer for w in unit]

    def scores_of(x: np.ndarray) -> list[Any]:
        first, last = layers
        h = [(u[-1] + sum(w * float(v) for w, v in zip(u, x, strict=False))).relu() for u in first]
        return [u[-1] + sum(w * v for w, v in zip(u, h, strict=False)) for u in last]

    for _ in range(num_steps):
        loss = Value(0.0)
        for x, label in zip(X, y, strict=True):
            s = scores_of(x)
            for c in range(3):
                if c != label:
                    loss = loss + (s[c] - s[label] + 1).relu() * (1 / len(y))
        for w in weights:
            w.grad = 0.0
        loss.backward()
        for w in weights:
            w.data -= rate * w.grad
    return float(np.mean([np.argmax([s.data for s in scores_of(x)]) == c
                          for x, c in zip(X, y, strict=True)]))  # fmt: skip


def gates() -> Iterator[str]:
    """A network of Values on the spiral: ten starts, each on points of its own."""
    start = time.process_time()
    found = [of_values(seed) for seed in range(10)]
    told = ", ".join(f"{100 * right:.0f}" for right in found)
    yield f"{told} % after 200 steps; {(time.process_time() - start) / 2000:.2f} s a step"


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "00": workflow, "02": neighbours, "03": scores, "04": downhill, "05": softmax,
    "06": gates,
}  # fmt: skip


def main() -> None:
    """Print what is asked for."""
    print_parts("benchmarks.wanting_more", __doc__, PARTS, "{name}")


if __name__ == "__main__":
    main()
