"""color_histogram: how often an image has how much of red, green and blue."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=3)


@exercise.reference
def color_histogram(images: np.ndarray, bins: int) -> np.ndarray:
    """Describe each image by how its red, green and blue values are distributed.

    Args:
        images: (N, H, W, 3) uint8, RGB.
        bins: the number of equal bins, at least 1, into which the range from 0 to 256 is cut
            (256 itself not included). With 4 bins: 0..63, 64..127, 128..191, 192..255.

    Returns:
        (N, 3 * bins) float64, one row for each image: first the fraction of its pixels whose
        red value is in bin 0, in bin 1, and so on; then the same for green; then for blue.
        Each of a row's three blocks of `bins` numbers sums to 1.
    """
    pixels = images.reshape(len(images), -1, 3)
    number = pixels.astype(np.int64) * bins // 256  # of each value's bin
    blocks = [np.mean(number == b, axis=1) for b in range(bins)]  # each (N, 3)
    return np.stack(blocks, axis=2).reshape(len(images), 3 * bins)


# The worked example of the chapter: one image of 2 x 2 pixels.
TINY = np.array([[[[10, 200, 70], [60, 210, 90]], [[130, 220, 100], [250, 255, 120]]]], np.uint8)


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


exercise.scenario()(in_other_layouts)


@exercise.cases
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


@exercise.hidden_cases
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
    alike = draw_images(rng, 2, 20, 30, 70, 120)
    yield Case("more than 255 pixels in one bin", {"images": alike, "bins": 4}, edge=True)
    large = draw_images(rng, 1, 190, 180, 130, 160)
    yield Case("more than 32,767 pixels in one bin", {"images": large, "bins": 2}, edge=True)
    yield laid_out(images=draw_images(rng, 3, 4, 5), bins=4)


exercise.wrong_ways("""
counts: You return how many pixels are in each bin; what is asked for is their fraction, so that
images of any size can be compared.
    - np.mean(
    + 1.0 * np.sum(

fractions-of-all-channels: Your whole row sums to 1; each of its three blocks should: divide by the
number of pixels, not of values.
    return reference(images, bins) / 3

density: density=True divides by the width of the bins as well; the blocks then do not sum to 1.
    return reference(images, bins) * bins / 256

channels-interleaved: You put the three channels beside each other bin by bin; first comes all of
red, then all of green, then all of blue.
    - axis=2
    + axis=1

blue-first: Your blocks are in the order blue, green, red; it is red, green, blue.
    - -1, 3)
    + -1, 3)[..., ::-1]

range-of-the-image: Your bins run from the smallest to the largest value of each image (np.histogram
does that unless it is told a range); they run from 0 to 256, whatever the image.
    rows = [[np.histogram(image[..., c], bins)[0] for c in range(3)] for image in images]
    return np.reshape(rows, (len(images), -1)) / images[0, ..., 0].size

range-to-255: Your bins are a little too narrow, as if the range ended at 255: five bins from 0 to
256 are 51.2 wide, not 51.
    - pixels.astype(np.int64) * bins // 256
    + np.minimum(pixels.astype(np.int64) * bins // 255, bins - 1)

wrapped-around: You multiplied the pixels as uint8, which starts again at 0 after 255: turn them
into larger integers first.
    - pixels.astype(np.int64) * bins // 256
    + np.minimum(pixels * np.uint8(bins % 256) // max(1, 256 // bins), bins - 1)

whole-batch: You counted the pixels of all images together; every image has a row of its own.
    return np.tile(reference(images, bins).mean(axis=0), (len(images), 1))

one-block-for-all-channels: You counted the three channels together, which leaves one block of bins
and red and blue mixed up in it: each channel has a block of its own.
    return reference(images, bins).reshape(-1, 3, bins).mean(axis=1)

all-channels-in-one: You counted the values of the three channels together, so red and blue cannot
be told apart.
    together = reference(images, bins).reshape(-1, 3, bins).mean(axis=1)
    return np.tile(together, (1, 3))

bins-taken-for-their-width: You divided each value by the number of bins; a value's bin follows from
how wide a bin is, and that is the whole range shared among the bins.
    - pixels.astype(np.int64) * bins // 256
    + np.minimum(pixels.astype(np.int64) // bins, bins - 1)

last-image-left-out: The last image has no histogram: does your loop end one image early?
    rows = reference(images, bins)
    rows[-1] = 0.0
    return rows

everything-in-bin-0: All your values land in bin 0: what you divide by 256 never reaches 256. A
product of uint8 wraps around, so make larger integers first, and multiply before you divide.
    - * bins // 256
    + // 256 * bins

counts-go-on: From the second image on, your numbers include those of the images before: set the
counts back to 0 for every image.
    return np.cumsum(reference(images, bins), axis=0)
""")
