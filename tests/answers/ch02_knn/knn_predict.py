"""Answers to knn_predict."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
dictionaries and loops
    labels = []
    for row in distances:
        pairs = sorted(zip(row.tolist(), y_train.tolist(), strict=True))[:k]
        votes = {}
        for _, label in pairs:
            votes[label] = votes.get(label, 0) + 1
        most = max(votes.values())
        labels.append(min(label for label, count in votes.items() if count == most))
    return np.array(labels)

one count per class, all rows at once
    nearest = np.argpartition(distances, k - 1, axis=1)[:, :k]
    classes = np.unique(y_train)
    counts = (y_train[nearest][:, :, None] == classes).sum(axis=1)
    return classes[counts.argmax(axis=1)]

unique labels, an array filled row by row
    y_pred = np.zeros(distances.shape[0], dtype=np.int32)
    for i in range(distances.shape[0]):
        labels, counts = np.unique(y_train[distances[i].argsort()[0:k]], return_counts=True)
        y_pred[i] = labels[counts == counts.max()][0]
    return y_pred

Counter, largest count then smallest label
    from collections import Counter

    found = []
    for row in distances.tolist():
        nearest = sorted(range(len(row)), key=row.__getitem__)[:k]
        votes = Counter(int(y_train[j]) for j in nearest)
        found.append(min(votes, key=lambda label: (-votes[label], label)))
    return np.array(found, dtype=np.int32)

argpartition and one-hot votes
    n = distances.shape[1]
    nearest = np.argpartition(distances, k - 1, axis=1)[:, :k] if k < n else np.arange(n)[None]
    votes = np.eye(int(y_train.max()) + 1)[y_train][nearest].sum(axis=1)
    return np.broadcast_to(votes, (len(distances), votes.shape[-1])).argmax(axis=1)

mask of the k-th distance
    near = distances <= np.sort(distances, axis=1)[:, [k - 1]]
    votes = [(near & (y_train == c)).sum(axis=1) for c in range(y_train.max() + 1)]
    return np.argmax(votes, axis=0)

the mode of sorted labels
    def knn_predict(distances, y_train, k=1):
        labels = np.sort(np.take(y_train, np.argsort(distances)[:, :k]), axis=1).tolist()
        return np.asarray([max(row, key=row.count) for row in labels])

np.add.at
    votes = np.zeros((len(distances), y_train.max() + 1), dtype=np.intp)
    nearest = y_train[np.argsort(distances, axis=1)][:, :k]
    np.add.at(votes, (np.arange(len(distances))[:, None], nearest), 1)
    return votes.argmax(axis=1)
""")

answers.wrong("""
all neighbours [score=0]
    return reference(distances, y_train, distances.shape[1])

index instead of label [score=0]
    return distances.argmin(axis=1)

median of the labels
    - np.argmax(np.bincount(row))
    + int(np.median(row))

floats [score=1]
    return reference(distances, y_train, k).astype(float)

a list [score=1]
    return reference(distances, y_train, k).tolist()

a column [score=1]
    return reference(distances, y_train, k)[:, None]

votes counted in uint8 [hidden]
    nearest = y_train[np.argsort(distances, axis=1)[:, :k]]
    classes = np.arange(y_train.max() + 1)
    votes = np.sum(nearest[:, :, None] == classes, axis=1, dtype=np.uint8)
    return votes.argmax(axis=1)

weighted by distance
    order = distances.argsort(axis=1)[:, :k]
    weights = 1 / (1e-9 + np.take_along_axis(distances, order, axis=1))
    pairs = zip(y_train[order], weights, strict=True)
    return np.array([np.bincount(row, weight).argmax() for row, weight in pairs])

sorted along the wrong axis [score=0]
    rows = distances.argsort(axis=0)[:, :k] % len(y_train)
    return np.array([np.bincount(y_train[row]).argmax() for row in rows])

the first k rows [score=0]
    return np.full(len(distances), np.bincount(y_train[:k]).argmax())
""")
