"""Exercises as data: what one is (`model`), how it is written (`builder`), where (`registry`)."""

from grader.exercises.builder import ChapterBuilder, DefinitionError
from grader.exercises.model import Case, Chapter, Exercise, Misconception, Question

__all__ = [
    "Case",
    "Chapter",
    "ChapterBuilder",
    "DefinitionError",
    "Exercise",
    "Misconception",
    "Question",
]
