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
def statistics_in_other_layouts(
    activation_statistics: Callable[..., Statistics],
    X: np.ndarray,
    weights: list[np.ndarray],
    activation: str,
) -> list[Statistics]:
    """Statistics of arrays that lie column by column, and of read-only windows onto larger ones."""
    found = []
    for way in ("column by column", "windows"):
        given = [np.array(array, order="F") for array in (X, *weights)]
        if way == "windows":
            given = [np.repeat(array, 2, axis=1)[:, ::2] for array in (X, *weights)]
            for array in given:
                array.flags.writeable = False
        found.append(activation_statistics(given[0], given[1:], activation))
    return found


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
        yield Case(f"{activation}, three layers of one size", square)
        sizes = [int(size) for size in rng.permutation([12, 15, 18])]
        uneven = draw_network(rng, activation, sizes, 60)
        yield Case(f"{activation}, layers of different sizes", uneven)
    single = draw_network(rng, "tanh", [9, 20], 50)
    yield Case("a single layer", single, edge=True)


@exercise.hidden_cases
def _(rng: np.random.Generator) -> Iterator[Case]:
    deep = draw_network(rng, "relu", [12] * 9, 60)
    yield Case("eight layers", deep, edge=True)
    zeros = draw_network(rng, "sigmoid", [8, 15, 12], 60)
    zeros["weights"][0][:] = 0.0
    yield Case("weights of 0", zeros, edge=True)
    whole = draw_network(rng, "tanh", [8, 15, 12], 60, gain=0.2)
    whole["X"] = rng.integers(-4, 5, size=(60, 8))
    yield Case("inputs that are whole numbers", whole, edge=True)
    for dtype in (np.uint8, np.int32):
        typed = draw_network(rng, "relu", [8, 15, 12], 60, gain=0.05)
        typed["X"] = rng.integers(0, 200, size=(60, 8)).astype(dtype)
        yield Case(f"inputs as {dtype.__name__}", typed, edge=True)
    row = draw_network(rng, "tanh", [7, 9, 8], 1)
    yield Case("a single example", row, edge=True)
    for activation in ("sigmoid", "relu"):
        thin = draw_network(rng, activation, [5, 1, 4], 9)
        yield Case(f"{activation}, a layer of a single unit", thin, edge=True)
    dot = draw_network(rng, "tanh", [3, 1], 1)
    yield Case("a single number out of the network", dot, edge=True)
    sizes = draw_network(rng, "tanh", [6, 9, 8], 20)
    sizes["X"][:, :3] *= [0.0, 2e-12, 3e5]
    sizes["X"][:4], sizes["X"][4] = sizes["X"][4], 0.0
    sizes["weights"][0][:, 2] /= 3e5
    sizes["weights"][1][0] *= 1e-13
    yield Case("inputs and weights of all sizes", sizes, edge=True)
    grown = draw_network(rng, "relu", [6, 9, 8], 20, gain=3e4)
    yield Case("relu, huge weights", grown, edge=True)
    layouts: dict[str, Any] = {"scenario": "statistics_in_other_layouts", "edge": True}
    inputs = draw_network(rng, "sigmoid", [6, 9, 8], 20)
    yield Case("arrays in other memory layouts", inputs, **layouts)


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

divided-by-n-minus-1: Your std divides by one less than the count (`ddof=1`, and the functions of
other libraries do that); the population standard deviation divides by the count.
    - h.std()
    + h.std(ddof=1 if h.size > 1 else 0)

two-lists: You give two lists, of means and of stds; give one list with a pair (mean, std) for each
layer.
    pairs = reference(X, weights, activation)
    return [mean for mean, _ in pairs], [std for _, std in pairs]

last-layer-alone: You give the last layer's numbers alone: append to the list in every layer.
    - return statistics
    + return statistics[-1:]

one-pair: You give one pair for the whole network; give a list with a pair for each layer.
    - return statistics
    + return statistics[-1]

std-of-the-means: Your second number is the spread of the units' means; take one std over all
outputs of the layer.
    - h.std()
    + h.mean(axis=0).std()

always-relu: You used relu whatever activation says.
    - functions[activation]
    + functions["relu"]

always-sigmoid: You used the sigmoid whatever activation says.
    - functions[activation]
    + functions["sigmoid"]

leaky: Your relu lets a part of what is negative through; relu is max(0, z).
    - np.maximum(z, 0)
    + np.maximum(z, 0.01 * z)

relu-of-the-absolute: Your relu turns negative numbers round; it makes them 0.
    - np.maximum(z, 0)
    + np.abs(z)

ones-appended: Your layers have a bias of 1; there are none here.
    - (h @ W.T)
    + (h @ W.T + 1.0)

spread-around-zero: Your std measures distances from 0; what counts is the distance from the mean.
    - h.std()
    + np.sqrt((h * h).mean())

standardized-between: You standardise what goes into the next layer; hand it on as it is.
    - statistics.append((float(h.mean()), float(h.std())))
    + statistics.append((float(h.mean()), float(h.std())))
    + h = (h - h.mean()) / max(h.std(), 1e-12)

single-precision: Your numbers agree in seven digits and no further: somewhere on the way they were
float32. Compute in float64, which keeps sixteen.
    weights = [W.astype(np.float32) for W in weights]
    return reference(X.astype(np.float32), weights, activation)

mean-of-the-sizes: Your mean takes the numbers without their signs; outputs of tanh lie on both
sides of 0, and so may their mean.
    - h.mean()
    + np.abs(h).mean()

last-layer-missing: Your list lacks the last layer: every layer has an entry.
    - in weights:
    + in weights[:-1]:
""")
