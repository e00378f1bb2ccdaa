"""occlude: something stands in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out, with_keywords
from solutions.shared.images import draw_image

exercise = ExerciseDefinition(points=3)


@exercise.reference
def occlude(
    image: np.ndarray, top: int, left: int, height: int, width: int, value: int = 0
) -> np.ndarray:
    """Cover a rectangle of an image with one number, as something standing in front would.

    Args:
        image: (H, W, 3) uint8; it must not change.
        top, left: row and column of the rectangle's first pixel, which may lie outside the
            image; above it or to its left they are negative.
        height, width: its size in pixels.
        value: the number that every channel of a covered pixel gets.

    Returns:
        (H, W, 3) uint8: a copy in which the part of the rectangle that is inside the image is
        filled with value. A rectangle entirely outside covers nothing.
    """
    covered = image.copy()
    bottom, right = max(top + height, 0), max(left + width, 0)
    covered[max(top, 0) : bottom, max(left, 0) : right] = value
    return covered


exercise.scenario()(in_other_layouts)
exercise.scenario()(with_keywords)


@exercise.scenario()
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
    place = {"top": top, "left": left, "height": height, "width": width}
    return {"image": image, **place, "value": value}


def draw_inside(rng: np.random.Generator) -> dict[str, Any]:
    """A rectangle inside the image whose four numbers are all different."""
    top, left = rng.permutation([1, 5])
    height, width = rng.permutation([2, 3, 4, 6])[:2]
    return draw_cover(rng, int(top), int(left), int(height), int(width))


@exercise.cases
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


@exercise.hidden_cases
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
    ends = 255 * draw_image(rng, 11, 14, 0, 1)
    yield Case("value 0, on black and white", draw_inside(rng) | {"image": ends, "value": 0}, True)
    yield Case("value 1", draw_inside(rng) | {"value": 1}, edge=True)
    yield Case("value 255", draw_inside(rng) | {"value": 255}, edge=True)
    given = draw_inside(rng)
    named = {"value": given.pop("value")}
    yield Case(
        "value by its name", {"given": given, "named": named}, edge=True, scenario="with_keywords"
    )
    tiny = draw_cover(rng, 0, 0, 1, 1) | {"image": draw_image(rng, 1, 1)}
    yield Case("an image of a single pixel", tiny, edge=True)
    yield laid_out(**draw_inside(rng))


exercise.wrong_ways("""
in-place: The result is right, but you painted on the caller's image: paint on a copy.
    - image.copy()
    + image

negative-counts-from-the-end: A negative number in a slice counts from the far end, so a rectangle
that begins above or left of the image went astray: start it at 0.
    - bottom, right = max(top + height, 0), max(left + width, 0)
    - covered[max(top, 0) : bottom, max(left, 0) : right] = value
    + covered[top : top + height, left : left + width] = value

end-not-clipped: You limited the rectangle's start, but its end may be negative as well, and then
the slice reaches nearly to the far end of the image.
    - max(top + height, 0), max(left + width, 0)
    + top + height, left + width

pushed-inside: You moved the rectangle into the image and kept its size; the part that is outside is
cut off, so less of the image is covered.
    return reference(image, max(top, 0), max(left, 0), height, width, value)

left-first: You used `left` for the rows and `top` for the columns: an image is indexed row first.
    return reference(image, left, top, width, height, value)

size-as-end: You used height and width as the last row and column to cover; they are the rectangle's
size.
    return reference(image, top, left, height - top, width - left, value)

always-black: You filled with 0 whatever `value` says; 0 is only its default, for callers who give
none.
    return reference(image, top, left, height, width)

red-only: You filled one channel only; a covered pixel has the value in all three.
    - : right]
    + : right, 0]

left-first-in-the-start: You used `left` for the rows and `top` for the columns: an image is indexed
row first.
    return reference(image, left, top, height, width, value)

sizes-swapped: You covered `width` rows and `height` columns: height says how many rows the
rectangle has.
    return reference(image, top, left, width, height, value)

all-but-the-rectangle: You covered everything but the rectangle; it is the rectangle that gets
`value`.
    covered = reference(image, top, left, height, width, value)
    covered[...] = value
    bottom, right = max(top + height, 0), max(left + width, 0)
    inside = slice(max(top, 0), bottom), slice(max(left, 0), right)
    covered[inside] = image[inside]
    return covered

one-more: You covered a row and a column too many: a slice `a:b` has b - a entries, since b itself
is left out.
    return reference(image, top, left, height + 1, width + 1, value)

left-out-of-the-image: A rectangle that does not lie inside the image as a whole is not painted at
all here; the part of it that is inside is covered.
    inside = top >= 0 and left >= 0
    inside &= top + height <= image.shape[0] and left + width <= image.shape[1]
    return reference(image, top, left, height, width, value) if inside else image.copy()

value-added: You added `value` to what is there; a covered pixel has `value` itself.
    covered = image.astype(np.int64)
    bottom, right = max(top + height, 0), max(left + width, 0)
    covered[max(top, 0) : bottom, max(left, 0) : right] += value
    return np.minimum(covered, 255).astype(np.uint8)

ends-before-the-last: Where the rectangle reaches the image's last row or column, yours ends before
it: a slice `a:b` leaves b out, so b may be as large as the height or the width.
    - max(top + height, 0), max(left + width, 0)
    + np.clip([top + height, left + width], 0, np.subtract(image.shape[:2], 1))

height-and-width-of-the-image-swapped: You limited the rows by the width of the image and the
columns by its height: image.shape begins with the height.
    covered = reference(image, top, left, height, width, value)
    rows, columns = image.shape[:2]
    covered[columns:], covered[:, rows:] = image[columns:], image[:, rows:]
    return covered
""")
