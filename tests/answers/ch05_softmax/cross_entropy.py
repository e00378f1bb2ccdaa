"""Answers to cross_entropy."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a loop
    import math

    total = 0.0
    for row, label in zip(probabilities, y, strict=True):
        total -= math.log(row[label])
    return total / len(y)

one-hot labels, a tiny number inside the logarithm
    onehot = np.eye(probabilities.shape[1])[y]
    return -np.sum(onehot * np.log(probabilities + 1e-12)) / len(probabilities)

taken along the axis
    chosen = np.take_along_axis(probabilities, y.reshape(-1, 1).astype(int), axis=1)
    return np.log(1 / chosen).mean()

a loop
    total = 0.0
    for i, label in enumerate(y):
        total -= np.log(probabilities[i][label])
    return total / len(y)
""")

answers.wrong("""
in place [score=0]
    np.log(probabilities, out=probabilities)
    return -probabilities[np.arange(len(y)), y].mean()
""")
