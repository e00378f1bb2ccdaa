"""accuracy: how often predictions are right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=1)


@exercise.reference
def accuracy(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    """Compute how often predictions are right.

    Args:
        y_pred: (N,) integers, the predicted labels.
        y_true: (N,) integers, the true labels, in the same order.

    Returns:
        A float from 0 to 1: the fraction of places where the two agree.
    """
    return float(np.mean(y_pred == y_true))


# The worked example of the chapter: 0 cat, 1 dog, 2 frog.
TRUE = np.array([0, 0, 0, 1, 1, 2, 2, 2])
PREDICTED = np.array([0, 1, 1, 1, 1, 2, 0, 2])


def draw_answers(rng: np.random.Generator, n: int, c: int) -> dict[str, np.ndarray]:
    """Predictions and true labels of C classes: each class occurs in both, some more often, and
    both right and wrong predictions occur, in different numbers."""
    while True:
        y_true = np.minimum(rng.integers(0, c, size=n), rng.integers(0, c, size=n))
        right = rng.random(n) < 0.6
        y_pred = np.where(right, y_true, (y_true + rng.integers(1, c, size=n)) % c)
        table = np.zeros((c, c), dtype=int)
        np.add.at(table, (y_true, y_pred), 1)
        hits = np.trace(table)
        occurs = table.sum(axis=0).min() > 0 and table.sum(axis=1).min() > 0
        if occurs and 0 < hits < n and 2 * hits != n and not np.array_equal(table, table.T):
            return {"y_pred": y_pred, "y_true": y_true}


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the eight animals of the example", {"y_pred": PREDICTED, "y_true": TRUE})
    yield Case("several classes", draw_answers(rng, int(rng.integers(21, 29)), 4))
    yield Case("two classes", draw_answers(rng, 13, 2))
    wrong = rng.integers(0, 4, size=7)
    yield Case("all wrong", {"y_pred": (wrong + 1) % 5, "y_true": wrong}, edge=True)
    right = rng.integers(0, 4, size=9)
    yield Case("all right", {"y_pred": right.copy(), "y_true": right}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    small = draw_answers(rng, 19, 3)
    small["y_pred"] = small["y_pred"].astype(np.uint8)
    yield Case("predictions as uint8", small, edge=True)
    yield Case("a single prediction", {"y_pred": np.array([2]), "y_true": np.array([2])}, edge=True)
    yield Case("many", draw_answers(rng, 1001, 10), edge=True)
    # Of labels that differ by 256, one byte is the same.
    y_true = rng.integers(0, 700, size=30)
    y_pred = np.where(rng.random(30) < 0.5, y_true, y_true + 256).astype(np.int32)
    y_pred[:3] = y_true[:3] + np.array([0, 256, 256])
    yield Case("labels up to a thousand", {"y_pred": y_pred, "y_true": y_true}, edge=True)
    names = ("y_pred", "y_true")
    bytes_ = {name: draw_answers(rng, 23, 3)[name].astype(np.uint8) for name in names}
    yield Case("both as uint8", bytes_, edge=True)
    yield laid_out(**draw_answers(rng, 16, 3))


exercise.wrong_ways("""
count: You return how many are right; what is asked for is the fraction of all.
    - float(np.mean(
    + int(np.sum(

percent: You return percent; what is asked for is a number from 0 to 1.
    return 100 * reference(y_pred, y_true)

error-rate: You return how often the predictions are wrong.
    - ==
    + !=

whole-division: You return 1 where all predictions are right and 0
otherwise; what is asked for is the fraction that is right. To divide with // cuts it off as well:
use /.
    return int(np.sum(y_pred == y_true)) // len(y_true)

mean-over-classes: You took the accuracy of each class and then their mean, in which a rare class
counts as much as a frequent one; here every example counts the same.
    - y_pred == y_true
    + [np.mean(y_pred[y_true == c] == c) for c in np.unique(y_true)]

labels-as-numbers: You measured how far the labels are apart as numbers; label 2 is not closer to 3
than to 9, it is right or wrong.
    return 1 - float(np.mean(np.abs(y_pred.astype(int) - y_true)))

all-or-nothing: You return 1 where all predictions are right and 0
otherwise; what is asked for is the fraction that is right. To divide with // cuts it off as well:
use /.
    return float(np.all(y_pred == y_true))

order-lost: You compared how often each label occurs, not label by label: the order matters.
    return reference(np.sort(y_pred), np.sort(y_true))

how-many-as-a-float: You return how many are right; what is asked for is the fraction of all.
    - np.mean(
    + np.sum(

last-example-left-out: The last example is not counted: does your loop end one early?
    return float(np.sum(y_pred[:-1] == y_true[:-1]) / len(y_true))

all-pairs: You compared every prediction with every label, as a column (N, 1) and a row (N,) do:
compare the two place by place.
    - y_pred == y_true
    + y_pred[:, np.newaxis] == y_true

rounded: You rounded the fraction to two decimals; return it as it is.
    return round(reference(y_pred, y_true), 2)

return-in-the-loop: You give your result after the first pair: the `return` stands inside the loop
and belongs behind it.
    return float(y_pred[0] == y_true[0]) / len(y_true)
""")
