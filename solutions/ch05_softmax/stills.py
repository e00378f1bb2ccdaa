"""Stills of chapter 05: the bet of its beginning, and the comparison with chapter 04's loss."""

from __future__ import annotations

from grader.exercises.stills import Run
from pix2net import plots
from pix2net.plots.show import taking_pictures


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    cells = run.namespace
    P = cells["P"][cells["chosen"]]
    answers = P.argmax(axis=1)
    with taking_pictures() as pictures:
        plots.score_bars(
            cells["four"], P, answers, answers, cells["d"].class_names, xlabel="probability",
            caption="", alt="",
        )  # fmt: skip
    return {
        "05_how_sure.png": pictures[0],
        "05_rates.png": run.picture('"05_rates.png"'),
        "05_svm_and_softmax.png": run.picture('"05_svm_and_softmax.png"'),
        "05_templates.png": run.picture('"05_templates.png"'),
    }
