"""Chapter 07, fourth part: training any model, epoch by epoch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch07_activations import chapter


@chapter.exercise(points=3)
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


@chapter.scenario(train)
def a_toy(train, X, y, X_val, y_val, settings, seeds, blind, backwards):
    """Training of a model made for the purpose, once for each seed: what train gave back, and
    what the model was asked meanwhile. Column 0 of X numbers the rows.

    blind      whether losses and gradients see a batch's size alone, so that all is determined
    backwards  whether gradients come in another order than parameters
    """

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
            phase = self.state().sum()
            return np.stack([np.cos((k + 1) * X[:, 1] + phase * k) for k in range(4)], axis=1)

        def predict(self, X):
            return self.scores(X).argmax(1)

    runs = []
    for seed in seeds:
        model = Toy()
        given = train(model, X, y, X_val, y_val, **settings, rng=np.random.default_rng(seed))
        wanted = ("loss", "train_accuracy", "val_accuracy")
        whole = isinstance(given, dict) and all(name in given for name in wanted)
        if blind and not whole:
            return given, model.state()
        run = {name: np.array(given[name], dtype=np.float64) for name in wanted}
        if blind:
            return run, model.state()
        ends = [*model.log[1:], model.now()]
        # Asking without stepping is nobody's harm: a step leaves the parameters changed.
        pairs = zip(model.log, ends, strict=False)
        steps = [(a, b) for a, b in pairs if not np.array_equal(a[0], b[0])]
        run["sizes"] = np.array([len(a[2]) for a, _ in steps], dtype=int)
        run["rows"] = np.concatenate([np.zeros(0, dtype=int), *(a[2] for a, _ in steps)])
        run["labels"] = np.concatenate([np.zeros(0, dtype=int), *(a[3] for a, _ in steps)])
        run["losses"] = np.array([a[4] for a, _ in steps], dtype=np.float64)
        run["moves"] = np.array([(a[0], a[5], b[0]) for a, b in steps]).reshape(-1, 3, 25)
        run["reached"] = np.array([b[1] for _, b in steps]).reshape(-1, 2)
        runs.append(run)
    return runs


@chapter.property(
    train,
    "The three lists do not have the right lengths: `loss` has a number for each step, and each of "
    "the accuracies one for each epoch.",
)
def right_lengths(inputs: Mapping[str, Any], output: Any) -> bool:
    """A loss a step, an accuracy an epoch."""
    epochs = inputs["settings"]["num_epochs"]
    return all(
        run["loss"].shape == run["losses"].shape
        and run["train_accuracy"].shape == run["val_accuracy"].shape == (epochs,)
        for run in output
    )


@chapter.property(
    train,
    "The training looks at rows that are not in X: those of X_val are for measuring alone.",
)
def no_other_rows(inputs: Mapping[str, Any], output: Any) -> bool:
    """All rows that the model has seen in a step are numbered 0 to N - 1."""
    return all((run["rows"] < len(inputs["X"])).all() for run in output)


@chapter.property(
    train,
    "The rows are not visited num_epochs times: an epoch goes through them once.",
)
def right_epochs(inputs: Mapping[str, Any], output: Any) -> bool:
    """Where all rows have been visited equally often, it was once per epoch."""
    n, epochs = len(inputs["X"]), inputs["settings"]["num_epochs"]
    counts = [np.bincount(run["rows"], minlength=n)[:n] for run in output]
    return all(c.min() != c.max() or c.min() == epochs or c.max() == 0 for c in counts)


@chapter.property(
    train,
    "Not every row of X is visited once in every epoch: as many steps as it takes, until none is "
    "left.",
)
def all_visited(inputs: Mapping[str, Any], output: Any) -> bool:
    """In the whole training every row occurs at least once per epoch on average."""
    n, epochs = len(inputs["X"]), inputs["settings"]["num_epochs"]
    return all((np.bincount(run["rows"], minlength=n)[:n] >= epochs).all() for run in output)


@chapter.property(
    train,
    "Some rows are visited twice in an epoch: shuffle all rows and go through them from the first "
    "to the last, instead of drawing each batch from all of them.",
)
def none_twice(inputs: Mapping[str, Any], output: Any) -> bool:
    """No N rows in a row, counted from an epoch's start, have one of them twice."""
    n = len(inputs["X"])
    return all(
        len(np.unique(run["rows"][i : i + n])) == len(run["rows"][i : i + n])
        for run in output
        for i in range(0, len(run["rows"]), n)
    )


@chapter.property(train, "The batches do not have batch_size rows.")
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


@chapter.property(train, "The labels of a batch do not belong to its rows.")
def rows_keep_labels(inputs: Mapping[str, Any], output: Any) -> bool:
    """Each row came with its own label."""
    by_number = np.argsort(inputs["X"][:, 0])
    return all(np.array_equal(run["labels"], inputs["y"][by_number][run["rows"]]) for run in output)


@chapter.property(train, "The b do not change: every parameter takes part in a step.")
def biases_move(inputs: Mapping[str, Any], output: Any) -> bool:
    """The numbers of b1, b2 and b3 are others after a step."""
    places = [6, 7, 14, 15, 16, 23, 24]
    return all((run["moves"][:, 0] != run["moves"][:, 2])[:, places].all() for run in output)


@chapter.property(
    train, "The last layer's parameters do not change: go through all the keys there are."
)
def last_layer_moves(inputs: Mapping[str, Any], output: Any) -> bool:
    """The numbers of W3 are others after a step."""
    return all((run["moves"][:, 0] != run["moves"][:, 2])[:, 17:23].all() for run in output)


@chapter.property(train, "A step goes against the gradient: minus learning_rate times it.")
def downhill(inputs: Mapping[str, Any], output: Any) -> bool:
    """No step goes along the gradient."""
    steps = np.concatenate([run["moves"] for run in output])
    return bool((np.sum((steps[:, 2] - steps[:, 0]) * steps[:, 1], axis=1) < 0).all())


@chapter.property(
    train,
    "A step does not move every parameter by minus learning_rate times its own gradient.",
)
def right_steps(inputs: Mapping[str, Any], output: Any) -> bool:
    """after = before - learning_rate * gradients."""
    rate = inputs["settings"]["learning_rate"]
    return all(
        np.allclose(after, before - rate * gradient, rtol=1e-9, atol=1e-9)
        for run in output
        for before, gradient, after in run["moves"]
    )


@chapter.property(
    train, "`loss` does not hold what model.loss gave for each step's batch, before the step."
)
def right_losses(inputs: Mapping[str, Any], output: Any) -> bool:
    """The losses are those that the model gave."""
    return all(
        run["loss"].shape == run["losses"].shape
        and np.allclose(run["loss"], run["losses"], rtol=1e-9)
        for run in output
    )


@chapter.property(train, "An accuracy is a fraction from 0 to 1, not a percentage.")
def fractions(inputs: Mapping[str, Any], output: Any) -> bool:
    """No accuracy is above 1."""
    return all(run[k].max() <= 1 for run in output for k in ("train_accuracy", "val_accuracy"))


@chapter.property(
    train,
    "`train_accuracy` is not that of all of X with the parameters after each epoch.",
)
def right_train_accuracy(inputs: Mapping[str, Any], output: Any) -> bool:
    """The accuracies on X are those that the model has after the last step of each epoch."""
    ends = [np.cumsum(run["sizes"]) % len(inputs["X"]) == 0 for run in output]
    return all(
        len(run["train_accuracy"]) == end.sum()
        and np.allclose(run["train_accuracy"], run["reached"][end, 0], atol=1e-9)
        for run, end in zip(output, ends, strict=True)
    )


@chapter.property(
    train,
    "`val_accuracy` is not that of all of X_val with the parameters after each epoch.",
)
def right_val_accuracy(inputs: Mapping[str, Any], output: Any) -> bool:
    """The accuracies on X_val are those that the model has after the last step of each epoch."""
    ends = [np.cumsum(run["sizes"]) % len(inputs["X"]) == 0 for run in output]
    return all(
        len(run["val_accuracy"]) == end.sum()
        and np.allclose(run["val_accuracy"], run["reached"][end, 1], atol=1e-9)
        for run, end in zip(output, ends, strict=True)
    )


PROPERTIES = (
    "no_other_rows", "right_epochs", "all_visited", "none_twice", "right_sizes",
    "rows_keep_labels", "biases_move", "last_layer_moves", "downhill", "right_steps",
    "right_lengths", "right_losses", "fractions",
    "right_train_accuracy", "right_val_accuracy", "not_as_they_stand", "new_orders", "well_mixed",
    "same_seed_same_order", "other_seed_other_order",
)  # fmt: skip
ONE_BATCH = PROPERTIES[:15]  # whose order makes no difference


def draw_toy(
    rng: np.random.Generator, n: int, n_val: int, batch_size: int, num_epochs: int = 3
) -> dict[str, Any]:
    """Rows that carry their numbers, in any order, labels, and settings of a training."""
    X, X_val = rng.uniform(-3, 3, size=(n, 3)), rng.uniform(-3, 3, size=(n_val, 3))
    X[:, 0], X_val[:, 0] = rng.permutation(n), np.arange(n, n + n_val)
    settings = {
        "learning_rate": float(rng.uniform(0.02, 0.04)), "num_epochs": num_epochs,
        "batch_size": batch_size,
    }  # fmt: skip
    return {
        "X": X, "y": rng.permutation(np.arange(n) % 4), "X_val": X_val,
        "y_val": rng.permutation(np.arange(n_val) % 4), "settings": settings,
        "seeds": _seeds(rng),
        "blind": False, "backwards": False,
    }  # fmt: skip


def _seeds(rng: np.random.Generator) -> list[int]:
    """A seed twice, and another one."""
    seed = int(rng.integers(2**31))
    return [seed, seed, seed + 1]


def toy_case(
    label: str, inputs: Mapping[str, Any], *, edge: bool = False,
    properties: tuple[str, ...] = PROPERTIES,
) -> Case:  # fmt: skip
    """A case of `a_toy` whose order is free."""
    return Case(label, inputs, edge, "a_toy", compare=False, shapes=False, properties=properties)


@chapter.cases(train)
def _(rng: np.random.Generator) -> Iterator[Case]:
    blind = {**draw_toy(rng, 24, 10, 6, num_epochs=4), "blind": True}
    blind["seeds"] = blind["seeds"][:1]
    yield Case("steps, losses and accuracies", blind, scenario="a_toy")
    yield toy_case("batches that share the rows out evenly", draw_toy(rng, 40, 12, 8))
    yield toy_case("a remainder", draw_toy(rng, 31, 14, 7), edge=True)
    backwards = {**draw_toy(rng, 24, 9, 8), "backwards": True}
    yield toy_case("gradients in another order than the parameters", backwards, edge=True)


@chapter.hidden_cases(train)
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
