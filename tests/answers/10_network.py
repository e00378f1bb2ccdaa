"""Answers to chapter 10: a network with dropout, right in many styles."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right = answers.right
NETWORK = "DropoutMLP"


@right(NETWORK, "loops over layers")
class Plain:
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        self.rng, self.drop_prob, self.reg = rng, drop_prob, reg
        self.depth = len(layer_sizes) - 1
        self.parameters = {}
        for i, (fan_in, fan_out) in enumerate(pairwise(layer_sizes), 1):
            self.parameters[f"W{i}"] = weight_scale * rng.standard_normal((fan_out, fan_in))
            self.parameters[f"b{i}"] = np.zeros(fan_out)

    def scores(self, X):
        return self.forward(X, 0.0, None)[0]

    def predict(self, X):
        return self.scores(X).argmax(axis=1)

    def mask(self, shape, p, rng):
        return (rng.random(shape) >= p) / (1 - p)

    def forward(self, X, p, rng):
        h, caches = X, []
        for i in range(1, self.depth + 1):
            z = h @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]
            mask = 1.0
            if i < self.depth:
                mask = (z > 0) * (self.mask(z.shape, p, rng) if rng is not None else 1.0)
            caches.append((h, mask))
            h = z * mask
        return h, caches

    def data_loss(self, scores, y):
        shifted = scores - scores.max(axis=1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        slope = np.exp(logs)
        slope[np.arange(len(y)), y] -= 1
        return -logs[np.arange(len(y)), y].mean(), slope / len(y)

    def loss(self, X, y, rng=None):
        scores, caches = self.forward(X, self.drop_prob, self.rng if rng is None else rng)
        loss, slope = self.data_loss(scores, y)
        gradients = {}
        for i in range(self.depth, 0, -1):
            W, (h, mask) = self.parameters[f"W{i}"], caches[i - 1]
            slope = slope * mask
            gradients[f"W{i}"] = slope.T @ h + 2 * self.reg * W
            gradients[f"b{i}"] = slope.sum(axis=0)
            slope = slope @ W
            loss += self.reg * np.sum(W * W)
        return loss, gradients


@right(NETWORK, "a dataclass with slots, recursion")
@dataclass(slots=True)
class Recursive:
    layer_sizes: Any
    rng: np.random.Generator
    drop_prob: float = 0.0
    reg: float = 0.0
    weight_scale: float = 1e-2
    parameters: dict = field(init=False, default_factory=dict)

    def __post_init__(self):
        for i in range(1, len(self.layer_sizes)):
            shape = self.layer_sizes[i], self.layer_sizes[i - 1]
            self.parameters[f"W{i}"] = self.rng.normal(0.0, self.weight_scale, size=shape)
            self.parameters[f"b{i}"] = np.zeros((shape[0],))

    def layer(self, i, X, tail, draw):
        """What ``tail`` says of layer i's output, and layer i's part of it."""
        W, b = self.parameters[f"W{i}"], self.parameters[f"b{i}"]
        z = np.dot(X, W.T) + b
        if f"W{i + 1}" not in self.parameters:
            return tail(z, W, X)
        keep = draw(z.shape)
        loss, dh, gradients = self.layer(i + 1, np.maximum(z, 0) * keep, tail, draw)
        dz = np.where(z > 0, dh * keep, 0.0)
        gradients |= {f"W{i}": dz.T @ X + 2 * self.reg * W, f"b{i}": dz.sum(0)}
        return loss + self.reg * np.vdot(W, W), dz @ W, gradients

    def loss(self, X, y, rng=None):
        rng = rng or self.rng
        last = f"{len(self.layer_sizes) - 1}"

        def tail(z, W, h):
            z = z - z.max(axis=-1, keepdims=True)
            P = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
            own = np.equal.outer(y, np.arange(P.shape[1]))
            dz = (P - own) / len(own)
            gradients = {f"W{last}": dz.T @ h + 2 * self.reg * W, f"b{last}": dz.sum(0)}
            loss = -np.log(P[own]).mean() + self.reg * np.vdot(W, W)
            return loss, dz @ W, gradients

        def draw(shape):
            return rng.binomial(1, 1 - self.drop_prob, shape) / (1 - self.drop_prob)

        loss, _, gradients = self.layer(1, X, tail, draw)
        return float(loss), {name: gradients[name] for name in self.parameters}

    def scores(self, X):
        return self.layer(1, X, lambda z, W, h: (0.0, 0.0 * z @ W, {"scores": z}), np.ones)[2][
            "scores"
        ]

    def predict(self, X):
        return np.argmax(self.scores(X), -1)


class Affine:
    """A layer that looks its numbers up at each use."""

    def __init__(self, network, i):
        self.network, self.names = network, (f"W{i}", f"b{i}")

    def forward(self, x, rng):
        self.x = x
        W, b = (self.network.parameters[name] for name in self.names)
        return np.einsum("nd,md->nm", x, W) + b

    def backward(self, dout, gradients):
        W = self.network.parameters[self.names[0]]
        dW = np.einsum("nm,nd->md", dout, self.x) + 2 * self.network.reg * W
        gradients.update(zip(self.names, (dW, dout.sum(axis=0)), strict=True))
        return dout @ W


class Rectifier:
    def forward(self, x, rng):
        self.on = x > 0
        return np.where(self.on, x, 0.0)

    def backward(self, dout, gradients):
        return dout * self.on


class Dropout:
    def __init__(self, drop_prob):
        self.drop_prob = drop_prob

    def forward(self, x, rng):
        self.factor = np.ones(x.shape)
        if rng is not None:
            self.factor = rng.choice(
                [0, 1 / (1 - self.drop_prob)], x.shape, p=[self.drop_prob, 1 - self.drop_prob]
            )
        return x * self.factor

    def backward(self, dout, gradients):
        return dout * self.factor


@right(NETWORK, "a chain of layer objects, parameters as a property")
class Chain:
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=0.01):
        self._rng, self.reg, self._parameters, self._layers = rng, reg, {}, []
        for i, shape in enumerate(pairwise(layer_sizes), start=1):
            W = rng.normal(size=shape).T * weight_scale
            self._parameters.update({f"W{i}": W, f"b{i}": np.zeros(shape[1])})
            self._layers += [Affine(self, i), Rectifier(), Dropout(drop_prob)]
        del self._layers[-2:]

    @property
    def parameters(self):
        return self._parameters

    def _run(self, X, rng):
        for layer in self._layers:
            X = layer.forward(X, rng)
        return X

    def scores(self, X: np.ndarray) -> np.ndarray:
        return self._run(X, None)

    def predict(self, X: np.ndarray) -> np.ndarray:
        return np.array([int(np.argmax(row)) for row in self.scores(X)])

    def loss(self, X: np.ndarray, y: np.ndarray, rng=None) -> tuple:
        scores, n = self._run(X, self._rng if rng is None else rng), len(y)
        top = scores.max(axis=1)
        sums = np.exp(scores - top[:, None]).sum(axis=1)
        loss = np.mean(np.log(sums) + top - scores[range(n), y])
        dout = np.exp(scores - top[:, None]) / sums[:, None]
        np.subtract.at(dout, (np.arange(n), y), 1.0)
        dout /= n
        gradients = {}
        for layer in reversed(self._layers):
            dout = layer.backward(dout, gradients)
        weights = [v for k, v in self._parameters.items() if k[0] == "W"]
        return loss + self.reg * sum((W**2).sum() for W in weights), gradients


class Base:
    """A network without dropout."""

    def __init__(self, layer_sizes, rng, reg=0.0, weight_scale=1e-2):
        self.reg, self.layers = reg, len(layer_sizes) - 1
        weights = [rng.standard_normal(pair[::-1]) * weight_scale for pair in pairwise(layer_sizes)]
        self.parameters = {}
        for i, W in enumerate(weights, 1):
            self.parameters |= {f"W{i}": W, f"b{i}": np.zeros(len(W))}

    def between(self, h, rng):
        return h, 1.0

    def run(self, X, rng=None):
        kept = [(X, 1.0)]
        for i in range(1, self.layers):
            h = np.maximum(kept[-1][0] @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"], 0)
            kept.append(self.between(h, rng))
        W, b = self.parameters[f"W{self.layers}"], self.parameters[f"b{self.layers}"]
        return kept[-1][0] @ W.T + b, kept

    def scores(self, X):
        return self.run(X)[0]

    def predict(self, X):
        return self.scores(X).argmax(1)

    def loss(self, X, y, rng=None):
        scores, kept = self.run(X, rng)
        e = np.exp(scores - scores.max(1)[:, None])
        P = e / e.sum(1)[:, None]
        loss = -np.log(P[np.arange(len(y)), y]).sum() / len(y)
        d = (P - np.eye(P.shape[1])[y]) / len(y)
        grads = {}
        for i in reversed(range(1, self.layers + 1)):
            W = self.parameters[f"W{i}"]
            grads[f"W{i}"], grads[f"b{i}"] = d.T @ kept[i - 1][0] + 2 * self.reg * W, d.sum(0)
            d = (d @ W) * (kept[i - 1][0] > 0) * kept[i - 1][1]
            loss += self.reg * (W**2).sum()
        return np.array(loss), grads


@right(NETWORK, "a subclass that drops in between")
class Sub(Base):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, reg=reg, weight_scale=weight_scale)
        self.generator, self.drop_prob = rng, drop_prob

    def between(self, h, rng):
        if rng is None:
            return h, 1.0
        out = h.copy()
        out[rng.random(h.shape) < self.drop_prob] = 0.0
        return out / (1 - self.drop_prob), 1 / (1 - self.drop_prob)

    def loss(self, X, y, rng=None):
        return super().loss(X, y, self.generator if rng is None else rng)


@right(NETWORK, "all coins before the first layer, by single examples")
class Single(Plain):
    def loss(self, X, y, rng=None):
        rng = self.rng if rng is None else rng
        p, units = self.drop_prob, [len(self.parameters[f"b{i}"]) for i in range(1, self.depth)]
        coins = [(rng.uniform(size=(len(X), m)) > p) / (1 - p) for m in units[::-1]][::-1]
        loss, total = 0.0, {k: np.zeros(v.shape) for k, v in self.parameters.items()}
        for n, (x, label) in enumerate(zip(X, y, strict=True)):
            hs = [x]
            for i in range(1, self.depth):
                z = self.parameters[f"W{i}"] @ hs[-1] + self.parameters[f"b{i}"]
                hs.append(np.maximum(z, 0) * coins[i - 1][n])
            s = self.parameters[f"W{self.depth}"] @ hs[-1] + self.parameters[f"b{self.depth}"]
            loss += (np.logaddexp.reduce(s) - s[label]) / len(X)
            d = np.exp(s - np.logaddexp.reduce(s)) / len(X)
            d[label] -= 1 / len(X)
            for i in range(self.depth, 0, -1):
                total[f"W{i}"] += np.outer(d, hs[i - 1])
                total[f"b{i}"] += d
                if i > 1:
                    back = self.parameters[f"W{i}"].T @ d
                    d = back * coins[i - 2][n] * (hs[i - 1] > 0)
        for name in [k for k in total if k.startswith("W")]:
            loss += self.reg * np.linalg.norm(self.parameters[name]) ** 2
            total[name] += 2 * self.reg * self.parameters[name]
        return loss, total


@right(NETWORK, "two lists behind a dict of its own kind")
class Lists:
    class Numbers(dict):
        def ordered(self, letter):
            return [self[f"{letter}{i}"] for i in range(1, len(self) // 2 + 1)]

    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        n, (self.p, self.reg, self.rng) = len(layer_sizes), (drop_prob, reg, rng)
        Ws = {f"W{i}": np.empty((layer_sizes[i], layer_sizes[i - 1])) for i in range(n - 1, 0, -1)}
        for W in Ws.values():
            W[...] = [[weight_scale * rng.standard_normal() for _ in row] for row in W]
        bs = {f"b{i}": np.zeros(m) for i, m in enumerate(layer_sizes[1:], start=1)}
        self.parameters = Lists.Numbers({**Ws, **bs})

    def scores(self, X):
        *hidden, last = zip(*map(self.parameters.ordered, "Wb"), strict=True)
        for W, b in hidden:
            X = (X @ W.T + b).clip(min=0)
        return X @ last[0].T + last[1]

    def predict(self, X):
        return np.argmax(self.scores(X), axis=1).astype(np.int32)

    def loss(self, X, y, rng=None):
        generator = rng if rng is not None else self.rng
        Ws, bs = map(self.parameters.ordered, "Wb")
        values, gates = [X], []
        for W, b in zip(Ws[:-1], bs[:-1], strict=True):
            z = values[-1] @ W.T + b
            coins = generator.random(z.T.shape).T
            on = (coins >= self.p) & (z > 0)
            gates.append(np.where(on, 1.0 / (1.0 - self.p), 0.0))
            values.append(z * gates[-1])
        s = values[-1] @ Ws[-1].T + bs[-1]
        e = np.exp(s)
        probabilities = e / np.sum(e, axis=1, keepdims=True)
        hot = np.zeros_like(s)
        hot[np.arange(len(y)), y] = 1.0
        d = (probabilities - hot) / len(y)
        loss = -np.sum(hot * np.log(probabilities)) / len(y)
        gradients = {}
        for i in range(len(Ws), 0, -1):
            gradients[f"b{i}"] = np.ones(len(X)) @ d
            gradients[f"W{i}"] = (values[i - 1].T @ d).T + self.reg * 2.0 * Ws[i - 1]
            d = d @ Ws[i - 1] * (gates[i - 2] if i > 1 else 1.0)
        return loss + self.reg * sum(np.square(W).sum() for W in Ws), gradients
