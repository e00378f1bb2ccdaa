"""Answers to cross_entropy: one number of each row, in many ways."""

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

a loop over positions
    total = 0.0
    for i, label in enumerate(y):
        total -= np.log(probabilities[i][label])
    return total / len(y)

indexed
    return -np.mean(np.log(probabilities[np.arange(len(y)), y]))

float of a sum
    n = probabilities.shape[0]
    return float(-np.log(probabilities[range(n), y]).sum() / n)

pure Python
    import math

    pairs = zip(probabilities.tolist(), y.tolist(), strict=True)
    return -sum(math.log(row[c]) for row, c in pairs) / len(y)

one-hot mask
    return -np.log(probabilities[np.eye(probabilities.shape[1], dtype=bool)[y]]).mean()

one-hot product
    onehot = np.eye(probabilities.shape[1])[y]
    return np.log(1 / (probabilities * onehot).sum(axis=1)).mean()

take_along_axis, 0-d
    chosen = np.take_along_axis(probabilities, y[:, None].astype(int), 1)
    return np.array(np.average(-np.log(chosen)))
""")

answers.wrong("""
each example [score=0]
    - np.mean(np.log(right))
    + np.log(right)

all classes [score=0]
    return -np.log(probabilities).mean()

entropy [score=0]
    return -np.sum(probabilities * np.log(probabilities), axis=1).mean()

other classes too [score=0]
    return reference(probabilities, y) - np.log(1 - probabilities.max(axis=1) + 1e-9).mean()

all entries masked, 0 times infinity
    mask = np.arange(probabilities.shape[1]) == y[:, None]
    return -(mask * np.log(probabilities)).sum() / len(y)

a ten-thousandth inside the logarithm [score=0]
    - np.log(right)
    + np.log(right + 1e-4)

clipped at 0.01
    - np.log(right)
    + np.log(np.clip(right, 1e-2, 1))

large epsilon [score=0]
    - np.log(right)
    + np.log(right + 1e-3)

float32 [score=0]
    - np.log(right)
    + np.log(right).astype(np.float32)

softmax once more [score=0]
    powers = np.exp(probabilities)
    return reference(powers / powers.sum(axis=1, keepdims=True), y)

in place [score=0]
    np.log(probabilities, out=probabilities)
    return -probabilities[np.arange(len(y)), y].mean()
""")
