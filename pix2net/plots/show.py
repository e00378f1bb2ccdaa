"""Shows a figure with its caption: in a notebook as PNG with alt text, elsewhere as plain text."""

from __future__ import annotations

import base64
import html
import io
import os
import re
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pix2net import places
from pix2net.display import in_notebook, say
from pix2net.judging.wording import folder_of, worded
from pix2net.plots.labels import in_language
from pix2net.plots.style import FILE_DPI, SCREEN_DPI

if TYPE_CHECKING:
    from matplotlib.figure import Figure

VARIABLE = "COURSE_FIGURES"  # "0": captions alone, no pictures (grading)
CAPTION_WIDTH = "46em"

_taken: list[bytes] | None = None  # where figures go instead of the page


@contextmanager
def taking_pictures() -> Iterator[list[bytes]]:
    """Collect the PNGs of the figures that are shown meanwhile: this is how stills are made."""
    global _taken
    before, _taken = _taken, []
    try:
        yield _taken
    finally:
        _taken = before


def show(fig: Figure, *, caption: str, alt: str) -> None:
    """Display a figure and, below it, its caption; then close the figure.

    Displays the caption as plain text alone where no picture can be shown or ``COURSE_FIGURES``
    is "0". Inside `taking_pictures` nothing is displayed.

    Args:
        caption: what to see in the figure: plain text, `backquoted` parts set as code.
        alt: what the figure shows, for those who cannot see it.
    """
    if _taken is not None:
        _taken.append(png_of(fig))
        return
    png = png_of(fig) if _pictures_wanted() else b""
    _close(fig)
    _display(png, caption, alt)


def still(name: str, *, caption: str, alt: str) -> None:
    """Display a picture made earlier, as `show` displays a figure.

    A picture that is not there costs only itself: the caption says so.

    Args:
        name: of a PNG file in the course's folder ``stills``.
    """
    path = find_still(name)
    if path is None:
        told = worded(
            "{caption} (The picture {name} is not in the folder {folder}.)",
            caption=caption, name=name, folder=places.STILLS,
        )  # fmt: skip
        _display(b"", told, alt)
    else:
        _display(path.read_bytes() if _pictures_wanted() else b"", caption, alt)


def find_still(name: str) -> Path | None:
    """The file of a still: in ``stills`` beside or above the notebook, or with the course.

    One in the learner's language comes first, then that in English, which may have no words.
    """
    return next((path for folder in _still_folders() if (path := folder / name).is_file()), None)


def _still_folders() -> Iterator[Path]:
    here = Path.cwd()
    for folder in (here, *here.parents[:2], places.NOTEBOOKS):
        yield folder_of(folder) / places.STILLS
        yield folder / places.STILLS


def _pictures_wanted() -> bool:
    return os.environ.get(VARIABLE) != "0" and in_notebook()


def png_of(fig: Figure) -> bytes:
    """A figure drawn at `FILE_DPI` with its names in the learner's language, as PNG."""
    in_language(fig)
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=FILE_DPI)
    return buffer.getvalue()


def _close(fig: Figure) -> None:
    """Close a figure that pyplot keeps; others are nobody's and vanish by themselves."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(fig)


def _display(png: bytes, caption: str, alt: str) -> None:
    if not png:
        say(caption)
        return
    from IPython.display import display

    data = {
        # No front end takes an image's alt text from its metadata, so HTML comes first; the image
        # itself is for tools that read notebooks.
        "text/html": as_html(png, caption, alt),
        "image/png": base64.b64encode(png).decode("ascii"),
        "text/plain": f"{caption}\n[{alt}]",
    }
    display(data, metadata={"image/png": {"alt": alt, "width": _width(png)}}, raw=True)


def as_html(png: bytes, caption: str, alt: str) -> str:
    """A picture of `png_of` with its caption below, as HTML that needs no other file."""
    code = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(caption, quote=False))
    encoded = base64.b64encode(png).decode("ascii")
    return (
        f'<figure style="margin:0 0 1em 0"><img src="data:image/png;base64,{encoded}" '
        f'width="{_width(png)}" style="max-width:100%;height:auto" alt="{html.escape(alt)}">'
        f'<figcaption style="font-size:0.9em;max-width:{CAPTION_WIDTH}">{code}</figcaption>'
        "</figure>"
    )


def _width(png: bytes) -> int:
    """The width in screen pixels at which a PNG of `FILE_DPI` is shown (IHDR: bytes 16 to 20)."""
    pixels: int = struct.unpack(">I", png[16:20])[0]
    return round(pixels * SCREEN_DPI / FILE_DPI)


__all__ = ["as_html", "find_still", "png_of", "show", "still", "taking_pictures"]
