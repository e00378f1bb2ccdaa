"""Chapter 10, third part: the same network in other styles."""

from __future__ import annotations

import numpy as np

from solutions._ch10_dropout import chapter
from solutions._ch10_network import DropoutMLP


class Plain:
    """A network without dropout, as somebody may bring it along from notebook 07."""

    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        self.reg = reg
        self.parameters = {}
        for i in range(1, len(layer_sizes)):
            d, m = layer_sizes[i - 1], layer_sizes[i]
            self.parameters["W" + str(i)] = rng.standard_normal((m, d)) * weight_scale
            self.parameters["b" + str(i)] = np.zeros((m,))
        self.num_layers = len(layer_sizes) - 1

    def layer(self, i, x):
        return np.einsum("nd,md->nm", x, self.parameters[f"W{i}"]) + self.parameters[f"b{i}"]

    def scores(self, X):
        for i in range(1, self.num_layers):
            X = self.layer(i, X).clip(0)
        return self.layer(self.num_layers, X)

    def predict(self, X):
        return self.scores(X).argmax(1)


@chapter.variant(DropoutMLP, "built on a network without dropout, masks of booleans")
class Derived(Plain):
    """Dropout added in the loss alone."""

    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, "relu", reg, weight_scale)
        self.keep_prob = 1 - drop_prob
        self._generator = rng

    def loss(self, X, y, rng=None):
        generator = rng or self._generator
        p, L, N = self.parameters, self.num_layers, X.shape[0]
        activations, masks = {0: X}, {}
        for i in range(1, L):
            z = self.layer(i, activations[i - 1])
            masks[i] = (z > 0) & (generator.random(z.shape) < self.keep_prob)
            activations[i] = np.where(masks[i], z, 0) / self.keep_prob
        s = self.layer(L, activations[L - 1])
        s -= s.max(1, keepdims=True)
        probabilities = np.exp(s)
        probabilities /= probabilities.sum(1, keepdims=True)
        loss = -np.mean(np.log(probabilities[range(N), y]))
        grads = {}
        d = probabilities.copy()
        d[range(N), y] -= 1
        d /= N
        for i in reversed(range(1, L + 1)):
            grads[f"W{i}"] = np.dot(d.T, activations[i - 1]) + 2 * self.reg * p[f"W{i}"]
            grads[f"b{i}"] = np.sum(d, axis=0)
            loss += self.reg * np.linalg.norm(p[f"W{i}"]) ** 2
            if i > 1:
                d = np.dot(d, p[f"W{i}"]) * masks[i - 1] / self.keep_prob
        return loss, grads


@chapter.variant(DropoutMLP, "example by example")
class ByExample:
    """Loops over examples; masks drawn layer by layer for each of them."""

    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        self.sizes, self.rng, self.p, self.reg = tuple(layer_sizes), rng, drop_prob, reg
        self.parameters = {}
        for i, size in enumerate(self.sizes[1:]):
            W = [rng.normal(0.0, weight_scale, self.sizes[i]) for _ in range(size)]
            self.parameters[f"W{i + 1}"] = np.array(W)
            self.parameters[f"b{i + 1}"] = np.zeros(size)

    def _one(self, x, rng):
        steps: list = []
        for i in range(1, len(self.sizes)):
            z = self.parameters[f"W{i}"].dot(x) + self.parameters[f"b{i}"]
            if i == len(self.sizes) - 1:
                return z, [*steps, (x, None)]
            factor = (z > 0).astype(float)
            if rng is not None:
                factor *= np.array([rng.random() >= self.p for _ in z]) / (1 - self.p)
            steps.append((x, factor))
            x = z * factor
        raise AssertionError

    def scores(self, X):
        return np.array([self._one(x, None)[0] for x in X])

    def predict(self, X):
        return np.array([int(np.argmax(s)) for s in self.scores(X)])

    def loss(self, X, y, rng=None):
        rng = self.rng if rng is None else rng
        grads = {name: np.zeros_like(v) for name, v in self.parameters.items()}
        total = 0.0
        for x, label in zip(X, y, strict=True):
            s, steps = self._one(x, rng)
            log_p = s - np.logaddexp.reduce(s)
            total -= log_p[label]
            d = np.exp(log_p) - (np.arange(len(s)) == label)
            for i in range(len(steps), 0, -1):
                before, _ = steps[i - 1]
                grads[f"W{i}"] += np.outer(d, before) / len(X)
                grads[f"b{i}"] += d / len(X)
                if i > 1:
                    d = (d @ self.parameters[f"W{i}"]) * steps[i - 2][1]
        loss = float(total) / len(X)
        for name, v in self.parameters.items():
            if name.startswith("W"):
                loss += self.reg * (v**2).sum()
                grads[name] += 2 * self.reg * v
        return loss, grads


@chapter.variant(DropoutMLP, "a list of layers, all masks drawn before anything else")
class Layers:
    """Parameters by layer; the masks of all layers come from one draw."""

    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        self.widths, self.rng = [int(s) for s in layer_sizes[1:-1]], rng
        self.drop_prob, self.reg = drop_prob, reg
        weights = [rng.normal(scale=weight_scale, size=s) for s in
                   zip(layer_sizes[1:], layer_sizes, strict=False)]  # fmt: skip
        self.parameters: dict = {}
        for i, W in enumerate(weights, start=1):
            self.parameters |= {f"W{i}": W, f"b{i}": np.zeros(len(W))}

    @property
    def depth(self):
        return sum(name.startswith("W") for name in self.parameters)

    def run(self, X, masks):
        values = [np.asarray(X, dtype=np.float64)]
        for i in range(self.depth):
            z = values[i] @ self.parameters[f"W{i + 1}"].T
            z += self.parameters[f"b{i + 1}"][np.newaxis]
            values.append(z if i == self.depth - 1 else np.maximum(0.0, z) * masks[i])
        return values

    def scores(self, X):
        return self.run(X, [1.0] * len(self.widths))[-1]

    def predict(self, X):
        scores = self.scores(X)
        return np.argmax(scores - scores.max(axis=-1, keepdims=True), axis=-1)

    def loss(self, X, y, rng=None):
        generator = self.rng if rng is None else rng
        drawn = generator.binomial(1, 1 - self.drop_prob, (len(X), sum(self.widths)))
        scale = 1 / (1 - self.drop_prob)
        masks = [m * scale for m in np.split(drawn, np.cumsum(self.widths)[:-1], axis=1)]
        values = self.run(X, masks)
        z = values[-1] - values[-1].max(axis=1)[:, None]
        q = np.exp(z) / np.exp(z).sum(axis=1)[:, None]
        data = np.log(np.exp(z).sum(axis=1)) - np.take_along_axis(z, y[:, None], 1)[:, 0]
        q[np.arange(len(y)), y] -= 1.0
        delta, gradients = q / len(y), {}
        for i in range(self.depth, 0, -1):
            W = self.parameters[f"W{i}"]
            gradients[f"b{i}"] = delta.sum(0)
            gradients[f"W{i}"] = delta.T @ values[i - 1] + self.reg * 2 * W
            if i > 1:
                delta = delta @ W
                delta *= (values[i - 1] > 0) * masks[i - 2]
        penalty = sum((self.parameters[f"W{i + 1}"] ** 2).sum() for i in range(self.depth))
        return [data.mean() + self.reg * penalty, gradients]
