"""MLP: the whole network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch07_mlp.affine_backward import affine_backward
from solutions.ch07_mlp.affine_forward import affine_forward
from solutions.ch07_mlp.mlp_mistakes import MISTAKES
from solutions.ch07_mlp.models import (
    SCENARIOS,
    asked_case,
    at_a_height,
    at_the_kink,
    draw_model,
    equal_scores,
    far_apart,
    fresh_case,
    of_all_sizes,
)
from solutions.ch07_mlp.relu_backward import relu_backward
from solutions.ch07_mlp.relu_forward import relu_forward
from solutions.ch07_mlp.sigmoid_backward import sigmoid_backward
from solutions.ch07_mlp.sigmoid_forward import sigmoid_forward
from solutions.ch07_mlp.softmax_cross_entropy import OWN_SOFTMAX, softmax_cross_entropy

exercise = ExerciseDefinition(points=5)


@exercise.reference
class MLP:
    """A fully connected network: affine layers, a non-linearity after each but the last.

    The gradient of a ReLU that is at exactly 0 is 0, as that of relu_backward.

    MLP([3072, 100, 10], rng) takes rows of 3072 numbers, has one hidden layer of 100 units and
    gives 10 scores. More numbers in the list make it deeper; with two there is no hidden layer.
    """

    def __init__(
        self,
        layer_sizes: list,
        rng: np.random.Generator,
        activation: str = "relu",
        reg: float = 0.0,
        weight_scale: float = 1e-2,
    ) -> None:
        """Make the network with random weights.

        Args:
            layer_sizes: from the number of inputs by way of the hidden layers to that of classes.
            rng: the source of the random weights.
            activation: "relu" or "sigmoid"; anything else raises ValueError.
            reg: how much the penalty counts.
            weight_scale: standard deviation of the weights at the start.

        Sets self.parameters, a dict: layer i = 1, 2, ... has "Wi", (outputs, inputs), normal
        random numbers times weight_scale, and "bi", (outputs,), zeros; all float64. The dict is
        the model: whoever changes an array in it, or puts another one under its key, changes what
        scores, loss and predict compute.
        """
        layers = {
            "relu": (relu_forward, relu_backward),
            "sigmoid": (sigmoid_forward, sigmoid_backward),
        }
        if activation not in layers:
            raise ValueError(f'activation must be "relu" or "sigmoid", not {activation!r}')
        self._activate, self._activate_backward = layers[activation]
        self._reg = reg
        self._depth = len(layer_sizes) - 1
        self.parameters = {}
        for i in range(1, self._depth + 1):
            shape = layer_sizes[i], layer_sizes[i - 1]
            self.parameters[f"W{i}"] = weight_scale * rng.normal(size=shape)
            self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])

    def scores(self, X: np.ndarray) -> np.ndarray:
        """(N, C) scores of the rows of X, (N, D)."""
        return self._forward(X)[0]

    def loss(self, X: np.ndarray, y: np.ndarray) -> tuple:
        """Loss of a batch and its gradients; changes nothing.

        Args:
            X: (N, D) examples, one a row.
            y: (N,) integers in 0..C-1.

        Returns:
            (loss, gradients): loss is a float, the mean of softmax and cross-entropy over the
            examples plus reg * sum(W * W) for every W (the b go free); gradients is a dict with
            the keys of self.parameters, each gradient shaped as its parameter. All are finite even
            when some rows have scores near 1000 and others near -1000.
        """
        scores, caches = self._forward(X)
        loss, dout = softmax_cross_entropy(scores, y)
        gradients = {}
        for i in range(self._depth, 1, -1):
            dout, gradients[f"W{i}"], gradients[f"b{i}"] = affine_backward(dout, caches.pop())
            dout = self._activate_backward(dout, caches.pop())
        # Nobody needs the gradient towards X, and it would cost as much as that towards W1.
        gradients["W1"], gradients["b1"] = dout.T @ X, dout.sum(axis=0)
        if self._reg:
            for i in range(1, self._depth + 1):
                W = self.parameters[f"W{i}"]
                loss += self._reg * np.sum(W * W)
                gradients[f"W{i}"] += 2 * self._reg * W
        return loss, gradients

    def predict(self, X: np.ndarray) -> np.ndarray:
        """(N,) labels of the rows of X, (N, D): each one's class with the highest score."""
        return np.argmax(self.scores(X), axis=1)

    def _forward(self, X: np.ndarray) -> tuple:
        """Scores, and the caches of all layers in the order in which they were made."""
        caches = []
        for i in range(1, self._depth + 1):
            X, cache = affine_forward(X, self.parameters[f"W{i}"], self.parameters[f"b{i}"])
            caches.append(cache)
            if i < self._depth:
                X, cache = self._activate(X)
                caches.append(cache)
        return X, caches


for scenario in SCENARIOS:
    exercise.scenario()(scenario)


@exercise.property("At the start every b is zero.")
def zero_biases(inputs: Mapping[str, Any], output: Any) -> bool:
    """No b has an entry other than 0."""
    return not any(np.any(v) for k, v in output[0].items() if k.startswith("b"))


@exercise.property(
    "The weights do not have the standard deviation weight_scale around 0 at the start."
)
def right_size(inputs: Mapping[str, Any], output: Any) -> bool:
    """Mean and standard deviation of each W are those asked for, to 7 standard errors."""
    scale = inputs["options"].get("weight_scale", 1e-2)
    weights = [v / scale for k, v in output[0].items() if k.startswith("W")]
    return all(
        abs(W.mean()) < 7 / np.sqrt(W.size) and abs(W.std() - 1) < 7 / np.sqrt(2 * W.size)
        for W in weights
    )


@exercise.property(
    "The weights have the right size, but they are not normal random numbers (rng.normal)."
)
def normal(inputs: Mapping[str, Any], output: Any) -> bool:
    """The fourth moment is that of normal numbers: 3, to 7 standard errors; uniform has 1.8."""
    parts = [v.ravel() for k, v in output[0].items() if k.startswith("W")]
    w = np.concatenate(parts) / np.std(np.concatenate(parts))
    return bool(abs(np.mean(w**4) - 3) < 7 * np.sqrt(24 / w.size))


@exercise.property(
    "Two models of generators with one seed differ: all randomness has to come from rng."
)
def reproducible(inputs: Mapping[str, Any], output: Any) -> bool:
    """The same seed gives the same weights."""
    return all(np.array_equal(output[0][name][:1], output[1][name]) for name in output[0])


@exercise.property(
    "The weights do not depend on rng's seed: draw them from the rng that you were given."
)
def depends_on_rng(inputs: Mapping[str, Any], output: Any) -> bool:
    """Another seed gives other weights, in every layer."""
    return not any(
        np.array_equal(output[0][name][:1], output[2][name]) for name in output[0] if name[0] == "W"
    )


@exercise.property("Some units start with the very same weights: draw new ones for every layer.")
def no_copies(inputs: Mapping[str, Any], output: Any) -> bool:
    """No number occurs twice among all the weights."""
    w = np.concatenate([v.ravel() for k, v in output[0].items() if k.startswith("W")])
    return len(np.unique(w)) == len(w)


RANDOM = ("zero_biases", "no_copies", "right_size", "normal", "reproducible", "depends_on_rng")


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield fresh_case(rng, "the parameters at the start", [30, 35, 20], RANDOM, weight_scale=0.5)
    a, b, c = (int(k) for k in rng.permutation([4, 5, 6]))
    yield asked_case(rng, "one hidden layer", [a, b, c], 7)
    yield asked_case(rng, "two hidden layers and a penalty", [b, c, a, 3], 8, reg=0.3)
    yield asked_case(rng, "layers of sigmoids", [c, a, 4, b], 7, activation="sigmoid", reg=0.1)
    yield asked_case(rng, "no hidden layer", [a, c], 6, edge=True, reg=0.2)
    yield asked_case(rng, "five hidden layers", [3, 4, 3, 4, 3, 4, 3], 6, edge=True, reg=0.05)
    yield asked_case(
        rng, "parameters put in by their keys", [b, a, 3], 6, edge=True, how="by key", reg=0.1
    )
    yield asked_case(
        rng, "two models at once", [a, b, 4], 5, edge=True, scenario="one_after_the_other", reg=0.2
    )
    yield asked_case(rng, "eleven layers", [2] * 12, 3, edge=True, activation="sigmoid")
    yield equal_scores(rng, [a, b, 4])
    yield at_the_kink(rng, [a, 6, 4])
    yield at_a_height(rng, 1000.0, [a, b, 3])
    yield far_apart(rng, [a, b, 3])
    rows = {"X": rng.normal(size=(3, 4)), "y": np.array([1, 0, 1])}
    unknown = {"layer_sizes": [4, 3, 2], "activation": "tanh", **rows}
    yield Case("an unknown activation", unknown, edge=True, scenario="unknown_activation")
    yield fresh_case(rng, "the weight_scale that nobody named", [20, 24, 20], RANDOM, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    a, b = (int(k) for k in rng.permutation([4, 5]))
    yield asked_case(rng, "a single row", [a, b, 3], 1, edge=True, reg=0.1)
    yield asked_case(rng, "one hidden unit", [a, 1, 4], 6, edge=True)
    yield asked_case(
        rng, "everything of one size", [4, 4, 4, 4], 4, edge=True, activation="sigmoid"
    )
    keys: dict[str, Any] = {"how": "by key", "activation": "sigmoid", "reg": 0.2}
    label = "sigmoids, parameters put in by their keys"
    yield asked_case(rng, label, [b, a, a, 3], 5, edge=True, **keys)
    given = {"activation": "sigmoid", "reg": 0.4, "weight_scale": 0.3}
    inputs = draw_model(rng, [a, b, 3], 5, **given)
    yield Case("all arguments by position", inputs, edge=True, scenario="by_position")
    pixels = draw_model(rng, [12, 5, 3], 4, reg=0.1)
    pixels["X"] = rng.integers(0, 256, size=(4, 12), dtype=np.uint8)
    pixels["parameters"]["W1"] /= 100
    yield Case("pixels as uint8", pixels, edge=True, scenario="asked")
    yield asked_case(rng, "relu by its name", [a, b, 3], 5, edge=True, activation="relu")
    for kind in (np.int32, np.int64):
        whole = draw_model(rng, [a, b, 3], 5)
        whole["X"] = rng.integers(-4, 5, size=(5, a)).astype(kind)
        yield Case(f"whole numbers as {kind.__name__}", whole, edge=True, scenario="asked")
    rows = {"X": rng.normal(size=(3, 4)), "y": np.array([1, 0, 1])}
    unknown = {"layer_sizes": [4, 3, 2], "activation": "step", **rows}
    yield Case("another unknown activation", unknown, edge=True, scenario="unknown_activation")
    yield asked_case(rng, "a single class", [a, b, 1], 4, edge=True, reg=0.1)
    yield asked_case(rng, "a single feature", [1, b, 3], 5, edge=True)
    for reg in (0, 1, np.float64(0.3), 1e4):
        yield asked_case(rng, f"a penalty of {reg:g}", [a, b, 3], 5, edge=True, reg=reg)
    yield at_a_height(rng, -1000.0, [a, b, 3])
    yield of_all_sizes(rng, [6, b, 3])
    for dtype in (np.uint8, np.int32):
        typed = draw_model(rng, [a, b, 3], 6)
        typed["y"] = typed["y"].astype(dtype)
        yield Case(f"labels as {dtype.__name__}", typed, edge=True, scenario="asked")
    layouts: dict[str, Any] = {"scenario": "in_other_layouts", "edge": True}
    yield asked_case(rng, "arrays in other memory layouts", [a, b, 3], 5, reg=0.2, **layouts)
    for scale in (1, 1e-10, 1e4, np.float64(0.2)):
        label = f"a weight_scale of {scale:g}"
        yield fresh_case(rng, label, [18, 20, 19], RANDOM, edge=True, weight_scale=scale)
    zeros = {"layer_sizes": [4, 3, 2], "options": {"weight_scale": 0.0}, "seed": 5}
    yield Case("a weight_scale of 0", zeros, edge=True, scenario="fresh")
    large: dict[str, Any] = {"weight_scale": 2.0, "activation": "sigmoid"}
    label = "the parameters of a deeper network"
    yield fresh_case(rng, label, [20, 22, 24, 26], RANDOM, edge=True, **large)


exercise.wrong_ways(MISTAKES)
exercise.wrong_ways(OWN_SOFTMAX)
