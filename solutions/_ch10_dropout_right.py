"""Chapter 10, first part: dropout's two passes in other styles."""

from __future__ import annotations

import numpy as np

from solutions._ch10_dropout import chapter, dropout_backward, dropout_forward


@chapter.variant(dropout_forward, "entry by entry, by one random number after the other")
def _(x, drop_prob, training, rng):
    if not training:
        return x, None
    out = np.empty_like(x)
    for index in np.ndindex(x.shape):
        out[index] = 0.0 if rng.random() < drop_prob else x[index] / (1 - drop_prob)
    return out, out != 0


@chapter.variant(dropout_forward, "a binomial draw, on a copy in place, in a list")
def _(x, drop_prob, training, rng):
    out = x.copy()
    kept = rng.binomial(1, 1 - drop_prob, size=x.shape) if training else np.ones_like(x)
    out *= kept
    out /= (1 - drop_prob) if training else 1
    return [out, {"kept": kept, "p": drop_prob}]


@chapter.variant(dropout_forward, "choosing among two factors")
def _(x, drop_prob, training, rng):
    if training is False:
        return x.copy(), 1.0
    keep = 1.0 - drop_prob
    factors = rng.choice([0.0, 1.0 / keep], size=x.shape, p=[drop_prob, keep])
    return np.multiply(x, factors), factors


@chapter.variant(dropout_forward, "numbers for the columns first, uniform from another range")
def _(x, drop_prob, training, rng):
    if drop_prob == 0 or not training:
        return x, np.ones(x.shape, dtype=bool)
    numbers = rng.uniform(0, 100, size=x.T.shape).T
    return np.where(numbers > 100 * drop_prob, x / (1 - drop_prob), 0), numbers


def _forward_with_kept(x, drop_prob, training, rng):
    if not training:
        return x, None
    kept = rng.random(x.shape) > drop_prob
    return np.where(kept, x, 0.0) / (1 - drop_prob), (kept, drop_prob)


@chapter.variant(
    dropout_backward, "a cache of booleans and the probability",
    {"dropout_forward": _forward_with_kept},
)  # fmt: skip
def _(dout, cache):
    if cache is None:
        return dout
    kept, drop_prob = cache
    dx = np.zeros_like(dout)
    dx[kept] = dout[kept] / (1 - drop_prob)
    return dx


@chapter.variant(dropout_backward, "entry by entry, from the documented cache")
def _(dout, cache):
    dx = dout.copy()
    for index, factor in np.ndenumerate(cache):
        dx[index] *= factor
    return dx
