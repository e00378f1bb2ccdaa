"""Answers to tensor_mlp_loss."""

from solutions.ch15_frameworks.Tensor import Tensor  # noqa: F401 (the answers use it)
from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
logarithm of the sum, the largest as a plain array
    layers, hidden = len(parameters) // 2, Tensor(X)
    for i in range(1, layers):
        hidden = (hidden @ parameters["W%d" % i].T + parameters["b%d" % i]).relu()
    s = hidden @ parameters["W%d" % layers].T + parameters["b%d" % layers]
    s = s - s.data.max(axis=1, keepdims=True)
    data_loss = s.exp().sum(axis=1).log().mean() - s[np.arange(len(X)), y].mean()
    penalty = sum((parameters["W%d" % i] ** 2).sum() for i in range(1, layers + 1))
    return data_loss + reg * penalty

the logarithm of the right class's probability
    depth, a = len(parameters) // 2, X
    for i in range(1, depth + 1):
        a = a @ parameters[f"W{i}"].T + parameters[f"b{i}"]
        a = a.relu() if i < depth else a
    powers = (a - a.max(axis=1, keepdims=True)).exp()
    p = powers / powers.sum(axis=1, keepdims=True)
    loss = -p[np.arange(len(y)), y].log().mean()
    for i in range(1, depth + 1):
        loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()
    return loss

ones and zeros in place of picking
    depth, h = sum(k.startswith("W") for k in parameters), X
    for i in range(1, depth + 1):
        z = h @ parameters[f"W{i}"].T + parameters[f"b{i}"]
        h = z.relu()
    target = np.eye(z.data.shape[1])[y]
    top = z.max(axis=1, keepdims=True)
    log_p = z - top - (z - top).exp().sum(axis=1, keepdims=True).log()
    loss = -(log_p * target).sum() / len(y)
    for k, v in parameters.items():
        if k[0] == "W":
            loss += (v * v).sum() * reg
    return loss

the largest score of each row is added again
    n, a = len(y), X
    names = sorted({int(k[1:]) for k in parameters})
    for i in names:
        a = a @ parameters[f"W{i}"].T + parameters[f"b{i}"]
        if i != names[-1]:
            a = a.relu()
    top = a.max(axis=1)
    shifted = (a - top.reshape(n, 1)).exp().sum(axis=1).log()
    loss = (shifted + top - a[np.arange(n), y]).mean()
    return loss + sum(parameters[f"W{i}"] ** 2.0 * reg for i in []) if not names else (
        loss + sum((parameters[f"W{i}"] * parameters[f"W{i}"]).sum() * reg for i in names)
    )

columns in place of rows
    L, A = len(parameters) // 2, Tensor(X).T
    for i in range(1, L + 1):
        b = parameters[f"b{i}"]
        A = parameters[f"W{i}"] @ A + b.reshape(len(b.data), 1)
        if i < L:
            A = A.relu()
    A = A - A.max(axis=0, keepdims=True)
    each = A.exp().sum(axis=0).log() - A[y, np.arange(len(y))]
    loss = each.sum() * (1 / len(y))
    for i in range(L, 0, -1):
        loss = loss + (parameters[f"W{i}"] ** 2).sum() * reg
    return loss

recursion over the layers
    depth = len(parameters) // 2

    def scores(i):
        if i == 0:
            return Tensor(X)
        below = scores(i - 1)
        below = below.relu() if i > 1 else below
        return below @ parameters[f"W{i}"].T + parameters[f"b{i}"]

    s = scores(depth)
    margins = s - s[np.arange(len(y)), y].reshape(-1, 1)
    top = Tensor(margins.data.max(axis=1, keepdims=True))
    each = (margins - top).exp().sum(axis=1, keepdims=True).log() + top
    norms = [(parameters[f"W{i}"] ** 2).sum() for i in range(1, depth + 1)]
    return each.mean() + sum(norms) * reg

the penalty first
    loss = Tensor(0.0)
    h, i = Tensor(X), 1
    while f"W{i}" in parameters:
        W, b = parameters[f"W{i}"], parameters[f"b{i}"]
        loss = loss + reg * (W * W).sum()
        h = (h.relu() if i > 1 else h) @ W.T + b
        i += 1
    h = h - h.max(axis=-1, keepdims=True)
    logs = h - h.exp().sum(axis=-1, keepdims=True).log()
    return loss - logs[np.arange(len(y)), y].mean()
""")

answers.wrong("""
divided by the number of scores
    return reference(parameters, X, y, reg) / parameters[f"b{len(parameters) // 2}"].data.size

as a list of losses [score=0]
    return [reference(parameters, X, y, reg)]

an array without axes [score=0]
    return np.array(reference(parameters, X, y, reg).data)

an array of one number [score=0]
    return reference(parameters, X, y, reg).reshape(1) + np.zeros(2)

softmax of the softmax [score=0]
    depth, out = len(parameters) // 2, X
    for i in range(1, depth + 1):
        out = out @ parameters[f"W{i}"].T + parameters[f"b{i}"]
        out = out.relu() if i < depth else out
    out = (out - out.max(axis=1, keepdims=True)).exp()
    out = out / out.sum(axis=1, keepdims=True)
    loss = (out.exp().sum(axis=1).log() - out[np.arange(len(y)), y]).mean()
    return loss + reg * sum((parameters[f"W{i}"] ** 2).sum() for i in range(1, depth + 1))

the penalty divided by the examples [score=0]
    loss = reference(parameters, X, y, 0.0)
    for i in range(1, len(parameters) // 2 + 1):
        loss = loss + reg / len(y) * (parameters[f"W{i}"] ** 2).sum()
    return loss

only the first example [score=0]
    return reference(parameters, X[:1], y[:1], reg)

gradients set to zero by hand
    for tensor in parameters.values():
        tensor.grad = np.zeros(tensor.data.shape)
    return reference(parameters, X, y, reg)

clipped scores
    depth, out = len(parameters) // 2, X
    for i in range(1, depth + 1):
        out = out @ parameters[f"W{i}"].T + parameters[f"b{i}"]
        out = out.relu() if i < depth else out
    out = out if np.abs(out.data).max() < 500 else Tensor(np.clip(out.data, -500, 500))
    loss = (out.exp().sum(axis=1).log() - out[np.arange(len(y)), y]).mean()
    return loss + reg * sum((parameters[f"W{i}"] ** 2).sum() for i in range(1, depth + 1))

examples in single precision [score=0]
    return reference(parameters, X.astype(np.float32).astype(np.float64), y, reg)

examples centred and put back
    mean = X.mean(axis=0)
    X -= mean
    X += mean
    return reference(parameters, X, y, reg)
""")
