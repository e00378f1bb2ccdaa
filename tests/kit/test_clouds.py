"""Pictures of loss valleys and of clouds: what is drawn is where the numbers say."""

import sys

import numpy as np
import pytest
from matplotlib.figure import Figure

from pix2net import plots
from pix2net.plots.show import taking_pictures

TEXTS = {"caption": "See.", "alt": "A map."}
PATH = np.array([[2.0, 1.0], [1.0, -0.5], [0.2, 0.1]])


def bowl(weights):
    return weights**2 @ [1.0, 9.0]


@pytest.fixture
def ax():
    return Figure(figsize=(3, 3)).subplots()


def test_a_valley_shows_every_step_in_a_square_window_around_the_lowest_place(ax):
    middle = np.array([0.5, -0.5])
    plots.draw_valley(ax, bowl, PATH, middle=middle, half=3.0)
    walk, start, cross = ax.get_lines()
    np.testing.assert_array_equal(walk.get_xydata(), PATH)
    np.testing.assert_array_equal(start.get_xydata(), PATH[:1])
    np.testing.assert_array_equal(cross.get_xydata(), [middle])
    assert (*ax.get_xlim(), *ax.get_ylim()) == (-2.5, 3.5, -3.5, 2.5)
    assert ax.get_aspect() == 1


def test_contour_lines_of_a_bowl_lie_at_even_distances(ax):
    plots.draw_valley(ax, lambda w: (w**2).sum(axis=1), PATH, middle=np.zeros(2), half=2.0)
    radii = np.sqrt(ax.collections[-1].levels)
    # Not quite: the lowest value that is asked for lies half a square beside the middle.
    np.testing.assert_allclose(np.diff(radii), np.diff(radii).mean(), rtol=0.02)


def test_the_window_of_valleys_holds_the_whole_walk_and_the_lowest_place(monkeypatch):
    shown = []
    module = sys.modules["pix2net.plots.valleys"]  # plots.valleys is the function
    monkeypatch.setattr(module, "show", lambda fig, **_: shown.append(fig))
    plots.valleys({"a": (bowl, PATH, np.zeros(2)), "b": (bowl, 9 * PATH, np.ones(2))}, **TEXTS)
    for panel, path in zip(shown[0].axes, (PATH, 9 * PATH), strict=True):
        (left, right), (bottom, top) = panel.get_xlim(), panel.get_ylim()
        assert np.all((path[:, 0] > left) & (path[:, 0] < right))
        assert np.all((path[:, 1] > bottom) & (path[:, 1] < top))


def test_a_window_around_points_is_square_and_holds_them_all(ax):
    points = np.array([[0.0, 5.0], [1.0, 35.0], [0.5, 20.0]])
    plots.set_window(ax, points)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert right - left == pytest.approx(top - bottom)
    assert bottom < 5 < 35 < top
    assert left < 0 < 1 < right


def test_shadows_join_each_point_with_its_foot_and_draw_the_line_through_the_feet(ax):
    points = np.array([[3.0, 4.0], [-3.0, 1.0]])
    feet = np.array([[3.0, 0.0], [-3.0, 0.0]])
    plots.draw_shadows(ax, points, feet)
    first, second, line = ax.get_lines()
    np.testing.assert_array_equal(first.get_xydata(), [[3, 4], [3, 0]])
    np.testing.assert_array_equal(second.get_xydata(), [[-3, 1], [-3, 0]])
    assert line.get_xy1()[1] == line.get_xy2()[1] == 0


def test_points_whose_feet_are_one_place_have_no_line(ax):
    plots.draw_shadows(ax, np.array([[0.0, 4.0], [0.0, -4.0]]), np.zeros((2, 2)))
    assert len(ax.get_lines()) == 2


def test_clouds_mark_the_same_points_in_every_panel():
    points = np.random.default_rng(0).normal(size=(30, 2))
    names = {"one": ("x", "y"), "two": ("u", "v")}
    with taking_pictures() as pictures:
        plots.clouds(
            {"one": points, "two": 9 * points}, axes_names=names, marked=np.array([3, 5]), **TEXTS
        )
    assert len(pictures) == 1
    assert pictures[0].startswith(b"\x89PNG")


def test_arrows_start_at_0_and_end_where_they_are_told(monkeypatch):
    shown = []
    module = sys.modules["pix2net.plots.clouds"]  # plots.clouds is the function
    monkeypatch.setattr(module, "show", lambda fig, **_: shown.append(fig))
    points, tips = np.array([[-3.0, 1.0], [3.0, 2.0]]), np.array([[2.0, 0.5], [-0.5, 2.0]])
    names = {"a": ("x", "y"), "b": ("x", "y")}
    plots.clouds({"a": points, "b": points}, axes_names=names, arrows={"b": tips}, **TEXTS)
    without, with_arrows = shown[0].axes
    assert not without.texts
    assert [(note.xy, note.xyann) for note in with_arrows.texts] == [
        (pytest.approx(tip), (0, 0)) for tip in tips
    ]
