"""layernorm_backward: send a gradient back through layernorm_forward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch13_normalization.norms import draw_units, of_all_sizes
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def layernorm_backward(dout: np.ndarray, cache) -> tuple:
    """Send a gradient back through layernorm_forward.

    Args:
        dout: (N, D) float64: the gradient of the loss towards out.
        cache: what layernorm_forward gave (your own; where yours does not pass its check yet,
            (x_hat, gamma, std), with std = sqrt(var + epsilon), (N, 1)).

    Returns:
        (dx, dgamma, dbeta): float64 gradients towards x, gamma and beta, (N, D), (D,) and (D,).
        dx goes through the mean and the variance of each row as well.
    """
    x_hat, gamma, std = cache
    dx_hat = dout * gamma
    through_mean = dx_hat.mean(axis=1, keepdims=True)
    through_var = x_hat * (dx_hat * x_hat).mean(axis=1, keepdims=True)
    dgamma, dbeta = (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    return (dx_hat - through_mean - through_var) / std, dgamma, dbeta


@exercise.scenario(uses=("layernorm_forward",), otherwise="documented_cache")
def own_cache(layernorm_backward, layernorm_forward, x, gamma, beta, epsilon, dout):
    """With the cache that the student's own forward pass gives."""
    return layernorm_backward(dout, layernorm_forward(x, gamma, beta, epsilon)[1])


@exercise.scenario()
def documented_cache(layernorm_backward, x, gamma, beta, epsilon, dout):
    """With the cache that the docstring states."""
    std = np.sqrt(x.var(axis=1, keepdims=True) + epsilon)
    x_hat = (x - x.mean(axis=1, keepdims=True)) / std
    return layernorm_backward(dout, (x_hat, gamma.copy(), std))


@exercise.scenario(uses=("layernorm_forward",), otherwise="documented_cache_after")
def own_cache_after(layernorm_backward, layernorm_forward, x, gamma, beta, epsilon, dout):
    """By how much the backward pass has changed what the forward pass gave, and what was given."""
    out, cache = layernorm_forward(x, gamma, beta, epsilon)
    before = np.array(out), np.array(x)
    layernorm_backward(dout, cache)
    return out - before[0], x - before[1], dout


@exercise.scenario()
def documented_cache_after(layernorm_backward, x, gamma, beta, epsilon, dout):
    """The same with the cache that the docstring states."""
    std = np.sqrt(x.var(axis=1, keepdims=True) + epsilon)
    x_hat = (x - x.mean(axis=1, keepdims=True)) / std
    before = x_hat.copy()
    layernorm_backward(dout, (x_hat, gamma, std))
    return x_hat - before, x - x, dout


@exercise.scenario(uses=("layernorm_forward",), otherwise="documented_cache_twice")
def own_cache_twice(layernorm_backward, layernorm_forward, x, gamma, beta, epsilon, dout):
    """Two passes forward before either comes back; the first comes back twice.

    Arrays lie column by column, and gradients are read-only windows.
    """
    x = np.array(x, order="F")
    caches = [layernorm_forward(given, gamma, beta, epsilon)[1] for given in (x, x[::-1] ** 2)]
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [layernorm_backward(window, cache) for cache in (*caches, caches[0])]


@exercise.scenario()
def documented_cache_twice(layernorm_backward, x, gamma, beta, epsilon, dout):
    """The same with the cache that the docstring states."""
    x, caches = np.array(x, order="F"), []
    for given in (x, x[::-1] ** 2):
        std = np.sqrt(given.var(axis=1, keepdims=True) + epsilon)
        caches.append(((given - given.mean(axis=1, keepdims=True)) / std, gamma, std))
    window = np.repeat(dout, 2, axis=-1)[..., ::2]
    window.flags.writeable = False
    return [layernorm_backward(window, cache) for cache in (*caches, caches[0])]


def draw_back(rng: np.random.Generator, n: int, d: int, epsilon: float = 1e-5) -> dict[str, Any]:
    """Inputs of both passes."""
    return {
        **draw_units(rng, n, d), "epsilon": epsilon,
        "dout": rng.uniform(0.5, 2.0, size=(n, d)) * rng.choice([-1.0, 1.0], size=(n, d)),
    }  # fmt: skip


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "own_cache"}
    n, d = (int(k) for k in rng.permutation([4, 5, 6])[:2])
    yield Case("a batch", draw_back(rng, n, d), **there)
    size = int(rng.integers(4, 7))
    yield Case("as many examples as units", draw_back(rng, size, size), **there)
    large = draw_back(rng, d, n, float(rng.uniform(0.5, 2.0)))
    yield Case("a large epsilon", large, **there)
    yield Case("a single example", draw_back(rng, 1, 6), edge=True, **there)
    yield Case(
        "what the backward pass changes", draw_back(rng, 4, 3), edge=True,
        scenario="own_cache_after",
    )  # fmt: skip
    again = draw_back(rng, 5, 3)
    yield Case("two passes before one comes back", again, edge=True, scenario="own_cache_twice")


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    there: dict[str, Any] = {"scenario": "own_cache", "edge": True}
    yield Case("two units", draw_back(rng, 5, 2, 0.5), **there)
    flat = draw_back(rng, 3, 5, 0.01)
    flat["x"][1] = 2.5
    yield Case("an example whose units are all the same", flat, **there)
    stopped = draw_back(rng, 4, 5)
    stopped["dout"][2] = 0.0
    yield Case("no gradient for an example", stopped, **there)
    yield Case("many units", draw_back(rng, 2, 100), **there)
    yield Case("a single unit", draw_back(rng, 5, 1), **there)
    sizes = {**draw_back(rng, 5, 6), **of_all_sizes(rng)}
    sizes["x"] = np.array([0.0, 2e-12, 1.0, 1.0, 3e5])[:, None] * rng.normal(size=(5, 6))
    sizes["dout"] *= rng.permutation([0.0, 1.0, 1.0, 3e-12, 2e4])[:, None]
    yield Case("numbers and gradients of all sizes", sizes, **there)


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
over-the-batch: You went back through the mean and variance of the batch; on the way there each
example had its own, over its units.
    x_hat, gamma, std = cache
    dx_hat = dout * gamma
    dx = dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
    return dx / std, (dout * x_hat).sum(axis=0), dout.sum(axis=0)

dgamma-over-the-units: You summed dgamma and dbeta over the units of an example; each unit has one
gamma for all examples, so the examples are summed.
    - (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    + (dout * x_hat).sum(axis=1), dout.sum(axis=1)

mean-and-variance-forgotten: Your gradient goes straight back to x, as if mean and variance were
fixed numbers: both depend on every unit of the example.
    - (dx_hat - through_mean - through_var)
    + dx_hat

variance-forgotten: Your gradient goes back through the mean but not through the variance, which
depends on x, too.
    - - through_var

mean-forgotten: Your gradient goes back through the variance but not through the mean, which depends
on x, too.
    - - through_mean

wrong-sign-at-the-variance: What comes back through the variance has the wrong sign: a larger
variance makes every x_hat smaller.
    - - through_var
    + + through_var

wrong-sign-at-the-mean: What comes back through the mean has the wrong sign: a larger mean makes
every x_hat smaller.
    - - through_mean
    + + through_mean

gamma-after-the-means: You took the means of dout and multiplied by gamma at the end. Here gamma
differs within a row, so it has to come in before.
    x_hat, gamma, std = cache
    dx = dout - dout.mean(axis=1, keepdims=True)
    dx = gamma * (dx - x_hat * (dout * x_hat).mean(axis=1, keepdims=True)) / std
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)

gamma-forgotten: On the way to x the gradient passes the gate that multiplies by gamma, and yours
does not.
    - dx_hat = dout * gamma
    + dx_hat = dout.copy()

dgamma-without-x-hat: Your dgamma adds up dout alone; gamma multiplies x_hat, so x_hat stands in its
gradient.
    - (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    + dout.sum(axis=0), dout.sum(axis=0)

dgamma-with-x: Your dgamma adds up dout * x; gamma multiplies x_hat, so x_hat stands in its
gradient.
    def layernorm_forward(x, gamma, beta, epsilon=1e-5):
        std = np.sqrt(x.var(axis=1, keepdims=True) + epsilon)
        x_hat = (x - x.mean(axis=1, keepdims=True)) / std
        return gamma * x_hat + beta, (x, (x_hat, gamma, std))

    def layernorm_backward(dout, cache):
        dx, _, dbeta = reference(dout, cache[1])
        return dx, (dout * cache[0]).sum(axis=0), dbeta

sums-in-place-of-means: Mean and variance divide by D, so what comes back through them is divided by
D as well.
    x_hat, gamma, std = cache
    dx_hat = dout * gamma
    dx = dx_hat - dx_hat.sum(axis=1, keepdims=True)
    dx = (dx - x_hat * (dx_hat * x_hat).sum(axis=1, keepdims=True)) / std
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)

std-forgotten: At the end the gradient passes the gate that divides by the standard deviation; yours
does not.
    - / std, dgamma
    + , dgamma

means-in-place-of-sums: dgamma and dbeta are sums over the examples; no mean is taken here.
    - (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    + (dout * x_hat).mean(axis=0), dout.mean(axis=0)

other-order: The gradients come in the order (dx, dgamma, dbeta).
    - / std, dgamma, dbeta
    + / std, dbeta, dgamma

dout-overwritten: The gradients are right, but dout was changed on the way: work on a copy.
    dgamma, dbeta = reference(dout, cache)[1:]
    dx = reference(dout, cache)[0]
    dout *= cache[1] if isinstance(cache, tuple) else 1.0
    return dx, dgamma, dbeta

the-other-pass: Two passes were made before their gradients came back, and yours went through the
wrong one: all that backward needs belongs in the cache.
    latest = {}

    def layernorm_forward(x, gamma, beta, epsilon=1e-5):
        std = np.sqrt(x.var(axis=1, keepdims=True) + epsilon)
        latest["cache"] = (x - x.mean(axis=1, keepdims=True)) / std, gamma, std
        return gamma * latest["cache"][0] + beta, None

    def layernorm_backward(dout, cache):
        return reference(dout, latest["cache"])

multiplied-by-std: You multiplied by std on the way back; the way forward divides by it, and so does
the way back.
    - / std
    + * std

over-the-batch-after-std: You went back through the mean and variance of the batch; on the way there
each example had its own, over its units.
    x_hat, gamma, std = cache
    dx = dout * gamma / std
    dx = dx - dx.mean(axis=0) - x_hat * (dx * x_hat).mean(axis=0)
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)

divided-by-the-rows: What comes back through mean and variance you divided by the number of rows; a
mean over the units of a row divides by D.
    - dx_hat.mean(axis=1, keepdims=True)
    + dx_hat.sum(axis=1, keepdims=True) / len(dout)
    - (dx_hat * x_hat).mean(axis=1, keepdims=True)
    + (dx_hat * x_hat).sum(axis=1, keepdims=True) / len(dout)
""")
