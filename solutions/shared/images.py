"""How cases draw images, and factors with which ways of rounding agree."""

from __future__ import annotations

import numpy as np

# Factors and alphas are whole numbers over this prime. Then k / PARTS times a whole number is
# never an exact half, on which ways of rounding differ, nor closer to one than 1 / (2 * PARTS).
PARTS = 97


def draw_image(
    rng: np.random.Generator, height: int, width: int, low: int = 0, high: int = 255
) -> np.ndarray:
    """A random (height, width, 3) uint8 image with values from low to high, both included."""
    return rng.integers(low, high + 1, (height, width, 3), dtype=np.uint8)


def draw_size(rng: np.random.Generator) -> tuple[int, int]:
    """A height and a width from 5 to 9, never the same: a swap of the two shows."""
    height, width = rng.permutation(np.arange(5, 10))[:2]
    return int(height), int(width)
