"""Answers to batchnorm_forward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
unit by unit
    out, new = np.empty(x.shape), {"mean": running["mean"].copy(), "var": running["var"].copy()}
    for j in range(x.shape[1]):
        mean, var = running["mean"][j], running["var"][j]
        if training:
            mean = x[:, j].sum() / len(x)
            var = ((x[:, j] - mean) ** 2).sum() / len(x)
            new["mean"][j] = momentum * new["mean"][j] + (1 - momentum) * mean
            new["var"][j] = momentum * new["var"][j] + (1 - momentum) * var
        out[:, j] = gamma[j] * (x[:, j] - mean) / (var + epsilon) ** 0.5 + beta[j]
    return out, None, new

the mean of the squares less the square of the mean, about a first guess
    def batchnorm_forward(x, gamma, beta, running, training, momentum=0.9, epsilon=1e-5):
        if not training:
            scale = gamma / np.sqrt(running["var"] + epsilon)
            out = x * scale + (beta - running["mean"] * scale)
            return out, {"scale": scale}, {k: np.array(v) for k, v in running.items()}
        shifted = x - x[0]
        mean = shifted.mean(0)
        var = np.maximum((shifted**2).mean(0) - mean**2, 0)
        batch = {"mean": mean + x[0], "var": var}
        new = {k: momentum * running[k] + (1 - momentum) * batch[k] for k in running}
        x_hat = (shifted - mean) * (var + epsilon) ** -0.5
        return x_hat * gamma + beta, (x_hat, var), new

towards the batch's
    if training:
        mean, std2 = np.mean(x, axis=0), np.var(x, axis=0)
        rest = 1 - momentum
        new = dict(
            mean=running["mean"] + rest * (mean - running["mean"]),
            var=running["var"] + rest * (std2 - running["var"]),
        )
    else:
        mean, std2, new = running["mean"], running["var"], dict(running)
        new = {"mean": mean + 0.0, "var": std2 + 0.0}
    return beta + gamma * ((x - mean) / np.sqrt(std2 + epsilon)), {}, new

a deep copy, changed
    import copy

    new = copy.deepcopy(running)
    mean, var = running["mean"], running["var"]
    if training:
        mean = np.ones(len(x)) @ x / len(x)
        var = np.ones(len(x)) @ (x - mean) ** 2 / len(x)
        new["mean"] *= momentum
        new["mean"] += (1 - momentum) * mean
        new["var"] *= momentum
        new["var"] += (1 - momentum) * var
    return np.multiply(gamma, (x - mean) / np.sqrt(var + epsilon)) + beta, x, new

keepdims, and a list
    mean, var = x.mean(0, keepdims=True), x.var(0, keepdims=True)
    new = {"var": running["var"].copy(), "mean": running["mean"].copy()}
    if training:
        new = {
            "var": momentum * running["var"] + (1 - momentum) * var.ravel(),
            "mean": momentum * running["mean"] + (1 - momentum) * mean[0],
        }
    else:
        mean, var = running["mean"][None], running["var"][None]
    return [gamma * (x - mean) / np.sqrt(var + epsilon) + beta, None, new]

a helper
    def normalise(x, mean, var, epsilon):
        return (x - mean) / np.sqrt(var + epsilon)

    def batchnorm_forward(x, gamma, beta, running, training, momentum=0.9, epsilon=1e-5):
        old = np.stack([running["mean"], running["var"]])
        used = np.stack([x.mean(axis=0), x.var(axis=0)]) if training else old
        kept = momentum if training else 1.0
        mean, var = kept * old + (1 - kept) * used
        x_hat = normalise(x, *used, epsilon)
        return gamma * x_hat + beta, (x_hat,), {"mean": mean, "var": var}

a named tuple, and an ordered dict
    from collections import OrderedDict, namedtuple

    Result = namedtuple("Result", "out cache running")
    used = {"mean": x.mean(axis=0), "var": x.var(axis=0)} if training else running
    kept = momentum if training else 1
    new = OrderedDict((k, kept * running[k] + (1 - kept) * used[k]) for k in ("mean", "var"))
    x_hat = (x - used["mean"]) / np.sqrt(used["var"] + epsilon)
    return Result(gamma * x_hat + beta, (x_hat,), new)

standardised by centred columns
    mean, c = running["mean"], x - running["mean"]
    var = running["var"]
    if training:
        mean = np.add.reduce(x) / len(x)
        c = x - mean
        var = np.einsum("nd,nd->d", c, c) / len(x)
    keep = momentum if training else 1.0
    new = {
        "mean": np.average([running["mean"], mean], axis=0, weights=[keep, 1 - keep]),
        "var": np.average([running["var"], var], axis=0, weights=[keep, 1 - keep]),
    }
    return c @ np.diag(gamma / np.sqrt(var + epsilon)) + beta, c, new

the dict given back when not training
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    return out, cache, new if training else running
""")

answers.wrong("""
running as a tuple [score=0]
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    return out, cache, (new["mean"], new["var"])

no cache [score=0]
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    return out, new

cache last [score=0]
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    return out, new, cache

absolute deviations [score=0]
    - x.var(axis=0)
    + np.mean(abs(x - x.mean(axis=0)), axis=0) ** 2

epsilon always small [score=0]
    return reference(x, gamma, beta, running, training, momentum, 1e-5)

x overwritten
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    x[...] = cache[0]
    return out, cache, new

the median [score=0]
    - x.mean(axis=0)
    + np.median(x, axis=0)

running mean without the rest [score=0]
    - (1 - momentum) * mean
    + mean

only the mean runs [score=0]
    out, cache, new = reference(x, gamma, beta, running, training, momentum, epsilon)
    return out, cache, {**new, "var": running["var"].copy()}

variance around the running mean [score=0]
    - x.var(axis=0)
    + ((x - running["mean"]) ** 2).mean(axis=0)

the mean of the squares less the square of the mean [hidden]
    - x.var(axis=0)
    + (x**2).mean(axis=0) - x.mean(axis=0) ** 2

the dict's values in the order in which they stand [hidden]
    first, second = running.values()
    running = {"mean": first, "var": second}
    return reference(x, gamma, beta, running, training, momentum, epsilon)

x centred in place and put back
    mean = x.mean(axis=0)
    x -= mean
    out, cache, new = reference(x + mean, gamma, beta, running, training, momentum, epsilon)
    x += mean
    return out, cache, new

a float or nothing [hidden]
    if not isinstance(momentum, float) or not isinstance(epsilon, float):
        raise TypeError("numbers with a point, please")
    return reference(x, gamma, beta, running, training, momentum, epsilon)
""")
