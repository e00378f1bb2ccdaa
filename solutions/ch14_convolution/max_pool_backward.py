"""max_pool_backward: the gradient goes to the number that was the largest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch14_convolution.max_pool_forward import EXAMPLE, draw_maps
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=3)


@exercise.reference
def max_pool_backward(dout: np.ndarray, cache) -> np.ndarray:
    """Send a gradient back through max_pool_forward.

    Args:
        dout: (N, C, H', W') float64: the gradient of the loss towards out.
        cache: what max_pool_forward gave (your own; where yours does not pass its check yet,
            (x, size)).

    Returns:
        dx, (N, C, H, W) float64: in every window the largest number gets the gradient, all others
        0. Where several are equally large, the first of them in reading order gets it, row by row
        from the left. What was left out of all windows gets 0.
    """
    x, size = cache
    down, across = dout.shape[2:]
    places = [
        (..., slice(i, down * size, size), slice(j, across * size, size))
        for i in range(size)
        for j in range(size)
    ]
    largest = np.full(dout.shape, -np.inf)
    for place in places:
        largest = np.maximum(largest, x[place])
    dx, taken = np.zeros(x.shape), np.zeros(dout.shape, dtype=bool)
    for place in places:
        first = (x[place] == largest) & ~taken
        taken |= first
        dx[place] = dout * first
    return dx


@exercise.scenario(uses=("max_pool_forward",), otherwise="documented_cache")
def own_cache(max_pool_backward, max_pool_forward, x, size, dout):
    """With the cache that the student's own forward pass gives."""
    return max_pool_backward(dout, max_pool_forward(x, size)[1])


@exercise.scenario()
def documented_cache(max_pool_backward, x, size, dout):
    """With the cache that the docstring states."""
    return max_pool_backward(dout, (x, size))


@exercise.scenario(uses=("max_pool_forward",), otherwise="documented_cache_twice")
def own_cache_twice(max_pool_backward, max_pool_forward, x, size, dout):
    """Two passes forward before either comes back; the first comes back twice.

    Maps lie column by column, and gradients are read-only windows.
    """
    x = np.array(x, order="F")
    caches = [max_pool_forward(given, size)[1] for given in (x, -x[::-1])]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [max_pool_backward(window, cache) for cache in (*caches, caches[0])]


@exercise.scenario()
def documented_cache_twice(max_pool_backward, x, size, dout):
    """The same with the cache that the docstring states."""
    x = np.array(x, order="F")
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [max_pool_backward(window, (given, size)) for given in (x, -x[::-1], x)]


@exercise.scenario(uses=("max_pool_forward",), otherwise="documented_cache_after")
def own_cache_after(max_pool_backward, max_pool_forward, x, size, dout):
    """What was given to both passes, after the way back and after its result is written over."""
    found = max_pool_backward(dout, max_pool_forward(x, size)[1])
    kept = np.array(found)
    found[...] = 7.0
    return kept, x, dout


@exercise.scenario()
def documented_cache_after(max_pool_backward, x, size, dout):
    """The same with the cache that the docstring states."""
    found = max_pool_backward(dout, (x, size))
    kept = np.array(found)
    found[...] = 7.0
    return kept, x, dout


def draw_back(rng: np.random.Generator, size: int, *shape: int) -> dict[str, Any]:
    """Inputs of both passes; no entry of the gradient is near 0."""
    n, c, height, width = shape
    sign = rng.choice([-1.0, 1.0], size=(n, c, height // size, width // size))
    dout = sign * rng.uniform(0.5, 2.0, size=sign.shape)
    return {"x": draw_maps(rng, *shape), "size": size, "dout": dout}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "own_cache"}
    dout = np.array([[1.0, 2.0], [3.0, 4.0]])
    example = {"x": EXAMPLE[None, None], "size": 2, "dout": dout[None, None]}
    n, c = (int(k) for k in rng.permutation([2, 3]))
    yield Case("windows of 2 x 2", draw_back(rng, 2, n, c, 6, 4), **there)
    yield Case("windows of 3 x 3", draw_back(rng, 3, c, n, 6, 9), **there)
    dark = draw_back(rng, 2, 2, 2, 4, 6)
    dark["x"] = -1.0 - abs(dark["x"])
    yield Case("negative numbers alone", dark, **there)
    yield Case("the worked example, in which two are equally large", example, **there)
    ties = draw_back(rng, 2, 3, 2, 6, 8)
    ties["x"] = rng.integers(0, 2, size=ties["x"].shape).astype(np.float64)
    yield Case("many that are equally large", ties, edge=True, **there)
    left = draw_back(rng, 2, 2, 3, 7, 5)
    yield Case("rows and columns left over", left, edge=True, **there)
    yield Case("windows of 1 x 1", draw_back(rng, 1, 2, 2, 3, 4), edge=True, **there)
    pixels = draw_back(rng, 2, 2, 3, 4, 6)
    pixels["x"] = rng.integers(0, 5, size=(2, 3, 4, 6), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True, **there)
    again = draw_back(rng, 2, 3, 2, 4, 6)
    yield Case("two passes before one comes back", again, edge=True, scenario="own_cache_twice")
    kept = draw_back(rng, 2, 2, 2, 4, 5)
    yield Case("what the backward pass changes", kept, edge=True, scenario="own_cache_after")


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "own_cache", "edge": True}
    silent = draw_back(rng, 2, 2, 2, 6, 4)
    silent["x"] = np.maximum(silent["x"], 0.0)  # as it is after a ReLU
    yield Case("maps after a ReLU", silent, **there)
    equal = draw_back(rng, 3, 2, 2, 6, 7)
    equal["x"][:] = -1.5
    yield Case("numbers that are all the same", equal, **there)
    yield Case("a single window and a rest", draw_back(rng, 3, 2, 2, 5, 4), **there)
    yield Case("one map of one image", draw_back(rng, 2, 1, 1, 4, 8), **there)
    stopped = draw_back(rng, 2, 2, 2, 4, 4)
    stopped["dout"][0] = 0.0
    yield Case("no gradient for an image", stopped, **there)
    near = draw_back(rng, 2, 2, 2, 4, 6)
    near["x"] = 1.0 + 1e-13 * near["x"]
    yield Case("numbers that differ by very little", near, **there)
    far = draw_back(rng, 2, 2, 2, 4, 6)
    far["x"] = -1e15 - 1e12 * far["x"]
    yield Case("numbers far below 0", far, **there)
    sizes = draw_back(rng, 2, 5, 2, 4, 4)
    sizes["x"] *= np.array([2e-12, 3e-12, 1.0, 1.0, 3e15])[:, None, None, None]
    sizes["dout"] *= np.array([1.0, 0.0, 3e-12, 2e5, 1.0])[:, None, None, None]
    yield Case("maps and gradients of all sizes", sizes, **there)
    single = draw_back(rng, 2, 2, 2, 4, 4)
    single["x"] = single["x"].astype(np.float32)
    yield Case("maps in float32", single, **there)
    alone = draw_back(rng, 1, 2, 2, 3, 3)
    yield Case("what is changed, windows of 1 x 1", alone, edge=True, scenario="own_cache_after")


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
ties-to-all: Where several numbers are the largest, all of yours get the gradient (x == out does
that); the first in reading order gets it.
    - first = (x[place] == largest) & ~taken
    + first = x[place] == largest

ties-shared: Where several numbers are the largest, yours share the gradient; the first in reading
order gets it all.
    - first = (x[place] == largest) & ~taken
    + first = (x[place] == largest) / sum(x[other] == largest for other in places)
    - taken |= first

ties-to-the-last: Where several numbers are the largest, the last of them gets your gradient; it is
the first.
    - for place in places:
    -     first =
    + for place in reversed(places):
    +     first =

ties-down-the-columns: Where several numbers are the largest, you look for the first of them column
by column; read row by row.
    - slice(i, down * size, size), slice(j, across * size, size)
    + slice(j, down * size, size), slice(i, across * size, size)

spread-evenly: You gave every number of a window the same share; only the largest has a say in what
came out.
    - dout * first
    + dout / size**2

whole-window: Every number of a window gets your gradient; only the largest has a say in what came
out.
    - dout * first
    + dout

always-in-the-corner: Your gradients all arrive in the upper left corner of their windows; they go
where the largest number was.
    - (x[place] == largest) & ~taken
    + ~taken

gradient-times-the-maximum: You multiplied the gradient by the largest number; its slope is 1.
    - dout * first
    + dout * first * largest

nothing-below-zero: A window whose largest number is negative gets no gradient from you: this is no
ReLU.
    - dout * first
    + dout * first * (largest > 0)

rest-cut-off: Your dx lacks the rows and columns that were left over: it is shaped as x, and they
get 0.
    - return dx
    + return dx[:, :, : down * size, : across * size].copy()

rows-and-columns-mixed-up: Your gradients stand in the wrong places of their windows: undo the
reshape of the forward pass step by step, in the opposite order.
    x, size = cache
    n, c, down, across = dout.shape
    dx, right = np.zeros(x.shape), reference(dout, cache)[:, :, : down * size, : across * size]
    by_window = right.reshape(n, c, down, size, across, size).swapaxes(3, 4)
    dx[:, :, : down * size, : across * size] = by_window.reshape(right.shape)
    return dx

window-transposed: Rows and columns within a window are swapped in your dx: argmax counts row by
row, so place k lies in row k // size and column k % size.
    - dx[place] = dout * first
    + rows = slice(place[2].start, down * size, size)
    + dx[..., rows, slice(place[1].start, across * size, size)] = dout * first

smallest: Your gradient goes to the smallest number of a window.
    return reference(dout, (-np.asarray(cache[0], dtype=float), cache[1]))

one-place-for-all-maps: You found the place of the largest number once for all channels; every map
has its own.
    x, size = cache
    return reference(dout, (x[:, :1] + np.zeros(x.shape), size))

averaged: You divided the gradient by the size of the window; the largest number gets all of it.
    - return dx
    + return dx / size**2

dout-overwritten: The gradient is right, but dout was changed on the way: work on a copy.
    found = reference(dout, cache)
    dout *= 0.5
    return found

maximum-back: You send the largest number itself back; what goes back is its gradient, dout.
    - dout * first
    + largest * first

no-upstream: You mark the largest number with a 1; what it gets is its gradient, dout.
    - dout * first
    + 1.0 * first

last-row-left-out: The last row of windows gets no gradient: does your loop end one row early?
    dout = dout.copy()
    dout[:, :, -1] = 0.0
    return reference(dout, cache)

type-of-x: Your dx has the number type of x (zeros_like(x) gives it), so that whole numbers cut its
fractions off: make it float64.
    return reference(dout, cache).astype(cache[0].dtype)
""")
