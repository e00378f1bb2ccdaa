"""What must hold of a training: its steps, its reports, and the orders in which it visits the rows.

A property is a function ``(inputs, output) -> bool`` of a case of `train`, with the sentence for a
learner whose training it does not hold of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Property = Callable[[Mapping[str, Any], Any], bool]


def no_other_rows(inputs: Mapping[str, Any], output: Any) -> bool:
    """All rows that the model has seen in a step are numbered 0 to N - 1."""
    return all((run["rows"] < len(inputs["X"])).all() for run in output)


def right_epochs(inputs: Mapping[str, Any], output: Any) -> bool:
    """Where all rows have been visited equally often, it was once per epoch."""
    n, epochs = len(inputs["X"]), inputs["settings"]["num_epochs"]
    counts = [np.bincount(run["rows"], minlength=n)[:n] for run in output]
    return all(c.min() != c.max() or c.min() == epochs or c.max() == 0 for c in counts)


def all_visited(inputs: Mapping[str, Any], output: Any) -> bool:
    """In the whole training every row occurs at least once per epoch on average."""
    n, epochs = len(inputs["X"]), inputs["settings"]["num_epochs"]
    return all((np.bincount(run["rows"], minlength=n)[:n] >= epochs).all() for run in output)


def none_twice(inputs: Mapping[str, Any], output: Any) -> bool:
    """No N rows in a row, counted from an epoch's start, have one of them twice."""
    n = len(inputs["X"])
    return all(
        len(np.unique(run["rows"][i : i + n])) == len(run["rows"][i : i + n])
        for run in output
        for i in range(0, len(run["rows"]), n)
    )


def right_sizes(inputs: Mapping[str, Any], output: Any) -> bool:
    """All batches of an epoch are full, but for what the remainder makes of one or of all."""
    n, size = len(inputs["X"]), inputs["settings"]["batch_size"]
    epochs = inputs["settings"]["num_epochs"]
    few, many = max(1, n // size), -(-n // size)
    return all(
        few * epochs <= len(run["sizes"]) <= many * epochs
        and (n % size != 0 or (run["sizes"] == size).all())
        and run["sizes"].max() < 2 * size + (size > n)
        for run in output
    )


def rows_keep_labels(inputs: Mapping[str, Any], output: Any) -> bool:
    """Each row came with its own label."""
    by_number = np.argsort(inputs["X"][:, 0])
    return all(np.array_equal(run["labels"], inputs["y"][by_number][run["rows"]]) for run in output)


def biases_move(inputs: Mapping[str, Any], output: Any) -> bool:
    """The numbers of b1, b2 and b3 are others after a step."""
    places = [6, 7, 14, 15, 16, 23, 24]
    return all((run["moves"][:, 0] != run["moves"][:, 2])[:, places].all() for run in output)


def last_layer_moves(inputs: Mapping[str, Any], output: Any) -> bool:
    """The numbers of W3 are others after a step."""
    return all((run["moves"][:, 0] != run["moves"][:, 2])[:, 17:23].all() for run in output)


def downhill(inputs: Mapping[str, Any], output: Any) -> bool:
    """No step goes along the gradient."""
    steps = np.concatenate([run["moves"] for run in output])
    return bool((np.sum((steps[:, 2] - steps[:, 0]) * steps[:, 1], axis=1) < 0).all())


def right_steps(inputs: Mapping[str, Any], output: Any) -> bool:
    """after = before - learning_rate * gradients."""
    rate = inputs["settings"]["learning_rate"]
    return all(
        np.allclose(after, before - rate * gradient, rtol=1e-9, atol=1e-9)
        for run in output
        for before, gradient, after in run["moves"]
    )


def right_lengths(inputs: Mapping[str, Any], output: Any) -> bool:
    """A loss a step, an accuracy an epoch."""
    epochs = inputs["settings"]["num_epochs"]
    return all(
        run["loss"].shape == run["losses"].shape
        and run["train_accuracy"].shape == run["val_accuracy"].shape == (epochs,)
        for run in output
    )


def right_losses(inputs: Mapping[str, Any], output: Any) -> bool:
    """The losses are those that the model gave."""
    return all(
        run["loss"].shape == run["losses"].shape
        and np.allclose(run["loss"], run["losses"], rtol=1e-9)
        for run in output
    )


def fractions(inputs: Mapping[str, Any], output: Any) -> bool:
    """No accuracy is above 1."""
    return all(run[k].max() <= 1 for run in output for k in ("train_accuracy", "val_accuracy"))


def right_train_accuracy(inputs: Mapping[str, Any], output: Any) -> bool:
    """The accuracies on X are those that the model has after the last step of each epoch."""
    ends = [np.cumsum(run["sizes"]) % len(inputs["X"]) == 0 for run in output]
    return all(
        len(run["train_accuracy"]) == end.sum()
        and np.allclose(run["train_accuracy"], run["reached"][end, 0], atol=1e-9)
        for run, end in zip(output, ends, strict=True)
    )


def right_val_accuracy(inputs: Mapping[str, Any], output: Any) -> bool:
    """The accuracies on X_val are those that the model has after the last step of each epoch."""
    ends = [np.cumsum(run["sizes"]) % len(inputs["X"]) == 0 for run in output]
    return all(
        len(run["val_accuracy"]) == end.sum()
        and np.allclose(run["val_accuracy"], run["reached"][end, 1], atol=1e-9)
        for run, end in zip(output, ends, strict=True)
    )


def not_as_they_stand(inputs: Mapping[str, Any], output: Any) -> bool:
    """No epoch's order is that of X."""
    n, order = len(inputs["X"]), inputs["X"][:, 0].astype(int)
    return not any(
        np.array_equal(run["rows"][i : i + n], order)
        for run in output
        for i in range(0, len(run["rows"]), n)
    )


def new_orders(inputs: Mapping[str, Any], output: Any) -> bool:
    """No two epochs meet the rows in one order."""
    n, epochs = len(inputs["X"]), inputs["settings"]["num_epochs"]
    return all(
        len({tuple(run["rows"][e * n : (e + 1) * n].tolist()) for e in range(epochs)}) == epochs
        for run in output
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


def same_seed_same_order(inputs: Mapping[str, Any], output: Any) -> bool:
    """The first two runs are alike."""
    return np.array_equal(output[0]["rows"], output[1]["rows"])


def other_seed_other_order(inputs: Mapping[str, Any], output: Any) -> bool:
    """The third run differs from the first."""
    return not np.array_equal(output[0]["rows"], output[2]["rows"])


OF_STEPS: dict[Property, str] = {
    no_other_rows: (
        "The training looks at rows that are not in X: those of X_val are for measuring alone."
    ),
    right_epochs: "The rows are not visited num_epochs times: an epoch goes through them once.",
    all_visited: (
        "Not every row of X is visited once in every epoch: as many steps as it takes, until none "
        "is left."
    ),
    none_twice: (
        "Some rows are visited twice in an epoch: shuffle all rows and go through them from the "
        "first to the last, instead of drawing each batch from all of them."
    ),
    right_sizes: "The batches do not have batch_size rows.",
    rows_keep_labels: "The labels of a batch do not belong to its rows.",
    biases_move: "The b do not change: every parameter takes part in a step.",
    last_layer_moves: (
        "The last layer's parameters do not change: go through all the keys there are."
    ),
    downhill: "A step goes against the gradient: minus learning_rate times it.",
    right_steps: (
        "A step does not move every parameter by minus learning_rate times its own gradient."
    ),
    right_lengths: (
        "The three lists do not have the right lengths: `loss` has a number for each step, and "
        "each of the accuracies one for each epoch."
    ),
    right_losses: (
        "`loss` does not hold what model.loss gave for each step's batch, before the step."
    ),
    fractions: "An accuracy is a fraction from 0 to 1, not a percentage.",
    right_train_accuracy: (
        "`train_accuracy` is not that of all of X with the parameters after each epoch."
    ),
    right_val_accuracy: (
        "`val_accuracy` is not that of all of X_val with the parameters after each epoch."
    ),
}
# Of trainings with several batches an epoch: where there is one, its order makes no difference.
OF_ORDERS: dict[Property, str] = {
    not_as_they_stand: "An epoch goes through the rows as they stand in X: shuffle them.",
    new_orders: (
        "The order of the rows is the same in two epochs: shuffle anew at the start of each."
    ),
    well_mixed: (
        "The order of the rows is not random enough: much that stands together in one epoch does "
        "so in the next. Shuffle all the rows, before they are cut into batches."
    ),
    same_seed_same_order: (
        "Two trainings with generators of one seed went differently: all randomness has to come "
        "from rng."
    ),
    other_seed_other_order: (
        "The order of the rows does not depend on rng's seed: shuffle with the rng that you are "
        "given."
    ),
}
