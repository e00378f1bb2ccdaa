"""Chapter 10, first part: what dropout is tried on, and what must hold of every mask it draws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case
from solutions._ch10_dropout import chapter, draw_seed, dropout_backward, dropout_forward

# --- what drives the functions --------------------------------------------------------------------


@chapter.scenario(dropout_forward)
def one_pass(dropout_forward, x, drop_prob, training, seed):
    """The output of one pass; without a seed there is no generator."""
    rng = None if seed is None else np.random.default_rng(seed)
    given = dropout_forward(x, drop_prob, training, rng)
    return given[0] if isinstance(given, (tuple, list)) and len(given) == 2 else given


@chapter.scenario(dropout_forward)
def many_passes(dropout_forward, x, drop_prob, seeds):
    """The outputs of one pass by each seed, and of a second one by the first seed's generator."""
    outs = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        outs.append(dropout_forward(x, drop_prob, True, rng)[0] + 0.0)
        if len(outs) == 1:
            second = dropout_forward(x, drop_prob, True, rng)[0] + 0.0
    return np.stack(outs), second


@chapter.scenario(dropout_forward)
def beside_global_numbers(dropout_forward, x, drop_prob, seed):
    """The output, and the next number of NumPy's global generator, which was set to the seed."""
    state = np.random.get_state()  # noqa: NPY002
    try:
        np.random.seed(seed)  # noqa: NPY002
        out = dropout_forward(x, drop_prob, True, np.random.default_rng(seed))[0]
        return out, np.random.random_sample()  # noqa: NPY002
    finally:
        np.random.set_state(state)  # noqa: NPY002


@chapter.scenario(dropout_backward, uses=("dropout_forward",), otherwise="documented_cache")
def own_cache(dropout_backward, dropout_forward, x, drop_prob, training, seed, mask, dout):
    """There and back: the output, and the gradient through the same mask."""
    rng = np.random.default_rng(seed) if training else None
    out, cache = dropout_forward(x, drop_prob, training, rng)
    return out, dropout_backward(dout, cache)


@chapter.scenario(dropout_backward)
def documented_cache(dropout_backward, x, drop_prob, training, seed, mask, dout):
    """With the cache that the docstring states."""
    return x * mask, dropout_backward(dout, mask)


@chapter.scenario(dropout_backward, uses=("dropout_forward",), otherwise="two_documented_caches")
def two_passes(dropout_backward, dropout_forward, x, drop_prob, training, seed, mask, dout):
    """Two forward passes before either comes back, the first one's gradient last."""
    rng = np.random.default_rng(seed)
    passes = [dropout_forward(x, drop_prob, training, rng) for _ in range(2)]
    later = dropout_backward(dout, passes[1][1])
    return (passes[0][0], dropout_backward(dout, passes[0][1])), (passes[1][0], later)


@chapter.scenario(dropout_backward)
def two_documented_caches(dropout_backward, x, drop_prob, training, seed, mask, dout):
    """The same with the cache that the docstring states, and its entries in reverse order."""
    masks = mask, mask[::-1].copy()
    return tuple((x * m, dropout_backward(dout, m)) for m in masks)


# --- what must hold -------------------------------------------------------------------------------


@chapter.property(
    dropout_forward,
    "An entry of out must be 0, or the entry of x divided by 1 - drop_prob.",
)  # fmt: skip
def kept_are_scaled(inputs, out):
    x, keep = inputs["x"], 1 - inputs["drop_prob"]
    out = out[0] if isinstance(out, (tuple, list)) else out
    return bool(np.all((out == 0) | (abs(out * keep - x) <= 1e-9 * abs(x))))


@chapter.property(
    dropout_forward,
    "The entries that stayed are as they were: where some are missing, the others must make up "
    "for them.",
)  # fmt: skip
def kept_have_grown(inputs, out):
    x = np.broadcast_to(inputs["x"], out.shape)
    kept = out != 0
    return not np.allclose(out[kept], x[kept], rtol=1e-9)


@chapter.property(
    dropout_forward,
    "The fraction of entries that were dropped is far from drop_prob.",
)  # fmt: skip
def as_many_as_asked(inputs, out):
    p = inputs["drop_prob"]
    return bool(abs(np.mean(out == 0) - p) < 6 * np.sqrt(p * (1 - p) / out.size))


@chapter.property(
    dropout_forward,
    "Neighbouring rows lost the same entries: every entry of every row is drawn by itself.",
)  # fmt: skip
def rows_differ(inputs, out):
    p, dropped = inputs["drop_prob"], out == 0
    same = p * p + (1 - p) ** 2  # how often two entries that know nothing of each other agree
    agree = dropped[1:] == dropped[:-1]
    return bool(abs(agree.mean() - same) < 7 * np.sqrt(same * (1 - same) / agree.size))


@chapter.property(
    dropout_forward,
    "Neighbours in a row share their fate: every entry of a row is drawn by itself.",
)  # fmt: skip
def columns_differ(inputs, out):
    p, dropped = inputs["drop_prob"], (out == 0).T
    same = p * p + (1 - p) ** 2
    agree = dropped[1:] == dropped[:-1]
    return bool(abs(agree.mean() - same) < 7 * np.sqrt(same * (1 - same) / agree.size))


@chapter.property(
    dropout_forward,
    "Every row lost the same number of entries: with chances that do not know of each other, "
    "the number varies.",
)  # fmt: skip
def counts_vary(inputs, out):
    p, counts = inputs["drop_prob"], (out == 0).sum(axis=1)
    expected_spread = np.sqrt(out.shape[1] * p * (1 - p))
    return bool(counts.std() > 0.4 * expected_spread)


@chapter.property(
    dropout_forward,
    "Two generators with the same seed must drop the same entries: take every random number "
    "from rng.",
)  # fmt: skip
def same_seed_same_mask(inputs, output):
    outs, _ = output
    return np.array_equal(outs[0], outs[-1])


@chapter.property(
    dropout_forward,
    "Generators with different seeds dropped the same entries: let rng decide.",
)  # fmt: skip
def other_seed_other_mask(inputs, output):
    outs, _ = output
    return all(not np.array_equal(outs[0], other) for other in outs[1:-1])


@chapter.property(
    dropout_forward,
    "A second pass with the same generator dropped the very same entries: draw anew every time.",
)  # fmt: skip
def next_pass_other_mask(inputs, output):
    outs, second = output
    return not np.array_equal(outs[0], second)


@chapter.property(
    dropout_forward,
    "The number of dropped entries is always the same; every entry is dropped by itself, so the "
    "number varies.",
)  # fmt: skip
def totals_vary(inputs, output):
    totals = (output[0][:-1] == 0).sum(axis=(1, 2))
    return len(np.unique(totals)) > 1


@chapter.property(
    dropout_forward,
    "Over many passes some entries were dropped far more often or more seldom than drop_prob says.",
)  # fmt: skip
def each_as_often_as_asked(inputs, output):
    dropped, p = output[0][:-1] == 0, inputs["drop_prob"]
    each = abs(dropped.mean(axis=0) - p).max() < 7 * np.sqrt(p * (1 - p) / len(dropped))
    return bool(each and abs(dropped.mean() - p) < 6 * np.sqrt(p * (1 - p) / dropped.size))


@chapter.property(
    dropout_forward,
    "Over many passes some entries were dropped together, or in place of each other, too often: "
    "every entry is dropped by itself.",
)  # fmt: skip
def no_two_together(inputs, output):
    dropped, p = (output[0][:-1] == 0).reshape(len(output[0]) - 1, -1), inputs["drop_prob"]
    together = (dropped - p).T @ (dropped - p) / (p * (1 - p) * len(dropped))
    np.fill_diagonal(together, 0.0)
    return bool(abs(together).max() < 7 / np.sqrt(len(dropped)))


@chapter.property(
    dropout_forward,
    "NumPy's global random numbers were used or changed; only rng may be.",
)  # fmt: skip
def global_numbers_untouched(inputs, output):
    return bool(output[1] == np.random.RandomState(inputs["seed"]).random_sample())


@chapter.property(dropout_backward, "The gradient is dout itself, as if nothing had been dropped.")
def not_dout_itself(inputs, output):
    return not np.allclose(output[1], inputs["dout"], rtol=1e-9)


@chapter.property(
    dropout_backward,
    "An entry that was dropped in the forward pass has no influence on the loss: its gradient "
    "is 0.",
)  # fmt: skip
def dropped_get_nothing(inputs, output):
    out, dx = output
    return bool(np.all(dx[out == 0] == 0))


@chapter.property(
    dropout_backward,
    "The gradient of an entry that was kept is dout, scaled as the forward pass scaled the entry.",
)  # fmt: skip
def kept_pass_on(inputs, output):
    out, dx = output
    kept = out != 0
    factor = out[kept] / inputs["x"][kept]
    return np.allclose(dx[kept], factor * inputs["dout"][kept], rtol=1e-9)


@chapter.property(
    dropout_backward,
    "Entries that were kept get dout unscaled, but the forward pass scaled them.",
)  # fmt: skip
def kept_get_more(inputs, output):
    out, dx = output
    kept = out != 0
    return not np.allclose(dx[kept], inputs["dout"][kept], rtol=1e-9)


@chapter.property(
    dropout_backward,
    "An entry of x that is 0 is kept or dropped like any other: out is 0 either way, so only the "
    "mask itself tells which of them get a gradient.",
)  # fmt: skip
def zeros_by_the_mask(inputs, output):
    zero, p = inputs["x"] == 0, inputs["drop_prob"]
    dx, dout = output[1][zero], inputs["dout"][zero]
    kept = dx != 0
    as_often = abs(kept.mean() - (1 - p)) < 7 * np.sqrt(p * (1 - p) / kept.size)
    return bool(as_often and np.allclose(dx[kept], dout[kept] / (1 - p), rtol=1e-9))


@chapter.property(
    dropout_backward,
    "The gradient must be 0 where an entry was dropped, and scaled like the entry elsewhere.",
)  # fmt: skip
def by_some_mask(inputs, output):
    masks = [out / inputs["x"] for out, _ in output]
    ways = [[np.allclose(dx, inputs["dout"] * m, rtol=1e-9) for m in masks] for _, dx in output]
    return all(any(way) for way in ways)


@chapter.property(
    dropout_backward,
    "Two passes were made before their gradients came back, and a gradient went through the "
    "other pass's mask: everything that backward needs belongs in the cache.",
)  # fmt: skip
def each_by_its_own_mask(inputs, output):
    x, dout = inputs["x"], inputs["dout"]
    return all(np.allclose(dx, dout * (out / x), rtol=1e-9, atol=1e-12) for out, dx in output)


# --- cases ----------------------------------------------------------------------------------------

EVERY_MASK = (
    "kept_have_grown", "kept_are_scaled", "as_many_as_asked", "rows_differ", "columns_differ",
    "counts_vary",
)  # fmt: skip
THERE_AND_BACK = ("not_dout_itself", "kept_get_more", "dropped_get_nothing", "kept_pass_on")


def away_from_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of both signs, none of them near 0, so that a dropped entry can be told."""
    return rng.uniform(0.5, 3.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)


@chapter.cases(dropout_forward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    once: dict[str, Any] = {"scenario": "one_pass", "compare": False, "properties": EVERY_MASK}
    for name, few, many in (("a few", 0.15, 0.35), ("most", 0.65, 0.85)):
        # Far from whole tenths, of many entries: coarse coins must not do.
        drop_prob = float(rng.choice([few, many]) + rng.uniform(-0.01, 0.01))
        inputs = {
            "x": away_from_zero(rng, 64, 80), "drop_prob": drop_prob, "training": True,
            "seed": draw_seed(rng),
        }  # fmt: skip
        yield Case(f"{name} of many entries dropped", inputs, **once)
    seeds = [draw_seed(rng) for _ in range(300)]
    passes = {
        "x": away_from_zero(rng, 5, 6), "drop_prob": float(rng.uniform(0.34, 0.36)),
        "seeds": [*seeds, seeds[0]],
    }  # fmt: skip
    yield Case(
        "many passes, by equal and by different seeds", passes, scenario="many_passes",
        compare=False,
        properties=(
            "same_seed_same_mask", "next_pass_other_mask", "other_seed_other_mask", "totals_vary",
            "each_as_often_as_asked", "no_two_together",
        ),
    )  # fmt: skip
    testing = {"x": away_from_zero(rng, 4, 7), "drop_prob": 0.6, "training": False}
    yield Case("not training, without a generator", {**testing, "seed": None}, scenario="one_pass")
    inputs = {**testing, "seed": draw_seed(rng)}
    yield Case("not training, with a generator", inputs, scenario="one_pass", edge=True)
    yield Case(
        "beside NumPy's global random numbers",
        {"x": away_from_zero(rng, 4, 5), "drop_prob": 0.5, "seed": draw_seed(rng)},
        scenario="beside_global_numbers", compare=False, edge=True,
        properties=("global_numbers_untouched", "kept_are_scaled"),
    )  # fmt: skip


@chapter.hidden_cases(dropout_forward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    inputs = {
        "x": away_from_zero(rng, 4, 5), "drop_prob": 0.0, "training": True, "seed": draw_seed(rng),
    }  # fmt: skip
    yield Case("training, but a drop_prob of 0", inputs, scenario="one_pass", edge=True)
    for name, shape in (("a single row of numbers", (4000,)), ("images", (9, 8, 9, 3))):
        inputs = {
            "x": away_from_zero(rng, *shape), "drop_prob": float(rng.uniform(0.2, 0.4)),
            "training": True, "seed": draw_seed(rng),
        }  # fmt: skip
        held = ("kept_have_grown", "kept_are_scaled", "as_many_as_asked")
        yield Case(
            name, inputs, scenario="one_pass", compare=False, edge=True,
            properties=held if len(shape) == 1 else (*held, "rows_differ"),
        )  # fmt: skip
    inputs = {"x": away_from_zero(rng, 3, 4, 2), "drop_prob": 0.9, "training": False, "seed": None}
    yield Case("images, not training", inputs, scenario="one_pass", edge=True)


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


@chapter.cases(dropout_backward)
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


@chapter.hidden_cases(dropout_backward)
def _(rng: np.random.Generator) -> Iterator[Case]:
    random: dict[str, Any] = {"compare": False, "properties": THERE_AND_BACK, "edge": True}
    images = draw_there_and_back(rng, 0.4, 6, 5, 4, 3)
    yield Case("gradients shaped like images", images, scenario="own_cache", **random)
    row = draw_there_and_back(rng, 0.6, 90)
    yield Case("a single row of numbers", row, scenario="own_cache", **random)
