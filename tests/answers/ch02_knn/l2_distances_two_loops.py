"""Answers to l2_distances_two_loops; those to its twins as well stand in tables that they take."""

from grader.exercises import Table
from tests.answers.corpus import Answers

answers = Answers(__name__)

LOOPS = Table("""
two loops with np.linalg.norm
    out = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        for j in range(len(X_train)):
            out[i, j] = np.linalg.norm(X_test[i].astype(float) - X_train[j].astype(float))
    return out

math.dist over lists
    import math

    return np.array([[math.dist(a, b) for b in X_train.tolist()] for a in X_test.tolist()])

plain Python numbers
    def distance(a, b):
        return sum((float(p) - float(q)) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5

    return np.array([[distance(a, b) for b in X_train] for a in X_test])

one loop over test rows
    out = np.empty((X_test.shape[0], X_train.shape[0]))
    train = X_train.astype(np.float64)
    for i, row in enumerate(X_test):
        out[i, :] = np.sqrt(np.sum((train - row) ** 2, axis=1))
    return out

one loop over training rows, Fortran order
    test = np.array(X_test, dtype=float)
    columns = [np.sqrt(np.square(test - row).sum(axis=-1)) for row in X_train]
    return np.asfortranarray(np.stack(columns, axis=1))

inner products of differences
    rows = []
    for x in X_test.astype(np.float64):
        d = X_train - x
        rows.append(np.sqrt(np.einsum("nd,nd->n", d, d)))
    return np.vstack(rows)

differences as int64 where integers
    import math

    wide = np.float64 if X_test.dtype.kind == "f" or X_train.dtype.kind == "f" else np.int64
    a, b = X_test.astype(wide), X_train.astype(wide)
    return np.array([[math.sqrt(((p - q) ** 2).sum()) for q in b] for p in a])
""")

# Right but for the form, where a loop is allowed.
IN_WRONG_FORM = Table("""
a list [score=0.5]
    return reference(X_test, X_train).tolist()
""")

# Wrong in the same way with two loops, with one and with none.
WRONG = Table("""
test rows with themselves [score=0]
    return reference(X_test, X_test)

float32 [score=0]
    return reference(X_test, X_train).astype(np.float32)

rounded [score=0]
    return reference(X_test, X_train).round(2)

one number [score=0]
    return float(np.linalg.norm(X_test[0] - X_train[0]))

the nearest alone [score=0]
    return reference(X_test, X_train).min(axis=1)

similarity [score=0]
    return 1 / (1 + reference(X_test, X_train))

rows of unit length [score=0]
    lengths = [np.linalg.norm(X, axis=1, keepdims=True) for X in (X_test, X_train)]
    return reference(X_test / lengths[0], X_train / lengths[1])

last feature forgotten [score=0]
    return reference(X_test[:, :-1], X_train[:, :-1])

first training row twice [score=0]
    return reference(X_test, np.concatenate([X_train[:1], X_train[:-1]]))

a little off [score=0]
    return np.sqrt(reference(X_test, X_train) ** 2 + 1e-3)

as many columns as rows
    out, found = np.zeros((len(X_test), len(X_test))), reference(X_test, X_train)
    n = min(found.shape)
    out[:, :n] = found[:, :n]
    return out

centres its input in place [score=0]
    out = reference(X_test, X_train)
    X_train -= X_train[:1]
    return out
""")

answers.right(LOOPS)
answers.right("""
product of the difference with itself
    out = np.empty((X_test.shape[0], X_train.shape[0]))
    for j, b in enumerate(X_train.astype(np.int64) if X_train.dtype == np.uint8 else X_train):
        for i, a in enumerate(X_test):
            difference = a - b
            out[i, j] = np.sqrt(difference @ difference)
    return out
""")

answers.wrong(WRONG)
answers.wrong(IN_WRONG_FORM)
answers.wrong("""
cubes [score=0]
    a, b = X_test.astype(float), X_train.astype(float)
    return np.array([np.cbrt(np.sum(np.abs(b - row) ** 3, axis=1)) for row in a])

difference wraps, then float
    if X_test.dtype.kind == "f":
        return reference(X_test, X_train)
    return np.array([np.linalg.norm((X_train - a).astype(float), axis=1) for a in X_test])
""")
