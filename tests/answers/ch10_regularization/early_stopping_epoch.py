"""Answers to early_stopping_epoch."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a lowest loss and a count
    lowest, kept, waited = float("inf"), -1, 0
    for epoch, loss in enumerate(val_losses):
        if loss < lowest:
            lowest, kept, waited = loss, epoch, 0
        else:
            waited += 1
        if waited >= patience:
            break
    return kept

the end of the run first, then its lowest loss
    minima = np.minimum.accumulate(val_losses)
    new = np.append(True, minima[1:] < minima[:-1])
    latest = np.maximum.accumulate(np.where(new, np.arange(len(new)), 0))
    stops = np.flatnonzero(np.arange(len(new)) - latest >= patience)
    end = stops[0] + 1 if len(stops) else len(new)
    return np.argmin(val_losses[:end])

one window after the other
    losses = list(val_losses)
    best = 0
    while True:
        window = losses[best + 1 : best + 1 + patience]
        lower = [i for i, loss in enumerate(window, best + 1) if loss < losses[best]]
        if not lower:
            return np.int32(best)
        best = lower[0]

np.minimum.accumulate
    lowest = np.minimum.accumulate(val_losses)
    new = np.flatnonzero(np.r_[True, lowest[1:] < lowest[:-1]])
    waits = np.diff(np.append(new, len(val_losses) + patience))
    return new[np.argmax(waits > patience)]

the lowest of the next ones, recursion
    def go(best):
        for ahead in range(best + 1, min(best + patience + 1, len(val_losses))):
            if val_losses[ahead] < val_losses[best]:
                return go(ahead)
        return best

    return go(0)

cut where it stops, then argmin
    for end in range(patience, len(val_losses)):
        if min(val_losses[end - patience + 1 : end + 1]) >= min(val_losses[: end - patience + 1]):
            return int(np.argmin(val_losses[: end + 1]))
    return np.asarray(val_losses).argmin()

a list of what is left
    from collections import deque

    epochs = deque(enumerate(np.asarray(val_losses).tolist()))
    kept = epochs.popleft()
    left = patience
    while epochs and left:
        new = epochs.popleft()
        kept, left = (new, patience) if new[1] < kept[1] else (kept, left - 1)
    return kept[0]

accumulate and takewhile
    from itertools import accumulate, takewhile

    def step(state, item):
        best, at, _ = state
        return (item[1], item[0], 0) if item[1] < best else (best, at, item[0] - at)

    start = (float("inf"), -1, 0)
    states = list(accumulate(enumerate(val_losses), step, initial=start))[1:]
    trained = list(takewhile(lambda state: state[2] < patience, states))
    return np.intp(trained[-1][1])
""")

answers.wrong("""
in single precision
    return reference(val_losses.astype(np.float32), patience)

never looks past the first rise
    return reference(val_losses, 1)

patience 3
    return reference(val_losses, 3)

the last epoch where it never stops [hidden]
    best = reference(val_losses, patience)
    return best if best + patience < len(val_losses) else len(val_losses) - 1

-1 where it never stops
    best = reference(val_losses, patience)
    return best if best + patience < len(val_losses) else -1

patience epochs before the end
    best = reference(val_losses, patience)
    return best if best + patience < len(val_losses) else max(len(val_losses) - 1 - patience, 0)

an improvement of 0.001 at least [hidden]
    return reference(np.round(val_losses, 3), patience)

a float [score=1]
    - return best
    + return float(best)

the lowest loss starts at 1
    - < val_losses[best]
    + < min(val_losses[best], 1.0)

the lowest loss starts at 0 [score=0]
    - < val_losses[best]
    + < min(val_losses[best], 0.0)

changes the losses
    best = reference(val_losses, patience)
    val_losses[best + 1 :] = 0
    return best

needs two losses [hidden]
    return reference(val_losses, patience) if val_losses[1] is not None else 0
""")
