"""images_to_rows: an image is a row of numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=1)


@exercise.reference
def images_to_rows(images: np.ndarray) -> np.ndarray:
    """Lay out every image of a batch as one row of numbers.

    Args:
        images: (N, H, W, 3) uint8.

    Returns:
        (N, H * W * 3) float64: row n holds the numbers of image n in the order in which NumPy
        prints them: pixel after pixel along the first row of the image, with the red, green and
        blue of each, then the second row, and so on.
    """
    return images.reshape(len(images), -1).astype(np.float64)


def draw_batch(rng: np.random.Generator, count: int) -> np.ndarray:
    """A random batch of images (count, H, W, 3) uint8 with H and W from 2 to 6, never the same."""
    height, width = rng.permutation(np.arange(2, 7))[:2]
    return rng.integers(0, 256, (count, height, width, 3), dtype=np.uint8)


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a batch of images", {"images": draw_batch(rng, int(rng.integers(4, 8)))})
    yield Case("two images", {"images": draw_batch(rng, 2)})
    yield Case("a batch of one image", {"images": draw_batch(rng, 1)}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    pixels = rng.integers(0, 256, (int(rng.integers(3, 6)), 1, 1, 3), dtype=np.uint8)
    yield Case("images of a single pixel", {"images": pixels}, edge=True)
    square = rng.integers(0, 256, (3, 3, 3, 3), dtype=np.uint8)
    yield Case("3 images of 3 x 3 pixels", {"images": square}, edge=True)
    ends = 255 * rng.integers(0, 2, (2, 3, 4, 3), dtype=np.uint8)
    yield Case("numbers 0 and 255", {"images": ends}, edge=True)
    yield laid_out(images=draw_batch(rng, 3))


exercise.wrong_ways("""
columns: You made a column of each image; one image is one row, so the result has N rows.
    return reference(images).T

dealt-out: Your columns are the images, but their numbers are mixed: `reshape` keeps the order of
reading, so the first axis of its result has to be the first axis of the batch.
    - reshape(len(images), -1)
    + reshape(-1, len(images))

channel-first: You put all reds first, then all greens, then all blues; the three numbers of a pixel
stay together.
    return reference(images.transpose(0, 3, 1, 2))

down-the-columns: You went through each image down its columns; read it along its rows.
    return reference(images.transpose(0, 2, 1, 3))

still-uint8: The rows are right but still uint8, in which 10 - 13 is 253: differences need floats.
    - .astype(np.float64)

zero-to-one: You divided by 255; the numbers stay as they are and only change their type.
    return reference(images) / 255

one-image-loses-its-row: For a batch of one image the axis of the images is lost; it stays, with
length 1.
    return reference(images).squeeze()

one-long-row: You laid the whole batch out in one long row; every image has a row of its own.
    return images.astype(np.float64).ravel()

order-of-fortran: You read each image with its first axis fastest (order="F"); a row of the result
goes along the last axis first, so that the three numbers of a pixel stay side by side.
    return images.reshape(len(images), -1, order="F").astype(np.float64)

dealt-out-and-turned: Your rows are as many as the images, but each holds numbers of all of them:
`reshape` keeps the order of reading, so the first axis of its result has to be the first axis of
the batch.
    return images.reshape(-1, len(images)).T.astype(np.float64)

a-row-for-each-pixel: You made a row of every pixel; a row holds all pixels of one image.
    return images.reshape(-1, images.shape[-1]).astype(np.float64)

a-row-for-each-line: You made a row of every line of an image; a row holds all lines of one image.
    return images.reshape(images.shape[0] * images.shape[1], -1).astype(np.float64)

last-image-left-out: The row of the last image is empty: does your loop end one image early?
    rows = reference(images)
    rows[-1] = 0.0
    return rows

first-image-for-all: All your rows hold the first image; row n is image n.
    return np.tile(reference(images[:1]), (len(images), 1))
""")
