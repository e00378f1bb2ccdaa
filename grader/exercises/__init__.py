"""Exercises as data: what one is (`model`), how it is written (`definition`, `tables`), where
(`registry`)."""

from grader.exercises.definition import ChapterDefinition, ExerciseDefinition
from grader.exercises.model import Case, Chapter, DefinitionError, Exercise, Misconception, Question
from grader.exercises.tables import Table

__all__ = [
    "Case",
    "Chapter",
    "ChapterDefinition",
    "DefinitionError",
    "Exercise",
    "ExerciseDefinition",
    "Misconception",
    "Question",
    "Table",
]
