"""conv_forward_naive: slide every filter over every image, place by place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch14_convolution.conv_output_size import conv_output_size
from solutions.ch14_convolution.convs import SCENARIOS, SLIPS, common_cases, common_hidden_cases
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=3)


@exercise.reference
def conv_forward_naive(
    x: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> tuple:
    """Slide every filter over every image, with as many loops as you like.

    Args:
        x: (N, C, H, W) images, channels second; of any number type. Nothing given is changed.
        W: (F, C, kh, kw) float64: F filters, each with a part for every channel.
        b: (F,) float64: a bias for each filter.
        stride: by how many pixels a filter moves, down and across.
        padding: how many rows and columns of zeros are put around the image, on all four sides.

    Returns:
        (out, cache): out is (N, F, H', W') float64, with H' and W' as conv_output_size counts
        them. out[n, f, i, j] is the sum over all channels, rows and columns of filter f times what
        lies under it when its first row is row i * stride of the padded image n and its first
        column is column j * stride, plus b[f]. The filter is not turned round. cache may be
        anything; if you have no opinion, take (x, W, b, stride, padding).
    """
    num_filters, _, kh, kw = W.shape
    down = conv_output_size(x.shape[2], kh, stride, padding)
    across = conv_output_size(x.shape[3], kw, stride, padding)
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((len(x), num_filters, down, across))
    for n in range(len(x)):
        for f in range(num_filters):
            for i in range(down):
                for j in range(across):
                    top, left = i * stride, j * stride
                    window = wide[n, :, top : top + kh, left : left + kw]
                    out[n, f, i, j] = np.sum(window * W[f]) + b[f]
    return out, (x, W, b, stride, padding)


for scenario in SCENARIOS:
    exercise.scenario()(scenario)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield from common_cases(rng)


exercise.hidden_cases(common_hidden_cases)

exercise.wrong_ways(SLIPS)
exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
windows-one-after-the-other: Your windows begin at row i and column j whatever the stride; place i
begins at row i * stride.
    - top, left = i * stride, j * stride
    + top, left = i, j

square-images: You count the places once and use the number down and across: images need not be
square.
    - across = conv_output_size(x.shape[3], kw, stride, padding)
    + across = down

square-filters: You cut windows of kh x kh; filters need not be square.
    - left : left + kw
    + left : left + kh

down-and-across-swapped: Down and across are swapped: axis 2 is the height, axis 3 the width.
    - down = conv_output_size(x.shape[2], kh, stride, padding)
    - across = conv_output_size(x.shape[3], kw, stride, padding)
    + across = conv_output_size(x.shape[2], kh, stride, padding)
    + down = conv_output_size(x.shape[3], kw, stride, padding)

bias-inside-the-sum: You added the bias inside the sum, so that it counts once for every number
under the filter.
    - np.sum(window * W[f]) + b[f]
    + np.sum(window * W[f] + b[f])

padding-as-offset: You shift the windows to the left and up by the padding and lose what stands
there: indices below 0 count from the end. Pad first.
    - window = wide[n, :, top : top + kh, left : left + kw]
    + rows = np.arange(top, top + kh)[:, None] - padding
    + columns = np.arange(left, left + kw) - padding
    + window = x[n][:, rows % x.shape[2], columns % x.shape[3]]

last-row-left-out: The last row of your maps is empty: does your loop end one row early?
    - range(down)
    + range(down - 1)

last-column-left-out: The last column of your maps is empty: does your loop end one column early?
    - range(across)
    + range(across - 1)

last-image-left-out: The maps of the last image are empty: does your loop end one image early?
    - range(len(x))
    + range(len(x) - 1)
""")
