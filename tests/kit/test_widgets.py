"""Figures with sliders: live in a kernel, small multiples everywhere else."""

import base64
import sys

import pytest

from pix2net import plots
from pix2net.plots import widgets


class FakeShell:
    """A shell with or without a kernel."""

    def __init__(self, kernel):
        self.kernel = kernel


@pytest.fixture
def drawn():
    """The settings that were drawn, in order, and the drawing function."""
    calls = []

    def draw(ax, **values):
        calls.append((ax, values))
        ax.plot([0, values["slope"]], [values["shift"], 1])

    return calls, draw


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed while IPython seems to run: bundles of types and data."""
    bundles = []
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: FakeShell(None))
    monkeypatch.setattr("IPython.display.display", lambda data, **_: bundles.append(data))
    monkeypatch.delenv("COURSE_FIGURES", raising=False)
    monkeypatch.delenv("COURSE_WIDGETS", raising=False)
    return bundles


def sliders():
    return {"slope": plots.Slider(1.0, -2, 2, 0.5), "shift": plots.Slider(0.0, -1, 1, label="up")}


def show(draw, **changes):
    settings = {"stills": [{}, {"slope": 2.0}, {"shift": 0.5}, {"slope": -1, "shift": -1}]}
    plots.interactive(draw, caption="What to see.", alt="A line.", **(settings | changes))


@pytest.fixture
def kernel(monkeypatch):
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: FakeShell(object()))


def test_without_a_kernel_every_still_setting_is_drawn_over_the_starts(drawn, displayed):
    calls, draw = drawn
    show(draw, **sliders())
    assert [values for _, values in calls] == [
        {"slope": 1.0, "shift": 0.0},
        {"slope": 2.0, "shift": 0.0},
        {"slope": 1.0, "shift": 0.5},
        {"slope": -1, "shift": -1},
    ]
    assert len({id(ax) for ax, _ in calls}) == 4


def test_the_stills_are_one_picture_with_caption_and_alt_text(drawn, displayed):
    show(drawn[1], **sliders())
    (bundle,) = displayed
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert "What to see." in bundle["text/html"]
    assert 'alt="A line."' in bundle["text/html"]
    assert widgets.WIDGET_VIEW not in bundle


def test_a_kernel_shows_sliders_and_for_pages_without_them_a_picture(drawn, displayed, kernel):
    calls, draw = drawn
    show(draw, **sliders())
    (bundle,) = displayed
    assert bundle[widgets.WIDGET_VIEW]["model_id"]
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert [values for _, values in calls] == [{"slope": 1.0, "shift": 0.0}]


def live_parts(monkeypatch):
    """The widgets that `interactive` makes, by class name."""
    import ipywidgets

    made = {}
    for name in ("FloatSlider", "HTML", "Button"):
        original = getattr(ipywidgets, name)

        def make(*args, _original=original, _name=name, **kwargs):
            widget = _original(*args, **kwargs)
            made.setdefault(_name, []).append(widget)
            return widget

        monkeypatch.setattr(ipywidgets, name, make)
    return made


def test_moving_a_slider_draws_again_and_tells_the_values(drawn, displayed, kernel, monkeypatch):
    calls, draw = drawn
    made = live_parts(monkeypatch)
    show(draw, **sliders())
    before = made["HTML"][0].value
    made["FloatSlider"][1].value = 0.5
    assert calls[-1][1] == {"slope": 1.0, "shift": 0.5}
    assert made["HTML"][0].value != before
    assert "slope = 1, shift = 0.5" in made["HTML"][0].value


def test_the_button_goes_back_to_the_start(drawn, displayed, kernel, monkeypatch):
    made = live_parts(monkeypatch)
    show(drawn[1], **sliders())
    slope, shift = made["FloatSlider"]
    slope.value, shift.value = -1.5, 0.9
    made["Button"][0].click()
    assert (slope.value, shift.value) == (1.0, 0.0)


def test_a_drawing_that_fails_while_dragging_says_so_in_the_picture(displayed, kernel, monkeypatch):
    def draw(ax, slope):
        ax.set_title(str(1 / slope))

    made = live_parts(monkeypatch)
    show(draw, stills=[{}], slope=plots.Slider(1.0, -1, 1, 0.5))
    made["FloatSlider"][0].value = 0.0
    assert "ZeroDivisionError" in made["HTML"][0].value
    made["FloatSlider"][0].value = 0.5
    assert "<img" in made["HTML"][0].value


@pytest.mark.parametrize("variable", ["COURSE_WIDGETS", "COURSE_FIGURES"])
def test_a_variable_turns_sliders_off_where_a_kernel_runs(variable, kernel, monkeypatch):
    monkeypatch.delenv("COURSE_FIGURES", raising=False)
    monkeypatch.delenv("COURSE_WIDGETS", raising=False)
    assert widgets.widgets_run()
    monkeypatch.setenv(variable, "0")
    assert not widgets.widgets_run()


def test_a_terminal_shell_has_no_sliders(monkeypatch):
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: object())
    assert not widgets.widgets_run()


def test_without_ipywidgets_there_are_no_sliders(kernel, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    assert not widgets.widgets_run()


def test_without_pictures_only_the_caption_is_said(drawn, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_FIGURES", "0")
    show(drawn[1], **sliders())
    assert capsys.readouterr().out == "What to see.\n"


def test_a_still_that_sets_no_slider_is_refused(drawn):
    with pytest.raises(ValueError, match=r"\['shift', 'slope'\], not \['tilt'\]"):
        show(drawn[1], stills=[{"tilt": 1.0}], **sliders())


@pytest.mark.parametrize(
    "numbers", [(3.0, 0, 1, 0.1), (0.5, 1, 0, 0.1), (0.5, 0, 1, 0.0), (0.5, 0, 1, 2.0)]
)
def test_a_slider_that_cannot_move_is_refused(numbers):
    with pytest.raises(ValueError, match="starts between them"):
        plots.Slider(*numbers)
