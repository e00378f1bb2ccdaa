"""Answers to fit_pca."""

import numpy as np

from tests.answers.corpus import Answers

answers = Answers(__name__)


def signed(rows):
    """Rows whose entry of largest magnitude is positive."""
    rows = np.array(rows, dtype=float)
    return rows * np.sign(rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)])[:, None]


answers.right("""
eigenvectors of the covariance
    mean = X_train.mean(axis=0)
    covariance = (X_train - mean).T @ (X_train - mean) / X_train.shape[0]
    values, vectors = np.linalg.eigh(covariance)
    return mean, signed(vectors.T[::-1][:num_components]), values[::-1][:num_components]

np.cov and a general eigensolver
    values, vectors = np.linalg.eig(np.cov(X_train, rowvar=False, ddof=0))
    values, vectors = np.real(values), np.real(vectors)
    order = np.argsort(-values)[:num_components]
    components = vectors[:, order].T
    for row in components:
        if row[np.argmax(np.abs(row))] < 0:
            row *= -1
    return np.mean(X_train, axis=0), components, values[order]

one direction at a time
    mean = X_train.astype(float).mean(axis=0)
    rest = X_train - mean
    components, variances = [], []
    for _ in range(num_components):
        v = np.linalg.svd(rest, full_matrices=False)[2][0]
        v = v if v.max() >= -v.min() else -v
        components.append(v)
        variances.append(np.mean((rest @ v) ** 2))
        rest = rest - np.outer(rest @ v, v)
    return mean, np.stack(components), np.array(variances)

through the examples' products with each other
    mean = X_train.mean(axis=0)
    Xc = X_train - mean
    values, U = np.linalg.eigh(Xc @ Xc.T)
    values, U = values[::-1][:num_components], U[:, ::-1][:, :num_components]
    rows = (Xc.T @ U / np.sqrt(values)).T
    signs = np.array([1.0 if row.max() == np.abs(row).max() else -1.0 for row in rows])
    return mean, signs[:, None] * rows, values / len(Xc)

singular values
    mean = X_train.mean(axis=0)
    _, sizes, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    return mean, signed(rows[:num_components]), (sizes**2 / len(X_train))[:num_components]

eigh, views from the end
    mean = X_train.mean(0)
    centred = X_train - mean
    values, vectors = np.linalg.eigh(centred.T @ centred / len(centred))
    components = vectors[:, ::-1].T[:num_components]
    for row in components:
        if row[np.argmax(np.abs(row))] < 0:
            row *= -1
    return mean, components, values[::-1][:num_components]

eig and a sort, np.cov
    C = np.cov(X_train, rowvar=False, bias=True).reshape(X_train.shape[1], -1)
    values, vectors = np.linalg.eig(C)
    order = np.argsort(-values.real)[:num_components]
    components = vectors.real[:, order].T
    flip = -components.min(axis=1) > components.max(axis=1)
    components = np.where(flip[:, None], -components, components)
    return X_train.mean(axis=0), components, values.real[order]

variances along the directions, Fortran order
    mean = np.einsum("nd->d", X_train.astype(float)) / len(X_train)
    Xc = X_train - mean
    _, vectors = np.linalg.eigh(np.einsum("ni,nj->ij", Xc, Xc))
    directions = np.flip(vectors, axis=1)[:, :num_components]
    largest = np.take_along_axis(directions, np.abs(directions).argmax(0)[None], axis=0)
    directions = directions * np.copysign(1, largest)
    return mean, directions.T, np.var(Xc @ directions, axis=0)

the small matrix of products of rows where rows are few
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

Jacobi's rotations
    import math

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

powers of the matrix, one direction after the other
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

the transpose taken apart
    X = X_train.T.astype(np.float64)
    mean = X.mean(axis=1, keepdims=True)
    U, s, _ = np.linalg.svd(X - mean, full_matrices=True)
    U = U[:, :num_components]
    signs = [1.0 if max(u, key=abs) > 0 else -1.0 for u in U.T.tolist()]
    return mean.ravel(), (U * signs).T, np.square(s[:num_components]) / X.shape[1]
""")

answers.wrong("""
shares of the variance
    - squares / n
    + squares / squares.sum()

smallest of the kept ones first
    mean, rows, variances = reference(X_train, num_components)
    return mean, rows[::-1], variances[::-1]

all entries positive
    - vectors * signs
    + np.abs(vectors)

signs by columns
    mean, rows, variances = reference(X_train, num_components)
    largest = rows[np.abs(rows).argmax(axis=0), np.arange(rows.shape[1])]
    return mean, rows * np.sign(largest), variances

directions as long as their std
    - vectors * signs
    + vectors * signs * np.sqrt(squares / n)

float32 [score=0]
    return tuple(part.astype(np.float32) for part in reference(X_train, num_components))

a tiny error [score=0]
    - squares / n
    + squares / n * (1 + 1e-4)

a tiny turn [score=0]
    - (vectors * signs).T
    + (vectors * signs).T + 1e-4

another order of the three [score=0]
    mean, components, variances = reference(X_train, num_components)
    return components, variances, mean

without the mean [score=0]
    return reference(X_train, num_components)[1:]

mean of everything
    mean, components, variances = reference(X_train, num_components)
    return np.full_like(mean, mean.mean()), components, variances

rows projected [score=0]
    mean, components, variances = reference(X_train, num_components)
    return mean, (X_train - mean) @ components.T, variances

every direction that has some variance
    return reference(X_train, min(len(X_train) - 1, X_train.shape[1]))

one direction fewer [score=0]
    mean, components, variances = reference(X_train, num_components)
    return mean, components[:-1], variances[:-1]

two directions at most
    return reference(X_train, min(num_components, 2))

sign of the largest entry instead of the largest magnitude [hidden]
    mean = X_train.mean(axis=0)
    _, sizes, rows = np.linalg.svd(X_train - mean, full_matrices=False)
    rows = rows * np.sign(rows.max(axis=1, keepdims=True))
    return mean, rows[:num_components], sizes[:num_components] ** 2 / len(X_train)

eig without a sort
    mean = X_train.mean(axis=0)
    values, vectors = np.linalg.eig(np.cov((X_train - mean).T, bias=True))
    order = np.random.default_rng(5).permutation(len(values))[:num_components]
    return mean, signed(vectors.real[:, order].T), values.real[order]

rows of eigh, with signs as they should be [score=0]
    mean = X_train.mean(axis=0)
    values, vectors = np.linalg.eigh((X_train - mean).T @ (X_train - mean) / len(X_train))
    return mean, signed(vectors[::-1][:num_components]), values[::-1][:num_components]

products in uint8 [hidden]
    mean = X_train.mean(axis=0)
    C = X_train.T @ X_train / len(X_train) - np.outer(mean, mean)
    values, vectors = np.linalg.eigh(C)
    return mean, signed(vectors.T[::-1][:num_components]), values[::-1][:num_components]

centres in place [score=0]
    parts = reference(X_train, num_components)
    X_train -= parts[0].astype(X_train.dtype)
    return parts

as many rows as features at least
    if len(X_train) < X_train.shape[1]:
        raise ValueError("too few rows")
    return reference(X_train, num_components)

rounded covariances [score=0]
    mean = X_train.mean(axis=0)
    C = np.round((X_train - mean).T @ (X_train - mean) / len(X_train), 2)
    values, vectors = np.linalg.eigh(C)
    return mean, signed(vectors.T[::-1][:num_components]), values[::-1][:num_components]
""")
