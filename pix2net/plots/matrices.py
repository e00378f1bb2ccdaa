"""Pictures of small matrices in an equation: cells with numbers in them, signs in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, WIDTH, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 0.9  # between the parts of an equation, in cells
DARK = 0.45  # of white: on a darker cell the number is written in white


@dataclass(frozen=True)
class Grid:
    """A matrix of an equation.

    Attributes:
        cells: R rows of C texts; an empty text leaves a cell empty.
        title: above it.
        note: below it, such as its shape.
        names: R texts to the left of its rows, or none.
        colors: R rows of C colours of the cells, or one colour a row (default: white).
    """

    cells: Sequence[Sequence[str]]
    title: str = ""
    note: str = ""
    names: Sequence[str] = ()
    colors: Sequence[Sequence[str] | str] = ()

    def color(self, row: int, column: int) -> str:
        """The colour of a cell."""
        if not self.colors:
            return "white"
        of_row = self.colors[row]
        return of_row if isinstance(of_row, str) else of_row[column]


@styled
def equation(parts: Sequence[Grid | str], *, cell: float = 0.5, caption: str, alt: str) -> None:
    """Show matrices and the signs between them, in one row, all centred on one line.

    Args:
        parts: `Grid`s, and signs such as "+" or "=".
        cell: side of a cell in inches, cut down where the equation would be wider than the page.
        caption, alt: as of `show`.
    """
    grids = [part for part in parts if isinstance(part, Grid)]
    tallest = max(len(grid.cells) for grid in grids)
    width = sum(_width(part) for part in parts) + GAP * (len(parts) - 1)
    cell = min(cell, WIDTH / (width + 0.4))
    height = tallest + 2.0
    fig, ax = figure(width=(width + 0.4) * cell, height=height * cell)
    ax.set_axis_off()
    ax.set(xlim=(-0.2, width + 0.2), ylim=(-height / 2, height / 2), aspect="equal")
    x = 0.0
    for part in parts:
        if isinstance(part, Grid):
            _draw_grid(ax, part, x, cell)
        else:
            ax.text(x, 0, part, ha="center", va="center", fontsize=14, color=INK)
        x += _width(part) + GAP
    show(fig, caption=caption, alt=alt)


def _width(part: Grid | str) -> float:
    return _names_width(part) + len(part.cells[0]) if isinstance(part, Grid) else 0.0


def _names_width(grid: Grid) -> float:
    return 0.28 * max((len(name) for name in grid.names), default=0)


def _draw_grid(ax: Axes, grid: Grid, x: float, cell: float) -> None:
    from matplotlib.patches import Rectangle

    left, rows, columns = x + _names_width(grid), len(grid.cells), len(grid.cells[0])
    size = min(10.0, 20 * cell)
    for r in range(rows):
        y = rows / 2 - r - 1
        for c in range(columns):
            color = grid.color(r, c)
            box = Rectangle((left + c, y), 1, 1, facecolor=color, edgecolor=MUTED, linewidth=0.8)
            ax.add_patch(box)
            ax.text(
                left + c + 0.5, y + 0.5, grid.cells[r][c], ha="center", va="center",
                fontsize=size, color="white" if _is_dark(color) else INK,
            )  # fmt: skip
        if grid.names:
            ax.text(left - 0.15, y + 0.5, grid.names[r], ha="right", va="center", fontsize=size)
    middle = left + columns / 2
    ax.text(middle, rows / 2 + 0.2, grid.title, ha="center", va="bottom", fontsize=10)
    ax.text(middle, -rows / 2 - 0.2, grid.note, ha="center", va="top", fontsize=9, color=MUTED)


def _is_dark(color: str) -> bool:
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(color)
    return 0.299 * red + 0.587 * green + 0.114 * blue < DARK
