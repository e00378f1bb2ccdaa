"""Answers to MLP."""

from solutions.ch07_mlp.affine_backward import affine_backward
from solutions.ch07_mlp.affine_forward import affine_forward
from solutions.ch07_mlp.relu_backward import relu_backward
from solutions.ch07_mlp.relu_forward import relu_forward
from solutions.ch07_mlp.sigmoid_backward import sigmoid_backward
from solutions.ch07_mlp.sigmoid_forward import sigmoid_forward
from solutions.ch07_mlp.softmax_cross_entropy import softmax_cross_entropy
from tests.answers import networks
from tests.answers.ch07_mlp.right_networks import RIGHT
from tests.answers.corpus import Answers

answers = Answers(__name__)

NAMED_BY_THE_REFERENCE = (  # so edits of its source need them here
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    softmax_cross_entropy,
)
Net, softmax = networks.Net, networks.softmax

answers.right(RIGHT)

answers.wrong("""
another default scale
    - weight_scale: float = 1e-2
    + weight_scale: float = 1e-3

another default activation
    - activation: str = "relu"
    + activation: str = "sigmoid"

a penalty by default
    - reg: float = 0.0
    + reg: float = 1e-3

one hidden layer always
    - self._depth = len(layer_sizes) - 1
    + layer_sizes = [layer_sizes[0], layer_sizes[1], layer_sizes[-1]]
    + self._depth = 2

uniform
    - rng.normal(size=shape)
    + rng.uniform(-1, 1, shape)

positive
    - rng.normal(size=shape)
    + abs(rng.normal(size=shape))

variance for scale
    - weight_scale * rng
    + weight_scale**0.5 * rng

by the fan-in
    - weight_scale * rng.normal(size=shape)
    + rng.normal(size=shape) / shape[1] ** 0.5

divided by the fan-in as well
    - rng.normal(size=shape)
    + rng.normal(size=shape) / shape[1] ** 0.5

zeros
    - rng.normal(size=shape)
    + np.zeros(shape)

one row for all units
    - rng.normal(size=shape)
    + np.tile(rng.normal(size=shape[1]), (shape[0], 1))

float32
    - weight_scale * rng.normal(size=shape)
    + np.float32(weight_scale * rng.normal(size=shape))

around the scale
    - weight_scale * rng.normal(size=shape)
    + rng.normal(weight_scale, 1.0, shape)

biases as rows
    - np.zeros(layer_sizes[i])
    + np.zeros((1, layer_sizes[i]))

whole biases
    - np.zeros(layer_sizes[i])
    + np.zeros(layer_sizes[i], dtype=int)

bends the scores [score=0]
    - return X, caches
    + return self._activate(X)[0], caches

sigmoid's slope of the slope
    - (sigmoid_forward, sigmoid_backward)
    + (sigmoid_forward, lambda d, out: sigmoid_backward(d, 1 / (1 + np.exp(-out))))

ReLU's slope for both
    - (sigmoid_forward, sigmoid_backward)
    + (sigmoid_forward, relu_backward)

tanh for sigmoid
    - (sigmoid_forward, sigmoid_backward)
    + (lambda x: (np.tanh(x), np.tanh(x)), sigmoid_backward)

leaks
    - (relu_forward, relu_backward)
    + (lambda x: (np.maximum(x, 0.01 * x), x), relu_backward)

root of the sum of squares
    - np.sum(W * W)
    + np.linalg.norm(W)

mean of squares
    - np.sum(W * W)
    + np.mean(W * W)

sizes instead of squares
    - np.sum(W * W)
    + np.sum(abs(W))
    - 2 * self._reg * W
    + self._reg * np.sign(W)

biases punished
    - np.sum(W * W)
    + (np.sum(W * W) + np.sum(self.parameters[f"b{i}"] ** 2))

sum instead of mean [score=0]
    - gradients = {}
    + loss, dout, gradients = loss * len(y), dout * len(y), {}

gradient not divided
    - gradients = {}
    + dout, gradients = dout * len(y), {}

probabilities for scores
    - return self._forward(X)[0]
    + return softmax(self._forward(X)[0])

scores transposed
    - return self._forward(X)[0]
    + return self._forward(X)[0].T
    - self.scores(X), axis=1
    + self.scores(X), axis=0

least likely
    - np.argmax
    + np.argmin

predicts over the batch
    - self.scores(X), axis=1
    + self.scores(X), axis=0

predicts columns
    - np.argmax(self.scores(X), axis=1)
    + np.argmax(self.scores(X), axis=1)[:, None]

counts labels from 1
    - np.argmax
    + 1 + np.argmax

counts from 0 [score=0]
    class MLP(Net):
        def __init__(self, *args, **settings):
            super().__init__(*args, **settings)
            self.parameters = self.renamed(self.parameters)

        def renamed(self, parameters):
            return {f"{name[0]}{int(name[1:]) - 1}": w for name, w in parameters.items()}

        def weights(self):
            p = self.parameters
            return [(p[f"W{i}"], p[f"b{i}"]) for i in range(len(self.sizes) - 1)]

        def loss(self, X, y):
            value, gradients = super().loss(X, y)
            return value, self.renamed(gradients)

a global activation
    - self._activate, self._activate_backward = layers[activation]
    - self._reg = reg
    + MLP._activate, MLP._activate_backward = map(staticmethod, layers[activation])
    + MLP._reg = reg

takes a step meanwhile
    - return loss, gradients
    + for name in gradients:
    +     self.parameters[name] -= 1e-2 * gradients[name]
    + return loss, gradients

loss alone [score=0]
    - return loss, gradients
    + return loss

a list of gradients [score=0]
    - return loss, gradients
    + return loss, [gradients[name] for name in self.parameters]

no gradients of the biases [score=0]
    - return loss, gradients
    + return loss, {name: g for name, g in gradients.items() if name[0] == "W"}

gradients of the biases are means
    - return loss, gradients
    + return loss, {k: g / len(y) if k[0] == "b" else g for k, g in gradients.items()}

no gradient of the first layer
    - dout.T @ X
    + 0 * dout.T @ X

centres the batch
    - caches = []
    + caches, X = [], X - X.mean(axis=0)
    - dout.T @ X
    + dout.T @ (X - X.mean(axis=0))

spoils X
    - return loss, gradients
    + X -= X.mean()
    + return loss, gradients

as many classes as y has
    - loss, dout = softmax_cross_entropy(scores, y)
    + scores[:, y.max() + 1 :] = -1e3
    + loss, dout = softmax_cross_entropy(scores, y)

remembers the gradients of a batch size
    - return loss, gradients
    + self._known = vars(self).get("_known", {})
    + return loss, self._known.setdefault(len(X), gradients)
""")
