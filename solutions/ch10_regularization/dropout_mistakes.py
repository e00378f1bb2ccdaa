"""Mistakes in dropout_forward, each with its sentence: a table that it registers."""

from __future__ import annotations

from grader.exercises import Table

MISTAKES = Table("""
not-scaled: Dropping makes what arrives at the next layer smaller on average, and nothing makes up
for it: scale up the entries that stay.
    - (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    + rng.random(x.shape) >= drop_prob

scaled-when-testing: You scale down when not training. In inverted dropout all scaling happens in
training, and testing leaves x alone.
    - np.ones(x.shape)
    + np.full(x.shape, 1 - drop_prob)
    - (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    + rng.random(x.shape) >= drop_prob

keeps-instead: You kept entries with probability drop_prob and dropped the others; it is the
probability of being dropped.
    - >= drop_prob) / (1 - drop_prob)
    + < drop_prob) / drop_prob

keeps-instead-but-scales-well: Your scaling is right, but the comparison is the wrong way round: as
many entries stay as should have been dropped.
    - >=
    + <

divided-by-drop-prob: You divided by the probability of being dropped; what makes up for the missing
entries is the probability of staying.
    - >= drop_prob) / (1 - drop_prob)
    + >= drop_prob) / drop_prob

one-mask-for-all-rows: You drew one mask and used it for every row; each example needs its own.
    - (rng.random(x.shape) >=
    + mask * (rng.random(x.shape[-1]) >=

whole-rows-dropped: You dropped whole rows, which are whole examples; it is single entries that are
dropped.
    - (rng.random(x.shape) >=
    + mask * (rng.random((len(x),) + (1,) * (x.ndim - 1)) >=

an-exact-number: You drop a fixed number of entries in random places; each entry should be dropped
or kept by a chance of its own.
    - rng.random(x.shape) >= drop_prob
    + rng.permutation(x.size).reshape(x.shape) >= round(drop_prob * x.size)

an-exact-number-per-row: You drop the same number of entries in every row; each entry should be
dropped or kept by a chance of its own.
    - (rng.random(x.shape) >= drop_prob)
    + rng.permuted(mask * (np.arange(x.shape[-1]) >= round(drop_prob * x.shape[-1])), axis=-1)

a-generator-of-its-own: Your random numbers come from elsewhere than rng, so no run can be repeated:
draw from the generator that you are given.
    - rng.random
    + np.random.default_rng().random

global-random-numbers: You drew from NumPy's global random numbers, which everybody shares; draw
from the generator that you are given.
    - rng.random
    + np.random.random_sample

the-same-mask-every-time: Every pass drops the same entries, whatever generator it is given: is one
with a fixed seed made inside the function? Draw from the one that you are given.
    - rng.random
    + np.random.default_rng(0).random

drops-when-testing: You drop entries although the network is not being trained: look at the argument
training.
    return reference(x, drop_prob, True, rng)

writes-into-x: You changed x itself; the layer before may still need it: make a new array.
    - return x * mask, mask
    + x *= mask
    + return x, mask

multiplied-by-keep: You multiplied by the probability of staying; what makes up for the missing
entries is dividing by it.
    - (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    + (rng.random(x.shape) >= drop_prob) * (1 - drop_prob)

normal-numbers: You compare normal random numbers with drop_prob; of uniform ones (rng.random) just
that fraction lies below it.
    - rng.random(x.shape)
    + rng.normal(size=x.shape)

scaled-twice: The entries that stay have the wrong scale: divide each of them once by 1 - drop_prob,
whatever fraction has stayed by chance.
    - return x * mask, mask
    + return x * mask / (1 - drop_prob if training else 1.0), mask

the-same-columns-for-all-rows: You chose which columns to drop, and dropped them in every row; every
entry of every row is drawn by itself.
    if not training:
        return x * 1.0, np.ones(x.shape)
    mask = np.ones(x.shape)
    count = int(drop_prob * x.shape[-1])
    mask[..., rng.choice(x.shape[-1], count, replace=False)] = 0.0
    return x * mask / (1 - drop_prob), mask / (1 - drop_prob)

one-coin-for-all: You drew a single random number: all entries are kept, or all are dropped. Every
entry wants its own.
    - (rng.random(x.shape) >=
    + mask * (rng.random() >=

noise-for-dropping: You added noise to the entries; dropout sets some to 0.
    - return x * mask, mask
    + return x + (mask - 1 if training else 0.0), mask

scaled-in-testing-up: You scale up when not training. All scaling happens in training, and testing
leaves x alone.
    - np.ones(x.shape)
    + np.full(x.shape, 1 / (1 - drop_prob))

no-cache: Give back two things, (out, cache): without a cache dropout_backward cannot work.
    return reference(x, drop_prob, training, rng)[0]

rng-asked-for-in-testing: When not training your function asks rng for numbers, and rng may be None
then: look at training first.
    coins = rng.random(x.shape)
    mask = (coins >= drop_prob) / (1 - drop_prob) if training else np.ones(x.shape)
    return x * mask, mask

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    - return x * mask, mask
    + return (x * mask).astype(np.float32).astype(np.float64), mask

scaled-when-testing-as-well: You scale up in training, which is right, and down when not training as
well: testing leaves x alone.
    - np.ones(x.shape)
    + np.full(x.shape, 1 - drop_prob)
""")
