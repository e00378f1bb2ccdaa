"""Chapter 11: what a classifier is tried on, and three thresholds that it is held against.

Hidden images come from artwork of their own and are drawn anew from each release's seed; their
labels stay outside. One training run is judged by all thresholds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from pix2net.data import load
from solutions._ch10_dropout import draw_seed
from solutions._ch11_classifier import build_classifier, chapter
from solutions._ch11_hidden import hidden_images

# Measured by `python -m benchmarks.capstone`; docs/capstone.md says what stands behind each.
THRESHOLDS = (0.28, 0.40, 0.48)
FEW_THRESHOLD = 0.25
FEW_TRAIN, FEW_TEST = 1000, 500
SECONDS, FEW_SECONDS = 120.0, 40.0
FIRST = 137  # images of the first of two calls of predict: it must do for any number


def checksums(X: np.ndarray, y: np.ndarray) -> list[int]:
    """Numbers that change with any value of X or y, and with its place; as in `few_images`."""
    rows = X.reshape(len(X), -1) @ np.arange(1, X[0].size + 1)
    places = np.arange(1, len(X) + 1)
    return [int(rows @ places), int(y @ places)]


@chapter.scenario(build_classifier)
def few_images(build_classifier, num_train, num_test, first, seed):
    """Labels of public test images, asked for in two parts, after training on some images.

    And checksums of these, which must not have been changed.
    """
    from pix2net.data import load

    d = load("picto10")
    chosen = np.random.default_rng(seed).permutation(len(d.y_train))[:num_train]
    X, y = d.X_train[chosen], d.y_train[chosen]
    predict = build_classifier(X, y, np.random.default_rng(seed))
    if not callable(predict):  # a kind of error that nothing else raises
        raise type("NoFunctionGivenBack", (Exception,), {})
    parts = [predict(d.X_test[:first]), predict(d.X_test[first:num_test])]
    if parts[0] is None:
        raise type("NoLabelsGivenBack", (Exception,), {})
    joined = np.concatenate(parts) if all(np.ndim(part) > 0 for part in parts) else parts[0]
    rows = X.reshape(len(X), -1) @ np.arange(1, X[0].size + 1)
    places = np.arange(1, len(X) + 1)
    return joined, int(rows @ places), int(y @ places)


@chapter.scenario(build_classifier)
def all_images(build_classifier, X_test, first, seed):
    """Labels of unseen images, asked for in two parts, after training on all training images."""
    from pix2net.data import load

    d = load("picto10")
    predict = build_classifier(d.X_train.copy(), d.y_train.copy(), np.random.default_rng(seed))
    if not callable(predict):
        raise type("NoFunctionGivenBack", (Exception,), {})
    parts = [predict(X_test[:first]), predict(X_test[first:])]
    if parts[0] is None:
        raise type("NoLabelsGivenBack", (Exception,), {})
    return np.concatenate(parts) if all(np.ndim(part) > 0 for part in parts) else parts[0]


@chapter.property(build_classifier, "A label must be from 0 to 9.")
def labels_in_range(inputs, output):
    labels = output[0] if isinstance(output, (tuple, list)) else output
    return bool(labels.min() >= 0 and labels.max() <= 9)


@chapter.property(
    build_classifier,
    "Every image gets the same label: have the weights become NaN, or has nothing been learned?",
)  # fmt: skip
def several_classes(inputs, output):
    labels = output[0] if isinstance(output, (tuple, list)) else output
    return len(np.unique(labels)) > 1


@chapter.property(
    build_classifier, "The labels are right hardly more often than guesses are, one in ten."
)
def above_chance(inputs, output):
    labels = output[0] if isinstance(output, (tuple, list)) else output
    return bool(np.mean(labels == np.asarray(inputs["labels"])) >= 0.18)


@chapter.property(build_classifier, "Fewer images are right than this threshold asks for.")
def above_threshold(inputs, output):
    labels = output[0] if isinstance(output, (tuple, list)) else output
    return bool(np.mean(labels == np.asarray(inputs["labels"])) >= inputs["threshold"])


@chapter.property(
    build_classifier,
    "Training images or labels are not as they were handed over: work on copies.",
)  # fmt: skip
def training_set_left_alone(inputs, output):
    return [output[1], output[2]] == inputs["checksums"]


ACCURATE = ("labels_in_range", "several_classes", "above_chance", "above_threshold")


@chapter.cases(build_classifier)
def _(rng: np.random.Generator) -> Iterator[Case]:
    d, seed = load("picto10"), draw_seed(rng)
    chosen = np.random.default_rng(seed).permutation(len(d.y_train))[:FEW_TRAIN]
    label = (
        f"{FEW_TRAIN:,} training images, {FEW_SECONDS:g} s: at least {100 * FEW_THRESHOLD:g} % of "
        f"{FEW_TEST} public test images right"
    )
    yield Case(
        label, {"num_train": FEW_TRAIN, "num_test": FEW_TEST, "first": FIRST, "seed": seed},
        scenario="few_images", compare=False, properties=ACCURATE, seconds=FEW_SECONDS,
        withheld={"labels": d.y_test[:FEW_TEST].copy(), "threshold": FEW_THRESHOLD},
    )  # fmt: skip
    yield Case(
        "the training images are left as they were", {}, again=label, edge=True, compare=False,
        properties=("training_set_left_alone",),
        withheld={"checksums": checksums(d.X_train[chosen], d.y_train[chosen])},
    )  # fmt: skip


@chapter.hidden_cases(build_classifier)
def _(rng: np.random.Generator) -> Iterator[Case]:
    images, labels = hidden_images(rng)
    first = ""
    for threshold in THRESHOLDS:
        label = f"all training images, {SECONDS:g} s: at least {100 * threshold:g} % of unseen "
        label += "images right"
        kept: dict[str, Any] = {
            "compare": False, "properties": ACCURATE,
            "withheld": {"labels": labels, "threshold": threshold},
        }  # fmt: skip
        if first:
            yield Case(label, {}, again=first, edge=True, **kept)
        else:
            first = label
            inputs = {"X_test": images, "first": FIRST, "seed": draw_seed(rng)}
            yield Case(label, inputs, scenario="all_images", seconds=SECONDS, **kept)
