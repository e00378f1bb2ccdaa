"""Images that no learner has seen, from drawings that stand in this package alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pix2net.data.picto10 import make

ARTWORK = Path(__file__).resolve().parents[1] / "capstone_artwork"
PER_CLASS = 200


def hidden_images(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Images (2000, 32, 32, 3) uint8 and their labels (2000,), 200 of each class of picto10."""
    drawn = make(PER_CLASS, rng, artwork=ARTWORK)
    return drawn.images, drawn.labels
