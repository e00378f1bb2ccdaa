"""Drawings of networks: their units as dots, their weights as the lines in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STEP = 3.4  # from layer to layer, in units of the distance of two dots
RADIUS = 0.3


@styled
def network(
    sizes: Sequence[int],
    notes: Sequence[str],
    *,
    unit: tuple[int, int] | None = None,
    caption: str,
    alt: str,
) -> None:
    """Show a fully connected network from left to right, every unit and every weight.

    Args:
        sizes: how many units each layer has, the input first (2 to 8 each).
        notes: as many texts, below the layers.
        unit: (layer, number) of a unit whose incoming weights are drawn in colour: ``layer`` from
            1.
        caption, alt: as of `show`.
    """
    tallest = max(sizes)
    places = [
        np.array([(STEP * i, (size - 1) / 2 - k) for k in range(size)])
        for i, size in enumerate(sizes)
    ]
    fig, ax = figure(height=0.45 * tallest + 1.0)
    ax.set_axis_off()
    for i, (left, right) in enumerate(pairwise(places), start=1):
        for k, end in enumerate(right):
            _draw_weights(ax, left, end, marked=unit == (i, k))
    for i, layer in enumerate(places):
        for k, place in enumerate(layer):
            _draw_unit(ax, place, hidden=0 < i < len(sizes) - 1, marked=unit == (i, k))
        below = -(tallest - 1) / 2 - 0.75
        ax.text(STEP * i, below, notes[i], ha="center", va="top", fontsize=9)
    reach = (tallest - 1) / 2
    ax.set(xlim=(-1.7, STEP * (len(sizes) - 1) + 1.7), ylim=(-reach - 1.9, reach + 0.5))
    ax.set_aspect("equal")
    show(fig, caption=caption, alt=alt)


def _draw_weights(ax: Axes, left: np.ndarray, end: np.ndarray, *, marked: bool) -> None:
    color, width = (PALETTE["orange"], 2.0) if marked else (MUTED, 0.6)
    for start in left:
        x, y = zip(start, end, strict=True)
        ax.plot(x, y, color=color, linewidth=width, zorder=2 if marked else 1)


def _draw_unit(ax: Axes, place: np.ndarray, *, hidden: bool, marked: bool) -> None:
    """A dot; in a hidden layer with the bent line of a ReLU in it."""
    from matplotlib.patches import Circle

    x, y = float(place[0]), float(place[1])
    edge = PALETTE["orange"] if marked else INK
    ax.add_patch(Circle((x, y), RADIUS, facecolor="white", edgecolor=edge, linewidth=1.6, zorder=3))
    if hidden:
        bent = 0.55 * RADIUS
        ax.plot([x - bent, x, x + bent], [y - bent / 2, y - bent / 2, y + bent],
                color=PALETTE["blue"], linewidth=1.4, zorder=4)  # fmt: skip
