"""Wrong answers to the exercises of chapter 02, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
l2_distances_two_loops, no root => squared
    num_test, num_train = X_test.shape[0], X_train.shape[0]
    dists = np.zeros((num_test, num_train))
    for i in range(num_test):
        for j in range(num_train):
            diff = X_test[i].astype(float) - X_train[j]
            dists[i, j] = diff @ diff
    return dists

l2_distances_two_loops, L1 => manhattan
    dists = np.zeros((len(X_test), len(X_train)))
    for i, a in enumerate(X_test.astype(float)):
        for j, b in enumerate(X_train.astype(float)):
            dists[i][j] = abs(a - b).sum()
    return dists

l2_distances_two_loops, straight in uint8 => wraps converts-too-late
    dists = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        for j in range(len(X_train)):
            dists[i, j] = np.sqrt(np.sum((X_test[i] - X_train[j]) ** 2))
    return dists

l2_distances_two_loops, train first => rows-are-training
    out = np.zeros((len(X_train), len(X_test)))
    for i in range(len(X_train)):
        for j in range(len(X_test)):
            out[i, j] = np.linalg.norm(X_train[i].astype(float) - X_test[j].astype(float))
    return out

l2_distances_one_loop, sum over everything => sums-everything
    dists = np.zeros((X_test.shape[0], X_train.shape[0]))
    for i in range(X_test.shape[0]):
        dists[i, :] = np.sqrt(np.sum(np.square(X_train - X_test[i].astype(float))))
    return dists

l2_distances_one_loop, axis 0 => sums-over-rows a-number-for-each-feature
    dists = []
    for x in X_test.astype(np.float64):
        dists.append(np.sqrt(((X_train - x) ** 2).sum(axis=0)))
    return np.array(dists)

l2_distances_one_loop, no cast => wraps converts-too-late
    dists = np.zeros((X_test.shape[0], X_train.shape[0]))
    for i in range(X_test.shape[0]):
        dists[i] = np.linalg.norm(X_train - X_test[i], axis=1)
    return dists

l2_distances, no root => squared
    A = X_test.astype(float)
    B = X_train.astype(float)
    return (A**2).sum(1, keepdims=True) + (B**2).sum(1) - 2 * A.dot(B.T)

l2_distances, axes of the squares crossed => squares-crossed
    A, B = X_test.astype(float), X_train.astype(float)
    test_sq = np.sum(A**2, axis=1)
    train_sq = np.sum(B**2, axis=1)
    return np.sqrt(np.maximum(0, test_sq + train_sq[:, None] - 2 * A @ B.T))

l2_distances, root of what may be negative => nan
    a = np.asarray(X_test, dtype=float)
    b = np.asarray(X_train, dtype=float)
    sq = np.square(a).sum(axis=1).reshape(-1, 1) + np.square(b).sum(axis=1) - 2 * a.dot(b.T)
    return np.sqrt(sq)

l2_distances, plus the product => plus-product
    a, b = X_test.astype(float), X_train.astype(float)
    return np.sqrt((a**2).sum(1)[:, None] + (b**2).sum(1)[None, :] + 2 * np.dot(a, b.T))

l2_distances, broadcasting three axes => three-dimensional
    diff = X_test[:, None, :].astype(float) - X_train[None, :, :].astype(float)
    return np.linalg.norm(diff, axis=-1)

l2_distances, one loop => python-loop
    dists = np.zeros((X_test.shape[0], X_train.shape[0]))
    T = X_train.astype(float)
    for i in range(X_test.shape[0]):
        dists[i] = np.sqrt(np.sum((T - X_test[i]) ** 2, axis=1))
    return dists

l2_distances, uint8 in all three terms => wraps product-wraps squares-and-product-wrap
    te = np.sum(X_test * X_test, axis=1, keepdims=True)
    tr = np.sum(X_train * X_train, axis=1)
    d2 = te - 2.0 * np.dot(X_test, X_train.T) + tr
    return np.sqrt(np.clip(d2, 0, None))

knn_predict, Counter => nearest-breaks-tie
    from collections import Counter

    y_pred = np.zeros(len(distances), dtype=y_train.dtype)
    for i, row in enumerate(distances):
        closest = y_train[np.argsort(row)[:k]]
        y_pred[i] = Counter(closest.tolist()).most_common(1)[0][0]
    return y_pred

knn_predict, sorted down the columns => sorted-down-the-columns
    order = np.argsort(distances, axis=0)
    preds = []
    for i in range(distances.shape[0]):
        labels = y_train[order[i, :k]]
        preds.append(np.bincount(labels).argmax())
    return np.array(preds)

knn_predict, largest first => farthest
    out = []
    for row in distances:
        idx = row.argsort()[::-1][:k]
        out.append(np.argmax(np.bincount(y_train[idx])))
    return np.array(out)

knn_predict, votes for positions => positions-not-labels
    idx = np.argsort(distances, axis=1)[:, :k]
    return np.array([np.bincount(r).argmax() for r in idx])

knn_predict, mean of the labels => average-label
    idx = np.argsort(distances, axis=1)[:, :k]
    return np.rint(y_train[idx].mean(axis=1)).astype(int)

knn_predict, the nearest one's label => nearest-alone
    return y_train[np.argmin(distances, axis=1)]

knn_predict, the first place is skipped => skips-the-nearest
    idx = np.argsort(distances)[:, 1 : k + 1]
    return np.array([np.argmax(np.bincount(y_train[r])) for r in idx])

cross_validate_k, all rows to learn from => trains-on-everything
    X_folds = np.array_split(X, num_folds)
    y_folds = np.array_split(y, num_folds)
    acc = {}
    for k in k_choices:
        acc[k] = []
        for f in range(num_folds):
            pred = knn_predict(l2_distances(X_folds[f], X), y, k)
            acc[k].append(np.mean(pred == y_folds[f]))
    return acc

cross_validate_k, shuffled => shuffles
    perm = np.random.default_rng(0).permutation(len(X))
    folds = np.array_split(perm, num_folds)
    acc = {k: [] for k in k_choices}
    for f in range(num_folds):
        rest = np.concatenate([folds[g] for g in range(num_folds) if g != f])
        D = l2_distances(X[folds[f]], X[rest])
        for k in k_choices:
            acc[k].append(np.mean(knn_predict(D, y[rest], k) == y[folds[f]]))
    return acc

cross_validate_k, means => mean-over-folds
    acc = {}
    idx = np.array_split(np.arange(len(X)), num_folds)
    for k in k_choices:
        scores = []
        for f in idx:
            m = np.ones(len(X), bool)
            m[f] = False
            scores.append(np.mean(knn_predict(l2_distances(X[f], X[m]), y[m], k) == y[f]))
        acc[k] = np.mean(scores)
    return acc

cross_validate_k, size of a fold by whole division => remainder-dropped remainder-last
remainder-never-validated
    size = len(X) // num_folds
    acc = {k: [] for k in k_choices}
    for f in range(num_folds):
        val = np.arange(f * size, (f + 1) * size)
        rest = np.setdiff1d(np.arange(len(X)), val)
        D = l2_distances(X[val], X[rest])
        for k in k_choices:
            acc[k].append(float(np.mean(knn_predict(D, y[rest], k) == y[val])))
    return acc

cross_validate_k, learns from one fold => trains-on-one-fold
    X_folds, y_folds = np.array_split(X, num_folds), np.array_split(y, num_folds)
    acc = {k: [] for k in k_choices}
    for i in range(num_folds):
        X_val = np.concatenate(X_folds[:i] + X_folds[i + 1 :])
        y_val = np.concatenate(y_folds[:i] + y_folds[i + 1 :])
        D = l2_distances(X_val, X_folds[i])
        for k in k_choices:
            acc[k].append(float(np.mean(knn_predict(D, y_folds[i], k) == y_val)))
    return acc

neighbour_agreement, a count => count
    same = 0
    for i in range(len(distances)):
        if train_attribute[np.argmin(distances[i])] == test_attribute[i]:
            same += 1
    return same

neighbour_agreement, nearest test row => down-the-columns asked-from-the-training-rows
    nn = distances.argmin(axis=0)
    return np.mean(test_attribute[nn] == train_attribute)

neighbour_agreement, largest distance => farthest
    nn = distances.argmax(axis=1)
    return np.mean(train_attribute[nn] == test_attribute)

neighbour_agreement, everything with everything => all-pairs
    total = 0
    for t in test_attribute:
        total += np.sum(train_attribute == t)
    return total / distances.size

l2_distances_one_loop, all but the last row => last-row-left-out
    D = np.zeros((X_test.shape[0], X_train.shape[0]))
    i = 0
    while i < X_test.shape[0] - 1:
        D[i] = np.linalg.norm(X_train - X_test[i].astype(float), axis=1)
        i += 1
    return D

knn_predict, how many votes => votes-for-labels
    result = []
    for row in distances:
        labels, votes = np.unique(y_train[np.argsort(row, kind="stable")[:k]], return_counts=True)
        result.append(votes.max())
    return np.array(result)
""")
