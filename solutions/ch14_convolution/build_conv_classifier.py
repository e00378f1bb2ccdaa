"""build_conv_classifier: the second summit, which takes a convolutional network to reach.

It is chapter 11's task with another threshold: the same training images, hidden drawings, time and
memory, and the same questions about `predict`. The reference is `summit`'s network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from pix2net.data import load
from solutions.ch11_capstone.build_classifier import (
    ACCURATE,
    FIRST,
    SECONDS,
    SENTENCES,
    WRONG,
    all_images,
    beside_accuracy,
    build_classifier,
    class_means,
    few_images,
    rehearsal,
    scores_of,
)
from solutions.ch11_capstone.hidden import hidden_images
from solutions.ch11_capstone.outlines import edges_and_colours
from solutions.ch14_convolution.summit import trained, views

exercise = ExerciseDefinition(points=6, costly=True)

# Measured by `python -m benchmarks.capstone`; docs/capstone.md says what stands on either side.
THRESHOLD = 0.67
TOGETHER = 250  # images that are scored at a time


@exercise.reference
def build_conv_classifier(X_train: np.ndarray, y_train: np.ndarray, rng):
    """Build the best classifier that you can, with convolutions.

    Args:
        X_train: (N, 32, 32, 3) uint8 training images; X_train itself stays as it is.
        y_train: (N,) integer labels in 0..C-1; every class occurs.
        rng: numpy.random.Generator, the source of everything that is random.

    Returns:
        predict: a function; predict(X) gives the labels, (M,) integers, of any images X,
        (M, 32, 32, 3) uint8. The label of an image does not depend on the other images in X.

    Everything is allowed that NumPy can do. Training and predicting together may take 120 seconds
    of computing time (of all processor cores together) and 2 GiB of memory.
    """
    return build_with(X_train, y_train, rng, filters=(32, 64, 64))


def build_with(
    X_train: np.ndarray, y_train: np.ndarray, rng: np.random.Generator, *, filters: tuple[int, ...]
) -> Callable[[np.ndarray], np.ndarray]:
    """A classifier with so many blocks of so many filters."""
    mean = X_train.mean(axis=(0, 1, 2)).astype(np.float32)
    std = np.float32(X_train.std(axis=(0, 1, 2)).mean())
    model = trained((X_train - mean) / std, y_train, rng, filters=filters)

    def predict(X: np.ndarray) -> np.ndarray:
        found = []
        for start in range(0, len(X), TOGETHER):
            # An image, its mirror image and its moved copies vote together.
            part = views((X[start : start + TOGETHER] - mean) / std)
            found.append(np.argmax(sum(model.scores(view) for view in part), axis=1))
        return np.concatenate(found)

    return predict


exercise.scenario()(few_images)
exercise.scenario()(all_images)
for holds, sentence in SENTENCES.items():
    exercise.property(sentence.replace(build_classifier.__name__, "build_conv_classifier"))(holds)


exercise.rehearsal(rehearsal)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    d = load("picto10")
    images, labels = hidden_images(rng)
    label = f"all training images, {SECONDS:g} s: at least {100 * THRESHOLD:g} % of unseen "
    label += "images right"
    kept: dict[str, Any] = {"labels": labels, "threshold": THRESHOLD}
    inputs = {"X_test": images, "first": FIRST, "seed": int(rng.integers(2**32))}
    yield Case(
        label, inputs, scenario="all_images", compare=False, properties=ACCURATE, seconds=SECONDS,
        withheld=kept,
    )  # fmt: skip
    yield from beside_accuracy(label, d.X_train, d.y_train, ("the_same_alone", "the_same_later"))


NAMED_BY_THE_WRONG_WAYS = (class_means, scores_of, edges_and_colours)
exercise.wrong_ways(WRONG.replace(build_classifier.__name__, "build_conv_classifier"))
