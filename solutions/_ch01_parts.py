"""Chapter 01, first part: what an image is, a piece of it, and its mirror image."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch01_common import TINY, chapter, draw_image, draw_size


@chapter.exercise(points=1)
def describe(image: np.ndarray) -> dict[str, object]:
    """Say what kind of array an image is.

    Args:
        image: (H, W, C), or (H, W) for a grey image; integers or floats.

    Returns:
        A dict with exactly these keys:
        "height", "width": H and W;
        "channels": C, or 1 for a grey image;
        "dtype": the name of the type of its numbers, a str such as "uint8";
        "min", "max": the smallest and the largest number in it, as a Python int
        if the image holds integers, as a float if it holds floats.
    """
    height, width = image.shape[:2]
    return {
        "height": height,
        "width": width,
        "channels": 1 if image.ndim == 2 else image.shape[2],
        "dtype": image.dtype.name,
        "min": image.min().item(),
        "max": image.max().item(),
    }


@chapter.property(
    describe,
    "The values are right, but min and max have the wrong type: an integer image needs Python "
    "ints, such as `int(...)` makes, and a float image floats.",
)
def python_numbers(inputs: Mapping[str, Any], output: Any) -> bool:
    kind = float if inputs["image"].dtype.kind == "f" else int
    return isinstance(output["min"], kind) and isinstance(output["max"], kind)


@chapter.cases(describe)
def _(rng: np.random.Generator) -> Iterator[Case]:
    colour = draw_image(rng, *draw_size(rng), 20, 230)
    yield Case("a colour image", {"image": colour})
    yield Case("a wider colour image", {"image": draw_image(rng, 4, 11, 40, 190)})
    grey = rng.integers(20, 230, draw_size(rng), dtype=np.uint8)
    yield Case("a grey image, with two axes", {"image": grey}, edge=True)
    yield Case(
        "a float image with numbers from 0 to 1",
        {"image": rng.uniform(0.05, 0.95, (*draw_size(rng), 3))},
        edge=True, properties=("python_numbers",),
    )  # fmt: skip
    yield Case(
        "min and max of a uint8 image are Python ints",
        {"image": colour}, edge=True, properties=("python_numbers",),
    )  # fmt: skip


@chapter.hidden_cases(describe)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single pixel", {"image": draw_image(rng, 1, 1, 20, 230)}, edge=True)
    signed = rng.integers(-300, 300, (*draw_size(rng), 3))
    yield Case("an image of int64 differences, some negative", {"image": signed}, edge=True)
    whole = {"image": np.floor(rng.uniform(0, 200, draw_size(rng)))}
    yield Case(
        "a grey float image of whole numbers", whole, edge=True, properties=("python_numbers",)
    )


@chapter.misconception(
    describe, "width-first",
    "You swapped height and width: the first axis of an image counts rows, from top to bottom.",
)  # fmt: skip
def _(image: np.ndarray) -> dict[str, Any]:
    said = describe(image)
    return {**said, "height": said["width"], "width": said["height"]}


@chapter.misconception(
    describe, "always-three-axes",
    "A grey image has two axes only, so there is no `shape[2]` to ask for: its channels are 1.",
)  # fmt: skip
def _(image: np.ndarray) -> dict[str, Any]:
    height, width, channels = image.shape[0], image.shape[1], image.shape[2]
    return {**describe(image), "height": height, "width": width, "channels": channels}


@chapter.misconception(
    describe, "axes-counted",
    "You counted the axes of the array; the channels are the length of its third axis.",
)  # fmt: skip
def _(image: np.ndarray) -> dict[str, Any]:
    return {**describe(image), "channels": image.ndim - 1}


@chapter.misconception(
    describe, "range-of-the-type",
    "You gave the range that the type allows; min and max are those of this image's own numbers.",
)  # fmt: skip
def _(image: np.ndarray) -> dict[str, Any]:
    return {**describe(image), "min": 0, "max": 255}


@chapter.misconception(
    describe, "dtype-object",
    "The entry dtype is the type itself; what is asked for is its name, a string.",
)  # fmt: skip
def _(image: np.ndarray) -> dict[str, Any]:
    return {**describe(image), "dtype": image.dtype}


@chapter.misconception(
    describe, "numpy-numbers",
    "min and max are NumPy numbers of the image's own type, and a uint8 goes on wrapping around "
    "in whatever you compute with it: make them Python numbers.",
)  # fmt: skip
def _(image: np.ndarray) -> dict[str, Any]:
    return {**describe(image), "min": image.min(), "max": image.max()}


@chapter.misconception(
    describe, "floats-cut",
    "You made ints of a float image's min and max, which cuts off their fractions.",
)  # fmt: skip
def _(image: np.ndarray) -> dict[str, Any]:
    return {**describe(image), "min": int(image.min()), "max": int(image.max())}


@chapter.variant(describe, "cases by hand")
def _(image: np.ndarray) -> dict[str, Any]:
    said: dict[str, Any] = {"channels": 1}
    said["height"], said["width"] = len(image), len(image[0])
    if len(image.shape) > 2:
        said["channels"] = image.shape[-1]
    number = int if np.issubdtype(image.dtype, np.integer) else float
    said.update(dtype=str(image.dtype), min=number(np.min(image)), max=number(np.max(image)))
    return said


@chapter.variant(describe, "from a flat list")
def _(image: np.ndarray) -> dict[str, Any]:
    height, width, channels = (*image.shape, 1)[:3]
    numbers = sorted(image.ravel().tolist())
    return dict(
        height=height, width=width, channels=channels, dtype=f"{image.dtype}",
        min=numbers[0], max=numbers[-1],
    )  # fmt: skip


@chapter.variant(describe, "every image made three-dimensional")
def _(image: np.ndarray) -> dict[str, Any]:
    cube = image.reshape(image.shape[0], image.shape[1], -1)
    names = ("height", "width", "channels")
    ends = {name: getattr(cube, name)().tolist() for name in ("min", "max")}
    return {**dict(zip(names, cube.shape, strict=True)), **ends, "dtype": cube.dtype.name}


@chapter.exercise(points=2)
def crop(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    """Cut a rectangle out of an image, as an image of its own.

    Args:
        image: (H, W, 3) uint8.
        top, left: row and column of the rectangle's first pixel.
        height, width: its size in pixels; the rectangle lies inside the image.

    Returns:
        (height, width, 3) uint8: a copy, so that changing it later leaves the image as it was.
    """
    return image[top : top + height, left : left + width].copy()


@chapter.scenario(crop)
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
        "top": int(top), "left": int(left), "height": int(size[0]), "width": int(size[1]),
    }  # fmt: skip


@chapter.cases(crop)
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


@chapter.hidden_cases(crop)
def _(rng: np.random.Generator) -> Iterator[Case]:
    image = draw_image(rng, *draw_size(rng))
    row, column = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    one = {"image": image, "top": row, "left": column, "height": 1, "width": 1}
    yield Case("a single pixel", one, edge=True)
    strip = {"image": image, "top": row, "left": 0, "height": 1, "width": image.shape[1]}
    yield Case("a whole row", strip, edge=True)


@chapter.misconception(
    crop, "size-as-end",
    "You used height and width as the rectangle's last row and column; they are its size, so the "
    "end is the start plus the size.",
)  # fmt: skip
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    return image[top:height, left:width].copy()


@chapter.misconception(
    crop, "left-first",
    "You used `left` for the rows: the first axis counts rows, and `top` is a row.",
)  # fmt: skip
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    return image[left : left + width, top : top + height].copy()


@chapter.misconception(
    crop, "one-more",
    "Your crop has a row and a column too many: a slice `a:b` has b - a entries, since b itself "
    "is left out.",
)  # fmt: skip
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    return image[top : top + height + 1, left : left + width + 1].copy()


@chapter.misconception(
    crop, "rows-only",
    "You cut the rows but kept every column: a second slice, after a comma, cuts the columns.",
)  # fmt: skip
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    return image[top : top + height].copy()


@chapter.misconception(
    crop, "copy-only-if-needed",
    "Here your result still shares its numbers with the image, so painting it paints the image: "
    "some ways to make an array copy only when they must.",
)  # fmt: skip
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    return np.ascontiguousarray(image[top : top + height, left : left + width])


@chapter.misconception(
    crop, "view",
    "A slice alone is a window onto the image, not a copy: painting it paints the image.",
)  # fmt: skip
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    return image[top : top + height, left : left + width]


@chapter.variant(crop, "pixel by pixel")
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    piece = np.zeros((height, width, 3), dtype=image.dtype)
    for row in range(height):
        for column in range(width):
            piece[row, column] = image[top + row, left + column]
    return piece


@chapter.variant(crop, "lists of rows and columns")
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    rows, columns = np.arange(top, top + height), np.arange(left, left + width)
    return image[rows[:, None], columns]


@chapter.variant(crop, "one axis after the other")
def _(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    below = np.split(image, [top, top + height], axis=0)[1]
    return np.array(np.split(below, [left, left + width], axis=1)[1])


@chapter.exercise(points=1)
def flip_horizontal(image: np.ndarray) -> np.ndarray:
    """Mirror an image left-right, as a looking glass does.

    Args:
        image: (H, W, 3) uint8; it stays as it is.

    Returns:
        (H, W, 3) uint8: the pixel in row r, column c is the image's in row r, column W - 1 - c.
    """
    return image[:, ::-1]


@chapter.cases(flip_horizontal)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("2 rows of 3 pixels", {"image": TINY})
    odd, even = 2 * int(rng.integers(2, 5)) + 1, 2 * int(rng.integers(2, 5))
    yield Case("an image with an even number of columns", {"image": draw_image(rng, odd, even)})
    yield Case("an image with an odd number of columns", {"image": draw_image(rng, even, odd)})
    yield Case("a square image", {"image": draw_image(rng, odd, odd)})


@chapter.hidden_cases(flip_horizontal)
def _(rng: np.random.Generator) -> Iterator[Case]:
    size = int(rng.integers(3, 8))
    yield Case("a single column", {"image": draw_image(rng, size, 1)}, edge=True)
    yield Case("a single row", {"image": draw_image(rng, 1, size)}, edge=True)


@chapter.misconception(
    flip_horizontal, "upside-down",
    "You reversed the rows, which turns the image upside down: left and right are columns.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return image[::-1]


@chapter.misconception(
    flip_horizontal, "half-turn",
    "You reversed the rows as well as the columns: that is the image turned by 180 degrees.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return image[::-1, ::-1]


@chapter.misconception(
    flip_horizontal, "channels-too",
    "You reversed the channels too, so red became blue: a pixel moves, its colour stays.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return image[:, ::-1, ::-1]


@chapter.misconception(
    flip_horizontal, "channels-instead",
    "You reversed the last axis, the channels: no pixel moved, and red became blue.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    return image[..., ::-1]


@chapter.misconception(
    flip_horizontal, "overwritten",
    "You wrote into the array that you still read from: past the middle it holds only what you "
    "put there yourself.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    mirrored = image.copy()
    for column in range(image.shape[1]):
        mirrored[:, column] = mirrored[:, image.shape[1] - 1 - column]
    return mirrored


@chapter.misconception(
    flip_horizontal, "in-place",
    "The mirror image is right, but it took the place of the original: the caller's image changed.",
)  # fmt: skip
def _(image: np.ndarray) -> np.ndarray:
    image[:] = image[:, ::-1].copy()
    return image


@chapter.variant(flip_horizontal, "a copy, filled column by column")
def _(image: np.ndarray) -> np.ndarray:
    mirrored = np.empty_like(image)
    for column in range(image.shape[1]):
        mirrored[:, column] = image[:, -1 - column]
    return mirrored


@chapter.variant(flip_horizontal, "NumPy's own")
def _(image: np.ndarray) -> np.ndarray:
    return np.fliplr(image)


@chapter.variant(flip_horizontal, "lists")
def _(image: np.ndarray) -> np.ndarray:
    return np.array([row[::-1] for row in image.tolist()], dtype=np.uint8)
