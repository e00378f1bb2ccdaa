"""Stills of chapter 08: its first picture, and the experiments that need chapter 07's network."""

from __future__ import annotations

from grader.exercises.stills import Run

# Name of a still -> words of the cell whose figure it is.
CELLS = {
    "08_four_ways.png": "def whiten(rows)",
    "08_by_rate.png": '"08_by_rate.png"',
    "08_by_step.png": '"08_by_step.png"',
    "08_all_components.png": '"08_all_components.png"',
}


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    return {name: run.picture(words) for name, words in CELLS.items()}
