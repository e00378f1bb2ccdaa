"""Answers to softmax_loss."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
one-hot labels
    labels = np.zeros((len(y), len(W)))
    labels[np.arange(len(y)), y] = 1
    scores = X.dot(W.T)
    scores -= scores.max(axis=1)[:, None]
    logs = scores - np.log(np.exp(scores).sum(axis=1))[:, None]
    loss = -(labels * logs).sum() / len(y) + reg * (W * W).sum()
    return loss, (np.exp(logs) - labels).T.dot(X) / len(y) + 2 * reg * W

columns as examples, the penalty added last
    n = X.shape[0]
    S = W @ X.T
    S = S - S.max(axis=0)
    E = np.exp(S)
    total = E.sum(axis=0)
    loss = (np.log(total) - S[y, np.arange(n)]).mean()
    G = E / total
    G[y, range(n)] -= 1.0
    dW = np.matmul(G, X) / n
    loss += reg * np.linalg.norm(W) ** 2
    dW += 2 * reg * W
    return loss, dW

a loop over the classes
    scores = np.einsum("nd,cd->nc", X, W)
    logs = np.logaddexp.reduce(scores, axis=1)
    loss = np.mean(logs) + reg * np.square(W).sum()
    dW = 2 * reg * W
    for c in range(len(W)):
        mine = y == c
        loss -= scores[mine, c].sum() / len(y)
        dW[c] += (np.exp(scores[:, c] - logs) - mine) @ X / len(y)
    return loss, dW
""")

answers.wrong("""
a loop over examples
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        one, slope = full(W, X[i : i + 1], y[i : i + 1], 0.0)
        loss += one
        dW += slope
    return loss / len(y) + reg * np.sum(W**2), dW / len(y) + 2 * reg * W

a loop in the loss alone
    loss = 0.0
    for x, label in zip(X, y, strict=True):
        s = W @ x
        loss += np.log(np.exp(s - s.max()).sum()) + s.max() - s[label]
    return loss / len(y) + reg * np.sum(W * W), full(W, X, y, reg)[1]
""")
