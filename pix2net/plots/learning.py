"""What a classifier has learned: losses step by step, and what a claimed probability is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pix2net.judging.wording import worded
from pix2net.plots.charts import SERIES_COLORS, draw_levels
from pix2net.plots.show import show
from pix2net.plots.style import MUTED, figure, styled

DASHES = ("-", "--", "-.", ":")  # a line can be told by its dashes alone
MARKERS = "os^D"


@styled
def loss_curves(
    losses: Mapping[str, Sequence[float] | np.ndarray],
    *,
    ylabel: str = "loss of the step's batch",
    window: int = 25,
    levels: Mapping[str, float] | None = None,
    caption: str,
    alt: str,
) -> None:
    """Show losses step by step as pale dots, and their running mean as a line.

    Args:
        losses: name -> one loss a step; a single series needs no name.
        ylabel: what a loss is of.
        window: how many steps the running mean takes together.
        levels: name -> height of a dashed line across the chart.
        caption, alt: as of `show`.
    """
    fig, ax = figure(height=3.2)
    for i, (name, values) in enumerate(losses.items()):
        color = SERIES_COLORS[i % len(SERIES_COLORS)]
        width = min(window, len(values))
        means = np.convolve(values, np.full(width, 1 / width), mode="valid")
        ax.plot(values, ".", color=color, alpha=0.2, markersize=4)
        middle = np.arange(len(means)) + (width - 1) / 2
        ax.plot(middle, means, color=color, linestyle=DASHES[i % 4], label=name)
    ax.set(xlabel=worded("step"), ylabel=ylabel)
    draw_levels(ax, levels or {})
    if len(losses) > 1:
        ax.legend()
    show(fig, caption=caption, alt=alt)


@styled
def reliability(
    claims: Mapping[str, tuple[np.ndarray, np.ndarray]],
    *,
    groups: int = 5,
    caption: str,
    alt: str,
) -> None:
    """Show how often predictions are right against the probability that they claimed.

    A point is a stretch with at least 5 claims, its error bar one standard error.

    Args:
        claims: name -> (N,) probabilities of the predicted class, and (N,) whether it was right.
        groups: into how many equal stretches of 0..1 the claims are sorted.
        caption, alt: as of `show`.
    """
    fig, ax = figure(height=4.0)
    ax.plot(
        [0, 1], [0, 1], "--", color=MUTED, linewidth=1.2, label=worded("as often right as it says")
    )
    for i, (name, (claimed, right)) in enumerate(claims.items()):
        stretch = np.minimum((np.asarray(claimed) * groups).astype(int), groups - 1)
        used = [k for k in range(groups) if np.count_nonzero(stretch == k) >= 5]
        at = [float(np.mean(claimed[stretch == k])) for k in used]
        counts = np.array([np.count_nonzero(stretch == k) for k in used])
        often = np.array([np.count_nonzero(right[stretch == k]) for k in used]) / counts
        ax.errorbar(
            at, often, np.sqrt(often * (1 - often) / counts), marker=MARKERS[i % 4], capsize=3,
            linestyle=DASHES[i % 4], color=SERIES_COLORS[i % len(SERIES_COLORS)], label=name,
        )  # fmt: skip
    ax.set(
        xlabel=worded("probability of the predicted class"), ylabel=worded("how often it was right")
    )
    ax.set(xlim=(0, 1), ylim=(0, 1.03), aspect="equal")
    ax.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))
    show(fig, caption=caption, alt=alt)
