"""l2_distances_one_loop: distances of images, one test row at a time."""

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
def l2_distances_one_loop(X_test: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    """Euclidean distance from every test row to every training row, one test row at a time.

    The inputs are not changed, and uint8 values must not wrap around.

    Args:
        X_test: (num_test, D) uint8, integer or float64.
        X_train: (num_train, D), the same; num_test and num_train may differ.

    Returns:
        (num_test, num_train) float64, as `l2_distances_two_loops`.
    """
    distances = np.zeros((len(X_test), len(X_train)))
    for i in range(len(X_test)):
        differences = X_train - X_test[i].astype(np.float64)
        distances[i] = np.sqrt(np.sum(differences**2, axis=1))
    return distances


for scenario in SCENARIOS:
    exercise.scenario()(scenario)
exercise.cases(distance_cases)
exercise.hidden_cases(distance_hidden_cases)


exercise.wrong_ways("""
sums-everything: One number fills a whole row of your result: the sum ran over all training rows and
all features at once. It must run over the features alone (`axis=`).
    - , axis=1

sums-over-rows: Your sum ran down the training rows instead of along the features: the differences
have shape (num_train, D), and the sum over D must leave (num_train,).
    - axis=1
    + axis=0

a-number-for-each-feature: Your sum ran down the training rows instead of along the features, so
there is a number for each feature: the sum over D must leave one for each training row.
    return np.array([np.sqrt(np.sum((X_train - x) ** 2, axis=0)) for x in X_test.astype(float)])

squared: The square root is missing: these distances are squared.
    - np.sqrt(np.sum(differences**2, axis=1))
    + np.sum(differences**2, axis=1)

wraps: uint8 minus uint8 is again uint8 and wraps around below 0 and above 255: turn the rows into
float64 first.
    - .astype(np.float64)

converts-too-late: The difference has wrapped around in uint8 before it becomes float64: convert the
rows, then subtract.
    - np.sqrt(np.sum(differences**2, axis=1))
    + np.linalg.norm(differences, axis=1)
    - .astype(np.float64)

last-row-left-out: The last test row has no distances: does your loop end one row early?
    - range(len(X_test))
    + range(len(X_test) - 1)

one-test-row-for-all: All rows of your result are alike: the loop takes the same test row every
time.
    - X_test[i]
    + X_test[0]

squared-too-late: You added up the differences and squared the sum, so that too much here and too
little there cancel: square each difference, then add up.
    - np.sum(differences**2, axis=1)
    + np.sum(differences, axis=1) ** 2

manhattan: You add up the absolute differences, which is the Manhattan distance: square each
difference, add the squares up, and take one root of the sum.
    - np.sqrt(np.sum(differences**2, axis=1))
    + np.sum(np.abs(differences), axis=1)

mean-not-sum: You average the squared differences; a Euclidean distance adds them up.
    - np.sum(
    + np.mean(

differences-pile-up: You subtract every test row from what the one before it has left (`-=` does
that): start from the training rows themselves each time.
    - X_test[i].astype
    + X_test[: i + 1].sum(axis=0).astype
""")
exercise.wrong_ways(TYPES)
exercise.wrong_ways(INT16)
exercise.wrong_ways(SINGLE)
