"""A convolutional network with batch normalisation, moved by Adam: the reference's, in float32.

Images stand with the channels last here, since their windows are then rows as they come.
"""

from __future__ import annotations

import numpy as np

KERNEL, EPSILON, MOMENTUM = 3, 1e-5, 0.9
Layer = dict[str, np.ndarray]


def windows(x: np.ndarray) -> np.ndarray:
    """What lies under a filter of 3 x 3 with "same" padding: a row for each place, (N*H*W, 9*C)."""
    n, height, width, channels = x.shape
    wide = np.zeros((n, height + 2, width + 2, channels), dtype=np.float32)
    wide[:, 1:-1, 1:-1] = x
    rows = np.empty((n, height, width, KERNEL, KERNEL, channels), dtype=np.float32)
    for i in range(KERNEL):
        for j in range(KERNEL):
            rows[:, :, :, i, j] = wide[:, i : i + height, j : j + width]
    return rows.reshape(n * height * width, -1)


def spread_back(rows: np.ndarray, shape: tuple[int, int, int, int]) -> np.ndarray:
    """The gradient of images whose `windows` have the gradient ``rows``."""
    n, height, width, channels = shape
    parts = rows.reshape(n, height, width, KERNEL, KERNEL, channels)
    wide = np.zeros((n, height + 2, width + 2, channels), dtype=np.float32)
    for i in range(KERNEL):
        for j in range(KERNEL):
            wide[:, i : i + height, j : j + width] += parts[:, :, :, i, j]
    return wide[:, 1:-1, 1:-1]


def corners(x: np.ndarray) -> list[np.ndarray]:
    """The four numbers of every window of 2 x 2, as four arrays that look into x."""
    return [x[:, i::2, j::2] for i in (0, 1) for j in (0, 1)]


class Network:
    """Blocks of convolution, batch normalisation, ReLU and max pooling; then an affine layer."""

    def __init__(
        self, filters: tuple[int, ...], side: int, num_classes: int, rng: np.random.Generator
    ) -> None:
        """Make the network with He's weights; ``side`` is that of the images."""
        self.parameters: dict[str, np.ndarray] = {}
        self.running: dict[int, Layer] = {}
        self.depth, channels = len(filters), 3
        for k, count in enumerate(filters):
            self._add(f"W{k}", (KERNEL**2 * channels, count), rng)
            self.parameters[f"gamma{k}"] = np.ones(count, dtype=np.float32)
            self.parameters[f"beta{k}"] = np.zeros(count, dtype=np.float32)
            self.running[k] = {
                "mean": np.zeros(count, np.float32),
                "var": np.ones(count, np.float32),
            }
            channels, side = count, side // 2
        self._add("W", (side * side * channels, num_classes), rng)
        self.parameters["b"] = np.zeros(num_classes, dtype=np.float32)

    def _add(self, name: str, shape: tuple[int, int], rng: np.random.Generator) -> None:
        W = rng.normal(size=shape) * np.sqrt(2 / shape[0])
        self.parameters[name] = W.astype(np.float32)

    def scores(self, x: np.ndarray) -> np.ndarray:
        """Scores (N, C) of images (N, H, W, 3), by the running statistics."""
        p = self.parameters
        for k in range(self.depth):
            scale = p[f"gamma{k}"] / np.sqrt(self.running[k]["var"] + np.float32(EPSILON))
            shift = p[f"beta{k}"] - scale * self.running[k]["mean"]
            maps = (windows(x) @ (p[f"W{k}"] * scale) + shift).reshape(*x.shape[:3], -1)
            x = np.maximum(np.maximum.reduce(corners(maps)), 0)
        return x.reshape(len(x), -1) @ p["W"] + p["b"]

    def gradients(
        self, x: np.ndarray, targets: np.ndarray, drop_prob: float, rng: np.random.Generator
    ) -> dict[str, np.ndarray]:
        """Gradients of the loss of a batch, with dropout before the affine layer."""
        p, caches, slopes = self.parameters, [], {}
        for k in range(self.depth):
            rows = windows(x)
            s = rows @ p[f"W{k}"]
            mean = s.mean(axis=0)
            s -= mean
            var = np.einsum("rf,rf->f", s, s) / np.float32(len(s))
            for name, value in (("mean", mean), ("var", var)):
                old = self.running[k][name]
                self.running[k][name] = MOMENTUM * old + np.float32(1 - MOMENTUM) * value
            std = np.sqrt(var + np.float32(EPSILON))
            s *= 1 / std
            maps = s * p[f"gamma{k}"]
            maps += p[f"beta{k}"]
            maps = maps.reshape(*x.shape[:3], -1)
            pooled = np.maximum.reduce(corners(maps))
            caches.append((x.shape, rows, s, std, maps, pooled))
            x = np.maximum(pooled, 0)
        kept = (rng.random(x.shape, dtype=np.float32) >= drop_prob) / np.float32(1 - drop_prob)
        flat = (x * kept).reshape(len(x), -1)
        scores = flat @ p["W"] + p["b"]
        power = np.exp(scores - scores.max(axis=1, keepdims=True))
        slope = (power / power.sum(axis=1, keepdims=True) - targets) / np.float32(len(x))
        slopes["W"], slopes["b"] = flat.T @ slope, slope.sum(axis=0)
        dx = (slope @ p["W"].T).reshape(x.shape) * kept
        for k in reversed(range(self.depth)):
            dx = self._back(k, dx, caches[k], slopes)
        return slopes

    def _back(self, k: int, dx: np.ndarray, cache: tuple, slopes: dict) -> np.ndarray:
        """The way back through block k; adds its gradients."""
        shape, rows, s, std, maps, pooled = cache
        dmaps, left = np.zeros_like(maps), dx * (pooled > 0)
        for number, place in zip(corners(maps), corners(dmaps), strict=True):
            place[...] = left * (number == pooled)
            left = left - place
        ds = dmaps.reshape(s.shape)
        slopes[f"gamma{k}"] = np.einsum("rf,rf->f", ds, s)
        slopes[f"beta{k}"] = ds.sum(axis=0)
        count = np.float32(len(s))
        ds -= slopes[f"beta{k}"] / count
        ds -= s * (slopes[f"gamma{k}"] / count)
        ds *= self.parameters[f"gamma{k}"] / std
        slopes[f"W{k}"] = rows.T @ ds
        return spread_back(ds @ self.parameters[f"W{k}"].T, shape) if k else dx


class Adam:
    """Adam with a rate that its caller sets, and weights that fade by a share of it."""

    def __init__(self, fade: float) -> None:
        """``fade``: how much of a weight a step of rate 1 takes away."""
        self.fade, self.t, self.m, self.v = fade, 0, {}, {}  # type: ignore[var-annotated]

    def step(self, parameters: dict, slopes: dict, rate: float) -> None:
        """Move the parameters in place."""
        self.t += 1
        for name, slope in slopes.items():
            m = self.m[name] = 0.9 * self.m.get(name, 0) + np.float32(0.1) * slope
            v = self.v[name] = 0.999 * self.v.get(name, 0) + np.float32(0.001) * slope**2
            step = (m / (1 - 0.9**self.t)) / (np.sqrt(v / (1 - 0.999**self.t)) + 1e-8)
            if name.startswith("W"):
                step = step + self.fade * parameters[name]
            parameters[name] -= (rate * step).astype(np.float32)


def half_size(images: np.ndarray) -> np.ndarray:
    """Images of half their size, (N, H / 2, W / 2, 3) float32."""
    return np.asarray(sum(corners(images)), dtype=np.float32) / 4


def varied(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A batch of images, about half of them mirrored, all moved alike by up to two pixels."""
    turned = rng.random(len(images)) < 0.5
    images[turned] = images[turned][:, :, ::-1].copy()
    height, width = images.shape[1:3]
    wide = np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0)), mode="edge")
    down, across = rng.integers(5, size=2)
    return wide[:, down : down + height, across : across + width]


def views(images: np.ndarray) -> list[np.ndarray]:
    """Images of half their size as they are, mirrored, and all of that moved by up to a pixel."""
    height, width = images.shape[1:3]
    found = []
    for way in (images, images[:, :, ::-1]):
        wide = np.pad(way, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
        for down, across in ((1, 1), (0, 1), (1, 0), (0, 0)):
            found.append(half_size(wide[:, down : down + height, across : across + width]))
    return found


def trained(
    X: np.ndarray,
    y: np.ndarray,
    rng: np.random.Generator,
    *,
    filters: tuple[int, ...],
    num_epochs: int = 24,
    rate: float = 0.005,
    fade: float = 0.01,
    drop_prob: float = 0.3,
    batch_size: int = 50,
) -> Network:
    """A network after training on images (N, 32, 32, 3), float32 around 0."""
    targets = np.eye(y.max() + 1, dtype=np.float32)[y]
    model, optimizer = Network(filters, X.shape[1] // 2, targets.shape[1], rng), Adam(fade)
    parts = max(1, len(X) // batch_size)
    for epoch in range(num_epochs):
        for i, rows in enumerate(np.array_split(rng.permutation(len(X)), parts)):
            now = rate * (1 + np.cos(np.pi * (epoch + i / parts) / num_epochs)) / 2
            batch = half_size(varied(X[rows], rng))
            slopes = model.gradients(batch, targets[rows], drop_prob, rng)
            optimizer.step(model.parameters, slopes, now)
    return model
