"""cross_entropy: how wrong the probabilities of a batch are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=1)


@exercise.reference
def cross_entropy(probabilities: np.ndarray, y: np.ndarray) -> float:
    """Measure how wrong the probabilities of a batch are.

    Args:
        probabilities: (N, C) probabilities, one row per example, one column per class.
        y: (N,) integers in 0..C-1, the right classes. Their probabilities are not 0.

    Returns:
        A float: the mean over the examples of -log(probability of the right class), with
        the natural logarithm.
    """
    right = probabilities[np.arange(len(y)), y]
    return -np.mean(np.log(right))


def draw_probabilities(rng: np.random.Generator, n: int, c: int) -> dict[str, Any]:
    """Rows that add up to 1, no entry below 0.01 or so, and labels."""
    weights = rng.uniform(0.1, 2.0, size=(n, c))
    return {
        "probabilities": weights / weights.sum(axis=1, keepdims=True),
        "y": rng.integers(0, c, size=n),
    }


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    cat = {"probabilities": np.array([[0.13, 0.869, 0.001]]), "y": np.array([0])}
    yield Case("the probabilities of the example", cat, rtol=1e-5)
    n, c = (int(k) for k in rng.choice([4, 5, 6, 7], size=2, replace=False))
    yield Case("a batch", draw_probabilities(rng, n, c), rtol=1e-5)
    square = draw_probabilities(rng, 5, 5)
    square["y"] = np.roll(np.arange(5), int(rng.integers(1, 5)))
    yield Case("as many examples as classes", square, rtol=1e-5)
    small = draw_probabilities(rng, 6, 3)
    small["y"] = small["y"].astype(np.uint8)
    yield Case("labels as uint8", small, edge=True, rtol=1e-5)
    p = float(rng.uniform(3e-4, 6e-4))
    unlikely = {"probabilities": np.array([[p, 1 - p], [0.4, 0.6]]), "y": np.array([0, 1])}
    yield Case("a right class that was thought unlikely", unlikely, edge=True, rtol=1e-5)
    # A guard of 1e-12 in the logarithm passes, one of 1e-7 does not.
    p = 10.0 ** -float(rng.uniform(7.3, 7.6))
    rare = {"probabilities": np.array([[1 - p, p], [0.5, 0.5]]), "y": np.array([1, 1])}
    yield Case("a right class of one in thirty million", rare, edge=True, rtol=3e-4)

    hard = np.eye(4)[rng.permutation(4)]
    split = np.array([[0.0, 0.4, 0.6, 0.0], [0.5, 0.0, 0.0, 0.5]])
    given = {"probabilities": np.concatenate([hard, split]), "y": [*hard.argmax(axis=1), 2, 0]}
    given["y"] = np.array(given["y"])
    yield Case("rivals whose probability is exactly 0", given, edge=True, rtol=1e-5)
    # Nearer to 1 than single precision can hold; half of what it holds at best is in the tolerance.
    nearly = 1 - 1.5 * 2.0**-24
    sure = {"probabilities": np.array([[nearly, 1 - nearly]] * 3), "y": np.zeros(3, dtype=np.int64)}
    yield Case("so sure that single precision cannot tell it from 1", sure, edge=True, rtol=0.2)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single example", draw_probabilities(rng, 1, 6), edge=True, rtol=1e-5)
    almost = 0.97 * np.eye(3) + 0.01
    sure = {"probabilities": almost[[2, 0, 1, 1]], "y": np.array([2, 0, 1, 1])}
    yield Case("almost sure, and right", sure, edge=True, rtol=1e-5)
    many = draw_probabilities(rng, 9, 2)
    many["y"] = many["y"].astype(np.int32)
    yield Case("two classes, labels as int32", many, edge=True, rtol=1e-5)
    yield laid_out(**draw_probabilities(rng, 5, 3))


exercise.wrong_ways("""
zero-times-infinity: A rival's probability of 0 turned your loss into NaN: 0 times the logarithm of
0 is no number. Take the logarithm of the right class's probability alone.
    own = np.eye(probabilities.shape[1])[y]
    return -np.sum(own * np.log(probabilities)) / len(y)

single-precision: Single precision cannot tell such a probability from 1, or from what is beside it:
somewhere on the way your numbers were float32. Compute in float64.
    return float(reference(probabilities.astype(np.float32), y))

clipped: You raise small probabilities (a clip, or an added 1e-7), so that a right class which was
thought impossible costs too little. Take the logarithm of the probability as it is.
    - np.log(right)
    + np.log(np.clip(right, 1e-7, 1.0))

something-added: You raise small probabilities (a clip, or an added 1e-7), so that a right class
which was thought impossible costs too little. Take the logarithm of the probability as it is.
    - np.log(right)
    + np.log(right + 1e-7)

sum: You added up the losses of the examples; the cross-entropy is their mean.
    - np.mean(
    + np.sum(

base-ten: You took the logarithm to the base 10 (log10); here it is the natural one.
    - np.log(
    + np.log10(

base-two: You took the logarithm to the base 2; here it is the natural one.
    - np.log(
    + np.log2(

no-minus: The minus is missing: the logarithm of a probability is negative, a loss is not.
    - return -np
    + return np

log-of-the-mean: You took the mean of the probabilities first and its logarithm then; each example
has a loss of its own, and the mean comes last.
    - np.mean(np.log(right))
    + np.log(np.mean(right))

every-column-for-everyone: probabilities[:, y] takes every label's column for every example; each
row needs the one entry of its own label.
    - [np.arange(len(y)), y]
    + [:, y]

most-likely-class: You took the largest probability of each row; the loss asks for the right
class's.
    - [np.arange(len(y)), y]
    + .max(axis=1)

all-entries-counted: You divided by the number of all entries; the mean is over the examples.
    - np.mean(np.log(right))
    + np.sum(np.log(right)) / probabilities.size

every-class-a-question: You added log(1 - p) of the wrong classes; only the right class's
probability counts, and it holds the others already, since all of them add up to 1.
    own = np.eye(probabilities.shape[1], dtype=bool)[y]
    return -np.log(np.where(own, probabilities, 1 - probabilities)).sum(axis=1).mean()

distance-to-one: You took 1 - p; the loss is -log(p), which grows beyond every bound as p goes to 0.
    - -np.mean(np.log(right))
    + np.mean(1 - right)

every-class: You added up the logarithms of all classes; the right class's probability alone counts.
    return -np.mean(np.sum(np.log(probabilities), axis=1))

entropy: You weighted each logarithm with its own probability, which is the entropy; it is the right
class's logarithm that counts, with weight 1.
    return -np.mean(np.sum(probabilities * np.log(probabilities), axis=1))

last-example-left-out: The last example is not counted: does your loop end one early?
    - np.mean(np.log(right))
    + np.sum(np.log(right[:-1])) / len(y)

log-of-the-rest: You took the logarithm of 1 - p; it is p itself, the probability of the right
class.
    - np.log(right)
    + np.log(1 - right)

rows-of-the-labels: probabilities[y] takes whole rows, by the labels; each example's own row wants
the one entry of its label.
    - [np.arange(len(y)), y]
    + [y]

indices-swapped: You index with the labels first; the first index is the row, an example's number,
and the second the column, its label.
    - [np.arange(len(y)), y]
    + [y, np.arange(len(y))]

softmax-once-more: You took the softmax of the probabilities; they are probabilities already.
    powers = np.exp(probabilities)
    return reference(powers / powers.sum(axis=1, keepdims=True), y)

something-larger-added: You raise small probabilities (a clip, or an added 1e-3), so that a right
class which was thought unlikely costs too little. Take the logarithm of the probability as it is.
    - np.log(right)
    + np.log(right + 1e-3)

every-class-by-products: You added log(1 - p) of the wrong classes; only the right class's
probability counts, and it holds the others already, since all of them add up to 1.
    own = np.eye(probabilities.shape[1])[y]
    every = own * np.log(probabilities) + (1 - own) * np.log(1 - probabilities)
    return -every.sum() / len(y)
""")
