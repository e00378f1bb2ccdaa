"""Solutions of the capstone that know nothing of the reference: from neighbours to networks.

Each is what a learner has after some chapter, written once more in NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.by_drawing import edges
from benchmarks.wanting_more import colours, roots

Predict = Callable[[np.ndarray], np.ndarray]
Build = Callable[[np.ndarray, np.ndarray, np.random.Generator], Predict]
Features = Callable[[np.ndarray], np.ndarray]
CLASSES = 10


def pixels(images: np.ndarray) -> np.ndarray:
    """Pixels as they are, (N, 32, 32, 3) float32."""
    return images.astype(np.float32)


def half_size(images: np.ndarray) -> np.ndarray:
    """Means of 2 x 2 pixels, (N, 16, 16, 3) float32."""
    n, height, width, channels = images.shape
    blocks = images.reshape(n, height // 2, 2, width // 2, 2, channels)
    return np.asarray(blocks.mean(axis=(2, 4)), dtype=np.float32)


def edges_of_00(images: np.ndarray) -> np.ndarray:
    """The features of notebook 00, (N, 384) float32."""
    return edges(images).astype(np.float32)


def roots_and_colours(images: np.ndarray) -> np.ndarray:
    """Roots of edges and, quietly beside them, of shares of colours, (N, 612) float32."""
    return np.hstack([roots(images, 8, 9), 0.1 * colours(images, 4)]).astype(np.float32)


def flat(features: np.ndarray) -> np.ndarray:
    """One row an image."""
    return features.reshape(len(features), -1)


def fixed(features: Features) -> tuple[Features, Callable[[np.ndarray], Features]]:
    """Divided by 255, less a half: what notebook 07 does."""

    def prepared(_: np.ndarray) -> Features:
        return lambda images: features(images) / np.float32(255) - np.float32(0.5)

    return features, prepared


def standardised(
    features: Features, *, each: bool = True
) -> tuple[Features, Callable[[np.ndarray], Features]]:
    """Less the training mean, divided by the training std: of each feature, or of all together."""

    def prepared(found: np.ndarray) -> Features:
        mean = found.mean(axis=0)
        std = found.std(axis=0) + 1e-6 if each else (found - mean).std()
        return lambda images: (features(images) - mean) / np.float32(std)

    return features, prepared


def centroids(X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Predict:
    """The class whose mean image is nearest."""
    rows = flat(pixels(X))
    means = np.stack([rows[y == c].mean(axis=0) for c in range(CLASSES)])
    return lambda Z: np.argmax(flat(pixels(Z)) @ means.T - 0.5 * (means**2).sum(axis=1), axis=1)


def neighbours(k: int) -> Build:
    """A vote of the k nearest training images, by their pixels."""

    def build(X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Predict:
        rows = flat(pixels(X))
        squares = (rows**2).sum(axis=1)

        def predict(Z: np.ndarray) -> np.ndarray:
            near = np.argpartition(squares - 2 * flat(pixels(Z)) @ rows.T, k, axis=1)[:, :k]
            votes = np.stack([(y[near] == c).sum(axis=1) for c in range(CLASSES)], axis=1)
            return votes.argmax(axis=1)

        return predict

    return build


def alone(images: np.ndarray) -> list[np.ndarray]:
    """An image as it is."""
    return [images]


def with_mirror_images(images: np.ndarray) -> list[np.ndarray]:
    """An image and its mirror image."""
    return [images, images[:, :, ::-1]]


def with_moved_copies(images: np.ndarray) -> list[np.ndarray]:
    """An image and its mirror image, both also moved by a pixel along four diagonals."""
    height, width = images.shape[1:3]
    found = []
    for way in with_mirror_images(images):
        wide = np.pad(way, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
        for down, across in ((1, 1), (2, 2), (0, 0), (2, 0), (0, 2)):
            found.append(wide[:, down : down + height, across : across + width])
    return found


@dataclass(frozen=True)
class Trained:
    """A classifier trained by gradient descent; without hidden units it is linear.

    Attributes:
        prepared: features, and what makes them ready once those of the training images are known.
        scale: std of the weights at the start, None for He's.
        cosine: whether the rate falls along half a cosine.
        mirrored, moved: whether training images are mirrored, moved by a pixel at random.
        views: of an image, that vote together.
        copies: whether it learns from all of them, features made of each.
    """

    prepared: tuple[Features, Callable[[np.ndarray], Features]]
    hidden: Sequence[int] = ()
    num_epochs: int = 20
    rate: float = 0.05
    scale: float | None = None
    cosine: bool = False
    drop_prob: float = 0.0
    reg: float = 0.0
    mirrored: bool = False
    moved: bool = False
    views: Callable[[np.ndarray], list[np.ndarray]] = alone
    copies: bool = False
    batch_size: int = 100

    def __call__(self, X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Predict:
        """Train."""
        features, make_ready = self.prepared
        if self.copies:
            seen = self.views(X)
            X, y = np.concatenate(seen), np.tile(y, len(seen))
        ready = make_ready(features(X))
        weights = self._train(ready(X), y, rng)

        def predict(Z: np.ndarray) -> np.ndarray:
            votes = (_scores(flat(ready(view)), weights) for view in self.views(Z))
            return np.argmax(sum(votes), axis=1)

        return predict

    def _train(self, A: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
        sizes = [A[0].size, *self.hidden, CLASSES]
        weights = []
        for fan_in, fan_out in pairwise(sizes):
            std = np.sqrt(2 / fan_in) if self.scale is None else self.scale
            weights.append((rng.normal(size=(fan_out, fan_in)) * std).astype(np.float32))
            weights.append(np.zeros(fan_out, dtype=np.float32))
        targets = np.eye(CLASSES, dtype=np.float32)[y]
        for epoch in range(self.num_epochs):
            part = (1 + np.cos(np.pi * epoch / self.num_epochs)) / 2 if self.cosine else 1.0
            for rows in np.array_split(rng.permutation(len(A)), max(1, len(A) // self.batch_size)):
                batch = flat(self._varied(A[rows], rng))
                self._step(batch, targets[rows], weights, np.float32(self.rate * part), rng)
        return weights

    def _varied(self, images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """A batch of images, some of them mirrored, all moved alike."""
        if self.mirrored:
            turned = rng.random(len(images)) < 0.5
            images[turned] = images[turned][:, :, ::-1].copy()
        if self.moved:
            height, width = images.shape[1:3]
            wide = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
            down, across = rng.integers(3, size=2)
            images = wide[:, down : down + height, across : across + width]
        return images

    def _step(
        self,
        x: np.ndarray,
        targets: np.ndarray,
        weights: list[np.ndarray],
        rate: np.float32,
        rng: np.random.Generator,
    ) -> None:
        """One step of gradient descent, in place."""
        given, masks = [x], []
        for W, b in zip(weights[:-2:2], weights[1:-2:2], strict=True):
            z = given[-1] @ W.T + b
            kept = rng.random(z.shape, dtype=np.float32) >= self.drop_prob
            masks.append((kept & (z > 0)) / np.float32(1 - self.drop_prob))
            given.append(z * masks[-1])
        scores = given[-1] @ weights[-2].T + weights[-1]
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        slope = (p / p.sum(axis=1, keepdims=True) - targets) / np.float32(len(x))
        for layer in reversed(range(len(given))):
            W, b = weights[2 * layer : 2 * layer + 2]
            dW = slope.T @ given[layer] + np.float32(2 * self.reg) * W
            db = slope.sum(axis=0)
            if layer:
                slope = slope @ W * masks[layer - 1]
            W -= rate * dW
            b -= rate * db


def _scores(rows: np.ndarray, weights: Sequence[np.ndarray]) -> np.ndarray:
    for W, b in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        rows = np.maximum(rows @ W.T + b, 0)
    return rows @ weights[-2].T + weights[-1]


CENTRED = standardised(half_size, each=False)
REMEDIES: dict[str, Any] = {"hidden": (300,), "num_epochs": 40, "cosine": True, "drop_prob": 0.3}
BUILDERS: tuple[tuple[str, Build], ...] = (
    ("mean images", centroids),
    ("12 nearest neighbours", neighbours(12)),
    ("linear, pixels (05)", Trained(standardised(pixels), rate=0.003, reg=1e-2, scale=0.0)),
    ("linear, edges of 00", Trained(standardised(edges_of_00), rate=0.03, reg=1e-3, scale=0.0)),
    ("linear, roots of edges and colours",
     Trained(standardised(roots_and_colours, each=False), rate=0.02, reg=1e-3, scale=0.0)),
    ("network of 07, 100 units", Trained(fixed(pixels), (100,), scale=0.01)),
    ("100 units, 08 and 09", Trained(standardised(half_size), (100,))),
    ("100 units, He, mirrored, 1 s",
     Trained(CENTRED, (100,), num_epochs=10, rate=0.1, mirrored=True, views=with_mirror_images)),
    ("300 units, 08 to 10", Trained(CENTRED, rate=0.1, reg=1e-3, **{**REMEDIES, "drop_prob": 0.5})),
    ("the same, edges of 00",
     Trained(standardised(edges_of_00), rate=0.05, reg=1e-3, **{**REMEDIES, "drop_prob": 0.5})),
    ("400 units, roots of edges and colours",
     Trained(standardised(roots_and_colours, each=False), rate=0.1, reg=1e-3,
             **{**REMEDIES, "hidden": (400,), "drop_prob": 0.5})),
    ("08 to 10, mirrored",
     Trained(CENTRED, rate=0.1, reg=1e-3, mirrored=True, views=with_mirror_images, **REMEDIES)),
    ("08 to 10, mirrored and moved",
     Trained(CENTRED, rate=0.2, reg=1e-4, mirrored=True, moved=True, views=with_mirror_images,
             **REMEDIES)),
)  # fmt: skip
