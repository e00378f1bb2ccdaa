"""max_pool_forward: keep the largest number of every window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def max_pool_forward(x: np.ndarray, size: int) -> tuple:
    """Keep the largest number of every window of size x size.

    Args:
        x: (N, C, H, W) maps, of any number type; they are not changed.
        size: side of a window, and how far the next one is: windows lie side by side. At least
            one of them fits.

    Returns:
        (out, cache): out is (N, C, H // size, W // size) float64. Rows and columns at the end that
        do not fill a window are left out. cache is what max_pool_backward needs, in the form that
        you like best. If you have no opinion, take (x, size).
    """
    down, across = x.shape[2] // size, x.shape[3] // size
    out = np.full((*x.shape[:2], down, across), -np.inf)
    for i in range(size):
        for j in range(size):
            out = np.maximum(out, x[:, :, i : down * size : size, j : across * size : size])
    return out, (x, size)


@exercise.scenario()
def pooled(max_pool_forward, x, size):
    """What comes out; the cache is the student's own business, but there must be one."""
    given = max_pool_forward(x, size)
    if isinstance(given, (tuple, list)) and len(given) == 2:
        return given[0], None
    return given


@exercise.scenario()
def in_other_layouts(max_pool_forward, x, size):
    """What comes out for maps that lie column by column, and for a read-only window of them."""
    window = np.repeat(x, 2, axis=-1)[::-1, ..., ::2]
    window.flags.writeable = False
    return [max_pool_forward(given, size)[0] for given in (np.array(x, order="F"), window)]


@exercise.scenario()
def written_over(max_pool_forward, x, size):
    """What was given, after the result has been written over, and a second result."""
    out = max_pool_forward(x, size)[0]
    kept = np.array(out)
    out[...] = 7.0
    return kept, x, max_pool_forward(x, size)[0]


# By hand in the text.
EXAMPLE = np.array([[1, 3, 2, 2], [0, 2, 2, 1], [4, 0, -1, -3], [1, 4, -2, -5]], dtype=float)


def draw_maps(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Maps of numbers that are all different, of both signs."""
    count = int(np.prod(shape))
    apart = rng.permutation(count) - count // 2 + rng.uniform(0.2, 0.8, size=count)
    return np.asarray(apart.reshape(shape) / 4)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "pooled"}
    yield Case("the worked example", {"x": EXAMPLE[None, None], "size": 2}, **there)
    n, c = (int(k) for k in rng.permutation([2, 3]))
    yield Case("windows of 2 x 2", {"x": draw_maps(rng, n, c, 6, 4), "size": 2}, **there)
    yield Case("windows of 3 x 3", {"x": draw_maps(rng, c, n, 6, 9), "size": 3}, **there)
    dark = -1.0 - abs(draw_maps(rng, 2, 2, 4, 6))
    yield Case("negative numbers alone", {"x": dark, "size": 2}, **there)
    left = {"x": draw_maps(rng, 2, 3, 7, 5), "size": 2}
    yield Case("rows and columns left over", left, edge=True, **there)
    yield Case("windows of 1 x 1", {"x": draw_maps(rng, 2, 2, 3, 4), "size": 1}, edge=True, **there)
    pixels = rng.integers(0, 256, size=(2, 3, 4, 6), dtype=np.uint8)
    yield Case("pixels as uint8", {"x": pixels, "size": 2}, edge=True, **there)
    kept = {"x": draw_maps(rng, 2, 2, 4, 4), "size": 2}
    yield Case(
        "what was given, after the result is written over", kept, edge=True, scenario="written_over"
    )
    alone = {"x": draw_maps(rng, 2, 2, 3, 3), "size": 1}
    yield Case("the same for windows of 1 x 1", alone, edge=True, scenario="written_over")


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "pooled", "edge": True}
    yield Case("a single window", {"x": draw_maps(rng, 2, 3, 4, 4), "size": 4}, **there)
    yield Case("one window and a rest", {"x": draw_maps(rng, 2, 2, 5, 4), "size": 3}, **there)
    yield Case("one map of one image", {"x": draw_maps(rng, 1, 1, 4, 8), "size": 2}, **there)
    whole = rng.integers(-300, 300, size=(2, 2, 4, 5))
    for dtype in (np.int32, np.int64):
        inputs = {"x": whole.astype(dtype), "size": 2}
        yield Case(f"whole numbers as {dtype.__name__}", inputs, **there)
    equal = {"x": np.full((2, 2, 4, 4), -1.5), "size": 2}
    yield Case("numbers that are all the same", equal, **there)
    sizes = draw_maps(rng, 5, 2, 4, 4)
    sizes *= np.array([0.0, 2e-12, 3e-12, 1.0, 3e15])[:, None, None, None]
    yield Case("numbers of all sizes", {"x": sizes, "size": np.int64(2)}, **there)
    far = -1e15 - 1e12 * draw_maps(rng, 2, 2, 4, 6)
    yield Case("numbers far below 0", {"x": far, "size": 2}, **there)
    single = draw_maps(rng, 2, 2, 4, 6).astype(np.float32)
    yield Case("maps in float32", {"x": single, "size": 2}, **there)
    layouts = {"x": draw_maps(rng, 3, 2, 6, 5), "size": 2}
    yield Case("maps in other memory layouts", layouts, edge=True, scenario="in_other_layouts")


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
mean-of-the-window: You took the mean of every window; the largest number is asked for.
    - out = np.full((*x.shape[:2], down, across), -np.inf)
    + out = np.zeros((*x.shape[:2], down, across))
    - np.maximum(out, x[:, :, i : down * size : size, j : across * size : size])
    + out + x[:, :, i : down * size : size, j : across * size : size] / size**2

smallest-of-the-window: You kept the smallest number of every window.
    return -reference(-np.asarray(x, dtype=float), size)[0], (x, size)

begins-at-zero: Your search for the largest number begins with 0, so that windows of negative
numbers give 0.
    - np.full((*x.shape[:2], down, across), -np.inf)
    + np.zeros((*x.shape[:2], down, across))

largest-size: You kept the number that is furthest from 0; the largest is asked for, whatever its
sign.
    x = np.asarray(x, dtype=float)
    largest, smallest = reference(x, size)[0], -reference(-x, size)[0]
    return np.where(-smallest > largest, smallest, largest), (x, size)

one-step-at-a-time: Your windows overlap: the next one begins where the last one ends.
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows.max(axis=(4, 5)).astype(np.float64), (x, size)

one-step-at-a-time-but-as-many: Your windows overlap: the next one begins where the last one ends.
    down, across = x.shape[2] // size, x.shape[3] // size
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, :down, :across].max(axis=(4, 5)).astype(np.float64), (x, size)

steps-of-two: Your windows are always two apart, whatever their size.
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::2, ::2].max(axis=(4, 5)).astype(np.float64), (x, size)

axes-mixed-up: You cut the rows of the maps into groups that are no windows: give each side two
axes, (H / size, size) and (W / size, size), and look for the maximum along the two of length size.
    n, c, height, width = x.shape
    down, across = height // size, width // size
    cut = x[:, :, : down * size, : across * size].reshape(n, c, down, across, size, size)
    return cut.max(axis=(4, 5)).astype(np.float64), (x, size)

size-before-the-places: You cut the rows of the maps into groups that are no windows: give each side
two axes, (H / size, size) and (W / size, size), and look for the maximum along the two of length
size.
    n, c, height, width = x.shape
    down, across = height // size, width // size
    cut = x[:, :, : down * size, : across * size].reshape(n, c, size, down, size, across)
    return cut.max(axis=(2, 4)).astype(np.float64), (x, size)

rest-counted: You made windows of what is left over at the end; what does not fill a window is left
out.
    n, c, height, width = x.shape
    down, across = -(-height // size), -(-width // size)
    wide = np.full((n, c, down * size, across * size), -np.inf)
    wide[:, :, :height, :width] = x
    return wide.reshape(n, c, down, size, across, size).max(axis=(3, 5)), (x, size)

rest-at-the-beginning: You left out rows and columns at the beginning; windows begin in the upper
left corner, and what is left over lies at the end.
    return reference(x[:, :, x.shape[2] % size :, x.shape[3] % size :], size)[0], (x, size)

rest-forgotten: Maps whose sides are no multiples of size cannot be cut into windows; leave out what
is left over first.
    n, c, height, width = x.shape
    windows = x.reshape(n, c, height // size, size, width // size, size)
    return windows.max(axis=(3, 5)).astype(np.float64), (x, size)

square-maps: You count the windows once and use the number down and across: maps need not be square.
    - x.shape[2] // size, x.shape[3] // size
    + x.shape[2] // size, x.shape[2] // size

over-channels-as-well: You took the maximum over the channels, too; every map is pooled by itself.
    out, cache = reference(x, size)
    return out.max(axis=1, keepdims=True), cache

type-kept: The result is float64, whatever the number type of x.
    return reference(x, size)[0].astype(x.dtype), (x, size)

same-shape: Your maps are as large as before; a window becomes a single number.
    out, cache = reference(x, size)
    large = np.zeros(x.shape)
    filled = out.repeat(size, axis=2).repeat(size, axis=3)
    large[:, :, : filled.shape[2], : filled.shape[3]] = filled
    return large, cache

no-cache: Give back two things, (out, cache): without a cache max_pool_backward cannot work.
    - return out, (x, size)
    + return out

upper-left-alone: You kept the upper left number of every window; the largest is asked for.
    down, across = x.shape[2] // size, x.shape[3] // size
    corners = x[:, :, : down * size : size, : across * size : size]
    return corners.astype(np.float64), (x, size)
""")
