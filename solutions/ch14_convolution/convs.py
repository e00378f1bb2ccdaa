"""What both forward passes of chapter 14 share: how they are called, cases, and slips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, Table

# By hand in the text: the corner of something bright, and a filter for edges that run down.
CORNER = np.array([[0, 0, 0, 0], [0, 9, 9, 9], [0, 9, 9, 9], [0, 9, 9, 9]], dtype=float)
DOWN = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]], dtype=float)


def draw_conv(
    rng: np.random.Generator, images: tuple[int, int, int, int], filters: tuple[int, int, int]
) -> dict[str, np.ndarray]:
    """Images (N, C, H, W), filters (F, C, kh, kw) and biases (F,)."""
    f, kh, kw = filters
    return {
        "x": rng.normal(size=images), "W": rng.normal(size=(f, images[1], kh, kw)),
        "b": rng.uniform(0.5, 2.0, size=f) * rng.choice([-1.0, 1.0], size=f),
    }  # fmt: skip


# --- how a forward pass is called


def maps(conv, x, W, b, settings):
    """What comes out; the cache is the student's own business, but there must be one."""
    given = conv(x, W, b, **settings)
    if isinstance(given, (tuple, list)) and len(given) == 2:
        return given[0], None
    return given


def by_position(conv, x, W, b, stride, padding):
    """What comes out, with stride and padding by their places."""
    given = conv(x, W, b, stride, padding)
    if isinstance(given, (tuple, list)) and len(given) == 2:
        return given[0], None
    return given


def in_other_layouts(conv, x, W, b, stride, padding):
    """What comes out for arrays that lie column by column, and for read-only windows of them."""
    found = []
    for way in ("column by column", "windows"):
        given = [np.array(array, order="F") for array in (x, W, b)]
        if way == "windows":
            given = [np.repeat(array, 2, axis=-1)[::-1, ..., ::2] for array in (x, W)]
            given.append(np.repeat(b, 2)[::-2])
            for array in given:
                array.flags.writeable = False
        found.append(conv(*given, stride, padding)[0])
    return found


def written_over(conv, x, W, b, stride, padding):
    """What was given, after the result has been written over, and a second result."""
    out = conv(x, W, b, stride, padding)[0]
    kept = np.array(out)
    out[...] = 7.0
    return kept, x, W, b, conv(x, W, b, stride, padding)[0]


SCENARIOS = (maps, by_position, in_other_layouts, written_over)


# --- cases


def common_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of both keys."""
    example = {"x": CORNER[None, None], "W": DOWN[None, None], "b": np.array([1.0])}
    yield Case("the worked example", {**example, "settings": {}}, scenario="maps")
    h, w = (int(k) for k in rng.permutation([5, 6, 7])[:2])
    plain = draw_conv(rng, (2, 3, h, w), (4, 3, 2))
    yield Case("stride 1, no padding", {**plain, "settings": {}}, scenario="maps")
    padded = {**draw_conv(rng, (2, 2, w - 1, h - 1), (3, 3, 3)), "settings": {"padding": 1}}
    yield Case("padding of 1", padded, scenario="maps")
    strides = {**draw_conv(rng, (2, 2, 7, 9), (3, 3, 3)), "settings": {"stride": 2}}
    yield Case("a stride of 2", strides, scenario="maps")
    both = {**draw_conv(rng, (2, 3, 8, 7), (4, 2, 3)), "stride": 3, "padding": 2}
    yield Case("stride and padding, pixels left over", both, scenario="by_position")
    size = int(rng.integers(3, 5))
    square = {**draw_conv(rng, (size, size, 5, 5), (size, 3, 3)), "stride": 1, "padding": 1}
    yield Case("as many images as channels and filters", square, scenario="by_position")
    once = {**draw_conv(rng, (3, 2, 3, 4), (5, 3, 4)), "settings": {}}
    yield Case("a filter as large as the image", once, edge=True, scenario="maps")
    point = {**draw_conv(rng, (2, 3, 4, 5), (4, 1, 1)), "settings": {}}
    yield Case("a filter of one pixel", point, edge=True, scenario="maps")
    pixels = {**draw_conv(rng, (2, 3, 5, 4), (2, 3, 2)), "stride": 1, "padding": 1}
    pixels["x"] = rng.integers(0, 256, size=(2, 3, 5, 4), dtype=np.uint8)
    yield Case("pixels as uint8", pixels, edge=True, scenario="by_position")
    kept = {**draw_conv(rng, (2, 2, 4, 5), (3, 3, 3)), "stride": 2, "padding": 1}
    yield Case(
        "what was given, after the result is written over", kept, edge=True, scenario="written_over"
    )


def common_hidden_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases for grading alone."""
    there: dict[str, Any] = {"edge": True, "scenario": "by_position"}
    one = {**draw_conv(rng, (1, 1, 5, 6), (1, 3, 2)), "stride": 1, "padding": 0}
    yield Case("one image, one channel, one filter", one, **there)
    wide = {**draw_conv(rng, (2, 2, 3, 4), (3, 2, 2)), "stride": 1, "padding": 3}
    yield Case("more padding than the filter covers", wide, **there)
    jump = {**draw_conv(rng, (2, 2, 9, 8), (3, 2, 2)), "stride": 4, "padding": 0}
    yield Case("strides beyond the filter", jump, **there)
    large = {**draw_conv(rng, (2, 3, 2, 3), (2, 5, 4)), "stride": 1, "padding": 2}
    yield Case("a filter larger than the image", large, **there)
    row = {**draw_conv(rng, (3, 2, 1, 9), (4, 1, 3)), "stride": 2, "padding": 0}
    yield Case("images of one row", row, **there)
    for dtype in (np.int32, np.int64):
        whole = {**draw_conv(rng, (2, 2, 5, 5), (3, 3, 3)), "stride": 2, "padding": 1}
        whole["x"] = rng.integers(-300, 300, size=(2, 2, 5, 5)).astype(dtype)
        yield Case(f"whole numbers as {dtype.__name__}", whole, **there)
    named = {**draw_conv(rng, (2, 2, 6, 5), (3, 2, 3))}
    yield Case(
        "stride and padding by their names", {**named, "settings": {"padding": 1, "stride": 2}},
        edge=True, scenario="maps",
    )  # fmt: skip
    layouts = {**draw_conv(rng, (3, 2, 5, 6), (4, 3, 2)), "stride": 2, "padding": 1}
    yield Case("arrays in other memory layouts", layouts, edge=True, scenario="in_other_layouts")
    sizes = {**draw_conv(rng, (4, 3, 4, 4), (3, 3, 3)), "stride": 1, "padding": 1}
    sizes["x"] *= np.array([0.0, 2e-12, 1.0, 3e5])[:, None, None, None]
    yield Case("images that are zero, tiny and huge", sizes, **there)
    weights = {**draw_conv(rng, (2, 3, 4, 4), (5, 3, 3)), "stride": 1, "padding": 1}
    weights["W"] *= np.array([0.0, 2e-12, 1.0, 1.0, 3e4])[:, None, None, None]
    weights["b"] *= np.array([0.0, 0.0, 3e-12, 1.0, -2e4])
    yield Case("filters and biases that are zero, tiny and huge", weights, **there)
    tiny: dict[str, Any] = {**draw_conv(rng, (2, 3, 4, 4), (3, 2, 2)), "stride": 1, "padding": 0}
    tiny["W"], tiny["b"] = 5e-11 * tiny["W"], 5e-11 * tiny["b"]
    yield Case("filters and biases that are all tiny", tiny, **there)
    numpys: dict[str, Any] = draw_conv(rng, (2, 2, 6, 5), (3, 3, 2))
    numpys |= {"stride": np.int64(2), "padding": np.int64(1)}
    yield Case("stride and padding that are NumPy's", numpys, **there)
    beyond = {**draw_conv(rng, (2, 2, 5, 6), (3, 3, 2)), "stride": 300, "padding": 1}
    yield Case("a stride beyond the whole image", beyond, **there)


# --- against the clock


def many_images(conv: Callable[..., Any], num_images: int, times: int, seed: int) -> Any:
    """Maps of many tiny images, again and again."""
    rng = np.random.default_rng(seed)
    x, W = rng.random((num_images, 1, 3, 3)), rng.random((2, 1, 2, 2))
    for _ in range(times):
        found = conv(x, W, np.ones(2), 1, 0)
    out = found[0]
    if isinstance(out, np.ndarray):  # a part is enough, and a key stays small
        out = out[tuple(slice(None, None, 1 + n // 100) for n in out.shape)]
    return out


def large_images(conv: Callable[..., Any], length: int, seed: int) -> Any:
    """Maps of a tall image and of a wide one."""
    rng = np.random.default_rng(seed)
    W, found = rng.random((2, 1, 2, 2)), []
    for shape in ((1, 1, length, 3), (1, 1, 3, length)):
        out = conv(rng.random(shape), W, np.ones(2), 1, 0)[0]
        if isinstance(out, np.ndarray):  # as above
            out = out[tuple(slice(None, None, 1 + n // 100) for n in out.shape)]
        found.append(out)
    return found


# What somebody makes of images and filters; the convolution in ``reference`` is right.
SLIPS = Table("""
flipped: You turned the filter round. Mathematicians do so when they say convolution; here, as in
every library for networks, the filter is laid on as it is.
    return reference(x, W[:, :, ::-1, ::-1], b, stride, padding)

no-bias: The bias is missing: every map gets its filter's own b added.
    return reference(x, W, 0 * b, stride, padding)

padding-forgotten: Your maps do not depend on the padding.
    return reference(x, W, b, stride, 0)

stride-forgotten: Your maps do not depend on the stride.
    return reference(x, W, b, 1, padding)

stride-down-alone: Your stride counts down the rows alone; a filter moves by it across as well.
    out, cache = reference(x, W, b, 1, padding)
    return out[:, :, ::stride].copy(), cache

stride-across-alone: Your stride counts across the columns alone; a filter moves by it down as well.
    out, cache = reference(x, W, b, 1, padding)
    return out[..., ::stride].copy(), cache

padding-at-one-end: You put zeros at the beginning of rows and columns alone; they are put on all
four sides.
    wide = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)))
    return reference(wide, W, b, stride, 0)

all-padding-at-one-end: You put all zeros at the beginning of rows and columns; as many belong at
their ends as at their beginnings.
    wide = np.pad(x, ((0, 0), (0, 0), (2 * padding, 0), (2 * padding, 0)))
    return reference(wide, W, b, stride, 0)

padding-of-all-axes: You padded all four axes, so that images and channels were added as well: pad
height and width alone.
    wide = np.pad(x, padding)
    W = np.concatenate([W] * (1 + 2 * padding), axis=1)[:, : wide.shape[1]]
    return reference(wide, W, b, stride, 0)

padded-with-the-edge: Your padding repeats the pixels at the edge; it is made of zeros.
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    return reference(wide, W, b, stride, 0)

first-channel-alone: You looked at the first channel alone: a filter has a part for every channel,
and they are all summed.
    return reference(x[:, :1], W[:, :1], b, stride, padding)

last-channel-alone: Your maps are made of the last channel alone: a filter has a part for every
channel, and they are all summed.
    return reference(x[:, -1:], W[:, -1:], b, stride, padding)

mean-over-channels: You took the mean over the channels; they are summed.
    return reference(x, W / W.shape[1], b, stride, padding)

mean-over-the-window: You took the mean over the window; its products are summed.
    return reference(x, W / W[0].size, b, stride, padding)

bias-for-each-channel: You added the bias once for every channel; each map gets it once.
    return reference(x, W, b * x.shape[1], stride, padding)

filter-transposed: Rows and columns of your filters are swapped.
    turned = W.swapaxes(2, 3)
    return reference(x.swapaxes(2, 3), W, b, stride, padding) if W.shape != turned.shape else (
        reference(x, turned, b, stride, padding)
    )

maps-transposed: Rows and columns of your maps are swapped: out[n, f, i, j] belongs to row i and
column j.
    out, cache = reference(x, W, b, stride, padding)
    return out.swapaxes(2, 3).copy(), cache

channels-last: Your maps stand in the last axis; it is (N, F, H', W'), the maps second.
    out, cache = reference(x, W, b, stride, padding)
    return out.transpose(0, 2, 3, 1).copy(), cache

filters-first: Your result begins with the filters; it is (N, F, H', W'), the images first.
    out, cache = reference(x, W, b, stride, padding)
    return out.swapaxes(0, 1).copy(), cache

last-place-missing: The last row and column of your maps are missing: count the places with
conv_output_size.
    out, cache = reference(x, W, b, stride, padding)
    return out[:, :, : max(out.shape[2] - 1, 1), : max(out.shape[3] - 1, 1)], cache

places-that-do-not-fit: Your maps have places that reach over the end of the image; they are left
out.
    rest = [(stride - (n + 2 * padding - k) % stride) % stride
            for n, k in zip(x.shape[2:], W.shape[2:])]
    wide = np.pad(x, ((0, 0), (0, 0), *((padding, padding + r) for r in rest)))
    return reference(wide, W, b, stride, 0)

no-cache: Give back two things, (out, cache): without a cache conv_backward cannot work.
    return reference(x, W, b, stride, padding)[0]

whole-numbers: Your maps have the number type of x, so that fractions are lost where x is whole:
make them float64.
    out, cache = reference(x, W, b, stride, padding)
    return out.astype(x.dtype), cache

one-filter-for-all: All your maps are of one filter; each filter makes its own.
    return reference(x, W[:1] + 0 * W, b, stride, padding)

cut-off-at-zero: Your maps have no negative numbers: the ReLU comes later, by itself.
    out, cache = reference(x, W, b, stride, padding)
    return np.maximum(out, 0), cache

padding-at-the-other-end: You put zeros at the end of rows and columns alone; they are put on all
four sides.
    wide = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    return reference(wide, W, b, stride, 0)

padded-with-a-reflection: Your padding mirrors the pixels at the edge; it is made of zeros.
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="symmetric")
    if padding < min(x.shape[2:]):
        wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    return reference(wide, W, b, stride, 0)
""")
