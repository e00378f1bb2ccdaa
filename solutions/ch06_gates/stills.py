"""The still of chapter 06: the two pictures of its beginning, which its last experiment makes."""

from __future__ import annotations

from grader.exercises.stills import Run
from pix2net import plots
from pix2net.plots.show import taking_pictures


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    before, _, after = run.namespace["pictures"]
    said = run.namespace["said"]
    with taking_pictures() as shown:
        plots.image_grid(
            [before, after],
            [f"{said(picture):.2f}" for picture in (before, after)],
            cell=2.2,
            caption="",
            alt="",
        )
    return {"06_two_cats.png": shown[0]}
