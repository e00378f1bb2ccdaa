"""append_ones: one feature more, which is always 1."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch03_scores.linear_scores import X_EXAMPLE
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
def append_ones(X: np.ndarray) -> np.ndarray:
    """Give every example one more feature, which is always 1.

    Args:
        X: (N, D) float64 examples, one per row. X itself must not change.

    Returns:
        (N, D + 1) float64: the rows of X, each with a 1 as its last entry.
    """
    return np.hstack([X, np.ones((len(X), 1))])


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the two images of the worked example", {"X": X_EXAMPLE})
    n, d = rng.choice([3, 4, 5, 6], size=2, replace=False)
    yield Case("several examples", {"X": rng.normal(size=(n, d))})
    n = int(rng.integers(3, 6))
    yield Case("as many examples as features", {"X": rng.normal(size=(n, n))})
    yield Case("a single example", {"X": rng.normal(size=(1, 4))}, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single feature", {"X": rng.normal(size=(5, 1))}, edge=True)
    twice = np.hstack([rng.normal(size=(4, 3)), np.ones((4, 1))])
    yield Case("a feature that is 1 already", {"X": twice}, edge=True)
    for name, scale in (("tiny", 1e-12), ("huge", 1e9)):
        X = scale * rng.normal(size=(3, 4))
        X[1, 1:] = 0.0
        yield Case(f"numbers that are {name}", {"X": X}, edge=True)
    yield laid_out(X=rng.normal(size=(4, 3)))


exercise.wrong_ways("""
ones-first: Your ones are the first column; they belong at the end, where the bias will stand in W.
    return np.hstack([np.ones((len(X), 1)), X])

a-row-of-ones: You added a row, which is one more example; what is needed is one more feature, so a
column.
    return np.vstack([X, np.ones((1, X.shape[1]))])

zeros: You appended zeros: then the bias is multiplied by 0 and has no say.
    return np.pad(X, ((0, 0), (0, 1)))

flattened: Your result is one long row of numbers: joined without an axis, an array is flattened
first.
    return np.append(X, np.ones((len(X), 1)))

last-feature-overwritten: You wrote the ones over the last feature; the result has one column more
than X.
    return np.hstack([X[:, :-1], np.ones((len(X), 1))])

decimals-cut: The features have lost their decimals: the array for the result must be float64.
    return reference(np.trunc(X))

dealt-out-anew: The numbers of X were dealt out anew into longer rows (np.resize does that), so that
all rows but the first are shifted: each row of X fills the start of one row.
    longer = np.resize(X, (len(X), X.shape[1] + 1))
    longer[:, -1] = 1.0
    return longer
""")
exercise.wrong_ways(SINGLE)
