"""Answers to dropout_forward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
entry by entry, by one random number after the other
    if not training:
        return x, None
    out = np.empty_like(x)
    for index in np.ndindex(x.shape):
        out[index] = 0.0 if rng.random() < drop_prob else x[index] / (1 - drop_prob)
    return out, out != 0

a binomial draw, on a copy in place, in a list
    out = x.copy()
    kept = rng.binomial(1, 1 - drop_prob, size=x.shape) if training else np.ones_like(x)
    out *= kept
    out /= (1 - drop_prob) if training else 1
    return [out, {"kept": kept, "p": drop_prob}]

choosing among two factors
    if training is False:
        return x.copy(), 1.0
    keep = 1.0 - drop_prob
    factors = rng.choice([0.0, 1.0 / keep], size=x.shape, p=[drop_prob, keep])
    return np.multiply(x, factors), factors

numbers for the columns first, uniform from another range
    if drop_prob == 0 or not training:
        return x, np.ones(x.shape, dtype=bool)
    numbers = rng.uniform(0, 100, size=x.T.shape).T
    return np.where(numbers > 100 * drop_prob, x / (1 - drop_prob), 0), numbers

a coin for each in a loop
    if not training:
        return np.array(x, dtype=float), [1.0] * x.size
    keep = 1 - drop_prob
    factors = [1 / keep if rng.random() < keep else 0.0 for _ in range(x.size)]
    values = [float(v) * f for v, f in zip(x.ravel(), factors, strict=True)]
    return np.reshape(values, x.shape), factors

indexing on a copy, Fortran order
    out = np.array(x, dtype=np.float64, order="F")
    dropped = np.zeros(out.shape, dtype=bool)
    if training and drop_prob > 0:
        dropped = rng.uniform(-drop_prob, 1 - drop_prob, out.shape[::-1]).T < 0
        out[dropped] = 0
        out /= 1 - drop_prob
    return out, {"dropped": dropped, "scale": 1 / (1 - drop_prob) if training else 1}

waiting times, a cache that is a function
    import math

    if not training:
        return x, lambda dout: dout
    kept = rng.exponential(size=x.shape) >= -math.log(1 - drop_prob)
    return np.where(kept, x / (1 - drop_prob), 0.0), lambda dout: dout * kept / (1 - drop_prob)

single precision coins, a row at a time
    if not training:
        return x[...], 1
    flat = x.reshape(len(x), -1)
    mask = np.array([rng.random(flat.shape[1], dtype=np.float32) >= drop_prob for _ in flat])
    mask = mask.reshape(x.shape) * (1 / (1 - drop_prob))
    return mask * x, mask

coins shuffled over the places
    if training is False:
        return x, np.ones(x.shape)
    coins = rng.random(x.size)
    rng.shuffle(coins)
    mask = np.zeros(x.size)
    mask[coins > drop_prob] = 1.0 / (1.0 - drop_prob)
    mask = mask.reshape(x.shape)
    return np.einsum("...,...->...", x, mask), mask
""")

answers.wrong("""
scaled at both times [score=0]
    - np.ones(x.shape)
    + np.full(x.shape, 1 - drop_prob)

scaled by 1 / p [score=0]
    - >= drop_prob) / (1 - drop_prob)
    + >= drop_prob) / max(drop_prob, 1e-9)

scaled by 1 - p [score=0]
    - >= drop_prob) / (1 - drop_prob)
    + >= drop_prob) * (1 - drop_prob)

scaled by 1 + p [score=0]
    - >= drop_prob) / (1 - drop_prob)
    + >= drop_prob) * (1 + drop_prob)

scaled by 2
    - >= drop_prob) / (1 - drop_prob)
    + >= drop_prob) * 2.0

scaled by the share that happened to stay
    - mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    + kept = rng.random(x.shape) >= drop_prob
    + mask = kept / max(kept.mean(), 1e-9)

a shift for a scale
    - return x * mask
    + return np.where(mask > 0, x + drop_prob * training, 0)

a tiny error
    - >= drop_prob) / (1 - drop_prob)
    + >= drop_prob) / (1 - drop_prob + 1e-4)

the same for all rows
    - (rng.random(x.shape) >=
    + mask * (rng.random(x.shape[1:]) >=

one coin for all
    - (rng.random(x.shape) >=
    + mask * (rng.random() >=

a second half that mirrors the first
    - mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    + half = rng.random((x.size + 1) // 2)
    + coins = np.concatenate([half, 1 - half])[: x.size].reshape(x.shape)
    + mask = (coins >= drop_prob) / (1 - drop_prob)

neighbours share a coin
    - rng.random(x.shape)
    + np.repeat(rng.random((x.size + 1) // 2), 2)[: x.size].reshape(x.shape)

the first is never dropped
    - rng.random(x.shape)
    + rng.random(x.shape) + (np.arange(x.size) == 0).reshape(x.shape)

coins of ten faces
    - rng.random(x.shape)
    + rng.integers(0, 10, x.shape) / 10

always a half
    - >= drop_prob) /
    + >= 0.5) /

normal numbers for uniform ones
    - rng.random(x.shape)
    + rng.normal(size=x.shape)

the largest are dropped
    - rng.random(x.shape) >= drop_prob
    + x <= np.quantile(x, 1 - drop_prob)

drops by the position
    - rng.random(x.shape)
    + np.arange(x.size).reshape(x.shape) % 10 / 10

noise
    - rng.random(x.shape) >= drop_prob
    + 1 - drop_prob + 0.1 * rng.normal(size=x.shape)

zeros when not training [score=0]
    - np.ones(x.shape)
    + np.zeros(x.shape)

always training [score=0]
    return reference(x, drop_prob, True, np.random.default_rng(1) if rng is None else rng)

never training [score=0]
    return reference(x, drop_prob, False, rng)

training the other way round [score=0]
    return reference(x, drop_prob, not training, rng or np.random.default_rng(1))

needs the generator when not training
    kept = rng.random(x.shape) >= drop_prob
    mask = kept / (1 - drop_prob) if training else np.ones(x.shape)
    return x * mask, mask

single precision [score=0]
    - return x * mask
    + return (x * mask).astype(np.float32)

out alone [score=0]
    - return x * mask, mask
    + return x * mask

mask first [score=0]
    - return x * mask, mask
    + return mask, x * mask

leaves out what was dropped [score=0]
    - return x * mask
    + return (x * mask)[mask > 0] if training else x

tables only [hidden]
    n, d = x.shape
    return reference(x, drop_prob, training, rng)

fails where nothing is dropped [hidden]
    if training and not drop_prob:
        raise ValueError("drop_prob is 0")
    return reference(x, drop_prob, training, rng)
""")
