"""Answers to chapter 07: the whole network, in many ways."""

from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tests.answers.corpus import Answers
from tests.answers.networks import Net, sigmoid, softmax

answers = Answers()
right = answers.right
EXERCISE = "MLP"

right(EXERCISE, "small methods")(Net)


@right(EXERCISE, "lists of caches, drawn by standard_normal")
class _:
    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        self.num_layers = len(layer_sizes) - 1
        self.reg = reg
        if activation == "relu":
            self.f = lambda x: (np.where(x > 0, x, 0), x)
            self.f_back = lambda dout, x: np.where(x > 0, dout, 0)
        elif activation == "sigmoid":
            self.f = lambda x: (sigmoid(x), sigmoid(x))
            self.f_back = lambda dout, s: dout * s * (1 - s)
        else:
            raise ValueError(activation)
        self.parameters = OrderedDict()
        for i, (into, out) in enumerate(pairwise(layer_sizes)):
            self.parameters["W" + str(i + 1)] = rng.standard_normal((out, into)) * weight_scale
            self.parameters["b" + str(i + 1)] = np.zeros((out,))

    def forward(self, X):
        caches, h = [], X
        for i in range(1, self.num_layers + 1):
            W, b = self.parameters[f"W{i}"], self.parameters[f"b{i}"]
            out = h @ W.T + b
            cache = (h, W)
            bent = None
            if i < self.num_layers:
                out, bent = self.f(out)
            caches.append((cache, bent))
            h = out
        return h, caches

    def scores(self, X):
        return self.forward(X)[0]

    def loss(self, X, y):
        scores, caches = self.forward(X)
        p = softmax(scores)
        loss = np.mean(-np.log(p[np.arange(len(y)), y]))
        dout = (p - np.eye(p.shape[1])[y]) / len(y)
        gradients = {}
        while caches:
            i = len(caches)
            (x, W), bent = caches.pop()
            if bent is not None:
                dout = self.f_back(dout, bent)
            loss += self.reg * np.sum(W * W)
            gradients[f"W{i}"] = dout.T.dot(x) + 2 * self.reg * W
            gradients[f"b{i}"] = np.sum(dout, axis=0)
            dout = dout.dot(W)
        return float(loss), gradients

    def predict(self, X):
        return np.argmax(self.scores(X), axis=-1)


@right(EXERCISE, "recursion through the layers")
class _(Net):
    def down(self, h, i, y):
        """Loss and gradients of the layers from i on, and the gradient along h."""
        W, b = self.parameters[f"W{i}"], self.parameters[f"b{i}"]
        out = np.einsum("nd,md->nm", h, W) + b
        if i == len(self.sizes) - 1:
            loss, dout = self.data_loss(out, y)
            gradients = {}
        else:
            loss, gradients, dout = self.down(self.bend(out), i + 1, y)
            dout = dout * self.slope(self.bend(out))
        gradients[f"W{i}"] = np.einsum("nm,nd->md", dout, h) + 2 * self.reg * W
        gradients[f"b{i}"] = np.einsum("nm->m", dout)
        return loss + self.reg * np.vdot(W, W), gradients, dout @ W

    def loss(self, X, y):
        return self.down(X, 1, y)[:2]


@right(EXERCISE, "all weights drawn at once, stored the other way round")
class _(Net):
    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, np.random.default_rng(0), activation, reg)
        shapes = [W.T.shape for W, _ in self.weights()]
        numbers = iter(rng.normal(0.0, weight_scale, size=sum(a * b for a, b in shapes)))
        for i, shape in enumerate(shapes, 1):
            W = np.array([next(numbers) for _ in range(shape[0] * shape[1])]).reshape(shape)
            self.parameters[f"W{i}"] = W.T


@right(EXERCISE, "the last layer drawn first, number by number")
class _(Net):
    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, np.random.default_rng(0), activation, reg)
        for i in range(len(layer_sizes) - 1, 0, -1):
            for place in np.ndindex(self.parameters[f"W{i}"].shape):
                self.parameters[f"W{i}"][place] = rng.normal(scale=weight_scale)


class Affine:
    """A layer that knows its names in the network's dict."""

    def __init__(self, parameters, i):
        self.parameters, self.W, self.b = parameters, f"W{i}", f"b{i}"

    def forward(self, x):
        self.x = x
        return np.add(np.matmul(x, self.parameters[self.W].T), self.parameters[self.b])

    def backward(self, dout, gradients):
        gradients[self.W] = np.tensordot(dout, self.x, axes=(0, 0))
        gradients[self.b] = dout.sum(0)
        return np.matmul(dout, self.parameters[self.W])


class Bend:
    def __init__(self, activation):
        self.f, self.slope = Net.bends[activation]

    def forward(self, x):
        self.out = self.f(x)
        return self.out

    def backward(self, dout, gradients):
        return dout * self.slope(self.out)


@right(EXERCISE, "objects for layers")
class _:
    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        if activation not in ("relu", "sigmoid"):
            raise ValueError("activation must be relu or sigmoid")
        self.reg, self.parameters, self.layers = reg, {}, []
        sizes = tuple(layer_sizes)
        for i in range(1, len(sizes)):
            self.parameters |= {
                f"W{i}": rng.normal(scale=weight_scale, size=(sizes[i], sizes[i - 1])),
                f"b{i}": np.zeros(sizes[i]),
            }
            self.layers += [Affine(self.parameters, i), Bend(activation)]
        self.layers.pop()

    def scores(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y):
        scores = self.scores(X)
        total = np.logaddexp.reduce(scores, axis=1)
        loss = (total - scores[range(len(y)), y]).mean()
        dout = np.exp(scores - total[:, None])
        dout[range(len(y)), y] -= 1.0
        dout /= len(y)
        gradients = dict.fromkeys(self.parameters)
        for layer in reversed(self.layers):
            dout = layer.backward(dout, gradients)
        for name, w in self.parameters.items():
            if name.startswith("W"):
                loss = loss + self.reg * (w**2).sum()
                gradients[name] = gradients[name] + 2 * self.reg * w
        return loss, gradients

    def predict(self, X):
        return np.array([int(np.argmax(row)) for row in self.scores(X)])


@right(EXERCISE, "slots, a property, example by example")
class Slotted:
    __slots__ = ("_made", "kind", "penalty")

    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        if activation not in {"relu", "sigmoid"}:
            raise ValueError
        self.kind, self.penalty, self._made = activation, reg, {}
        for i, (out, into) in enumerate(zip(layer_sizes[1:], layer_sizes[:-1], strict=True)):
            self._made[f"W{i + 1}"] = np.multiply(rng.normal(size=(out, into)), weight_scale)
        for i, out in enumerate(layer_sizes[1:]):
            self._made[f"b{i + 1}"] = np.zeros(out)

    @property
    def parameters(self):
        return self._made

    def one(self, x):
        depth, kept = len(self._made) // 2, [x]
        for i in range(1, depth + 1):
            x = self._made[f"W{i}"] @ x + self._made[f"b{i}"]
            if i != depth:
                x = np.maximum(x, 0) if self.kind == "relu" else sigmoid(x)
            kept.append(x)
        return kept

    def scores(self, X):
        return np.array([self.one(x)[-1] for x in X])

    def loss(self, X, y):
        g = {name: np.zeros_like(w) for name, w in self._made.items()}
        loss = 0.0
        for x, label in zip(X, y, strict=True):
            kept = self.one(x)
            p = softmax(kept[-1][None])[0]
            loss -= np.log(p[label]) / len(X)
            d = p / len(X)
            d[label] -= 1 / len(X)
            for i in range(len(kept) - 1, 0, -1):
                h = kept[i - 1]
                g[f"W{i}"] += np.outer(d, h)
                g[f"b{i}"] += d
                d = d @ self._made[f"W{i}"] * (h > 0 if self.kind == "relu" else h * (1 - h))
        for name in self._made:
            if name[0] == "W":
                loss += self.penalty * np.square(self._made[name]).sum()
                g[name] += 2 * self.penalty * self._made[name]
        return loss, g

    def predict(self, X):
        return np.fromiter((row.argmax() for row in self.scores(X)), dtype=np.int32)


@right(EXERCISE, "a dataclass")
@dataclass(eq=False)
class Data(Net):
    layer_sizes: list
    rng: np.random.Generator
    activation: str = "relu"
    reg: float = 0.0
    weight_scale: float = 1e-2
    parameters: dict = field(init=False, default_factory=dict)

    def __post_init__(self):
        Net.__init__(self, self.layer_sizes, self.rng, self.activation, self.reg, self.weight_scale)


class Watched(dict):
    """A dict that copies what is assigned."""

    def __setitem__(self, name, value):
        super().__setitem__(name, np.array(value, dtype=float))


@right(EXERCISE, "a dict of its own, bias as one more weight inside")
class _(Net):
    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        made, self.parameters = self.parameters, Watched()
        for name in sorted(made):
            self.parameters[name] = made[name]

    def activations(self, X):
        hs = [X]
        for i, (W, b) in enumerate(self.weights(), 1):
            folded = np.column_stack([W, b])
            sums = np.column_stack([hs[-1], np.ones(len(X))]) @ folded.T
            hs.append(self.bend(sums) if i < len(self.sizes) - 1 else sums)
        return hs
