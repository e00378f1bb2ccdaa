"""Chapter 03, third part: what weights look like, as templates and as lines in the plane."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch03_linear import chapter

# The worked example of the chapter: three classes of images of two pixels.
W_PLANE = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
B_PLANE = np.array([0.0, 2.0, 13.0])


@chapter.exercise(points=3)
def class_templates(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    """Turn every class's weights into an image that can be looked at.

    Args:
        W: (C, D) float64 weights, one row per class.
        image_shape: shape of one image, (H, W, 3) or (H, W), with D entries in all.

    Returns:
        (C, *image_shape) uint8. Each row of W, by itself, is stretched linearly so that
        its smallest weight becomes 0 and its largest 255, and rounded to the nearest
        integer. A row whose weights are all equal becomes all zeros.
    """
    low, high = W.min(axis=1, keepdims=True), W.max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1.0)  # of a constant row 1: its zeros stay zeros
    return np.rint(255 * (W - low) / span).astype(np.uint8).reshape(len(W), *image_shape)


def draw_template_row(rng: np.random.Generator, size: int) -> np.ndarray:
    """A row of weights (size,) that stretches to values well off every half, so that the order of
    operations cannot change what a value is rounded to."""
    whole = rng.integers(0, 255, size=size)
    stretched = whole + rng.choice([0.0, 0.2, 0.8], size=size)
    lowest, highest = rng.choice(size, size=2, replace=False)
    stretched[lowest], stretched[highest] = 0.0, 255.0
    scale = 10.0 ** rng.uniform(-4, -1)
    return scale * (stretched - rng.uniform(40, 200))


def draw_templates(
    rng: np.random.Generator, c: int, image_shape: tuple[int, ...]
) -> dict[str, Any]:
    """C rows of weights on different scales for images of a shape."""
    size = int(np.prod(image_shape))
    W = np.array([draw_template_row(rng, size) for _ in range(c)])
    return {"W": W, "image_shape": image_shape}


@chapter.cases(class_templates)
def _(rng: np.random.Generator) -> Iterator[Case]:
    c, height, width = (int(n) for n in rng.permutation([4, 5, 6]))
    yield Case("colour images", draw_templates(rng, c, (height, width, 3)))
    yield Case("grey images", draw_templates(rng, c, (width, height)))
    square = draw_templates(rng, 4, (4, 4, 3))
    square["W"] += rng.permutation([-7.0, -2.0, 3.0, 9.0])[:, None]
    yield Case("rows far from each other, some all negative", square)
    constant = draw_templates(rng, 4, (3, 4, 3))
    constant["W"][int(rng.integers(4))] = rng.uniform(2, 9)
    yield Case("one row of equal weights", constant, edge=True)


@chapter.hidden_cases(class_templates)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single class", draw_templates(rng, 1, (6, 5, 3)), edge=True)
    yield Case("two pixels", draw_templates(rng, 3, (1, 2)), edge=True)
    equal = {"W": np.full((3, 12), rng.normal()), "image_shape": (2, 2, 3)}
    yield Case("nothing but equal weights", equal, edge=True)
    tall = draw_templates(rng, 2, (9, 2, 3))
    tall["W"] *= 1e3
    yield Case("large weights", tall, edge=True)


@chapter.misconception(
    class_templates, "one-stretch-for-all",
    "You stretched all rows together, from the smallest to the largest weight of W; each class's "
    "row has a range of its own.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    stretched = np.rint(255 * (W - W.min()) / max(np.ptp(W), 1e-300))
    return stretched.astype(np.uint8).reshape(len(W), *image_shape)


@chapter.misconception(
    class_templates, "stretched-down-the-columns",
    "You took minimum and maximum pixel by pixel, over the classes; they are needed class by "
    "class, over the pixels.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    span = np.maximum(np.ptp(W, axis=0), 1e-300)
    stretched = np.rint(255 * (W - W.min(axis=0)) / span)
    return stretched.astype(np.uint8).reshape(len(W), *image_shape)


@chapter.misconception(
    class_templates, "cut-instead-of-rounded",
    "Turning floats into uint8 cuts their fraction off: round before you convert.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    low, span = W.min(axis=1, keepdims=True), np.ptp(W, axis=1, keepdims=True)
    # A millionth more, so that 255 does not become 254.
    stretched = 255 * (W - low) / np.where(span == 0, 1, span) + 1e-6
    return stretched.astype(np.uint8).reshape(len(W), *image_shape)


@chapter.misconception(
    class_templates, "clipped",
    "You clipped the weights to 0..255; weights are small and often negative, so first stretch "
    "each row over that range.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    return np.rint(np.clip(W, 0, 255)).astype(np.uint8).reshape(len(W), *image_shape)


@chapter.misconception(
    class_templates, "zero-in-the-middle",
    "You made weight 0 the middle grey and scaled by the largest size; here the smallest weight "
    "becomes 0 and the largest 255, wherever 0 lies.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    size = np.abs(W).max(axis=1, keepdims=True)
    grey = np.rint(127.5 + 127.5 * W / np.where(size == 0, 1, size))
    return grey.astype(np.uint8).reshape(len(W), *image_shape)


@chapter.misconception(
    class_templates, "channels-each-alone",
    "You stretched every colour channel by itself, which changes the colours; one minimum and one "
    "maximum serve the whole row.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    images = W.reshape(len(W), *image_shape)
    pixels = (1, 2) if images.ndim == 4 else (1,)
    low = images.min(axis=pixels, keepdims=True)
    span = np.ptp(images, axis=pixels, keepdims=True)
    return np.rint(255 * (images - low) / np.where(span == 0, 1, span)).astype(np.uint8)


@chapter.misconception(
    class_templates, "channels-first",
    "You read a row as three whole channels one after the other; images_to_rows put the pixels "
    "down row by row, the three colours of a pixel side by side.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    low, span = W.min(axis=1, keepdims=True), np.ptp(W, axis=1, keepdims=True)
    stretched = np.rint(255 * (W - low) / np.where(span == 0, 1, span)).astype(np.uint8)
    channels_first = (len(W), *image_shape[2:], *image_shape[:2])
    images = stretched.reshape(channels_first)
    return np.moveaxis(images, 1, -1) if len(image_shape) == 3 else images


@chapter.misconception(
    class_templates, "equal-weights-not-black",
    "A row whose weights are all equal has nothing to stretch; it must become all zeros.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    low, span = W.min(axis=1, keepdims=True), np.ptp(W, axis=1, keepdims=True)
    stretched = np.where(span == 0, 128, np.rint(255 * (W - low) / np.where(span == 0, 1, span)))
    return stretched.astype(np.uint8).reshape(len(W), *image_shape)


@chapter.misconception(
    class_templates, "left-as-floats",
    "The numbers run from 0 to 255, but they are still floats; an image is uint8.",
)  # fmt: skip
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    low, span = W.min(axis=1, keepdims=True), np.ptp(W, axis=1, keepdims=True)
    stretched: np.ndarray = np.rint(255 * (W - low) / np.where(span == 0, 1, span))
    return stretched.reshape(len(W), *image_shape)


@chapter.variant(class_templates, "class by class")
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    templates = np.zeros((W.shape[0], *image_shape), dtype=np.uint8)
    for c, row in enumerate(W):
        if row.max() > row.min():
            share = (row - row.min()) / (row.max() - row.min())
            templates[c] = np.round(share * 255).reshape(image_shape)
    return templates


@chapter.variant(class_templates, "reshaped first, stretched in place on a copy")
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    images = W.copy().reshape((-1, *image_shape))
    axes = tuple(range(1, images.ndim))
    images -= images.min(axis=axes, keepdims=True)
    largest = images.max(axis=axes, keepdims=True)
    images /= np.where(largest > 0, largest, 1)
    images *= 255
    return (images + 0.5).astype(np.uint8)


@chapter.variant(class_templates, "interpolated between the two ends")
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    rows = [
        np.interp(row, [row.min(), row.max()], [0, 255]) if np.ptp(row) else np.zeros(row.size)
        for row in W
    ]
    return np.around(np.stack(rows)).astype("uint8").reshape([len(W), *image_shape])


@chapter.variant(class_templates, "a very small number against division by zero")
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    low = W.min(axis=1)[:, None]
    high = W.max(axis=1)[:, None]
    return np.uint8(np.round((W - low) / (high - low + 1e-10) * 255)).reshape((-1, *image_shape))


@chapter.exercise(points=2)
def decision_boundary(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    """Find the line (or plane, or hyperplane) on which classes i and j score the same.

    Args:
        W: (C, D) float64 weights, one row per class. W itself stays as it is.
        b: (C,) float64 biases.
        i, j: two different labels in 0..C-1.

    Returns:
        normal: (D,) float64 and
        offset: a float, such that normal @ x + offset is by how much class i outscores class j
        at x: 0 on the boundary, positive where i wins, negative where j wins.
    """
    return W[i] - W[j], b[i] - b[j]


def draw_boundary(rng: np.random.Generator, c: int, d: int, i: int, j: int) -> dict[str, Any]:
    """Weights and biases of ordinary size, and two classes of the C."""
    return {"W": rng.normal(size=(c, d)), "b": rng.normal(size=c), "i": i, "j": j}


@chapter.cases(decision_boundary)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(
        "classes 0 and 1 of the worked example", {"W": W_PLANE, "b": B_PLANE, "i": 0, "j": 1}
    )
    i, j = sorted(int(n) for n in rng.choice(4, size=2, replace=False))
    yield Case("two of four classes in the plane", draw_boundary(rng, 4, 2, i, j))
    i, j = sorted((int(n) for n in rng.choice(3, size=2, replace=False)), reverse=True)
    yield Case("the larger label first", draw_boundary(rng, 3, 2, i, j))
    i, j = (int(n) for n in rng.choice(5, size=2, replace=False))
    yield Case("two of five classes, six features", draw_boundary(rng, 5, 6, i, j))
    i, j = (int(n) for n in rng.choice(3, size=2, replace=False))
    same = draw_boundary(rng, 3, 3, i, j)
    same["b"] = np.full(3, rng.normal())
    yield Case("equal biases", same, edge=True)


@chapter.hidden_cases(decision_boundary)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("only two classes", draw_boundary(rng, 2, 4, 1, 0), edge=True)
    yield Case("a single feature", draw_boundary(rng, 4, 1, 3, 1), edge=True)
    far = draw_boundary(rng, 4, 3, 2, 3)
    far["b"] *= 1e3
    yield Case("large biases", far, edge=True)


@chapter.misconception(
    decision_boundary, "other-way-round",
    "Your line is right, but its positive side is where j wins; it must be where i wins.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    return W[j] - W[i], b[j] - b[i]


@chapter.misconception(
    decision_boundary, "offset-on-the-other-side",
    "Your offset has the wrong sign: it stands on the same side of the equation as normal @ x.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    return W[i] - W[j], b[j] - b[i]


@chapter.misconception(
    decision_boundary, "no-offset",
    "You left the biases out: without them every boundary runs through the origin.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    return W[i] - W[j], 0.0


@chapter.misconception(
    decision_boundary, "columns-as-classes",
    "You subtracted columns of W; the weights of class i are its row i.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    return W[:, i] - W[:, j], b[i] - b[j]


@chapter.misconception(
    decision_boundary, "added",
    "You added the two classes up; where two scores are equal, their difference is 0.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    return W[i] + W[j], b[i] + b[j]


@chapter.misconception(
    decision_boundary, "unit-normal",
    "You divided by the normal's length: the same line, but normal @ x + offset is then no longer "
    "the difference of the two scores.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    normal = W[i] - W[j]
    length = float(np.linalg.norm(normal))
    return normal / length, (b[i] - b[j]) / length


@chapter.misconception(
    decision_boundary, "along-the-line",
    "Your vector runs along the line; the normal stands at right angles to it.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    normal = W[i] - W[j]
    along = normal[::-1].copy()
    along[0] *= -1
    return along, b[i] - b[j]


@chapter.misconception(
    decision_boundary, "weights-overwritten",
    "Your answer is right, but W is not any more: W[i] is a view into W, and subtracting from it "
    "in place changes the weights.",
)  # fmt: skip
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    normal = W[i]
    normal -= W[j]
    return normal, b[i] - b[j]


@chapter.variant(decision_boundary, "a signed sum of all classes")
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    sign = np.zeros(len(W))
    sign[i], sign[j] = 1.0, -1.0
    return sign @ W, float(sign @ b)


@chapter.variant(decision_boundary, "folded, split again, in a list")
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> list[object]:
    folded = np.concatenate([W, b[:, None]], axis=1)
    difference = np.subtract(folded[i], folded[j])
    return [difference[:-1], difference[-1]]


@chapter.variant(decision_boundary, "feature by feature")
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, np.ndarray]:
    normal = np.empty(W.shape[1])
    for d in range(W.shape[1]):
        normal[d] = W[i, d] - W[j, d]
    return normal, np.array(b[i] - b[j])
