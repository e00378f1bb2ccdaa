"""Answers to sample_batch: numbers of rows drawn in many ways."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
choice
    drawn = rng.choice(X.shape[0], batch_size)
    return np.take(X, drawn, axis=0), np.take(y, drawn)

one draw at a time
    drawn = [int(rng.integers(0, len(y))) for _ in range(batch_size)]
    return np.array([X[i] for i in drawn]), np.array([y[i] for i in drawn])

scaled fractions, in a list
    drawn = np.floor(rng.random(batch_size) * len(X)).astype(int)
    return [X[drawn, :], y[drawn]]

integers
    i = rng.integers(0, len(X), batch_size)
    return X[i], y[i]

choice, in a list
    i = rng.choice(X.shape[0], size=batch_size, replace=True)
    return [X[i], y[i]]

choice of an array of numbers
    i = rng.choice(np.arange(y.size), batch_size)
    return X.take(i, axis=0), y.take(i)

scaled random numbers
    i = np.floor(rng.random(batch_size) * len(y)).astype(np.int32)
    return X[i, :], y[i]

one by one
    rows, labels = [], []
    for _ in range(batch_size):
        i = int(rng.integers(len(y)))
        rows.append(X[i])
        labels.append(y[i])
    return np.array(rows), np.array(labels)

uniform numbers
    i = [int(u) for u in rng.uniform(0, len(X), size=batch_size)]
    return np.asfortranarray(X[i]), y[i]

first of many shuffles
    i = rng.permuted(np.tile(np.arange(len(X)), (batch_size, 1)), axis=1)[:, 0]
    return X[i], y[i]

counts that are shuffled
    counts = rng.multinomial(batch_size, np.full(len(X), 1 / len(X)))
    i = rng.permutation(np.repeat(np.arange(len(X)), counts))
    return X[i], y[i]

Python's generator with a drawn seed
    import random

    own = random.Random(int(rng.integers(2**62)))
    i = np.array(own.choices(range(len(X)), k=batch_size))
    return X[i], y[i]
""")

answers.wrong("""
without replacement, where there are enough [score=0]
    - rng.integers(len(X), size=batch_size)
    + rng.choice(len(X), size=batch_size, replace=batch_size > len(X))

a run of rows [score=0]
    - rng.integers(len(X), size=batch_size)
    + (rng.integers(len(X)) + np.arange(batch_size)) % len(X)

one row many times [score=0]
    - rng.integers(len(X), size=batch_size)
    + np.full(batch_size, rng.integers(len(X)))

small numbers more likely
    - rng.integers(len(X), size=batch_size)
    + (rng.random(batch_size) ** 2 * len(X)).astype(int)

half of the rows [score=0]
    - rng.integers(len(X)
    + rng.integers(len(X) // 2

even rows
    - rng.integers(len(X), size=batch_size)
    + 2 * rng.integers((len(X) + 1) // 2, size=batch_size)

one row less
    - size=batch_size
    + size=max(batch_size - 1, 1)

at most N rows
    - size=batch_size
    + size=min(batch_size, len(X))

indices instead of labels [score=0]
    - y[drawn]
    + drawn
""")
