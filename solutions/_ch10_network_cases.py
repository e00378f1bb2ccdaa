"""Chapter 10, third part: networks and data on which a `DropoutMLP` is tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import solutions._ch10_network_holds  # what must hold
import solutions._ch10_network_trials  # noqa: F401  (what is done)
from grader.exercises import Case
from solutions._ch10_dropout import chapter, draw_seed
from solutions._ch10_network import DropoutMLP

WHAT_IS_KEPT = (
    "anything_dropped", "every_layer_drops", "no_example_lost", "units_dropped",
    "units_by_themselves", "unit_counts_vary", "scaled_once_a_layer",
)  # fmt: skip
WHAT_IS_DRAWN_FOR_A_BATCH = (
    "batch_drops_anything", "batch_the_right_way_round", "batch_dropped",
    "examples_by_themselves",
)  # fmt: skip
FITTING = (
    "penalty_fits", "last_layer_fits", "stopped_where_dropped", "passed_on_where_kept",
    "gradients_fit",
)  # fmt: skip


def draw_parameters(rng: np.random.Generator, sizes: list[int]) -> dict[str, np.ndarray]:
    """Weights and biases of ordinary size for layers of these sizes, none of them 0."""
    found: dict[str, np.ndarray] = {}
    for i in range(1, len(sizes)):
        found[f"W{i}"] = rng.normal(size=(sizes[i], sizes[i - 1])) / np.sqrt(sizes[i - 1])
        found[f"b{i}"] = rng.uniform(0.1, 0.5, size=sizes[i]) * rng.choice([-1, 1], size=sizes[i])
    return found


def draw_network(rng: np.random.Generator, n: int, *sizes: int) -> dict[str, Any]:
    """A network of these sizes, its parameters, and N labelled examples."""
    return {
        "layer_sizes": list(sizes), "seed": draw_seed(rng),
        "parameters": draw_parameters(rng, list(sizes)), "X": rng.normal(size=(n, sizes[0])),
        "y": rng.permutation(np.arange(n) % sizes[-1]),
    }  # fmt: skip


def draw_telling(rng: np.random.Generator, layers: int, drop_prob: float) -> dict[str, Any]:
    """One example, and weights with which a loss tells which of 8 units were kept.

    Every hidden unit gives 1. Unit j adds unit * 2**j to the score of class 0; the label is 1.
    """
    units, unit = 8, 0.01
    parameters = {"W1": np.ones((units, 1)), "b1": np.zeros(units)}
    for i in range(2, layers + 1):
        parameters |= {f"W{i}": np.eye(units), f"b{i}": np.zeros(units)}
    codes = np.stack([unit * 2.0 ** np.arange(units), np.zeros(units)])
    parameters |= {f"W{layers + 1}": codes, f"b{layers + 1}": np.zeros(2)}
    return {
        "layer_sizes": [1, *[units] * layers, 2], "parameters": parameters,
        "X": np.ones((1, 1)), "y": np.array([1]), "drop_prob": drop_prob,
        "seeds": [draw_seed(rng) for _ in range(150)], "unit": unit,
    }  # fmt: skip


def draw_batch(rng: np.random.Generator, drop_prob: float) -> dict[str, Any]:
    """25 examples, each with a feature of its own, and 30 hidden units that are never 0."""
    n, units, classes = 25, 30, 4
    parameters = draw_parameters(rng, [n, units, classes])
    parameters["W1"], parameters["b1"] = abs(parameters["W1"]), abs(parameters["b1"])
    return {
        "layer_sizes": [n, units, classes], "parameters": parameters,
        "X": np.diag(rng.uniform(0.5, 2.0, size=n)), "y": np.arange(n) % classes,
        "drop_prob": drop_prob, "seed": draw_seed(rng),
    }  # fmt: skip


def draw_nudged(rng: np.random.Generator, drop_prob: float, reg: float) -> dict[str, Any]:
    """A network whose units are all far from ReLU's kink, whichever of them are dropped."""
    sizes = [3, 5, 4, 3]
    network = draw_network(rng, 4, *sizes)
    parameters = network["parameters"]
    while abs(network["X"] @ parameters["W1"].T + parameters["b1"]).min() < 0.01:
        network["X"] = rng.normal(size=(4, sizes[0]))
    sign = np.array([1.0, 1.0, -1.0, 1.0])  # a row of one sign keeps its unit on one side of 0
    parameters["W2"] = sign[:, None] * (0.2 + abs(parameters["W2"]))
    parameters["b2"] = sign * abs(parameters["b2"])
    return {
        **{name: network[name] for name in ("layer_sizes", "parameters", "X", "y")},
        "drop_prob": drop_prob, "reg": reg, "seed": network["seed"], "step": 1e-5,
    }  # fmt: skip


def draw_one_nudged(rng: np.random.Generator, drop_prob: float) -> dict[str, Any]:
    """One example and 40 hidden units, all of them active unless they are dropped."""
    network = draw_network(rng, 1, 2, 40, 3)
    parameters = network["parameters"]
    for name in ("W1", "b1"):
        parameters[name] = 0.1 + abs(parameters[name])
    return {
        "layer_sizes": network["layer_sizes"], "parameters": parameters,
        "X": 0.1 + abs(network["X"]), "y": network["y"], "drop_prob": drop_prob, "reg": 0.0,
        "seed": network["seed"], "step": 1e-5,
    }  # fmt: skip


def draw_deciding(rng: np.random.Generator) -> dict[str, Any]:
    """A network with units enough that no two draws give the same loss."""
    network = draw_network(rng, 6, 4, 30, 3)
    names = ("layer_sizes", "parameters", "X", "y")
    seeds = [draw_seed(rng) for _ in range(4)]
    return {**{name: network[name] for name in names}, "drop_prob": 0.5, "seeds": seeds}


@chapter.cases(DropoutMLP)
def _(rng: np.random.Generator) -> Iterator[Case]:
    seeds = [draw_seed(rng) for _ in range(2)]
    new = {
        "layer_sizes": [30, 40, 20, 5], "drop_prob": 0.3, "reg": 0.7, "weight_scale": 0.05,
        "seeds": [*seeds, seeds[0]],
    }  # fmt: skip
    yield Case(
        "parameters of a new network", new, scenario="fresh", compare=False,
        properties=(
            "parameters_of_its_own", "biases_zero", "weights_scaled", "weights_normal",
            "drawn_from_rng",
        ),
    )  # fmt: skip
    yield Case(
        "no dropout: scores, labels, loss and gradients", draw_network(rng, 7, 5, 6, 4),
        scenario="plain_default",
    )  # fmt: skip
    plain = {**draw_network(rng, 5, 4, 6, 5, 3), "reg": 0.3}
    yield Case("no dropout, with a penalty, two hidden layers", plain, scenario="plain_step")
    used = {**draw_network(rng, 60, 5, 8, 3), "drop_prob": 0.6, "reg": 0.1}
    yield Case("scores and labels drop nothing", used, scenario="in_use")
    telling = draw_telling(rng, 1, float(rng.uniform(0.2, 0.35)))
    held_off = {"scenario": "one_example", "compare": False, "properties": WHAT_IS_KEPT}
    yield Case("one hidden layer: what is kept, and its scale", telling, **held_off)  # type: ignore[arg-type]
    telling = draw_telling(rng, 2, float(rng.uniform(0.2, 0.35)))
    yield Case("two hidden layers: what is kept, and its scale", telling, **held_off)  # type: ignore[arg-type]
    yield Case(
        "a batch: every example draws its own", draw_batch(rng, float(rng.uniform(0.25, 0.3))),
        scenario="one_batch", compare=False, properties=WHAT_IS_DRAWN_FOR_A_BATCH,
    )  # fmt: skip
    steps = {"scenario": "nudged", "compare": False, "properties": FITTING}
    one = draw_one_nudged(rng, 0.5)
    yield Case("dropout, one example: gradients against differences of the loss", one, **steps)  # type: ignore[arg-type]
    batch = draw_nudged(rng, 0.4, 0.05)
    yield Case("dropout, a batch, a penalty: gradients against differences", batch, **steps)  # type: ignore[arg-type]
    yield Case(
        "which generator decides", draw_deciding(rng), scenario="who_decides", compare=False,
        properties=(
            "given_generator_decides", "given_seed_matters", "generator_goes_on",
            "own_losses_repeat", "own_losses_move", "own_seed_matters", "no_global_numbers",
        ),
    )  # fmt: skip


@chapter.hidden_cases(DropoutMLP)
def _(rng: np.random.Generator) -> Iterator[Case]:
    one = {**draw_network(rng, 1, 4, 5, 3), "reg": 0.2}
    yield Case("a batch of one example", one, scenario="plain_step", edge=True)
    deep = draw_network(rng, 6, 4, 5, 5, 5, 4)
    new = {"layer_sizes": [40, 25, 3], "weight_scale": 0.01, "seed": draw_seed(rng)}
    yield Case(
        "parameters of a new network, by default", new, scenario="fresh_by_default",
        compare=False, properties=("biases_zero", "weights_scaled"), edge=True,
    )  # fmt: skip
    bare = draw_network(rng, 6, 4, 3)
    yield Case("no hidden layer", bare, scenario="plain_default", edge=True)
    yield Case("three hidden layers", deep, scenario="plain_default", edge=True)
    most = draw_telling(rng, 1, float(rng.uniform(0.65, 0.8)))
    yield Case(
        "most units dropped", most, scenario="one_example", compare=False, edge=True,
        properties=WHAT_IS_KEPT,
    )  # fmt: skip
