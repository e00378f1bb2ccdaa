"""Answers to chapter 07: networks with something wrong."""

import numpy as np

from tests.answers.corpus import Answers
from tests.answers.networks import Net, sigmoid, softmax

answers = Answers()
wrong = answers.wrong
EXERCISE = "MLP"


def flawed(style, score=None, **methods):
    """Register the common network with some methods replaced."""
    wrong(EXERCISE, style, score=score)(type("Flawed", (Net,), methods))


def at_the_start(change):
    """An __init__ that makes something else of its arguments, by position."""

    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        Net.__init__(self, *change(layer_sizes, rng, activation, reg, weight_scale))

    return __init__


flawed("ignores weight_scale", __init__=at_the_start(lambda s, r, a, reg, k: (s, r, a, reg, 1e-2)))
flawed("ignores reg", __init__=at_the_start(lambda s, r, a, reg, k: (s, r, a, 0.0, k)))
flawed(
    "ignores rng",
    __init__=at_the_start(lambda s, r, a, reg, k: (s, np.random.default_rng(0), a, reg, k)),
)
flawed(
    "ReLU whatever is asked", __init__=at_the_start(lambda s, r, a, reg, k: (s, r, "relu", reg, k))
)
flawed(
    "ReLU for what it does not know",
    __init__=at_the_start(lambda s, r, a, reg, k: (s, r, a if a in Net.bends else "relu", reg, k)),
)
flawed(
    "sigmoid for what is not ReLU",
    __init__=at_the_start(
        lambda s, r, a, reg, k: (s, r, "relu" if a == "relu" else "sigmoid", reg, k)
    ),
)
flawed(
    "another default scale",
    __init__=lambda self, s, rng, activation="relu", reg=0.0, weight_scale=1e-3: Net.__init__(
        self, s, rng, activation, reg, weight_scale
    ),
)
flawed(
    "another default activation",
    __init__=lambda self, s, rng, activation="sigmoid", reg=0.0, weight_scale=1e-2: Net.__init__(
        self, s, rng, activation, reg, weight_scale
    ),
)
flawed(
    "a penalty by default",
    __init__=lambda self, s, rng, activation="relu", reg=1e-3, weight_scale=1e-2: Net.__init__(
        self, s, rng, activation, reg, weight_scale
    ),
)
flawed(
    "one hidden layer always",
    __init__=at_the_start(lambda s, r, a, reg, k: ([s[0], s[1], s[-1]], r, a, reg, k)),
)

flawed("uniform", draw=lambda self, out, into, k, rng: k * rng.uniform(-1, 1, (out, into)))
flawed("positive", draw=lambda self, out, into, k, rng: abs(k * rng.normal(size=(out, into))))
flawed(
    "variance for scale", draw=lambda self, out, into, k, rng: k**0.5 * rng.normal(size=(out, into))
)
flawed(
    "by the fan-in", draw=lambda self, out, into, k, rng: rng.normal(size=(out, into)) / into**0.5
)
flawed(
    "divided by the fan-in as well",
    draw=lambda self, out, into, k, rng: k * rng.normal(size=(out, into)) / into**0.5,
)
flawed("zeros", draw=lambda self, out, into, k, rng: np.zeros((out, into)))
flawed(
    "one row for all units",
    draw=lambda self, out, into, k, rng: np.tile(k * rng.normal(size=into), (out, 1)),
)
flawed("global state", draw=lambda self, out, into, k, rng: k * np.random.randn(out, into))  # noqa: NPY002
flawed("float32", draw=lambda self, out, into, k, rng: np.float32(k * rng.normal(size=(out, into))))
flawed("around the scale", draw=lambda self, out, into, k, rng: rng.normal(k, 1.0, (out, into)))
flawed("random biases", bias=lambda self, out: 0.01 * np.arange(out))
flawed("biases as rows", bias=lambda self, out: np.zeros((1, out)))
flawed("whole biases", bias=lambda self, out: np.zeros(out, dtype=int))
flawed("bias of one", bias=lambda self, out: np.ones(out))

flawed(
    "bends the scores",
    0,
    activations=lambda self, X: [
        *Net.activations(self, X)[:-1],
        self.bend(Net.activations(self, X)[-1]),
    ],
)
flawed("no bend", bend=lambda self, x: x, slope=lambda self, out: 1.0)
flawed("forward alone bends", slope=lambda self, out: 1.0)
flawed(
    "sigmoid's slope of the slope",
    slope=lambda self, out: (
        out > 0 if self.activation == "relu" else sigmoid(out) * (1 - sigmoid(out))
    ),
)
flawed("ReLU's slope for both", slope=lambda self, out: out > 0)
flawed(
    "tanh for sigmoid",
    bend=lambda self, x: np.maximum(x, 0) if self.activation == "relu" else np.tanh(x),
)
flawed(
    "leaks",
    bend=lambda self, x: np.maximum(x, 0.01 * x) if self.activation == "relu" else sigmoid(x),
)

flawed("no penalty in the loss", penalty=lambda self: 0.0)
flawed("no penalty in the gradient", penalty_slope=lambda self, i, W: 0.0)
flawed(
    "half the penalty",
    penalty=lambda self: Net.penalty(self) / 2,
    penalty_slope=lambda self, i, W: self.reg * W,
)
flawed("gradient without the 2", penalty_slope=lambda self, i, W: self.reg * W)
flawed(
    "first W punished alone",
    penalty=lambda self: self.reg * (self.parameters["W1"] ** 2).sum(),
    penalty_slope=lambda self, i, W: (i == 1) * 2 * self.reg * W,
)
flawed(
    "last W not punished",
    penalty=lambda self: self.reg * sum((W**2).sum() for W, _ in self.weights()[:-1]),
    penalty_slope=lambda self, i, W: (i < len(self.sizes) - 1) * 2 * self.reg * W,
)
flawed(
    "root of the sum of squares",
    penalty=lambda self: self.reg * sum(np.linalg.norm(W) for W, _ in self.weights()),
)
flawed(
    "mean of squares", penalty=lambda self: self.reg * sum((W**2).mean() for W, _ in self.weights())
)
flawed(
    "sizes instead of squares",
    penalty=lambda self: self.reg * sum(abs(W).sum() for W, _ in self.weights()),
    penalty_slope=lambda self, i, W: self.reg * np.sign(W),
)
flawed(
    "biases punished",
    penalty=lambda self: (
        Net.penalty(self) + self.reg * sum((b**2).sum() for _, b in self.weights())
    ),
)

flawed(
    "sum instead of mean",
    0,
    data_loss=lambda self, s, y: tuple(len(y) * v for v in Net.data_loss(self, s, y)),
)
flawed(
    "gradient not divided",
    data_loss=lambda self, s, y: (
        Net.data_loss(self, s, y)[0],
        len(y) * Net.data_loss(self, s, y)[1],
    ),
)

flawed("probabilities for scores", scores=lambda self, X: softmax(Net.scores(self, X)))
flawed(
    "scores transposed",
    scores=lambda self, X: Net.scores(self, X).T,
    predict=lambda self, X: Net.scores(self, X).argmax(axis=1),
)
flawed("least likely", predict=lambda self, X: self.scores(X).argmin(axis=1))
flawed("predicts over the batch", predict=lambda self, X: self.scores(X).argmax(axis=0))
flawed("predicts the scores' maximum", predict=lambda self, X: self.scores(X).max(axis=1))
flawed("predicts columns", predict=lambda self, X: self.scores(X).argmax(axis=1)[:, None])
flawed("counts labels from 1", predict=lambda self, X: self.scores(X).argmax(axis=1) + 1)
flawed(
    "the last of equals",
    predict=lambda self, X: self.scores(X).shape[1] - 1 - self.scores(X)[:, ::-1].argmax(axis=1),
)


@wrong(EXERCISE, "copies kept elsewhere")
class _(Net):
    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.kept = [(W.copy(), b.copy()) for W, b in Net.weights(self)]

    def weights(self):
        return getattr(self, "kept", None) or Net.weights(self)


@wrong(EXERCISE, "the very arrays kept elsewhere")
class _(Net):
    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.kept = Net.weights(self)

    def weights(self):
        return getattr(self, "kept", None) or Net.weights(self)


@wrong(EXERCISE, "parameters are made anew by a property")
class _:
    def __init__(self, *args, **settings):
        self.net = Net(*args, **settings)
        self.scores, self.loss, self.predict = self.net.scores, self.net.loss, self.net.predict

    @property
    def parameters(self):
        return {name: w.copy() for name, w in self.net.parameters.items()}


@wrong(EXERCISE, "weights the other way round", score=0)
class _(Net):
    def draw(self, out, into, scale, rng):
        return scale * rng.normal(size=(into, out))

    def weights(self):
        return [(W.T, b) for W, b in Net.weights(self)]

    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        return value, {name: v.T for name, v in g.items()}


@wrong(EXERCISE, "counts from 0", score=0)
class _(Net):
    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.parameters = {n[0] + str(int(n[1:]) - 1): w for n, w in self.parameters.items()}

    def weights(self):
        p = self.parameters
        first = int("W0" in p)
        return [(p[f"W{i - first}"], p[f"b{i - first}"]) for i in range(1, len(self.sizes))]

    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        return value, {n[0] + str(int(n[1:]) - 1): v for n, v in g.items()}


@wrong(EXERCISE, "goes through the names in the order of letters")
class _(Net):
    def weights(self):
        names = sorted(n for n in self.parameters if n[0] == "W")
        return [(self.parameters[n], self.parameters["b" + n[1:]]) for n in names]


@wrong(EXERCISE, "a global activation")
class Last(Net):
    def __init__(self, layer_sizes, rng, activation="relu", reg=0.0, weight_scale=1e-2):
        super().__init__(layer_sizes, rng, activation, reg, weight_scale)
        Last.activation, Last.reg = activation, reg
        del self.activation, self.reg


@wrong(EXERCISE, "gradients add up from call to call")
class _(Net):
    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        old = getattr(self, "total", {n: 0.0 for n in g})
        self.total = {n: old[n] + g[n] for n in g}
        return value, self.total


@wrong(EXERCISE, "takes a step meanwhile")
class _(Net):
    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        for name in g:
            self.parameters[name] -= 1e-2 * g[name]
        return value, g


@wrong(EXERCISE, "loss alone", score=0)
class _(Net):
    def loss(self, X, y):
        return Net.loss(self, X, y)[0]


@wrong(EXERCISE, "a list of gradients", score=0)
class _(Net):
    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        return value, [g[name] for name in self.parameters]


@wrong(EXERCISE, "no gradients of the biases", score=0)
class _(Net):
    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        return value, {name: v for name, v in g.items() if name[0] == "W"}


@wrong(EXERCISE, "gradients of the biases are means")
class _(Net):
    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        return value, {name: v / (len(y) if name[0] == "b" else 1) for name, v in g.items()}


@wrong(EXERCISE, "no gradient of the first layer")
class _(Net):
    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        return value, {name: v * (name != "W1") for name, v in g.items()}


@wrong(EXERCISE, "centres the batch")
class _(Net):
    def activations(self, X):
        return Net.activations(self, X - X.mean(axis=0))


@wrong(EXERCISE, "spoils X")
class _(Net):
    def loss(self, X, y):
        result = Net.loss(self, X, y)
        X -= X.mean()
        return result


@wrong(EXERCISE, "as many classes as y has")
class _(Net):
    def loss(self, X, y):
        hidden = Net.activations
        top = int(y.max()) + 1
        self.activations = lambda X: [
            *hidden(self, X)[:-1],
            np.pad(
                hidden(self, X)[-1][:, :top],
                ((0, 0), (0, self.sizes[-1] - top)),
                constant_values=-1e3,
            ),
        ]
        try:
            return Net.loss(self, X, y)
        finally:
            del self.activations


@wrong(EXERCISE, "one dict of parameters for all")
class _(Net):
    made = {}  # noqa: RUF012

    def __setattr__(self, name, value):
        object.__setattr__(self, name, self.made if name == "parameters" else value)


@wrong(EXERCISE, "remembers the gradients of a batch size")
class _(Net):
    def loss(self, X, y):
        value, g = Net.loss(self, X, y)
        self.known = getattr(self, "known", {})
        return value, self.known.setdefault(len(X), g)
