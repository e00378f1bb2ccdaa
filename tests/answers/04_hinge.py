"""Answers to chapter 04: hinge loss, penalty, slopes by differences, errors."""

import math
from functools import reduce

import numpy as np

from tests.answers.corpus import Answers

answers = Answers()
right, wrong = answers.right, answers.wrong


@right("hinge_loss", "a loop that skips the label")
def _(scores, label, margin=1.0):
    total = 0.0
    for j in range(len(scores)):
        if j != label:
            total += max(0.0, scores[j] - scores[label] + margin)
    return total


@right("hinge_loss", "vectorised minus the margin of the label")
def _(scores, label, margin=1.0):
    return np.maximum(0, scores - scores[label] + margin).sum() - max(margin, 0)


@right("hinge_loss", "np.delete")
def _(scores: np.ndarray, label: int, margin: float = 1.0) -> float:
    return float(np.clip(np.delete(scores, label) - scores[label] + margin, 0, None).sum())


@right("hinge_loss", "a generator")
def _(scores, label, margin=1):
    own = float(scores[label])
    return sum((max(s - own + margin, 0) for j, s in enumerate(scores.tolist()) if j != label), 0.0)


@right("hinge_loss", "a mask and 0-d array")
def _(scores, label, margin=1.0):
    others = np.arange(scores.size) != label
    margins = scores[others] - scores[label] + margin
    return np.array(margins[margins > 0].sum())


@right("hinge_loss", "math.fsum")
def _(scores, label, margin=1.0):
    rest = np.concatenate([scores[:label], scores[label + 1 :]])
    return math.fsum(filter(lambda m: m > 0, (rest + (margin - scores[label])).tolist()))


@right("hinge_loss", "reduce on a copy")
def _(scores, label, margin=1.0):
    margins = scores.copy()
    margins -= scores[label] - margin
    margins[label] = 0
    return reduce(lambda total, m: total + (m + abs(m)) / 2, margins, 0.0)


def hinge(scores, label, margin=1.0):
    margins = np.maximum(0, scores - scores[label] + margin)
    margins[label] = 0
    return float(margins.sum())


wrong("hinge_loss", "ignores the margin")(lambda s, y, margin=1.0: hinge(s, y))
wrong("hinge_loss", "no default")(lambda s, y, margin: hinge(s, y, margin))
wrong("hinge_loss", "default 0", score=0)(lambda s, y, margin=0.0: hinge(s, y, margin))
wrong("hinge_loss", "counts the label", score=0)(
    lambda s, y, margin=1.0: np.maximum(0, s - s[y] + margin).sum()
)
wrong("hinge_loss", "takes off 1 for the label")(
    lambda s, y, margin=1.0: np.maximum(0, s - s[y] + margin).sum() - 1
)
wrong("hinge_loss", "no floor", score=0)(
    lambda s, y, margin=1.0: np.sum(s - s[y] + margin) - margin
)
wrong("hinge_loss", "other way round", score=0)(
    lambda s, y, margin=1.0: np.maximum(0, s[y] - np.delete(s, y) + margin).sum()
)
wrong("hinge_loss", "margin subtracted", score=0)(lambda s, y, margin=1.0: hinge(s, y, -margin))
wrong("hinge_loss", "largest alone", score=0)(
    lambda s, y, margin=1.0: max(0.0, np.delete(s, y).max() - s[y] + margin)
)
wrong("hinge_loss", "mean", score=0)(lambda s, y, margin=1.0: hinge(s, y, margin) / len(s))
wrong("hinge_loss", "mean of others")(lambda s, y, margin=1.0: hinge(s, y, margin) / (len(s) - 1))
wrong("hinge_loss", "squared", score=0)(
    lambda s, y, margin=1.0: (np.maximum(0, np.delete(s, y) - s[y] + margin) ** 2).sum()
)
wrong("hinge_loss", "each class", score=0)(
    lambda s, y, margin=1.0: np.maximum(0, s - s[y] + margin)
)
wrong("hinge_loss", "first label", score=0)(lambda s, y, margin=1.0: hinge(s, 0, margin))
wrong("hinge_loss", "margin only for wrong predictions", score=0)(
    lambda s, y, margin=1.0: hinge(s, y, margin) if s.argmax() != y else 0.0
)
wrong("hinge_loss", "integer", score=0)(lambda s, y, margin=1.0: int(hinge(s, y, margin)))


@wrong("hinge_loss", "in place", score=0)
def _(scores, label, margin=1.0):
    scores -= scores[label] - margin
    scores[label] = 0
    return float(np.maximum(scores, 0).sum())


right("l2_penalty", "sum of squares")(lambda W, reg: reg * np.sum(W * W))
right("l2_penalty", "power")(lambda W, reg: float(reg * (W**2).sum()))
right("l2_penalty", "norm squared")(lambda W, reg: reg * np.linalg.norm(W) ** 2)
right("l2_penalty", "vdot")(lambda W, reg: reg * np.vdot(W, W))
right("l2_penalty", "einsum, 0-d")(lambda W, reg: np.asarray(reg * np.einsum("ij,ij->", W, W)))
right("l2_penalty", "pure Python")(
    lambda W, reg: float(reg) * sum(float(w) ** 2 for row in W for w in row)
)
right("l2_penalty", "trace")(lambda W, reg: np.trace(W @ W.T) * reg)

wrong("l2_penalty", "half", score=0)(lambda W, reg: 0.5 * reg * np.sum(W * W))
wrong("l2_penalty", "no reg", score=0)(lambda W, reg: np.sum(W * W))
wrong("l2_penalty", "norm", score=0)(lambda W, reg: reg * np.linalg.norm(W))
wrong("l2_penalty", "absolute values", score=0)(lambda W, reg: reg * np.abs(W).sum())
wrong("l2_penalty", "square of the sum", score=0)(lambda W, reg: reg * W.sum() ** 2)
wrong("l2_penalty", "mean", score=0)(lambda W, reg: reg * np.mean(W * W))
wrong("l2_penalty", "per row", score=0)(lambda W, reg: reg * (W * W).sum(axis=1))
wrong("l2_penalty", "gradient", score=0)(lambda W, reg: 2 * reg * W)
wrong("l2_penalty", "without the last column", score=0)(lambda W, reg: reg * np.sum(W[:, :-1] ** 2))
wrong("l2_penalty", "reg squared", score=0)(lambda W, reg: reg**2 * np.sum(W * W))
wrong("l2_penalty", "divided by classes", score=0)(lambda W, reg: reg * np.sum(W * W) / len(W))
wrong("l2_penalty", "float32", score=0)(lambda W, reg: np.float32(reg * np.sum(W * W)))
wrong("l2_penalty", "plus reg", score=0)(lambda W, reg: reg + np.sum(W * W))
wrong("l2_penalty", "largest singular value", score=0)(
    lambda W, reg: reg * np.linalg.norm(W, 2) ** 2
)
wrong("l2_penalty", "matrix square", score=0)(lambda W, reg: reg * np.sum(W @ W.T))


@wrong("l2_penalty", "in place", score=0)
def _(W, reg):
    W *= W
    return float(reg * W.sum())


@right("numerical_gradient", "nudges in place and puts back")
def _(f, x, step=1e-5):
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + step
        above = f(x)
        x[index] = old - step
        grad[index] = (above - f(x)) / (2 * step)
        x[index] = old
    return grad


@right("numerical_gradient", "copies")
def _(f, x, step=1e-5):
    grad = np.empty(x.shape)
    for index, _ in np.ndenumerate(x):
        up, down = x.copy(), x.copy()
        up[index] += step
        down[index] -= step
        grad[index] = (f(up) - f(down)) / (2.0 * step)
    return grad


@right("numerical_gradient", "unit vectors")
def _(f, x, step=1e-5):
    units = np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(float(f(x + step * e)) - float(f(x - step * e))) / (2 * step) for e in units]
    return np.array(slopes).reshape(x.shape)


@right("numerical_gradient", "nditer, adds and subtracts in place")
def _(f, x, step=1e-5):
    grad = np.zeros(x.shape, dtype=np.float64)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        x[i] += step
        a = f(x)
        x[i] -= 2 * step
        b = f(x)
        x[i] += step
        grad[i] = (a - b) / step / 2
        it.iternext()
    return grad


@right("numerical_gradient", "a flat view of a copy, Fortran order")
def _(f, x, step: float = 1e-5):
    work = np.array(x, order="C")
    flat, grad = work.reshape(-1), np.zeros(x.size)
    for k in range(x.size):
        keep = flat[k]
        values = []
        for sign in (1, -1):
            flat[k] = keep + sign * step
            values.append(f(work))
        flat[k], grad[k] = keep, (values[0] - values[1]) / (2 * step)
    return np.asfortranarray(grad.reshape(x.shape))


@right("numerical_gradient", "recursion over axes")
def _(f, x, step=1e-5):
    def slopes(prefix):
        if len(prefix) == x.ndim:
            e = np.zeros_like(x)
            e[prefix] = step
            return (f(x + e) - f(x - e)) / (2 * step)
        return [slopes((*prefix, i)) for i in range(x.shape[len(prefix)])]

    return np.array(slopes(()), dtype=float)


def slopes(f, x, step=1e-5, *, up=1.0, down=1.0, divide=None):
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[index] = step
        grad[index] = (f(x + up * e) - f(x - down * e)) / (divide or (up + down) * step)
    return grad


wrong("numerical_gradient", "forward differences", score=0)(
    lambda f, x, step=1e-5: slopes(f, x, step, down=0.0)
)
wrong("numerical_gradient", "backward differences", score=0)(
    lambda f, x, step=1e-5: slopes(f, x, step, up=0.0)
)
wrong("numerical_gradient", "divided by one step", score=0)(
    lambda f, x, step=1e-5: slopes(f, x, step, divide=step)
)
wrong("numerical_gradient", "negative", score=0)(lambda f, x, step=1e-5: -slopes(f, x, step))
wrong("numerical_gradient", "ignores the step")(lambda f, x, step=1e-5: slopes(f, x))
wrong("numerical_gradient", "no default")(lambda f, x, step: slopes(f, x, step))
wrong("numerical_gradient", "large default")(lambda f, x, step=1e-1: slopes(f, x, step))
wrong("numerical_gradient", "tiny default")(lambda f, x, step=1e-13: slopes(f, x, step))
wrong("numerical_gradient", "flat")(lambda f, x, step=1e-5: slopes(f, x, step).ravel())
wrong("numerical_gradient", "transposed")(lambda f, x, step=1e-5: slopes(f, x, step).T)
wrong("numerical_gradient", "float32", score=0)(
    lambda f, x, step=1e-5: slopes(f, x, step).astype(np.float32)
)
wrong("numerical_gradient", "all entries at once", score=0)(
    lambda f, x, step=1e-5: np.full(x.shape, (f(x + step) - f(x - step)) / (2 * step))
)
wrong("numerical_gradient", "of two axes alone")(
    lambda f, x, step=1e-5: slopes(f, x, step) if x.ndim == 2 else np.zeros_like(x)
)
wrong("numerical_gradient", "relative step")(
    lambda f, x, step=1e-5: (f(x * (1 + step)) - f(x * (1 - step))) / (2 * step * x)
)
wrong("numerical_gradient", "last entry forgotten", score=0)(
    lambda f, x, step=1e-5: np.append(slopes(f, x, step).ravel()[:-1], 0.0).reshape(x.shape)
)


@wrong("numerical_gradient", "does not put back", score=0)
def _(f, x, step=1e-5):
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += step
        above = f(x)
        x[index] -= 2 * step
        grad[index] = (above - f(x)) / (2 * step)
    return grad


@wrong("numerical_gradient", "the point of an alias", score=0)
def _(f, x, step=1e-5):
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        up = down = x.copy()
        up[index] += step
        down[index] -= step
        grad[index] = (f(up) - f(down)) / (2 * step)
    return grad


right("relative_error", "as written")(
    lambda a, b: np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)))
)
right("relative_error", "float and keywords")(
    lambda a, b: float((abs(a - b) / np.clip(abs(a) + abs(b), 1e-8, None)).max())
)
right("relative_error", "0-d")(
    lambda a, b: np.array(np.amax(np.abs(np.subtract(a, b)) / np.fmax(np.abs(a) + np.abs(b), 1e-8)))
)
right("relative_error", "pure Python")(
    lambda a, b: max(
        abs(p - q) / max(1e-8, abs(p) + abs(q))
        for p, q in zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True)
    )
)
right("relative_error", "np.where")(
    lambda a, b: np.max(
        np.abs(b - a) / np.where(np.abs(a) + np.abs(b) > 1e-8, np.abs(a) + np.abs(b), 1e-8)
    )
)


@right("relative_error", "a running largest")
def _(a, b):
    worst = 0.0
    for p, q in np.nditer([a, b]):
        worst = max(worst, float(abs(p - q)) / max(float(abs(p) + abs(q)), 1e-8))
    return worst


@right("relative_error", "in place on its own arrays")
def _(a: np.ndarray, b: np.ndarray) -> float:
    size = np.abs(a)
    size += np.abs(b)
    size[size < 1e-8] = 1e-8
    difference = np.abs(a - b)
    difference /= size
    return sorted(difference.ravel())[-1]


def relative(a, b, floor=1e-8):
    return np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))


wrong("relative_error", "mean", score=0)(lambda a, b: relative(a, b).mean())
wrong("relative_error", "sum", score=0)(lambda a, b: relative(a, b).sum())
wrong("relative_error", "each entry", score=0)(relative)
wrong("relative_error", "absolute", score=0)(lambda a, b: np.abs(a - b).max())
wrong("relative_error", "no floor")(lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + np.abs(b))))
wrong("relative_error", "floor 1e-12", hidden=True)(lambda a, b: relative(a, b, 1e-12).max())
wrong("relative_error", "floor 1e-6", hidden=True)(lambda a, b: relative(a, b, 1e-6).max())
wrong("relative_error", "floor added", hidden=True)(
    lambda a, b: np.max(np.abs(a - b) / (1e-8 + np.abs(a) + np.abs(b)))
)
wrong("relative_error", "with signs", score=0)(
    lambda a, b: np.max((a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)))
)
wrong("relative_error", "size of the sum")(
    lambda a, b: np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a + b)))
)
wrong("relative_error", "larger of the sizes", score=0)(
    lambda a, b: np.max(np.abs(a - b) / np.maximum(1e-8, np.maximum(np.abs(a), np.abs(b))))
)
wrong("relative_error", "relative to a", score=0)(
    lambda a, b: np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a)))
)
wrong("relative_error", "norms", score=0)(
    lambda a, b: np.linalg.norm(a - b) / max(1e-8, np.linalg.norm(a) + np.linalg.norm(b))
)
wrong("relative_error", "largest over largest", score=0)(
    lambda a, b: np.abs(a - b).max() / max(1e-8, (np.abs(a) + np.abs(b)).max())
)
wrong("relative_error", "doubled", score=0)(lambda a, b: 2 * relative(a, b).max())
wrong("relative_error", "rounded", score=0)(lambda a, b: round(float(relative(a, b).max()), 3))
