"""composite: one image in front of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.images import PARTS, draw_image, draw_size

exercise = ExerciseDefinition(points=3)


@exercise.reference
def composite(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    """Put a foreground in front of a background, mixed pixel by pixel.

    Args:
        foreground: (H, W, 3) uint8.
        alpha: (H, W) float64 in 0..1: how much of each pixel is foreground.
        background: (H, W, 3) uint8.

    Returns:
        (H, W, 3) uint8: alpha * foreground + (1 - alpha) * background, with the same alpha for
        all three channels of a pixel, rounded to the nearest integer.
    """
    a = alpha[:, :, None]
    return np.round(a * foreground + (1 - a) * background).astype(np.uint8)


def draw_layers(
    rng: np.random.Generator, size: tuple[int, int], steps: int = PARTS
) -> dict[str, Any]:
    """A foreground, an alpha in steps of 1 / ``steps`` from 0 to 1, and a background."""
    return {
        "foreground": draw_image(rng, *size),
        "alpha": rng.integers(0, steps + 1, size) / steps,
        "background": draw_image(rng, *size),
    }


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("two images mixed", draw_layers(rng, draw_size(rng)))
    yield Case("two other images mixed", draw_layers(rng, draw_size(rng)))
    cut_out = draw_layers(rng, draw_size(rng), steps=1)
    yield Case("a cut-out: alpha is 0 or 1", cut_out, edge=True)
    bright = draw_layers(rng, draw_size(rng))
    bright["foreground"] = draw_image(rng, *bright["alpha"].shape, 200, 255)  # type: ignore[call-arg]
    bright["background"] = draw_image(rng, *bright["alpha"].shape, 200, 255)  # type: ignore[call-arg]
    yield Case("two bright images", bright, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("an image of 3 x 3 pixels", draw_layers(rng, (3, 3)), edge=True)
    yield Case("a single row", draw_layers(rng, (1, int(rng.integers(4, 9)))), edge=True)
    nothing = draw_layers(rng, draw_size(rng))
    nothing["alpha"] = np.zeros(nothing["alpha"].shape)
    yield Case("alpha 0 everywhere: the background", nothing, edge=True)
    everything = draw_layers(rng, draw_size(rng))
    everything["alpha"] = np.ones(everything["alpha"].shape)
    yield Case("alpha 1 everywhere: the foreground", everything, edge=True)
    ends = draw_layers(rng, draw_size(rng))
    ends["foreground"] = 255 * draw_image(rng, *ends["alpha"].shape, 0, 1)  # type: ignore[call-arg]
    ends["background"] = 255 - ends["foreground"]
    yield Case("black on white and white on black", ends, edge=True)
    yield laid_out(**draw_layers(rng, draw_size(rng)))


exercise.wrong_ways("""
layers-swapped: You swapped the layers: where alpha is 1 the foreground must be seen.
    return reference(background, alpha, foreground)

fractions-cut: You cut fractions off: turning a float into uint8 does not round, so 99.9 becomes 99.
    - np.round

rounded-twice: You made each layer uint8 before adding, so two roundings add up: round once, at the
end.
    a = alpha[:, :, None]
    front = np.round(a * foreground).astype(np.uint8)
    return front + np.round((1 - a) * background).astype(np.uint8)

all-or-nothing: You took each pixel from one layer alone; where alpha is between 0 and 1 the two
mix.
    return np.where(alpha[:, :, None] > 0.5, foreground, background)

background-whole: You added the whole background; multiply it by 1 - alpha, or the sum passes
255.
    mixed = np.round(alpha[:, :, None] * foreground + background)
    return np.clip(mixed, 0, 255).astype(np.uint8)

two-axes-times-three: alpha has two axes and an image three, so NumPy pairs the wrong ones when it
multiplies: give alpha a third axis of length 1.
    - alpha[:, :, None]
    + alpha

stays-float: The numbers are those of the mixture, but as floats: an image is uint8 again in the
end.
    - .astype(np.uint8)

half-and-half: You mixed the layers half and half everywhere; alpha says for every pixel how much of
it is foreground.
    - alpha[:, :, None]
    + 0.5

foreground-alone: You weighted the foreground and left the background out; it counts by 1 - alpha.
    - a * foreground + (1 - a) * background
    + a * foreground

alpha-divided-by-255: You divided alpha by 255, so that the foreground hardly shows; alpha runs from
0 to 1 already.
    - alpha[:, :, None]
    + alpha[:, :, None] / 255

alpha-for-both: You weighted both layers with alpha; the background counts by what is left, 1 -
alpha.
    - (1 - a) * background
    + a * background

difference-wraps: The difference of the two layers is uint8 and starts again at 255 below 0: make
floats of them before you subtract.
    mixed = np.round(background + alpha[:, :, None] * (foreground - background))
    return np.minimum(mixed, 255).astype(np.uint8)

difference-and-result-wrap: The difference of the two layers is uint8 and starts again at 255 below
0: make floats of them before you subtract.
    mixed = np.round(background + alpha[:, :, None] * (foreground - background))
    return mixed.astype(np.int64).astype(np.uint8)

alpha-dealt-out: `reshape` keeps the order of reading, so three copies of alpha one after another do
not become three equal channels: put the copies side by side along a third axis.
    - alpha[:, :, None]
    + np.stack([alpha] * 3).reshape(foreground.shape)

alpha-cut-off: You turned alpha into whole numbers, so what is partly covered is not covered at all:
leave it a float.
    - alpha[:, :, None]
    + alpha.astype(np.uint8)[:, :, None]
""")
