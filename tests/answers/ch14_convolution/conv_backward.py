"""Answers to conv_backward."""

import numpy as np

from tests.answers.ch14_convolution.convolutions import padded, windows_of
from tests.answers.corpus import Answers

answers = Answers(__name__)

USED_BELOW = (padded,)


def cut(wide, padding):
    """Images without what was put around them."""
    height, width = wide.shape[2] - 2 * padding, wide.shape[3] - 2 * padding
    return np.array(wide[:, :, padding : padding + height, padding : padding + width])


def forward(x, W, b, stride, padding):
    """Maps by windows."""
    view = windows_of(x, W, stride, padding)
    return np.einsum("ncijab,fcab->nfij", view, W) + b[:, None, None]


answers.right("""
four loops
    x, W, b, stride, padding = cache
    kh, kw = W.shape[2:]
    wide = padded(x, padding)
    dwide, dW, db = np.zeros(wide.shape), np.zeros(W.shape), np.zeros(len(b))
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + kh), slice(j * stride, j * stride + kw)
        dW[f] += dout[n, f, i, j] * wide[n, :, rows, columns]
        dwide[n, :, rows, columns] += dout[n, f, i, j] * W[f]
        db[f] += dout[n, f, i, j]
    return cut(dwide, padding), dW, db

windows and einsum
    x, W, b, stride, padding = cache
    dW = np.einsum("nfij,ncijab->fcab", dout, windows_of(x, W, stride, padding))
    dwide = np.zeros(padded(x, padding).shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            place = dwide[:, :, i * stride :, j * stride :][:, :, : W.shape[2], : W.shape[3]]
            place += np.einsum("nf,fcab->ncab", dout[:, :, i, j], W)
    return cut(dwide, padding), dW, np.einsum("nfij->f", dout)

a full convolution with the filters turned round
    x, W, b, stride, padding = cache
    kh, kw = W.shape[2:]
    n, f, down, across = dout.shape
    height, width = x.shape[2] + 2 * padding, x.shape[3] + 2 * padding
    apart = np.zeros((n, f, height + kh - 1, width + kw - 1))
    rows = slice(kh - 1, kh - 1 + stride * (down - 1) + 1, stride)
    columns = slice(kw - 1, kw - 1 + stride * (across - 1) + 1, stride)
    apart[:, :, rows, columns] = dout
    turned = W[:, :, ::-1, ::-1].swapaxes(0, 1)
    dwide = np.einsum("nfijab,cfab->ncij", windows_of(apart, turned, 1, 0), turned)
    dW = np.tensordot(dout, windows_of(x, W, stride, padding), axes=((0, 2, 3), (0, 2, 3)))
    return cut(dwide, padding), dW, dout.sum((0, 2, 3))

np.add.at
    x, W, b, stride, padding = cache
    n, f, down, across = dout.shape
    _, c, kh, kw = W.shape
    row = stride * np.arange(down)[:, None, None, None] + np.arange(kh)[:, None]
    column = stride * np.arange(across)[:, None, None] + np.arange(kw)
    row, column = np.broadcast_arrays(row, column)
    wide = padded(x, padding)
    dW = np.einsum("nfij,ncijab->fcab", dout, wide[:, :, row, column])
    dwide = np.zeros(wide.shape)
    shares = np.einsum("nfij,fcab->ncijab", dout, W)
    np.add.at(dwide, (slice(None), slice(None), row, column), shares)
    return cut(dwide, padding), dW, dout.sum(axis=(0, 2, 3))

columns of places in the cache
    def conv_forward(x, W, b, stride=1, padding=0):
        view = windows_of(x, W, stride, padding)
        n, c, down, across, kh, kw = view.shape
        columns = view.transpose(1, 4, 5, 0, 2, 3).reshape(c * kh * kw, -1)
        out = W.reshape(len(W), -1) @ columns + b[:, None]
        out = out.reshape(len(W), n, down, across).swapaxes(0, 1)
        return out, (columns, x.shape, W, stride, padding)

    def conv_backward(dout, cache):
        columns, (n, c, height, width), W, stride, padding = cache
        f, _, kh, kw = W.shape
        down, across = dout.shape[2:]
        flat = dout.swapaxes(0, 1).reshape(f, -1)
        dW = (flat @ columns.T).reshape(W.shape)
        dcolumns = (W.reshape(f, -1).T @ flat).reshape(c, kh, kw, n, down, across)
        dwide = np.zeros((c, n, height + 2 * padding, width + 2 * padding))
        for a in range(kh):
            for d in range(kw):
                part = dwide[:, :, a : a + stride * down : stride, d : d + stride * across : stride]
                part += dcolumns[:, a, d]
        return cut(dwide.swapaxes(0, 1), padding), dW, flat.sum(axis=1)

the cache is the function
    def conv_forward(x, W, b, stride=1, padding=0):
        def back(dout):
            view = windows_of(x, W, stride, padding)
            dwide = np.zeros(padded(x, padding).shape)
            for n, f, i, j in np.ndindex(dout.shape):
                top, left = i * stride, j * stride
                part = dwide[n, :, top : top + W.shape[2], left : left + W.shape[3]]
                part += W[f] * dout[n, f, i, j]
            dW = np.tensordot(dout, view, axes=([0, 2, 3], [0, 2, 3]))
            return [cut(dwide, padding), dW, dout.sum(axis=(0, 2, 3))]

        return forward(x, W, b, stride, padding), back

    def conv_backward(dout, cache):
        return cache(dout)

a matrix of all pixels and places
    x, W, b, stride, padding = cache
    one = np.eye(x[0].size).reshape(-1, *x.shape[1:])
    matrix = forward(one, W, 0 * b, stride, padding).reshape(x[0].size, -1)
    dx = (dout.reshape(len(x), -1) @ matrix.T).reshape(x.shape)
    dW = np.einsum("nfij,ncijab->fcab", dout, windows_of(x, W, stride, padding))
    return dx, dW, dout.sum(axis=(0, 2, 3))
""")

answers.wrong("""
dx alone [score=0]
    return reference(dout, cache)[0]

a dict [score=0]
    dx, dW, db = reference(dout, cache)
    return {"dx": dx, "dW": dW, "db": db}

all in a mean over the images [score=0]
    return tuple(g / len(dout) for g in reference(dout, cache))

fancy indices without add.at [score=0]
    x, W, b, stride, padding = cache
    n, f, down, across = dout.shape
    _, c, kh, kw = W.shape
    row = stride * np.arange(down)[:, None, None, None] + np.arange(kh)[:, None]
    column = stride * np.arange(across)[:, None, None] + np.arange(kw)
    dwide = np.zeros(padded(x, padding).shape)
    dwide[:, :, row, column] += np.einsum("nfij,fcab->ncijab", dout, W)
    return cut(dwide, padding), *reference(dout, cache)[1:]

how often a pixel is covered [score=0]
    dx, dW, db = reference(dout, cache)
    return dx / 2, dW, db

dW halved [score=0]
    dx, dW, db = reference(dout, cache)
    return dx, dW / 2, db

db with the places of one row [score=0]
    - dout.sum(axis=(0, 2, 3))
    + dout[:, :, 0].sum(axis=(0, 2))

db for each channel [score=0]
    dx, dW, db = reference(dout, cache)
    return dx, dW, np.tile(db, 2)

x unpadded for dW [score=0]
    - wide[:, :, padding : padding + height, padding : padding + width] = x
    + wide[:, :, :height, :width] = x

rows of the filter swapped for dx [score=0]
    - shares[:, :, i, j]
    + shares[:, :, kh - 1 - i, j]

columns of the filter swapped for dx [score=0]
    - shares[:, :, i, j]
    + shares[:, :, i, kw - 1 - j]

no gradient at all [score=0]
    return tuple(0.0 * g for g in reference(dout, cache))

x spoiled on the way
    found = reference(dout, cache)
    cache[0][...] = 0
    return found

gradients too small to count [hidden]
    return reference(np.where(abs(dout) < 1e-8, 0.0, dout), cache)
""")
