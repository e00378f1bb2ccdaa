"""Chapter 10, second part: learning rates that shrink, and when to stop."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch10_dropout import chapter


@chapter.exercise(points=1)
def step_decay(base_rate: float, epoch: int, drop: float, every: int) -> float:
    """Learning rate that falls in steps.

    Args:
        base_rate: learning rate of epoch 0.
        epoch: number of the epoch, 0, 1, 2, ...
        drop: factor by which the rate is multiplied, once per `every` full epochs.
        every: length of a step in epochs, 1 or more.

    Returns:
        The learning rate of that epoch, a float.
    """
    return base_rate * drop ** (epoch // every)


@chapter.exercise(points=1)
def cosine_decay(base_rate: float, epoch: int, num_epochs: int) -> float:
    """Learning rate that falls along half a cosine wave, slowly at both ends.

    Args:
        base_rate: learning rate of epoch 0.
        epoch: number of the epoch, 0, 1, 2, ...; may be larger than num_epochs.
        num_epochs: epoch at which the rate reaches 0, 1 or more.

    Returns:
        base_rate * (1 + cos(pi * epoch / num_epochs)) / 2, and 0 beyond num_epochs, a float.

    Source: Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts.
    """
    progress = min(epoch / num_epochs, 1.0)
    return base_rate * (1 + np.cos(np.pi * progress)) / 2


@chapter.exercise(points=2)
def early_stopping_epoch(val_losses: np.ndarray, patience: int) -> int:
    """Find the epoch whose weights early stopping keeps.

    Training stops after `patience` epochs in a row of which none was a new minimum (lower than
    every loss before it; equal is not lower), or at the end of val_losses. What comes after that
    has never been trained.

    Args:
        val_losses: (E,) float64 validation losses, one per epoch, all finite, E >= 1.
        patience: 1 or more.

    Returns:
        Index, from 0, of the lowest loss up to the stop; of equal ones the first.
    """
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best


# --- cases ----------------------------------------------------------------------------------------


def draw_steps(rng: np.random.Generator, epoch: int, every: int) -> dict[str, float | int]:
    """Rate and factor of ordinary size for an epoch."""
    rate, drop = rng.uniform(0.01, 0.5), rng.uniform(0.3, 0.9)
    return {"base_rate": float(rate), "epoch": epoch, "drop": float(drop), "every": every}


@chapter.cases(step_decay)
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {"base_rate": 0.1, "epoch": 12, "drop": 0.5, "every": 5}
    yield Case("epoch 12 of the worked example", example)
    every = int(rng.choice([4, 6, 7]))  # not 5, as in the example
    yield Case("in the first step", draw_steps(rng, every - 2, every))
    yield Case("in the third step", draw_steps(rng, 2 * every + 1, every))
    yield Case("the last epoch of a step", draw_steps(rng, 2 * every - 1, every))
    yield Case("the first epoch of a step", draw_steps(rng, 3 * every, every))
    yield Case("epoch 0", draw_steps(rng, 0, every), edge=True)


@chapter.hidden_cases(step_decay)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a step every epoch", draw_steps(rng, 4, 1), edge=True)
    growing = {**draw_steps(rng, 7, 3), "drop": 1.25}
    yield Case("a factor above 1", growing, edge=True)
    yield Case("a late epoch", draw_steps(rng, 41, 8), edge=True)
    small = {**draw_steps(rng, 13, 6), "base_rate": float(rng.uniform(1e-3, 2e-3))}
    yield Case("a small rate", small, edge=True)


@chapter.misconception(
    step_decay, "a-little-every-epoch",
    "Your rate falls a little with every epoch; between two drops it should stay where it is.",
)  # fmt: skip
def _(base_rate, epoch, drop, every):
    return base_rate * drop ** (epoch / every)


@chapter.misconception(
    step_decay, "dropped-once",
    "Your rate drops once and never again; it drops once more after every further step.",
)  # fmt: skip
def _(base_rate, epoch, drop, every):
    return base_rate * drop if epoch >= every else base_rate


@chapter.misconception(
    step_decay, "an-epoch-early",
    "Your rate drops one epoch too early: a step is full after `every` epochs, and they are "
    "counted from 0.",
)  # fmt: skip
def _(base_rate, epoch, drop, every):
    return base_rate * drop ** ((epoch + 1) // every)


@chapter.misconception(
    step_decay, "an-epoch-late",
    "Your rate drops one epoch too late: with steps of 5, epoch 5 is the first of the second step.",
)  # fmt: skip
def _(base_rate, epoch, drop, every):
    return base_rate * drop ** (max(epoch - 1, 0) // every)


@chapter.misconception(
    step_decay, "drop-every-epoch",
    "You multiplied once per epoch; it should be once per `every` epochs.",
)  # fmt: skip
def _(base_rate, epoch, drop, every):
    return base_rate * drop**epoch


@chapter.misconception(
    step_decay, "subtracted",
    "You took the drops off the rate one after the other; a drop multiplies.",
)  # fmt: skip
def _(base_rate, epoch, drop, every):
    return base_rate * (1 - (1 - drop) * (epoch // every))


@chapter.misconception(
    step_decay, "drop-taken-away",
    "You multiplied by 1 - drop; drop itself is the factor.",
)  # fmt: skip
def _(base_rate, epoch, drop, every):
    return base_rate * (1 - drop) ** (epoch // every)


@chapter.variant(step_decay, "multiplied step by step")
def _(base_rate, epoch, drop, every):
    rate = base_rate
    for passed in range(1, epoch + 1):
        if passed % every == 0:
            rate *= drop
    return rate


@chapter.variant(step_decay, "by NumPy")
def _(base_rate, epoch, drop, every):
    return np.float64(base_rate) * np.power(drop, np.floor(epoch / every))


@chapter.variant(step_decay, "itself one step earlier")
def _(base_rate, epoch, drop, every):
    def rate(e):
        return base_rate if e < every else drop * rate(e - every)

    return np.array(rate(epoch))


def draw_cosine(rng: np.random.Generator, epoch: int, num_epochs: int) -> dict[str, float | int]:
    """A rate of ordinary size for an epoch."""
    rate = float(rng.uniform(0.01, 0.5))
    return {"base_rate": rate, "epoch": epoch, "num_epochs": num_epochs}


@chapter.cases(cosine_decay)
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {"base_rate": 0.1, "epoch": 10, "num_epochs": 30}
    yield Case("epoch 10 of the worked example", example)
    total = int(rng.integers(20, 50))
    yield Case("early", draw_cosine(rng, int(rng.integers(2, 8)), total))
    yield Case("late", draw_cosine(rng, total - int(rng.integers(2, 8)), total))
    yield Case("epoch 0", draw_cosine(rng, 0, total), edge=True)
    yield Case("one before the last", draw_cosine(rng, total - 1, total), edge=True)
    yield Case("the last one", draw_cosine(rng, total, total), edge=True)
    yield Case(
        "beyond the end", draw_cosine(rng, total + int(rng.integers(3, 9)), total), edge=True
    )


@chapter.hidden_cases(cosine_decay)
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("far beyond the end", draw_cosine(rng, 64, 32), edge=True)
    yield Case("a single epoch", draw_cosine(rng, 1, 1), edge=True)
    yield Case("a large rate", {**draw_cosine(rng, 7, 12), "base_rate": 40.0}, edge=True)


@chapter.misconception(
    cosine_decay, "rises-again",
    "A cosine rises again beyond the end of your run; there the rate stays 0.",
)  # fmt: skip
def _(base_rate, epoch, num_epochs):
    return base_rate * (1 + np.cos(np.pi * epoch / num_epochs)) / 2


@chapter.misconception(
    cosine_decay, "below-zero",
    "Your rate becomes negative in the second half, and training would climb: a cosine runs from "
    "1 to -1, so shift it up before you scale it.",
)  # fmt: skip
def _(base_rate, epoch, num_epochs):
    return base_rate * np.cos(np.pi * min(epoch / num_epochs, 1.0))


@chapter.misconception(
    cosine_decay, "whole-wave",
    "Your rate falls to 0 half-way and rises again: the run covers half a wave, from 0 to pi.",
)  # fmt: skip
def _(base_rate, epoch, num_epochs):
    return base_rate * (1 + np.cos(2 * np.pi * min(epoch / num_epochs, 1.0))) / 2


@chapter.misconception(
    cosine_decay, "quarter-wave",
    "Your rate falls along a quarter of a wave, which is flat at one end only; the formula takes "
    "half a wave.",
)  # fmt: skip
def _(base_rate, epoch, num_epochs):
    return base_rate * np.cos(np.pi / 2 * min(epoch / num_epochs, 1.0))


@chapter.misconception(
    cosine_decay, "not-halved",
    "Your rate starts at twice base_rate: 1 + cos(0) is 2.",
)  # fmt: skip
def _(base_rate, epoch, num_epochs):
    return base_rate * (1 + np.cos(np.pi * min(epoch / num_epochs, 1.0)))


@chapter.misconception(
    cosine_decay, "ends-an-epoch-early",
    "Your rate reaches 0 one epoch too early: it is 0 at num_epochs, not at num_epochs - 1.",
)  # fmt: skip
def _(base_rate, epoch, num_epochs):
    progress = min(epoch / max(num_epochs - 1, 1), 1.0)
    return base_rate * (1 + np.cos(np.pi * progress)) / 2


@chapter.misconception(
    cosine_decay, "degrees",
    "np.cos takes radians: half a wave is pi, not 180.",
)  # fmt: skip
def _(base_rate, epoch, num_epochs):
    return base_rate * (1 + np.cos(180 * min(epoch / num_epochs, 1.0))) / 2


@chapter.variant(cosine_decay, "a condition, and Python's own mathematics")
def _(base_rate, epoch, num_epochs):
    import math

    if epoch > num_epochs:
        return 0
    return 0.5 * base_rate * (1 + math.cos(math.pi * epoch / num_epochs))


@chapter.variant(cosine_decay, "a squared cosine of half the angle")
def _(base_rate, epoch, num_epochs):
    angle = np.clip(epoch / num_epochs, 0, 1) * np.pi / 2
    return base_rate * np.square(np.cos(angle))


@chapter.variant(cosine_decay, "a real part, as a 0-d array")
def _(base_rate, epoch, num_epochs):
    wave = np.exp(1j * np.pi * epoch / num_epochs).real
    return np.where(epoch <= num_epochs, base_rate / 2 + base_rate * wave / 2, 0.0)
