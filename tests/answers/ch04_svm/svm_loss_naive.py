"""Answers to svm_loss_naive: those to its twin, and loops."""

from tests.answers.ch04_svm.svm_loss import RIGHT, WRONG
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right(RIGHT)
answers.right("""
three loops and no product
    num_classes, num_features = W.shape
    loss, dW = 0.0, np.zeros((num_classes, num_features))
    for i in range(X.shape[0]):
        scores = [sum(W[c, d] * X[i, d] for d in range(num_features)) for c in range(num_classes)]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1.0
            if margin > 0:
                loss += margin / len(X)
                for d in range(num_features):
                    dW[j, d] += X[i, d] / len(X)
                    dW[y[i], d] -= X[i, d] / len(X)
    loss += reg * sum(w * w for row in W for w in row)
    return loss, dW + 2 * reg * W

one example at a time, by functions of before
    def hinge_loss(scores, label):
        return np.maximum(0, np.delete(scores, label) - scores[label] + 1).sum()

    def l2_penalty(W, reg):
        return reg * np.sum(W * W)

    losses, slopes = [], []
    for x, label in zip(X, y, strict=True):
        scores = W.dot(x)
        losses.append(hinge_loss(scores, int(label)))
        pull = np.where(scores - scores[label] + 1 > 0, 1, 0)
        pull[label] = 0
        pull[label] = -pull.sum()
        slopes.append(np.outer(pull, x))
    return np.mean(losses) + l2_penalty(W, reg), np.mean(slopes, axis=0) + reg * (W + W)

three loops in pure Python
    n, classes, features = len(X), len(W), len(W[0])
    loss, dW = 0.0, [[2 * reg * float(w) for w in row] for row in W]
    for i in range(n):
        s = [sum(float(W[c][d] * X[i][d]) for d in range(features)) for c in range(classes)]
        for c in range(classes):
            if c != y[i] and (margin := s[c] - s[y[i]] + 1) > 0:
                loss += margin / n
                for d in range(features):
                    dW[c][d] += X[i][d] / n
                    dW[y[i]][d] -= X[i][d] / n
    return loss + reg * sum(float(w) ** 2 for row in W for w in row), np.array(dW)

a loop over examples
    loss, dW = 0.0, np.zeros_like(W)
    for x, label in zip(X, y, strict=True):
        margins = W @ x - W[label] @ x + 1
        margins[label] = 0
        loss += margins[margins > 0].sum()
        on = (margins > 0).astype(float)
        on[label] = -on.sum()
        dW += np.outer(on, x)
    return loss / len(y) + reg * np.sum(W**2), dW / len(y) + 2 * reg * W
""")

answers.wrong(WRONG)
