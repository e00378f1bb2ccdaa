"""Pictures of the plane: what is drawn is where the numbers say."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from pix2net.plots import matrices, planes, scores
from pix2net.plots.planes import CLASS_COLORS, TINT, Line

BOX = (0.0, 10.0, 0.0, 4.0)


@pytest.fixture
def ax():
    axes = Figure(figsize=(5, 2)).subplots()
    planes.set_plane(axes, BOX, ("across", "up"))
    return axes


def tint_at(ax, x, y):
    """The colour of the drawn regions at a place of the plane."""
    (image,) = ax.get_images()
    left, right, bottom, top = image.get_extent()
    pixels = image.get_array()
    assert image.origin == "lower"
    row = int((y - bottom) / (top - bottom) * pixels.shape[0])
    column = int((x - left) / (right - left) * pixels.shape[1])
    return pixels[row, column]


@pytest.mark.parametrize(("place", "label"), [((1, 1), 0), ((9, 1), 1), ((1, 3.5), 2)])
def test_a_region_has_the_tint_of_the_class_that_wins_there(ax, place, label):
    def predict(places):
        return np.where(places[:, 1] > 3, 2, (places[:, 0] > 5).astype(int))

    planes.draw_regions(ax, predict, BOX)
    expected = 1 - TINT + TINT * np.array(to_rgb(CLASS_COLORS[label]))
    np.testing.assert_allclose(tint_at(ax, *place), expected)


def test_regions_leave_the_limits_of_the_plane(ax):
    planes.draw_regions(ax, lambda places: np.zeros(len(places), dtype=int), BOX)
    assert (*ax.get_xlim(), *ax.get_ylim()) == BOX
    assert ax.get_aspect() == 1


@pytest.mark.parametrize(
    ("normal", "offset"), [((1.0, -1.0), -2.0), ((0.0, 2.0), -3.0), ((-3.0, 0.0), 12.0)]
)
def test_a_line_is_where_normal_and_offset_say_and_its_arrow_on_the_positive_side(
    ax, normal, offset
):
    planes.draw_line(ax, Line(np.array(normal), offset, near=(5, 2)), BOX)
    (line,) = ax.get_lines()
    for point in (line.get_xy1(), line.get_xy2()):
        assert np.dot(normal, point) + offset == pytest.approx(0, abs=1e-12)
    assert not np.allclose(line.get_xy1(), line.get_xy2())
    (arrow,) = ax.texts
    start, tip = np.array(arrow.xyann), np.array(arrow.xy)
    assert np.dot(normal, start) + offset == pytest.approx(0, abs=1e-12)
    assert np.dot(normal, tip) + offset > 0
    along = np.subtract(line.get_xy2(), line.get_xy1())
    assert np.dot(along, tip - start) == pytest.approx(0, abs=1e-12)


def test_without_a_normal_there_is_no_line(ax):
    planes.draw_line(ax, Line(np.zeros(2), 1.0), BOX)
    assert not ax.get_lines()
    assert not ax.texts


def test_points_have_a_marker_for_each_class_and_rings_where_wrong(ax):
    points = np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0]])
    wrong = np.array([False, True, False])
    planes.draw_points(ax, points, np.array([0, 1, 1]), ["a", "b"], wrong=wrong)
    first, second, ring = ax.collections
    assert first.get_offsets().tolist() == [[1, 1]]
    assert second.get_offsets().tolist() == [[2, 1], [3, 1]]
    assert ring.get_offsets().tolist() == [[2, 1]]
    paths = [c.get_paths()[0].vertices for c in (first, second)]
    assert paths[0].shape != paths[1].shape or not np.allclose(*paths)


def test_limits_leave_air_around_the_points_even_if_there_is_only_one():
    assert planes.limits_of(np.array([[0.0, 10.0], [100.0, 20.0]])) == (-8.0, 108.0, 9.2, 20.8)
    left, right, bottom, top = planes.limits_of(np.array([[3.0, 3.0]]))
    assert left < 3 < right
    assert bottom < 3 < top


def test_a_picture_of_two_pixels_lies_at_its_own_numbers(ax):
    planes.draw_pictures(ax, np.array([[2.0, 3.0]]), full=4, size=1.0)
    (image,) = ax.get_images()
    assert image.get_array().tolist() == [[2, 3]]
    assert image.get_clim() == (0, 4)
    left, right, bottom, top = image.get_extent()
    assert ((left + right) / 2, (bottom + top) / 2) == (2, 3)


@pytest.fixture
def shown(monkeypatch):
    """The figures that would be shown."""
    figures = []
    for module in (matrices, planes, scores):
        monkeypatch.setattr(module, "show", lambda fig, **_: figures.append(fig))
    return figures


def texts_of(fig):
    return [text.get_text() for ax in fig.axes for text in ax.texts]


def test_a_score_table_holds_every_number_of_the_example(shown):
    W, b = np.array([[0.5, -2.0], [1.0, 0.25]]), np.array([3.0, -1.5])
    scores.score_table(np.array([[7.0, 9.0]]), W, b, ["cat", "dog"], ["1", "?"], caption="", alt="")
    texts = texts_of(shown[0])
    for number in ("7", "9", "0.5", "−2", "1", "0.25", "3", "−1.5", "?", "cat", "dog"):
        assert number in texts
    assert "(2, 2)" in texts


def test_numbers_on_dark_cells_are_white(shown):
    grid = matrices.Grid([["dark", "pale"]], colors=[["0.1", "0.9"]])
    matrices.equation([grid], caption="", alt="")
    colors = {t.get_text(): t.get_color() for t in shown[0].axes[0].texts}
    assert colors["dark"] == "white"
    assert colors["pale"] != "white"


def test_an_equation_is_never_wider_than_the_page(shown):
    wide = matrices.Grid([["1"] * 30])
    matrices.equation([wide, "=", wide], caption="", alt="")
    assert shown[0].get_figwidth() <= 7.2 + 1e-9


def test_a_staircase_marks_its_lowest_stretches(shown):
    counts = np.array([5, 3, 2, 2, 3, 2])
    scores.staircase(np.arange(6), counts, xlabel="x", ylabel="y", caption="", alt="")
    curve, lowest = shown[0].axes[0].get_lines()
    assert curve.get_ydata().tolist() == counts.tolist()
    assert np.flatnonzero(~np.isnan(lowest.get_ydata())).tolist() == [2, 3, 5]


def test_score_bars_tell_right_from_wrongly_predicted(shown):
    images = np.zeros((2, 4, 4, 3), dtype=np.uint8)
    values = np.array([[0.1, 0.9, 0.3], [0.7, 0.1, -0.2]])
    scores.score_bars(
        images, values, np.array([1, 1]), np.array([1, 0]), ["a", "b", "c"], caption="", alt=""
    )
    right, wrong = shown[0].axes[2:]
    blue, orange = to_rgb(scores.PALETTE["blue"]), to_rgb(scores.PALETTE["orange"])
    assert right.patches[1].get_facecolor()[:3] == blue
    assert orange not in [bar.get_facecolor()[:3] for bar in right.patches]
    assert [bar.get_facecolor()[:3] for bar in wrong.patches[:2]] == [orange, blue]
    assert [bar.get_width() for bar in wrong.patches] == values[1].tolist()
