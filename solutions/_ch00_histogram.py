"""Chapter 00, second part: features of an image, its colours counted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch00_split import chapter

# The worked example of the chapter: one image of 2 x 2 pixels.
TINY = np.array([[[[10, 200, 70], [60, 210, 90]], [[130, 220, 100], [250, 255, 120]]]], np.uint8)


@chapter.exercise(points=3)
def color_histogram(images: np.ndarray, bins: int) -> np.ndarray:
    """Count how often an image has how much of red, green and blue.

    Args:
        images: (N, H, W, 3) uint8, RGB.
        bins: into how many equal bins the range from 0 to 256 (256 itself not included)
            is cut, at least 1. With 4 bins: 0..63, 64..127, 128..191, 192..255.

    Returns:
        (N, 3 * bins) float64, a row for each image: first the fraction of its pixels whose
        red is in bin 0, in bin 1, and so on; then the same for green; then for blue.
        So each of a row's three blocks of `bins` numbers sums to 1.
    """
    pixels = images.reshape(len(images), -1, 3)
    number = pixels.astype(np.int64) * bins // 256  # of each value's bin
    blocks = [np.mean(number == b, axis=1) for b in range(bins)]  # each (N, 3)
    return np.stack(blocks, axis=2).reshape(len(images), 3 * bins)


def draw_images(
    rng: np.random.Generator, n: int, height: int, width: int, low: int = 0, high: int = 256
) -> np.ndarray:
    """N images whose three channels have different ranges, so that none looks like another."""
    spans = [(0, 0.5), (0.2, 1.0), (0.6, 1.0)]
    channels = [
        rng.integers(low + int(a * (high - low)), low + int(b * (high - low)), (n, height, width))
        for a, b in spans
    ]
    return np.stack(channels, axis=-1).astype(np.uint8)


@chapter.cases(color_histogram)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the image of the worked example, four bins", {"images": TINY, "bins": 4})
    height, width = (int(k) for k in rng.permutation([4, 7]))
    yield Case("several images", {"images": draw_images(rng, 3, height, width), "bins": 8})
    yield Case("another number of bins", {"images": draw_images(rng, 4, 5, 6), "bins": 2})
    # In five bins, these are the last value of one bin and the first of the next.
    border = rng.choice([51, 52, 102, 103, 153, 154, 204, 205], size=(2, 6, 5, 3))
    yield Case(
        "values at the borders of five bins",
        {"images": border.astype(np.uint8), "bins": 5},
        edge=True,
    )
    yield Case("a single image", {"images": draw_images(rng, 1, 6, 4), "bins": 4}, edge=True)
    bright = np.full((2, 3, 4, 3), 255, dtype=np.uint8)
    bright[1, :, :, 1:] = 0
    yield Case("the brightest and the darkest there is", {"images": bright, "bins": 4}, edge=True)


@chapter.hidden_cases(color_histogram)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("one bin", {"images": draw_images(rng, 2, 3, 5), "bins": 1}, edge=True)
    yield Case(
        "a bin for each value", {"images": draw_images(rng, 2, 4, 3), "bins": 256}, edge=True
    )
    yield Case("many pixels", {"images": draw_images(rng, 2, 40, 33), "bins": 16}, edge=True)
    dull = draw_images(rng, 3, 5, 4, 90, 140)
    yield Case("images without much contrast", {"images": dull, "bins": 8}, edge=True)
    yield Case(
        "as many images as bins", {"images": draw_images(rng, 3, 3, 3), "bins": 3}, edge=True
    )


def _counts(images: np.ndarray, bins: int, high: float = 256.0) -> np.ndarray:
    """(N, 3, bins) counts, one image and channel after the other."""
    n = len(images)
    counts = np.zeros((n, 3, bins))
    for i in range(n):
        for c in range(3):
            counts[i, c] = np.histogram(images[i, :, :, c], bins=bins, range=(0, high))[0]
    return counts


def _size(images: np.ndarray) -> int:
    return images.shape[1] * images.shape[2]


@chapter.misconception(
    color_histogram, "counts",
    "You return how many pixels are in each bin; asked for is their fraction, so that images of "
    "any size can be compared.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    return _counts(images, bins).reshape(len(images), -1)


@chapter.misconception(
    color_histogram, "fractions-of-all-channels",
    "Your whole row sums to 1; each of its three blocks should: divide by the number of pixels, "
    "not of values.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    return _counts(images, bins).reshape(len(images), -1) / (3 * _size(images))


@chapter.misconception(
    color_histogram, "density",
    "density=True divides by the width of the bins as well; the blocks then do not sum to 1.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    return _counts(images, bins).reshape(len(images), -1) / _size(images) * bins / 256


@chapter.misconception(
    color_histogram, "channels-interleaved",
    "You put the three channels beside each other bin by bin; first comes all of red, then all of "
    "green, then all of blue.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    fractions = _counts(images, bins) / _size(images)
    return fractions.transpose(0, 2, 1).reshape(len(images), -1)


@chapter.misconception(
    color_histogram, "blue-first",
    "Your blocks are in the order blue, green, red; it is red, green, blue.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    return (_counts(images, bins)[:, ::-1] / _size(images)).reshape(len(images), -1)


@chapter.misconception(
    color_histogram, "range-of-the-image",
    "Your bins run from the smallest to the largest value of each image (np.histogram does that "
    "unless it is told a range); they run from 0 to 256, whatever the image.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    rows = [
        [np.histogram(image[:, :, c], bins=bins)[0] / _size(images) for c in range(3)]
        for image in images
    ]
    return np.array(rows).reshape(len(images), -1)


@chapter.misconception(
    color_histogram, "range-to-255",
    "Your bins are a little too narrow, as if the range ended at 255: five bins from 0 to 256 are "
    "51.2 wide, not 51.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    return (_counts(images, bins, 255.0) / _size(images)).reshape(len(images), -1)


@chapter.misconception(
    color_histogram, "wrapped-around",
    "You multiplied the pixels as uint8, which starts again at 0 after 255: turn them into larger "
    "integers first.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    number = np.multiply(images, np.uint8(bins % 256), dtype=np.uint8) // max(1, 256 // bins)
    number = np.minimum(number, bins - 1).reshape(len(images), -1, 3)
    return np.stack([np.mean(number == b, axis=1) for b in range(bins)], axis=2).reshape(
        len(images), -1
    )


@chapter.misconception(
    color_histogram, "whole-batch",
    "You counted the pixels of all images together; every image has a row of its own.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    together = _counts(images, bins).sum(axis=0) / (len(images) * _size(images))
    return np.tile(together.reshape(-1), (len(images), 1))


@chapter.misconception(
    color_histogram, "all-channels-in-one",
    "You counted the values of the three channels together, so red and blue cannot be told apart.",
)  # fmt: skip
def _(images: np.ndarray, bins: int) -> np.ndarray:
    together = _counts(images, bins).sum(axis=1) / (3 * _size(images))
    return np.tile(together, (1, 3))


@chapter.variant(color_histogram, "pixel by pixel")
def _(images: np.ndarray, bins: int) -> np.ndarray:
    n, height, width, _ = images.shape
    result = np.zeros((n, 3 * bins))
    for i in range(n):
        for row in images[i]:
            for pixel in row:
                for c in range(3):
                    result[i, c * bins + int(pixel[c]) * bins // 256] += 1
    return result / (height * width)


@chapter.variant(color_histogram, "np.histogram")
def _(images: np.ndarray, bins: int) -> np.ndarray:
    rows = []
    for image in images:
        blocks = []
        for c in range(3):
            counts, _ = np.histogram(image[..., c], bins=bins, range=(0, 256))
            blocks.append(counts / counts.sum())
        rows.append(np.concatenate(blocks))
    return np.array(rows)


@chapter.variant(color_histogram, "borders by linspace")
def _(images: np.ndarray, bins: int) -> np.ndarray:
    borders = np.linspace(0, 256, bins + 1)
    number = np.searchsorted(borders, images.astype(np.float64), side="right") - 1
    onehot = np.eye(bins)[number]  # (N, H, W, 3, bins)
    return onehot.mean(axis=(1, 2)).reshape(len(images), -1)


@chapter.variant(color_histogram, "bincount of everything at once")
def _(images: np.ndarray, bins: int) -> np.ndarray:
    n, size = len(images), images.shape[1] * images.shape[2]
    number = np.floor(images / (256 / bins)).astype(int).reshape(n, size, 3)
    place = number + bins * np.arange(3) + 3 * bins * np.arange(n)[:, None, None]
    return np.bincount(place.ravel(), minlength=3 * bins * n).reshape(n, 3 * bins) / size
