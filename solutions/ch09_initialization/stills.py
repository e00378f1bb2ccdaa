"""Stills of chapter 09: what needs chapter 07's layers and network."""

from __future__ import annotations

from grader.exercises.stills import Run

# Name of a still -> words of the cell whose figure it is.
CELLS = {
    "09_eight_units.png": 'plots.still("09_eight_units.png", **eight)',
    "09_tanh.png": '"09_tanh.png"',
    "09_relu.png": '"09_relu.png"',
    "09_five_starts.png": '"09_five_starts.png"',
    "09_odd.png": '"09_odd.png"',
}


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    return {name: run.picture(words) for name, words in CELLS.items()}
