"""Chapter 01, third part: one thing in front of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch01_common import PARTS, chapter, draw_image, draw_size


@chapter.exercise(points=3)
def occlude(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    """Cover a rectangle of an image with one number, as something standing in front would.

    Args:
        image: (H, W, 3) uint8; it stays as it is.
        top, left: row and column of the rectangle's first pixel; may lie outside the image,
            also above it or to its left, where they are negative.
        height, width: its size in pixels.
        value: the number that every channel of a covered pixel gets.

    Returns:
        (H, W, 3) uint8: a copy in which the part of the rectangle that is inside the image is
        filled with value. A rectangle that is wholly outside covers nothing.
    """
    covered = image.copy()
    bottom, right = max(top + height, 0), max(left + width, 0)
    covered[max(top, 0) : bottom, max(left, 0) : right] = value
    return covered


@chapter.scenario(occlude)
def written_over(
    occlude: Callable[..., np.ndarray],
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    covered = occlude(image, top, left, height, width, value)
    as_it_came = covered.copy()
    covered[...] = 0
    return as_it_came, image


def draw_cover(
    rng: np.random.Generator, top: int, left: int, height: int, width: int
) -> dict[str, Any]:
    """Inputs for a rectangle over an image of 11 x 14 pixels, and a value that it lacks."""
    image = draw_image(rng, 11, 14, 1, 180)
    value = int(rng.integers(181, 256))
    return {
        "image": image, "top": top, "left": left, "height": height, "width": width, "value": value
    }  # fmt: skip


def draw_inside(rng: np.random.Generator) -> dict[str, Any]:
    """A rectangle inside the image whose four numbers are all different."""
    top, left = rng.permutation([1, 5])
    height, width = rng.permutation([2, 3, 4, 6])[:2]
    return draw_cover(rng, int(top), int(left), int(height), int(width))


@chapter.cases(occlude)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a rectangle inside the image", draw_inside(rng))
    black = draw_inside(rng)
    del black["value"]
    yield Case("without a value: black", black)
    past = draw_cover(rng, int(rng.integers(6, 9)), int(rng.integers(9, 12)), 7, 8)
    yield Case("a rectangle that reaches past the lower right corner", past, edge=True)
    before = draw_cover(rng, -int(rng.integers(1, 4)), -int(rng.integers(1, 4)), 5, 6)
    yield Case("a rectangle that begins above and left of the image", before, edge=True)
    above = draw_cover(rng, -int(rng.integers(5, 8)), 2, 3, 4)
    yield Case("a rectangle wholly above the image", above, edge=True)
    yield Case(
        "the result is a copy: painting it leaves the image alone",
        draw_inside(rng), edge=True, scenario="written_over",
    )  # fmt: skip


@chapter.hidden_cases(occlude)
def _(rng: np.random.Generator) -> Iterator[Case]:
    left_of = draw_cover(rng, 3, -int(rng.integers(6, 9)), 4, 5)
    yield Case("a rectangle wholly to the left of the image", left_of, edge=True)
    far = draw_cover(rng, 2, -int(rng.integers(40, 60)), 4, 8)
    yield Case("a rectangle far to the left of the image", far, edge=True)
    right_of = draw_cover(rng, 3, int(rng.integers(14, 20)), 4, 5)
    yield Case("a rectangle wholly to the right of the image", right_of, edge=True)
    yield Case("a rectangle larger than the image", draw_cover(rng, -3, -2, 30, 40), edge=True)
    touching = draw_cover(rng, -4, 2, 4, 5)
    yield Case("a rectangle that ends where the image begins", touching, edge=True)
    yield Case("a single pixel", draw_cover(rng, 4, 7, 1, 1), edge=True)
    yield Case(
        "outside the image, the result is a copy too",
        draw_cover(rng, 11, 2, 3, 4), edge=True, scenario="written_over",
    )  # fmt: skip


@chapter.misconception(
    occlude, "in-place",
    "The result is right, but you painted on the caller's image: paint on a copy.",
)  # fmt: skip
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    image[:] = occlude(image, top, left, height, width, value)
    return image


@chapter.misconception(
    occlude, "negative-counts-from-the-end",
    "A negative number in a slice counts from the far end, so a rectangle that begins above or "
    "left of the image went astray: start it at 0.",
)  # fmt: skip
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    covered = image.copy()
    covered[top : top + height, left : left + width] = value
    return covered


@chapter.misconception(
    occlude, "end-not-clipped",
    "You limited the rectangle's start, but its end may be negative as well, and then the slice "
    "reaches nearly to the far end of the image.",
)  # fmt: skip
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    covered = image.copy()
    covered[max(top, 0) : top + height, max(left, 0) : left + width] = value
    return covered


@chapter.misconception(
    occlude, "pushed-inside",
    "You moved the rectangle into the image and kept its size; the part that is outside is cut "
    "off, so less of the image is covered.",
)  # fmt: skip
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    covered = image.copy()
    top, left = max(top, 0), max(left, 0)
    covered[top : top + height, left : left + width] = value
    return covered


@chapter.misconception(
    occlude, "left-first",
    "You used `left` for the rows and `top` for the columns: an image is indexed row first.",
)  # fmt: skip
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    return occlude(image, left, top, width, height, value)


@chapter.misconception(
    occlude, "size-as-end",
    "You used height and width as the last row and column to cover; they are the rectangle's size.",
)  # fmt: skip
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    return occlude(image, top, left, height - top, width - left, value)


@chapter.misconception(
    occlude, "always-black",
    "You filled with 0 whatever `value` says; 0 is only what it is where the caller gives none.",
)  # fmt: skip
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    return occlude(image, top, left, height, width)


@chapter.misconception(
    occlude, "red-only",
    "You filled one channel only; a covered pixel has the value in all three.",
)  # fmt: skip
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    covered = image.copy()
    covered[..., 0] = occlude(image, top, left, height, width, value)[..., 0]
    return covered


@chapter.variant(occlude, "pixel by pixel")
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    covered = np.array(image)
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            if top <= row < top + height and left <= column < left + width:
                covered[row, column] = value
    return covered


@chapter.variant(occlude, "a mask of rows and columns")
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    rows, columns = np.ogrid[: image.shape[0], : image.shape[1]]
    inside = (rows >= top) & (rows < top + height) & (columns >= left) & (columns < left + width)
    return np.where(inside[:, :, None], np.uint8(value), image)


@chapter.variant(occlude, "painted on a larger canvas")
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    tall, wide = image.shape[:2]
    margin = abs(top) + abs(left) + height + width
    canvas = np.pad(image, [(margin, margin), (margin, margin), (0, 0)])
    canvas[margin + top : margin + top + height, margin + left : margin + left + width] = value
    return canvas[margin : margin + tall, margin : margin + wide]


@chapter.variant(occlude, "clipped with NumPy")
def _(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    first_row, end_row = np.clip([top, top + height], 0, image.shape[0])
    first_column, end_column = np.clip([left, left + width], 0, image.shape[1])
    covered = image.copy()
    covered[first_row:end_row, first_column:end_column].fill(value)
    return covered


@chapter.exercise(points=3)
def composite(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    """Put a foreground in front of a background, mixed pixel by pixel.

    Args:
        foreground: (H, W, 3) uint8.
        alpha: (H, W) float64 in 0..1: how much of each pixel is foreground.
        background: (H, W, 3) uint8.

    Returns:
        (H, W, 3) uint8: alpha * foreground + (1 - alpha) * background, with the same alpha for
        the three channels of a pixel, rounded to the nearest integer.
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


@chapter.cases(composite)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("two images mixed", draw_layers(rng, draw_size(rng)))
    yield Case("two other images mixed", draw_layers(rng, draw_size(rng)))
    cut_out = draw_layers(rng, draw_size(rng), steps=1)
    yield Case("a cut-out: alpha is 0 or 1", cut_out, edge=True)
    bright = draw_layers(rng, draw_size(rng))
    bright["foreground"] = draw_image(rng, *bright["alpha"].shape, 200, 255)  # type: ignore[call-arg]
    bright["background"] = draw_image(rng, *bright["alpha"].shape, 200, 255)  # type: ignore[call-arg]
    yield Case("two bright images", bright, edge=True)


@chapter.hidden_cases(composite)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("an image of 3 x 3 pixels", draw_layers(rng, (3, 3)), edge=True)
    yield Case("a single row", draw_layers(rng, (1, int(rng.integers(4, 9)))), edge=True)
    nothing = draw_layers(rng, draw_size(rng))
    nothing["alpha"] = np.zeros(nothing["alpha"].shape)
    yield Case("alpha 0 everywhere: the background", nothing, edge=True)


@chapter.misconception(
    composite, "layers-swapped",
    "You swapped the layers: where alpha is 1 the foreground must be seen.",
)  # fmt: skip
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    return composite(background, alpha, foreground)


@chapter.misconception(
    composite, "fractions-cut",
    "You cut fractions off: turning a float into uint8 does not round, so 99.9 becomes 99.",
)  # fmt: skip
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    a = alpha[:, :, None]
    return (a * foreground + (1 - a) * background).astype(np.uint8)


@chapter.misconception(
    composite, "rounded-twice",
    "You made each layer uint8 before adding, so two roundings add up: round once, at the end.",
)  # fmt: skip
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    a = alpha[:, :, None]
    front = np.round(a * foreground).astype(np.uint8)
    return front + np.round((1 - a) * background).astype(np.uint8)


@chapter.misconception(
    composite, "all-or-nothing",
    "You took each pixel from one layer alone; where alpha is between 0 and 1 the two mix.",
)  # fmt: skip
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    return np.where(alpha[:, :, None] > 0.5, foreground, background)


@chapter.misconception(
    composite, "background-whole",
    "You added the whole background; it counts by 1 - alpha only, or the sum passes 255.",
)  # fmt: skip
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    mixed = np.round(alpha[:, :, None] * foreground + background)
    return np.clip(mixed, 0, 255).astype(np.uint8)


@chapter.misconception(
    composite, "two-axes-times-three",
    "alpha has two axes and an image three, so NumPy pairs the wrong ones when it multiplies: "
    "give alpha a third axis of length 1.",
)  # fmt: skip
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    return np.round(alpha * foreground + (1 - alpha) * background).astype(np.uint8)


@chapter.misconception(
    composite, "stays-float",
    "The numbers are those of the mixture, but as floats: an image is uint8 again in the end.",
)  # fmt: skip
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    a = alpha[:, :, None]
    return np.round(a * foreground + (1 - a) * background)


@chapter.variant(composite, "pixel by pixel")
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    mixed = np.empty(foreground.shape, dtype=np.uint8)
    for row, column, channel in np.ndindex(foreground.shape):
        a = float(alpha[row, column])
        front, back = int(foreground[row, column, channel]), int(background[row, column, channel])
        mixed[row, column, channel] = round(a * front + (1 - a) * back)
    return mixed


@chapter.variant(composite, "channel by channel")
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    layers = [
        np.rint(alpha * foreground[..., c] + (1 - alpha) * background[..., c]) for c in range(3)
    ]
    return np.stack(layers, axis=-1).astype("uint8")


@chapter.variant(composite, "from the background towards the foreground")
def _(foreground: np.ndarray, alpha: np.ndarray, background: np.ndarray) -> np.ndarray:
    front, back = foreground.astype(np.float64), background.astype(np.float64)
    back += np.einsum("hw,hwc->hwc", alpha, front - back)
    return np.clip(np.floor(back + 0.5), 0, 255).astype(np.uint8)
