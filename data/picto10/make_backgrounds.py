"""Cuts and draws the background patches that are committed beside this file.

A tool for maintainers: ``python data/picto10/make_backgrounds.py PHOTOS``, where PHOTOS holds the
photographs that `ARTWORK.md` lists.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

PATCH = 40  # pixels of a background patch's side
PATCHES = 24  # of each kind
HERE = Path(__file__).parent

# Photograph, box (left, top, right, bottom, in parts of the whole), side of a patch in pixels.
PHOTOS: dict[str, list[tuple[str, tuple[float, float, float, float], int]]] = {
    "sky": [("Bridge_by_Sander_Klootwijk.jpg", (0.15, 0.0, 0.45, 0.6), 500),
            ("picosdeeuropa_by_Aitzol_Berasategi.jpg", (0.3, 0.0, 1.0, 0.3), 300)],
    "leaves": [("Dragonfly_by_Bolly.jpg", (0.0, 0.0, 1.0, 1.0), 500),
               ("life_by_Aitzol_Berasategi.jpg", (0.0, 0.0, 1.0, 1.0), 500)],
    "meadow": [("aitzgorri_by_Aitzol_Berasategi.jpg", (0.0, 0.68, 1.0, 1.0), 300),
               ("grass.png", (0, 0, 1, 1), 128)],
    "mountain": [("picosdeeuropa_by_Aitzol_Berasategi.jpg", (0.0, 0.3, 1.0, 1.0), 500),
                 ("aitzgorri_by_Aitzol_Berasategi.jpg", (0.0, 0.1, 1.0, 0.6), 500)],
    "evening": [("sunset_by_Aitzol_Berasategi.jpg", (0.0, 0.0, 1.0, 0.7), 600)],
    "brick": [("brick.png", (0, 0, 1, 1), 160)],
    "gravel": [("gravel.png", (0, 0, 1, 1), 128)],
    "stars": [("hubble_deep_field.jpg", (0, 0, 1, 1), 160)],
}  # fmt: skip
TINTS = {"brick.png": (1.25, 0.75, 0.6), "grass.png": (0.75, 1.15, 0.5), "gravel.png": (1, 1, 1)}
DRAWN = ("sea", "sand")


def photographed(kind: str, photos: Path, rng: np.random.Generator) -> list[np.ndarray]:
    """PATCHES patches of a kind, (PATCH, PATCH, 3) uint8 each, cut from photographs."""
    patches = []
    for i in range(PATCHES):
        name, (left, top, right, bottom), side = PHOTOS[kind][i % len(PHOTOS[kind])]
        photo = Image.open(photos / name).convert("RGB")
        width, height = photo.size
        x0, y0 = int(left * width), int(top * height)
        x1, y1 = int(right * width), int(bottom * height)
        side = min(side, x1 - x0, y1 - y0)
        x = x0 + int(rng.random() * (x1 - x0 - side))
        y = y0 + int(rng.random() * (y1 - y0 - side))
        patch = photo.crop((x, y, x + side, y + side)).resize(
            (PATCH, PATCH), Image.Resampling.LANCZOS
        )
        tint = np.array(TINTS.get(name, (1, 1, 1)))
        patches.append(np.clip(np.asarray(patch) * tint, 0, 255).astype(np.uint8))
    return patches


def drawn(kind: str, rng: np.random.Generator) -> list[np.ndarray]:
    """PATCHES patches of a drawn kind: waves on water, ripples of sand."""
    y, x = np.mgrid[0:PATCH, 0:PATCH] / PATCH
    patches = []
    for _ in range(PATCHES):
        phase, tilt, waves = 6.3 * rng.random(), 2 * rng.random() - 1, 3 + 5 * rng.random()
        ripple = np.sin(6.3 * waves * (y + 0.15 * tilt * np.sin(6.3 * x + phase)) + phase)
        grain = rng.random((PATCH, PATCH)) - 0.5
        low, high = (
            ((20, 70, 130), (90, 160, 200)) if kind == "sea" else ((190, 150, 95), (235, 205, 150))
        )
        share = np.clip(0.5 + 0.25 * ripple + 0.3 * grain + 0.3 * (y - 0.5), 0, 1)[..., None]
        patches.append((np.array(low) + share * (np.array(high) - low)).astype(np.uint8))
    return patches


def main(photos: Path) -> None:
    """Write the patches."""
    rng = np.random.default_rng(10)
    kinds = [*PHOTOS, *DRAWN]
    bank = [photographed(k, photos, rng) if k in PHOTOS else drawn(k, rng) for k in kinds]
    sheet = np.concatenate([np.concatenate(row, axis=1) for row in bank], axis=0)
    Image.fromarray(sheet).save(HERE / "backgrounds.png", optimize=True)
    text = json.dumps({"size": PATCH, "kinds": kinds, "patches": PATCHES}, indent=1)
    (HERE / "backgrounds.json").write_text(text + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
