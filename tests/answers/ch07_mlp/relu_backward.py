"""Answers to relu_backward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
the stated cache
    return dout * (cache > 0)

where
    return np.where(np.greater(cache, 0), dout, 0)

a copy, cut in place
    dx = np.array(dout, dtype=float, order="F")
    dx[cache <= 0] = 0
    return dx

a mask remembered
    def relu_forward(x):
        return np.maximum(x, 0), x > 0

    def relu_backward(dout, mask):
        return dout * mask

a mask in a dict
    def relu_forward(x):
        return np.maximum(x, 0.0), {"passes": x > 0}

    def relu_backward(dout, cache):
        passes = cache["passes"] if isinstance(cache, dict) else cache > 0
        dx = np.zeros(dout.shape)
        dx[passes] = dout[passes]
        return dx

the output remembered
    def relu_forward(x):
        return [x.clip(0)] * 2

    def relu_backward(dout, out):
        return dout * np.sign(out)

indices remembered
    def relu_forward(x):
        return np.where(x > 0, x, 0), (np.nonzero(x > 0), x.shape)

    def relu_backward(dout, cache):
        alive, shape = cache
        dx = np.zeros(shape)
        dx[alive] = dout[alive]
        return dx

entry by entry
    dx = np.zeros_like(dout)
    for i, v in np.ndenumerate(cache):
        if v > 0:
            dx[i] = dout[i]
    return dx
""")

answers.wrong("""
both signs [score=0]
    return dout * ((dout > 0) & (cache > 0))

a half at 0
    return dout * (np.sign(cache) + 1) / 2

negative ones [score=0]
    return dout * (cache < 0)

leaks [score=0]
    return np.where(cache > 0, dout, 0.01 * dout)

float32
    return np.float32(reference(dout, cache))

positive ones alone
    return dout[cache > 0]

mean over the batch
    return reference(dout, cache) / len(dout)

tiny error [score=0]
    return reference(dout, cache) * 0.9999

whole numbers
    return reference(dout, cache).astype(int)

gone above 6
    return dout * ((cache > 0) & (cache < 6))

nothing below 0.01
    return dout * (cache > 0.01)

rows of positive sum
    return dout * (cache.sum(axis=-1, keepdims=True) > 0)

at most two axes
    pairs = zip(np.atleast_2d(dout), np.atleast_2d(cache))
    return np.array([[d * (v > 0) for d, v in zip(*rows, strict=True)] for rows in pairs])
""")
