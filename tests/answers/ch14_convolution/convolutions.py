"""What right and wrong answers to both forward passes have in common."""

import numpy as np

from grader.exercises import Table

KEPT: dict = {}


def padded(x, padding):
    """Images with zeros around them."""
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def windows_of(x, W, stride, padding):
    """(N, C, H', W', kh, kw): what lies under the filters at every place."""
    view = np.lib.stride_tricks.sliding_window_view(padded(x, padding), W.shape[2:], axis=(2, 3))
    return view[:, :, ::stride, ::stride]


FAST = Table("""
windows and einsum
    view = windows_of(x, W, stride, padding)
    out = np.einsum("ncijab,fcab->nfij", view, W) + b[:, None, None]
    return out, (x, W, b, stride, padding)

windows and einsum, on the best path
    view = windows_of(x, W, stride, padding)
    out = np.einsum("ncijab,fcab->nfij", view, W, optimize=True) + b.reshape(1, -1, 1, 1)
    return out, None

windows and tensordot
    view = windows_of(x, W, stride, padding)
    out = np.tensordot(view, W, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)
    return out + b[:, None, None], {"view": view, "W": W}

strides by hand
    wide = np.ascontiguousarray(padded(x, padding), dtype=np.float64)
    n, c, height, width = wide.shape
    f, _, kh, kw = W.shape
    down, across = (height - kh) // stride + 1, (width - kw) // stride + 1
    s = wide.strides
    view = np.lib.stride_tricks.as_strided(
        wide,
        (n, down, across, c, kh, kw),
        (s[0], s[2] * stride, s[3] * stride, s[1], s[2], s[3]),
        writeable=False,
    )
    rows = view.reshape(n * down * across, c * kh * kw)
    out = rows @ W.reshape(f, -1).T + b
    return out.reshape(n, down, across, f).transpose(0, 3, 1, 2), (rows, x.shape, W)

places by index arrays
    n, c, height, width = x.shape
    f, _, kh, kw = W.shape
    down = (height + 2 * padding - kh) // stride + 1
    across = (width + 2 * padding - kw) // stride + 1
    channel = np.repeat(np.arange(c), kh * kw)[:, None]
    row = np.tile(np.repeat(np.arange(kh), kw), c)[:, None]
    row = row + stride * np.repeat(np.arange(down), across)
    column = np.tile(np.arange(kw), kh * c)[:, None] + stride * np.tile(np.arange(across), down)
    columns = padded(x, padding)[:, channel, row, column]
    columns = columns.transpose(1, 2, 0).reshape(c * kh * kw, -1)
    out = W.reshape(f, -1) @ columns + b.reshape(-1, 1)
    return out.reshape(f, down, across, n).transpose(3, 0, 1, 2), (columns, x.shape)

a sum over the filter's own places
    f, c, kh, kw = W.shape
    wide = padded(x, padding).astype(float)
    down = (wide.shape[2] - kh) // stride + 1
    across = (wide.shape[3] - kw) // stride + 1
    out = np.zeros((len(x), f, down, across)) + b[None, :, None, None]
    for i in range(kh):
        for j in range(kw):
            part = wide[:, :, i : i + stride * (down - 1) + 1 : stride]
            part = part[..., j : j + stride * (across - 1) + 1 : stride]
            out += np.einsum("ncij,fc->nfij", part, W[:, :, i, j])
    return out, [x, W, b, stride, padding]

filters and channels one by one, places at once
    view = windows_of(x, W, stride, padding)
    out = np.zeros((len(x), len(W), *view.shape[2:4]))
    for f in range(W.shape[0]):
        for c in range(W.shape[1]):
            out[:, f] += (view[:, c] * W[f, c]).sum(axis=(-1, -2))
        out[:, f] += b[f]
    return out, (x, W, b, stride, padding)

every place of stride 1, then some of them
    view = windows_of(x, W, 1, padding)
    out = np.einsum("ncijab,fcab->nfij", view, W)[:, :, ::stride, ::stride]
    return np.ascontiguousarray(out) + b[:, np.newaxis, np.newaxis], (x, W, b, stride, padding)

bias as one more weight
    view = windows_of(x, W, stride, padding)
    n, _, down, across = view.shape[:4]
    rows = view.transpose(0, 2, 3, 1, 4, 5).reshape(n * down * across, -1)
    rows = np.column_stack([rows, np.ones(len(rows))])
    out = rows @ np.column_stack([W.reshape(len(W), -1), b]).T
    return out.reshape(n, down, across, -1).transpose(0, 3, 1, 2), (x, W, b, stride, padding)
""")

WRONG = Table("""
two rows of the filter swapped [score=0]
    return reference(x, np.roll(W, 1, axis=2), b, stride, padding)

upside down [score=0]
    return reference(x, W[:, :, ::-1], b, stride, padding)

channels in reverse [score=0]
    return reference(x, W[:, ::-1], b, stride, padding)

images centred [score=0]
    return reference(x - x.mean(), W, b, stride, padding)

filters normalised [score=0]
    return reference(x, W / np.linalg.norm(W), b, stride, padding)

bias taken off [score=0]
    return reference(x, W, -b, stride, padding)

one bias for all [score=0]
    return reference(x, W, b[:1] + 0 * b, stride, padding)

padded with ones [score=0]
    return reference(np.pad(x, ((0, 0), (0, 0), *[(padding, padding)] * 2), constant_values=1), W,
                     b, stride, 0)

padded twice [score=0]
    return reference(x, W, b, stride, 2 * padding)

stride down alone [score=0]
    return reference(x, W, b, 1, padding)[0][:, :, ::stride].copy(), None

stride and padding swapped [score=0]
    return reference(x, W, b, max(padding, 1), stride)

always the same size [score=0]
    return reference(x, W, b, stride, (W.shape[2] - 1) // 2)

a sum over images [score=0]
    out, cache = reference(x, W, b, stride, padding)
    return out + out.mean(axis=0), cache

a list of maps
    out, cache = reference(x, W, b, stride, padding)
    return list(out), cache

x spoiled
    found = reference(x, W, b, stride, padding)
    x *= 0
    return found

one array for all calls [hidden]
    out, cache = reference(x, W, b, stride, padding)
    kept = KEPT.setdefault(out.shape, out)
    kept[...] = out
    return kept, cache
""")
