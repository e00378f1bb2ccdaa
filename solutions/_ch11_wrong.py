"""Chapter 11: classifiers that cannot work, and those that hand back something else."""

from __future__ import annotations

import numpy as np

from solutions._ch11_classifier import build_classifier, chapter, small_rows


def class_means(X_train: np.ndarray, y_train: np.ndarray) -> np.ndarray:
    """Mean row of each class, (C, D): the quickest thing that has learned something."""
    rows = small_rows(X_train)
    return np.array([rows[y_train == c].mean(axis=0) for c in range(y_train.max() + 1)])


def scores_of(X: np.ndarray, means: np.ndarray) -> np.ndarray:
    """How near images are to class means, (N, C)."""
    return small_rows(X) @ means.T - 0.5 * (means**2).sum(axis=1)


@chapter.misconception(
    build_classifier, "one-label-for-all",
    "Your classifier gives every image the same label. If its loss has become NaN, the learning "
    "rate is too large for such inputs: scale the pixels, or take smaller steps.",
)  # fmt: skip
def _(X_train, y_train, rng):
    return lambda X: np.zeros(len(X), dtype=np.int64)


@chapter.misconception(
    build_classifier, "labels-out-of-step",
    "Your classifier is right hardly more often than chance. When you shuffle or pick images, "
    "their labels have to come along in the same order.",
)  # fmt: skip
def _(X_train, y_train, rng):
    means = class_means(X_train[rng.permutation(len(X_train))], y_train)
    return lambda X: scores_of(X, means).argmax(axis=1)


@chapter.misconception(
    build_classifier, "no-function",
    "What build_classifier gives back cannot be called. It must give back a function that takes "
    "images and gives their labels: define predict inside and return it.",
)  # fmt: skip
def _(X_train, y_train, rng):
    return scores_of(X_train, class_means(X_train, y_train)).argmax(axis=1)


@chapter.misconception(
    build_classifier, "predict-without-return",
    "Your predict gives None: is a `return` missing in it?",
)  # fmt: skip
def _(X_train, y_train, rng):
    means = class_means(X_train, y_train)

    def predict(X):
        scores_of(X, means).argmax(axis=1)

    return predict


@chapter.misconception(
    build_classifier, "scores-for-labels",
    "Your predict gives a score for every class; choose the class with the highest one.",
)  # fmt: skip
def _(X_train, y_train, rng):
    means = class_means(X_train, y_train)
    return lambda X: scores_of(X, means)


@chapter.misconception(
    build_classifier, "labels-of-the-training-images",
    "Your predict answers for the training images, whatever images it is given: use its argument.",
)  # fmt: skip
def _(X_train, y_train, rng):
    means = class_means(X_train, y_train)
    return lambda X: scores_of(X_train, means).argmax(axis=1)


@chapter.misconception(
    build_classifier, "a-single-label",
    "Your predict gives one label for a whole batch of images; it must give one for each image.",
)  # fmt: skip
def _(X_train, y_train, rng):
    means = class_means(X_train, y_train)
    return lambda X: int(scores_of(X, means).sum(axis=0).argmax())


@chapter.misconception(
    build_classifier, "labels-as-floats",
    "Your labels are floats; labels are integers.",
)  # fmt: skip
def _(X_train, y_train, rng):
    means = class_means(X_train, y_train)
    return lambda X: scores_of(X, means).argmax(axis=1).astype(float)
