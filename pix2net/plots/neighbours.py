"""Pictures of neighbours: images beside their nearest, a vote in the plane, folds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pix2net.judging.wording import worded
from pix2net.plots.images import draw_image
from pix2net.plots.planes import draw_points, draw_regions, limits_of, set_plane
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def neighbour_grid(
    queries: np.ndarray,
    train_images: np.ndarray,
    distances: np.ndarray,
    *,
    query_titles: Sequence[str],
    train_titles: Sequence[str],
    agrees: np.ndarray | None = None,
    across: int = 5,
    caption: str,
    alt: str,
) -> None:
    """Show images at the left, each with a row of its nearest training images at the right.

    Args:
        queries: (N, H, W, 3) uint8.
        train_images: (M, H, W, 3) uint8.
        distances: (N, M), as the learner's own code gives them.
        query_titles: N texts above the queries; train_titles: M texts for the training images.
        agrees: (N, M) booleans: a neighbour is framed in green where True, in red where False.
        across: how many neighbours to show.
        caption, alt: as of `show`.
    """
    nearest = np.argsort(distances, axis=1)[:, :across]
    columns = across + 1.25
    cell = min(1.15, WIDTH / columns)
    lines = 1 + max(title.count("\n") for title in [*query_titles, *train_titles])
    fig, axes = figure(
        len(queries), across + 2, width=columns * cell, squeeze=False,
        height=len(queries) * (cell + 0.17 * lines) + 0.3, width_ratios=[1, 0.15, *[1] * across],
    )  # fmt: skip
    for ax in axes.flat:
        ax.set_axis_off()
    for n, row in enumerate(nearest):
        draw_image(axes[n, 0], queries[n])
        axes[n, 0].set_title(query_titles[n], fontsize=9)
        for ax, j in zip(axes[n, 2:], row, strict=True):
            draw_image(ax, train_images[j])
            ax.set_title(train_titles[j], fontsize=9)
            if agrees is not None:
                _frame(ax, PALETTE["green"] if agrees[n, j] else PALETTE["vermilion"])
    fig.set_layout_engine("constrained", w_pad=0.06)  # room for the frames
    fig.suptitle(" ")  # keeps a line free for the two headings
    second = worded("nearest training images, the nearest first")
    headings = {0.5: worded("asked for"), 1.25 + across / 2: second}
    for place, text in headings.items():
        fig.text(place / columns, 0.995, text, ha="center", va="top", color=MUTED, fontsize=10)
    show(fig, caption=caption, alt=alt)


def _frame(ax: Axes, color: str) -> None:
    """Put a coloured frame around an image."""
    ax.set_axis_on()
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set(visible=True, color=color, linewidth=3)


@styled
def vote_circles(
    points: np.ndarray,
    labels: np.ndarray,
    names: Sequence[str],
    query: np.ndarray,
    reach: Mapping[str, float],
    *,
    caption: str,
    alt: str,
) -> None:
    """Show labelled points around a new one, and circles that hold its nearest.

    Args:
        points: (N, 2); labels: (N,) integers in 0..C-1; names: C names.
        query: (2,) the new point, drawn as a question mark.
        reach: name of a circle, such as "k = 3" -> its radius.
        caption, alt: as of `show`.
    """
    from matplotlib.patches import Circle
    from matplotlib.ticker import MultipleLocator

    fig, ax = figure(width=6.0, height=4.4)
    air = max(reach.values(), default=0.0)
    box = limits_of(np.vstack([points, query + air, query - air]))
    set_plane(ax, box, ("first number", "second number"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MultipleLocator(1))
        axis.grid(True, zorder=-1)
    draw_points(ax, points, labels, names)
    ax.text(*query, "?", ha="center", va="center", fontsize=16, fontweight="bold", color=INK)
    for name, radius in reach.items():
        style = {"fill": False, "edgecolor": MUTED, "linestyle": "--", "linewidth": 1.2}
        ax.add_patch(Circle((float(query[0]), float(query[1])), radius, **style))
        ax.annotate(
            name, (query[0], query[1] - radius), ha="center", va="center", color=MUTED, fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )  # fmt: skip
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    show(fig, caption=caption, alt=alt)


@styled
def regions(
    points: np.ndarray,
    labels: np.ndarray,
    names: Sequence[str],
    predictors: Mapping[str, Callable[[np.ndarray], np.ndarray]],
    *,
    axes_names: tuple[str, str],
    caption: str,
    alt: str,
) -> None:
    """Show side by side which class several classifiers give to each place of the plane.

    Args:
        points: (N, 2) training points; labels: (N,) integers in 0..C-1; names: C names.
        predictors: title -> ``(M, 2) -> (M,)`` labels.
        axes_names: of the two features, with their units.
        caption, alt: as of `show`.
    """
    box = limits_of(points)
    shape = (box[3] - box[2]) / (box[1] - box[0])
    width = WIDTH / len(predictors)
    fig, axes = figure(
        1, len(predictors), height=1.2 + (width - 0.4) * shape, sharey=True, squeeze=False
    )
    for ax, (title, predict) in zip(axes[0], predictors.items(), strict=True):
        set_plane(ax, box, axes_names)
        draw_regions(ax, predict, box)
        draw_points(ax, points, labels, names)
        ax.set_title(title)
        ax.label_outer()
    handles, texts = axes[0, 0].get_legend_handles_labels()
    fig.legend(handles, texts, loc="outside upper center", ncols=len(names))
    show(fig, caption=caption, alt=alt)


@styled
def fold_diagram(
    sizes: Sequence[int], *, colors: tuple[str, str] = ("sky", "orange"), caption: str, alt: str
) -> None:
    """Show which rows train and which are predicted in each round of a cross-validation.

    Args:
        sizes: how many rows each fold has.
        colors: names in `PALETTE` for training rows and for the rows that are predicted.
        caption, alt: as of `show`.
    """
    fig, ax = figure(height=0.75 + 0.36 * len(sizes))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    for turn in range(len(sizes)):
        for fold, size in enumerate(sizes):
            held_out = fold == turn
            color = PALETTE[colors[held_out]]
            ax.barh(turn, size, left=starts[fold], height=0.8, color=color, edgecolor="white",
                    linewidth=2)  # fmt: skip
            text = worded("predict") if held_out else worded("train")
            ax.text(starts[fold] + size / 2, turn, text, ha="center", va="center", fontsize=9)
    ax.set_yticks(range(len(sizes)), [worded("round {n}", n=turn) for turn in range(len(sizes))])
    ax.set_xticks(starts[:-1] + np.asarray(sizes) / 2)
    ax.set_xticklabels([worded("fold {f}: {n} rows", f=f, n=n) for f, n in enumerate(sizes)])
    ax.tick_params(length=0)
    ax.invert_yaxis()
    for spine in ax.spines.values():
        spine.set_visible(False)
    show(fig, caption=caption, alt=alt)
