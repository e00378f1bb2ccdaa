"""Answers to dropout_backward."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a cache of booleans and the probability
    def dropout_forward(x, drop_prob, training, rng):
        if not training:
            return x, None
        kept = rng.random(x.shape) > drop_prob
        return np.where(kept, x, 0.0) / (1 - drop_prob), (kept, drop_prob)

    def dropout_backward(dout, cache):
        if cache is None:
            return dout
        kept, drop_prob = cache
        dx = np.zeros_like(dout)
        dx[kept] = dout[kept] / (1 - drop_prob)
        return dx

entry by entry, from the documented cache
    dx = dout.copy()
    for index, factor in np.ndenumerate(cache):
        dx[index] *= factor
    return dx

a pair, or None when not training
    def dropout_forward(x, drop_prob, training, rng):
        if not training:
            return x.copy(), None
        kept = rng.binomial(1, 1 - drop_prob, size=np.shape(x))
        return x * kept / (1 - drop_prob), (kept, drop_prob)

    def dropout_backward(dout, cache):
        return dout if cache is None else np.where(cache[0], dout, 0) / (1 - cache[1])

a list of factors, pure Python
    def dropout_forward(x, drop_prob, training, rng):
        if not training:
            return np.array(x, dtype=float), [1.0] * x.size
        keep = 1 - drop_prob
        factors = [1 / keep if rng.random() < keep else 0.0 for _ in range(x.size)]
        values = [float(v) * f for v, f in zip(x.ravel(), factors, strict=True)]
        return np.reshape(values, x.shape), factors

    def dropout_backward(dout, cache):
        return np.reshape([d * f for d, f in zip(dout.flat, cache, strict=True)], dout.shape)

an object with one number or a mask
    from types import SimpleNamespace

    def dropout_forward(x: np.ndarray, drop_prob: float, training: bool, rng) -> tuple:
        factor = 1.0
        if training:
            both = [0.0, 1 / (1 - drop_prob)]
            factor = rng.choice(both, size=x.shape, p=[drop_prob, 1 - drop_prob])
        return np.multiply(x, factor, dtype=np.float64), SimpleNamespace(factor=factor)

    def dropout_backward(dout, cache):
        return dout * cache.factor

places in a dict, on a copy
    def dropout_forward(x, drop_prob, training, rng):
        out = np.array(x, dtype=np.float64, order="F")
        dropped = np.zeros(out.shape, dtype=bool)
        if training and drop_prob > 0:
            dropped = rng.uniform(-drop_prob, 1 - drop_prob, out.shape[::-1]).T < 0
            out[dropped] = 0
            out /= 1 - drop_prob
        return out, {"dropped": dropped, "scale": 1 / (1 - drop_prob) if training else 1}

    def dropout_backward(dout, cache):
        dx = dout.copy(order="F")
        dx[cache["dropped"]] = 0.0
        dx *= cache["scale"]
        return dx

the cache is the function
    import math

    def dropout_forward(x, drop_prob, training, rng):
        if not training:
            return x, lambda dout: dout
        kept = rng.exponential(size=x.shape) >= -math.log(1 - drop_prob)
        return np.where(kept, x / (1 - drop_prob), 0.0), lambda dout: dout * kept / (1 - drop_prob)

    def dropout_backward(dout, cache):
        return cache(dout)

by the forward pass that the text describes
    dx = np.zeros(dout.shape)
    for place in np.ndindex(dout.shape):
        dx[place] = dout[place] * cache[place]
    return dx

where kept
    return np.where(cache > 0, cache, 0) * dout
""")


def with_input(x, drop_prob, training, rng):
    """A forward pass whose cache holds everything that it knows."""
    mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob) if training else np.ones(x.shape)
    return x * mask, (x, mask, drop_prob)


answers.wrong("""
scaled twice [score=0]
    - dout * mask
    + dout * mask * mask

the mask alone [score=0]
    - dout * mask
    + mask.copy()

in place
    - return dout * mask
    + dout *= mask
    + return dout

single precision [score=0]
    - dout * mask
    + (dout * mask).astype(np.float32)

scaled everywhere [score=0]
    - dout * mask
    + dout * mask.max()

always doubled
    - dout * mask
    + 2 * dout * (mask > 0)

the sign turned [score=0]
    - dout * mask
    + -dout * mask

mean of the rows [score=0]
    - dout * mask
    + dout * mask / len(dout)

a product of matrices [score=0]
    - dout * mask
    + dout @ mask.T

a tiny error
    - dout * mask
    + dout * mask * (1 + 1e-4)

summed over the rows [score=0]
    - dout * mask
    + (dout * mask).sum(axis=0)

tables only [hidden]
    - dout * mask
    + np.einsum("nd,nd->nd", dout, mask)

the first mask for ever
    seen = []

    def dropout_backward(dout, cache):
        seen.append(cache)
        return dout * seen[0] if seen[0].shape == dout.shape else dout * cache

times the input [score=0]
    dropout_forward = with_input

    def dropout_backward(dout, cache):
        x, mask, drop_prob = cache
        return dout * x * mask

a mask drawn anew [score=0]
    dropout_forward = with_input

    def dropout_backward(dout, cache):
        x, mask, drop_prob = cache
        kept = np.random.default_rng(0).random(dout.shape) >= drop_prob
        return dout * kept / (1 - drop_prob)

only where the input was positive
    dropout_forward = with_input

    def dropout_backward(dout, cache):
        x, mask, drop_prob = cache
        return dout * mask * (x > 0)

scaled also when not training
    dropout_forward = with_input

    def dropout_backward(dout, cache):
        x, mask, drop_prob = cache
        return dout * (mask > 0) / (1 - drop_prob)

None when not training
    dropout_forward = with_input

    def dropout_backward(dout, cache):
        x, mask, drop_prob = cache
        return None if mask.all() else dout * mask
""")
