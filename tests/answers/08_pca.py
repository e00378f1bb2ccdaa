"""Answers to chapter 08: principal components and whitening."""

import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


def signed(rows):
    """Rows whose entry of largest magnitude is positive."""
    rows = np.array(rows, dtype=float)
    return rows * np.sign(rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)])[:, None]


@right("fit_pca", "singular values")
def pca(X_train, num_components):
    mean = X_train.mean(axis=0)
    _, sizes, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    return (
        mean,
        signed(rows[:num_components]),
        (sizes**2 / len(X_train))[:num_components],
    )


@right("fit_pca", "eigh, views from the end")
def _(X_train, num_components):
    mean = X_train.mean(0)
    centred = X_train - mean
    values, vectors = np.linalg.eigh(centred.T @ centred / len(centred))
    components = vectors[:, ::-1].T[:num_components]
    for row in components:
        if row[np.argmax(np.abs(row))] < 0:
            row *= -1
    return mean, components, values[::-1][:num_components]


@right("fit_pca", "eig and a sort, np.cov")
def _(X_train, num_components):
    C = np.cov(X_train, rowvar=False, bias=True).reshape(X_train.shape[1], -1)
    values, vectors = np.linalg.eig(C)
    order = np.argsort(-values.real)[:num_components]
    components = vectors.real[:, order].T
    flip = -components.min(axis=1) > components.max(axis=1)
    components = np.where(flip[:, None], -components, components)
    return X_train.mean(axis=0), components, values.real[order]


@right("fit_pca", "variances along the directions, Fortran order")
def _(X_train: np.ndarray, num_components: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    mean = np.einsum("nd->d", X_train.astype(float)) / len(X_train)
    Xc = X_train - mean
    _, vectors = np.linalg.eigh(np.einsum("ni,nj->ij", Xc, Xc))
    directions = np.flip(vectors, axis=1)[:, :num_components]
    largest = np.take_along_axis(directions, np.abs(directions).argmax(0)[None], axis=0)
    directions = directions * np.copysign(1, largest)
    return mean, directions.T, np.var(Xc @ directions, axis=0)


@right("fit_pca", "the small matrix of products of rows where rows are few")
def _(X_train, num_components):
    mean = X_train.mean(axis=0, dtype=np.float64)
    Xc = X_train - mean
    if len(Xc) >= Xc.shape[1]:
        values, vectors = np.linalg.eigh(Xc.T @ Xc)
        rows = vectors.T[::-1][:num_components]
    else:
        values, vectors = np.linalg.eigh(Xc @ Xc.T)
        rows = (Xc.T @ vectors[:, ::-1][:, :num_components]).T
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return mean, signed(rows), values[::-1][:num_components] / len(Xc)


@right("fit_pca", "Jacobi's rotations")
def _(X_train, num_components):
    mean = np.array([math.fsum(c) / len(c) for c in X_train.T.tolist()])
    A = np.cov((X_train - mean).T, bias=True).reshape(len(mean), len(mean))
    V, size = np.eye(len(A)), len(A)
    for _ in range(30):
        for p in range(size - 1):
            for q in range(p + 1, size):
                if abs(A[p, q]) < 1e-300:
                    continue
                angle = 0.5 * math.atan2(2 * A[p, q], A[q, q] - A[p, p])
                c, s = math.cos(angle), math.sin(angle)
                turn = np.array([[c, s], [-s, c]])
                A[:, [p, q]] = A[:, [p, q]] @ turn
                A[[p, q]] = turn.T @ A[[p, q]]
                V[:, [p, q]] = V[:, [p, q]] @ turn
        if np.abs(A - np.diag(A.diagonal())).max() < 1e-13 * np.abs(A.diagonal()).max():
            break
    order = sorted(range(size), key=lambda i: A[i, i], reverse=True)[:num_components]
    return mean, signed(V[:, order].T), np.array([A[i, i] for i in order])


@right("fit_pca", "powers of the matrix, one direction after the other")
def _(X_train, num_components):
    mean = X_train.mean(0)
    C = (X_train - mean).T @ (X_train - mean) / len(X_train)
    rows, variances = [], []
    for _ in range(num_components):
        M = C / np.trace(C)
        for _ in range(40):  # C to the power of 2^40: only the first direction is left
            M = M @ M
            M /= np.trace(M)
        v = M[:, np.linalg.norm(M, axis=0).argmax()]
        for row in rows:
            v = v - (v @ row) * row
        v = v / np.sqrt(v @ v)
        rows.append(v)
        variances.append(v @ C @ v)
        C = C - variances[-1] * np.outer(v, v)
    return mean, signed(rows), np.array(variances)


@right("fit_pca", "the transpose taken apart")
def _(X_train, num_components):
    X = X_train.T.astype(np.float64)
    mean = X.mean(axis=1, keepdims=True)
    U, s, _ = np.linalg.svd(X - mean, full_matrices=True)
    U = U[:, :num_components]
    signs = [1.0 if max(u, key=abs) > 0 else -1.0 for u in U.T.tolist()]
    return mean.ravel(), (U * signs).T, np.square(s[:num_components]) / X.shape[1]


def changed(change):
    """A wrong answer: the right parts, changed by ``change(X, mean, components, variances)``."""
    return lambda X_train, num_components: change(X_train, *pca(X_train, num_components))


wrong("fit_pca", "divided by N - 1")(changed(lambda X, m, c, v: (m, c, v * len(X) / (len(X) - 1))))
wrong("fit_pca", "sums of squares")(changed(lambda X, m, c, v: (m, c, v * len(X))))
wrong("fit_pca", "singular values for variances")(
    changed(lambda X, m, c, v: (m, c, np.sqrt(v * len(X))))
)
wrong("fit_pca", "stds for variances")(changed(lambda X, m, c, v: (m, c, np.sqrt(v))))
wrong("fit_pca", "shares of the variance")(changed(lambda X, m, c, v: (m, c, v / v.sum())))
wrong("fit_pca", "smallest first")(changed(lambda X, m, c, v: (m, c[::-1], v[::-1])))
wrong("fit_pca", "one direction a column")(changed(lambda X, m, c, v: (m, c.T, v)))
wrong("fit_pca", "first entry positive")(changed(lambda X, m, c, v: (m, c * np.sign(c[:, :1]), v)))
wrong("fit_pca", "sum positive")(
    changed(lambda X, m, c, v: (m, c * np.sign(c.sum(axis=1, keepdims=True)), v))
)
wrong("fit_pca", "largest magnitude negative")(changed(lambda X, m, c, v: (m, -c, v)))
wrong("fit_pca", "all entries positive")(changed(lambda X, m, c, v: (m, abs(c), v)))
wrong("fit_pca", "signs by columns")(
    changed(lambda X, m, c, v: (m, c * np.sign(c[np.abs(c).argmax(0), np.arange(c.shape[1])]), v))
)
wrong("fit_pca", "sign of the first row alone")(
    changed(lambda X, m, c, v: (m, np.vstack([c[:1], -c[1:]]), v))
)
wrong("fit_pca", "directions as long as their std")(
    changed(lambda X, m, c, v: (m, c * np.sqrt(v)[:, None], v))
)
wrong("fit_pca", "float32", score=0)(
    changed(lambda X, m, c, v: tuple(a.astype(np.float32) for a in (m, c, v)))
)
wrong("fit_pca", "a tiny error", score=0)(changed(lambda X, m, c, v: (m, c, v * (1 + 1e-4))))
wrong("fit_pca", "a tiny turn", score=0)(changed(lambda X, m, c, v: (m, c + 1e-4, v)))
wrong("fit_pca", "another order of the three", score=0)(changed(lambda X, m, c, v: (c, v, m)))
wrong("fit_pca", "without the mean", score=0)(changed(lambda X, m, c, v: (c, v)))
wrong("fit_pca", "mean of everything")(
    changed(lambda X, m, c, v: (np.full_like(m, m.mean()), c, v))
)
wrong("fit_pca", "rows projected", score=0)(changed(lambda X, m, c, v: (m, (X - m) @ c.T, v)))
wrong("fit_pca", "every direction")(lambda X, k: pca(X, min(len(X) - 1, X.shape[1])))
wrong("fit_pca", "one direction fewer", score=0)(lambda X, k: pca(X, k - 1))
wrong("fit_pca", "two directions at most")(lambda X, k: pca(X, min(k, 2)))


@wrong("fit_pca", "signs as they come", hidden=True)
def _(X_train, num_components):
    mean = X_train.mean(axis=0)
    _, sizes, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    return mean, rows[:num_components], sizes[:num_components] ** 2 / len(X_train)


@wrong("fit_pca", "sign of the largest entry instead of the largest magnitude", hidden=True)
def _(X_train, num_components):
    mean = X_train.mean(axis=0)
    _, sizes, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    rows = rows * np.sign(rows.max(axis=1, keepdims=True))
    return mean, rows[:num_components], sizes[:num_components] ** 2 / len(X_train)


@wrong("fit_pca", "not centred", score=0)
def _(X_train, num_components):
    _, sizes, rows = np.linalg.svd(X_train.astype(float), full_matrices=False)
    k = num_components
    return X_train.mean(axis=0), signed(rows[:k]), sizes[:k] ** 2 / len(X_train)


@wrong("fit_pca", "standardised first", score=0)
def _(X_train, num_components):
    spread = X_train.std(axis=0)
    _, rows, variances = pca(X_train / np.where(spread > 0, spread, 1), num_components)
    return X_train.mean(axis=0), rows, variances


@wrong("fit_pca", "eig without a sort")
def _(X_train, num_components):
    mean = X_train.mean(axis=0)
    values, vectors = np.linalg.eig(np.cov((X_train - mean).T, bias=True))
    order = np.random.default_rng(5).permutation(len(values))[:num_components]
    return mean, signed(vectors.real[:, order].T), values.real[order]


@wrong("fit_pca", "rows of eigh", score=0)
def _(X_train, num_components):
    mean = X_train.mean(axis=0)
    values, vectors = np.linalg.eigh((X_train - mean).T @ (X_train - mean) / len(X_train))
    k = num_components
    return mean, signed(vectors[::-1][:k]), values[::-1][:k]


@wrong("fit_pca", "smallest of eigh", score=0)
def _(X_train, num_components):
    mean = X_train.mean(axis=0)
    values, vectors = np.linalg.eigh((X_train - mean).T @ (X_train - mean) / len(X_train))
    return mean, signed(vectors[:, :num_components].T), values[:num_components]


@wrong("fit_pca", "products in uint8", hidden=True)
def _(X_train, num_components):
    mean = X_train.mean(axis=0)
    C = X_train.T @ X_train / len(X_train) - np.outer(mean, mean)
    values, vectors = np.linalg.eigh(C)
    k = num_components
    return mean, signed(vectors[:, ::-1].T[:k]), values[::-1][:k]


@wrong("fit_pca", "centres in place", score=0)
def _(X_train, num_components):
    parts = pca(X_train, num_components)
    X_train -= parts[0].astype(X_train.dtype)
    return parts


@wrong("fit_pca", "as many rows as features at least")
def _(X_train, num_components):
    if len(X_train) < X_train.shape[1]:
        raise ValueError("too few rows")
    return pca(X_train, num_components)


@wrong("fit_pca", "rounded covariances", score=0)
def _(X_train, num_components):
    mean = X_train.mean(axis=0)
    C = np.round((X_train - mean).T @ (X_train - mean) / len(X_train), 2)
    values, vectors = np.linalg.eigh(C)
    k = num_components
    return mean, signed(vectors[:, ::-1].T[:k]), values[::-1][:k]


@right("pca_whiten", "a product and a root")
def _(X, mean, components, variances, epsilon=1e-5):
    return (X - mean) @ components.T / np.sqrt(variances + epsilon)


@right("pca_whiten", "pure Python")
def _(X, mean, components, variances, epsilon=1e-5):
    result = []
    for x in X.tolist():
        centred = [a - m for a, m in zip(x, mean.tolist(), strict=True)]
        result.append(
            [
                math.fsum(a * c for a, c in zip(centred, row, strict=True)) / math.sqrt(v + epsilon)
                for row, v in zip(components.tolist(), variances.tolist(), strict=True)
            ]
        )
    return np.array(result)


@right("pca_whiten", "einsum")
def _(X, mean, components, variances, epsilon: float = 1e-5):
    return np.einsum("nd,kd,k->nk", X - mean, components, (variances + epsilon) ** -0.5)


@right("pca_whiten", "one matrix for both")
def _(X, mean, components, variances, epsilon=1e-5):
    turn = components / np.sqrt(variances + epsilon)[:, np.newaxis]
    return np.dot(X, turn.T) - turn @ mean


@right("pca_whiten", "direction by direction, Fortran order")
def _(X, mean, components, variances, epsilon=1e-5):
    out = np.empty((len(X), len(components)), order="F")
    for i, row in enumerate(components):
        out[:, i] = (X - mean).dot(row)
        out[:, i] /= (variances[i] + epsilon) ** 0.5
    return out


@right("pca_whiten", "a diagonal matrix, in place on its own product")
def _(X: np.ndarray, mean, components, variances, epsilon=0.00001):
    places = np.matmul(np.subtract(X, mean), components.T)
    places @= np.diag(1.0 / np.sqrt(np.add(variances, epsilon)))
    return places


@right("pca_whiten", "row by row, a transposed view")
def _(X, mean, components, variances, epsilon=1e-5):
    scale = np.array([math.sqrt(float(v) + epsilon) for v in variances])
    return np.stack([components @ (x - mean) / scale for x in X], axis=1).T


def white(X, mean, components, variances, epsilon=1e-5):
    return (X - mean) @ components.T / np.sqrt(variances + epsilon)


wrong("pca_whiten", "not centred", score=0)(
    lambda X, m, c, v, epsilon=1e-5: X @ c.T / np.sqrt(v + epsilon)
)
wrong("pca_whiten", "centred by its own mean", score=0)(
    lambda X, m, c, v, epsilon=1e-5: white(X, X.mean(0), c, v, epsilon)
)
wrong("pca_whiten", "divided by its own std", score=0)(
    lambda X, m, c, v, epsilon=1e-5: white(X, m, c, ((X - m) @ c.T).var(0), epsilon)
)
wrong("pca_whiten", "epsilon outside the root")(
    lambda X, m, c, v, epsilon=1e-5: (X - m) @ c.T / (np.sqrt(v) + epsilon)
)
wrong("pca_whiten", "no epsilon")(lambda X, m, c, v, epsilon=1e-5: (X - m) @ c.T / np.sqrt(v))
wrong("pca_whiten", "epsilon always 1e-5")(lambda X, m, c, v, epsilon=1e-5: white(X, m, c, v))
wrong("pca_whiten", "no default")(lambda X, m, c, v, epsilon: white(X, m, c, v, epsilon))
wrong("pca_whiten", "default 1e-3")(lambda X, m, c, v, epsilon=1e-3: white(X, m, c, v, epsilon))
wrong("pca_whiten", "default 1e-8")(lambda X, m, c, v, epsilon=1e-8: white(X, m, c, v, epsilon))
wrong("pca_whiten", "default 0")(lambda X, m, c, v, epsilon=0.0: white(X, m, c, v, epsilon))
wrong("pca_whiten", "epsilon subtracted")(
    lambda X, m, c, v, epsilon=1e-5: white(X, m, c, v, -epsilon)
)
wrong("pca_whiten", "epsilon squared")(
    lambda X, m, c, v, epsilon=1e-5: white(X, m, c, v, epsilon**2)
)
wrong("pca_whiten", "epsilon as a floor")(
    lambda X, m, c, v, epsilon=1e-5: (X - m) @ c.T / np.sqrt(np.maximum(v, epsilon))
)
wrong("pca_whiten", "not divided", score=0)(lambda X, m, c, v, epsilon=1e-5: (X - m) @ c.T)
wrong("pca_whiten", "divided by the variance", score=0)(
    lambda X, m, c, v, epsilon=1e-5: (X - m) @ c.T / (v + epsilon)
)
wrong("pca_whiten", "multiplied", score=0)(
    lambda X, m, c, v, epsilon=1e-5: (X - m) @ c.T * np.sqrt(v + epsilon)
)
wrong("pca_whiten", "directions in columns", score=0)(
    lambda X, m, c, v, epsilon=1e-5: (X - m) @ c / np.sqrt(v + epsilon)
)
wrong("pca_whiten", "turned back into features", score=0)(
    lambda X, m, c, v, epsilon=1e-5: white(X, m, c, v, epsilon) @ c
)
wrong("pca_whiten", "transposed", score=0)(
    lambda X, m, c, v, epsilon=1e-5: white(X, m, c, v, epsilon).T
)
wrong("pca_whiten", "float32", score=0)(
    lambda X, m, c, v, epsilon=1e-5: white(X, m, c, v, epsilon).astype(np.float32)
)
wrong("pca_whiten", "first spread for all", score=0)(
    lambda X, m, c, v, epsilon=1e-5: white(X, m, c, v[0], epsilon)
)
wrong("pca_whiten", "rows of length 1", score=0)(
    lambda X, m, c, v, epsilon=1e-5: (
        (X - m) @ c.T / np.linalg.norm((X - m) @ c.T, axis=1, keepdims=True)
    )
)
wrong("pca_whiten", "a tiny error", score=0)(
    lambda X, m, c, v, epsilon=1e-5: white(X, m, c, v, epsilon) + 1e-4
)
wrong("pca_whiten", "the mean projected, not taken off", score=0)(
    lambda X, m, c, v, epsilon=1e-5: (X @ c.T + c @ m) / np.sqrt(v + epsilon)
)


@wrong("pca_whiten", "writes into X", score=0)
def _(X, mean, components, variances, epsilon=1e-5):
    out = white(X, mean, components, variances, epsilon)
    X -= mean.astype(X.dtype)
    return out


@wrong("pca_whiten", "writes into variances", score=0)
def _(X, mean, components, variances, epsilon=1e-5):
    variances += epsilon
    return white(X, mean, components, variances, 0)


@wrong("pca_whiten", "writes into components", score=0)
def _(X, mean, components, variances, epsilon=1e-5):
    components /= np.sqrt(variances + epsilon)[:, None]
    return (X - mean) @ components.T
