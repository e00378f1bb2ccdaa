"""Answers to conv_forward."""

from solutions.ch14_convolution.conv_output_size import conv_output_size
from tests.answers.ch14_convolution.convolutions import FAST, WRONG
from tests.answers.corpus import Answers

answers = Answers(__name__)

NAMED_BY_THE_REFERENCE = (conv_output_size,)  # so edits of its source need it here

answers.right(FAST)
answers.wrong(WRONG)
answers.wrong("""
a loop over the images, each by windows
    rows = []
    for image in np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))):
        view = np.lib.stride_tricks.sliding_window_view(image, W.shape[2:], axis=(1, 2))
        view = view[:, ::stride, ::stride]
        rows.append(np.tensordot(W, view, axes=((1, 2, 3), (0, 3, 4))) + b[:, None, None])
    return np.array(rows), (x, W, b, stride, padding)

a loop over rows of places
    kh, kw = W.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = []
    for top in range(0, wide.shape[2] - kh + 1, stride):
        stripe = wide[:, :, top : top + kh]
        view = np.lib.stride_tricks.sliding_window_view(stripe, kw, axis=3)[:, :, :, ::stride]
        rows.append(np.einsum("ncasb,fcab->nfs", view, W) + b[:, None])
    return np.stack(rows, axis=2), (x, W, b, stride, padding)

a loop over columns of places
    kh, kw = W.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    columns = []
    for left in range(0, wide.shape[3] - kw + 1, stride):
        stripe = wide[:, :, :, left : left + kw]
        view = np.lib.stride_tricks.sliding_window_view(stripe, kh, axis=2)[:, :, ::stride]
        columns.append(np.einsum("ncrba,fcab->nfr", view, W) + b[:, None])
    return np.stack(columns, axis=3), (x, W, b, stride, padding)

filters not laid flat [score=0]
    - W.reshape(num_filters, -1)
    + W.reshape(-1, num_filters).T

the places in other order [score=0]
    - columns_of_places = under
    + columns_of_places = under[..., ::-1, :]

ints of Python alone [hidden]
    if type(stride) is not int or type(padding) is not int:
        raise TypeError("whole numbers, please")
    return reference(x, W, b, stride, padding)
""")
