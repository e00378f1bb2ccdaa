"""Answers to chapter 02: votes and folds."""

import collections
import itertools

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("knn_predict", "bincount and argmax")
def _(distances, y_train, k):
    nearest = np.argsort(distances, axis=1)[:, :k]
    return np.array([np.bincount(y_train[row]).argmax() for row in nearest])


@right("knn_predict", "Counter, largest count then smallest label")
def _(distances, y_train, k):
    found = []
    for row in distances.tolist():
        nearest = sorted(range(len(row)), key=row.__getitem__)[:k]
        votes = collections.Counter(int(y_train[j]) for j in nearest)
        found.append(min(votes, key=lambda label: (-votes[label], label)))
    return np.array(found, dtype=np.int32)


@right("knn_predict", "argpartition and one-hot votes")
def _(distances, y_train, k):
    n = distances.shape[1]
    nearest = np.argpartition(distances, k - 1, axis=1)[:, :k] if k < n else np.arange(n)[None]
    votes = np.eye(int(y_train.max()) + 1)[y_train][nearest].sum(axis=1)
    return np.broadcast_to(votes, (len(distances), votes.shape[-1])).argmax(axis=1)


@right("knn_predict", "np.unique with counts")
def _(distances, y_train, k):
    out = np.zeros(len(distances), dtype=int)
    for i, row in enumerate(distances):
        labels, counts = np.unique(y_train[np.argsort(row, kind="stable")[:k]], return_counts=True)
        out[i] = labels[np.argmax(counts)]
    return out


@right("knn_predict", "mask of the k-th distance")
def _(distances, y_train, k):
    near = distances <= np.sort(distances, axis=1)[:, [k - 1]]
    votes = [(near & (y_train == c)).sum(axis=1) for c in range(y_train.max() + 1)]
    return np.argmax(votes, axis=0)


@right("knn_predict", "the mode of sorted labels")
def _(distances: np.ndarray, y_train: np.ndarray, k: int = 1) -> np.ndarray:
    labels = np.sort(np.take(y_train, np.argsort(distances)[:, :k]), axis=1).tolist()
    return np.asarray([max(row, key=row.count) for row in labels])


@right("knn_predict", "np.add.at")
def _(distances, y_train, k):
    votes = np.zeros((len(distances), y_train.max() + 1), dtype=np.intp)
    nearest = y_train[np.argsort(distances, axis=1)][:, :k]
    np.add.at(votes, (np.arange(len(distances))[:, None], nearest), 1)
    return votes.argmax(axis=1)


def predict(distances, y_train, k, order=1):
    nearest = np.argsort(order * distances, axis=1)[:, :k]
    return np.array([np.bincount(y_train[row]).argmax() for row in nearest])


wrong("knn_predict", "the furthest", score=0)(lambda d, y, k: predict(d, y, k, -1))
wrong("knn_predict", "always one neighbour")(lambda d, y, k: y[d.argmin(axis=1)])
wrong("knn_predict", "all neighbours", score=0)(lambda d, y, k: predict(d, y, d.shape[1]))
wrong("knn_predict", "one neighbour more")(lambda d, y, k: predict(d, y, k + 1))
wrong("knn_predict", "without the nearest")(
    lambda d, y, k: np.array([np.bincount(y[r[1 : k + 1]]).argmax() for r in d.argsort(axis=1)])
)
wrong("knn_predict", "index instead of label", score=0)(lambda d, y, k: d.argmin(axis=1))
wrong("knn_predict", "mean of the labels")(
    lambda d, y, k: np.rint(y[np.argsort(d, axis=1)[:, :k]].mean(axis=1)).astype(int)
)
wrong("knn_predict", "median of the labels")(
    lambda d, y, k: np.median(y[np.argsort(d, axis=1)[:, :k]], axis=1).astype(int)
)
wrong("knn_predict", "floats", score=0)(lambda d, y, k: predict(d, y, k).astype(float))
wrong("knn_predict", "a list", score=0)(lambda d, y, k: predict(d, y, k).tolist())
wrong("knn_predict", "a column", score=0)(lambda d, y, k: predict(d, y, k)[:, None])
wrong("knn_predict", "tie to the largest label")(
    lambda d, y, k: y.max() - predict(d, y.max() - y, k)
)
wrong("knn_predict", "tie to the nearest")(
    lambda d, y, k: np.array(
        [collections.Counter(y[r[:k]].tolist()).most_common(1)[0][0] for r in d.argsort(axis=1)]
    )
)
wrong("knn_predict", "weighted by distance")(
    lambda d, y, k: np.array(
        [np.bincount(y[r[:k]], 1 / (1e-9 + e[r[:k]])).argmax()
         for r, e in zip(d.argsort(axis=1), d, strict=True)]
    )
)  # fmt: skip
wrong("knn_predict", "sorted along the wrong axis", score=0)(
    lambda d, y, k: np.array(
        [np.bincount(y[r % len(y)]).argmax() for r in d.argsort(axis=0)[:, :k]]
    )
)
wrong("knn_predict", "the first k rows", score=0)(
    lambda d, y, k: np.full(len(d), np.bincount(y[:k]).argmax())
)


@wrong("knn_predict", "sorts the distances in place", score=0)
def _(distances, y_train, k):
    out = predict(distances, y_train, k)
    distances.sort(axis=1)
    return out


@wrong("knn_predict", "crosses off what it has taken", score=0)
def _(distances, y_train, k):
    votes = np.zeros((len(distances), y_train.max() + 1), dtype=int)
    rows = np.arange(len(distances))
    for _ in range(k):
        j = distances.argmin(axis=1)
        votes[rows, y_train[j]] += 1
        distances[rows, j] = np.inf
    return votes.argmax(axis=1)


def apart(A, B):
    A, B = A.astype(float), B.astype(float)
    return np.sqrt(np.maximum((A**2).sum(1)[:, None] + (B**2).sum(1) - 2 * A @ B.T, 0))


def knn(train, y, test, k):
    return predict(apart(test, train), y, k)


@right("cross_validate_k", "array_split of data and labels")
def _(X, y, k_choices, num_folds):
    parts, labels = np.array_split(X, num_folds), np.array_split(y, num_folds)
    found = {}
    for k in k_choices:
        found[k] = []
        for i in range(num_folds):
            train = np.concatenate(parts[:i] + parts[i + 1 :])
            target = np.concatenate(labels[:i] + labels[i + 1 :])
            found[k].append(np.mean(knn(train, target, parts[i], k) == labels[i]))
    return found


@right("cross_validate_k", "folds of indices, a default dict")
def _(X, y, k_choices, num_folds):
    found = collections.defaultdict(list)
    for fold in np.array_split(np.arange(len(y)), num_folds):
        rest = np.setdiff1d(np.arange(len(y)), fold)
        distances = apart(X[fold], X[rest])
        for k in k_choices:
            found[k].append(float((predict(distances, y[rest], k) == y[fold]).mean()))
    return found


@right("cross_validate_k", "masks and nested comprehensions")
def _(X, y, k_choices, num_folds):
    fold_of = np.concatenate(
        [np.full(len(p), i) for i, p in enumerate(np.array_split(y, num_folds))]
    )

    def score(k, i):
        m = fold_of == i
        return np.count_nonzero(knn(X[~m], y[~m], X[m], k) == y[m]) / m.sum()

    return {k: [score(k, i) for i in range(num_folds)] for k in k_choices}


@right("cross_validate_k", "sizes by hand, np.delete")
def _(X, y, k_choices, num_folds):
    small, more = divmod(len(X), num_folds)
    out, start = {int(k): [] for k in k_choices}, 0
    for i in range(num_folds):
        held = np.arange(start, start + small + (i < more))
        start += len(held)
        train, target = np.delete(X, held, axis=0), np.delete(y, held)
        for k in out:
            out[k] += [np.average(knn(train, target, X[held], k) == y[held])]
    return out


@right("cross_validate_k", "one table of distances with infinity inside a fold")
def _(X, y, k_choices, num_folds):
    table, folds = apart(X, X), np.array_split(np.arange(len(X)), num_folds)
    for fold in folds:
        table[np.ix_(fold, fold)] = np.inf
    hits = {k: predict(table, y, k) == y for k in k_choices}
    return {k: [float(np.mean(hits[k][fold])) for fold in folds] for k in hits}


@right("cross_validate_k", "differences of all pairs at once, no cast")
def _(X, y, k_choices, num_folds):
    found = {k: [] for k in k_choices}
    for fold in np.array_split(np.arange(len(y)), num_folds):
        rest = np.array([i for i in range(len(y)) if i not in fold])
        order = np.argsort(((X[fold][:, None] - X[rest][None]) ** 2).sum(axis=-1), axis=1)
        for k in k_choices:
            votes = np.array([np.bincount(y[rest][row[:k]]).argmax() for row in order])
            found[k].append(np.mean(votes == y[fold]).item())
    return found


@right("cross_validate_k", "a class for the model")
def _(X, y, k_choices, num_folds):
    class Neighbours:
        def __init__(self, X, y):
            self.X, self.y = X, y

        def accuracy(self, X, y, k):
            return sum(
                int(p == t) for p, t in zip(knn(self.X, self.y, X, k), y, strict=True)
            ) / len(y)

    results = {}
    cuts = [part[0] for part in np.array_split(range(len(y)), num_folds)] + [len(y)]
    for a, b in itertools.pairwise(cuts):
        model = Neighbours(np.vstack([X[:a], X[b:]]), np.append(y[:a], y[b:]))
        for k in k_choices:
            results.setdefault(k, []).append(model.accuracy(X[a:b], y[a:b], k))
    return results


def validated(X, y, k_choices, folds, *, train=None, vote=predict, score=np.mean):
    out = {}
    for k in k_choices:
        out[k] = []
        for fold in folds:
            rest = np.setdiff1d(np.arange(len(y)), fold) if train is None else train
            out[k].append(score(vote(apart(X[fold], X[rest]), y[rest], k) == y[fold]))
    return out


def split(y, num_folds):
    return np.array_split(np.arange(len(y)), num_folds)


wrong("cross_validate_k", "trained on everything", score=0)(
    lambda X, y, ks, n: validated(X, y, ks, split(y, n), train=np.arange(len(y)))
)
wrong("cross_validate_k", "error rates", score=0)(
    lambda X, y, ks, n: validated(X, y, ks, split(y, n), score=lambda hit: 1 - hit.mean())
)
wrong("cross_validate_k", "counts", score=0)(
    lambda X, y, ks, n: validated(X, y, ks, split(y, n), score=lambda hit: int(hit.sum()))
)
wrong("cross_validate_k", "means over folds", score=0)(
    lambda X, y, ks, n: {k: np.mean(v) for k, v in validated(X, y, ks, split(y, n)).items()}
)
wrong("cross_validate_k", "the best k", score=0)(
    lambda X, y, ks, n: max(validated(X, y, ks, split(y, n)).items(), key=lambda p: np.mean(p[1]))[
        0
    ]
)
wrong("cross_validate_k", "arrays instead of lists", score=0)(
    lambda X, y, ks, n: {k: np.array(v) for k, v in validated(X, y, ks, split(y, n)).items()}
)
wrong("cross_validate_k", "shuffled", score=0)(
    lambda X, y, ks, n: validated(
        X, y, ks, np.array_split(np.random.default_rng(0).permutation(len(y)), n)
    )
)
wrong("cross_validate_k", "every n-th row", score=0)(
    lambda X, y, ks, n: validated(X, y, ks, [np.arange(i, len(y), n) for i in range(n)])
)
wrong("cross_validate_k", "folds in reverse", score=0)(
    lambda X, y, ks, n: validated(X, y, ks, split(y, n)[::-1])
)
wrong("cross_validate_k", "remainder dropped")(
    lambda X, y, ks, n: validated(X, y, ks, split(y[: len(y) // n * n], n))
)
wrong("cross_validate_k", "remainder in the last fold")(
    lambda X, y, ks, n: validated(
        X, y, ks, np.split(np.arange(len(y)), [len(y) // n * i for i in range(1, n)])
    )
)
wrong("cross_validate_k", "always five folds")(lambda X, y, ks, n: validated(X, y, ks, split(y, 5)))
wrong("cross_validate_k", "trained on one fold", score=0)(
    lambda X, y, ks, n: {
        k: [
            np.mean(knn(X[b], y[b], X[a], min(k, len(b))) == y[a])
            for a, b in zip(split(y, n), split(y, n)[1:] + split(y, n)[:1], strict=True)
        ]
        for k in ks
    }
)
wrong("cross_validate_k", "train and test swapped", score=0)(
    lambda X, y, ks, n: {
        k: [np.mean(knn(X[f], y[f], np.delete(X, f, 0), k) == np.delete(y, f)) for f in split(y, n)]
        for k in ks
    }
)
wrong("cross_validate_k", "always the nearest", score=0)(
    lambda X, y, ks, n: validated(X, y, ks, split(y, n), vote=lambda d, y, k: y[d.argmin(axis=1)])
)
wrong("cross_validate_k", "tie to the nearest label")(
    lambda X, y, ks, n: validated(
        X, y, ks, split(y, n),
        vote=lambda d, y, k: np.array(
            [collections.Counter(y[r[:k]].tolist()).most_common(1)[0][0] for r in d.argsort(axis=1)]
        ),
    )
)  # fmt: skip
wrong("cross_validate_k", "the last k only", score=0)(
    lambda X, y, ks, n: validated(X, y, ks[-1:], split(y, n))
)
wrong("cross_validate_k", "keys as text", score=0)(
    lambda X, y, ks, n: {str(k): v for k, v in validated(X, y, ks, split(y, n)).items()}
)
