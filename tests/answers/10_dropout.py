"""Answers to chapter 10: dropout forwards and backwards."""

import math
from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("dropout_forward", "a mask of truth values")
def plain(x, drop_prob, training, rng):
    if not training:
        return x, np.ones_like(x)
    mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask


@right("dropout_forward", "a binomial coin, a copy when not training")
def with_pair(x, drop_prob, training, rng):
    if not training:
        return x.copy(), None
    kept = rng.binomial(1, 1 - drop_prob, size=np.shape(x))
    return x * kept / (1 - drop_prob), (kept, drop_prob)


@right("dropout_forward", "a coin for each in a loop")
def with_list(x, drop_prob, training, rng):
    if not training:
        return np.array(x, dtype=float), [1.0] * x.size
    keep = 1 - drop_prob
    factors = [1 / keep if rng.random() < keep else 0.0 for _ in range(x.size)]
    values = [float(v) * f for v, f in zip(x.ravel(), factors, strict=True)]
    return np.reshape(values, x.shape), factors


@right("dropout_forward", "choice between two factors")
def with_object(x: np.ndarray, drop_prob: float, training: bool, rng) -> tuple:
    factor = 1.0
    if training:
        both = [0.0, 1 / (1 - drop_prob)]
        factor = rng.choice(both, size=x.shape, p=[drop_prob, 1 - drop_prob])
    return np.multiply(x, factor, dtype=np.float64), SimpleNamespace(factor=factor)


@right("dropout_forward", "indexing on a copy, Fortran order")
def with_places(x, drop_prob, training, rng):
    out = np.array(x, dtype=np.float64, order="F")
    dropped = np.zeros(out.shape, dtype=bool)
    if training and drop_prob > 0:
        dropped = rng.uniform(-drop_prob, 1 - drop_prob, out.shape[::-1]).T < 0
        out[dropped] = 0
        out /= 1 - drop_prob
    return out, {"dropped": dropped, "scale": 1 / (1 - drop_prob) if training else 1}


@right("dropout_forward", "waiting times, a cache that is a function")
def with_closure(x, drop_prob, training, rng):
    if not training:
        return x, lambda dout: dout
    kept = rng.exponential(size=x.shape) >= -math.log(1 - drop_prob)
    return np.where(kept, x / (1 - drop_prob), 0.0), lambda dout: dout * kept / (1 - drop_prob)


@right("dropout_forward", "single precision coins, a row at a time")
def _(x, drop_prob, training, rng):
    if not training:
        return x[...], 1
    flat = x.reshape(len(x), -1)
    mask = np.array([rng.random(flat.shape[1], dtype=np.float32) >= drop_prob for _ in flat])
    mask = mask.reshape(x.shape) * (1 / (1 - drop_prob))
    return mask * x, mask


@right("dropout_forward", "coins shuffled over the places")
def _(x, drop_prob, training, rng):
    if training is False:
        return x, np.ones(x.shape)
    coins = rng.random(x.size)
    rng.shuffle(coins)
    mask = np.zeros(x.size)
    mask[coins > drop_prob] = 1.0 / (1.0 - drop_prob)
    mask = mask.reshape(x.shape)
    return np.einsum("...,...->...", x, mask), mask


def coins(draw, scale=None, idle=None):
    """A forward pass by a mask; what it is scaled by; what it does when not training."""

    def forward(x, drop_prob, training, rng):
        if not training:
            return x if idle is None else idle(x, drop_prob), np.ones_like(x)
        factor = 1 / (1 - drop_prob) if scale is None else scale(drop_prob)
        mask = draw(x, drop_prob, rng) * factor
        return x * mask, mask

    return forward


def fair(x, p, rng):
    return rng.random(x.shape) >= p


@lru_cache
def remembered(shape, p):
    return np.random.default_rng(5).random(shape) >= p


def exactly(x, p, rng):
    mask = np.ones(x.size)
    mask[rng.choice(x.size, round(p * x.size), replace=False)] = 0
    return mask.reshape(x.shape)


def exactly_in_rows(x, p, rng):
    width = x.shape[-1]
    order = rng.permuted(np.broadcast_to(np.arange(width), x.shape), axis=-1)
    return order >= round(p * width)


def mirrored(x, p, rng):
    half = rng.random((len(x) + 1) // 2 * 2 * x[0].size // 2)
    u = np.concatenate([half, 1 - half])[: x.size]
    return u.reshape(x.shape) >= p


def in_pairs(x, p, rng):
    return np.repeat(rng.random((x.size + 1) // 2) >= p, 2)[: x.size].reshape(x.shape)


def tenths(x, p, rng):
    return rng.integers(0, 10, x.shape) / 10 >= p


def forward(style, *args, **options):
    wrong("dropout_forward", style, **options)(coins(*args))


forward("not scaled", fair, lambda p: 1, score=0)
forward("scaled when predicting", fair, lambda p: 1, lambda x, p: x * (1 - p), score=0)
forward("scaled at both times", fair, None, lambda x, p: x * (1 - p), score=0)
forward("scaled by 1 / p", fair, lambda p: 1 / max(p, 1e-9), score=0)
forward("scaled by 1 - p", fair, lambda p: 1 - p, score=0)
forward("scaled by 1 + p", fair, lambda p: 1 + p, score=0)
forward("scaled by 2", fair, lambda p: 2)
forward("keeps with drop_prob", lambda x, p, rng: rng.random(x.shape) < p, score=0)
forward("whole rows", lambda x, p, rng: rng.random((len(x),) + (1,) * (x.ndim - 1)) >= p)
forward("the same for all rows", lambda x, p, rng: rng.random(x.shape[1:]) >= p)
forward("one coin for all", lambda x, p, rng: rng.random() >= p)
forward("an exact number", exactly)
forward("an exact number in each row", exactly_in_rows)
forward("a second half that mirrors the first", mirrored)
forward("neighbours share a coin", in_pairs)
forward(
    "the first is never dropped",
    lambda x, p, rng: fair(x, p, rng) | (np.cumsum(x**2).reshape(x.shape) <= x.flat[0] ** 2),
)
forward("coins of ten faces", tenths)
forward("always a half", lambda x, p, rng: rng.random(x.shape) >= 0.5)
forward("normal numbers for uniform ones", lambda x, p, rng: rng.normal(size=x.shape) >= p)
forward("global generator", lambda x, p, rng: np.random.random(x.shape) >= p)  # noqa: NPY002
forward("a generator of its own", lambda x, p, rng: fair(x, p, np.random.default_rng()))
forward("a seed of its own", lambda x, p, rng: fair(x, p, np.random.default_rng(0)))
forward("the same mask at each call", lambda x, p, rng: remembered(x.shape, p))
forward("nothing dropped", lambda x, p, rng: np.full(x.shape, 1 - p))
forward("zeros when not training", fair, None, lambda x, p: np.zeros_like(x), score=0)
forward("the largest are dropped", lambda x, p, rng: x <= np.quantile(x, 1 - p))
forward(
    "drops by the position", lambda x, p, rng: np.arange(x.size).reshape(x.shape) % 10 >= 10 * p
)
forward("noise", lambda x, p, rng: 1 - p + 0.1 * rng.normal(size=x.shape))
forward("a tiny error", fair, lambda p: 1 / (1 - p + 1e-4))


@wrong("dropout_forward", "always training", score=0)
def _(x, drop_prob, training, rng):
    rng = np.random.default_rng(1) if rng is None else rng
    return plain(x, drop_prob, True, rng)


@wrong("dropout_forward", "never training", score=0)
def _(x, drop_prob, training, rng):
    return plain(x, drop_prob, False, rng)


@wrong("dropout_forward", "training the other way round", score=0)
def _(x, drop_prob, training, rng):
    return plain(x, drop_prob, not training, rng or np.random.default_rng(1))


@wrong("dropout_forward", "needs the generator when not training")
def _(x, drop_prob, training, rng):
    kept = rng.random(x.shape) >= drop_prob
    mask = kept / (1 - drop_prob) if training else np.ones(x.shape)
    return x * mask, mask


@wrong("dropout_forward", "in place")
def _(x, drop_prob, training, rng):
    if not training:
        return x, np.ones_like(x)
    mask = fair(x, drop_prob, rng) / (1 - drop_prob)
    x *= mask
    return x, mask


@wrong("dropout_forward", "scaled by the share that happened to stay")
def _(x, drop_prob, training, rng):
    if not training:
        return x, np.ones_like(x)
    kept = fair(x, drop_prob, rng)
    return x * kept / max(kept.mean(), 1e-9), kept / max(kept.mean(), 1e-9)


@wrong("dropout_forward", "single precision", score=0)
def _(x, drop_prob, training, rng):
    out, mask = plain(x, drop_prob, training, rng)
    return out.astype(np.float32), mask


@wrong("dropout_forward", "out alone", score=0)
def _(x, drop_prob, training, rng):
    return plain(x, drop_prob, training, rng)[0]


@wrong("dropout_forward", "mask first", score=0)
def _(x, drop_prob, training, rng):
    return plain(x, drop_prob, training, rng)[::-1]


@wrong("dropout_forward", "tables only", hidden=True)
def _(x, drop_prob, training, rng):
    n, d = x.shape
    return plain(x.reshape(n, d), drop_prob, training, rng)


@wrong("dropout_forward", "leaves out what was dropped", score=0)
def _(x, drop_prob, training, rng):
    if not training:
        return x, np.ones_like(x)
    kept = fair(x, drop_prob, rng)
    return x[kept] / (1 - drop_prob), kept


@wrong("dropout_forward", "fails where nothing is dropped", hidden=True)
def _(x, drop_prob, training, rng):
    if training and not drop_prob:
        raise ValueError("drop_prob is 0")
    return plain(x, drop_prob, training, rng)


@wrong("dropout_forward", "a shift for a scale")
def _(x, drop_prob, training, rng):
    if not training:
        return x, np.ones_like(x)
    kept = fair(x, drop_prob, rng)
    return np.where(kept, x + drop_prob, 0), kept


@right("dropout_backward", "times the mask", dropout_forward=plain)
def times(dout, cache):
    return dout * cache


@right("dropout_backward", "a pair, or None when not training", dropout_forward=with_pair)
def _(dout, cache):
    return dout if cache is None else np.where(cache[0], dout, 0) / (1 - cache[1])


@right("dropout_backward", "a list of factors, pure Python", dropout_forward=with_list)
def _(dout, cache):
    return np.reshape([d * f for d, f in zip(dout.flat, cache, strict=True)], dout.shape)


@right("dropout_backward", "an object with one number or a mask", dropout_forward=with_object)
def _(dout: np.ndarray, cache) -> np.ndarray:
    return dout * cache.factor


@right("dropout_backward", "places in a dict, on a copy", dropout_forward=with_places)
def _(dout, cache):
    dx = dout.copy(order="F")
    dx[cache["dropped"]] = 0.0
    dx *= cache["scale"]
    return dx


@right("dropout_backward", "the cache is the function", dropout_forward=with_closure)
def _(dout, cache):
    return cache(dout)


@right("dropout_backward", "by the forward pass that the text describes")
def _(dout, cache):
    dx = np.zeros(dout.shape)
    for place in np.ndindex(dout.shape):
        dx[place] = dout[place] * cache[place]
    return dx


@right("dropout_backward", "where kept", dropout_forward=plain)
def _(dout, cache):
    return np.where(cache > 0, cache, 0) * dout


def backward(style, back, front=plain, **options):
    wrong("dropout_backward", style, dropout_forward=front, **options)(back)


def in_place(dout, cache):
    dout *= cache
    return dout


def with_input(x, drop_prob, training, rng):
    out, mask = plain(x, drop_prob, training, rng)
    return out, (x, out, mask, drop_prob)


def anew(dout, cache):
    p = cache[3]
    return dout * (np.random.default_rng(0).random(dout.shape) >= p) / (1 - p)


def first_only():
    seen = []

    def back(dout, cache):
        seen.append(cache)
        return dout * seen[0] if seen[0].shape == dout.shape else dout * cache

    return back


backward("the gradient as it is", lambda dout, cache: dout.copy(), score=0)
backward("not scaled", lambda dout, cache: dout * (cache > 0), score=0)
backward("scaled twice", lambda dout, cache: dout * cache * cache, score=0)
backward(
    "divides", lambda dout, cache: np.where(cache > 0, dout / np.maximum(cache, 1), 0), score=0
)
backward("the dropped ones", lambda dout, cache: dout * (cache == 0), score=0)
backward("the mask alone", lambda dout, cache: cache.copy(), score=0)
backward("in place", in_place)
backward("single precision", lambda dout, cache: (dout * cache).astype(np.float32), score=0)
backward("scaled everywhere", lambda dout, cache: dout * cache.max(), score=0)
backward("always doubled", lambda dout, cache: 2 * dout * (cache > 0))
backward("the sign turned", lambda dout, cache: -dout * cache, score=0)
backward("mean of the rows", lambda dout, cache: dout * cache / len(dout), score=0)
backward("a product of matrices", lambda dout, cache: dout @ cache.T, score=0)
backward("a tiny error", lambda dout, cache: dout * cache * (1 + 1e-4))
backward("summed over the rows", lambda dout, cache: (dout * cache).sum(axis=0), score=0)
backward("tables only", lambda dout, c: np.einsum("nd,nd->nd", dout, c), hidden=True)
backward("the first mask for ever", first_only())
backward("times the input", lambda dout, c: dout * c[0] * c[2], with_input, score=0)
backward("a mask drawn anew", anew, with_input, score=0)
backward("by what came out", lambda dout, c: dout * (c[1] != 0), with_input, score=0)
backward("zero where out was", lambda dout, c: dout * c[2] * (c[1] != 0), with_input)
backward("only where the input was positive", lambda dout, c: dout * c[2] * (c[0] > 0), with_input)
backward(
    "scaled also when not training", lambda dout, c: dout * (c[2] > 0) / (1 - c[3]), with_input
)
backward("None when not training", lambda dout, c: None if c[2].all() else dout * c[2], with_input)
