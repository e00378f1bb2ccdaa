"""A map of a transformer: its parts in the order in which numbers pass them, and who wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pix2net.judging.wording import worded
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 0.42  # inches from part to part
LEFT, WIDE = 0.75, 2.35  # of the column of boxes, in inches
BESIDE = 5.05  # where the second column begins
TALL = 0.30  # of a box
FILLS = {"written": PALETTE["sky"], "made of it": "#DCEFFA", "new": "white"}
KINDS = {
    "written": "you wrote it",
    "made of it": "made of what you wrote",
    "new": "new",
}


@dataclass(frozen=True)
class Part:
    """A part of a network.

    Attributes:
        name: what it is called.
        note: where it was written, or what it is made of.
        kind: whether the reader has written it.
    """

    name: str
    note: str
    kind: Literal["written", "made of it", "new"]


@styled
def transformer(
    parts: Sequence[Part],
    block: tuple[int, int],
    around: Sequence[int],
    beside: Sequence[Part],
    *,
    caption: str,
    alt: str,
) -> None:
    """Show the parts from top to bottom, those of a block that repeats in a frame.

    Args:
        parts: in the order in which numbers pass them.
        block: first and last of the parts that repeat.
        around: numbers of the parts that add what stood before: a line leads past the parts from
            the last such part, or from the start of the block, to each.
        beside: what trains the network, in a column of its own.
        caption, alt: as of `show`.
    """
    height = ROW * len(parts) + 0.5
    fig, ax = figure(width=WIDTH, height=height)
    ax.set_axis_off()
    ax.set(xlim=(0, WIDTH), ylim=(-ROW * len(parts) - 0.05, 0.45), aspect="equal")
    first, last = block
    _draw_frame(ax, -ROW * first + 0.04, -ROW * (last + 1) + 0.04)
    for i, part in enumerate(parts):
        _draw_part(ax, part, LEFT, -ROW * (i + 0.5))
        if i:
            _draw_arrow(
                ax, LEFT + WIDE / 2, -ROW * (i - 0.5) - TALL / 2, -ROW * (i + 0.5) + TALL / 2
            )
    begin = first
    for end in around:
        _draw_way_past(ax, -ROW * begin, -ROW * (end + 0.5))
        begin = end + 1
    ax.text(BESIDE, 0.1, worded("what trains it"), fontsize=9, weight="bold")
    for i, part in enumerate(beside):
        _draw_part(ax, part, BESIDE, -ROW * (1.5 * i + 0.5), width=1.9, below=True)
    _draw_key(ax, -ROW * (len(parts) - 2.6))
    show(fig, caption=caption, alt=alt)


def _draw_part(
    ax: Axes, part: Part, x: float, y: float, *, width: float = WIDE, below: bool = False
) -> None:
    _draw_box(ax, x, y, width, part.kind)
    ax.text(x + width / 2, y, part.name, ha="center", va="center", fontsize=9)
    if below:
        ax.text(
            x + 0.05, y - TALL / 2 - 0.03, part.note, ha="left", va="top", fontsize=8, color=INK
        )
    else:
        ax.text(x + width + 0.12, y, part.note, ha="left", va="center", fontsize=8, color=INK)


def _draw_box(ax: Axes, x: float, y: float, width: float, kind: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    ax.add_patch(
        FancyBboxPatch(
            (x, y - TALL / 2),
            width,
            TALL,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor=FILLS[kind],
            edgecolor=INK,
            linewidth=1.1,
            linestyle="--" if kind == "new" else "-",
            zorder=3,
        )
    )


def _draw_arrow(ax: Axes, x: float, start: float, end: float) -> None:
    ax.annotate(
        "", xy=(x, end), xytext=(x, start), zorder=2,
        arrowprops={"arrowstyle": "-|>", "color": MUTED, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip


def _draw_way_past(ax: Axes, start: float, end: float) -> None:
    """A line that leaves the column before a part and comes back at an addition."""
    out = LEFT - 0.25
    middle = LEFT + WIDE / 2
    ax.plot([middle, out, out], [start, start, end], color=PALETTE["vermilion"], linewidth=1.3,
            zorder=2)  # fmt: skip
    ax.annotate(
        "", xy=(LEFT, end), xytext=(out, end), zorder=2,
        arrowprops={"arrowstyle": "-|>", "color": PALETTE["vermilion"], "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip


def _draw_frame(ax: Axes, top: float, bottom: float) -> None:
    from matplotlib.patches import Rectangle

    left = LEFT - 0.4
    ax.add_patch(
        Rectangle((left, bottom), WIDE + 0.47, top - bottom, facecolor="#F4F4F4", edgecolor=MUTED,
                  linewidth=0.8, zorder=0)
    )  # fmt: skip
    ax.text(left - 0.08, (top + bottom) / 2, worded("a block, many times"), rotation=90, ha="right",
            va="center", fontsize=9, color=INK)  # fmt: skip


def _draw_key(ax: Axes, y: float) -> None:
    for i, (kind, text) in enumerate(KINDS.items()):
        low = y - 0.36 * i
        _draw_box(ax, BESIDE, low, 0.4, kind)
        ax.text(BESIDE + 0.5, low, text, va="center", fontsize=8)
