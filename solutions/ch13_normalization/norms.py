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
