"""Chapter 07, third part: the whole network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch07_activations import (
    chapter,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
)
from solutions._ch07_affine import affine_backward, affine_forward, softmax_cross_entropy


@chapter.exercise(points=5)
class MLP:
    """A fully connected network: affine layers, a non-linearity after each but the last.

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
        the model: who changes an array in it, or puts another one under its key, changes what
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
            the keys of self.parameters, each gradient shaped as its parameter.
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


# --- scenarios ------------------------------------------------------------------------------------


@chapter.scenario(MLP)
def fresh(MLP, layer_sizes, options, seed):
    """The parameters of a new model, and the first rows of two more: of its seed, of another."""
    made = []
    for s in (seed, seed, seed + 1):
        model = MLP(layer_sizes, np.random.default_rng(s), **options)
        made.append({name: np.array(value) for name, value in model.parameters.items()})
    return [made[0], *({name: value[:1] for name, value in m.items()} for m in made[1:])]


@chapter.scenario(MLP)
def asked(MLP, layer_sizes, options, parameters, X, y, how):
    """Scores, labels, loss and gradients of a model that was given certain parameters, which are
    put into its arrays ("in place") or take their places under the keys ("by key")."""
    model = MLP(layer_sizes, np.random.default_rng(0), **options)
    forms = {k: np.zeros(np.shape(value), np.uint8) for k, value in model.parameters.items()}
    if {k: v.shape for k, v in forms.items()} != {k: v.shape for k, v in parameters.items()}:
        # Nothing fits: rather say what should than let an assignment fail.
        return {
            "parameters": forms, "scores": np.zeros((1, 1)), "predict": np.zeros(1, dtype=int),
            "loss": 0.0, "gradients": {k: v * 0.0 for k, v in forms.items()},
        }  # fmt: skip
    for name in model.parameters:
        if how == "in place":
            model.parameters[name][...] = parameters[name]
        else:
            model.parameters[name] = parameters[name].copy()
    loss, gradients = model.loss(X, y)
    return {
        "parameters": forms, "scores": model.scores(X), "predict": model.predict(X),
        "loss": loss, "gradients": dict(gradients),
    }  # fmt: skip


@chapter.scenario(MLP)
def one_after_the_other(MLP, layer_sizes, options, parameters, X, y, how):
    """Two models alive at once, the second of sigmoids, asked in turn, the first with rows in
    two orders; and what their parameters are afterwards."""
    first = MLP(layer_sizes, np.random.default_rng(0), **options)
    second = MLP(layer_sizes, np.random.default_rng(1), activation="sigmoid")
    for model, factor in ((first, 1.0), (second, -0.7)):
        for name in model.parameters:
            model.parameters[name][...] = factor * parameters[name]
    losses = [first.loss(X, y)[0], second.loss(X[:2], y[:2])[0], first.loss(X[::-1].copy(), y)]
    losses[2] = losses[2][0], dict(losses[2][1])
    scores = [first.scores(X), second.scores(X), first.scores(X[:1])]
    after = [
        {name: np.array(value) for name, value in model.parameters.items()}
        for model in (first, second)
    ]
    return {"loss": losses, "scores": scores, "parameters afterwards": after}


@chapter.scenario(MLP)
def by_position(MLP, layer_sizes, options, parameters, X, y, how):
    """The loss of a model that was made with positional arguments, all of them."""
    made = MLP(
        layer_sizes, np.random.default_rng(0), options["activation"], options["reg"],
        options["weight_scale"],
    )  # fmt: skip
    for name in made.parameters:
        made.parameters[name][...] = parameters[name]
    return made.loss(X, y)[0]


@chapter.scenario(MLP)
def unknown_activation(MLP, layer_sizes, activation, X, y):
    """What making and asking a model of an unknown activation raises."""
    try:
        model = MLP(layer_sizes, np.random.default_rng(0), activation=activation)
        model.loss(X, y)
    except Exception as error:
        kind = type(error).__name__
        return {"error": "ValueError" if isinstance(error, ValueError) else kind}
    return {"error": "none"}


# --- properties of random weights -----------------------------------------------------------------


@chapter.property(MLP, "At the start every b is zero.")
def zero_biases(inputs: Mapping[str, Any], output: Any) -> bool:
    """No b has an entry other than 0."""
    return not any(np.any(v) for k, v in output[0].items() if k.startswith("b"))


@chapter.property(
    MLP, "The weights do not have the standard deviation weight_scale around 0 at the start."
)
def right_size(inputs: Mapping[str, Any], output: Any) -> bool:
    """Mean and standard deviation of each W are those asked for, to 7 standard errors."""
    scale = inputs["options"].get("weight_scale", 1e-2)
    weights = [v / scale for k, v in output[0].items() if k.startswith("W")]
    return all(
        abs(W.mean()) < 7 / np.sqrt(W.size) and abs(W.std() - 1) < 7 / np.sqrt(2 * W.size)
        for W in weights
    )


@chapter.property(
    MLP, "The weights have the right size, but they are not normal random numbers (rng.normal)."
)
def normal(inputs: Mapping[str, Any], output: Any) -> bool:
    """The fourth moment is that of normal numbers: 3, to 7 standard errors; uniform has 1.8."""
    parts = [v.ravel() for k, v in output[0].items() if k.startswith("W")]
    w = np.concatenate(parts) / np.std(np.concatenate(parts))
    return bool(abs(np.mean(w**4) - 3) < 7 * np.sqrt(24 / w.size))


@chapter.property(
    MLP,
    "Two models of generators with one seed differ: all randomness has to come from rng.",
)
def reproducible(inputs: Mapping[str, Any], output: Any) -> bool:
    """The same seed gives the same weights."""
    return all(np.array_equal(output[0][name][:1], output[1][name]) for name in output[0])


@chapter.property(
    MLP,
    "The weights do not depend on rng's seed: draw them from the rng that you were given.",
)
def depends_on_rng(inputs: Mapping[str, Any], output: Any) -> bool:
    """Another seed gives other weights, in every layer."""
    return not any(
        np.array_equal(output[0][name][:1], output[2][name]) for name in output[0] if name[0] == "W"
    )


@chapter.property(
    MLP, "Some units start with the very same weights: draw new ones for every layer."
)
def no_copies(inputs: Mapping[str, Any], output: Any) -> bool:
    """No number occurs twice among all the weights."""
    w = np.concatenate([v.ravel() for k, v in output[0].items() if k.startswith("W")])
    return len(np.unique(w)) == len(w)


RANDOM = ("zero_biases", "no_copies", "right_size", "normal", "reproducible", "depends_on_rng")

# --- cases ----------------------------------------------------------------------------------------


def fresh_case(
    rng: np.random.Generator, label: str, sizes: list[int], *, edge: bool = False, **options: Any
) -> Case:
    """A case of `fresh`."""
    inputs = {"layer_sizes": sizes, "options": options, "seed": int(rng.integers(2**31))}
    return Case(label, inputs, edge, "fresh", compare=False, properties=RANDOM)


def draw_model(
    rng: np.random.Generator, sizes: list[int], n: int, **options: Any
) -> dict[str, Any]:
    """Parameters of ordinary size for a model, N rows and labels for it.

    No unit is silent for all rows, and no row has two scores that are nearly the same.
    """
    parameters = {}
    for i, (a, b) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{i}"] = 1.5 * rng.normal(size=(b, a)) / np.sqrt(a)
        parameters[f"b{i}"] = rng.normal(scale=0.5, size=b)
    X = rng.normal(size=(n, sizes[0]))
    y = rng.permutation(np.arange(n) % sizes[-1])
    return {
        "layer_sizes": sizes, "options": options, "parameters": parameters, "X": X, "y": y,
        "how": "in place",
    }  # fmt: skip


def asked_case(
    rng: np.random.Generator, label: str, sizes: list[int], n: int, *,
    edge: bool = False, scenario: str = "asked", how: str = "in place", **options: Any,
) -> Case:  # fmt: skip
    """A case on a model that is given its parameters."""
    return Case(label, {**draw_model(rng, sizes, n, **options), "how": how}, edge, scenario)


def equal_scores(rng: np.random.Generator, sizes: list[int]) -> Case:
    """A case in which two classes share the highest score of every row, and one has no rows."""
    inputs = {**draw_model(rng, sizes, 6), "y": np.resize([1, 0, 2], 6)}
    W, b = f"W{len(sizes) - 1}", f"b{len(sizes) - 1}"
    inputs["parameters"][W][:] = 0.0  # no rounding, so the scores are the b
    inputs["parameters"][b][:] = [-1.0, 2.0, 0.5, 2.0]
    return Case("two classes with the highest score", inputs, True, "asked")


@chapter.cases(MLP)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield fresh_case(rng, "the parameters at the start", [30, 35, 20], weight_scale=0.5)
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
    rows = {"X": rng.normal(size=(3, 4)), "y": np.array([1, 0, 1])}
    unknown = {"layer_sizes": [4, 3, 2], "activation": "tanh", **rows}
    yield Case("an unknown activation", unknown, edge=True, scenario="unknown_activation")
    yield fresh_case(rng, "the weight_scale that nobody named", [20, 24, 20], edge=True)


@chapter.hidden_cases(MLP)
def _(rng: np.random.Generator) -> Iterator[Case]:
    a, b = (int(k) for k in rng.permutation([4, 5]))
    yield asked_case(rng, "a single row", [a, b, 3], 1, edge=True, reg=0.1)
    yield asked_case(rng, "one hidden unit", [a, 1, 4], 6, edge=True)
    yield asked_case(
        rng, "everything of one size", [4, 4, 4, 4], 4, edge=True, activation="sigmoid"
    )
    yield asked_case(
        rng, "sigmoids, parameters put in by their keys", [b, a, a, 3], 5, edge=True, how="by key",
        activation="sigmoid", reg=0.2,
    )  # fmt: skip
    yield asked_case(
        rng, "all arguments by position", [a, b, 3], 5, edge=True, scenario="by_position",
        activation="sigmoid", reg=0.4, weight_scale=0.3,
    )  # fmt: skip
    pixels = draw_model(rng, [12, 5, 3], 4, reg=0.1)
    pixels["X"] = rng.integers(0, 256, size=(4, 12), dtype=np.uint8)
    pixels["parameters"]["W1"] /= 100
    yield Case("pixels as uint8", pixels, edge=True, scenario="asked")
    rows = {"X": rng.normal(size=(3, 4)), "y": np.array([1, 0, 1])}
    unknown = {"layer_sizes": [4, 3, 2], "activation": "step", **rows}
    yield Case("another unknown activation", unknown, edge=True, scenario="unknown_activation")
    yield fresh_case(rng, "the parameters of a deeper network", [20, 22, 24, 26], weight_scale=2.0,
                     activation="sigmoid", edge=True)  # fmt: skip
