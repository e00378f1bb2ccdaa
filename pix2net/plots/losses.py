"""Pictures of losses: who comes too close, surfaces over two numbers, weights as pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pix2net.judging.wording import spoken, worded
from pix2net.plots.charts import SERIES_COLORS
from pix2net.plots.images import draw_image
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, figure, styled, title_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEVELS = 14  # shades of a surface
MARKERS = "o^sDv"


@styled
def margin_lines(
    images: Sequence[np.ndarray],
    scores: np.ndarray,
    labels: Sequence[int],
    names: Sequence[str],
    *,
    margin: float = 1.0,
    caption: str,
    alt: str,
) -> None:
    """Show each image's scores on a line, and how far each rival reaches over what it may.

    Args:
        images: N images (H, W, 3) uint8.
        scores: (N, C).
        labels: N right classes.
        names: C names of the classes.
        margin: that rivals must keep from the right score.
        caption, alt: as of `show`.
    """
    count = len(images)
    fig, axes = figure(
        count, 2, height=0.4 + 1.25 * count, width_ratios=[1, 4.4], squeeze=False, sharex="col"
    )
    low, high = float(scores.min()) - 1.4 * margin, float(scores.max()) + margin
    for n in range(count):
        draw_image(axes[n, 0], images[n])
        axes[n, 0].set_axis_off()
        ax, right = axes[n, 1], int(labels[n])
        allowed = float(scores[n, right]) - margin
        ax.axvspan(allowed, high, color=PALETTE["orange"], alpha=0.15, zorder=0)
        ax.axvline(allowed, color=PALETTE["vermilion"], linestyle="--", linewidth=1.2)
        for c, score in enumerate(scores[n]):
            _draw_score(ax, c, float(score), allowed, own=c == right)
        ax.set(xlim=(low, high), ylim=(len(names) - 0.4, -0.6))
        ax.set_yticks(range(len(names)), names)
        ax.get_yticklabels()[right].set(weight="bold", color=PALETTE["blue"])
        ax.tick_params(axis="y", length=0)
    axes[0, 1].set_title(worded("tinted: too close to the right class, or ahead of it"), fontsize=9)
    axes[-1, 1].set_xlabel(worded("score"))
    show(fig, caption=caption, alt=alt)


def _draw_score(ax: Axes, row: int, score: float, allowed: float, *, own: bool) -> None:
    """A dot for a score, and a bar with its length from where a rival may at most be to there."""
    color = PALETTE["blue"] if own else MUTED
    if not own and score > allowed:
        color = PALETTE["vermilion"]
        ax.plot([allowed, score], [row, row], color=color, linewidth=5, solid_capstyle="butt")
        ax.annotate(
            f"{score - allowed:.1f}", ((allowed + score) / 2, row), xytext=(0, 4),
            textcoords="offset points", ha="center", va="bottom", color=color, fontsize=9,
        )  # fmt: skip
    ax.plot([score], [row], "o", color=color, markersize=8)
    text = f"{score:.1f}".replace("-", "−")
    ax.annotate(
        text, (score, row), xytext=(7, 0), textcoords="offset points", va="center", fontsize=9
    )


@styled
def surfaces(
    values: Mapping[str, np.ndarray],
    xs: np.ndarray,
    ys: np.ndarray,
    *,
    xlabel: str,
    ylabel: str,
    label: str,
    paths: Mapping[str, Sequence[np.ndarray]] | None = None,
    places: Mapping[str, tuple[float, float]] | None = None,
    shared: bool = True,
    fine: bool = False,
    caption: str,
    alt: str,
) -> None:
    """Show heights over two numbers as shades with lines of equal height, in panels.

    Args:
        values: title of a panel -> (len(ys), len(xs)) heights.
        xs, ys: (A,) and (B,) ascending.
        xlabel, ylabel, label: what the axes and the heights are, with units.
        paths: title of a panel -> paths in it, each (M, 2): the places (x, y) walked through.
        places: name -> a marked place (x, y).
        shared: whether one scale of shades serves all panels.
        fine: whether lines lie closer to each other near the lowest height.
        caption, alt: as of `show`.
    """
    from matplotlib.colors import BoundaryNorm

    fig, axes = figure(1, len(values), height=3.4, squeeze=False, sharey=True)
    everything = np.concatenate([np.ravel(v) for v in values.values()])
    for ax, (title, heights) in zip(axes[0], values.items(), strict=True):
        steps = _steps(everything if shared else heights, fine)
        shades = BoundaryNorm(steps, 256)
        drawn = ax.contourf(xs, ys, heights, steps, cmap="viridis", norm=shades)
        ax.contour(xs, ys, heights, steps[1:-1], colors="white", linewidths=0.4)
        for path in (paths or {}).get(title, ()):
            ax.plot(path[:, 0], path[:, 1], ".-", color="white", markersize=3, linewidth=1.5)
        for i, (name, (x, y)) in enumerate((places or {}).items()):
            ax.plot(
                [x], [y], MARKERS[i % len(MARKERS)], color=SERIES_COLORS[(3, 1, 4)[i % 3]],
                markeredgecolor="white", markersize=9, label=name, linestyle="none",
            )  # fmt: skip
        ax.set(title=title, xlabel=xlabel, xlim=(xs[0], xs[-1]), ylim=(ys[0], ys[-1]))
        if not shared:
            fig.colorbar(drawn, ax=ax, label=label, format="%.3g")
    axes[0, 0].set_ylabel(ylabel)
    if shared:
        fig.colorbar(drawn, ax=axes.ravel().tolist(), label=label, format="%.3g")
    if places:
        handles, texts = axes[0, 0].get_legend_handles_labels()
        fig.legend(handles, texts, loc="outside upper left", ncols=len(places))
    show(fig, caption=caption, alt=alt)


def _steps(values: np.ndarray, fine: bool) -> np.ndarray:
    """Ascending heights at which the shade changes: round ones, or in growing steps."""
    from matplotlib.ticker import MaxNLocator

    low, high = float(np.min(values)), float(np.max(values))
    high = high if high > low else low + 1.0
    if fine:
        return low + (high - low) * np.linspace(0, 1, LEVELS + 1) ** 3
    return np.asarray(MaxNLocator(LEVELS).tick_values(low, high))


@styled
def weight_pictures(
    rows: Sequence[np.ndarray],
    titles: Sequence[str],
    *,
    columns: int | None = None,
    caption: str,
    alt: str,
) -> None:
    """Show weights as pictures: grey is 0, brighter positive, darker negative, in each channel.

    Args:
        rows: N arrays (H, W, 3) or (H, W) of weights; each is stretched by its own largest size.
        titles: N texts.
        columns: how many to a row (default: all).
        caption, alt: as of `show`.
    """
    count = len(rows)
    across = columns or count
    down = -(-count // across)
    cell = min(1.75, WIDTH / across)
    lines = max(title.count("\n") + 1 for title in titles)
    above = 0.06 + title_height(lines) if spoken() else 0.18 * lines
    fig, axes = figure(
        down, across, width=across * cell, height=down * (cell + above), squeeze=False
    )
    for ax in axes.flat[count:]:
        ax.set_axis_off()
    for ax, weights, title in zip(axes.flat, rows, titles, strict=False):
        largest = float(np.abs(weights).max()) or 1.0
        grey = {"cmap": "gray", "vmin": 0, "vmax": 1} if np.ndim(weights) == 2 else {}
        ax.imshow(0.5 + 0.5 * weights / largest, **grey)
        ax.set_title(title, fontsize=9, color=INK)
        ax.set(xticks=[], yticks=[])
    show(fig, caption=caption, alt=alt)
