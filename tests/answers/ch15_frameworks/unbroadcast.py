"""Answers to unbroadcast."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
one axis after the other
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient

only what differs
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis in range(len(shape)):
        if gradient.shape[axis] != shape[axis]:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient

ones in front, all axes at once, a reshape
    padded = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, n in enumerate(padded) if n == 1)
    return gradient.sum(axis=axes).reshape(shape)

np.add.at over broadcast indices
    out = np.zeros(shape)
    places = np.broadcast_to(np.arange(out.size).reshape(shape), gradient.shape)
    np.add.at(out.reshape(-1), places, gradient)
    return out

bincount
    size = int(np.prod(shape))
    places = np.broadcast_to(np.arange(size).reshape(shape), gradient.shape)
    return np.bincount(places.ravel(), gradient.ravel(), size).reshape(shape)

einsum
    letters = "abcdefgh"[: gradient.ndim]
    added = gradient.ndim - len(shape)
    kept = "".join(c for c, n in zip(letters[added:], shape) if n != 1)
    return np.einsum(f"{letters}->{kept}", gradient).reshape(shape)

a product with ones
    size = int(np.prod(shape))
    places = np.broadcast_to(np.arange(size).reshape(shape), gradient.shape)
    chosen = np.arange(size)[:, None] == places.reshape(1, -1)
    return (chosen @ gradient.reshape(-1)).reshape(shape)

a float for a single number
    if shape == ():
        return float(np.sum(gradient))
    found = np.add.reduce(gradient, axis=tuple(range(gradient.ndim - len(shape))))
    return np.sum(found, axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)

recursion
    if gradient.ndim > len(shape):
        return unbroadcast(gradient.sum(0), shape)
    if gradient.ndim == 0:
        return gradient
    if shape[0] == 1:
        return unbroadcast(gradient.sum(0), shape[1:])[None]
    rows = [unbroadcast(row, shape[1:]) for row in gradient]
    return np.array(rows).reshape(shape)
""")

answers.wrong("""
subtracted [score=0]
    return -reference(gradient, shape)

zeros [score=0]
    return np.zeros(shape)

sizes looked up from the left
    for axis, (have, want) in enumerate(zip(gradient.shape, shape)):
        if have != want:
            gradient = gradient.sum(axis=axis)
    return gradient

for bias rows alone [score=0]
    return gradient.sum(axis=0).reshape(shape)

at most one axis added
    if gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient

rounded to six digits [score=0]
    return np.round(reference(gradient, shape), 6)
""")
