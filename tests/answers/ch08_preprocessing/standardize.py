"""Answers to standardize."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
one where the std is 0, then zeros
    scaled = (X - mean) / np.where(std == 0, 1.0, std)
    scaled[:, std == 0] = 0
    return scaled

feature by feature
    n, d = X.shape
    scaled = np.zeros((n, d))
    for j in range(d):
        if std[j] != 0:
            for i in range(n):
                scaled[i, j] = (X[i, j] - mean[j]) / std[j]
    return scaled

one over std as a factor
    scale = np.zeros(len(std))
    scale[std > 0] = 1 / std[std > 0]
    copy = np.array(X, dtype=float)
    copy -= mean
    copy *= scale
    return copy

divided, then the bad columns picked out
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(std == 0, 0.0, (X - mean) / std)

a safe divisor and np.where
    safe = np.where(std == 0, 1.0, std)
    return np.where(std == 0, 0.0, (X - mean) / safe)

np.divide where
    out = np.zeros(X.shape)
    np.divide(X - mean, std, out=out, where=std != 0)
    return out

pure Python
    return np.array(
        [
            [
                (float(x) - m) / s if s else 0.0
                for x, m, s in zip(row, mean.tolist(), std.tolist(), strict=True)
            ]
            for row in X
        ]
    )

not-a-numbers and infinities cleared
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num((X - mean) / std, nan=0.0, posinf=0.0, neginf=0.0)

a mask on a copy, with NumPy's warnings
    out = np.array(X, dtype=np.float64)
    out -= mean
    out /= std
    out[:, std == 0] = 0
    return out

a diagonal matrix
    return (X - mean) @ np.diag([1 / s if s > 0 else 0.0 for s in std])

column by column, Fortran order
    out = np.zeros(X.shape, order="F")
    for j in np.flatnonzero(std):
        out[:, j] = (X[:, j] - mean[j]) / std[j]
    return out

features as rows
    rows = [(X[:, j] - mean[j]) / std[j] if std[j] else np.zeros(len(X)) for j in range(len(std))]
    return np.array(rows).T
""")

answers.wrong("""
np.isclose, which takes tiny spreads for none
    flat = np.isclose(std, 0)
    return (X - mean) * np.where(flat, 0, 1 / np.where(flat, 1, std))

root of variance plus 1e-5 [score=0]
    - centred, std,
    + centred, np.sqrt(std**2 + 1e-5),

not scaled [score=0]
    return (X - mean) * (std > 0)

mean of X [score=0]
    - X - mean
    + X - X.mean(axis=0)

std of X [score=0]
    return reference(X, mean, X.std(axis=0))

mean and std swapped [score=0]
    return reference(X, std, mean)

mean minus X [score=0]
    - X - mean
    + mean - X

float32 [score=0]
    return reference(X, mean, std).astype(np.float32)

a tiny error [score=0]
    return reference(X, mean, std) + 1e-4

in the input's type
    - X - mean
    + X - mean.astype(X.dtype).astype(float)

constant features left out
    return reference(X, mean, std)[:, std > 0]

clipped to 3
    return np.clip(reference(X, mean, std), -3, 3)

all 0 where one std is 0
    return reference(X, mean, std) * (std > 0).all()

small spreads taken for none
    - std > 0
    + std >= 1e-3

statistics along rows [score=0]
    return (X - mean[:, None]) / std[:, None]

writes into std
    flat = std == 0
    std[flat] = 1
    out = (X - mean) / std
    out[:, flat] = 0
    return out
""")
