"""A subset of Fashion-MNIST: 28 x 28 grey photographs of clothes in ten classes.

5,000 training and 1,000 test images, 500 and 100 of each class. ``data/fashion_mnist/ORIGIN.md``
says where they come from; ``make_subset.py`` beside it made the files.
"""

from __future__ import annotations

import json

import numpy as np

from pix2net import places
from pix2net.data.dataset import Dataset

FOLDER = places.data("fashion_mnist")
SIDE = 28
CLASS_NAMES = (
    "T-shirt", "trouser", "pullover", "dress", "coat",
    "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip


def load() -> Dataset:
    """The subset; grey is repeated in the three channels, so images are (N, 28, 28, 3)."""
    labels = json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))
    return Dataset(
        "fashion_mnist",
        _images("train"),
        _digits(labels["train"]),
        _images("test"),
        _digits(labels["test"]),
        CLASS_NAMES,
    )


def _digits(text: str) -> np.ndarray:
    """(N,) int64 labels from a string of their digits."""
    return np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.int64) - ord("0")


def _images(split: str) -> np.ndarray:
    """(N, 28, 28, 3) uint8 images of a sheet on which they stand row after row."""
    from PIL import Image

    with Image.open(FOLDER / f"{split}.png") as picture:
        sheet = np.asarray(picture.convert("L"))
    columns = sheet.shape[1] // SIDE
    grey = sheet.reshape(-1, SIDE, columns, SIDE).swapaxes(1, 2).reshape(-1, SIDE, SIDE)
    return np.repeat(grey[..., None], 3, axis=3)
