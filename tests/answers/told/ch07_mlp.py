"""Wrong answers to the exercises of chapter 07, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
sigmoid_forward, plain numerator => overflows
    ex = np.exp(x)
    out = ex / (ex + 1.0)
    return out, out

sigmoid_forward, math => numbers-alone if-on-an-array
    import math

    out = 1.0 / (1.0 + math.exp(-x))
    return out, out

sigmoid_forward, a list => nothing
    out = [1 / (1 + np.exp(-v)) for v in x]
    return out, out

sigmoid_forward, cut off => clipped-at-5 clipped-too-narrow
    x = np.clip(x, -5, 5)
    out = 1 / (1 + np.exp(-x))
    return out, out

sigmoid_backward, sigmoid once more => sigmoid-twice
    s = 1 / (1 + np.exp(-cache))
    return dout * s * (1 - s)

sigmoid_backward, tanh's => tanh-slope
    return dout * (1 - cache ** 2)

sigmoid_backward, minus inside => wrong-sign
    return dout * cache * (cache - 1)

relu_forward, in place => overwrites-x
    out = x
    out[out < 0] = 0
    return out, x

relu_forward, one number => one-number-for-all
    return max(0, x.max()), x

relu_forward, leaky => leaks
    return np.where(x > 0, x, 0.01 * x), x

relu_forward, output alone => no-cache
    out = np.maximum(x, 0)
    return out

relu_backward, greater or equal => lets-0-pass
    x = cache
    dx = dout.copy()
    dx[x < 0] = 0
    return dx

relu_backward, in place => overwrites-dout
    x = cache
    dx = dout
    dx[x <= 0] = 0
    return dx

relu_backward, by the gradient's sign => cuts-the-gradient
    dx = dout.copy()
    dx[dout <= 0] = 0
    return dx

relu_backward, relu of the product => cuts-the-product
    return np.maximum(0, dout * cache)

affine_forward, W as in cs231n => not-transposed
    N = x.shape[0]
    out = x.reshape(N, -1).dot(W) + b
    return out, (x, W, b)

affine_forward, flattens everything => batch-in-one-row
    out = W.dot(x.flatten()) + b
    return out, (x, W, b)

affine_forward, bias as a column => bias-per-example
    out = x.reshape(x.shape[0], -1).dot(W.T) + b.reshape(-1, 1)
    return out, (x, W, b)

affine_forward, images not flat => not-flat
    out = np.dot(x, W.T) + b
    return out, (x, W, b)

affine_backward, averages over the batch => mean-over-examples
    x, W, b = cache
    N = dout.shape[0]
    dx = dout.dot(W).reshape(x.shape)
    dW = dout.T.dot(x.reshape(N, -1)) / N
    db = np.sum(dout, axis=0) / N
    return dx, dW, db

affine_backward, averages all three => all-are-means
    x, W, b = cache
    N = len(x)
    dx = dout.dot(W).reshape(x.shape) / N
    dW = dout.T.dot(x.reshape(N, -1)) / N
    db = dout.sum(axis=0) / N
    return dx, dW, db

affine_backward, mean dW alone => dW-mean
    x, W, b = cache
    N = len(x)
    return dout.dot(W).reshape(x.shape), dout.T.dot(x.reshape(N, -1)) / N, dout.sum(axis=0)

affine_backward, db over the wrong axis => db-along-the-outputs
    x, W, b = cache
    rows = x.reshape(x.shape[0], -1)
    return np.dot(dout, W).reshape(x.shape), np.dot(dout.T, rows), np.sum(dout, axis=1)

affine_backward, db keeps its axis => db-as-a-row
    x, W, b = cache
    rows = x.reshape(x.shape[0], -1)
    db = np.sum(dout, axis=0, keepdims=True)
    return np.dot(dout, W).reshape(x.shape), np.dot(dout.T, rows), db

affine_backward, db forgotten => db-forgotten
    x, W, b = cache
    rows = x.reshape(x.shape[0], -1)
    return np.dot(dout, W).reshape(x.shape), np.dot(dout.T, rows)

affine_backward, dx and dW changed places => dW-first
    x, W, b = cache
    rows = x.reshape(x.shape[0], -1)
    return np.dot(dout.T, rows), np.dot(dout, W).reshape(x.shape), dout.sum(axis=0)

softmax_cross_entropy, no shift => no-shift
    exps = np.exp(scores)
    probs = exps / np.sum(exps, axis=1, keepdims=True)
    N = scores.shape[0]
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dscores = probs.copy()
    dscores[np.arange(N), y] -= 1
    dscores /= N
    return loss, dscores

softmax_cross_entropy, one shift => one-shift-for-all
    N = scores.shape[0]
    s = scores - np.max(scores)
    exps = np.exp(s)
    probs = exps / np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(-np.log(probs[range(N), y]))
    dx = probs.copy()
    dx[range(N), y] -= 1
    return loss, dx / N

softmax_cross_entropy, shift over the batch => shift-per-class
    N = scores.shape[0]
    s = scores - scores.max(axis=0)
    exps = np.exp(s)
    probs = exps / exps.sum(axis=1, keepdims=True)
    loss = np.mean(-np.log(probs[range(N), y]))
    dx = probs.copy()
    dx[range(N), y] -= 1
    return loss, dx / N

softmax_cross_entropy, softmax over the whole batch => softmax-over-everything
    N = scores.shape[0]
    exps = np.exp(scores - scores.max())
    probs = exps / exps.sum()
    loss = np.mean(-np.log(probs[range(N), y]))
    dx = probs.copy()
    dx[range(N), y] -= 1
    return loss, dx / N

softmax_cross_entropy, epsilon in the log => number-inside-the-log
    N = scores.shape[0]
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)
    loss = -np.log(probs[range(N), y] + 1e-7).mean()
    dx = probs.copy()
    dx[range(N), y] -= 1
    return loss, dx / N

softmax_cross_entropy, gradient not divided => gradient-of-the-sum
    N = scores.shape[0]
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)
    loss = -np.log(probs[range(N), y]).mean()
    dx = probs.copy()
    dx[range(N), y] -= 1
    return loss, dx

softmax_cross_entropy, minus forgotten in the loss => loss-without-minus
    N = scores.shape[0]
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)
    loss = np.log(probs[range(N), y]).mean()
    dx = probs.copy()
    dx[range(N), y] -= 1
    return loss, dx / N

relu_forward, np.max with a zero => maximum-along-an-axis
    result = np.amax(x, 0)
    return result, x

affine_forward, as many columns as examples => examples-mixed
    rows = x.reshape(-1, x.shape[0])
    return rows.T.dot(W.T) + b, (x, W, b)

softmax_cross_entropy, one over p => towards-the-probabilities
    n = np.arange(len(y))
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dscores = np.zeros_like(p)
    dscores[n, y] = -1 / p[n, y] / len(y)
    return -np.log(p[n, y]).mean(), dscores
""")
