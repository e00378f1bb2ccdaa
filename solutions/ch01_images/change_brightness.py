"""change_brightness: stronger or weaker light."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.images import PARTS, draw_image, draw_size

exercise = ExerciseDefinition(points=3)


@exercise.reference
def change_brightness(image: np.ndarray, factor: float) -> np.ndarray:
    """Multiply every number of an image by a factor, as stronger or weaker light would.

    Args:
        image: (H, W, 3) uint8; it must not change.
        factor: any number, int or float, also negative: 1 changes nothing, 2 doubles.

    Returns:
        (H, W, 3) uint8: factor * image, rounded to the nearest integer; then whatever is
        below 0 becomes 0 and whatever is above 255 becomes 255.
    """
    brighter = np.round(image.astype(np.float64) * factor)
    return np.clip(brighter, 0, 255).astype(np.uint8)


def draw_factor(rng: np.random.Generator, low: float, high: float) -> float:
    """A factor between low and high that never makes an exact half of a whole number."""
    return float(rng.integers(int(low * PARTS) + 1, int(high * PARTS))) / PARTS


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    image = draw_image(rng, *draw_size(rng))
    yield Case(
        "brighter, so that some numbers would pass 255",
        {"image": image, "factor": draw_factor(rng, 1.3, 1.9)},
    )
    image = draw_image(rng, *draw_size(rng))
    yield Case("darker", {"image": image, "factor": draw_factor(rng, 0.3, 0.7)})
    # Even numbers alone: half as much again of each is whole.
    ramp = np.array([[[0, 2, 50], [100, 126, 128], [170, 200, 254]]], dtype=np.uint8)
    times = {"image": ramp, "factor": 1.5}
    yield Case("three pixels, with 200 among their numbers, times 1.5", times)
    image = draw_image(rng, *draw_size(rng))
    yield Case("factor 2, an int", {"image": image, "factor": 2}, edge=True)
    image = draw_image(rng, *draw_size(rng), 1, 255)
    negative = -draw_factor(rng, 0.3, 0.9)
    yield Case("a negative factor", {"image": image, "factor": negative}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    def case(label: str, factor: float) -> Case:
        image = draw_image(rng, *draw_size(rng), 1, 255)
        return Case(label, {"image": image, "factor": factor}, edge=True)

    yield case("factor 1 changes nothing", 1.0)
    yield case("factor 0", 0)
    yield case("another int factor", int(rng.integers(3, 9)))
    yield case("an int factor beyond 255", int(rng.integers(300, 500)))
    yield case("a negative int factor", -int(rng.integers(1, 5)))
    yield case("a factor in the thousands", draw_factor(rng, 2000, 3000))
    yield case("a factor of billions", float(rng.integers(2, 9)) * 1e9)
    yield case("a factor near 0", 1e-12)
    single = {"image": draw_image(rng, 1, 1, 60, 90), "factor": draw_factor(rng, 1.2, 1.8)}
    yield Case("a single pixel", single, edge=True)
    yield laid_out(image=draw_image(rng, *draw_size(rng)), factor=draw_factor(rng, 0.4, 1.9))


exercise.wrong_ways("""
wraps-below-zero: Numbers below 0 wrapped around: -50 became 206. Limit the numbers at both ends.
    - np.clip(brighter, 0, 255)
    + np.minimum(brighter, 255).astype(np.int64)

uint8-product: Here the product itself wrapped around, since uint8 times int stays uint8, and
limiting it comes too late: leave uint8 before you multiply.
    - image.astype(np.float64)
    + image

wraps: Numbers beyond 255 wrapped around: 300 became 44. Limit them to 0 .. 255 before the result
becomes uint8 again.
    - np.clip(brighter, 0, 255)
    + brighter.astype(np.int64)

fractions-cut: You cut fractions off: turning a float into uint8 does not round, so 99.9 becomes 99.
    - np.round(image.astype(np.float64) * factor)
    + image.astype(np.float64) * factor

stays-float: The numbers are right, but they are floats: an image is uint8 again in the end.
    - .astype(np.uint8)

adds: You added the same amount everywhere; a factor multiplies, so dark pixels gain less.
    - * factor
    + + 255 * (factor - 1)

stretches: You scaled the result so that its largest number is 255; what passes 255 is cut to 255,
and the rest stays where the factor put it.
    product = image.astype(np.float64) * factor
    largest = np.abs(product).max()
    scaled = np.round(np.abs(product) * 255 / largest if largest > 0 else product)
    return scaled.astype(np.uint8)

in-place: The result is right, but you wrote it into the caller's image: make a new one.
    image[:] = reference(image, factor)
    return image

adds-the-factor: You added the factor to every number; it multiplies.
    - * factor
    + + factor

sign-dropped: You took numbers below 0 without their sign; they become 0.
    - np.round(image.astype(np.float64) * factor)
    + np.abs(np.round(image.astype(np.float64) * factor))

limited-to-256: You limited the numbers to 256, which wraps around to 0 in uint8; the largest that
it holds is 255.
    - np.clip(brighter, 0, 255)
    + np.clip(brighter, 0, 256).astype(np.int64)

scaled-down: You scaled the whole image down as soon as one number passed 255; it is that number
alone which becomes 255.
    product = np.maximum(image.astype(np.float64) * factor, 0)
    return np.round(product / max(product.max(), 255) * 255).astype(np.uint8)
""")
