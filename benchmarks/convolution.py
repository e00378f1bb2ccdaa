"""The convolution of chapter 14 beside PyTorch's, where that is installed.

One run, float64, one thread, on the chapter's own shapes and on a larger one. Both do the same work
on the same numbers, and are checked to give the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.common import Settings, best, ratio
from benchmarks.references import reference, torch
from pix2net.cli import console

TARGET = 3.0


@dataclass(frozen=True)
class Shape:
    """Images (N, C, side, side), filters (F, C, kernel, kernel), "same" padding."""

    name: str
    images: int
    channels: int
    side: int
    filters: int
    kernel: int


SHAPES = (
    Shape("a training batch of chapter 14", 25, 3, 16, 16, 3),
    Shape("500 images of chapter 14", 500, 3, 16, 16, 3),
    Shape("whole images, 5 x 5", 50, 3, 32, 16, 5),
    Shape("a second layer", 50, 16, 16, 32, 3),
)


def draw(shape: Shape) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Images, filters, biases and a gradient of the maps."""
    rng = np.random.default_rng(0)
    n, c, s, f, k = shape.images, shape.channels, shape.side, shape.filters, shape.kernel
    return (
        rng.normal(size=(n, c, s, s)), rng.normal(size=(f, c, k, k)), rng.normal(size=f),
        rng.normal(size=(n, f, s, s)),
    )  # fmt: skip


def ours(shape: Shape) -> tuple[Any, Any]:
    """Our way there, and there and back, as functions of nothing."""
    forward = reference("ch14_convolution", "conv_forward")
    backward = reference("ch14_convolution", "conv_backward")
    x, W, b, dout = draw(shape)
    padding = shape.kernel // 2
    return (
        lambda: forward(x, W, b, 1, padding)[0],
        lambda: backward(dout, forward(x, W, b, 1, padding)[1]),
    )


def theirs(library: Any, shape: Shape) -> tuple[Any, Any]:
    """PyTorch's way there, and there and back."""
    x, W, b, dout = (library.from_numpy(array) for array in draw(shape))
    leaves = [array.clone().requires_grad_() for array in (x, W, b)]
    convolve, padding = library.nn.functional.conv2d, shape.kernel // 2

    def there() -> np.ndarray:
        with library.no_grad():
            return np.asarray(convolve(x, W, b, padding=padding).numpy())

    def and_back() -> list[np.ndarray]:
        out = convolve(*leaves, padding=padding)
        return [g.numpy() for g in library.autograd.grad(out, leaves, dout)]

    return there, and_back


def measure(settings: Settings) -> None:
    """Print the table."""
    library, body, runs = torch(), [], 4 * settings.runs + 1
    for shape in SHAPES:
        peers = theirs(library, shape) if library is not None else (None, None)
        for way, own, peer in zip(("there", "and back"), ours(shape), peers, strict=True):
            time = best(own, runs)
            told = ["not installed", "–"]
            if peer is not None:
                pairs = zip(own(), peer(), strict=True)
                assert all(np.allclose(a, b) for a, b in pairs), "the answers differ"
                other = best(peer, runs)
                told = [f"{1000 * other:.2f}", ratio(time / other, TARGET)]
            body.append([f"{shape.name}, {way}", f"{1000 * time:.2f}", *told])
    console.table(
        "Convolution, ms: the best of some runs, float64, one thread",
        ["shape", "ours", "PyTorch", "ours to PyTorch's"],
        body,
    )
