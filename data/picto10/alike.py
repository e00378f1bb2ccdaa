"""Which drawings look alike, so that none of them may test what another one has taught."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

SIDE = 24  # drawings are compared at this size
SAME_OUTLINE = 0.955  # the part that two outlines share above which nothing else is asked
NEAR_OUTLINE, SAME_SHADES = 0.86, 0.6  # a nearly equal outline, and equal light and dark in it


def _seen(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Opacity and brightness on mid-grey, less that grey: (N, SIDE, SIDE) each."""
    values = images.astype(np.float64) / 255
    opacity = values[..., 3]
    shade = (values[..., :3] @ [0.299, 0.587, 0.114] - 0.5) * opacity
    step = images.shape[1] // SIDE
    small = (len(images), SIDE, step, SIDE, step)
    return opacity.reshape(small).mean(axis=(2, 4)), shade.reshape(small).mean(axis=(2, 4))


def alike(one: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Whether a drawing looks like each of some others, mirrored or not.

    Args:
        one: (S, S, 4) uint8 colours and opacity, S a multiple of SIDE.
        others: (N, S, S, 4) uint8.

    Returns:
        (N,) bool: the outlines are the same but for a few pixels; or they nearly are, and what
        is light and dark in one is so in the other.
    """
    (opacity,), (shade,) = _seen(one[None])
    found = np.zeros(len(others), dtype=bool)
    for opacities, shades in _both_ways(*_seen(others)):
        either = np.maximum(opacity, opacities)
        shared = np.minimum(opacity, opacities).sum(axis=(1, 2)) / either.sum(axis=(1, 2))
        near = (shared > NEAR_OUTLINE) & (_correlation(shade, shades, either) > SAME_SHADES)
        found |= (shared > SAME_OUTLINE) | near
    return found


def _both_ways(*maps: np.ndarray) -> Iterator[tuple[np.ndarray, ...]]:
    """Maps as they are, then mirrored."""
    yield maps
    yield tuple(m[:, :, ::-1] for m in maps)


def _correlation(one: np.ndarray, others: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(N,) how far brightness rises and falls together with that of others, where one is drawn."""
    area = weight.sum(axis=(1, 2), keepdims=True)
    a, b = ((m - m.sum(axis=(-2, -1), keepdims=True) / area) * weight for m in (one[None], others))
    squares = (a**2).sum(axis=(1, 2)) * (b**2).sum(axis=(1, 2))
    return np.asarray((a * b).sum(axis=(1, 2)) / (np.sqrt(squares) + 1e-12))


def families(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The family of each of ``count`` things, which the pairs join: its first member."""
    first = list(range(count))
    for pair in pairs:
        a, b = (first[i] for i in sorted(pair))
        first = [min(a, b) if f in (a, b) else f for f in first]
    return first
