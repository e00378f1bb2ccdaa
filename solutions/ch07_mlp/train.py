"""train: the loop that trains any model, epoch by epoch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch07_mlp.trainings import OF_ORDERS, OF_STEPS

exercise = ExerciseDefinition(points=3)


@exercise.reference
def train(
    model,
    X: np.ndarray,
    y: np.ndarray,
    X_val: np.ndarray,
    y_val: np.ndarray,
    *,
    learning_rate: float,
    num_epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> dict:
    """Train a model by gradient descent on random batches; its parameters change.

    Args:
        model: has .loss(X, y) -> (loss, gradients), .parameters (a dict; gradients has the same
            keys), .predict(X) -> labels and .scores(X). Use nothing else of it.
        X, y: (N, D) training rows and (N,) labels.
        X_val, y_val: validation rows and labels; never trained on.
        learning_rate: a step changes every parameter w by -learning_rate times its gradient.
        num_epochs: how often to go through the training rows.
        batch_size: how many rows a step looks at. Every epoch visits each row once, in a new
            random order; where batch_size does not divide N, share out the rest as you like.
        rng: the source of the random orders.

    Returns:
        dict: "loss", a list with each step's loss on its batch, before the step; and
        "train_accuracy" and "val_accuracy", lists with one number per epoch: the fraction of all
        of X, and of X_val, that is predicted right after that epoch.
    """
    history: dict = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for _ in range(num_epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            loss, gradients = model.loss(X[rows], y[rows])
            for name, gradient in gradients.items():
                model.parameters[name] -= learning_rate * gradient
            history["loss"].append(float(loss))
        history["train_accuracy"].append(float(np.mean(model.predict(X) == y)))
        history["val_accuracy"].append(float(np.mean(model.predict(X_val) == y_val)))
    return history


# Of its arguments, column 0 of X numbers the rows, and three are yes or no:
# - blind: losses and gradients see a batch's size alone, so that all is determined;
# - backwards: gradients come in another order than parameters;
# - windows: rows are read-only windows onto larger arrays.
@exercise.scenario()
def a_toy(train, X, y, X_val, y_val, settings, seeds, blind, backwards, windows):
    """Training of a model made for the purpose, once for each seed: what train gave back, and
    what the model was asked meanwhile."""
    if windows:
        pairs = [np.repeat(array, 2, axis=-1)[..., ::2] for array in (X, y, X_val, y_val)]
        X, y, X_val, y_val = (np.broadcast_to(array, array.shape) for array in pairs)

    class Toy:
        def __init__(self):
            shapes = {"W1": (2, 3), "b1": (2,), "W2": (3, 2), "b2": (3,), "W3": (2, 3), "b3": (2,)}
            self.parameters = {k: np.cos(np.indices(s).sum(0) + len(k)) for k, s in shapes.items()}
            self.log = []

        def state(self):
            return np.concatenate([w.ravel() for w in self.parameters.values()])

        def now(self):
            right = [np.mean(self.predict(a) == b) for a, b in ((X, y), (X_val, y_val))]
            return self.state(), np.array(right)

        def loss(self, X, y):
            drift = len(X) / 50 if blind else float(np.mean(X[:, 1] * (1 + y)))
            loss = float(np.sum(self.state() ** 2)) + 5 + drift
            slopes = {k: np.sin(3 * w) + int(k[1]) / 2 for k, w in self.parameters.items()}
            gradients = {k: slope + drift for k, slope in slopes.items()}
            flat = np.concatenate([g.ravel() for g in gradients.values()])
            self.log.append((*self.now(), np.rint(X[:, 0]).astype(int), np.array(y), loss, flat))
            return loss, dict(reversed(gradients.items())) if backwards else gradients

        def scores(self, X):
            k = np.arange(4)
            return np.cos((k + 1) * X[:, [1]] + self.state().sum() * k)

        def predict(self, X):
            return self.scores(X).argmax(1)

    runs = []
    for seed in seeds:
        model = Toy()
        given = train(model, X, y, X_val, y_val, **settings, rng=np.random.default_rng(seed))
        wanted = ("loss", "train_accuracy", "val_accuracy")
        whole = isinstance(given, dict) and all(name in given for name in wanted)
        if blind:
            numbers = [np.array(given[n], dtype=np.float64) for n in wanted] if whole else given
            return dict(zip(wanted, numbers, strict=True)) if whole else given, model.state()
        run = {name: np.array(given[name], dtype=np.float64) for name in wanted}
        # Asking without stepping is nobody's harm: a step leaves the parameters changed.
        asked = zip(model.log, [*model.log[1:], model.now()], strict=False)
        steps = [(a, b) for a, b in asked if not np.array_equal(a[0], b[0])]
        run["sizes"] = np.array([len(a[2]) for a, _ in steps], dtype=int)
        run["rows"] = np.concatenate([np.zeros(0, dtype=int), *(a[2] for a, _ in steps)])
        run["labels"] = np.concatenate([np.zeros(0, dtype=int), *(a[3] for a, _ in steps)])
        run["losses"] = np.array([a[4] for a, _ in steps], dtype=np.float64)
        run["moves"] = np.array([(a[0], a[5], b[0]) for a, b in steps]).reshape(-1, 3, 25)
        run["reached"] = np.array([b[1] for _, b in steps]).reshape(-1, 2)
        runs.append(run)
    return runs


for holds, sentence in {**OF_STEPS, **OF_ORDERS}.items():
    exercise.property(sentence)(holds)

ONE_BATCH = tuple(holds.__name__ for holds in OF_STEPS)
ALL = (*ONE_BATCH, *(holds.__name__ for holds in OF_ORDERS))


def draw_toy(
    rng: np.random.Generator, n: int, n_val: int, batch_size: int, num_epochs: int = 3
) -> dict[str, Any]:
    """Rows that carry their numbers, in any order, labels, and settings of a training."""
    X, X_val = rng.uniform(-3, 3, size=(n, 3)), rng.uniform(-3, 3, size=(n_val, 3))
    X[:, 0], X_val[:, 0] = rng.permutation(n), np.arange(n, n + n_val)
    rate = float(rng.uniform(0.02, 0.04))
    y, y_val = rng.permutation(np.arange(n) % 4), rng.permutation(np.arange(n_val) % 4)
    seed = int(rng.integers(2**31))
    return {
        "X": X,
        "y": y,
        "X_val": X_val,
        "y_val": y_val,
        "settings": {"learning_rate": rate, "num_epochs": num_epochs, "batch_size": batch_size},
        "seeds": [seed, seed, seed + 1],
        "blind": False,
        "backwards": False,
        "windows": False,
    }


def draw_blind(rng: np.random.Generator, n: int, n_val: int, size: int, **more: Any) -> dict:
    """Inputs of a training in which all is determined; ``more`` of its settings."""
    inputs = {**draw_toy(rng, n, n_val, size), "blind": True}
    inputs["seeds"], inputs["settings"] = inputs["seeds"][:1], {**inputs["settings"], **more}
    return inputs


def toy_case(
    label: str, inputs: Mapping[str, Any], edge: bool = False, properties: tuple[str, ...] = ALL
) -> Case:
    """A case of `a_toy` whose order is free."""
    return Case(label, inputs, edge, "a_toy", compare=False, shapes=False, properties=properties)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    blind = draw_blind(rng, 24, 10, 6, num_epochs=4)
    yield Case("steps, losses and accuracies", blind, scenario="a_toy")
    yield toy_case("batches that share the rows out evenly", draw_toy(rng, 40, 12, 8))
    yield toy_case("a remainder", draw_toy(rng, 31, 14, 7), edge=True)
    backwards = {**draw_toy(rng, 24, 9, 8), "backwards": True}
    yield toy_case("gradients in another order than the parameters", backwards, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield toy_case("batches of one row", draw_toy(rng, 15, 21, 1), edge=True)
    whole = draw_toy(rng, 22, 13, 22, num_epochs=4)
    yield toy_case("a batch of all rows", whole, edge=True, properties=ONE_BATCH)
    larger = draw_toy(rng, 18, 11, 50, num_epochs=2)
    yield toy_case("a batch_size above N", larger, edge=True, properties=ONE_BATCH)
    yield toy_case("a single epoch", draw_toy(rng, 33, 8, 10, num_epochs=1), edge=True)
    yield toy_case("a remainder of one row", draw_toy(rng, 37, 17, 6), edge=True)
    # Accuracies are of all rows, also where somebody might look at the first thousand alone.
    yield toy_case("many rows", draw_toy(rng, 1500, 1200, 500, num_epochs=2), edge=True)
    windows = {**draw_toy(rng, 26, 9, 8), "windows": True}
    yield toy_case("rows that are read-only windows", windows, edge=True)
    typed = draw_toy(rng, 28, 9, 7)
    typed["y"], typed["y_val"] = typed["y"].astype(np.uint8), typed["y_val"].astype(np.int32)
    yield toy_case("labels as uint8 and int32", typed, edge=True)
    fixed: dict[str, Any] = {"scenario": "a_toy", "edge": True}
    numpys = {"learning_rate": np.float64(0.02), "num_epochs": np.int64(2)}
    numpys["batch_size"] = np.int64(6)
    yield Case("settings that are NumPy's", draw_blind(rng, 18, 5, 6, **numpys), **fixed)
    for label, more in (
        ("a learning rate of 0", {"learning_rate": 0.0}),
        ("a learning rate of 1", {"learning_rate": 1, "num_epochs": 1}),
        ("a tiny learning rate", {"learning_rate": 1e-9}),
    ):
        yield Case(label, draw_blind(rng, 20, 6, 5, **more), **fixed)
    yield Case("a single row to train on, and one to measure on", draw_blind(rng, 1, 1, 1), **fixed)
    sizes = draw_blind(rng, 12, 7, 4)
    sizes["X"][:4, 1:] = [[0.0, 2e-12], [-3e-12, 2e6], [0.0, 0.0], [-1e6, 1e6]]
    sizes["X_val"][:4] = sizes["X"][:4]
    yield Case("features of all sizes", sizes, **fixed)


exercise.wrong_ways("""
never-shuffled: Your epochs go through the rows as they stand: each wants them in a new random
order.
    - rng.permutation(len(X))
    + np.arange(len(X))

shuffled-once: You shuffle once and keep that order: shuffle anew at the start of every epoch.
    - for _ in range(num_epochs):
    -     order = rng.permutation(len(X))
    + order = rng.permutation(len(X))
    + for _ in range(num_epochs):

shuffled-inside-the-batches: Your batches hold the same rows in every epoch, shuffled inside:
shuffle all the rows, then cut them into batches.
    - order[start : start + batch_size]
    + rng.permutation(np.arange(len(X))[start : start + batch_size])

drawn-with-replacement: You draw the rows with replacement, so that an epoch meets some twice and
others never. Shuffle the numbers of all rows instead, and go through them.
    - rng.permutation(len(X))
    + rng.integers(len(X), size=len(X))

rest-left-out: The rows that do not fill a batch are left out: an epoch visits every row.
    - range(0, len(X), batch_size)
    + range(0, len(X) - len(X) % batch_size, batch_size)

one-batch-an-epoch: An epoch is more than one batch: go on until every row had its turn.
    - range(0, len(X), batch_size)
    + [0]

all-rows-at-once: You take all rows in one step; batch_size says how many a step looks at.
    - for start in range(0, len(X), batch_size):
    -     rows = order[start : start + batch_size]
    + for rows in [order]:

global-randomness: Your orders do not come from rng: np.random draws from a generator of its own, so
a seed reproduces nothing.
    - rng.permutation
    + np.random.permutation

own-seed: You made a new generator with a fixed seed inside: every training goes the same.
    - history: dict
    + rng = np.random.default_rng(0)
    + history: dict

drawn-anew-for-each-batch: You draw every batch from all rows, so that an epoch meets some twice and
others never. Shuffle the numbers of all rows at its start, and go through them.
    history = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    for _ in range(num_epochs):
        for _ in range(max(len(X) // batch_size, 1)):
            rows = rng.choice(len(X), batch_size)
            loss, gradients = model.loss(X[rows], y[rows])
            for name, gradient in gradients.items():
                model.parameters[name] -= learning_rate * gradient
            history["loss"].append(float(loss))
        history["train_accuracy"].append(float(np.mean(model.predict(X) == y)))
        history["val_accuracy"].append(float(np.mean(model.predict(X_val) == y_val)))
    return history

only-X-shuffled: You shuffle the rows and leave the labels where they are: take both by the same
numbers.
    - order = rng.permutation(len(X))
    + X, order = X.copy(), np.arange(len(X))
    + rng.shuffle(X)

accuracies-per-step: You measure the accuracies after every step; they are asked for once an epoch.
    - history["train_accuracy"].append(float(np.mean(model.predict(X) == y)))
    - history["val_accuracy"].append(float(np.mean(model.predict(X_val) == y_val)))
    + pass
    - history["loss"].append(float(loss))
    + history["loss"].append(float(loss))
    + history["train_accuracy"].append(float(np.mean(model.predict(X) == y)))
    + history["val_accuracy"].append(float(np.mean(model.predict(X_val) == y_val)))

labels-apart: Rows and labels are shuffled apart: take both by the same numbers.
    - y[rows]
    + y[rng.permutation(len(X))[: len(rows)]]

by-position: You match gradients and parameters by their places in the two dicts; match them by key.
    - gradients.items()
    + zip(model.parameters, gradients.values())

uphill: A step has to go against the gradient, by learning_rate times it; yours go another way. Is a
sign wrong?
    - -= learning_rate
    + += learning_rate

gradient-divided-by-the-batch: A step is not learning_rate times the gradient, as it stands: the
loss has taken the mean already, so nothing is divided by the size of the batch.
    - learning_rate * gradient
    + learning_rate * gradient / len(rows)

no-step: The parameters never change. `w = w - ...` makes a new array and calls it w; the model
keeps the old one until the new one is put into model.parameters.
    - model.parameters[name] -= learning_rate * gradient
    + w = model.parameters[name]
    + w = w - learning_rate * gradient

weights-alone: The b stay as they are: every parameter takes part in a step.
    - -= learning_rate
    + -= (name[0] == "W") * learning_rate

two-layers-alone: Only the first two layers learn: go through all the keys, however many there are.
    - -= learning_rate
    + -= (name[1] in "12") * learning_rate

after-the-step: `loss` takes what the model gave for each batch before its step, not after.
    - float(loss)
    + model.loss(X[rows], y[rows])[0]

loss-per-epoch: You record one loss per epoch, their mean; every step has its own number.
    - return history
    + history["loss"] = np.reshape(history["loss"], (num_epochs, -1)).mean(axis=1)
    + return history

last-batch: train_accuracy is asked for on all of X after an epoch, not on its last batch.
    - model.predict(X) == y
    + model.predict(X[rows]) == y[rows]

training-twice: val_accuracy has to be measured on X_val, with y_val.
    - model.predict(X_val) == y_val
    + model.predict(X) == y

before-the-epoch: Both accuracies are to be measured when all the steps of an epoch are done.
    - history["train_accuracy"].append(float(np.mean(model.predict(X) == y)))
    - history["val_accuracy"].append(float(np.mean(model.predict(X_val) == y_val)))
    + pass
    - order = rng.permutation(len(X))
    + history["train_accuracy"].append(float(np.mean(model.predict(X) == y)))
    + history["val_accuracy"].append(float(np.mean(model.predict(X_val) == y_val)))
    + order = rng.permutation(len(X))

percent: Your accuracies are percentages; a fraction of 0 to 1 is asked for.
    - return history
    + return {k: v if k == "loss" else [100 * a for a in v] for k, v in history.items()}

one-epoch-more: You train for one epoch too many.
    - range(num_epochs)
    + range(num_epochs + 1)

last-numbers-alone: Only the last numbers are left of your lists: append to them.
    - return history
    + return {name: values[-1:] for name, values in history.items()}

three-lists: Give back a dict with the three names as keys.
    - return history
    + return tuple(history.values())

shuffles-the-caller's-rows: The training is right, but X and y come back in another order: shuffle
numbers of rows.
    - history: dict
    + order = rng.permutation(len(X))
    + X[:], y[:] = X[order], y[order]
    + history: dict

copy-of-the-model: You train a copy of the model; the one that you were given stays as it was.
    - history: dict
    + import copy
    + model = copy.deepcopy(model)
    + history: dict

error-rates: You count the labels that are wrong; an accuracy is the fraction that is right.
    - model.predict(X) == y
    + model.predict(X) != y
    - model.predict(X_val) == y_val
    + model.predict(X_val) != y_val

best-epoch-put-back: At the end you change the parameters once more, such as to those of the best
epoch; they stay as the last step has left them.
    - history: dict
    + kept = []
    + history: dict
    - history["val_accuracy"].append(float(np.mean(model.predict(X_val) == y_val)))
    + history["val_accuracy"].append(float(np.mean(model.predict(X_val) == y_val)))
    + kept.append({name: value.copy() for name, value in model.parameters.items()})
    - return history
    + model.parameters.update(kept[int(np.argmax(history["val_accuracy"]))])
    + return history
""")
