"""Answers to two_layer_loss."""

from solutions.ch07_mlp.affine_backward import affine_backward
from solutions.ch07_mlp.affine_forward import affine_forward
from solutions.ch07_mlp.relu_backward import relu_backward
from solutions.ch07_mlp.relu_forward import relu_forward
from solutions.ch07_mlp.softmax_cross_entropy import softmax_cross_entropy
from tests.answers.corpus import Answers

answers = Answers(__name__)

NAMED_BY_THE_REFERENCE = (  # so edits of its source need them here
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    softmax_cross_entropy,
)

answers.right("""
arrays alone, no function of before
    sums = X @ W1.T + b1
    hidden = np.maximum(sums, 0)
    scores = hidden @ W2.T + b2
    power = np.exp(scores - scores.max(axis=1, keepdims=True))
    p, rows = power / power.sum(axis=1, keepdims=True), np.arange(len(y))
    loss = -np.log(p[rows, y]).mean() + reg * (np.sum(W1**2) + np.sum(W2**2))
    p[rows, y] -= 1
    p /= len(y)
    back = (p @ W2) * (sums > 0)
    return loss, {
        "W1": back.T @ X + 2 * reg * W1, "b1": back.sum(axis=0),
        "W2": p.T @ hidden + 2 * reg * W2, "b2": p.sum(axis=0),
    }

example by example
    loss, g = 0.0, {k: np.zeros_like(v) for k, v in zip(("W1", "b1", "W2", "b2"), (W1, b1, W2, b2))}
    for x, label in zip(X, y):
        sums = W1 @ x + b1
        hidden = np.where(sums > 0, sums, 0.0)
        scores = W2 @ hidden + b2
        total = np.logaddexp.reduce(scores)
        loss += (total - scores[label]) / len(X)
        ds = np.exp(scores - total)
        ds[label] -= 1
        ds = ds / len(X)
        dh = (W2.T @ ds) * (sums > 0)
        g["W2"] += np.outer(ds, hidden)
        g["b2"] += ds
        g["W1"] += np.outer(dh, x)
        g["b1"] += dh
    g["W1"] += 2 * reg * W1
    g["W2"] += 2 * reg * W2
    return float(loss + reg * ((W1 * W1).sum() + (W2 * W2).sum())), g

einsum, a list, the keys in another order
    sums = np.einsum("nd,hd->nh", X, W1) + b1
    on = sums > 0
    hidden = sums * on
    scores = np.einsum("nh,ch->nc", hidden, W2) + b2
    logs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    wanted = np.eye(len(b2))[y]
    ds = (np.exp(logs) - wanted) / len(X)
    dh = np.einsum("nc,ch->nh", ds, W2) * on
    loss = -(wanted * logs).sum() / len(X) + reg * sum(np.sum(W * W) for W in (W1, W2))
    gradients = {"b2": ds.sum(0), "b1": dh.sum(0)}
    gradients["W2"] = np.einsum("nc,nh->ch", ds, hidden) + 2 * reg * W2
    gradients["W1"] = np.einsum("nh,nd->hd", dh, X) + 2 * reg * W1
    return [loss, gradients]

the functions of before, by other names, a 0-d array
    a, cache_a = affine_forward(X, W1, b1)
    h, cache_h = relu_forward(a)
    s, cache_s = affine_forward(h, W2, b2)
    data, ds = softmax_cross_entropy(s, y)
    grads = {}
    dh, grads["W2"], grads["b2"] = affine_backward(ds, cache_s)
    dX, grads["W1"], grads["b1"] = affine_backward(relu_backward(dh, cache_h), cache_a)
    for name, W in (("W1", W1), ("W2", W2)):
        data = data + reg * (W**2).sum()
        grads[name] = grads[name] + 2 * reg * W
    return np.array(data), grads

biases folded in
    one = np.ones((len(X), 1))
    A = np.hstack([W1, b1[:, None]])
    B = np.hstack([W2, b2[:, None]])
    X1 = np.hstack([X, one])
    sums = X1 @ A.T
    H1 = np.hstack([np.maximum(sums, 0), one])
    scores = H1 @ B.T
    scores = scores - scores.max(axis=1)[:, None]
    p = np.exp(scores) / np.exp(scores).sum(axis=1)[:, None]
    ds = (p - np.eye(len(b2))[y]) / len(X)
    dB = ds.T @ H1
    dA = ((ds @ B)[:, :-1] * (sums > 0)).T @ X1
    loss = np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])
    loss += reg * np.linalg.norm(W1) ** 2 + reg * np.linalg.norm(W2) ** 2
    return loss, {
        "W1": dA[:, :-1] + 2 * reg * W1, "b1": dA[:, -1],
        "W2": dB[:, :-1] + 2 * reg * W2, "b2": dB[:, -1],
    }

a class inside, with its own dict
    class Layer:
        def __init__(self, W, b):
            self.W, self.b = W.copy(), b.copy()

        def __call__(self, x):
            self.x = x
            return x.dot(self.W.T) + self.b

        def back(self, d):
            self.dW, self.db = d.T.dot(self.x), d.sum(axis=0)
            return d.dot(self.W)

    one, two = Layer(W1, b1), Layer(W2, b2)
    sums = one(X)
    loss, d = softmax_cross_entropy(two(sums.clip(min=0)), y)
    d = two.back(d)
    d[sums <= 0] = 0
    one.back(d)
    gradients = dict(W1=one.dW, b1=one.db, W2=two.dW, b2=two.db)
    for name, layer in (("W1", one), ("W2", two)):
        loss += reg * float(np.vdot(layer.W, layer.W))
        gradients[name] += 2 * reg * layer.W
    return loss, gradients
""")

answers.wrong("""
a leak on the way back
    - relu_backward(dhidden, bend)
    + np.where(sums > 0, dhidden, 0.01 * dhidden)

absolute values for the bend
    - relu_forward(sums)
    + (np.abs(sums), sums)

the first bias forgotten
    - affine_forward(X, W1, b1)
    + affine_forward(X, W1, 0 * b1)

biases without gradients
    loss, gradients = reference(W1, b1, W2, b2, X, y, reg)
    return loss, {k: v if k[0] == "W" else 0 * v for k, v in gradients.items()}

weights that grow with the norm
    - np.sum(W1 * W1) + np.sum(W2 * W2)
    + np.sqrt(np.sum(W1 * W1)) + np.sqrt(np.sum(W2 * W2))

the penalty twice
    - loss += reg
    + loss += 2 * reg

W2 stepped before the way back goes on
    - dhidden, dW2, db2 = affine_backward(dscores, second)
    + dhidden, dW2, db2 = affine_backward(dscores, second)
    + dhidden = dscores @ (W2 - 0.1 * dW2)

a list of gradients
    loss, gradients = reference(W1, b1, W2, b2, X, y, reg)
    return loss, list(gradients.values())
""")
