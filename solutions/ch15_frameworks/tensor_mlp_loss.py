"""tensor_mlp_loss: the loss of a network, written in Tensors alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch15_frameworks.mlp_loss_mistakes import MISTAKES

exercise = ExerciseDefinition(points=3, results=("loss",))


@exercise.reference
def tensor_mlp_loss(parameters: dict, X: np.ndarray, y: np.ndarray, reg: float) -> object:
    """The loss of a fully connected network with ReLUs, as a Tensor that can go backward.

    Args:
        parameters: dict of Tensors: layer i = 1, 2, ... has "Wi", (outputs, inputs), and "bi",
            (outputs,). A ReLU follows every layer but the last.
        X: (N, D) float64 examples, one a row.
        y: (N,) integers in 0..C-1, the right classes.
        reg: how much the penalty counts.

    Returns:
        A Tensor with a single number: the mean of softmax and cross-entropy over the examples plus
        reg * (the sum of the squares of all W; the b go free). It is finite, and so are its
        gradients, for scores near 1000.
    """
    depth, out = len(parameters) // 2, X
    for i in range(1, depth + 1):
        out = out @ parameters[f"W{i}"].T + parameters[f"b{i}"]
        if i < depth:
            out = out.relu()
    scores = out - out.max(axis=1, keepdims=True)
    right = scores[np.arange(len(y)), y]
    loss = (scores.exp().sum(axis=1).log() - right).mean()
    for i in range(1, depth + 1):
        loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()
    return loss


@exercise.scenario(uses=("Tensor",))
def there_and_back(tensor_mlp_loss, Tensor, parameters, X, y, reg):
    """Kind and number of the loss, and the gradients that it sends back; what is no Tensor is
    told in words."""
    tensors = {name: Tensor(value) for name, value in parameters.items()}
    loss = tensor_mlp_loss(tensors, X, y, reg)
    if not isinstance(loss, Tensor):
        return {"loss": loss, "gradients": "no Tensor, no gradients"}
    loss.backward()
    gradients = {name: np.asarray(tensor.grad) for name, tensor in tensors.items()}
    return {"loss": np.asarray(loss.data), "gradients": gradients}


@exercise.scenario(uses=("Tensor",))
def two_batches(tensor_mlp_loss, Tensor, parameters, X, y, reg):
    """Two batches with the same Tensors, backward from each: losses, gradients, parameters."""
    tensors = {name: Tensor(value) for name, value in parameters.items()}
    half = len(y) // 2
    told = []
    for rows in (slice(0, half), slice(half, None)):
        loss = tensor_mlp_loss(tensors, X[rows], y[rows], reg)
        loss.backward()
        told.append((np.asarray(loss.data), {k: np.array(t.grad) for k, t in tensors.items()}))
    return told, {name: np.asarray(tensor.data) for name, tensor in tensors.items()}


@exercise.scenario(uses=("Tensor",))
def in_other_layouts(tensor_mlp_loss, Tensor, parameters, X, y, reg):
    """Losses and gradients for examples that lie column by column, and for read-only windows of
    them, from the last to the first."""
    window, labels = np.repeat(X, 2, axis=-1)[::-1, ::2], np.repeat(y, 2)[::-2]
    window.flags.writeable = labels.flags.writeable = False
    told = []
    for given, right in ((np.array(X, order="F"), y), (window, labels)):
        tensors = {name: Tensor(value) for name, value in parameters.items()}
        loss = tensor_mlp_loss(tensors, given, right, reg)
        loss.backward()
        gradients = {name: np.asarray(tensor.grad) for name, tensor in tensors.items()}
        told.append((np.asarray(loss.data), gradients))
    return told


def draw_network(
    rng: np.random.Generator, sizes: list[int], n: int, reg: float = 0.0
) -> dict[str, Any]:
    """Parameters and a batch; no hidden number is so near to 0 that rounding could decide."""
    while True:
        parameters: dict[str, np.ndarray] = {}
        X = out = rng.normal(size=(n, sizes[0]))
        nearest = 1.0
        for i, (d, m) in enumerate(pairwise(sizes), start=1):
            W, b = rng.normal(size=(m, d)), rng.normal(scale=0.3, size=m)
            parameters |= {f"W{i}": W, f"b{i}": b}
            out = out @ W.T + b
            if i < len(sizes) - 1:
                nearest = min(nearest, np.abs(out).min())
                out = np.maximum(out, 0.0)
        if nearest > 1e-3:
            break
    y = rng.permutation(np.arange(n) % sizes[-1])
    return {"parameters": parameters, "X": X, "y": y, "reg": reg}


def asked(rng: np.random.Generator, label: str, sizes: list[int], n: int, **more: Any) -> Case:
    """A case of a network with layers of these sizes."""
    reg = more.pop("reg", 0.0)
    return Case(label, draw_network(rng, sizes, n, reg), **{"scenario": "there_and_back", **more})


def with_high_scores(rng: np.random.Generator, label: str, lift: list[float], **more: Any) -> Case:
    """A case in which the last layer's biases are lifted."""
    inputs = draw_network(rng, [4, 5, len(lift)], 6, 0.1)
    inputs["parameters"]["b2"] += np.array(lift)
    return Case(label, inputs, edge=True, scenario="there_and_back", **more)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    a, b, c = (int(k) for k in rng.permutation([4, 5, 6]))
    yield asked(rng, "one hidden layer", [a, b, c], 7)
    yield asked(rng, "one hidden layer and a penalty", [b, c, a], 8, reg=0.3)
    yield asked(rng, "two hidden layers and a penalty", [c, a, b, 3], 8, reg=0.2)
    yield asked(rng, "no hidden layer", [a, c], 6, edge=True, reg=0.2)
    yield asked(rng, "four hidden layers", [3, 4, 5, 4, 3, 4], 6, edge=True, reg=0.05)
    yield asked(rng, "as many examples as classes", [5, 5, 5], 5, edge=True, reg=0.1)
    yield asked(rng, "a single example", [a, b, 3], 1, edge=True, reg=0.1)
    yield with_high_scores(rng, "scores near 1000", [1000.0, 1000.0, 999.0])
    yield with_high_scores(rng, "scores near -1000", [-1000.0, -1001.0, -1000.0])
    lost = draw_network(rng, [4, 5, 3], 6)
    lost["parameters"]["b2"] += np.array([0.0, 600.0, 0.0])
    lost["y"] = np.array([0, 1, 2, 0, 1, 2])
    yield Case("a right class without a chance", lost, edge=True, scenario="there_and_back")
    apart = draw_network(rng, [4, 3], 6)
    apart["parameters"]["W1"][:, 0] = 1.0  # what raises the scores of all classes alike
    apart["X"][1:4, 0] = [1000.0, -1000.0, 990.0]
    yield Case("examples with high scores", apart, edge=True, scenario="there_and_back")
    label = "two batches with the same parameters"
    yield asked(rng, label, [a, b, 4], 8, edge=True, scenario="two_batches", reg=0.2)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield asked(rng, "a single class", [4, 3, 1], 4, edge=True, reg=0.1)
    yield asked(rng, "a single hidden unit", [5, 1, 4], 6, edge=True)
    for dtype in (np.uint8, np.int32):
        typed = draw_network(rng, [4, 6, 3], 6, 0.1)
        typed["y"] = typed["y"].astype(dtype)
        yield Case(f"labels as {dtype.__name__}", typed, edge=True, scenario="there_and_back")
    for reg in (1, np.float64(0.3)):
        label = f"a penalty of {reg:g}"
        yield asked(rng, label, [4, 3, 5], 6, edge=True, reg=reg)
    tied = draw_network(rng, [4, 5, 3], 6)
    tied["parameters"]["W2"][:] = 0.0
    tied["parameters"]["b2"][:] = [0.5, 0.5, -1.0]
    yield Case("two classes with the highest score", tied, edge=True, scenario="there_and_back")
    kinks = draw_network(rng, [4, 5, 3], 6)
    kinks["parameters"]["W1"][1] = 0.0
    kinks["parameters"]["b1"][1] = 0.0
    yield Case("a hidden unit at exactly 0", kinks, edge=True, scenario="there_and_back")
    yield asked(rng, "eleven layers", [2] * 12, 3, edge=True)
    yield asked(rng, "a penalty of 10000", [4, 3, 5], 6, edge=True, reg=1e4)
    sizes = draw_network(rng, [6, 5, 3], 5, 0.1)
    sizes["X"] *= np.array([0.0, 2e-12, 1.0, 1.0, 5e3])[:, None]
    sizes["parameters"]["W2"] *= 5e-3  # so that no scores are more than 700 apart
    yield Case("features of all sizes", sizes, edge=True, scenario="there_and_back")
    label = "arrays in other memory layouts"
    yield asked(rng, label, [4, 5, 3], 6, edge=True, scenario="in_other_layouts", reg=0.1)


exercise.wrong_ways(MISTAKES)
