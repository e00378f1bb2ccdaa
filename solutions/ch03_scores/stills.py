"""Stills of chapter 03: the ten pictures of its beginning, and the comparison with chapter 02."""

from __future__ import annotations

from grader.exercises.stills import Run
from pix2net import plots
from pix2net.plots.show import taking_pictures

ORDER = [4, 8, 1, 6, 9, 0, 7, 3, 5, 2]  # so that the classes' usual order gives nothing away


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    templates = run.namespace["templates"]
    with taking_pictures() as pictures:
        plots.image_grid(
            templates[ORDER], list("ABCDEFGHIJ"), columns=5, cell=1.4, caption="", alt=""
        )
    return {
        "03_ten_pictures.png": pictures[0],
        "03_comparison.png": run.picture('"03_comparison.png"'),
    }
