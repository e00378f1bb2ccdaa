"""Networks some of whose units are dropped, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACROSS = 2.2  # from layer to layer, in units of the distance of two dots


@styled
def thinned(
    panels: Mapping[str, Sequence[np.ndarray]],
    *,
    inputs: int,
    outputs: int,
    caption: str,
    alt: str,
) -> None:
    """Show a network several times, each time with some of its hidden units dropped.

    Args:
        panels: title -> for each hidden layer (U,) booleans: whether a unit was kept (U up to 8).
        inputs, outputs: how many units the first and the last layer have; these are never dropped.
        caption, alt: as of `show`.
    """
    fig, axes = figure(1, len(panels), height=2.5, squeeze=False)
    for ax, (title, hidden) in zip(axes[0], panels.items(), strict=True):
        kept = [np.ones(inputs, bool), *(np.asarray(h, bool) for h in hidden)]
        kept.append(np.ones(outputs, bool))
        _draw(ax, kept)
        ax.set_title(title, fontsize=9)
    show(fig, caption=caption, alt=alt)


def _draw(ax: Axes, kept: Sequence[np.ndarray]) -> None:
    """Draw layers from left to right; lines run between kept units alone."""
    tallest = max(len(layer) for layer in kept)
    heights = [(len(layer) - 1) / 2 - np.arange(len(layer)) for layer in kept]
    for i, (left, right) in enumerate(pairwise(kept)):
        for j in np.flatnonzero(left):
            for k in np.flatnonzero(right):
                ends = [heights[i][j], heights[i + 1][k]]
                ax.plot([ACROSS * i, ACROSS * (i + 1)], ends, color=MUTED, linewidth=0.6, zorder=1)
    for i, layer in enumerate(kept):
        for height, stays in zip(heights[i], layer, strict=True):
            _draw_unit(ax, ACROSS * i, float(height), bool(stays))
    ax.set_axis_off()
    ax.set(xlim=(-0.6, ACROSS * (len(kept) - 1) + 0.6), ylim=(-tallest / 2, tallest / 2))
    ax.set_aspect("equal")


def _draw_unit(ax: Axes, x: float, y: float, stays: bool) -> None:
    from matplotlib.patches import Circle

    edge, style = (INK, "-") if stays else (MUTED, ":")
    face = PALETTE["sky"] if stays else "white"
    ax.add_patch(
        Circle((x, y), 0.32, facecolor=face, edgecolor=edge, linestyle=style, linewidth=1.3,
               zorder=2)
    )  # fmt: skip
    if not stays:
        ax.plot([x], [y], "x", color=PALETTE["vermilion"], markersize=7, zorder=3)
