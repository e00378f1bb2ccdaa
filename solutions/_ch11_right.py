"""Chapter 11: other classifiers that are good enough for every threshold."""

from __future__ import annotations

import numpy as np

from solutions._ch10_network import DropoutMLP
from solutions._ch10_rates import cosine_decay
from solutions._ch11_classifier import (
    build_classifier,
    chapter,
    network_scores,
    small_moves,
    small_rows,
    train_network,
)


@chapter.variant(build_classifier, "the network of notebook 10 on images and their mirror images")
def _(X_train, y_train, rng):
    both = np.concatenate([X_train, X_train[:, :, ::-1]])
    X, y = small_rows(both).astype(np.float64), np.concatenate([y_train, y_train])
    mean = X.mean(axis=0)
    model = DropoutMLP([X.shape[1], 400, y.max() + 1], rng, 0.3, 1e-4, weight_scale=0.05)
    for epoch in range(36):
        rate = cosine_decay(0.3, epoch, 36)
        for batch in np.array_split(rng.permutation(len(X)), len(X) // 100):
            _, gradients = model.loss(X[batch] - mean, y[batch])
            for name, gradient in gradients.items():
                model.parameters[name] -= rate * gradient

    def predict(images):
        views = (images, images[:, :, ::-1])
        scores = [model.scores(small_rows(view) - mean) for view in views]
        return np.sum(scores, axis=0).argmax(axis=1)

    return predict


class Committee:
    """Two networks that vote; an object that can be called, with labels of another integer type."""

    def __init__(self, X, y, rng):
        self.moves = small_moves(16)
        rows = small_rows(X)
        self.mean = rows.mean(axis=0)
        self.networks = [
            train_network(rows - self.mean, y, self.moves, rng, hidden=400, num_epochs=40)
            for _ in range(2)
        ]

    def __call__(self, images):
        rows = small_rows(np.array(images)) - self.mean
        scores = [network_scores(rows[:, m], n) for n in self.networks for m in self.moves]
        return np.mean(scores, axis=0).argmax(axis=1).astype(np.int16)


@chapter.variant(build_classifier, "two networks that vote, in an object that can be called")
def _(X_train, y_train, rng):
    return Committee(X_train, y_train, rng)


@chapter.variant(build_classifier, "labels image by image")
def _(X_train, y_train, rng):
    mean = small_rows(X_train).mean(axis=0)
    network = train_network(
        small_rows(X_train) - mean, y_train, small_moves(16), rng, num_epochs=50, drop_prob=0.2
    )

    def label(image):
        return int(np.argmax(network_scores(small_rows(image[None]) - mean, network)))

    def predict(images):
        return np.array([label(image) for image in images])

    return predict
