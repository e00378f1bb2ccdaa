"""Answers to cross_validate_k."""

from solutions.ch02_knn.knn_predict import knn_predict
from solutions.ch02_knn.l2_distances import l2_distances
from tests.answers.corpus import Answers

answers = Answers(__name__)


def knn(train, y, test, k):
    """Labels of test rows by a vote of their k nearest training rows."""
    return knn_predict(l2_distances(test, train), y, k)


answers.right("""
nothing of the chapter used, plain loops
    X = X.astype(float)
    folds = np.array_split(np.arange(len(X)), num_folds)
    result = {}
    for k in k_choices:
        result[k] = []
        for fold in folds:
            others = [i for i in range(len(X)) if i not in fold]
            right = 0
            for i in fold:
                by_distance = sorted(others, key=lambda j, i=i: np.linalg.norm(X[i] - X[j]))
                votes = [int(y[j]) for j in by_distance[:k]]
                right += min(set(votes), key=lambda c: (-votes.count(c), c)) == y[i]
            result[k].append(right / len(fold))
    return result

all distances once, masks, keys and values of NumPy
    rows = X.astype(np.float64)
    distances = np.sqrt(((rows[:, None] - rows) ** 2).sum(axis=-1))
    accuracies = {k: [] for k in np.array(k_choices)}
    for fold in np.array_split(np.arange(len(y)), num_folds):
        rest = np.setdiff1d(np.arange(len(y)), fold)
        order = np.argsort(distances[np.ix_(fold, rest)], axis=1)
        for k in accuracies:
            votes = y[rest][order[:, :k]]
            counts = np.stack([(votes == c).sum(axis=1) for c in range(y.max() + 1)], axis=1)
            accuracies[k].append(np.mean(counts.argmax(axis=1) == y[fold]))
    return accuracies

deleting the fold by its borders
    from itertools import pairwise

    size, more = divmod(len(X), num_folds)
    borders = [i * size + min(i, more) for i in range(num_folds + 1)]
    table = {}
    for k in sorted(k_choices):
        for a, b in pairwise(borders):
            A, B = np.float64(X[a:b]), np.float64(np.delete(X, slice(a, b), axis=0))
            squared = (A**2).sum(1, keepdims=True) + (B**2).sum(1) - 2 * A.dot(B.T)
            votes = np.delete(y, np.arange(a, b))[squared.argsort(1)[:, :k]]
            labels = [np.bincount(row).argmax() for row in votes]
            table.setdefault(k, []).append(float((np.array(labels) == y[a:b]).mean()))
    return table

array_split, one k after the other
    parts, labels = np.array_split(X, num_folds), np.array_split(y, num_folds)
    found = {}
    for k in k_choices:
        found[k] = []
        for i in range(num_folds):
            train = np.concatenate(parts[:i] + parts[i + 1 :])
            target = np.concatenate(labels[:i] + labels[i + 1 :])
            found[k].append(np.mean(knn(train, target, parts[i], k) == labels[i]))
    return found

folds of indices, a default dict
    from collections import defaultdict

    found = defaultdict(list)
    for fold in np.array_split(np.arange(len(y)), num_folds):
        rest = np.setdiff1d(np.arange(len(y)), fold)
        distances = l2_distances(X[fold], X[rest])
        for k in k_choices:
            found[k].append(float((knn_predict(distances, y[rest], k) == y[fold]).mean()))
    return found

masks and nested comprehensions
    sizes = [len(part) for part in np.array_split(y, num_folds)]
    fold_of = np.repeat(np.arange(num_folds), sizes)

    def score(k, i):
        m = fold_of == i
        return np.count_nonzero(knn(X[~m], y[~m], X[m], k) == y[m]) / m.sum()

    return {k: [score(k, i) for i in range(num_folds)] for k in k_choices}

sizes by hand, np.delete
    small, more = divmod(len(X), num_folds)
    out, start = {int(k): [] for k in k_choices}, 0
    for i in range(num_folds):
        held = np.arange(start, start + small + (i < more))
        start += len(held)
        train, target = np.delete(X, held, axis=0), np.delete(y, held)
        for k in out:
            out[k] += [np.average(knn(train, target, X[held], k) == y[held])]
    return out

one table of distances with infinity inside a fold
    table, folds = l2_distances(X, X), np.array_split(np.arange(len(X)), num_folds)
    for fold in folds:
        table[np.ix_(fold, fold)] = np.inf
    hits = {k: knn_predict(table, y, k) == y for k in k_choices}
    return {k: [float(np.mean(hits[k][fold])) for fold in folds] for k in hits}

differences of all pairs at once
    X, found = X.astype(float), {k: [] for k in k_choices}
    for fold in np.array_split(np.arange(len(y)), num_folds):
        rest = np.array([i for i in range(len(y)) if i not in fold])
        order = np.argsort(((X[fold][:, None] - X[rest][None]) ** 2).sum(axis=-1), axis=1)
        for k in k_choices:
            votes = np.array([np.bincount(y[rest][row[:k]]).argmax() for row in order])
            found[k].append(np.mean(votes == y[fold]).item())
    return found

a class for the model
    from itertools import pairwise

    class Neighbours:
        def __init__(self, X, y):
            self.X, self.y = X, y

        def accuracy(self, X, y, k):
            pairs = zip(knn(self.X, self.y, X, k), y, strict=True)
            return sum(int(p == t) for p, t in pairs) / len(y)

    results = {}
    cuts = [part[0] for part in np.array_split(range(len(y)), num_folds)] + [len(y)]
    for a, b in pairwise(cuts):
        model = Neighbours(np.vstack([X[:a], X[b:]]), np.append(y[:a], y[b:]))
        for k in k_choices:
            results.setdefault(k, []).append(model.accuracy(X[a:b], y[a:b], k))
    return results

arrays instead of lists
    return {k: np.array(v) for k, v in reference(X, y, k_choices, num_folds).items()}
""")

answers.wrong("""
counts [score=0]
    - float(np.mean(right))
    + int(right.sum())

the best k [score=0]
    - return accuracies
    + return max(accuracies, key=lambda k: np.mean(accuracies[k]))

single precision, cast back
    found = reference(X, y, k_choices, num_folds)
    return {k: [float(np.float32(a)) for a in found[k]] for k in found}

no cast, all pairs at once
    - l2_distances(X_folds[i], X_rest)
    + np.sqrt(((X_folds[i][:, None] - X_rest[None]) ** 2).sum(axis=-1))

folds in reverse [score=0]
    return {k: v[::-1] for k, v in reference(X, y, k_choices, num_folds).items()}

always five folds
    return reference(X, y, k_choices, 5)

trained on the next fold [score=0]
    - np.concatenate(X_folds[:i] + X_folds[i + 1 :])
    + X_folds[(i + 1) % num_folds]
    - np.concatenate(y_folds[:i] + y_folds[i + 1 :])
    + y_folds[(i + 1) % num_folds]
    - y_rest, k)
    + y_rest, min(k, len(y_rest)))

always the nearest [score=0]
    - y_rest, k)
    + y_rest, 1)

tie to the nearest label
    - knn_predict(distances, y_rest, k)
    + [max(r, key=r.count) for r in y_rest[distances.argsort(axis=1)[:, :k]].tolist()]

the last k only [score=0]
    return reference(X, y, k_choices[-1:], num_folds)

keys as text [score=0]
    return {str(k): v for k, v in reference(X, y, k_choices, num_folds).items()}
""")
