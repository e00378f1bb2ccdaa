"""Chapter 10, first part: what dropout is tried on, and what drives it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import solutions._ch10_dropout_holds  # noqa: F401  (what must hold)
from grader.exercises import Case
from solutions._ch10_dropout import chapter, draw_seed, dropout_backward, dropout_forward


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


# --- cases ----------------------------------------------------------------------------------------

EVERY_MASK = (
    "something_dropped", "kept_have_grown", "kept_are_scaled", "as_many_as_asked", "rows_differ",
    "columns_differ", "counts_vary",
)  # fmt: skip
THERE_AND_BACK = (
    "not_dout_itself", "kept_get_more", "dropped_get_nothing", "kept_do_not_shrink", "kept_pass_on",
)  # fmt: skip


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
        held = ("something_dropped", "kept_have_grown", "kept_are_scaled", "as_many_as_asked")
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
