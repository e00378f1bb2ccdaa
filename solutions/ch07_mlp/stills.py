"""Stills of chapter 07: what a linear classifier makes of the spiral at its beginning."""

from __future__ import annotations

from grader.exercises.stills import Run


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    return {"07_straight.png": run.picture('"07_straight.png"')}
