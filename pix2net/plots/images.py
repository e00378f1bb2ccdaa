"""Pictures of images: a grid with titles, the three channels, the numbers of a small patch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pix2net.judging.wording import translated, worded
from pix2net.plots.show import show
from pix2net.plots.style import MUTED, PALETTE, WIDTH, figure, styled, title_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CHANNEL_NAMES = ("red", "green", "blue")
CHANNEL_COLORS = (PALETTE["vermilion"], PALETTE["green"], PALETTE["blue"])
MARGIN = 0.09  # inches that the layout leaves between neighbouring axes
MAX_PATCH = 10  # more numbers than that in a row cannot be read


@styled
def image_grid(
    images: Sequence[np.ndarray],
    titles: Sequence[str] | None = None,
    *,
    columns: int | None = None,
    cell: float = 1.2,
    caption: str,
    alt: str,
) -> None:
    """Show images in a grid, each with a title above it.

    Args:
        images: N images, (H, W, 3) uint8, or (H, W) of any number type, drawn in grey from 0 to
            255.
        titles: N texts (lines parted by a newline) or None.
        columns: how many to a row (default: all in one row, at most 10).
        cell: width of a grid cell in inches, cut down where a row would not fit.
        caption, alt: as of `show`.

    Raises:
        ValueError: there are no images or not as many titles.
    """
    count = len(images)
    if count == 0:
        raise ValueError("there are no images to show")
    if titles is not None and len(titles) != count:
        raise ValueError(f"{len(titles)} titles for {count} images")
    across = min(columns or count, count, 10)
    down = -(-count // across)
    cell = min(cell, WIDTH / across)
    aspect = max(np.shape(image)[0] / np.shape(image)[1] for image in images)
    lines = max((title.count("\n") + 1 for title in titles), default=0) if titles else 0
    row = (cell - MARGIN) * aspect + title_height(lines) + MARGIN
    height = down * row + 0.08  # air above titles
    fig, axes = figure(down, across, width=across * cell, height=height, squeeze=False)
    for ax in axes.flat[count:]:
        ax.set_axis_off()
    for i, (ax, image) in enumerate(zip(axes.flat, images, strict=False)):
        draw_image(ax, image)
        _frame(ax)
        if titles is not None:
            ax.set_title(titles[i], fontsize=9)
    show(fig, caption=caption, alt=alt)


@styled
def channels(image: np.ndarray, *, caption: str, alt: str) -> None:
    """Show an image (H, W, 3) uint8 beside its three channels, each drawn in grey from 0 to 255."""
    height, width = image.shape[:2]
    fig, axes = figure(1, 4, height=(WIDTH / 4 - MARGIN) * height / width + 0.1 + title_height())
    draw_image(axes[0], image)
    axes[0].set_title(worded("all three"))
    for c, (name, color) in enumerate(zip(CHANNEL_NAMES, CHANNEL_COLORS, strict=True)):
        draw_image(axes[c + 1], image[:, :, c])
        axes[c + 1].set_title(
            worded("channel {c}: {name}", c=c, name=translated(name)), color=color
        )
    for ax in axes:
        _frame(ax)
    show(fig, caption=caption, alt=alt)


@styled
def pixel_numbers(
    image: np.ndarray, top: int, left: int, size: int = 6, *, caption: str, alt: str
) -> None:
    """Show where a small square of an image lies, the square enlarged, and its 3 tables of numbers.

    Args:
        image: (H, W, 3) uint8.
        top, left: row and column of the square's first pixel.
        size: its side in pixels, 2 to 10.

    Raises:
        ValueError: the square is not inside the image or too large to be read.
    """
    height, width = image.shape[:2]
    inside = 0 <= top <= height - size and 0 <= left <= width - size
    if not inside or not 2 <= size <= MAX_PATCH:
        raise ValueError(f"a square of 2 to {MAX_PATCH} pixels inside the image is needed")
    patch = image[top : top + size, left : left + size]
    fig, axes = figure(2, 3, height=5.0)
    draw_image(axes[0, 0], image)
    frame = {"edgecolor": PALETTE["yellow"], "facecolor": "none", "linewidth": 2}
    axes[0, 0].add_patch(_rectangle(left, top, size, **frame))
    axes[0, 0].set_title(worded("the image, the square marked"))
    axes[0, 0].set_axis_off()
    draw_image(axes[0, 1], patch)
    axes[0, 1].set_title(worded("the square: {size} x {size} pixels", size=size))
    axes[0, 2].set_axis_off()
    _label_pixels(axes[0, 1], top, left, size)
    for c, (name, color) in enumerate(zip(CHANNEL_NAMES, CHANNEL_COLORS, strict=True)):
        ax = axes[1, c]
        draw_image(ax, patch[:, :, c])
        write_numbers(ax, patch[:, :, c])
        ax.set_title(worded("channel {c}: {name}", c=c, name=translated(name)), color=color)
        _label_pixels(ax, top, left, size)
    show(fig, caption=caption, alt=alt)


def draw_image(ax: Axes, image: np.ndarray) -> None:
    """Draw an image (H, W, 3) uint8, or (H, W) in grey from 0 to 255, into axes."""
    grey = {"cmap": "gray", "vmin": 0, "vmax": 255} if np.ndim(image) == 2 else {}
    ax.imshow(image, **grey)  # type: ignore[arg-type]


def write_numbers(ax: Axes, values: np.ndarray) -> None:
    """Write the numbers of a drawn channel (H, W) into its pixels, in black or white."""
    for (row, column), value in np.ndenumerate(values):
        color = "black" if value > 110 else "white"
        ax.text(column, row, f"{value:g}", ha="center", va="center", color=color, fontsize=9)


def _frame(ax: Axes) -> None:
    """A thin line around an image, so that white pixels end somewhere, and no numbers."""
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set(visible=True, color=MUTED, linewidth=0.5)


def _rectangle(left: int, top: int, size: int, **options: Any) -> Any:
    """A square outline around whole pixels: a pixel reaches half a unit around its centre."""
    from matplotlib.patches import Rectangle

    return Rectangle((left - 0.5, top - 0.5), size, size, **options)


def _label_pixels(ax: Axes, top: int, left: int, size: int) -> None:
    """Label a drawn patch with the rows and columns of the image that it was taken from."""
    ax.set_xticks(range(size), [str(left + i) for i in range(size)])
    ax.set_yticks(range(size), [str(top + i) for i in range(size)])
    ax.tick_params(length=0, colors=MUTED)
    for spine in ax.spines.values():
        spine.set_visible(False)
