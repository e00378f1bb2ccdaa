"""Answer cells of simulated students: references, right variants and misconceptions as code."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from grader.exercises.model import Chapter, Exercise, Question
from grader.weave.helpers import helpers_of
from grader.weave.stub import parse


def code_of(implementation: Any, name: str, chapter: Chapter) -> str:
    """Source that defines ``name`` as an implementation does, helpers first, without decorators."""
    _, node = parse(implementation)
    node.name = name
    node.decorator_list = []
    helpers = helpers_of(implementation, set(chapter.tasks))
    return "\n\n\n".join([*helpers, ast.unparse(node)])


def right_code(exercise: Exercise, chapter: Chapter, rng: np.random.Generator) -> str:
    """The reference or one of the right variants that stand by themselves."""
    ways = [exercise.reference, *(v.implementation for v in exercise.variants if not v.companions)]
    return code_of(ways[rng.integers(len(ways))], exercise.name, chapter)


def wrong_code(exercise: Exercise, chapter: Chapter, rng: np.random.Generator) -> str | None:
    """A misconception, the first ones of an exercise being the commoner; None if it has none."""
    wrong = [m.implementation for m in exercise.misconceptions if not m.companions]
    if not wrong:
        return None
    weights = 1.0 / np.arange(1, len(wrong) + 1)
    index = int(np.searchsorted(np.cumsum(weights / weights.sum()), rng.random()))
    return code_of(wrong[min(index, len(wrong) - 1)], exercise.name, chapter)


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
