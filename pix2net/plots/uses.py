"""Where deep learning is used: each application with the array that goes in and the one that comes
out. The arrays are small examples made here or handed over; the shapes below are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pix2net.judging.wording import translated, worded
from pix2net.plots.show import show
from pix2net.plots.style import INK, MUTED, PALETTE, WIDTH, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = 3
FIELDS = {
    "Vision": PALETTE["blue"],
    "Language": PALETTE["vermilion"],
    "Speech": PALETTE["green"],
    "Medicine": PALETTE["purple"],
    "Biology": PALETTE["purple"],
    "Driving": INK,
}


@dataclass(frozen=True)
class Side:
    """What goes into an application or comes out of it.

    Attributes:
        array: the numbers themselves; the shape below the drawing is theirs.
        what: what they are, in a word or two.
        words: texts that they stand for: written instead of a drawing, or beside bars.
        box: left, top, width, height of a frame in an image.
        shape: text in place of the array's shape, where a dimension is free.
    """

    array: np.ndarray
    what: str
    words: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    shape: str = ""


@dataclass(frozen=True)
class Area:
    """An application: its field, its name, what goes in and what comes out."""

    field: str
    name: str
    given: Side
    wanted: Side


@styled
def areas(image: np.ndarray, photograph: np.ndarray, *, caption: str, alt: str) -> None:
    """Show twelve applications, each as a small drawing of its input array and of its output.

    Args:
        image: (H, W, 3) uint8, of one thing.
        photograph: (H, W, 3) uint8, with a cat in the right half.
        caption, alt: as of `show`.
    """
    from matplotlib.figure import Figure

    shown = examples(image, photograph)
    rows = -(-len(shown) // COLUMNS)
    fig = Figure(figsize=(WIDTH, 1.95 * rows), layout="constrained")
    panels = np.ravel(np.asarray(fig.subfigures(rows, COLUMNS)))
    for panel, area in zip(panels, shown, strict=True):
        left, middle, right = panel.subplots(1, 3, width_ratios=[1, 0.16, 1])
        panel.suptitle(
            worded("{field}: {name}", field=translated(area.field), name=translated(area.name)),
            fontsize=9,
            color=FIELDS[area.field],
            weight="bold",
        )  # fmt: skip
        for ax, side in ((left, area.given), (right, area.wanted)):
            _draw(ax, side)
            ax.set_xlabel(f"{translated(side.what)}\n{side.shape or side.array.shape}", fontsize=8)
        middle.set_axis_off()
        middle.annotate(
            "", xy=(1.3, 0.5), xytext=(-0.3, 0.5), xycoords="axes fraction",
            arrowprops={"arrowstyle": "-|>", "color": INK}, annotation_clip=False,
        )  # fmt: skip
    show(fig, caption=caption, alt=alt)


def examples(image: np.ndarray, photograph: np.ndarray) -> list[Area]:
    """The applications, with small arrays as they go in and come out; as of `areas`."""
    return [*_vision(image, photograph), *_language(), *_speech(), *_sciences()]


def _vision(image: np.ndarray, photograph: np.ndarray) -> list[Area]:
    rng = np.random.default_rng(0)
    height, width = photograph.shape[:2]
    box = (0.2 * width, 0.02 * height, 0.62 * width, 0.95 * height)
    found = np.array([[0, *box]])
    boxes = f"(K, {found.shape[1]})"
    scores = np.array([0.1, 0.7, 0.2])
    return [
        Area("Vision", "classification", Side(image, "pixels"),
             Side(scores, "a score each", ("dog", "cat", "car"))),
        Area("Vision", "detection", Side(photograph, "pixels"),
             Side(photograph, "K boxes", box=box, shape=boxes)),
        Area("Vision", "faces", Side(_face(), "a face"),
             Side(rng.normal(size=(8, 16)), "128 numbers", shape="(128,)")),
        Area("Vision", "generation", Side(rng.random((16, 16)), "noise"),
             Side(photograph, "pixels")),
    ]  # fmt: skip


def _language() -> list[Area]:
    said, meant = worded("the | cat | sleeps"), worded("le | chat | dort")
    mail, kinds = worded("win | money | now"), worded("spam | mail")
    begun, next_words = worded("once | upon | a"), worded("time | day | ...")
    return [
        Area("Language", "translation", _text(said), _text(meant)),
        Area("Language", "classification", _text(mail),
             Side(np.array([0.95, 0.05]), "a score each", _words(kinds))),
        Area("Language", "generation", _text(begun),
             Side(np.array([0.8, 0.15, 0.05]), "a score each", _words(next_words),
                  shape="(V,)")),
    ]  # fmt: skip


def _speech() -> list[Area]:
    greeting = worded("good | night")
    seconds = np.arange(16000) / 16000
    loud = np.exp(-(((seconds[:, None] - [0.25, 0.7]) / [0.1, 0.15]) ** 2)) @ [1.0, 0.7]
    wave = loud * np.sin(2 * np.pi * 90 * seconds + 6 * np.sin(8 * seconds))
    return [
        Area("Speech", "recognition", Side(wave, "1 s of sound"), _text(greeting)),
        Area("Speech", "synthesis", _text(greeting), Side(wave, "1 s of sound")),
    ]


def _sciences() -> list[Area]:
    y, x = np.mgrid[-1:1:48j, -1:1:48j]
    lungs = 1 - 0.8 * np.exp(-4 * ((np.abs(x) - 0.42) ** 2 * 2.5 + y**2 * 0.7) ** 2)
    shadow = np.exp(-60 * ((x - 0.4) ** 2 + (y - 0.2) ** 2))
    states, controls = worded("active | silent"), worded("steer | speed")
    letters = "GATTACAGATTC"
    onehot = (np.array(list(letters))[:, None] == np.array(list("ACGT"))).astype(float)
    road = np.full((48, 48, 3), (150, 195, 235), dtype=np.uint8)
    ground = y > -0.2
    road[ground] = (120, 165, 90)
    road[ground & (np.abs(x + 0.3 * (y - 1) ** 2 - 0.1) < 0.12 + 0.6 * (y + 0.2))] = (110, 110, 115)
    return [
        Area("Medicine", "X-rays", Side(lungs + 0.35 * shadow, "grey values"),
             Side((shadow > 0.3).astype(float), "suspicious?")),
        Area("Biology", "genes", Side(onehot.T, "A, C, G or T", shape="(L, 4)"),
             Side(np.array([0.85, 0.15]), "a score each", _words(states))),
        Area("Driving", "see and steer", Side(road, "K cameras", shape="(K, H, W, 3)"),
             Side(np.array([0.3, 0.7]), "what to do", _words(controls))),
    ]  # fmt: skip


def _text(sentence: str) -> Side:
    """A text: a number for each word, from a list of all words."""
    words = _words(sentence)
    return Side(np.arange(len(words)), "numbered words", words)


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(sentence.split(" | "))


def _face() -> np.ndarray:
    """A drawn face, (48, 48, 3) uint8."""
    y, x = np.mgrid[-1:1:48j, -1:1:48j]
    face = np.full((48, 48, 3), 235, dtype=np.uint8)
    face[x**2 + (0.85 * y) ** 2 < 0.7] = (236, 188, 150)
    face[(x**2 + (0.85 * y) ** 2 < 0.75) & (y < -0.45)] = (90, 60, 40)
    face[((np.abs(x) - 0.3) ** 2 + (y + 0.1) ** 2) < 0.012] = (40, 40, 60)
    face[(np.abs(np.hypot(x, y - 0.1) - 0.4) < 0.04) & (y > 0.35)] = (170, 60, 60)
    return face


def _draw(ax: Axes, side: Side) -> None:
    """Draw an array as what it is: words, bars, a picture, a strip of numbers or a wave."""
    array = side.array
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set(visible=True, color=MUTED, linewidth=0.6)
    if side.words and array.dtype.kind == "i":
        _draw_words(ax, side.words)
    elif side.words:
        ax.barh(range(len(array)), array, color=PALETTE["sky"])
        for i, word in enumerate(side.words):
            ax.text(0.03, i, word, va="center", fontsize=8)
        ax.set(xlim=(0, 1), ylim=(len(array) - 0.4, -0.6))
    elif array.ndim == 1:
        ax.plot(array[::20], color=PALETTE["green"], linewidth=0.6)
        ax.set_ylim(-1.6, 1.6)
    else:
        ax.imshow(array, aspect="equal" if array.shape[0] > 8 else "auto")
    if side.box:
        _draw_box(ax, side.box)


def _draw_words(ax: Axes, words: Sequence[str]) -> None:
    for i, word in enumerate(words):
        ax.text(
            0.5, 1 - (i + 0.5) / len(words), word, ha="center", va="center", fontsize=9,
            transform=ax.transAxes,
        )  # fmt: skip


def _draw_box(ax: Axes, box: tuple[float, float, float, float]) -> None:
    from matplotlib.patches import Rectangle

    left, top, width, height = box
    ax.add_patch(
        Rectangle((left, top), width, height, fill=False, edgecolor=PALETTE["yellow"], linewidth=2)
    )
