"""Answers to chapter 03: templates and boundaries."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("class_templates", "row by row")
def _(W, image_shape):
    out = np.zeros((len(W), *image_shape), dtype=np.uint8)
    for c, w in enumerate(W):
        if w.max() > w.min():
            out[c] = np.round((w - w.min()) / (w.max() - w.min()) * 255).reshape(image_shape)
    return out


@right("class_templates", "keepdims and where")
def _(W, image_shape):
    low, high = W.min(axis=1, keepdims=True), W.max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1)
    return np.rint(255 * (W - low) / span).astype(np.uint8).reshape((-1, *image_shape))


@right("class_templates", "np.interp")
def _(W, image_shape):
    def stretch(w):
        low, high = w.min(), w.max()
        return np.interp(w, (low, high), (0, 255)) if high > low else np.zeros_like(w)

    rows = [np.around(stretch(w)).astype("uint8").reshape(image_shape) for w in W]
    return np.stack(rows)


@right("class_templates", "NaN turned into zero")
def _(W, image_shape):
    with np.errstate(all="ignore"):
        scaled = (W - W.min(axis=1)[:, None]) / np.ptp(W, axis=1)[:, None]
    return np.uint8(np.floor(np.nan_to_num(scaled) * 255 + 0.5)).reshape([len(W), *image_shape])


@right("class_templates", "divide where, out of a copy")
def _(W: np.ndarray, image_shape: tuple[int, ...]) -> np.ndarray:
    shifted = W.copy()
    shifted -= shifted.min(axis=1, keepdims=True)
    top = shifted.max(axis=1, keepdims=True)
    np.divide(shifted, top, out=shifted, where=top > 0)
    return (shifted * 255).round().astype(np.uint8).reshape(W.shape[0], *image_shape)


@right("class_templates", "pure Python")
def _(W, image_shape):
    pictures = []
    for row in W.tolist():
        low, high = min(row), max(row)
        scale = 255 / (high - low) if high != low else 0.0
        pictures.append([round((v - low) * scale) for v in row])
    return np.asfortranarray(np.array(pictures, dtype=np.uint8).reshape(len(W), *image_shape))


@right("class_templates", "apply_along_axis")
def _(W, image_shape):
    def stretch(w):
        w = w - np.amin(w)
        return 255 * w / max(np.amax(w), np.finfo(float).tiny)

    return np.apply_along_axis(stretch, 1, W).round().astype(np.uint8).reshape(-1, *image_shape)


def stretched(W, low=None, high=None):
    low = W.min(axis=1, keepdims=True) if low is None else low
    high = W.max(axis=1, keepdims=True) if high is None else high
    return 255 * (W - low) / np.where(high > low, high - low, 1)


def pictures(values, shape):
    return np.rint(values).astype(np.uint8).reshape(len(values), *shape)


wrong("class_templates", "one range for all rows", score=0)(
    lambda W, s: pictures(stretched(W, W.min(), W.max()), s)
)
wrong("class_templates", "a range for each feature", score=0)(
    lambda W, s: pictures(stretched(W, W.min(axis=0), W.max(axis=0)), s)
)
wrong("class_templates", "cut off", score=0)(
    lambda W, s: stretched(W).astype(np.uint8).reshape(len(W), *s)
)
wrong("class_templates", "floats", score=0)(lambda W, s: np.rint(stretched(W)).reshape(len(W), *s))
wrong("class_templates", "integers", score=0)(
    lambda W, s: np.rint(stretched(W)).astype(int).reshape(len(W), *s)
)
wrong("class_templates", "0 to 1", score=0)(lambda W, s: pictures(stretched(W) / 255, s))
wrong("class_templates", "times 256", score=0)(
    lambda W, s: np.clip(stretched(W) * 256 / 255, 0, 255).astype(np.uint8).reshape(len(W), *s)
)
wrong("class_templates", "negative", score=0)(lambda W, s: pictures(255 - stretched(W), s))
wrong("class_templates", "clipped", score=0)(lambda W, s: pictures(np.clip(W, 0, 255), s))
wrong("class_templates", "divided by the maximum", score=0)(
    lambda W, s: pictures(np.clip(255 * W / np.abs(W).max(axis=1, keepdims=True), 0, 255), s)
)
wrong("class_templates", "grey in the middle for 0", score=0)(
    lambda W, s: pictures(127.5 + 127.5 * W / (np.abs(W).max(axis=1, keepdims=True) + 1e-12), s)
)
wrong("class_templates", "flat", score=0)(lambda W, s: np.rint(stretched(W)).astype(np.uint8))
wrong("class_templates", "always 32 x 32 x 3")(lambda W, s: pictures(stretched(W), (32, 32, 3)))
wrong("class_templates", "column order", score=0)(
    lambda W, s: np.stack([p.reshape(s, order="F") for p in np.rint(stretched(W)).astype(np.uint8)])
)
wrong("class_templates", "constant row is white")(
    lambda W, s: pictures(np.where(np.ptp(W, axis=1)[:, None] > 0, stretched(W), 255.0), s)
)
wrong("class_templates", "constant row is grey")(
    lambda W, s: pictures(np.where(np.ptp(W, axis=1)[:, None] > 0, stretched(W), 128.0), s)
)
wrong("class_templates", "constant row is clipped")(
    lambda W, s: pictures(np.where(np.ptp(W, axis=1)[:, None] > 0, stretched(W), W.clip(0, 255)), s)
)
wrong("class_templates", "large epsilon")(
    lambda W, s: pictures(255 * stretched(W) / 255 / (1 + 0.01 / (np.ptp(W, 1)[:, None] + 1e-9)), s)
)
wrong("class_templates", "a channel apart", score=0)(
    lambda W, s: pictures(
        np.concatenate([stretched(W[:, c :: s[-1]]) for c in range(s[-1])], axis=1), s
    )
)


@wrong("class_templates", "constant row raises")
def _(W, image_shape):
    if (np.ptp(W, axis=1) == 0).any():
        raise ZeroDivisionError
    return pictures(stretched(W), image_shape)


@wrong("class_templates", "in place", score=0)
def _(W, image_shape):
    W -= W.min(axis=1, keepdims=True)
    return pictures(stretched(W), image_shape)


right("decision_boundary", "differences")(lambda W, b, i, j: (W[i] - W[j], b[i] - b[j]))
right("decision_boundary", "float and a list")(
    lambda W, b, i, j: [np.subtract(W[i], W[j]), float(b[i]) - float(b[j])]
)
right("decision_boundary", "product with a signed pair")(
    lambda W, b, i, j: (np.array([1.0, -1.0]) @ W[[i, j]], np.array([1.0, -1.0]) @ b[[i, j]])
)
right("decision_boundary", "keywords, 0-d offset")(
    lambda W, b, i, j: (-np.diff(W[[i, j], :], axis=0)[0], np.array(b[i] - b[j]))
)
right("decision_boundary", "pure Python")(
    lambda W, b, i, j: (
        np.array([p - q for p, q in zip(W[i].tolist(), W[j].tolist(), strict=True)]),
        b.tolist()[i] - b.tolist()[j],
    )
)


@right("decision_boundary", "folded bias")
def _(W, b, i, j):
    folded = np.column_stack([W, b])
    *normal, offset = folded[i] - folded[j]
    return np.array(normal), offset


@right("decision_boundary", "copies in place, one-hot")
def _(W: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, float]:
    sign = np.zeros(len(b))
    sign[i] += 1
    sign[j] -= 1
    return np.einsum("c,cd->d", sign, W), np.sum(sign * b).item()


wrong("decision_boundary", "other way round", score=0)(
    lambda W, b, i, j: (W[j] - W[i], b[j] - b[i])
)
wrong("decision_boundary", "offset the other way", score=0)(
    lambda W, b, i, j: (W[i] - W[j], b[j] - b[i])
)
wrong("decision_boundary", "sum", score=0)(lambda W, b, i, j: (W[i] + W[j], b[i] + b[j]))
wrong("decision_boundary", "no offset", score=0)(lambda W, b, i, j: (W[i] - W[j], 0.0))
wrong("decision_boundary", "offset of class i", score=0)(lambda W, b, i, j: (W[i] - W[j], b[i]))
wrong("decision_boundary", "columns", score=0)(
    lambda W, b, i, j: (W[:, i % W.shape[1]] - W[:, j % W.shape[1]], b[i] - b[j])
)
wrong("decision_boundary", "unit normal", score=0)(
    lambda W, b, i, j: (
        (W[i] - W[j]) / np.linalg.norm(W[i] - W[j]),
        (b[i] - b[j]) / np.linalg.norm(W[i] - W[j]),
    )
)
wrong("decision_boundary", "along the line", score=0)(
    lambda W, b, i, j: ((W[i] - W[j])[::-1] * np.resize([-1.0, 1.0], W.shape[1]), b[i] - b[j])
)
wrong("decision_boundary", "always 0 and 1")(lambda W, b, i, j: (W[0] - W[1], b[0] - b[1]))
wrong("decision_boundary", "smaller label first")(
    lambda W, b, i, j: (W[min(i, j)] - W[max(i, j)], b[min(i, j)] - b[max(i, j)])
)
wrong("decision_boundary", "two features alone")(
    lambda W, b, i, j: ((W[i] - W[j])[:2], b[i] - b[j])
)
wrong("decision_boundary", "offset as an array", score=0)(
    lambda W, b, i, j: (W[i] - W[j], b[i : i + 1] - b[j : j + 1])
)
wrong("decision_boundary", "sizes", score=0)(
    lambda W, b, i, j: (np.abs(W[i] - W[j]), np.abs(b[i] - b[j]))
)
wrong("decision_boundary", "swapped values", score=0)(lambda W, b, i, j: (b[i] - b[j], W[i] - W[j]))
wrong("decision_boundary", "one array", score=0)(
    lambda W, b, i, j: np.append(W[i] - W[j], b[i] - b[j])
)
wrong("decision_boundary", "half", score=0)(
    lambda W, b, i, j: ((W[i] - W[j]) / 2, (b[i] - b[j]) / 2)
)
wrong("decision_boundary", "float32", score=0)(
    lambda W, b, i, j: ((W[i] - W[j]).astype(np.float32), b[i] - b[j])
)
wrong("decision_boundary", "slope and intercept", score=0)(
    lambda W, b, i, j: (-(W[i] - W[j]) / (W[i] - W[j])[-1], -(b[i] - b[j]) / (W[i] - W[j])[-1])
)


@wrong("decision_boundary", "subtracts in place", score=0)
def _(W, b, i, j):
    normal = W[i]
    normal -= W[j]
    return normal.copy(), b[i] - b[j]
