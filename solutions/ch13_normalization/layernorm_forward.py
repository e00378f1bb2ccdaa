"""layernorm_forward: standardise every example over its own units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch13_normalization.norms import draw_units, far_from_0, of_all_sizes
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=2)


@exercise.reference
def layernorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float = 1e-5
) -> tuple:
    """Standardise each example by the mean and variance of its own units, then scale and shift.

    Args:
        x: (N, D) float64: D units of N examples. Nothing that is given is changed.
        gamma: (D,) float64: each unit's scale after standardising.
        beta: (D,) float64: each unit's shift.
        epsilon: a small number, added to the variance under the root.

    Returns:
        (out, cache): out is (N, D) float64, gamma * x_hat + beta, where x_hat is a row less its
        mean, divided by sqrt(its population variance + epsilon). cache is what layernorm_backward
        needs, in the form that you like best. If you have no opinion, take (x_hat, gamma, std),
        with std = sqrt(var + epsilon), (N, 1).

    Source: Ba, Kiros and Hinton, "Layer Normalization", 2016.
    """
    mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    std = np.sqrt(var + epsilon)
    x_hat = (x - mean) / std
    return gamma * x_hat + beta, (x_hat, gamma, std)


@exercise.scenario()
def the_output(layernorm_forward, x, gamma, beta, settings):
    """What comes out."""
    return layernorm_forward(x, gamma, beta, **settings)[0]


@exercise.scenario()
def without_neighbours(layernorm_forward, x, gamma, beta, epsilon):
    """The rows together, and each of them alone."""
    together = layernorm_forward(x, gamma, beta, epsilon)[0]
    alone = [layernorm_forward(row[np.newaxis], gamma, beta, epsilon)[0][0] for row in x]
    return together, np.array(alone)


@exercise.scenario()
def in_other_layouts(layernorm_forward, x, gamma, beta):
    """Outputs for arrays that lie column by column, and for read-only windows that show the rows
    from the last to the first."""
    found = []
    for way in ("column by column", "windows"):
        given = [np.array(array, order="F") for array in (x, gamma, beta)]
        if way == "windows":
            given = [np.repeat(array, 2, axis=-1)[..., ::2] for array in given]
            given[0] = given[0][::-1]
            for array in given:
                array.flags.writeable = False
        found.append(layernorm_forward(*given)[0])
    return found


@exercise.scenario()
def written_over(layernorm_forward, x, gamma, beta):
    """What was given, after the result has been written over."""
    out = layernorm_forward(x, gamma, beta)[0]
    kept = np.array(out)
    out[...] = 7.0
    return kept, x, gamma, beta


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {
        "x": np.array([[1.0, 3.0, 5.0, 7.0], [10.0, 10.0, 30.0, 30.0]]),
        "gamma": np.array([2.0, 1.0, 1.0, 1.0]), "beta": np.array([0.0, 0.0, 0.0, 1.0]),
        "settings": {"epsilon": 0.0},
    }  # fmt: skip
    yield Case("the worked example", example, scenario="the_output")
    n, d = (int(k) for k in rng.permutation([4, 5, 6])[:2])
    yield Case("a batch", {**draw_units(rng, n, d), "settings": {}}, scenario="the_output")
    large = {**draw_units(rng, d, n), "epsilon": float(rng.uniform(0.3, 1.0))}
    yield Case("rows together and alone, a large epsilon", large, scenario="without_neighbours")
    size = int(rng.integers(4, 7))
    square = {**draw_units(rng, size, size), "settings": {}}
    yield Case("as many examples as units", square, scenario="the_output")
    flat = {**draw_units(rng, 3, 4), "settings": {}}
    flat["x"][1] = 2.5
    yield Case("an example whose units are all the same", flat, scenario="the_output", edge=True)
    yield Case(
        "what was given, after the result is written over", draw_units(rng, 4, 3),
        scenario="written_over", edge=True,
    )  # fmt: skip


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = {**draw_units(rng, 1, 6), "settings": {}}
    yield Case("a single example", one, scenario="the_output", edge=True)
    narrow = {**draw_units(rng, 5, 1), "settings": {}}
    yield Case("a single unit", narrow, scenario="the_output", edge=True)
    small = {**draw_units(rng, 4, 6), "settings": {}}
    small["x"] = 1e-3 * small["x"]
    yield Case("rows as narrow as the root of epsilon", small, scenario="the_output", edge=True)
    wide = {**draw_units(rng, 3, 200), "settings": {}}
    yield Case("many units", wide, scenario="the_output", edge=True)
    there: dict[str, Any] = {"scenario": "the_output", "edge": True}
    sizes = of_all_sizes(rng)
    sizes["x"] = np.array([0.0, 2e-12, 1.0, 1.0, 3e5])[:, None] * rng.normal(size=(5, 6))
    sizes["x"][3, ::2] = sizes["x"][3, 1::2]
    yield Case("numbers of all sizes", {**sizes, "settings": {}}, **there)
    far = {**far_from_0(rng, 4, 6), "settings": {}}
    yield Case("numbers near 10,000 that differ by a few", far, **there)
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("an epsilon of 1, an int", {"epsilon": 1}),
        ("a huge epsilon", {"epsilon": 2e4}),
        ("a tiny epsilon that is NumPy's", {"epsilon": np.float64(1e-10)}),
    ]
    for label, settings in kinds:
        inputs = {**draw_units(rng, 4, 5), "settings": settings}
        inputs["x"][1] *= 1e-4  # so that a tiny epsilon counts
        yield Case(label, inputs, **there)
    layouts = draw_units(rng, 4, 5)
    yield Case("arrays in other memory layouts", layouts, edge=True, scenario="in_other_layouts")


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
over-the-batch: You took mean and variance over the batch, as batch normalisation does; here each
example has its own, over its units.
    - x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    + x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)

one-mean-for-all: You took one mean and one variance of the whole batch; every example has its own.
    - x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    + x.mean(), x.var()

keepdims-forgotten: Your means have shape (N,), and broadcasting lays them along the wrong axis:
keep the axis, keepdims=True.
    mean, std = x.mean(axis=1), np.sqrt(x.var(axis=1) + epsilon)
    return gamma * ((x - mean) / std) + beta, None

sample-variance: You divided the squares by D - 1; here the variance is a mean over the D units.
    - x.var(axis=1, keepdims=True)
    + x.var(axis=1, keepdims=True, ddof=1) if x.shape[1] > 1 else 0 * x

epsilon-outside-the-root: Your epsilon stands outside the root; here it is added to the variance,
under the root.
    - np.sqrt(var + epsilon)
    + np.sqrt(var) + epsilon

epsilon-forgotten: You divide by the root of the variance alone: an example whose units are all the
same has the variance 0. Add epsilon to it.
    with np.errstate(all="ignore"):
        return reference(x, gamma, beta, 0.0)

divided-by-the-variance: You divided by the variance; divide by its root, the standard deviation.
    - std = np.sqrt(var + epsilon)
    + std = var + epsilon

not-centred: You did not subtract the mean of the row.
    - (x - mean) / std
    + x / std

gamma-and-beta-left-out: You give the standardised numbers themselves; scale them by gamma and shift
them by beta.
    - return gamma * x_hat + beta
    + return x_hat

shifted-before-scaled: You added beta before you multiplied by gamma; it is gamma * x_hat + beta.
    - return gamma * x_hat + beta
    + return gamma * (x_hat + beta)

gamma-and-beta-swapped: You swapped gamma and beta: gamma scales, beta shifts.
    - return gamma * x_hat + beta
    + return beta * x_hat + gamma

x-overwritten: The result is right, but x was changed on the way: -= and /= write into the array
that is given.
    x -= x.mean(axis=1, keepdims=True)
    x /= np.sqrt(x.var(axis=1, keepdims=True) + epsilon)
    return gamma * x + beta, None

beta-forgotten: You scaled by gamma and left out beta; add it at the end.
    - return gamma * x_hat + beta
    + return gamma * x_hat

root-mean-square: You did not take the mean of a row off first: the variance is the mean square of
what is left then.
    return gamma * x / np.sqrt((x * x).mean(axis=1, keepdims=True) + epsilon) + beta, None

variance-not-centred: Your variance is the mean of the squares of x itself; take the mean of the row
off first.
    - x.var(axis=1, keepdims=True)
    + (x * x).mean(axis=1, keepdims=True)
""")
