"""Chapter 10, third part: a network that drops some of its hidden units at every training step."""

from __future__ import annotations

import numpy as np

from solutions._ch10_dropout import chapter, dropout_backward, dropout_forward


@chapter.exercise(points=5)
class DropoutMLP:
    """The network of notebook 07 with ReLU, and dropout after every hidden activation.

    Layer i computes inputs @ W_i.T + b_i. All layers but the last one are followed by ReLU and
    then dropout; the last one gives the scores. Nothing is dropped from X or from the scores.

    Attributes:
        parameters: dict of float64 arrays, in this order: W1 (units of layer 1, features), b1
            (units of layer 1,), W2, b2, ... to the last layer, whose units are the classes.
            Changing an entry, in place or by assigning to its key, changes the network.
    """

    def __init__(
        self, layer_sizes, rng, drop_prob: float = 0.0, reg: float = 0.0, weight_scale: float = 1e-2
    ) -> None:
        """A new network.

        Args:
            layer_sizes: sequence of integers, from the number of features over the hidden layers
                to the number of classes; [3072, 100, 10] has one hidden layer of 100 units,
                [3072, 10] has none.
            rng: numpy.random.Generator that draws the weights and, later on, what is dropped.
            drop_prob: probability with which a hidden unit's output is dropped in training.
            reg: strength of the penalty reg * sum(W * W) on every W (and no b).
            weight_scale: weights are standard normal numbers times this; biases start at 0.
        """
        self.rng, self.drop_prob, self.reg = rng, drop_prob, reg
        self.parameters: dict[str, np.ndarray] = {}
        for i in range(1, len(layer_sizes)):
            shape = layer_sizes[i], layer_sizes[i - 1]
            self.parameters[f"W{i}"] = weight_scale * rng.normal(size=shape)
            self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])

    def scores(self, X: np.ndarray) -> np.ndarray:
        """Scores (N, C) of examples X (N, D). Drops nothing."""
        return self._forward(X, False, None)[0]

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Labels (N,) of examples X (N, D): the highest score wins. Drops nothing."""
        return np.argmax(self.scores(X), axis=1)

    def loss(self, X: np.ndarray, y: np.ndarray, rng=None) -> tuple:
        """Loss and gradients of one training step, with dropout.

        Args:
            X: (N, D) float64 examples.
            y: (N,) integer labels in 0..C-1.
            rng: numpy.random.Generator that decides what is dropped in this step; None takes the
                generator that the network was made with.

        Returns:
            (loss, gradients): loss is a float, the mean over the N examples of -log of the right
            class's probability, plus the penalty; gradients is a dict with the keys of
            parameters and arrays shaped like theirs, by the very units that this loss has kept.
        """
        rng = self.rng if rng is None else rng
        scores, inputs, caches = self._forward(X, True, rng)
        loss, gradient = self._cross_entropy(scores, y)
        gradients = {}
        for i in range(len(inputs), 0, -1):
            W = self.parameters[f"W{i}"]
            loss += self.reg * np.sum(W * W)
            gradients[f"W{i}"] = gradient.T @ inputs[i - 1] + 2 * self.reg * W
            gradients[f"b{i}"] = gradient.sum(axis=0)
            if i > 1:  # back through dropout, then through ReLU
                gradient = dropout_backward(gradient @ W, caches[i - 2])
                gradient = gradient * (inputs[i - 1] > 0)
        return loss, gradients

    def _forward(self, X: np.ndarray, training: bool, rng) -> tuple:
        """Scores, the L layers' inputs, and dropout's caches of the L - 1 hidden layers."""
        inputs, caches = [X], []
        last = len(self.parameters) // 2
        for i in range(1, last + 1):
            out = inputs[-1] @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]
            if i < last:
                active = np.maximum(out, 0)
                kept, cache = dropout_forward(active, self.drop_prob, training, rng)
                inputs.append(kept)
                caches.append(cache)
        return out, inputs, caches

    @staticmethod
    def _cross_entropy(scores: np.ndarray, y: np.ndarray) -> tuple:
        """Mean of -log p[y], and its gradient towards the scores (N, C)."""
        shifted = scores - scores.max(axis=1, keepdims=True)  # changes no p, and e^0 is the largest
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        right = np.eye(scores.shape[1])[y]
        return -np.sum(right * log_p) / len(y), (np.exp(log_p) - right) / len(y)
