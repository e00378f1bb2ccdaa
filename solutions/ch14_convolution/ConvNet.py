"""ConvNet: filters, ReLU, max pooling, and an affine layer on what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch14_convolution.conv_backward import conv_backward
from solutions.ch14_convolution.conv_forward import conv_forward
from solutions.ch14_convolution.convnet_mistakes import MISTAKES
from solutions.ch14_convolution.convnet_trials import (
    TRIALS,
    asked_case,
    at_the_kink,
    draw_model,
    equal_scores,
    fresh_case,
    one_loud,
)
from solutions.ch14_convolution.max_pool_backward import max_pool_backward
from solutions.ch14_convolution.max_pool_forward import max_pool_forward

exercise = ExerciseDefinition(points=5)


@exercise.reference
class ConvNet:
    """A small convolutional network: filters, ReLU, max pooling by 2, and an affine layer.

    ConvNet((3, 32, 32), 16, 5, 10, rng) has 16 filters of 5 x 5 pixels with 3 channels each. They
    move by 1, over images that are padded so that the maps are as large as the image; of what
    ReLU and pooling leave of the maps, 16 x 16 x 16 numbers, an affine layer makes 10 scores.
    """

    def __init__(
        self,
        image_shape: tuple,
        num_filters: int,
        kernel: int,
        num_classes: int,
        rng: np.random.Generator,
        reg: float = 0.0,
    ) -> None:
        """Make the network with He's random weights.

        Args:
            image_shape: (C, H, W): channels, height and width of the images.
            num_filters: how many filters there are.
            kernel: the side of a filter in pixels, an odd number.
            num_classes: how many scores come out.
            rng: the source of the random weights.
            reg: how much the penalty counts.

        Sets self.parameters, a dict of float64 arrays: "W1" (num_filters, C, kernel, kernel), "b1"
        (num_filters,), "W2" (num_classes, features), "b2" (num_classes,). The features are the
        pooled maps, laid out map by map, each row by row; H // 2 * (W // 2) of them a map. The
        entries of a W are normal random numbers with variance 2 / fan-in, where the fan-in is how
        many numbers a sum is made of: C * kernel * kernel for W1. The b are zeros. The dict is the
        model: who changes an array in it, or puts another one under its key, changes what scores,
        loss and predict compute.
        """
        channels, height, width = image_shape
        self._reg, self._padding = reg, (kernel - 1) // 2
        fan_in, features = channels * kernel**2, num_filters * (height // 2) * (width // 2)
        W1 = rng.normal(size=(num_filters, channels, kernel, kernel)) * np.sqrt(2 / fan_in)
        W2 = rng.normal(size=(num_classes, features)) * np.sqrt(2 / features)
        b1, b2 = np.zeros(num_filters), np.zeros(num_classes)
        self.parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    def scores(self, X: np.ndarray) -> np.ndarray:
        """(N, num_classes) scores of the images X, (N, C, H, W)."""
        return self._forward(X)[0]

    def loss(self, X: np.ndarray, y: np.ndarray) -> tuple:
        """Loss of a batch and its gradients; changes nothing.

        Args:
            X: (N, C, H, W) images.
            y: (N,) integers in 0..num_classes-1.

        Returns:
            (loss, gradients): loss is a float, the mean of softmax and cross-entropy over the
            images plus reg * sum(W * W) for W1 and W2 (the b go free); gradients is a dict with
            the keys of self.parameters, each gradient shaped as its parameter.
        """
        p = self.parameters
        scores, (conv_cache, maps, pool_cache, pooled) = self._forward(X)
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        rows = np.arange(len(y))
        loss = -log_probabilities[rows, y].mean()
        dscores = np.exp(log_probabilities)
        dscores[rows, y] -= 1
        dscores /= len(y)
        gradients = {"W2": dscores.T @ pooled.reshape(len(X), -1), "b2": dscores.sum(axis=0)}
        dpooled = (dscores @ p["W2"]).reshape(pooled.shape)
        dmaps = max_pool_backward(dpooled, pool_cache) * (maps > 0)
        _, gradients["W1"], gradients["b1"] = conv_backward(dmaps, conv_cache)
        for name in ("W1", "W2"):
            loss += self._reg * np.sum(p[name] ** 2)
            gradients[name] += 2 * self._reg * p[name]
        return loss, gradients

    def predict(self, X: np.ndarray) -> np.ndarray:
        """(N,) labels of the images X, (N, C, H, W): each one's class with the highest score."""
        return np.argmax(self.scores(X), axis=1)

    def _forward(self, X: np.ndarray) -> tuple:
        """Scores, and what the way back needs."""
        p = self.parameters
        maps, conv_cache = conv_forward(X, p["W1"], p["b1"], 1, self._padding)
        pooled, pool_cache = max_pool_forward(np.maximum(maps, 0), 2)
        scores = pooled.reshape(len(X), -1) @ p["W2"].T + p["b2"]
        return scores, (conv_cache, maps, pool_cache, pooled)


for trial in TRIALS:
    exercise.scenario()(trial)


@exercise.property("At the start every b is zero.")
def zero_biases(inputs: Mapping[str, Any], output: Any) -> bool:
    """No b has an entry other than 0."""
    return not any(np.any(v) for k, v in output[0].items() if k.startswith("b"))


@exercise.property(
    "W1 does not have the variance 2 / fan-in around 0 at the start: of how many numbers is a sum "
    "under the filter made?"
)
def right_size_of_filters(inputs: Mapping[str, Any], output: Any) -> bool:
    """Mean and standard deviation of W1 are He's, to 7 standard errors."""
    W = output[0]["W1"]
    w = W * np.sqrt(W[0].size / 2)
    spread = abs(w.std() - 1) < 7 / np.sqrt(2 * w.size)
    return bool(abs(w.mean()) < 7 / np.sqrt(w.size) and spread)


@exercise.property(
    "W2 does not have the variance 2 / fan-in around 0 at the start: its fan-in is the number of "
    "features, which is the length of its rows."
)
def right_size_of_scores(inputs: Mapping[str, Any], output: Any) -> bool:
    """Mean and standard deviation of W2 are He's, to 7 standard errors."""
    W = output[0]["W2"]
    w = W * np.sqrt(W.shape[1] / 2)
    spread = abs(w.std() - 1) < 7 / np.sqrt(2 * w.size)
    return bool(abs(w.mean()) < 7 / np.sqrt(w.size) and spread)


@exercise.property(
    "The weights have the right size, but they are not normal random numbers (rng.normal)."
)
def normal(inputs: Mapping[str, Any], output: Any) -> bool:
    """The fourth moment is that of normal numbers: 3, to 7 standard errors; uniform has 1.8."""
    parts = [output[0][name].ravel() / np.std(output[0][name]) for name in ("W1", "W2")]
    w = np.concatenate(parts)
    return bool(abs(np.mean(w**4) - 3) < 7 * np.sqrt(24 / w.size))


@exercise.property(
    "Two models of generators with one seed differ: all randomness has to come from rng."
)
def reproducible(inputs: Mapping[str, Any], output: Any) -> bool:
    """The same seed gives the same weights."""
    return all(np.array_equal(output[0][name][:1], output[1][name]) for name in output[0])


@exercise.property(
    "The weights do not depend on rng's seed: draw them from the rng that you were given."
)
def depends_on_rng(inputs: Mapping[str, Any], output: Any) -> bool:
    """Another seed gives other weights."""
    pairs = [(output[0][name][:1], output[2][name]) for name in ("W1", "W2")]
    return not any(np.array_equal(one, other) for one, other in pairs)


@exercise.property("Some weights are the very same: draw new ones for every filter and every row.")
def no_copies(inputs: Mapping[str, Any], output: Any) -> bool:
    """No number occurs twice in W1, and none in W2."""
    parts = [output[0][name].ravel() for name in ("W1", "W2")]
    return all(len(np.unique(w)) == len(w) for w in parts)


RANDOM = (
    "zero_biases", "no_copies", "right_size_of_filters", "right_size_of_scores", "normal",
    "reproducible", "depends_on_rng",
)  # fmt: skip


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield fresh_case(rng, "the parameters at the start", ((3, 6, 8), 20, 5, 7), RANDOM)
    f, c = (int(k) for k in rng.permutation([4, 5]))
    yield asked_case(rng, "one channel", ((1, 6, 8), f, 3, c), 6)
    yield asked_case(rng, "three channels and a penalty", ((3, 8, 6), c, 3, f), 7, reg=0.3)
    yield asked_case(rng, "larger filters", ((2, 6, 6), 3, 5, 4), 5, reg=0.1)
    yield asked_case(rng, "sides that are odd", ((2, 7, 5), 3, 3, 4), 5, edge=True, reg=0.1)
    keys: dict[str, Any] = {"edge": True, "how": "by key", "reg": 0.2}
    yield asked_case(rng, "parameters put in by their keys", ((2, 4, 6), f, 3, 3), 6, **keys)
    turns: dict[str, Any] = {"edge": True, "trial": "one_after_the_other", "reg": 0.2}
    yield asked_case(rng, "two models at once", ((2, 4, 4), f, 3, 3), 5, **turns)
    steps: dict[str, Any] = {"edge": True, "trial": "some_steps", "reg": 0.01}
    yield asked_case(rng, "some steps of training", ((1, 6, 6), f, 3, 3), 8, **steps)
    yield equal_scores(rng, ((2, 4, 4), 3, 3, 4))
    yield at_the_kink(rng, ((2, 6, 4), 4, 3, 3))
    large = draw_model(rng, ((1, 4, 4), f, 3, 3), 5)
    large["parameters"]["b2"] += 900.0
    yield Case("scores near 1,000", large, edge=True, scenario="asked")
    yield one_loud(rng, ((1, 6, 6), f, 3, 3))


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    f, c = (int(k) for k in rng.permutation([4, 5]))
    there: dict[str, Any] = {"edge": True}
    yield asked_case(rng, "filters of one pixel", ((3, 6, 4), f, 1, c), 5, reg=0.1, **there)
    yield asked_case(rng, "a single image", ((2, 6, 6), f, 3, c), 1, reg=0.1, **there)
    yield asked_case(rng, "a single filter", ((2, 4, 6), 1, 3, c), 5, **there)
    yield asked_case(rng, "a single class", ((1, 4, 4), f, 3, 1), 4, reg=0.1, **there)
    size = ((3, 6, 6), 3, 3, 3)
    yield asked_case(rng, "as many channels as filters and classes", size, 3, reg=0.1, **there)
    yield asked_case(rng, "filters larger than the image", ((1, 4, 3), 3, 7, 3), 4, **there)
    yield asked_case(rng, "a strong penalty", ((2, 4, 4), f, 3, c), 4, reg=30.0, **there)
    pixels = draw_model(rng, ((3, 4, 6), 3, 3, 4), 5, reg=0.1)
    pixels["X"] = rng.integers(0, 256, size=(5, 3, 4, 6), dtype=np.uint8)
    pixels["parameters"]["W1"] /= 100
    yield Case("pixels as uint8", pixels, edge=True, scenario="asked")
    for dtype in (np.uint8, np.int32):
        typed = draw_model(rng, ((1, 4, 4), f, 3, 3), 6)
        typed["y"] = typed["y"].astype(dtype)
        yield Case(f"labels as {dtype.__name__}", typed, edge=True, scenario="asked")
    for kind in (np.int32, np.int64):
        whole = draw_model(rng, ((1, 4, 6), f, 3, 3), 5, reg=0.1)
        whole["X"] = rng.integers(-9, 10, size=(5, 1, 4, 6)).astype(kind)
        yield Case(f"whole numbers as {kind.__name__}", whole, edge=True, scenario="asked")
    sizes = draw_model(rng, ((2, 4, 4), f, 3, c), 5, reg=0.1)
    sizes["X"] *= np.array([0.0, 2e-12, 1.0, 1.0, 2e4])[:, None, None, None]
    sizes["parameters"]["W2"] *= 1e-3  # so that no scores are more than 700 apart
    yield Case("images of all sizes", sizes, edge=True, scenario="asked")
    for label, reg in (("a penalty of 1, an int", 1), ("a penalty of 10000", 1e4)):
        yield asked_case(rng, label, ((1, 4, 4), f, 3, c), 4, reg=reg, **there)
    numpys = draw_model(rng, ((2, 4, 4), f, 3, c), 4, reg=np.float64(0.3))
    numpys["size"][1:] = [np.int64(n) for n in numpys["size"][1:]]
    yield Case("settings that are NumPy's", numpys, edge=True, scenario="asked")
    layouts: dict[str, Any] = {"edge": True, "trial": "in_other_layouts", "reg": 0.2}
    yield asked_case(rng, "arrays in other memory layouts", ((2, 6, 4), f, 3, c), 5, **layouts)
    unpunished: dict[str, Any] = {"edge": True, "trial": "without_reg"}
    label = "without a word about the penalty"
    yield asked_case(rng, label, ((2, 4, 4), f, 3, c), 5, **unpunished)
    label = "the parameters of a wider network at the start"
    yield fresh_case(rng, label, ((2, 9, 12), 30, 3, 12), RANDOM, edge=True)


exercise.wrong_ways(MISTAKES)
