"""Answers to sample_batch."""

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

choice
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
    own = random.Random(int(rng.integers(2**62)))
    i = np.array(own.choices(range(len(X)), k=batch_size))
    return X[i], y[i]
""")

answers.wrong("""
labels drawn apart [score=0]
    return X[rng.integers(len(X), size=batch_size)], y[rng.integers(len(X), size=batch_size)]

indices instead of labels [score=0]
    i = rng.integers(len(X), size=batch_size)
    return X[i], i

shuffles the data in place [score=0]
    i = rng.integers(len(X), size=batch_size)
    out = X[i], y[i]
    X[:], y[:] = np.roll(X, 1, axis=0), np.roll(y, 1)
    return out
""")
