"""Answers to layernorm_forward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
row by row
    out = np.empty(x.shape)
    for i, row in enumerate(x):
        out[i] = gamma * (row - row.mean()) / np.sqrt(row.var() + epsilon) + beta
    return out, None

on the transposed table
    t = x.T
    t = (t - t.mean(axis=0)) / np.sqrt(t.var(axis=0) + epsilon)
    return t.T * gamma + beta, t

by sums
    d = x.shape[1]
    c = x - (x.sum(axis=1) / d)[:, None]
    var = np.einsum("nd,nd->n", c, c) / d
    return beta + gamma * c * (var[:, None] + epsilon) ** -0.5, {"c": c}

on a copy, in place
    z = x.copy()
    z -= z.mean(axis=1, keepdims=True)
    z /= np.sqrt((z**2).mean(axis=1, keepdims=True) + epsilon)
    return z * gamma + beta, (z,)

np.apply_along_axis
    def norm(row):
        return (row - np.mean(row)) / (np.var(row) + epsilon) ** 0.5

    return [np.apply_along_axis(norm, 1, x) * gamma + beta, x.copy()]

pure Python
    rows = []
    for row in x.tolist():
        mean = sum(row) / len(row)
        std = (sum((v - mean) ** 2 for v in row) / len(row) + epsilon) ** 0.5
        rows.append([g * (v - mean) / std + b for v, g, b in zip(row, gamma, beta, strict=True)])
    return np.array(rows), rows

a centring matrix
    d = x.shape[1]
    c = x @ (np.eye(d) - np.full((d, d), 1 / d))
    std = np.sqrt(np.diag(c @ c.T) / d + epsilon)
    return (c / std[:, np.newaxis]) * gamma + beta, c

a root of a sum of two squares
    rows = []
    for row in x:
        c = row - row.mean()
        rows.append(gamma * c / np.hypot(np.linalg.norm(c) / len(c) ** 0.5, epsilon**0.5) + beta)
    return np.vstack(rows), None
""")

answers.wrong("""
both ways [score=0]
    z = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon)
    return reference(z, gamma, beta, epsilon)

length one [score=0]
    c = x - x.mean(axis=1, keepdims=True)
    return gamma * c / np.sqrt((c**2).sum(axis=1, keepdims=True) + epsilon) + beta, None

root mean square, not centred [score=0]
    return gamma * x / np.sqrt((x**2).mean(axis=1, keepdims=True) + epsilon) + beta, None

out alone [score=0]
    return reference(x, gamma, beta, epsilon)[0]

epsilon always small [score=0]
    return reference(x, gamma, beta)

gamma along the examples
    out = reference(x, np.ones(len(gamma)), np.zeros(len(beta)), epsilon)[0]
    if len(x) == len(gamma):
        return gamma[:, None] * out + beta[:, None], None
    return reference(x, gamma, beta, epsilon)

beta left out [score=0]
    return reference(x, gamma, 0 * beta, epsilon)

gamma left out [score=0]
    return reference(x, 1 + 0 * gamma, beta, epsilon)

absolute deviations [score=0]
    c = x - x.mean(axis=1, keepdims=True)
    return gamma * c / (abs(c).mean(axis=1, keepdims=True) + epsilon) + beta, None

the median [score=0]
    - x.mean(axis=1, keepdims=True)
    + np.median(x, axis=1, keepdims=True)

cache first [score=0]
    return reference(x, gamma, beta, epsilon)[::-1]

the mean of the squares less the square of the mean [hidden]
    mean = x.mean(axis=1, keepdims=True)
    var = (x**2).mean(axis=1, keepdims=True) - mean**2
    return gamma * (x - mean) / np.sqrt(var + epsilon) + beta, None

x centred in place and put back
    mean = x.mean(axis=1, keepdims=True)
    x -= mean
    out, cache = reference(x + mean, gamma, beta, epsilon)
    x += mean
    return out, cache

a float or nothing [hidden]
    if not isinstance(epsilon, float):
        raise TypeError("a number with a point, please")
    return reference(x, gamma, beta, epsilon)

a tiny epsilon taken for none [hidden]
    return reference(x, gamma, beta, epsilon if epsilon >= 1e-8 else 0.0)
""")
