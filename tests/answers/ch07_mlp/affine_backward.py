"""Answers to affine_backward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
products
    x, W = cache[:2]
    return (dout @ W).reshape(x.shape), dout.T @ x.reshape(len(x), -1), dout.sum(axis=0)

einsum, a list
    x, W, _ = cache
    dx = np.einsum("nm,md->nd", dout, W).reshape(x.shape)
    return [dx, np.einsum("nm,nd->md", dout, x.reshape(len(x), -1)), np.einsum("nm->m", dout)]

example by example
    x, W, b = cache
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(b.shape)
    for n in range(x.shape[0]):
        dW += np.outer(dout[n], x[n])
        db += dout[n]
        dx[n] = (W.T @ dout[n]).reshape(x[n].shape)
    return dx, dW, db

loops
    x, W, b = cache
    rows = x.reshape(len(x), -1)
    dx, dW, db = np.zeros(rows.shape), np.zeros(W.shape), np.zeros(len(b))
    for n in range(len(x)):
        for m in range(len(W)):
            dx[n] += dout[n, m] * W[m]
            dW[m] += dout[n, m] * rows[n]
            db[m] += dout[n, m]
    return dx.reshape(x.shape), dW, db

outer products summed
    x, W, _ = cache
    dW = sum(np.outer(d, example) for d, example in zip(dout, x, strict=True))
    dx = np.array([(d @ W).reshape(x.shape[1:]) for d in dout])
    return dx, dW, np.ones(len(x)) @ dout

flat rows and a shape remembered
    def affine_forward(x, W, b):
        rows = x.reshape(len(x), -1)
        return rows @ W.T + b, {"rows": rows, "W": W, "shape": x.shape}

    def affine_backward(dout, cache):
        dW = np.matmul(cache["rows"].T, dout).T
        return np.dot(dout, cache["W"]).reshape(cache["shape"]), dW, np.ones(len(dout)) @ dout

a closure remembered
    def affine_forward(x, W, b):
        rows = x.reshape(len(x), -1)
        return rows @ W.T + b, lambda d: ((d @ W).reshape(x.shape), d.T @ rows, sum(d))

    def affine_backward(dout, cache):
        return cache(dout)

shaped weights remembered
    def affine_forward(x, W, b):
        shaped = W.reshape(-1, *x.shape[1:])
        return x.reshape(len(x), -1) @ W.T + b, dict(x=x, W=shaped)

    def affine_backward(dout, cache):
        dx = np.tensordot(dout, cache["W"], axes=1)
        dW = np.tensordot(dout, cache["x"], axes=(0, 0))
        return dx, dW.reshape(len(dW), -1), dout.T.sum(axis=1)
""")

answers.wrong("""
mean over the batch
    return tuple(part / len(dout) for part in reference(dout, cache))

db not summed [score=0]
    - dout.sum(axis=0)
    + dout

db as a row [score=1.5]
    - sum(axis=0)
    + sum(axis=0, keepdims=True)

db one number
    - sum(axis=0)
    + sum()

db ones [score=0]
    - dout.sum(axis=0)
    + np.ones(len(W))

dW reshaped
    - return dx, dW,
    + return dx, dW.T.reshape(W.shape),

dW of W [score=0]
    - return dx, dW,
    + return dx, W.copy(),

dW of the last example
    - dout.T @ x.reshape(len(x), -1)
    + np.outer(dout[-1], x[-1])

dx in another order
    - .reshape(x.shape)
    + .reshape(x.shape, order="F")

dx of W transposed
    - (dout @ W)
    + (dout @ W.reshape(W.shape[::-1]).T)

order [score=0]
    - return dx, dW,
    + return dW, dx,

no dx [score=0]
    - return dx, dW,
    + return dW,

a dict
    return dict(zip(["dx", "dW", "db"], reference(dout, cache)))

float32
    return tuple(map(np.float32, reference(dout, cache)))

twice the weights [score=0]
    - return dx, dW,
    + return dx, 2 * dW,

a penalty besides [score=0]
    - return dx, dW,
    + return dx, dW + 1e-3 * W,

spoils dout
    - dout.sum(axis=0)
    + np.add.accumulate(dout, axis=0, out=dout)[-1]

sign [score=0]
    return tuple(-part for part in reference(dout, cache))

dx summed over the batch
    - return dx, dW,
    + return np.broadcast_to(dx.sum(axis=0), dx.shape), dW,

spoils the cached W
    - return dx, dW,
    + W[...] = dW
    + return dx, W,
""")
