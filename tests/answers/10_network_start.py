"""Answers to chapter 10: a network with dropout that goes wrong before or without dropping."""

import importlib
from typing import Any, ClassVar

import numpy as np

from tests.answers.corpus import Answers

Plain: Any = importlib.import_module(f"{__package__}.10_network").Plain
answers = Answers()
NETWORK = "DropoutMLP"


def wrong(style, **options):
    return answers.wrong(NETWORK, style, **options)


@wrong("sums over the examples", score=0)
class _(Plain):
    def data_loss(self, scores, y):
        loss, slope = super().data_loss(scores, y)
        return loss * len(y), slope * len(y)


@wrong("gradients summed, loss averaged", score=0)
class _(Plain):
    def data_loss(self, scores, y):
        loss, slope = super().data_loss(scores, y)
        return loss, slope * len(y)


@wrong("a step in the loss", score=0)
class _(Plain):
    def loss(self, X, y, rng=None):
        loss, gradients = super().loss(X, y, rng)
        for name, gradient in gradients.items():
            self.parameters[name] -= 0.1 * gradient
        return loss, gradients


@wrong("ReLU on the scores", score=0)
class _(Plain):
    def forward(self, X, p, rng):
        scores, caches = super().forward(X, p, rng)
        on = scores > 0
        return scores * on, [*caches[:-1], (caches[-1][0], on)]


@wrong("weights the other way round", score=0)
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)
        self.parameters = {k: v.T for k, v in self.parameters.items()}

    def forward(self, X, p, rng):
        kept = self.parameters
        self.parameters = {k: v.T for k, v in kept.items()}
        result = super().forward(X, p, rng)
        self.parameters = kept
        return result


@wrong("ignores weight_scale")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg)


@wrong("scales by the variance")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, np.sqrt(weight_scale))


@wrong("uniform weights")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)
        for name in [k for k in self.parameters if k[0] == "W"]:
            W = self.parameters[name]
            self.parameters[name] = weight_scale * np.sqrt(12) * (rng.random(W.shape) - 0.5)


@wrong("random biases")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)
        for name in [k for k in self.parameters if k[0] == "b"]:
            self.parameters[name] = weight_scale * rng.normal(size=self.parameters[name].shape)


@wrong("another order of arguments")
class _(Plain):
    def __init__(self, layer_sizes, rng, reg=0.0, drop_prob=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)


@wrong("drops a half by default")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.5, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)


@wrong("a penalty by default")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=1e-2, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)


@wrong("a larger scale by default", hidden=True)
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=0.1):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)


@wrong("one hidden layer, whatever is asked for", score=0)
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        sizes = [layer_sizes[0], layer_sizes[1], layer_sizes[-1]]
        super().__init__(sizes, rng, drop_prob, reg, weight_scale)


@wrong("fails without a hidden layer", hidden=True)
class _(Plain):
    def forward(self, X, p, rng):
        h, caches = super().forward(X, p, rng)
        return h, [*caches[:1], caches[1], *caches[2:]]


@wrong("parameters are a copy")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)
        self.inner = self.parameters
        self.parameters = {k: v.copy() for k, v in self.inner.items()}

    def forward(self, X, p, rng):
        outer, self.parameters = self.parameters, self.inner
        result = super().forward(X, p, rng)
        self.parameters = outer
        return result


@wrong("assigning to a key changes nothing")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)
        self.arrays = dict(self.parameters)

    def forward(self, X, p, rng):
        outer, self.parameters = self.parameters, self.arrays
        result = super().forward(X, p, rng)
        self.parameters = outer
        return result


@wrong("one set of parameters for all networks")
class _(Plain):
    shared: ClassVar[dict] = {}

    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)
        self.shared.clear()
        self.shared.update(self.parameters)
        self.parameters = self.shared


@wrong("scores remembered")
class _(Plain):
    def scores(self, X):
        if not hasattr(self, "known") or len(self.known) != len(X):
            self.known = super().scores(X)
        return self.known


@wrong("labels as floats")
class _(Plain):
    def predict(self, X):
        return super().predict(X).astype(float)


@wrong("probabilities for scores")
class _(Plain):
    def scores(self, X):
        e = np.exp(super().scores(X))
        return e / e.sum(axis=1, keepdims=True)


@wrong("no gradients of biases", score=0)
class _(Plain):
    def loss(self, X, y, rng=None):
        loss, gradients = super().loss(X, y, rng)
        return loss, {k: v for k, v in gradients.items() if k[0] == "W"}


@wrong("single precision weights")
class _(Plain):
    def __init__(self, layer_sizes, rng, drop_prob=0.0, reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, drop_prob, reg, weight_scale)
        self.parameters = {k: v.astype(np.float32) for k, v in self.parameters.items()}


@wrong("centres the input in place")
class _(Plain):
    def loss(self, X, y, rng=None):
        mean = X.mean(axis=0)
        X -= mean
        result = super().loss(X + mean, y, rng)
        return result
