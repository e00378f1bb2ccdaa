"""Pictures of a plane of two features: points, who wins where, and the lines in between.

The drawing functions ``draw_...`` go into given axes, so that a slider can redraw them and small
multiples can show several; `plane` puts them together into one shown figure. What wins where comes
from the learner's own functions, handed over as ``predict``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pix2net.judging.wording import worded
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Predict = Callable[[np.ndarray], np.ndarray]
Limits = tuple[float, float, float, float]

CLASS_COLORS = [PALETTE[n] for n in ("blue", "orange", "green", "purple", "vermilion", "sky")]
CLASS_MARKERS = "os^Dv*"  # a class can be told by its marker alone
TINT = 0.25  # how much of its colour a region keeps
GRID = 160  # points along each side at which a region is asked for


@dataclass(frozen=True)
class Line:
    """The line ``normal @ x + offset = 0``.

    Attributes:
        label: written beside the arrow along its normal.
        near: a place of the plane: the arrow starts at the line's point closest to it (default: to
            the middle of the picture).
    """

    normal: np.ndarray
    offset: float
    label: str = ""
    near: tuple[float, float] | None = None


@styled
def plane(
    points: np.ndarray,
    labels: np.ndarray,
    names: Sequence[str],
    *,
    predict: Predict | None = None,
    centres: np.ndarray | None = None,
    lines: Sequence[Line | tuple[np.ndarray, float]] = (),
    limits: Limits | None = None,
    axes_names: tuple[str, str] = ("first feature", "second feature"),
    caption: str,
    alt: str,
) -> None:
    """Show labelled points in the plane, the regions that a classifier gives to each class, lines.

    Args:
        points: (N, 2).
        labels: (N,) integers in 0..C-1.
        names: C names of the classes.
        predict: ``(M, 2) -> (M,)`` labels, or None for points without regions.
        centres: (C, 2), a centroid for each class, drawn as a cross in the class's colour.
        lines: `Line`s, or pairs (normal, offset), each drawn with an arrow along its normal.
        limits: left, right, bottom, top (default: around the points).
        axes_names: of the two features, with their units.
        caption, alt: as of `show`.
    """
    fig, ax = figure(width=5.6, height=4.6)
    box = limits or limits_of(points)
    set_plane(ax, box, axes_names)
    if predict is not None:
        draw_regions(ax, predict, box)
    draw_points(ax, points, labels, names)
    for c, centre in enumerate(() if centres is None else centres):
        ax.scatter(
            *centre, s=90, label=worded("centroid of {name}", name=names[c]), zorder=4, marker="X",
            color=CLASS_COLORS[c % len(CLASS_COLORS)], edgecolor=INK, linewidth=1.0,
        )  # fmt: skip
    for line in lines:
        draw_line(ax, line if isinstance(line, Line) else Line(*line), box)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    show(fig, caption=caption, alt=alt)


@styled
def picture_plane(
    points: np.ndarray,
    *,
    full: float,
    predict: Predict | None = None,
    names: Mapping[str, tuple[float, float]] | None = None,
    caption: str,
    alt: str,
) -> None:
    """Show images of two pixels where they lie in the plane: left pixel across, right pixel up.

    Args:
        points: (N, 2) images, pixels in 0..full.
        full: the number that is drawn white.
        predict: ``(M, 2) -> (M,)`` labels for tinted regions, or None.
        names: name -> place to write it at.
        caption, alt: as of `show`.
    """
    fig, ax = figure(width=5.0, height=4.8)
    box = (0.0, full, 0.0, full)
    set_plane(ax, box, ("left pixel", "right pixel"))
    if predict is not None:
        draw_regions(ax, predict, box)
    draw_pictures(ax, points, full=full, size=0.14 * full)
    draw_names(ax, names or {})
    show(fig, caption=caption, alt=alt)


def limits_of(points: np.ndarray, margin: float = 0.08) -> Limits:
    """Left, right, bottom, top of a box around points (N, 2), with some air on every side."""
    low, high = points.min(axis=0), points.max(axis=0)
    air = margin * np.maximum(high - low, 1e-9)
    (left, bottom), (right, top) = low - air, high + air
    return float(left), float(right), float(bottom), float(top)


def set_plane(ax: Axes, limits: Limits, axes_names: tuple[str, str]) -> None:
    """Give axes the limits and names of a plane; a unit is as long upwards as to the right."""
    left, right, bottom, top = limits
    ax.set(xlim=(left, right), ylim=(bottom, top), xlabel=axes_names[0], ylabel=axes_names[1])
    ax.set_aspect("equal", adjustable="box")
    ax.locator_params(nbins=5, steps=[1, 2, 5, 10])


def draw_regions(ax: Axes, predict: Predict, limits: Limits) -> None:
    """Tint every place of the plane with the colour of the class that ``predict`` gives it."""
    left, right, bottom, top = limits
    # Asked for in the middle of each little square, which is then filled.
    x = left + (np.arange(GRID) + 0.5) * (right - left) / GRID
    y = bottom + (np.arange(GRID) + 0.5) * (top - bottom) / GRID
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    winners = np.asarray(predict(places)).reshape(GRID, GRID)
    ax.imshow(
        tints()[winners % len(CLASS_COLORS)],
        extent=limits,
        origin="lower",
        interpolation="bilinear",
        aspect=ax.get_aspect(),
        zorder=0,
    )


def tints() -> np.ndarray:
    """The colours of the regions, one row of red, green, blue in 0..1 per class colour."""
    from matplotlib.colors import to_rgb

    return 1 - TINT + TINT * np.array([to_rgb(color) for color in CLASS_COLORS])


def draw_points(
    ax: Axes,
    points: np.ndarray,
    labels: np.ndarray,
    names: Sequence[str],
    *,
    wrong: np.ndarray | None = None,
    size: float = 30.0,
) -> None:
    """Draw points (N, 2), each with its class's colour and marker; ``wrong`` (N,) rings some."""
    for c, name in enumerate(names):
        chosen = points[labels == c]
        ax.scatter(
            chosen[:, 0], chosen[:, 1], s=size, label=name, zorder=3,
            color=CLASS_COLORS[c % len(CLASS_COLORS)], marker=CLASS_MARKERS[c % len(CLASS_MARKERS)],
            edgecolor="white", linewidth=0.6,
        )  # fmt: skip
    if wrong is not None and np.any(wrong):
        ring = points[np.asarray(wrong, dtype=bool)]
        ax.scatter(
            ring[:, 0], ring[:, 1], s=3.2 * size, label=worded("wrong"), zorder=4,
            facecolor="none", edgecolor=INK, linewidth=1.0,
        )  # fmt: skip


def draw_line(
    ax: Axes, line: Line, limits: Limits, *, arrow: bool = True, style: str = "-"
) -> None:
    """Draw a line, and from it an arrow along its normal: to the side where it is positive.

    The arrow has a fixed length, a sixth of the box; where the normal is zero there is no line.
    """
    normal = np.asarray(line.normal, dtype=np.float64)
    length = float(np.hypot(*normal))
    if length == 0:
        return
    unit = normal / length
    left, right, bottom, top = limits
    near = np.array(line.near or ((left + right) / 2, (bottom + top) / 2))
    foot = near - (unit @ near + line.offset / length) * unit
    along = np.array([-unit[1], unit[0]])
    ax.axline(tuple(foot), tuple(foot + along), color=INK, linewidth=1.6, linestyle=style, zorder=2)
    if not arrow:
        return
    tip = foot + unit * min(right - left, top - bottom) / 6
    ax.annotate(
        "", xy=tuple(tip), xytext=tuple(foot), zorder=5,
        arrowprops={"arrowstyle": "-|>", "color": INK, "shrinkA": 0, "shrinkB": 0, "lw": 1.6},
    )  # fmt: skip
    if line.label:
        ax.annotate(
            line.label, xy=tuple(tip), xytext=(4 * unit[0], 4 * unit[1]), zorder=6,
            textcoords="offset points", fontsize=9,
            ha="left" if unit[0] >= 0 else "right", va="bottom" if unit[1] >= 0 else "top",
        )  # fmt: skip


def draw_names(ax: Axes, places: Mapping[str, tuple[float, float]]) -> None:
    """Write names at places of the plane, readable on any tint."""
    for name, (x, y) in places.items():
        ax.text(x, y, name, ha="center", va="center", color=INK, fontsize=10, zorder=6)


def draw_pictures(ax: Axes, points: np.ndarray, *, full: float, size: float) -> None:
    """Draw at each point (N, 2) the image of two pixels that it is: left and right, in grey.

    Args:
        full: the number that is drawn white; 0 is black.
        size: width of the little picture in the plane's units.
    """
    for x, y in points:
        ax.imshow(
            np.array([[x, y]]), cmap="gray", vmin=0, vmax=full, zorder=3, interpolation="nearest",
            extent=(x - size / 2, x + size / 2, y - size / 4, y + size / 4), aspect="equal",
        )  # fmt: skip
        frame = np.array([[-1, -1, 1, 1, -1], [-1, 1, 1, -1, -1]]) * [[size / 2], [size / 4]]
        ax.plot(x + frame[0], y + frame[1], color=MUTED, linewidth=0.8, zorder=4)
