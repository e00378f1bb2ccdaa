"""Drawings of networks: every unit a dot, every weight a line."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle

from pix2net import plots


@pytest.fixture
def axes(monkeypatch):
    """The axes of a small network with one of its units marked."""
    figures = []
    monkeypatch.setattr(
        "pix2net.plots.networks.show", lambda fig, *, caption, alt: figures.append(fig)
    )
    plots.network([2, 3, 4], ["in", "middle", "out"], unit=(1, 2), caption="c", alt="a")
    return figures[0].axes[0]


def test_there_is_a_dot_for_each_unit_and_a_note_below_each_layer(axes):
    dots = [patch for patch in axes.patches if isinstance(patch, Circle)]
    assert len(dots) == 2 + 3 + 4
    assert [text.get_text() for text in axes.texts] == ["in", "middle", "out"]
    lowest = min(dot.center[1] for dot in dots)
    assert all(text.get_position()[1] < lowest for text in axes.texts)


def test_there_is_a_line_for_each_weight_and_a_bend_in_each_hidden_unit(axes):
    points = [len(line.get_xdata()) for line in axes.lines]
    assert points.count(2) == 2 * 3 + 3 * 4
    assert points.count(3) == 3


def test_the_weights_of_one_unit_are_marked(axes):
    orange = plots.PALETTE["orange"].lower()
    marked = [line for line in axes.lines if to_hex(line.get_color()) == orange]
    assert len(marked) == 2  # it has two inputs
    ends = {(float(line.get_xdata()[1]), float(line.get_ydata()[1])) for line in marked}
    assert len(ends) == 1
    assert np.isclose(ends.pop()[1], -1)  # the lowest of three
