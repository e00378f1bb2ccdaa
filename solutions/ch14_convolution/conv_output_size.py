"""conv_output_size: how many places a kernel has along one side of an image."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=1)


@exercise.reference
def conv_output_size(size: int, kernel: int, stride: int, padding: int) -> int:
    """Count the places that a kernel has along one side of an image.

    Args:
        size: pixels along the side, 1 or more.
        kernel: how many of them the kernel covers, 1 or more.
        stride: by how many pixels it moves from one place to the next, 1 or more.
        padding: how many zeros are put at either end, 0 or more.

    Returns:
        The number of places, an int. The first place is at the very beginning; a last one that
        would reach over the end is left out.

    Raises:
        ValueError: the kernel does not fit even once.
    """
    room = size + 2 * padding - kernel
    if room < 0:
        raise ValueError(f"a kernel of {kernel} does not fit into {size} + 2 * {padding} pixels")
    return room // stride + 1


@exercise.scenario()
def several_sizes(conv_output_size, asked):
    """The number of places for each of some settings, by the call."""
    return {
        f"conv_output_size{tuple(map(int, settings))}": conv_output_size(*settings)
        for settings in asked
    }


@exercise.scenario()
def by_name(conv_output_size, settings):
    """The number of places, with every setting by its name."""
    return conv_output_size(**settings)


@exercise.scenario()
def what_it_does(conv_output_size, asked, fits):
    """The number of places by the call, or that the call raises something.

    Where nothing fits, it is told in words that the function cannot say itself.
    """
    told = {}
    for settings in asked:
        try:
            result = conv_output_size(*settings)
        except Exception as error:
            kind = "ValueError" if isinstance(error, ValueError) else type(error).__name__
            does = f"raises {kind}"
        else:
            does = result if fits else f"returns {result!r}"
        told[f"conv_output_size{tuple(settings)}"] = does
    return told


def draw_settings(rng: np.random.Generator, stride: int, padding: int, rest: int) -> list[int]:
    """Settings of which ``rest`` pixels at the end are not used."""
    kernel, places = int(rng.integers(2, 7)), int(rng.integers(3, 9))
    size = kernel + stride * (places - 1) + rest - 2 * padding
    return [size + stride * (2 * padding), kernel, stride, padding]


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    plain = [[4, 3, 1, 0], *(draw_settings(rng, 1, 0, 0) for _ in range(3))]
    yield Case("one pixel at a time, no padding", {"asked": plain}, scenario="several_sizes")
    padded = [draw_settings(rng, 1, p, 0) for p in (1, 2, 3)]
    yield Case("with padding", {"asked": padded}, scenario="several_sizes")
    strides = [draw_settings(rng, s, 0, 0) for s in (2, 3, 4)]
    yield Case("larger strides", {"asked": strides}, scenario="several_sizes")
    over = [draw_settings(rng, s, p, s - 1) for s, p in ((2, 0), (3, 1), (4, 2))]
    over += [draw_settings(rng, s, p, 1) for s, p in ((5, 0), (4, 1))]
    yield Case("pixels left over at the end", {"asked": over}, scenario="several_sizes")
    size = int(rng.integers(3, 8))
    fits = [[size, size, 1, 0], [size, size, 3, 0], [size, size + 2, 2, 1], [1, 1, 1, 0]]
    once = {"asked": fits, "fits": True}
    yield Case("a kernel that fits just once", once, edge=True, scenario="what_it_does")
    too_large = [[size, size + 1, 1, 0], [size, size + 3, 2, 1], [size, size + 4, 1, 0]]
    never = {"asked": too_large, "fits": False}
    yield Case("a kernel that does not fit", never, edge=True, scenario="what_it_does")


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    wide = {"asked": [[2, 5, 1, 2], [1, 3, 1, 1], [3, 6, 2, 3]], "fits": True}
    yield Case("a kernel larger than the image", wide, edge=True, scenario="what_it_does")
    wider = {"asked": [[2, 7, 1, 2], [1, 4, 1, 1]], "fits": False}
    yield Case("a kernel larger than all of it", wider, edge=True, scenario="what_it_does")
    small = [[9, 1, 1, 0], [9, 1, 2, 0], [9, 1, 4, 1], [10, 1, 4, 0]]
    yield Case("a kernel of one pixel", {"asked": small}, edge=True, scenario="several_sizes")
    far = [[7, 2, 5, 0], [8, 3, 100, 0], [8, 3, 6, 2]]
    yield Case("strides beyond the kernel", {"asked": far}, edge=True, scenario="several_sizes")
    named = dict(zip(("padding", "stride", "kernel", "size"), (1, 2, 4, 11), strict=True))
    yield Case("settings by their names", {"settings": named}, edge=True, scenario="by_name")
    large = [[5000, 300, 1, 0], [3001, 1000, 700, 300], [2, 900, 3, 450], [10**6, 257, 256, 999]]
    yield Case("large numbers", {"asked": large}, edge=True, scenario="several_sizes")
    numpys = [[np.int64(n) for n in draw_settings(rng, s, p, s - 1)] for s, p in ((1, 0), (3, 2))]
    yield Case("settings that are NumPy's", {"asked": numpys}, edge=True, scenario="several_sizes")


exercise.wrong_ways("""
one-short: You count the moves, not the places: before the first move the kernel has a place as
well.
    - room // stride + 1
    + room // stride

padding-on-one-side: You added the padding once; zeros are put at both ends.
    - 2 * padding - kernel
    + padding - kernel

padding-forgotten: Your number does not depend on the padding: it makes the side longer.
    - size + 2 * padding - kernel
    + size - kernel

stride-forgotten: Your number does not depend on the stride: a kernel that jumps has fewer places.
    - room // stride + 1
    + room + 1

kernel-forgotten: You divided the side by the stride; the kernel has to fit in as a whole, so its
own length comes off first.
    - if room < 0:
    -     raise
    + if room >= 0:
    +     return (size + 2 * padding - 1) // stride + 1
    + else:
    +     raise

rounded-up: You count a last place that reaches over the end; it is left out.
    - room // stride + 1
    + -(-room // stride) + 1

a-float: Your number is a float; a number of places is an int, and / always gives a float.
    - room // stride + 1
    + room / stride + 1

rounded: You round to the nearest number of places: one that does not fit is left out, however
little is missing.
    - room // stride + 1
    + round(room / stride) + 1

one-added-too-early: You added the 1 before you divided; the first place counts in full, whatever
the stride.
    - room // stride + 1
    + (room + 1) // stride

nothing-raised: Where the kernel does not fit even once, you give back a number; raise ValueError.
    return (size + 2 * padding - kernel) // stride + 1

zero-places: Where the kernel does not fit even once you give back 0; raise ValueError, so that
nobody goes on with an empty image.
    return max((size + 2 * padding - kernel) // stride + 1, 0)

cut-towards-zero: You give back 1 where the kernel is a little too large: int() cuts -0.5 to 0. Look
first whether it fits.
    - if room < 0:
    + if int(room / stride) + 1 < 1:
    - room // stride + 1
    + int(room / stride) + 1

exact-fit-refused: A kernel as large as the padded image has one place; you raise an error.
    - room < 0
    + room <= 0

padding-not-counted-in-the-check: You raise an error for kernels that fit thanks to the padding.
    - room < 0
    + size < kernel

another-error: A kernel that does not fit must raise ValueError; you raise another error.
    - raise ValueError
    + raise IndexError

rest-refused: You raise an error where pixels are left over at the end; they are simply not used.
    - room < 0
    + room < 0 or room % stride

side-divided-by-the-stride: You divided the side by the stride; the kernel has to fit in as a whole,
so its own length comes off first.
    - room // stride + 1
    + (size + 2 * padding) // stride
""")
