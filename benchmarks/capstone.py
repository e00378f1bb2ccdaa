"""Measures what the capstone's thresholds are set by: ``python -m benchmarks.capstone [ARCHIVE]``.

Independent solutions (`benchmarks.capstone_solutions`) and the reference of chapter 11 are built
from the same 5,000 training images with several seeds: on picto10, judged by its public test images
and by images from the hidden artwork, drawn anew with each seed; and on CIFAR-10, if an archive of
it is named.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.capstone_solutions import (
    BUILDERS,
    Build,
    Predict,
    Trained,
    standardised,
    with_mirror_images,
    with_moved_copies,
)
from benchmarks.wanting_more import colours, roots
from pix2net.data.cifar10.archive import read_archive
from pix2net.data.dataset import first_of_each
from pix2net.data.picto10 import load
from solutions.ch11_capstone.build_classifier import THRESHOLDS, build_classifier
from solutions.ch11_capstone.hidden import hidden_images
from solutions.ch11_capstone.outlines import edges_and_colours
from solutions.ch14_convolution.build_conv_classifier import (
    THRESHOLD,
    build_conv_classifier,
    build_with,
)

Images = tuple[np.ndarray, np.ndarray]
REFERENCE = ("the reference of 11", build_classifier)


def all_features(images: np.ndarray) -> np.ndarray:
    """The features of chapter 11 with those of the optional tasks beside them."""
    found = [edges_and_colours(images), 0.7 * colours(images, 4), 2 * roots(images, 4, 9)]
    return np.hstack(found).astype(np.float32)


# The most that we know of without convolutions: 400 units, trained like the reference of 11.
WAYS = (("mirrored", with_mirror_images, 20), ("mirrored and moved", with_moved_copies, 6))
FEATURES: tuple[tuple[str, Build], ...] = tuple(
    (
        f"all features of 05 and 11, {how}",
        Trained(standardised(all_features, each=False), (400,), num_epochs=num_epochs, rate=0.1,
                reg=1e-3, cosine=True, drop_prob=0.5, views=views, copies=True),
    )
    for how, views, num_epochs in WAYS
)  # fmt: skip
ALL = (*THRESHOLDS, THRESHOLD)
SUMMIT = ("three blocks: the reference of 14", build_conv_classifier)


def blocks(*filters: int) -> Build:
    """The network of chapter 14's reference with other blocks, one for each number of filters."""

    def build(X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Predict:
        return build_with(X, y, rng, filters=filters)

    return build


CONVOLUTIONAL = (("one block of filters", blocks(32)), ("two blocks", blocks(32, 64)), SUMMIT)


def measured(
    solutions: Iterable[tuple[str, Build]],
    train: Images,
    tests: Callable[[int], Mapping[str, Images]],
    seeds: int,
) -> None:
    """Print a row for each solution: accuracies, how often it passes each threshold, seconds."""
    names = list(tests(0))
    print("|", " | ".join(["solution", *names, "seeds that pass", "CPU s"]), "|")
    print("| --- " * (len(names) + 3) + "|")
    for name, build in solutions:
        found: dict[str, list[float]] = {test: [] for test in names}
        start = time.process_time()
        for seed in range(seeds):
            predict = build(*train, np.random.default_rng(seed))
            for test, (X, y) in tests(seed).items():
                found[test].append(float(np.mean(predict(X) == y)))
        seconds = (time.process_time() - start) / seeds
        told = [f"{100 * np.mean(a):.1f} ({100 * min(a):.1f} to {100 * max(a):.1f})"
                for a in found.values()]  # fmt: skip
        passed = [sum(a >= t for a in found[names[-1]]) for t in ALL]
        told += [", ".join(map(str, passed)), f"{seconds:.1f}"]
        print("|", " | ".join([name, *told]), "|", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capstone", description=__doc__)
    parser.add_argument("archive", nargs="?", type=Path, help="of CIFAR-10, binary or Python")
    parser.add_argument("--seeds", type=int, default=5, help="how often each is built")
    parser.add_argument("--only", default="", help="solutions whose names contain this")
    given = parser.parse_args()
    every = (*BUILDERS, REFERENCE, *FEATURES, *CONVOLUTIONAL)
    solutions = [pair for pair in every if given.only in pair[0]]
    d = load()

    @cache
    def tests(seed: int) -> dict[str, Images]:
        hidden = hidden_images(np.random.default_rng([seed, 11]))
        return {"public test images": (d.X_test, d.y_test), "hidden drawings": hidden}

    told = ", ".join(f"{100 * t:.0f}" for t in ALL)
    print(f"picto10, {given.seeds} seeds: mean, lowest, highest in percent; thresholds {told} %\n")
    measured(solutions, (d.X_train, d.y_train), tests, given.seeds)
    if given.archive:
        a = read_archive(given.archive)
        some = first_of_each(a.y_train, 500)
        print(f"\nCIFAR-10, 5,000 training and {len(a.y_test):,} test images\n")
        measured(
            solutions, (a.X_train[some], a.y_train[some]), lambda _: {"test": (a.X_test, a.y_test)},
            given.seeds,
        )  # fmt: skip


if __name__ == "__main__":
    main()
