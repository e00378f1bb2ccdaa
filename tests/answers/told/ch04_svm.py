"""Wrong answers to the exercises of chapter 04, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
hinge_loss, the right class too => own-class-counted
    loss = 0.0
    for s in scores:
        loss += max(0, s - scores[label] + margin)
    return loss

hinge_loss, 1 for the margin => margin-always-one
    correct = scores[label]
    total = 0.0
    for j in range(len(scores)):
        if j != label:
            total += max(0, scores[j] - correct + 1)
    return total

hinge_loss, no margin => no-margin
    return sum(max(0.0, s - scores[label]) for j, s in enumerate(scores) if j != label)

hinge_loss, strongest rival => worst-rival-alone
    rivals = np.delete(scores, label)
    return max(0.0, rivals.max() - scores[label] + margin)

hinge_loss, mean of the rivals => mean-over-rivals mean-over-classes
    rivals = np.delete(scores, label)
    return np.mean(np.maximum(0, rivals - scores[label] + margin))

hinge_loss, 1 taken off for the right class => one-taken-off
    return np.maximum(0, scores - scores[label] + margin).sum() - 1

hinge_loss, right minus rival => difference-turned-round
    total = 0
    for j, s in enumerate(scores):
        if j == label:
            continue
        m = scores[label] - s + margin
        if m > 0:
            total += m
    return total

l2_penalty, half => halved
    return 0.5 * reg * (W**2).sum()

l2_penalty, norm => square-root
    return reg * np.linalg.norm(W)

l2_penalty, L1 => sizes-instead-of-squares
    return reg * abs(W).sum()

l2_penalty, matrix product => products-of-columns
    return reg * np.sum(W.T @ W)

svm_loss_naive, right row left out => right-row-never
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(len(X)):
        s = W @ X[i]
        for j in range(len(W)):
            if j == y[i]:
                continue
            m = s[j] - s[y[i]] + 1
            if m > 0:
                loss += m
                dW[j] += X[i]
    return loss / len(X) + reg * np.sum(W**2), dW / len(X) + 2 * reg * W

svm_loss_naive, gradient not divided => gradient-not-averaged
    loss, dW = 0.0, np.zeros(W.shape)
    for x, t in zip(X, y):
        s = W @ x
        for j in range(len(s)):
            m = s[j] - s[t] + 1
            if j != t and m > 0:
                loss += m
                dW[j] += x
                dW[t] -= x
    loss /= len(X)
    return loss + reg * np.sum(W * W), dW + 2 * reg * W

svm_loss_naive, reg times W => penalty-gradient-halved
    loss, dW = 0.0, np.zeros(W.shape)
    for x, t in zip(X, y):
        s = W @ x
        for j in range(len(s)):
            m = s[j] - s[t] + 1
            if j != t and m > 0:
                loss += m / len(X)
                dW[j] += x / len(X)
                dW[t] -= x / len(X)
    return loss + reg * np.sum(W * W), dW + reg * W

svm_loss_naive, slope of the penalty forgotten => penalty-without-gradient
    loss, dW = 0.0, np.zeros(W.shape)
    for x, t in zip(X, y):
        s = W @ x
        for j in range(len(s)):
            m = s[j] - s[t] + 1
            if j != t and m > 0:
                loss += m / len(X)
                dW[j] += x / len(X)
                dW[t] -= x / len(X)
    return loss + reg * np.sum(W * W), dW

svm_loss_naive, slope of the penalty divided by N as well => penalty-gradient-averaged
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(X.shape[0]):
        s = X[i].dot(W.T)
        for j in range(W.shape[0]):
            if j == y[i]:
                continue
            m = s[j] - s[y[i]] + 1
            if m > 0:
                loss += m
                dW[j] += X[i]
                dW[y[i]] -= X[i]
    dW += 2 * reg * W
    dW /= X.shape[0]
    loss /= X.shape[0]
    loss += reg * np.sum(W * W)
    return loss, dW

svm_loss_naive, penalty once an example => penalty-per-example
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(X.shape[0]):
        s = X[i].dot(W.T)
        for j in range(W.shape[0]):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m > 0:
                loss += m / len(X)
                dW[j] += X[i] / len(X)
                dW[y[i]] -= X[i] / len(X)
        loss += reg * np.sum(W * W)
        dW += 2 * reg * W
    return loss, dW

svm_loss_naive, right class counted => own-class-counted own-class-counted-twice
    loss, dW = 0.0, np.zeros(W.shape)
    n = len(X)
    for i in range(n):
        s = W.dot(X[i])
        for j in range(len(W)):
            m = s[j] - s[y[i]] + 1
            if m > 0:
                loss += m
                dW[j] += X[i]
                dW[y[i]] -= X[i]
    return loss / n + reg * np.sum(W * W), dW / n + 2 * reg * W

svm_loss, right class counted => own-class-counted own-class-counted-twice
    n = X.shape[0]
    scores = X.dot(W.T)
    correct = scores[np.arange(n), y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct + 1)
    loss = margins.sum() / n + reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[np.arange(n), y] -= mask.sum(axis=1)
    return loss, mask.T.dot(X) / n + 2 * reg * W

svm_loss, right row once => right-row-once
    n = X.shape[0]
    scores = X @ W.T
    margins = np.maximum(0, scores - scores[range(n), y][:, None] + 1)
    margins[range(n), y] = 0
    loss = margins.sum() / n + reg * (W * W).sum()
    mask = (margins > 0) * 1.0
    mask[range(n), y] = -1
    return loss, mask.T @ X / n + 2 * reg * W

svm_loss, loop over the examples => loop-over-examples
    n = len(X)
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(n):
        s = W @ X[i]
        m = np.clip(s - s[y[i]] + 1, 0, None)
        m[y[i]] = 0
        loss += m.sum()
        k = (m > 0) + 0.0
        k[y[i]] = -k.sum()
        dW += k[:, None] * X[i][None, :]
    return loss / n + reg * np.sum(W**2), dW / n + 2 * reg * W

svm_loss, half the penalty => half-in-the-penalty
    n = X.shape[0]
    scores = X @ W.T
    margins = np.maximum(0, scores - scores[range(n), y][:, None] + 1)
    margins[range(n), y] = 0
    loss = margins.sum() / n + 0.5 * reg * (W * W).sum()
    mask = (margins > 0) * 1.0
    mask[range(n), y] = -mask.sum(1)
    return loss, mask.T @ X / n + reg * W

svm_loss, mean over all margins => mean-over-classes
    n = X.shape[0]
    scores = X @ W.T
    margins = np.maximum(0, scores - scores[range(n), y][:, None] + 1)
    margins[range(n), y] = 0
    mask = (margins > 0) * 1.0
    mask[range(n), y] = -mask.sum(1)
    return margins.mean() + reg * np.sum(W * W), mask.T @ X / n + 2 * reg * W

numerical_gradient, forward difference => one-sided
    grad = np.zeros_like(x)
    fx = f(x)
    it = np.nditer(x, flags=["multi_index"])
    for _ in it:
        i = it.multi_index
        old = x[i]
        x[i] = old + step
        grad[i] = (f(x) - fx) / step
        x[i] = old
    return grad

numerical_gradient, not put back => not-put-back
    grad = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        x[i] += step
        fp = f(x)
        x[i] -= 2 * step
        fm = f(x)
        grad[i] = (fp - fm) / (2 * step)
    return grad

numerical_gradient, divided by step => divided-by-one-step
    grad = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        d = np.zeros_like(x)
        d[i] = step
        grad[i] = (f(x + d) - f(x - d)) / step
    return grad

numerical_gradient, h of its own => own-step
    h = 1e-5
    grad = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        d = np.zeros_like(x)
        d[i] = h
        grad[i] = (f(x + d) - f(x - d)) / (2 * h)
    return grad

relative_error, mean => mean-instead-of-worst
    return np.mean(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)))

relative_error, norms => norms
    return np.linalg.norm(a - b) / max(1e-8, np.linalg.norm(a) + np.linalg.norm(b))

relative_error, no size of the difference => sign-kept
    return np.max((a - b) / np.maximum(1e-8, abs(a) + abs(b)))

relative_error, nothing against 0 / 0 => no-floor
    return np.max(np.abs(a - b) / (np.abs(a) + np.abs(b)))

relative_error, added instead of the larger => floor-added
    return np.max(np.abs(a - b) / (np.abs(a) + np.abs(b) + 1e-8))

sgd_step, plus => uphill
    new_W = W + learning_rate * dW
    return new_W

sgd_step, in place => old-weights-overwritten
    W -= learning_rate * dW
    return W

sgd_step, no rate => rate-ignored
    return W - dW

sgd_step, the step => step-without-weights step-alone
    return learning_rate * dW
""")
