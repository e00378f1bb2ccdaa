"""Answers to layernorm_backward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
row by row
    x_hat, gamma, std = cache
    dx = np.empty(dout.shape)
    for i in range(len(dout)):
        g = dout[i] * gamma
        dx[i] = (g - g.mean() - x_hat[i] * (g @ x_hat[i]) / len(g)) / std[i]
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)

by sums
    x_hat, gamma, std = cache
    d = dout.shape[1]
    g = gamma * dout
    both = g.sum(axis=1, keepdims=True) + x_hat * (g * x_hat).sum(axis=1, keepdims=True)
    return (g - both / d) / std, np.einsum("nd,nd->d", dout, x_hat), np.ones(len(dout)) @ dout

batch normalisation's, transposed
    x_hat, gamma, std = cache
    g, z = (dout * gamma).T, x_hat.T
    dx = (g - g.mean(axis=0) - z * (g * z).mean(axis=0)) / std.ravel()
    return dx.T, (dout * x_hat).sum(0), dout.sum(0)

arrow by arrow
    x_hat, gamma, std = cache
    d = dout.shape[1]
    c = x_hat * std
    g = dout * gamma
    dstd = -(g * c).sum(axis=1, keepdims=True) / std**2
    dc = g / std + dstd / (2 * std) * 2 * c / d
    return dc - dc.mean(axis=1, keepdims=True), np.sum(dout * x_hat, 0), np.sum(dout, 0)

a cache of one's own
    def layernorm_forward(x, gamma, beta, epsilon=1e-5):
        c = x - x.mean(axis=1, keepdims=True)
        inverse = ((c**2).mean(axis=1) + epsilon) ** -0.5
        return gamma * c * inverse[:, None] + beta, {"c": c, "inverse": inverse, "gamma": gamma}

    def layernorm_backward(dout, cache):
        c, r, gamma = cache["c"], cache["inverse"][:, None], cache["gamma"]
        g = dout * gamma * r
        dx = g - c * r**2 * (g * c).mean(axis=1, keepdims=True)
        return dx - dx.mean(axis=1, keepdims=True), (dout * c * r).sum(axis=0), dout.sum(axis=0)

a Jacobian for each example
    x_hat, gamma, std = cache
    d = dout.shape[1]
    rows = [
        (np.eye(d) - 1 / d - np.outer(z, z) / d) @ (g * gamma) / s
        for z, g, s in zip(x_hat, dout, std.ravel(), strict=True)
    ]
    return [np.array(rows), (dout * x_hat).sum(axis=0), dout.sum(axis=0)]

centred first
    x_hat, gamma, std = cache
    g = dout * gamma
    g = g - g.mean(axis=1, keepdims=True)
    dx = (g - x_hat * (g * x_hat).mean(axis=1, keepdims=True)) / std
    return dx, np.diag(dout.T @ x_hat).copy(), dout.sum(axis=0)
""")

answers.wrong("""
dx alone [score=0]
    return reference(dout, cache)[0]

the variance's part doubled [score=0]
    - through_var) / std
    + 2 * through_var) / std

gamma twice [score=0]
    - return (dx_hat - through_mean - through_var) / std,
    + return gamma * (dx_hat - through_mean - through_var) / std,

the sign of the variance's part [score=0]
    - - through_var)
    + + through_var)

the sign of the mean's part [score=0]
    - - through_mean
    + + through_mean

divided by the variance [score=0]
    - through_var) / std
    + through_var) / std**2

dbeta with gamma [score=0]
    - dout.sum(axis=0)
    + dx_hat.sum(axis=0)

dgamma with gamma [score=0]
    - (dout * x_hat).sum(axis=0)
    + (dx_hat * x_hat).sum(axis=0)

a dict [score=0]
    dx, dgamma, dbeta = reference(dout, cache)
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}

over everything [score=0]
    - dx_hat.mean(axis=1, keepdims=True)
    + dx_hat.mean()

no gradient at all [score=0]
    return np.zeros(dout.shape), np.zeros(dout.shape[1]), np.zeros(dout.shape[1])

all in a mean over the examples [score=0]
    return tuple(np.array(g) / len(dout) for g in reference(dout, cache))

x_hat of the cache overwritten
    found = reference(dout, cache)
    cache[0][...] *= dout
    return found

the cache used up
    def layernorm_forward(x, gamma, beta, epsilon=1e-5):
        std = np.sqrt(x.var(axis=1, keepdims=True) + epsilon)
        x_hat = (x - x.mean(axis=1, keepdims=True)) / std
        return gamma * x_hat + beta, [(x_hat, gamma, std)]

    def layernorm_backward(dout, cache):
        return reference(dout, cache.pop())
""")
