"""Answer cells of simulated students: references and misconceptions as code."""

from __future__ import annotations

import ast
from functools import cache

import numpy as np

from grader.exercises.model import Chapter, Exercise, Misconception, Question
from grader.weave.helpers import helpers_of, names_in
from grader.weave.stub import parse


def code_of(exercise: Exercise, chapter: Chapter, source: str | None = None) -> str:
    """Source that defines an exercise's name: its reference, or ``source``; helpers first."""
    given = {exercise.name, *chapter.tasks}
    text, node = parse(exercise.reference)
    if source is None:
        tree: ast.AST = node
        node.decorator_list = []
        text = ast.unparse(node)
    else:
        tree, text = ast.parse(source), source
    return "\n\n\n".join([*helpers_of(exercise.reference, given, tree), text])


def right_code(exercise: Exercise, chapter: Chapter) -> str:
    """The reference as code that stands by itself."""
    return code_of(exercise, chapter)


def _stands_alone(way: Misconception) -> bool:
    """Whether an implementation builds neither on others nor on the reference that it replaces."""
    return not way.companions and not _uses_the_reference(way.source)


@cache
def _uses_the_reference(source: str) -> bool:
    return "reference" in names_in(ast.parse(source))


def wrong_code(exercise: Exercise, chapter: Chapter, rng: np.random.Generator) -> str | None:
    """A misconception, the first ones of an exercise being the commoner; None if it has none."""
    wrong = [m.source for m in exercise.misconceptions if _stands_alone(m)]
    if not wrong:
        return None
    weights = 1.0 / np.arange(1, len(wrong) + 1)
    index = int(np.searchsorted(np.cumsum(weights / weights.sum()), rng.random()))
    return code_of(exercise, chapter, wrong[min(index, len(wrong) - 1)])


def question_code(question: Question, right: bool, rng: np.random.Generator) -> str:
    """The assignment that answers a question, rightly or not."""
    answer = question.answer
    if question.kind == "choices":
        letters = sorted(answer)
        return f"{question.name} = {letters if right else letters[:-1]!r}"
    if question.kind == "number":
        return f"{question.name} = {answer if right else answer * 2 + 1!r}"
    others = [letter for letter in question.options if letter != answer]
    return f"{question.name} = {answer if right else others[rng.integers(len(others))]!r}"
