"""Chapter 11: what a classifier is tried on, and three thresholds that it is held against.

Hidden images come from artwork of their own and are drawn anew from each release's seed; their
labels stay outside. One training run is judged by all thresholds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from data import load
from grader.exercises import Case
from solutions._ch10_dropout import draw_seed
from solutions._ch11_classifier import build_classifier, chapter
from solutions._ch11_hidden import hidden_images

# Measured by `python -m benchmarks.capstone`; docs/capstone.md says what stands behind each.
THRESHOLDS = (0.28, 0.40, 0.48)
FEW_THRESHOLD = 0.25
FEW_TRAIN, FEW_TEST = 1000, 500
SECONDS, FEW_SECONDS = 120.0, 40.0


@chapter.scenario(build_classifier)
def few_images(build_classifier, num_train, num_test, seed):
    """Labels of public test images after training on some of the training images.

    And checksums of these, which must not have been changed.
    """
    from data import load

    d = load("picto10")
    chosen = np.random.default_rng(seed).permutation(len(d.y_train))[:num_train]
    X, y = d.X_train[chosen], d.y_train[chosen]
    predict = build_classifier(X, y, np.random.default_rng(seed))
    places = np.arange(1, num_train + 1)
    sums = X.reshape(num_train, -1).sum(axis=1, dtype=np.int64)
    return predict(d.X_test[:num_test]), int(sums @ places), int(y @ places)


@chapter.scenario(build_classifier)
def all_images(build_classifier, X_test, seed):
    """Labels of unseen images after training on all the training images."""
    from data import load

    d = load("picto10")
    predict = build_classifier(d.X_train.copy(), d.y_train.copy(), np.random.default_rng(seed))
    return predict(X_test)


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
    places = np.arange(1, FEW_TRAIN + 1)
    sums = d.X_train[chosen].reshape(FEW_TRAIN, -1).sum(axis=1, dtype=np.int64)
    label = (
        f"{FEW_TRAIN:,} training images, {FEW_SECONDS:g} s: at least {100 * FEW_THRESHOLD:g} % of "
        f"{FEW_TEST} public test images right"
    )
    yield Case(
        label, {"num_train": FEW_TRAIN, "num_test": FEW_TEST, "seed": seed},
        scenario="few_images", compare=False, properties=ACCURATE, seconds=FEW_SECONDS,
        withheld={"labels": d.y_test[:FEW_TEST].copy(), "threshold": FEW_THRESHOLD},
    )  # fmt: skip
    yield Case(
        "the training images are left as they were", {}, again=label, edge=True, compare=False,
        properties=("training_set_left_alone",),
        withheld={"checksums": [int(sums @ places), int(d.y_train[chosen] @ places)]},
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
            first, inputs = label, {"X_test": images, "seed": draw_seed(rng)}
            yield Case(label, inputs, scenario="all_images", seconds=SECONDS, **kept)
