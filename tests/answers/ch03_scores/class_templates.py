"""Answers to class_templates."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
class by class
    templates = np.zeros((W.shape[0], *image_shape), dtype=np.uint8)
    for c, row in enumerate(W):
        if row.max() > row.min():
            share = (row - row.min()) / (row.max() - row.min())
            templates[c] = np.round(share * 255).reshape(image_shape)
    return templates

reshaped first, stretched in place on a copy
    images = W.copy().reshape((-1, *image_shape))
    axes = tuple(range(1, images.ndim))
    images -= images.min(axis=axes, keepdims=True)
    largest = images.max(axis=axes, keepdims=True)
    images /= np.where(largest > 0, largest, 1)
    images *= 255
    return (images + 0.5).astype(np.uint8)

interpolated between the two ends
    rows = [
        np.interp(row, [row.min(), row.max()], [0, 255]) if np.ptp(row) else np.zeros(row.size)
        for row in W
    ]
    return np.around(np.stack(rows)).astype("uint8").reshape([len(W), *image_shape])

a very small number against division by zero
    low = W.min(axis=1)[:, None]
    high = W.max(axis=1)[:, None]
    return np.uint8(np.round((W - low) / (high - low + 1e-10) * 255)).reshape((-1, *image_shape))

NaN turned into zero
    with np.errstate(all="ignore"):
        scaled = (W - W.min(axis=1)[:, None]) / np.ptp(W, axis=1)[:, None]
    return np.uint8(np.floor(np.nan_to_num(scaled) * 255 + 0.5)).reshape([len(W), *image_shape])

divide where, out of a copy
    shifted = W.copy()
    shifted -= shifted.min(axis=1, keepdims=True)
    top = shifted.max(axis=1, keepdims=True)
    np.divide(shifted, top, out=shifted, where=top > 0)
    return (shifted * 255).round().astype(np.uint8).reshape(W.shape[0], *image_shape)

pure Python
    pictures = []
    for row in W.tolist():
        low, high = min(row), max(row)
        scale = 255 / (high - low) if high != low else 0.0
        pictures.append([round((v - low) * scale) for v in row])
    return np.asfortranarray(np.array(pictures, dtype=np.uint8).reshape(len(W), *image_shape))

apply_along_axis
    def stretch(w):
        w = w - np.amin(w)
        return 255 * w / max(np.amax(w), np.finfo(float).tiny)

    return np.apply_along_axis(stretch, 1, W).round().astype(np.uint8).reshape(-1, *image_shape)
""")

answers.wrong("""
cut off [score=0]
    - np.rint(
    + (

integers [score=1.5]
    - np.uint8
    + int

0 to 1 [score=0]
    - 255 * (W
    + (W

times 256 [score=0]
    - np.rint(255 * (W - low) / span)
    + np.clip(256 * (W - low) / span, 0, 255)

negative [score=0]
    - 255 * (W
    + 255 - 255 * (W

divided by the maximum [score=0]
    - 255 * (W - low) / span
    + np.clip(255 * W / np.abs(W).max(axis=1, keepdims=True), 0, 255)

np.isclose takes small rows for constant
    - high > low,
    + ~np.isclose(high, low, atol=1e-3),

flat [score=0]
    - .reshape(len(W), *image_shape)

always 32 x 32 x 3
    return reference(W, (32, 32, 3))

column order [score=0]
    return np.stack([row.reshape(image_shape, order="F") for row in reference(W, W.shape[1:])])

constant row is white
    - 255 * (W - low) / span
    + np.where(high > low, 255 * (W - low) / span, 255)

constant row is clipped
    - 255 * (W - low) / span
    + np.where(high > low, 255 * (W - low) / span, W.clip(0, 255))

large epsilon
    - / span
    + / (high - low + 0.01)

a channel apart [score=0]
    n = image_shape[-1]
    channels = [reference(W[:, c::n], (W.shape[1] // n,)) for c in range(n)]
    return np.concatenate(channels, axis=1).reshape(len(W), *image_shape)

constant row raises
    - span =
    + if (high == low).any():
    +     raise ZeroDivisionError
    + span =

in place [score=0]
    W -= W.min(axis=1, keepdims=True)
    return reference(W, image_shape)
""")
