"""Answers to pca_whiten."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
scaled directions
    to_whitened = (components / np.sqrt(variances + epsilon)[:, None]).T
    return X @ to_whitened - mean @ to_whitened

einsum
    return np.einsum("nd,kd,k->nk", X - mean, components, (variances + epsilon) ** -0.5)

number by number
    whitened = np.zeros((len(X), len(components)))
    for n, row in enumerate(X):
        for i, direction in enumerate(components):
            place = sum((x - m) * v for x, m, v in zip(row, mean, direction, strict=True))
            whitened[n, i] = place / (variances[i] + epsilon) ** 0.5
    return whitened

pure Python
    import math

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

one matrix for both
    turn = components / np.sqrt(variances + epsilon)[:, np.newaxis]
    return np.dot(X, turn.T) - turn @ mean

direction by direction, Fortran order
    out = np.empty((len(X), len(components)), order="F")
    for i, row in enumerate(components):
        out[:, i] = (X - mean).dot(row)
        out[:, i] /= (variances[i] + epsilon) ** 0.5
    return out

a diagonal matrix, in place on its own product
    places = np.matmul(np.subtract(X, mean), components.T)
    places @= np.diag(1.0 / np.sqrt(np.add(variances, epsilon)))
    return places

row by row, a transposed view
    import math

    scale = np.array([math.sqrt(float(v) + epsilon) for v in variances])
    return np.stack([components @ (x - mean) / scale for x in X], axis=1).T
""")

answers.wrong("""
divided by its own std [score=0]
    - variances + epsilon
    + ((X - mean) @ components.T).var(axis=0) + epsilon

no default
    - epsilon: float = 1e-5
    + epsilon: float

default 1e-3
    - 1e-5
    + 1e-3

epsilon subtracted
    - variances + epsilon
    + variances - epsilon

multiplied [score=0]
    - / np.sqrt
    + * np.sqrt

transposed [score=0]
    return reference(X, mean, components, variances, epsilon).T

float32 [score=0]
    return reference(X, mean, components, variances, epsilon).astype(np.float32)

first spread for all [score=0]
    - variances + epsilon
    + variances[0] + epsilon

rows of length 1 [score=0]
    places = (X - mean) @ components.T
    return places / np.linalg.norm(places, axis=1, keepdims=True)

a tiny error [score=0]
    return reference(X, mean, components, variances, epsilon) + 1e-4

the mean projected, not taken off [score=0]
    - (X - mean) @ components.T
    + (X @ components.T + components @ mean)

writes into variances [score=0]
    variances += epsilon
    return reference(X, mean, components, variances, 0)

writes into components [score=0]
    components /= np.sqrt(variances + epsilon)[:, None]
    return (X - mean) @ components.T
""")
