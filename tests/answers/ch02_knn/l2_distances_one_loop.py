"""Answers to l2_distances_one_loop."""

from tests.answers.ch02_knn.l2_distances_two_loops import IN_WRONG_FORM, LOOPS, WRONG
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right(LOOPS)
answers.right("""
norms over the training rows
    X_test, X_train = np.float64(X_test), np.float64(X_train)
    return np.array([np.linalg.norm(X_test - b, axis=1) for b in X_train]).T

over the features
    squared = np.zeros((len(X_test), len(X_train)))
    for p in range(X_test.shape[1]):
        squared += np.subtract.outer(X_test[:, p].astype(float), X_train[:, p].astype(float)) ** 2
    return np.sqrt(squared)
""")

answers.wrong(WRONG)
answers.wrong(IN_WRONG_FORM)
answers.wrong("""
transposed [score=0]
    return reference(X_test, X_train).T

root of the mean square [score=0]
    return reference(X_test, X_train) / np.sqrt(X_test.shape[1])

city block [score=0]
    a, b = X_test.astype(float), X_train.astype(float)
    return np.array([np.sum(np.abs(b - row), axis=1) for row in a])

cubes [score=0]
    a, b = X_test.astype(float), X_train.astype(float)
    return np.array([np.cbrt(np.sum(np.abs(b - row) ** 3, axis=1)) for row in a])
""")
