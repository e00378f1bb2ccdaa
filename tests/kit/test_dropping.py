"""Figures of networks some of whose units are dropped."""

import numpy as np
import pytest

from pix2net import plots
from pix2net.plots import dropping


@pytest.fixture
def drawn(monkeypatch):
    shown = []
    monkeypatch.setattr(dropping, "show", lambda fig, **texts: shown.append(fig))
    return shown


def test_lines_run_between_kept_units_alone(drawn):
    kept = np.array([True, False, True])
    plots.thinned({"a": [kept], "b": [~kept]}, inputs=2, outputs=1, caption="c", alt="a")
    crosses = [[line for line in ax.lines if len(line.get_xdata()) == 1] for ax in drawn[0].axes]
    lines = [[line for line in ax.lines if len(line.get_xdata()) == 2] for ax in drawn[0].axes]
    assert [len(found) for found in crosses] == [1, 2]
    assert [len(found) for found in lines] == [2 * 2 + 2, 2 * 1 + 1]
    assert [len(ax.patches) for ax in drawn[0].axes] == [6, 6]
