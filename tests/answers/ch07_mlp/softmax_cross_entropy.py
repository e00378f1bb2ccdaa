"""Answers to softmax_cross_entropy."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
probabilities, fancy indices
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p, rows = e / e.sum(axis=1, keepdims=True), np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1
    return loss, p / len(y)

probabilities, one-hot labels
    e = np.exp(scores - np.max(scores, axis=1)[:, None])
    p = e / e.sum(axis=1)[:, None]
    wanted = np.eye(scores.shape[1])[y]
    loss = float(-np.sum(wanted * np.log(np.where(wanted > 0, p, 1.0))) / len(y))
    return loss, (p - wanted) / len(y)

log of a sum, one-hot labels
    moved = scores - np.max(scores, axis=1)[:, None]
    logs = moved - np.log(np.exp(moved).sum(axis=1, keepdims=True))
    one_hot = np.eye(scores.shape[1])[y]
    return float(-(one_hot * logs).sum() / len(scores)), (np.exp(logs) - one_hot) / len(scores)

loops and the math module, a 0-d array for the loss
    import math

    total, slopes = 0.0, np.zeros(scores.shape)
    for n, row in enumerate(scores.tolist()):
        top = max(row)
        powers = [math.exp(s - top) for s in row]
        total += math.log(sum(powers)) + top - row[int(y[n])]
        for c, power in enumerate(powers):
            slopes[n, c] = (power / sum(powers) - (c == y[n])) / len(scores)
    return np.array(total / len(scores)), slopes

logaddexp, in place on a copy, a list
    total = np.logaddexp.reduce(scores, axis=1)
    loss = np.mean(total - np.take_along_axis(scores, y[:, None], axis=1)[:, 0])
    gradient = np.exp(scores - total[:, None])
    np.subtract.at(gradient, (np.arange(len(y)), y), 1)
    gradient /= scores.shape[0]
    return [loss, gradient]

row by row, a mask of the right classes
    N, C = scores.shape
    powers = [np.exp(row - row.max()) for row in scores]
    p = np.array([e / e.sum() for e in powers])
    right_ones = np.equal.outer(y, np.arange(C))
    return np.sum(-np.log(p[right_ones])) / N, np.where(right_ones, p - 1, p) / N

differences to the right class
    rows = range(len(scores))
    apart = scores - scores[rows, y].reshape(-1, 1)
    top = np.maximum(apart.max(axis=1, keepdims=True), 0)
    below = np.exp(apart - top).sum(axis=1, keepdims=True)
    dscores = np.asfortranarray(np.exp(apart - top) / below)
    dscores[rows, y] -= 1
    dscores /= len(rows)
    return (np.log(below) + top).sum() / len(rows), dscores
""")

answers.wrong("""
loss not divided [score=0]
    - .mean()
    + .sum()

divided by the classes
    - dscores / len(y)
    + dscores / scores.shape[1]

right classes alone [score=0]
    loss, dscores = reference(scores, y)
    return loss, dscores * np.eye(scores.shape[1])[y]

log2 [score=0]
    loss, dscores = reference(scores, y)
    return loss / np.log(2), dscores

minus forgotten [score=0]
    - -log_p[rows, y]
    + log_p[rows, y]

all the logs [score=0]
    - -log_p[rows, y].mean()
    + -log_p.mean()

safety inside the log [score=0]
    - -log_p[rows, y].mean()
    + -np.log(np.exp(log_p[rows, y]) + 1e-3).mean()

gradient of the logs [score=0]
    loss, _ = reference(scores, y)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return loss, -np.eye(scores.shape[1])[y] / (p + 1e-300) / len(y)

loss alone [score=0]
    return reference(scores, y)[0]

loss of each [score=0]
    - .mean()

p for a gradient [score=0]
    - return -log_p[rows, y].mean()
    + return np.exp(log_p)

hinge [score=0]
    margins = scores - scores[np.arange(len(y)), y][:, None] + 1
    return np.maximum(0, margins).sum() / len(y) - 1, reference(scores, y)[1]

one class less [score=0]
    - dscores / len(y)
    + dscores[:, :-1] / len(y)

float32
    return tuple(map(np.float32, reference(scores, y)))

transposed
    - dscores / len(y)
    + dscores.T / len(y)

rounded [score=0]
    loss, dscores = reference(scores, y)
    return round(loss, 3), dscores

squares [score=0]
    _, dscores = reference(scores, y)
    return ((dscores * len(y)) ** 2).mean(), dscores

clipped at 1e-3
    - -log_p[rows, y].mean()
    + -np.maximum(log_p[rows, y], np.log(1e-3)).mean()

softmax over the batch [score=0]
    e = np.exp(scores - scores.max(axis=0))
    p, rows = e / e.sum(axis=0), np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1
    return loss, p / len(y)

columns of the labels [score=0]
    - dscores[rows, y]
    + dscores[:, y]
    - -log_p[rows, y]
    + -log_p[:, y]
""")
