"""Pictures of computation graphs: numbers go forward along the edges, gradients come back.

What stands on the edges is handed over, worked out by hand or by a learner's own values (see
`pix2net.desk.watch`); nothing is computed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pix2net.judging.wording import worded
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

VALUE, GRADIENT = PALETTE["blue"], PALETTE["vermilion"]
COLUMN, ROW = 1.15, 0.72  # inches between neighbouring gates
NEAR = 0.9  # rows that gates of one column keep apart
BEND = 0.3  # of an edge that gives way to another
FLAT = 0.12  # sine of an edge's slope up to which its numbers stand just above and below it
TIGHT = 0.85  # inches a column below which numbers are written smaller

Number = float | str | None


@dataclass(frozen=True)
class Node:
    """A place of a graph where a number is: an input, or what a gate gives.

    Attributes:
        value: the number, or a text such as "?"; None: nothing is written.
        grad: how fast the last node grows with it; likewise.
        sign: of the gate that gives it, such as "+"; "" for an input of the graph.
        inputs: names of the nodes that go into that gate.
        shares: how much of the gradient each of these ways brings back (default: the input's
            ``grad``).
        label: the name of what a gate gives, where the text speaks of it; stands below the gate.
    """

    value: Number = None
    grad: Number = None
    sign: str = ""
    inputs: tuple[str, ...] = ()
    shares: tuple[Number, ...] = ()
    label: str = ""


Graph = Mapping[str, Node]
Places = Mapping[str, tuple[float, float]]  # (column, row)


def graph(nodes: Graph, *, column: float = COLUMN, caption: str, alt: str) -> None:
    """Show a graph from its inputs on the left to its last node on the right.

    Values stand above the edges, in blue; gradients below them, in vermilion and brackets.

    Args:
        nodes: name -> `Node`, each after those that go into it; the last is the result.
        column: inches between neighbouring gates, cut down where the graph would be too wide.
        caption, alt: as of `show`.
    """
    graph_row({"": nodes}, column=column, caption=caption, alt=alt)


@styled
def graph_row(
    panels: Mapping[str, Graph], *, column: float = COLUMN, caption: str, alt: str
) -> None:
    """Show several small graphs side by side, as `graph` shows one; title -> its nodes."""
    spans = [span_of(nodes) for nodes in panels.values()]
    wide = sum(across for across, _ in spans)
    title = 0.3 if any(panels) else 0.0
    fig, axes = figure(
        1, len(panels), width=min(WIDTH, column * wide), squeeze=False,
        height=ROW * max(down for _, down in spans) + title,
        width_ratios=[across for across, _ in spans],
    )  # fmt: skip
    for ax, (name, nodes) in zip(axes[0], panels.items(), strict=True):
        draw_graph(ax, nodes)
        ax.set_title(name)
    show(fig, caption=caption, alt=alt)


def span_of(nodes: Graph) -> tuple[float, float]:
    """Columns and rows that a graph takes, with its margins and its last arrow."""
    left, right, top, bottom = _limits(nodes, layout(nodes))
    return right - left, bottom - top


def _limits(nodes: Graph, places: Places) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a graph in columns and rows, bent edges included."""
    across, down = np.array(list(places.values())).T
    rows = list(down)
    for name, node in nodes.items():
        for way, source in enumerate(node.inputs):
            side, (x, y), (end, bottom) = (
                _side(places, node.inputs, way, name), places[source], places[name],
            )  # fmt: skip
            rows.append((y + bottom) / 2 - 0.5 * BEND * side * (end - x) * COLUMN / ROW)
    left, right = float(across.min()) - 0.6, float(across.max()) + 1.0
    return left, right, float(min(rows)) - 0.5, float(max(rows)) + 0.5


def layout(nodes: Graph) -> Places:
    """Name -> (column, row) of every node: a gate right of its inputs and halfway between them.

    Inputs of the graph stand one below the other in the order in which the result meets them,
    each in the column before the first gate that it goes into.
    """
    columns: dict[str, int] = {}
    for name, node in nodes.items():
        columns[name] = 1 + max((columns[i] for i in node.inputs), default=-1)
    for name, node in nodes.items():
        users = [columns[user] for user, of in nodes.items() if name in of.inputs]
        if not node.inputs and users:
            columns[name] = min(users) - 1
    rows: dict[str, float] = {name: float(i) for i, name in enumerate(_met(nodes))}
    for name, node in nodes.items():
        if node.inputs:
            rows[name] = float(np.mean([rows[i] for i in dict.fromkeys(node.inputs)]))
    for column in set(columns.values()):
        last = -np.inf
        for name in sorted((n for n in nodes if columns[n] == column), key=lambda n: rows[n]):
            rows[name] = last = max(rows[name], last + NEAR)
    return {name: (float(columns[name]), rows[name]) for name in nodes}


def _met(nodes: Graph) -> list[str]:
    """The graph's inputs in the order in which one meets them from the result, first ways first."""
    met: dict[str, None] = {}
    ways, known = [next(reversed(list(nodes)))], set()
    while ways:
        name = ways.pop()
        if name in known:
            continue
        known.add(name)
        if not nodes[name].inputs:
            met[name] = None
        ways.extend(reversed(nodes[name].inputs))
    return list(met)


def draw_graph(ax: Axes, nodes: Graph) -> None:
    """Draw a graph into axes; as `graph` says."""
    places = layout(nodes)
    left, right, top, bottom = _limits(nodes, places)
    ax.set(xlim=(left, right), ylim=(bottom, top))
    ax.set_axis_off()
    inches = ax.get_position().width * ax.figure.bbox.width / ax.figure.dpi
    size = 9.0 if inches / (right - left) > TIGHT else 8.0
    uses = Counter(i for node in nodes.values() for i in node.inputs)
    for name, node in nodes.items():
        for way, source in enumerate(node.inputs):
            edge = _Edge(
                places[source], places[name], nodes[source].value,
                node.shares[way] if node.shares else nodes[source].grad,
                _reach(nodes[source].sign or source), _reach(node.sign),
                _side(places, node.inputs, way, name),
                0.5 if uses[source] == 1 else 0.45 if node.inputs.count(source) > 1 else 0.62,
            )  # fmt: skip
            _draw_edge(ax, edge, size)
    last = next(reversed(list(nodes)))
    x, y = places[last]
    end, value, grad = (x + 0.9, y), nodes[last].value, nodes[last].grad
    _draw_edge(ax, _Edge((x, y), end, value, grad, _reach(nodes[last].sign or last), 0.0), size)
    ax.text(end[0] + 0.03, y, last, ha="left", va="center", fontsize=10)
    for name, node in nodes.items():
        total = node.grad if uses[name] > 1 else None
        _draw_node(ax, places[name], node.sign or name, not node.sign, total)
        if node.label:
            ax.annotate(
                node.label, places[name], xytext=(0, -12), textcoords="offset points",
                ha="center", va="top", fontsize=9.5, fontstyle="italic", color=INK, zorder=5,
            )  # fmt: skip


def _side(places: Places, inputs: tuple[str, ...], way: int, target: str) -> int:
    """Where an edge bends: up (1) or down (-1) if another joins the same two or a gate is near."""
    source = inputs[way]
    if inputs.count(source) > 1:
        return 1 if way == inputs.index(source) else -1
    (x, y), (end, bottom) = places[source], places[target]
    for column, row in places.values():
        if x < column < end:
            away = row - (y + (bottom - y) * (column - x) / (end - x))
            if abs(away) < NEAR / 2:
                return 1 if away > 0 else -1
    return 0


def _reach(text: str) -> float:
    """Half the width of a gate with that sign, in inches."""
    return 0.1 + 0.037 * len(text)


def _draw_node(
    ax: Axes, place: tuple[float, float], text: str, is_input: bool, total: Number
) -> None:
    shape = "circle,pad=0.3" if len(text) == 1 and not is_input else "round,pad=0.35"
    box = {"boxstyle": shape, "facecolor": "#EEEEEE" if is_input else "white", "edgecolor": INK}
    ax.text(*place, text, ha="center", va="center", fontsize=9.5, bbox=box, zorder=4)
    if total is not None:
        ax.annotate(
            worded("sum ({total})", total=number(total)), place,
            xytext=(0, -13) if is_input else (8, 12),
            textcoords="offset points", ha="center", va="top" if is_input else "bottom",
            fontsize=9, color=GRADIENT, zorder=5,
        )  # fmt: skip


@dataclass(frozen=True)
class _Edge:
    """An arrow with its two numbers.

    Attributes:
        before, after: inches at its ends that gates cover.
        side: bends it up (1), down (-1) or not at all.
        share: of its way, from the left, at which its numbers stand.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    value: Number
    grad: Number
    before: float
    after: float
    side: int = 0
    share: float = 0.5


def _draw_edge(ax: Axes, edge: _Edge, size: float) -> None:
    across, down = edge.end[0] - edge.start[0], edge.end[1] - edge.start[1]
    # On a slope less of a gate is in the way than its width: none is higher than an eighth inch.
    slope = down * ROW / np.hypot(across * COLUMN, down * ROW)
    before, after = (min(c, 0.16 / max(abs(slope), 1e-9)) for c in (edge.before, edge.after))
    ax.annotate(
        "", xy=edge.end, xytext=edge.start, zorder=1,
        arrowprops={
            "arrowstyle": "-|>", "color": MUTED, "lw": 1.2, "shrinkA": 72 * before,
            "shrinkB": 72 * after + 2, "connectionstyle": f"arc3,rad={-BEND * edge.side}",
        },
    )  # fmt: skip
    middle = edge.share + 0.5 * (before - after) / np.hypot(across * COLUMN, down * ROW)
    x, y = edge.start[0] + middle * across, edge.start[1] + middle * down
    y -= 2 * edge.share * (1 - edge.share) * BEND * edge.side * across * COLUMN / ROW
    leaning = 0 if abs(slope) < FLAT or edge.side else int(np.sign(slope))
    for text, color, up in ((edge.value, VALUE, 1), (edge.grad, GRADIENT, -1)):
        if text is not None:
            ax.annotate(
                number(text) if up > 0 else f"({number(text)})", (x, y), color=color, zorder=3,
                xytext=(1.5 * leaning * up, 1.5 * up), textcoords="offset points", fontsize=size,
                ha=("right", "center", "left")[1 + leaning * up],
                va="bottom" if up > 0 else "top",
            )  # fmt: skip


def number(value: float | str) -> str:
    """A number as it stands on an edge: two decimals, none where it is whole; texts as they are."""
    if isinstance(value, str):
        return value
    if value == round(value) and abs(value) < 1e4:
        return f"{value:.0f}".replace("-", "−")
    text = f"{value:.2f}" if 0.005 <= abs(value) < 1e4 else f"{value:.0e}"
    return text.replace("-", "−")
