"""Answers to linear_scores."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
three loops
    scores = np.zeros((X.shape[0], W.shape[0]))
    for n in range(X.shape[0]):
        for c in range(W.shape[0]):
            total = b[c]
            for d in range(X.shape[1]):
                total += W[c, d] * X[n, d]
            scores[n, c] = total
    return scores

one example at a time
    return np.array([W @ x + b for x in X])

columns, then transposed
    return (W.dot(X.T) + b.reshape(-1, 1)).T

einsum, bias in place
    scores = np.einsum("nd,cd->nc", X, W)
    scores += b
    return scores

pure Python
    def score(x, w, offset):
        return float(offset) + sum(p * q for p, q in zip(x, w, strict=True))

    return np.array(
        [[score(x, w, o) for w, o in zip(W.tolist(), b, strict=True)] for x in X.tolist()]
    )

adds in place to its own array
    out = np.zeros((X.shape[0], W.shape[0]), dtype=np.float64)
    out += b
    for d in range(X.shape[1]):
        out += np.outer(X[:, d], W[:, d])
    return out

np.dot
    return np.add(np.dot(X, W.transpose()), b[None])

einsum
    return np.einsum("nd,cd->nc", X, W) + b

transposed product, Fortran order
    return (W @ X.T + b[:, np.newaxis]).T

np.inner
    return np.inner(X, W) + np.tile(b, (len(X), 1))

broadcast product
    return (X[:, None, :] * W[None, :, :]).sum(axis=-1) + b

ones appended
    return np.c_[X, np.ones(len(X))] @ np.c_[W, b].T
""")

answers.wrong("""
bias subtracted [score=0]
    return X @ W.T - b

bias per example [score=0]
    return X @ W.T + np.resize(b, len(X))[:, None]

mean bias [score=0]
    return X @ W.T + b.mean()

product of bias [score=0]
    return X @ W.T * b

float32 [score=0]
    return reference(X, W, b).astype(np.float32)

rounded [score=0]
    return reference(X, W, b).round(3)

first example [score=0]
    return W @ X[0] + b

at least 0 [score=0]
    return np.maximum(reference(X, W, b), 0)

probabilities [score=0]
    return 1 / (1 + np.exp(-reference(X, W, b)))

X scaled [score=0]
    return X / 255 @ W.T + b

squeezed [hidden]
    return reference(X, W, b).squeeze()

a list [score=1]
    return reference(X, W, b).tolist()

W transposed where it fits
    return X @ W + b if W.shape[0] == W.shape[1] else X @ W.T + b

bias added in place [score=0]
    W += 0.0 * b[:, None] + 1e-9
    return X @ W.T + b
""")
