"""dropout_forward: drop entries at random, and scale up those that stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch10_regularization.dropout_mistakes import MISTAKES

exercise = ExerciseDefinition(points=2)


@exercise.reference
def dropout_forward(x: np.ndarray, drop_prob: float, training: bool, rng) -> tuple:
    """Drop entries at random, and scale up those that stay (inverted dropout).

    Args:
        x: float64 array of any shape; x itself stays as it is.
        drop_prob: probability with which an entry is dropped, 0 <= drop_prob < 1.
        training: whether the network is being trained. If not, nothing is dropped or scaled.
        rng: numpy.random.Generator that decides which entries are dropped, each by itself;
            may be None when not training.

    Returns:
        (out, cache): out is float64, shaped like x: 0 where an entry was dropped, else
        x / (1 - drop_prob); when not training, out is x. cache is what dropout_backward needs,
        in the form that you like best. If you have no opinion, take the array that x was
        multiplied by: 0 where dropped, 1 / (1 - drop_prob) where kept, all 1 when not training.

    Source: Srivastava et al., "Dropout", JMLR 15 (2014), in its inverted form.
    """
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask


@exercise.scenario()
def one_pass(dropout_forward, x, drop_prob, training, seed):
    """The output of one pass; without a seed there is no generator."""
    rng = None if seed is None else np.random.default_rng(seed)
    given = dropout_forward(x, drop_prob, training, rng)
    return given[0] if isinstance(given, (tuple, list)) and len(given) == 2 else given


@exercise.scenario()
def many_passes(dropout_forward, x, drop_prob, seeds):
    """The outputs of one pass by each seed, and of a second one by the first seed's generator."""
    outs = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        outs.append(dropout_forward(x, drop_prob, True, rng)[0] + 0.0)
        if len(outs) == 1:
            second = dropout_forward(x, drop_prob, True, rng)[0] + 0.0
    return np.stack(outs), second


@exercise.scenario()
def beside_global_numbers(dropout_forward, x, drop_prob, seed):
    """The output, and the next number of NumPy's global generator, which was set to the seed."""
    state = np.random.get_state()  # noqa: NPY002
    try:
        np.random.seed(seed)  # noqa: NPY002
        out = dropout_forward(x, drop_prob, True, np.random.default_rng(seed))[0]
        return out, np.random.random_sample()  # noqa: NPY002
    finally:
        np.random.set_state(state)  # noqa: NPY002


@exercise.scenario()
def in_other_layouts_once(dropout_forward, x, drop_prob, seed):
    """Outputs for an array that lies column by column and for a read-only window, in training,
    and then when not."""
    window = np.repeat(x, 2, axis=1)[:, ::2]
    window.flags.writeable = False
    outs = []
    for training in (True, False):
        for given in (np.array(x, order="F"), window):
            rng = np.random.default_rng(seed) if training else None
            outs.append(dropout_forward(given, drop_prob, training, rng)[0] + 0.0)
    return outs


@exercise.property(
    "Where arrays lie in memory in another way, out is not 0 or x / (1 - drop_prob)."
)
def kept_are_scaled_anywhere(inputs, outs):
    x, keep = inputs["x"], 1 - inputs["drop_prob"]
    trained = [np.all((out == 0) | (abs(out * keep - x) <= 1e-9 * abs(x))) for out in outs[:2]]
    return bool(all(trained) and all(np.allclose(out, x, rtol=1e-12) for out in outs[2:]))


@exercise.property("An entry of out must be 0, or the entry of x divided by 1 - drop_prob.")
def kept_are_scaled(inputs, out):
    x, keep = inputs["x"], 1 - inputs["drop_prob"]
    out = out[0] if isinstance(out, (tuple, list)) else out
    return bool(np.all((out == 0) | (abs(out * keep - x) <= 1e-9 * abs(x))))


@exercise.property("In training, not a single entry was dropped.")
def something_dropped(inputs, out):
    out = out[0] if isinstance(out, (tuple, list)) else out
    return bool(np.any(out == 0))


@exercise.property(
    "The entries that stayed are as they were: where some are missing, the others must make up "
    "for them."
)
def kept_have_grown(inputs, out):
    x = np.broadcast_to(inputs["x"], out.shape)
    kept = out != 0
    return not (kept.any() and np.allclose(out[kept], x[kept], rtol=1e-9))


@exercise.property(
    "The entries that stayed have become smaller: what is missing is made up for by larger ones."
)
def kept_have_not_shrunk(inputs, out):
    x, kept = inputs["x"], out != 0
    return not (kept.any() and np.all(abs(out[kept]) < (1 - 1e-9) * abs(x[kept])))


@exercise.property("The entries that stayed are divided by drop_prob, the chance of being dropped.")
def kept_are_not_divided_by_drop_prob(inputs, out):
    x, kept = inputs["x"], out != 0
    by_drop_prob = x[kept] / inputs["drop_prob"]
    return not (kept.any() and np.allclose(out[kept], by_drop_prob, rtol=1e-9))


@exercise.property("As many entries stay as should be dropped: which way round is the comparison?")
def right_way_round(inputs, out):
    p = inputs["drop_prob"]
    return bool(abs(np.mean(out == 0) - (1 - p)) > 6 * np.sqrt(p * (1 - p) / out.size))


@exercise.property("The fraction of entries that were dropped is far from drop_prob.")
def as_many_as_asked(inputs, out):
    p, dropped = inputs["drop_prob"], out == 0
    one_for_all = (dropped == dropped[:1]).all() or (dropped == dropped[..., :1]).all()
    if out.ndim > 1 and one_for_all:  # few have been drawn, and that is told by others
        return True
    return bool(abs(np.mean(dropped) - p) < 6 * np.sqrt(p * (1 - p) / out.size))


@exercise.property(
    "Neighbouring rows lost the same entries: every entry of every row is drawn by itself."
)
def rows_differ(inputs, out):
    p, dropped = inputs["drop_prob"], out == 0
    same = p * p + (1 - p) ** 2  # how often two entries that know nothing of each other agree
    agree = dropped[1:] == dropped[:-1]
    return bool(abs(agree.mean() - same) < 7 * np.sqrt(same * (1 - same) / agree.size))


@exercise.property("Neighbours in a row share their fate: every entry of a row is drawn by itself.")
def columns_differ(inputs, out):
    p, dropped = inputs["drop_prob"], (out == 0).T
    same = p * p + (1 - p) ** 2
    agree = dropped[1:] == dropped[:-1]
    return bool(abs(agree.mean() - same) < 7 * np.sqrt(same * (1 - same) / agree.size))


@exercise.property(
    "Every row lost the same number of entries: with chances that do not know of each other, the "
    "number varies."
)
def counts_vary(inputs, out):
    p, counts = inputs["drop_prob"], (out == 0).sum(axis=1)
    expected_spread = np.sqrt(out.shape[1] * p * (1 - p))
    return bool(counts.std() > 0.4 * expected_spread)


@exercise.property(
    "Two generators with the same seed must drop the same entries: take every random number from "
    "rng."
)
def same_seed_same_mask(inputs, output):
    outs, _ = output
    return np.array_equal(outs[0], outs[-1])


@exercise.property("Generators with different seeds dropped the same entries: let rng decide.")
def other_seed_other_mask(inputs, output):
    outs, _ = output
    return all(not np.array_equal(outs[0], other) for other in outs[1:-1])


@exercise.property(
    "A second pass with the same generator dropped the very same entries: draw anew every time."
)
def next_pass_other_mask(inputs, output):
    outs, second = output
    return not np.array_equal(outs[0], second)


@exercise.property(
    "The number of dropped entries is always the same; every entry is dropped by itself, so the "
    "number varies."
)
def totals_vary(inputs, output):
    totals = (output[0][:-1] == 0).sum(axis=(1, 2))
    return len(np.unique(totals)) > 1


@exercise.property(
    "Over many passes some entries were dropped far more often or less often than drop_prob says."
)
def each_as_often_as_asked(inputs, output):
    dropped, p = output[0][:-1] == 0, inputs["drop_prob"]
    return bool(abs(dropped.mean(axis=0) - p).max() < 7 * np.sqrt(p * (1 - p) / len(dropped)))


@exercise.property(
    "Over many passes some entries were dropped together, or in place of each other, too often: "
    "every entry is dropped by itself."
)
def no_two_together(inputs, output):
    dropped, p = (output[0][:-1] == 0).reshape(len(output[0]) - 1, -1), inputs["drop_prob"]
    together = (dropped - p).T @ (dropped - p) / (p * (1 - p) * len(dropped))
    np.fill_diagonal(together, 0.0)
    return bool(abs(together).max() < 7 / np.sqrt(len(dropped)))


@exercise.property("NumPy's global random numbers were used or changed; only rng may be.")
def global_numbers_untouched(inputs, output):
    return bool(output[1] == np.random.RandomState(inputs["seed"]).random_sample())


SCALES = (
    "something_dropped", "kept_have_grown", "kept_have_not_shrunk",
    "kept_are_not_divided_by_drop_prob", "kept_are_scaled",
)  # fmt: skip
EVERY_MASK = (
    *SCALES, "rows_differ", "columns_differ", "right_way_round", "as_many_as_asked", "counts_vary",
)  # fmt: skip


def draw_seed(rng: np.random.Generator) -> int:
    """A seed for the generator that a learner's function is handed."""
    return int(rng.integers(2**32))


def away_from_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of both signs, none of them near 0, so that a dropped entry can be told."""
    return rng.uniform(0.5, 3.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)


@exercise.cases
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


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    inputs = {
        "x": away_from_zero(rng, 4, 5), "drop_prob": 0.0, "training": True, "seed": draw_seed(rng),
    }  # fmt: skip
    yield Case("training, but a drop_prob of 0", inputs, scenario="one_pass", edge=True)
    for label, drop_prob in (("0, an int", 0), ("a tiny number", 1e-13)):
        inputs = {**inputs, "drop_prob": drop_prob}
        yield Case(f"training, drop_prob {label}", inputs, scenario="one_pass", edge=True)
    numpys = {**inputs, "x": away_from_zero(rng, 30, 40), "drop_prob": np.float64(0.3)}
    yield Case(
        "a drop_prob of NumPy's", numpys, scenario="one_pass", compare=False, edge=True,
        properties=EVERY_MASK,
    )  # fmt: skip
    sizes = rng.permutation([0.0, 0.0, 2e-12, -3e-12, 1.0, 1.0, 2e6, -3e6, 5.0]).reshape(3, 3)
    inputs = {"x": np.tile(sizes, (4, 1)), "drop_prob": 0.4, "training": True}
    yield Case(
        "numbers of all sizes", {**inputs, "seed": draw_seed(rng)}, scenario="one_pass",
        compare=False, edge=True, properties=("kept_are_scaled",),
    )  # fmt: skip
    inputs = {**inputs, "training": False, "seed": None}
    yield Case("numbers of all sizes, not training", inputs, scenario="one_pass", edge=True)
    inputs = {"x": away_from_zero(rng, 1, 1), "drop_prob": 0.3, "training": False, "seed": None}
    yield Case("a single number, not training", inputs, scenario="one_pass", edge=True)
    inputs = {"x": away_from_zero(rng, 9, 8), "drop_prob": 0.3, "seed": draw_seed(rng)}
    yield Case(
        "arrays in other memory layouts", inputs, scenario="in_other_layouts_once",
        compare=False, edge=True, properties=("kept_are_scaled_anywhere",),
    )  # fmt: skip
    for name, shape in (("a single row of numbers", (4000,)), ("images", (9, 8, 9, 3))):
        inputs = {
            "x": away_from_zero(rng, *shape), "drop_prob": float(rng.uniform(0.2, 0.4)),
            "training": True, "seed": draw_seed(rng),
        }  # fmt: skip
        held = (*SCALES, "as_many_as_asked")
        yield Case(
            name, inputs, scenario="one_pass", compare=False, edge=True,
            properties=held if len(shape) == 1 else (*held, "rows_differ"),
        )  # fmt: skip
    inputs = {"x": away_from_zero(rng, 3, 4, 2), "drop_prob": 0.9, "training": False, "seed": None}
    yield Case("images, not training", inputs, scenario="one_pass", edge=True)


exercise.wrong_ways(MISTAKES)
