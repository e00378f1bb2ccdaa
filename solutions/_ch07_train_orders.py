"""Chapter 07, fourth part: what must hold of the orders in which a training visits the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from solutions._ch07_activations import chapter
from solutions._ch07_train import train


@chapter.property(train, "An epoch goes through the rows as they stand in X: shuffle them.")
def not_as_they_stand(inputs: Mapping[str, Any], output: Any) -> bool:
    """No epoch's order is that of X."""
    n, order = len(inputs["X"]), inputs["X"][:, 0].astype(int)
    return not any(
        np.array_equal(run["rows"][i : i + n], order)
        for run in output
        for i in range(0, len(run["rows"]), n)
    )


@chapter.property(
    train, "The order of the rows is the same in two epochs: shuffle anew at the start of each."
)
def new_orders(inputs: Mapping[str, Any], output: Any) -> bool:
    """No two epochs meet the rows in one order."""
    n, epochs = len(inputs["X"]), inputs["settings"]["num_epochs"]
    return all(
        len({tuple(run["rows"][e * n : (e + 1) * n].tolist()) for e in range(epochs)}) == epochs
        for run in output
    )


@chapter.property(
    train,
    "The order of the rows is not random enough: much that stands together in one epoch does so in "
    "the next. Shuffle all the rows, before they are cut into batches.",
)
def well_mixed(inputs: Mapping[str, Any], output: Any) -> bool:
    """From an epoch to the next, few rows keep their neighbours, few batches their rows."""
    n, size = len(inputs["X"]), inputs["settings"]["batch_size"]
    for run in output:
        epochs = [run["rows"][i : i + n] for i in range(0, len(run["rows"]) - n + 1, n)]
        for e in range(1, len(epochs)):
            place = np.argsort(epochs[e])[epochs[e - 1]]  # of each row, where it stands next
            batch = np.arange(n) // size
            full = np.bincount(batch)
            shared = np.bincount(batch * len(full) + place // size)
            kept = np.sum(shared * (shared - 1)) / max(1, np.sum(full * (full - 1)))
            if kept > 0.8 or np.mean(np.abs(np.diff(place)) == 1) > 0.6:
                return False
    return True


@chapter.property(
    train,
    "Two trainings with generators of one seed went differently: all randomness has to come from "
    "rng.",
)
def same_seed_same_order(inputs: Mapping[str, Any], output: Any) -> bool:
    """The first two runs are alike."""
    return np.array_equal(output[0]["rows"], output[1]["rows"])


@chapter.property(
    train,
    "The order of the rows does not depend on rng's seed: shuffle with the rng that you are given.",
)
def other_seed_other_order(inputs: Mapping[str, Any], output: Any) -> bool:
    """The third run differs from the first."""
    return not np.array_equal(output[0]["rows"], output[2]["rows"])
