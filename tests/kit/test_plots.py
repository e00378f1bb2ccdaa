"""Figures: what a notebook, a terminal and a grader get of them, and when Matplotlib is loaded."""

import base64
import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pix2net import plots
from pix2net.judging import wording
from pix2net.plots.show import find_still
from pix2net.plots.style import FILE_DPI, SCREEN_DPI

IMAGE = np.arange(5 * 8 * 3, dtype=np.uint8).reshape(5, 8, 3)
TEXTS = {"caption": "See the `edge` & <this>.", "alt": 'A "line" <rising>.'}
LISTED = [
    ("channels", lambda: plots.channels(IMAGE, **TEXTS)),
    ("image_grid", lambda: plots.image_grid([IMAGE] * 3, ["a", "b\nc", "d"], columns=2, **TEXTS)),
    ("pixel_numbers", lambda: plots.pixel_numbers(IMAGE, 1, 2, 3, **TEXTS)),
    (
        "distance_bars",
        lambda: plots.distance_bars(
            IMAGE, [IMAGE, IMAGE], ["same", "other"], [0.0, 3.0], other=[False, True], **TEXTS
        ),
    ),
    (
        "distance_spread",
        lambda: plots.distance_spread(
            {"light": np.array([1.0, 2.0]), "other": np.array([3.0])}, other=["other"], **TEXTS
        ),
    ),
    (
        "response_curves",
        lambda: plots.response_curves(
            np.arange(4), {"up": np.arange(4), "wrapped": np.array([0, 250, 3, 6])}, **TEXTS
        ),
    ),
]
each_figure = pytest.mark.parametrize("draw", [d for _, d in LISTED], ids=[n for n, _ in LISTED])


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed while IPython seems to run: pairs of data and metadata."""
    bundles = []
    monkeypatch.setattr("IPython.core.getipython.get_ipython", object)
    monkeypatch.setattr(
        "IPython.display.display", lambda data, metadata, raw: bundles.append((data, metadata))
    )
    monkeypatch.delenv("COURSE_FIGURES", raising=False)
    return bundles


@pytest.fixture
def drawn(monkeypatch):
    """The figures that functions of the image and distance modules hand to `show`."""
    figures = []
    for module in ("images", "distances"):
        target = f"pix2net.plots.{module}.show"
        monkeypatch.setattr(target, lambda fig, *, caption, alt: figures.append(fig))
    return figures


def picture(bundle):
    return Image.open(BytesIO(base64.b64decode(bundle["image/png"])))


@each_figure
def test_a_notebook_gets_one_png_with_caption_and_alt_text(draw, displayed):
    draw()
    [(data, metadata)] = displayed
    assert metadata["image/png"]["alt"] == TEXTS["alt"]
    assert data["text/plain"].startswith(TEXTS["caption"])
    pixels = np.asarray(picture(data).convert("L"))
    assert np.ptp(pixels) > 100  # something is drawn on the paper
    assert metadata["image/png"]["width"] == round(pixels.shape[1] * SCREEN_DPI / FILE_DPI)
    assert metadata["image/png"]["width"] <= plots.style.WIDTH * SCREEN_DPI


def test_texts_are_escaped_in_html_and_backquoted_parts_are_code(displayed):
    plots.image_grid([IMAGE], **TEXTS)
    html = displayed[0][0]["text/html"]
    assert "See the <code>edge</code> &amp; &lt;this&gt;." in html
    assert 'alt="A &quot;line&quot; &lt;rising&gt;."' in html


@each_figure
def test_grading_gets_the_caption_alone(draw, displayed, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_FIGURES", "0")
    draw()
    assert displayed == []
    assert capsys.readouterr().out == TEXTS["caption"] + "\n"


def test_a_terminal_gets_the_caption_alone(capsys):
    plots.image_grid([IMAGE], **TEXTS)
    assert capsys.readouterr().out == TEXTS["caption"] + "\n"


def test_the_users_own_style_neither_counts_nor_changes(drawn):
    import matplotlib

    with matplotlib.rc_context({"font.size": 31.0, "axes.facecolor": "black"}):
        plots.response_curves(np.arange(3), {"same": np.arange(3)}, **TEXTS)
        assert matplotlib.rcParams["font.size"] == 31.0
    assert drawn[0].axes[0].xaxis.label.get_size() == 10
    assert drawn[0].axes[0].get_facecolor()[:3] == (1.0, 1.0, 1.0)


def test_figures_do_not_pile_up_in_pyplot():
    import matplotlib.pyplot as plt

    fig, _ = plt.subplots()
    plots.show(fig, **TEXTS)
    plots.image_grid([IMAGE], **TEXTS)
    assert plt.get_fignums() == []


def test_a_still_is_found_beside_or_above_the_notebook_and_shown(tmp_path, monkeypatch, displayed):
    buffer = BytesIO()
    Image.new("RGB", (320, 10), (200, 0, 0)).save(buffer, "png")
    (tmp_path / "stills").mkdir()
    (tmp_path / "stills" / "77_red.png").write_bytes(buffer.getvalue())
    deep = tmp_path / "notebooks" / "77_red"
    deep.mkdir(parents=True)
    for folder in (tmp_path, deep.parent, deep):
        monkeypatch.chdir(folder)
        plots.still("77_red.png", **TEXTS)
    assert [metadata["image/png"] for _, metadata in displayed] == [
        {"alt": TEXTS["alt"], "width": 200}
    ] * 3
    assert picture(displayed[0][0]).getpixel((5, 5)) == (200, 0, 0)


def test_a_still_is_that_of_the_language_or_else_the_english_one(tmp_path, monkeypatch):
    for folder in (tmp_path / "stills", tmp_path / "zh" / "stills"):
        folder.mkdir(parents=True)
        (folder / "77_red.png").touch()
    (tmp_path / "stills" / "77_wordless.png").touch()
    monkeypatch.chdir(tmp_path)
    assert find_still("77_red.png") == tmp_path / "stills" / "77_red.png"
    for spoken in ("zh", "zh_CN"):
        monkeypatch.setenv(wording.VARIABLE, spoken)
        assert find_still("77_red.png") == tmp_path / "zh" / "stills" / "77_red.png"
        assert find_still("77_wordless.png") == tmp_path / "stills" / "77_wordless.png"
    monkeypatch.delenv(wording.VARIABLE)
    monkeypatch.chdir(tmp_path / "zh")  # where a notebook in Chinese is committed
    assert find_still("77_red.png") == tmp_path / "zh" / "stills" / "77_red.png"


def test_a_still_that_is_not_there_costs_a_sentence_and_no_error(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    plots.still("77_none.png", **TEXTS)
    assert capsys.readouterr().out == (
        f"{TEXTS['caption']} (The picture 77_none.png is not in the folder stills.)\n"
    )


def test_channels_show_the_image_and_each_of_its_three_tables(drawn):
    plots.channels(IMAGE, **TEXTS)
    shown = [ax.images[0].get_array() for ax in drawn[0].axes]
    np.testing.assert_array_equal(shown[0], IMAGE)
    for c in range(3):
        np.testing.assert_array_equal(shown[c + 1], IMAGE[:, :, c])


def test_grey_is_drawn_from_0_to_255_whatever_the_image_holds(drawn):
    plots.image_grid([np.full((2, 2), 90.0), IMAGE], **TEXTS)
    assert drawn[0].axes[0].images[0].get_clim() == (0, 255)


def test_a_grid_has_a_cell_per_image_and_its_title_above_it(drawn):
    images = [np.full((4, 4, 3), shade, dtype=np.uint8) for shade in range(5)]
    plots.image_grid(images, list("abcde"), columns=3, **TEXTS)
    cells = [ax for ax in drawn[0].axes if ax.images]
    assert [ax.get_title() for ax in cells] == list("abcde")
    assert [int(ax.images[0].get_array()[0, 0, 0]) for ax in cells] == [0, 1, 2, 3, 4]
    assert len({round(ax.get_subplotspec().rowspan.start) for ax in cells}) == 2


@pytest.mark.parametrize(
    ("images", "titles", "told"),
    [([], None, "no images"), ([IMAGE], ["a", "b"], "2 titles for 1 images")],
)
def test_a_grid_refuses_what_it_cannot_show(images, titles, told):
    with pytest.raises(ValueError, match=told):
        plots.image_grid(images, titles, **TEXTS)


def test_pixel_numbers_writes_every_number_of_the_square_in_its_place(drawn):
    plots.pixel_numbers(IMAGE, 1, 4, 3, **TEXTS)
    tables = [ax for ax in drawn[0].axes if ax.texts]
    assert [ax.get_title() for ax in tables] == [
        "channel 0: red",
        "channel 1: green",
        "channel 2: blue",
    ]
    for c, ax in enumerate(tables):
        written = {(t.get_position()[1], t.get_position()[0]): int(t.get_text()) for t in ax.texts}
        places = {(r, k): int(IMAGE[1 + r, 4 + k, c]) for r in range(3) for k in range(3)}
        assert written == places
        assert [label.get_text() for label in ax.get_yticklabels()] == ["1", "2", "3"]
        assert [label.get_text() for label in ax.get_xticklabels()] == ["4", "5", "6"]


@pytest.mark.parametrize(
    "square", [(3, 0, 3), (0, 6, 3), (-1, 0, 3), (0, -1, 3), (0, 0, 1), (0, 0, 11)]
)
def test_pixel_numbers_refuses_a_square_that_is_not_inside_or_not_readable(square):
    with pytest.raises(ValueError, match="inside the image"):
        plots.pixel_numbers(IMAGE, *square, **TEXTS)


def test_bars_are_as_long_as_the_distances_and_coloured_by_class(drawn):
    plots.distance_bars(
        IMAGE,
        [IMAGE] * 3,
        ["a", "b", "c"],
        [10.0, 2500.4, 7.0],
        other=[False, False, True],
        **TEXTS,
    )
    bars = [ax.patches[0] for ax in drawn[0].axes if ax.patches]
    assert [bar.get_width() for bar in bars] == [10.0, 2500.4, 7.0]
    colours = [bar.get_facecolor() for bar in bars]
    assert colours[0] == colours[1] != colours[2]
    written = [text.get_text() for ax in drawn[0].axes for text in ax.texts]
    assert written == ["10", "a", "2,500", "b", "7", "c"]


def test_bars_refuse_lists_of_different_lengths():
    with pytest.raises(ValueError, match="of one length"):
        plots.distance_bars(IMAGE, [IMAGE], ["a"], [1.0, 2.0], other=[True], **TEXTS)


def test_spread_draws_every_distance_and_the_median(drawn):
    far = {"near": np.array([1.0, 2.0, 9.0]), "far": np.array([50.0, 70.0])}
    plots.distance_spread(far, other=["far"], **TEXTS)
    dots, medians = drawn[0].axes[0].lines[0::2], drawn[0].axes[0].lines[1::2]
    assert [list(line.get_xdata()) for line in dots] == [[1.0, 2.0, 9.0], [50.0, 70.0]]
    assert [line.get_xdata()[0] for line in medians] == [2.0, 60.0]
    assert dots[0].get_color() != dots[1].get_color()


def test_a_curve_that_wraps_around_is_not_joined_over_the_jump(drawn):
    plots.response_curves(
        np.arange(4), {"wraps": np.array([0, 250, 3, 6], dtype=np.uint8)}, **TEXTS
    )
    after = drawn[0].axes[0].lines[0].get_ydata()
    np.testing.assert_array_equal(after, [0, np.nan, 250, np.nan, 3, 6])


def test_importing_the_kit_loads_no_matplotlib():
    code = "import sys, pix2net.plots; print([m for m in sys.modules if 'matplotlib' in m])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_every_name_of_the_package_is_documented_or_a_constant():
    for name in plots.__all__:
        value = getattr(plots, name)
        assert isinstance(value, (str, dict)) or value.__doc__, name
