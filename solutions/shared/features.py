"""Rows of features for the exercises that measure and scale them."""

from __future__ import annotations

import numpy as np

# The worked example of the chapter: four rooms, their area in m2 and their price in thousands.
ROOMS = np.array([[10.0, 200.0], [20.0, 100.0], [30.0, 400.0], [40.0, 300.0]])


def draw_rows(rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    """(n, d) float64 rows whose features have means and spreads of their own."""
    return rng.uniform(-8, 8, size=d) + rng.uniform(0.5, 6, size=d) * rng.normal(size=(n, d))
