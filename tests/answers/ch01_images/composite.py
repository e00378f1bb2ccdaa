"""Answers to composite."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
number by number
    mixed = np.empty(foreground.shape, dtype=np.uint8)
    for row, column, channel in np.ndindex(foreground.shape):
        a = float(alpha[row, column])
        front, back = int(foreground[row, column, channel]), int(background[row, column, channel])
        mixed[row, column, channel] = round(a * front + (1 - a) * back)
    return mixed

channel by channel
    layers = [
        np.rint(alpha * foreground[..., c] + (1 - alpha) * background[..., c]) for c in range(3)
    ]
    return np.stack(layers, axis=-1).astype("uint8")

from the background towards the foreground
    front, back = foreground.astype(np.float64), background.astype(np.float64)
    back += np.einsum("hw,hwc->hwc", alpha, front - back)
    return np.clip(np.floor(back + 0.5), 0, 255).astype(np.uint8)

expand_dims
    a = np.expand_dims(alpha, 2)
    return np.rint(a * foreground + (1 - a) * background).astype(np.uint8)

background plus difference
    difference = foreground.astype(float) - background
    return np.around(background + alpha[..., np.newaxis] * difference).astype("uint8")

a half added
    a = alpha.reshape(*alpha.shape, 1)
    return (a * foreground + (1 - a) * background + 0.5).astype(np.uint8)

einsum
    front = np.einsum("hw,hwc->hwc", alpha, foreground)
    return np.uint8(np.rint(front + np.einsum("hw,hwc->hwc", 1 - alpha, background)))
""")

answers.wrong("""
paints into the background [score=0]
    background[...] = reference(foreground, alpha, background)
    return background

any alpha counts [score=0]
    return np.where(alpha[:, :, None] > 0, foreground, background)

black background [score=0]
    return reference(foreground, alpha, 0 * background)

mean alpha [score=0]
    return reference(foreground, np.full_like(alpha, alpha.mean()), background)

alpha out of 255 [score=0]
    return reference(foreground, alpha / 255, background)

difference in uint8 wraps [score=0]
    - np.round(a * foreground + (1 - a) * background)
    + np.round(background + a * (foreground - background)).astype(np.int64)

alpha transposed [score=0]
    return reference(foreground, alpha.T.reshape(alpha.shape), background)

half and half [score=0]
    return reference(foreground, np.full_like(alpha, 0.5), background)

alpha along the columns of a square [score=0]
    - alpha[:, :, None]
    + alpha[:, None]
""")
