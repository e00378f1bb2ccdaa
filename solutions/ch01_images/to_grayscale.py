"""to_grayscale: as bright as each pixel looks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.images import draw_image, draw_size

exercise = ExerciseDefinition(points=1)


@exercise.reference
def to_grayscale(image: np.ndarray) -> np.ndarray:
    """Turn a colour image into a grey one: one number per pixel, as bright as the pixel looks.

    Args:
        image: (H, W, 3) uint8.

    Returns:
        (H, W) float64, not rounded: 0.299 * red + 0.587 * green + 0.114 * blue.

    The weights are those of television (ITU-R BT.601): green looks brightest to the eye.
    """
    return image @ np.array([0.299, 0.587, 0.114])


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("an image of any colours", {"image": draw_image(rng, *draw_size(rng))})
    yield Case("a bright image", {"image": draw_image(rng, *draw_size(rng), 150, 255)})
    primary = np.zeros((1, 3, 3), dtype=np.uint8)
    primary[0, range(3), range(3)] = rng.choice(np.arange(100, 256), 3, replace=False)
    yield Case("a red, a green and a blue pixel", {"image": primary}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    white = np.full((*draw_size(rng), 3), 255, dtype=np.uint8)
    yield Case("a white image", {"image": white}, edge=True)
    yield Case("an image of 3 x 3 pixels", {"image": draw_image(rng, 3, 3)}, edge=True)
    black = draw_image(rng, 1, 1, 0, 0)
    yield Case("a single black pixel", {"image": black}, edge=True)
    yield laid_out(image=draw_image(rng, *draw_size(rng)))


exercise.wrong_ways("""
plain-mean: You took the plain mean of the three channels; the eye does not, so each has its own
weight.
    return image.mean(axis=2)

blue-first: You gave red the weight of blue and blue the weight of red: channel 0 is red.
    return reference(image[:, :, ::-1])

sum-wraps: You added channels as uint8, and their sum wrapped around at 256: weigh each one first,
which makes it a float.
    return (image[:, :, 0] + image[:, :, 1] + image[:, :, 2]) / 3

whole-numbers: You made whole numbers of the result; it is asked for as it comes, in float64.
    return np.round(reference(image)).astype(np.uint8)

cut: You cut off the fractions: the result is a float64 array, so it can keep them.
    return np.floor(reference(image))

still-three: You weighted the channels but did not add them up: grey is one number per pixel.
    - image @
    + image *

other-weights: Your weights are those of high-definition television, 0.2126, 0.7152 and 0.0722; here
they are 0.299, 0.587 and 0.114.
    - 0.299, 0.587, 0.114
    + 0.2126, 0.7152, 0.0722

zero-to-one: You divided by 255; the grey values stay between 0 and 255.
    return reference(image) / 255

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    return (image @ np.array([0.299, 0.587, 0.114], dtype=np.float32)).astype(np.float64)

axis-kept: The values are right, but the axis of the channels is still there, with length 1: grey is
(H, W).
    return reference(image)[:, :, None]

sum-of-the-channels: You added up the three channels with equal weight; each has a weight of its
own, and the three weights add up to 1.
    return image.sum(axis=2).astype(np.float64)

green-alone: You took the green channel alone; red and blue have their part in it.
    return image[:, :, 1].astype(np.float64)

red-and-green-swapped: You gave red the weight of green and green the weight of red: channel 0 is
red, and green counts most.
    return reference(image[:, :, [1, 0, 2]])

digits-of-green: The weight of green is 0.587, and yours 0.578.
    - 0.299, 0.587,
    + 0.299, 0.578,

digits-of-blue: The weight of blue is 0.114, and yours 0.144.
    - 0.587, 0.114
    + 0.587, 0.144
""")
