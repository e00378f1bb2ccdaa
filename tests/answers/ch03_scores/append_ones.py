"""Answers to append_ones."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
ones, then filled
    n, d = X.shape
    longer = np.ones((n, d + 1))
    longer[:, :d] = X
    return longer

row by row
    return np.array([[*row, 1.0] for row in X])

padded
    return np.pad(X, ((0, 0), (0, 1)), constant_values=1)

from the transpose, as a view in another order
    return np.vstack([X.T, np.ones(X.shape[0])]).T

an array of ones filled, Fortran order
    out = np.ones((X.shape[0], X.shape[1] + 1), order="F")
    out[:, :-1] = X
    return out

c_
    return np.c_[X, np.ones(len(X))]

column_stack
    return np.column_stack((X, np.ones(X.shape[0])))

insert
    return np.insert(X.astype(np.float64), X.shape[1], 1, axis=1)

lists
    return np.array([[*map(float, row), 1.0] for row in X.tolist()])

np.append
    return np.append(X, np.ones_like(X[:, :1], dtype=float), 1)
""")

answers.wrong("""
two columns [score=0]
    return np.hstack([X, np.ones((len(X), 2))])

adds one [score=0]
    return X + 1.0

ones alone [score=0]
    return np.ones((X.shape[0], X.shape[1] + 1))

float32 [score=0]
    return reference(X).astype(np.float32)

flat [score=0]
    return np.append(X, 1.0)

transposed [score=0]
    return reference(X).T

a list [score=0.5]
    return reference(X).tolist()

square alone
    return reference(X) if len(X) == X.shape[1] else X

clears its input [score=0]
    out = reference(X)
    X *= 0
    return out
""")
