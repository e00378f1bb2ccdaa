"""Answers to chapter 01: grey, brightness, occlusion, composites."""

import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong
GREY = np.array([0.299, 0.587, 0.114])

right("to_grayscale", "matrix product")(lambda image: image @ GREY)
right("to_grayscale", "np.dot")(lambda image: np.dot(image[..., :3], [0.299, 0.587, 0.114]))
right("to_grayscale", "einsum")(lambda image: np.einsum("hwc,c->hw", image, GREY))
right("to_grayscale", "channel by channel")(
    lambda im: 0.299 * im[:, :, 0] + 0.587 * im[:, :, 1] + 0.114 * im[:, :, 2]
)
right("to_grayscale", "weighted mean")(lambda im: np.average(im, axis=2, weights=GREY))
right("to_grayscale", "tensordot, Fortran order")(
    lambda im: np.asfortranarray(np.tensordot(im.astype(float), GREY, axes=([2], [0])))
)
right("to_grayscale", "pure Python")(
    lambda im: np.array(
        [[0.299 * r + 0.587 * g + 0.114 * b for r, g, b in line] for line in im.tolist()]
    )
)


def grey(image, weights=GREY):
    return image @ np.asarray(weights, dtype=float)


wrong("to_grayscale", "plain mean", score=0)(lambda image: image.mean(axis=2))
wrong("to_grayscale", "BGR", score=0)(lambda image: grey(image[..., ::-1]))
wrong("to_grayscale", "uint8", score=0)(lambda image: grey(image).astype(np.uint8))
wrong("to_grayscale", "rounded", score=0)(lambda image: np.round(grey(image)))
wrong("to_grayscale", "keeps the axis", score=0)(lambda image: grey(image)[..., None])
wrong("to_grayscale", "three equal channels", score=0)(
    lambda image: np.repeat(grey(image)[..., None], 3, axis=2)
)
wrong("to_grayscale", "weights of HDTV", score=0)(lambda im: grey(im, [0.2126, 0.7152, 0.0722]))
wrong("to_grayscale", "two weights swapped", score=0)(lambda im: grey(im, [0.587, 0.299, 0.114]))
wrong("to_grayscale", "four digits of another source", score=0)(
    lambda im: grey(im, [0.2989, 0.5870, 0.1140])
)
wrong("to_grayscale", "scaled to 0..1", score=0)(lambda image: grey(image) / 255)
wrong("to_grayscale", "float32", score=0)(lambda image: grey(image).astype(np.float32))
wrong("to_grayscale", "red channel", score=0)(lambda image: image[..., 0].astype(float))
wrong("to_grayscale", "over the first axis", score=0)(
    lambda image: np.tensordot(GREY, image[:3].astype(float), axes=1)
)
wrong("to_grayscale", "divided by three", score=0)(lambda image: grey(image) / 3)
wrong("to_grayscale", "a list", score=0)(lambda image: grey(image).tolist())


@wrong("to_grayscale", "sums in uint8", score=0)
def _(image):
    parts = [(image[..., c] * GREY[c]).astype(np.uint8) for c in range(3)]
    return (parts[0] + parts[1] + parts[2]).astype(float)


right("change_brightness", "clip and rint")(
    lambda image, factor: np.clip(np.rint(image * float(factor)), 0, 255).astype(np.uint8)
)
right("change_brightness", "round before clip, float first")(
    lambda image, factor: (image.astype(float) * factor).round().clip(0, 255).astype("uint8")
)
right("change_brightness", "clip, then add a half")(
    lambda im, f: (np.clip(im.astype(np.float64) * f, 0, 255) + 0.5).astype(np.uint8)
)
right("change_brightness", "minimum and maximum")(
    lambda im, f: np.uint8(
        np.around(np.minimum(np.maximum(np.multiply(im, f, dtype=float), 0), 255))
    )
)
right("change_brightness", "a look-up table")(
    lambda im, f: np.array([min(max(round(v * f), 0), 255) for v in range(256)], dtype=np.uint8)[im]
)


@right("change_brightness", "in place on a copy")
def _(image: np.ndarray, factor: float) -> np.ndarray:
    out = image.astype(np.float64)
    out *= factor
    out[out > 255] = 255
    out[out < 0] = 0
    np.rint(out, out=out)
    return out.astype(np.uint8)


@right("change_brightness", "pixel by pixel")
def _(image, factor):
    out = np.zeros_like(image)
    for index in np.ndindex(image.shape):
        value = math.floor(int(image[index]) * factor + 0.5)
        out[index] = 0 if value < 0 else 255 if value > 255 else value
    return out


def bright(image, factor):
    return np.clip(np.rint(image.astype(float) * factor), 0, 255)


wrong("change_brightness", "wraps around", score=0)(
    lambda im, f: (im.astype(float) * f).round().astype(np.int64).astype(np.uint8)
)
wrong("change_brightness", "cut off instead of rounded", score=0)(
    lambda im, f: np.clip(im.astype(float) * f, 0, 255).astype(np.uint8)
)
wrong("change_brightness", "rounded up", score=0)(
    lambda im, f: np.clip(np.ceil(im.astype(float) * f), 0, 255).astype(np.uint8)
)
wrong("change_brightness", "no lower bound")(
    lambda im, f: np.minimum(np.rint(im.astype(float) * f), 255).astype(np.int64).astype(np.uint8)
)
wrong("change_brightness", "only factors up to one", score=0)(
    lambda im, f: np.rint(im * min(float(f), 1.0)).clip(0, 255).astype(np.uint8)
)
wrong("change_brightness", "size of the factor")(lambda im, f: bright(im, abs(f)).astype(np.uint8))
wrong("change_brightness", "integer factor")(lambda im, f: bright(im, int(f)).astype(np.uint8))
wrong("change_brightness", "floats", score=0)(bright)
wrong("change_brightness", "adds", score=0)(
    lambda im, f: np.clip(np.rint(im + float(f)), 0, 255).astype(np.uint8)
)
wrong("change_brightness", "saturates at 254", score=0)(
    lambda im, f: np.minimum(bright(im, f), 254).astype(np.uint8)
)
wrong("change_brightness", "saturates at 256", score=0)(
    lambda im, f: np.clip(np.rint(im * float(f)), 0, 256).astype(np.int64).astype(np.uint8)
)
wrong("change_brightness", "stretched to the full range", score=0)(
    lambda im, f: np.rint(255.0 * im * f / max((im * float(f)).max(), 1)).clip(0, 255).astype("u1")
)
wrong("change_brightness", "an int factor wraps")(
    lambda im, f: (
        np.clip(im * np.uint8(f), 0, 255) if isinstance(f, int) and f >= 0 else bright(im, f)
    ).astype(np.uint8)
)
wrong("change_brightness", "clips before it multiplies", score=0)(
    lambda im, f: np.rint(np.clip(im, 0, 255) * float(f)).astype(np.int64).astype(np.uint8)
)
wrong("change_brightness", "int16", score=0)(lambda im, f: bright(im, f).astype(np.int16))


@wrong("change_brightness", "writes into its input", score=0)
def _(image, factor):
    image[...] = bright(image, factor).astype(np.uint8)
    return image.copy()


@right("occlude", "max and min of the edges")
def _(image, top, left, height, width, value=0):
    out = image.copy()
    out[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)] = value
    return out


@right("occlude", "np.where over index grids")
def _(image, top, left, height, width, value=0):
    i, j = np.ogrid[: image.shape[0], : image.shape[1]]
    inside = (i >= top) & (i < top + height) & (j >= left) & (j < left + width)
    return np.where(inside[..., None], np.uint8(value), image)


@right("occlude", "boolean mask")
def _(image, top, left, height, width, value=0):
    rows, columns = np.indices(image.shape[:2])
    out = np.array(image)
    out[(top <= rows) * (rows < top + height) * (left <= columns) * (columns < left + width)] = (
        value
    )
    return out


@right("occlude", "pixel by pixel")
def _(image, top, left, height, width, value=0):
    out = np.copy(image, order="F")
    for i in range(top, top + height):
        for j in range(left, left + width):
            if 0 <= i < image.shape[0] and 0 <= j < image.shape[1]:
                out[i, j, :] = value
    return out


@right("occlude", "np.clip of the corners")
def _(image, top, left, height, width, value=0):
    t, b = np.clip([top, top + height], 0, image.shape[0])
    le, r = np.clip([left, left + width], 0, image.shape[1])
    out = image + np.uint8(0)
    out[t:b, le:r].fill(value)
    return out


@right("occlude", "products of one-dimensional masks")
def _(image, top: int, left: int, height: int, width: int, value: float = 0):
    def along(size, start, length):
        return np.isin(np.arange(size), np.arange(start, start + length))

    h, w = image.shape[:2]
    mask = np.outer(along(h, top, height), along(w, left, width))
    out = image.copy()
    np.putmask(out, np.repeat(mask[:, :, None], 3, axis=2), np.uint8(value))
    return out


@right("occlude", "padded, filled, cut again")
def _(image, top, left, height, width, value=0):
    h, w, _ = image.shape
    p = 1 + abs(top) + abs(left) + height + width
    big = np.pad(image, ((p, p), (p, p), (0, 0)))
    big[p + top : p + top + height, p + left : p + left + width] = value
    return big[p : p + h, p : p + w].copy()


def fill(image, top, left, height, width, value=0):
    out = image.copy()
    out[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)] = value
    return out


@wrong("occlude", "no clipping")
def _(image, top, left, height, width, value=0):
    out = image.copy()
    out[top : top + height, left : left + width] = value
    return out


@wrong("occlude", "start clipped, size kept")
def _(image, top, left, height, width, value=0):
    return fill(image, max(top, 0), max(left, 0), height, width, value)


@wrong("occlude", "start clipped, end may be negative")
def _(image, top, left, height, width, value=0):
    out = image.copy()
    out[max(top, 0) : top + height, max(left, 0) : left + width] = value
    return out


@wrong("occlude", "nothing where it sticks out")
def _(image, top, left, height, width, value=0):
    h, w = image.shape[:2]
    within = top >= 0 and left >= 0 and top + height <= h and left + width <= w
    return fill(image, top, left, height, width, value) if within else image.copy()


@wrong("occlude", "moved inside")
def _(image, top, left, height, width, value=0):
    h, w = image.shape[:2]
    top, left = min(max(top, 0), h - height), min(max(left, 0), w - width)
    return fill(image, top, left, height, width, value)


@wrong("occlude", "in place", score=0)
def _(image, top, left, height, width, value=0):
    image[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)] = value
    return image


@wrong("occlude", "raises where it lies outside")
def _(image, top, left, height, width, value=0):
    if top + height <= 0 or left + width <= 0 or top >= image.shape[0] or left >= image.shape[1]:
        raise ValueError("outside")
    return fill(image, top, left, height, width, value)


wrong("occlude", "ignores the value")(lambda im, t, le, h, w, value=0: fill(im, t, le, h, w))
wrong("occlude", "default 255")(lambda im, t, le, h, w, value=255: fill(im, t, le, h, w, value))
wrong("occlude", "no default")(lambda im, t, le, h, w, value: fill(im, t, le, h, w, value))
wrong("occlude", "top and left swapped", score=0)(
    lambda im, t, le, h, w, value=0: fill(im, le, t, h, w, value)
)
wrong("occlude", "ends instead of sizes", score=0)(
    lambda im, t, le, h, w, value=0: fill(im, t, le, h - t, w - le, value)
)
wrong("occlude", "one more", score=0)(
    lambda im, t, le, h, w, value=0: fill(im, t, le, h + 1, w + 1, value)
)
wrong("occlude", "floats", score=0)(
    lambda im, t, le, h, w, value=0: fill(im, t, le, h, w, value).astype(float)
)
wrong("occlude", "the rest is filled", score=0)(
    lambda im, t, le, h, w, value=0: np.where(fill(im * 0, t, le, h, w, 1) > 0, im, np.uint8(value))
)
wrong("occlude", "red alone", score=0)(
    lambda im, t, le, h, w, value=0: np.dstack(
        [fill(im, t, le, h, w, value)[..., 0], im[..., 1], im[..., 2]]
    )
)

A = (slice(None), slice(None), None)
right("composite", "broadcast alpha")(
    lambda fg, alpha, bg: np.rint(alpha[A] * fg + (1 - alpha[A]) * bg).astype(np.uint8)
)
right("composite", "keywords, expand_dims")(
    lambda foreground, alpha, background: np.round(
        np.expand_dims(alpha, 2) * foreground + (1 - np.expand_dims(alpha, 2)) * background
    ).astype(np.uint8)
)
right("composite", "background plus difference")(
    lambda fg, a, bg: np.around(bg + a[A] * (fg.astype(float) - bg)).astype("uint8")
)
right("composite", "half added")(
    lambda fg, a, bg: (a[A] * fg + (1 - a[A]) * bg + 0.5).astype(np.uint8)
)
right("composite", "einsum")(
    lambda fg, a, bg: np.uint8(
        np.rint(np.einsum("hw,hwc->hwc", a, fg) + np.einsum("hw,hwc->hwc", 1 - a, bg))
    )
)
right("composite", "channel by channel")(
    lambda fg, a, bg: np.stack(
        [np.rint(a * fg[..., c] + (1 - a) * bg[..., c]).astype(np.uint8) for c in range(3)], axis=-1
    )
)


@right("composite", "pixel by pixel")
def _(foreground, alpha, background):
    out = np.empty_like(background)
    for i, j, c in np.ndindex(*background.shape):
        a = float(alpha[i, j])
        out[i, j, c] = round(a * int(foreground[i, j, c]) + (1 - a) * int(background[i, j, c]))
    return out


def blend(fg, a, bg):
    return np.rint(a[A] * fg + (1 - a[A]) * bg)


wrong("composite", "swapped", score=0)(lambda fg, a, bg: blend(bg, a, fg).astype(np.uint8))
wrong("composite", "cut off", score=0)(
    lambda fg, a, bg: (a[A] * fg + (1 - a[A]) * bg).astype(np.uint8)
)
wrong("composite", "rounded apart", score=0)(
    lambda fg, a, bg: (np.rint(a[A] * fg) + np.rint((1 - a[A]) * bg)).clip(0, 255).astype(np.uint8)
)
wrong("composite", "floats", score=0)(blend)
wrong("composite", "hard edge", score=0)(lambda fg, a, bg: np.where(a[A] >= 0.5, fg, bg))
wrong("composite", "any alpha counts", score=0)(lambda fg, a, bg: np.where(a[A] > 0, fg, bg))
wrong("composite", "background not dimmed", score=0)(
    lambda fg, a, bg: np.clip(np.rint(a[A] * fg + bg), 0, 255).astype(np.uint8)
)
wrong("composite", "black background", score=0)(lambda f, a, b: np.rint(a[A] * f).astype(np.uint8))
wrong("composite", "mean alpha", score=0)(
    lambda f, a, b: blend(f, np.full_like(a, a.mean()), b).astype(np.uint8)
)
wrong("composite", "alpha out of 255", score=0)(
    lambda f, a, b: blend(f, a / 255, b).astype(np.uint8)
)
wrong("composite", "difference in uint8 wraps", score=0)(
    lambda f, a, b: np.rint(b + a[A] * (f - b)).astype(np.int64).astype(np.uint8)
)
wrong("composite", "alpha transposed", score=0)(
    lambda f, a, b: blend(f, a.T.reshape(a.shape), b).astype(np.uint8)
)
wrong("composite", "half and half", score=0)(
    lambda f, a, b: np.rint((f.astype(float) + b) / 2).astype(np.uint8)
)
wrong("composite", "alpha not broadcast", score=0)(
    lambda f, a, b: np.rint(a * f + (1 - a) * b).astype(np.uint8)
)
wrong("composite", "alpha along the columns of a square", score=0)(
    lambda f, a, b: np.rint(a[:, None] * f + (1 - a[:, None]) * b).astype(np.uint8)
)


@wrong("composite", "paints into the background", score=0)
def _(foreground, alpha, background):
    background[...] = blend(foreground, alpha, background).astype(np.uint8)
    return background
