"""early_stopping_epoch: the epoch whose weights early stopping keeps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=2)


@exercise.reference
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


def curve(rng: np.random.Generator, ranks: list[int]) -> np.ndarray:
    """Losses (E,) in the order that ranks give: 0 is the lowest; equal ranks are equal losses."""
    steps = rng.uniform(0.05, 0.4, size=max(ranks) + 1)
    return (0.5 + np.cumsum(steps))[ranks]


def ranks_of(moves: str) -> list[int]:
    """Ranks of a first loss and one for each move: N a new lowest one, U up from the one before,
    D down from it and not as far as the lowest."""
    heights, lowest = [0.0], 0.0
    for move in moves:
        if move == "N":
            lowest -= 1
            heights.append(lowest)
        else:
            last = heights[-1]
            heights.append(last + 0.4 if move == "U" else (last + lowest) / 2)
    return [int(rank) for rank in np.unique(heights, return_inverse=True)[1]]


@exercise.scenario()
def of_a_window(early_stopping_epoch, val_losses, patience):
    """For a read-only window onto a longer array, twice, and for the losses in reverse."""
    longer = np.repeat(val_losses, 2) + np.tile([0.0, -9.0], len(val_losses))
    window = longer[::2]
    window.flags.writeable = False
    backwards = longer[::-2] + 9.0
    given = (window, window, backwards)
    return [early_stopping_epoch(losses, patience) for losses in given]


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = np.array([2.1, 1.7, 1.5, 1.6, 1.4, 1.45, 1.5, 1.42, 1.3])
    yield Case("the worked example", {"val_losses": example, "patience": 3})
    # How long each part is differs from key to key, so no answer follows from another key's.
    n = [int(k) for k in rng.integers(2, 13, size=4)]
    p = [int(k) for k in rng.integers(3, 7, size=5)]
    shapes = {
        "still falling at the end": "N" * (n[0] + 4),
        "a lower loss after the stop": "N" * n[1] + "U" * p[1] + "NUUN",
        "up and down after the best": "N" * n[2] + ("UD" * p[2])[: p[2] + 1] + "NUUN",
        "improved just in time": ("U" * (p[3] - 1) + "N") * int(rng.integers(2, 6))
        + "U" * p[3]
        + "UN",
        "falling back from a peak": "N" * n[3] + "U" + "D" * (p[4] - 1) + "NN",
    }
    for (label, moves), patience in zip(shapes.items(), p, strict=True):
        yield Case(label, {"val_losses": curve(rng, ranks_of(moves)), "patience": patience})
    equal = [5, 3, 1, 2, 1, 4, 5, 6, 0]
    inputs = {"val_losses": curve(rng, equal), "patience": 3}
    yield Case("the minimum reached again, not passed", inputs, edge=True)
    ends = curve(rng, [6, 2, 4, 3])
    yield Case("over before patience is", {"val_losses": ends, "patience": 5}, edge=True)
    hardly = curve(rng, [5, 2, 4, 2, 6, 7, 3])
    hardly[3] -= 1e-9
    yield Case("lower by very little", {"val_losses": hardly, "patience": 3}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    negative = curve(rng, [6, 4, 1, 3, 2, 5, 0]) - 5.0
    yield Case("negative losses", {"val_losses": negative, "patience": 3}, edge=True)
    one = curve(rng, [4, 2, 3, 1, 0])
    yield Case("a patience of 1", {"val_losses": one, "patience": 1}, edge=True)
    worse = curve(rng, [1, 3, 2, 4, 0])
    yield Case("best at the very beginning", {"val_losses": worse, "patience": 3}, edge=True)
    longer = curve(rng, [4, 2, 3, 5, 1])
    yield Case("more patience than epochs", {"val_losses": longer, "patience": 30}, edge=True)
    single = {"val_losses": curve(rng, [0]), "patience": 2}
    yield Case("a single epoch", single, edge=True)
    twice = curve(rng, [5, 3, 2, 4, 2, 3, 4, 6])
    yield Case("equal lowest losses", {"val_losses": twice, "patience": 9}, edge=True)
    short = curve(rng, [3, 1, 2])
    yield Case("a very long patience", {"val_losses": short, "patience": 1000}, edge=True)
    sizes = np.array([3e9, 2e6, 1.0, 2e-12, 3e-12, 1e-12, 0.0, 0.0, -1e-12, -3e5, 7.0, -2e9])
    yield Case("losses of all sizes", {"val_losses": sizes, "patience": np.int64(2)}, edge=True)
    level = np.full(6, rng.uniform(0.5, 1.5))
    yield Case("losses that are all equal", {"val_losses": level, "patience": 2}, edge=True)
    losses = curve(rng, [6, 4, 1, 3, 2, 5, 0, 7])
    inputs = {"val_losses": losses, "patience": 3}
    yield Case("windows onto longer arrays", inputs, scenario="of_a_window", edge=True)


exercise.wrong_ways("""
never-stops: You looked for the lowest loss of all epochs; those after the stop were never trained.
    return int(np.argmin(val_losses))

epoch-of-the-stop: You gave the epoch at which training stops; the weights to keep are those of the
best epoch before it.
    - break
    + return epoch
    - return best
    + return len(val_losses) - 1

against-the-epoch-before: You compared each loss with the one before it; a new minimum is lower than
all before it.
    best, bad = 0, 0
    for epoch in range(1, len(val_losses)):
        bad = 0 if val_losses[epoch] < val_losses[epoch - 1] else bad + 1
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        if bad == patience:
            break
    return best

one-too-patient: You waited one epoch longer than patience: with a patience of 1, the first epoch
without a new minimum is the last.
    - == patience
    + > patience

one-too-impatient: You stopped one epoch too soon: after patience - 1 epochs without a new minimum
one more is trained, and that can still bring one.
    - == patience
    + >= patience - 1

never-counts-anew: You counted all epochs without a new minimum; only those in a row count, so a new
minimum sets the count back to 0.
    best, bad = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        else:
            bad += 1
        if bad == patience:
            break
    return best

equal-counts-as-better: You took a loss that equals the minimum for a new one; it must be lower, so
of equal ones the first is kept.
    - <
    + <=

highest-instead: You stopped and chose as if higher were better; these are losses.
    - <
    + >

counted-from-one: You counted epochs from 1; an index counts from 0.
    - return best
    + return best + 1

the-loss-itself: You gave the lowest loss; what is asked for is the index of its epoch.
    - return best
    + return float(val_losses[best])

stop-minus-patience: You went back `patience` epochs from the last one; that is the best one only
where training was stopped, not where the losses ended first.
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best == patience:
            return epoch - patience
    return len(val_losses) - 1 - patience

last-epoch-if-never-stopped: Where training is not stopped you keep the last epoch; the weights to
keep are those of the best one all the same.
    - return best
    + return best if epoch - best == patience else len(val_losses) - 1
    - best = 0
    + best = epoch = 0

first-rise: You stopped at the first loss that is not lower; training goes on for `patience` epochs.
    - epoch - best == patience
    + True

best-within-the-window: You look for the lowest of the last `patience` epochs; it is the lowest of
all up to the stop.
    for epoch in range(patience, len(val_losses)):
        start = epoch - patience + 1
        if min(val_losses[start : epoch + 1]) >= min(val_losses[:start]):
            return start + int(np.argmin(val_losses[start : epoch + 1]))
    return int(np.argmin(val_losses))

a-smallest-improvement: You want a new minimum to be lower by some amount; any lower loss is one.
    - val_losses[epoch] < val_losses[best]
    + val_losses[epoch] < val_losses[best] - 1e-3
""")
