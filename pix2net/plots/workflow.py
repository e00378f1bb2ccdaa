"""Pictures of the way from data to a judged model: its steps, and the table of what is mistaken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pix2net.judging.wording import spoken, worded
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, figure, styled


@dataclass(frozen=True)
class Step:
    """A step of the way: its name, what it does, and the shape of what comes out of it."""

    name: str
    does: str
    shape: str


@styled
def steps(way: Sequence[Step], back: str, *, caption: str, alt: str) -> None:
    """Show steps as boxes with arrows between them, and one arrow back from the last.

    Args:
        way: the steps, in order.
        back: what is written at the arrow from the last step to the second.
        caption, alt: as of `show`.
    """
    from matplotlib.patches import FancyBboxPatch

    fig, ax = figure(height=2.3)
    ax.set_axis_off()
    ax.set(xlim=(-0.5, len(way) - 0.5), ylim=(-1.25, 0.75))
    arrow = {"arrowstyle": "-|>", "color": INK, "lw": 1.6}
    for i, step in enumerate(way):
        box = FancyBboxPatch(
            (i - 0.36, -0.5), 0.72, 1.1, boxstyle="round,pad=0.02", facecolor="#EAF3F9",
            edgecolor=PALETTE["blue"], linewidth=1.5,
        )  # fmt: skip
        ax.add_patch(box)
        ax.text(i, 0.42, f"{i + 1}  {step.name}", ha="center", va="center", weight="bold")
        ax.text(i, 0.06, step.does, ha="center", va="center", fontsize=8.5)
        ax.text(i, -0.32, step.shape, ha="center", va="center", fontsize=9, color=MUTED)
        if i:
            ax.annotate("", xy=(i - 0.37, 0.05), xytext=(i - 0.63, 0.05), arrowprops=arrow)
    last = len(way) - 1
    bow = {**arrow, "color": PALETTE["vermilion"], "connectionstyle": "arc3,rad=-0.18"}
    ax.annotate("", xy=(1, -0.54), xytext=(last, -0.54), arrowprops=bow)
    ax.text(
        (1 + last) / 2, -1.12, back, ha="center", va="center", fontsize=9,
        color=PALETTE["vermilion"],
    )  # fmt: skip
    show(fig, caption=caption, alt=alt)


@styled
def confusion_table(counts: np.ndarray, names: Sequence[str], *, caption: str, alt: str) -> None:
    """Show which class was taken for which: a row a true class, a column a predicted one.

    Shades are the share of the row, so that classes of different size can be compared.

    Args:
        counts: (C, C) integers >= 0.
        names: C names of the classes.
        caption, alt: as of `show`.
    """
    count = len(names)
    side = 1.6 + 0.42 * count
    beside = 1.1 if spoken() else 0.9  # names in Chinese are shorter: the table has more height
    fig, ax = figure(width=min(7.2, side + beside), height=min(6.4, side))
    share = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    drawn = ax.imshow(share, cmap="viridis", vmin=0, vmax=max(float(share.max()), 1e-9))
    for (row, column), value in np.ndenumerate(counts):
        bright = share[row, column] > 0.6 * share.max()
        ax.text(
            column, row, f"{value:g}", ha="center", va="center", fontsize=9,
            color="black" if bright else "white",
        )  # fmt: skip
    ax.set_xticks(range(count), names, rotation=45, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(count), names)
    ax.tick_params(length=0)
    ax.set(xlabel=worded("predicted class"), ylabel=worded("true class"))
    fig.colorbar(drawn, ax=ax, label=worded("share of the true class"), shrink=0.8)
    show(fig, caption=caption, alt=alt)
