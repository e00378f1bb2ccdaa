"""train_linear_classifier: the loop that learns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch05_softmax.sample_batch import sample_batch

exercise = ExerciseDefinition(points=3)


@exercise.reference
def train_linear_classifier(
    loss_function,
    X: np.ndarray,
    y: np.ndarray,
    num_classes: int,
    *,
    learning_rate: float,
    reg: float,
    num_steps: int,
    batch_size: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, list]:
    """Find weights with a small loss by many small steps, each on a random batch.

    Args:
        loss_function: (W, X, y, reg) -> (loss, dW), such as softmax_loss.
        X: (N, D) float64 examples, one a row.
        y: (N,) integers in 0..num_classes-1.
        num_classes: C, the number of rows of W.
        learning_rate: how far a step goes, in multiples of the gradient.
        reg: handed on to loss_function.
        num_steps: how many steps to take.
        batch_size: how many examples each step looks at, drawn as sample_batch draws them.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        W: (C, D) float64 weights after num_steps steps, starting from zeros, and
        losses: a list of num_steps floats: each step's loss on its own batch, before the
        step was taken.
    """
    W = np.zeros((num_classes, X.shape[1]))
    losses = []
    for _step in range(num_steps):
        X_batch, y_batch = sample_batch(X, y, batch_size, rng)
        loss, dW = loss_function(W, X_batch, y_batch, reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses


@exercise.scenario()
def down_a_bowl(
    implementation: Callable[..., Any], target: np.ndarray, curvature: np.ndarray, X: np.ndarray,
    y: np.ndarray, num_classes: int, settings: Mapping[str, Any], seed: int,
) -> Any:  # fmt: skip
    """Train with a made-up loss, which is the same for every batch, so that all is determined."""

    def loss_function(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> Any:
        away = W - target
        loss = np.sum(curvature * away**2) + reg * np.sum(np.abs(W)) + 3.0
        return float(loss), 2 * curvature * away + reg * np.cos(W)

    result = implementation(
        loss_function, X, y, num_classes, **settings, rng=np.random.default_rng(seed)
    )
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        return result
    return [result[0], np.array(result[1], dtype=np.float64)]


@exercise.scenario()
def batches_seen(
    implementation: Callable[..., Any], num_examples: int, num_steps: int, batch_size: int,
    seed: int,
) -> Any:  # fmt: skip
    """Numbers and labels of the rows of each step, and the losses handed back, in three trainings:
    two of one seed and one of another. Row n carries n and has label n % 4.

    The loss is the mean of the numbers. The slope is 1 everywhere, so that the weights tell the
    step, however often it asks for a loss.
    """
    X = np.arange(num_examples, dtype=np.float64)[:, None] * [1.0, 0.5]
    y = np.arange(num_examples) % 4
    runs = []
    for s in (seed, seed, seed + 1):
        seen: dict[int, Any] = {}

        def loss_function(
            W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float, seen: dict[int, Any] = seen
        ) -> Any:
            if len(X) == len(y) == batch_size:  # one on all data, out of interest, is nobody's harm
                numbers, labels = np.rint(X[:, 0]).astype(int), np.array(y, dtype=int)
                seen[round(4 * abs(float(W.mean())))] = (numbers, labels)
            return float(X[:, 0].mean()), np.ones(W.shape)

        _weights, losses = implementation(
            loss_function, X, y, 4, learning_rate=0.25, reg=0.0, num_steps=num_steps,
            batch_size=batch_size, rng=np.random.default_rng(s),
        )  # fmt: skip
        steps = [seen[k] for k in range(num_steps) if k in seen]
        parts = [[step[i] for step in steps] for i in (0, 1)]
        run = [np.array(part, dtype=int).reshape(-1, batch_size) for part in parts]
        runs.append([*run, np.array(losses, dtype=np.float64).reshape(-1)])
    return runs


@exercise.property(
    "Yours are not num_steps steps, each of learning_rate times the gradient on a batch of its own "
    "of batch_size examples."
)
def every_step_a_batch(inputs: Mapping[str, Any], output: Any) -> bool:
    """There is a batch of the right size for each step."""
    return all(len(run[0]) == len(run[1]) == inputs["num_steps"] for run in output)


@exercise.property(
    "What you record is not each step's loss on its own batch: keep what loss_function gave there."
)
def losses_of_the_batches(inputs: Mapping[str, Any], output: Any) -> bool:
    """The loss of a batch is the mean of its numbers."""
    return all(np.allclose(run[2], run[0].mean(axis=1), rtol=1e-9) for run in output)


@exercise.property("The labels of a batch do not belong to its rows.")
def rows_keep_labels(inputs: Mapping[str, Any], output: Any) -> bool:
    """Row n has label n % 4."""
    return all(np.array_equal(run[1], run[0] % 4) for run in output)


@exercise.property("Your steps all look at the same batch: draw a new one for each step.")
def batches_differ(inputs: Mapping[str, Any], output: Any) -> bool:
    """No two steps in a row have the same rows."""
    return all((run[0][1:] != run[0][:-1]).any(axis=1).all() for run in output)


@exercise.property(
    "Your batches do not reach all of the data: every row of X has to have its chance in every "
    "step."
)
def reach_everything(inputs: Mapping[str, Any], output: Any) -> bool:
    """Nearly every row occurs, and a third of the way not only the first rows have."""
    n = inputs["num_examples"]
    third = inputs["num_steps"] // 3
    return all(
        len(np.unique(run[0])) > 0.9 * n and len(np.unique(run[0][:third])) > 0.6 * n
        for run in output
    )


@exercise.property("Hardly a batch has a row twice: draw with replacement, as sample_batch does.")
def drawn_with_replacement(inputs: Mapping[str, Any], output: Any) -> bool:
    """Half of the batches have a row twice, where five in six or more are expected to."""
    repeats = [[len(np.unique(batch)) < len(batch) for batch in run[0]] for run in output]
    return all(2 * sum(run) > len(run) for run in repeats)


@exercise.property(
    "Two trainings with generators of one seed saw different batches: all randomness has to come "
    "from rng."
)
def same_seed_same_batches(inputs: Mapping[str, Any], output: Any) -> bool:
    """The first two runs are alike."""
    return np.array_equal(output[0][0], output[1][0])


@exercise.property(
    "The batches do not depend on rng's seed: draw them from the rng that you were given."
)
def other_seed_other_batches(inputs: Mapping[str, Any], output: Any) -> bool:
    """The third run differs from the first."""
    return not np.array_equal(output[0][0], output[2][0])


RANDOM = (
    "every_step_a_batch", "losses_of_the_batches", "rows_keep_labels", "batches_differ",
    "reach_everything", "drawn_with_replacement", "same_seed_same_batches",
    "other_seed_other_batches",
)  # fmt: skip


def bowl_case(
    label: str, rng: np.random.Generator, n: int, c: int, d: int, settings: dict[str, Any],
    *, edge: bool = False,
) -> Case:  # fmt: skip
    """A case of `down_a_bowl`; the labels' largest class does not occur."""
    inputs = {
        "target": rng.normal(size=(c, d)),
        "curvature": rng.uniform(0.2, 1.0, size=(c, d)),
        "X": rng.normal(size=(n, d)),
        "y": rng.integers(0, c - 1, size=n),
        "num_classes": c,
        "settings": settings,
        "seed": int(rng.integers(2**31)),
    }
    return Case(label, inputs, edge, "down_a_bowl")


def seen_case(
    label: str, rng: np.random.Generator, n: int, steps: int, size: int, *, edge: bool = False
) -> Case:
    """A case of `batches_seen`."""
    inputs = {"num_examples": n, "num_steps": steps, "batch_size": size,
              "seed": int(rng.integers(2**31))}  # fmt: skip
    return Case(label, inputs, edge, "batches_seen", compare=False, shapes=False, properties=RANDOM)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    rate, reg = float(rng.uniform(0.1, 0.3)), float(rng.uniform(0.2, 0.6))
    c, d = (int(k) for k in rng.choice([3, 4, 5, 6], size=2, replace=False))
    few = {"learning_rate": rate, "reg": reg, "num_steps": 3, "batch_size": 5}
    yield bowl_case("three steps, on a loss that is the same for every batch", rng, 12, c, d, few)
    more = {"learning_rate": rate, "reg": 0.0, "num_steps": 40, "batch_size": 8}
    yield bowl_case("forty steps, without a penalty", rng, 20, d, c, more)
    yield seen_case("which examples the steps look at", rng, 40, 60, 12)
    one = {"learning_rate": rate, "reg": reg, "num_steps": 1, "batch_size": 4}
    yield bowl_case("a single step", rng, 9, 3, 4, one, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield seen_case("batches larger than the data", rng, 10, 12, 15, edge=True)
    two = {"learning_rate": 0.2, "reg": 0.1, "num_steps": 6, "batch_size": 1}
    yield bowl_case("two classes, batches of one", rng, 7, 2, 5, two, edge=True)
    # num_steps steps, whatever the losses do, each as long as the gradient makes it.
    settings = {"learning_rate": 2e-5, "reg": 1, "num_steps": 20, "batch_size": 4}
    steep = bowl_case("a loss so steep that slopes are in the thousands", rng, 9, 3, 4, settings,
                      edge=True)  # fmt: skip
    yield replace(steep, inputs={**steep.inputs, "curvature": 1e4 * steep.inputs["curvature"]})
    settings = {"learning_rate": 3.0, "reg": 0.0, "num_steps": 12, "batch_size": 4}
    yield bowl_case("steps so long that the loss grows", rng, 9, 3, 4, settings, edge=True)
    settings = {"learning_rate": 0.1, "reg": 0.0, "num_steps": 300, "batch_size": 4}
    flat = bowl_case("a loss that stays the same, step after step", rng, 9, 3, 4, settings,
                     edge=True)  # fmt: skip
    yield replace(flat, inputs={**flat.inputs, "target": np.zeros((3, 4))})
    settings = {"learning_rate": 0.1, "reg": 0.2, "num_steps": 3, "batch_size": 4}
    lone = bowl_case("a single class, a single feature, a single row", rng, 1, 2, 1, settings,
                     edge=True)  # fmt: skip
    one = {name: lone.inputs[name][:1] for name in ("target", "curvature")}
    labels = np.zeros(1, dtype=np.uint8)
    yield replace(lone, inputs={**lone.inputs, **one, "y": labels, "num_classes": 1})


exercise.wrong_ways("""
uphill: Your loss goes up: a step goes against the gradient.
    - W - learning_rate * dW
    + W + learning_rate * dW

rate-ignored: Each step subtracts the whole gradient; multiply it by learning_rate first.
    - learning_rate * dW
    + dW

global-randomness: Your batches come from np.random, a generator of its own, so a seed reproduces
nothing: draw from rng.
    - X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + rows = np.random.randint(0, len(X), size=batch_size)  # noqa: NPY002
    + X_batch, y_batch = X[rows], y[rows]

random-start: Your weights start at random numbers; here they start at zero.
    - np.zeros((num_classes, X.shape[1]))
    + 0.01 * rng.normal(size=(num_classes, X.shape[1]))

classes-from-the-labels: Your W does not have the shape (num_classes, D) while you train: it has a
row for every class (one may be missing in y) and a column for every feature.
    - np.zeros((num_classes, X.shape[1]))
    + np.zeros((int(y.max()) + 1, X.shape[1]))

loss-after-the-step: You recorded each loss after the step; it belongs to the weights before it.
    - losses.append(loss)
    - W = W - learning_rate * dW
    + W = W - learning_rate * dW
    + losses.append(loss_function(W, X_batch, y_batch, reg)[0])

no-reg: reg does not reach the loss function.
    - y_batch, reg)
    + y_batch, 0.0)

last-loss-alone: You return the last loss alone; losses has one entry for each step.
    - return W, losses
    + return W, losses[-1]

transposed: Your W has a column per class; it has a row per class.
    - return W, losses
    + return W.T, losses

all-examples: Every step of yours looks at all examples; it should look at batch_size of them.
    - sample_batch(X, y, batch_size, rng)
    + X, y

one-batch: You drew one batch before the loop and used it for every step; draw a new one each time.
    - for _step in range(num_steps):
    -     X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + for _step in range(num_steps):

first-rows: Your batches are always the first rows of X: nothing is drawn at all.
    - X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + rows = np.arange(batch_size) % len(X)
    + X_batch, y_batch = X[rows], y[rows]

in-turn: You went through the rows in their order; a batch is drawn at random from all rows.
    - X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + rows = (_step * batch_size + np.arange(batch_size)) % len(X)
    + X_batch, y_batch = X[rows], y[rows]

without-replacement: Each of your batches is a part of a shuffled X; with replacement a row may
occur twice.
    - X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + rows = np.resize(rng.permutation(len(X)), batch_size)
    + X_batch, y_batch = X[rows], y[rows]

stops-early: You stopped before num_steps steps were taken: every step is taken and its loss
recorded, whether the loss falls, stays or grows.
    - losses.append(loss)
    + losses.append(loss)
    + if len(losses) > 1 and losses[-1] >= losses[-2]:
    +     break

gradient-clipped: You shortened a large gradient before the step; a step is learning_rate times the
gradient, however long that is.
    - W = W - learning_rate * dW
    + W = W - learning_rate * dW / max(1.0, np.linalg.norm(dW) / 5)

labels-apart: You drew the labels of a batch apart from its rows, so they do not belong together.
    - X_batch, y_batch = sample_batch(X, y, batch_size, rng)
    + X_batch, _ = sample_batch(X, y, batch_size, rng)
    + _, y_batch = sample_batch(X, y, batch_size, rng)

own-seed: Your batches come from a generator of your own with a fixed seed, not from rng.
    - losses = []
    + losses, rng = [], np.random.default_rng(0)

penalty-added-again: You added the penalty yourself; loss_function has added it already, to the loss
and to the gradient.
    - losses.append(loss)
    - W = W - learning_rate * dW
    + losses.append(loss + reg * np.sum(W * W))
    + W = W - learning_rate * (dW + 2 * reg * W)

divided-by-the-batch: You divided the gradient by batch_size; loss_function has taken the mean
already.
    - learning_rate * dW
    + learning_rate * dW / batch_size

small-random-start: Your weights start at random numbers; here they start at zero.
    - np.zeros((num_classes, X.shape[1]))
    + 0.001 * rng.normal(size=(num_classes, X.shape[1]))

penalty-slope-added-again: You added the penalty's slope to the gradient yourself; loss_function has
added it already.
    - learning_rate * dW
    + learning_rate * (dW + 2 * reg * W)

penalty-added-to-the-loss: You added the penalty to the losses yourself; loss_function has added it
already.
    - losses.append(loss)
    + losses.append(loss + reg * np.sum(W * W))

best-weights: Your W is not that after the last step: give back what W is then, also if an earlier
loss was smaller.
    - losses = []
    + losses, weights = [], []
    - losses.append(loss)
    + losses.append(loss)
    + weights.append(W)
    - return W, losses
    + return weights[int(np.argmin(losses))], losses

losses-first: You return the losses first; the order is W, losses.
    - return W, losses
    + return losses, W

rate-falls: Your steps become shorter and shorter; each is learning_rate times the gradient.
    - learning_rate * dW
    + learning_rate / (1 + _step) * dW
""")
