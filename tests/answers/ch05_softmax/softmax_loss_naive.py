"""Answers to softmax_loss_naive: those to its twin, and loops."""

from tests.answers.ch05_softmax.softmax_loss import RIGHT, WRONG
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right(RIGHT)
answers.right("""
three loops and no product
    import math

    num_classes, num_features = W.shape
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        scores = [sum(W[c, d] * X[i, d] for d in range(num_features)) for c in range(num_classes)]
        top = max(scores)
        total = sum(math.exp(s - top) for s in scores)
        loss += math.log(total) + top - scores[y[i]]
        for c in range(num_classes):
            slope = math.exp(scores[c] - top) / total - (1 if c == y[i] else 0)
            for d in range(num_features):
                dW[c, d] += slope * X[i, d]
    dW /= len(X)
    return loss / len(X) + reg * float((W * W).sum()), dW + 2 * reg * W

lists of losses and slopes
    losses, slopes = [], []
    for x, label in zip(X, y, strict=True):
        scores = (W * x).sum(axis=1)
        logs = scores - np.logaddexp.reduce(scores)
        losses.append(-logs[label])
        slopes.append((np.exp(logs) - (np.arange(len(W)) == label))[:, None] * x)
    return [np.mean(losses) + reg * np.sum(W**2), np.mean(slopes, axis=0) + 2 * reg * W]

pure Python
    import math

    n, classes = len(X), range(len(W))
    dW, loss = (2 * reg * W).tolist(), reg * float((W * W).sum())
    for x, label in zip(X.tolist(), y.tolist(), strict=True):
        s = [sum(w * v for w, v in zip(W[c].tolist(), x, strict=True)) for c in classes]
        top = max(s)
        total = math.fsum(math.exp(v - top) for v in s)
        loss += (math.log(total) + top - s[label]) / n
        for c in classes:
            p = math.exp(s[c] - top) / total - (c == label)
            dW[c] = [g + p * v / n for g, v in zip(dW[c], x, strict=True)]
    return loss, np.array(dW)

a loop over examples
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(X.shape[0]):
        s = W.dot(X[i])
        p = np.exp(s - s.max())
        p /= p.sum()
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += p[:, None] * X[i]
    return loss / X.shape[0] + reg * np.sum(W * W), dW / X.shape[0] + 2 * reg * W
""")

answers.wrong(WRONG)
answers.wrong("""
one maximum for the batch
    e = np.exp(X @ W.T - (X @ W.T).max())
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y]).mean() + reg * np.sum(W * W)
    return loss, (p - np.eye(len(W))[y]).T @ X / len(y) + 2 * reg * W
""")
