"""Charts of measured numbers: bars, times on a logarithmic axis, error bars, heat maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pix2net.judging.wording import worded
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SERIES_COLORS = [PALETTE[n] for n in ("blue", "orange", "green", "vermilion", "purple", "sky")]
BAR = 0.8  # how much of its place a group of bars fills


@styled
def bars(
    groups: Mapping[str, Mapping[str, float]],
    *,
    ylabel: str,
    levels: Mapping[str, float] | None = None,
    errors: Mapping[str, Mapping[str, float]] | None = None,
    top: float | None = None,
    digits: int = 2,
    caption: str,
    alt: str,
) -> None:
    """Show groups of upright bars with their numbers on top.

    Args:
        groups: group -> name of a bar -> height; bars of one name have one colour and one legend
            entry.
        ylabel: what the height is, with its unit.
        levels: name -> height of a dashed line across the chart, such as chance.
        errors: group -> name of a bar -> half length of its error bar.
        top: upper end of the axis (default: a little above the highest bar).
        digits: decimals of the numbers on the bars.
        caption, alt: as of `show`.
    """
    names = list(dict.fromkeys(name for group in groups.values() for name in group))
    single = len(names) == len(groups) == 1 or all(len(group) == 1 for group in groups.values())
    fig, ax = figure(width=min(WIDTH, 2.6 + 0.75 * sum(map(len, groups.values()))), height=3.2)
    highest = 0.0
    for g, (group, values) in enumerate(groups.items()):
        width = BAR / len(values)
        for i, (name, value) in enumerate(values.items()):
            x = g + (i - (len(values) - 1) / 2) * width
            error = (errors or {}).get(group, {}).get(name)
            color = SERIES_COLORS[0 if single else names.index(name) % len(SERIES_COLORS)]
            ax.bar(x, value, width * 0.92, color=color, label=None if g or single else name)
            if error is not None:
                ax.errorbar(x, value, error, color=INK, capsize=4, linewidth=1.2)
            reach = value + (error or 0.0)
            highest = max(highest, reach)
            _number_above(ax, x, reach, f"{value:.{digits}f}")
    ax.set_xticks(range(len(groups)), list(groups))
    ax.tick_params(axis="x", length=0)
    ax.set(ylabel=ylabel, ylim=(0, top or 1.15 * max(highest, *(levels or {"": 0.0}).values())))
    draw_levels(ax, levels or {})
    if not single:
        fig.legend(loc="outside upper left", ncols=len(names))
    show(fig, caption=caption, alt=alt)


@styled
def timing_bars(groups: Mapping[str, Mapping[str, float]], *, caption: str, alt: str) -> None:
    """Show how long several ways take, side by side, on a logarithmic axis.

    Args:
        groups: title of a panel -> name of a way -> seconds (> 0).
        caption, alt: as of `show`.
    """
    longest = max(len(values) for values in groups.values())
    fig, axes = figure(
        1, len(groups), height=1.1 + 0.42 * longest, sharex=True, sharey=True, squeeze=False
    )
    everything = [seconds for values in groups.values() for seconds in values.values()]
    low, high = 10 ** np.floor(np.log10(min(everything)) - 0.3), max(everything)
    for ax, (title, values) in zip(axes[0], groups.items(), strict=True):
        slowest = max(values.values())
        for i, seconds in enumerate(values.values()):
            ax.barh(i, seconds - low, left=low, color=SERIES_COLORS[i], height=0.7)
            times = f" ({_factor(slowest / seconds)} x)" if seconds < slowest else ""
            ax.text(seconds * 1.15, i, duration(seconds) + times, va="center", fontsize=9)
        ax.set_yticks(range(len(values)), list(values))
        ax.set(xscale="log", xlim=(low, high * 60), title=title)
        ax.tick_params(axis="y", length=0)
        ax.minorticks_off()
    axes[0, 0].invert_yaxis()
    fig.supxlabel(worded("seconds (each tick is ten times the one before)"), fontsize=10)
    show(fig, caption=caption, alt=alt)


def _factor(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 10 else f"{ratio:,.0f}"


def duration(seconds: float) -> str:
    """A time in the unit in which it is easily read: ``0.0123`` is ``12 ms``."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


@styled
def lines_with_spread(
    samples: Mapping[str, Mapping[float, Sequence[float]]],
    *,
    xlabel: str,
    ylabel: str,
    levels: Mapping[str, float] | None = None,
    log: bool = False,
    caption: str,
    alt: str,
) -> None:
    """Show means as a line with error bars, and every sample as a dot.

    An error bar is one standard deviation of what the samples were drawn from, so by n - 1.

    Args:
        samples: name of a line -> x -> the samples measured there.
        xlabel, ylabel: what the axes are, with their units.
        levels: name -> height of a dashed line across the chart.
        log: whether the x axis is logarithmic.
        caption, alt: as of `show`.
    """
    fig, ax = figure(height=3.4)
    xs = sorted({x for line in samples.values() for x in line})
    for i, (name, line) in enumerate(samples.items()):
        color = SERIES_COLORS[i % len(SERIES_COLORS)]
        at = sorted(line)
        for x in at:
            ax.plot([x] * len(line[x]), line[x], "o", color=color, alpha=0.3, markersize=4)
        means = [float(np.mean(line[x])) for x in at]
        spreads = [float(np.std(line[x], ddof=min(1, len(line[x]) - 1))) for x in at]
        ax.errorbar(at, means, spreads, color=color, marker="o", capsize=4, label=name)
    if log:
        ax.set_xscale("log")
        ax.minorticks_off()
    ax.set_xticks(xs, [f"{x:g}" for x in xs])
    ax.set(xlabel=xlabel, ylabel=ylabel)
    draw_levels(ax, levels or {})
    if len(samples) > 1:
        fig.legend(loc="outside upper left", ncols=len(samples))
    show(fig, caption=caption, alt=alt)


@styled
def accuracy_bars(
    predictions: Mapping[str, np.ndarray],
    y_true: np.ndarray,
    *,
    chance: float,
    caption: str,
    alt: str,
) -> None:
    """Show how often each set of predictions is right, with the error that chance leaves.

    The error bar is one standard error, sqrt(p (1 - p) / N).

    Args:
        predictions: name -> (N,) labels.
        y_true: (N,) the right labels.
        chance: how often guessing is right, drawn as a dashed line.
        caption, alt: as of `show`.
    """
    groups, errors = {}, {}
    for name, y_pred in predictions.items():
        p = np.count_nonzero(np.asarray(y_pred) == y_true) / len(y_true)
        groups[name] = {"": p}
        errors[name] = {"": float(np.sqrt(p * (1 - p) / len(y_true)))}
    bars(
        groups, errors=errors, levels={worded("chance"): chance}, caption=caption, alt=alt,
        ylabel=worded("accuracy on {n} images", n=len(y_true)), digits=3,
    )  # fmt: skip


@styled
def histogram(
    values: Sequence[float] | np.ndarray,
    *,
    xlabel: str,
    ylabel: str,
    step: float,
    marks: Mapping[str, float] | None = None,
    caption: str,
    alt: str,
) -> None:
    """Show how often values of a fixed step occur, with some places marked by lines.

    Args:
        values: (N,) numbers that are multiples of ``step``.
        marks: name -> place of a dashed upright line.
        xlabel, ylabel, caption, alt: as elsewhere.
    """
    fig, ax = figure(height=2.8)
    places, counts = np.unique(np.rint(np.asarray(values) / step), return_counts=True)
    ax.bar(places * step, counts, 0.9 * step, color=SERIES_COLORS[0])
    names = marks or {}
    ax.set_ylim(0, counts.max() * (1.05 + 0.13 * len(names)))
    middle = np.mean(ax.get_xlim())
    for i, (name, place) in enumerate(names.items()):
        color = SERIES_COLORS[(3, 2, 4)[i % 3]]
        ax.axvline(place, color=color, linestyle="--", linewidth=1.5)
        ax.annotate(
            name, (place, counts.max() * (1.05 + 0.13 * (len(names) - i - 1))),
            xytext=(4 if place < middle else -4, 0), textcoords="offset points", color=color,
            ha="left" if place < middle else "right", va="bottom",
        )  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    show(fig, caption=caption, alt=alt)


@styled
def heat_maps(maps: Mapping[str, np.ndarray], *, label: str, caption: str, alt: str) -> None:
    """Show tables of numbers as coloured squares, all in one scale from 0 up.

    Args:
        maps: title -> (H, W) numbers >= 0.
        label: what the numbers are, with their unit, beside the scale.
        caption, alt: as of `show`.
    """
    side = min(3.2, 6.2 / len(maps))
    lines = 1 + max(title.count("\n") for title in maps)
    fig, axes = figure(
        1, len(maps), width=side * len(maps) + 1.0, height=side + 0.15 + 0.2 * lines, squeeze=False
    )
    highest = max(float(np.max(values)) for values in maps.values())
    for ax, (title, values) in zip(axes[0], maps.items(), strict=True):
        drawn = ax.imshow(values, cmap="viridis", vmin=0, vmax=highest)
        ax.set(title=title, xticks=[], yticks=[])
    fig.colorbar(drawn, ax=axes.ravel().tolist(), label=label, shrink=0.9)
    show(fig, caption=caption, alt=alt)


def _number_above(ax: Axes, x: float, y: float, text: str) -> None:
    ax.annotate(
        text, (x, y), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom",
        fontsize=9, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )  # fmt: skip


def draw_levels(ax: Axes, levels: Mapping[str, float]) -> None:
    """Draw dashed lines across axes, named at their right end: the lower of two below its line."""
    low, high = ax.get_ylim()
    for i, (name, height) in enumerate(levels.items()):
        near = [h - height for h in levels.values() if 0 < abs(h - height) < 0.08 * (high - low)]
        side = ("top" if near[0] > 0 else "bottom") if near else "center"
        ax.axhline(height, color=MUTED, linestyle=("--", ":")[i % 2], linewidth=1.2, zorder=0)
        ax.text(
            1.01, height, name, color=MUTED, fontsize=9, va=side,
            transform=ax.get_yaxis_transform(),
        )  # fmt: skip
