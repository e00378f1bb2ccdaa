"""conv_forward: the same maps, all images and all places at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch14_convolution.conv_output_size import conv_output_size
from solutions.ch14_convolution.convs import (
    SCENARIOS,
    SLIPS,
    common_cases,
    common_hidden_cases,
    large_images,
    many_images,
)
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=4)

# Measured (CPU seconds): many images at once 0.02 to 0.08, by a plain einsum 0.26; one by one 1.4
# and more. Long images at once 0.01 to 0.06; by rows, by columns or place by place 0.7 and more.
MANY, TIMES, LENGTH = 20_000, 8, 60_000
MANY_SECONDS, LARGE_SECONDS = 0.4, 0.3


@exercise.reference
def conv_forward(
    x: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> tuple:
    """Slide every filter over every image, all images and all places at once.

    Args:
        x: (N, C, H, W) images, channels second; of any number type. Nothing given is changed.
        W: (F, C, kh, kw) float64: F filters, each with a part for every channel.
        b: (F,) float64: a bias for each filter.
        stride: by how many pixels a filter moves, down and across.
        padding: how many rows and columns of zeros are put around the image, on all four sides.

    Returns:
        (out, cache): out is (N, F, H', W') float64, the same as conv_forward_naive gives. cache is
        what conv_backward needs, in the form that you like best. If you have no opinion, take
        (x, W, b, stride, padding).

    No Python loop over images or places. A loop over the rows and columns of the filter is fine.
    """
    num_images, channels, height, width = x.shape
    num_filters, _, kh, kw = W.shape
    down = conv_output_size(height, kh, stride, padding)
    across = conv_output_size(width, kw, stride, padding)
    wide = np.zeros((num_images, channels, height + 2 * padding, width + 2 * padding))
    wide[:, :, padding : padding + height, padding : padding + width] = x
    # What lies under each number of the filter, for all places: a picture for each of them.
    under = np.empty((num_images, channels, kh, kw, down, across))
    for i in range(kh):
        for j in range(kw):
            rows = slice(i, i + stride * down, stride)
            columns = slice(j, j + stride * across, stride)
            under[:, :, i, j] = wide[:, :, rows, columns]
    columns_of_places = under.reshape(num_images, channels * kh * kw, down * across)
    out = W.reshape(num_filters, -1) @ columns_of_places
    out += b[:, np.newaxis]
    return out.reshape(num_images, num_filters, down, across), (x, W, b, stride, padding)


for scenario in (*SCENARIOS, many_images, large_images):
    exercise.scenario()(scenario)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    common = list(common_cases(rng))
    yield from (case for case in common if not case.edge)
    many = {"num_images": MANY, "times": TIMES, "seed": int(rng.integers(2**31))}
    yield Case(
        "many images, no Python loop over them", many, scenario="many_images", seconds=MANY_SECONDS
    )
    large = {"length": LENGTH, "seed": int(rng.integers(2**31))}
    yield Case(
        "a tall and a wide image, no Python loop over places", large, scenario="large_images",
        seconds=LARGE_SECONDS,
    )  # fmt: skip
    yield from (case for case in common if case.edge)


exercise.hidden_cases(common_hidden_cases)

exercise.wrong_ways(SLIPS)
exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
loop-over-images: Your maps are right, but you go through the images one by one in Python: let one
product of arrays do it for all of them at once.
    out = [reference(x[n : n + 1], W, b, stride, padding)[0] for n in range(len(x))]
    return np.concatenate(out), (x, W, b, stride, padding)

loop-over-places: Your maps are right, but you go through the places one by one in Python: collect
what lies under the filter at all places first, then multiply once.
    kh, kw = W.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    down = conv_output_size(x.shape[2], kh, stride, padding)
    across = conv_output_size(x.shape[3], kw, stride, padding)
    out = np.zeros((len(x), len(W), down, across))
    rows = W.reshape(len(W), -1).T
    for i in range(down):
        for j in range(across):
            top, left = i * stride, j * stride
            window = wide[:, :, top : top + kh, left : left + kw].reshape(len(x), -1)
            out[:, :, i, j] = window @ rows + b
    return out, (x, W, b, stride, padding)

places-before-channels: The numbers under the filter do not stand in the order of the filter's own:
channel, row, column.
    - np.empty((num_images, channels, kh, kw, down, across))
    + np.empty((num_images, kh, kw, channels, down, across))
    - under[:, :, i, j] =
    + under[:, i, j] =

maps-laid-out-wrong: The numbers of your maps are right, but in the wrong places: after a product
over all images, reshape keeps the order of the axes, and only transpose changes it.
    out, cache = reference(x, W, b, stride, padding)
    return np.ascontiguousarray(out.swapaxes(0, 1)).reshape(out.shape), cache

filters-last-then-reshaped: The numbers of your maps are right, but in the wrong places: where a row
of a product holds all filters of a place, reshape to (N, H', W', F), then move the last axis.
    out, cache = reference(x, W, b, stride, padding)
    return np.moveaxis(out, 1, -1).reshape(out.shape), cache

channels-not-beside-the-window: The numbers under the filter are mixed up: before the reshape the
axes of channel, row and column of the filter have to stand side by side, behind those of the place.
    kh, kw = W.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    down, across = windows.shape[2:4]
    places = windows.reshape(len(x), down * across, -1) @ W.reshape(len(W), -1).T + b
    return places.swapaxes(1, 2).reshape(len(x), len(W), down, across), (x, W, b, stride, padding)

bias-along-the-columns: Your b is added along the last axis of the maps, where broadcasting lays it;
it belongs to the filters: give it the shape (F, 1, 1).
    out, cache = reference(x, W, 0 * b, stride, padding)
    return out + b, cache

images-and-filters-mixed-up: The numbers of your maps are right, but in the wrong places: a product
of all filters with all columns has the filters first, (F, N, H', W'). Reshape to that, then swap
the first two axes.
    out, cache = reference(x, W, b, stride, padding)
    right = out - b[:, None, None]
    return right.swapaxes(0, 1).reshape(out.shape) + b[:, None, None], cache
""")
