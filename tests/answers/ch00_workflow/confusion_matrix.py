"""Answers to confusion_matrix."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a number for each place
    places = num_classes * y_true + y_pred
    return np.bincount(places, minlength=num_classes**2).reshape(num_classes, num_classes)

counting in a loop
    table = np.zeros((num_classes, num_classes), dtype=np.int32)
    for i in range(len(y_true)):
        table[y_true[i], y_pred[i]] += 1
    return table

every pair of classes compared
    classes = range(num_classes)
    return np.array([[np.sum((y_true == t) & (y_pred == p)) for p in classes] for t in classes])

a product of one-hot labels
    eye = np.eye(num_classes, dtype=int)
    return eye[y_true].T @ eye[y_pred]

np.add.at
    out = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(out, (y_true, y_pred), 1)
    return out

a loop
    out = np.zeros([num_classes] * 2, dtype=np.int32)
    for p, t in zip(y_pred, y_true, strict=True):
        out[t, p] += 1
    return out

bincount of codes
    codes = num_classes * y_true.astype(np.int64) + y_pred
    return np.bincount(codes, minlength=num_classes**2).reshape(num_classes, -1)

one-hot integers
    eye = np.eye(num_classes, dtype=np.uint16)
    return eye[y_true].T @ eye[y_pred]

Counter of pairs
    import collections

    pairs = collections.Counter(zip(y_true.tolist(), y_pred.tolist(), strict=True))
    labels = range(num_classes)
    return np.array([[pairs[t, p] for p in labels] for t in labels])

histogram of two dimensions as integers
    edges = np.arange(num_classes + 1) - 0.5
    return np.histogram2d(y_true, y_pred, bins=(edges, edges))[0].astype(np.intp)
""")

answers.wrong("""
lists [score=1]
    return reference(y_pred, y_true, num_classes).tolist()

symmetric [score=0]
    - return table
    + return table + table.T

booleans [score=0]
    - return table
    + return table > 0

one row more [score=0]
    return reference(y_pred, y_true, num_classes + 1)

classes in reverse [score=0]
    - return table
    + return table[::-1, ::-1]

starts at one [score=0]
    - np.zeros
    + np.ones

uint8 counts [hidden]
    table = np.zeros((num_classes, num_classes), dtype=np.uint8)
    np.add.at(table, (y_true, y_pred), 1)
    return table.astype(int)

uint8 codes overflow
    codes = (num_classes * y_true + y_pred).astype(np.uint8)
    return np.bincount(codes, minlength=num_classes**2)[: num_classes**2].reshape(num_classes, -1)
""")
