"""fold_bias: weights and biases in one matrix."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.exercises import Case, ExerciseDefinition
from solutions.ch03_scores.linear_scores import B_EXAMPLE, W_EXAMPLE
from solutions.shared.calls import in_other_layouts, laid_out
from solutions.shared.precision import SINGLE

exercise = ExerciseDefinition(points=1)


@exercise.reference
def fold_bias(W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Join weights and biases into one matrix, so that b need not be added separately.

    Args:
        W: (C, D) float64 weights, one row per class.
        b: (C,) float64 biases.

    Returns:
        (C, D + 1) float64: row c is W[c] followed by b[c], so that
        append_ones(X) @ fold_bias(W, b).T equals linear_scores(X, W, b).
    """
    return np.column_stack([W, b])


def draw_weights(rng: np.random.Generator, c: int, d: int) -> dict[str, np.ndarray]:
    """Weights and biases for C classes and D features."""
    return {"W": rng.normal(size=(c, d)), "b": rng.normal(size=c)}


exercise.scenario()(in_other_layouts)


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("the weights of the worked example", {"W": W_EXAMPLE, "b": B_EXAMPLE})
    c, d = rng.choice([3, 4, 5, 6], size=2, replace=False)
    yield Case("several classes", draw_weights(rng, c, d))
    c = int(rng.integers(3, 6))
    yield Case("as many classes as features", draw_weights(rng, c, c))
    yield Case("a single class", draw_weights(rng, 1, 4), edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a single feature", draw_weights(rng, 5, 1), edge=True)
    yield Case("two classes, two features", draw_weights(rng, 2, 2), edge=True)
    for name, scale in (("tiny", 1e-12), ("huge", 1e9)):
        inputs = {key: scale * value for key, value in draw_weights(rng, 3, 4).items()}
        inputs["W"][1], inputs["b"][1:] = 0.0, 0.0
        yield Case(f"numbers that are {name}", inputs, edge=True, atol=0.0)
    equal = {"W": rng.normal(size=(4, 3)), "b": np.full(4, float(rng.normal()))}
    yield Case("equal biases", equal, edge=True)
    yield laid_out(**draw_weights(rng, 4, 3))


exercise.wrong_ways("""
bias-first: Your bias is the first column; append_ones puts its 1 last, so the bias must stand last
too.
    return np.column_stack([b, W])

bias-as-a-row: You put b below W as one more row, which would be one more class; each class's bias
belongs at the end of its own row.
    return np.vstack([W, b])

ones-instead-of-bias: You appended ones to W: the ones go to X, and W gets the numbers that they
pick up, b.
    return np.column_stack([W, np.ones(len(W))])

bias-added-to-weights: You added b to every weight of its class; it must stay a number of its own,
which only the appended 1 picks up.
    return W + b[:, None]

classes-across: You folded the transpose of W: the result keeps one row per class.
    return np.vstack([W.T, b])

bias-added-as-well: You appended b and added it to every weight of its class as well; the weights
stay as they are.
    return np.column_stack([W + b[:, None], b])

bias-subtracted: You appended b with a minus; the bias is added.
    return np.column_stack([W, -b])

strung-together: You strung all weights and then all biases together and cut rows from that, so they
are shifted: every row of W is followed by its own bias.
    return np.append(W, b).reshape(len(W), -1)

all-biases-in-each-row: Every row got all the biases; row c gets b[c] alone.
    return np.hstack([W, np.tile(b, (len(b), 1))])

last-weights-overwritten: You wrote the biases over the last weights; the result has one column more
than W.
    return np.column_stack([W[:, :-1], b])
""")
exercise.wrong_ways(SINGLE)
