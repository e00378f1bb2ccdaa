"""Answers to sigmoid_backward."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers(__name__)


def stable(x):
    """The sigmoid."""
    return 0.5 * (np.tanh(x / 2) + 1)


answers.right("""
the stated cache
    return dout * cache * (1 - cache)

out minus its square, in place on a copy
    gradient = np.array(dout, dtype=float)
    gradient *= cache - cache**2
    return gradient

x remembered
    def sigmoid_forward(x):
        return stable(x), x

    def sigmoid_backward(d, x):
        return d * stable(x) * stable(-x)

x remembered, the slope by a hyperbolic tangent
    def sigmoid_forward(x):
        return stable(x), x

    def sigmoid_backward(dout, cache):
        return dout * (1 - np.tanh(cache / 2) ** 2) / 4

the slope remembered, in a tuple
    def sigmoid_forward(x):
        out = stable(x)
        return out, (out * (1 - out), "slope")

    def sigmoid_backward(dout, cache):
        return np.multiply(dout, cache[0])

a closure remembered
    def sigmoid_forward(x):
        out = stable(x)
        return out, lambda d: d * out * (1 - out)

    def sigmoid_backward(d, cache):
        return cache(d)

a dict remembered, einsum
    def sigmoid_forward(x):
        return stable(x), {"p": stable(x), "q": stable(-x)}

    def sigmoid_backward(dout, cache):
        return np.einsum("...,...,...->...", dout, cache["p"], cache["q"])

an object remembered, entry by entry
    class Cache:
        def __init__(self, out):
            self.out = out.ravel().tolist()

    def sigmoid_forward(x):
        return stable(x), Cache(stable(x))

    def sigmoid_backward(dout, cache):
        slopes = [d * o * (1 - o) for d, o in zip(dout.ravel(), cache.out)]
        return np.array(slopes).reshape(dout.shape)
""")

answers.wrong("""
one minus out [score=0]
    return dout * (1 - cache)

tanh's slope [score=0]
    return dout * (1 - cache**2)

slope of dout [score=0]
    return cache * dout * (1 - dout)

sign [score=0]
    return dout * cache * (cache - 1)

spoils the cache
    cache *= 1 - cache
    cache *= dout
    return cache

float32
    return reference(dout, cache).astype(np.float32)

a tuple
    return (reference(dout, cache),)

summed
    return reference(dout, cache).sum()

mean over the batch
    return reference(dout, cache) / len(dout)

a quarter [score=0]
    return dout * 0.25

tiny error [score=0]
    return reference(dout, cache) * 1.0001

whole or not at all [score=0]
    return dout * (cache > 0.5)

a matrix product [score=0]
    return dout @ (cache * (1 - cache)).T

the size of dout
    return reference(np.abs(dout), cache)

nan far out
    def sigmoid_forward(x):
        return stable(x), np.exp(-x)

    def sigmoid_backward(dout, power):
        return dout * power / (1 + power) ** 2
""")
