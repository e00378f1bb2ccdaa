"""Stills of chapter 15: what needs classes of earlier chapters, or PyTorch."""

from __future__ import annotations

import contextlib
import io

from grader.exercises.stills import Run
from pix2net.plots.show import taking_pictures
from solutions.ch15_frameworks import pytorch_run

# Name of a still -> words of the cell whose figure it is.
CELLS = {name: f'"{name}"' for name in ("15_training.png", "15_costs.png")}


def record(run: Run) -> None:
    """Write down what PyTorch found, where it is installed."""
    pytorch_run.record(run.namespace)


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name; that of PyTorch from what was recorded of it."""
    made = {name: run.picture(words) for name, words in CELLS.items()}
    known = run.namespace
    with taking_pictures() as pictures, contextlib.redirect_stdout(io.StringIO()):
        known["held_against"](known["ours"], pytorch_run.recorded(), **known["sheet"])
    return {**made, "15_pytorch.png": pictures[-1]}
