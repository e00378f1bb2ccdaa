"""Pictures of scores: the sum behind one of them, a batch of them, bars beside the images."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pix2net.plots.images import draw_image
from pix2net.plots.matrices import Grid, equation
from pix2net.plots.planes import CLASS_COLORS
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, figure, styled

PALE = 0.2  # how much of its colour a class's row keeps


def score_table(
    image: np.ndarray,
    W: np.ndarray,
    b: np.ndarray,
    names: Sequence[str],
    scores: Sequence[str],
    *,
    caption: str,
    alt: str,
) -> None:
    """Show how an image becomes a column x, and W x + b its scores, number by number.

    Args:
        image: (h, w) grey pixels in 0..255.
        W, b: (C, h * w) and (C,).
        names: C names of the classes.
        scores: C texts, so that a score can stay open.
        caption, alt: as of `show`.
    """
    greys = [[_grey(value) for value in row] for row in image]
    rows = [pale(c) for c in range(len(names))]
    column = np.reshape(image, (-1, 1))
    equation(
        [
            Grid(_texts(image), "image", str(image.shape), colors=greys),
            "→",
            Grid(_texts(W), "W", str(W.shape), names, rows),
            Grid(_texts(column), "x", f"({image.size},)", colors=[_grey(v) for v in column[:, 0]]),
            "+",
            Grid(_texts(b[:, None]), "b", str(b.shape), colors=rows),
            "=",
            Grid([[score] for score in scores], "f(x, W)", str(b.shape), colors=rows),
        ],
        caption=caption,
        alt=alt,
    )  # fmt: skip


def batch_table(
    num_examples: int,
    num_features: int,
    num_classes: int,
    example: int,
    label: int,
    *,
    caption: str,
    alt: str,
) -> None:
    """Show the shapes of ``X @ W.T + b``, with one row, one column and the score they make marked.

    Args:
        num_examples, num_features, num_classes: how many rows and columns to draw (3 to 6 each).
        example, label: which score is marked.
        caption, alt: as of `show`.
    """
    of_example, of_class, both = pale(0), pale(1), pale(2)
    n, d, c = num_examples, num_features, num_classes
    equation(
        [
            Grid(_blank(n, d), "X", "(N, D)", colors=[
                of_example if r == example else "white" for r in range(n)]),
            "@",
            Grid(_blank(d, c), "W.T", "(D, C)", colors=[
                [of_class if k == label else "white" for k in range(c)] for _ in range(d)]),
            "+",
            Grid(_blank(1, c), "b", "(C,)", colors=[
                [of_class if k == label else "white" for k in range(c)]]),
            "=",
            Grid(_blank(n, c), "scores", "(N, C)", colors=[
                [both if (r, k) == (example, label) else "white" for k in range(c)]
                for r in range(n)]),
        ],
        cell=0.32,
        caption=caption,
        alt=alt,
    )  # fmt: skip


@styled
def score_bars(
    images: np.ndarray,
    scores: np.ndarray,
    labels: np.ndarray,
    predicted: np.ndarray,
    names: Sequence[str],
    *,
    xlabel: str = "score",
    caption: str,
    alt: str,
) -> None:
    """Show images, each above a bar for each class's score.

    Args:
        images: (N, H, W, 3) uint8, N at most 6.
        scores: (N, C).
        labels, predicted: (N,) right and predicted classes: a right one's bar is blue, a predicted
            one that is wrong orange.
        names: C names of the classes.
        xlabel: what a bar is.
        caption, alt: as of `show`.
    """
    count = len(images)
    fig, axes = figure(
        2, count, width=min(WIDTH, 0.9 + 1.6 * count), height=4.4, squeeze=False,
        height_ratios=[1, 2.2], sharex="row",
    )  # fmt: skip
    places = np.arange(len(names))
    for n in range(count):
        draw_image(axes[0, n], images[n])
        axes[0, n].set_title(names[labels[n]])
        axes[0, n].set_axis_off()
        ax = axes[1, n]
        colors = [MUTED] * len(names)
        colors[predicted[n]] = PALETTE["orange"]
        colors[labels[n]] = PALETTE["blue"]
        ax.barh(places, scores[n], color=colors)
        ax.axvline(0, color=INK, linewidth=0.8)
        ax.set_yticks(places, names if n == 0 else [""] * len(names))
        ax.set_xlabel(xlabel)
        ax.invert_yaxis()
    show(fig, caption=caption, alt=alt)


def pale(label: int) -> str:
    """A pale tint of a class's colour, as a background for numbers."""
    from matplotlib.colors import to_hex, to_rgb

    rgb = np.array(to_rgb(CLASS_COLORS[label % len(CLASS_COLORS)]))
    return to_hex(tuple(1 - PALE + PALE * rgb))


def _grey(value: float) -> str:
    """A grey for a pixel: not quite black or white, so that a cell's frame stays visible."""
    return str(0.12 + 0.83 * float(value) / 255)


def _text(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _texts(values: np.ndarray) -> list[list[str]]:
    return [[_text(value) for value in row] for row in values]


def _blank(rows: int, columns: int) -> list[list[str]]:
    return [[""] * columns for _ in range(rows)]


@styled
def staircase(
    settings: np.ndarray, counts: np.ndarray, *, xlabel: str, ylabel: str, caption: str, alt: str
) -> None:
    """Show how a count changes with a setting, as steps, its lowest stretch marked.

    Args:
        settings: (M,) ascending.
        counts: (M,) whole numbers.
        xlabel, ylabel: what they are, with units.
        caption, alt: as of `show`.
    """
    fig, ax = figure(height=3.0)
    ax.step(settings, counts, where="mid", color=PALETTE["blue"])
    lowest = np.where(counts == counts.min(), counts, np.nan)
    ax.step(settings, lowest, where="mid", color=PALETTE["orange"], linewidth=5, alpha=0.8,
            label=f"fewest: {counts.min():g}")  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel, ylim=(0, None))
    ax.grid(axis="y")
    ax.legend(loc="lower right")
    show(fig, caption=caption, alt=alt)
