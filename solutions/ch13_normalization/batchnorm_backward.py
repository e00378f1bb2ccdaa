"""batchnorm_backward: send a gradient back through batchnorm_forward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch13_normalization.norms import at_the_start, draw_units, of_all_sizes
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=4)


@exercise.reference
def batchnorm_backward(dout: np.ndarray, cache) -> tuple:
    """Send a gradient back through batchnorm_forward, which was called with training=True.

    Args:
        dout: (N, D) float64: the gradient of the loss towards out.
        cache: what batchnorm_forward gave (your own; where yours does not pass its check yet,
            (x_hat, gamma, std), with std = sqrt(var + epsilon)).

    Returns:
        (dx, dgamma, dbeta): float64 gradients towards x, gamma and beta, (N, D), (D,) and (D,).
        dx goes through the mean and the variance of the batch as well.
    """
    x_hat, gamma, std = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx_hat = dout * gamma
    dx = dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
    return dx / std, dgamma, dbeta


@exercise.scenario(uses=("batchnorm_forward",), otherwise="documented_cache")
def own_cache(batchnorm_backward, batchnorm_forward, x, gamma, beta, running, epsilon, dout):
    """With the cache that the student's own forward pass gives."""
    cache = batchnorm_forward(x, gamma, beta, running, True, 0.9, epsilon)[1]
    return batchnorm_backward(dout, cache)


@exercise.scenario()
def documented_cache(batchnorm_backward, x, gamma, beta, running, epsilon, dout):
    """With the cache that the docstring states."""
    std = np.sqrt(x.var(axis=0) + epsilon)
    return batchnorm_backward(dout, ((x - x.mean(axis=0)) / std, gamma.copy(), std))


@exercise.scenario(uses=("batchnorm_forward",), otherwise="documented_cache_after")
def own_cache_after(batchnorm_backward, batchnorm_forward, x, gamma, beta, running, epsilon, dout):
    """By how much the backward pass has changed what the forward pass gave, and what was given."""
    out, cache, _ = batchnorm_forward(x, gamma, beta, running, True, 0.9, epsilon)
    before = np.array(out), np.array(x)
    batchnorm_backward(dout, cache)
    return out - before[0], x - before[1], dout


@exercise.scenario()
def documented_cache_after(batchnorm_backward, x, gamma, beta, running, epsilon, dout):
    """The same with the cache that the docstring states."""
    std = np.sqrt(x.var(axis=0) + epsilon)
    x_hat = (x - x.mean(axis=0)) / std
    before = x_hat.copy()
    batchnorm_backward(dout, (x_hat, gamma, std))
    return x_hat - before, x - x, dout


@exercise.scenario(uses=("batchnorm_forward",), otherwise="documented_cache_twice")
def own_cache_twice(batchnorm_backward, batchnorm_forward, x, gamma, beta, running, epsilon, dout):
    """Two passes forward before either comes back; the first comes back twice.

    Arrays lie column by column, and gradients are read-only windows.
    """
    x = np.array(x, order="F")
    caches = [
        batchnorm_forward(given, gamma, beta, running, True, 0.9, epsilon)[1]
        for given in (x, x[::-1] ** 2)
    ]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [batchnorm_backward(window, cache) for cache in (*caches, caches[0])]


@exercise.scenario()
def documented_cache_twice(batchnorm_backward, x, gamma, beta, running, epsilon, dout):
    """The same with the cache that the docstring states."""
    x, caches = np.array(x, order="F"), []
    for given in (x, x[::-1] ** 2):
        std = np.sqrt(given.var(axis=0) + epsilon)
        caches.append(((given - given.mean(axis=0)) / std, gamma, std))
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [batchnorm_backward(window, cache) for cache in (*caches, caches[0])]


def draw_back(rng: np.random.Generator, n: int, d: int, epsilon: float = 1e-5) -> dict[str, Any]:
    """Inputs of both passes."""
    return {
        **draw_units(rng, n, d), "running": at_the_start(d), "epsilon": epsilon,
        "dout": rng.uniform(0.5, 2.0, size=(n, d)) * rng.choice([-1.0, 1.0], size=(n, d)),
    }  # fmt: skip


EXAMPLE = {
    "x": np.array([[1.0], [3.0], [5.0], [7.0]]), "gamma": np.array([2.0]),
    "beta": np.array([1.0]), "running": at_the_start(1), "epsilon": 0.0,
    "dout": np.array([[1.0], [0.0], [0.0], [0.0]]),
}  # fmt: skip


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "own_cache"}
    yield Case("the worked example", EXAMPLE, **there)
    n, d = (int(k) for k in rng.permutation([4, 5, 6])[:2])
    yield Case("a batch", draw_back(rng, n, d), **there)
    yield Case("another batch", draw_back(rng, d, n), **there)
    large = draw_back(rng, 6, 3, float(rng.uniform(0.5, 2.0)))
    yield Case("a large epsilon", large, **there)
    two = draw_back(rng, 2, 4, 0.5)
    yield Case("a batch of two", two, edge=True, **there)
    yield Case(
        "what the backward pass changes", draw_back(rng, 4, 3), edge=True,
        scenario="own_cache_after",
    )  # fmt: skip
    again = draw_back(rng, 5, 3)
    yield Case("two passes before one comes back", again, edge=True, scenario="own_cache_twice")


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "own_cache", "edge": True}
    size = int(rng.integers(4, 7))
    yield Case("as many examples as units", draw_back(rng, size, size), **there)
    yield Case("a single unit", draw_back(rng, 7, 1), **there)
    yield Case("a batch of one example", draw_back(rng, 1, 4, 0.3), **there)
    flat = draw_back(rng, 5, 3, 0.01)
    flat["x"][:, 1] = 2.5
    yield Case("a unit that is the same for all", flat, **there)
    stopped = draw_back(rng, 5, 3)
    stopped["dout"][:, 0] = 0.0
    yield Case("no gradient for a unit", stopped, **there)
    yield Case("many examples", draw_back(rng, 100, 2), **there)
    sizes = {**draw_back(rng, 5, 6), **of_all_sizes(rng)}
    sizes["dout"] *= rng.permutation([0.0, 1.0, 1.0, 3e-12, 2e4])[:, None]
    yield Case("numbers and gradients of all sizes", sizes, **there)
    equal = draw_back(rng, 6, 4)
    equal["dout"][:] = equal["dout"][:, :1]
    yield Case("equal gradients for all units", equal, **there)


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
mean-and-variance-forgotten: Your gradient goes straight back to x, as if mean and variance were
fixed numbers: both depend on every x of the batch.
    - dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
    + dx_hat

variance-forgotten: Your gradient goes back through the mean but not through the variance, which
depends on x, too.
    - - x_hat * (dx_hat * x_hat).mean(axis=0)

mean-forgotten: Your gradient goes back through the variance but not through the mean, which depends
on x, too.
    - - dx_hat.mean(axis=0)

dgamma-without-x-hat: Your dgamma adds up dout alone; gamma multiplies x_hat, so x_hat stands in its
gradient.
    - (dout * x_hat).sum(axis=0)
    + dout.sum(axis=0)

dgamma-with-out: Your dgamma has gamma * x_hat where x_hat belongs: the multiply gate swaps.
    - (dout * x_hat).sum(axis=0)
    + (dout * x_hat * gamma).sum(axis=0)

dgamma-with-x: Your dgamma adds up dout * x; gamma multiplies x_hat, so x_hat stands in its
gradient.
    def batchnorm_forward(x, gamma, beta, running, training, momentum=0.9, epsilon=1e-5):
        std = np.sqrt(x.var(axis=0) + epsilon)
        x_hat = (x - x.mean(axis=0)) / std
        return gamma * x_hat + beta, (x, (x_hat, gamma, std)), running

    def batchnorm_backward(dout, cache):
        dx, _, dbeta = reference(dout, cache[1])
        return dx, (dout * cache[0]).sum(axis=0), dbeta

gamma-forgotten: On the way to x the gradient passes the gate that multiplies by gamma, and yours
does not.
    - dx_hat = dout * gamma
    + dx_hat = dout.copy()

means-in-place-of-sums: dgamma and dbeta are sums over the batch; no mean is taken here.
    - dbeta = dout.sum(axis=0)
    - dgamma = (dout * x_hat).sum(axis=0)
    + dbeta = dout.mean(axis=0)
    + dgamma = (dout * x_hat).mean(axis=0)

sums-in-place-of-means: Mean and variance divide by N, so what comes back through them is divided by
N as well.
    - dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
    + dx_hat - dx_hat.sum(axis=0) - x_hat * (dx_hat * x_hat).sum(axis=0)

divided-by-the-units: What comes back through mean and variance you divided by the number of units;
a mean over the batch divides by N.
    - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
    + (dx_hat.sum(axis=0) + x_hat * (dx_hat * x_hat).sum(axis=0)) / dout.shape[1]

std-forgotten: At the end the gradient passes the gate that divides by the standard deviation; yours
does not.
    - return dx / std,
    + return dx,

divided-by-the-variance: You divided by the variance at the end; it is the standard deviation that x
was divided by.
    - return dx / std,
    + return dx / std**2,

along-the-units: You summed and averaged over the units; here it is over the examples of the batch.
    x_hat, gamma, std = cache
    dx_hat = dout * gamma
    dx = dx_hat - dx_hat.mean(axis=1, keepdims=True)
    dx = dx - x_hat * (dx_hat * x_hat).mean(axis=1, keepdims=True)
    return dx / std, (dout * x_hat).sum(axis=0), dout.sum(axis=0)

wrong-sign-at-the-variance: What comes back through the variance has the wrong sign: a larger
variance makes every x_hat smaller.
    - - x_hat *
    + + x_hat *

wrong-sign-at-the-mean: What comes back through the mean has the wrong sign: a larger mean makes
every x_hat smaller.
    - - dx_hat.mean(axis=0)
    + + dx_hat.mean(axis=0)

other-order: The gradients come in the order (dx, dgamma, dbeta).
    - return dx / std, dgamma, dbeta
    + return dx / std, dbeta, dgamma

dout-overwritten: The gradients are right, but dout was changed on the way: work on a copy.
    x_hat, gamma, std = cache
    dbeta, dgamma = dout.sum(axis=0), (dout * x_hat).sum(axis=0)
    dout *= gamma
    dx = dout - dout.mean(axis=0) - x_hat * (dout * x_hat).mean(axis=0)
    return dx / std, dgamma, dbeta

the-other-pass: Two passes were made before their gradients came back, and yours went through the
wrong one: all that backward needs belongs in the cache.
    latest = {}

    def batchnorm_forward(x, gamma, beta, running, training, momentum=0.9, epsilon=1e-5):
        batch = {"mean": x.mean(axis=0), "var": x.var(axis=0)}
        used = batch if training else running
        kept = momentum if training else 1.0
        new = {k: kept * running[k] + (1 - kept) * batch[k] for k in ("mean", "var")}
        std = np.sqrt(used["var"] + epsilon)
        latest["cache"] = (x - used["mean"]) / std, gamma, std
        return gamma * latest["cache"][0] + beta, None, new

    def batchnorm_backward(dout, cache):
        return reference(dout, latest["cache"])

multiplied-by-std: You multiplied by std on the way back; the way forward divides by it, and so does
the way back.
    - dx / std
    + dx * std

gamma-in-dbeta: Your dbeta is multiplied by gamma; beta is only added, so dout is summed as it is.
    - dout.sum(axis=0)
    + (dout * gamma).sum(axis=0)

along-the-units-after-std: You summed and averaged over the units; here it is over the examples of
the batch.
    x_hat, gamma, std = cache
    dx = dout * gamma / std
    through_var = x_hat * (dx * x_hat).mean(axis=1, keepdims=True)
    dx = dx - dx.mean(axis=1, keepdims=True) - through_var
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
""")
