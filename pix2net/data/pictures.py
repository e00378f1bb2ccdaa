"""Single pictures: a photograph, a drawing with its opacity, a background."""

from __future__ import annotations

from functools import cache

import numpy as np

from pix2net import places
from pix2net.data.picto10.artwork import CLASS_NAMES, pack_folder, read_bank, read_pack
from pix2net.data.picto10.generator import SIDE, resized

PHOTO = places.data("photo") / "chelsea.png"


def photo() -> np.ndarray:
    """A photograph of a cat, (300, 451, 3) uint8 RGB; a fresh copy at each call."""
    return _photo().copy()


@cache
def _photo() -> np.ndarray:
    from PIL import Image

    with Image.open(PHOTO) as image:
        return np.asarray(image.convert("RGB"))


def sprite(class_name: str, index: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A drawing cut out of its background.

    Args:
        class_name: one of picto10's classes.
        index: which of the class's drawings; counts on from the first after the last.

    Returns:
        The colours (32, 32, 3) uint8 and the opacity (32, 32) float64, 0..1.

    Raises:
        ValueError: a class that is not known.
    """
    if class_name not in CLASS_NAMES:
        raise ValueError(f"there is no class {class_name!r}; there are: {', '.join(CLASS_NAMES)}")
    pack = read_pack(pack_folder("train"))
    own = np.flatnonzero(pack.labels == CLASS_NAMES.index(class_name))
    small = resized(pack.images[own[index % len(own)]])
    alpha = small[..., 3]
    solid = np.where(alpha > 0, alpha, 1)[..., None]
    colour = np.clip(np.floor(255 * small[..., :3] / solid + 0.5), 0, 255).astype(np.uint8)
    return colour, np.clip(alpha.astype(np.float64), 0, 1)


def background(kind: str, index: int = 0) -> np.ndarray:
    """A background, (32, 32, 3) uint8.

    Args:
        kind: one of picto10's ``background_names``.
        index: which of the kind's patches; counts on from the first after the last.

    Raises:
        ValueError: a kind that is not known.
    """
    bank = read_bank()
    if kind not in bank.names:
        raise ValueError(f"there is no background {kind!r}; there are: {', '.join(bank.names)}")
    patches = bank.images[bank.names.index(kind)]
    edge = (patches.shape[1] - SIDE) // 2
    return patches[index % len(patches)][edge : edge + SIDE, edge : edge + SIDE, :3].copy()
