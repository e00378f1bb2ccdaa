"""Answers to nearest_centroid_predict."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
two loops
    labels = []
    for x in X:
        best, best_distance = 0, float("inf")
        for c, centroid in enumerate(centroids):
            distance = float(np.sqrt(((x - centroid) ** 2).sum()))
            if distance < best_distance:
                best, best_distance = c, distance
        labels.append(best)
    return np.array(labels)

the three terms of the square
    products = X.astype(np.float64) @ centroids.T
    return ((centroids**2).sum(axis=1) - 2 * products).argmin(axis=1).astype(np.int32)

all differences at once
    return np.argmin(np.linalg.norm(X[:, np.newaxis, :] - centroids[np.newaxis], axis=2), axis=1)

broadcast squares
    return ((X[:, None, :] - centroids[None]) ** 2).sum(axis=-1).argmin(axis=1)

np.linalg.norm row by row
    found = [int(np.argmin(np.linalg.norm(centroids - x, axis=1))) for x in X]
    return np.array(found, dtype=np.int32)

math.dist and min
    import math

    rows = centroids.tolist()
    labels = range(len(rows))
    return np.array([min(labels, key=lambda c: math.dist(rows[c], x)) for x in X.tolist()])

expanded square without the row's own
    return np.argmax(2.0 * X @ centroids.T - (centroids**2).sum(axis=1), axis=1)

a loop over classes with a running best
    best, label = np.full(len(X), np.inf), np.zeros(len(X), dtype=np.uint8)
    for c, centroid in enumerate(centroids):
        d = np.einsum("nd,nd->n", X - centroid, X - centroid)
        closer = d < best
        best[closer], label[closer] = d[closer], c
    return label

stable sort of distances
    d = np.sqrt(np.square(X[..., np.newaxis] - centroids.T).sum(axis=1))
    return np.argsort(d, axis=1, kind="stable")[:, 0]
""")

answers.wrong("""
largest difference
    - np.sum((X - centroid) ** 2, axis=1)
    + np.abs(X - centroid).max(axis=1)

signed differences
    - (X - centroid) ** 2
    + X - centroid

squares in the type of X
    return np.argmin((X**2).sum(axis=1)[:, None] - 2 * X @ centroids.T + (centroids**2).sum(1), 1)

cosine
    return (X @ centroids.T / np.linalg.norm(centroids, axis=1)).argmax(axis=1)

float labels [score=1]
    return reference(centroids, X).astype(float)

a list [score=1]
    return reference(centroids, X).tolist()

a column [score=1]
    return reference(centroids, X)[:, None]

from one [score=0]
    return reference(centroids, X) + 1

distances [score=0]
    - argmin
    + min

the centroids themselves [score=0]
    return centroids[reference(centroids, X)]

first feature only [score=0]
    return reference(centroids[:, :1], X[:, :1])

subtracts in place [score=0]
    labels = reference(centroids, X)
    X -= centroids[labels]
    return labels
""")
