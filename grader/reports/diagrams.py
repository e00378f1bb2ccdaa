"""The report's figures, as PNG data that a self-contained page can hold."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.reports.summary import ClassSummary, shares
from pix2net.judging.wording import worded
from pix2net.plots.style import styled

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#999999"  # Okabe and Ito's palette

HARDEST = 20  # exercises that a figure shows


@dataclass(frozen=True)
class Picture:
    """A figure as a data URI, with the text for those who cannot see it."""

    uri: str
    alt: str


@styled
def score_distribution(summary: ClassSummary) -> Picture:
    """Histogram of the students' total scores in percent."""
    percent = 100 * shares(summary)
    figure, axes = _figure(6.5, 2.8)
    counts, _, _ = axes.hist(percent, bins=np.arange(0, 101, 10), color=BLUE, edgecolor="white")
    median = float(np.median(percent)) if percent.size else 0.0
    told = worded("median {n:.0f} %", n=median)
    axes.axvline(median, color=ORANGE, linestyle="--", linewidth=2, label=told)
    axes.set(
        xlabel=worded("score in percent of all automatic points"),
        ylabel=worded("students"),
        xlim=(0, 100),
    )
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False)
    bins = [
        worded("{low} to {high} %: {n:.0f}", low=10 * i, high=10 * i + 10, n=n)
        for i, n in enumerate(counts)
        if n
    ]
    alt = worded(
        "Histogram of scores, median {n:.0f} percent. {bins}.",
        n=median, bins=worded(", ").join(bins),
    )  # fmt: skip
    return _picture(figure, alt)


@styled
def difficulty(summary: ClassSummary) -> Picture:
    """Bars of the mean share of points per exercise, hardest first."""
    items = sorted(summary.items, key=lambda item: item.mean_share)[:HARDEST][::-1]
    figure, axes = _figure(6.5, 0.6 + 0.24 * len(items))
    names = [f"{item.exercise}  ({item.assignment.split('_')[0]})" for item in items]
    values = [100 * item.mean_share for item in items]
    axes.barh(names, values, color=BLUE, height=0.7)
    for i, value in enumerate(values):
        axes.text(value + 1, i, f"{value:.0f}", va="center", fontsize=8)
    axes.set(
        xlabel=worded("mean share of the points, percent"),
        xlim=(0, 108),
        ylim=(-0.6, len(items) - 0.4),
    )
    axes.tick_params(axis="y", labelsize=8)
    hardest = worded(", ").join(
        f"{item.exercise} {100 * item.mean_share:.0f} %" for item in items[::-1][:5]
    )
    alt = worded("Mean share of points by exercise; the hardest: {names}.", names=hardest)
    return _picture(figure, alt)


@styled
def by_chapter(summary: ClassSummary) -> Picture:
    """Boxes of the students' shares of the automatic points, a chapter each."""
    chapters = summary.chapters
    figure, axes = _figure(6.5, 1.2 + 0.35 * len(chapters))
    axes.boxplot(
        [[100 * share for share in c.shares] for c in chapters][::-1],
        orientation="horizontal",
        tick_labels=[c.assignment for c in chapters][::-1],
        widths=0.6,
        medianprops={"color": ORANGE, "linewidth": 2},
        flierprops={"marker": ".", "markeredgecolor": GREY},
    )
    axes.set(xlabel=worded("score in percent of the chapter's automatic points"), xlim=(-3, 103))
    told = worded(", ").join(f"{c.assignment} {100 * c.median:.0f} %" for c in chapters)
    alt = worded("Spread of the scores by chapter; the medians: {medians}.", medians=told)
    return _picture(figure, alt)


def _figure(width: float, height: float) -> tuple[Any, Any]:
    """A figure of so many inches, without pyplot's global state."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _picture(figure: Any, alt: str) -> Picture:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return Picture("data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode(), alt)
