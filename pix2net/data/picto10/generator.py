"""Draws images: artwork on backgrounds, with four knobs for what makes vision hard.

Only uniform random numbers and elementwise arithmetic are used, so that the same seed gives the
same images on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from pix2net.data.picto10.artwork import CLASS_NAMES, Pack, pack_folder, read_bank, read_pack

SIDE = 32
CHUNK = 500  # images at a time, to keep memory small
BLOCK = 25  # of them whose pixels are sampled at a time
Backgrounds = Literal["natural", "free", "tied", "swapped"]

# Where a class is mostly found, by background kind; the tie of the "natural" mixture.
HOME = {
    "airplane": "sky", "automobile": "gravel", "bird": "leaves", "cat": "brick",
    "deer": "meadow", "dog": "sand", "frog": "leaves", "horse": "meadow", "ship": "sea",
    "truck": "gravel",
}  # fmt: skip


@dataclass(frozen=True)
class Knobs:
    """The four challenges, each from 0 (none) to 1 (as in the default set) and beyond.

    Attributes:
        lighting: brightness, contrast and colour of drawing and picture.
        deformation: size, place, turn, shear and proportion.
        occlusion: how often, and how much of, the subject is hidden.
        home: in the "natural" mixture, how often a class stands where it is mostly found.
    """

    lighting: float = 1.0
    deformation: float = 1.0
    occlusion: float = 1.0
    home: float = 0.25


class Drawn(NamedTuple):
    """Images (N, 32, 32, 3) uint8; labels, background kinds and drawings, (N,) int64 each."""

    images: np.ndarray
    labels: np.ndarray
    backgrounds: np.ndarray
    groups: np.ndarray


def make(
    num_per_class: int,
    rng: np.random.Generator,
    *,
    split: str = "train",
    backgrounds: Backgrounds = "natural",
    knobs: Knobs = Knobs(),
    artwork: Path | None = None,
) -> Drawn:
    """Draw images of every class.

    Images of one drawing have its number, and no number stands for a drawing of "train" as well as
    for one of "test" or of other artwork.

    Args:
        num_per_class: how many of each of the 10 classes.
        rng: source of all that is random.
        split: whose artwork: "train" or "test"; they share no drawing.
        backgrounds: "natural": any kind, the class's home more often; "free": any kind alike;
            "tied": kind k for class k; "swapped": any kind but k for class k.
        knobs: how hard to make it.
        artwork: a folder of other artwork in place of the split's.

    Returns:
        Images (N, 32, 32, 3) uint8, N = 10 * num_per_class, in random order, and of each its label,
        its background kind and its drawing, (N,) int64.
    """
    pack = read_pack(artwork or pack_folder(split))
    labels = np.repeat(np.arange(len(CLASS_NAMES)), num_per_class)
    labels = labels[np.argsort(rng.random(len(labels)), kind="stable")]
    kinds = _kinds(labels, backgrounds, knobs, rng)
    parts = [
        _draw(labels[i : i + CHUNK], kinds[i : i + CHUNK], pack, knobs, rng)
        for i in range(0, len(labels), CHUNK)
    ]
    images, groups = zip(*parts, strict=True)
    return Drawn(np.concatenate(images), labels, kinds, np.concatenate(groups))


def _kinds(
    labels: np.ndarray, backgrounds: Backgrounds, knobs: Knobs, rng: np.random.Generator
) -> np.ndarray:
    """(N,) background kind of each image."""
    names = read_bank().names
    count = len(names)
    anywhere = (rng.random(len(labels)) * count).astype(np.int64)
    if backgrounds == "free":
        return anywhere
    if backgrounds == "tied":
        return labels % count
    if backgrounds == "swapped":
        return (labels + 1 + (rng.random(len(labels)) * (count - 1)).astype(np.int64)) % count
    if backgrounds == "natural":
        homes = np.array([names.index(HOME[name]) for name in CLASS_NAMES])[labels]
        return np.where(rng.random(len(labels)) < knobs.home, homes, anywhere)
    raise ValueError(
        f"there is no background mixture {backgrounds!r}: natural, free, tied, swapped"
    )


def _draw(
    labels: np.ndarray, kinds: np.ndarray, pack: Pack, knobs: Knobs, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(N, 32, 32, 3) uint8 images of some labels on some kinds of background; (N,) groups."""
    chosen = _chosen(labels, pack, rng)
    foreground = _placed(pack.images[chosen], knobs, rng)
    colour, alpha = _coloured(foreground, knobs, rng)
    ground = _grounds(kinds, knobs, rng)
    ground *= 1 - alpha
    picture = np.add(colour, ground, out=colour)
    picture = _occluded(picture, kinds, knobs, rng)
    picture = _lit(picture, knobs, rng)
    picture *= 255
    picture += 0.5
    rounded = np.clip(picture, 0, 255, out=picture).astype(np.uint8)  # which cuts: it rounds down
    return rounded, pack.groups[chosen]


def resized(drawing: np.ndarray, width: float = 28.0) -> np.ndarray:
    """One (S, S, 4) uint8 drawing in the middle of (32, 32, 4) float32, ``width`` pixels wide."""
    size = drawing.shape[0]
    offsets = (np.arange(SIDE, dtype=np.float32) - (SIDE - 1) / 2) * (size / width) + (size - 1) / 2
    x, y = np.broadcast_arrays(offsets[None, None, :], offsets[None, :, None])
    return _bilinear(np.ascontiguousarray(drawing)[None], x, y)[0]


def _chosen(labels: np.ndarray, pack: Pack, rng: np.random.Generator) -> np.ndarray:
    """(N,) positions in the pack: for each label a drawing of its class at random."""
    first = np.searchsorted(pack.labels, labels)
    number = np.searchsorted(pack.labels, labels, side="right") - first
    return first + (rng.random(len(labels)) * number).astype(np.int64)


def _between(
    low: float, high: float, shape: tuple[int, ...], rng: np.random.Generator
) -> np.ndarray:
    return (low + (high - low) * rng.random(shape)).astype(np.float32)


def _placed(drawings: np.ndarray, knobs: Knobs, rng: np.random.Generator) -> np.ndarray:
    """(N, 32, 32, 4) drawings turned, sheared, scaled and moved, sampled bilinearly."""
    n, size = drawings.shape[:2]
    amount = knobs.deformation
    width = 27 * (1 + amount * _between(-0.15, 0.1, (n,), rng))
    aspect = 1 + amount * _between(-0.1, 0.1, (n,), rng)
    angle = amount * _between(-0.18, 0.18, (n,), rng)
    shear = amount * _between(-0.12, 0.12, (n,), rng)
    mirror = np.where(rng.random(n) < 0.5, -1, 1).astype(np.float32)
    dx, dy = amount * _between(-2.2, 2.2, (2, n), rng)
    cos, sin = np.round(np.cos(angle), 5), np.round(np.sin(angle), 5)
    offsets = np.arange(SIDE, dtype=np.float32) - (SIDE - 1) / 2
    y = offsets[None, :, None] - dy[:, None, None]
    x = offsets[None, None, :] - dx[:, None, None]
    c, s = cos[:, None, None], sin[:, None, None]
    u, v = c * x + s * y, c * y - s * x
    scale = (size / width)[:, None, None]
    u = (u + shear[:, None, None] * v) * mirror[:, None, None] * scale
    v = v * scale * aspect[:, None, None]
    return _bilinear(drawings, u + (size - 1) / 2, v + (size - 1) / 2)


def _bilinear(images: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(N, h, w, 4) float32 samples of (N, S, S, 4) uint8 images at columns x and rows y.

    There is nothing outside an image. A pixel's four bytes are fetched as one number. Some images
    at a time, so that what is in between stays in the processor's cache.
    """
    total = np.zeros((*x.shape, 4), dtype=np.float32)
    for i in range(0, len(images), BLOCK):
        part = slice(i, i + BLOCK)
        _sample(images[part], x[part], y[part], total[part])
    return total


def _sample(images: np.ndarray, x: np.ndarray, y: np.ndarray, total: np.ndarray) -> None:
    """Add the samples to ``total``, which is 0."""
    n, size = images.shape[:2]
    inside = np.flatnonzero((x > 0) & (x < size - 1) & (y > 0) & (y < size - 1))
    image = (inside // (x.size // n)).astype(np.int32)
    x, y = x.reshape(-1)[inside], y.reshape(-1)[inside]
    left, top = x.astype(np.int32), y.astype(np.int32)
    fx, fy = x - left, y - top
    gx, gy = 1 - fx, 1 - fy
    pixels = images.view(np.uint32).reshape(-1)
    at = image * (size * size) + top * size + left
    found = np.zeros((len(at), 4), dtype=np.float32)
    for step, weight in ((0, gx * gy), (1, fx * gy), (size, gx * fy), (size + 1, fx * fy)):
        corner = pixels[at + step].view(np.uint8).reshape(-1, 4)
        found += weight.astype(np.float32)[:, None] * corner
    total.reshape(-1, 4)[inside] = found / np.float32(255)


def _coloured(
    foreground: np.ndarray, knobs: Knobs, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Colours (N, 32, 32, 3), times opacity (N, 32, 32, 1), with hue and brightness changed."""
    n = len(foreground)
    colour, alpha = foreground[..., :3], foreground[..., 3:]
    gain = 1 + knobs.lighting * _between(-0.25, 0.1, (n, 1, 1, 1), rng)
    tint = 1 + knobs.lighting * _between(-0.25, 0.25, (n, 1, 1, 3), rng)
    swap = rng.random(n) < 0.25 * knobs.lighting
    colour = np.ascontiguousarray(colour)
    colour[swap] = colour[swap, ..., ::-1]
    colour *= gain
    colour *= tint
    return np.clip(colour, 0, alpha, out=colour), alpha


def _grounds(
    kinds: np.ndarray,
    knobs: Knobs,
    rng: np.random.Generator,
    wanted: np.ndarray | slice = slice(None),
) -> np.ndarray:
    """(N, 32, 32, 3) float32 background crops, mirrored and dimmed at random.

    Args:
        wanted: the indices of those to make; random numbers are drawn for all.
    """
    bank = read_bank().images
    n, patches, size = len(kinds), bank.shape[1], bank.shape[2]
    patch = (rng.random(n) * patches).astype(np.int64)
    top, left = (rng.random((2, n)) * (size - SIDE + 1)).astype(np.int64)
    rows = top[:, None] + np.arange(SIDE)
    columns = left[:, None] + np.arange(SIDE)
    columns = np.where(rng.random((n, 1)) < 0.5, columns, columns[:, ::-1])
    gain = 1 + knobs.lighting * _between(-0.2, 0.2, (n, 1, 1, 1), rng)
    first = ((kinds * patches + patch) * size * size)[:, None, None]
    at = first[wanted] + rows[wanted, :, None] * size + columns[wanted, None, :]
    pixels = bank.view(np.uint32).reshape(-1)[at].view(np.uint8).reshape(-1, SIDE, SIDE, 4)
    crops = pixels[..., :3].astype(np.float32)
    crops /= np.float32(255)
    crops *= gain[wanted]
    return crops


def _occluded(
    picture: np.ndarray, kinds: np.ndarray, knobs: Knobs, rng: np.random.Generator
) -> np.ndarray:
    """The pictures, changed: with a patch of another background before some of them."""
    n = len(picture)
    hit = rng.random(n) < 0.2 * knobs.occlusion
    extent = _between(6, 6 + 5 * knobs.occlusion, (2, n), rng)
    centre = _between(6, SIDE - 6, (2, n), rng)
    grid = np.arange(SIDE, dtype=np.float32)
    rows = np.abs(grid[None] - centre[0][:, None]) < extent[0][:, None] / 2
    columns = np.abs(grid[None] - centre[1][:, None]) < extent[1][:, None] / 2
    other = (kinds + 1 + (rng.random(n) * 8).astype(np.int64)) % len(read_bank().names)
    some = np.flatnonzero(hit)
    hidden = rows[some, :, None] & columns[some, None, :]
    patches = _grounds(other, knobs, rng, some)
    picture[some] = np.where(hidden[..., None], patches, picture[some])
    return picture


def _lit(picture: np.ndarray, knobs: Knobs, rng: np.random.Generator) -> np.ndarray:
    """The pictures, changed: brighter or darker, more so from one side, with a little noise."""
    n = len(picture)
    gain = 1 + knobs.lighting * _between(-0.2, 0.2, (n, 1, 1, 1), rng)
    slope = knobs.lighting * _between(-0.2, 0.2, (n, 1, 1, 1), rng)
    across = ((np.arange(SIDE, dtype=np.float32) - (SIDE - 1) / 2) / SIDE)[None, None, :, None]
    noise = knobs.lighting * _between(-0.03, 0.03, picture.shape, rng)
    picture *= gain
    picture *= 1 + slope * across
    picture += noise
    return picture
