"""Answers to min_max_scale."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
one where there is no range, then zeros
    low, high = low.astype(float), high.astype(float)
    level = low == high
    scaled = (X - low) / np.where(level, 1.0, high - low)
    scaled[:, level] = 0.0
    return scaled

number by number
    def scaled(x: float, bottom: float, top: float) -> float:
        return 0.0 if top == bottom else (x - bottom) / (top - bottom)

    return np.array(
        [
            [scaled(float(x), float(a), float(b)) for x, a, b in zip(row, low, high, strict=True)]
            for row in X
        ]
    )

a factor for each feature
    factor = np.zeros(low.shape, dtype=np.float64)
    for j in np.flatnonzero(high != low):
        factor[j] = 1.0 / (float(high[j]) - float(low[j]))
    return np.asarray(np.subtract(X, low, dtype=np.float64) * factor[np.newaxis])

np.where
    span = np.asarray(high, dtype=float) - low
    return np.where(span == 0, 0.0, (X - np.asarray(low, float)) / np.where(span == 0, 1, span))

np.divide where
    X, low, high = (a.astype(np.float64) for a in (X, low, high))
    return np.divide(X - low, high - low, out=np.zeros_like(X), where=high > low)

pure Python
    low, high = low.tolist(), high.tolist()
    table = [
        [0.0 if a == b else (x - a) / (b - a) for x, a, b in zip(row, low, high, strict=True)]
        for row in X.tolist()
    ]
    return np.array(table)

a mask, in place on a copy
    out = X.astype(float)
    out -= low
    changing = low != high
    out[:, changing] /= 1.0 * high[changing] - low[changing]
    out[:, ~changing] = 0
    return out

scale and shift
    low, high = low * 1.0, high * 1.0
    with np.errstate(divide="ignore"):
        scale = 1 / (high - low)
    scale[np.isinf(scale)] = 0
    return X * scale - low * scale

column by column, Fortran order
    out = np.zeros(X.shape, order="F")
    for j, (a, b) in enumerate(zip(low.astype(float), high.astype(float), strict=True)):
        if b - a:
            out[:, j] = (X[:, j] - a) / (b - a)
    return out

infinities cleared
    with np.errstate(all="ignore"):
        out = (X.astype(float) - low) / (high.astype(float) - low)
    out[~np.isfinite(out)] = 0.0
    return out
""")

answers.wrong("""
from high down [score=0]
    - X.astype(np.float64) - low
    + high - X.astype(np.float64)

float32 [score=0]
    return reference(X, low, high).astype(np.float32)

to 0..255 [score=0]
    return 255 * reference(X, low, high)

0.5 for a constant feature
    - np.zeros_like(shifted)
    + np.full_like(shifted, 0.5)

constant features left out
    return reference(X, low, high)[:, high > low]

rounded [score=0]
    return reference(X, low, high).round(3)

the first feature's limits [score=0]
    return reference(X, np.full_like(low, low[0]), np.full_like(high, high[0]))

whole numbers of the division
    scaled = reference(X, low, high)
    return scaled if X.dtype == np.float64 else np.floor(scaled)

writes into high
    flat = high == low
    high[flat] += 1
    return np.where(flat, 0.0, reference(X, low, high))
""")
