"""What goes through the layers of a network: one sideways histogram a layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pix2net.judging.wording import worded
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Layers = Sequence[np.ndarray]

BINS = 31
BREADTH = 0.9  # of the place between two layers, how much the fullest bin takes
LOWEST, HIGHEST = -14, 8  # powers of ten between which sizes are shown


@styled
def layer_spreads(
    panels: Mapping[str, tuple[Layers, Layers]],
    *,
    limits: tuple[float, float],
    names: tuple[str, str] = ("outputs", "size of the gradients"),
    caption: str,
    alt: str,
) -> None:
    """Show for several networks how the outputs and the gradients of each layer are spread.

    Args:
        panels: title -> (outputs, gradients): an array of numbers for each layer, of any shape.
        limits: of the outputs' axis; what lies outside counts for its end.
        names: what stands in the upper and in the lower row.
        caption, alt: as of `show`.
    """
    fig, axes = figure(
        2, len(panels), width=WIDTH, height=4.6, sharex=True, sharey="row", squeeze=False
    )
    for column, (title, (outputs, gradients)) in zip(axes.T, panels.items(), strict=True):
        draw_spreads(column[0], outputs, limits)
        draw_sizes(column[1], gradients)
        column[0].set_title(title)
        column[1].set_xlabel(worded("layer"))
    for ax, name in zip(axes[:, 0], names, strict=True):
        ax.set_ylabel(name)
    show(fig, caption=caption, alt=alt)


def draw_spreads(ax: Axes, layers: Layers, limits: tuple[float, float]) -> None:
    """Draw a sideways histogram of the numbers of each layer, side by side, into axes.

    Args:
        layers: an array for each layer; limits of the axis: what lies outside counts for its end.
    """
    _draw(ax, [np.clip(np.ravel(numbers), *limits) for numbers in layers], limits, "blue")
    ax.axhline(0, color=MUTED, linewidth=0.6, zorder=0)


def draw_sizes(ax: Axes, layers: Layers) -> None:
    """Draw sideways histograms of the sizes of each layer's numbers, on a logarithmic axis.

    A layer whose numbers are all 0 has a 0 in place of its histogram.
    """
    powers = []
    for numbers in layers:
        sizes = np.abs(np.ravel(numbers))
        powers.append(np.log10(sizes[sizes > 0]).clip(LOWEST, HIGHEST))
    _draw(ax, powers, (LOWEST, HIGHEST), "vermilion")
    for i, found in enumerate(powers):
        if not len(found):
            ax.annotate(
                "0", (i + 1.45, 0.04), xycoords=("data", "axes fraction"), ha="center", color=INK
            )
    ticks = range(LOWEST + 2, HIGHEST + 1, 4)
    ax.set_yticks(list(ticks), [f"$10^{{{power}}}$" for power in ticks])


def _draw(ax: Axes, layers: Layers, limits: tuple[float, float], color: str) -> None:
    edges = np.linspace(*limits, BINS + 1)
    for i, numbers in enumerate(layers):
        counts = np.histogram(numbers, edges)[0]
        widths = BREADTH * counts / max(1, counts.max())
        ax.stairs(
            i + 1 + widths, edges, baseline=i + 1, orientation="horizontal", fill=True,
            color=PALETTE[color],
        )  # fmt: skip
        ax.axvline(i + 1, color=MUTED, linewidth=0.4)
    count = len(layers)
    shown = range(0, count, max(1, count // 5))
    ax.set(xlim=(0.8, count + 1.1), ylim=limits)
    ax.set_xticks([i + 1.45 for i in shown], [str(i + 1) for i in shown])
    ax.tick_params(axis="x", length=0)
