"""Answers to train_test_split."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a shuffled list of numbers, row by row
    numbers = list(range(X.shape[0]))
    rng.shuffle(numbers)
    num_test = int(np.rint(X.shape[0] * test_fraction))
    X_new = np.array([X[i] for i in numbers])
    y_new = np.array([y[i] for i in numbers])
    return X_new[num_test:], y_new[num_test:], X_new[:num_test], y_new[:num_test]

training rows first
    order = np.argsort(rng.random(len(y)))
    cut = len(y) - int(np.round(len(y) * test_fraction))
    train, test = np.split(order, [cut])
    return [X[train], y[train], np.take(X, test, axis=0), np.take(y, test)]

test rows drawn, the others by a mask
    test = rng.choice(len(X), size=round(len(X) * test_fraction), replace=False)
    train = np.ones(len(X), dtype=bool)
    train[test] = False
    return X[train], y[train], X[test], y[test]

a permutation, test rows last
    - test, train = order[:num_test], order[num_test:]
    + num_train = len(X) - num_test
    + train, test = order[:num_train], order[num_train:]

shuffled index
    - rng.permutation(len(X))
    + np.arange(y.size)
    - num_test = round(len(X) * test_fraction)
    - test, train = order[:num_test], order[num_test:]
    + rng.shuffle(order)
    + test, train = np.split(order, [round(y.size * test_fraction)])

choice without replacement and a mask
    mask = np.zeros(len(y), dtype=bool)
    mask[rng.choice(len(y), size=round(len(y) * test_fraction), replace=False)] = True
    return X[~mask], y[~mask], X[mask], y[mask]

sorted random keys
    - rng.permutation(len(X))
    + np.argsort(rng.random(len(X)))
    - order[:num_test], order[num_test:]
    + np.sort(order[:num_test]), np.sort(order[num_test:])

the whole table shuffled, a named tuple
    from collections import namedtuple

    Split = namedtuple("Split", "X_train y_train X_test y_test")
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    n = round(len(X) * test_fraction)
    return Split(X[n:], y[n:], X[:n], y[:n])

a list of rows, drawn one by one
    left, test = list(range(len(X))), []
    for _ in range(round(len(X) * test_fraction)):
        test.append(left.pop(int(rng.integers(len(left)))))
    return [a[np.array(i, dtype=int)] for i in (left, test) for a in (X, y)]

np.delete and np.take
    i = rng.permutation(np.arange(len(y)))[: round(len(y) * test_fraction)]
    return np.delete(X, i, axis=0), np.delete(y, i), np.take(X, i, axis=0), np.take(y, i)

a seed for Python's own shuffle
    - order = rng.permutation(len(X))
    + import random
    + order = list(range(len(X)))
    + random.Random(int(rng.integers(2**62))).shuffle(order)
    + order = np.array(order, dtype=np.int32)
""")

answers.wrong("""
test rows drawn with replacement [score=0]
    test = rng.integers(len(X), size=round(len(X) * test_fraction))
    train = np.setdiff1d(np.arange(len(X)), test)
    return X[train], y[train], X[test], y[test]

at least one row in each part
    - round(len(X) * test_fraction)
    + min(max(1, round(len(X) * test_fraction)), len(X) - 1)

a coin for each row
    mask = rng.random(len(X)) < test_fraction
    return X[~mask], y[~mask], X[mask], y[mask]

only rotated [score=0]
    - rng.permutation(len(X))
    + np.roll(np.arange(len(X)), rng.integers(len(X)))

test rows shuffled among the last ones only [score=0]
    - test, train = order[:num_test], order[num_test:]
    + num_train = len(X) - num_test
    + train, test = rng.permutation(num_train), num_train + rng.permutation(num_test)

last row forgotten [score=0]
    - permutation(len(X))
    + permutation(len(X) - 1)
""")
