"""Answers to chapter 10: two learning rates by the epoch, and where to stop."""

import cmath
import math
from collections import deque
from functools import reduce
from itertools import accumulate, repeat, takewhile

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("step_decay", "a power of the full steps")
def _(base_rate, epoch, drop, every):
    return base_rate * drop ** (epoch // every)


@right("step_decay", "a loop over the epochs")
def _(base_rate: float, epoch: int, drop: float, every: int) -> float:
    rate = base_rate
    for e in range(1, epoch + 1):
        if e % every == 0:
            rate *= drop
    return rate


@right("step_decay", "recursion")
def decay(base_rate, epoch, drop, every):
    return base_rate if epoch < every else drop * decay(base_rate, epoch - every, drop, every)


@right("step_decay", "reduce over repeats")
def _(base_rate, epoch, drop, every):
    return reduce(lambda a, b: a * b, repeat(drop, epoch // every), base_rate)


@right("step_decay", "np.power gives a NumPy number")
def _(base_rate, epoch, drop, every):
    return base_rate * np.power(np.float64(drop), np.floor(epoch / every))


@right("step_decay", "a product in an array, 0-d")
def _(base_rate, epoch, drop, every):
    return np.array(np.prod([base_rate, *([drop] * divmod(epoch, every)[0])]))


@right("step_decay", "a while loop, math.prod")
def _(base_rate, epoch, drop, every):
    factors = [float(base_rate)]
    while epoch >= every:
        factors.append(drop)
        epoch -= every
    return math.prod(factors)


wrong("step_decay", "not in whole steps", score=0)(lambda r, e, d, n: r * d ** (e / n))
wrong("step_decay", "ceiling", score=0)(lambda r, e, d, n: r * d ** math.ceil(e / n))
wrong("step_decay", "one epoch early", score=0)(lambda r, e, d, n: r * d ** ((e + 1) // n))
wrong("step_decay", "one epoch late", score=0)(lambda r, e, d, n: r * d ** (max(e - 1, 0) // n))
wrong("step_decay", "rounds", score=0)(lambda r, e, d, n: r * d ** round(e / n))
wrong("step_decay", "drop is what is taken away", score=0)(
    lambda r, e, d, n: r * (1 - d) ** (e // n)
)
wrong("step_decay", "divides", score=0)(lambda r, e, d, n: r / d ** (e // n))
wrong("step_decay", "times the steps", score=0)(lambda r, e, d, n: r * d * (e // n))
wrong("step_decay", "subtracts", score=0)(lambda r, e, d, n: r - d * (e // n))
wrong("step_decay", "every epoch", score=0)(lambda r, e, d, n: r * d**e)
wrong("step_decay", "only in the epochs that begin a step", score=0)(
    lambda r, e, d, n: r * d if e and e % n == 0 else r
)
wrong("step_decay", "drops once", score=0)(lambda r, e, d, n: r if e < n else r * d)
wrong("step_decay", "drops twice at most")(lambda r, e, d, n: r * d ** min(e // n, 2))
wrong("step_decay", "always halves")(lambda r, e, d, n: r * 0.5 ** (e // n))
wrong("step_decay", "every 5")(lambda r, e, d, n: r * d ** (e // 5))
wrong("step_decay", "every and drop swapped", score=0)(lambda r, e, d, n: r * n ** (e // d))
wrong("step_decay", "single precision", score=0)(lambda r, e, d, n: np.float32(r * d ** (e // n)))
wrong("step_decay", "three digits")(lambda r, e, d, n: round(r * d ** (e // n), 3))
wrong("step_decay", "the factor alone", score=0)(lambda r, e, d, n: d ** (e // n))
wrong("step_decay", "starts at 0.1")(lambda r, e, d, n: 0.1 * d ** (e // n))
wrong("step_decay", "not below a hundredth", hidden=True)(
    lambda r, e, d, n: max(r * d ** (e // n), 0.01)
)
wrong("step_decay", "prints", score=0)(lambda r, e, d, n: print(end=str(r * d ** (e // n))[:0]))


@right("cosine_decay", "a conditional expression")
def _(base_rate, epoch, num_epochs):
    if epoch > num_epochs:
        return 0.0
    return base_rate * (1 + math.cos(math.pi * epoch / num_epochs)) / 2


@right("cosine_decay", "a whole 0 beyond")
def _(base_rate, epoch, num_epochs):
    if epoch >= num_epochs:
        return 0
    return 0.5 * base_rate * (1 + np.cos(np.pi * epoch / num_epochs))


@right("cosine_decay", "the square of half the angle")
def _(base_rate: float, epoch: int, num_epochs: int) -> float:
    return base_rate * math.cos(math.pi / 2 * min(1, epoch / num_epochs)) ** 2


@right("cosine_decay", "clipped, 0-d")
def _(base_rate, epoch, num_epochs):
    share = np.clip(np.asarray(epoch / num_epochs), 0, 1)
    return np.asarray(base_rate * (1 + np.cos(np.pi * share)) / 2)


@right("cosine_decay", "a complex number turned step by step")
def _(base_rate, epoch, num_epochs):
    hand = 1
    for _ in range(min(epoch, num_epochs)):
        hand *= cmath.exp(1j * cmath.pi / num_epochs)
    return base_rate * (1 + hand.real) / 2


@right("cosine_decay", "times a truth value")
def _(base_rate, epoch, num_epochs):
    wave = (1 + np.cos(np.pi * epoch / num_epochs)) / 2
    return base_rate * wave * (epoch <= num_epochs)


@right("cosine_decay", "the rate before, less a sine")
def _(base_rate, epoch, num_epochs):
    half = math.pi * min(epoch, num_epochs) / num_epochs / 2
    return max(0.0, base_rate - base_rate * math.sin(half) ** 2)


def cosine(r, e, n):
    return r * (1 + math.cos(math.pi * e / n)) / 2


wrong("cosine_decay", "rises again")(cosine)
wrong("cosine_decay", "starts again")(lambda r, e, n: cosine(r, e % (n + 1), n))
wrong("cosine_decay", "the base rate beyond")(lambda r, e, n: cosine(r, e, n) if e <= n else r)
wrong("cosine_decay", "None beyond")(lambda r, e, n: cosine(r, e, n) if e <= n else None)
wrong("cosine_decay", "not quite 0 beyond")(lambda r, e, n: max(cosine(r, min(e, n), n), 1e-3 * r))
wrong("cosine_decay", "0 from half the way")(lambda r, e, n: cosine(r, e, n) if 2 * e <= n else 0.0)
wrong("cosine_decay", "0 in the last epoch")(lambda r, e, n: cosine(r, e, n) if e < n - 1 else 0.0)
wrong("cosine_decay", "the last epoch is one earlier", score=0)(
    lambda r, e, n: cosine(r, min(e, n - 1), max(n - 1, 1))
)
wrong("cosine_decay", "not halved", score=0)(lambda r, e, n: 2 * cosine(r, e, n) if e <= n else 0.0)
wrong("cosine_decay", "a quarter of a wave", score=0)(
    lambda r, e, n: r * math.cos(math.pi * min(e, n) / n / 2)
)
wrong("cosine_decay", "a whole wave", score=0)(
    lambda r, e, n: r * (1 + math.cos(2 * math.pi * min(e, n) / n)) / 2
)
wrong("cosine_decay", "upside down", score=0)(lambda r, e, n: r - cosine(r, min(e, n), n))
wrong("cosine_decay", "a sine", score=0)(
    lambda r, e, n: r * (1 + math.sin(math.pi * min(e, n) / n)) / 2
)
wrong("cosine_decay", "degrees", score=0)(
    lambda r, e, n: r * (1 + math.cos(180 * min(e, n) / n)) / 2
)
wrong("cosine_decay", "no pi", score=0)(lambda r, e, n: r * (1 + math.cos(min(e, n) / n)) / 2)
wrong("cosine_decay", "whole-number division", score=0)(
    lambda r, e, n: r * (1 + math.cos(math.pi * (min(e, n) // n))) / 2
)
wrong("cosine_decay", "a straight line", score=0)(lambda r, e, n: r * max(0.0, 1 - e / n))
wrong("cosine_decay", "counts from 1", score=0)(lambda r, e, n: cosine(r, min(e + 1, n), n))
wrong("cosine_decay", "pi is 3.14")(
    lambda r, e, n: r * (1 + math.cos(3.14 * e / n)) / 2 if e < n else 0.0
)
wrong("cosine_decay", "base rate 0.1")(lambda r, e, n: cosine(0.1, min(e, n), n))
wrong("cosine_decay", "30 epochs")(lambda r, e, n: cosine(r, min(e, 30), 30))
wrong("cosine_decay", "three digits")(lambda r, e, n: round(cosine(r, min(e, n), n), 3))
wrong("cosine_decay", "bracket forgotten", score=0)(
    lambda r, e, n: r * 1 + math.cos(math.pi * min(e, n) / n) / 2
)


@right("early_stopping_epoch", "a loop with best and wait")
def _(val_losses, patience):
    best, best_epoch, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best:
            best, best_epoch, wait = loss, epoch, 0
        else:
            wait += 1
            if wait == patience:
                break
    return best_epoch


@right("early_stopping_epoch", "the gap to the best")
def stop(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best
    return best


@right("early_stopping_epoch", "np.minimum.accumulate")
def _(val_losses, patience):
    lowest = np.minimum.accumulate(val_losses)
    new = np.flatnonzero(np.r_[True, lowest[1:] < lowest[:-1]])
    waits = np.diff(np.append(new, len(val_losses) + patience))
    return new[np.argmax(waits > patience)]


@right("early_stopping_epoch", "the lowest of the next ones, recursion")
def _(val_losses, patience):
    def go(best):
        for ahead in range(best + 1, min(best + patience + 1, len(val_losses))):
            if val_losses[ahead] < val_losses[best]:
                return go(ahead)
        return best

    return go(0)


@right("early_stopping_epoch", "cut where it stops, then argmin")
def _(val_losses, patience):
    for end in range(patience, len(val_losses)):
        if min(val_losses[end - patience + 1 : end + 1]) >= min(val_losses[: end - patience + 1]):
            return int(np.argmin(val_losses[: end + 1]))
    return np.asarray(val_losses).argmin()


@right("early_stopping_epoch", "a list of what is left")
def _(val_losses: np.ndarray, patience: int) -> int:
    epochs = deque(enumerate(np.asarray(val_losses).tolist()))
    kept = epochs.popleft()
    left = patience
    while epochs and left:
        new = epochs.popleft()
        kept, left = (new, patience) if new[1] < kept[1] else (kept, left - 1)
    return kept[0]


@right("early_stopping_epoch", "accumulate and takewhile")
def _(val_losses, patience):
    def step(state, item):
        best, at, _ = state
        return (item[1], item[0], 0) if item[1] < best else (best, at, item[0] - at)

    start = (math.inf, -1, 0)
    states = list(accumulate(enumerate(val_losses), step, initial=start))[1:]
    trained = list(takewhile(lambda state: state[2] < patience, states))
    return np.intp(trained[-1][1])


wrong("early_stopping_epoch", "the lowest of all")(lambda v, p: int(np.argmin(v)))
wrong("early_stopping_epoch", "never looks past the first rise")(lambda v, p: stop(v, 1))
wrong("early_stopping_epoch", "patience one too long", score=0)(lambda v, p: stop(v, p + 1))
wrong("early_stopping_epoch", "patience one too short", score=0)(
    lambda v, p: stop(v, max(p - 1, 1))
)
wrong("early_stopping_epoch", "patience 3")(lambda v, p: stop(v, 3))
wrong("early_stopping_epoch", "counts from 1", score=0)(lambda v, p: stop(v, p) + 1)
wrong("early_stopping_epoch", "the loss itself", score=0)(lambda v, p: float(v[stop(v, p)]))
wrong("early_stopping_epoch", "where training stops", score=0)(
    lambda v, p: min(stop(v, p) + p, len(v) - 1)
)
wrong("early_stopping_epoch", "the last epoch where it never stops", hidden=True)(
    lambda v, p: stop(v, p) if stop(v, p) + p < len(v) else len(v) - 1
)
wrong("early_stopping_epoch", "-1 where it never stops")(
    lambda v, p: stop(v, p) if stop(v, p) + p < len(v) else -1
)
wrong("early_stopping_epoch", "patience epochs before the end")(
    lambda v, p: stop(v, p) if stop(v, p) + p < len(v) else max(len(v) - 1 - p, 0)
)
wrong("early_stopping_epoch", "the highest", score=0)(lambda v, p: stop([-x for x in v], p))
wrong("early_stopping_epoch", "an improvement of 0.001 at least", hidden=True)(
    lambda v, p: stop(np.round(np.asarray(v), 3), p)
)
wrong("early_stopping_epoch", "a float", score=0)(lambda v, p: float(stop(v, p)))


@wrong("early_stopping_epoch", "equal counts as better")
def _(val_losses, patience):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] <= val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best
    return best


@wrong("early_stopping_epoch", "better than the epoch before")
def _(val_losses, patience):
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        wait = 0 if val_losses[epoch] < val_losses[epoch - 1] else wait + 1
        if wait >= patience:
            break
    return best


@wrong("early_stopping_epoch", "never sets the count back")
def _(val_losses, patience):
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        else:
            wait += 1
        if wait >= patience:
            break
    return best


@wrong("early_stopping_epoch", "stops at patience rises above the best, waits for more than them")
def _(val_losses, patience):
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best, wait = epoch, 0
        else:
            wait += 1
            if wait > patience:
                break
    return best


@wrong("early_stopping_epoch", "best starts at 1", hidden=True)
def _(val_losses, patience):
    best, at, wait = 1.0, 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best:
            best, at, wait = loss, epoch, 0
        else:
            wait += 1
            if wait == patience:
                break
    return at


@wrong("early_stopping_epoch", "best starts at 0", score=0)
def _(val_losses, patience):
    best, at, wait = 0.0, 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best:
            best, at, wait = loss, epoch, 0
        else:
            wait += 1
            if wait == patience:
                break
    return at


@wrong("early_stopping_epoch", "the last of equal ones")
def _(val_losses, patience):
    end = stop(val_losses, patience) + patience + 1
    kept = list(val_losses[:end])
    return len(kept) - 1 - kept[::-1].index(min(kept))


@wrong("early_stopping_epoch", "changes the losses")
def _(val_losses, patience):
    at = stop(val_losses, patience)
    val_losses[at + 1 :] = 0
    return at


@wrong("early_stopping_epoch", "needs two losses", hidden=True)
def _(val_losses, patience):
    return stop(val_losses, patience) if val_losses[1] is not None else 0
