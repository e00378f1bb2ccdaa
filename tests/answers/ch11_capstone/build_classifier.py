"""Answers to build_classifier."""

import hashlib
from itertools import pairwise

import numpy as np

from tests.answers.corpus import Answers

answers = Answers(__name__)


class Remembered:
    """Features that are computed once for all answers that ask for those of the same images."""

    def __init__(self, features):
        self.features, self.found = features, {}

    def __call__(self, images):
        known = images.shape, hashlib.blake2b(np.ascontiguousarray(images)).digest()
        if known not in self.found:
            self.found[known] = self.features(images)
        return self.found[known].copy()


@Remembered
def edges(images, cells=8, ways=8):
    """How strong edges of each direction are in each cell, and coarse colours: (N, D)."""
    grey = images.astype(np.float32) @ np.full(3, 1 / 765, np.float32)
    dy, dx = np.gradient(grey, axis=(1, 2))
    size, angle = np.hypot(dx, dy), np.arctan2(dy, dx) % (2 * np.pi) * ways / (2 * np.pi)
    n, side = len(images), grey.shape[1] // cells
    low = angle.astype(int)
    part = size * (angle - low)
    at = np.arange(grey.shape[1]) // side
    place = ((np.arange(n)[:, None, None] * cells + at[:, None]) * cells + at) * ways
    found = np.bincount((place + low % ways).ravel(), (size - part).ravel(), n * cells**2 * ways)
    found += np.bincount((place + (low + 1) % ways).ravel(), part.ravel(), n * cells**2 * ways)
    found = found.reshape(n, cells, cells, ways)
    around = np.pad(found, ((0, 0), (1, 1), (1, 1), (0, 0)))
    energy = sum(
        (around[:, i : i + cells, j : j + cells] ** 2).sum(axis=3, keepdims=True)
        for i in range(3)
        for j in range(3)
    )
    found /= np.sqrt(energy + 0.05)
    colours = images.reshape(n, 4, 8, 4, 8, 3).mean(axis=(2, 4)) / 255 - 0.5
    return np.concatenate([found.reshape(n, -1), 0.5 * colours.reshape(n, -1)], axis=1)


def ridge(F, y, strength):
    """Weights (D + 1, C) that fit one-hot labels."""
    F = np.column_stack([F, np.ones(len(F))])
    return np.linalg.solve(
        F.T @ F + strength * np.eye(F.shape[1]), F.T @ (np.eye(y.max() + 1)[y] - 0.1)
    )


def by_ridge(features, X_train, y_train, strength):
    """A linear map of features, by a closed formula."""
    W = ridge(features(X_train), y_train, strength)
    return lambda X: np.argmax(features(X) @ W[:-1] + W[-1], axis=1)


def half_size(images):
    n = len(images)
    return images.reshape(n, 16, 2, 16, 2, 3).mean(axis=(2, 4))


class Network:
    """One hidden layer on edges, trained with momentum."""

    def __init__(self, rng, hidden, classes, drop_prob=0.3, features=edges):
        self.rng, self.drop_prob, self.features = rng, drop_prob, features
        self.sizes = hidden, classes

    def ready(self, images):
        return ((self.features(images) - self.mean) / self.std).astype(np.float32)

    def fit(self, images, y, num_epochs=8, rate=0.02):
        F = self.features(images)
        self.mean, self.std = F.mean(axis=0), F.std()
        F, sizes = self.ready(images), (F.shape[1], *self.sizes)
        self.W = [
            (self.rng.standard_normal(s) * np.sqrt(2 / s[0])).astype(np.float32)
            for s in pairwise(sizes)
        ]
        self.b = [np.zeros(m, np.float32) for m in self.sizes]
        speed = [np.zeros_like(p) for p in self.W + self.b]
        for epoch in range(num_epochs):
            now = np.float32(rate * (1 + np.cos(np.pi * epoch / num_epochs)) / 2)
            for rows in np.array_split(self.rng.permutation(len(y)), max(len(y) // 50, 1)):
                x = F[rows]
                z = x @ self.W[0] + self.b[0]
                on = (z > 0) & (self.rng.random(z.shape, np.float32) >= self.drop_prob)
                factor = on / np.float32(1 - self.drop_prob)
                h = z * factor
                s = h @ self.W[1] + self.b[1]
                e = np.exp(s - s.max(1, keepdims=True))
                d = e / e.sum(1, keepdims=True)
                d[np.arange(len(rows)), y[rows]] -= 1
                d /= np.float32(len(rows))
                dz = d @ self.W[1].T * factor
                slopes = x.T @ dz, h.T @ d, dz.sum(0), d.sum(0)
                for v, p, g in zip(speed, self.W + self.b, slopes, strict=True):
                    v *= np.float32(0.9)
                    v -= now * g
                    p += v
        return self

    def scores(self, images):
        h = np.maximum(self.ready(images) @ self.W[0] + self.b[0], 0)
        return h @ self.W[1] + self.b[1]

    def predict(self, X):
        return (self.scores(X) + self.scores(X[:, :, ::-1])).argmax(axis=1)


def by_edges(X_train, y_train, strength=3.0):
    """A linear map of edges, quick and good enough for full marks."""
    F = np.concatenate([edges(X_train), edges(X_train[:, :, ::-1])])
    W = ridge(F, np.tile(y_train, 2), strength)
    return lambda X: np.argmax(edges(X) @ W[:-1] + W[-1], axis=1)


def rows(images):
    return images.reshape(len(images), -1) / 255 - 0.5


def by_pixels(X_train, y_train):
    """A linear map of a third of the pixels' numbers."""
    return by_ridge(lambda images: rows(images)[:, ::3], X_train, y_train, 200.0)


answers.right("""
the network of notebook 10 on edges
    from solutions.ch10_regularization.cosine_decay import cosine_decay
    from solutions.ch10_regularization.DropoutMLP import DropoutMLP

    X, y = edges(X_train), y_train
    mean, std = X.mean(axis=0), X.std()
    X = (X - mean) / std
    model = DropoutMLP([X.shape[1], 100, y.max() + 1], rng, 0.3, 1e-4, weight_scale=0.05)
    for epoch in range(8):
        rate = cosine_decay(0.3, epoch, 8)
        for batch in np.array_split(rng.permutation(len(X)), max(len(X) // 50, 1)):
            _, gradients = model.loss(X[batch], y[batch])
            for name, gradient in gradients.items():
                model.parameters[name] -= rate * gradient

    return lambda images: model.predict((edges(images) - mean) / std)

labels image by image
    predict = by_edges(X_train, y_train)
    return lambda images: np.array([int(predict(image[None])[0]) for image in images])

edges and a linear map, by a closed formula
    return by_edges(X_train, y_train)

edges, and a callable object over random waves
    from dataclasses import dataclass

    @dataclass
    class build_classifier:
        X_train: np.ndarray
        y_train: np.ndarray
        rng: np.random.Generator

        def __post_init__(self):
            F = edges(self.X_train)
            self.mean, self.scale = F.mean(axis=0), F.std(axis=0).mean() * np.sqrt(40 * F.shape[1])
            self.directions = self.rng.normal(size=(1500, F.shape[1]))
            self.phases = self.rng.uniform(0, 2 * np.pi, 1500)
            self.W = ridge(self.waves(F), self.y_train, 10.0)

        def waves(self, F):
            return np.cos((F - self.mean) / self.scale @ self.directions.T + self.phases)

        def __call__(self, X):
            F = np.c_[self.waves(edges(X)), np.ones(len(X))]
            return (F @ self.W).argmax(1).astype(np.int32)

edges, distances to all training images
    F = edges(X_train).astype(np.float32)

    def kernel(A, B):
        squares = (A**2).sum(1)[:, None] - 2 * A @ B.T + (B**2).sum(1)
        return np.exp(-squares / 40)

    K = kernel(F, F)
    K[np.diag_indices_from(K)] += 0.3
    alpha = np.linalg.solve(K, np.eye(y_train.max() + 1, dtype=np.float32)[y_train])

    def predict(X):
        return [int(np.argmax(row)) for row in kernel(edges(X).astype(np.float32), F) @ alpha]

    return lambda X: np.array(predict(X))

a network on edges, a bound method
    return Network(rng, 150, 10).fit(X_train, y_train).predict

two networks vote, pure functions in a closure
    voters = [Network(rng, 80, 10, 0.2).fit(X_train, y_train) for _ in range(2)]
    return lambda X: sum(v.scores(X) + v.scores(X[:, :, ::-1]) for v in voters).argmax(-1)

labels of 8 bits
    predict = by_edges(X_train, y_train)
    return lambda X: predict(X).astype(np.uint8)
""")

# The labels of a quick linear map, made wrong.
answers.wrong("""
counts classes from 1 [score=0]
    predict = by_pixels(X_train, y_train)
    return lambda X: predict(X) + 1

a column [score=0]
    predict = by_pixels(X_train, y_train)
    return lambda X: predict(X)[:, None]

floats [score=0]
    predict = by_pixels(X_train, y_train)
    return lambda X: predict(X).astype(float)

names [score=0]
    predict = by_pixels(X_train, y_train)
    return lambda X: predict(X).astype(str)

one-hot [score=0]
    predict = by_pixels(X_train, y_train)
    return lambda X: np.eye(10)[predict(X)]

one label too few [score=0]
    predict = by_pixels(X_train, y_train)
    return lambda X: predict(X)[:-1]

whole pieces of 100 [score=0]
    predict = by_pixels(X_train, y_train)
    return lambda X: predict(X[: len(X) // 100 * 100])

whole pieces of 64 [score=0]
    predict = by_pixels(X_train, y_train)
    return lambda X: predict(X[: len(X) // 64 * 64])

a linear map of pixels [hidden]
    return by_pixels(X_train, y_train)
""")

answers.wrong("""
only half of the classes [hidden]
    predict = by_edges(X_train, y_train)
    return lambda X: predict(X) // 2 * 2

guesses [score=0]
    return lambda X: rng.integers(10, size=len(X))

the mean image of each class [hidden]
    means = np.array([rows(X_train[y_train == c]).mean(axis=0) for c in range(10)])
    return lambda X: ((rows(X)[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)

the nearest training image [hidden]
    F = rows(X_train)
    squares = (F**2).sum(axis=1) / 2
    return lambda X: y_train[np.argmax(rows(X) @ F.T - squares, axis=1)]

a network of two units
    return Network(rng, 2, 10, 0.0, lambda X: rows(half_size(X))).fit(X_train, y_train).predict

centres by the images that it is asked about
    F = rows(X_train)[:, ::4]
    W = ridge(F - F.mean(axis=0), y_train, 100.0)

    def predict(X):
        return np.argmax((rows(X)[:, ::4] - rows(X)[:1, ::4]) @ W[:-1] + W[-1], axis=1)

    return predict

edges less the mean edges of those asked about
    F = edges(X_train)
    W = ridge(F - F.mean(axis=0), y_train, 3.0)

    def predict(X):
        F = edges(X)
        return np.argmax((F - F.mean(axis=0)) @ W[:-1] + W[-1], axis=1)

    return predict

edges divided by the std of those asked about
    F = edges(X_train)
    W = ridge((F - F.mean()) / F.std(axis=0), y_train, 300.0)

    def predict(X):
        F = edges(X)
        return np.argmax((F - F.mean()) / (F.std(axis=0) + 1e-3) @ W[:-1] + W[-1], axis=1)

    return predict

weights in a global variable
    global W, predict
    W = ridge(edges(X_train), y_train, 3.0)

    def predict(X):
        return np.argmax(edges(X) @ W[:-1] + W[-1], axis=1)

    return predict

as many of each class as of any other
    F = edges(X_train)
    W = ridge(F, y_train, 3.0)

    def predict(X):
        scores = edges(X) @ W[:-1] + W[-1]
        order = np.argsort(scores.argmax(axis=1), kind="stable")
        labels = np.empty(len(X), dtype=int)
        labels[order] = np.arange(len(X)) * 10 // len(X)
        return labels

    return predict

mirrors its training images for good
    X_train[::2] = X_train[::2, :, ::-1]
    return by_edges(X_train, y_train)

sorts the labels in place
    predict = by_edges(X_train, y_train)
    y_train.sort()
    return predict

a generator missing [score=0]
    def build_classifier(X_train, y_train):
        return by_edges(X_train, y_train)

needs all 5,000 images [score=0]
    chosen = rng.permutation(5000)[:2000]
    return by_edges(X_train[chosen], y_train[chosen])
""")
