"""describe: what kind of array an image is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.images import draw_image, draw_size

exercise = ExerciseDefinition(points=1)


@exercise.reference
def describe(image: np.ndarray) -> dict[str, object]:
    """Describe what kind of array an image is.

    Args:
        image: (H, W, C), or (H, W) for a grey image; integers or floats.

    Returns:
        A dict with these keys:
        "height", "width": H and W;
        "channels": C, or 1 for a grey image;
        "dtype": the name of its numbers' type, a str such as "uint8";
        "min", "max": its smallest and largest numbers, as Python ints if the image
        holds integers, as Python floats if it holds floats.
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


@exercise.property(
    "The values are right, but min and max have the wrong type: an integer image needs Python "
    "ints, such as `int(...)` makes, and a float image floats."
)
def python_numbers(inputs: Mapping[str, Any], output: Any) -> bool:
    kind = float if inputs["image"].dtype.kind == "f" else int
    return isinstance(output["min"], kind) and isinstance(output["max"], kind)


exercise.scenario()(in_other_layouts)


@exercise.cases
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
    below = {"image": rng.integers(-300, -20, draw_size(rng))}
    yield Case("integers that are all negative", below, edge=True, properties=("python_numbers",))
    above = {"image": rng.integers(300, 900, draw_size(rng), dtype=np.int32)}
    yield Case("integers that are all above 255", above, edge=True)
    yield Case(
        "min and max of a uint8 image are Python ints",
        {"image": colour}, edge=True, properties=("python_numbers",),
    )  # fmt: skip


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single pixel", {"image": draw_image(rng, 1, 1, 20, 230)}, edge=True)
    signed = rng.integers(-300, 300, (*draw_size(rng), 3))
    yield Case("an image of int64 differences, some negative", {"image": signed}, edge=True)
    whole = {"image": np.floor(rng.uniform(0, 20, draw_size(rng)))}  # some occur again
    yield Case(
        "a grey float image of whole numbers", whole, edge=True, properties=("python_numbers",)
    )
    four = rng.integers(20, 230, (*draw_size(rng), 4), dtype=np.uint8)
    yield Case("four channels, the last one opacity", {"image": four}, edge=True)
    one = rng.integers(20, 230, (*draw_size(rng), 1), dtype=np.uint8)
    yield Case("a single channel, with an axis of its own", {"image": one}, edge=True)
    full = draw_image(rng, *draw_size(rng))
    full[1, 1], full[2, 2] = 0, 255
    yield Case("black and white among the pixels", {"image": full}, edge=True)
    wide = rng.integers(-70_000, 70_000, draw_size(rng), dtype=np.int32)
    yield Case(
        "an int32 image, with numbers beyond 65,535", {"image": wide}, edge=True,
        properties=("python_numbers",),
    )  # fmt: skip
    faint = 1e-12 * rng.uniform(-1, 1, (*draw_size(rng), 3))
    faint[0, 0, 0] = 0.0
    yield Case("a float image of tiny numbers", {"image": faint}, edge=True, atol=0.0)
    yield laid_out(image=rng.uniform(-5, 5, (*draw_size(rng), 3)))


exercise.wrong_ways("""
width-first: You swapped height and width: the first axis of an image counts rows, from top to
bottom.
    - height, width = image
    + width, height = image

always-three-axes: A grey image has two axes only, so there is no `shape[2]` to ask for: its
channels are 1.
    - 1 if image.ndim == 2 else image.shape[2]
    + image.shape[2]

axes-counted: You counted the axes of the array; the channels are the length of its third axis.
    - 1 if image.ndim == 2 else image.shape[2]
    + image.ndim - 1

no-channels-for-grey: A grey image has two axes and still one number for each pixel: its channels
are 1.
    - 1 if image.ndim == 2
    + 0 if image.ndim == 2

range-of-the-type: You gave the range that the type allows; min and max are those of this image's
own numbers.
    return {**reference(image), "min": 0, "max": 255}

dtype-object: The entry dtype is the type itself; what is asked for is its name, a string.
    - .dtype.name
    + .dtype

numpy-numbers: min and max are NumPy numbers of the image's own type, and a uint8 goes on wrapping
around in whatever you compute with it: make them Python numbers.
    return {**reference(image), "min": image.min(), "max": image.max()}

floats-cut: You made ints of a float image's min and max, which cuts off their fractions.
    return {**reference(image), "min": int(image.min()), "max": int(image.max())}

width-from-the-last-axis: Your width is the length of the last axis, which in a colour image counts
the channels; the second axis counts columns.
    return {**reference(image), "width": image.shape[-1]}

always-three-channels: Your channels are 3 whatever the image: a grey image has two axes and 1
channel, and other numbers of channels occur as well.
    return {**reference(image), "channels": 3}

last-axis-for-channels: The channels of a grey image are its width in your answer: without a third
axis there is 1 channel.
    return {**reference(image), "channels": image.shape[-1]}

search-from-0-and-255: Your search for the largest number starts at 0 and that for the smallest at
255; an image may have nothing but negative numbers, or nothing below 256. Start both at one of its
own numbers.
    found = reference(image)
    return {**found, "min": min(found["min"], 255), "max": max(found["max"], 0)}

largest-from-0: Your search for the largest number starts at 0; an image may have nothing but
negative numbers. Start at one of its own.
    found = reference(image)
    return {**found, "max": max(found["max"], 0)}

smallest-from-0: Your search for the smallest number starts at 0, and few images have one below it.
Start at one of the image's own numbers.
    found = reference(image)
    return {**found, "min": min(found["min"], 0)}

floats-unless-uint8: You made floats of the min and max of integers that are not uint8: an image of
any type of integers has Python ints.
    found = reference(image)
    kind = int if image.dtype == np.uint8 else float
    return {**found, "min": kind(found["min"]), "max": kind(found["max"])}
""")
