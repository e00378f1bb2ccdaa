"""Chapter 05: what people make of the training loop."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from solutions._ch05_classifier import train_linear_classifier
from solutions._ch05_probabilities import chapter


def trained(
    loss_function: Any, X: np.ndarray, y: np.ndarray, num_classes: int, *, learning_rate: float,
    reg: float, num_steps: int, batch_size: int, rng: Any, slip: str = "",
) -> Any:  # fmt: skip
    """The training loop with one slip, told by its name; right without one."""
    W = np.zeros((num_classes, X.shape[1]))
    if slip == "random start":
        W = 0.01 * rng.normal(size=W.shape)
    if slip == "classes from the labels":
        W = np.zeros((int(y.max()) + 1, X.shape[1]))
    if slip == "own seed":
        rng = np.random.default_rng(0)
    draw = {
        "all examples": lambda: np.arange(len(X)),
        "without replacement": lambda: np.resize(rng.permutation(len(X)), batch_size),
        "first rows": lambda: np.arange(batch_size) % len(X),
    }.get(slip, lambda: rng.integers(0, len(X), size=batch_size))
    rows, losses = draw(), []
    for step in range(num_steps):
        if slip == "in turn":
            rows = (step * batch_size + np.arange(batch_size)) % len(X)
        elif slip != "one batch":
            rows = draw()
        labels = rng.integers(0, len(X), size=batch_size) if slip == "labels apart" else rows
        handed = 0.0 if slip == "no reg" else reg
        loss, dW = loss_function(W, X[rows], y[labels], handed)
        W = W + learning_rate * dW if slip == "uphill" else W - learning_rate * dW
        if slip == "loss after the step":
            loss, _ = loss_function(W, X[rows], y[labels], handed)
        losses.append(loss)
    if slip == "last loss alone":
        return W, losses[-1]
    if slip == "transposed":
        return W.T, losses
    return (W, np.mean(losses)) if slip == "mean loss" else (W, losses)


SLIPS = {
    "uphill": (
        "Your loss goes up: a step goes against the gradient."
    ),
    "random start": (
        "Your weights start at random numbers; here they start at zero."
    ),
    "classes from the labels": (
        "You counted the classes in y; one may be missing there, so W has num_classes rows."
    ),
    "loss after the step": (
        "You recorded each loss after the step; it belongs to the weights before it."
    ),
    "no reg": (
        "reg does not reach the loss function."
    ),
    "last loss alone": (
        "You return the last loss alone; losses has one entry for each step."
    ),
    "transposed": (
        "Your W has a column per class; it has a row per class."
    ),
    "all examples": (
        "Every step of yours looks at all examples; it should look at batch_size of them."
    ),
    "one batch": (
        "You drew one batch before the loop and used it for every step; draw a new one each time."
    ),
    "first rows": (
        "Your batches are always the first rows of X: nothing is drawn at all."
    ),
    "in turn": (
        "You went through the rows in their order; a batch is drawn at random from all rows."
    ),
    "without replacement": (
        "Each of your batches is a part of a shuffled X; with replacement a row may occur twice."
    ),
    "labels apart": (
        "You drew the labels of a batch apart from its rows, so they do not belong together."
    ),
    "own seed": (
        "Your batches come from a generator of your own with a fixed seed, not from rng."
    ),
}  # fmt: skip


for _slip, _sentence in SLIPS.items():
    chapter.misconception(train_linear_classifier, _slip.replace(" ", "-"), _sentence)(
        partial(trained, slip=_slip)
    )
