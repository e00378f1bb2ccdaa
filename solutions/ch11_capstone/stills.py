"""Still of chapter 11: the confusion matrix of the classifier that stands for the reference."""

from __future__ import annotations

from grader.exercises.stills import Run


def make(run: Run) -> dict[str, bytes]:
    """The chapter's still by file name."""
    return {"11_confusion.png": run.picture('"11_confusion.png"')}
