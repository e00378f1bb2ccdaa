"""Wrong answers to the exercises of chapter 00, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
train_test_split, NumPy's global shuffle => global-randomness
    indices = np.arange(X.shape[0])
    np.random.shuffle(indices)
    n_test = int(round(test_fraction * X.shape[0]))
    test_idx = indices[:n_test]
    train_idx = indices[n_test:]
    return X[train_idx], y[train_idx], X[test_idx], y[test_idx]

train_test_split, the last rows are the test rows => not-shuffled
    N = len(X)
    split = N - round(N * test_fraction)
    X_train, X_test = X[:split], X[split:]
    y_train, y_test = y[:split], y[split:]
    return X_train, y_train, X_test, y_test

train_test_split, scikit-learn's order => returned-in-another-order
    perm = rng.permutation(len(y))
    k = round(len(y) * test_fraction)
    X_train, X_test = X[perm[k:]], X[perm[:k]]
    y_train, y_test = y[perm[k:]], y[perm[:k]]
    return X_train, X_test, y_train, y_test

train_test_split, seed 42 => generator-of-its-own
    rng = np.random.default_rng(42)
    p = rng.permutation(len(X))
    n = round(test_fraction * len(X))
    return X[p[n:]], y[p[n:]], X[p[:n]], y[p[:n]]

train_test_split, shuffles both arrays one after the other => nothing
    rng.shuffle(X)
    rng.shuffle(y)
    n = round(len(X) * test_fraction)
    return X[n:], y[n:], X[:n], y[:n]

train_test_split, int of the product => cut-off-instead-of-rounded
    order = np.arange(len(X))
    rng.shuffle(order)
    cut = int(len(X) * (1 - test_fraction))
    n_test = int(test_fraction * len(X))
    assert cut + n_test <= len(X)
    return X[order[n_test:]], y[order[n_test:]], X[order[:n_test]], y[order[:n_test]]

train_test_split, choice that repeats => nothing
    n = round(len(X) * test_fraction)
    test = rng.choice(len(X), n)
    mask = np.ones(len(X), bool)
    mask[test] = False
    return X[mask], y[mask], X[test], y[test]

train_test_split, fraction of the training rows => fraction-to-train-with
    n_train = round(test_fraction * X.shape[0])
    order = rng.permutation(X.shape[0])
    return X[order[:n_train]], y[order[:n_train]], X[order[n_train:]], y[order[n_train:]]

color_histogram, np.histogram without a range => range-of-the-image
    out = []
    for img in images:
        feats = []
        for ch in range(3):
            h, _ = np.histogram(img[:, :, ch], bins=bins)
            feats.append(h / h.sum())
        out.append(np.concatenate(feats))
    return np.array(out)

color_histogram, range up to 255 => range-to-255
    N = images.shape[0]
    feats = np.zeros((N, 3 * bins))
    for i in range(N):
        for c in range(3):
            hist, edges = np.histogram(images[i, ..., c].ravel(), bins=bins, range=(0, 255))
            feats[i, c * bins : (c + 1) * bins] = hist / hist.sum()
    return feats

color_histogram, not divided => counts
    N, H, W, _ = images.shape
    result = np.zeros((N, 3 * bins))
    for n in range(N):
        for c in range(3):
            result[n, c * bins : (c + 1) * bins] = np.histogram(
                images[n, :, :, c], bins=bins, range=(0, 256)
            )[0]
    return result

color_histogram, density => density
    hists = [
        [np.histogram(im[..., c], bins=bins, range=(0, 256), density=True)[0] for c in range(3)]
        for im in images
    ]
    return np.array(hists).reshape(len(images), -1)

color_histogram, divided by image.size => fractions-of-all-channels
    rows = []
    for image in images:
        row = []
        for c in range(3):
            counts, _ = np.histogram(image[:, :, c], bins, (0, 256))
            row.extend(counts / image.size)
        rows.append(row)
    return np.array(rows)

color_histogram, the three channels in one histogram => one-block-for-all-channels
    result = np.zeros((len(images), bins))
    for i, image in enumerate(images):
        counts, _ = np.histogram(image, bins=bins, range=(0, 256))
        result[i] = counts / counts.sum()
    return result

color_histogram, bins of whole width => range-to-255
    width = 256 // bins
    out = np.zeros((len(images), 3, bins))
    for n, img in enumerate(images):
        for c in range(3):
            idx = np.minimum(img[:, :, c] // width, bins - 1)
            out[n, c] = np.bincount(idx.ravel(), minlength=bins) / idx.size
    return out.reshape(len(images), -1)

nearest_centroid_fit, mean without an axis => mean-over-features one-mean-for-all-features
    centroids = np.zeros((num_classes, X.shape[1]))
    for c in range(num_classes):
        centroids[c] = X[y == c].mean()
    return centroids

nearest_centroid_fit, mean along the features => mean-over-features wrong-axis
    centroids = np.zeros((num_classes, X.shape[1]))
    for c in range(num_classes):
        centroids[c] = np.mean(X[y == c], axis=1)
    return centroids

nearest_centroid_fit, sums => sum
    sums = np.zeros((num_classes, X.shape[1]))
    for i in range(len(y)):
        sums[y[i]] += X[i]
    return sums

nearest_centroid_fit, an array of the type of X => pixels-dtype
    means = np.zeros((num_classes, X.shape[1]), dtype=X.dtype)
    for k in range(num_classes):
        members = X[y == k]
        means[k] = members.sum(axis=0) / len(members)
    return means

nearest_centroid_fit, divided by N => divided-by-all
    N, D = X.shape
    out = np.zeros((num_classes, D))
    np.add.at(out, y, X)
    return out / N

nearest_centroid_predict, argmax of distances => farthest
    dists = np.zeros((X.shape[0], centroids.shape[0]))
    for c in range(centroids.shape[0]):
        dists[:, c] = np.linalg.norm(X - centroids[c], axis=1)
    return np.argmax(dists, axis=1)

nearest_centroid_predict, Manhattan => sum-of-sizes
    diffs = np.abs(X[:, np.newaxis, :] - centroids[np.newaxis, :, :])
    return diffs.sum(axis=-1).argmin(axis=-1)

nearest_centroid_predict, argmin down the columns => example-for-each-centroid
    d = np.sqrt(((X[:, None] - centroids[None]) ** 2).sum(2))
    return np.argmin(d, axis=0)

nearest_centroid_predict, the distance itself => distances
    labels = []
    for x in X:
        labels.append(min(np.sqrt(np.sum((x - c) ** 2)) for c in centroids))
    return np.array(labels)

nearest_centroid_predict, later of equals => last-of-a-tie
    y_pred = np.zeros(len(X), dtype=int)
    for i, x in enumerate(X):
        best = np.inf
        for c, m in enumerate(centroids):
            d = np.sum((x - m) ** 2)
            if d <= best:
                best, y_pred[i] = d, c
    return y_pred

accuracy, how many => count
    correct = 0
    for a, b in zip(y_pred, y_true):
        if a == b:
            correct += 1
    return correct

accuracy, whole division => whole-division
    return sum(y_pred == y_true) // len(y_true)

accuracy, out of a hundred => percent
    n_correct = np.count_nonzero(y_pred == y_true)
    return n_correct / len(y_pred) * 100.0

accuracy, all of them equal => all-or-nothing
    return float((y_pred == y_true).all())

accuracy, wrong ones => error-rate
    return np.sum(y_pred != y_true) / y_true.shape[0]

confusion_matrix, predicted first => rows-and-columns-swapped
    cm = np.zeros((num_classes, num_classes), dtype=int)
    for p, t in zip(y_pred, y_true):
        cm[p][t] += 1
    return cm

confusion_matrix, fancy index with += => each-place-once
    cm = np.zeros((num_classes, num_classes), dtype=int)
    cm[y_true, y_pred] += 1
    return cm

confusion_matrix, float zeros => counts-as-floats
    M = np.zeros((num_classes, num_classes))
    for i in range(len(y_true)):
        M[y_true[i], y_pred[i]] += 1
    return M

confusion_matrix, hits alone => right-ones-alone
    M = np.zeros((num_classes, num_classes), dtype=int)
    for c in range(num_classes):
        M[c, c] = np.sum((y_true == c) & (y_pred == c))
    return M

confusion_matrix, as many classes as occur => labels-that-occur
    classes = np.unique(np.concatenate([y_true, y_pred]))
    return np.array([[np.sum((y_true == t) & (y_pred == p)) for p in classes] for t in classes])

confusion_matrix, rows that sum to one => fractions
    M = np.zeros((num_classes, num_classes))
    for t, p in zip(y_true, y_pred):
        M[t, p] += 1
    row_sums = M.sum(axis=1, keepdims=True)
    row_sums[row_sums == 0] = 1
    return M / row_sums

nearest_centroid_predict, differences as they are => plain-differences
    away = X[:, None, :] - centroids[None, :, :]
    return np.argmin(away.sum(axis=2), axis=1)
""")
