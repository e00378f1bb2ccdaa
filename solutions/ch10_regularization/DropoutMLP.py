"""DropoutMLP: a network that drops some of its hidden units at every training step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch10_regularization.dropout_backward import dropout_backward
from solutions.ch10_regularization.dropout_forward import draw_seed, dropout_forward
from solutions.ch10_regularization.network_holds import HOLDS
from solutions.ch10_regularization.network_mistakes import MISTAKES
from solutions.ch10_regularization.network_trials import (
    TRIALS,
    draw_batch,
    draw_deciding,
    draw_loud,
    draw_network,
    draw_nudged,
    draw_one_nudged,
    draw_sizes,
    draw_telling,
)

exercise = ExerciseDefinition(points=5)


@exercise.reference
class DropoutMLP:
    """The network of notebook 07 with ReLU, and dropout after every hidden activation.

    Layer i computes inputs @ W_i.T + b_i. All layers but the last one are followed by ReLU and
    then dropout; the last one gives the scores. Nothing is dropped from X or from the scores.

    Attributes:
        parameters: dict of float64 arrays, in this order: W1 (units of layer 1, features), b1
            (units of layer 1,), W2, b2, ... to the last layer, whose units are the classes.
            Changing an entry, in place or by assigning to its key, changes the network.
    """

    def __init__(
        self, layer_sizes, rng, drop_prob: float = 0.0, reg: float = 0.0, weight_scale: float = 1e-2
    ) -> None:
        """A new network.

        Args:
            layer_sizes: sequence of integers, from the number of features over the hidden layers
                to the number of classes; [3072, 100, 10] has one hidden layer of 100 units,
                [3072, 10] has none.
            rng: numpy.random.Generator that draws the weights and, later on, what is dropped.
            drop_prob: probability with which a hidden unit's output is dropped in training.
            reg: strength of the penalty reg * sum(W * W) on every W (and no b).
            weight_scale: weights are standard normal numbers times this; biases start at 0.
        """
        self.rng, self.drop_prob, self.reg = rng, drop_prob, reg
        self.parameters: dict[str, np.ndarray] = {}
        for i in range(1, len(layer_sizes)):
            shape = layer_sizes[i], layer_sizes[i - 1]
            self.parameters[f"W{i}"] = weight_scale * rng.normal(size=shape)
            self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])

    def scores(self, X: np.ndarray) -> np.ndarray:
        """Scores (N, C) of examples X (N, D). Drops nothing."""
        return self._forward(X, False, None)[0]

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Labels (N,) of examples X (N, D): the highest score wins. Drops nothing."""
        return np.argmax(self.scores(X), axis=1)

    def loss(self, X: np.ndarray, y: np.ndarray, rng=None) -> tuple:
        """Loss and gradients of one training step, with dropout.

        Args:
            X: (N, D) float64 examples.
            y: (N,) integer labels in 0..C-1.
            rng: numpy.random.Generator that decides what is dropped in this step; None takes the
                generator that the network was made with.

        Returns:
            (loss, gradients): loss is a float, the mean over the N examples of -log of the right
            class's probability, plus the penalty; gradients is a dict with the keys of
            parameters and arrays shaped like theirs, by the very units that this loss has kept.
            Both are finite for scores near 1000 and near -1000.
        """
        rng = self.rng if rng is None else rng
        scores, inputs, caches = self._forward(X, True, rng)
        loss, gradient = self._cross_entropy(scores, y)
        gradients = {}
        for i in range(len(inputs), 0, -1):
            W = self.parameters[f"W{i}"]
            loss += self.reg * np.sum(W * W)
            gradients[f"W{i}"] = gradient.T @ inputs[i - 1] + 2 * self.reg * W
            gradients[f"b{i}"] = gradient.sum(axis=0)
            if i > 1:  # back through dropout, then through ReLU
                gradient = dropout_backward(gradient @ W, caches[i - 2])
                gradient = gradient * (inputs[i - 1] > 0)
        return loss, gradients

    def _forward(self, X: np.ndarray, training: bool, rng) -> tuple:
        """Scores, the L layers' inputs, and dropout's caches of the L - 1 hidden layers."""
        inputs, caches = [X], []
        last = len(self.parameters) // 2
        for i in range(1, last + 1):
            out = inputs[-1] @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]
            if i < last:
                active = np.maximum(out, 0)
                kept, cache = dropout_forward(active, self.drop_prob, training, rng)
                inputs.append(kept)
                caches.append(cache)
        return out, inputs, caches

    @staticmethod
    def _cross_entropy(scores: np.ndarray, y: np.ndarray) -> tuple:
        """Mean of -log p[y], and its gradient towards the scores (N, C)."""
        shifted = scores - scores.max(axis=1, keepdims=True)  # changes no p, and e^0 is the largest
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        right = np.eye(scores.shape[1])[y]
        return -np.sum(right * log_p) / len(y), (np.exp(log_p) - right) / len(y)


for trial in TRIALS:
    exercise.scenario()(trial)
for sentence, holds in HOLDS:
    exercise.property(sentence)(holds)


WHAT_IS_KEPT = (
    "parameters_used", "anything_dropped", "every_layer_drops", "no_example_lost", "units_dropped",
    "units_by_themselves", "unit_counts_vary", "scaled_once_a_layer",
)  # fmt: skip

WHAT_IS_DRAWN_FOR_A_BATCH = (
    "batch_drops_anything", "batch_the_right_way_round", "batch_dropped",
    "examples_by_themselves",
)  # fmt: skip

FITTING = (
    "penalty_fits", "last_layer_fits", "stopped_where_dropped", "passed_on_where_kept",
    "gradients_fit",
)  # fmt: skip


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    seeds = [draw_seed(rng) for _ in range(2)]
    new = {
        "layer_sizes": [30, 40, 20, 5], "drop_prob": 0.3, "reg": 0.7, "weight_scale": 0.05,
        "seeds": [*seeds, seeds[0]],
    }  # fmt: skip
    yield Case(
        "parameters of a new network", new, scenario="fresh", compare=False,
        properties=(
            "parameters_of_its_own", "biases_zero", "weights_scaled", "weights_normal",
            "drawn_from_rng",
        ),
    )  # fmt: skip
    yield Case(
        "no dropout: scores, labels, loss and gradients", draw_network(rng, 7, 5, 6, 4),
        scenario="plain_default",
    )  # fmt: skip
    plain = {**draw_network(rng, 5, 4, 6, 5, 3), "reg": 0.3}
    yield Case("no dropout, with a penalty, two hidden layers", plain, scenario="plain_step")
    used = {**draw_network(rng, 60, 5, 8, 3), "drop_prob": 0.6, "reg": 0.1}
    yield Case(
        "scores of the same examples, twice", used, scenario="scored_twice", compare=False,
        properties=("scores_repeat",),
    )  # fmt: skip
    yield Case("scores and labels drop nothing", used, scenario="in_use")
    telling = draw_telling(rng, 1, float(rng.uniform(0.2, 0.35)))
    held_off: dict[str, Any] = {
        "scenario": "one_example",
        "compare": False,
        "properties": WHAT_IS_KEPT,
    }
    yield Case("one hidden layer: what is kept, and its scale", telling, **held_off)
    telling = draw_telling(rng, 2, float(rng.uniform(0.2, 0.35)))
    yield Case("two hidden layers: what is kept, and its scale", telling, **held_off)
    yield Case(
        "a batch: every example draws its own", draw_batch(rng, float(rng.uniform(0.25, 0.3))),
        scenario="one_batch", compare=False, properties=WHAT_IS_DRAWN_FOR_A_BATCH,
    )  # fmt: skip
    steps: dict[str, Any] = {"scenario": "nudged", "compare": False, "properties": FITTING}
    one = draw_one_nudged(rng, 0.5)
    yield Case("dropout, one example: gradients against differences of the loss", one, **steps)
    batch = draw_nudged(rng, 0.4, 0.05)
    yield Case("dropout, a batch, a penalty: gradients against differences", batch, **steps)
    yield Case(
        "which generator decides", draw_deciding(rng), scenario="who_decides", compare=False,
        properties=(
            "given_generator_decides", "given_seed_matters", "generator_goes_on",
            "own_losses_repeat", "own_losses_move", "own_seed_matters", "no_global_numbers",
        ),
    )  # fmt: skip
    loud: dict[str, Any] = {"scenario": "plain_default", "edge": True, "atol": 1e-10}
    for label, heights in (
        ("scores near 1000", [1000.0, 990.0, 1010.0, 1005.0]),
        ("scores near 1000, near 0 and near -1000", [1000.0, -1000.0, 990.0, 0.0, -1010.0]),
    ):
        yield Case(label, draw_loud(rng, heights), **loud)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = {**draw_network(rng, 1, 4, 5, 3), "reg": 0.2}
    yield Case("a batch of one example", one, scenario="plain_step", edge=True)
    deep = draw_network(rng, 6, 4, 5, 5, 5, 4)
    new = {"layer_sizes": [40, 25, 3], "weight_scale": 0.01, "seed": draw_seed(rng)}
    yield Case(
        "parameters of a new network, by default", new, scenario="fresh_by_default",
        compare=False, properties=("biases_zero", "weights_scaled"), edge=True,
    )  # fmt: skip
    bare = draw_network(rng, 6, 4, 3)
    yield Case("no hidden layer", bare, scenario="plain_default", edge=True)
    yield Case("three hidden layers", deep, scenario="plain_default", edge=True)
    for dtype in (np.uint8, np.int32):
        typed = draw_network(rng, 6, 4, 5, 3)
        typed["y"] = typed["y"].astype(dtype)
        label = f"labels as {dtype.__name__}"
        yield Case(label, typed, scenario="plain_default", edge=True)
    for label, options in (
        ("options that are whole numbers", {"drop_prob": 0, "reg": 1, "weight_scale": 1}),
        ("a penalty of 10,000, and NumPy's 0", {"drop_prob": np.float64(0), "reg": 1e4}),
        ("options that are NumPy's", {"reg": np.float64(0.3), "weight_scale": np.float64(0.2)}),
    ):
        given = {**draw_network(rng, 6, 4, 5, 3), "options": options}
        yield Case(label, given, scenario="named", edge=True)
    yield Case("features of all sizes", draw_sizes(rng), scenario="plain_default", edge=True)
    layouts = draw_network(rng, 5, 4, 6, 3)
    yield Case("arrays in other memory layouts", layouts, scenario="in_other_layouts", edge=True)
    for scale in (1e-10, 1e4):
        new = {"layer_sizes": [40, 25, 3], "weight_scale": scale, "seed": draw_seed(rng)}
        yield Case(
            f"a weight_scale of {scale:g}", new, scenario="fresh_by_name", compare=False,
            properties=("biases_zero", "weights_scaled"), edge=True,
        )  # fmt: skip
    zeros = {"layer_sizes": [4, 3, 2], "weight_scale": 0.0, "seed": draw_seed(rng)}
    yield Case("a weight_scale of 0", zeros, scenario="fresh_by_name", edge=True)
    most = draw_telling(rng, 1, float(rng.uniform(0.65, 0.8)))
    yield Case(
        "most units dropped", most, scenario="one_example", compare=False, edge=True,
        properties=WHAT_IS_KEPT,
    )  # fmt: skip


exercise.wrong_ways(MISTAKES)
