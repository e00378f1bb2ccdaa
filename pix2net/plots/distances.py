"""How far pictures are from each other: bars beside the pictures, and the spread over many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pix2net.judging.wording import worded
from pix2net.plots.images import draw_image
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, figure, styled

BAR_COLORS = {False: PALETTE["blue"], True: PALETTE["vermilion"]}
ROW = 0.78  # inches a picture with its bar takes


@styled
def distance_bars(
    original: np.ndarray,
    pictures: Sequence[np.ndarray],
    names: Sequence[str],
    distances: Sequence[float],
    *,
    other: Sequence[bool],
    caption: str,
    alt: str,
) -> None:
    """Show pictures one below the other, each with a bar as long as its distance to the original.

    Args:
        original: (H, W, 3) uint8, shown on the left.
        pictures: N images (H, W, 3) uint8.
        names: N texts, one a picture.
        distances: N numbers, each a picture's distance to the original.
        other: N booleans: whether a picture shows another class (its bar has another colour).
        caption, alt: as of `show`.

    Raises:
        ValueError: the four sequences are not of one length.
    """
    count = len(pictures)
    if not count == len(names) == len(distances) == len(other):
        raise ValueError("pictures, names, distances and other must be of one length")
    fig, axes = figure(
        count, 3, height=ROW * count + 0.6, width_ratios=[1.6, 0.8, 4.4], squeeze=False
    )
    grid = axes[0, 0].get_gridspec()
    for ax in axes[:, 0]:
        ax.remove()
    left = fig.add_subplot(grid[:, 0])
    draw_image(left, original)
    left.set_title(worded("the original"))
    left.set_axis_off()
    longest = max(distances)
    for i, (thumb, bar) in enumerate(axes[:, 1:]):
        draw_image(thumb, pictures[i])
        thumb.set_axis_off()
        bar.barh([0], [distances[i]], height=0.45, color=BAR_COLORS[bool(other[i])])
        bar.text(distances[i] + 0.015 * longest, 0, f"{distances[i]:,.0f}", va="center")
        bar.text(0, 0.36, names[i], va="bottom", fontsize=9)
        bar.set(xlim=(0, 1.15 * longest), ylim=(-0.4, 0.75), yticks=[])
        bar.spines[["left", "bottom"]].set_visible(False)
        bar.tick_params(bottom=False, labelbottom=False)
    last = axes[-1, 2]
    last.spines["bottom"].set_visible(True)
    last.tick_params(bottom=True, labelbottom=True)
    last.set_xlabel(worded("L2 distance to the original"))
    show(fig, caption=caption, alt=alt)


@styled
def distance_spread(
    samples: Mapping[str, np.ndarray],
    *,
    other: Sequence[str] = (),
    label: str = worded("L2 distance to the original"),
    caption: str,
    alt: str,
) -> None:
    """Show for each name where its distances lie: every one a dot, their median a line.

    Args:
        samples: name -> (N,) numbers; the first name is drawn at the top.
        other: names drawn in the colour of another class.
        label: of the axis.
        caption, alt: as of `show`.
    """
    fig, ax = figure(1, 1, height=0.5 * len(samples) + 0.9)
    for row, (name, values) in enumerate(samples.items()):
        # A fixed scatter around the row keeps dots apart and a figure the same on every run.
        jitter = np.random.default_rng(row).uniform(-0.28, 0.28, len(values))
        color = BAR_COLORS[name in other]
        ax.plot(values, row + jitter, "o", markersize=3.2, alpha=0.5, color=color, mew=0)
        ax.plot([np.median(values)] * 2, [row - 0.38, row + 0.38], color=INK, linewidth=2.5)
    ax.set_yticks(range(len(samples)), list(samples))
    ax.set(ylim=(len(samples) - 0.5, -0.5), xlabel=label)
    ax.set_xlim(left=0)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x")
    ax.set_axisbelow(True)
    show(fig, caption=caption, alt=alt)


@styled
def response_curves(
    before: np.ndarray, after: Mapping[str, np.ndarray], *, caption: str, alt: str
) -> None:
    """Plot what becomes of each number of an image, one line for each way of changing it.

    Args:
        before: (N,) the numbers as they were, rising.
        after: name -> (N,) the numbers that they became.
        caption, alt: as of `show`.
    """
    fig, ax = figure(1, 1, height=3.0)
    styles = ("-", "--", ":", "-.")
    for i, ((name, values), color) in enumerate(zip(after.items(), PALETTE.values(), strict=False)):
        jumps = np.abs(np.diff(values.astype(np.float64))) > 128
        unjoined = np.insert(values.astype(np.float64), np.flatnonzero(jumps) + 1, np.nan)
        places = np.insert(before.astype(np.float64), np.flatnonzero(jumps) + 1, np.nan)
        ax.plot(places, unjoined, styles[i % len(styles)], color=color, label=name)
    ax.axhline(255, color=MUTED, linewidth=0.8)
    ax.set(
        xlabel=worded("number before"), ylabel=worded("number after"), xlim=(0, 255), ylim=(-5, 275)
    )
    ax.set_xticks([0, 50, 100, 150, 200, 255])
    ax.set_yticks([0, 50, 100, 150, 200, 255])
    fig.legend(loc="outside right center")
    show(fig, caption=caption, alt=alt)
