"""Answers to svm_loss; those to both twins stand in tables that `svm_loss_naive` takes as well."""

from grader.exercises import Table
from tests.answers.corpus import Answers

answers = Answers(__name__)

RIGHT = Table("""
a mask of rivals
    num = X.shape[0]
    scores = X.dot(W.T)
    right = np.take_along_axis(scores, y[:, None].astype(int), axis=1)
    rivals = np.arange(W.shape[0])[None, :] != y[:, None]
    active = ((scores - right + 1) > 0) & rivals
    loss = ((scores - right + 1) * active).sum() / num + reg * np.square(W).sum()
    dscores = active.astype(float)
    dscores -= (~rivals) * active.sum(axis=1, keepdims=True)
    return [loss, np.einsum("nc,nd->cd", dscores, X) / num + 2 * reg * W]

a loop over the classes
    right = (X * W[y]).sum(axis=1)
    loss, dW = 0.0, np.zeros_like(W)
    toll = np.zeros(len(y))
    for c in range(len(W)):
        behind = X @ W[c] - right + 1
        hit = (behind > 0) * (y != c)
        loss += behind[hit].sum()
        dW[c] += hit @ X
        toll += hit
    for c in range(len(W)):
        dW[c] -= (toll * (y == c)) @ X
    return loss / len(y) + reg * np.sum(W**2), dW / len(y) + 2 * reg * W

one-hot labels and columns as examples
    onehot = np.eye(len(W))[y].T
    scores = W @ X.T
    margins = np.maximum(scores - (scores * onehot).sum(axis=0) + 1 - onehot, 0)
    pull = np.sign(margins)
    pull = pull - onehot * pull.sum(axis=0)
    # The own term is 0 + 1 - 1, which rounding may leave a hair off 0: it is no rival.
    margins[onehot == 1] = 0
    loss = margins.sum(axis=0).mean() + reg * np.linalg.norm(W) ** 2
    return np.float64(loss), pull @ X / X.shape[0] + 2 * reg * W

indicator matrix
    n, rows = len(y), np.arange(len(y))
    scores = X @ W.T
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    on = (margins > 0).astype(np.float64)
    on[rows, y] = -on.sum(axis=1)
    return margins.sum() / n + reg * np.sum(W * W), on.T @ X / n + 2 * reg * W

one-hot labels, no index
    hot = (y[:, None] == np.arange(W.shape[0])).astype(float)
    scores = X.dot(W.T)
    margins = scores - (scores * hot).sum(axis=1, keepdims=True) + 1.0 - hot
    on = np.where(margins > 0, 1.0, 0.0) * (1 - hot)
    slope = on - hot * on.sum(axis=1, keepdims=True)
    loss = (on * margins).sum(axis=1).mean() + reg * np.linalg.norm(W) ** 2
    return float(loss), np.einsum("nc,nd->cd", slope, X) / X.shape[0] + 2 * reg * W

a loop over classes, Fortran order, a list
    n = X.shape[0]
    own = np.einsum("nd,nd->n", X, W[y])
    loss, dW = reg * np.vdot(W, W), np.asfortranarray(2 * reg * W)
    for c in range(len(W)):
        m = X @ W[c] - own + 1
        active = (m > 0) & (y != c)
        loss += m[active].sum() / n
        dW[c] += X[active].sum(axis=0) / n
        np.subtract.at(dW, y[active], X[active] / n)
    return [loss, dW]

a helper class, take_along_axis
    class Margins:
        def __init__(self):
            s = np.matmul(X, W.T)
            self.all = s - np.take_along_axis(s, y[:, None].astype(np.int64), axis=1) + 1
            np.put_along_axis(self.all, y[:, None].astype(np.int64), 0, axis=1)

        @property
        def slope(self):
            out = np.heaviside(self.all, 0)
            out[range(len(y)), y] -= out.sum(axis=1)
            return out

    m = Margins()
    loss = np.mean(np.sum(np.clip(m.all, 0, None), axis=1))
    return np.array(loss + reg * (W**2).sum()), m.slope.T.dot(X) / len(X) + reg * W * 2

sums of the label's row by np.add.at
    margins = X @ W.T
    margins -= margins[np.arange(y.size), y].reshape(-1, 1)
    margins += 1
    np.maximum(margins, 0, out=margins)
    loss = margins.sum() / y.size - 1
    on = np.sign(margins)
    dW = on.T @ X
    np.add.at(dW, y, -X * on.sum(axis=1, keepdims=True))
    return loss + reg * np.square(W).sum(), dW / y.size + 2 * reg * W

products of margins and indicators, flat index
    n, classes = len(X), len(W)
    scores = np.dot(W, X.T).T
    own = np.ravel(scores)[np.arange(n) * classes + y]
    on = (scores > (own - 1)[:, np.newaxis]) & (y[:, np.newaxis] != np.arange(classes))
    loss = float(np.sum((scores + 1 - own[:, None]) * on)) / n
    dW = on.T.astype(float) @ X
    for c in range(classes):
        dW[c] -= on.sum(axis=1)[y == c] @ X[y == c]
    return loss + reg * sum((w @ w for w in W), 0.0), dW / n + 2.0 * reg * W
""")

WRONG = Table("""
margin 2 [score=0]
    loss, dW = reference(W / 2, X, y, 0.0)
    return 2 * loss + reg * np.sum(W * W), dW + 2 * reg * W

gradient transposed [score=0]
    loss, dW = reference(W, X, y, reg)
    return loss, dW.T

float32 [score=0]
    loss, dW = reference(W, X, y, reg)
    return loss, dW.astype(np.float32)

loss alone [score=0]
    return reference(W, X, y, reg)[0]

swapped [score=0]
    return reference(W, X, y, reg)[::-1]

reg of 0.1 always [score=0]
    return reference(W, X, y, 0.1)

three examples always
    loss, _ = reference(W, X, y, 0.0)
    return len(y) * loss / 3 + reg * np.sum(W * W), reference(W, X, y, reg)[1]

largest rival alone, in the loss
    scores, rows = X @ W.T, np.arange(len(y))
    own = scores[rows, y]
    scores[rows, y] = -np.inf
    loss = np.mean(np.maximum(0, 1 + scores.max(axis=1) - own)) + reg * np.sum(W * W)
    return loss, reference(W, X, y, reg)[1]

hinge and squared hinge together [score=0]
    terms = np.maximum(X @ W.T - np.sum(X * W[y], axis=1)[:, None] + 1, 0)
    loss, dW = reference(W, X, y, reg)
    return loss + np.mean(np.sum(terms**2, axis=1)), dW

gradient a little off [score=0]
    loss, dW = reference(W, X, y, reg)
    return loss, dW + 1e-4

changes W in place [score=0]
    loss, dW = reference(W, X, y, reg)
    W -= 0.01 * dW
    return loss, dW

sorts the examples in place [score=0]
    order = np.argsort(y, kind="stable")[::-1]
    X[:], y[:] = X[order], y[order]
    X += 1e-12
    return reference(W, X, y, reg)
""")

answers.right(RIGHT)
answers.wrong(WRONG)
answers.right("""
the diagonal of all scores by all labels
    n = len(y)
    scores = X @ W.T
    margins = np.maximum(0, scores - np.diag(scores[:, y])[:, None] + 1)
    margins[np.arange(n), y] = 0
    pull = (margins > 0).astype(float)
    pull[np.arange(n), y] = -pull.sum(axis=1)
    return margins.sum() / n + reg * np.sum(W * W), pull.T @ X / n + 2 * reg * W

the diagonal of a product with the labels' weights
    n, classes = len(y), len(W)
    margins = X @ W.T - np.diag(X @ W[y].T)[:, None] + 1
    margins[np.arange(n), y] = 0
    pull = np.heaviside(margins, 0.0)
    pull -= pull.sum(axis=1, keepdims=True) * (y[:, None] == np.arange(classes))
    loss = np.where(margins > 0, margins, 0).sum() / n
    return loss + reg * np.sum(W * W), pull.T @ X / n + 2 * reg * W
""")
answers.wrong("""
loop over the examples for the gradient alone [score=0]
    examples = np.arange(len(X))
    scores = X @ W.T
    margins = np.maximum(0, scores - scores[examples, y][:, None] + 1)
    margins[examples, y] = 0
    pull = np.where(margins > 0, 1.0, 0.0)
    pull[examples, y] = -np.sum(pull, axis=1)
    dW = np.zeros_like(W)
    for i in examples:
        dW += np.outer(pull[i], X[i])
    return np.sum(margins) / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W

loop over examples and classes, as in svm_loss_naive [score=0]
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(len(X)):
        scores = X[i].dot(W.T)
        for j in range(len(W)):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[j] += X[i]
                dW[y[i]] -= X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W

loop over lists, no array on the way [score=0]
    classes, features = range(len(W)), range(len(W[0]))
    rows, loss, dW = W.tolist(), 0.0, [[0.0] * len(W[0]) for _ in W]
    for x, label in zip(X.tolist(), y.tolist(), strict=True):
        scores = [sum(map(float.__mul__, w, x)) for w in rows]
        for c in classes:
            margin = scores[c] - scores[label] + 1
            if c != label and margin > 0:
                loss += margin
                for d in features:
                    dW[c][d] += x[d]
                    dW[label][d] -= x[d]
    return loss / len(X) + reg * np.sum(W**2), np.array(dW) / len(X) + 2 * reg * W
""")
