"""step_decay: a learning rate that falls in steps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition

exercise = ExerciseDefinition(points=1)


@exercise.reference
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


def draw_steps(rng: np.random.Generator, epoch: int, every: int) -> dict[str, float | int]:
    """Rate and factor of ordinary size for an epoch."""
    rate, drop = rng.uniform(0.01, 0.5), rng.uniform(0.3, 0.9)
    return {"base_rate": float(rate), "epoch": epoch, "drop": float(drop), "every": every}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {"base_rate": 0.1, "epoch": 12, "drop": 0.5, "every": 5}
    yield Case("epoch 12 of the worked example", example)
    every = int(rng.choice([4, 6, 7]))  # not 5, as in the example
    yield Case("in the first step", draw_steps(rng, every - 2, every))
    yield Case("in the third step", draw_steps(rng, 2 * every + 1, every))
    yield Case("the last epoch of a step", draw_steps(rng, 2 * every - 1, every))
    yield Case("the first epoch of a step", draw_steps(rng, 3 * every, every))
    yield Case("epoch 0", draw_steps(rng, 0, every), edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a step every epoch", draw_steps(rng, 4, 1), edge=True)
    growing = {**draw_steps(rng, 7, 3), "drop": 1.25}
    yield Case("a factor above 1", growing, edge=True)
    yield Case("a late epoch", draw_steps(rng, 41, 8), edge=True)
    small = {**draw_steps(rng, 13, 6), "base_rate": float(rng.uniform(1e-3, 2e-3))}
    yield Case("a small rate", small, edge=True)
    for label, more in (
        ("a rate of 0", {"base_rate": 0.0}),
        ("a rate of 1, an int", {"base_rate": 1}),
        ("a tiny rate", {"base_rate": 3e-12}),
        ("a huge rate", {"base_rate": 4e6}),
        ("a factor of 0", {"drop": 0.0}),
        ("a factor of 1, an int", {"drop": 1}),
        ("a tiny factor", {"drop": 1e-10}),
        ("a huge factor", {"drop": 1e3}),
        ("NumPy's numbers", {"base_rate": np.float64(0.3), "drop": np.float64(0.7)}),
        ("NumPy's integers", {"epoch": np.int64(13), "every": np.int64(6)}),
        ("epoch 1", {"epoch": 1}),
        ("a very late epoch", {"epoch": 1000, "every": 300}),
    ):
        edge = {**draw_steps(rng, 13, 6), **more}
        yield Case(label, edge, edge=True, atol=0.0)


exercise.wrong_ways("""
a-little-every-epoch: Your rate falls a little with every epoch; between two drops it should stay
where it is.
    - epoch // every
    + epoch / every

dropped-once: Your rate drops once and never again; it drops once more after every further step.
    - epoch // every
    + epoch >= every

an-epoch-early: Your rate drops one epoch too early: a step is full after `every` epochs, and they
are counted from 0.
    - epoch // every
    + (epoch + 1) // every

an-epoch-late: Your rate drops one epoch too late: with steps of 5, epoch 5 is the first of the
second step.
    - epoch // every
    + max(epoch - 1, 0) // every

drop-every-epoch: You multiplied once per epoch; it should be once per `every` epochs.
    - epoch // every
    + epoch

subtracted: You took the drops off the rate one after the other; a drop multiplies.
    return base_rate * (1 - (1 - drop) * (epoch // every))

drop-taken-away: You multiplied by 1 - drop; drop itself is the factor.
    - drop **
    + (1 - drop) **

one-drop-too-many: Your rate has dropped once already in epoch 0: the first drop comes after `every`
epochs.
    - epoch // every
    + (epoch // every + 1)

remainder: You took the remainder (`%`); how many full steps have passed is the whole part of the
quotient (`//`).
    - epoch // every
    + epoch % every

only-at-the-boundary: Your rate drops in the epochs in which a step begins, and is back at base_rate
in the next: it stays down.
    return base_rate * drop if epoch > 0 and epoch % every == 0 else base_rate

times-the-count: You multiplied by drop times the number of drops; each drop multiplies what the
last one has left, so they make a power.
    return base_rate * (drop * (epoch // every) if epoch >= every else 1.0)

divided-by-drop: You divided by drop; it is the factor that the rate is multiplied by.
    - base_rate * drop
    + base_rate / drop

rounded-up: You rounded the number of steps to the nearest; only full steps count (`//`).
    - epoch // every
    + round(epoch / every)

counted-up: You rounded the number of steps up; only full steps count (`//`).
    - epoch // every
    + int(np.ceil(epoch / every))

factor-alone: You gave the factor; the rate is base_rate times that.
    - base_rate * drop
    + drop

exponential: Your rate falls by e to a power; each full step multiplies it by drop.
    return base_rate * np.exp(-drop * (epoch // every))

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    return float(np.float32(base_rate) * np.float32(drop) ** np.float32(epoch // every))

drop-subtracted: You took drop off the rate, once for each drop; drop is a factor, so it multiplies.
    return base_rate - drop * (epoch // every)

counted-drops-from-epoch-0: You multiplied by drop times the number of drops, which is 0 at first;
each drop multiplies what the last one has left, so they make a power.
    return base_rate * drop * (epoch // every)

every-and-drop-swapped: You swapped drop and every: drop is the factor, every is how long a step is.
    return base_rate * every ** (epoch // drop)
""")
