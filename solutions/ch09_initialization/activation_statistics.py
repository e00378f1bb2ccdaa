"""activation_statistics: what comes out of layer after layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from grader.exercises import Case, ExerciseDefinition

Statistics = list[tuple[float, float]]

exercise = ExerciseDefinition(points=3)


@exercise.reference
def activation_statistics(
    X: np.ndarray, weights: list[np.ndarray], activation: str
) -> list[tuple[float, float]]:
    """Send examples through the layers of a network and measure what each layer gives out.

    A layer multiplies what comes in by its weights and applies the activation, which goes into
    the next layer: h = f(h_before @ W.T). There are no biases.

    Args:
        X: (N, D) examples, the input of the first layer; float64, or integers.
        weights: one (units, inputs) float64 array for each layer, in order; the first
            has D inputs, each of the others as many as the layer before has units.
        activation: "tanh", "sigmoid" (1 / (1 + exp(-z))) or "relu" (max(0, z)), in every layer.

    Returns:
        A list with a tuple (mean, std) of floats for each layer: mean and (population) standard
        deviation of all its outputs together, over every example and every unit, after the
        activation. The input X itself has no entry.
    """
    functions: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(z, 0),
    }
    h, statistics = X, []
    for W in weights:
        h = functions[activation](h @ W.T)
        statistics.append((float(h.mean()), float(h.std())))
    return statistics


@exercise.scenario()
def proportions(
    activation_statistics: Callable[..., Statistics],
    X: np.ndarray,
    weights: list[np.ndarray],
    activation: str,
) -> Statistics:
    """The means, and the stds as parts of the first: between equal layers no N or N - 1 shows."""
    found = activation_statistics(X, weights, activation)
    pairs = isinstance(found, list) and all(np.shape(pair) == (2,) for pair in found)
    return [(mean, np.divide(std, found[0][1])) for mean, std in found] if pairs else found


# Every layer gives out so many numbers that dividing by one less of them for the std, which the
# course leaves open here, is within the tolerance.
LOOSE = 1e-3


def draw_network(
    rng: np.random.Generator, activation: str, sizes: list[int], n: int, gain: float = 1.3
) -> dict[str, Any]:
    """N examples off the origin, and layers of the given sizes (the first is that of the input)."""
    weights = [
        rng.normal(scale=gain / np.sqrt(a), size=(b, a)) + 0.3 / a for a, b in pairwise(sizes)
    ]
    X = rng.normal(0.4, 1.0, size=(n, sizes[0]))
    return {"X": X, "weights": weights, "activation": activation}


@exercise.cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    for activation in ("tanh", "sigmoid", "relu"):
        d = int(rng.integers(14, 18))
        square = draw_network(rng, activation, [d] * 4, 60)
        yield Case(f"{activation}, three layers of one size", square, rtol=LOOSE)
        sizes = [int(size) for size in rng.permutation([12, 15, 18])]
        uneven = draw_network(rng, activation, sizes, 60)
        yield Case(f"{activation}, layers of different sizes", uneven, rtol=LOOSE)
    exact = draw_network(rng, ("tanh", "sigmoid")[int(rng.integers(2))], [13] * 4, 60)
    yield Case(
        "means, and stds divided by that of the first layer, to more digits",
        exact,
        edge=True,
        scenario="proportions",
    )
    single = draw_network(rng, "tanh", [9, 20], 50)
    yield Case("a single layer", single, edge=True, rtol=LOOSE)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    deep = draw_network(rng, "relu", [12] * 9, 60)
    yield Case("eight layers", deep, edge=True, rtol=LOOSE)
    zeros = draw_network(rng, "sigmoid", [8, 15, 12], 60)
    zeros["weights"][0][:] = 0.0
    yield Case("weights of 0", zeros, edge=True, rtol=LOOSE)
    whole = draw_network(rng, "tanh", [8, 15, 12], 60, gain=0.2)
    whole["X"] = rng.integers(-4, 5, size=(60, 8))
    yield Case("inputs that are whole numbers", whole, edge=True, rtol=LOOSE)


exercise.wrong_ways("""
before-the-activation: You measured before the activation; what a layer gives out is what comes
after it.
    - h = functions[activation](h @ W.T)
    - statistics.append((float(h.mean()), float(h.std())))
    + z = h @ W.T
    + statistics.append((float(z.mean()), float(z.std())))
    + h = functions[activation](z)

activation-not-passed-on: You measured the right thing in the first layer, but passed on the numbers
from before the activation; the next layer gets what comes after it.
    - h = functions[activation](h @ W.T)
    + X = X @ W.T
    + h = functions[activation](X)

every-layer-sees-the-input: You gave X to every layer; each layer's input is the output of the one
before.
    - (h @ W.T)
    + (X @ W.T)

columns-as-units: You used the columns of the weights as units; a unit's weights are a row.
    - (h @ W.T)
    + (h @ W)

variance: Your second number is the variance; the standard deviation is its square root.
    - h.std()
    + h.var()

std-first: Your tuples are (std, mean); the mean comes first.
    - (float(h.mean()), float(h.std()))
    + (float(h.std()), float(h.mean()))

input-counted: Your list begins with the input X; only layers have an entry.
    - X, []
    + X, [(float(X.mean()), float(X.std()))]

last-layer-linear: You left the activation out in the last layer; here every layer has it.
    - h = functions[activation](h @ W.T)
    + h = h @ W.T if W is weights[-1] else functions[activation](h @ W.T)

mean-of-the-units-stds: You took the std of each unit and averaged; take one std over all outputs of
the layer.
    - h.std()
    + h.std(axis=0).mean()

one-per-unit: You returned a mean and a std for each unit; a layer has one of each, over all its
outputs.
    - (float(h.mean()), float(h.std()))
    + (h.mean(axis=0), h.std(axis=0))

always-tanh: You used tanh whatever activation says.
    - functions[activation]
    + np.tanh

sigmoid-with-the-wrong-sign: Your sigmoid falls where it should rise: look at the sign in the
exponent.
    - np.exp(-z)
    + np.exp(z)
""")
