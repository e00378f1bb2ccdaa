"""The loss over two weights, as a map with contour lines, and the way that steps take on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from pix2net.plots.show import show
from pix2net.plots.style import INK, PALETTE, WIDTH, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Loss = Callable[[np.ndarray], np.ndarray]

GRID = 120  # places along each side at which the loss is asked for
CONTOURS = 12
FEW = 25  # steps
# Colour and marker of each path on a map that has several.
WAYS = tuple(
    (PALETTE[color], marker)
    for color, marker in (("vermilion", "o"), ("black", "s"), ("green", "^"), ("purple", "D"))
)
AIR = 1.25  # half a side of the window, in distances of the path's farthest point from its middle


@styled
def valleys(
    panels: Mapping[str, tuple[Loss, np.ndarray, np.ndarray]],
    *,
    axes_names: tuple[str, str] = ("first weight", "second weight"),
    caption: str,
    alt: str,
) -> None:
    """Show losses over two weights as maps side by side, each with a path of steps on it.

    Args:
        panels: title -> (loss, path, lowest): loss is ``(M, 2) weights -> (M,)``, path (K, 2) the
            weights that were visited, lowest (2,) where the loss is lowest.
        axes_names: of the two weights.
        caption, alt: as of `show`.
    """
    count = len(panels)
    side = WIDTH / max(count, 2)
    fig, axes = figure(1, count, width=side * count, height=side + 0.45, squeeze=False)
    for ax, (title, (loss, path, lowest)) in zip(axes[0], panels.items(), strict=True):
        half = AIR * float(np.abs(path - lowest).max())
        draw_valley(ax, loss, path, middle=lowest, half=half)
        ax.set(title=title, xlabel=axes_names[0])
        ax.locator_params(nbins=4)
    axes[0, 0].set_ylabel(axes_names[1])
    show(fig, caption=caption, alt=alt)


def draw_valley(ax: Axes, loss: Loss, path: np.ndarray, *, middle: np.ndarray, half: float) -> None:
    """Draw the contour lines of a loss over two weights in a square window, and a path on it.

    Args:
        loss: ``(M, 2) -> (M,)``.
        path: (K, 2): a ring marks where it starts, a dot each step.
        middle: (2,) of the window, the lowest place, marked by a cross; half: half its side.
    """
    _draw_map(ax, loss, middle=middle, half=half)
    fine = 1.0 if len(path) <= FEW else 0.5  # so that many short steps can still be told apart
    ax.plot(
        path[:, 0], path[:, 1], "o-", color=PALETTE["vermilion"], markersize=3 * fine,
        linewidth=1.2 * fine,
    )  # fmt: skip
    _mark_ends(ax, path[0], middle)


@styled
def descents(
    panels: Mapping[str, tuple[Loss, np.ndarray, Mapping[str, np.ndarray]]],
    *,
    half: float,
    axes_names: tuple[str, str] = ("first weight", "second weight"),
    caption: str,
    alt: str,
) -> None:
    """Show losses over two weights as maps side by side, each with several paths on it.

    Args:
        panels: title -> (loss, lowest, paths): loss is ``(M, 2) weights -> (M,)``, lowest (2,)
            where it is lowest, and paths name -> (K, 2) the weights that were visited; a name has
            one colour and one marker in all panels.
        half: half the side of every window, whose middle is the lowest place.
        axes_names: of the two weights.
        caption, alt: as of `show`.
    """
    count = len(panels)
    side = WIDTH / max(count, 2)
    fig, axes = figure(1, count, width=side * count, height=side + 0.6, squeeze=False)
    names = list(dict.fromkeys(name for _, _, paths in panels.values() for name in paths))
    for ax, (title, (loss, lowest, paths)) in zip(axes[0], panels.items(), strict=True):
        _draw_map(ax, loss, middle=lowest, half=half)
        for name, path in paths.items():
            color, marker = WAYS[names.index(name) % len(WAYS)]
            ax.plot(
                path[:, 0], path[:, 1], f"{marker}-", color=color, markersize=3, linewidth=1.1,
                label=name,
            )  # fmt: skip
            _mark_ends(ax, path[0], lowest)
        ax.set(title=title, xlabel=axes_names[0])
        ax.locator_params(nbins=4)
    axes[0, 0].set_ylabel(axes_names[1])
    if len(names) > 1:
        handles = {line.get_label(): line for ax in axes[0] for line in ax.get_lines()}
        fig.legend(
            handles=[handles[name] for name in names], loc="outside upper left", ncols=len(names)
        )
    show(fig, caption=caption, alt=alt)


def _draw_map(ax: Axes, loss: Loss, *, middle: np.ndarray, half: float) -> None:
    """Draw the contour lines of a loss in a square window."""
    lines = [m + half * np.linspace(-1, 1, GRID) for m in middle]
    places = np.stack(np.meshgrid(*lines), axis=-1)
    values = np.asarray(loss(places.reshape(-1, 2))).reshape(GRID, GRID)
    low, high = float(values.min()), float(values.max())
    # Squares of even steps: the contour lines of a bowl lie at even distances.
    levels = low + (high - low) * np.linspace(0, 1, CONTOURS + 1)[1:] ** 2
    ax.contourf(*lines, values, [low, *levels], cmap="Blues_r", alpha=0.55)
    ax.contour(*lines, values, levels, colors=PALETTE["blue"], linewidths=0.6)
    ax.set(xlim=lines[0][[0, -1]], ylim=lines[1][[0, -1]])
    ax.set_aspect("equal", adjustable="box")


def _mark_ends(ax: Axes, start: np.ndarray, lowest: np.ndarray) -> None:
    """A ring where the steps start, a cross where the loss is lowest."""
    ax.plot(*start, "o", markersize=8, markerfacecolor="none", markeredgecolor=INK)
    ax.plot(*lowest, "+", markersize=10, color=INK)
