"""Answers to chapter 07: the loss at the end of a network."""

import math

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


def probabilities(scores):
    power = np.exp(scores - scores.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


EXERCISE = "softmax_cross_entropy"


@right(EXERCISE, "probabilities, fancy indices")
def _(scores, y):
    p, rows = probabilities(scores), np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1
    return loss, p / len(y)


@right(EXERCISE, "log of a sum, one-hot")
def _(scores, y):
    moved = scores - np.max(scores, axis=1)[:, None]
    logs = moved - np.log(np.exp(moved).sum(axis=1, keepdims=True))
    one_hot = np.eye(scores.shape[1])[y]
    return float(-(one_hot * logs).sum() / len(scores)), (np.exp(logs) - one_hot) / len(scores)


@right(EXERCISE, "loops and the math module")
def _(scores, y):
    total, slopes = 0.0, np.zeros(scores.shape)
    for n, row in enumerate(scores.tolist()):
        top = max(row)
        powers = [math.exp(s - top) for s in row]
        total += math.log(sum(powers)) + top - row[int(y[n])]
        for c, power in enumerate(powers):
            slopes[n, c] = (power / sum(powers) - (c == y[n])) / len(scores)
    return total / len(scores), slopes


@right(EXERCISE, "logaddexp")
def _(scores, y):
    total = np.logaddexp.reduce(scores, axis=1, keepdims=True)
    dscores = np.exp(scores - total)
    np.subtract.at(dscores, (np.arange(y.size), y), 1.0)
    return np.mean(total[:, 0] - np.take_along_axis(scores, y[:, None], 1)[:, 0]), dscores / y.size


@right(EXERCISE, "one shift for the batch's rows by a helper, 0-d")
def _(scores, y):
    N, C = scores.shape
    p = np.array([probabilities(row[None])[0] for row in scores])
    right_ones = np.equal.outer(y, np.arange(C))
    return np.array(np.sum(-np.log(p[right_ones])) / N), np.where(right_ones, p - 1, p) / N


@right(EXERCISE, "differences to the right class")
def _(scores, y):
    rows = range(len(scores))
    apart = scores - scores[rows, y].reshape(-1, 1)
    top = np.maximum(apart.max(axis=1, keepdims=True), 0)
    below = np.exp(apart - top).sum(axis=1, keepdims=True)
    dscores = np.asfortranarray(np.exp(apart - top) / below)
    dscores[rows, y] -= 1
    dscores /= len(rows)
    return (np.log(below) + top).sum() / len(rows), dscores


def ending(style, give, score=None):
    """give(scores, y, p, loss, slopes, one_hot) makes something wrong of right numbers."""

    def f(scores, y):
        p, one_hot = probabilities(scores), np.eye(scores.shape[1])[y]
        loss = -np.log(p[np.arange(len(y)), y]).mean()
        return give(scores, y, p, loss, (p - one_hot) / len(y), one_hot)

    wrong(EXERCISE, style, score=score)(f)


def unshifted(scores, y):
    with np.errstate(all="ignore"):
        p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(len(y)), y]).mean()
    p[np.arange(len(y)), y] -= 1
    return loss, p / len(y)


def shifted_by_the_batch(scores, y):
    with np.errstate(all="ignore"):
        return unshifted(scores - scores.max(), y)


wrong(EXERCISE, "no shift")(unshifted)
wrong(EXERCISE, "one shift for the whole batch")(shifted_by_the_batch)
ending("gradient not divided", lambda s, y, p, loss, g, hot: (loss, g * len(y)), 0)
ending("loss not divided", lambda s, y, p, loss, g, hot: (loss * len(y), g), 0)
ending("neither divided", lambda s, y, p, loss, g, hot: (loss * len(y), g * len(y)), 0)
ending("divided by the classes", lambda s, y, p, loss, g, hot: (loss, g * len(y) / s.shape[1]))
ending("probabilities alone", lambda s, y, p, loss, g, hot: (loss, p / len(y)), 0)
ending("sign", lambda s, y, p, loss, g, hot: (loss, -g), 0)
ending("right classes alone", lambda s, y, p, loss, g, hot: (loss, g * hot), 0)
ending("log10", lambda s, y, p, loss, g, hot: (loss / np.log(10), g), 0)
ending("log2", lambda s, y, p, loss, g, hot: (loss / np.log(2), g), 0)
ending("minus forgotten", lambda s, y, p, loss, g, hot: (-loss, g), 0)
ending("all the logs", lambda s, y, p, loss, g, hot: (-np.log(p + 1e-300).mean(), g), 0)
ending(
    "safety inside the log", lambda s, y, p, loss, g, hot: (-np.log(p[hot > 0] + 1e-3).mean(), g), 0
)
ending(
    "gradient of the logs", lambda s, y, p, loss, g, hot: (loss, -hot / (p + 1e-300) / len(y)), 0
)
ending("loss alone", lambda s, y, p, loss, g, hot: loss, 0)
ending("loss of each", lambda s, y, p, loss, g, hot: (-np.log(p[hot > 0]), g), 0)
ending("p for a gradient", lambda s, y, p, loss, g, hot: (p, g), 0)
ending(
    "hinge",
    lambda s, y, p, loss, g, hot: (
        np.maximum(0, s - s[hot > 0][:, None] + 1).sum() / len(y) - 1,
        g,
    ),
    0,
)
ending("one class less", lambda s, y, p, loss, g, hot: (loss, g[:, :-1]), 0)
ending("float32", lambda s, y, p, loss, g, hot: (np.float32(loss), np.float32(g)))
ending("transposed", lambda s, y, p, loss, g, hot: (loss, g.T))
ending("rounded", lambda s, y, p, loss, g, hot: (round(loss, 3), g), 0)
ending("squares", lambda s, y, p, loss, g, hot: (((p - hot) ** 2).mean(), g), 0)
ending(
    "clipped at 1e-3",
    lambda s, y, p, loss, g, hot: (-np.log(np.clip(p[hot > 0], 1e-3, 1)).mean(), g),
    None,
)


@wrong(EXERCISE, "spoils the scores")
def _(scores, y):
    scores -= scores.max(axis=1, keepdims=True)
    return unshifted(scores, y)


@wrong(EXERCISE, "softmax over the batch", score=0)
def _(scores, y):
    p = probabilities(scores.T).T
    loss = -np.log(p[np.arange(len(y)), y]).mean()
    p[np.arange(len(y)), y] -= 1
    return loss, p / len(y)


@wrong(EXERCISE, "columns of the labels", score=0)
def _(scores, y):
    p = probabilities(scores)
    loss = -np.log(p[:, y]).mean()
    p[:, y] -= 1
    return loss, p / len(y)
