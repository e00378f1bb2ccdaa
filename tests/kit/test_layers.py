"""Pictures of what goes through layers: every number is counted in its own layer and place."""

import sys

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch

from pix2net import plots
from pix2net.plots.layers import BINS, BREADTH, HIGHEST, LOWEST

TEXTS = {"caption": "See.", "alt": "Histograms."}


@pytest.fixture
def ax():
    return Figure(figsize=(4, 3)).subplots()


def shares(ax):
    """For each layer (share of the fullest bin, its lower and its upper edge) of every full bin."""
    found = []
    for i, patch in enumerate(p for p in ax.patches if isinstance(p, StepPatch)):
        ends, edges, start = patch.get_data()
        assert start == i + 1
        found.append(
            [
                ((end - start) / BREADTH, low, high)
                for end, low, high in zip(ends, edges, edges[1:], strict=False)
                if end > start
            ]
        )
    return found


def test_each_layer_has_its_histogram_and_the_ends_count_what_lies_outside(ax):
    plots.draw_spreads(ax, [np.array([[0.0, 0.0], [0.5, 9.0]]), np.array([-7.0])], (-1, 1))
    first, second = shares(ax)
    assert [share for share, *_ in first] == pytest.approx([1.0, 0.5, 0.5])
    for (_, low, high), value in zip(first, (0.0, 0.5, 1.0), strict=True):
        assert low <= value <= high
    assert len(second) == 1
    assert second[0][1] == -1
    assert ax.get_ylim() == (-1, 1)


def test_sizes_are_counted_by_powers_of_ten_without_the_zeros(ax):
    plots.draw_sizes(ax, [np.array([0.0, 1e-6, -1e-6, 100.0]), np.array([1e-300])])
    first, second = shares(ax)
    assert [share for share, *_ in first] == pytest.approx([1.0, 0.5])
    for (_, low, high), power in zip(first, (-6, 2), strict=True):
        assert low <= power <= high
    assert second[0][1] == LOWEST
    assert ax.get_ylim() == (LOWEST, HIGHEST)
    assert not ax.texts


def test_a_layer_of_zeros_is_told_by_a_0(ax):
    plots.draw_sizes(ax, [np.zeros(5), np.ones(3)])
    (text,) = ax.texts
    assert text.get_text() == "0"
    assert 1 < text.xy[0] < 2
    assert shares(ax)[0] == []


def test_panels_stand_side_by_side_outputs_above_gradients(monkeypatch):
    shown = []
    module = sys.modules["pix2net.plots.layers"]
    monkeypatch.setattr(module, "show", lambda fig, **_: shown.append(fig))
    layers = [np.linspace(-1, 1, 50), np.linspace(-0.5, 0.5, 50), np.zeros(50)]
    plots.layer_spreads({"a": (layers, layers), "b": (layers, layers)}, limits=(-1, 1), **TEXTS)
    axes = shown[0].axes
    assert [ax.get_title() for ax in axes] == ["a", "b", "", ""]
    assert [len(shares(ax)) for ax in axes] == [3, 3, 3, 3]
    assert len(shares(axes[0])[0]) == BINS
