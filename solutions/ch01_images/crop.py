"""crop: a rectangle cut out of an image."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.images import draw_image, draw_size

exercise = ExerciseDefinition(points=2)


@exercise.reference
def crop(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    """Cut a rectangle out of an image, as an image of its own.

    Args:
        image: (H, W, 3) uint8.
        top, left: row and column of the rectangle's first pixel.
        height, width: its size in pixels; the rectangle lies inside the image.

    Returns:
        (height, width, 3) uint8: a copy, so that changing it later does not change the image.
    """
    return image[top : top + height, left : left + width].copy()


exercise.scenario()(in_other_layouts)


@exercise.scenario()
def written_over(
    crop: Callable[..., np.ndarray],
    image: np.ndarray, top: int, left: int, height: int, width: int,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    piece = crop(image, top, left, height, width)
    as_it_came = piece.copy()
    piece[...] = 0
    return as_it_came, image


def draw_crop(rng: np.random.Generator) -> dict[str, Any]:
    """An image and a rectangle well inside it, whose four numbers are all different."""
    size = rng.permutation([2, 3, 4, 5])
    top, left = rng.permutation([1, 6])
    return {
        "image": draw_image(rng, 13, 12, 1, 255),
        "top": int(top),
        "left": int(left),
        "height": int(size[0]),
        "width": int(size[1]),
    }


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a rectangle inside an image", draw_crop(rng))
    yield Case("another rectangle", draw_crop(rng))
    image = draw_image(rng, *draw_size(rng), 1, 255)
    corner = {"image": image, "top": 3, "left": 2}
    corner |= {"height": image.shape[0] - 3, "width": image.shape[1] - 2}
    yield Case("a rectangle down to the last row and column", corner)
    yield Case(
        "the crop is a copy: painting it black leaves the image alone",
        draw_crop(rng), edge=True, scenario="written_over",
    )  # fmt: skip
    image = draw_image(rng, *draw_size(rng), 1, 255)
    whole = {"image": image, "top": 0, "left": 0}
    whole |= {"height": image.shape[0], "width": image.shape[1]}
    yield Case("the whole image, as a copy too", whole, edge=True, scenario="written_over")


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    image = draw_image(rng, *draw_size(rng))
    row, column = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    one = {"image": image, "top": row, "left": column, "height": 1, "width": 1}
    yield Case("a single pixel", one, edge=True)
    strip = {"image": image, "top": row, "left": 0, "height": 1, "width": image.shape[1]}
    yield Case("a whole row", strip, edge=True)
    low, high = np.zeros((6, 7, 3), dtype=np.uint8), np.full((6, 7, 3), 255, dtype=np.uint8)
    ends = np.where(rng.random((6, 7, 1)) < 0.5, low, high)
    yield Case(
        "numbers 0 and 255",
        {"image": ends, "top": 2, "left": 1, "height": 3, "width": 5},
        edge=True,
    )
    yield laid_out(**draw_crop(rng))


exercise.wrong_ways("""
size-as-end: You used height and width as the rectangle's last row and column; they are its size, so
the end is the start plus the size.
    - top + height, left : left + width
    + height, left : width

left-first: You used `left` for the rows: the first axis counts rows, and `top` is a row.
    return reference(image, left, top, width, height)

one-more: Your crop has a row and a column too many: a slice `a:b` has b - a entries, since b itself
is left out.
    return reference(image, top, left, height + 1, width + 1)

rows-only: You cut the rows but kept every column: a second slice, after a comma, cuts the columns.
    - , left : left + width]
    + ]

copy-only-if-needed: Here your result still shares its numbers with the image, so painting it paints
the image: some ways to make an array copy only when they must.
    return np.ascontiguousarray(image[top : top + height, left : left + width])

view: A slice alone is a window onto the image, not a copy: painting it paints the image.
    - .copy()

left-first-in-the-start: You used `left` for the rows and `top` for the columns: the first axis
counts rows, and `top` is a row.
    return reference(image, left, top, height, width)

sizes-swapped: You cut `width` rows and `height` columns: the first axis counts rows, and height is
how many of them the rectangle has.
    return reference(image, top, left, width, height)

one-less: Your crop lacks a row and a column: a slice `a:b` leaves b itself out already, so nothing
is taken off the end.
    return reference(image, top, left, height - 1, width - 1)

size-of-the-image: Your result is as large as the image, with the rest painted over; a crop is as
large as the rectangle.
    cut = np.zeros_like(image)
    cut[top : top + height, left : left + width] = reference(image, top, left, height, width)
    return cut

columns-only: You cut the columns but kept every row: the first slice, before the comma, cuts the
rows.
    - top : top + height, left
    + :, left

around-the-point: You took top and left for the middle of the rectangle; they are its first row and
column.
    row, column = max(top - height // 2, 0), max(left - width // 2, 0)
    return reference(image, row, column, height, width)
""")
