"""Answers to batchnorm_backward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
arrow by arrow
    x_hat, gamma, std = cache
    n = len(dout)
    c = x_hat * std
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)
    dx_hat = gamma * dout
    dc = dx_hat / std
    dstd = -np.sum(dx_hat * c, axis=0) / std**2
    dvar = dstd / (2 * std)
    dc = dc + 2 * c / n * dvar
    dmean = -dc.sum(axis=0)
    return dc + dmean / n, dgamma, dbeta

the formula of the paper's readers
    x_hat, gamma, std = cache
    n = dout.shape[0]
    dgamma, dbeta = np.einsum("nd,nd->d", dout, x_hat), np.ones(n) @ dout
    return gamma / (n * std) * (n * dout - dbeta - x_hat * dgamma), dgamma, dbeta

a Jacobian for each unit
    x_hat, gamma, std = cache
    n, d = dout.shape
    dx = np.empty((n, d))
    for j in range(d):
        jacobian = np.eye(n) - 1 / n - np.outer(x_hat[:, j], x_hat[:, j]) / n
        dx[:, j] = jacobian @ (dout[:, j] * gamma[j]) / std[j]
    return dx, (dout * x_hat).sum(0), dout.sum(0)

a cache of one's own
    def batchnorm_forward(x, gamma, beta, running, training, momentum=0.9, epsilon=1e-5):
        if not training:
            x_hat = (x - running["mean"]) / np.sqrt(running["var"] + epsilon)
            return gamma * x_hat + beta, None, {k: v.copy() for k, v in running.items()}
        mean, var = x.mean(axis=0), x.var(axis=0)
        new = {
            "mean": momentum * running["mean"] + (1 - momentum) * mean,
            "var": momentum * running["var"] + (1 - momentum) * var,
        }
        x_hat = (x - mean) / np.sqrt(var + epsilon)
        return gamma * x_hat + beta, {"x": x, "gamma": gamma, "epsilon": epsilon}, new

    def batchnorm_backward(dout, cache):
        x, gamma = cache["x"], cache["gamma"]
        c = x - x.mean(axis=0)
        std = np.sqrt((c**2).mean(axis=0) + cache["epsilon"])
        g = gamma * dout
        dx = (g - g.mean(axis=0)) / std - c * (g * c).mean(axis=0) / std**3
        return dx, (dout * c / std).sum(axis=0), dout.sum(axis=0)

the cache is the function
    def batchnorm_forward(x, gamma, beta, running, training, momentum=0.9, epsilon=1e-5):
        batch = {"mean": x.mean(axis=0), "var": x.var(axis=0)}
        kept = momentum if training else 1.0
        new = {k: kept * running[k] + (1 - kept) * batch[k] for k in running}
        used = batch if training else running
        std = (used["var"] + epsilon) ** 0.5
        x_hat = (x - used["mean"]) / std

        def back(dout):
            g = gamma * dout
            dx = g - g.mean(axis=0) - x_hat * np.mean(g * x_hat, axis=0)
            return dx / std, np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)

        return gamma * x_hat + beta, back, new

    def batchnorm_backward(dout, cache):
        return list(cache(dout))

gamma at the end
    x_hat, gamma, std = cache
    dx = dout - dout.mean(axis=0)
    dx = dx - x_hat * (dout * x_hat).mean(axis=0)
    return dx * (gamma / std), (x_hat * dout).sum(axis=0), dout.sum(axis=0)

an array of three rows and more in the cache
    def batchnorm_forward(x, gamma, beta, running, training, momentum=0.9, epsilon=1e-5):
        mean, var = (x.mean(0), x.var(0)) if training else (running["mean"], running["var"])
        kept = momentum if training else 1.0
        new = {
            "mean": kept * running["mean"] + (1 - kept) * mean,
            "var": kept * running["var"] + (1 - kept) * var,
        }
        std = np.sqrt(var + epsilon)
        x_hat = (x - mean) / std
        return gamma * x_hat + beta, np.vstack([gamma, std, x_hat]), new

    def batchnorm_backward(dout, cache):
        (gamma, std), x_hat = cache[:2], cache[2:]
        centred = dout - dout.mean(axis=0)
        dx = gamma / std * (centred - x_hat * (centred * x_hat).mean(axis=0))
        return dx, np.diag(dout.T @ x_hat).copy(), dout.sum(axis=0)
""")

answers.wrong("""
dx alone [score=0]
    return reference(dout, cache)[0]

a dict [score=0]
    dx, dgamma, dbeta = reference(dout, cache)
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}

all in a mean over the batch [score=0]
    return tuple(np.array(g) / len(dout) for g in reference(dout, cache))

the variance's part halved [score=0]
    - x_hat * (dx_hat * x_hat).mean(axis=0)
    + 0.5 * x_hat * (dx_hat * x_hat).mean(axis=0)

the variance's part doubled [score=0]
    - x_hat * (dx_hat * x_hat).mean(axis=0)
    + 2 * x_hat * (dx_hat * x_hat).mean(axis=0)

x_hat's square forgotten [score=0]
    - x_hat * (dx_hat * x_hat)
    + (dx_hat * x_hat)

gamma twice [score=0]
    - return dx / std
    + return gamma * dx / std

multiplied by std [score=0]
    - dx / std
    + dx * std

the sign of the mean [score=0]
    - dx_hat - dx_hat.mean(axis=0)
    + dx_hat + dx_hat.mean(axis=0)

dbeta with gamma [score=0]
    - dbeta = dout.sum(axis=0)
    + dbeta = (dout * gamma).sum(axis=0)

dgamma and dbeta not summed [score=0]
    - dbeta = dout.sum(axis=0)
    + dbeta = dout.copy()
    - dgamma = (dout * x_hat).sum(axis=0)
    + dgamma = dout * x_hat

no gradient at all [score=0]
    return np.zeros(dout.shape), np.zeros(dout.shape[1]), np.zeros(dout.shape[1])

x_hat of the cache overwritten
    found = reference(dout, cache)
    if isinstance(cache, tuple):
        cache[0][...] *= dout
    return found

the cache used up
    def batchnorm_forward(x, gamma, beta, running, training, momentum=0.9, epsilon=1e-5):
        std = np.sqrt(x.var(axis=0) + epsilon)
        x_hat = (x - x.mean(axis=0)) / std
        new = {
            "mean": momentum * running["mean"] + (1 - momentum) * x.mean(axis=0),
            "var": momentum * running["var"] + (1 - momentum) * x.var(axis=0),
        }
        if not training:
            x_hat = (x - running["mean"]) / np.sqrt(running["var"] + epsilon)
            new = {k: v.copy() for k, v in running.items()}
        return gamma * x_hat + beta, [(x_hat, gamma, std)], new

    def batchnorm_backward(dout, cache):
        return reference(dout, cache.pop())
""")
