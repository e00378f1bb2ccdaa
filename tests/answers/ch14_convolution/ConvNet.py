"""Answers to ConvNet."""

import numpy as np

from solutions.ch14_convolution.conv_backward import conv_backward
from solutions.ch14_convolution.conv_forward import conv_forward
from solutions.ch14_convolution.max_pool_backward import max_pool_backward
from solutions.ch14_convolution.max_pool_forward import max_pool_forward
from tests.answers.ch14_convolution.convolutions import windows_of
from tests.answers.corpus import Answers

answers = Answers(__name__)

NAMED_BY_THE_REFERENCE = (conv_backward, conv_forward, max_pool_backward, max_pool_forward)
USED_BELOW = (windows_of,)


def softmax(scores):
    """Probabilities (N, C)."""
    power = np.exp(scores - scores.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


def he(rng, *shape):
    """Weights of He's size: all axes but the first are summed over."""
    return rng.standard_normal(shape) * (2 / np.prod(shape[1:])) ** 0.5


answers.right("""
everything by itself
    class ConvNet:
        def __init__(self, image_shape, num_filters, kernel, num_classes, rng, reg=0.0):
            c, h, w = image_shape
            self.k, self.reg = kernel, reg
            self.parameters = {
                "b1": np.zeros(num_filters),
                "W1": he(rng, num_filters, c, kernel, kernel),
                "b2": np.zeros((num_classes,)),
                "W2": he(rng, num_classes, num_filters * (h // 2) * (w // 2)),
            }

        def run(self, X):
            W1, b1 = self.parameters["W1"], self.parameters["b1"]
            view = windows_of(X, W1, 1, self.k // 2)
            maps = np.einsum("ncijab,fcab->nfij", view, W1) + b1[:, None, None]
            n, f, h, w = maps.shape
            cut = np.where(maps > 0, maps, 0)[:, :, : h // 2 * 2, : w // 2 * 2]
            cut = cut.reshape(n, f, h // 2, 2, w // 2, 2).transpose(0, 1, 2, 4, 3, 5)
            cut = cut.reshape(n, f, h // 2, w // 2, 4)
            features = cut.max(axis=4).reshape(n, -1)
            scores = features @ self.parameters["W2"].T + self.parameters["b2"]
            return view, maps, cut.argmax(axis=4), features, scores

        def scores(self, X):
            return self.run(X)[-1]

        def predict(self, X):
            return self.scores(X).argmax(axis=1).astype(np.int32)

        def loss(self, X, y):
            view, maps, where, features, scores = self.run(X)
            n, f, h, w = maps.shape
            p = softmax(scores)
            d = (p - np.eye(p.shape[1])[y]) / n
            top = scores.max(axis=1)
            logs = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
            total = (logs - scores[np.arange(n), y]).mean()
            back = (d @ self.parameters["W2"]).reshape(n, f, h // 2, w // 2)
            dmaps = np.zeros(maps.shape)
            a, b, i, j = np.indices(where.shape)
            dmaps[a, b, 2 * i + where // 2, 2 * j + where % 2] = back
            dmaps *= maps > 0
            W1, W2 = self.parameters["W1"], self.parameters["W2"]
            gradients = {
                "W1": np.einsum("nfij,ncijab->fcab", dmaps, view) + 2 * self.reg * W1,
                "b1": dmaps.sum(axis=(0, 2, 3)),
                "W2": d.T @ features + 2 * self.reg * W2,
                "b2": d.sum(axis=0),
            }
            return total + self.reg * ((W1**2).sum() + (W2**2).sum()), gradients

the pieces of the chapter, pooling before ReLU
    class ConvNet:
        def __init__(self, image_shape, num_filters, kernel, num_classes, rng, reg=0.0):
            (c, h, w), k = image_shape, kernel
            d = num_filters * (h // 2) * (w // 2)
            W2 = rng.normal(scale=np.sqrt(2 / d), size=(num_classes, d))
            W1 = rng.normal(0, np.sqrt(2 / (c * k * k)), size=(num_filters, c, k, k))
            self.parameters = dict(W1=W1, b1=np.zeros(num_filters), W2=W2, b2=np.zeros(num_classes))
            self.reg, self.padding = reg, k // 2

        def forward(self, X):
            p = self.parameters
            maps, c1 = conv_forward(X, p["W1"], p["b1"], padding=self.padding)
            pooled, c2 = max_pool_forward(maps, 2)
            rows = np.maximum(pooled, 0).reshape(X.shape[0], -1)
            return rows.dot(p["W2"].T) + p["b2"], rows, pooled, c1, c2

        def scores(self, X):
            return self.forward(X)[0]

        def predict(self, X):
            return np.array([np.argmax(row) for row in self.scores(X)])

        def loss(self, X, y):
            scores, rows, pooled, c1, c2 = self.forward(X)
            n = len(y)
            highest = scores.max(axis=1, keepdims=True)
            logs = scores - highest - np.log(np.exp(scores - highest).sum(axis=1, keepdims=True))
            loss = float(-logs[range(n), y].sum() / n)
            dscores = np.exp(logs)
            dscores[range(n), y] -= 1
            dscores = dscores / n
            grads = {"W2": dscores.T.dot(rows), "b2": dscores.sum(0)}
            dpooled = dscores.dot(self.parameters["W2"]).reshape(pooled.shape) * (pooled > 0)
            dmaps = max_pool_backward(dpooled, c2)
            grads["W1"], grads["b1"] = conv_backward(dmaps, c1)[1:]
            for k in grads:
                if "W" in k:
                    loss += self.reg * np.sum(np.square(self.parameters[k]))
                    grads[k] = grads[k] + 2 * self.reg * self.parameters[k]
            return loss, grads

places as rows
    class ConvNet:
        def __init__(self, image_shape, num_filters, kernel, num_classes, rng, reg=0.0):
            self.shape, self.reg = tuple(image_shape), reg
            pooled = num_filters, image_shape[1] // 2, image_shape[2] // 2
            self.parameters = {}
            shapes = (num_filters, image_shape[0], kernel, kernel), (num_classes, np.prod(pooled))
            for i, shape in enumerate(shapes, 1):
                self.parameters[f"W{i}"] = he(rng, *shape)
                self.parameters[f"b{i}"] = np.zeros(shape[0])

        def under(self, X):
            W = self.parameters["W1"]
            view = windows_of(X, W, 1, W.shape[2] // 2)
            return view.transpose(0, 2, 3, 1, 4, 5).reshape(-1, W[0].size)

        def parts(self, X):
            W, (_, h, w) = self.parameters["W1"], self.shape
            rows = self.under(X)
            maps = (rows @ W.reshape(len(W), -1).T + self.parameters["b1"]).clip(0)
            maps = maps.reshape(len(X), h, w, -1)
            four = [maps[:, i : h - h % 2 : 2, j : w - w % 2 : 2] for i in (0, 1) for j in (0, 1)]
            return rows, maps, np.stack(four)

        def scores(self, X):
            best = self.parts(X)[2].max(axis=0).transpose(0, 3, 1, 2)
            return best.reshape(len(X), -1) @ self.parameters["W2"].T + self.parameters["b2"]

        def predict(self, X):
            return self.scores(X).argmax(-1)

        def loss(self, X, y):
            rows, maps, four = self.parts(X)
            p, (_, h, w), n = self.parameters, self.shape, len(X)
            best = four.max(axis=0).transpose(0, 3, 1, 2)
            flat = best.reshape(n, -1)
            s = flat @ p["W2"].T + p["b2"]
            logs = np.logaddexp.reduce(s, axis=1)
            d = np.exp(s - logs[:, None])
            d[np.arange(n), y] -= 1
            d /= n
            back = (d @ p["W2"]).reshape(best.shape).transpose(0, 2, 3, 1)
            dmaps, first = np.zeros(maps.shape), four.argmax(axis=0)
            for k in range(4):
                dmaps[:, k // 2 : h - h % 2 : 2, k % 2 : w - w % 2 : 2] = back * (first == k)
            dmaps = np.where(maps > 0, dmaps, 0).reshape(len(rows), -1)
            loss = np.mean(logs - s[np.arange(n), y])
            grads = {"b1": dmaps.sum(0), "W1": (dmaps.T @ rows).reshape(p["W1"].shape),
                     "b2": d.sum(0), "W2": d.T @ flat}
            for name in ("W1", "W2"):
                loss = loss + self.reg * (p[name] ** 2).sum()
                grads[name] += 2 * self.reg * p[name]
            return loss, grads

image by image
    class ConvNet(reference):
        def loss(self, X, y):
            # A mean of means over single images; the penalty is the same in all of them.
            found = [reference.loss(self, X[n : n + 1], y[n : n + 1]) for n in range(len(X))]
            mean = {k: sum(g[k] for _, g in found) / len(found) for k in self.parameters}
            return sum(loss for loss, _ in found) / len(found), mean

drawn number by number, the last layer first, in a dict of one's own
    class Kept(dict):
        def __setitem__(self, name, value):
            super().__setitem__(name, np.array(value, dtype=float))

    class ConvNet(reference):
        def __init__(self, image_shape, num_filters, kernel, num_classes, rng, reg=0.0):
            quiet = np.random.default_rng(0)
            super().__init__(image_shape, num_filters, kernel, num_classes, quiet, reg)
            shapes = {name: w.shape for name, w in self.parameters.items()}
            self.parameters = Kept()
            for name in ("b2", "W2", "b1", "W1"):
                self.parameters[name] = np.zeros(shapes[name])
                if name[0] == "W":
                    w = self.parameters[name]
                    for place in np.ndindex(w.shape):
                        w[place] = rng.normal() * (2 / w[0].size) ** 0.5

a list for the pair
    class ConvNet(reference):
        def loss(self, X, y):
            loss, gradients = reference.loss(self, X, np.asarray(y, dtype=np.int64))
            return [np.float64(loss), dict(sorted(gradients.items()))]

        def predict(self, X):
            return np.fromiter((int(s.argmax()) for s in self.scores(X)), dtype=np.int64)
""")

answers.wrong("""
zeros [score=0]
    - W1 = rng.normal(size=(num_filters, channels, kernel, kernel))
    + W1 = np.zeros((num_filters, channels, kernel, kernel))

one filter for all [score=0]
    - W1 = rng.normal(size=(num_filters, channels, kernel, kernel))
    + W1 = np.tile(rng.normal(size=(channels, kernel, kernel)), (num_filters, 1, 1, 1))

filters in single precision
    - b1, b2 =
    + W1 = W1.astype(np.float32)
    + b1, b2 =

rounded up at odd sides
    - num_filters * (height // 2) * (width // 2)
    + num_filters * (-(-height // 2)) * (-(-width // 2))

channels last in the filters [score=0]
    - rng.normal(size=(num_filters, channels, kernel, kernel))
    + rng.normal(size=(num_filters, kernel, kernel, channels))

images with channels last [score=0]
    - maps, conv_cache = conv_forward(X,
    + maps, conv_cache = conv_forward(X.transpose(0, 3, 1, 2),

pooled by three [score=0]
    - np.maximum(maps, 0), 2)
    + np.maximum(maps, 0), 3)

leaky [score=0]
    - np.maximum(maps, 0)
    + np.maximum(maps, 0.01 * maps)

absolute values for a ReLU [score=0]
    - np.maximum(maps, 0)
    + abs(maps)

loss alone [score=0]
    - return loss, gradients
    + return loss

a list of gradients [score=0]
    - return loss, gradients
    + return loss, [gradients[name] for name in p]

filters never learn [score=0]
    - gradients["W1"], gradients["b1"] = conv_backward(dmaps, conv_cache)
    + dW1, gradients["b1"] = conv_backward(dmaps, conv_cache)
    + gradients["W1"] = 0 * dW1

images scaled inside [score=0]
    - conv_forward(X, p["W1"]
    + conv_forward(X / 255, p["W1"]

images centred inside [score=0]
    - conv_forward(X, p["W1"]
    + conv_forward(X - X.mean(), p["W1"]

probabilities for scores [score=0]
    - return self._forward(X)[0]
    + return softmax(self._forward(X)[0])

a penalty by default
    def __init__(self, image_shape, num_filters, kernel, num_classes, rng, reg=1e-3):
        reference.__init__(self, image_shape, num_filters, kernel, num_classes, rng, reg)

predicts columns
    - np.argmax(self.scores(X), axis=1)
    + np.argmax(self.scores(X), axis=1)[:, None]

labels from 1 [score=0]
    - np.argmax
    + 1 + np.argmax
""")
