"""Curves and losses: what the pictures show of the numbers that they are given."""

import numpy as np
import pytest

from pix2net import plots

TEXTS = {"caption": "c", "alt": "a"}
IMAGE = np.full((4, 4, 3), 90, dtype=np.uint8)


@pytest.fixture
def drawn(monkeypatch):
    """The figures that the two modules hand to `show`."""
    figures = []
    for module in ("panels", "losses"):
        target = f"pix2net.plots.{module}.show"
        monkeypatch.setattr(target, lambda fig, *, caption, alt: figures.append(fig))
    return figures


def test_a_rival_within_the_margin_gets_a_bar_as_long_as_its_excess_and_no_other_does(drawn):
    scores = np.array([[3.0, 5.0, -1.0]])
    plots.margin_lines([IMAGE], scores, [0], ["a", "b", "c"], **TEXTS)
    ax = drawn[0].axes[1]
    bars = [tuple(line.get_xdata()) for line in ax.lines if line.get_linewidth() == 5]
    assert bars == [(2.0, 5.0)]
    texts = {text.get_text() for text in ax.texts}
    assert texts == {"3.0", "5.0", "−1.0"}  # the bar's length 3.0 and the score 3.0


def test_a_name_has_the_same_look_in_every_panel(drawn):
    x = np.arange(3.0)
    panels = {"left": {"p": (x, x), "q": (x, -x)}, "right": {"q": (x, 2 * x)}}
    plots.curves(panels, xlabel="x", ylabel={"left": "l", "right": "r"}, log="x", **TEXTS)
    left, right = drawn[0].axes
    assert left.lines[1].get_color() == right.lines[0].get_color() != left.lines[0].get_color()
    assert (left.get_ylabel(), right.get_ylabel()) == ("l", "r")
    assert left.get_xscale() == "log"
    assert [text.get_text() for text in drawn[0].legends[0].get_texts()] == ["p", "q"]


def test_levels_and_dots_are_drawn_where_they_belong(drawn):
    x = np.arange(3.0)
    dots = {"b": (x[:2], x[:2])}
    plots.curves(
        {"a": {"": (x, x)}, "b": {"": (x, x)}}, dots=dots, levels={"chance": 1.0},
        xlabel="x", ylabel="y", **TEXTS,
    )  # fmt: skip
    a, b = drawn[0].axes
    assert [len(ax.lines) for ax in (a, b)] == [2, 3]
    assert [text.get_text() for text in a.texts] == ["chance"]
    assert not drawn[0].legends


def test_a_path_is_drawn_in_its_panel_alone(drawn):
    xs, ys = np.linspace(0, 1, 5), np.linspace(0, 2, 4)
    heights = ys[:, None] + xs
    paths = {"one": [np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[0.5, 0.5], [0.5, 1.0]])]}
    plots.surfaces(
        {"one": heights, "two": 2 * heights}, xs, ys, xlabel="x", ylabel="y", label="z",
        paths=paths, places={"here": (0.5, 1.0)}, **TEXTS,
    )  # fmt: skip
    one, two = drawn[0].axes[:2]
    assert (len(one.lines), len(two.lines)) == (3, 1)
    assert [text.get_text() for text in drawn[0].legends[0].get_texts()] == ["here"]


def test_a_flat_surface_can_be_drawn(drawn):
    xs = np.linspace(0, 1, 3)
    plots.surfaces(
        {"flat": np.zeros((3, 3))}, xs, xs, xlabel="x", ylabel="y", label="z", shared=False, **TEXTS
    )
    assert len(drawn) == 1


def test_a_weight_of_zero_is_grey_and_the_largest_is_full(drawn):
    weights = np.array([[[0.0, 2.0, -2.0]]])
    plots.weight_pictures([weights, np.zeros((2, 2))], ["w", "none"], columns=1, **TEXTS)
    shown = drawn[0].axes[0].images[0].get_array()
    np.testing.assert_allclose(shown, [[[0.5, 1.0, 0.0]]])
    np.testing.assert_allclose(drawn[0].axes[1].images[0].get_array(), 0.5)
