"""Answers to chapter 10: a network with dropout, that drops or penalises in wrong ways."""

import importlib
from typing import Any

import numpy as np

from tests.answers.corpus import Answers

Plain: Any = importlib.import_module(f"{__package__}.10_network").Plain
answers = Answers()
NETWORK = "DropoutMLP"


def wrong(style, **options):
    return answers.wrong(NETWORK, style, **options)


@wrong("drops when scoring")
class _(Plain):
    def scores(self, X):
        return self.forward(X, self.drop_prob, self.rng)[0]


@wrong("drops when predicting only")
class _(Plain):
    def predict(self, X):
        return self.forward(X, self.drop_prob, self.rng)[0].argmax(axis=1)


@wrong("never drops")
class _(Plain):
    def mask(self, shape, p, rng):
        return np.ones(shape)


@wrong("not scaled")
class _(Plain):
    def mask(self, shape, p, rng):
        return rng.random(shape) >= p


@wrong("scaled when scoring")
class _(Plain):
    def mask(self, shape, p, rng):
        return rng.random(shape) >= p

    def forward(self, X, p, rng):
        if rng is not None:
            return super().forward(X, p, rng)
        h = X
        for i in range(1, self.depth + 1):
            h = h @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]
            if i < self.depth:
                h = np.maximum(h, 0) * (1 - self.drop_prob)
        return h, None


@wrong("keeps with drop_prob")
class _(Plain):
    def mask(self, shape, p, rng):
        return (rng.random(shape) < p) / p if p else np.ones(shape)


@wrong("the same coin for all examples")
class _(Plain):
    def mask(self, shape, p, rng):
        return (rng.random(shape[1]) >= p) / (1 - p) * np.ones(shape)


@wrong("a coin for an example")
class _(Plain):
    def mask(self, shape, p, rng):
        return (rng.random((shape[0], 1)) >= p) / (1 - p) * np.ones(shape)


@wrong("an exact number of units")
class _(Plain):
    def mask(self, shape, p, rng):
        row = np.arange(shape[1]) >= round(p * shape[1])
        return rng.permuted(np.tile(row, (shape[0], 1)), axis=1) / (1 - p)


@wrong("always a half")
class _(Plain):
    def mask(self, shape, p, rng):
        return (rng.random(shape) >= 0.5) * 2.0 if p else np.ones(shape)


@wrong("global generator")
class _(Plain):
    def mask(self, shape, p, rng):
        return (np.random.random(shape) >= p) / (1 - p)  # noqa: NPY002


@wrong("ignores the rng of loss")
class _(Plain):
    def loss(self, X, y, rng=None):
        return super().loss(X, y)


@wrong("needs the rng of loss")
class _(Plain):
    def loss(self, X, y, rng):
        return super().loss(X, y, rng)


@wrong("drops only where loss gets an rng")
class _(Plain):
    def loss(self, X, y, rng=None):
        p, self.drop_prob = self.drop_prob, self.drop_prob if rng is not None else 0.0
        result = super().loss(X, y, rng)
        self.drop_prob = p
        return result


@wrong("keeps the rng of loss for good")
class _(Plain):
    def loss(self, X, y, rng=None):
        self.rng = self.rng if rng is None else rng
        return super().loss(X, y)


@wrong("a fresh generator in each loss")
class _(Plain):
    def loss(self, X, y, rng=None):
        return super().loss(X, y, np.random.default_rng(0) if rng is None else rng)


@wrong("a generator of its own for dropping")
class _(Plain):
    def __init__(self, layer_sizes, rng, **options):
        super().__init__(layer_sizes, rng, **options)
        self.rng = np.random.default_rng()


@wrong("a fixed seed of its own for dropping")
class _(Plain):
    def __init__(self, layer_sizes, rng, *args, **options):
        super().__init__(layer_sizes, rng, *args, **options)
        self.rng = np.random.default_rng(0)


@wrong("draws again on the way back")
class _(Plain):
    def forward(self, X, p, rng):
        scores, caches = super().forward(X, p, rng)
        if rng is None or not p:
            return scores, caches
        again = [(h, m if i == self.depth - 1 else self.mask(m.shape, p, rng) * (m > 0))
                 for i, (h, m) in enumerate(caches)]  # fmt: skip
        return scores, again


@wrong("no mask on the way back")
class _(Plain):
    def forward(self, X, p, rng):
        h, caches = X, []
        for i in range(1, self.depth + 1):
            z = h @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]
            on = z > 0 if i < self.depth else 1.0
            caches.append((h, on))
            h = z * on
            if i < self.depth and rng is not None:
                h = h * self.mask(h.shape, p, rng)
        return h, caches


@wrong("drops pixels too")
class _(Plain):
    def forward(self, X, p, rng):
        X = X * self.mask(X.shape, p, rng) if rng is not None else X
        return super().forward(X, p, rng)


@wrong("drops scores too")
class _(Plain):
    def forward(self, X, p, rng):
        scores, caches = super().forward(X, p, rng)
        if rng is not None:
            mask = self.mask(scores.shape, p, rng)
            scores, caches = scores * mask, [*caches[:-1], (caches[-1][0], mask)]
        return scores, caches


@wrong("drops pixels instead")
class _(Plain):
    def forward(self, X, p, rng):
        X = X * self.mask(X.shape, p, rng) if rng is not None else X
        return super().forward(X, 0.0, rng)


@wrong("only the first hidden layer")
class _(Plain):
    def forward(self, X, p, rng):
        self.left = 1
        return super().forward(X, p, rng)

    def mask(self, shape, p, rng):
        self.left -= 1
        return super().mask(shape, p, rng) if self.left >= 0 else np.ones(shape)


@wrong("only the last hidden layer")
class _(Plain):
    def forward(self, X, p, rng):
        self.left = self.depth - 1
        return super().forward(X, p, rng)

    def mask(self, shape, p, rng):
        self.left -= 1
        return super().mask(shape, p, rng) if self.left == 0 else np.ones(shape)


@wrong("the first mask for ever")
class _(Plain):
    def mask(self, shape, p, rng):
        known = self.__dict__.setdefault("known", {})
        if shape not in known:
            known[shape] = super().mask(shape, p, rng)
        return known[shape]


@wrong("no penalty in the loss")
class _(Plain):
    def loss(self, X, y, rng=None):
        loss, gradients = super().loss(X, y, rng)
        return loss - self.reg * sum(
            np.sum(self.parameters[k] ** 2) for k in self.weights()
        ), gradients

    def weights(self):
        return [name for name in self.parameters if name[0] == "W"]


@wrong("no penalty in the gradients")
class _(Plain):
    def loss(self, X, y, rng=None):
        loss, gradients = super().loss(X, y, rng)
        return loss, {k: g - 2 * self.reg * self.parameters[k] if k[0] == "W" else g
                      for k, g in gradients.items()}  # fmt: skip


@wrong("penalty without its 2")
class _(Plain):
    def loss(self, X, y, rng=None):
        loss, gradients = super().loss(X, y, rng)
        return loss, {k: g - self.reg * self.parameters[k] if k[0] == "W" else g
                      for k, g in gradients.items()}  # fmt: skip


@wrong("penalty on biases")
class _(Plain):
    def loss(self, X, y, rng=None):
        loss, gradients = super().loss(X, y, rng)
        for name in [k for k in self.parameters if k[0] == "b"]:
            loss += self.reg * np.sum(self.parameters[name] ** 2)
            gradients[name] = gradients[name] + 2 * self.reg * self.parameters[name]
        return loss, gradients


@wrong("penalty on the last weights only")
class _(Plain):
    def loss(self, X, y, rng=None):
        loss, gradients = super().loss(X, y, rng)
        for i in range(1, self.depth):
            W = self.parameters[f"W{i}"]
            loss -= self.reg * np.sum(W * W)
            gradients[f"W{i}"] = gradients[f"W{i}"] - 2 * self.reg * W
        return loss, gradients
