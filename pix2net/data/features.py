"""Features that people thought up: the yardstick for a model that learns its own."""

from __future__ import annotations

import numpy as np

TINY = 1e-9  # keeps an image without any edge from dividing by 0


def edges(images: np.ndarray, squares: int = 8, directions: int = 6) -> np.ndarray:
    """Strength of the edges by square and direction, as chapter 00 has it.

    Args:
        images: (N, H, W, 3) of any number type.
        squares: into how many rows, and columns, of squares an image is divided.
        directions: how many directions are told apart.

    Returns:
        (N, squares * squares * directions) float64, each row of length 1.
    """
    grey = images.mean(axis=3)
    down, across = np.gradient(grey, axis=(1, 2))
    strength, angle = np.hypot(down, across), np.arctan2(down, across) % np.pi
    direction = np.minimum((angle / np.pi * directions).astype(int), directions - 1)
    row, column = (np.arange(size) * squares // size for size in grey.shape[1:])
    result = np.zeros((len(images), squares, squares, directions))
    for k in range(directions):
        along = strength * (direction == k)
        for i in range(squares):
            stripe = along[:, row == i].sum(axis=1)
            for j in range(squares):
                result[:, i, j, k] = stripe[:, column == j].sum(axis=1)
    rows = result.reshape(len(images), -1)
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + TINY))
