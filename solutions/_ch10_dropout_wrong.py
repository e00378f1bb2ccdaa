"""Chapter 10, first part: what people write in place of dropout's two passes."""

from __future__ import annotations

import numpy as np

from solutions._ch10_dropout import chapter, dropout_backward, dropout_forward


@chapter.misconception(
    dropout_forward, "not-scaled",
    "Dropping makes what arrives at the next layer smaller on average, and nothing makes up for "
    "it: scale up the entries that stay.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = (rng.random(x.shape) >= drop_prob) if training else np.ones(x.shape)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "scaled-when-testing",
    "You scale down when not training. In inverted dropout all scaling happens in training, and "
    "testing leaves x alone.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    if not training:
        return x * (1 - drop_prob), None
    mask = rng.random(x.shape) >= drop_prob
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "keeps-instead",
    "You kept entries with probability drop_prob and dropped the others; it is the probability "
    "of being dropped.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = (rng.random(x.shape) < drop_prob) / drop_prob if training else np.ones(x.shape)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "keeps-instead-but-scales-well",
    "Your scaling is right, but the comparison is the wrong way round: as many entries stay as "
    "should have been dropped.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = (rng.random(x.shape) < drop_prob) / (1 - drop_prob) if training else np.ones(x.shape)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "divided-by-drop-prob",
    "You divided by the probability of being dropped; what makes up for the missing entries is "
    "the probability of staying.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = (rng.random(x.shape) >= drop_prob) / drop_prob if training else np.ones(x.shape)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "one-mask-for-all-rows",
    "You drew one mask and used it for every row; each example needs its own.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = np.ones(x.shape)
    if training:
        mask = mask * (rng.random(x.shape[-1]) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "whole-rows-dropped",
    "You dropped whole rows, which are whole examples; it is single entries that are dropped.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = np.ones(x.shape)
    if training:
        rows = rng.random((len(x),) + (1,) * (x.ndim - 1))
        mask = mask * (rows >= drop_prob) / (1 - drop_prob)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "an-exact-number",
    "You drop a fixed number of entries in random places; each entry should be dropped or kept "
    "by a chance of its own.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = np.ones(x.size)
    if training:
        mask[rng.permutation(x.size)[: round(drop_prob * x.size)]] = 0
        mask /= 1 - drop_prob
    return x * mask.reshape(x.shape), mask.reshape(x.shape)


@chapter.misconception(
    dropout_forward, "an-exact-number-per-row",
    "You drop the same number of entries in every row; each entry should be dropped or kept by a "
    "chance of its own.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = np.ones(x.shape)
    if training:
        row = np.arange(x.shape[-1]) >= round(drop_prob * x.shape[-1])
        mask = rng.permuted(mask * row, axis=-1) / (1 - drop_prob)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "a-generator-of-its-own",
    "Your random numbers come from elsewhere than rng, so no run can be repeated: draw from the "
    "generator that you are given.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = np.ones(x.shape)
    if training:
        mask = (np.random.default_rng().random(x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "global-random-numbers",
    "You drew from NumPy's global random numbers, which everybody shares; draw from the generator "
    "that you are given.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = np.ones(x.shape)
    if training:
        mask = (np.random.random_sample(x.shape) >= drop_prob) / (1 - drop_prob)  # noqa: NPY002
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "the-same-mask-every-time",
    "Every pass drops the same entries, whatever generator it is given: is one with a fixed seed "
    "made inside the function? Draw from the one that you are given.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = np.ones(x.shape)
    if training:
        mask = (np.random.default_rng(0).random(x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "drops-when-testing",
    "You drop entries although the network is not being trained: look at the argument training.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask


@chapter.misconception(
    dropout_forward, "writes-into-x",
    "You changed x itself; the layer before may still need it: make a new array.",
)  # fmt: skip
def _(x, drop_prob, training, rng):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
        x *= mask
    return x, mask


@chapter.misconception(
    dropout_backward, "no-mask",
    "You passed dout on as it is; what was dropped on the way there must be dropped on the way "
    "back.",
)  # fmt: skip
def _(dout, cache):
    return dout.copy()


@chapter.misconception(
    dropout_backward, "a-new-mask",
    "You drew a new mask; the gradient must go through the one of the forward pass, which is what "
    "the cache is for.",
)  # fmt: skip
def _(dout, cache):
    keep = min(1.0, 1.0 / cache.max())
    return dout * (np.random.default_rng().random(dout.shape) < keep) / keep


@chapter.misconception(
    dropout_backward, "not-scaled",
    "You zeroed the right entries but left the others unscaled; the forward pass multiplied them "
    "by a number, so the gradient is multiplied by it, too.",
)  # fmt: skip
def _(dout, cache):
    return dout * (cache > 0)


@chapter.misconception(
    dropout_backward, "divided",
    "You divided where the forward pass multiplied; the gradient of m * x towards x is m.",
)  # fmt: skip
def _(dout, cache):
    return np.divide(dout, cache, out=np.zeros(dout.shape), where=cache > 0)


@chapter.misconception(
    dropout_backward, "wrong-way-round",
    "You let the gradient through where entries were dropped and stopped it where they were kept.",
)  # fmt: skip
def _(dout, cache):
    return dout * (cache == 0) * cache.max()


def _kept_elsewhere():
    """A pair of passes that keep the mask of the latest forward pass outside the cache."""
    latest = {}

    def forward(x, drop_prob, training, rng):
        latest["mask"] = np.ones(x.shape)
        if training:
            latest["mask"] = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
        return x * latest["mask"], None

    def backward(dout, cache):
        return dout * latest["mask"]

    return forward, backward


_FORWARD, _BACKWARD = _kept_elsewhere()
chapter.misconception(
    dropout_backward, "mask-kept-elsewhere",
    "You keep the mask in one place outside the cache, where the next forward pass overwrites it: "
    "put it into the cache.",
    {"dropout_forward": _FORWARD},
)(_BACKWARD)  # fmt: skip


def _forward_with_out(x, drop_prob, training, rng):
    """A forward pass that keeps what came out in place of its mask."""
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, (x * mask, mask.max())


@chapter.misconception(
    dropout_backward, "mask-guessed-from-out",
    "You took every 0 in out for a dropped entry; where x itself is 0 that cannot be told from "
    "out: put the mask itself into the cache.",
    {"dropout_forward": _forward_with_out},
)  # fmt: skip
def _(dout, cache):
    out, scale = cache
    return dout * scale * (out != 0)
