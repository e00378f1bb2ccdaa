"""Answers to conv_forward_naive."""

from solutions.ch14_convolution.conv_output_size import conv_output_size
from tests.answers.ch14_convolution.convolutions import FAST, WRONG
from tests.answers.corpus import Answers

answers = Answers(__name__)

NAMED_BY_THE_REFERENCE = (conv_output_size,)  # so edits of its source need it here

answers.right(FAST)
answers.right("""
seven loops
    n_images, channels, height, width = x.shape
    filters, _, kh, kw = W.shape
    down = (height + 2 * padding - kh) // stride + 1
    across = (width + 2 * padding - kw) // stride + 1
    out = np.zeros((n_images, filters, down, across))
    for n in range(n_images):
        for f in range(filters):
            for i in range(down):
                for j in range(across):
                    total = b[f]
                    for c in range(channels):
                        for a in range(kh):
                            for d in range(kw):
                                r, s = i * stride + a - padding, j * stride + d - padding
                                if 0 <= r < height and 0 <= s < width:
                                    total += float(x[n, c, r, s]) * W[f, c, a, d]
                    out[n, f, i, j] = total
    return out, (x, W, b, stride, padding)

images one by one, each with its own padding
    maps = []
    for image in x:
        wide = np.pad(image, ((0, 0), (padding, padding), (padding, padding)))
        kh, kw = W.shape[2:]
        rows = range(0, wide.shape[1] - kh + 1, stride)
        columns = range(0, wide.shape[2] - kw + 1, stride)
        maps.append([[[np.vdot(wide[:, r : r + kh, s : s + kw], w) + bias for s in columns]
                      for r in rows] for w, bias in zip(W, b, strict=True)])
    return np.array(maps), (x, W, b, stride, padding)

np.ndindex
    down = conv_output_size(x.shape[2], W.shape[2], stride, padding)
    across = conv_output_size(x.shape[3], W.shape[3], stride, padding)
    wide = np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding))
    wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    out = np.empty((x.shape[0], W.shape[0], down, across))
    for n, f, i, j in np.ndindex(out.shape):
        window = wide[n, :, i * stride :, j * stride :][:, : W.shape[2], : W.shape[3]]
        out[n, f, i, j] = np.einsum("cij,cij->", window, W[f]) + b[f]
    return out, {"x": x, "W": W, "b": b, "stride": stride, "padding": padding}

each pixel hands itself on
    n, c, height, width = x.shape
    f, _, kh, kw = W.shape
    down = (height + 2 * padding - kh) // stride + 1
    across = (width + 2 * padding - kw) // stride + 1
    out = np.tile(np.asarray(b, dtype=float)[:, None, None], (n, 1, down, across))
    for r in range(height):
        for s in range(width):
            for i in range(down):
                for j in range(across):
                    a, d = r + padding - i * stride, s + padding - j * stride
                    if 0 <= a < kh and 0 <= d < kw:
                        out[:, :, i, j] += x[:, :, r, s] @ W[:, :, a, d].T
    return out, None
""")
answers.wrong(WRONG)
answers.wrong("""
only the last channel [score=0]
    - np.sum(window * W[f]) + b[f]
    + np.sum((window * W[f])[-1]) + b[f]

only the first image [score=0]
    - window = wide[n, :,
    + window = wide[0, :,

maximum under the filter [score=0]
    - np.sum(window * W[f]) + b[f]
    + np.max(window * W[f]) + b[f]

padding down alone [score=0]
    - (padding, padding), (padding, padding)))
    + (padding, padding), (0, 2 * padding)))

ints of Python alone [hidden]
    if type(stride) is not int or type(padding) is not int:
        raise TypeError("whole numbers, please")
    return reference(x, W, b, stride, padding)

small filters taken for nothing [hidden]
    return reference(x, np.where(abs(W) < 1e-8, 0, W), np.where(abs(b) < 1e-8, 0, b),
                     stride, padding)
""")
