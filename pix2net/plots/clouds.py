"""Clouds of points: how far they spread, along the axes and along any other direction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ARROWS = ("vermilion", "green")  # colours of PALETTE, for the first arrow and the second


@styled
def clouds(
    panels: Mapping[str, np.ndarray],
    *,
    axes_names: Mapping[str, tuple[str, str]],
    marked: np.ndarray | None = None,
    arrows: Mapping[str, np.ndarray] | None = None,
    caption: str,
    alt: str,
) -> None:
    """Show clouds of points side by side, each in a square window around it, with the zero lines.

    Args:
        panels: title -> (N, 2) points.
        axes_names: title -> what is measured along each axis.
        marked: positions of a few points that are drawn larger in every panel, so that they are
            found again (default: none).
        arrows: title -> (K, 2) ends of arrows that start at 0, the k-th in the same colour in every
            panel (default: none).
        caption, alt: as of `show`.
    """
    count = len(panels)
    side = WIDTH / max(count, 2)
    fig, axes = figure(1, count, width=side * count, height=side + 0.4, squeeze=False)
    for ax, (title, points) in zip(axes[0], panels.items(), strict=True):
        set_window(ax, points)
        ax.axhline(0, color=MUTED, linewidth=0.8, zorder=0)
        ax.axvline(0, color=MUTED, linewidth=0.8, zorder=0)
        ax.scatter(points[:, 0], points[:, 1], s=5, alpha=0.45, color=PALETTE["blue"])
        if marked is not None:
            chosen = points[marked]
            ax.scatter(
                chosen[:, 0], chosen[:, 1], s=42, color=PALETTE["orange"], edgecolor=INK, zorder=3
            )
        for tip, colour in zip((arrows or {}).get(title, ()), ARROWS, strict=False):
            shaft = {"arrowstyle": "-|>", "color": PALETTE[colour], "linewidth": 2.2}
            ax.annotate("", tip, (0, 0), arrowprops={**shaft, "shrinkA": 0, "shrinkB": 0}, zorder=4)
        ax.set(title=title, xlabel=axes_names[title][0], ylabel=axes_names[title][1])
    show(fig, caption=caption, alt=alt)


def set_window(ax: Axes, points: np.ndarray, air: float = 1.12) -> None:
    """Give axes a square window around points (N, 2); a unit is as long upwards as to the right."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, air * float((high - low).max()) / 2
    ax.set(xlim=middle[0] + half * np.array([-1, 1]), ylim=middle[1] + half * np.array([-1, 1]))
    ax.set_aspect("equal", adjustable="box")
    ax.locator_params(nbins=5, steps=[1, 2, 5, 10])


def draw_shadows(ax: Axes, points: np.ndarray, feet: np.ndarray) -> None:
    """Draw points (N, 2), where each falls on a line, (N, 2), and the line through those places."""
    for point, foot in zip(points, feet, strict=True):
        ax.plot(*np.transpose([point, foot]), ":", color=MUTED, linewidth=1.2, zorder=1)
    along = feet - feet.mean(axis=0)
    far = along[np.abs(along).sum(axis=1).argmax()]
    if np.any(far):
        ax.axline(tuple(feet.mean(axis=0)), tuple(feet.mean(axis=0) + far), color=INK, lw=1.2)
    ax.scatter(points[:, 0], points[:, 1], s=40, color=PALETTE["blue"], zorder=3)
    ax.scatter(feet[:, 0], feet[:, 1], s=45, color=PALETTE["vermilion"], marker="X", zorder=3)
