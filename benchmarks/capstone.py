"""Measures what the capstone's thresholds are set by: ``python -m benchmarks.capstone [ARCHIVE]``.

A linear classifier and a plain network of scikit-learn, and the reference of chapter 11, are built
from the same 5,000 training images with several seeds: on picto10, judged by its public test images
and by images from the hidden artwork; and on CIFAR-10, if an archive of it is named.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from benchmarks.picto10 import rows
from pix2net.data.cifar10.archive import read_archive
from pix2net.data.dataset import first_of_each
from pix2net.data.picto10 import load
from solutions.ch11_capstone.build_classifier import build_classifier
from solutions.ch11_capstone.hidden import hidden_images

Predict = Callable[[np.ndarray], np.ndarray]
Build = Callable[[np.ndarray, np.ndarray, np.random.Generator], Predict]
Images = tuple[np.ndarray, np.ndarray]


def linear(X_train: np.ndarray, y_train: np.ndarray, rng: np.random.Generator) -> Predict:
    """A linear softmax classifier on standardised pixels."""
    from sklearn.linear_model import LogisticRegression

    X = rows(X_train)
    mean, std = X.mean(axis=0), X.std(axis=0)
    fitted = LogisticRegression(C=1e-4, max_iter=100).fit((X - mean) / std, y_train)
    return lambda X: fitted.predict((rows(X) - mean) / std)


def plain_network(X_train: np.ndarray, y_train: np.ndarray, rng: np.random.Generator) -> Predict:
    """One hidden layer of 100 units on centred pixels, SGD with a constant rate, no remedies."""
    from sklearn.neural_network import MLPClassifier

    X = rows(X_train)
    mean = X.mean(axis=0)
    network = MLPClassifier(
        (100,), solver="sgd", momentum=0.0, alpha=0.0, learning_rate_init=0.05, batch_size=100,
        max_iter=20, random_state=int(rng.integers(2**31)),
    )  # fmt: skip
    fitted = network.fit(2 * (X - mean), y_train)
    return lambda X: fitted.predict(2 * (rows(X) - mean))


BUILDERS: tuple[tuple[str, Build], ...] = (
    ("linear classifier", linear),
    ("plain network", plain_network),
    ("everything of 08 to 10", build_classifier),
)


def measured(train: Images, tests: Callable[[int], Mapping[str, Images]], seeds: int) -> None:
    """Print a line for each classifier: mean, lowest and highest accuracy, CPU seconds."""
    for name, build in BUILDERS:
        found: dict[str, list[float]] = {}
        start = time.process_time()
        for seed in range(seeds):
            predict = build(*train, np.random.default_rng(seed))
            for test, (X, y) in tests(seed).items():
                found.setdefault(test, []).append(float(np.mean(predict(X) == y)))
        seconds = (time.process_time() - start) / seeds
        told = [
            f"{test} {100 * np.mean(a):.1f} ({100 * min(a):.1f} to {100 * max(a):.1f})"
            for test, a in found.items()
        ]
        print(f"{name:24} {', '.join(told)} %, {seconds:.1f} s", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capstone", description=__doc__)
    parser.add_argument("archive", nargs="?", type=Path, help="of CIFAR-10, binary or Python")
    parser.add_argument("--seeds", type=int, default=4, help="how often each is built")
    given = parser.parse_args()
    warnings.filterwarnings("ignore")
    d = load()

    def tests(seed: int) -> dict[str, Images]:
        hidden = hidden_images(np.random.default_rng([seed, 11]))
        return {"public": (d.X_test, d.y_test), "hidden": hidden}

    print("picto10")
    measured((d.X_train, d.y_train), tests, given.seeds)
    if given.archive:
        a = read_archive(given.archive)
        some = first_of_each(a.y_train, 500)
        print(f"CIFAR-10, 5,000 training and {len(a.y_test):,} test images")
        measured(
            (a.X_train[some], a.y_train[some]), lambda _: {"test": (a.X_test, a.y_test)},
            given.seeds,
        )  # fmt: skip


if __name__ == "__main__":
    main()
