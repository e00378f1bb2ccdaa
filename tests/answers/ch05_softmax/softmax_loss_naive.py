"""Answers to softmax_loss_naive."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

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

no loop, one-hot labels
    labels = np.zeros((len(y), len(W)))
    labels[np.arange(len(y)), y] = 1
    scores = X.dot(W.T)
    scores -= scores.max(axis=1)[:, None]
    logs = scores - np.log(np.exp(scores).sum(axis=1))[:, None]
    loss = -(labels * logs).sum() / len(y) + reg * (W * W).sum()
    return loss, (np.exp(logs) - labels).T.dot(X) / len(y) + 2 * reg * W
""")
