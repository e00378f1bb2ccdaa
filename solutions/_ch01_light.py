"""Chapter 01, second part: arithmetic on the numbers of an image."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch01_common import PARTS, chapter, draw_image, draw_size


@chapter.exercise(points=1)
def to_grayscale(image: np.ndarray) -> np.ndarray:
    """Turn a colour image into a grey one: one number per pixel, as bright as the pixel looks.

    Args:
        image: (H, W, 3) uint8.

    Returns:
        (H, W) float64, not rounded: 0.299 * red + 0.587 * green + 0.114 * blue.

    The weights are those of television (ITU-R BT.601): the eye sees most with green.
    """
    return image @ np.array([0.299, 0.587, 0.114])


@chapter.cases(to_grayscale)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("an image of any colours", {"image": draw_image(rng, *draw_size(rng))})
    yield Case("a bright image", {"image": draw_image(rng, *draw_size(rng), 150, 255)})
    primary = np.zeros((1, 3, 3), dtype=np.uint8)
    primary[0, range(3), range(3)] = rng.choice(np.arange(100, 256), 3, replace=False)
    yield Case("a red, a green and a blue pixel", {"image": primary}, edge=True)


@chapter.hidden_cases(to_grayscale)
def _(rng: np.random.Generator) -> Iterator[Case]:
    white = np.full((*draw_size(rng), 3), 255, dtype=np.uint8)
    yield Case("a white image", {"image": white}, edge=True)
    yield Case("an image of 3 x 3 pixels", {"image": draw_image(rng, 3, 3)}, edge=True)


@chapter.misconception(
    to_grayscale, "plain-mean",
    "You took the plain mean of the three channels; the eye does not, so each has its own weight.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return image.mean(axis=2)


@chapter.misconception(
    to_grayscale, "blue-first",
    "You gave red the weight of blue and blue the weight of red: channel 0 is red.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return to_grayscale(image[:, :, ::-1])


@chapter.misconception(
    to_grayscale, "sum-wraps",
    "You added channels as uint8, and their sum wrapped around at 256: weigh each one first, "
    "which makes it a float.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return (image[:, :, 0] + image[:, :, 1] + image[:, :, 2]) / 3


@chapter.misconception(
    to_grayscale, "whole-numbers",
    "You made whole numbers of the result; it is asked for as it comes, in float64.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return np.round(to_grayscale(image)).astype(np.uint8)


@chapter.misconception(
    to_grayscale, "cut",
    "You cut off the fractions: the result is a float64 array, so it can keep them.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return np.floor(to_grayscale(image))


@chapter.misconception(
    to_grayscale, "still-three",
    "You weighted the channels but did not add them up: grey is one number per pixel.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return image * np.array([0.299, 0.587, 0.114])


@chapter.misconception(
    to_grayscale, "zero-to-one",
    "You divided by 255; the grey values stay between 0 and 255.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return to_grayscale(image) / 255


@chapter.variant(to_grayscale, "channel by channel")
def _(image: np.ndarray) -> np.ndarray:
    red, green, blue = image[..., 0], image[..., 1], image[..., 2]
    return 0.299 * red + 0.587 * green + 0.114 * blue


@chapter.variant(to_grayscale, "pixel by pixel")
def _(image: np.ndarray) -> np.ndarray:
    height, width = image.shape[:2]
    grey = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            for channel, weight in enumerate((0.299, 0.587, 0.114)):
                grey[row, column] += weight * float(image[row, column, channel])
    return grey


@chapter.variant(to_grayscale, "einsum")
def _(image: np.ndarray) -> np.ndarray:
    weights = np.array([299, 587, 114])
    return np.einsum("hwc,c->hw", image.astype(np.float64), weights) / 1000


@chapter.exercise(points=3)
def change_brightness(image: np.ndarray, factor: float) -> np.ndarray:
    """Multiply every number of an image by a factor, as stronger or weaker light would.

    Args:
        image: (H, W, 3) uint8; it stays as it is.
        factor: any number, an int or a float, also a negative one: 1 changes nothing, 2 doubles.

    Returns:
        (H, W, 3) uint8: factor * image, rounded to the nearest integer; what is then below 0
        becomes 0 and what is above 255 becomes 255.
    """
    brighter = np.round(image.astype(np.float64) * factor)
    return np.clip(brighter, 0, 255).astype(np.uint8)


def draw_factor(rng: np.random.Generator, low: float, high: float) -> float:
    """A factor between low and high that never makes an exact half of a whole number."""
    return float(rng.integers(int(low * PARTS) + 1, int(high * PARTS))) / PARTS


@chapter.cases(change_brightness)
def _(rng: np.random.Generator) -> Iterator[Case]:
    image = draw_image(rng, *draw_size(rng))
    yield Case(
        "brighter, so that some numbers would pass 255",
        {"image": image, "factor": draw_factor(rng, 1.3, 1.9)},
    )
    image = draw_image(rng, *draw_size(rng))
    yield Case("darker", {"image": image, "factor": draw_factor(rng, 0.3, 0.7)})
    # Even numbers alone: half as much again of each is whole.
    ramp = np.array([[[0, 2, 50], [100, 126, 128], [170, 200, 254]]], dtype=np.uint8)
    yield Case("three pixels, with 200 among their numbers, times 1.5",
               {"image": ramp, "factor": 1.5})  # fmt: skip
    image = draw_image(rng, *draw_size(rng))
    yield Case("factor 2, an int", {"image": image, "factor": 2}, edge=True)
    image = draw_image(rng, *draw_size(rng), 1, 255)
    negative = -draw_factor(rng, 0.3, 0.9)
    yield Case("a negative factor", {"image": image, "factor": negative}, edge=True)


@chapter.hidden_cases(change_brightness)
def _(rng: np.random.Generator) -> Iterator[Case]:
    def case(label: str, factor: float) -> Case:
        image = draw_image(rng, *draw_size(rng), 1, 255)
        return Case(label, {"image": image, "factor": factor}, edge=True)

    yield case("factor 1 changes nothing", 1.0)
    yield case("factor 0", 0)
    yield case("another int factor", int(rng.integers(3, 9)))
    yield case("an int factor beyond 255", int(rng.integers(300, 500)))
    yield case("a negative int factor", -int(rng.integers(1, 5)))
    yield case("a factor in the thousands", draw_factor(rng, 2000, 3000))


@chapter.misconception(
    change_brightness, "wraps-below-zero",
    "Numbers below 0 wrapped around: -50 became 206. Limit the numbers at both ends.",
)  # fmt: skip
def _(image: np.ndarray, factor: float) -> np.ndarray:
    product = np.minimum(np.round(image.astype(np.float64) * factor), 255)
    return product.astype(np.int64).astype(np.uint8)


@chapter.misconception(
    change_brightness, "uint8-product",
    "Here the product itself wrapped around, since uint8 times int stays uint8, and limiting it "
    "comes too late: leave uint8 before you multiply.",
)  # fmt: skip
def _(image: np.ndarray, factor: float) -> np.ndarray:
    return np.clip(np.round(image * factor), 0, 255).astype(np.uint8)


@chapter.misconception(
    change_brightness, "wraps",
    "Numbers beyond 255 wrapped around: 300 became 44. Limit them to 0 .. 255 before the result "
    "becomes uint8 again.",
)  # fmt: skip
def _(image: np.ndarray, factor: float) -> np.ndarray:
    return np.round(image.astype(np.float64) * factor).astype(np.int64).astype(np.uint8)


@chapter.misconception(
    change_brightness, "fractions-cut",
    "You cut fractions off: turning a float into uint8 does not round, so 99.9 becomes 99.",
)  # fmt: skip
def _(image: np.ndarray, factor: float) -> np.ndarray:
    return np.clip(image.astype(np.float64) * factor, 0, 255).astype(np.uint8)


@chapter.misconception(
    change_brightness, "stays-float",
    "The numbers are right, but they are floats: an image is uint8 again in the end.",
)  # fmt: skip
def _(image: np.ndarray, factor: float) -> np.ndarray:
    return np.clip(np.round(image.astype(np.float64) * factor), 0, 255)


@chapter.misconception(
    change_brightness, "adds",
    "You added the same amount everywhere; a factor multiplies, so dark pixels gain less.",
)  # fmt: skip
def _(image: np.ndarray, factor: float) -> np.ndarray:
    moved = image.astype(np.float64) + 255 * (factor - 1)
    return np.clip(np.round(moved), 0, 255).astype(np.uint8)


@chapter.misconception(
    change_brightness, "stretches",
    "You scaled the result so that its largest number is 255; what passes 255 is cut to 255, and "
    "the rest stays where the factor put it.",
)  # fmt: skip
def _(image: np.ndarray, factor: float) -> np.ndarray:
    product = image.astype(np.float64) * factor
    largest = np.abs(product).max()
    scaled = np.round(np.abs(product) * 255 / largest if largest > 0 else product)
    return scaled.astype(np.uint8)


@chapter.misconception(
    change_brightness, "in-place",
    "The result is right, but you wrote it into the caller's image: make a new one.",
)  # fmt: skip
def _(image: np.ndarray, factor: float) -> np.ndarray:
    image[:] = change_brightness(image, factor)
    return image


@chapter.variant(change_brightness, "number by number")
def _(image: np.ndarray, factor: float) -> np.ndarray:
    result = np.zeros_like(image)
    for index in np.ndindex(image.shape):
        value = round(int(image[index]) * factor)
        result[index] = min(max(value, 0), 255)
    return result


@chapter.variant(change_brightness, "a table of 256 answers")
def _(image: np.ndarray, factor: float) -> np.ndarray:
    table = np.rint(np.arange(256) * factor)
    table[table < 0], table[table > 255] = 0, 255
    return table.astype(np.uint8)[image]


@chapter.variant(change_brightness, "where it is too large, where it is too small")
def _(image: np.ndarray, factor: float) -> np.ndarray:
    product = image * float(factor)
    product = np.where(product > 255, 255, np.where(product < 0, 0, product))
    return np.floor(product + 0.5).astype("uint8")


@chapter.variant(change_brightness, "single precision")
def _(image: np.ndarray, factor: float) -> np.ndarray:
    product = np.multiply(image, factor, dtype=np.float32)
    return product.round().clip(0, 255).astype(np.uint8)
