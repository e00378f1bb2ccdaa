"""cosine_decay: a learning rate that falls along half a cosine wave."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=1)


@exercise.reference
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


def draw_cosine(rng: np.random.Generator, epoch: int, num_epochs: int) -> dict[str, float | int]:
    """A rate of ordinary size for an epoch."""
    rate = float(rng.uniform(0.01, 0.5))
    return {"base_rate": rate, "epoch": epoch, "num_epochs": num_epochs}


@exercise.cases
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


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("far beyond the end", draw_cosine(rng, 64, 32), edge=True)
    yield Case("a single epoch", draw_cosine(rng, 1, 1), edge=True)
    yield Case("a large rate", {**draw_cosine(rng, 7, 12), "base_rate": 40.0}, edge=True)
    for label, more in (
        ("a rate of 0", {"base_rate": 0.0}),
        ("a rate of 1, an int", {"base_rate": 1}),
        ("a huge rate", {"base_rate": 4e6}),
        ("NumPy's numbers", {"base_rate": np.float64(0.3), "epoch": np.int64(5)}),
        ("a long run", {"epoch": 400, "num_epochs": np.int64(1000)}),
        ("epoch 1", {"epoch": 1}),
    ):
        yield Case(label, {**draw_cosine(rng, 7, 12), **more}, edge=True)
    tiny = {**draw_cosine(rng, 7, 12), "base_rate": 3e-10}
    yield Case("a tiny rate", tiny, edge=True, atol=0.0)


exercise.wrong_ways("""
rises-again: A cosine rises again beyond the end of your run; there the rate stays 0.
    - min(epoch / num_epochs, 1.0)
    + epoch / num_epochs

below-zero: Your rate becomes negative in the second half, and training would climb: a cosine runs
from 1 to -1, so shift it up before you scale it.
    - (1 + np.cos(np.pi * progress)) / 2
    + np.cos(np.pi * progress)

whole-wave: Your rate falls to 0 half-way and rises again: the run covers half a wave, from 0 to pi.
    - np.pi
    + 2 * np.pi

quarter-wave: Your rate falls along a quarter of a wave, which is flat at one end only; the formula
takes half a wave.
    - (1 + np.cos(np.pi * progress)) / 2
    + np.cos(np.pi / 2 * progress)

not-halved: Your rate starts at twice base_rate: 1 + cos(0) is 2.
    - progress)) / 2
    + progress))

ends-an-epoch-early: Your rate reaches 0 one epoch too early: it is 0 at num_epochs, not at
num_epochs - 1.
    - min(epoch / num_epochs
    + min(epoch / max(num_epochs - 1, 1)

never-at-the-end: Your rate stays where it was an epoch before num_epochs; at num_epochs and after
it the rate is 0.
    - min(epoch / num_epochs, 1.0)
    + min(epoch, num_epochs - 1) / num_epochs

degrees: np.cos takes radians: half a wave is pi, not 180.
    - np.pi
    + 180

back-to-the-start: Beyond num_epochs your rate is base_rate again; it is 0 there.
    return base_rate if epoch > num_epochs else reference(base_rate, epoch, num_epochs)

no-pi: Your rate hardly falls: half a wave is pi, and you left it out.
    - np.pi * progress
    + progress

sine: That is a sine, which begins at 0; a cosine begins at 1.
    - np.cos
    + np.sin

straight-line: Your rate falls along a straight line; half a cosine wave is flat at both ends.
    return base_rate * (1 - min(epoch / num_epochs, 1.0))

rises: Your rate rises from 0 to base_rate: 1 + cos falls, 1 - cos rises.
    - (1 + np.cos
    + (1 - np.cos

one-for-one-half: You halved the cosine alone, so the rate begins at one and a half times base_rate:
the 1 is halved as well.
    - (1 + np.cos(np.pi * progress)) / 2
    + (1 + np.cos(np.pi * progress) / 2)

remainder: Your schedule starts again after num_epochs (`%` does that); there the rate stays 0.
    - min(epoch / num_epochs, 1.0)
    + epoch % num_epochs / num_epochs

remainder-beyond-the-end: Your schedule starts again beyond num_epochs; there the rate stays 0.
    - min(epoch / num_epochs, 1.0)
    + (epoch % num_epochs if epoch != num_epochs else epoch) / num_epochs

whole-division: `//` cuts the progress to 0 or 1; divide by `/`.
    - min(epoch / num_epochs
    + min(epoch // num_epochs

below-a-floor: Your rate does not reach 0: nothing is added at the end.
    - (1 + np.cos(np.pi * progress)) / 2
    + (1.001 + 0.999 * np.cos(np.pi * progress)) / 2

epoch-counted-from-1: Your rate is one epoch ahead: epochs are counted from 0, and epoch 0 has
base_rate.
    - min(epoch / num_epochs
    + min((epoch + 1) / num_epochs

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    return float(np.float32(reference(base_rate, epoch, num_epochs)))

whole-wave-then-nothing: Your rate falls to 0 half-way and rises again: the run covers half a wave,
from 0 to pi.
    progress = epoch / num_epochs
    return base_rate * (1 + np.cos(2 * np.pi * progress)) / 2 if epoch < num_epochs else 0.0

whole-wave-to-the-end: Your rate falls to 0 half-way and rises again: the run covers half a wave,
from 0 to pi.
    progress = epoch / num_epochs
    return base_rate * (1 + np.cos(2 * np.pi * progress)) / 2 if epoch <= num_epochs else 0.0

no-pi-then-nothing: Your rate hardly falls before the end: half a wave is pi, and you left it out.
    return base_rate * (1 + np.cos(epoch / num_epochs)) / 2 if epoch < num_epochs else 0.0

no-pi-to-the-end: Your rate hardly falls before the end: half a wave is pi, and you left it out.
    return base_rate * (1 + np.cos(epoch / num_epochs)) / 2 if epoch <= num_epochs else 0.0

degrees-then-nothing: np.cos takes radians: half a wave is pi, not 180.
    return base_rate * (1 + np.cos(180 * epoch / num_epochs)) / 2 if epoch < num_epochs else 0.0

degrees-to-the-end: np.cos takes radians: half a wave is pi, not 180.
    return base_rate * (1 + np.cos(180 * epoch / num_epochs)) / 2 if epoch <= num_epochs else 0.0

sine-then-nothing: That is a sine, which begins at 0; a cosine begins at 1.
    return base_rate * (1 + np.sin(np.pi * epoch / num_epochs)) / 2 if epoch < num_epochs else 0.0

sine-to-the-end: That is a sine, which begins at 0; a cosine begins at 1.
    return base_rate * (1 + np.sin(np.pi * epoch / num_epochs)) / 2 if epoch <= num_epochs else 0.0

rises-then-nothing: Your rate rises from 0 to base_rate: 1 + cos falls, 1 - cos rises.
    return base_rate * (1 - np.cos(np.pi * epoch / num_epochs)) / 2 if epoch < num_epochs else 0.0

rises-to-the-end: Your rate rises from 0 to base_rate: 1 + cos falls, 1 - cos rises.
    return base_rate * (1 - np.cos(np.pi * epoch / num_epochs)) / 2 if epoch <= num_epochs else 0.0

one-for-one-half-then-nothing: You halved the cosine alone, so the rate begins at one and a half
times base_rate: the 1 is halved as well.
    progress = epoch / num_epochs
    return base_rate * (1 + np.cos(np.pi * progress) / 2) if epoch < num_epochs else 0.0

one-for-one-half-to-the-end: You halved the cosine alone, so the rate begins at one and a half times
base_rate: the 1 is halved as well.
    progress = epoch / num_epochs
    return base_rate * (1 + np.cos(np.pi * progress) / 2) if epoch <= num_epochs else 0.0

ends-an-epoch-early-and-rises: Your rate reaches 0 one epoch too early: it is 0 at num_epochs, not
at num_epochs - 1.
    progress = epoch / max(num_epochs - 1, 1)
    return base_rate * (1 + np.cos(np.pi * progress)) / 2 if epoch <= num_epochs else 0.0
""")
