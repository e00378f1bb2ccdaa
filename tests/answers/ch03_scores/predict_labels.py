"""Answers to predict_labels."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
two loops
    labels = np.zeros(scores.shape[0], dtype=np.int64)
    for n in range(scores.shape[0]):
        for c in range(1, scores.shape[1]):
            if scores[n, c] > scores[n, labels[n]]:
                labels[n] = c
    return labels

a list of Python integers, made an array
    return np.array([list(row).index(max(row)) for row in scores])

stable sort of the negated scores
    return np.argsort(-scores, axis=1, kind="stable")[:, 0].astype(np.int32)

a running best
    best, labels = scores[:, 0].copy(), np.zeros(len(scores), dtype=np.intp)
    for c in range(1, scores.shape[1]):
        better = scores[:, c] > best
        labels[better] = c
        best = np.maximum(best, scores[:, c])
    return labels

the method argmax
    return scores.argmax(axis=1)

np.argmax of the last axis
    return np.argmax(scores, axis=-1).astype(np.int32)

list of indices
    return np.array([row.index(max(row)) for row in scores.tolist()])

argmin of the distance to the maximum
    return np.argmin(scores.max(axis=1, keepdims=True) - scores, axis=1)

first True
    return np.array([int(np.nonzero(row == row.max())[0][0]) for row in scores])

Python's max with a key
    found = (max(range(len(row)), key=row.__getitem__) for row in scores)
    return np.fromiter(found, dtype=np.uint8)
""")

answers.wrong("""
from one [score=0]
    return scores.argmax(axis=1) + 1

floats [score=0.5]
    return scores.argmax(axis=1).astype(float)

one-hot [score=0]
    return np.eye(scores.shape[1], dtype=int)[scores.argmax(axis=1)]

a column [score=0.5]
    return scores.argmax(axis=1)[:, None]

a list [score=0.5]
    return scores.argmax(axis=1).tolist()

rounded scores
    return np.rint(scores).argmax(axis=1)

softmax that overflows
    powers = np.exp(100 * scores)
    return (powers / powers.sum(axis=1, keepdims=True)).argmax(axis=1)

squeezed [hidden]
    return scores.argmax(axis=1).squeeze()

single precision [hidden]
    return scores.astype(np.float32).argmax(axis=1)

the first that is nearly the largest [hidden]
    return np.array([int(np.argmax(np.isclose(row, row.max()))) for row in scores])

sorts in place [score=0]
    labels = scores.argmax(axis=1)
    scores.sort(axis=1)
    return labels
""")
