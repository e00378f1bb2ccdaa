"""Pictures of learning: what running means and reliability diagrams show of their numbers."""

import numpy as np
import pytest

from pix2net import plots

TEXTS = {"caption": "c", "alt": "a"}


@pytest.fixture
def drawn(monkeypatch):
    """The figures that the module hands to `show`."""
    figures = []
    monkeypatch.setattr(
        "pix2net.plots.learning.show", lambda fig, *, caption, alt: figures.append(fig)
    )
    return figures


def test_the_running_mean_stands_over_the_middle_of_the_steps_that_it_is_of(drawn):
    plots.loss_curves({"a": [4.0, 2.0, 0.0, 2.0]}, window=3, **TEXTS)
    dots, mean = drawn[0].axes[0].lines
    assert list(dots.get_ydata()) == [4, 2, 0, 2]
    np.testing.assert_allclose(mean.get_xdata(), [1, 2])
    np.testing.assert_allclose(mean.get_ydata(), [2, 4 / 3])


def test_a_series_shorter_than_the_window_is_one_mean(drawn):
    plots.loss_curves({"a": [4.0, 2.0]}, window=25, **TEXTS)
    np.testing.assert_allclose(drawn[0].axes[0].lines[1].get_ydata(), [3])


def test_reliability_counts_how_often_claims_of_a_stretch_were_right(drawn):
    claimed = np.array([0.1] * 10 + [0.9] * 5 + [1.0] * 5 + [0.5] * 4)
    right = np.array([True] * 2 + [False] * 8 + [True] * 8 + [False] * 2 + [True] * 4)
    plots.reliability({"new": (claimed, right)}, **TEXTS)
    points = drawn[0].axes[0].containers[0].lines[0]
    # 0.9 and 1.0 share the last stretch; the four claims of 0.5 are too few to say anything.
    np.testing.assert_allclose([float(x) for x in points.get_xdata()], [0.1, 0.95])
    np.testing.assert_allclose([float(y) for y in points.get_ydata()], [0.2, 0.8])
