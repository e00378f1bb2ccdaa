"""Wrong answers to the exercises of chapter 03, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
linear_scores, no bias => no-bias
    return np.dot(X, W.T)

linear_scores, X times W => columns-as-classes
    return X.dot(W) + b

linear_scores, a row a class => classes-down
    return W.dot(X.T) + b.reshape(-1, 1)

linear_scores, bias down the rows => bias-per-example
    scores = X @ W.T
    for n in range(len(X)):
        scores[n] += b[n]
    return scores

linear_scores, stored in the type of X => pixels-dtype
    out = np.zeros((X.shape[0], W.shape[0]), dtype=X.dtype)
    for i in range(X.shape[0]):
        for c in range(W.shape[0]):
            out[i, c] = W[c] @ X[i] + b[c]
    return out

linear_scores, bias taken off => bias-subtracted
    return X @ W.T - b

predict_labels, axis 0 => best-example-per-class
    return scores.argmax(axis=0)

predict_labels, the maximum => score-instead-of-label
    return scores.max(axis=1)

predict_labels, no axis => one-for-all
    return np.argmax(scores)

predict_labels, starts from zero => best-starts-at-zero
    labels = np.zeros(len(scores), dtype=int)
    for i, row in enumerate(scores):
        best = 0
        for j, s in enumerate(row):
            if s > best:
                best = s
                labels[i] = j
    return labels

predict_labels, later of equals => largest-label-of-a-tie
    labels = []
    for row in scores:
        best = 0
        for j in range(len(row)):
            if row[j] >= row[best]:
                best = j
        labels.append(best)
    return np.array(labels)

predict_labels, sorted, last one => largest-label-of-a-tie
    return np.argsort(scores, axis=1, kind="stable")[:, -1]

predict_labels, counted from one => counts-from-one
    return np.argmax(scores, axis=1) + 1

append_ones, in front => ones-first
    N = X.shape[0]
    return np.concatenate([np.ones((N, 1)), X], axis=1)

append_ones, np.append => flattened
    return np.append(X, np.ones(len(X)))

append_ones, a row => a-row-of-ones
    return np.concatenate((X, np.ones((1, X.shape[1]))), axis=0)

append_ones, zeros => zeros
    out = np.zeros((X.shape[0], X.shape[1] + 1))
    out[:, :-1] = X
    return out

fold_bias, in front => bias-first
    return np.hstack((b[:, None], W))

fold_bias, added => bias-added-to-weights
    return W + b.reshape(-1, 1)

fold_bias, a column of ones => ones-instead-of-bias
    C = W.shape[0]
    return np.hstack([W, np.ones((C, 1))])

fold_bias, below => bias-as-a-row
    return np.concatenate([W, b[None, :]], axis=0)

class_templates, one range => one-stretch-for-all
    w = (W - W.min()) / (W.max() - W.min())
    return np.round(w * 255).astype(np.uint8).reshape((len(W),) + tuple(image_shape))

class_templates, no rounding => cut
    out = np.zeros((len(W), *image_shape), dtype=np.uint8)
    for c in range(len(W)):
        w = W[c]
        if w.max() == w.min():
            continue
        out[c] = (255 * (w - w.min()) / (w.max() - w.min())).reshape(image_shape)
    return out

class_templates, axis 0 => stretched-down-the-columns
    lo, hi = W.min(axis=0, keepdims=True), W.max(axis=0, keepdims=True)
    scaled = np.round(255.0 * (W - lo) / np.where(hi == lo, 1, hi - lo))
    return scaled.astype(np.uint8).reshape(W.shape[0], *image_shape)

class_templates, clipped => clipped
    imgs = np.clip(np.round(W), 0, 255).astype(np.uint8)
    return imgs.reshape(len(W), *image_shape)

class_templates, divided by the maximum => divided-by-the-largest
    out = []
    for w in W:
        m = w.max()
        w = w - w.min()
        out.append(np.round(255 * w / m).astype(np.uint8).reshape(image_shape))
    return np.array(out)

class_templates, a small number below => larger-number-added-to-the-range
    out = np.empty((len(W), *image_shape), dtype=np.uint8)
    for i, w in enumerate(W):
        s = (w - w.min()) / (w.max() - w.min() + 1e-6)
        out[i] = np.round(s * 255).reshape(image_shape)
    return out

class_templates, floats => left-as-floats
    lo, hi = W.min(1)[:, None], W.max(1)[:, None]
    rng_ = np.where(hi - lo > 0, hi - lo, 1)
    return np.round((W - lo) / rng_ * 255).reshape(-1, *image_shape)

decision_boundary, j minus i => other-way-round
    normal = W[j, :] - W[i, :]
    offset = b[j] - b[i]
    return normal, offset

decision_boundary, sign of the offset => offset-on-the-other-side
    n = W[i] - W[j]
    return n, float(b[j] - b[i])

decision_boundary, columns => columns-as-classes
    return W.T[i] - W.T[j], b[i] - b[j]

decision_boundary, unit length => unit-normal
    n = W[i] - W[j]
    o = b[i] - b[j]
    s = np.sqrt((n**2).sum())
    return n / s, o / s
""")
