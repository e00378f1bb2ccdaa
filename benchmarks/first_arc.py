"""Measures the first arc's ladder by drawing: ``python -m benchmarks.first_arc [--seeds 3]``.

With ``--rates``: what the networks of chapter 07 reach with other learning rates.

The classifiers of chapters 03, 04, 05 and 07 on picto10: five folds that keep drawings together, as
`grouped_folds` of chapter 02 makes them, every model on the very same ones, over seeds; then the
test images. Pairs of models are compared image by image and drawing by drawing. The table stands in
``benchmarks/first_arc.md``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.by_drawing import FOLDS, edges, error_by_drawing, told
from pix2net.data.dataset import Dataset
from pix2net.data.picto10 import load
from solutions.ch02_knn.grouped_folds import grouped_folds
from solutions.ch04_svm.svm_loss import svm_loss
from solutions.ch05_softmax.softmax_loss import softmax_loss
from solutions.ch05_softmax.train_linear_classifier import train_linear_classifier
from solutions.ch07_mlp.MLP import MLP
from solutions.ch07_mlp.train import train

CLASSES = 10
PAIRS = (
    ("softmax on pixels", "SVM on pixels"),
    ("softmax on pixels", "least squares on pixels"),
    ("softmax on edges", "softmax on pixels"),
    ("network on pixels", "softmax on pixels"),
    ("softmax on edges", "network on pixels"),
    ("network on edges", "softmax on edges"),
)

# Rows to learn from, their labels, rows to answer for, a seed -> the answers.
Model = Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray]


@dataclass(frozen=True)
class Entry:
    """A model, what it looks at ("pixels" or "edges"), and whether a seed changes it."""

    model: Model
    sees: str
    random: bool = True


def least_squares(X: np.ndarray, y: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
    """Chapter 03's recipe."""
    A, B = (np.hstack([rows + 0.5, np.ones((len(rows), 1))]) for rows in (X, asked))
    small = 1000 * np.eye(A.shape[1])
    small[-1, -1] = 0
    weights = np.linalg.solve(A.T @ A + small, A.T @ np.eye(CLASSES)[y])
    return np.asarray(np.argmax(B @ weights, axis=1))


def linear(loss: Callable[..., object], learning_rate: float) -> Model:
    """Chapter 05's loop: 500 steps on batches of 100."""

    def model(X: np.ndarray, y: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
        W, _ = train_linear_classifier(
            loss, X, y, CLASSES, learning_rate=learning_rate, reg=0.001, num_steps=500,
            batch_size=100, rng=np.random.default_rng(seed),
        )  # fmt: skip
        return np.asarray(np.argmax(asked @ W.T, axis=1))

    return model


def network(
    learning_rate: float,
    weight_scale: float,
    hidden: Sequence[int] = (100,),
    num_epochs: int = 20,
) -> Model:
    """Chapter 07's network, in batches of 50; without hidden units it is linear."""

    def model(X: np.ndarray, y: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
        net = MLP(
            [X.shape[1], *hidden, CLASSES], np.random.default_rng(seed), weight_scale=weight_scale
        )
        train(
            net, X, y, asked[:1], np.zeros(1, dtype=int), learning_rate=learning_rate,
            num_epochs=num_epochs, batch_size=50, rng=np.random.default_rng(seed),
        )  # fmt: skip
        return np.asarray(net.predict(asked))

    return model


ENTRIES: Mapping[str, Entry] = {
    "least squares on pixels": Entry(least_squares, "pixels", random=False),
    "SVM on pixels": Entry(linear(svm_loss, 0.001), "pixels"),
    "softmax on pixels": Entry(linear(softmax_loss, 0.03), "pixels"),
    "softmax on edges": Entry(linear(softmax_loss, 0.1), "edges"),
    "network on pixels": Entry(network(0.1, 0.02), "pixels"),
    "network on edges": Entry(network(0.02, 0.1), "edges"),
}

# Chapter 07's three at the end, and the rates that are tried: of each about three times the last.
RATES: Mapping[str, tuple[Callable[[float], Model], str, tuple[float, ...]]] = {
    "softmax on pixels": (
        lambda rate: network(rate, 0.01, (), 10), "pixels", (0.001, 0.003, 0.01, 0.03)
    ),
    "network on pixels": (lambda rate: network(rate, 0.02), "pixels", (0.01, 0.03, 0.1, 0.3)),
    "softmax on edges": (
        lambda rate: network(rate, 0.01, (), 20), "edges", (0.003, 0.01, 0.03, 0.1)
    ),
}  # fmt: skip


def features(images: np.ndarray) -> dict[str, np.ndarray]:
    """What a model may look at, as in the chapters."""
    return {"pixels": images.reshape(len(images), -1) / 255 - 0.5, "edges": 10 * edges(images)}


def held_back(entry: Entry, X: np.ndarray, y: np.ndarray, folds: np.ndarray, seed: int) -> list:
    """(N,) whether each image was answered right by a model that had not seen its drawing."""
    right = np.zeros(len(y), dtype=bool)
    for fold in range(FOLDS):
        held = folds == fold
        right[held] = entry.model(X[~held], y[~held], X[held], seed) == y[held]
    return right.tolist()


def z_of(ahead: int, behind: int) -> float:
    """How many standard errors a count of pairs is away from an even one."""
    return float((ahead - behind) / np.sqrt(max(ahead + behind, 1)))


def paired(a: np.ndarray, b: np.ndarray, groups: np.ndarray) -> str:
    """Two models on the same images: pairs that differ, image by image and drawing by drawing."""
    told_apart = []
    by_drawing = np.bincount(groups, a.astype(float) - b)
    for ahead, behind in (
        (int(np.sum(a & ~b)), int(np.sum(b & ~a))),
        (int(np.sum(by_drawing > 0)), int(np.sum(by_drawing < 0))),
    ):
        told_apart.append(f"{ahead}:{behind}, z = {z_of(ahead, behind):.1f}")
    return " | ".join(told_apart)


def rows_of_table(data: Dataset, seeds: int, test: bool) -> Iterator[str]:
    """The lines that are printed."""
    assert data.group_train is not None
    assert data.group_test is not None
    y, folds = data.y_train, grouped_folds(data.group_train, FOLDS)
    X, X_test = features(data.X_train), features(data.X_test)
    found: dict[str, list[np.ndarray]] = {}
    yield "| classifier | held-back drawings | test images |\n| --- | --- | --- |"
    for name, entry in ENTRIES.items():
        tries = range(seeds if entry.random else 1)
        found[name] = [np.array(held_back(entry, X[entry.sees], y, folds, s)) for s in tries]
        line = f"| {name} | {told([float(right.mean()) for right in found[name]])} | "
        if test:
            on_test = [
                entry.model(X[entry.sees], y, X_test[entry.sees], s) == data.y_test for s in tries
            ]
            error = 100 * error_by_drawing(np.mean(on_test, axis=0), data.group_test)
            line += f"{told([float(r.mean()) for r in on_test])} (by drawing ± {error:.1f}) "
        yield line + "|"
    yield "\n| pair | seed | images | drawings |\n| --- | --- | --- | --- |"
    for first, second in PAIRS:
        for seed in range(seeds):
            a, b = (found[name][seed % len(found[name])] for name in (first, second))
            yield f"| {first} : {second} | {seed} | {paired(a, b, data.group_train)} |"


def rows_of_rates(data: Dataset, seeds: int) -> Iterator[str]:
    """What each of chapter 07's three reaches on held-back drawings, rate by rate."""
    assert data.group_train is not None
    folds, X = grouped_folds(data.group_train, FOLDS), features(data.X_train)
    yield "| classifier | rate | held-back drawings |\n| --- | --- | --- |"
    for name, (made, sees, rates) in RATES.items():
        for rate in rates:
            entry = Entry(made(rate), sees)
            found = [
                np.mean(held_back(entry, X[sees], data.y_train, folds, s)) for s in range(seeds)
            ]
            yield f"| {name} | {rate:g} | {told([float(right) for right in found])} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_arc", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how often training is repeated")
    parser.add_argument("--no-test", action="store_true", help="leave the test images alone")
    parser.add_argument("--rates", action="store_true", help="chapter 07's learning rates alone")
    options = parser.parse_args()
    print(f"accuracy in percent, mean ± standard deviation over {options.seeds} seeds\n")
    table = (
        rows_of_rates(load(), options.seeds)
        if options.rates
        else rows_of_table(load(), options.seeds, not options.no_test)
    )
    for line in table:
        print(line, flush=True)


if __name__ == "__main__":
    main()
