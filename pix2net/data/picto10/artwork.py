"""Reads the drawings and background patches of ``data/picto10``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from pix2net import places

FOLDER = places.data("picto10")
CLASS_NAMES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip


@dataclass(frozen=True)
class Pack:
    """Drawings of one split.

    Attributes:
        images: (K, S, S, 4) uint8, colours times opacity, and opacity.
        labels: (K,) int64 classes, ascending.
        groups: (K,) int64: drawings of one number are one drawing in several renderings; no number
            stands in two splits.
        names: K names "set/drawing".
    """

    images: np.ndarray
    labels: np.ndarray
    groups: np.ndarray
    names: tuple[str, ...]


@dataclass(frozen=True)
class Bank:
    """Background patches: ``images`` is (kinds, P, S, S, 4) uint8, the fourth channel unused."""

    images: np.ndarray
    names: tuple[str, ...]


def pack_folder(split: str) -> Path:
    """Folder of the drawings of ``"train"`` or ``"test"``. Raises `ValueError` for another."""
    if split not in ("train", "test"):
        raise ValueError(f"there is no split {split!r}: choose train or test")
    return FOLDER / split


@cache
def read_pack(folder: Path) -> Pack:
    """The drawings in a folder of ``artwork.png`` and ``artwork.json``. Raises `OSError`."""
    listed = json.loads((folder / "artwork.json").read_text(encoding="utf-8"))
    atlas = _pixels(folder / "artwork.png", "RGBA")
    size, columns = listed["size"], listed["columns"]
    tiles = atlas.reshape(-1, size, columns, size, 4).swapaxes(1, 2).reshape(-1, size, size, 4)
    images = tiles[: len(listed["drawings"])].copy()
    opacity = images[..., 3:].astype(np.uint16)
    images[..., :3] = (images[..., :3] * opacity + 127) // 255
    labels = np.array([CLASS_NAMES.index(d["class"]) for d in listed["drawings"]])
    groups = np.array([d["group"] for d in listed["drawings"]])
    names = tuple(d["drawing"] for d in listed["drawings"])
    for array in (images, labels, groups):
        array.flags.writeable = False
    return Pack(images, labels, groups, names)


@cache
def read_bank() -> Bank:
    """The background patches. Raises `OSError`."""
    listed = json.loads((FOLDER / "backgrounds.json").read_text(encoding="utf-8"))
    sheet = _pixels(FOLDER / "backgrounds.png", "RGBA")
    size = listed["size"]
    images = sheet.reshape(len(listed["kinds"]), size, listed["patches"], size, 4).swapaxes(1, 2)
    images = np.ascontiguousarray(images)
    images.flags.writeable = False
    return Bank(images, tuple(listed["kinds"]))


def _pixels(path: Path, mode: str) -> np.ndarray:
    from PIL import Image

    with Image.open(path) as image:
        return np.asarray(image.convert(mode))
