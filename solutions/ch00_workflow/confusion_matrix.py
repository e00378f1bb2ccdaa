"""confusion_matrix: which class was taken for which."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch00_workflow.accuracy import PREDICTED, TRUE, draw_answers
from solutions.shared.calls import in_other_layouts, laid_out

exercise = ExerciseDefinition(points=2)


@exercise.reference
def confusion_matrix(y_pred: np.ndarray, y_true: np.ndarray, num_classes: int) -> np.ndarray:
    """Count how often each class was taken for each class.

    Args:
        y_pred: (N,) integers in 0..C-1, the predicted labels.
        y_true: (N,) integers in 0..C-1, the true labels, in the same order.
        num_classes: C.

    Returns:
        (C, C) integers: entry [t, p] is the number of examples of class t that were predicted to be
        of class p. So rows are true classes and columns are predicted ones.
    """
    table = np.zeros((num_classes, num_classes), dtype=np.int64)
    np.add.at(table, (y_true, y_pred), 1)  # unlike +=, it counts a place as often as it is listed
    return table


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    example = {"y_pred": PREDICTED, "y_true": TRUE, "num_classes": 3}
    yield Case("the eight animals of the example", example)
    c = int(rng.integers(4, 6))
    yield Case("several classes", {**draw_answers(rng, 40, c), "num_classes": c})
    yield Case("two classes", {**draw_answers(rng, 17, 2), "num_classes": 2})
    never = draw_answers(rng, 30, 4)
    never["y_pred"] = np.where(never["y_pred"] == 3, 0, never["y_pred"])
    yield Case("a class that is never predicted", {**never, "num_classes": 4}, edge=True)
    yield Case("twenty classes", {**draw_answers(rng, 90, 20), "num_classes": 20}, edge=True)
    part = {**draw_answers(rng, 25, 3), "num_classes": 5}
    yield Case("classes that do not occur", part, edge=True)
    crowd = {**draw_answers(rng, 1200, 2), "num_classes": 2}
    yield Case("more than 255 examples in one place", crowd, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    right = rng.permutation(np.arange(9) % 3)
    alike = {"y_pred": right.copy(), "y_true": right, "num_classes": 3}
    yield Case("all right", alike, edge=True)
    yield Case("many", {**draw_answers(rng, 1500, 10), "num_classes": 10}, edge=True)
    answers = draw_answers(rng, 60, 10)
    small = {"y_pred": answers["y_pred"].astype(np.uint8), "y_true": answers["y_true"]}
    small["y_true"] = small["y_true"].astype(np.int32)
    yield Case("labels as uint8 and as int32", {**small, "num_classes": 10}, edge=True)
    small = {name: labels.astype(np.uint8) for name, labels in draw_answers(rng, 30, 4).items()}
    small["y_pred"] = small["y_pred"].astype(np.int32)
    yield Case("labels as int32 and as uint8", {**small, "num_classes": 4}, edge=True)
    alone = {"y_pred": np.array([0]), "y_true": np.array([1]), "num_classes": 2}
    yield Case("a single example", alone, edge=True)
    zeros = np.zeros(6, dtype=np.int64)
    one = {"y_pred": zeros, "y_true": zeros.copy(), "num_classes": 1}
    yield Case("a single class", one, edge=True)
    yield laid_out(**draw_answers(rng, 26, 3), num_classes=3)


exercise.wrong_ways("""
rows-and-columns-swapped: Your rows are the predicted classes, your columns the true ones; it is the
other way round.
    return reference(y_true, y_pred, num_classes)

each-place-once: Places that occur several times were counted once: table[rows, columns] += 1 adds
to each place once, however often it is listed.
    - np.add.at(table, (y_true, y_pred), 1)
    + table[y_true, y_pred] += 1

fractions: You return the fraction of each true class; the entries are counts, which are integers.
    - return table
    + return table / np.maximum(1, table.sum(axis=1, keepdims=True))

counts-as-floats: The counts are right, but stored as floats: make the table with an integer dtype.
    - np.int64
    + np.float64

right-ones-alone: You counted the right predictions alone; the mistakes belong beside the diagonal.
    - return table
    + return np.diag(np.diag(table))

mistakes-alone: You counted the mistakes alone; the right predictions belong on the diagonal.
    - return table
    + return table - np.diag(np.diag(table))

both-ways: You counted every mistake twice, as cat for dog and as dog for cat: only one happened.
    - return table
    + return table + table.T - np.diag(np.diag(table))

labels-that-occur: Your table has a row and a column for the labels that occur; it needs num_classes
of them, also where a class is missing from these examples.
    return reference(y_pred, y_true, 1 + max(int(y_pred.max()), int(y_true.max())))

last-example-left-out: The last example is not counted: does your loop end one early?
    return reference(y_pred[:-1], y_true[:-1], num_classes)

bins-from-the-labels: np.histogram2d cuts its bins between the smallest and the largest label that
occur, unless it is told a range: where the first or the last class is missing, counts land in other
places.
    return np.histogram2d(y_true, y_pred, num_classes)[0].astype(np.int64)

counts-wrapped: Your counts start again at 0 after 255, since they are uint8: count in larger
integers.
    - return table
    + return table.astype(np.uint8)

either-of-the-two: You counted the examples of class t together with those predicted to be of class
p; both must hold: use `and`, or & between arrays.
    - return table
    + return table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table

count-goes-on: Your count goes on from one place of the table to the next: set it back to 0 for each
of them.
    - return table
    + return np.cumsum(table).reshape(table.shape)

one-row-many-times: All rows of your matrix are one and the same list (`[[0] * n] * n` holds one
list n times): make a new one for every row.
    return np.tile(reference(y_pred, y_true, num_classes).sum(axis=0), (num_classes, 1))
""")
