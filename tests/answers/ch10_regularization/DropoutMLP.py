"""Answers to DropoutMLP."""

# Edits of the reference call these.
from solutions.ch10_regularization.dropout_backward import dropout_backward  # noqa: F401
from solutions.ch10_regularization.dropout_forward import dropout_forward  # noqa: F401
from tests.answers.ch10_regularization.networks import STYLES
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right(STYLES)

# Wrong before or without dropping anything.
answers.wrong("""
scores in single precision
    - loss, gradient = self._cross_entropy(scores, y)
    + loss, gradient = self._cross_entropy(scores.astype(np.float32).astype(float), y)

gradients summed, loss averaged [score=0]
    - (np.exp(log_p) - right) / len(y)
    + np.exp(log_p) - right

a step in the loss [score=0]
    - return loss, gradients
    + for name, gradient in gradients.items():
    +     self.parameters[name] -= 0.1 * gradient
    + return loss, gradients

ReLU on the scores, there and back [score=0]
    - return out, inputs, caches
    + return np.maximum(out, 0), inputs, caches
    - loss, gradient = self._cross_entropy(scores, y)
    + loss, gradient = self._cross_entropy(scores, y)
    + gradient = gradient * (scores > 0)

weights the other way round [score=0]
    - shape = layer_sizes[i], layer_sizes[i - 1]
    + shape = layer_sizes[i - 1], layer_sizes[i]
    - self.parameters[f"W{i}"].T +
    + self.parameters[f"W{i}"] +
    - gradient.T @ inputs[i - 1] +
    + inputs[i - 1].T @ gradient +
    - (gradient @ W,
    + (gradient @ W.T,

scales by the variance
    - weight_scale * rng
    + np.sqrt(weight_scale) * rng

random biases
    - np.zeros(layer_sizes[i])
    + weight_scale * rng.normal(size=layer_sizes[i])

drops a half by default
    - drop_prob: float = 0.0
    + drop_prob: float = 0.5

a penalty by default
    - reg: float = 0.0
    + reg: float = 1e-2

a larger scale by default [hidden]
    - weight_scale: float = 1e-2
    + weight_scale: float = 0.1

one hidden layer, whatever is asked for [score=0]
    - self.rng, self.drop_prob, self.reg = rng, drop_prob, reg
    + self.rng, self.drop_prob, self.reg = rng, drop_prob, reg
    + layer_sizes = [layer_sizes[0], layer_sizes[1], layer_sizes[-1]]

fails without a hidden layer [hidden]
    - return out, inputs, caches
    + caches[0]
    + return out, inputs, caches

assigning to a key changes nothing
    - self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])
    + self.parameters[f"b{i}"] = np.zeros(layer_sizes[i])
    + self.arrays = dict(self.parameters)
    - inputs[-1] @ self.parameters[f"W{i}"].T + self.parameters[f"b{i}"]
    + inputs[-1] @ self.arrays[f"W{i}"].T + self.arrays[f"b{i}"]

one set of parameters for all networks
    class DropoutMLP(reference):
        shared = {}

        def __init__(self, *settings, **options):
            super().__init__(*settings, **options)
            self.shared.clear()
            self.shared.update(self.parameters)
            self.parameters = self.shared

scores remembered
    class DropoutMLP(reference):
        def scores(self, X):
            if not hasattr(self, "known") or len(self.known) != len(X):
                self.known = super().scores(X)
            return self.known

labels as floats
    - np.argmax(self.scores(X), axis=1)
    + np.argmax(self.scores(X), axis=1).astype(float)

probabilities for scores
    - return self._forward(X, False, None)[0]
    + e = np.exp(self._forward(X, False, None)[0])
    + return e / e.sum(axis=1, keepdims=True)

no gradients of biases [score=0]
    - gradients[f"b{i}"] = gradient.sum(axis=0)

single precision weights
    - weight_scale * rng.normal(size=shape)
    + (weight_scale * rng.normal(size=shape)).astype(np.float32)

centres the input in place
    - rng = self.rng if rng is None else rng
    + rng = self.rng if rng is None else rng
    + given, X = X, X.copy()
    + given -= given.mean(axis=0)

penalty on the last weights only
    - loss += self.reg * np.sum(W * W)
    + reg = self.reg if i == len(inputs) else 0.0
    + loss += reg * np.sum(W * W)
    - 2 * self.reg * W
    + 2 * reg * W
""")

# Wrong in what is dropped, and by what.
answers.wrong("""
drops when predicting only
    - np.argmax(self.scores(X), axis=1)
    + np.argmax(self._forward(X, True, self.rng)[0], axis=1)

scaled when scoring
    - inputs.append(kept)
    - caches.append(cache)
    + inputs.append(kept * (1 - self.drop_prob))
    + caches.append(cache * (1 - self.drop_prob))

keeps with drop_prob
    - (active, self.drop_prob,
    + (active, 1 - self.drop_prob if self.drop_prob else 0.0,

always a half
    - (active, self.drop_prob,
    + (active, 0.5 if self.drop_prob else 0.0,

a coin for an example
    - kept, cache = dropout_forward(active, self.drop_prob, training, rng)
    + _, coins = dropout_forward(active[:, :1], self.drop_prob, training, rng)
    + kept, cache = active * coins, coins + 0 * active

an exact number of units
    - kept, cache = dropout_forward(active, self.drop_prob, training, rng)
    + cache = np.ones(active.shape)
    + if training:
    +     cache[:, : round(self.drop_prob * active.shape[1])] = 0
    +     cache = rng.permuted(cache, axis=1) / (1 - self.drop_prob)
    + kept = active * cache

the first mask for ever
    - kept, cache = dropout_forward(active, self.drop_prob, training, rng)
    + kept, cache = dropout_forward(active, self.drop_prob, training, rng)
    + if training:
    +     cache = self.__dict__.setdefault("known", {}).setdefault(active.shape, cache)
    + kept = active * cache

drops scores too, there and back
    - return out, inputs, caches
    + out, self.last = dropout_forward(out, self.drop_prob, training, rng)
    + return out, inputs, caches
    - loss, gradient = self._cross_entropy(scores, y)
    + loss, gradient = self._cross_entropy(scores, y)
    + gradient = gradient * self.last

drops pixels instead
    - = [X], []
    + = [dropout_forward(X, self.drop_prob, training, rng)[0]], []
    - (active, self.drop_prob,
    + (active, 0.0,

global generator, whatever is given
    - self.rng if rng is None else rng
    + np.random

needs the rng of loss
    - rng=None
    + rng

drops only where loss gets an rng
    - rng = self.rng if rng is None else rng
    - scores, inputs, caches = self._forward(X, True, rng)
    + scores, inputs, caches = self._forward(X, rng is not None, rng)

a fixed seed of its own for dropping
    - self.rng, self.drop_prob, self.reg = rng,
    + self.rng, self.drop_prob, self.reg = np.random.default_rng(0),
""")
