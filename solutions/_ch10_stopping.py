"""Chapter 10, second part: curves to stop at, and how people stop at them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case
from solutions._ch10_dropout import chapter
from solutions._ch10_rates import early_stopping_epoch


def curve(rng: np.random.Generator, ranks: list[int]) -> np.ndarray:
    """Losses (E,) in the order that ranks give: 0 is the lowest; equal ranks are equal losses."""
    steps = rng.uniform(0.05, 0.4, size=max(ranks) + 1)
    return (0.5 + np.cumsum(steps))[ranks]


@chapter.cases(early_stopping_epoch)
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = np.array([2.1, 1.7, 1.5, 1.6, 1.4, 1.45, 1.5, 1.42, 1.3])
    yield Case("the worked example", {"val_losses": example, "patience": 3})
    falls = [7, 6, 5, 4, 3, 2, 1, 0]
    yield Case("still falling at the end", {"val_losses": curve(rng, falls), "patience": 2})
    later = [9, 8, 5, 7, 8, 9, 4, 6, 7, 8, 9, 2]
    yield Case("a lower loss after the stop", {"val_losses": curve(rng, later), "patience": 3})
    zigzag = [9, 8, 4, 7, 6, 8, 7, 3, 5, 6, 7, 1]
    yield Case("up and down after the best", {"val_losses": curve(rng, zigzag), "patience": 3})
    just = [9, 10, 11, 12, 7, 8, 9, 10, 3, 4, 5, 6, 7, 2]
    yield Case("improved just in time", {"val_losses": curve(rng, just), "patience": 4})
    rises = [8, 5, 2, 9, 7, 6, 3, 1, 0]
    yield Case("falling back from a peak", {"val_losses": curve(rng, rises), "patience": 4})
    equal = [5, 3, 1, 2, 1, 4, 5, 6, 0]
    inputs = {"val_losses": curve(rng, equal), "patience": 3}
    yield Case("the minimum reached again, not passed", inputs, edge=True)


@chapter.hidden_cases(early_stopping_epoch)
def _(rng: np.random.Generator) -> Iterator[Case]:
    negative = curve(rng, [6, 4, 1, 3, 2, 5, 0]) - 5.0
    yield Case("negative losses", {"val_losses": negative, "patience": 3}, edge=True)
    one = curve(rng, [4, 2, 3, 1, 0])
    yield Case("a patience of 1", {"val_losses": one, "patience": 1}, edge=True)
    worse = curve(rng, [1, 3, 2, 4, 0])
    yield Case("best at the very beginning", {"val_losses": worse, "patience": 3}, edge=True)
    longer = curve(rng, [4, 2, 3, 5, 1])
    yield Case("more patience than epochs", {"val_losses": longer, "patience": 30}, edge=True)
    hardly = curve(rng, [5, 2, 4, 2, 6, 7, 3])
    hardly[3] -= 1e-6
    yield Case("lower by very little", {"val_losses": hardly, "patience": 3}, edge=True)
    single = {"val_losses": curve(rng, [0]), "patience": 2}
    yield Case("a single epoch", single, edge=True)
    twice = curve(rng, [5, 3, 2, 4, 2, 3, 4, 6])
    yield Case("equal lowest losses", {"val_losses": twice, "patience": 9}, edge=True)


@chapter.misconception(
    early_stopping_epoch, "never-stops",
    "You looked for the lowest loss of all epochs; those after the stop were never trained.",
)  # fmt: skip
def _(val_losses, patience):
    return int(np.argmin(val_losses))


@chapter.misconception(
    early_stopping_epoch, "epoch-of-the-stop",
    "You gave the epoch at which training stops; the weights to keep are those of the best epoch "
    "before it.",
)  # fmt: skip
def _(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best == patience:
            return epoch
    return len(val_losses) - 1


@chapter.misconception(
    early_stopping_epoch, "against-the-epoch-before",
    "You compared each loss with the one before it; a new minimum is lower than all before it.",
)  # fmt: skip
def _(val_losses, patience):
    best, bad = 0, 0
    for epoch in range(1, len(val_losses)):
        bad = 0 if val_losses[epoch] < val_losses[epoch - 1] else bad + 1
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        if bad == patience:
            break
    return best


@chapter.misconception(
    early_stopping_epoch, "one-too-patient",
    "You waited one epoch longer than patience: with a patience of 1, the first epoch without a "
    "new minimum is the last.",
)  # fmt: skip
def _(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best > patience:
            break
    return best


@chapter.misconception(
    early_stopping_epoch, "one-too-impatient",
    "You stopped one epoch too soon: after patience - 1 epochs without a new minimum one more is "
    "trained, and that can still bring one.",
)  # fmt: skip
def _(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best >= patience - 1:
            break
    return best


@chapter.misconception(
    early_stopping_epoch, "never-counts-anew",
    "You counted all epochs without a new minimum; only those in a row count, so a new minimum "
    "sets the count back to 0.",
)  # fmt: skip
def _(val_losses, patience):
    best, bad = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        else:
            bad += 1
        if bad == patience:
            break
    return best


@chapter.misconception(
    early_stopping_epoch, "equal-counts-as-better",
    "You took a loss that equals the minimum for a new one; it must be lower.",
)  # fmt: skip
def _(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] <= val_losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best


@chapter.misconception(
    early_stopping_epoch, "highest-instead",
    "You stopped and chose as if higher were better; these are losses.",
)  # fmt: skip
def _(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] > val_losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best


@chapter.misconception(
    early_stopping_epoch, "counted-from-one",
    "You counted epochs from 1; an index counts from 0.",
)  # fmt: skip
def _(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best + 1


@chapter.misconception(
    early_stopping_epoch, "the-loss-itself",
    "You gave the lowest loss; what is asked for is the index of its epoch.",
)  # fmt: skip
def _(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return float(val_losses[best])


@chapter.variant(early_stopping_epoch, "a lowest loss and a count")
def _(val_losses, patience):
    lowest, kept, waited = float("inf"), -1, 0
    for epoch, loss in enumerate(val_losses):
        if loss < lowest:
            lowest, kept, waited = loss, epoch, 0
        else:
            waited += 1
        if waited >= patience:
            break
    return kept


@chapter.variant(early_stopping_epoch, "the end of the run first, then its lowest loss")
def _(val_losses, patience):
    minima = np.minimum.accumulate(val_losses)
    new = np.append(True, minima[1:] < minima[:-1])
    latest = np.maximum.accumulate(np.where(new, np.arange(len(new)), 0))
    stops = np.flatnonzero(np.arange(len(new)) - latest >= patience)
    end = stops[0] + 1 if len(stops) else len(new)
    return np.argmin(val_losses[:end])


@chapter.variant(early_stopping_epoch, "one window after the other")
def _(val_losses, patience):
    losses = list(val_losses)
    best = 0
    while True:
        window = losses[best + 1 : best + 1 + patience]
        lower = [i for i, loss in enumerate(window, best + 1) if loss < losses[best]]
        if not lower:
            return np.int32(best)
        best = lower[0]
