"""Paired comparisons: by how much each of several things differs from one, seed by seed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pix2net.plots.charts import SERIES_COLORS
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, figure, styled

ASIDE = 0.08  # how far the dots of one row are moved up and down, so that none hides another


@styled
def differences(
    panels: Mapping[str, Mapping[str, np.ndarray]],
    *,
    xlabel: str,
    sharex: bool = True,
    caption: str,
    alt: str,
) -> None:
    """Show differences as dots, one a repetition, with their mean and its standard error.

    Args:
        panels: title -> name of a row -> (S,) differences, one for each of S > 1 repetitions.
        xlabel: what the differences are, with their unit, and from what.
        sharex: whether all panels have one scale.
        caption, alt: as of `show`.
    """
    rows = max(len(panel) for panel in panels.values())
    fig, axes = figure(
        1, len(panels), height=1.2 + 0.5 * rows, sharex=sharex, sharey=True, squeeze=False
    )
    for ax, (title, panel) in zip(axes[0], panels.items(), strict=True):
        ax.axvline(0, color=MUTED, linestyle="--", linewidth=1.2, zorder=0)
        for row, values in enumerate(panel.values()):
            found = np.asarray(values, dtype=np.float64)
            aside = ASIDE * np.linspace(-1, 1, len(found))
            color = SERIES_COLORS[row % len(SERIES_COLORS)]
            ax.plot(found, row + aside, "o", color=color, alpha=0.5)
            error = found.std(ddof=1) / np.sqrt(len(found))
            ax.errorbar(
                found.mean(), row + 0.25, xerr=error, marker="D", color=INK, capsize=4,
                markersize=6,
            )  # fmt: skip
        ax.set_yticks(range(len(panel)), list(panel))
        ax.set(title=title, xlabel=xlabel, ylim=(rows - 0.4, -0.6))
        ax.tick_params(axis="y", length=0)
    show(fig, caption=caption, alt=alt)
