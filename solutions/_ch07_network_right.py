"""Chapter 07: right networks and training loops, written differently from the references."""

from __future__ import annotations

from collections import OrderedDict
from itertools import pairwise
from typing import Any

import numpy as np

from solutions._ch07_activations import chapter
from solutions._ch07_mlp import MLP
from solutions._ch07_train import train


@chapter.variant(MLP, "everything by itself, gradients from the last layer to the first")
class _Alone:
    def __init__(
        self, layer_sizes: Any, rng: Any, activation: str = "relu", reg: float = 0.0,
        weight_scale: float = 1e-2,
    ) -> None:  # fmt: skip
        if activation != "relu" and activation != "sigmoid":
            raise ValueError("unknown activation")
        self.reg, self.sigmoid, self.L = reg, activation == "sigmoid", len(layer_sizes) - 1
        self.parameters: dict = {}
        for l in range(self.L):  # noqa: E741
            # (in, out) drawn and turned: any order of drawing will do
            W = rng.standard_normal((layer_sizes[l], layer_sizes[l + 1])).T * weight_scale
            self.parameters["b" + str(l + 1)] = np.zeros((layer_sizes[l + 1],))
            self.parameters["W" + str(l + 1)] = W

    def run(self, X: Any) -> list:
        """Inputs of every layer, then the scores."""
        hs = [X]
        for l in range(1, self.L + 1):  # noqa: E741
            z = hs[-1].dot(self.parameters[f"W{l}"].T) + self.parameters[f"b{l}"]
            if l < self.L:
                z = 0.5 * (1 + np.tanh(z / 2)) if self.sigmoid else np.where(z > 0, z, 0)
            hs.append(z)
        return hs

    def scores(self, X: Any) -> Any:
        return self.run(X)[-1]

    def predict(self, X: Any) -> Any:
        return self.scores(X).argmax(axis=1).astype(np.int32)

    def loss(self, X: Any, y: Any) -> Any:
        hs, n = self.run(X), X.shape[0]
        d = hs[-1] - hs[-1].max(axis=1, keepdims=True)
        total = -d[range(n), y].sum() + np.log(np.exp(d).sum(axis=1)).sum()
        d = np.exp(d) / np.exp(d).sum(axis=1, keepdims=True)
        d[range(n), y] -= 1
        d /= n
        grads = {}
        for l in range(self.L, 0, -1):  # noqa: E741
            W = self.parameters[f"W{l}"]
            grads[f"b{l}"] = np.einsum("nm->m", d)
            grads[f"W{l}"] = np.einsum("nm,nd->md", d, hs[l - 1]) + self.reg * 2.0 * W
            d = d @ W
            if l > 1:
                d = d * hs[l - 1] * (1 - hs[l - 1]) if self.sigmoid else d * (hs[l - 1] > 0)
        penalty = sum((self.parameters[f"W{l + 1}"] ** 2).sum() for l in range(self.L))  # noqa: E741
        return [np.float64(total / n + self.reg * penalty), grads]


class _Dense:
    """A layer that looks its arrays up in the model's dict."""

    def __init__(self, parameters: dict, number: int) -> None:
        self.parameters, self.number = parameters, number

    def forward(self, x: Any) -> Any:
        self.x = x
        W, b = (self.parameters[f"{letter}{self.number}"] for letter in "Wb")
        return np.array([W @ row + b for row in x])

    def backward(self, d: Any, gradients: dict) -> Any:
        W = self.parameters[f"W{self.number}"]
        gradients[f"W{self.number}"] = sum(np.outer(a, b) for a, b in zip(d, self.x, strict=True))
        gradients[f"b{self.number}"] = sum(d)
        return d @ W


class _Squash:
    """An activation between two layers."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def forward(self, x: Any) -> Any:
        self.out = np.maximum(x, 0) if self.kind == "relu" else 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, d: Any, gradients: dict) -> Any:
        return d * ((self.out > 0) if self.kind == "relu" else self.out * (1 - self.out))


@chapter.variant(MLP, "layer objects, example by example, an ordered dict behind a property")
class _Objects:
    def __init__(
        self, layer_sizes: Any, rng: Any, activation: str = "relu", reg: float = 0.0,
        weight_scale: float = 1e-2,
    ) -> None:  # fmt: skip
        if activation not in ("relu", "sigmoid"):
            raise ValueError
        self._own: dict = OrderedDict()
        self.layers: list = []
        self.reg = reg
        for number, size in enumerate(layer_sizes[1:], 1):
            shape = (size, layer_sizes[number - 1])
            self._own[f"W{number}"] = rng.normal(0.0, weight_scale, shape)
            self._own[f"b{number}"] = np.zeros(size)
            self.layers += [_Dense(self._own, number), _Squash(activation)]
        self.layers.pop()

    @property
    def parameters(self) -> dict:
        return self._own

    def scores(self, X: Any) -> Any:
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def predict(self, X: Any) -> Any:
        return np.array([int(np.argmax(row)) for row in self.scores(X)])

    def loss(self, X: Any, y: Any) -> Any:
        scores = self.scores(X)
        wanted = np.eye(scores.shape[1])[y]
        p = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
        value = float((np.logaddexp.reduce(scores, axis=1) - (scores * wanted).sum(1)).mean())
        gradients: dict = {}
        d = (p - wanted) / len(X)
        for layer in reversed(self.layers):
            d = layer.backward(d, gradients)
        for name, w in self.parameters.items():
            if name[0] == "W":
                value += self.reg * np.vdot(w, w)
                gradients[name] = gradients[name] + 2 * self.reg * w
        return value, gradients


@chapter.variant(MLP, "all weights drawn at once, arrays that are views of one vector")
class _Flat(MLP):
    def __init__(
        self, layer_sizes: Any, rng: Any, activation: str = "relu", reg: float = 0.0,
        weight_scale: float = 1e-2,
    ) -> None:  # fmt: skip
        super().__init__(layer_sizes, rng, activation, reg, weight_scale)
        shapes = [(b, a) for a, b in pairwise(layer_sizes)]
        ends = np.cumsum([a * b for a, b in shapes])
        parts = np.split(weight_scale * rng.standard_normal(ends[-1]), ends[:-1])
        for i, (part, shape) in enumerate(zip(parts, shapes, strict=True), start=1):
            self.parameters[f"W{i}"] = part.reshape(shape)


@chapter.variant(train, "numbers of rows shuffled on and on, split evenly, labels from scores")
def _(
    model: Any, X: Any, y: Any, X_val: Any, y_val: Any, *, learning_rate: Any, num_epochs: Any,
    batch_size: Any, rng: Any,
) -> Any:  # fmt: skip
    out: dict = {"loss": [], "train_accuracy": [], "val_accuracy": []}
    numbers = np.arange(X.shape[0])
    for _ in range(num_epochs):
        rng.shuffle(numbers)
        for batch in np.array_split(numbers, -(-len(numbers) // batch_size)):
            loss, grads = model.loss(X=X[batch], y=y[batch])
            for key in model.parameters:
                model.parameters[key] = model.parameters[key] - learning_rate * grads[key]
            out["loss"] += [loss]
        for key, a, b in (("train_accuracy", X, y), ("val_accuracy", X_val, y_val)):
            out[key] += [np.count_nonzero(np.argmax(model.scores(a), axis=1) == b) / len(b)]
    return out


@chapter.variant(train, "shuffled copies, the rest in the last batch, arrays, looks at all rows")
def _(
    model: Any, X: Any, y: Any, X_val: Any, y_val: Any, *, learning_rate: Any, num_epochs: Any,
    batch_size: Any, rng: Any,
) -> Any:  # fmt: skip
    start, losses, first, second = model.loss(X, y)[0], [], [], []
    for _ in range(num_epochs):
        order = np.argsort(rng.random(len(X)))
        X_new, y_new = X[order], y[order]
        count = max(1, len(X) // batch_size)
        for i in range(count):
            end = len(X) if i == count - 1 else (i + 1) * batch_size
            part = slice(i * batch_size, end)
            losses.append(float(model.loss(X_new[part], y_new[part])[0]))
            _, grads = model.loss(X_new[part], y_new[part])
            for name, w in model.parameters.items():
                grads[name] *= learning_rate
                w -= grads[name]
        first.append(sum(int(a) == int(b) for a, b in zip(model.predict(X), y)) / len(y))  # noqa: B905
        second.append((model.predict(X_val) == y_val).mean())
    return {
        "loss": np.array(losses), "train_accuracy": np.array(first),
        "val_accuracy": np.array(second), "start": start,
    }  # fmt: skip


@chapter.variant(train, "drawn without replacement, fewer and larger batches, two at a time")
def _(
    model: Any, X: Any, y: Any, X_val: Any, y_val: Any, *, learning_rate: Any, num_epochs: Any,
    batch_size: Any, rng: Any,
) -> Any:  # fmt: skip
    loss: list = []
    train_accuracy: list = []
    val_accuracy: list = []
    while len(val_accuracy) < num_epochs:
        order = rng.choice(len(y), len(y), replace=False)
        for rows in np.array_split(order, max(1, len(y) // batch_size)):
            value, grads = model.loss(X[rows], y[rows])
            loss.append(np.float64(value))
            for layer in range(1, len(model.parameters) // 2 + 1):
                for key in (f"W{layer}", f"b{layer}"):
                    np.subtract(
                        model.parameters[key], learning_rate * grads[key], out=model.parameters[key]
                    )
        right = np.concatenate([model.predict(X[i : i + 2]) for i in range(0, len(X), 2)]) == y
        train_accuracy.append(np.mean(right))
        val_accuracy.append(np.mean(model.predict(X_val) == y_val))
    return dict(loss=loss, train_accuracy=train_accuracy, val_accuracy=val_accuracy)
