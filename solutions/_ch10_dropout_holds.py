"""Chapter 10, first part: what must hold of every mask that dropout draws, there and back."""

from __future__ import annotations

import numpy as np

from solutions._ch10_dropout import chapter, dropout_backward, dropout_forward


@chapter.property(
    dropout_forward,
    "An entry of out must be 0, or the entry of x divided by 1 - drop_prob.",
)  # fmt: skip
def kept_are_scaled(inputs, out):
    x, keep = inputs["x"], 1 - inputs["drop_prob"]
    out = out[0] if isinstance(out, (tuple, list)) else out
    return bool(np.all((out == 0) | (abs(out * keep - x) <= 1e-9 * abs(x))))


@chapter.property(dropout_forward, "In training, not a single entry was dropped.")
def something_dropped(inputs, out):
    out = out[0] if isinstance(out, (tuple, list)) else out
    return bool(np.any(out == 0))


@chapter.property(
    dropout_forward,
    "The entries that stayed are as they were: where some are missing, the others must make up "
    "for them.",
)  # fmt: skip
def kept_have_grown(inputs, out):
    x = np.broadcast_to(inputs["x"], out.shape)
    kept = out != 0
    return not (kept.any() and np.allclose(out[kept], x[kept], rtol=1e-9))


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
    "Entries that were kept get less than dout, but the forward pass made them larger.",
)  # fmt: skip
def kept_do_not_shrink(inputs, output):
    out, dx = output
    kept = out != 0
    return not np.all(abs(dx[kept]) < (1 - 1e-9) * abs(inputs["dout"][kept]))


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
