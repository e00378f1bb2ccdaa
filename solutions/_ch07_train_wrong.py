"""Chapter 07: what people make of the training loop."""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

import numpy as np

from solutions._ch07_activations import chapter
from solutions._ch07_train import train


def orders(slip: str, n: int, size: int, rng: Any) -> Any:
    """The rows of each batch of an epoch, with the slip in it."""
    order = np.arange(n) if slip == "never shuffled" else rng.permutation(n)
    if slip == "drawn with replacement":
        order = rng.integers(n, size=n)
    if slip == "global randomness":
        order = np.random.permutation(n)  # noqa: NPY002
    if slip == "shuffled inside the batches":
        order = np.concatenate(
            [rng.permutation(rows) for rows in np.split(np.arange(n), range(size, n, size))]
        )
    if slip == "rest left out":
        order = order[: n - n % size]
    if slip == "one batch an epoch":
        order = order[:size]
    step = n if slip == "all rows at once" else size
    return [order[i : i + step] for i in range(0, len(order), step)]


def step(slip: str, model: Any, gradients: dict, rate: float, count: int) -> None:
    """A step, with the slip in it."""
    names, values = list(model.parameters), list(gradients.values())
    for i, name in enumerate(names):
        gradient = values[i] if slip == "by position" else gradients[name]
        move = -rate * gradient
        if slip == "uphill":
            move = -move
        if slip == "gradient divided by the batch":
            move = move / count
        if slip == "no step" or (slip == "weights alone" and name.startswith("b")):
            continue
        if slip == "two layers alone" and i >= 4:
            continue
        model.parameters[name] = model.parameters[name] + move


def trained(
    model: Any, X: np.ndarray, y: np.ndarray, X_val: np.ndarray, y_val: np.ndarray, *,
    learning_rate: float, num_epochs: int, batch_size: int, rng: Any, slip: str = "",
) -> Any:  # fmt: skip
    """The training loop with one slip, told by its name; right without one."""
    if slip == "own seed":
        rng = np.random.default_rng(0)
    history: dict = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for epoch in range(num_epochs + (slip == "one epoch more")):
        if slip != "shuffled once" or epoch == 0:
            batches = orders(slip, len(X), batch_size, rng)
        before = (model.predict(X) == y).mean(), (model.predict(X_val) == y_val).mean()
        losses = []
        for rows in batches:
            labels = y[rng.permutation(len(X))[: len(rows)]] if slip == "labels apart" else y[rows]
            loss, gradients = model.loss(X[rows], labels)
            step(slip, model, gradients, learning_rate, len(rows))
            losses.append(model.loss(X[rows], labels)[0] if slip == "after the step" else loss)
        history["loss"] += [np.mean(losses)] if slip == "loss per epoch" else losses
        after = (model.predict(X) == y).mean(), (model.predict(X_val) == y_val).mean()
        if slip == "last batch":
            after = (model.predict(X[rows]) == y[rows]).mean(), after[1]
        if slip == "training twice":
            after = after[0], after[0]
        for i, name in enumerate(("train_accuracy", "val_accuracy")):
            found = before[i] if slip == "before the epoch" else after[i]
            history[name].append(100 * found if slip == "percent" else found)
    if slip == "last numbers alone":
        return {name: values[-1:] for name, values in history.items()}
    if slip == "nothing given back":
        return None
    return (*history.values(),) if slip == "three lists" else history


SLIPS = {
    "never shuffled":
        "Your epochs go through the rows as they stand: each wants them in a new random order.",
    "shuffled once":
        "You shuffle once and keep that order: shuffle anew at the start of every epoch.",
    "shuffled inside the batches":
        "Your batches hold the same rows in every epoch, shuffled inside: shuffle all the rows, "
        "then cut them into batches.",
    "drawn with replacement":
        "You draw the rows with replacement, so that an epoch meets some twice and others never. "
        "Shuffle the numbers of all rows instead, and go through them.",
    "rest left out":
        "The rows that do not fill a batch are left out: an epoch visits every row.",
    "one batch an epoch": "An epoch is more than one batch: go on until every row had its turn.",
    "all rows at once": "You take all rows in one step; batch_size says how many a step looks at.",
    "global randomness":
        "Your orders do not come from rng: np.random draws from a generator of its own, so a seed "
        "reproduces nothing.",
    "own seed": "You made a new generator with a fixed seed inside: every training goes the same.",
    "labels apart": "Rows and labels are shuffled apart: take both by the same numbers.",
    "by position":
        "You match gradients and parameters by their places in the two dicts; match them by key.",
    "uphill":
        "A step has to go against the gradient, by learning_rate times it; yours go another way. "
        "Is a sign wrong?",
    "gradient divided by the batch":
        "A step is not learning_rate times the gradient, as it stands: the loss has taken the mean "
        "already, so nothing is divided by the size of the batch.",
    "no step":
        "The parameters never change. `w = w - ...` makes a new array and calls it w; the model "
        "keeps the old one until the new one is put into model.parameters.",
    "weights alone": "The b stay as they are: every parameter takes part in a step.",
    "two layers alone":
        "Only the first two layers learn: go through all the keys, however many there are.",
    "after the step": "`loss` takes what the model gave for each batch before its step, not after.",
    "loss per epoch": "You record one loss per epoch, their mean; every step has its own number.",
    "last batch": "train_accuracy is asked for on all of X after an epoch, not on its last batch.",
    "training twice": "val_accuracy has to be measured on X_val, with y_val.",
    "before the epoch":
        "Both accuracies are to be measured when all the steps of an epoch are done.",
    "percent": "Your accuracies are percentages; a fraction of 0 to 1 is asked for.",
    "one epoch more": "You train for one epoch too many.",
    "last numbers alone": "Only the last numbers are left of your lists: append to them.",
    "three lists": "Give back a dict with the three names as keys.",
}  # fmt: skip
for slip, sentence in SLIPS.items():
    name = slip.replace(" ", "-")
    chapter.misconception(train, name, sentence)(partial(trained, slip=slip))


@chapter.misconception(
    train, "shuffles-the-caller's-rows",
    "The training is right, but X and y come back in another order: shuffle numbers of rows.",
)  # fmt: skip
def _(
    model: Any, X: np.ndarray, y: np.ndarray, X_val: np.ndarray, y_val: np.ndarray, *, rng: Any,
    **settings: Any,
) -> Any:  # fmt: skip
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    return trained(model, X, y, X_val, y_val, rng=rng, **settings)


@chapter.misconception(
    train, "copy-of-the-model",
    "You train a copy of the model; the one that you were given stays as it was.",
)  # fmt: skip
def _(model: Any, *rows: np.ndarray, **settings: Any) -> Any:
    return trained(copy.deepcopy(model), *rows, **settings)
