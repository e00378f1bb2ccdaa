"""dropout_backward: send a gradient back through dropout_forward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch10_regularization.dropout_forward import away_from_zero, draw_seed

exercise = ExerciseDefinition(points=1)


@exercise.reference
def dropout_backward(dout: np.ndarray, cache) -> np.ndarray:
    """Send a gradient back through dropout_forward.

    Args:
        dout: float64, shaped like x: the gradient of the loss towards out.
        cache: what dropout_forward gave (your own; where yours does not pass its check yet, the
            array that x was multiplied by).

    Returns:
        dx: float64, shaped like x: the gradient of the loss towards x, by the mask of that very
        forward pass.
    """
    mask = cache
    return dout * mask


@exercise.scenario(uses=("dropout_forward",), otherwise="documented_cache")
def own_cache(dropout_backward, dropout_forward, x, drop_prob, training, seed, mask, dout):
    """There and back: the output, and the gradient through the same mask."""
    rng = np.random.default_rng(seed) if training else None
    out, cache = dropout_forward(x, drop_prob, training, rng)
    return out, dropout_backward(dout, cache)


@exercise.scenario()
def documented_cache(dropout_backward, x, drop_prob, training, seed, mask, dout):
    """With the cache that the docstring states."""
    return x * mask, dropout_backward(dout, mask)


@exercise.scenario(uses=("dropout_forward",), otherwise="two_documented_caches")
def two_passes(dropout_backward, dropout_forward, x, drop_prob, training, seed, mask, dout):
    """Two forward passes before either comes back, the first one's gradient last."""
    rng = np.random.default_rng(seed)
    passes = [dropout_forward(x, drop_prob, training, rng) for _ in range(2)]
    later = dropout_backward(dout, passes[1][1])
    return (passes[0][0], dropout_backward(dout, passes[0][1])), (passes[1][0], later)


@exercise.scenario()
def two_documented_caches(dropout_backward, x, drop_prob, training, seed, mask, dout):
    """The same with the cache that the docstring states, and its entries in reverse order."""
    masks = mask, mask[::-1].copy()
    return tuple((x * m, dropout_backward(dout, m)) for m in masks)


@exercise.scenario(uses=("dropout_forward",), otherwise="documented_cache_twice")
def back_twice(dropout_backward, dropout_forward, x, drop_prob, training, seed, mask, dout):
    """One pass forward; two gradients back, of read-only windows; arrays lie column by column."""
    rng = np.random.default_rng(seed) if training else None
    out, cache = dropout_forward(np.array(x, order="F"), drop_prob, training, rng)
    window = np.repeat(dout, 2, axis=1)[:, ::2]
    window.flags.writeable = False
    return out, np.array(dropout_backward(window, cache)), dropout_backward(window, cache)


@exercise.scenario()
def documented_cache_twice(dropout_backward, x, drop_prob, training, seed, mask, dout):
    """The same with the cache that the docstring states."""
    window, cache = np.repeat(dout, 2, axis=1)[:, ::2], np.array(mask, order="F")
    window.flags.writeable = False
    return x * mask, np.array(dropout_backward(window, cache)), dropout_backward(window, cache)


@exercise.property(
    "A second gradient through the same cache was another: leave the cache as it is."
)
def both_the_same(inputs, output):
    out, first, second = output
    right = inputs["dout"] * (out / inputs["x"])
    return np.allclose(first, right, rtol=1e-9) and np.array_equal(first, second)


@exercise.property("The gradient is dout itself, as if nothing had been dropped.")
def not_dout_itself(inputs, output):
    return not np.allclose(output[1], inputs["dout"], rtol=1e-9)


@exercise.property(
    "An entry that was dropped in the forward pass has no influence on the loss: its gradient is 0."
)
def dropped_get_nothing(inputs, output):
    out, dx = output
    return bool(np.all(dx[out == 0] == 0))


@exercise.property(
    "The gradient of an entry that was kept is dout, scaled as the forward pass scaled the entry."
)
def kept_pass_on(inputs, output):
    out, dx = output
    kept = out != 0
    factor = out[kept] / inputs["x"][kept]
    return np.allclose(dx[kept], factor * inputs["dout"][kept], rtol=1e-9)


@exercise.property("Entries that were kept get dout unscaled, but the forward pass scaled them.")
def kept_get_more(inputs, output):
    out, dx = output
    kept = out != 0
    return not np.allclose(dx[kept], inputs["dout"][kept], rtol=1e-9)


@exercise.property(
    "Entries that were kept get less than dout, but the forward pass made them larger."
)
def kept_do_not_shrink(inputs, output):
    out, dx = output
    kept = out != 0
    return not np.all(abs(dx[kept]) < (1 - 1e-9) * abs(inputs["dout"][kept]))


@exercise.property(
    "An entry of x that is 0 is kept or dropped like any other: out is 0 either way, so only the "
    "mask itself tells which of them get a gradient."
)
def zeros_by_the_mask(inputs, output):
    zero, p = inputs["x"] == 0, inputs["drop_prob"]
    dx, dout = output[1][zero], inputs["dout"][zero]
    kept = dx != 0
    as_often = abs(kept.mean() - (1 - p)) < 7 * np.sqrt(p * (1 - p) / kept.size)
    return bool(as_often and np.allclose(dx[kept], dout[kept] / (1 - p), rtol=1e-9))


@exercise.property(
    "The gradient must be 0 where an entry was dropped, and scaled like the entry elsewhere."
)
def by_some_mask(inputs, output):
    masks = [out / inputs["x"] for out, _ in output]
    ways = [[np.allclose(dx, inputs["dout"] * m, rtol=1e-9) for m in masks] for _, dx in output]
    return all(any(way) for way in ways)


@exercise.property(
    "Two passes were made before their gradients came back, and a gradient went through the other"
    " pass's mask: everything that backward needs belongs in the cache."
)
def each_by_its_own_mask(inputs, output):
    x, dout = inputs["x"], inputs["dout"]
    return all(np.allclose(dx, dout * (out / x), rtol=1e-9, atol=1e-12) for out, dx in output)


THERE_AND_BACK = (
    "not_dout_itself", "kept_get_more", "dropped_get_nothing", "kept_do_not_shrink", "kept_pass_on",
)  # fmt: skip


def draw_there_and_back(
    rng: np.random.Generator, drop_prob: float, *shape: int, training: bool = True
) -> dict[str, Any]:
    """Inputs of both passes; ``mask`` is the documented cache, for who needs it."""
    kept = rng.permutation(np.arange(np.prod(shape)) >= round(drop_prob * np.prod(shape)))
    mask = kept.reshape(shape) / (1 - drop_prob) if training else np.ones(shape)
    return {
        "x": away_from_zero(rng, *shape), "drop_prob": drop_prob, "training": training,
        "seed": draw_seed(rng), "mask": mask, "dout": away_from_zero(rng, *shape),
    }  # fmt: skip


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    random: dict[str, Any] = {"compare": False, "properties": THERE_AND_BACK}
    for drop_prob in (0.3, 0.75):
        inputs = draw_there_and_back(rng, drop_prob, 12, 15)
        yield Case(f"drop_prob {drop_prob}", inputs, scenario="own_cache", **random)
    zeros = draw_there_and_back(rng, 0.4, 24, 25)
    zeros["x"] *= rng.random((24, 25)) < 0.5
    yield Case(
        "zeros in x, as ReLU makes them", zeros, scenario="own_cache", edge=True, compare=False,
        properties=("kept_pass_on", "zeros_by_the_mask"),
    )  # fmt: skip
    inputs = draw_there_and_back(rng, 0.5, 5, 4, training=False)
    yield Case("not training", inputs, scenario="own_cache", edge=True)
    yield Case(
        "two forward passes before the gradients", draw_there_and_back(rng, 0.4, 10, 8),
        scenario="two_passes", compare=False, edge=True,
        properties=("by_some_mask", "each_by_its_own_mask"),
    )  # fmt: skip
    yield Case(
        "two gradients, in other memory layouts", draw_there_and_back(rng, 0.4, 6, 9),
        scenario="back_twice", compare=False, edge=True, properties=("both_the_same",),
    )  # fmt: skip


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    random: dict[str, Any] = {"compare": False, "properties": THERE_AND_BACK, "edge": True}
    images = draw_there_and_back(rng, 0.4, 6, 5, 4, 3)
    yield Case("gradients shaped like images", images, scenario="own_cache", **random)
    row = draw_there_and_back(rng, 0.6, 90)
    yield Case("a single row of numbers", row, scenario="own_cache", **random)
    sizes = draw_there_and_back(rng, 0.4, 6, 9)
    sizes["dout"] *= np.array([1.0, 1.0, 0.0, 1e-12, 1e-11, 1.0, 1e6, 1e5, 1e3])
    sizes["dout"][:3], sizes["dout"][:, 1] = sizes["dout"][3:], sizes["dout"][:, 0]
    random["properties"] = ("dropped_get_nothing", "kept_pass_on")
    yield Case("gradients of all sizes", sizes, scenario="own_cache", **random)
    for drop_prob in (0.0, 0):
        inputs = draw_there_and_back(rng, drop_prob, 4, 5)
        label = f"drop_prob {drop_prob!r}, training"
        yield Case(label, inputs, scenario="own_cache", edge=True)
    single = draw_there_and_back(rng, 0.3, 1, 1, training=False)
    yield Case("a single number, not training", single, scenario="own_cache", edge=True)


exercise.wrong_ways("""
no-mask: You passed dout on as it is; what was dropped on the way there must be dropped on the way
back.
    - dout * mask
    + dout.copy()

a-new-mask: You drew a new mask; the gradient must go through the one of the forward pass, which is
what the cache is for.
    keep = min(1.0, 1.0 / cache.max())
    return dout * (np.random.default_rng().random(dout.shape) < keep) / keep

not-scaled: You zeroed the right entries but left the others unscaled; the forward pass multiplied
them by a number, so the gradient is multiplied by it, too.
    - dout * mask
    + dout * (mask > 0)

divided: You divided where the forward pass multiplied; the gradient of m * x towards x is m.
    return np.divide(dout, cache, out=np.zeros(dout.shape), where=cache > 0)

wrong-way-round: You let the gradient through where entries were dropped and stopped it where they
were kept.
    - dout * mask
    + dout * (mask == 0) * mask.max()

mask-kept-elsewhere: You keep the mask in one place outside the cache, where the next forward pass
overwrites it: put it into the cache.
    latest = {}

    def dropout_forward(x, drop_prob, training, rng):
        latest["mask"] = np.ones(x.shape)
        if training:
            latest["mask"] = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
        return x * latest["mask"], None

    def dropout_backward(dout, cache):
        return dout * latest["mask"]

mask-guessed-from-out: You took every 0 in out for a dropped entry; where x itself is 0 that cannot
be told from out: put the mask itself into the cache.
    def dropout_forward(x, drop_prob, training, rng):
        mask = np.ones(x.shape)
        if training:
            mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
        return x * mask, (x * mask, mask.max())

    def dropout_backward(dout, cache):
        out, scale = cache
        return dout * scale * (out != 0)

scaled-twice: The gradient of what was kept is scaled otherwise than the entry was: the mask that
the forward pass multiplied by holds the scale already, so multiply by it once.
    - dout * mask
    + dout * mask * mask.max()

scaled-when-not-training: You scale the gradient when not training, too; there x passed through as
it was, and so does its gradient.
    def dropout_forward(x, drop_prob, training, rng):
        kept = rng.random(x.shape) >= drop_prob if training else np.ones(x.shape)
        return x * kept / (1 - drop_prob if training else 1.0), (kept, drop_prob)

    def dropout_backward(dout, cache):
        kept, drop_prob = cache
        return dout * kept / (1 - drop_prob)

times-x: Your gradient is multiplied by x as well; the slope of mask * x towards x is the mask
alone.
    def dropout_forward(x, drop_prob, training, rng):
        mask = np.ones(x.shape)
        if training:
            mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
        return x * mask, (x, mask)

    def dropout_backward(dout, cache):
        x, mask = cache
        return dout * x * mask

mask-alone: You gave the mask itself; the chain rule multiplies it by what arrives, dout.
    - dout * mask
    + mask * np.ones(dout.shape)

adds-dout: You added dout to the mask; along a path, slopes are multiplied.
    - dout * mask
    + dout + mask

writes-into-dout: The gradient is right, but you wrote it into dout itself (`*=` does that): make a
new array.
    dout *= cache
    return dout

spoils-the-cache: The first gradient is right, but you wrote into the cache, so a second one would
be another.
    cache *= dout
    return cache.copy()

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    - dout * mask
    + (dout * mask).astype(np.float32).astype(np.float64)
""")
