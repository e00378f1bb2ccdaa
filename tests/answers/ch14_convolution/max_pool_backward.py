"""Answers to max_pool_backward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
four loops
    x, size = cache
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * size : (i + 1) * size, j * size : (j + 1) * size]
        a, b = np.unravel_index(np.argmax(window), window.shape)
        dx[n, c, i * size + a, j * size + b] = dout[n, c, i, j]
    return dx

the first that equals the maximum
    x, size = cache
    down, across = dout.shape[2:]
    best = np.full(dout.shape, -np.inf)
    where = np.zeros(dout.shape, dtype=int)
    for k in range(size * size):
        part = x[:, :, k // size :: size, k % size :: size][:, :, :down, :across]
        where[part > best] = k
        best = np.maximum(best, part)
    dx = np.zeros(x.shape)
    for k in range(size * size):
        place = dx[:, :, k // size :: size, k % size :: size][:, :, :down, :across]
        place += dout * (where == k)
    return dx

places by index arrays
    x, size = cache
    n, c, i, j = np.indices(dout.shape)
    view = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    view = view[:, :, ::size, ::size].reshape(*dout.shape, size * size)
    row, column = np.divmod(view.argmax(axis=-1), size)
    dx = np.zeros(x.shape)
    dx[n, c, i * size + row, j * size + column] = dout
    return dx

a mask, cleared after the first
    x, size = cache
    n, c, height, width = x.shape
    down, across = dout.shape[2:]
    cut = x[:, :, : down * size, : across * size].reshape(n, c, down, size, across, size)
    cut = cut.transpose(0, 1, 2, 4, 3, 5).reshape(n, c, down, across, -1)
    mask = cut == cut.max(axis=-1, keepdims=True)
    mask &= mask.cumsum(axis=-1) == 1
    flat = np.where(mask, dout[..., None], 0.0).reshape(n, c, down, across, size, size)
    dx = np.zeros((n, c, height, width))
    dx[:, :, : down * size, : across * size] = flat.transpose(0, 1, 2, 4, 3, 5).reshape(
        n, c, down * size, across * size)
    return dx

places kept on the way there
    def max_pool_forward(x, size):
        n, c, height, width = x.shape
        down, across = height // size, width // size
        cut = x[:, :, : down * size, : across * size].reshape(n, c, down, size, across, size)
        cut = cut.swapaxes(3, 4).reshape(n, c, down, across, size * size)
        where = cut.argmax(axis=4)
        out = np.take_along_axis(cut, where[..., None], axis=4)[..., 0]
        return out.astype(float), {"where": where, "shape": x.shape, "size": size}

    def max_pool_backward(dout, cache):
        size, dx = cache["size"], np.zeros(cache["shape"])
        n, c, i, j = np.ogrid[tuple(map(slice, dout.shape))]
        row, column = cache["where"] // size, cache["where"] % size
        dx[n, c, i * size + row, j * size + column] += dout
        return dx

the cache is the function
    def max_pool_forward(x, size):
        x = np.array(x, dtype=float)
        down, across = x.shape[2] // size, x.shape[3] // size
        out = np.array([[[[m[i * size : i * size + size, j * size : j * size + size].max()
                           for j in range(across)] for i in range(down)] for m in image]
                        for image in x])

        def back(dout):
            dx = np.zeros(x.shape)
            for n, c, i, j in np.ndindex(dout.shape):
                part = x[n, c, i * size : i * size + size, j * size : j * size + size]
                k = list(part.ravel()).index(part.max())
                dx[n, c, i * size + k // size, j * size + k % size] += dout[n, c, i, j]
            return dx

        return out, back

    def max_pool_backward(dout, cache):
        return cache(dout)
""")

answers.wrong("""
every maximum of the map [score=0]
    x, size = cache
    return (x == x.max(axis=(2, 3), keepdims=True)) * dout.sum(axis=(2, 3), keepdims=True)

the sign alone [score=0]
    - dout * first
    + np.sign(dout) * first

as small as dout [score=0]
    return dout.copy()

a pair [score=0]
    return reference(dout, cache), None

nothing [score=0]
    return np.zeros(cache[0].shape) if isinstance(cache, tuple) else 0.0 * dout

only where dout is positive [score=0]
    return reference(np.maximum(dout, 0), cache)

for the first image alone [score=0]
    - dout * first
    + dout * first * (np.arange(len(x)) == 0)[:, None, None, None]

divided by how many are equal
    - dout * first
    + dout * first / sum(x[other] == largest for other in places)

larger than the one before [score=0]
    - x[place] == largest
    + x[place] > 0

overlaps of the rest [score=0]
    dx = reference(dout, cache)
    dx[:, :, -1] += 1.0
    return dx

what is nearly the largest [hidden]
    x, size = cache
    down, across = dout.shape[2:]
    dx, taken = np.zeros(x.shape), np.zeros(dout.shape, dtype=bool)
    cut = x[:, :, : down * size, : across * size].reshape(*x.shape[:2], down, size, across, size)
    largest = cut.max(axis=(3, 5))
    for i in range(size):
        for j in range(size):
            place = (..., slice(i, down * size, size), slice(j, across * size, size))
            first = np.isclose(x[place], largest) & ~taken
            taken |= first
            dx[place] = dout * first
    return dx

ties broken by a slope that is hardly there [hidden]
    x, size = cache
    fall = 1e-9 * (np.arange(x.shape[2])[:, None] * x.shape[3] + np.arange(x.shape[3]))
    return reference(dout, (x - fall, size))

begins at a number that is far below 0 [hidden]
    - -np.inf
    + -1e9

gradients in the type of the maps [hidden]
    x, size = cache
    return reference(dout, cache).astype(x.dtype)
""")
