"""Answers to softmax: row by row or all at once, with what may overflow in the middle."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
row by row
    rows = []
    for row in scores:
        powers = [np.exp(score - max(row)) for score in row]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)

exp of the logarithm
    top = scores.max(1)[:, None]
    return np.exp(scores - top - np.log(np.exp(scores - top).sum(1))[:, None])

in place on a copy, on columns
    columns = scores.T.astype(np.float64)
    columns -= columns.max(axis=0)
    np.exp(columns, out=columns)
    columns /= columns.sum(axis=0)
    return columns.T

one over the sum of ratios
    differences = scores[:, None, :] - scores[:, :, None]  # [n, i, j] is s_j - s_i
    return 1 / np.exp(np.minimum(differences, 700)).sum(axis=2)

row maximum subtracted
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

pure Python
    import math

    rows = []
    for row in scores.tolist():
        top = max(row)
        e = [math.exp(s - top) for s in row]
        rows.append([v / math.fsum(e) for v in e])
    return np.array(rows)

logaddexp.reduce
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None])

columns, Fortran order
    shifted = scores.T - np.amax(scores, axis=-1)
    weights = np.exp(shifted)
    return (weights / weights.sum(axis=0)).T

in place on a copy
    out = scores.astype(np.float64, copy=True)
    out -= out.max(axis=1)[:, np.newaxis]
    np.exp(out, out=out)
    out /= out.sum(axis=1)[:, np.newaxis]
    return out

differences of all pairs
    with np.errstate(over="ignore"):
        return 1 / np.exp(scores[:, None, :] - scores[:, :, None]).sum(axis=2)

apply_along_axis and einsum
    e = np.apply_along_axis(lambda row: np.exp(row - np.max(row)), 1, scores)
    return np.einsum("nc,n->nc", e, 1 / np.einsum("nc->n", e))
""")

answers.wrong("""
mean subtracted [hidden]
    - np.max(scores, axis=1, keepdims=True)
    + np.mean(scores, axis=1, keepdims=True)

logarithms [score=0]
    return np.log(reference(scores) + 1e-300)

sigmoids [score=0]
    return 1 / (1 + np.exp(-scores))

negative [score=0]
    return reference(-scores)

one-hot of the largest [score=0]
    return np.eye(scores.shape[1])[scores.argmax(axis=1)]

float32 [score=0]
    return reference(scores).astype(np.float32)

smoothed [score=0]
    return 0.999 * reference(scores) + 0.001 / scores.shape[1]

divided by the largest [score=0]
    return reference(scores / np.abs(scores).max())

NaN to 0
    return np.nan_to_num(np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True))

a row without the axis kept [score=0]
    shifted = scores - scores.max(1)[: scores.shape[1]].mean()
    return np.exp(shifted) / np.exp(scores).sum(axis=1).mean()
""")
