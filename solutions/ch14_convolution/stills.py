"""Stills of chapter 14: the experiments that need the network and the training of chapter 07."""

from __future__ import annotations

from grader.exercises.stills import Run

# Name of a still -> words of the cell whose figure it is.
NAMES = ("14_shuffled.png", "14_race.png", "14_filters.png", "14_maps.png")
CELLS = {name: f'"{name}"' for name in NAMES}


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    return {name: run.picture(words) for name, words in CELLS.items()}
