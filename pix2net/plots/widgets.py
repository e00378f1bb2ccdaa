"""Figures with sliders, and the still that stands for them where no widget can run.

`interactive` needs a live Jupyter kernel and ipywidgets. Everywhere else (the web book, a graded or
verified notebook, a terminal) the same drawing function makes one picture of small multiples.
"""

from __future__ import annotations

import base64
import html
import importlib.util
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pix2net.judging.wording import worded
from pix2net.plots.show import VARIABLE as FIGURES
from pix2net.plots.show import as_html, png_of, show
from pix2net.plots.style import WIDTH, figure, styled

VARIABLE = "COURSE_WIDGETS"  # "0": the still, although a kernel runs (verifying, the web book)
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
LIVE_WIDTH = 4.8  # inches: the sliders stand beside the picture where there is room
MULTIPLES = 3  # small multiples in a row

Draw = Callable[..., None]
Values = Mapping[str, float]


@dataclass(frozen=True)
class Slider:
    """A number that the learner sets, from ``low`` to ``high`` in steps, ``start`` at first.

    Attributes:
        label: what the number is, in few words; shown beside the slider.
    """

    start: float
    low: float
    high: float
    step: float = 0.1
    label: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.start <= self.high or not 0 < self.step <= self.high - self.low:
            raise ValueError(
                f"a slider runs from low to high, in steps, and starts between them: {self}"
            )


def interactive(
    draw: Draw,
    *,
    stills: Sequence[Values],
    caption: str,
    alt: str,
    height: float = 4.2,
    **sliders: Slider,
) -> None:
    """Show a drawing with a slider for each of its numbers.

    Args:
        draw: ``(ax, **values) -> None`` draws into Matplotlib axes; one value for each slider.
        stills: settings for the picture that stands where no widget can run: each is a few values,
            the others are where their sliders start.
        caption, alt: as of `plots.show`.
        height: of the axes in inches where the sliders are live.
        sliders: name of the value -> its `Slider`.

    Raises:
        ValueError: a setting that names no slider, or if there are no stills.
    """
    unknown = sorted({name for values in stills for name in values} - set(sliders))
    if unknown or not stills:
        raise ValueError(f"stills must set some of {sorted(sliders)}, not {unknown}")
    start = {name: slider.start for name, slider in sliders.items()}
    if widgets_run():
        _show_live(draw, sliders, caption, alt, height)
    else:
        _show_stills(draw, [{**start, **values} for values in stills], caption, alt)


def widgets_run() -> bool:
    """Whether sliders can be moved here: a live Jupyter kernel, ipywidgets, nothing against it."""
    if "0" in (os.environ.get(VARIABLE), os.environ.get(FIGURES)):
        return False
    if any(importlib.util.find_spec(name) is None for name in ("ipywidgets", "IPython")):
        return False
    from IPython.core.getipython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


@styled
def _show_stills(draw: Draw, settings: Sequence[Values], caption: str, alt: str) -> None:
    columns = min(MULTIPLES, len(settings))
    rows = -(-len(settings) // columns)
    fig, axes = figure(rows, columns, height=rows * (WIDTH / columns + 0.25), squeeze=False)
    for ax, values in zip(axes.flat, settings, strict=False):
        draw(ax, **values)
    for ax in axes.flat[len(settings) :]:
        ax.set_axis_off()
    show(fig, caption=caption, alt=alt)


def _show_live(
    draw: Draw, sliders: Mapping[str, Slider], caption: str, alt: str, height: float
) -> None:
    import ipywidgets
    from IPython.display import display

    controls = {name: _control(name, slider) for name, slider in sliders.items()}
    png = _picture(draw, {name: slider.start for name, slider in sliders.items()}, height)
    picture = ipywidgets.HTML(as_html(png, caption, alt))

    def redraw(_: object) -> None:
        values = {name: control.value for name, control in controls.items()}
        try:
            png = _picture(draw, values, height)
            picture.value = as_html(png, caption, f"{alt} {_listed(values)}")
        except Exception as error:  # an exception in here would go unseen
            picture.value = f"<pre>{html.escape(f'{type(error).__name__}: {error}')}</pre>"

    def reset(_: object) -> None:
        for name, control in controls.items():
            control.value = sliders[name].start

    for control in controls.values():
        control.observe(redraw, "value")
    back = ipywidgets.Button(description=worded("back to the start"), icon="undo")
    back.on_click(reset)
    box = ipywidgets.HBox([ipywidgets.VBox([*controls.values(), back]), picture])
    box.layout.flex_flow = "row wrap"
    # A bundle instead of display(box): a page that cannot run widgets then has a picture to show.
    bundle = {
        WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": box.model_id},
        "text/html": as_html(png, caption, alt),
        "image/png": base64.b64encode(png).decode("ascii"),
        "text/plain": f"{caption}\n[{alt}]",
    }
    display(bundle, metadata={"image/png": {"alt": alt}}, raw=True)


def _control(name: str, slider: Slider) -> Any:
    import ipywidgets

    return ipywidgets.FloatSlider(
        value=slider.start,
        min=slider.low,
        max=slider.high,
        step=slider.step,
        description=slider.label or name,
        style={"description_width": "9em"},
        layout={"width": "26em"},
    )


@styled
def _picture(draw: Draw, values: Values, height: float) -> bytes:
    fig, ax = figure(width=LIVE_WIDTH, height=height)
    draw(ax, **values)
    return png_of(fig)


def _listed(values: Values) -> str:
    set_to = worded(", ").join(f"{name} = {value:g}" for name, value in values.items())
    return worded("Sliders: {set_to}.", set_to=set_to)


__all__ = ["Slider", "interactive", "widgets_run"]
