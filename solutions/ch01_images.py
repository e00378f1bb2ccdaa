"""The hidden half of chapter 01: an image is an array.

Most exercises stand in parts of their own, each with its cases, misconceptions and variants; this
module puts them together and adds the last exercise and the questions.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch01_common import chapter
from solutions._ch01_layers import composite, occlude
from solutions._ch01_light import change_brightness, to_grayscale
from solutions._ch01_parts import crop, describe, flip_horizontal

__all__ = [
    "change_brightness",
    "chapter",
    "composite",
    "crop",
    "describe",
    "flip_horizontal",
    "images_to_rows",
    "occlude",
    "to_grayscale",
]


@chapter.exercise(points=1)
def images_to_rows(images: np.ndarray) -> np.ndarray:
    """Lay every image of a batch out as one row of numbers.

    Args:
        images: (N, H, W, 3) uint8.

    Returns:
        (N, H * W * 3) float64: row n holds the numbers of image n in the order in which NumPy
        prints them: pixel after pixel along the first row of the image, red, green and blue of
        each, then the second row, and so on.
    """
    return images.reshape(len(images), -1).astype(np.float64)


def draw_batch(rng: np.random.Generator, count: int) -> np.ndarray:
    """A random batch of images (count, H, W, 3) uint8 with H and W from 2 to 6, never the same."""
    height, width = rng.permutation(np.arange(2, 7))[:2]
    return rng.integers(0, 256, (count, height, width, 3), dtype=np.uint8)


@chapter.cases(images_to_rows)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a batch of images", {"images": draw_batch(rng, int(rng.integers(4, 8)))})
    yield Case("two images", {"images": draw_batch(rng, 2)})
    yield Case("a batch of one image", {"images": draw_batch(rng, 1)}, edge=True)


@chapter.hidden_cases(images_to_rows)
def _(rng: np.random.Generator) -> Iterator[Case]:
    pixels = rng.integers(0, 256, (int(rng.integers(3, 6)), 1, 1, 3), dtype=np.uint8)
    yield Case("images of a single pixel", {"images": pixels}, edge=True)
    square = rng.integers(0, 256, (3, 3, 3, 3), dtype=np.uint8)
    yield Case("3 images of 3 x 3 pixels", {"images": square}, edge=True)


@chapter.misconception(
    images_to_rows, "columns",
    "You made a column of each image; one image is one row, so the result has N rows.",
)  # fmt: skip
def _(images: np.ndarray) -> np.ndarray:
    return images_to_rows(images).T


@chapter.misconception(
    images_to_rows, "dealt-out",
    "Your columns are the images, but their numbers are mixed: `reshape` keeps the order of "
    "reading, so the first axis of its result has to be the first axis of the batch.",
)  # fmt: skip
def _(images: np.ndarray) -> np.ndarray:
    return images.reshape(-1, len(images)).astype(np.float64)


@chapter.misconception(
    images_to_rows, "channel-first",
    "You put all reds first, then all greens, then all blues; the three numbers of a pixel stay "
    "together.",
)  # fmt: skip
def _(images: np.ndarray) -> np.ndarray:
    return images_to_rows(images.transpose(0, 3, 1, 2))


@chapter.misconception(
    images_to_rows, "down-the-columns",
    "You went through each image down its columns; read it along its rows.",
)  # fmt: skip
def _(images: np.ndarray) -> np.ndarray:
    return images_to_rows(images.transpose(0, 2, 1, 3))


@chapter.misconception(
    images_to_rows, "still-uint8",
    "The rows are right but still uint8, in which 10 - 13 is 253: differences need floats.",
)  # fmt: skip
def _(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1)


@chapter.misconception(
    images_to_rows, "zero-to-one",
    "You divided by 255; the numbers stay as they are and only change their type.",
)  # fmt: skip
def _(images: np.ndarray) -> np.ndarray:
    return images_to_rows(images) / 255


@chapter.misconception(
    images_to_rows, "one-image-loses-its-row",
    "For a batch of one image the axis of the images is lost; it stays, with length 1.",
)  # fmt: skip
def _(images: np.ndarray) -> np.ndarray:
    return images_to_rows(images).squeeze()


@chapter.misconception(
    images_to_rows, "one-long-row",
    "You laid the whole batch out in one long row; every image has a row of its own.",
)  # fmt: skip
def _(images: np.ndarray) -> np.ndarray:
    return images.astype(np.float64).ravel()


@chapter.variant(images_to_rows, "one image at a time")
def _(images: np.ndarray) -> np.ndarray:
    return np.array([image.ravel() for image in images], dtype=np.float64)


@chapter.variant(images_to_rows, "number by number")
def _(images: np.ndarray) -> np.ndarray:
    count, height, width, channels = images.shape
    rows = np.zeros((count, height * width * channels))
    for n, row, column, channel in np.ndindex(images.shape):
        rows[n, (row * width + column) * channels + channel] = images[n, row, column, channel]
    return rows


@chapter.variant(images_to_rows, "nested lists")
def _(images: np.ndarray) -> np.ndarray:
    return np.array(
        [[float(v) for row in image for pixel in row for v in pixel] for image in images.tolist()]
    )


@chapter.variant(images_to_rows, "laid end to end, then cut")
def _(images: np.ndarray) -> np.ndarray:
    return np.vstack(np.split(images.astype(float).flatten(), images.shape[0]))


chapter.choice(
    "q_channel_colour",
    "Somewhere in a photograph the red channel is about 250, the green channel about 240 and the "
    "blue channel about 30. What might be in that place?",
    options={
        "a": "A ripe tomato",
        "b": "A lemon",
        "c": "The shadow under a car",
        "d": "A cloudless sky",
    },
    answer="b",
    why={
        "a": "A tomato is bright in the red channel alone; here green is as bright.",
        "b": "Much red, much green, little blue: that is yellow.",
        "c": "A shadow is dark in all three channels.",
        "d": "A blue sky is brightest in the blue channel, which is the dark one here.",
    },
)

chapter.number(
    "q_wrap_around",
    "A uint8 array holds the number 90. It is multiplied by 3 in uint8 arithmetic, so the result "
    "is uint8 too, and nobody limits it. Which number comes out?",
    answer=14,
    tolerance=0.01,
    why="3 x 90 = 270, and a uint8 keeps what is left after taking away 256: 14.",
)

chapter.number(
    "q_row_length",
    "A camera takes pictures of 480 rows and 640 columns in colour. `images_to_rows` gets a batch "
    "of 5 of them. How many **columns** does its result have?",
    answer=921600,
    tolerance=0.5,
    why="480 x 640 x 3 = 921,600 numbers make up one picture; the 5 are the rows.",
)

chapter.choices(
    "q_small_distance",
    "The L2 distance of two 32 x 32 pictures is 55, which is small: an average difference of no "
    "more than 1 per number. Which of these follow **for certain**?",
    options={
        "a": "They show things of the same class",
        "b": "No number differs by more than 55 between them",
        "c": "They are about equally bright on the whole",
        "d": "One of them is the other one shifted by a pixel",
    },
    answer={"b", "c"},
    why={
        "a": "Two classes in front of the same plain background can be this close (a).",
        "b": "One difference of more than 55 alone would make the distance larger than 55 (b).",
        "c": "If one were much brighter, many numbers would differ, and the distance be large (c).",
        "d": "A shift moves every edge by a pixel, so it makes a large distance, not a small (d).",
    },
)
