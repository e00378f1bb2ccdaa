"""Answers to affine_forward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
reshape and a product
    return x.reshape(x.shape[0], -1) @ W.T + b, (x, W, b)

einsum, bias in place, a list
    flat = x.reshape(x.shape[0], np.prod(x.shape[1:], dtype=int))
    out = np.einsum("nd,md->nm", flat, W)
    out += b
    return [out, (flat, W, x.shape)]

three loops
    out = np.zeros((len(x), len(W)))
    for n in range(len(x)):
        row = x[n].flatten()
        for m in range(len(W)):
            out[n, m] = b[m]
            for d in range(len(row)):
                out[n, m] += W[m, d] * row[d]
    return out, None

tensordot, weights in the shape of an example
    axes = tuple(range(1, x.ndim))
    shaped = W.reshape(-1, *x.shape[1:])
    return np.add(np.tensordot(x, shaped, axes=(axes, axes)), b), {"x": x, "W": shaped}

unit by unit
    rows = np.array([example.flatten() for example in x], dtype=float)
    units = [rows @ w + offset for w, offset in zip(W, b, strict=True)]
    return np.column_stack(units), (rows, x.shape, W)

weight and bias in one, a closure
    with_one = np.hstack([x.reshape(len(x), -1), np.ones((len(x), 1))])
    out = with_one.dot(np.hstack([W, b.reshape(-1, 1)]).T)
    return out, lambda dout: (dout @ W, dout.T @ with_one)

in place, transposed
    out = (W @ x.reshape(len(x), -1).T).T
    out += b
    return [out, (x.copy(), W.copy(), b.copy())]
""")

answers.wrong("""
bias subtracted [score=0]
    - + b
    + - b

W reshaped instead of transposed
    - W.T
    + W.reshape(-1, len(W))

N from the wrong side
    - x.reshape(len(x), -1)
    + x.reshape(W.shape[1], -1).T

bent
    return np.maximum(reference(x, W, b)[0], 0), (x, W, b)

bias for each example [score=0]
    - + b
    + + np.resize(b, (len(x), 1))

float32
    return reference(x, W, b)[0].astype(np.float32), (x, W, b)

sum of the bias [score=0]
    - + b
    + + b.sum()

spoils x
    out, cache = reference(x, W, b)
    x *= 2
    return out, cache

spoils W
    out, cache = reference(x, W, b)
    W *= 2
    return out, cache

spoils b
    out, cache = reference(x, W, b)
    b *= 2
    return out, cache

squeezed
    return reference(x, W, b)[0].squeeze(), (x, W, b)

the first example alone
    return reference(x[:1], W, b)

first example for all
    return np.repeat(reference(x[:1], W, b)[0], len(x), axis=0), (x, W, b)

mean
    return reference(x, W, b)[0] / W.shape[1], (x, W, b)

tiny error [score=0]
    return reference(x, W, b)[0] + 1e-4, (x, W, b)

bias twice [score=0]
    return reference(x, W, 2 * b)

small integers
    - x.reshape(len(x), -1)
    + x.reshape(len(x), -1).astype(np.uint8)

two axes more at most
    - x.reshape(len(x), -1) @ W.T
    + np.einsum(
    +     "nab,mab->nm", x.reshape(len(x), -1, x.shape[-1]), W.reshape(len(W), x.shape[1], -1)
    + )

cache first [score=0]
    return reference(x, W, b)[::-1]
""")
