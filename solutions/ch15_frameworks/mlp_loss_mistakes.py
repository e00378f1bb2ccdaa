"""Mistakes in a loss that is written in Tensors, each with its sentence: a table."""

from __future__ import annotations

from grader.exercises import Table
from solutions.ch15_frameworks.Tensor import Tensor  # noqa: F401 (the table's code uses it)

MISTAKES = Table("""
a-number-alone: You return a plain number, which has no way back: return the Tensor itself.
    - return loss
    + return float(loss.data)

leaves-the-graph: Your scores leave the graph: what is computed with `.data` has no way back to the
parameters.
    - scores = out - out.max(
    + out = Tensor(out.data)
    + scores = out - out.max(

hidden-layers-leave-the-graph: The numbers between your layers leave the graph: go on with the
Tensor, not with its `.data`.
    - out = out.relu()
    + out = np.maximum(out.data, 0.0)

penalty-leaves-the-graph: Your penalty has no way back: compute it with the Tensors, not with their
`.data`.
    - (parameters[f"W{i}"] ** 2).sum()
    + np.sum(parameters[f"W{i}"].data ** 2)

relu-after-the-last: A ReLU stands behind your last layer, too; scores may be negative.
    - if i < depth:
    -     out = out.relu()
    + out = out.relu()

no-relu: Your layers follow each other without a bend: a ReLU stands behind each but the last.
    - if i < depth:
    -     out = out.relu()
    + pass

relu-after-the-first-alone: Only your first layer has a ReLU behind it; each but the last has one.
    - if i < depth:
    + if i == 1 and depth > 1:

two-layers-only: Your network always has two layers; count the parameters, since there may be fewer
or more.
    def hidden(i):
        return X if i == 1 else (X @ parameters["W1"].T + parameters["b1"]).relu()

    last = min(len(parameters) // 2, 2)
    out = hidden(last) @ parameters[f"W{last}"].T + parameters[f"b{last}"]
    scores = out - out.max(axis=1, keepdims=True)
    loss = (scores.exp().sum(axis=1).log() - scores[np.arange(len(y)), y]).mean()
    for i in range(1, last + 1):
        loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()
    return loss

overflow: For high scores exp gives infinity: subtract each row's largest score first, which changes
no probability.
    - scores = out - out.max(axis=1, keepdims=True)
    + scores = out

one-maximum-for-all: You subtract the largest score of the whole batch; a row that is far below it
is left with zeros, whose logarithm is minus infinity. Each row has a largest score of its own.
    - out.max(axis=1, keepdims=True)
    + out.max()

sum-in-place-of-mean: You add the losses of the examples up; their mean is asked for.
    - - right).mean()
    + - right).sum()

penalty-left-out: The penalty is missing: reg times the sum of the squares of all W.
    - loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()
    + pass

penalty-halved: Your penalty is half as large as it should be: here there is no factor 1/2 before
it.
    - reg * (parameters
    + 0.5 * reg * (parameters

biases-penalised: Your penalty counts the biases as well; they go free.
    - loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()
    + loss = loss + reg * (parameters[f"W{i}"] ** 2).sum() + reg * (parameters[f"b{i}"] ** 2).sum()

first-penalty-alone: Your penalty counts a single layer's weights; those of all layers count.
    - loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()
    + if i == 1:
    +     loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()

last-penalty-alone: Your penalty counts a single layer's weights; those of all layers count.
    - loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()
    + if i == depth:
    +     loss = loss + reg * (parameters[f"W{i}"] ** 2).sum()

penalty-of-the-size: Your penalty adds up the sizes of the weights; their squares are asked for.
    - (parameters[f"W{i}"] ** 2).sum()
    + (parameters[f"W{i}"].relu() + (-parameters[f"W{i}"]).relu()).sum()

right-score-added: Your loss grows with the score of the right class; it should fall.
    - .log() - right).mean()
    + .log() + right).mean()

right-score-alone: Your loss looks at the score of the right class alone; the other scores take part
through the sum of exponentials.
    - (scores.exp().sum(axis=1).log() - right).mean()
    + (-right).mean()

all-labels-in-every-row: You take N x N scores, in each row those of all labels of the batch; with
two arrays of length N, one of them np.arange(N), you take one score a row.
    - scores[np.arange(len(y)), y]
    + scores[np.arange(len(y))[:, None], y]

no-bias: Your layers leave out the biases.
    - parameters[f"W{i}"].T + parameters[f"b{i}"]
    + parameters[f"W{i}"].T + 0.0 * parameters[f"b{i}"]

sum-over-the-batch: Your softmax adds up over the examples; it adds up over the classes of each.
    - scores.exp().sum(axis=1).log()
    + scores.exp().sum(axis=0).log().mean()

log-with-another-base: Your logarithm has the base 10; the natural one is asked for.
    - .sum(axis=1).log() - right
    + .sum(axis=1).log() / np.log(10) - right / np.log(10)

sum-over-everything: You take the exponentials of the whole batch into one sum; each example has a
sum of its own, over its classes.
    - scores.exp().sum(axis=1).log()
    + scores.exp().sum().log()

one-maximum-and-one-sum: You take the exponentials of the whole batch into one sum; each example has
a sum of its own, over its classes.
    - out.max(axis=1, keepdims=True)
    + out.max()
    - scores.exp().sum(axis=1).log()
    + scores.exp().sum().log()

penalty-averaged: You divided the penalty by the number of examples; only the data loss is a mean.
    - reg * (parameters
    + reg / len(y) * (parameters

sum-over-everything-after-plain-maxima: You take the exponentials of the whole batch into one sum;
each example has a sum of its own, over its classes.
    - out.max(axis=1, keepdims=True)
    + out.data.max(axis=1, keepdims=True)
    - scores.exp().sum(axis=1).log()
    + scores.exp().sum().log()

reshaped-for-transposed: You reshaped W where it is to be transposed: reshape keeps the numbers in
their order and mixes up the rows; `.T` turns rows into columns.
    - parameters[f"W{i}"].T +
    + parameters[f"W{i}"].reshape(*parameters[f"W{i}"].data.shape[::-1]) +

overflowing-probabilities: For high scores exp gives infinity, and for low ones 0: subtract each
row's largest score first, which changes no probability.
    - scores = out - out.max(axis=1, keepdims=True)
    + scores = out
    - scores[np.arange(len(y)), y]
    - loss = (scores.exp().sum(axis=1).log() - right).mean()
    + (scores.exp() / scores.exp().sum(axis=1, keepdims=True)).log()
    + loss = -right[np.arange(len(y)), y].mean()

one-maximum-for-all-probabilities: You subtract the largest score of the whole batch; a row that is
far below it is left with zeros, whose logarithm is minus infinity. Each row has a largest score of
its own.
    - out.max(axis=1, keepdims=True)
    + out.max()
    - scores[np.arange(len(y)), y]
    - loss = (scores.exp().sum(axis=1).log() - right).mean()
    + (scores.exp() / scores.exp().sum(axis=1, keepdims=True)).log()
    + loss = -right[np.arange(len(y)), y].mean()
""")
