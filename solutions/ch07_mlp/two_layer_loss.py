"""two_layer_loss: loss and gradients of a network with one hidden layer, as a function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch07_mlp.affine_backward import affine_backward
from solutions.ch07_mlp.affine_forward import affine_forward
from solutions.ch07_mlp.models import ALL_ON, draw_apart
from solutions.ch07_mlp.relu_backward import relu_backward
from solutions.ch07_mlp.relu_forward import relu_forward
from solutions.ch07_mlp.softmax_cross_entropy import (
    OWN_SOFTMAX,
    of_powers,  # noqa: F401 (of the table's code)
    softmax_cross_entropy,
)
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=3)

CLEAR = 1e-3  # no hidden number is nearer to 0, where ReLU has no slope


@exercise.reference
def two_layer_loss(
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
    X: np.ndarray,
    y: np.ndarray,
    reg: float,
) -> tuple:
    """Loss of a network with one hidden layer, and its gradients.

    The network is affine, ReLU, affine; softmax and cross-entropy judge its scores.

    Args:
        W1: (H, D) float64, one row per hidden unit.
        b1: (H,) float64.
        W2: (C, H) float64, one row per class.
        b2: (C,) float64.
        X: (N, D) float64 examples, one a row.
        y: (N,) integers in 0..C-1, the right classes.
        reg: how much the penalty counts.

    Returns:
        (loss, gradients): loss is a float, the mean of softmax and cross-entropy over the examples
        plus reg * sum(W * W) for W1 and W2 (no penalty on the biases); gradients is a dict with the
        keys "W1", "b1", "W2" and "b2", each gradient shaped as its parameter. All are finite even
        when some rows have scores near 1000 and others near -1000. Your function changes nothing
        that it is given.
    """
    sums, first = affine_forward(X, W1, b1)
    hidden, bend = relu_forward(sums)
    scores, second = affine_forward(hidden, W2, b2)
    loss, dscores = softmax_cross_entropy(scores, y)
    dhidden, dW2, db2 = affine_backward(dscores, second)
    dsums = relu_backward(dhidden, bend)
    _, dW1, db1 = affine_backward(dsums, first)
    loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    return loss, {"W1": dW1 + 2 * reg * W1, "b1": db1, "W2": dW2 + 2 * reg * W2, "b2": db2}


def draw(
    rng: np.random.Generator, n: int, d: int, h: int, c: int, reg: float
) -> dict[str, Any]:  # fmt: skip
    """A network and a batch: every unit is on for some examples and off for others, if it can be.

    Of several examples not all have one label.
    """
    while True:
        W1, b1 = rng.normal(size=(h, d)), rng.normal(scale=0.3, size=h)
        X = rng.normal(size=(n, d))
        sums = X @ W1.T + b1
        on = (sums > 0).mean(axis=0)
        mixed = bool(np.all((on > 0) & (on < 1))) if n > 3 else bool(np.any(sums > 0))
        if mixed and np.abs(sums).min() > CLEAR:
            break
    W2, b2 = rng.normal(size=(c, h)), rng.normal(scale=0.3, size=c)
    y = rng.permutation(np.arange(n) % c)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "X": X, "y": y, "reg": reg}


exercise.scenario()(in_other_layouts)


def of_all_sizes(rng: np.random.Generator) -> dict[str, Any]:
    """A network and a batch with zeros, tiny and huge numbers, and equal ones side by side.

    What is huge meets what is tiny, so that no scores are more than 700 apart.
    """
    found = draw(rng, 6, 4, 6, 5, 0.2)
    W1, W2, X = (found[name] for name in ("W1", "W2", "X"))
    X[:, 0], X[:, 1], X[1, 2], X[2, 2:] = 2e3, 1e-10, 0.0, 0.7
    W1[:, 0], W1[:, 1], W1[0], W1[1, 2], W1[2, 2:] = 1e-10, 2e3, 1e-10, 0.0, -0.4
    W2[:, 3], W2[1, 0], W2[2, 1], W2[3, 1:3] = 1e-10, 2e3, 0.0, 0.3
    found["b1"] = np.array([1e-10, -0.5, 0.0, 2e3, 0.7, 0.7])
    found["b2"] = np.array([1e-10, -0.5, 0.0, 600.0, 600.0])
    return {**found, "y": np.array([3, 4, 3, 4, 3, 4])}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    chapter = {
        "W1": np.array([[1.0, 0.0], [-1.0, 2.0], [0.5, 1.0]]), "b1": np.array([0.0, 1.0, -1.0]),
        "W2": np.array([[2.0, 1.0, 0.0], [1.0, 0.0, 2.0]]), "b2": np.array([0.0, 1.0]),
        "X": np.array([[1.0, 2.0], [3.0, -1.0]]), "y": np.array([0, 1]), "reg": 0.0,
    }  # fmt: skip
    yield Case("the two examples of the chapter", chapter)
    d, h, c = (int(k) for k in rng.permutation([4, 5, 6]))
    yield Case("the data alone, without a penalty", draw(rng, 8, d, h, c, 0.0))
    d, h, c = (int(k) for k in rng.permutation([4, 5, 6]))
    yield Case("data and penalty", draw(rng, 9, d, h, c, float(rng.uniform(0.1, 0.4))))
    yield Case("as many of everything", draw(rng, 5, 5, 5, 5, float(rng.uniform(0.1, 0.4))))
    yield Case("a single example", draw(rng, 1, 4, 6, 3, 0.2), edge=True)
    off = draw(rng, 6, 3, 4, 3, 0.1)
    off["b1"] = off["b1"] - np.array([0.0, 50.0, 0.0, 0.0])
    yield Case("a unit that is off for every example", off, edge=True)
    high = draw(rng, 5, 3, 4, 3, 0.0)
    high["b1"] += ALL_ON  # as in draw_apart
    high["b2"] += 1000.0
    yield Case("scores near 1000", high, edge=True)
    apart = draw(rng, 5, 3, 4, 3, 0.0)
    draw_apart(rng, *(apart[name] for name in ("W1", "b1", "W2", "b2", "X")))
    yield Case("rows with scores near 600, near 0 and near -600", apart, edge=True)
    small = draw(rng, 7, 3, 5, 4, 0.1)
    small["y"] = small["y"].astype(np.uint8)
    yield Case("labels as uint8", small, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("only two classes", draw(rng, 7, 4, 5, 2, 0.2), edge=True)
    yield Case("a single hidden unit", draw(rng, 6, 3, 1, 4, 0.1), edge=True)
    yield Case("a single feature", draw(rng, 7, 1, 4, 3, 0.1), edge=True)
    yield Case("a strong penalty", draw(rng, 6, 4, 3, 5, float(rng.uniform(2e3, 5e3))), edge=True)
    yield Case("reg = 1, an int", draw(rng, 6, 3, 4, 3, 1), edge=True)
    yield Case("more classes than examples", draw(rng, 4, 3, 5, 7, 0.1), edge=True)
    low = draw(rng, 5, 3, 4, 3, 0.0)
    low["b1"] += ALL_ON
    low["b2"] -= 1010.0
    yield Case("scores near -1000", low, edge=True)
    zeros = {**draw(rng, 6, 3, 4, 3, 0.3), "W2": np.zeros((3, 4)), "b2": np.zeros(3)}
    yield Case("a last layer of zeros", zeros, edge=True)
    plain = draw(rng, 6, 3, 4, 3, 0.3)
    plain |= {"y": plain["y"].astype(np.int32), "reg": np.float64(0.3)}
    yield Case("labels as int32, reg a number of NumPy's", plain, edge=True)
    yield Case("numbers of all sizes", of_all_sizes(rng), edge=True)
    yield laid_out(**draw(rng, 6, 3, 4, 3, 0.2))


exercise.wrong_ways(SINGLE)
exercise.wrong_ways(OWN_SOFTMAX)
exercise.wrong_ways("""
no-bend: You left the ReLU out, forward and backward: two affine layers in a row are one affine
layer.
    - relu_forward(sums)
    + (sums, None)
    - relu_backward(dhidden, bend)
    + dhidden

bend-forgotten-on-the-way-back: Your loss is right, but on the way back you pass the ReLU by: where
its input was negative, no gradient comes through.
    - relu_backward(dhidden, bend)
    + dhidden

bend-of-the-gradient: On the way back your ReLU goes by the sign of the gradient; what decides is
the sign of its input on the way forward.
    - relu_backward(dhidden, bend)
    + np.maximum(dhidden, 0)

bent-scores: You bent the scores, too: the last layer has no ReLU, since scores may be any numbers.
    - softmax_cross_entropy(scores, y)
    + softmax_cross_entropy(np.maximum(scores, 0), y)

sums-for-hidden: The gradient of W2 needs what W2 was multiplied by, the numbers after the ReLU; you
take those before it.
    - affine_backward(dscores, second)
    + affine_backward(dscores, (sums, W2, b2))

sums-for-scores: Your scores are made of the sums before the ReLU; the second layer gets what the
ReLU made of them.
    - affine_forward(hidden, W2, b2)
    + affine_forward(sums, W2, b2)

sums-for-scores-alone: Your scores are made of the sums before the ReLU; the second layer gets what
the ReLU made of them.
    - scores, second = affine_forward(hidden, W2, b2)
    + scores, second = affine_forward(sums, W2, b2)[0], (hidden, W2, b2)

no-penalty-in-the-loss: Your loss has no penalty: reg * sum(W * W) for W1 and W2 is missing.
    - loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))

no-penalty-in-the-gradients: Your gradients have no penalty: the slope of reg * w * w is
2 * reg * w.
    - dW1 + 2 * reg * W1
    + dW1
    - dW2 + 2 * reg * W2
    + dW2

half-the-penalty-slope: Your gradients have half of the penalty's slope: the slope of reg * w * w is
2 * reg * w.
    - dW1 + 2 * reg * W1
    + dW1 + reg * W1
    - dW2 + 2 * reg * W2
    + dW2 + reg * W2

penalty-of-one-layer: You penalise one of the two W alone; both have to pay.
    - (np.sum(W1 * W1) + np.sum(W2 * W2))
    + np.sum(W1 * W1)
    - dW2 + 2 * reg * W2
    + dW2

biases-pay-too: You penalise the biases as well; only W1 and W2 have to pay.
    - np.sum(W2 * W2))
    + np.sum(W2 * W2) + np.sum(b1 * b1) + np.sum(b2 * b2))
    - "b1": db1
    + "b1": db1 + 2 * reg * b1
    - "b2": db2
    + "b2": db2 + 2 * reg * b2

penalty-shared-out: You divide the penalty by the number of examples; only the data loss is a mean.
    - loss += reg * (
    + reg = reg / len(X); loss += reg * (

sum: You add up the losses of the examples; the loss is their mean, and so are its gradients.
    - loss, dscores = softmax_cross_entropy(scores, y)
    + loss, dscores = (len(y) * part for part in softmax_cross_entropy(scores, y))

divided-twice: You divide the gradients by the number of examples once more: softmax_cross_entropy
has done that.
    - affine_backward(dscores, second)
    + affine_backward(dscores / len(y), second)

uphill: Your gradients have the wrong sign: they should say where the loss grows.
    - affine_backward(dscores, second)
    + affine_backward(-dscores, second)

names-with-d: The keys of gradients are those of the parameters: "W1", "b1", "W2" and "b2", without
a d.
    loss, gradients = reference(W1, b1, W2, b2, X, y, reg)
    return loss, {"d" + name: value for name, value in gradients.items()}

layers-swapped: You put the gradients of the first layer under the names of the second, and the
other way round.
    loss, g = reference(W1, b1, W2, b2, X, y, reg)
    return loss, {"W1": g["W2"], "b1": g["b2"], "W2": g["W1"], "b2": g["b1"]}

takes-a-step: The result is right, but you changed the weights that you were given: they are the
caller's, who will take the step.
    loss, gradients = reference(W1, b1, W2, b2, X, y, reg)
    W1 -= 0.1 * gradients["W1"]
    return loss, gradients

gradients-alone: You give the gradients alone; the loss comes first: return loss, gradients.
    return reference(W1, b1, W2, b2, X, y, reg)[1]

penalty-of-the-second-layer: You penalise one of the two W alone; both have to pay.
    - (np.sum(W1 * W1) + np.sum(W2 * W2))
    + np.sum(W2 * W2)
    - dW1 + 2 * reg * W1
    + dW1

first-penalty-missing-in-the-loss: Your loss penalises W2 alone; W1 has to pay as well. Your
gradients are right.
    - (np.sum(W1 * W1) + np.sum(W2 * W2))
    + np.sum(W2 * W2)

second-penalty-missing-in-the-loss: Your loss penalises W1 alone; W2 has to pay as well. Your
gradients are right.
    - (np.sum(W1 * W1) + np.sum(W2 * W2))
    + np.sum(W1 * W1)

first-penalty-missing-in-the-gradients: Your gradient of W1 lacks the penalty's slope, 2 * reg * W1;
that of W2 has its own. Your loss is right.
    - dW1 + 2 * reg * W1
    + dW1

second-penalty-missing-in-the-gradients: Your gradient of W2 lacks the penalty's slope, 2 * reg *
W2; that of W1 has its own. Your loss is right.
    - dW2 + 2 * reg * W2
    + dW2

root-of-the-sum: Your penalty takes the roots of the sums of squares (np.linalg.norm does); it is
the sums themselves. Your gradients are right.
    - (np.sum(W1 * W1) + np.sum(W2 * W2))
    + (np.linalg.norm(W1) + np.linalg.norm(W2))

b1-past-the-bend: Your gradient of b1 is made of what arrives at the ReLU's output; b1 stands before
the ReLU, so its gradient has to pass it, as that of W1 does.
    - "b1": db1
    + "b1": dhidden.sum(axis=0)

W1-past-the-bend: Your gradient of W1 is made of what arrives at the ReLU's output; W1 stands before
the ReLU, so its gradient has to pass it, as that of b1 does.
    - dW1 + 2 * reg * W1
    + dhidden.T @ X + 2 * reg * W1

gradient-of-the-sum: The loss is a mean over the examples, and your gradients are those of their
sum: a 1 / N is missing on the way back.
    - affine_backward(dscores, second)
    + affine_backward(dscores * len(y), second)

probabilities-alone: Your gradients start from the probabilities alone; at the right class of each
example, subtract 1 first.
    - affine_backward(dscores, second)
    + affine_backward(dscores + np.eye(len(W2))[y] / len(y), second)

no-penalty: `reg` changes nothing in yours: the penalty is missing, in the loss and in the
gradients.
    return reference(W1, b1, W2, b2, X, y, 0.0)

half-the-penalty: You count half of the penalty, in the loss and in the gradients; here it is
reg * sum(W * W), without 1 / 2.
    return reference(W1, b1, W2, b2, X, y, reg / 2)

half-the-penalty-in-the-loss: Your loss counts half of the penalty; here it is reg * sum(W * W),
without 1 / 2. Your gradients are right.
    loss, _ = reference(W1, b1, W2, b2, X, y, reg / 2)
    return loss, reference(W1, b1, W2, b2, X, y, reg)[1]

no-b1: Your hidden layer leaves out b1: every unit gets its own b added.
    return reference(W1, 0.0 * b1, W2, b2, X, y, reg)

biases-pay-in-the-loss: The penalty in your loss counts the biases as well; only W1 and W2 have to
pay. Your gradients are right.
    - np.sum(W2 * W2))
    + np.sum(W2 * W2) + np.sum(b1 * b1) + np.sum(b2 * b2))

penalty-shared-out-in-the-loss: You divide the penalty in your loss by the number of examples; only
the data loss is a mean. Your gradients are right.
    - loss += reg * (
    + loss += reg / len(X) * (

softmax-over-the-batch: Your probabilities sum to 1 over the examples; those of one example sum to
1, over its classes. Which axis is that?
    - softmax_cross_entropy(scores, y)
    + of_powers(np.exp(scores - scores.max(axis=1, keepdims=True)), y, axis=0)

bent-scores-and-back: You bent the scores, too: the last layer has no ReLU, since scores may be any
numbers.
    - softmax_cross_entropy(scores, y)
    + softmax_cross_entropy(np.maximum(scores, 0), y)
    - affine_backward(dscores, second)
    + affine_backward(dscores * (scores > 0), second)
""")
