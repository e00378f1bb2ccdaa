"""conv_backward: send a gradient back through a convolution."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch14_convolution.convs import draw_conv
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=4)


@exercise.reference
def conv_backward(dout: np.ndarray, cache) -> tuple:
    """Send a gradient back through conv_forward.

    Args:
        dout: (N, F, H', W') float64: the gradient of the loss towards out.
        cache: what conv_forward gave (your own; where yours does not pass its check yet,
            (x, W, b, stride, padding)).

    Returns:
        (dx, dW, db): float64 gradients towards x, W and b, each shaped as what it belongs to:
        (N, C, H, W), (F, C, kh, kw) and (F,). No mean is taken: what arrives is summed.
    """
    x, W, _, stride, padding = cache
    num_images, channels, height, width = x.shape
    num_filters, _, kh, kw = W.shape
    down, across = dout.shape[2:]
    wide = np.zeros((num_images, channels, height + 2 * padding, width + 2 * padding))
    wide[:, :, padding : padding + height, padding : padding + width] = x
    under = np.empty((num_images, channels, kh, kw, down, across))
    for i in range(kh):
        for j in range(kw):
            rows = slice(i, i + stride * down, stride)
            columns = slice(j, j + stride * across, stride)
            under[:, :, i, j] = wide[:, :, rows, columns]
    by_place = dout.reshape(num_images, num_filters, down * across)
    dW = by_place @ under.reshape(num_images, channels * kh * kw, down * across).swapaxes(1, 2)
    # What each number under the filter gets at each place; back in the image, that is added up.
    shares = (W.reshape(num_filters, -1).T @ by_place).reshape(under.shape)
    dwide = np.zeros(wide.shape)
    for i in range(kh):
        for j in range(kw):
            rows = slice(i, i + stride * down, stride)
            columns = slice(j, j + stride * across, stride)
            dwide[:, :, rows, columns] += shares[:, :, i, j]
    dx = dwide[:, :, padding : padding + height, padding : padding + width]
    return dx, dW.sum(axis=0).reshape(W.shape), dout.sum(axis=(0, 2, 3))


@exercise.scenario(uses=("conv_forward",), otherwise="documented_cache")
def own_cache(conv_backward, conv_forward, x, W, b, stride, padding, dout):
    """With the cache that the student's own forward pass gives."""
    return conv_backward(dout, conv_forward(x, W, b, stride, padding)[1])


@exercise.scenario()
def documented_cache(conv_backward, x, W, b, stride, padding, dout):
    """With the cache that the docstring states."""
    return conv_backward(dout, (x, W, b, stride, padding))


@exercise.scenario(uses=("conv_forward",), otherwise="documented_cache_twice")
def own_cache_twice(conv_backward, conv_forward, x, W, b, stride, padding, dout):
    """Two passes forward before either comes back; the first comes back twice.

    Arrays lie column by column, and gradients are read-only windows.
    """
    x, W = np.array(x, order="F"), np.array(W, order="F")
    caches = [conv_forward(given, W, b, stride, padding)[1] for given in (x, x[::-1] * 2.0)]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [conv_backward(window, cache) for cache in (*caches, caches[0])]


@exercise.scenario()
def documented_cache_twice(conv_backward, x, W, b, stride, padding, dout):
    """The same with the cache that the docstring states."""
    x, W = np.array(x, order="F"), np.array(W, order="F")
    caches = [(given, W, b, stride, padding) for given in (x, x[::-1] * 2.0)]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [conv_backward(window, cache) for cache in (*caches, caches[0])]


@exercise.scenario(uses=("conv_forward",), otherwise="documented_cache_after")
def own_cache_after(conv_backward, conv_forward, x, W, b, stride, padding, dout):
    """What was given to both passes, after the way back and after its results are written over."""
    cache = conv_forward(x, W, b, stride, padding)[1]
    found = conv_backward(dout, cache)
    kept = [np.array(gradient) for gradient in found]
    for gradient in found:
        gradient[...] = 7.0
    return kept, x, W, b, dout


@exercise.scenario()
def documented_cache_after(conv_backward, x, W, b, stride, padding, dout):
    """The same with the cache that the docstring states."""
    found = conv_backward(dout, (x, W, b, stride, padding))
    kept = [np.array(gradient) for gradient in found]
    for gradient in found:
        gradient[...] = 7.0
    return kept, x, W, b, dout


def draw_back(
    rng: np.random.Generator,
    images: tuple[int, int, int, int],
    filters: tuple[int, int, int],
    stride: int = 1,
    padding: int = 0,
) -> dict[str, Any]:
    """Inputs of both passes."""
    sides = (
        (n + 2 * padding - k) // stride + 1 for n, k in zip(images[2:], filters[1:], strict=True)
    )
    return {
        **draw_conv(rng, images, filters), "stride": stride, "padding": padding,
        "dout": rng.normal(size=(images[0], filters[0], *sides)),
    }  # fmt: skip


# By hand in the text: one image, one filter, and a loss that looks at two of the four places.
EXAMPLE = {
    "x": np.array([[1, 2, 0], [0, 1, 3], [2, 0, 1]], dtype=float)[None, None],
    "W": np.array([[1, -1], [2, 3]], dtype=float)[None, None], "b": np.zeros(1),
    "stride": 1, "padding": 0, "dout": np.array([[1, 0], [0, 2]], dtype=float)[None, None],
}  # fmt: skip


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "own_cache"}
    yield Case("the worked example", EXAMPLE, **there)
    h, w = (int(k) for k in rng.permutation([5, 6, 7])[:2])
    yield Case("stride 1, no padding", draw_back(rng, (2, 3, h, w), (4, 3, 2)), **there)
    yield Case("padding of 1", draw_back(rng, (3, 2, w, h), (4, 3, 3), padding=1), **there)
    yield Case("a stride of 2", draw_back(rng, (2, 2, 7, 9), (3, 3, 3), stride=2), **there)
    both = draw_back(rng, (2, 3, 8, 7), (4, 2, 3), 3, 2)
    yield Case("stride and padding, pixels left over", both, **there)
    size = int(rng.integers(3, 5))
    square = draw_back(rng, (size, size, 5, 5), (size, 3, 3), padding=1)
    yield Case("as many images as channels and filters", square, **there)
    once = draw_back(rng, (3, 2, 3, 4), (5, 3, 4))
    yield Case("a filter as large as the image", once, edge=True, **there)
    left = draw_back(rng, (2, 2, 6, 7), (3, 3, 2), stride=4)
    yield Case("pixels that no filter ever covers", left, edge=True, **there)
    again = draw_back(rng, (2, 2, 5, 4), (3, 2, 3), 2, 1)
    yield Case("two passes before one comes back", again, edge=True, scenario="own_cache_twice")
    kept = draw_back(rng, (2, 2, 4, 5), (3, 3, 3), 2, 1)
    yield Case("what the backward pass changes", kept, edge=True, scenario="own_cache_after")
    pixels = draw_back(rng, (1, 2, 3, 4), (2, 3, 2), padding=1)
    pixels["x"] = rng.integers(0, 256, size=(1, 2, 3, 4), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True, **there)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "own_cache", "edge": True}
    yield Case("a filter of one pixel", draw_back(rng, (2, 3, 4, 5), (4, 1, 1)), **there)
    one = draw_back(rng, (1, 1, 5, 6), (1, 3, 2))
    yield Case("one image, one channel, one filter", one, **there)
    wide = draw_back(rng, (2, 2, 3, 4), (3, 2, 2), padding=3)
    yield Case("more padding than the filter covers", wide, **there)
    jump = draw_back(rng, (2, 2, 9, 8), (3, 2, 2), 4)
    yield Case("strides beyond the filter", jump, **there)
    large = draw_back(rng, (2, 3, 2, 3), (2, 5, 4), padding=2)
    yield Case("a filter larger than the image", large, **there)
    nothing = draw_back(rng, (2, 2, 5, 5), (3, 3, 3), padding=1)
    nothing["dout"][:, 1] = 0.0
    yield Case("no gradient for a map", nothing, **there)
    more = draw_back(rng, (40, 2, 6, 6), (3, 3, 3), padding=1)
    yield Case("forty images", more, **there)
    sizes = draw_back(rng, (4, 2, 5, 4), (3, 3, 2), padding=1)
    sizes["x"] *= np.array([0.0, 2e-12, 1.0, 3e4])[:, None, None, None]
    sizes["W"] *= np.array([1e-12, 1.0, 2e4])[:, None, None, None]
    sizes["dout"] *= np.array([1.0, 3e-12, 2e4])[:, None, None]
    yield Case("numbers and gradients of all sizes", sizes, **there)
    tiny = draw_back(rng, (2, 3, 4, 5), (3, 2, 2))
    tiny["dout"] *= 5e-11
    yield Case("gradients that are all tiny", tiny, **there)
    bare = draw_back(rng, (2, 2, 4, 5), (3, 1, 1))
    label = "what is changed, without padding, filters of one pixel"
    yield Case(label, bare, edge=True, scenario="own_cache_after")


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
overlaps-overwritten: Where windows overlap, your dx keeps the last one: a pixel lies under several
places of the filter, and what comes back from them adds up.
    - dwide[:, :, rows, columns] += shares
    + dwide[:, :, rows, columns] = shares

filter-turned-round: Your dx is made with the filter turned round: what lay under W[f, c, i, j] gets
dout times W[f, c, i, j].
    - shares[:, :, i, j]
    + shares[:, :, kh - 1 - i, kw - 1 - j]

dx-still-padded: Your dx still has the padding around it: cut it off at the end.
    - dx = dwide[:, :, padding : padding + height, padding : padding + width]
    + dx = dwide

cut-with-minus-padding: Without padding your dx is empty: [0:-0] is an empty slice. Count from the
padding to the padding plus the height.
    - dwide[:, :, padding : padding + height, padding : padding + width]
    + dwide[:, :, padding:-padding, padding:-padding]

padding-of-the-middle-forgotten: Your dx has the right shape, but begins in the padding: what is cut
off lies on all four sides.
    - dx = dwide[:, :, padding : padding + height, padding : padding + width]
    + dx = dwide[:, :, :height, :width]

padding-forgotten: Your gradients are those without padding: put the zeros around x again before you
go back.
    wide, W, _, stride, padding = cache
    down, across = dout.shape[2:]
    kh, kw = W.shape[2:]
    dx, dW = np.zeros(wide.shape), np.zeros(W.shape)
    for i in range(kh):
        for j in range(kw):
            rows = np.arange(down) * stride + i
            columns = np.arange(across) * stride + j
            rows, columns = rows[rows < wide.shape[2]], columns[columns < wide.shape[3]]
            inside = dout[:, :, : len(rows), : len(columns)]
            at = np.ix_(range(len(wide)), range(W.shape[1]), rows, columns)
            dW[:, :, i, j] = np.einsum("nfij,ncij->fc", inside, wide[at])
            dx[at] += np.einsum("nfij,fc->ncij", inside, W[:, :, i, j])
    return dx, dW, dout.sum(axis=(0, 2, 3))

stride-forgotten: Your gradients are those of stride 1: place (i, j) of dout belongs to the window
that begins at row i * stride and column j * stride.
    x, W, b, stride, padding = cache
    short = [n - (stride - 1) * (m - 1) for n, m in zip(x.shape[2:], dout.shape[2:])]
    dx, dW, db = reference(dout, (x[:, :, : short[0], : short[1]], W, b, 1, padding))
    return np.pad(dx, ((0, 0), (0, 0), *((0, n - m) for n, m in zip(x.shape[2:], short)))), dW, db

gradients-averaged: You took a mean over the images; whatever arrives is summed, as the loss has
taken its mean already.
    return tuple(g / (1 if g.ndim == 4 and g.shape == cache[0].shape and i == 0 else len(dout))
                 for i, g in enumerate(reference(dout, cache)))

db-of-the-images-alone: Your db is summed over the images alone; a filter has one bias for all its
places.
    - dout.sum(axis=(0, 2, 3))
    + dout.sum(axis=0)

db-averaged-over-places: Your db is a mean over the places; every place adds the bias once, so their
gradients add up.
    - dout.sum(axis=(0, 2, 3))
    + dout.mean(axis=(2, 3)).sum(axis=0)

last-image-alone: Your dW is that of the last image: each of them adds its part, so += instead of =.
    - dW.sum(axis=0)
    + dW[-1]

dW-with-the-filter: Your dW is made of the filter; a product hands each factor the other one: for W
that is what lay under it.
    - dW.sum(axis=0).reshape(W.shape)
    + dout.sum() * W

dx-by-the-pixels: Your dx is made of the pixels; a product hands each factor the other one: for x
that is the filter.
    return dout.sum() * cache[0], *reference(dout, cache)[1:]

first-filter-alone: Your dx comes from the first filter alone; every map sends something back to the
pixels.
    - W.reshape(num_filters, -1).T @ by_place
    + W[:1].reshape(1, -1).T @ by_place[:, :1]

dW-turned-round: Your dW is turned round: its entry (i, j) belongs to what lay under W[f, c, i, j].
    dx, dW, db = reference(dout, cache)
    return dx, dW[:, :, ::-1, ::-1].copy(), db

other-order: The gradients come in the order (dx, dW, db).
    dx, dW, db = reference(dout, cache)
    return dW, dx, db

dW-laid-flat: Your dW has a row for each filter; give it the shape of W again.
    dx, dW, db = reference(dout, cache)
    return dx, dW.reshape(len(dW), -1), db

dout-overwritten: The gradients are right, but dout was changed on the way: work on a copy.
    found = reference(dout, cache)
    dout *= 0.5
    return found

overlaps-of-the-places-overwritten: Where windows overlap, your dx keeps only one of the shares:
what comes back to a pixel from several windows adds up, which `=` does not do, nor `+=` with lists
of indices.
    x, W, _, stride, padding = cache
    dwide = np.zeros(np.add(x.shape, (0, 0, 2 * padding, 2 * padding)))
    for i, j in np.ndindex(dout.shape[2:]):
        rows = slice(i * stride, i * stride + W.shape[2])
        columns = slice(j * stride, j * stride + W.shape[3])
        dwide[:, :, rows, columns] = np.einsum("nf,fcij->ncij", dout[:, :, i, j], W)
    dx = dwide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, *reference(dout, cache)[1:]

stride-forgotten-in-dx: In your dx the windows move by 1, whatever the stride: place (i, j) of dout
belongs to the window that begins at row i * stride and column j * stride.
    - dwide[:, :, rows, columns] += shares
    + dwide[:, :, i : i + down, j : j + across] += shares

stride-forgotten-in-dW: In your dW the windows move by 1, whatever the stride: place (i, j) of dout
belongs to the window that begins at row i * stride and column j * stride.
    - under[:, :, i, j] = wide[:, :, rows, columns]
    + under[:, :, i, j] = wide[:, :, i : i + down, j : j + across]

dW-averaged: Your dW is a mean over the images; whatever arrives is summed, as the loss has taken
its mean already.
    - dW.sum(axis=0)
    + dW.mean(axis=0)

type-of-x: Your dx has the number type of x (zeros_like(x) gives it), so that whole numbers cut its
fractions off: make it float64.
    dx, dW, db = reference(dout, cache)
    return dx.astype(cache[0].dtype), dW, db

type-of-x-refused: Your dx has the number type of x (zeros_like(x) gives it), and NumPy adds no
fractions to whole numbers in place: make it float64.
    - dwide = np.zeros(wide.shape)
    + dwide = np.zeros(wide.shape, x.dtype)
""")
