"""l2_distances_two_loops: distances of images, one pair at a time."""

from __future__ import annotations

import numpy as np

from grader.exercises import ExerciseDefinition
from solutions.shared.neighbours import (
    INT16,
    SCENARIOS,
    TYPES,
    distance_cases,
    distance_hidden_cases,
)
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
def l2_distances_two_loops(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    """Euclidean distance from every test row to every training row, one pair at a time.

    The inputs are not changed, and uint8 values must not wrap around.

    Args:
        X_test: (num_test, D) uint8, integer or float64.
        X_train: (num_train, D), the same; num_test and num_train may differ.

    Returns:
        (num_test, num_train) float64: entry [i, j] is
        sqrt(sum over p of (X_test[i, p] - X_train[j, p]) ** 2).
    """
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        a = X_test[i].astype(np.float64)
        for j in range(len(X_train)):
            distances[i, j] = np.sqrt(np.sum((a - X_train[j]) ** 2))
    return distances


for scenario in SCENARIOS:
    exercise.scenario()(scenario)
exercise.cases(distance_cases)
exercise.hidden_cases(distance_hidden_cases)


exercise.wrong_ways("""
squared: These are squared distances: the square root is missing.
    - np.sqrt(np.sum((a - X_train[j]) ** 2))
    + np.sum((a - X_train[j]) ** 2)

manhattan: You add up the absolute differences, which is the Manhattan distance: square each
difference, add the squares up, and take one root of the sum.
    - np.sqrt(np.sum((a - X_train[j]) ** 2))
    + np.sum(np.abs(a - X_train[j]))

mean-not-sum: You average the squared differences; a Euclidean distance adds them up.
    - np.sum(
    + np.mean(

wraps: uint8 numbers wrap around when they are subtracted or squared (20 - 250 becomes 26): turn the
rows into float64 before you calculate with them.
    - .astype(np.float64)

converts-too-late: You turn the difference into float64, but by then it has already wrapped around:
convert the rows before you subtract (`np.linalg.norm` converts too late as well).
    - np.sqrt(np.sum((a - X_train[j]) ** 2))
    + np.linalg.norm(a - X_train[j])
    - .astype(np.float64)

rows-are-training: Rows and columns are swapped: row i belongs to test row i, column j to training
row j.
    return reference(X_train, X_test)

last-column-left-out: The last training row has no distances: does your inner loop end one row
early?
    - range(len(X_train))
    + range(len(X_train) - 1)

last-row-left-out: The last test row has no distances: does your outer loop end one row early?
    - range(len(X_test))
    + range(len(X_test) - 1)

last-row-and-column-left-out: The last test row and the last training row have no distances: do your
loops end one row early?
    - range(len(X_test))
    + range(len(X_test) - 1)
    - range(len(X_train))
    + range(len(X_train) - 1)

squared-too-late: You added up the differences and squared the sum, so that too much here and too
little there cancel: square each difference, then add up.
    - np.sum((a - X_train[j]) ** 2)
    + np.sum(a - X_train[j]) ** 2

test-row-with-itself: You took the same number for both rows: i counts the test rows, j the training
rows.
    - a - X_train[j]
    + a - X_train[min(i, len(X_train) - 1)]

sum-goes-on-along-a-row: Your sum goes on from one training row to the next, so the distances grow
along every row: set it back to 0 for every pair.
    return np.sqrt(np.cumsum(reference(X_test, X_train) ** 2, axis=1))

sum-goes-on: Your sum goes on from one pair to the next: set it back to 0 for every pair.
    distances = reference(X_test, X_train)
    return np.sqrt(np.cumsum(distances**2)).reshape(distances.shape)

differences-pile-up: You subtract every training row from what the one before it has left (`-=` does
that): start from the test row itself each time.
    - X_train[j]
    + X_train[: j + 1].sum(axis=0)

half-of-the-pairs: You compute the pairs with j > i alone; test rows and training rows are not the
same rows, so every pair has a distance of its own.
    return np.triu(reference(X_test, X_train), 1)
""")
exercise.wrong_ways(TYPES)
exercise.wrong_ways(INT16)
exercise.wrong_ways(SINGLE)
