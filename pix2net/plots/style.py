"""The one style of the course's figures: sizes readable at notebook width, safe colours."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from pix2net.judging.wording import spoken

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Cut down to the characters that occur, by `python -m grader.weave.cut_font`; its licence is beside
# it.
CHINESE_FONT = Path(__file__).parent / "fonts" / "NotoSansSC.otf"
FAMILY = ["DejaVu Sans", "Noto Sans SC"]  # the second where the first has no character
CHINESE_FAMILY = FAMILY[::-1]
P = ParamSpec("P")
R = TypeVar("R")

WIDTH = 7.2  # inches: the width of a notebook's text
SCREEN_DPI = 100  # pixels an inch at which a figure is shown
FILE_DPI = 160  # pixels an inch at which it is drawn, so that it stays sharp on a fine screen

# Okabe and Ito's colours, told apart with every common kind of colour blindness:
# M. Okabe, K. Ito, "Color Universal Design", 2008.
PALETTE = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "vermilion": "#D55E00",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "yellow": "#F0E442",
    "black": "#000000",
}
INK = "#222222"
MUTED = "#6B6B6B"

RC: Any = {
    "font.family": FAMILY,
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.labelsize": 10,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "figure.titlesize": 11,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.0,
    "lines.markersize": 5,
    "image.interpolation": "nearest",  # a pixel is a square: no smoothing between them
    "image.cmap": "gray",
    "savefig.facecolor": "white",
}


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Decorator: run a drawing function under the course's style, whatever the user's own is."""

    @functools.wraps(draw)
    def under_style(*args: P.args, **kwargs: P.kwargs) -> R:
        import matplotlib
        from cycler import cycler

        cycle = cycler(color=list(PALETTE.values()))
        _add_font()
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(RC)
            matplotlib.rcParams["axes.prop_cycle"] = cycle
            return draw(*args, **kwargs)

    return under_style


@functools.cache
def _add_font() -> None:
    from matplotlib.font_manager import fontManager

    fontManager.addfont(CHINESE_FONT)
    # Also for bold text: else Matplotlib warns that it takes this one.
    fontManager.ttflist.append(replace(fontManager.ttflist[-1], weight="bold"))


def title_height(lines: int = 1) -> float:
    """Inches that a title of some lines takes: Chinese characters are taller than Latin letters."""
    return lines * (0.22 if spoken() else 0.2)


def figure(
    rows: int = 1,
    columns: int = 1,
    *,
    width: float = WIDTH,
    height: float = 3.2,
    **subplot_options: Any,
) -> tuple[Figure, Any]:
    """A figure of ``rows`` x ``columns`` axes under `styled`.

    The figure belongs to no window or global list: it needs no closing.

    Args:
        width, height: of the whole figure in inches.
        subplot_options: as of ``Figure.subplots`` (``sharey``, ``width_ratios``, ``squeeze``, ...).

    Returns:
        The figure and its axes: one, or an array of them (as ``Figure.subplots`` gives them).
    """
    from matplotlib.figure import Figure

    fig = Figure(figsize=(width, height), layout="constrained")
    return fig, fig.subplots(rows, columns, **subplot_options)
