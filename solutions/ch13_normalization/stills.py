"""Stills of chapter 13: the experiments that need the layers of chapter 07."""

from __future__ import annotations

from grader.exercises.stills import Run

# Name of a still -> words of the cell whose figure it is.
CELLS = {name: f'"{name}"' for name in ("13_starts.png", "13_neighbours.png", "13_three.png")}


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    return {name: run.picture(words) for name, words in CELLS.items()}
