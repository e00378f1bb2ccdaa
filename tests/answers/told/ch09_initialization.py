"""Wrong answers to the exercises of chapter 09, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
init_weights, xavier for he => he-as-xavier
    if scheme == "zeros":
        return np.zeros((fan_out, fan_in))
    if scheme == "small":
        return 0.01 * rng.standard_normal((fan_out, fan_in))
    if scheme in ("xavier", "he"):
        return rng.standard_normal((fan_out, fan_in)) / np.sqrt(fan_in)
    raise ValueError(scheme)

init_weights, he for xavier => xavier-as-he
    if scheme == "zeros":
        return np.zeros((fan_out, fan_in))
    if scheme == "small":
        return 0.01 * rng.standard_normal((fan_out, fan_in))
    if scheme in ("xavier", "he"):
        return rng.standard_normal((fan_out, fan_in)) * np.sqrt(2 / fan_in)
    raise ValueError(scheme)

init_weights, glorot's mean of both fans => both-fans
    if scheme == "zeros":
        return np.zeros((fan_out, fan_in))
    if scheme == "small":
        return rng.normal(0, 0.01, (fan_out, fan_in))
    if scheme == "xavier":
        return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_out, fan_in))
    if scheme == "he":
        return rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in))
    raise ValueError(scheme)

init_weights, shape turned round => fan-in-by-fan-out
    std = {"zeros": 0, "small": 0.01, "xavier": np.sqrt(1 / fan_in), "he": np.sqrt(2 / fan_in)}
    if scheme not in std:
        raise ValueError(scheme)
    return std[scheme] * rng.standard_normal((fan_in, fan_out))

init_weights, fans swapped => fan-out
    std = {"zeros": 0, "small": 0.01, "xavier": np.sqrt(1 / fan_out), "he": np.sqrt(2 / fan_out)}
    if scheme not in std:
        raise ValueError(scheme)
    return rng.normal(0, std[scheme], size=(fan_out, fan_in))

init_weights, variance as scale => variance-as-std
    std = {"zeros": 0, "small": 0.01, "xavier": 1 / fan_in, "he": 2 / fan_in}
    if scheme not in std:
        raise ValueError(scheme)
    return rng.normal(0, std[scheme], size=(fan_out, fan_in))

init_weights, np.random => global-randomness
    std = {"zeros": 0, "small": 0.01, "xavier": np.sqrt(1 / fan_in), "he": np.sqrt(2 / fan_in)}
    if scheme not in std:
        raise ValueError(scheme)
    return np.random.randn(fan_out, fan_in) * std[scheme]

init_weights, returns None for an unknown one => unknown-scheme-ignored
    shape = (fan_out, fan_in)
    if scheme == "zeros":
        return np.zeros(shape)
    elif scheme == "small":
        return rng.normal(0, 0.01, shape)
    elif scheme == "xavier":
        return rng.normal(0, 1 / np.sqrt(fan_in), shape)
    elif scheme == "he":
        return rng.normal(0, np.sqrt(2 / fan_in), shape)

activation_statistics, sample std => divided-by-n-minus-1
    stats = []
    h = X
    for W in weights:
        z = h @ W.T
        if activation == "tanh":
            h = np.tanh(z)
        elif activation == "sigmoid":
            h = 1 / (1 + np.exp(-z))
        else:
            h = np.maximum(0, z)
        stats.append((float(h.mean()), float(h.std(ddof=1))))
    return stats

activation_statistics, pre-activations => before-the-activation
    acts = {
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(0, z),
    }
    out = []
    for W in weights:
        z = X.dot(W.T)
        out.append((z.mean(), z.std()))
        X = acts[activation](z)
    return out

activation_statistics, two lists => two-lists
    acts = {
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(0, z),
    }
    means, stds = [], []
    for W in weights:
        X = acts[activation](X @ W.T)
        means.append(X.mean())
        stds.append(X.std())
    return means, stds

activation_statistics, variances => variance
    acts = {
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(0, z),
    }
    out = []
    for W in weights:
        X = acts[activation](X @ W.T)
        out.append((X.mean(), X.var()))
    return out

activation_statistics, last layer alone => last-layer-alone
    acts = {
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(0, z),
    }
    for W in weights:
        X = acts[activation](X @ W.T)
        out = [(X.mean(), X.std())]
    return out

count_distinct_units, np.unique => exactly-equal
    return len(np.unique(W, axis=0))

count_distinct_units, allclose => allclose
    kept = []
    for row in W:
        if not any(np.allclose(row, k, atol=tolerance) for k in kept):
            kept.append(row)
    return len(kept)

count_distinct_units, rounded => rounded
    return len({tuple(np.round(row / tolerance)) for row in W})

count_distinct_units, counts pairs => pairs
    count = 0
    for i in range(len(W)):
        for j in range(i + 1, len(W)):
            if np.max(np.abs(W[i] - W[j])) > tolerance:
                count += 1
    return count

count_distinct_units, rank => rank rank-by-default
    return np.linalg.matrix_rank(W, tol=1e-9)

count_distinct_units, euclidean => distance-for-largest
    kept = []
    for row in W:
        if all(np.linalg.norm(row - k) > tolerance for k in kept):
            kept.append(row)
    return len(kept)
""")
