"""batchnorm_forward: standardise every unit over the batch, and let the network rescale it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch13_normalization.norms import (
    at_the_start,
    draw_running,
    draw_units,
    far_from_0,
    of_all_sizes,
)
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=3)


@exercise.reference
def batchnorm_forward(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    running: dict,
    training: bool,
    momentum: float = 0.9,
    epsilon: float = 1e-5,
) -> tuple:
    """Standardise each unit over the batch, then scale and shift it.

    Args:
        x: (N, D) float64: D units of N examples. Nothing that is given is changed.
        gamma: (D,) float64: each unit's scale after standardising.
        beta: (D,) float64: each unit's shift.
        running: dict with "mean" and "var", (D,) float64 each: the statistics that are used when
            not training.
        training: whether the network is being trained.
        momentum: how much of the running statistics is kept at each batch, 0 to 1.
        epsilon: a small number, added to the variance under the root.

    Returns:
        (out, cache, new running): out is (N, D) float64, gamma * x_hat + beta, where x_hat is
        (x - mean) / sqrt(var + epsilon). When training, mean and var are those of each unit over
        the batch (population variance), and the new running statistics are momentum times the old
        ones plus 1 - momentum times the batch's. Otherwise mean and var are the running ones, and
        the new ones equal the old. cache is what batchnorm_backward needs, in the form that you
        like best. If you have no opinion, take (x_hat, gamma, std) with std = sqrt(var + epsilon).

    Source: Ioffe and Szegedy, "Batch Normalization", ICML 2015.
    """
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        new = {
            "mean": momentum * running["mean"] + (1 - momentum) * mean,
            "var": momentum * running["var"] + (1 - momentum) * var,
        }
    else:
        mean, var = running["mean"], running["var"]
        new = running
    std = np.sqrt(var + epsilon)
    x_hat = (x - mean) / std
    return gamma * x_hat + beta, (x_hat, gamma, std), new


@exercise.scenario()
def one_batch(batchnorm_forward, x, gamma, beta, running, training, settings):
    """What comes out for a batch, and the new running statistics."""
    out, _, new = batchnorm_forward(x, gamma, beta, running, training, **settings)
    return {"out": out, "new running": new}


@exercise.scenario()
def several_batches(batchnorm_forward, batches, gamma, beta, running, x, settings):
    """Running statistics batch by batch in training, and then a batch that is not for training."""
    told = {}
    for i, batch in enumerate(batches, start=1):
        out, _, running = batchnorm_forward(batch, gamma, beta, running, True, **settings)
        told[f"out of batch {i}"] = out
        told[f"new running of batch {i}"] = {k: np.array(v) for k, v in running.items()}
    out, _, new = batchnorm_forward(x, gamma, beta, running, False, **settings)
    return {**told, "out in use": out, "new running in use": new}


@exercise.scenario()
def by_position(batchnorm_forward, x, gamma, beta, running, training, momentum, epsilon):
    """With momentum and epsilon by their places."""
    out, _, new = batchnorm_forward(x, gamma, beta, running, training, momentum, epsilon)
    return {"out": out, "new running": new}


@exercise.scenario()
def row_by_row(batchnorm_forward, x, gamma, beta, running, settings):
    """Not training: the rows alone, and all of them together."""
    alone = [
        batchnorm_forward(row[np.newaxis], gamma, beta, running, False, **settings)[0][0]
        for row in x
    ]
    together = batchnorm_forward(x, gamma, beta, running, False, **settings)[0]
    return {"rows alone": np.array(alone), "all rows together": together}


@exercise.scenario()
def in_other_layouts(batchnorm_forward, x, gamma, beta, running, settings):
    """Outputs and running statistics, training and not, for arrays that lie column by column, and
    for read-only windows that show the rows from the last to the first."""
    found = []
    for way in ("column by column", "windows"):
        arrays = (x, gamma, beta, running["mean"], running["var"])
        given = [np.array(array, order="F") for array in arrays]
        if way == "windows":
            given = [np.repeat(array, 2, axis=-1)[..., ::2] for array in given]
            given[0] = given[0][::-1]
            for array in given:
                array.flags.writeable = False
        for training in (True, False):
            old = {"mean": given[3], "var": given[4]}
            out, _, new = batchnorm_forward(*given[:3], old, training, **settings)
            found.append((out, new))
    return found


@exercise.scenario()
def written_over(batchnorm_forward, x, gamma, beta, running, training):
    """What was given, after the results have been written over.

    Not training, the new running statistics may be the old ones themselves, so they are left alone.
    """
    out, _, new = batchnorm_forward(x, gamma, beta, running, training)
    kept = {"out": np.array(out), "new running": {k: np.array(v) for k, v in new.items()}}
    out[...] = 7.0
    if training:
        new["mean"][...], new["var"][...] = 7.0, 7.0
    return {**kept, "x": x, "gamma": gamma, "beta": beta, "running": running}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {
        "x": np.array([[1.0], [3.0], [5.0], [7.0]]), "gamma": np.array([2.0]),
        "beta": np.array([1.0]), "running": at_the_start(1), "training": True,
        "settings": {"epsilon": 0.0},
    }  # fmt: skip
    yield Case("the worked example", example, scenario="one_batch")
    n, d = (int(k) for k in rng.permutation([4, 5, 6])[:2])
    plain = {**draw_units(rng, n, d), "running": at_the_start(d), "training": True, "settings": {}}
    yield Case("training", plain, scenario="one_batch")
    other = {
        **draw_units(rng, d, n), "running": draw_running(rng, n), "training": True,
        "momentum": float(rng.uniform(0.55, 0.8)), "epsilon": float(rng.uniform(0.1, 0.5)),
    }  # fmt: skip
    yield Case("training, other settings", other, scenario="by_position")
    used = {
        **draw_units(rng, n, d), "running": draw_running(rng, d), "training": False,
        "settings": {"epsilon": float(rng.uniform(0.1, 0.5))},
    }  # fmt: skip
    yield Case("not training", used, scenario="one_batch")
    units = draw_units(rng, 6, 3)
    way = {
        "batches": [draw_units(rng, k, 3)["x"] for k in (4, 7, 5)], "gamma": units["gamma"],
        "beta": units["beta"], "running": at_the_start(3), "x": units["x"], "settings": {},
    }  # fmt: skip
    yield Case("three batches, and then in use", way, scenario="several_batches")
    single = {**draw_units(rng, 4, d), "running": draw_running(rng, d), "settings": {}}
    yield Case("not training: a row alone and among others", single, scenario="row_by_row")
    flat = {
        **draw_units(rng, 5, 3), "running": at_the_start(3), "training": True, "settings": {},
    }  # fmt: skip
    flat["x"][:, 1] = 2.5
    yield Case("a unit that is the same for all", flat, scenario="one_batch", edge=True)
    kept = {**draw_units(rng, 4, 3), "running": draw_running(rng, 3)}
    for training, words in ((True, "training"), (False, "not training")):
        yield Case(
            f"what was given, after the results are written over, {words}",
            {**kept, "training": training}, scenario="written_over", edge=True,
        )  # fmt: skip


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = {**draw_units(rng, 1, 4), "running": draw_running(rng, 4), "training": True}
    yield Case("a batch of one example", {**one, "settings": {}}, scenario="one_batch", edge=True)
    size = int(rng.integers(4, 7))
    square = {
        **draw_units(rng, size, size), "running": draw_running(rng, size), "training": True,
        "settings": {},
    }  # fmt: skip
    yield Case("as many examples as units", square, scenario="one_batch", edge=True)
    for momentum in (0.0, 1.0):
        inputs = {
            **draw_units(rng, 5, 3), "running": draw_running(rng, 3), "training": True,
            "settings": {"momentum": momentum},
        }  # fmt: skip
        yield Case(f"a momentum of {momentum:g}", inputs, scenario="one_batch", edge=True)
    small = {
        **draw_units(rng, 6, 3), "running": draw_running(rng, 3), "training": True, "settings": {},
    }  # fmt: skip
    small["x"] *= 1e-3
    yield Case("a spread as small as the root of epsilon", small, scenario="one_batch", edge=True)
    many = {
        **draw_units(rng, 200, 2), "running": at_the_start(2), "training": True, "settings": {},
    }  # fmt: skip
    yield Case("many examples", many, scenario="one_batch", edge=True)
    yield from _of_values(rng)


def _of_values(rng: np.random.Generator) -> Iterator[Case]:
    """Edge cases of numbers and settings of all sizes and types."""
    there: dict[str, Any] = {"scenario": "one_batch", "edge": True}
    for training, words in ((True, "training"), (False, "not training")):
        sizes = {**of_all_sizes(rng), "running": draw_running(rng, 6), "training": training}
        sizes["running"]["mean"] *= np.array([0.0, 2e-12, 1.0, 1.0, 3e4, 3e5])
        sizes["running"]["var"] *= np.array([0.0, 1e-24, 1.0, 1.0, 1e9, 1e11])
        yield Case(f"numbers of all sizes, {words}", {**sizes, "settings": {}}, **there)
    far = {**far_from_0(rng, 7, 3), "running": draw_running(rng, 3), "training": True}
    yield Case("numbers near 10,000 that differ by a few", {**far, "settings": {}}, **there)
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("a momentum of 0 and an epsilon of 1, both ints", {"momentum": 0, "epsilon": 1}),
        ("a momentum of 1, an int, and a huge epsilon", {"momentum": 1, "epsilon": 2e4}),
        (
            "a momentum and a tiny epsilon that are NumPy's",
            {"momentum": np.float64(0.7), "epsilon": np.float64(1e-10)},
        ),
    ]
    for label, settings in kinds:
        inputs = {**draw_units(rng, 5, 3), "running": draw_running(rng, 3), "training": True}
        inputs["x"][:, 1] *= 1e-4  # so that a tiny epsilon counts
        yield Case(label, {**inputs, "settings": settings}, **there)
    running = draw_running(rng, 4)
    swapped = {"var": running["var"], "mean": running["mean"]}
    inputs = {**draw_units(rng, 5, 4), "running": swapped, "training": True, "settings": {}}
    yield Case('running statistics with "var" before "mean"', inputs, **there)
    layouts = {**draw_units(rng, 5, 4), "running": draw_running(rng, 4), "settings": {}}
    yield Case("arrays in other memory layouts", layouts, edge=True, scenario="in_other_layouts")


exercise.wrong_ways(SINGLE)
exercise.wrong_ways("""
batch-statistics-when-testing: Outside training you use the statistics of the batch. A single image
has no batch around it: use the running ones.
    mean, var = x.mean(axis=0), x.var(axis=0)
    new = running if not training else {
        "mean": momentum * running["mean"] + (1 - momentum) * mean,
        "var": momentum * running["var"] + (1 - momentum) * var,
    }
    std = np.sqrt(var + epsilon)
    return gamma * (x - mean) / std + beta, None, {k: v.copy() for k, v in new.items()}

running-statistics-when-training: In training you use the running statistics: the batch's own belong
there.
    if training:
        new = {
            "mean": momentum * running["mean"] + (1 - momentum) * x.mean(axis=0),
            "var": momentum * running["var"] + (1 - momentum) * x.var(axis=0),
        }
    else:
        new = {"mean": running["mean"].copy(), "var": running["var"].copy()}
    out = gamma * (x - running["mean"]) / np.sqrt(running["var"] + epsilon) + beta
    return out, None, new

sample-variance: You divided the squares by N - 1; here the variance is a mean over the N examples.
    - x.var(axis=0)
    + x.var(axis=0, ddof=1) if len(x) > 1 else x.var(axis=0)

sample-variance-in-the-running: Your running variance takes the sample's, divided by N - 1, as some
libraries do; here it takes the same variance that the batch is divided by.
    - (1 - momentum) * var,
    + (1 - momentum) * (x.var(axis=0, ddof=1) if len(x) > 1 else var),

momentum-the-other-way-round: You swapped the two shares, as PyTorch has them: here momentum is what
the running statistics keep.
    - "mean": momentum * running["mean"] + (1 - momentum) * mean
    + "mean": (1 - momentum) * running["mean"] + momentum * mean
    - "var": momentum * running["var"] + (1 - momentum) * var
    + "var": (1 - momentum) * running["var"] + momentum * var

running-changed-in-place: The results are right, but the dict of running statistics that you were
given was changed: make a new one.
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    if training:
        running["mean"], running["var"] = new["mean"], new["var"]
    return out, cache, running

running-arrays-changed: The results are right, but the arrays of the running statistics were
changed: *= and += write into what is given.
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    running["mean"][...], running["var"][...] = new["mean"], new["var"]
    return out, cache, new

running-moves-when-testing: Outside training the running statistics stay as they are: what comes in
there must not change the network.
    _, _, new = reference(x, gamma, beta, running, True, momentum, epsilon)
    out, cache, _ = reference(x, gamma, beta, running, training, momentum, epsilon)
    return out, cache, new

running-never-moves: Your running statistics never change: in training a share of the batch's goes
into them.
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    return out, cache, {k: v.copy() for k, v in running.items()}

batch-statistics-in-full: Your new running statistics are those of this batch alone: keep momentum
of the old ones.
    - "mean": momentum * running["mean"] + (1 - momentum) * mean
    + "mean": mean
    - "var": momentum * running["var"] + (1 - momentum) * var
    + "var": var

running-std: Your running "var" holds a standard deviation; the square of that is asked for.
    - (1 - momentum) * var,
    + (1 - momentum) * np.sqrt(var),

running-std-with-epsilon: Your running "var" holds a standard deviation; the square of that is asked
for.
    - (1 - momentum) * var,
    + (1 - momentum) * np.sqrt(var + epsilon),

running-as-a-row: Your new running statistics are rows, (1, D), as keepdims=True leaves them; they
have one axis, (D,), as those that you were given.
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    return out, cache, {k: v.reshape(1, -1) if training else v for k, v in new.items()}

epsilon-in-the-running: Your running "var" holds epsilon as well; it is added where the root is
taken, not to what is kept.
    - (1 - momentum) * var,
    + (1 - momentum) * (var + epsilon),

variance-not-centred: Your variance is the mean of the squares of x itself; take the mean of x off
first.
    - x.var(axis=0)
    + (x * x).mean(axis=0)

over-the-units: You took mean and variance of each example over its units, as layer normalisation
does; here they are each unit's, over the batch.
    if training:
        mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
        new = reference(x, gamma, beta, running, training, momentum, epsilon)[2]
        return gamma * (x - mean) / np.sqrt(var + epsilon) + beta, None, new
    return reference(x, gamma, beta, running, training, momentum, epsilon)

one-mean-for-all: You took one mean and one variance of the whole batch; every unit has its own.
    - x.mean(axis=0), x.var(axis=0)
    + np.full(x.shape[1], x.mean()), np.full(x.shape[1], x.var())

epsilon-outside-the-root: Your epsilon stands outside the root; here it is added to the variance,
under the root.
    - np.sqrt(var + epsilon)
    + np.sqrt(var) + epsilon

epsilon-forgotten: You divide by the root of the variance alone: a unit that is the same for all
examples has the variance 0. Add epsilon to it.
    with np.errstate(all="ignore"):
        return reference(x, gamma, beta, running, training, momentum, 0.0)

divided-by-the-variance: You divided by the variance; divide by its root, the standard deviation.
    - std = np.sqrt(var + epsilon)
    + std = var + epsilon

shifted-before-scaled: You added beta before you multiplied by gamma; it is gamma * x_hat + beta.
    - return gamma * x_hat + beta
    + return gamma * (x_hat + beta)

gamma-and-beta-left-out: You give the standardised numbers themselves; scale them by gamma and shift
them by beta.
    - return gamma * x_hat + beta
    + return x_hat

gamma-and-beta-swapped: You swapped gamma and beta: gamma scales, beta shifts.
    - return gamma * x_hat + beta
    + return beta * x_hat + gamma

new-running-statistics-when-training: In training you standardise with the new running statistics;
take the batch's own mean and variance there.
    new = reference(x, gamma, beta, running, training, momentum, epsilon)[2]
    return gamma * (x - new["mean"]) / np.sqrt(new["var"] + epsilon) + beta, None, new

momentum-fixed: Your running statistics always keep 0.9 of the old ones; how much they keep is the
argument momentum.
    return reference(x, gamma, beta, running, training, 0.9, epsilon)
""")
