"""Curves over a number: one panel or several, with places and heights marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pix2net.plots.charts import SERIES_COLORS, draw_levels
from pix2net.plots.show import show
from pix2net.plots.style import figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Curve = tuple[np.ndarray, np.ndarray]
Panel = Mapping[str, Curve]

STYLES: Any = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (1, 3)))  # told apart without colour


@styled
def curves(
    panels: Mapping[str, Panel],
    *,
    xlabel: str,
    ylabel: str | Mapping[str, str],
    dots: Mapping[str, Curve] | None = None,
    levels: Mapping[str, float] | None = None,
    log: str = "",
    sharey: bool = True,
    height: float = 3.2,
    caption: str,
    alt: str,
) -> None:
    """Show curves, side by side in panels; a name has one colour and one legend entry in all.

    Args:
        panels: title of a panel -> name of a curve -> (x, y), each (M,).
        xlabel, ylabel: what the axes are, with units; ``ylabel`` may differ: title -> label.
        dots: title of a panel -> (x, y) of dots drawn over its curves.
        levels: name -> height of a dashed line across every panel.
        log: which axes are logarithmic: "", "x", "y" or "xy".
        sharey: whether the panels have one vertical scale.
        height: of the figure in inches.
        caption, alt: as of `show`.
    """
    names = list(dict.fromkeys(name for panel in panels.values() for name in panel))
    fig, axes = figure(1, len(panels), height=height, sharey=sharey, squeeze=False)
    for i, (ax, (title, panel)) in enumerate(zip(axes[0], panels.items(), strict=True)):
        _draw_panel(ax, panel, names)
        if title in (dots or {}):
            ax.plot(*(dots or {})[title], "o", color=SERIES_COLORS[3], zorder=4)
        ax.set(title=title, xlabel=xlabel)
        if "x" in log:
            ax.set_xscale("log")
        if "y" in log:
            ax.set_yscale("log")
        if not isinstance(ylabel, str):
            ax.set_ylabel(ylabel[title])
        elif i == 0:
            ax.set_ylabel(ylabel)
        draw_levels(ax, levels or {})
    if len(names) > 1:
        handles = [_handle(name, names) for name in names]
        fig.legend(handles=handles, loc="outside upper left", ncols=min(4, len(names)))
    show(fig, caption=caption, alt=alt)


def _draw_panel(ax: Axes, panel: Panel, names: list[str]) -> None:
    for name, (x, y) in panel.items():
        i = names.index(name)
        color, style = SERIES_COLORS[i % len(SERIES_COLORS)], STYLES[i % len(STYLES)]
        ax.plot(x, y, color=color, linestyle=style)
    ax.grid(axis="y")


def _handle(name: str, names: list[str]) -> object:
    from matplotlib.lines import Line2D

    i = names.index(name)
    color, style = SERIES_COLORS[i % len(SERIES_COLORS)], STYLES[i % len(STYLES)]
    return Line2D([], [], color=color, linestyle=style, label=name)
