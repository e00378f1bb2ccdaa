"""Wrong answers to the exercises of chapter 05, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
softmax, no shift => overflow
    return np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)

softmax, maximum of the batch => one-shift-for-all
    scores = scores - np.max(scores)
    e = np.exp(scores)
    return e / np.sum(e, axis=1).reshape(-1, 1)

softmax, axis 0 => down-the-columns
    e = np.exp(scores - scores.max())
    return e / e.sum(axis=0)

softmax, sum of everything => over-the-whole-batch
    e = np.exp(scores - np.max(scores))
    return e / np.sum(e)

softmax, shifted in place => scores-overwritten
    scores -= np.max(scores, axis=1, keepdims=True)
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)

softmax, sizes of the scores => no-exponential
    total = scores.sum(axis=1)
    return scores / total[:, None]

cross_entropy, a sum => sum
    n = len(y)
    return -np.sum(np.log(probabilities[range(n), y]))

cross_entropy, no minus => no-minus
    total = 0
    for i in range(len(y)):
        total += np.log(probabilities[i, y[i]])
    return total / len(y)

cross_entropy, columns for everyone => every-column-for-everyone
    return np.mean(-np.log(probabilities[:, y]))

cross_entropy, log10 => base-ten
    p = probabilities[np.arange(len(y)), y]
    return np.mean(-np.log10(p))

cross_entropy, one-hot times logarithm => zero-times-infinity
    n, C = probabilities.shape
    onehot = np.zeros((n, C))
    onehot[np.arange(n), y] = 1
    return -np.sum(onehot * np.log(probabilities)) / n

cross_entropy, mean over all entries => all-entries-counted
    onehot = np.eye(probabilities.shape[1])[y]
    return -np.mean(onehot * np.log(np.where(onehot, probabilities, 1)))

softmax_loss_naive, no shift => overflow
    loss, dW = 0.0, np.zeros_like(W)
    n = X.shape[0]
    for i in range(n):
        s = W @ X[i]
        p = np.exp(s) / np.exp(s).sum()
        loss += -np.log(p[y[i]])
        for c in range(W.shape[0]):
            dW[c] += (p[c] - (c == y[i])) * X[i]
    return loss / n + reg * np.sum(W * W), dW / n + 2 * reg * W

softmax_loss_naive, no minus one => probabilities-alone
    loss, dW = 0.0, np.zeros_like(W)
    n = X.shape[0]
    for i in range(n):
        s = W @ X[i]
        e = np.exp(s - s.max())
        p = e / e.sum()
        loss += -np.log(p[y[i]])
        dW += np.outer(p, X[i])
    return loss / n + reg * np.sum(W * W), dW / n + 2 * reg * W

softmax_loss_naive, right row alone => right-row-alone
    loss, dW = 0.0, np.zeros_like(W)
    n = X.shape[0]
    for i in range(n):
        s = W @ X[i]
        e = np.exp(s - s.max())
        p = e / e.sum()
        loss += -np.log(p[y[i]])
        dW[y[i]] += (p[y[i]] - 1) * X[i]
    return loss / n + reg * np.sum(W * W), dW / n + 2 * reg * W

softmax_loss_naive, rivals alone => rivals-alone
    loss, dW = 0.0, np.zeros_like(W)
    n = X.shape[0]
    for i in range(n):
        s = W @ X[i]
        e = np.exp(s - s.max())
        p = e / e.sum()
        loss += -np.log(p[y[i]])
        for c in range(len(W)):
            if c != y[i]:
                dW[c] += p[c] * X[i]
    return loss / n + reg * np.sum(W * W), dW / n + 2 * reg * W

softmax_loss, maximum of the batch => one-shift-for-all
    n = len(X)
    s = X @ W.T
    s = s - s.max()
    e = np.exp(s)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y]).sum() / n + reg * np.sum(W * W)
    d = p.copy()
    d[np.arange(n), y] -= 1
    return loss, d.T @ X / n + 2 * reg * W

softmax_loss, slope of the penalty forgotten => penalty-without-gradient
    n = len(X)
    s = X @ W.T
    s -= s.max(axis=1, keepdims=True)
    e = np.exp(s)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y]).mean() + reg * np.sum(W * W)
    p[np.arange(n), y] -= 1
    return loss, p.T @ X / n

softmax_loss, gradient not divided => gradient-not-averaged
    n = len(X)
    s = X @ W.T
    s -= s.max(axis=1, keepdims=True)
    e = np.exp(s)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y]).mean() + reg * np.sum(W * W)
    p[np.arange(n), y] -= 1
    return loss, p.T @ X + 2 * reg * W

softmax_loss, divided by N after the penalty => penalty-averaged
    n = len(X)
    s = X @ W.T
    s -= s.max(axis=1, keepdims=True)
    e = np.exp(s)
    p = e / e.sum(axis=1, keepdims=True)
    loss = (-np.log(p[np.arange(n), y]).sum() + reg * np.sum(W * W)) / n
    p[np.arange(n), y] -= 1
    return loss, (p.T @ X + 2 * reg * W) / n

softmax_loss, a small number in the logarithm => nothing
    n = len(X)
    s = X @ W.T
    s -= s.max(axis=1, keepdims=True)
    e = np.exp(s)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y] + 1e-10).mean() + reg * np.sum(W * W)
    p[np.arange(n), y] -= 1
    return loss, p.T @ X / n + 2 * reg * W

sample_batch, np.random.choice => global-randomness
    idx = np.random.choice(X.shape[0], batch_size, replace=True)
    return X[idx], y[idx]

sample_batch, no repeats => drawn-without-replacement without-replacement
    idx = rng.choice(X.shape[0], batch_size, replace=False)
    return X[idx], y[idx]

sample_batch, a block from a random start => block-of-rows block-inside
    start = rng.integers(0, max(1, len(X) - batch_size + 1))
    return X[start : start + batch_size], y[start : start + batch_size]

sample_batch, a block that goes round => block-of-rows
    start = rng.integers(len(X))
    idx = np.arange(start, start + batch_size) % len(X)
    return X[idx], y[idx]

sample_batch, more often the middle => favourites
    idx = np.clip(rng.normal(len(X) / 2, len(X) / 4, batch_size), 0, len(X) - 1).astype(int)
    return X[idx], y[idx]

sample_batch, drawn for X and for y => rows-and-labels-apart
    return rng.choice(X, batch_size), rng.choice(y, batch_size)

sample_batch, first of a shuffle => without-replacement
    order = rng.permutation(len(X))
    return X[order[:batch_size]], y[order[:batch_size]]

sample_batch, end included by mistake => last-row-never
    idx = [rng.integers(0, len(X) - 1) for _ in range(batch_size)]
    return X[idx], y[idx]

train_linear_classifier, uphill => uphill
    N, D = X.shape
    W = np.zeros((num_classes, D))
    history = []
    for step in range(num_steps):
        idx = rng.integers(N, size=batch_size)
        loss, grad = loss_function(W, X[idx], y[idx], reg)
        history.append(loss)
        W += learning_rate * grad
    return W, history

train_linear_classifier, small random weights => small-random-start
    N, D = X.shape
    W = 0.001 * rng.standard_normal((num_classes, D))
    history = []
    for step in range(num_steps):
        idx = rng.integers(N, size=batch_size)
        loss, grad = loss_function(W, X[idx], y[idx], reg)
        history.append(loss)
        W -= learning_rate * grad
    return W, history

train_linear_classifier, number of classes from y => classes-from-the-labels
    N, D = X.shape
    W = np.zeros((len(np.unique(y)), D))
    history = []
    for step in range(num_steps):
        idx = rng.integers(N, size=batch_size)
        loss, grad = loss_function(W, X[idx], y[idx], reg)
        history.append(loss)
        W -= learning_rate * grad
    return W, history

train_linear_classifier, full batch => all-examples
    W = np.zeros((num_classes, X.shape[1]))
    losses = []
    for _ in range(num_steps):
        loss, dW = loss_function(W, X, y, reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses

train_linear_classifier, np.random.choice => global-randomness
    W = np.zeros((num_classes, X.shape[1]))
    losses = []
    for _ in range(num_steps):
        i = np.random.choice(len(X), batch_size)
        loss, dW = loss_function(W, X[i], y[i], reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses

train_linear_classifier, loss after the step => loss-after-the-step
    W = np.zeros((num_classes, X.shape[1]))
    losses = []
    for _ in range(num_steps):
        i = rng.choice(len(X), batch_size)
        _, dW = loss_function(W, X[i], y[i], reg)
        W = W - learning_rate * dW
        loss, _ = loss_function(W, X[i], y[i], reg)
        losses.append(loss)
    return W, losses

train_linear_classifier, one batch for all steps => one-batch
    W = np.zeros((num_classes, X.shape[1]))
    losses = []
    i = rng.choice(len(X), batch_size)
    Xb, yb = X[i], y[i]
    for _ in range(num_steps):
        loss, dW = loss_function(W, Xb, yb, reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses

train_linear_classifier, rate forgotten => rate-ignored
    W = np.zeros((num_classes, X.shape[1]))
    losses = []
    for _ in range(num_steps):
        i = rng.choice(len(X), batch_size)
        loss, dW = loss_function(W, X[i], y[i], reg)
        losses.append(loss)
        W = W - dW
    return W, losses

softmax, a sum over everything after shifts of the rows => shifted-over-the-whole-batch
    powers = np.exp((scores.T - scores.max(axis=1)).T)
    return powers / powers.sum()

softmax, largest of the sizes => largest-without-its-sign
    e = np.exp(scores - np.abs(scores).max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]

cross_entropy, rows by their labels => rows-of-the-labels
    return -np.log(probabilities[y]).mean()

train_linear_classifier, zeros the other way round => classes-from-the-labels
    W = np.zeros((X.shape[1], num_classes))
    losses = []
    for _ in range(num_steps):
        i = rng.integers(0, len(X), batch_size)
        loss, dW = loss_function(W, X[i], y[i], reg)
        losses.append(loss)
        W = W - learning_rate * dW
    return W, losses
""")
