"""Answers to chapter 09: the weights that a layer starts with."""

import math
import statistics

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("init_weights", "if and elif")
def _(fan_in, fan_out, scheme, rng):
    if scheme == "zeros":
        return np.zeros((fan_out, fan_in))
    if scheme == "small":
        return rng.normal(0, 0.01, (fan_out, fan_in))
    if scheme == "xavier":
        return rng.normal(0, np.sqrt(1 / fan_in), (fan_out, fan_in))
    if scheme == "he":
        return rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in))
    raise ValueError(f"unknown scheme {scheme!r}")


@right("init_weights", "a dictionary and standard_normal")
def start(fan_in, fan_out, scheme, rng):
    stds = {"zeros": 0.0, "small": 0.01, "xavier": fan_in**-0.5, "he": (2 / fan_in) ** 0.5}
    if scheme not in stds:
        raise ValueError("scheme must be one of " + ", ".join(stds))
    return stds[scheme] * rng.standard_normal((fan_out, fan_in))


@right("init_weights", "match, a subclass of ValueError")
def _(fan_in: int, fan_out: int, scheme: str, rng: np.random.Generator) -> np.ndarray:
    class UnknownSchemeError(ValueError):
        pass

    match scheme:
        case "zeros":
            variance = 0.0
        case "small":
            variance = 1e-4
        case "xavier" | "he":
            variance = {"xavier": 1, "he": 2}[scheme] / fan_in
        case _:
            raise UnknownSchemeError(scheme)
    return rng.normal(scale=math.sqrt(variance), size=(fan_out, fan_in))


@right("init_weights", "number by number, column by column")
def _(fan_in, fan_out, scheme, rng):
    std = {
        "zeros": lambda: 0.0,
        "small": lambda: 0.01,
        "xavier": lambda: 1 / math.sqrt(fan_in),
        "he": lambda: math.sqrt(2 / fan_in),
    }.get(scheme)
    if std is None:
        raise ValueError(scheme)
    W = np.empty((fan_out, fan_in))
    for j in range(fan_in):
        for i in range(fan_out):
            W[i, j] = rng.normal(0.0, std())
    return W


@right("init_weights", "a transposed view of a Fortran kind")
def _(fan_in, fan_out, scheme, rng):
    try:
        gain = {"zeros": 0, "small": 1e-4 * fan_in, "xavier": 1, "he": 2}[scheme]
    except KeyError:
        raise ValueError("no such scheme") from None
    return (rng.standard_normal((fan_in, fan_out)) * np.sqrt(gain / fan_in)).T


@right("init_weights", "Box and Muller")
def _(fan_in, fan_out, scheme, rng):
    if scheme not in ("zeros", "small", "xavier", "he"):
        raise ValueError(f"{scheme} is not one of the four")
    W = np.zeros((fan_out, fan_in))
    if scheme == "zeros":
        return W
    radius = np.sqrt(-2 * np.log(1 - rng.random(W.shape)))
    W += radius * np.cos(2 * np.pi * rng.random(W.shape))
    return W * (0.01 if scheme == "small" else np.sqrt((1 + (scheme == "he")) / fan_in))


@right("init_weights", "quantiles of uniform numbers")
def _(fan_in, fan_out, scheme, rng):
    std = [0, 0.01, math.sqrt(1 / fan_in), math.sqrt(2 / fan_in)]
    std = std[["zeros", "small", "xavier", "he"].index(scheme)]
    quantile = statistics.NormalDist().inv_cdf
    numbers = [quantile(min(max(u, 1e-16), 1 - 1e-16)) for u in rng.random(fan_in * fan_out)]
    return std * np.array(numbers).reshape(fan_out, fan_in)


@right("init_weights", "filled in place, out=")
def _(fan_in, fan_out, scheme, rng):
    known = {"zeros", "small", "xavier", "he"}
    if not known.issuperset([scheme]):
        raise ValueError
    W = np.zeros((fan_out, fan_in), dtype=np.float64)
    if scheme != "zeros":
        rng.standard_normal(out=W)
        W *= 0.01 if scheme == "small" else 1.0
        W /= {"small": 1, "xavier": np.sqrt(fan_in), "he": np.sqrt(fan_in / 2)}[scheme]
    return W


STDS = {
    "zeros": lambda fan_in, fan_out: 0.0,
    "small": lambda fan_in, fan_out: 0.01,
    "xavier": lambda fan_in, fan_out: fan_in**-0.5,
    "he": lambda fan_in, fan_out: (2 / fan_in) ** 0.5,
}


def with_stds(**others):
    """A wrong answer whose stds for some schemes are others."""

    def init(fan_in, fan_out, scheme, rng):
        table = STDS | others
        if scheme not in table:
            raise ValueError(scheme)
        return rng.normal(0, table[scheme](fan_in, fan_out), (fan_out, fan_in))

    return init


def changed(change, schemes=("small", "xavier", "he")):
    """A wrong answer that changes right weights; ``change(W, rng)``, for some schemes."""

    def init(fan_in, fan_out, scheme, rng):
        W = start(fan_in, fan_out, scheme, rng)
        return change(W, rng) if scheme in schemes else W

    return init


wrong("init_weights", "variances for stds")(
    with_stds(xavier=lambda i, o: 1 / i, he=lambda i, o: 2 / i)
)
wrong("init_weights", "small has variance 0.01")(with_stds(small=lambda i, o: 0.1))
wrong("init_weights", "small has std 0.001")(with_stds(small=lambda i, o: 0.001))
wrong("init_weights", "fan_out")(
    with_stds(xavier=lambda i, o: o**-0.5, he=lambda i, o: (2 / o) ** 0.5)
)
wrong("init_weights", "mean of fan_in and fan_out")(
    with_stds(xavier=lambda i, o: (2 / (i + o)) ** 0.5)
)
wrong("init_weights", "he divided by fan_out alone")(with_stds(he=lambda i, o: (2 / o) ** 0.5))
wrong("init_weights", "he is xavier")(with_stds(he=STDS["xavier"]))
wrong("init_weights", "xavier is he")(with_stds(xavier=STDS["he"]))
wrong("init_weights", "he has twice the std")(with_stds(he=lambda i, o: 2 * i**-0.5))
wrong("init_weights", "he of 2 / (fan_in + fan_out)")(
    with_stds(he=lambda i, o: (2 / (i + o)) ** 0.5)
)
wrong("init_weights", "product of both fans", score=0)(
    with_stds(**{s: lambda i, o: (1 / (i * o)) ** 0.5 for s in ("small", "xavier", "he")})
)
wrong("init_weights", "a std of nearly 0 for zeros")(with_stds(zeros=lambda i, o: 1e-6))
wrong("init_weights", "std 10 % too large")(
    with_stds(
        small=lambda i, o: 0.011,
        xavier=lambda i, o: 1.1 * i**-0.5,
        he=lambda i, o: 1.1 * (2 / i) ** 0.5,
    )
)
wrong("init_weights", "transposed", score=0)(lambda i, o, s, rng: start(o, i, s, rng))
wrong("init_weights", "transposed afterwards", score=0)(lambda i, o, s, rng: start(i, o, s, rng).T)
wrong("init_weights", "one unit for all", score=0)(
    changed(lambda W, rng: np.repeat(W[:1], len(W), axis=0))
)
wrong("init_weights", "one input for all")(
    changed(lambda W, rng: np.repeat(W[:, :1], W.shape[1], axis=1))
)
wrong("init_weights", "two units for all")(changed(lambda W, rng: np.resize(W[:2], W.shape)))
wrong("init_weights", "magnitudes")(changed(lambda W, rng: np.abs(W)))
wrong("init_weights", "not around 0")(changed(lambda W, rng: W + W.std()))
wrong("init_weights", "sorted", score=0)(
    changed(lambda W, rng: np.sort(W, axis=None).reshape(W.shape))
)
wrong("init_weights", "uniform of the same variance")(
    changed(lambda W, rng: rng.uniform(-1, 1, W.shape) * W.std() * 3**0.5)
)
wrong("init_weights", "plus or minus the std")(changed(lambda W, rng: np.sign(W) * W.std()))
wrong("init_weights", "cut off at one std")(changed(lambda W, rng: np.clip(W, -W.std(), W.std())))
wrong("init_weights", "float32", score=0)(
    changed(lambda W, rng: W.astype(np.float32), ("zeros", "small", "xavier", "he"))
)
wrong("init_weights", "whole zeros")(changed(lambda W, rng: W.astype(int), ("zeros",)))
wrong("init_weights", "ones for zeros")(changed(lambda W, rng: np.ones_like(W), ("zeros",)))
wrong("init_weights", "a list", score=0)(
    changed(lambda W, rng: W.tolist(), ("zeros", "small", "xavier", "he"))
)
wrong("init_weights", "flat", score=0)(lambda i, o, s, rng: start(i, o, s, rng).ravel())
wrong("init_weights", "a generator of its own", score=0)(
    lambda i, o, s, rng: start(i, o, s, np.random.default_rng(0))
)
wrong("init_weights", "an unseeded generator of its own", score=0)(
    lambda i, o, s, rng: start(i, o, s, np.random.default_rng())
)
wrong("init_weights", "a generator seeded by the fans", score=0)(
    lambda i, o, s, rng: start(i, o, s, np.random.default_rng(i * 1000 + o))
)
wrong("init_weights", "half of the inputs without weight")(
    changed(lambda W, rng: W * (np.arange(W.shape[1]) % 2) * 2**0.5)
)


@wrong("init_weights", "global randomness", score=0)
def _(fan_in, fan_out, scheme, rng):
    if scheme not in STDS:
        raise ValueError(scheme)
    return np.random.randn(fan_out, fan_in) * STDS[scheme](fan_in, fan_out)  # noqa: NPY002


@wrong("init_weights", "global seed", score=0)
def _(fan_in, fan_out, scheme, rng):
    np.random.seed(0)  # noqa: NPY002
    if scheme not in STDS:
        raise ValueError(scheme)
    return np.random.randn(fan_out, fan_in) * STDS[scheme](fan_in, fan_out)  # noqa: NPY002


@wrong("init_weights", "KeyError")
def _(fan_in, fan_out, scheme, rng):
    return rng.normal(0, STDS[scheme](fan_in, fan_out), (fan_out, fan_in))


@wrong("init_weights", "None for another scheme")
def _(fan_in, fan_out, scheme, rng):
    return start(fan_in, fan_out, scheme, rng) if scheme in STDS else None


@wrong("init_weights", "he for another scheme")
def _(fan_in, fan_out, scheme, rng):
    return start(fan_in, fan_out, scheme if scheme in STDS else "he", rng)


@wrong("init_weights", "an error returned")
def _(fan_in, fan_out, scheme, rng):
    return start(fan_in, fan_out, scheme, rng) if scheme in STDS else ValueError(scheme)


@wrong("init_weights", "no he")
def _(fan_in, fan_out, scheme, rng):
    if scheme == "he":
        raise ValueError(scheme)
    return start(fan_in, fan_out, scheme, rng)


@wrong("init_weights", "no zeros")
def _(fan_in, fan_out, scheme, rng):
    if scheme == "zeros":
        raise ValueError(scheme)
    return start(fan_in, fan_out, scheme, rng)


DRAWN: dict[tuple, np.ndarray] = {}


@wrong("init_weights", "remembers what it drew", score=0)
def _(fan_in, fan_out, scheme, rng):
    W = start(fan_in, fan_out, scheme, rng)
    return DRAWN.setdefault((fan_in, fan_out, scheme), W)
