"""Answers to chapter 07: the bends, forward and back."""

import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


def stable(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def same(out):
    return out, out


@right("sigmoid_forward", "the formula, NumPy's infinity")
def _(x):
    out = 1 / (1 + np.exp(-x))
    return out, out


@right("sigmoid_forward", "tanh, remembers x")
def _(x: np.ndarray) -> tuple:
    return (np.tanh(x / 2) + 1) / 2, x


@right("sigmoid_forward", "masks, a dict for a cache")
def _(x):
    out = np.zeros(x.shape)
    up = x >= 0
    out[up] = np.reciprocal(1 + np.exp(-x[up]))
    power = np.exp(x[~up])
    out[~up] = power / (power + 1)
    return out, {"out": out.copy(), "shape": x.shape}


@right("sigmoid_forward", "entry by entry with the math module")
def _(x):
    out = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        out[i] = 1 / (1 + math.exp(-x[i])) if x[i] > -700 else 0.0
    return [out, None]


@right("sigmoid_forward", "clipped far out, in place on a copy")
def _(x):
    work = np.array(x, dtype=np.float64, order="F")
    np.clip(work, -600, 600, out=work)
    np.negative(work, out=work)
    np.exp(work, out=work)
    work += 1
    np.divide(1, work, out=work)
    return work, (work,)


@right("sigmoid_forward", "a vectorised function, remembers the slope")
def _(x):
    out = np.vectorize(lambda v: 0.5 + 0.5 * math.tanh(v / 2), otypes=[float])(x)
    return out, lambda dout: dout * (out - out * out)


@right("sigmoid_forward", "logaddexp")
def _(x):
    return same(np.exp(-np.logaddexp(0.0, -x)))


def sigmoid(style, formula, score=0, give=same):
    wrong("sigmoid_forward", style, score=score)(lambda x: give(formula(x)))


def ratio(x):
    with np.errstate(all="ignore"):
        return np.exp(x) / (1 + np.exp(x))


def spoils(x):
    x[...] = stable(x)
    return x


sigmoid("infinity over infinity", ratio, None)
sigmoid("math.exp on the whole", lambda x: 1 / (1 + math.exp(-x)))
sigmoid(
    "overflow of math.exp", np.vectorize(lambda v: 1 / (1 + math.exp(-v)), otypes=[float]), None
)
sigmoid("tanh", np.tanh)
sigmoid("falling", lambda x: stable(-x))
sigmoid("softmax", lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum())
sigmoid("a line with ends", lambda x: np.clip(0.25 * x + 0.5, 0, 1))
sigmoid("a step", lambda x: (x > 0) * 1.0)
sigmoid("clipped at 6", lambda x: stable(np.clip(x, -6, 6)), None)
sigmoid("clipped below alone", lambda x: ratio(np.maximum(x, -50)), None)
sigmoid("float32", lambda x: stable(x).astype(np.float32), None)
sigmoid("float16 for the power", lambda x: 1 / (1 + np.exp(-x.astype(np.float16))).astype(float))
sigmoid("out alone", stable, give=lambda out: out)
sigmoid("three results", stable, give=lambda out: (out, out, out))
sigmoid("cache and out in the other order", stable, give=lambda out: (None, out))
sigmoid("tiny error", lambda x: stable(x) * (1 - 1e-4))
sigmoid("flat", lambda x: stable(x).ravel(), None)
sigmoid("a row at least", lambda x: np.atleast_2d(stable(x)), None)
sigmoid("the first row for all", lambda x: np.broadcast_to(stable(x)[:1], x.shape), None)
sigmoid("spoils x", spoils, None)
sigmoid("nan to 0", lambda x: np.nan_to_num(ratio(x)), None)
sigmoid("base 2", lambda x: 1 / (1 + 2.0**-x))
sigmoid("its slope", lambda x: stable(x) * (1 - stable(x)))
sigmoid("x over one plus its size", lambda x: 0.5 * (1 + x / (1 + np.abs(x))))
sigmoid("a list", lambda x: stable(x).tolist(), None)


@right("relu_forward", "maximum")
def _(x):
    return np.maximum(0, x), x


@right("relu_forward", "where, remembers a mask")
def _(x):
    mask = x > 0
    return np.where(mask, x, 0.0), mask


@right("relu_forward", "a copy, cut off in place")
def _(x):
    out = x.copy()
    out[out < 0] = 0
    return out, out


@right("relu_forward", "half the sum with the size")
def _(x):
    return 0.5 * (x + np.abs(x)), np.sign(x).clip(0)


@right("relu_forward", "clip, a copy in a tuple")
def _(x: np.ndarray):
    return x.clip(min=0), (np.copy(x),)


@right("relu_forward", "entry by entry")
def _(x):
    out = np.array([max(0.0, v) for v in x.ravel().tolist()]).reshape(x.shape)
    return out, {"alive": np.flatnonzero(out)}


@right("relu_forward", "Fortran order, a list")
def _(x):
    return [np.asfortranarray(x * (x > 0)), x]


def relu(style, formula, score=0, give=lambda x, out: (out, x)):
    wrong("relu_forward", style, score=score)(lambda x: give(x, formula(x)))


def cut(x):
    return np.maximum(x, 0)


def cuts_in_place(x):
    x[x < 0] = 0
    return x


relu("in place", cuts_in_place, None)
relu("in place with out", lambda x: np.maximum(x, 0, out=x), None)
relu("leaks", lambda x: np.where(x > 0, x, 0.01 * x))
relu("the size", np.abs)
relu("the smaller one", lambda x: np.minimum(x, 0))
relu("a step", lambda x: (x > 0).astype(float))
relu("capped at 6", lambda x: np.clip(x, 0, 6), None)
relu("capped at 1", lambda x: np.clip(x, 0, 1), None)
relu("softplus", lambda x: np.logaddexp(0, x))
relu("the largest entry", lambda x: np.maximum(0, x.max()))
relu("the largest of a row", lambda x: np.maximum(0, x.max(axis=-1, keepdims=True)), None)
relu("nothing done", lambda x: x.copy())
relu("float32", lambda x: cut(x).astype(np.float32), None)
relu("whole numbers", lambda x: cut(x).astype(int), None)
relu("out alone", cut, 0, lambda x, out: out)
relu("cache first", cut, 0, lambda x, out: (x, out))
relu("flat", lambda x: cut(x).ravel(), None)
relu("cut at 0.01", lambda x: np.where(x > 0.01, x, 0), None)
relu("positive ones alone", lambda x: x[x > 0], None)
relu("shifted", lambda x: cut(x) + 1e-4)
relu("everything or nothing", lambda x: x * np.all(x > 0), None)
relu(
    "at most two axes",
    lambda x: np.array([[max(v, 0) for v in row] for row in np.atleast_2d(x)]),
    None,
)
relu("minus", lambda x: -cut(-x))
relu("mirrored", lambda x: cut(-x))


def remembering(forward, keep):
    """A forward whose cache is of its own kind."""

    def f_forward(x):
        out = forward(x)
        return out, keep(x, out)

    return f_forward


def back(exercise, forward):
    """Registers a backward with the forward whose cache it takes; without one, the stated cache."""
    companion = exercise.replace("backward", "forward")

    def register(style, formula, keep=None, score=None, good=False):
        beside = {companion: remembering(forward, keep)} if keep else {}
        if good:
            right(exercise, style, **beside)(formula)
        else:
            wrong(exercise, style, score=score, **beside)(formula)

    return register


squash = back("sigmoid_backward", stable)
squash("the stated cache", lambda dout, cache: dout * cache * (1 - cache), good=True)
squash("the difference of squares", lambda dout, out: np.multiply(dout, out - out**2), good=True)
squash("x remembered", lambda d, x: d * stable(x) * stable(-x), lambda x, out: x, good=True)
squash(
    "the slope remembered",
    lambda dout, cache: cache * dout,
    lambda x, out: out * (1 - out),
    good=True,
)
squash(
    "a closure remembered",
    lambda d, cache: cache(d),
    lambda x, out: lambda d: d * out * (1 - out),
    good=True,
)
squash(
    "a dict remembered, einsum",
    lambda dout, cache: np.einsum("...,...,...->...", dout, cache["p"], cache["q"]),
    lambda x, out: {"p": out, "q": 1 - out},
    good=True,
)
squash(
    "an object remembered, entry by entry",
    lambda dout, cache: np.array(
        [d * o * (1 - o) for d, o in zip(dout.ravel(), cache.out, strict=True)]
    ).reshape(dout.shape),
    lambda x, out: type("Cache", (), {"out": out.ravel().tolist()})(),
    good=True,
)


def changes_dout(slope):
    def backward(dout, cache):
        dout *= slope(cache)
        return dout

    return backward


def changes_cache(dout, cache):
    cache *= 1 - cache
    cache *= dout
    return cache


squash("no gradient arrives", lambda dout, out: out * (1 - out), score=0)
squash("out alone", lambda dout, out: dout * out, score=0)
squash("one minus out", lambda dout, out: dout * (1 - out), score=0)
squash("tanh's slope", lambda dout, out: dout * (1 - out**2), score=0)
squash("slope of dout", lambda dout, out: out * dout * (1 - dout), score=0)
squash("sigmoid again", lambda dout, out: dout * stable(out) * (1 - stable(out)), score=0)
squash("x taken for out", lambda dout, x: dout * x * (1 - x), lambda x, out: x, score=0)
squash("sign", lambda dout, out: dout * out * (out - 1), score=0)
squash("spoils dout", changes_dout(lambda out: out * (1 - out)))
squash("spoils the cache", changes_cache)
squash("float32", lambda dout, out: (dout * out * (1 - out)).astype(np.float32))
squash("a tuple", lambda dout, out: (dout * out * (1 - out),))
squash("summed", lambda dout, out: (dout * out * (1 - out)).sum())
squash("mean over the batch", lambda dout, out: dout * out * (1 - out) / len(dout))
squash("a quarter", lambda dout, out: dout * 0.25, score=0)
squash("tiny error", lambda dout, out: dout * out * (1 - out) * 1.0001, score=0)
squash("whole or not at all", lambda dout, out: dout * (out > 0.5), score=0)
squash("a matrix product", lambda dout, out: dout @ (out * (1 - out)).T, score=0)
squash("the size of dout", lambda dout, out: np.abs(dout) * out * (1 - out))
squash(
    "nan far out",
    lambda dout, power: dout * power / (1 + power) ** 2,
    lambda x, out: np.exp(-x),
)

pass_on = back("relu_backward", lambda x: np.maximum(x, 0))
pass_on("the stated cache", lambda dout, x: dout * (x > 0), good=True)
pass_on("where", lambda dout, x: np.where(np.greater(x, 0), dout, 0), good=True)
pass_on("a mask remembered", lambda dout, mask: dout * mask, lambda x, out: x > 0, good=True)
pass_on("out remembered", lambda dout, out: dout * np.sign(out), lambda x, out: out, good=True)


@right("relu_backward", "a copy, cut in place")
def _(dout, cache):
    dx = np.array(dout, dtype=float, order="F")
    dx[cache <= 0] = 0
    return dx


@right(
    "relu_backward",
    "indices remembered",
    relu_forward=lambda x: (np.where(x > 0, x, 0), (np.nonzero(x > 0), x.shape)),
)
def _(dout, cache):
    alive, shape = cache
    dx = np.zeros(shape)
    dx[alive] = dout[alive]
    return dx


@right("relu_backward", "entry by entry")
def _(dout, x):
    dx = np.zeros_like(dout)
    for i, v in np.ndenumerate(x):
        if v > 0:
            dx[i] = dout[i]
    return dx


pass_on("by the sign of dout", lambda dout, x: dout * (dout > 0), score=0)
pass_on("both signs", lambda dout, x: dout * ((dout > 0) & (x > 0)), score=0)
pass_on("1 at 0", lambda dout, x: dout * (x >= 0))
pass_on("a half at 0", lambda dout, x: dout * (np.sign(x) + 1) / 2)
pass_on("mask alone", lambda dout, x: (x > 0) * 1.0, score=0)
pass_on("times x", lambda dout, x: dout * np.maximum(x, 0), score=0)
pass_on("negative ones", lambda dout, x: dout * (x < 0), score=0)
pass_on("all that are not 0", lambda dout, x: dout * (x != 0), score=0)
pass_on("leaks", lambda dout, x: np.where(x > 0, dout, 0.01 * dout), score=0)
pass_on("relu of dout", lambda dout, x: np.maximum(dout, 0), score=0)
pass_on("all back", lambda dout, x: dout.copy(), score=0)
pass_on("spoils dout", changes_dout(lambda x: x > 0))
pass_on("float32", lambda dout, x: np.float32(dout * (x > 0)))
pass_on("positive ones alone", lambda dout, x: dout[x > 0])
pass_on("mean over the batch", lambda dout, x: dout * (x > 0) / len(x))
pass_on("tiny error", lambda dout, x: dout * (x > 0) * 0.9999, score=0)
pass_on("whole numbers", lambda dout, x: (dout * (x > 0)).astype(int))
pass_on("gone above 6", lambda dout, x: dout * ((x > 0) & (x < 6)))
pass_on("nothing below 0.01", lambda dout, x: dout * (x > 0.01))
pass_on("rows of positive sum", lambda dout, x: dout * (x.sum(axis=-1, keepdims=True) > 0))
pass_on(
    "at most two axes",
    lambda dout, x: np.array(
        [
            [d * (v > 0) for d, v in zip(*rows, strict=True)]
            for rows in zip(np.atleast_2d(dout), np.atleast_2d(x), strict=True)
        ]
    ),
)
