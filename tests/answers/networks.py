"""What answers to the exercise MLP have in common; each changes a part of it."""

import numpy as np


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


def softmax(scores):
    power = np.exp(scores - scores.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


class Net:
    """A network in small methods."""

    bends = {  # noqa: RUF012
        "relu": (lambda x: np.maximum(x, 0), lambda out: out > 0),
        "sigmoid": (sigmoid, lambda out: out * (1 - out)),
    }

    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        if activation not in self.bends:
            raise ValueError(f"no activation {activation}")
        self.sizes, self.activation, self.reg = list(layer_sizes), activation, reg
        self.parameters = {}
        for i in range(1, len(layer_sizes)):
            self.parameters[f"W{i}"] = self.draw(
                layer_sizes[i], layer_sizes[i - 1], weight_scale, rng
            )
            self.parameters[f"b{i}"] = self.bias(layer_sizes[i])

    def draw(self, out, into, scale, rng):
        return scale * rng.normal(size=(out, into))

    def bias(self, out):
        return np.zeros(out)

    def weights(self):
        """Pairs of W and b, the first layer first."""
        p = self.parameters
        return [(p[f"W{i}"], p[f"b{i}"]) for i in range(1, len(self.sizes))]

    def bend(self, x):
        return self.bends[self.activation][0](x)

    def slope(self, out):
        return self.bends[self.activation][1](out)

    def activations(self, X):
        """Inputs of all layers, and the scores."""
        hs = [X]
        for i, (W, b) in enumerate(self.weights(), 1):
            sums = hs[-1] @ W.T + b
            hs.append(sums if i == len(self.sizes) - 1 else self.bend(sums))
        return hs

    def scores(self, X):
        return self.activations(X)[-1]

    def data_loss(self, scores, y):
        """The loss, and its gradient along the scores."""
        p, rows = softmax(scores), np.arange(len(y))
        value = -np.log(p[rows, y]).mean()
        p[rows, y] -= 1
        return value, p / len(y)

    def penalty(self):
        return self.reg * sum((W**2).sum() for W, _ in self.weights())

    def penalty_slope(self, i, W):
        return 2 * self.reg * W

    def loss(self, X, y):
        hs, gradients = self.activations(X), {}
        value, d = self.data_loss(hs[-1], y)
        for i in range(len(self.sizes) - 1, 0, -1):
            W, _ = self.weights()[i - 1]
            gradients[f"W{i}"] = d.T @ hs[i - 1] + self.penalty_slope(i, W)
            gradients[f"b{i}"] = d.sum(axis=0)
            if i > 1:
                d = d @ W * self.slope(hs[i - 1])
        return value + self.penalty(), gradients

    def predict(self, X):
        return self.scores(X).argmax(axis=1)
