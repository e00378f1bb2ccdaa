"""class_templates: every class's weights as an image."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=3)


@exercise.reference
def class_templates(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    """Turn every class's weights into an image that you can look at.

    Args:
        W: (C, D) float64 weights, one row per class.
        image_shape: shape of one image, (H, W, 3) or (H, W), with D entries in all.

    Returns:
        (C, *image_shape) uint8. Each row of W is stretched linearly, by itself, so that
        its smallest weight becomes 0 and its largest 255, then rounded to the nearest
        integer. A row whose weights are all equal becomes all zeros.
    """
    low, high = W.min(axis=1, keepdims=True), W.max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1.0)  # of a constant row 1: its zeros stay zeros
    return np.rint(255 * (W - low) / span).astype(np.uint8).reshape(len(W), *image_shape)


def draw_template_row(rng: np.random.Generator, size: int) -> np.ndarray:
    """A row of weights (size,) that stretches to values well off every half, so that the order of
    operations cannot change what a value is rounded to."""
    whole = rng.integers(0, 255, size=size)
    stretched = whole + rng.choice([0.0, 0.2, 0.8], size=size)
    lowest, highest = rng.choice(size, size=2, replace=False)
    stretched[lowest], stretched[highest] = 0.0, 255.0
    scale = 10.0 ** rng.uniform(-4, -1)
    return scale * (stretched - rng.uniform(40, 200))


def draw_templates(
    rng: np.random.Generator, c: int, image_shape: tuple[int, ...]
) -> dict[str, Any]:
    """C rows of weights on different scales for images of a shape."""
    size = int(np.prod(image_shape))
    W = np.array([draw_template_row(rng, size) for _ in range(c)])
    return {"W": W, "image_shape": image_shape}


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    c, height, width = (int(n) for n in rng.permutation([4, 5, 6]))
    yield Case("colour images", draw_templates(rng, c, (height, width, 3)))
    yield Case("grey images", draw_templates(rng, c, (width, height)))
    square = draw_templates(rng, 4, (4, 4, 3))
    square["W"] += rng.permutation([-7.0, -2.0, 3.0, 9.0])[:, None]
    yield Case("rows far from each other, some all negative", square)
    constant = draw_templates(rng, 4, (3, 4, 3))
    constant["W"][int(rng.integers(4))] = rng.uniform(2, 9)
    yield Case("one row of equal weights", constant, edge=True)

    # As after training on numbers up to 255. Whoever adds a billionth to the range against 0 / 0
    # rounds the same; beyond that, a row would not reach 255.
    close = draw_templates(rng, 3, (4, 5))
    close["W"] *= 2e-6 / np.ptp(close["W"], axis=1, keepdims=True)
    yield Case("weights that differ by millionths", close, edge=True)
    near = draw_templates(rng, 3, (4, 5))
    near["W"] *= 1e-3 / np.ptp(near["W"], axis=1, keepdims=True)
    yield Case("weights that differ by thousandths", near, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single class", draw_templates(rng, 1, (6, 5, 3)), edge=True)
    yield Case("two pixels", draw_templates(rng, 3, (1, 2)), edge=True)
    equal = {"W": np.full((3, 12), rng.normal()), "image_shape": (2, 2, 3)}
    yield Case("nothing but equal weights", equal, edge=True)
    tall = draw_templates(rng, 2, (9, 2, 3))
    tall["W"] *= 1e6
    yield Case("large weights", tall, edge=True)
    zero = draw_templates(rng, 2, (3, 3))
    zero["W"] -= zero["W"].min(axis=1, keepdims=True)
    yield Case("weights from 0 on", zero, edge=True)
    yield laid_out(**draw_templates(rng, 3, (3, 4)))


exercise.wrong_ways("""
one-stretch-for-all: You stretched all rows together, from the smallest to the largest weight of W;
each class's row has a range of its own.
    - W.min(axis=1, keepdims=True), W.max(axis=1, keepdims=True)
    + W.min(), W.max()

stretched-down-the-columns: You took minimum and maximum pixel by pixel, over the classes; they are
needed class by class, over the pixels.
    - W.min(axis=1, keepdims=True), W.max(axis=1, keepdims=True)
    + W.min(axis=0), W.max(axis=0)

cut-instead-of-rounded: Turning floats into uint8 cuts their fraction off: round before you convert.
    - return np.rint(255 * (W - low) / span)
    + # A millionth more, so that 255 does not become 254.
    + return (255 * (W - low) / span + 1e-6)

clipped: You clipped the weights to 0..255; weights are small and often negative, so first stretch
each row over that range.
    - 255 * (W - low) / span
    + np.clip(W, 0, 255)

zero-in-the-middle: You made weight 0 the middle grey and scaled by the largest size; here the
smallest weight becomes 0 and the largest 255, wherever 0 lies.
    - 255 * (W - low) / span
    + 127.5 + 127.5 * W / np.maximum(high, -low)

channels-each-alone: You stretched every colour channel by itself, which changes the colours; one
minimum and one maximum serve the whole row.
    n = image_shape[-1]
    return np.stack([reference(W[:, c::n], image_shape[:-1]) for c in range(n)], axis=-1)

channels-first: You read a row as three whole channels one after the other; images_to_rows put the
pixels down row by row, the three colours of a pixel side by side.
    images = reference(W, (*image_shape[2:], *image_shape[:2]))
    return np.moveaxis(images, 1, -1) if len(image_shape) == 3 else images

number-added-to-the-range: You added a small number to the range against a division by zero. Beside
weights that differ by millionths it is not small: divide by the range itself, where it is not 0.
    - (W - low) / span
    + (W - low) / (high - low + 1e-7)

larger-number-added-to-the-range: You added a small number to the range against a division by zero.
Beside weights that differ by millionths it is large: divide by the range itself, where it is not 0.
    - (W - low) / span
    + (W - low) / (high - low + 1e-6)

number-of-1e-8-added-to-the-range: You added 1e-8 to the range against a division by zero. Beside
weights that differ by millionths it shows: divide by the range itself, where it is not 0.
    - (W - low) / span
    + (W - low) / (high - low + 1e-8)

divided-by-the-largest: You subtracted the smallest weight, but then divided by the old largest one:
the new largest is smaller by just what you subtracted.
    - (W - low) / span
    + (W - low) / np.where(high == low, 1, high)

small-range-taken-for-constant: You took weights that differ by little for equal ones: only a row
whose largest weight is its smallest has nothing to stretch.
    - high > low,
    + high - low > 1e-3 / 2,

equal-weights-not-black: A row whose weights are all equal has nothing to stretch; it must become
all zeros.
    - 255 * (W - low) / span
    + np.where(high > low, 255 * (W - low) / span, 128)

left-as-floats: The numbers run from 0 to 255, but they are still floats; an image is uint8.
    - .astype(np.uint8)

cut: Turning floats into uint8 cuts their fraction off: round before you convert.
    - np.rint(255 * (W - low) / span)
    + (255 * (W - low) / span)

cut-in-another-order: Turning floats into uint8 cuts their fraction off: round before you convert.
    - np.rint(255 * (W - low) / span)
    + (255 * ((W - low) / span))

times-256: You stretched to 256; a uint8 holds 0 to 255, so the largest weight has to become 255.
    - np.rint(255 * (W - low) / span)
    + (np.rint(256 * (W - low) / span).astype(np.int64) % 256)

times-256-cut: You stretched to 256 and limited the numbers to 255 afterwards; the largest weight
has to become 255 by the stretch itself.
    - np.rint(255 * (W - low) / span)
    + np.minimum(np.rint(256 * (W - low) / span), 255)

times-255-of-256: You stretched to 256 and cut the fractions off: the largest weight has to become
255, and each number is rounded.
    - np.rint(255 * (W - low) / span)
    + np.minimum(256 * (W - low) / span, 255)

smallest-left-in: You divided by the largest weight and did not subtract the smallest first; it has
to become 0.
    - 255 * (W - low) / span
    + np.clip(255 * W / np.where(high > 0, high, 1), 0, 255) * (high > low)

sizes-of-weights: You took the weights without their signs; the most negative one is the smallest
and becomes 0.
    return reference(np.abs(W), image_shape)

last-class-left-out: The last class has no image: does your loop end one class early?
    images = reference(W, image_shape)
    images[-1] = 0
    return images

order-of-fortran: You laid each row out with the first axis fastest (order="F"); images_to_rows put
the pixels down row by row, the three colours of a pixel side by side.
    rows = reference(W, (W.shape[1],))
    return np.array([row.reshape(image_shape, order="F") for row in rows])

turned-round: Your largest weight became 0 and the smallest 255; it is the other way round.
    return reference(-W, image_shape)

black-and-white: You rounded the weights while they ran from 0 to 1, so that nothing between black
and white is left: stretch them to 255 first.
    - np.rint(255 * (W - low) / span)
    + (255 * np.rint((W - low) / span))

largest-alone-not-black: You turned the weights into integers while they ran from 0 to 1, so that
all but the largest became 0: stretch them to 255 first, and round.
    - np.rint(255 * (W - low) / span)
    + (255 * np.floor((W - low) / span))

equal-weights-white: A row whose weights are all equal has nothing to stretch; it must become all
zeros.
    images = reference(W, image_shape)
    images[W.max(axis=1) == W.min(axis=1)] = 255
    return images
""")
