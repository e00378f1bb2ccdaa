"""flip_horizontal: the mirror image."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.images import draw_image

# The worked example of the chapter: 2 rows of 3 pixels.
TINY = np.array(
    [
        [[255, 0, 0], [255, 255, 255], [0, 0, 255]],
        [[0, 0, 0], [128, 128, 128], [255, 255, 0]],
    ],
    dtype=np.uint8,
)

exercise = ExerciseDefinition(points=1)


@exercise.reference
def flip_horizontal(image: np.ndarray) -> np.ndarray:
    """Mirror an image left to right, as a looking glass does.

    Args:
        image: (H, W, 3) uint8; it must not change.

    Returns:
        (H, W, 3) uint8: its pixel in row r, column c is the image's in row r, column W - 1 - c.
    """
    return image[:, ::-1]


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("2 rows of 3 pixels", {"image": TINY})
    odd, even = 2 * int(rng.integers(2, 5)) + 1, 2 * int(rng.integers(2, 5))
    yield Case("an image with an even number of columns", {"image": draw_image(rng, odd, even)})
    yield Case("an image with an odd number of columns", {"image": draw_image(rng, even, odd)})
    yield Case("a square image", {"image": draw_image(rng, odd, odd)})


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    size = int(rng.integers(3, 8))
    yield Case("a single column", {"image": draw_image(rng, size, 1)}, edge=True)
    yield Case("a single row", {"image": draw_image(rng, 1, size)}, edge=True)
    yield laid_out(image=draw_image(rng, 4, size))


exercise.wrong_ways("""
upside-down: You reversed the rows, which turns the image upside down: left and right are columns.
    return image[::-1]

half-turn: You reversed the rows as well as the columns: that is the image turned by 180 degrees.
    return image[::-1, ::-1]

channels-too: You reversed the channels too, so red became blue: a pixel moves, its colour stays.
    return image[:, ::-1, ::-1]

channels-instead: You reversed the last axis, the channels: no pixel moved, and red became blue.
    return image[..., ::-1]

everything-reversed: You reversed all three axes: the image stands on its head and red became blue.
Reverse the columns alone.
    return image[::-1, ::-1, ::-1]

transposed: You swapped rows and columns, which mirrors the image along its diagonal: a mirror image
has the rows that it had, each read from right to left.
    return image.transpose(1, 0, 2)

overwritten: You wrote into the array that you still read from: past the middle it holds only what
you put there yourself.
    mirrored = image.copy()
    for column in range(image.shape[1]):
        mirrored[:, column] = mirrored[:, -1 - column]
    return mirrored

in-place: The mirror image is right, but it took the place of the original: the caller's image
changed.
    image[:] = image[:, ::-1].copy()
    return image

first-column-lost: Your columns are counted one too far, and one of them stays empty: the last
column is W - 1, so column c comes from W - 1 - c.
    mirrored = np.zeros_like(image)
    for column in range(1, image.shape[1]):
        mirrored[:, column] = image[:, image.shape[1] - column]
    return mirrored

one-too-far: Your columns are counted one too far, so that the first stays where it is: column c
comes from W - 1 - c, since the last column is W - 1.
    return image[:, -np.arange(image.shape[1])]

last-column-left-out: Your last column is empty: does your loop end one column early?
    mirrored = np.zeros_like(image)
    mirrored[:, :-1] = image[:, :0:-1]
    return mirrored

a-column-short: Your image has lost a column: a slice `a:0:-1` or `a:-1` leaves its end out. Leave
out the end to go all the way.
    return image[:, :0:-1]

shifted: You shifted the columns, and those that left on one side came back on the other; each row
is to be read from right to left.
    return np.roll(image, image.shape[1] // 2, axis=1)
""")
