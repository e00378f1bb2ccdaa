"""Answers to chapter 01: describing, cutting, turning, unrolling images."""

import dataclasses
import itertools

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong
NAMES = ("height", "width", "channels", "dtype", "min", "max")


@right("describe", "item()")
def _(image):
    height, width = image.shape[:2]
    channels = image.shape[2] if image.ndim == 3 else 1
    extremes = image.min().item(), image.max().item()
    return dict(zip(NAMES, (height, width, channels, image.dtype.name, *extremes), strict=True))


@right("describe", "by the kind of the dtype")
def _(image):
    number = float if np.issubdtype(image.dtype, np.floating) else int
    h, w, c = image.shape if image.ndim > 2 else (*image.shape, 1)
    return {
        "min": number(image.min()), "max": number(image.max()), "dtype": str(image.dtype),
        "height": int(h), "width": int(w), "channels": int(c),
    }  # fmt: skip


@right("describe", "pure Python over a list")
def _(image):
    flat = image.ravel().tolist()
    shape = np.atleast_3d(image).shape
    found = {"height": shape[0], "width": shape[1], "channels": shape[2]}
    found.update(dtype=f"{image.dtype}", min=min(flat), max=max(flat))
    return found


@right("describe", "len and a sorted list")
def _(image):
    ordered = sorted(image.reshape(-1).tolist())
    try:
        channels = len(image[0, 0])
    except TypeError:
        channels = 1
    return dict(
        height=len(image), width=len(image[0]), channels=channels,
        dtype=np.dtype(image.dtype).name, min=ordered[0], max=ordered[-1],
    )  # fmt: skip


@right("describe", "a data class turned into a dict")
def _(image):
    @dataclasses.dataclass
    class Description:
        height: int
        width: int
        channels: int
        dtype: str
        min: float
        max: float

    channels = image.size // (image.shape[0] * image.shape[1])
    low, high = np.sort(image, axis=None)[[0, -1]].tolist()
    return dataclasses.asdict(Description(*image.shape[:2], channels, image.dtype.name, low, high))


@right("describe", "amin, amax and tolist")
def _(image):
    rows, columns, *rest = image.shape
    values = [rows, columns, *(rest or [1]), image.dtype.name]
    return dict(
        zip(NAMES, [*values, np.amin(image).tolist(), np.amax(image).tolist()], strict=True)
    )


def told(image, **other):
    channels = image.shape[2] if image.ndim == 3 else 1
    low, high = image.min().item(), image.max().item()
    values = (*image.shape[:2], channels, image.dtype.name, low, high)
    return dict(zip(NAMES, values, strict=True)) | other


wrong("describe", "height and width swapped", score=0)(
    lambda image: told(image, height=image.shape[1], width=image.shape[0])
)
wrong("describe", "dtype object", score=0)(lambda image: told(image, dtype=image.dtype))
wrong("describe", "dtype class as text", score=0)(
    lambda image: told(image, dtype=str(image.dtype.type))
)
wrong("describe", "always uint8")(lambda image: told(image, dtype="uint8"))
wrong("describe", "always three channels")(lambda image: told(image, channels=3))
wrong("describe", "channels is the last axis")(lambda image: told(image, channels=image.shape[-1]))
wrong("describe", "channels is 0 for grey")(
    lambda image: told(image, channels=image.shape[2] if image.ndim == 3 else 0)
)
wrong("describe", "channels is the number of axes")(lambda image: told(image, channels=image.ndim))
wrong("describe", "possible range instead of the actual")(lambda image: told(image, min=0, max=255))
wrong("describe", "integers for every image")(
    lambda image: told(image, min=int(image.min()), max=int(image.max()))
)
wrong("describe", "floats for every image", score=0)(
    lambda image: told(image, min=float(image.min()), max=float(image.max()))
)
wrong("describe", "extremes per channel", score=0)(
    lambda image: told(image, min=image.min(axis=(0, 1)).tolist())
)
wrong("describe", "extremes of the first channel", score=0)(
    lambda image: told(image, min=image[..., 0].min().item(), max=image[..., 0].max().item())
)
wrong("describe", "a tuple", score=0)(lambda image: tuple(told(image).values()))
wrong("describe", "other names", score=0)(
    lambda image: {name.title(): value for name, value in told(image).items()}
)
wrong("describe", "one name too many", score=0)(lambda image: told(image, size=image.size))
wrong("describe", "min and max swapped", score=0)(
    lambda image: told(image, min=image.max().item(), max=image.min().item())
)

right("crop", "slices and a copy")(lambda im, t, le, h, w: im[t : t + h, le : le + w].copy())
right("crop", "np.array of slices, keywords")(
    lambda image, top, left, height, width: np.array(
        image[top : top + height, left : left + width, :], copy=True
    )
)
right("crop", "np.ix_")(lambda im, t, le, h, w: im[np.ix_(range(t, t + h), range(le, le + w))])
right("crop", "take twice")(
    lambda im, t, le, h, w: im.take(np.arange(h) + t, axis=0).take(np.arange(w) + le, axis=1)
)
right("crop", "np.split")(
    lambda im, t, le, h, w: np.hsplit(np.vsplit(im, [t, t + h])[1], [le, le + w])[1].copy(order="F")
)


@right("crop", "loops into an empty image")
def _(image, top, left, height, width):
    out = np.empty((height, width, image.shape[2]), dtype=image.dtype)
    for i, j in itertools.product(range(height), range(width)):
        out[i, j] = image[top + i, left + j]
    return out


@right("crop", "lists of pixels")
def _(image, top, left, height, width):
    lines = [line[left : left + width] for line in image.tolist()[top : top + height]]
    return np.array(lines, dtype=np.uint8)


def cut(im, t, le, h, w):
    return im[t : t + h, le : le + w].copy()


wrong("crop", "a view")(lambda im, t, le, h, w: im[t : t + h, le : le + w])
wrong("crop", "a reshaped view")(lambda im, t, le, h, w: np.asarray(im[t : t + h, le : le + w, :]))
wrong("crop", "ends instead of sizes", score=0)(lambda im, t, le, h, w: im[t:h, le:w].copy())
wrong("crop", "top and left swapped", score=0)(lambda im, t, le, h, w: cut(im, le, t, h, w))
wrong("crop", "height and width swapped", score=0)(lambda im, t, le, h, w: cut(im, t, le, w, h))
wrong("crop", "one more", score=0)(lambda im, t, le, h, w: cut(im, t, le, h + 1, w + 1))
wrong("crop", "ignores top", score=0)(lambda im, t, le, h, w: cut(im, 0, le, h, w))
wrong("crop", "ignores left", score=0)(lambda im, t, le, h, w: cut(im, t, 0, h, w))
wrong("crop", "counts from one", score=0)(lambda im, t, le, h, w: cut(im, t + 1, le + 1, h, w))
wrong("crop", "squares", score=0)(lambda im, t, le, h, w: cut(im, t, le, h, h))
wrong("crop", "floats", score=0)(lambda im, t, le, h, w: cut(im, t, le, h, w).astype(float))
wrong("crop", "integers", score=0)(lambda im, t, le, h, w: cut(im, t, le, h, w).astype(int))
wrong("crop", "one channel", score=0)(lambda im, t, le, h, w: cut(im, t, le, h, w)[..., 0])
wrong("crop", "zero outside", score=0)(
    lambda im, t, le, h, w: np.pad(cut(im, t, le, h, w), ((1, 0), (0, 0), (0, 0)))[:-1]
)


@wrong("crop", "blackens what is cut", score=0)
def _(image, top, left, height, width):
    out = cut(image, top, left, height, width)
    image[top : top + height, left : left + width] = 0
    return out


right("flip_horizontal", "negative step")(lambda image: image[:, ::-1])
right("flip_horizontal", "np.fliplr")(lambda image: np.fliplr(image).copy())
right("flip_horizontal", "np.flip")(lambda image: np.flip(image, 1))
right("flip_horizontal", "index")(lambda im: im[:, np.arange(im.shape[1])[::-1]])
right("flip_horizontal", "take")(lambda im: im.take(range(im.shape[1] - 1, -1, -1), axis=1))
right("flip_horizontal", "lists")(
    lambda im: np.array([line[::-1] for line in im.tolist()], dtype=im.dtype)
)
right("flip_horizontal", "stacked columns")(
    lambda image: np.stack([image[:, -1 - j] for j in range(image.shape[1])], axis=1)
)


@right("flip_horizontal", "swaps on a copy, Fortran order")
def _(image):
    out = np.array(image, order="F")
    for j in range(out.shape[1] // 2):
        out[:, [j, -1 - j]] = out[:, [-1 - j, j]]
    return out


@wrong("flip_horizontal", "swaps that overwrite", score=0)
def _(image):
    out = image.copy()
    for j in range(out.shape[1]):
        out[:, j] = out[:, -1 - j]
    return out


@wrong("flip_horizontal", "in place", score=0)
def _(image):
    image[:] = image[:, ::-1].copy()
    return image


wrong("flip_horizontal", "upside down", score=0)(lambda image: image[::-1])
wrong("flip_horizontal", "turned by 180 degrees", score=0)(lambda image: image[::-1, ::-1])
wrong("flip_horizontal", "everything reversed", score=0)(lambda image: np.flip(image))
wrong("flip_horizontal", "channels reversed", score=0)(lambda image: image[..., ::-1])
wrong("flip_horizontal", "columns and channels", score=0)(lambda image: image[:, ::-1, ::-1])
wrong("flip_horizontal", "transposed", score=0)(lambda image: image.swapaxes(0, 1))
wrong("flip_horizontal", "first column lost", score=0)(lambda image: image[:, :0:-1])
wrong("flip_horizontal", "rolled", score=0)(lambda image: np.roll(image, 1, axis=1))
wrong("flip_horizontal", "floats", score=0)(lambda image: image[:, ::-1].astype(float))
wrong("flip_horizontal", "unchanged", score=0)(lambda image: image.copy())
wrong("flip_horizontal", "negative", score=0)(lambda image: 255 - image[:, ::-1])
wrong("flip_horizontal", "sorted", score=0)(lambda image: np.sort(image, axis=1)[:, ::-1])
wrong("flip_horizontal", "only the left half", score=0)(
    lambda im: np.concatenate([im[:, : im.shape[1] // 2 : -1], im[:, : im.shape[1] // 2 + 1]], 1)
)

right("images_to_rows", "reshape")(lambda images: images.reshape(len(images), -1).astype(float))
right("images_to_rows", "float first")(
    lambda images: np.float64(images).reshape((images.shape[0], np.prod(images.shape[1:])))
)
right("images_to_rows", "ravel one by one")(
    lambda images: np.array([image.ravel() for image in images], dtype=np.float64)
)
right("images_to_rows", "flatten in a loop, Fortran order")(
    lambda images: np.array([i.flatten().tolist() for i in images], dtype=float, order="F")
)
right("images_to_rows", "chained lists")(
    lambda images: np.array(
        [
            [float(v) for line in i for pixel in line for v in pixel]
            for i in images.tolist()
        ]
    )
)  # fmt: skip
right("images_to_rows", "vstack")(
    lambda images: np.vstack([i.reshape(1, -1) * 1.0 for i in images])
)


@right("images_to_rows", "filled by nditer-like loops")
def _(images):
    n, h, w, c = images.shape
    rows = np.zeros((n, h * w * c))
    for i, j, k in itertools.product(range(h), range(w), range(c)):
        rows[:, (i * w + j) * c + k] = images[:, i, j, k]
    return rows


def rows(images):
    return images.reshape(len(images), -1).astype(float)


wrong("images_to_rows", "uint8", score=0)(lambda images: images.reshape(len(images), -1))
wrong("images_to_rows", "float32", score=0)(lambda images: rows(images).astype(np.float32))
wrong("images_to_rows", "scaled to 0..1", score=0)(lambda images: rows(images) / 255)
wrong("images_to_rows", "columns", score=0)(lambda images: rows(images).T)
wrong("images_to_rows", "reshaped the wrong way", score=0)(
    lambda images: images.reshape(-1, len(images)).T.astype(float)
)
wrong("images_to_rows", "Fortran order of pixels", score=0)(
    lambda images: images.reshape(len(images), -1, order="F").astype(float)
)
wrong("images_to_rows", "channel planes", score=0)(
    lambda images: rows(np.ascontiguousarray(images.transpose(0, 3, 1, 2)))
)
wrong("images_to_rows", "column by column", score=0)(
    lambda images: rows(np.ascontiguousarray(images.swapaxes(1, 2)))
)
wrong("images_to_rows", "one long row", score=0)(lambda images: images.ravel().astype(float))
wrong("images_to_rows", "a row per pixel", score=0)(lambda i: i.reshape(-1, 3).astype(float))
wrong("images_to_rows", "the first channel", score=0)(lambda images: rows(images[..., :1]))
wrong("images_to_rows", "centred", score=0)(lambda images: rows(images) - rows(images).mean(axis=0))
wrong("images_to_rows", "always 32 x 32", score=0)(
    lambda images: images.reshape(-1, 32 * 32 * 3).astype(float)
)
wrong("images_to_rows", "integers", score=0)(lambda images: rows(images).astype(int))
wrong("images_to_rows", "lists", score=0)(lambda images: rows(images).tolist())


@wrong("images_to_rows", "squeezes a batch of one")
def _(images):
    return rows(images).squeeze()
