"""Answers to accuracy."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
counting in a loop
    right = 0
    for p, t in zip(y_pred, y_true, strict=True):
        if p == t:
            right += 1
    return right / len(y_true)

one minus the wrong ones
    return 1 - np.count_nonzero(y_pred != y_true) / y_true.size

a NumPy number
    return np.equal(y_pred, y_true).mean()

float of a sum
    return float((y_pred == y_true).sum()) / len(y_true)

Python's sum of a generator
    pairs = zip(y_pred.tolist(), y_true.tolist(), strict=True)
    return sum(a == b for a, b in pairs) / len(y_pred)

0-d array
    return np.array(np.count_nonzero(y_pred == y_true) / y_true.size)

one minus the differences that are not 0
    return 1.0 - np.count_nonzero(y_pred - y_true) / y_pred.size

an inner product of indicators
    return np.equal(y_pred, y_true).astype(float) @ np.full(len(y_true), 1 / len(y_true))

np.average
    return np.average(np.where(y_pred == y_true, 1.0, 0.0))
""")

answers.wrong("""
an array [score=0]
    return y_pred == y_true

rounded to two digits [score=0]
    return round(reference(y_pred, y_true), 2)

all or nothing [score=0]
    return float(np.array_equal(y_pred, y_true))

divided by classes [score=0]
    return (y_pred == y_true).sum() / (y_true.max() + 1)

float32 [score=0]
    return np.mean(y_pred == y_true, dtype=np.float32)

single precision, cast back [hidden]
    return float(np.mean(y_pred == y_true, dtype=np.float32))

labels as bytes [hidden]
    return np.mean(y_pred.astype(np.uint8) == y_true.astype(np.uint8))

membership [score=0]
    return np.mean(np.isin(y_pred, y_true))

text [score=0]
    return f"{reference(y_pred, y_true):.2%}"

class zero does not count
    return np.mean((y_pred == y_true) & (y_true > 0))

without the last [score=0]
    return np.mean(y_pred[:-1] == y_true[:-1])
""")
