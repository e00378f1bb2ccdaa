"""Answers to chapter 00: splitting, histograms of colour."""

import random
from collections import namedtuple

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong
Split = namedtuple("Split", "X_train y_train X_test y_test")


def at(X, y, train, test):
    return X[train], y[train], X[test], y[test]


@right("train_test_split", "a permutation, test rows last")
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), len(X) - round(len(X) * test_fraction)
    return at(X, y, order[:n], order[n:])


@right("train_test_split", "a permutation, test rows first")
def _(X, y, test_fraction: float, rng: np.random.Generator) -> tuple:
    n = round(X.shape[0] * test_fraction)
    order = rng.permutation(X.shape[0])
    return at(X, y, order[n:], order[:n])


@right("train_test_split", "shuffled index")
def _(X, y, test_fraction, rng):
    order = np.arange(y.size)
    rng.shuffle(order)
    test, train = np.split(order, [round(y.size * test_fraction)])
    return at(X, y, train, test)


@right("train_test_split", "choice without replacement and a mask")
def _(X, y, test_fraction, rng):
    mask = np.zeros(len(y), dtype=bool)
    mask[rng.choice(len(y), size=round(len(y) * test_fraction), replace=False)] = True
    return at(X, y, ~mask, mask)


@right("train_test_split", "sorted random keys")
def _(X, y, test_fraction, rng):
    order = np.argsort(rng.random(len(X)))
    n = int(np.rint(len(X) * test_fraction))
    return at(X, y, np.sort(order[n:]), np.sort(order[:n]))


@right("train_test_split", "the whole table shuffled, a named tuple")
def _(X, y, test_fraction, rng):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    n = round(len(X) * test_fraction)
    return Split(X[n:], y[n:], X[:n], y[:n])


@right("train_test_split", "a list of rows, drawn one by one")
def _(X, y, test_fraction, rng):
    left, test = list(range(len(X))), []
    for _ in range(round(len(X) * test_fraction)):
        test.append(left.pop(int(rng.integers(len(left)))))
    return [a[np.array(i, dtype=int)] for i in (left, test) for a in (X, y)]


@right("train_test_split", "np.delete and np.take")
def _(X, y, test_fraction, rng):
    i = rng.permutation(np.arange(len(y)))[: round(len(y) * test_fraction)]
    return np.delete(X, i, axis=0), np.delete(y, i), np.take(X, i, axis=0), np.take(y, i)


@right("train_test_split", "a seed for Python's own shuffle")
def _(X, y, test_fraction, rng):
    order = list(range(len(X)))
    random.Random(int(rng.integers(2**62))).shuffle(order)
    n = round(len(X) * test_fraction)
    return at(X, y, np.array(order[n:], dtype=np.int32), np.array(order[:n], dtype=np.int32))


@wrong("train_test_split", "not shuffled", score=0)
def _(X, y, test_fraction, rng):
    n = len(X) - round(len(X) * test_fraction)
    return X[:n], y[:n], X[n:], y[n:]


@wrong("train_test_split", "labels shuffled apart", score=0)
def _(X, y, test_fraction, rng):
    n = len(X) - round(len(X) * test_fraction)
    X, y = rng.permutation(X), rng.permutation(y)
    return X[:n], y[:n], X[n:], y[n:]


@wrong("train_test_split", "test rows drawn with replacement", score=0)
def _(X, y, test_fraction, rng):
    test = rng.integers(len(X), size=round(len(X) * test_fraction))
    return at(X, y, np.setdiff1d(np.arange(len(X)), test), test)


@wrong("train_test_split", "rounded down")
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), int(len(X) * test_fraction)
    return at(X, y, order[n:], order[:n])


@wrong("train_test_split", "rounded up")
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), int(np.ceil(len(X) * test_fraction))
    return at(X, y, order[n:], order[:n])


@wrong("train_test_split", "train part rounded down")
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), int(len(X) * (1 - test_fraction))
    return at(X, y, order[:n], order[n:])


@wrong("train_test_split", "negative slice fails at 0")
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), round(len(X) * test_fraction)
    return at(X, y, order[:-n], order[-n:])


@wrong("train_test_split", "at least one row in each part")
def _(X, y, test_fraction, rng):
    order = rng.permutation(len(X))
    n = min(max(1, round(len(X) * test_fraction)), len(X) - 1)
    return at(X, y, order[n:], order[:n])


@wrong("train_test_split", "fraction of the training part", score=0)
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), round(len(X) * test_fraction)
    return at(X, y, order[:n], order[n:])


@wrong("train_test_split", "order of scikit-learn", score=0)
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), round(len(X) * test_fraction)
    return X[order[n:]], X[order[:n]], y[order[n:]], y[order[:n]]


@wrong("train_test_split", "global random state", score=0)
def _(X, y, test_fraction, rng):
    order, n = np.random.permutation(len(X)), round(len(X) * test_fraction)  # noqa: NPY002
    return at(X, y, order[n:], order[:n])


@wrong("train_test_split", "a seed of its own", score=0)
def _(X, y, test_fraction, rng):
    order = np.random.default_rng(0).permutation(len(X))
    n = round(len(X) * test_fraction)
    return at(X, y, order[n:], order[:n])


@wrong("train_test_split", "shuffles its input", score=0)
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), round(len(X) * test_fraction)
    X[:], y[:] = X[order], y[order]
    return X[n:].copy(), y[n:].copy(), X[:n].copy(), y[:n].copy()


@wrong("train_test_split", "a coin for each row")
def _(X, y, test_fraction, rng):
    mask = rng.random(len(X)) < test_fraction
    return at(X, y, ~mask, mask)


@wrong("train_test_split", "only rotated", score=0)
def _(X, y, test_fraction, rng):
    order, n = np.roll(np.arange(len(X)), rng.integers(len(X))), round(len(X) * test_fraction)
    return at(X, y, order[n:], order[:n])


@wrong("train_test_split", "test rows shuffled among the last ones only", score=0)
def _(X, y, test_fraction, rng):
    n = len(X) - round(len(X) * test_fraction)
    return at(X, y, rng.permutation(n), n + rng.permutation(len(X) - n))


@wrong("train_test_split", "last row forgotten", score=0)
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X) - 1), round(len(X) * test_fraction)
    return at(X, y, order[n:], order[:n])


@wrong("train_test_split", "all rows for training", score=0)
def _(X, y, test_fraction, rng):
    order, n = rng.permutation(len(X)), round(len(X) * test_fraction)
    return at(X, y, order, order[:n])


@right("color_histogram", "np.histogram")
def _(images, bins):
    return np.array([
        np.concatenate(
            [np.histogram(image[..., c], bins, (0, 256))[0] / image[..., c].size for c in range(3)]
        ) for image in images
    ])  # fmt: skip


@right("color_histogram", "pure Python")
def _(images, bins):
    rows = []
    for image in images.tolist():
        row, pixels = [0.0] * (3 * bins), [p for line in image for p in line]
        for pixel in pixels:
            for c, value in enumerate(pixel):
                row[c * bins + value * bins // 256] += 1 / len(pixels)
        rows.append(row)
    return np.array(rows)


@right("color_histogram", "np.bincount")
def _(images, bins):
    n = len(images)
    which = images.reshape(n, -1, 3).astype(np.int64) * bins // 256
    out = np.empty((n, 3, bins))
    for i in range(n):
        for c in range(3):
            out[i, c] = np.bincount(which[i, :, c], minlength=bins)
    return out.reshape(n, -1) / which.shape[1]


@right("color_histogram", "np.add.at")
def _(images, bins):
    n, height, width, _ = images.shape
    out = np.zeros((n, 3, bins))
    index = np.floor(images / 256 * bins).astype(int)
    np.add.at(out, (np.arange(n)[:, None, None, None], np.arange(3), index), 1)
    return out.reshape(n, 3 * bins) / (height * width)


@right("color_histogram", "comparisons with every bin")
def _(images, bins):
    index = images.astype(np.float64) * bins // 256
    blocks = [np.mean(index == b, axis=(1, 2)) for b in range(bins)]
    return np.stack(blocks, axis=-1).reshape(len(images), -1)


@right("color_histogram", "digitize, Fortran order")
def _(images, bins):
    edges = np.linspace(0, 256, bins + 1)
    which = np.digitize(images, edges) - 1
    hot = np.eye(bins)[which]
    return np.asfortranarray(hot.mean(axis=(1, 2)).reshape(len(images), -1))


@right("color_histogram", "searchsorted and differences")
def _(images, bins):
    edges = np.arange(bins + 1) * 256 / bins
    flat = np.sort(images.reshape(len(images), -1, 3), axis=1)
    found = [[np.diff(np.searchsorted(f[:, c], edges)) for c in range(3)] for f in flat]
    return np.array(found, dtype=float).reshape(len(images), -1) / flat.shape[1]


def histogram(images, bins, top=256, divide=None):
    out = [[np.histogram(i[..., c], bins, (0, top))[0] for c in range(3)] for i in images]
    area = images[0].size // 3
    return np.array(out).reshape(len(images), -1) / (divide or area)


@wrong("color_histogram", "tiny images only: tie of sides", score=0)
def _(images, bins):
    return histogram(images, bins, divide=images.shape[1] ** 2)


wrong("color_histogram", "over 0..255")(lambda images, bins: histogram(images, bins, 255))
wrong("color_histogram", "counts", score=0)(lambda i, bins: histogram(i, bins, divide=1.0))
wrong("color_histogram", "all channels sum to 1", score=0)(lambda i, b: histogram(i, b) / 3)
wrong("color_histogram", "always 8 bins", score=0)(lambda images, bins: histogram(images, 8))
wrong("color_histogram", "BGR", score=0)(lambda i, b: histogram(i[..., ::-1], b))
wrong("color_histogram", "float32", score=0)(lambda i, b: histogram(i, b).astype(np.float32))
wrong("color_histogram", "of the first image", score=0)(
    lambda images, bins: np.tile(histogram(images[:1], bins), (len(images), 1))
)
wrong("color_histogram", "averaged over the batch", score=0)(
    lambda images, bins: histogram(images, bins).mean(axis=0)
)
wrong("color_histogram", "interleaved channels", score=0)(
    lambda i, bins: histogram(i, bins).reshape(-1, 3, bins).swapaxes(1, 2).reshape(len(i), -1)
)
wrong("color_histogram", "three axes", score=0)(
    lambda i, bins: histogram(i, bins).reshape(-1, 3, bins)
)
wrong("color_histogram", "off by 1e-4", score=0)(lambda i, bins: histogram(i, bins) + 1e-4)


@wrong("color_histogram", "range of the data")
def _(images, bins):
    area = images[0].size // 3
    out = [[np.histogram(i[..., c], bins)[0] for c in range(3)] for i in images]
    return np.array(out).reshape(len(images), -1) / area


@wrong("color_histogram", "bin width rounded down")
def _(images, bins):
    index = np.minimum(images.astype(int) // (256 // bins), bins - 1)
    return np.eye(bins)[index].mean(axis=(1, 2)).reshape(len(images), -1)


@wrong("color_histogram", "uint8 wraps around", score=0)
def _(images, bins):
    index = images * np.uint8(bins) // 256
    return np.eye(bins)[index].mean(axis=(1, 2)).reshape(len(images), -1)


@wrong("color_histogram", "bins closed on the right")
def _(images, bins):
    index = np.maximum(np.ceil(images.astype(float) * bins / 256).astype(int) - 1, 0)
    return np.eye(bins)[index].mean(axis=(1, 2)).reshape(len(images), -1)


@wrong("color_histogram", "densities", score=0)
def _(images, bins):
    d = [
        [np.histogram(i[..., c], bins, (0, 256), density=True)[0] for c in range(3)] for i in images
    ]
    return np.array(d).reshape(len(images), -1)
