"""What the layers of chapter 13 share: inputs of both passes."""

from __future__ import annotations

from typing import Any

import numpy as np


def draw_units(rng: np.random.Generator, n: int, d: int) -> dict[str, Any]:
    """Numbers x of each unit around a mean and with a spread of its own, with gamma and beta."""
    spread = rng.uniform(0.5, 3.0, size=d)
    return {
        "x": rng.uniform(-4, 4, size=d) + spread * rng.normal(size=(n, d)),
        "gamma": rng.uniform(0.5, 2.0, size=d) * rng.choice([-1.0, 1.0], size=d),
        "beta": rng.uniform(-2, 2, size=d),
    }


def draw_running(rng: np.random.Generator, d: int) -> dict[str, np.ndarray]:
    """Running statistics of d units, unlike those of any batch."""
    return {"mean": rng.uniform(-4, 4, size=d), "var": rng.uniform(0.3, 6.0, size=d)}


def at_the_start(d: int) -> dict[str, np.ndarray]:
    """Running statistics before the first batch."""
    return {"mean": np.zeros(d), "var": np.ones(d)}


def of_all_sizes(rng: np.random.Generator) -> dict[str, Any]:
    """Units whose numbers, gammas and betas are 0, tiny, ordinary or huge, some of them equal."""
    units = draw_units(rng, 5, 6)
    units["x"] *= np.array([0.0, 2e-12, 1.0, 1.0, 3e4, 3e5])
    units["x"][1] = units["x"][0]
    units["x"][:, 3] = units["x"][:, 2]
    units["gamma"] *= rng.permutation([0.0, 0.0, 3e-12, 1.0, 1.0, 2e4])
    units["beta"] = rng.uniform(0.5, 2.0, size=6) * rng.permutation([0.0, 0.0, 2e-12, 1, -1, 1e4])
    return units


def far_from_0(rng: np.random.Generator, n: int, d: int) -> dict[str, Any]:
    """Numbers near 10,000 that differ by a few.

    The mean of their squares less the square of their mean keeps half of the digits.
    """
    units = draw_units(rng, n, d)
    return {**units, "x": 1e4 + units["x"]}
